"""A file opened and exported, in a process of its own: `python -m bench.exported FILE TARGET`.

Prints seconds, and the bytes by which the most memory ever held has grown while the export was written.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.memory import peak_memory
from timeline_tui.dates.date import today
from timeline_tui.exchange.registry import write
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline import View

if __name__ == "__main__":
    opened = open_timeline(Path(sys.argv[1]), today=today())
    view = View(opened.index, today=today())
    target = Path(sys.argv[2])
    before, began = peak_memory(), time.perf_counter()
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(write(view, target.suffix[1:]).pieces())
    took = time.perf_counter() - began
    print(json.dumps({"export": took, "grown": peak_memory() - before}))

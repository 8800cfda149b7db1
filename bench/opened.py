"""The program opening a file, in a process of its own: `python -m bench.opened FILE` prints seconds."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from bench.memory import peak_memory
from timeline_tui.dates.date import today
from timeline_tui.loading import build_index as building  # noqa: F401  loaded before the clock runs, as PyYAML is for its floor
from timeline_tui.loading.opened import open_timeline

if __name__ == "__main__":
    gc.disable()
    start = time.perf_counter()
    opened = open_timeline(Path(sys.argv[1]), today=today())
    took = time.perf_counter() - start
    opened.index.close()
    print(json.dumps({"whole": took, "peak": peak_memory()}))

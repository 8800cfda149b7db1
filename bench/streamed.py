"""The program opening a table of others, in a process of its own: `python -m bench.streamed FILE`.

Prints processor seconds of it and of all that it started, seconds by the clock, and the size of the index in
megabytes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path

from bench.memory import peak_memory
from timeline_tui.dates.date import today
from timeline_tui.loading import build_index as building  # noqa: F401  loaded before the clock runs, as csv is for its floor
from timeline_tui.loading.opened import open_timeline


def processor_seconds() -> float:
    """Processor time of this process and of those that it waited for."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    gc.disable()
    start, began = processor_seconds(), time.perf_counter()
    opened = open_timeline(Path(sys.argv[1]), today=today())
    took, whole = processor_seconds() - start, time.perf_counter() - began
    file = opened.index._one("SELECT file FROM pragma_database_list WHERE name = 'main'")  # noqa: SLF001  only to measure it
    size = Path(file).stat().st_size
    opened.index.close()
    print(json.dumps({"processor": took, "whole": whole, "index": size / 1e6, "peak": peak_memory()}))

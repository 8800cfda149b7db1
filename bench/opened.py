"""The program opening a file, whole or in stages, in a process of its own: prints seconds and bytes."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.memory import peak_memory
from timeline_tui.checks import check
from timeline_tui.dates import today
from timeline_tui.index import Index
from timeline_tui.opening import open_timeline
from timeline_tui.reader import read_timeline
from timeline_tui.records import Header


def whole(path: Path) -> dict[str, float]:
    """As the program does it."""
    start = time.perf_counter()
    open_timeline(path, today=today())
    return {"whole": time.perf_counter() - start}


def stages(path: Path) -> dict[str, float]:
    """Step by step."""
    start = time.perf_counter()
    reading = read_timeline(path)
    read = time.perf_counter()
    check(reading, today=today())
    checked = time.perf_counter()
    Index.build(reading.header or Header(title=""), reading.events)
    return {"read": read - start, "check": checked - read, "index": time.perf_counter() - checked}


if __name__ == "__main__":
    took = {"whole": whole, "stages": stages}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps(took | {"peak": peak_memory()}))

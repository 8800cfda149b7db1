"""How much memory and processor time processes take, as Linux tells it."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

_SELDOM = 0.5
"""Seconds between looks at what processes share: Linux counts it page by page."""

_USER, _SYSTEM = 11, 12
"""Fields of /proc/…/stat after the name."""


def peak_memory(process: int | str = "self") -> int:
    """The most memory that a process ever held at once, in bytes; 0 for one that is gone."""
    return _stated(f"/proc/{process}/status", "VmHWM")


def tree(process: int) -> list[int]:
    """`process` and all that it started, parents first."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        children = []
    return [process, *(one for child in children for one in tree(int(child)))]


def processor_seconds(process: int) -> float:
    """Processor time that a process and all that it started have used so far."""
    ticks = 0
    for one in tree(process):
        try:
            stated = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(stated[_USER]) + int(stated[_SYSTEM])
    return ticks / os.sysconf("SC_CLK_TCK")


def available_memory() -> int:
    """What the machine could give without swapping, in bytes."""
    return _stated("/proc/meminfo", "MemAvailable")


class Peak:
    """The most that a process and all that it started held, seen as often as `note()` is called."""

    def __init__(self, process: int, *, shares: bool = False) -> None:
        """Watch a process.

        Args:
            process: Its number.
            shares: Whether to count what is shared, too, which holds the process up.
        """
        self._process = process
        self._counted = 0.0 if shares else float("inf")
        self.added_up = 0
        """Each at its own peak; what a forked process shares with its parent counts for both."""
        self.shared_once = 0
        """What was held at once, shared pages counted once; 0 if that was not looked at."""

    def note(self) -> None:
        """Look now."""
        processes = tree(self._process)
        self.added_up = max(self.added_up, sum(map(peak_memory, processes)))
        if time.monotonic() - self._counted >= _SELDOM:
            held = sum(_stated(f"/proc/{process}/smaps_rollup", "Pss") for process in processes)
            self.shared_once = max(self.shared_once, held)
            self._counted = time.monotonic()


def _stated(file: str, name: str) -> int:
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(file).read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0

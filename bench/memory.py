"""How much memory processes took, as Linux tells it."""

from __future__ import annotations

import re
from pathlib import Path


def peak_memory(process: int | str = "self") -> int:
    """The most memory that a process ever held at once, in bytes; 0 for one that is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) * 1024 if peak else 0

"""Pictures of a timeline: from a key to what is painted, in processor time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.apart import apart
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.timelines import Timeline

_KEY, _FIRST, _FRAME = 0.033, 0.250, 0.100
"""Seconds that a key may take, the first picture of a view, and all of a frame of a film."""


def rows(timeline: Timeline, home: Path, database: Path) -> Iterator[Row]:
    """Each picture of a kept timeline, whole and filtered, and the frames of a film."""
    told = apart(home, "bench.pictured", str(database), timeline.common)
    for name, times in told.lists["took"].items():
        most = _FIRST if "first" in name else _FRAME if name.startswith("film") else _KEY
        yield Row(name, timeline.label, times, most=most, memory=told.peak.added_up)

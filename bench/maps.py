"""The map on a timeline of which a quarter changes later, with coordinates of its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.apart import apart
from bench.kept import database
from bench.table import Row
from bench.timelines import changing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEY = 0.033
"""Seconds that a key may take."""


def rows(count: int, folder: Path) -> Iterator[Row]:
    """Processor time of counting the events of the places, and of the picture after each key.

    Args:
        count: How many events.
        folder: Where `clocks.rows()` has put the file and its index.
    """
    home = folder / f"home-changing-{count}"
    told = apart(home, "bench.mapped", str(database(changing(count, folder).path, home)))
    for name, times in told.lists["took"].items():
        most = _KEY if name.endswith("a key") else None
        yield Row(name, f"{count:,} c.", times, most=most, memory=told.peak.added_up)

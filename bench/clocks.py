"""Two clocks on a timeline of which a quarter changes later: set to a day, and without a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.apart import apart
from bench.kept import database
from bench.table import Row
from bench.timelines import changing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST, _MOST_OF_MANY, _MANY = 0.3, 1.0, 1_000_000
"""Seconds that a step may take, and of so many events."""


def rows(count: int, folder: Path) -> Iterator[Row]:
    """Processor time of each step; the file is made up, opened and kept first.

    Args:
        count: How many events; one in four has a history, and one in ten cites the source that is taken away.
        folder: Where the file and its index are put.
    """
    timeline = changing(count, folder)
    home = folder / f"home-changing-{count}"
    home.mkdir(exist_ok=True)
    opened = apart(home, "bench.opened", str(timeline.path))
    kept = database(timeline.path, home)
    label = f"{count:,} c."
    yield Row("first open, a quarter changing", label, [opened.seconds["whole"]], memory=opened.peak.added_up)
    most = _MOST_OF_MANY if count >= _MANY else _MOST
    told = apart(home, "bench.clocked", str(kept))
    for name, times in told.lists["took"].items():
        yield Row(name, label, times, most=most, memory=told.peak.added_up)
    size, bound = kept.stat().st_size, timeline.path.stat().st_size
    print(f"the index takes {size / bound:.2f} times its file of {bound / 1e6:.0f} MB")

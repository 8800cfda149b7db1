"""From the bytes of a file to a complete, checked, searchable timeline: each time in a process of its own."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.apart import apart
from bench.memory import available_memory
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.apart import Told
    from bench.timelines import Timeline

HALF = 0.5
_MANY, _VERY_MANY = 20_000, 200_000
"""Events from which on three runs will do, or two: they take long, and less of it is chance."""
_LOADER_NEEDS = 32
"""Bytes of memory that PyYAML's loader takes for each byte of a file, and a reserve."""
_SETTLED = 2.1
"""Seconds after its last change from which on a file is known at a glance."""
_STAGES = {
    "read": "the bytes, and their hash",
    "parts": "one process: events read and checked",
    "transfer": "to another process and back",
    "fill": "into SQLite, with full text",
    "load": "CSafeLoader, no garbage collector",
}


def rows(timeline: Timeline, runs: int, home: Path, *, loader: bool) -> Iterator[Row]:
    """The whole of it against a plain loader of the same bytes, and what bounds each stage.

    The first time, the index is left in `home`.

    Args:
        timeline: What to open.
        runs: How often.
        home: Where the program keeps things.
        loader: Whether to let PyYAML's loader read a timeline that takes it minutes.
    """
    time.sleep(max(0, timeline.path.stat().st_mtime + _SETTLED - time.time()))
    path = str(timeline.path)
    if timeline.events >= _MANY:
        runs = min(runs, 2 if timeline.events >= _VERY_MANY else 3)
    first = apart(home, "bench.opened", path)
    whole, loaded = [first], []
    for run in range(runs):
        if _worth_loading(timeline, run, wanted=loader):
            loaded.append(apart(home, "bench.floors.loader", path))
        if run:
            with tempfile.TemporaryDirectory(dir=home.parent) as cold:
                whole.append(apart(Path(cold), "bench.opened", path))
    yield _whole_row(timeline, whole, loaded)
    if _MANY <= timeline.events < _VERY_MANY:
        yield from _stage_rows(timeline, min(runs, 2), home, [one.seconds["whole"] for one in whole])


def _whole_row(timeline: Timeline, whole: list[Told], loaded: list[Told]) -> Row:
    return Row(
        "first open, against CSafeLoader",
        timeline.label,
        [one.seconds["whole"] for one in whole],
        [one.seconds["loader"] for one in loaded],
        most_ratio=HALF,
        memory=max(one.peak.added_up for one in whole),
        floor_memory=max((one.peak.added_up for one in loaded), default=0),
        shared_once=max(one.peak.shared_once for one in whole),
    )


def _stage_rows(timeline: Timeline, runs: int, home: Path, whole: list[float]) -> Iterator[Row]:
    took: dict[str, list[float]] = {stage: [] for stage in ("events", *_STAGES)}
    for _ in range(runs):
        for stage, times in took.items():
            times.append(apart(home, "bench.stages", stage, str(timeline.path)).seconds["took"])
    events = took.pop("events")
    yield Row("  libyaml's parse events alone", timeline.label, events)
    for stage, times in took.items():
        yield Row(f"  {_STAGES[stage]}", timeline.label, times, events)
    yield Row("  all of it, all processors", timeline.label, whole, events)


def _worth_loading(timeline: Timeline, run: int, *, wanted: bool) -> bool:
    if timeline.events < _VERY_MANY:
        return run < 2 or timeline.events < _MANY
    if run or not wanted:
        return False
    needed = timeline.path.stat().st_size * _LOADER_NEEDS
    if available_memory() < needed:
        print(f"not measured: CSafeLoader, which would need {needed / 1e9:.0f} GB of memory")
        return False
    return True

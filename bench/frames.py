"""From the start of a process to its frames."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from bench.floors import BARE, BARE_SHOWN, ROWS_SHOWN
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.timelines import Timeline

START, KEPT_START, PICTURE_START = 1.3, 1.45, 0.5
KEPT_MEMORY = 120_000_000
READING = re.compile("reading ", re.IGNORECASE)
"""Stands on the screen as long as a file is being read."""
_PICTURES = "*.picture"
_PATIENCE = 6
"""Seconds in which a picture is kept."""


class Start(NamedTuple):
    """Seconds to the first frame of any kind and to the full one, and the most memory in bytes."""

    any: float
    full: float
    memory: int
    shown: str
    """All texts that were on the screen."""
    busy: float
    """Processor seconds of all its processes until the frame was there, and for what followed at once."""


def start_rows(timeline: Timeline, runs: int, home: Path) -> list[Row]:
    """First frames, against an app with one line of text; the index of a long file is in `home` already."""
    ours, floor, list_floor, again = [], [], [], []
    _keep_picture(timeline, home)
    for _ in range(runs + 1):
        floor.append(start(BARE, BARE_SHOWN, home))
        again.append(start(timeline.command(), timeline.shown, home))
        list_floor.append(start(timeline.rows_command(), ROWS_SHOWN, home))
        ours.append(_without_picture(timeline, home))
        if timeline.kept and READING.search(ours[-1].shown):
            raise ProbeError("no index was found of the file: was the program changed since it was opened?")
    # The first of each only warms the machine's caches.
    ours, floor, list_floor, again = ours[1:], floor[1:], list_floor[1:], again[1:]
    bare_full, label = [one.full for one in floor], timeline.label
    peak, bare_peak = (max(one.memory for one in some) for some in (ours, floor))
    return [
        Row("first frame of any kind", label, [one.any for one in ours], [one.any for one in floor]),
        Row(
            "first full frame",
            label,
            [one.full for one in ours],
            bare_full,
            most_ratio=KEPT_START if timeline.kept else START,
            memory=peak,
            floor_memory=bare_peak,
            most_memory=KEPT_MEMORY if timeline.kept else 0,
        ),
        Row("  processor time", label, [one.busy for one in ours], [one.busy for one in floor]),
        Row("  as a bare list of as many rows", label, [one.full for one in list_floor], bare_full),
        Row("first frame: the kept picture", label, [one.full for one in again], bare_full, PICTURE_START),
    ]


def _without_picture(timeline: Timeline, home: Path) -> Start:
    """Start with a file of which no picture is kept; a short one is opened for the first time ever."""
    if timeline.kept:
        kept = {picture: picture.read_bytes() for picture in home.rglob(_PICTURES)}
        for picture in kept:
            picture.unlink()
        found = start(timeline.command(), timeline.shown, home)
        for picture, content in kept.items():
            picture.write_bytes(content)
            picture.chmod(0o600)
        return found
    with TemporaryDirectory(dir=home.parent) as empty:
        return start(timeline.command(), timeline.shown, Path(empty))


def _keep_picture(timeline: Timeline, home: Path) -> None:
    """Open a file, twice if it was never opened before, long enough for the picture to be kept."""
    for _ in range(2):
        with Program(timeline.command(), home) as program:
            program.wait_for(timeline.shown)
            for _ in range(_PATIENCE):
                program.listen(1, 1)
                if next(home.rglob(_PICTURES), None):
                    return
    raise ProbeError("no picture was kept")


def start(command: Sequence[str], shown: str, home: Path) -> Start:
    """Start a program, and wait until its screen is finished."""
    with Program(command, home) as program:
        program.wait_for(shown)
        program.listen(0.3)
        memory, busy = program.peak_memory(), program.busy()
        started = program.started
        painted = Screen().paint(program.chunks)
    any_ = next(frame.time for frame in painted if any(map(str.strip, frame.lines)))
    full = painted[-1].time
    for frame in reversed(painted):
        if frame.lines != painted[-1].lines:
            break
        full = frame.time
    shown = "\n".join(line for frame in painted for line in frame.lines)
    return Start(any_ - started, full - started, memory, shown, busy)

"""From the start of a process to its frames, and from a key to the frame that answers it."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.floors import BARE, BARE_SHOWN, ROWS_SHOWN
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.probe import Chunk
    from bench.timelines import Timeline

START, KEPT_START, KEY = 1.3, 1.45, 1.5
KEPT_MEMORY = 120_000_000
READING = re.compile("reading ", re.IGNORECASE)
"""Stands on the screen as long as a file is being read."""
_MOVES, _PASSED, _SCROLLS = 16, 24, 30
"""Presses that move the cursor on a screen that stays, those up to its foot, and those that scroll by a row.

Together they are less than there are events in the bundled timeline.
"""
_SILENCE = 0.25
"""Seconds after which nothing more is expected to come of a key in a list."""


class Start(NamedTuple):
    """Seconds to the first frame of any kind and to the full one, and the most memory in bytes."""

    any: float
    full: float
    memory: int
    shown: str
    """All texts that were on the screen."""


class _Presses(NamedTuple):
    times: tuple[list[float], list[float], list[float]]
    """To the first bytes and to the finished frame of each move; to the finished frame of each scroll."""
    sent: tuple[float, float, float]
    memory: int


def start_rows(timeline: Timeline, runs: int, home: Path) -> list[Row]:
    """First frames, against an app with one line of text; the index of a long file is in `home` already."""
    ours, floor, list_floor = [], [], []
    for _ in range(runs + 1):
        floor.append(start(BARE, BARE_SHOWN, home))
        list_floor.append(start(timeline.rows_command(), ROWS_SHOWN, home))
        ours.append(start(timeline.command(), timeline.shown, home))
        if timeline.kept and READING.search(ours[-1].shown):
            raise ProbeError("no index was found of the file: was the program changed since it was opened?")
    # The first of each only warms the machine's caches.
    ours, floor, list_floor = ours[1:], floor[1:], list_floor[1:]
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
        Row("  as a bare list of as many rows", label, [one.full for one in list_floor], bare_full),
    ]


def key_rows(timeline: Timeline, _runs: int, home: Path) -> list[Row]:
    """`j`, against a bare list of as many rows."""
    ours = _presses(timeline.command(), timeline.shown, home)
    floor = _presses(timeline.rows_command(), ROWS_SHOWN, home)
    names = ("key j to first bytes", "key j to finished frame", "key j, scrolling, to finished frame")
    bounds = (None, KEY, KEY)
    return [
        Row(
            name,
            timeline.label,
            times,
            least,
            bound,
            None,
            ours.memory,
            floor.memory,
            sent=sent,
            floor_sent=least_sent,
        )
        for name, times, least, bound, sent, least_sent in zip(
            names, ours.times, floor.times, bounds, ours.sent, floor.sent, strict=True
        )
    ]


def start(command: Sequence[str], shown: str, home: Path) -> Start:
    """Start a program, and wait until its screen is finished."""
    with Program(command, home) as program:
        program.wait_for(shown)
        program.listen(0.3)
        memory = program.peak_memory()
        started = program.started
        painted = Screen().paint(program.chunks)
    any_ = next(frame.time for frame in painted if any(map(str.strip, frame.lines)))
    full = painted[-1].time
    for frame in reversed(painted):
        if frame.lines != painted[-1].lines:
            break
        full = frame.time
    shown = "\n".join(line for frame in painted for line in frame.lines)
    return Start(any_ - started, full - started, memory, shown)


def _presses(command: Sequence[str], shown: str, home: Path) -> _Presses:
    first, finished, sent = [], [], []
    with Program(command, home) as program:
        screen = Screen()
        program.wait_for(shown)
        program.listen(0.5)
        screen.paint(program.chunks)
        for _ in range(_MOVES + _PASSED + _SCROLLS):
            pressed, chunks = program.answer("j", _SILENCE)
            finished.append(_settled(screen, chunks) - pressed)
            first.append(chunks[0].time - pressed)
            sent.append(sum(len(chunk.data) for chunk in chunks))
        memory = program.peak_memory()
    moved, scrolled = slice(None, _MOVES), slice(-_SCROLLS, None)
    return _Presses(
        (first[moved], finished[moved], finished[scrolled]),
        (0, median(sent[moved]), median(sent[scrolled])),
        memory,
    )


def _settled(screen: Screen, chunks: Sequence[Chunk]) -> float:
    """When the last of `chunks` came that changed anything."""
    changes = [frame.time for frame in screen.paint(chunks) if frame.cells]
    if not changes:
        raise ProbeError("a key changed nothing on the screen")
    return changes[-1]

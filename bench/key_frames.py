"""From a key to what it changes on the screen: pressed once, and held down.

The program and its floor, a bare list of as many rows, run at the same time and are given their keys in turn,
so that both have the same share of a machine that others use too.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.floors import ROWS_SHOWN
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.probe import Chunk
    from bench.timelines import Timeline

SEEN, FINISHED, BEHIND = 1.5, 0.016, 0.050
_MOVES, _PASSED, _SCROLLS = 16, 24, 30
"""Presses that move the cursor on a screen that stays, those up to its foot, and those that scroll by a row.

Together they are less than there are events in the bundled timeline.
"""
_SILENCE = 0.25
"""Seconds after which nothing more is expected to come of a key in a list."""
_CALM = 1.5
"""Seconds from the first frame until nothing more is done for it."""
_OF_SCROLL_BARS = 4
"""So many cells of a line are reversed at most that belong to scroll bars."""
_CURSOR = "▌"
"""What stands before the selected row."""
_RATE, _HELD = 30, 5
"""Keys a second of a key that is held down, and for how many seconds."""
_WAY = 60
"""Presses after which a held key turns back, so that it stays within the bundled timeline."""


class _Answer(NamedTuple):
    """Seconds from a key to when its row is seen selected, and to the last change; bytes sent for it."""

    seen: float
    finished: float
    sent: int


class _List:
    """A program with a list of rows in a terminal."""

    def __init__(self, program: Program, shown: str) -> None:
        self._program, self._screen = program, Screen()
        program.wait_for(shown)
        program.listen(0.5, _CALM)
        self._screen.paint(program.chunks)
        self._selected = _selected(self._screen.grid)

    def press(self, key: str) -> _Answer:
        """Press a key once."""
        pressed, chunks = self._program.answer(key, _SILENCE)
        frames = [frame for frame in self._screen.paint(chunks) if frame.cells]
        if not frames:
            raise ProbeError("a key changed nothing on the screen")
        seen = next((frame for frame in frames if _selected(frame.grid) != self._selected), frames[-1])
        self._selected = _selected(frames[-1].grid)
        return _Answer(seen.time - pressed, frames[-1].time - pressed, _bytes(chunks))

    def hold(self) -> float:
        """Hold a key down; seconds from the last press to the last change."""
        start, pressed = time.perf_counter(), 0.0
        for number in range(_RATE * _HELD):
            if (left := start + number / _RATE - time.perf_counter()) > 0:
                self._program.listen(0, left)
            pressed = self._program.type("jk"[number // _WAY % 2])
        first = len(self._program.chunks)
        self._program.listen(_SILENCE, _SILENCE)
        frames = self._screen.paint(self._program.chunks[first:])
        return max((frame.time - pressed for frame in frames if frame.cells), default=0)

    def peak_memory(self) -> int:
        """As `Program.peak_memory`."""
        return self._program.peak_memory()


def key_rows(timeline: Timeline, runs: int, home: Path) -> list[Row]:
    """`j`, against a bare list of as many rows."""
    with Program(timeline.command(), home) as one, Program(timeline.rows_command(), home) as other:
        ours, floor = _List(one, timeline.shown), _List(other, ROWS_SHOWN)
        pairs = [(ours.press("j"), floor.press("j")) for _ in range(_MOVES + _PASSED + _SCROLLS)]
        held = [ours.hold() for _ in range(runs)]
        memory = ours.peak_memory(), floor.peak_memory()
    moved, scrolled = pairs[:_MOVES], pairs[-_SCROLLS:]
    label = timeline.label
    return [
        *_rows("key j", label, moved, memory),
        *_rows("key j, scrolling", label, scrolled, memory),
        Row("key j held: last frame after the last key", label, held, most=BEHIND),
    ]


def _rows(
    what: str, label: str, pairs: Sequence[tuple[_Answer, _Answer]], memory: tuple[int, int]
) -> list[Row]:
    ours, floor = zip(*pairs, strict=True)
    sent, floor_sent = (median(answer.sent for answer in answers) for answers in (ours, floor))
    least = [answer.finished for answer in floor]
    return [
        Row(f"{what}: row seen selected", label, [answer.seen for answer in ours], least, SEEN),
        Row(
            f"{what}: everything painted",
            label,
            [answer.finished for answer in ours],
            least,
            most=FINISHED,
            memory=memory[0],
            floor_memory=memory[1],
            sent=sent,
            floor_sent=floor_sent,
        ),
    ]


def _selected(grid: Sequence[Sequence[object]]) -> frozenset[str]:
    """The lines of the screen that look selected, by their sign or reversed; those of a scroll bar do not.

    When the rows are scrolled, another row is selected on the same line.
    """
    return frozenset(
        "".join(getattr(cell, "data", "") for cell in row)
        for row in grid
        if any(getattr(cell, "data", "") == _CURSOR for cell in row)
        or sum(getattr(cell, "reverse", False) for cell in row) > _OF_SCROLL_BARS
    )


def _bytes(chunks: Sequence[Chunk]) -> int:
    return sum(len(chunk.data) for chunk in chunks)

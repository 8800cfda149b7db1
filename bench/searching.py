"""Find and filter: from a word to the first rows and to the number of all, and how long keys wait."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from bench.apart import apart
from bench.panes import Pane
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.probe import Grid, Painted
    from bench.timelines import Timeline

RARE, COMMON, WAIT = 0.060, 0.250, 0.050
_RUNS = 5
"""Runs that are enough for a search."""
_KEYS = {"find": "/", "filter": "f"}
_PROMPT = 5
"""Lines at the foot of the screen that a prompt may take."""
_COUNT = re.compile(r"\d[\d,]* of \d[\d,]* events")
_STILL = 0.3
"""Seconds without output after which a screen is taken for finished; a cursor blinks more slowly."""
_LATEST = 0.6
"""Seconds after the first answer in which a last one is waited for."""
_PATIENCE = 30.0
_ESCAPE, _LEFT, _RIGHT = "\x1b", "\x1b[D", "\x1b[C"
_MOVES, _EVERY = 40, 0.025
"""Keys typed while a search goes on, and the seconds from one to the next."""


_Took: TypeAlias = "defaultdict[tuple[str, str, str], list[float]]"
"""Seconds by find, filter or SQLite alone, sort of word and what was waited for."""


class Press(NamedTuple):
    """A key that moves the cursor in a prompt."""

    time: float
    column: int
    """Where the cursor stands when it is answered."""


def rows(timeline: Timeline, runs: int, home: Path, database: Path) -> list[Row]:
    """First rows, exact counts and the longest wait of a key, for a rare and a common word.

    The floor is SQLite alone, asked for the same word in the same `database`.
    """
    took: _Took = defaultdict(list)
    memory = 0
    words = {"rare": timeline.rare, "common": timeline.common}
    for _ in range(min(runs, _RUNS)):
        for sort, word in words.items():
            for part, seconds in apart(home, "bench.floors.query", str(database), word).seconds.items():
                took["sqlite", sort, part].append(seconds)
        for kind, key in _KEYS.items():
            memory = max(memory, _searches(timeline, home, (kind, key), took))
            _waits(timeline, home, (kind, key), took)
    label, found = timeline.label, []
    for kind in _KEYS:
        for sort, bound in (("rare", RARE), ("common", COMMON)):
            name, times = f"{kind} a {sort} word", partial(_times, took, kind, sort)
            bare = partial(_times, took, "sqlite", sort)
            found += [
                Row(f"{name}: first rows", label, times("rows"), bare("rows"), most=bound, memory=memory),
                Row(f"{name}: exact count", label, times("count"), bare("count")),
                Row(f"{name}: longest wait of a key", label, times("wait"), most=WAIT),
            ]
    return found


def _times(took: _Took, kind: str, sort: str, part: str) -> list[float]:
    return took[kind, sort, part]


def _searches(timeline: Timeline, home: Path, asked: tuple[str, str], took: _Took) -> int:
    """One search for each word, in a program that has not searched for it; and the most memory it took."""
    with Program(timeline.command(), home) as program:
        screen = _started(program, timeline)
        for sort, word in (("rare", timeline.rare), ("common", timeline.common)):
            screen.paint(program.answer(asked[1], _STILL)[1])
            before, pane = screen.grid, Pane(screen.grid)
            typed = program.type(word)
            frames = _until_answered(program, screen, word, _count(before))
            changed = [frame.time for frame in frames if pane.differs(frame.grid, before)]
            if not changed:
                raise ProbeError(f"{asked[0]} {word!r} changed nothing in the timeline")
            took[asked[0], sort, "rows"].append(changed[0] - typed)
            last = _count(frames[-1].grid)
            counted = next(frame.time for frame in frames if _count(frame.grid) == last)
            took[asked[0], sort, "count"].append(counted - typed)
            screen.paint(program.answer(_ESCAPE, _STILL)[1])
        return program.peak_memory()


def _waits(timeline: Timeline, home: Path, asked: tuple[str, str], took: _Took) -> None:
    """The longest time that one of the keys waits which are typed right after a word."""
    with Program(timeline.command(), home) as program:
        screen = _started(program, timeline)
        for sort, word in (("rare", timeline.rare), ("common", timeline.common)):
            screen.paint(program.answer(asked[1], _STILL)[1])
            first = len(program.chunks)
            program.type(word)
            moves = _moves(program, len(word))
            program.listen(_STILL, at_least=1.0)
            frames = screen.paint(program.chunks[first:])
            start = next((_typed(frame, word) for frame in frames if _typed(frame, word) >= 0), -1)
            if start < 0:
                raise ProbeError(f"{word!r} was typed and did not appear at the foot of the screen")
            took[asked[0], sort, "wait"].append(longest_wait(moves, start, frames))
            screen.paint(program.answer(_ESCAPE, _STILL)[1])


def _started(program: Program, timeline: Timeline) -> Screen:
    program.wait_for(timeline.shown)
    program.listen(0.5)
    screen = Screen()
    screen.paint(program.chunks)
    return screen


def _until_answered(program: Program, screen: Screen, word: str, before: str) -> list[Painted]:
    """What comes until `word` and a new count stand at the foot, and for a while after."""

    def is_answer(frame: Painted) -> bool:
        return _typed(frame, word) >= 0 and _count(frame.grid) not in ("", before)

    frames, answered = program.watch(screen, is_answer, _PATIENCE)
    if not answered:
        raise ProbeError(f"{word!r} was typed and no count came")
    return frames + screen.paint(program.listen(_STILL, at_least=_LATEST))


def _moves(program: Program, length: int) -> list[Press]:
    """Move the cursor to the start of the line and back again and again, never to its end."""
    there, back = list(range(length - 1, -1, -1)), list(range(1, length))
    columns = (there + (back + back[-2::-1] + [0]) * _MOVES)[:_MOVES]
    presses, column = [], length
    for target in columns:
        presses.append(Press(program.type(_LEFT if target < column else _RIGHT), target))
        column = target
        due = presses[-1].time + _EVERY
        while (left := due - time.perf_counter()) > 0:
            program.listen(0, at_least=left)
    return presses


def longest_wait(moves: Sequence[Press], start: int, frames: Sequence[Painted]) -> float:
    """The longest time from a move to a frame that shows it or a later one.

    Args:
        moves: The keys, in order.
        start: The column in which the line begins.
        frames: What was painted since.
    """
    longest, answered = 0.0, 0
    for frame in frames:
        shown = [
            number
            for number, move in enumerate(moves)
            if number >= answered and move.time < frame.time and start + move.column == frame.cursor[1]
        ]
        if shown:
            longest = max(longest, frame.time - moves[answered].time)
            answered = shown[-1] + 1
    if answered < len(moves):
        raise ProbeError(f"{len(moves) - answered} of {len(moves)} keys were never answered")
    return longest


def _typed(frame: Painted, word: str) -> int:
    """The column of `word` in the line where it was typed; -1 where it is not to be seen."""
    return max(line.find(f" {word}") + 1 or -1 for line in frame.lines[-_PROMPT:])


def _count(grid: Grid) -> str:
    """How many events a prompt says that there are, as it is written."""
    foot = "\n".join("".join(cell.data for cell in row) for row in grid[-_PROMPT:])
    found = _COUNT.search(foot)
    return found[0] if found else ""

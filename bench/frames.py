"""From the start of a process to its frames, and from a key to the frame that answers it."""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.floors import BARE_SHOWN, ROWS_SHOWN
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.probe import Chunk
    from bench.timelines import Timeline

START, KEY = 1.3, 1.5
RARE, COMMON = 0.060, 0.250
_BARE = [sys.executable, "-m", "bench.floors.bare"]
_MOVES, _PASSED, _SCROLLS = 16, 24, 30
"""Presses that move the cursor on a screen that stays, those up to its foot, and those that scroll by a row.

Together they are less than there are events in the bundled timeline.
"""
_BLINK = 1
"""Cells that a blinking cursor changes; what changes no more is no answer."""
_SILENCE = 0.25
"""Seconds after which nothing more is expected to come of a key in a list."""
_LONGEST_SEARCH = 1.0
"""Seconds that the answer to a search is waited for, however still the screen is."""
_STILL = 0.3
"""Seconds without output after which a screen is taken for finished; a cursor blinks more slowly."""
_SEARCHES = 5
"""Runs that are enough for a search."""
_PROMPT, _TRIES = 5, 30
"""Lines at the foot of the screen that a prompt may take; how often they are read for what was typed."""
_UNRELATED = "qxvbkwjyhfmdpgrtlnsz"
"""Letter by letter, it pushes out what the program remembers of searches before."""
_ESCAPE = "\x1b"


class _Start(NamedTuple):
    any: float
    full: float
    memory: int


class _Presses(NamedTuple):
    times: tuple[list[float], list[float], list[float]]
    """To the first bytes and to the finished frame of each move; to the finished frame of each scroll."""
    sent: tuple[float, float, float]
    memory: int


def start_rows(timeline: Timeline, runs: int, home: Path) -> list[Row]:
    """First frames, against an app with one line of text."""
    ours, floor, list_floor = [], [], []
    for _ in range(runs + 1):
        floor.append(_start(_BARE, BARE_SHOWN, home))
        list_floor.append(_start(timeline.rows_command(), ROWS_SHOWN, home))
        ours.append(_start(timeline.command(), timeline.shown, home))
    # The first of each only warms the machine's caches.
    ours, floor, list_floor = ours[1:], floor[1:], list_floor[1:]
    bare_full, label = [one.full for one in floor], timeline.label
    peak, bare_peak = (max(one.memory for one in some) for some in (ours, floor))
    return [
        Row("first frame of any kind", label, [one.any for one in ours], [one.any for one in floor]),
        Row("first full frame", label, [one.full for one in ours], bare_full, START, None, peak, bare_peak),
        Row("  as a bare list of as many rows", label, [one.full for one in list_floor], bare_full),
    ]


def key_rows(timeline: Timeline, _runs: int, home: Path) -> list[Row]:
    """`j`, against a bare list of as many rows."""
    ours = _presses(timeline.command(), timeline.shown, home)
    floor = _presses(timeline.rows_command(), ROWS_SHOWN, home)
    names = ("key j to first bytes", "key j to finished frame", "key j, scrolling, to finished frame")
    bounds = (None, KEY, KEY)
    return [
        Row(name, timeline.label, times, least, bound, None, ours.memory, floor.memory, sent, least_sent)
        for name, times, least, bound, sent, least_sent in zip(
            names, ours.times, floor.times, bounds, ours.sent, floor.sent, strict=True
        )
    ]


def search_rows(timeline: Timeline, runs: int, home: Path) -> list[Row]:
    """Find and filter: from the last letter of a word to the finished frame."""
    searches = [
        (f"{name} a {sort} word", key, word, bound)
        for name, key in (("find", "/"), ("filter", "f"))
        for sort, word, bound in (("rare", timeline.rare, RARE), ("common", timeline.common, COMMON))
    ]
    times: dict[str, list[float]] = {name: [] for name, *_ in searches}
    with Program(timeline.command(), home) as program:
        screen = Screen()
        program.wait_for(timeline.shown)
        program.listen(0.5)
        screen.paint(program.chunks)
        for _ in range(min(runs, _SEARCHES)):
            for name, key, word, _bound in searches:
                times[name].append(_search(program, screen, key, word))
        memory = program.peak_memory()
    return [Row(name, timeline.label, times[name], most=bound, memory=memory) for name, *_, bound in searches]


def _start(command: Sequence[str], shown: str, home: Path) -> _Start:
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
    return _Start(any_ - started, full - started, memory)


def _presses(command: Sequence[str], shown: str, home: Path) -> _Presses:
    first, settled, sent = [], [], []
    with Program(command, home) as program:
        screen = Screen()
        program.wait_for(shown)
        program.listen(0.5)
        screen.paint(program.chunks)
        for _ in range(_MOVES + _PASSED + _SCROLLS):
            pressed, chunks = program.answer("j", _SILENCE)
            settled.append(_settled(screen, chunks, beyond=0) - pressed)
            first.append(chunks[0].time - pressed)
            sent.append(sum(len(chunk.data) for chunk in chunks))
        memory = program.peak_memory()
    moved, scrolled = slice(None, _MOVES), slice(-_SCROLLS, None)
    return _Presses(
        (first[moved], settled[moved], settled[scrolled]),
        (0, median(sent[moved]), median(sent[scrolled])),
        memory,
    )


def _search(program: Program, screen: Screen, key: str, word: str) -> float:
    for typed in (_UNRELATED, word[:-1]):
        screen.paint(program.answer(key, _STILL)[1])
        _type_and_see(program, screen, typed)
        if typed == _UNRELATED:
            screen.paint(program.answer(_ESCAPE, _STILL)[1])
    pressed, chunks = program.answer(word[-1], _STILL)
    chunks += program.listen(_STILL, at_least=_LONGEST_SEARCH)
    settled = _settled(screen, chunks, beyond=_BLINK)
    screen.paint(program.answer(_ESCAPE, _STILL)[1])
    return settled - pressed


def _type_and_see(program: Program, screen: Screen, text: str) -> None:
    """Type `text` into the prompt at the foot of the screen, and wait until it is there and understood."""
    program.type(text)
    for _ in range(_TRIES):
        painted = screen.paint(program.listen(_STILL, at_least=_LONGEST_SEARCH))
        if any(text in line for frame in painted for line in frame.lines[-_PROMPT:]):
            return
    raise ProbeError(f"{text!r} was typed and did not appear at the foot of the screen")


def _settled(screen: Screen, chunks: Sequence[Chunk], beyond: int) -> float:
    """When the last of `chunks` came that changed more cells than `beyond`."""
    changes = [frame.time for frame in screen.paint(chunks) if frame.cells > beyond]
    if not changes:
        raise ProbeError("a key changed nothing on the screen")
    return changes[-1]

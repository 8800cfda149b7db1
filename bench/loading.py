"""What can be done while a long file is read for the first time, and when all of it is there."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bench.frames import READING
from bench.panes import Pane
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.probe import Grid, Painted
    from bench.timelines import Timeline

PROGRESS, KEY, QUIT = 0.5, 0.050, 0.5
_LONG = 50_000
"""Events of a timeline that takes long enough to be seen loading."""
_RUNS = 5
_RATE = 50_000
"""Events that are surely not read in a second; while they are, keys are pressed."""
_LONGEST = 8.0
"""Seconds for which keys are pressed at most."""
_PAUSE = 0.03
"""Seconds between the answer to a key and the next one."""
_PATIENCE, _HOUR = 5.0, 3600.0
_COUNT = r"\d % of [^\x1b]*events"
"""How far the reading has come, in numbers."""


def rows(timeline: Timeline, runs: int, home: Path) -> list[Row]:
    """Start to progress, first events and all of it; keys meanwhile; the end by `q`."""
    if timeline.events < _LONG:
        return []
    took: dict[str, list[float]] = defaultdict(list)
    peak = 0
    for run in range(min(runs, _RUNS)):
        with tempfile.TemporaryDirectory(dir=home.parent) as cold:
            _interrupted(timeline, Path(cold), took)
        if not run:
            with tempfile.TemporaryDirectory(dir=home.parent) as cold:
                peak = _to_the_end(timeline, Path(cold), took)
    label = timeline.label
    return [
        Row("while loading: start to progress", label, took["progress"], most=PROGRESS),
        Row("while loading: start to first events", label, took["first"]),
        Row("while loading: key j", label, took["key"], most=KEY),
        Row("while loading: longest wait of a key", label, took["longest"], most=KEY),
        Row("while loading: q to the end", label, took["quit"], most=QUIT),
        Row("first open on the screen, to all of it", label, took["whole"], memory=peak),
    ]


def _interrupted(timeline: Timeline, home: Path, took: dict[str, list[float]]) -> None:
    with Program(timeline.command(), home) as program:
        took["progress"].append(program.wait_for_match(_COUNT) - program.started)
        took["first"].append(program.wait_for(timeline.shown) - program.started)
        program.listen(0.1)
        screen = Screen()
        screen.paint(program.chunks)
        waits = _keys(program, screen, min(_LONGEST, timeline.events / _RATE))
        if not READING.search("".join(cell.data for cell in screen.grid[0])):
            raise ProbeError("the file was read before q could be pressed")
        pressed = program.type("q")
        took["quit"].append(program.ended() - pressed)
    took["key"] += waits
    took["longest"].append(max(waits))


def _keys(program: Program, screen: Screen, seconds: float) -> list[float]:
    """How long each key waits that is pressed as soon as the one before was answered."""
    waits = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key in "jjjjkkkk":
            seen = _change(screen.grid)
            pressed = program.type(key)
            frames, answered = program.watch(screen, seen, _PATIENCE)
            if not answered:
                raise ProbeError(f"{key} changed nothing while the file was loading")
            waits.append(frames[-1].time - pressed)
            program.watch(screen, lambda _: False, _PAUSE)
    return waits


def _change(before: Grid) -> Callable[[Painted], bool]:
    """Whether a frame shows other rows of the timeline than there were before."""
    pane = Pane(before)
    return lambda frame: pane.differs(frame.grid, before)


def _to_the_end(timeline: Timeline, home: Path, took: dict[str, list[float]]) -> int:
    """Notes when all of it was there, and says how much memory it took."""
    with Program(timeline.command(), home) as program:
        program.wait_for(timeline.shown)
        screen = Screen()
        screen.paint(program.chunks)
        whole = f"{timeline.events:,} events"
        frames, there = program.watch(
            screen,
            lambda frame: whole in frame.lines[0] and not READING.search(frame.lines[0]),
            _HOUR,
        )
        if not there:
            raise ProbeError(f"{whole!r} did not appear at the top of the screen")
        took["whole"].append(frames[-1].time - program.started)
        return program.peak_memory()

"""VisiData and lnav on the same events, where they are installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bench.floors import BARE, BARE_SHOWN
from bench.frames import start
from bench.kept import plain_events
from bench.probe import ProbeError, Program, Screen
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.timelines import Timeline

_RUNS = 3
_PRESSES = 20
_ANSWER = 0.3
"""Seconds that the answer to a key is waited for."""
_CLOCK = 8
"""Cells that a clock or a spinner changes; what changes no more is no answer."""
_LEGIBLE = 12
"""Letters of a title that are surely shown."""
_HEADINGS = ("date", "title", "actor", "place")


class Tool(NamedTuple):
    """A program that shows the same events."""

    name: str
    command: tuple[str, ...]
    suffix: str
    write: Callable[[Path, Path], str]
    """Writes the events of a database to a file, and gives what shows that the first rows are there."""
    key: str
    """Goes one row on from where the cursor stands at the start."""


def write_csv(database: Path, target: Path) -> str:
    """A table with headings."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows(plain_events(database))
    return next(plain_events(database)).title


def write_log(database: Path, target: Path) -> str:
    """A log with a time at the beginning of each line."""
    last = ""
    with target.open("w", encoding="utf-8", newline="") as file:
        for event in plain_events(database):
            last = event.title
            file.write(f"{event.day}T00:00:00 INFO {event.actor}: {last} ({event.place})\n")
    return last


def found(visidata: str | None, lnav: str | None) -> list[Tool]:
    """Those that are installed; of each that is not, a line is printed."""
    tools = []
    for name, given, command, suffix, write, key in (
        ("VisiData", visidata, "vd", ".csv", write_csv, "j"),
        ("lnav", lnav, "lnav", ".log", write_log, "k"),
    ):
        if place := given or shutil.which(command):
            tools.append(Tool(name, (place,), suffix, write, key))
        else:
            print(f"not measured: {name}, which is not installed")
    return tools


def version(tool: Tool) -> str:
    """What it says of its version."""
    said = subprocess.run([*tool.command, "--version"], capture_output=True, text=True, check=False)
    return (said.stdout + said.stderr).strip().partition("\n")[0]


def rows(timeline: Timeline, runs: int, home: Path, database: Path, tools: list[Tool]) -> list[Row]:
    """First rows, memory once all is loaded, and a key."""
    return [row for tool in tools for row in _rows(tool, timeline, min(runs, _RUNS), home, database)]


def _rows(tool: Tool, timeline: Timeline, runs: int, home: Path, database: Path) -> list[Row]:
    target = home / f"events{tool.suffix}"
    shown = tool.write(database, target)
    command = [*tool.command, str(target)]
    measure = partial(_once, command, shown[:_LEGIBLE], tool.key, home)
    firsts, keys, memory, bare = [], [], 0, []
    for _ in range(runs):
        bare.append(start(BARE, BARE_SHOWN, home).full)
        first, times, peak = measure()
        firsts.append(first)
        keys += times
        memory = max(memory, peak)
    target.unlink()
    return [
        Row(f"{tool.name}: first rows", timeline.label, firsts, bare, memory=memory),
        Row(f"{tool.name}: key to finished frame", timeline.label, keys),
    ]


def _once(command: list[str], shown: str, key: str, home: Path) -> tuple[float, list[float], int]:
    with Program(command, home) as program:
        first = program.wait_for(shown) - program.started
        program.idle()
        screen = Screen()
        screen.paint(program.chunks)
        times = []
        for _ in range(_PRESSES):
            pressed = program.type(key)
            frames, _ = program.watch(screen, lambda _: False, _ANSWER)
            answers = [frame.time for frame in frames if frame.cells > _CLOCK]
            if not answers:
                raise ProbeError("a key changed nothing on the screen")
            times.append(answers[-1] - pressed)
        return first, times, program.peak_memory()

"""Tables of others, of any length: opened, shown, and written again.

The rows are about 300 bytes long: a day, a title, a text, a kind, a place, an actor, a source and
two numbers, in the order of days, as in lists of conflicts. They are the same for the same number.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bench.apart import apart
from bench.floors import BARE, BARE_SHOWN
from bench.frames import start
from bench.probe import Program
from bench.table import Row
from bench.vocabulary import BODIES, CODAS, EVENT_KINDS, MATTERS, OBJECTS, OPENINGS, PLACES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.apart import Told

NAMES: Final = (
    "event_date", "title", "notes", "event_type", "location", "actor", "source", "fatalities", "iso",
)  # fmt: skip
FIRST_TITLE: Final = "A border post opens"
_FLOORS: Final = 4
"""The most times that reading and inserting the same rows may take in processor time."""
_FIRST_ROWS: Final = 1.0
"""Seconds to the first rows on the screen."""
_LEAST_MEMORY: Final = 1_000_000_000
"""Bytes that any first open may take, of 1,000,000 rows too."""
_INDEX: Final = 1.2
"""The most that an index may take, in times of its file."""
_PER_DAY: Final = 12
_MANY: Final = 200_000


class _File(NamedTuple):
    name: str
    path: Path
    label: str


def table(count: int) -> Iterator[tuple[str, ...]]:
    """The rows of a table below its header."""
    rng = random.Random(count)  # noqa: S311  it makes up stories, not keys
    pick = rng.choice
    outlets = [f"{place} {name}" for place in PLACES for name in ("Courier", "Post", "Radio")]
    for number in range(count):
        day = date(1997, 1, 1) + timedelta(days=number // _PER_DAY)
        who = f"{pick(PLACES)} {pick(BODIES)}"
        title = f"{who} {pick(VERBS)} the {pick(OBJECTS)}" if number else FIRST_TITLE
        text = f"{pick(OPENINGS)} {pick(MATTERS)} {pick(CODAS)} {pick(OPENINGS)} {pick(MATTERS)}"
        yield (
            day.isoformat(), title, text, pick(EVENT_KINDS), pick(PLACES), who, pick(outlets),
            str(rng.randrange(20)), str(rng.randrange(900)),
        )  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """Write the table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        writer.writerows(table(count))


def write_lines(path: Path, count: int) -> None:
    """Write the table as JSON Lines, all values as texts."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table(count):
            file.write(json.dumps(dict(zip(NAMES, row, strict=True)), ensure_ascii=False) + "\n")


def rows(count: int, runs: int, folder: Path) -> Iterator[Row]:
    """First open in processor time, index on disk, first rows, and exports.

    Args:
        count: How many rows the table has.
        runs: How often each is measured.
        folder: Where to put the files.
    """
    path = folder / f"table-{count}.csv"
    write_csv(path, count)
    lines = folder / f"table-{count}.jsonl"
    write_lines(lines, count)
    runs = min(runs, 1 if count >= _MANY else 3)
    home = folder / f"home-table-{count}"
    home.mkdir(exist_ok=True)
    for file in (_File("CSV", path, f"{count:,} r."), _File("JSON Lines", lines, f"{count:,} r.")):
        yield from _open_rows(file, path, runs, folder)
        yield _first_rows(file, runs, folder)
    with tempfile.TemporaryDirectory(dir=folder) as cold:
        found = apart(Path(cold), "bench.floors.duck", str(path))
        yield Row("… DuckDB's read_csv", f"{count:,} r.", [found.seconds["duck"]], memory=found.peak.added_up)
    for target in ("csv", "jsonl"):
        written = apart(home, "bench.exported", str(path), str(folder / f"out.{target}"))
        yield Row(
            f"export to {target}: what memory grows by",
            f"{count:,} r.",
            [written.seconds["export"]],
            memory=int(written.seconds["grown"]),
        )


def _open_rows(file: _File, table: Path, runs: int, folder: Path) -> Iterator[Row]:
    found: list[Told] = []
    floor: list[Told] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=folder) as cold:
            floor.append(apart(Path(cold), "bench.floors.insert", str(table)))
            found.append(apart(Path(cold), "bench.streamed", str(file.path)))
    label = file.label
    yield Row(
        f"first open of {file.name}, processor time",
        label,
        _named(found, "processor"),
        _named(floor, "insert"),
        most_ratio=_FLOORS,
        memory=max(one.peak.added_up for one in found),
        floor_memory=max(one.peak.added_up for one in floor),
        most_memory=_LEAST_MEMORY,
        shared_once=max(one.peak.shared_once for one in found),
    )
    yield Row("… by the clock", label, _named(found, "whole"))
    # Kilobytes stand where times do, so that the ratio to the file is printed.
    size = file.path.stat().st_size / 1e6
    yield Row("… index on disk, kB", label, _named(found, "index"), [size], most_ratio=_INDEX)


def _named(told: Sequence[Told], name: str) -> list[float]:
    return [one.seconds[name] for one in told]


def _first_rows(file: _File, runs: int, folder: Path) -> Row:
    seen, bare = [], []
    command = (sys.executable, "-m", "timeline_tui", str(file.path))
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=folder) as cold:
            bare.append(start(BARE, BARE_SHOWN, Path(cold)).full)
        with tempfile.TemporaryDirectory(dir=folder) as cold, Program(command, Path(cold)) as program:
            seen.append(program.wait_for(FIRST_TITLE) - program.started)
    return Row(f"first rows of {file.name} on the screen", file.label, seen, bare, most=_FIRST_ROWS)

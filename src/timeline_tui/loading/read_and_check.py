"""A timeline file read, checked and put into a database, by several processes where it is long."""

from __future__ import annotations

import os
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.checking.compare_events import Roll
from timeline_tui.checking.events import holds_until
from timeline_tui.checking.references import check, compare
from timeline_tui.index.prepare import cited_of, entries_of
from timeline_tui.loading.parts import LEAST_SIZE, Unpartable, plan
from timeline_tui.loading.workers import Workers
from timeline_tui.model.problem_log import Faults, in_order
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_text
from timeline_tui.text.ids import Slugs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline_tui.index.writer import IndexWriter
    from timeline_tui.loading.parts import PartRead, PartsRead, Plan
    from timeline_tui.model.problems import Problem
    from timeline_tui.reading.reader import Reference

_RUN = 1_000
_READ = 0.6
"""The share that reading and checking has in the work on a file that is read whole."""


class File(NamedTuple):
    """A file to be read."""

    data: bytearray
    """It may be changed where it is only checked."""
    path: str
    """Its name, for the problems."""
    today: int
    """The day number that past and future are told apart by."""


class Account(NamedTuple):
    """What was found in a file, beside its events."""

    header: Header | None
    """None where the file is no timeline at all."""
    events: int
    problems: list[Problem]
    """Of all sorts, by line."""
    holds_until: int
    """The first day number on which other problems might be found."""
    left_out: dict[str, int]
    """How many records of a kind (`event`, `source`) have an error and so are missing."""


class Met(NamedTuple):
    """What several readers have met, put together, as `checks.compare()` takes it."""

    references: list[Reference]
    problems: list[Problem]
    left_out: set[tuple[str, str]]


def take_in(
    file: File,
    new_writer: Callable[[], IndexWriter | None],
    heard: Callable[[int, int, IndexWriter | None, Header], None],
) -> Account:
    """Read and check a file, and put its events into a database.

    Args:
        file: What to read.
        new_writer: Gives a writer of an empty database each time it is called; None to check only.
        heard: Told again and again how many bytes and events have been dealt with, and what is there so far.

    Raises:
        BrokenOff: A process that was reading has ended before its time.
        DatabaseError: The database cannot be written.
    """
    if len(file.data) >= LEAST_SIZE and hasattr(os, "fork"):
        cut_up = plan(file.data, file.path)
        if cut_up is not None:
            try:
                return _take_in_parts(file, cut_up, new_writer(), heard)
            except Unpartable:
                pass
    return _take_in_whole(file, new_writer(), heard)


def _take_in_whole(
    file: File,
    writer: IndexWriter | None,
    heard: Callable[[int, int, IndexWriter | None, Header], None],
) -> Account:
    unknown = Header(title="")
    share = 1 if writer is None else _READ

    def read(done: int, count: int) -> None:
        heard(int(done * share), count, None, unknown)

    # Where the database turns out not to be writable, all of it is read once more.
    reading = read_text(file.data if writer is None else bytearray(file.data), file.path, read)
    problems = check(reading, today=file.today)
    header, count = reading.header, len(reading.events)
    if writer is not None:
        cited = cited_of(header or unknown)
        events = iter(reading.events)
        while run := list(islice(events, _RUN)):
            writer.add(entries_of(run, cited))
            done = _READ + (1 - _READ) * writer.count / count
            heard(int(done * len(file.data)), count, writer, header or unknown)
    held = holds_until(reading.events, file.today)
    return Account(header, count, problems, held, _kinds(reading.left_out))


def _take_in_parts(
    file: File,
    cut_up: Plan,
    writer: IndexWriter | None,
    heard: Callable[[int, int, IndexWriter | None, Header], None],
) -> Account:
    roll, slugs = Roll(), Slugs(file.data)
    with Workers(file.data, cut_up, file.path, file.today, indexed=writer is not None) as workers:
        for part, read in workers.parts():
            _put_in(read, roll, slugs, writer)
            heard(part.end, len(roll.lines), writer, cut_up.header)
        told = workers.done()
    faults = Faults(file.path)
    met = _together(cut_up, told)
    compare(cut_up.header, roll, met, faults)
    problems = in_order([*met.problems, *faults.in_order()])
    held = min(one.holds_until for one in told)
    return Account(cut_up.header, len(roll.lines), problems, held, _kinds(met.left_out))


def _kinds(left_out: Iterable[tuple[str, str]]) -> dict[str, int]:
    return dict(Counter(kind for kind, _ in left_out))


def _put_in(read: PartRead, roll: Roll, slugs: Slugs, writer: IndexWriter | None) -> None:
    """Raises Unpartable for an id that is there already."""
    ids = read.traits.ids
    for offset in read.unnamed:
        ids[offset] = slugs.tell_apart(ids[offset])
    roll.add(read.traits)
    if len(roll.numbers) < len(roll.lines):
        raise Unpartable
    if writer is not None and read.entries is not None:
        read.entries.ids = ids
        writer.add(read.entries)


def _together(cut_up: Plan, told: Iterable[PartsRead]) -> Met:
    skeleton = cut_up.skeleton
    met = Met([*skeleton.references], [*skeleton.problems], {*skeleton.left_out})
    for one in told:
        met.references.extend(one.references)
        met.problems.extend(one.problems)
        met.left_out.update(one.left_out)
    # As one process would have met them: only the first get a hint.
    met.references.sort(key=lambda reference: reference[2:])
    return met

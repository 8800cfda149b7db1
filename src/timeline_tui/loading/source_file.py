"""Reads a timeline file, checks it and adds its events to a database; long files by several processes."""

from __future__ import annotations

import os
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.checking.compare_events import EventComparison
from timeline_tui.checking.events import valid_until
from timeline_tui.checking.hindsight import report_hindsight
from timeline_tui.checking.references import check, compare
from timeline_tui.checking.same_words import report_same_words
from timeline_tui.index.prepare import entries_of
from timeline_tui.index.searched import header_facts
from timeline_tui.loading.file_bytes import FileBytes
from timeline_tui.loading.file_report import FileReport
from timeline_tui.loading.foreign_file import Streamed, converted_folder, in_our_format
from timeline_tui.loading.part_processes import PartProcesses
from timeline_tui.loading.parts import LEAST_SIZE, Unpartable, plan
from timeline_tui.loading.progress import Reporter
from timeline_tui.model.problems import ProblemLog, by_line
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_text
from timeline_tui.reading.unpack import read_source
from timeline_tui.text.ids import UniqueIds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from timeline_tui.index.writer import IndexWriter
    from timeline_tui.loading.foreign_file import Converted
    from timeline_tui.loading.parts import PartRead, PartsRead, Plan
    from timeline_tui.loading.progress import Progress
    from timeline_tui.model.problems import Problem
    from timeline_tui.reading.reader import Reference

_RUN = 1_000
_READ = 0.6
"""The share of reading and checking in all work on a file that one process reads."""


class SourceFile(NamedTuple):
    """A file to be read."""

    content: FileBytes
    path: str
    """The name of the file in problems."""
    today: int
    """The day number that separates past and future."""
    converted: Converted | None = None
    """What it was read as, if it is in another format."""


class Merged(NamedTuple):
    """What several readers found, put together for `compare()`."""

    references: list[Reference]
    problems: list[Problem]
    left_out: set[tuple[str, str]]


def read_and_check(
    file: SourceFile,
    new_writer: Callable[[], IndexWriter | None],
    report: Callable[[int, int, IndexWriter | None, Header], None],
) -> FileReport:
    """Read and check a file, and add its events to a database.

    Args:
        file: What to read.
        new_writer: Gives a writer of an empty database each time it is called; None to check only.
        report: Called again and again with the bytes and events that are done, the writer and the header so
            far.

    Raises:
        BrokenOff: A process that was reading has ended too early.
        BeingWritten: The file has changed meanwhile.
        DatabaseError: The database cannot be written.
    """
    if file.converted is None and file.content.size >= LEAST_SIZE and hasattr(os, "fork"):
        cut_up = plan(file.content.whole(), file.path)
        if cut_up is not None:
            try:
                file.content.leave_on_disk(place for part in cut_up.parts for place in part[:2])
                return _read_parts(file, cut_up, new_writer(), report)
            except Unpartable:
                pass
            finally:
                file.content.close()
    return _read_whole(file, new_writer(), report)


def check_file(
    path: Path, *, today: int, report: Callable[[Progress], None] = lambda _: None
) -> list[Problem]:
    """All problems of a file, by line.

    Args:
        path: The file; `-` for standard input.
        today: The day number that separates past and future.
        report: Called ten times a second with the progress of reading.

    Raises:
        CannotRead: `path` cannot be read as text.
        BrokenOff: Reading was interrupted.
    """
    reporter = Reporter(report)
    is_folder = path.is_dir()
    data = bytearray() if is_folder else read_source(path)
    foreign = converted_folder(path) if is_folder else in_our_format(path, data)
    if isinstance(foreign, Streamed):
        foreign.go_through()
        return list(foreign.problems)
    file = SourceFile(FileBytes(data, path), str(path), today, foreign)
    reporter.size = max(1, len(data))
    del data
    found = read_and_check(
        file, lambda: None, lambda done, events, *_: reporter.report(done / reporter.size, events)
    )
    return found.problems if foreign is None else foreign.problems_with(found.problems)


def _read_whole(
    file: SourceFile,
    writer: IndexWriter | None,
    report: Callable[[int, int, IndexWriter | None, Header], None],
) -> FileReport:
    unknown = Header(title="")
    share = 1 if writer is None else _READ

    def read(done: int, count: int) -> None:
        report(int(done * share), count, None, unknown)

    # If the database turns out not to be writable, all of the file is read again.
    if file.converted is not None:
        reading = file.converted.reading(file.path)
    else:
        data = file.content.whole()
        reading = read_text(data if writer is None else bytearray(data), file.path, read)
    problems = check(reading, today=file.today)
    header, count = reading.header, len(reading.events)
    if writer is not None:
        cited = header_facts(header or unknown)
        events = iter(reading.events)
        while run := list(islice(events, _RUN)):
            writer.add(entries_of(run, cited))
            done = _READ + (1 - _READ) * writer.count / count
            report(int(done * file.content.size), count, writer, header or unknown)
    held = valid_until(reading.events, file.today)
    return FileReport(header, count, problems, held, _kinds(reading.left_out))


def _read_parts(
    file: SourceFile,
    cut_up: Plan,
    writer: IndexWriter | None,
    report: Callable[[int, int, IndexWriter | None, Header], None],
) -> FileReport:
    comparison, slugs = EventComparison(), UniqueIds(file.content.pieces())
    with PartProcesses(file.content, cut_up, file.path, file.today, indexed=writer is not None) as processes:
        for part, read in processes.parts():
            _add(read, comparison, slugs, writer)
            report(part.end, len(comparison.lines), writer, cut_up.header)
        done = processes.done()
    if comparison.repeats.found():
        raise Unpartable
    log = ProblemLog(file.path)
    merged = _merged(cut_up, done)
    compare(cut_up.header, comparison, merged, log)
    report_hindsight(cut_up.header, [one.hindsight for one in done], log)
    report_same_words(cut_up.header, [each for one in done for each in one.printed], log)
    problems = by_line([*merged.problems, *log.by_line()])
    held = min(one.valid_until for one in done)
    return FileReport(cut_up.header, len(comparison.lines), problems, held, _kinds(merged.left_out))


def _kinds(left_out: Iterable[tuple[str, str]]) -> dict[str, int]:
    return dict(Counter(kind for kind, _ in left_out))


def _add(read: PartRead, comparison: EventComparison, slugs: UniqueIds, writer: IndexWriter | None) -> None:
    """Raises Unpartable if an id has been used before."""
    ids = read.columns.ids
    for offset in read.unnamed:
        ids[offset] = slugs.unique(ids[offset])
    comparison.add(read.columns)
    if comparison.repeats.found_early():
        raise Unpartable
    if writer is not None and read.entries is not None:
        read.entries.ids = ids
        writer.add(read.entries)


def _merged(cut_up: Plan, done: Iterable[PartsRead]) -> Merged:
    skeleton = cut_up.skeleton
    merged = Merged([*skeleton.references], [*skeleton.problems], {*skeleton.left_out})
    for one in done:
        merged.references.extend(one.references)
        merged.problems.extend(one.problems)
        merged.left_out.update(one.left_out)
    # In the order in which one process would find them: only the first get a hint.
    merged.references.sort(key=lambda reference: reference[2:])
    return merged

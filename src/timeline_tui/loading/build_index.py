"""A file's index built: in the cache where that can be, else in a folder of its own, else in memory."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from timeline_tui.index.errors import DatabaseError
from timeline_tui.index.index import Index
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading.foreign_file import LINES, understood, understood_folder
from timeline_tui.loading.progress import EVERY, Reporter
from timeline_tui.loading.read_and_check import SourceFile, read_and_check
from timeline_tui.model.problems import Problem, Severity
from timeline_tui.model.records import Header
from timeline_tui.reading.open_file import read_bytes
from timeline_tui.storage.cache_folder import NoCache
from timeline_tui.storage.file_stamps import digest, sight
from timeline_tui.storage.index_cache import Cache
from timeline_tui.storage.temp_folders import temporary_folder
from timeline_tui.text.byte_sizes import NOTICEABLE
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.view import keep_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.loading.foreign_file import Understood
    from timeline_tui.loading.progress import Progress
    from timeline_tui.loading.read_and_check import FileReport
    from timeline_tui.storage.file_stamps import Sighting

_TIMES = 2.4
"""How many times as large as its file an index may be expected to be."""
_COPY, _HEADER = 1.5, 0.25
"""How large a copy may become when it is finished, in times of itself, plus times of the whole file."""
_EVERY = EVERY
"""Seconds between two reports on the progress."""
_READING, _FINISHED = 0.88, 0.97
"""The share of all work that is done with the last event, and when all is in order."""
_FIRST_LOOK, _GROWTH = 2_000, 4
"""Events after which a first look is given, and how many times more there must be for the next."""
_LAST_LOOK = 0.8
"""The share of the file after which all of it will be there before another look could be."""


class Made(NamedTuple):
    """An index, and where it is."""

    file: Path | None
    """None for one in memory."""
    kept: bool
    """Whether the file is in the cache; else its folder is for whoever opens it to take away."""
    memory: Index | None
    notice: str
    """What the user should know, on one line; mostly empty."""


class Building:
    """Builds the index of one file.

    Args:
        path: The file; `-` for standard input.
        today: The day number that past and future are told apart by.
        report: Told how far it has come, ten times a second.
        look: Given the file of an index of the events read so far, now and then; the one before is gone
            then. None if nobody looks.
    """

    def __init__(
        self,
        path: Path,
        today: int,
        report: Callable[[Progress], None],
        look: Callable[[Path], None] | None = None,
    ) -> None:
        self._path, self._today, self._look = path, today, look
        self._reporter = Reporter(report, _EVERY)
        self._next_look = _FIRST_LOOK
        self._looks: list[int] = []
        self._place: Path | None = None
        self._most_bytes: int | None = None
        self._beside = 0
        self._writer: IndexWriter | None = None
        self._foreign: Understood | None = None

    def build(self) -> Made:
        """Read the file, and build its index.

        Raises:
            CannotRead: There is no text to be had from it.
            BrokenOff: It was not read to its end.
        """
        # What is in a folder is not known again by the folder.
        seen = None if self._path.is_dir() else sight(self._path)
        file, content = self._read()
        self._reporter.size = len(file.data)
        told = self._foreign.notice if self._foreign else ""
        if len(file.data) < NOTICEABLE:
            return Made(None, kept=False, memory=self._in_memory(file), notice=told)
        cache = Cache.of_user()
        notice = cache.notice or told
        if seen is not None:
            if kept := cache.find_content(content, seen, self._today):
                if cache.verify(kept):
                    return Made(kept.path, kept=True, memory=None, notice=notice)
                cache.discard(kept)
            try:
                return self._in_cache(file, cache, content, seen)._replace(notice=notice)
            except (NoCache, OSError, DatabaseError) as error:
                notice = one_line(f"the index could not be cached: {error}") if cache.bound else notice
        try:
            return self._in_folder(file)._replace(notice=notice)
        except (OSError, DatabaseError):
            return Made(None, kept=False, memory=self._in_memory(file), notice=notice)

    def _read(self) -> tuple[SourceFile, str]:
        """The file as one of the format, and what its content is known by."""
        if self._path.is_dir():
            self._foreign, content = understood_folder(self._path), ""
            data = self._foreign.data
        else:
            data = read_bytes(self._path)
            content = digest(data, self._path.name) if len(data) >= NOTICEABLE else ""
            self._foreign = understood(self._path, data)
            if self._foreign is not None:
                data = self._foreign.data
                content = content or digest(data, self._path.name)
        return SourceFile(data, str(self._path), self._today), content

    def _in_cache(self, file: SourceFile, cache: Cache, content: str, seen: Sighting) -> Made:
        with cache.workshop(int(len(file.data) * _TIMES)) as shop:
            built = shop.folder / "whole.db"
            self._most_bytes = shop.most_bytes
            found = self._in_file(file, built)
            days = (self._today, found.valid_until - 1)
            published = cache.publish(built, content, seen, days)
            if published is not None:
                return Made(published, kept=True, memory=None, notice="")
            return Made(_aside(built), kept=False, memory=None, notice="")

    def _in_folder(self, file: SourceFile) -> Made:
        folder = temporary_folder()
        try:
            self._most_bytes = None
            self._in_file(file, folder / "whole.db")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Made(folder / "whole.db", kept=False, memory=None, notice="")

    def _in_memory(self, file: SourceFile) -> Index:
        self._most_bytes = None
        index, _ = self._filled(file, ":memory:")
        return index

    def _in_file(self, file: SourceFile, place: Path) -> FileReport:
        self._place, self._beside = place, 0
        try:
            index, found = self._filled(file, str(place))
            index.close()
        finally:
            self._place = None
            if self._writer is not None:
                # Else what could not be finished takes room as long as it is open, though it is deleted.
                self._writer.close()
            self._wait_for_looks()
        return found

    def _filled(self, file: SourceFile, place: str) -> tuple[Index, FileReport]:
        writers: list[IndexWriter] = []

        def new_writer() -> IndexWriter:
            for writer in writers:
                writer.close()
            if place != ":memory:":
                Path(place).unlink(missing_ok=True)
            most_bytes = None if self._most_bytes is None else self._most_bytes - self._beside
            self._writer = IndexWriter(place, most_bytes)
            writers.append(self._writer)
            return self._writer

        found = read_and_check(file, new_writer, self._heard)
        self._reporter.report_now(_READING, found.events)
        header = found.header or Header(title=one_line(self._path.name))
        index = finished(writers[-1], header, self._problems(found))
        index.keep("left_out", msgspec.msgpack.encode(self._left_out(found)))
        if self._foreign is not None:
            index.keep(LINES, msgspec.msgpack.encode(self._foreign.lines))
        self._reporter.report_now(_FINISHED, found.events)
        return index, found

    def _problems(self, found: FileReport) -> list[Problem]:
        """What is wrong with the file: of one of another make, what could not be read of it."""
        foreign = self._foreign
        if foreign is None:
            return found.problems
        errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
        return [*foreign.problems, *map(foreign.at_home, errors)]

    def _left_out(self, found: FileReport) -> dict[str, int]:
        """How many records of a kind are missing: with what could not be read of a file of another make."""
        foreign = len(self._foreign.problems) if self._foreign else 0
        return found.left_out | ({"event": found.left_out.get("event", 0) + foreign} if foreign else {})

    def _heard(self, done: int, events: int, writer: IndexWriter | None, header: Header) -> None:
        self._reporter.report(done / self._reporter.size * _READING, events)
        if self._look is not None and self._place is not None and writer is not None:
            self._looks = [pid for pid in self._looks if not _ended(pid, os.WNOHANG)]
            soon = done > self._reporter.size * _LAST_LOOK
            if writer.count >= self._next_look and not self._looks and not soon:
                self._next_look = writer.count * _GROWTH
                self._give_look(self._place, writer, header, self._look)

    def _give_look(
        self, place: Path, writer: IndexWriter, header: Header, look: Callable[[Path], None]
    ) -> None:
        """Have a copy of what is there finished, by a process of its own, so that reading goes on."""
        writer.settle()
        most_bytes = int(place.stat().st_size * _COPY + self._reporter.size * _HEADER)
        if not self._leave_room(most_bytes):
            return
        for old in place.parent.glob("beginning-*"):
            old.unlink(missing_ok=True)
        copied = place.with_name(f"beginning-{writer.count}.db")
        try:
            shutil.copyfile(place, copied)
        except OSError:
            copied.unlink(missing_ok=True)
            return
        try:
            pid = os.fork()
        except OSError:
            copied.unlink(missing_ok=True)
            return
        if pid:
            self._looks.append(pid)
            return
        try:
            finished(writer.copied_to(copied, most_bytes), header, []).close()
            look(copied)
        finally:
            os._exit(0)

    def _leave_room(self, size: int) -> bool:
        """Whether so many bytes may lie beside the index; if so, it keeps to the rest of its room."""
        if self._most_bytes is None or self._writer is None:
            return True
        if self._most_bytes - size < self._reporter.size * _TIMES:
            return False
        self._beside = size
        self._writer.limit(self._most_bytes - size)
        return True

    def _wait_for_looks(self) -> None:
        for pid in self._looks:
            _ended(pid, 0)
        self._looks.clear()


def finished(writer: IndexWriter, header: Header, problems: list[Problem]) -> Index:
    """The index of all that was added to a writer, with what is worked out of the whole of it.

    Raises:
        DatabaseError: It cannot be written.
    """
    index = Index.written_by(writer, header)
    index.keep("problems", msgspec.msgpack.encode(problems))
    keep_whole(index)
    return index


def _aside(built: Path) -> Path:
    """The index in a folder of its own, where the cache has no room for it."""
    folder = temporary_folder()
    try:
        return Path(shutil.move(built, folder / built.name))
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _ended(pid: int, options: int) -> bool:
    with suppress(ChildProcessError):
        return os.waitpid(pid, options)[0] == pid
    return True

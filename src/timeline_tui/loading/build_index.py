"""Builds the index of a file: in the cache if possible, else in a temporary folder, else in memory."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from timeline_tui.errors import TimelineError
from timeline_tui.index.errors import DatabaseError
from timeline_tui.index.index import FOREIGN, Index
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading.file_bytes import FileBytes
from timeline_tui.loading.foreign_file import CONVERTED, Converted, Streamed, converted_folder, in_our_format
from timeline_tui.loading.progress import EVERY, Reporter
from timeline_tui.model.records import Header
from timeline_tui.reading.open_file import CannotRead, read_start
from timeline_tui.reading.unpack import packing_of, read_source
from timeline_tui.storage.cache_folder import NoCache
from timeline_tui.storage.file_stamps import digest, observe
from timeline_tui.storage.index_cache import Cache
from timeline_tui.storage.temp_folders import temporary_folder
from timeline_tui.text.byte_sizes import NOTICEABLE
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.view import keep_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.loading.file_report import FileReport
    from timeline_tui.loading.progress import Progress
    from timeline_tui.loading.source_file import SourceFile
    from timeline_tui.model.problems import Problem
    from timeline_tui.storage.file_stamps import ObservedFile

_TIMES = 2.2
"""The room that an index may need, in times of its file; that of a short file takes twice as much as it."""
_COPY, _HEADER = 1.5, 0.25
"""The limit of a finished preview: this times the copied database, plus this times the file."""
_EVERY = EVERY
"""Seconds between two reports of progress."""
_READING, _FINISHED = 0.88, 0.97
"""The share of all work that is done after the last event, and after the index is finished."""
_FIRST_PREVIEW, _GROWTH = 2_000, 4
"""Number of events for the first preview, and the factor to the number for the next one."""
_LONG = 4 << 20
"""The size in bytes from which the first rows of a table are shown before the rest is read."""
_BEGINNING, _LONG_ROWS = 1 << 16, 1 << 20
"""The bytes that these rows have; and if not even one ends in these."""
_LAST_PREVIEW = 0.8
"""Past this share of the file no further preview is built: the whole would be ready first."""


class Built(NamedTuple):
    """An index that was built, and where it is."""

    file: Path | None
    """None for an index in memory."""
    kept: bool
    """Whether the file is in the cache; if not, the process that opens it removes its folder."""
    memory: Index | None
    notice: str
    """What the user should know, on one line; usually empty."""


class Building:
    """Builds the index of one file.

    Args:
        path: The file; `-` for standard input.
        today: The day number that separates past and future.
        report: Called ten times a second with the progress.
        preview: Called now and then with the file of an index of the events read so far; the file of the
            preview before is removed then. None for no previews.
    """

    def __init__(
        self,
        path: Path,
        today: int,
        report: Callable[[Progress], None],
        preview: Callable[[Path], None] | None = None,
    ) -> None:
        self._path, self._today, self._preview = path, today, preview
        self._reporter = Reporter(report, _EVERY)
        self._next_preview = _FIRST_PREVIEW
        self._previews: list[int] = []
        self._place: Path | None = None
        self._most_bytes: int | None = None
        self._beside = 0
        self._writer: IndexWriter | None = None
        self._foreign: Converted | Streamed | None = None

    def build(self) -> Built:
        """Read the file, and build its index.

        Raises:
            CannotRead: The file cannot be read as text.
            BrokenOff: Reading was interrupted.
        """
        # A change in a folder's files does not change the stamp of the folder.
        seen = None if self._path.is_dir() else observe(self._path)
        beginning = self._show_first_rows()
        try:
            file, content = self._read()
            self._reporter.size = max(1, file.content.size)
            if file.content.size < NOTICEABLE:
                built = Built(None, kept=False, memory=self._in_memory(file), notice="")
            else:
                built = self._built(file, content, seen)
        finally:
            if beginning is not None:
                shutil.rmtree(beginning, ignore_errors=True)
        return built._replace(notice=built.notice or (self._foreign.notice if self._foreign else ""))

    def _built(self, file: SourceFile, content: str, seen: ObservedFile | None) -> Built:
        cache = Cache.of_user()
        notice = cache.notice
        if seen is not None:
            if kept := cache.find_content(content, seen, self._today):
                if cache.verify(kept):
                    return Built(kept.path, kept=True, memory=None, notice=notice)
                cache.discard(kept)
            try:
                return self._in_cache(file, cache, content, seen)._replace(notice=notice)
            except (NoCache, OSError, DatabaseError) as error:
                notice = one_line(f"the index could not be cached: {error}") if cache.bound else notice
        try:
            return self._in_folder(file)._replace(notice=notice)
        except (OSError, DatabaseError):
            return Built(None, kept=False, memory=self._in_memory(file), notice=notice)

    def _read(self) -> tuple[SourceFile, str]:
        """The file in our format, and the digest of its content."""
        if self._path.is_dir():
            self._foreign, content, data = converted_folder(self._path), "", bytearray()
        else:
            data = read_source(self._path)
            content = digest(data, self._path.name) if len(data) >= NOTICEABLE else ""
            self._foreign = in_our_format(self._path, data)
            if self._foreign is not None:
                told = msgspec.json.encode(self._foreign.mapping.chosen) if self._foreign.mapping else b"{}"
                if content and told != b"{}":
                    content = digest(told, content)
        # Not before the first rows are shown: it imports what reads and checks our format.
        from timeline_tui.loading.source_file import SourceFile  # noqa: PLC0415

        converted = self._foreign if isinstance(self._foreign, Converted) else None
        return SourceFile(FileBytes(data, self._path), str(self._path), self._today, converted), content

    def _in_cache(self, file: SourceFile, cache: Cache, content: str, seen: ObservedFile) -> Built:
        with cache.build_folder(int(file.content.size * _TIMES)) as place:
            built = place.folder / "whole.db"
            self._most_bytes = place.most_bytes
            found = self._in_file(file, built)
            days = (self._today, found.valid_until - 1)
            published = cache.publish(built, content, seen, days)
            if published is not None:
                return Built(published, kept=True, memory=None, notice="")
            return Built(_aside(built), kept=False, memory=None, notice="")

    def _in_folder(self, file: SourceFile) -> Built:
        folder = temporary_folder()
        try:
            self._most_bytes = None
            self._in_file(file, folder / "whole.db")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Built(folder / "whole.db", kept=False, memory=None, notice="")

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
                # A deleted database still takes space as long as it is open.
                self._writer.close()
            self._wait_for_previews()
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

        found = self._found(file, new_writer)
        self._reporter.report_now(_READING, found.events)
        header = found.header or Header(title=one_line(self._path.name))
        index = finished(writers[-1], header, self._problems(found))
        index.keep("left_out", msgspec.msgpack.encode(self._left_out(found)))
        if self._foreign is not None:
            index.keep(CONVERTED, b"")
            if not self._foreign.is_ours:
                index.keep(FOREIGN, b"")
            if self._foreign.mapping is not None:
                from timeline_tui.mapping.kept_mapping import KEPT, packed  # noqa: PLC0415  not for our format

                index.keep(KEPT, packed(self._foreign.mapping))
        self._reporter.report_now(_FINISHED, found.events)
        return index, found

    def _found(self, file: SourceFile, new_writer: Callable[[], IndexWriter]) -> FileReport:
        """Read the file, and add its events to a database."""
        if not isinstance(self._foreign, Streamed):
            from timeline_tui.loading.source_file import read_and_check  # noqa: PLC0415  as above

            return read_and_check(file, new_writer, self._report)
        # Not for our format.
        from timeline_tui.exchange.contract import CannotImport  # noqa: PLC0415
        from timeline_tui.exchange.event_runs import EventRuns  # noqa: PLC0415
        from timeline_tui.loading.stream_file import read_runs, read_stream  # noqa: PLC0415

        writer, stream = new_writer(), self._foreign.stream
        if isinstance(stream, EventRuns):
            try:
                found, self._foreign.guesses = read_runs(stream, writer, self._report)
            except CannotImport as error:
                raise CannotRead(str(self._path), str(error)) from error
            return found
        found, self._foreign.guesses = read_stream(stream, writer, self._report)
        return found

    def _show_first_rows(self) -> Path | None:
        """Give a preview of the beginning of a long file before more of it is read; the folder it is in.

        What columns are taken for, and how dates are read, is decided again when all of it is there.
        """
        is_yaml = self._path.suffix.lower() in (".yaml", ".yml")
        if self._preview is None or is_yaml or not self._path.is_file() or self._path.stat().st_size < _LONG:
            return None
        folder = None
        with suppress(OSError, TimelineError, DatabaseError):
            rows = bytearray(read_start(self._path, _BEGINNING) or read_start(self._path, _LONG_ROWS))
            found = in_our_format(self._path, rows) if rows and not packing_of(rows) else None
            if isinstance(found, Streamed):
                # Not for our format.
                from timeline_tui.loading.stream_file import read_beginning  # noqa: PLC0415

                folder = temporary_folder()
                writer = IndexWriter(str(folder / "beginning.db"))
                index = finished(writer, read_beginning(found.stream, writer), [])
                index.keep(FOREIGN, b"")
                index.close()
                self._preview(folder / "beginning.db")
        return folder

    def _problems(self, found: FileReport) -> list[Problem]:
        """The problems of the file; of one in another format, what could not be read and all errors."""
        foreign = self._foreign
        if foreign is None:
            return found.problems
        return foreign.problems_with(found.problems)

    def _left_out(self, found: FileReport) -> dict[str, int]:
        """The number of missing records by kind, with what could not be read of a file in another format."""
        foreign = len(self._foreign.problems) if self._foreign else 0
        return found.left_out | ({"event": found.left_out.get("event", 0) + foreign} if foreign else {})

    def _report(self, done: int, events: int, writer: IndexWriter | None, header: Header) -> None:
        self._reporter.report(done / self._reporter.size * _READING, events)
        if self._preview is not None and self._place is not None and writer is not None:
            self._previews = [pid for pid in self._previews if not _ended(pid, os.WNOHANG)]
            soon = done > self._reporter.size * _LAST_PREVIEW
            if writer.count >= self._next_preview and not self._previews and not soon:
                self._next_preview = writer.count * _GROWTH
                self._start_preview(self._place, writer, header, self._preview)

    def _start_preview(
        self, place: Path, writer: IndexWriter, header: Header, preview: Callable[[Path], None]
    ) -> None:
        """Have a child process finish a copy of the index so far, while reading goes on."""
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
            self._previews.append(pid)
            return
        try:
            index = finished(writer.copied_to(copied, most_bytes), header, [])
            if isinstance(self._foreign, Streamed):
                index.keep(FOREIGN, b"")
            index.close()
            preview(copied)
        finally:
            os._exit(0)

    def _leave_room(self, size: int) -> bool:
        """Whether `size` bytes have room beside the index; if so, the index is limited to the rest."""
        if self._most_bytes is None or self._writer is None:
            return True
        if self._most_bytes - size < self._reporter.size * _TIMES:
            return False
        self._beside = size
        self._writer.limit(self._most_bytes - size)
        return True

    def _wait_for_previews(self) -> None:
        for pid in self._previews:
            _ended(pid, 0)
        self._previews.clear()


def finished(writer: IndexWriter, header: Header, problems: list[Problem]) -> Index:
    """The index of all that was added to a writer, with its problems and the answers about the whole.

    Raises:
        DatabaseError: It cannot be written.
    """
    index = Index.written_by(writer, header)
    index.keep("problems", msgspec.msgpack.encode(problems))
    keep_whole(index)
    return index


def _aside(built: Path) -> Path:
    """Move an index for which the cache has no room to a temporary folder."""
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

"""A file opened: found in the cache, or read, checked and indexed."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.index.errors import DatabaseError
from timeline_tui.index.index import Index
from timeline_tui.loading.foreign_file import LINES, original_line
from timeline_tui.model.problems import Problem, Severity
from timeline_tui.storage.cache_folder import NoCache
from timeline_tui.storage.index_cache import Cache
from timeline_tui.storage.temp_folders import remove_temporary_folders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline_tui.loading.build_index import Made
    from timeline_tui.loading.progress import Progress
    from timeline_tui.storage.index_cache import Kept


@dataclass(frozen=True)
class Opened:
    """What there is of a file, and what is wrong with it."""

    path: str
    index: Index
    problems: tuple[Problem, ...]
    """Ordered by line."""
    notice: str = ""
    """What the user should know about where the index is, on one line."""

    def line_of(self, line: int) -> int:
        """The line of the file itself for one of the index: another one where the file is of another make."""
        lines = self.index.kept(LINES)
        return original_line(msgspec.msgpack.decode(lines), line) if lines else line

    @property
    def left_out(self) -> dict[str, int]:
        """How many records of a kind (`event`, `source`) are missing, as they have an error."""
        counts = self.index.kept("left_out")
        return msgspec.msgpack.decode(counts, type=dict[str, int]) if counts else {}

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def open_timeline(path: Path, *, today: int, report: Callable[[Progress], None] = lambda _: None) -> Opened:
    """Open `path` in this process; what is wrong with it is in the result.

    Args:
        path: The file; `-` for standard input.
        today: The day number that past and future are told apart by.
        report: Told how far the reading has come, ten times a second.

    Raises:
        CannotRead: There is no text to be had from `path`.
        TimelineError: It was not read to its end, or the index cannot be built.
    """
    cache = Cache.of_user()
    if kept := cache.find(path, today):
        with suppress(DatabaseError):
            if cache.verify(kept):
                return opened_file(str(path), kept.path, cache.notice)
        cache.discard(kept)
    # What shows an index that is there needs to know nothing of YAML.
    from timeline_tui.loading.build_index import Building  # noqa: PLC0415

    made = Building(path, today, report).build()
    try:
        return opened_made(str(path), made)
    except DatabaseError:
        # Another program may have emptied the cache since.
        return opened_made(str(path), Building(path, today, report).build())


def find_kept(path: Path, today: int) -> tuple[Kept, Opened] | None:
    """What the cache has of `path`, opened at a glance; only `Cache.verify()` can tell if it is sound."""
    cache = Cache.of_user()
    kept = cache.find(path, today)
    if kept is None:
        return None
    try:
        return kept, opened_file(str(path), kept.path, cache.notice)
    except DatabaseError:
        cache.discard(kept)
        return None


def opened_made(path: str, made: Made) -> Opened:
    """The timeline whose index was just made; what is kept nowhere is gone when it is closed."""
    if made.file is None:
        if made.memory is None:
            raise ValueError("an index is in a file or in memory")
        return opened_index(path, made.memory, made.notice)
    opened = opened_file(path, made.file, made.notice)
    if not made.kept:
        shutil.rmtree(made.file.parent, ignore_errors=True)
    return opened


def opened_file(path: str, file: Path, notice: str = "") -> Opened:
    """The timeline at `path` whose index is in `file`.

    Raises:
        DatabaseError: It is not an index, or not one of this version.
    """
    return opened_index(path, Index.opened(file), notice)


def opened_index(path: str, index: Index, notice: str = "") -> Opened:
    """The timeline at `path` with its index.

    Raises:
        DatabaseError: It is not an index, or not one of this version.
    """
    try:
        problems = msgspec.msgpack.decode(index.kept("problems") or b"", type=tuple[Problem, ...])
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        # One bit is enough for a text that is no UTF-8, or a number in its place.
        raise DatabaseError("an index that is damaged") from error
    # The file may have been elsewhere when it was read.
    return Opened(path, index, tuple(problem._replace(path=path) for problem in problems), notice)


def clean_up_after(pid: int) -> None:
    """Take away what a killed process that was building an index has left behind."""
    remove_temporary_folders(pid)
    folder = Cache.of_user().folder
    with suppress(OSError, NoCache):
        folder.check()
        # Nobody is kept waiting: the next program takes it away as well.
        with folder.changing(patience=0):
            folder.sweep()

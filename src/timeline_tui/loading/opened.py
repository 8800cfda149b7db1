"""Opens a file: from the cache, or by reading, checking and indexing it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.index.errors import DatabaseError
from timeline_tui.index.index import Index
from timeline_tui.loading.foreign_file import CONVERTED
from timeline_tui.model.problems import Problem, Severity
from timeline_tui.storage.cache_folder import NoCache
from timeline_tui.storage.index_cache import Cache
from timeline_tui.storage.temp_folders import remove_temporary_folders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline_tui.loading.build_index import Built
    from timeline_tui.loading.progress import Progress
    from timeline_tui.storage.index_cache import Kept


@dataclass(frozen=True)
class Opened:
    """A timeline that was opened, and the problems of its file."""

    path: str
    index: Index
    problems: tuple[Problem, ...]
    """Ordered by line."""
    notice: str = ""
    """What the user should know about where the index is, on one line."""

    @property
    def is_table(self) -> bool:
        """Whether its events are rows of a table on an engine: no."""
        return False

    @property
    def is_foreign(self) -> bool:
        """Whether the file is in the format of another program."""
        return self.index.kept(CONVERTED) is not None

    @property
    def left_out(self) -> dict[str, int]:
        """The number of records of each kind (`event`, `source`) that are missing because of an error."""
        counts = self.index.kept("left_out")
        return msgspec.msgpack.decode(counts, type=dict[str, int]) if counts else {}

    @property
    def errors(self) -> int:
        """The number of problems that are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def open_timeline(path: Path, *, today: int, report: Callable[[Progress], None] = lambda _: None) -> Opened:
    """Open `path` in this process; the result has its problems.

    Args:
        path: The file; `-` for standard input.
        today: The day number that separates past and future.
        report: Called ten times a second with the progress of reading.

    Raises:
        CannotRead: `path` cannot be read as text.
        TimelineError: Reading was interrupted, or the index cannot be built.
    """
    cache = Cache.of_user()
    if kept := cache.find(path, today):
        with suppress(DatabaseError):
            if cache.verify(kept):
                opened = opened_file(str(path), kept.path, cache.notice)
                if _is_as_chosen(opened, path):
                    return opened
        cache.discard(kept)
    # Showing a cached index needs nothing that reads YAML.
    from timeline_tui.loading.build_index import Building  # noqa: PLC0415

    made = Building(path, today, report).build()
    try:
        return opened_made(str(path), made)
    except DatabaseError:
        # Another program may have emptied the cache since.
        return opened_made(str(path), Building(path, today, report).build())


def find_kept(path: Path, today: int) -> tuple[Kept, Opened] | None:
    """The cached index of `path`, found by the stamp of the file; it is verified only by `Cache.verify()`."""
    cache = Cache.of_user()
    kept = cache.find(path, today)
    if kept is None:
        return None
    try:
        opened = opened_file(str(path), kept.path, cache.notice)
        return (kept, opened) if _is_as_chosen(opened, path) else None
    except DatabaseError:
        cache.discard(kept)
        return None


def _is_as_chosen(opened: Opened, path: Path) -> bool:
    if not opened.is_foreign:
        return True
    from timeline_tui.loading.mapping_choices import is_as_chosen  # noqa: PLC0415  only for other formats

    return is_as_chosen(opened.index, path)


def opened_made(path: str, made: Built) -> Opened:
    """The timeline of an index that was just built; one that is not cached is gone when it is closed."""
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
        # One wrong bit can make a text invalid UTF-8, or turn it into a number.
        raise DatabaseError("the index is damaged") from error
    # The file may have been elsewhere when it was read.
    return Opened(path, index, tuple(problem._replace(path=path) for problem in problems), notice)


def clean_up_after(pid: int) -> None:
    """Remove what a killed process that was building an index has left behind."""
    remove_temporary_folders(pid)
    folder = Cache.of_user().folder
    with suppress(OSError, NoCache):
        folder.check()
        # Without waiting: the next program removes it as well.
        with folder.changing(patience=0):
            folder.sweep()

"""Indexes in the user's cache folder: never required, and never trusted.

An index is found by its timeline's file: by path and stamp without reading it, or by content. The name of an
index has its size and checksum, so there is no list of indexes that could be wrong. It gets its name in one
step, by a rename, and is not flushed to the disk before: what a power cut leaves of it has another size, and
is not found, or another checksum, and `verify()` notices.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.storage.cache_folder import CacheFolder, Database, Mark, NoCache, pack
from timeline_tui.storage.cache_setting import DEFAULT_BOUND, cache_setting
from timeline_tui.storage.file_stamps import ObservedFile, checksum, key, observe
from timeline_tui.storage.program_version import program_version
from timeline_tui.text.byte_sizes import format_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST_DAY = 9_999_999


class Kept(msgspec.Struct, frozen=True):
    """An index in the cache."""

    path: Path
    digest: str
    """The `file_stamps.digest()` of the timeline's file."""


class BuildFolder(msgspec.Struct, frozen=True):
    """A folder to build an index in."""

    folder: Path
    most_bytes: int
    """The most bytes that may be in it at any time."""


class Cache:
    """The indexes in a folder, which need not exist; together they never grow past a bound.

    Args:
        path: The folder.
        bound: The most bytes; 0 to cache nothing.
        version: The version of the program; indexes of other versions are not found.
    """

    notice = ""
    """What the user should know about the settings; usually empty."""

    def __init__(self, path: Path, bound: int = DEFAULT_BOUND, version: str = "") -> None:
        self.folder = CacheFolder(path)
        self.bound = bound
        self._given = version

    @property
    def _version(self) -> str:
        # Worked out only if something is cached: reading a small file takes less time.
        return self._given or program_version()

    @classmethod
    def of_user(cls) -> Cache:
        """The user's cache, with the bound that the environment sets."""
        setting = cache_setting()
        found = cls(setting.path, setting.bound)
        found.notice = setting.notice
        return found

    def find(self, path: Path, today: int) -> Kept | None:
        """The index of the file at `path`, if the file looks the same and the index holds on day `today`.

        The file is not read.
        """
        if not self.bound or (seen := observe(path)) is None or not self._is_safe():
            return None
        mark = self.folder.mark(_mark_name(seen))
        if mark is None or not mark.seen.settled or not mark.seen.same(seen):
            return None
        database = Database.named(mark.database)
        return self._used(database, today) if database else None

    def find_content(self, digest: str, seen: ObservedFile, today: int) -> Kept | None:
        """The index of a file with this content, `seen` before reading; then `find()` finds it as well."""
        if not self.bound or not self._is_safe():
            return None
        with suppress(OSError):
            for held in self.folder.contents().databases:
                if held.database.digest == digest and (kept := self._used(held.database, today)):
                    with suppress(OSError, NoCache), self.folder.changing():
                        self._mark(seen, kept)
                    return kept
        return None

    @contextmanager
    def build_folder(self, likely_bytes: int) -> Iterator[BuildFolder]:
        """A folder to build an index of that likely size in; removed afterwards.

        The least recently used indexes are removed to make room. A process that is forked meanwhile keeps the
        folder in use until it ends.

        Raises:
            NoCache: There is no room for it, or the cache cannot be used.
        """
        if likely_bytes > self.bound:
            raise self._no_room(likely_bytes)
        try:
            with self.folder.changing():
                most_bytes = self._room_for(likely_bytes)
                place, lock = self.folder.new_build_folder(most_bytes)
        except OSError as error:
            raise self.folder.refusal(error) from error
        owner = os.getpid()
        try:
            yield BuildFolder(place, most_bytes)
        finally:
            if os.getpid() == owner:
                self.folder.remove_build_folder(place)
            os.close(lock)

    def publish(self, built: Path, digest: str, seen: ObservedFile, days: tuple[int, int]) -> Path | None:
        """Move an index from its build folder to where it is found; None if there is no room for it.

        If another program has published an index of the same file first, that one is used.

        Args:
            built: The database, which is no longer written to.
            digest: The `file_stamps.digest()` of the timeline's file.
            seen: The file, before it was read.
            days: The first and last day number on which its problems are right; the first is today.

        Raises:
            NoCache: The folder can no longer be used.
            OSError: The database cannot be read or moved.
        """
        today, last_day = days
        size = built.stat().st_size
        database = Database(self._version, digest, today, min(last_day, _LAST_DAY), size, checksum(built))
        built.chmod(0o600)
        build_folder = built.parent.name
        with self.folder.changing():
            kept = self._published(digest, today)
            if not kept:
                if not self._make_room(size, build_folder=build_folder):
                    return None
                kept = Kept(self.folder.path / database.name, digest)
                os.utime(built)
                built.replace(kept.path)
            # A mark is not required either.
            with suppress(OSError):
                self._mark(seen, kept, build_folder=build_folder)
        return kept.path

    def verify(self, kept: Kept) -> bool:
        """Whether every byte of an index is as it was published; reads half a second a gigabyte."""
        database = Database.named(kept.path.name)
        try:
            return database is not None and checksum(kept.path) == database.checksum
        except OSError:
            return False

    def discard(self, kept: Kept) -> None:
        """Remove an index that is damaged, as far as possible."""
        self.folder.remove(kept.path.name)

    def _is_safe(self) -> bool:
        with suppress(OSError, NoCache):
            self.folder.check()
            return True
        return False

    def _used(self, database: Database, today: int) -> Kept | None:
        """An index, if it is there and right today; it is then the most recently used one."""
        if database.version != self._version or not database.first <= today <= database.last:
            return None
        path = self.folder.path / database.name
        with suppress(OSError):
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and (found.st_uid, found.st_size) == (os.geteuid(), database.size):
                with suppress(OSError):
                    os.utime(path)
                return Kept(path, database.digest)
        return None

    def _published(self, digest: str, today: int) -> Kept | None:
        """The index of a file, if there is one; indexes that are no longer right are removed."""
        for held in self.folder.contents().databases:
            if (held.database.version, held.database.digest) == (self._version, digest):
                if kept := self._used(held.database, today):
                    return kept
                self.folder.remove(held.database.name)
        return None

    def _mark(self, seen: ObservedFile, kept: Kept, build_folder: str = "") -> None:
        data = pack(Mark(seen, kept.path.name))
        if self._make_room(len(data), spare=kept.path.name, build_folder=build_folder):
            self.folder.write_mark(_mark_name(seen), data)

    def _no_room(self, likely_bytes: int) -> NoCache:
        size, bound = format_size(likely_bytes), format_size(self.bound)
        return NoCache(f"the index needs about {size}; all indexes may take {bound}")

    def _room_for(self, likely_bytes: int) -> int:
        """Make room for an index that will be built; the most bytes that it may take."""
        if not self._make_room(likely_bytes):
            raise self._no_room(likely_bytes)
        free = self.bound - self.folder.contents().size
        disk = os.statvfs(self.folder.path)
        on_disk = disk.f_bavail * disk.f_frsize
        if on_disk < likely_bytes:
            raise NoCache(f"the disk of {self.folder.path} is full")
        # No more than twice the likely size, to leave room for another program that builds an index.
        return min(free, on_disk, 2 * likely_bytes)

    def _make_room(self, size: int, *, spare: str = "", build_folder: str = "") -> bool:
        """Whether `size` more bytes have room, after removing the least recently used indexes.

        The index `spare` stays; what is in `workshop`, or reserved for it, is not counted.
        """
        found = self.folder.sweep()
        free = (
            self.bound
            - found.size
            + sum(place.size for place in found.build_folders if place.name == build_folder)
        )
        spared = [held for held in found.databases if held.database.name != spare]
        if free + sum(held.size for held in spared) < size:
            return False
        for held in sorted(spared, key=lambda held: (held.database.version == self._version, held.used)):
            if free >= size:
                break
            if self.folder.remove(held.database.name):
                free += held.size
        return free >= size


def _mark_name(seen: ObservedFile) -> str:
    return f"{key(seen.path)}.mark"

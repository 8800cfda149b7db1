"""Indexes kept in the user's cache folder: never needed, never believed.

An index is found by the file that it is of: by path and stamp at a glance, or by content. Its own name says
what it is, with its size and checksum, so that there is no list of indexes to be wrong. It comes to its
place whole, by one rename. It is not flushed to the disk before that: what a power cut leaves of it has
another size, and is not found, or another checksum, and is found out by `verify()`.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.storage.cache_folder import CacheFolder, Database, Mark, NoCache, pack
from timeline_tui.storage.file_stamps import Sighting, checksum, key, sight
from timeline_tui.storage.program_version import program_version
from timeline_tui.text.byte_sizes import format_size, parse_size
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "TIMELINE_TUI_CACHE"
"""The environment variable that says how large the cache may be: `500MB`, `2GB`, `0` for none."""

DEFAULT_BOUND = 4_000_000_000
"""Bytes."""

_LAST_DAY = 9_999_999


class Kept(msgspec.Struct, frozen=True):
    """An index in the cache."""

    path: Path
    digest: str
    """`stamps.digest()` of the file that it is of."""


class Workshop(msgspec.Struct, frozen=True):
    """A folder to build an index in."""

    folder: Path
    most_bytes: int
    """What may lie in it at any one time."""


class Cache:
    """The indexes in a folder, which need not exist, and which never grow past a bound.

    Args:
        path: Of the folder.
        bound: Bytes; 0 to keep nothing.
        version: Of the program; what another one has made is not found.
    """

    notice = ""
    """What the user should be told of the settings, if anything."""

    def __init__(self, path: Path, bound: int = DEFAULT_BOUND, version: str = "") -> None:
        self.folder = CacheFolder(path)
        self.bound = bound
        self._given = version

    @property
    def _version(self) -> str:
        # Only found out where something is kept: a small file is read in less time.
        return self._given or program_version()

    @classmethod
    def of_user(cls) -> Cache:
        """The cache in its place, as large as the environment allows."""
        import platformdirs  # noqa: PLC0415  only for files that are large enough

        try:
            path = platformdirs.user_cache_path("timeline-tui")
        except RuntimeError:
            # There is no home; a relative folder is never used.
            path = Path()
        wish = os.environ.get(VARIABLE, "").strip()
        bound = parse_size(wish) if wish else DEFAULT_BOUND
        if bound is not None:
            return cls(path, bound)
        found = cls(path)
        found.notice = one_line(f"{VARIABLE}={wish} is not a size; use for example 500MB, 2GB or 0")
        return found

    def find(self, path: Path, today: int) -> Kept | None:
        """The index of the file at `path`, if the file looks the same and the index holds on day `today`.

        Nothing of the file is read.
        """
        if not self.bound or (seen := sight(path)) is None or not self._is_safe():
            return None
        mark = self.folder.mark(_mark_name(seen))
        if mark is None or not mark.seen.settled or not mark.seen.same(seen):
            return None
        database = Database.named(mark.database)
        return self._used(database, today) if database else None

    def find_content(self, digest: str, seen: Sighting, today: int) -> Kept | None:
        """The index of a file of this content, `seen` before it was read; from now on `find()` finds it."""
        if not self.bound or not self._is_safe():
            return None
        with suppress(OSError):
            for held in self.folder.holdings().databases:
                if held.database.digest == digest and (kept := self._used(held.database, today)):
                    with suppress(OSError, NoCache), self.folder.changing():
                        self._mark(seen, kept)
                    return kept
        return None

    @contextmanager
    def workshop(self, likely_bytes: int) -> Iterator[Workshop]:
        """A folder to build an index in that will likely take so much; gone afterwards.

        What was not used for longest makes room for it. A process that is forked meanwhile keeps it in use
        for as long as it lives.

        Raises:
            NoCache: There is no room for it, or no folder to be used.
        """
        if likely_bytes > self.bound:
            raise self._no_room(likely_bytes)
        try:
            with self.folder.changing():
                most_bytes = self._room_for(likely_bytes)
                place, lock = self.folder.new_workshop(most_bytes)
        except OSError as error:
            raise self.folder.refusal(error) from error
        owner = os.getpid()
        try:
            yield Workshop(place, most_bytes)
        finally:
            if os.getpid() == owner:
                self.folder.remove_workshop(place)
            os.close(lock)

    def publish(self, built: Path, digest: str, seen: Sighting, days: tuple[int, int]) -> Path | None:
        """Move an index from its workshop to where it is found; None if there is no room for it.

        Where another program was faster with an index of the same file, that one is used.

        Args:
            built: The database; nobody writes to it any more.
            digest: `stamps.digest()` of the file that it is of.
            seen: The file, before it was read.
            days: The first and the last day number on which what it says holds; the first is today.

        Raises:
            NoCache: The folder cannot be used any more.
            OSError: The database cannot be read or moved.
        """
        today, last_day = days
        size = built.stat().st_size
        database = Database(self._version, digest, today, min(last_day, _LAST_DAY), size, checksum(built))
        built.chmod(0o600)
        workshop = built.parent.name
        with self.folder.changing():
            kept = self._published(digest, today)
            if not kept:
                if not self._make_room(size, workshop=workshop):
                    return None
                kept = Kept(self.folder.path / database.name, digest)
                os.utime(built)
                built.replace(kept.path)
            # A mark is never needed either.
            with suppress(OSError):
                self._mark(seen, kept, workshop=workshop)
        return kept.path

    def verify(self, kept: Kept) -> bool:
        """Whether every byte of an index is as it was published; reads half a second a gigabyte."""
        database = Database.named(kept.path.name)
        try:
            return database is not None and checksum(kept.path) == database.checksum
        except OSError:
            return False

    def discard(self, kept: Kept) -> None:
        """Take an index away that is not what it should be, as far as that can be done."""
        self.folder.remove(kept.path.name)

    def _is_safe(self) -> bool:
        with suppress(OSError, NoCache):
            self.folder.check()
            return True
        return False

    def _used(self, database: Database, today: int) -> Kept | None:
        """An index, if it is there and holds today; from now on it is the last used."""
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
        """The index of a file, if there is one; those that hold no more are taken away."""
        for held in self.folder.holdings().databases:
            if (held.database.version, held.database.digest) == (self._version, digest):
                if kept := self._used(held.database, today):
                    return kept
                self.folder.remove(held.database.name)
        return None

    def _mark(self, seen: Sighting, kept: Kept, workshop: str = "") -> None:
        data = pack(Mark(seen, kept.path.name))
        if self._make_room(len(data), spare=kept.path.name, workshop=workshop):
            self.folder.write_mark(_mark_name(seen), data)

    def _no_room(self, likely_bytes: int) -> NoCache:
        return NoCache(
            f"the index takes about {format_size(likely_bytes)}, of {format_size(self.bound)} for all of them"
        )

    def _room_for(self, likely_bytes: int) -> int:
        """Make room for an index to be built; the most bytes that it may take."""
        if not self._make_room(likely_bytes):
            raise self._no_room(likely_bytes)
        free = self.bound - self.folder.holdings().size
        disk = os.statvfs(self.folder.path)
        on_disk = disk.f_bavail * disk.f_frsize
        if on_disk < likely_bytes:
            raise NoCache(f"the disk of {self.folder.path} is full")
        # Twice what is likely leaves room for another program that builds something.
        return min(free, on_disk, 2 * likely_bytes)

    def _make_room(self, size: int, *, spare: str = "", workshop: str = "") -> bool:
        """Whether `size` more bytes have room, now that what was not used for longest is gone.

        The index `spare` stays; what lies in `workshop`, or is kept free for it, is not counted.
        """
        found = self.folder.sweep()
        free = (
            self.bound - found.size + sum(place.size for place in found.workshops if place.name == workshop)
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


def _mark_name(seen: Sighting) -> str:
    return f"{key(seen.path)}.mark"

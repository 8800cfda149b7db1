"""The folder of the cache: whether it is safe to use, what is in it, and a lock for changing it.

The names of our files; any other file is left alone:
`….db` an index; `….mark` the file that an index belongs to; `building-…` a folder in which an index is being
built, in use while a process holds a lock on the `lock` in it; `lock` is held while the folder is changed.
"""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from timeline_tui.errors import TimelineError
from timeline_tui.storage.file_stamps import ObservedFile
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATABASE = re.compile(
    r"([0-9a-z.]+)-([0-9a-f]{40})-([0-9]{1,7})-([0-9]{1,7})-([0-9]{1,18})-([0-9a-f]{32})\.db"
)
_MARK = re.compile(r"[0-9a-f]{32}\.mark(\.new)?")
_WORKSHOP = "building-"
_LOCK = "lock"
_LARGEST_MARK = 1 << 16
_CRC = 9
"""Characters of the checksum at the beginning of a mark, with the line feed after it."""
_PATIENCE = 5.0
"""Seconds."""


class NoCache(TimelineError):  # noqa: N818  reads as what it says
    """Nothing can be cached; the text says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(one_line(reason))


class Mark(msgspec.Struct, frozen=True):
    """The database of a file, valid as long as the file is as it was seen."""

    seen: ObservedFile
    database: str
    """The name of the database's file."""


class Database(msgspec.Struct, frozen=True):
    """What the name of an index's file says about it."""

    version: str
    """The version of the program that built it."""
    digest: str
    """The `file_stamps.digest()` of the timeline's file."""
    first: int
    """The first day number on which its problems are right."""
    last: int
    """The last day number on which its problems are right."""
    size: int
    """Bytes."""
    checksum: str
    """The `file_stamps.checksum()` of the index itself."""

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{'-'.join(map(str, msgspec.structs.astuple(self)))}.db"

    @classmethod
    def named(cls, name: str) -> Database | None:
        """What the name of a file says; None if it is not the name of an index."""
        if not (match := _DATABASE.fullmatch(name)):
            return None
        version, digest, first, last, size, checksum = match.groups()
        return cls(version, digest, int(first), int(last), int(size), checksum)


class StoredIndex(msgspec.Struct, frozen=True):
    """An index in the folder."""

    database: Database
    size: int
    """Its actual size in bytes."""
    used: int
    """When it was last used, in nanoseconds since 1970."""


class StoredMark(msgspec.Struct, frozen=True):
    """A mark in the folder."""

    name: str
    size: int
    """Bytes."""
    mark: Mark | None
    """None if it cannot be trusted."""


class StoredBuildFolder(msgspec.Struct, frozen=True):
    """A folder in which an index is being built."""

    name: str
    size: int
    """Its size in bytes, or the bytes reserved for it if they are more."""
    busy: bool


class FolderContents(msgspec.Struct, frozen=True):
    """What is in the folder."""

    databases: list[StoredIndex]
    marks: list[StoredMark]
    build_folders: list[StoredBuildFolder]

    @property
    def size(self) -> int:
        """The bytes of everything together."""
        return sum(
            sum(item.size for item in items) for items in (self.databases, self.marks, self.build_folders)
        )


class CacheFolder:
    """The folder at `path`, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """Make sure that only its owner can use the folder.

        Raises:
            NoCache: It cannot be trusted.
            OSError: It cannot be read; FileNotFoundError if it does not exist.
        """
        if not hasattr(os, "fork"):
            raise NoCache("nothing can be cached on this system")
        if not self.path.is_absolute():
            raise NoCache("there is no home folder")
        for found in (self.path.lstat(), self.path.stat()):
            # A link to another disk is fine; one made by another user is a trap.
            if found.st_uid != os.geteuid():
                raise NoCache(f"{self.path} belongs to another user")
        if not stat.S_ISDIR(self.path.stat().st_mode):
            raise NoCache(f"{self.path} is not a folder")
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(0o700)
            if self.path.stat().st_mode & 0o077:
                raise NoCache(f"{self.path} cannot be made private")

    def make(self) -> None:
        """Make sure that the folder exists and can be used.

        Raises:
            NoCache: It cannot be trusted.
            OSError: It cannot be made.
        """
        try:
            self.check()
        except FileNotFoundError:
            nearest = next(parent for parent in self.path.parents if parent.exists())
            if os.geteuid() == 0 and nearest.stat().st_uid != 0:
                # A folder that root makes in a user's home would later be in that user's way.
                raise NoCache(f"{nearest} belongs to another user") from None
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.check()

    @contextmanager
    def changing(self, patience: float = _PATIENCE) -> Iterator[None]:
        """Lock the folder for a change; no other program changes it meanwhile.

        Args:
            patience: Seconds to wait for another program, which takes milliseconds.

        Raises:
            NoCache: It cannot be trusted, or another program holds it longer than that.
            OSError: It cannot be written.
        """
        self.make()
        descriptor = _open_lock(self.path / _LOCK)
        try:
            deadline = time.monotonic() + patience
            while not _locked(descriptor):
                if time.monotonic() > deadline:
                    raise NoCache(f"{self.path} is in use by another program")
                time.sleep(0.005)
            yield
        finally:
            os.close(descriptor)

    def contents(self) -> FolderContents:
        """What is in the folder now.

        Raises:
            OSError: It cannot be read.
        """
        databases: list[StoredIndex] = []
        marks: list[StoredMark] = []
        build_folders: list[StoredBuildFolder] = []
        for name in sorted(os.listdir(self.path)):  # noqa: PTH208  names are all that is asked for
            # Other programs may remove files at the same time.
            with suppress(FileNotFoundError):
                if database := Database.named(name):
                    about = (self.path / name).lstat()
                    databases.append(StoredIndex(database, about.st_size, about.st_mtime_ns))
                elif _MARK.fullmatch(name):
                    size = (self.path / name).lstat().st_size
                    marks.append(StoredMark(name, size, self.mark(name)))
                elif name.startswith(_WORKSHOP):
                    build_folders.append(_stored_build_folder(self.path / name))
        return FolderContents(databases, marks, build_folders)

    def mark(self, name: str) -> Mark | None:
        """A mark; None if there is none that can be trusted."""
        with suppress(OSError):
            descriptor = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                found = os.fstat(descriptor)
                if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid():
                    return unpack(os.read(descriptor, _LARGEST_MARK))
            finally:
                os.close(descriptor)
        return None

    def write_mark(self, name: str, data: bytes) -> None:
        """Write a mark to the folder in one step; only while `changing()` it.

        Raises:
            OSError: It cannot be written.
        """
        new = self.path / f"{name}.new"
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        new.replace(self.path / name)

    def new_build_folder(self, most_bytes: int) -> tuple[Path, int]:
        """A new build folder with `most_bytes` reserved, and its lock; only while `changing()` the folder.

        It is in use until every process with the lock has closed it or has ended.

        Raises:
            OSError: It cannot be made.
        """
        place = self.path / f"{_WORKSHOP}{os.urandom(8).hex()}"
        place.mkdir(mode=0o700)
        lock = -1
        try:
            lock = _open_lock(place / _LOCK)
            # A process that checks whether it is in use holds it for a moment.
            _locked(lock, wait=True)
            os.write(lock, str(most_bytes).encode())
        except OSError:
            if lock >= 0:
                os.close(lock)
            self.remove_build_folder(place)
            raise
        return place, lock

    def remove(self, name: str) -> bool:
        """Remove a file; whether that succeeded."""
        with suppress(OSError):
            (self.path / name).unlink()
            return True
        return False

    @staticmethod
    def remove_build_folder(place: Path) -> None:
        """Remove a build folder, as far as possible."""
        import shutil  # noqa: PLC0415  not needed where an index is found

        shutil.rmtree(place, ignore_errors=True)

    def refusal(self, error: OSError) -> NoCache:
        """The error for an error of the system."""
        return NoCache(f"{self.path} cannot be used: {(error.strerror or 'it fails').lower()}")

    def sweep(self) -> FolderContents:
        """Remove what killed programs left, and marks without an index; what is in the folder then.

        Only while `changing()` the folder.

        Raises:
            OSError: It cannot be read.
        """
        found = self.contents()
        names = {held.database.name for held in found.databases}
        for marked in found.marks:
            if not marked.mark or marked.mark.database not in names or marked.name.endswith(".new"):
                self.remove(marked.name)
        for build_folder in found.build_folders:
            if not build_folder.busy:
                self.remove_build_folder(self.path / build_folder.name)
        return self.contents()

    def clear(self) -> FolderContents:
        """Remove everything that is not in use; what is there then. Only while `changing()` the folder.

        Raises:
            OSError: It cannot be read.
        """
        for held in self.contents().databases:
            self.remove(held.database.name)
        return self.sweep()


def pack(mark: Mark) -> bytes:
    """`mark` as the text of a file."""
    body = msgspec.json.encode(mark)
    return b"%08x\n%b" % (crc32(body), body)


def unpack(data: bytes) -> Mark | None:
    """What `pack()` made; None if it is not whole."""
    body = data[_CRC:]
    if data[:_CRC] != b"%08x\n" % crc32(body):
        return None
    try:
        return msgspec.json.decode(body, type=Mark)
    except msgspec.MsgspecError:
        return None


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _locked(descriptor: int, *, wait: bool = False) -> bool:
    import fcntl  # noqa: PLC0415  not there on every system

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _stored_build_folder(place: Path) -> StoredBuildFolder:
    size = 0
    with suppress(FileNotFoundError), os.scandir(place) as items:
        size = sum(item.stat(follow_symlinks=False).st_size for item in items)
    try:
        lock = os.open(place / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return StoredBuildFolder(place.name, size, busy=False)
    try:
        if _locked(lock):
            return StoredBuildFolder(place.name, size, busy=False)
        kept_free = os.read(lock, 18)
        return StoredBuildFolder(
            place.name, max(size, int(kept_free) if kept_free.isdigit() else 0), busy=True
        )
    finally:
        os.close(lock)

"""The folder of the cache: that it is safe to use, what lies in it, and one program at a time changing it.

What lies in it and is ours, told by its name; everything else is left alone:
`….db` an index; `….mark` the file that an index is of; `building-…` a workshop, an index on its way,
in use as long as somebody holds a lock on the `lock` in it; `lock` held for changes to the folder.
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
from timeline_tui.storage.file_stamps import Sighting
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
    """Nothing can be kept; the text says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(one_line(reason))


class Mark(msgspec.Struct, frozen=True):
    """Which database holds a file, as long as it is as it was seen."""

    seen: Sighting
    database: str
    """A file's name."""


class Database(msgspec.Struct, frozen=True):
    """What the name of an index says about it."""

    version: str
    """Of the program that made it."""
    digest: str
    """`stamps.digest()` of the file that it is of."""
    first: int
    """Day number of the first day on which its problems hold."""
    last: int
    """Day number of the last such day."""
    size: int
    """Bytes."""
    checksum: str
    """`stamps.checksum()` of itself."""

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{'-'.join(map(str, msgspec.structs.astuple(self)))}.db"

    @classmethod
    def named(cls, name: str) -> Database | None:
        """What a file's name says, if it is that of an index."""
        if not (match := _DATABASE.fullmatch(name)):
            return None
        version, digest, first, last, size, checksum = match.groups()
        return cls(version, digest, int(first), int(last), int(size), checksum)


class Held(msgspec.Struct, frozen=True):
    """An index in the folder."""

    database: Database
    size: int
    """Bytes that it really takes."""
    used: int
    """Nanoseconds since 1970 at which it was last used."""


class Marked(msgspec.Struct, frozen=True):
    """A mark in the folder."""

    name: str
    size: int
    """Bytes."""
    mark: Mark | None
    """None if it cannot be believed."""


class Workplace(msgspec.Struct, frozen=True):
    """A workshop in the folder."""

    name: str
    size: int
    """Bytes that it takes, or those that are kept free for it if they are more."""
    busy: bool


class Holdings(msgspec.Struct, frozen=True):
    """What lies in the folder."""

    databases: list[Held]
    marks: list[Marked]
    workshops: list[Workplace]

    @property
    def size(self) -> int:
        """Bytes of it all."""
        return sum(sum(item.size for item in items) for items in (self.databases, self.marks, self.workshops))


class CacheFolder:
    """The folder at `path`, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """See that the folder is its owner's alone, and make it so.

        Raises:
            NoCache: It is not to be trusted.
            OSError: It cannot be looked at; FileNotFoundError if it is not there.
        """
        if not hasattr(os, "fork"):
            raise NoCache("nothing is kept on this system")
        if not self.path.is_absolute():
            raise NoCache("there is no home folder")
        for found in (self.path.lstat(), self.path.stat()):
            # A link to another disk is fine, one laid by somebody else is a trap.
            if found.st_uid != os.geteuid():
                raise NoCache(f"{self.path} belongs to somebody else")
        if not stat.S_ISDIR(self.path.stat().st_mode):
            raise NoCache(f"{self.path} is not a folder")
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(0o700)
            if self.path.stat().st_mode & 0o077:
                raise NoCache(f"{self.path} cannot be closed to others")

    def make(self) -> None:
        """See that there is a folder to be used.

        Raises:
            NoCache: There is none to be trusted.
            OSError: It cannot be made.
        """
        try:
            self.check()
        except FileNotFoundError:
            nearest = next(parent for parent in self.path.parents if parent.exists())
            if os.geteuid() == 0 and nearest.stat().st_uid != 0:
                # What sudo leaves in a user's home is in that user's way ever after.
                raise NoCache(f"{nearest} belongs to somebody else") from None
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.check()

    @contextmanager
    def changing(self, patience: float = _PATIENCE) -> Iterator[None]:
        """Hold the folder for a change; no other program changes it meanwhile.

        Args:
            patience: Seconds to wait for another program, which takes milliseconds.

        Raises:
            NoCache: There is none to be trusted, or another program holds it for so long.
            OSError: It cannot be written.
        """
        self.make()
        descriptor = _open_lock(self.path / _LOCK)
        try:
            deadline = time.monotonic() + patience
            while not _locked(descriptor):
                if time.monotonic() > deadline:
                    raise NoCache(f"{self.path} is held by another program")
                time.sleep(0.005)
            yield
        finally:
            os.close(descriptor)

    def holdings(self) -> Holdings:
        """What lies in the folder now.

        Raises:
            OSError: It cannot be looked at.
        """
        databases: list[Held] = []
        marks: list[Marked] = []
        workshops: list[Workplace] = []
        for name in sorted(os.listdir(self.path)):  # noqa: PTH208  names are all that is asked for
            # Other programs may be taking things away.
            with suppress(FileNotFoundError):
                if database := Database.named(name):
                    about = (self.path / name).lstat()
                    databases.append(Held(database, about.st_size, about.st_mtime_ns))
                elif _MARK.fullmatch(name):
                    size = (self.path / name).lstat().st_size
                    marks.append(Marked(name, size, self.mark(name)))
                elif name.startswith(_WORKSHOP):
                    workshops.append(_workplace(self.path / name))
        return Holdings(databases, marks, workshops)

    def mark(self, name: str) -> Mark | None:
        """A mark, if there is one and it can be believed."""
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
        """Put a mark into the folder, whole or not at all; only while `changing()` it.

        Raises:
            OSError: It cannot be written.
        """
        new = self.path / f"{name}.new"
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        new.replace(self.path / name)

    def new_workshop(self, most_bytes: int) -> tuple[Path, int]:
        """A workshop for which `most_bytes` are kept free, and its lock; only while `changing()` the folder.

        It is in use until every process that has the lock has closed it, or is gone.

        Raises:
            OSError: It cannot be made.
        """
        place = self.path / f"{_WORKSHOP}{os.urandom(8).hex()}"
        place.mkdir(mode=0o700)
        lock = -1
        try:
            lock = _open_lock(place / _LOCK)
            # Who looks whether it is in use holds it for a moment.
            _locked(lock, wait=True)
            os.write(lock, str(most_bytes).encode())
        except OSError:
            if lock >= 0:
                os.close(lock)
            self.remove_workshop(place)
            raise
        return place, lock

    def remove(self, name: str) -> bool:
        """Take a file away; whether that could be done."""
        with suppress(OSError):
            (self.path / name).unlink()
            return True
        return False

    @staticmethod
    def remove_workshop(place: Path) -> None:
        """Take a workshop away, as far as that can be done."""
        import shutil  # noqa: PLC0415  not needed where an index is found

        shutil.rmtree(place, ignore_errors=True)

    def refusal(self, error: OSError) -> NoCache:
        """An error of the system's in words."""
        return NoCache(f"{self.path} cannot be used: {(error.strerror or 'it fails').lower()}")

    def sweep(self) -> Holdings:
        """Take away what is left of killed programs, and marks of nothing; what lies there then.

        Only while `changing()` the folder.

        Raises:
            OSError: It cannot be looked at.
        """
        found = self.holdings()
        names = {held.database.name for held in found.databases}
        for marked in found.marks:
            if not marked.mark or marked.mark.database not in names or marked.name.endswith(".new"):
                self.remove(marked.name)
        for workshop in found.workshops:
            if not workshop.busy:
                self.remove_workshop(self.path / workshop.name)
        return self.holdings()

    def clear(self) -> Holdings:
        """Take away everything that is not in use; what lies there then. Only while `changing()` the folder.

        Raises:
            OSError: It cannot be looked at.
        """
        for held in self.holdings().databases:
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


def _workplace(place: Path) -> Workplace:
    size = 0
    with suppress(FileNotFoundError), os.scandir(place) as items:
        size = sum(item.stat(follow_symlinks=False).st_size for item in items)
    try:
        lock = os.open(place / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return Workplace(place.name, size, busy=False)
    try:
        if _locked(lock):
            return Workplace(place.name, size, busy=False)
        kept_free = os.read(lock, 18)
        return Workplace(place.name, max(size, int(kept_free) if kept_free.isdigit() else 0), busy=True)
    finally:
        os.close(lock)

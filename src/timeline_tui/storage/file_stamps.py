"""A file as it was seen: what shows, by its stamp or by its content, that it is still the same.

A stamp is the file's identity, size and times. As in git, equal stamps mean the same file only if the stamp
was taken well after the last change: within a tick of the file system's clock a file can change again and
keep its times. The time of the last change (ctime) cannot be set back, so a change is noticed even if size
and time of modification were put back.
"""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from pathlib import Path

_TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT)."""

_PRIME = (1 << 128) - 159
_BLOCK = 1 << 20


class Stamp(NamedTuple):
    """What a file system says about a file: what tells one state of it from another."""

    device: int
    inode: int
    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970, as is `changed`."""
    changed: int
    """The time of the last change to the file or its metadata, which nobody can set back."""

    @classmethod
    def of(cls, about: os.stat_result) -> Self:
        """The stamp in what the system says about a file."""
        return cls(about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)


class ObservedFile(NamedTuple):
    """A file as it was at a moment."""

    path: bytes
    """Absolute; links in it are not followed."""
    stamp: Stamp
    taken: int
    """When, in nanoseconds since 1970; the file was read later."""

    @property
    def settled(self) -> bool:
        """Whether any later change of the file must change its stamp."""
        return max(self.stamp.modified, self.stamp.changed) < self.taken - _TICK

    def same(self, other: ObservedFile) -> bool:
        """Whether both have the same path and stamp."""
        return (self.path, self.stamp) == (other.path, other.stamp)


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file as it is now, links followed; None if there is no such file."""
    try:
        return Stamp.of(path.stat())
    except (OSError, ValueError):
        return None


def observe(path: Path) -> ObservedFile | None:
    """The file as it is now, to be taken before reading; None if it is not a regular file that can be read.

    Standard input (`-`) is not.
    """
    if str(path) == "-":
        return None
    taken = time.time_ns()
    try:
        # Some networks' file systems look whether a file has changed only when it is opened.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            found = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        # Only made absolute: what `..` after a link means is the system's to say.
        absolute = os.fsencode(path.absolute())
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return ObservedFile(absolute, Stamp.of(found), taken)


def digest(data: bytes | bytearray, name: str) -> str:
    """A hash of a file's content and its name without folders: 40 hexadecimal digits."""
    import hashlib  # noqa: PLC0415  takes longer to load than a cached index to find

    found = hashlib.sha256(os.fsencode(name) + b"\0")
    found.update(data)
    return found.hexdigest()[:40]


def checksum(path: Path) -> str:
    """A checksum of a file's bytes: 32 hexadecimal digits.

    Raises:
        OSError: It cannot be read.
    """
    import hashlib  # noqa: PLC0415  as in digest()

    found = hashlib.sha256()
    block = bytearray(_BLOCK)
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            found.update(memoryview(block)[:size])
    return found.hexdigest()[:32]


def checksum_of(data: bytes) -> str:
    """The `checksum()` of a file that holds `data`."""
    import hashlib  # noqa: PLC0415  as in digest()

    return hashlib.sha256(data).hexdigest()[:32]


def key(path: bytes) -> str:
    """A short name for a path, as good as any hash and without importing one. Marks hold the whole path."""
    return f"{int.from_bytes(path) % _PRIME:032x}"

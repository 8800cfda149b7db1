"""A file as it was seen: what tells, at a glance or by its content, that it is still the same.

At a glance a file is the same if its identity, size and times are. As git has it, that holds only for a
glance that came well after the last change: within a tick of the file system's clock a file can change
again and keep its times. Nobody can set the time of the last change (ctime) back, so a file whose size and
time of modification were put back is noticed.
"""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

_TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT)."""

_PRIME = (1 << 128) - 159
_BLOCK = 1 << 20
_CRC = 9
"""Characters that a marker's own checksum takes, with the line feed after it."""


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What a file system says about a file."""

    device: int
    inode: int
    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970, as is `changed`."""
    changed: int


class Sighting(msgspec.Struct, frozen=True):
    """A file as it was at a moment."""

    path: bytes
    """Absolute; links are not followed in it."""
    stamp: Stamp
    taken: int
    """When, in nanoseconds since 1970; what was read of the file was read later."""

    @property
    def settled(self) -> bool:
        """Whether no later change can have left the stamp as it is."""
        return max(self.stamp.modified, self.stamp.changed) < self.taken - _TICK

    def same(self, other: Sighting) -> bool:
        """Whether path and stamp are those of `other`."""
        return (self.path, self.stamp) == (other.path, other.stamp)


class Mark(msgspec.Struct, frozen=True):
    """Which database holds a file, as long as it is as it was seen."""

    seen: Sighting
    database: str
    """A file's name."""


def sight(path: Path) -> Sighting | None:
    """The file as it is now; None for what is no regular file that can be read. Take it before reading.

    Standard input (`-`) is none.
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
    stamp = Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return Sighting(absolute, stamp, taken)


def digest(data: bytes | bytearray, name: str) -> str:
    """What a file of this content and name (without folders) is known by: 40 hexadecimal digits."""
    import hashlib  # noqa: PLC0415  takes longer to load than a kept index to find

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

"""Opens the files named on a command line: regular text files only, none that hangs or never ends."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

from timeline_tui.errors import TimelineError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

LONGEST_LINE = 4 << 20
"""In bytes. Nobody writes a longer line, and a file with such a line cannot be shown line by line."""
CHANGED = "another program is writing to it; try again"
"""Why a file that changes while it is read is not read."""

_OTHER_MAKES = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00",
    b"BZh", b"\xff\xfe", b"\xfe\xff", b"%PDF-", b"SQLite format 3\x00", b"PAR1",
)  # fmt: skip
"""How zip files and old workbooks, compressed files, UTF-16, and files that are refused by name begin."""
_BLOCK = 1 << 20
_KINDS = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a FIFO, not a file; to read from a pipe, name it -"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)
_REASONS = {
    errno.ENOENT: "file not found",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOTDIR: "part of its path is not a folder",
    errno.ELOOP: "its symbolic links form a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ENXIO: "is a socket, not a file",
}


class CannotRead(TimelineError):  # noqa: N818  # reads as what it says: cannot read FILE
    """A file cannot be read, or is not text.

    Args:
        path: Its name, as given.
        reason: Why, as a clause that follows the name and a colon.
    """

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(one_line(f"{path}: {reason}"))


class BeingWritten(CannotRead):
    """A file was changed by another program while it was read."""


def read_bytes(path: Path) -> bytearray:
    """The whole of a regular file, or of standard input for `-`.

    Raises:
        BeingWritten: It changed while it was read.
        CannotRead: It is missing, not a regular file or not readable, has a line of more than 4 MiB, or
            begins like a binary file.
    """
    return _read(path, is_text=True)


def read_any_bytes(path: Path) -> bytearray:
    """As `read_bytes()`, for files of other makes too: UTF-16, workbooks and compressed files.

    Raises:
        BeingWritten: It changed while it was read.
        CannotRead: It is missing, not a regular file or not readable.
    """
    return _read(path, is_text=False)


def _read(path: Path, *, is_text: bool) -> bytearray:
    name = str(path)
    if name == "-":
        if sys.stdin is None:
            raise CannotRead(name, "standard input is closed")
        return _blocks(sys.stdin.buffer, name, is_text=is_text)
    try:
        # Without O_NONBLOCK, opening a FIFO that nobody writes to would block for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise CannotRead(name, _reason(error)) from None
    try:
        before = os.fstat(descriptor)
        for is_kind, reason in _KINDS:
            if is_kind(before.st_mode):
                raise CannotRead(name, reason)
        with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
            data = _blocks(file, name, is_text=is_text)
        after = os.fstat(descriptor)
    except OSError as error:
        raise CannotRead(name, _reason(error)) from None
    finally:
        os.close(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise BeingWritten(name, CHANGED)
    return data


def read_start(path: Path, most: int) -> bytes:
    """The whole lines in the first `most` bytes of a regular file; all of a shorter one.

    Raises:
        CannotRead: It is missing, not a regular file or not readable.
    """
    name = str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            mode = os.fstat(descriptor).st_mode
            for is_kind, reason in _KINDS:
                if is_kind(mode):
                    raise CannotRead(name, reason)
            data = file.read(most)
    except (OSError, ValueError) as error:
        raise CannotRead(name, _reason(error)) from None
    return data if len(data) < most else data[: data.rfind(b"\n") + 1]


def _blocks(file: BinaryIO | FileIO, name: str, *, is_text: bool) -> bytearray:
    data = bytearray()
    line, line_start = 1, 0
    while block := file.read(_BLOCK):
        if not data:
            is_text = is_text or not _is_of_another_make(block)
            if is_text:
                _refuse_binary(block, name)
        if not is_text:
            data += block
            continue
        base = len(data)
        data += block
        first, last = block.find(b"\n"), block.rfind(b"\n")
        longest = base + (first if first >= 0 else len(block)) - line_start
        if longest > LONGEST_LINE:
            raise CannotRead(name, f"line {line:,} is longer than {LONGEST_LINE >> 20} MiB")
        if last >= 0:
            line += block.count(b"\n")
            line_start = base + last + 1
    return data


def _is_of_another_make(block: bytes) -> bool:
    """Whether a file begins like a readable file that is not text, or like UTF-16."""
    return block.startswith(_OTHER_MAKES)


def _refuse_binary(block: bytes, name: str) -> None:
    if block.startswith((b"\xff\xfe", b"\xfe\xff")) or not block.rstrip(b"\0"):
        encoded = bool(block.rstrip(b"\0"))
        reason = "it is UTF-16; save it as UTF-8" if encoded else "it has only NUL bytes"
        raise CannotRead(name, f"line 1: {reason}")
    start = block[:4096]
    if start.count(b"\0") * 20 > len(start):
        line = block.count(b"\n", 0, block.find(b"\0")) + 1
        raise CannotRead(name, f"line {line}: it is not a text file (NUL bytes)")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, ValueError):
        return "this is not a possible file name"
    return _REASONS.get(error.errno or 0) or (error.strerror or "it cannot be read").lower()

"""The bytes of a file that is being read: in memory, or those of one piece after another from the disk."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from timeline_tui.reading.open_file import CHANGED, BeingWritten
from timeline_tui.reading.unpack import packing_of, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LONG: Final = 64 << 20
"""The size in bytes from which a file is not kept in memory while its pieces are read."""


class FileBytes:
    """The bytes of a file.

    Args:
        data: All of them; they may be changed if the file is only checked.
        disk: Where they can be read again; None if they are nowhere else.
    """

    def __init__(self, data: bytearray, disk: Path | None = None) -> None:
        self._data: bytearray | None = data
        self._disk = None if str(disk) == "-" else disk
        self._file: int | None = None
        self._checks: dict[tuple[int, int], int] = {}
        self.size = len(data)

    def whole(self) -> bytearray:
        """All bytes, which are in memory from here on.

        Raises:
            BeingWritten: The file has changed since it was read first.
            CannotRead: It cannot be read any more.
        """
        if self._data is None and self._disk is not None:
            data = read_source(self._disk)
            if len(data) != self.size or any(
                crc32(memoryview(data)[start:end]) != check for (start, end), check in self._checks.items()
            ):
                raise BeingWritten(str(self._disk), CHANGED)
            self._data = data
            self.close()
        return bytearray() if self._data is None else self._data

    def leave_on_disk(self, cuts: Iterable[int]) -> None:
        """Give the memory of a long file back, if the disk has it.

        Args:
            cuts: Where the pieces between the first and the last byte begin and end, ascending.
        """
        data = self._data
        # Standard input is read once, and to open a pipe that nobody writes to would block for ever.
        if data is None or self.size < _LONG or self._disk is None or not self._disk.is_file():
            return
        with suppress(OSError):
            file = os.open(self._disk, os.O_RDONLY)
            # What was unpacked is not on the disk in this form.
            if os.fstat(file).st_size != self.size or packing_of(os.pread(file, 8, 0)):
                os.close(file)
                return
            ends = sorted({0, *cuts, self.size})
            view = memoryview(data)
            self._checks = {(start, end): crc32(view[start:end]) for start, end in pairwise(ends)}
            self._file, self._data = file, None

    def piece(self, start: int, end: int) -> bytearray:
        """A copy of the bytes of a piece: of a file left on disk, from one of its cuts to the next.

        Raises:
            BeingWritten: They have changed since the file was read first.
        """
        if self._data is not None:
            return self._data[start:end]
        data = bytearray()
        with suppress(OSError):
            if self._file is not None:
                data += os.pread(self._file, end - start, start)
        if crc32(data) != self._checks.get((start, end)) or len(data) != end - start:
            raise BeingWritten(str(self._disk), CHANGED)
        return data

    def pieces(self) -> Iterator[bytearray]:
        """All bytes in order, piece by piece.

        Raises:
            BeingWritten: They have changed since the file was read first.
        """
        if self._data is not None:
            yield self._data
        else:
            for start, end in self._checks:
                yield self.piece(start, end)

    def close(self) -> None:
        """Close the file, if it was left on disk; its pieces cannot be read any more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

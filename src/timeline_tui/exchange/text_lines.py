"""The lines of a text of any length, decoded block by block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline_tui.exchange.decode import encoded
from timeline_tui.exchange.pieces import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_END: Final = re.compile(r"\r\n?|\n")
"""What ends a line."""


class TextLines:
    """The lines of a text, which can be gone through more than once.

    Args:
        data: The file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
        may_be_windows: Whether it may be Windows-1252.

    Raises:
        CannotImport: It is empty, or not text.
    """

    def __init__(self, data: bytes | bytearray, *, may_be_windows: bool = True) -> None:
        self._text = encoded(data, may_be_windows=may_be_windows)
        self.guesses = self._text.guesses
        self.done = 0
        """The bytes that were decoded so far."""

    def mentions(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether some letters are anywhere in it."""
        return pattern.search(self._text.data) is not None

    def __iter__(self) -> Iterator[str]:
        """The lines without their ends; nothing follows the end of the last."""
        data, start, size = self._text.data, self._text.start, len(self._text.data)
        while start < size:
            end = data.find(b"\n", min(start + PIECE, size)) + 1 or size
            self.done = end
            lines = LINE_END.split(self._text.decode(start, end))
            if not lines[-1]:
                lines.pop()
            yield from lines
            start = end

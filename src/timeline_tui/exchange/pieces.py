"""Where a long file is cut, so that each part of it can be read by itself."""

from __future__ import annotations

from typing import Final, NamedTuple

PIECE: Final = 1 << 20
"""About the bytes of a piece."""


class Piece(NamedTuple):
    """A part of a file that holds whole entries."""

    start: int
    end: int
    """In bytes."""
    line: int
    """The line that it begins on, from 1."""

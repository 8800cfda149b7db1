"""How many cells of a terminal a text takes, by Unicode's East Asian Width (UAX 11), and texts made to fit.

Visible text only. The screen measures once more when it paints: a terminal that disagrees shifts no more
than the row.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LONGEST = 16
"""Characters that a cell may hold, with all its marks."""


def cells(text: str) -> int:
    """How many cells a line of visible text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def clipped(text: str, room: int) -> str:
    """`text` in at most `room` cells, cut with an ellipsis, never through a wide character."""
    text = text[: _LONGEST * max(room, 0)]
    if cells(text) <= room:
        return text
    return f"{_head(text, room - 1).rstrip()}…" if room > 0 else ""


def padded(text: str, room: int) -> str:
    """`text` in exactly `room` cells, as `clipped()`, filled up with spaces."""
    text = clipped(text, room)
    return text + " " * (room - cells(text))


def wrapped(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` cells, broken at spaces, within a word only where it is too long."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}" if line else word
            if cells(joined) <= room:
                line = joined
                continue
            if line:
                lines.append(line)
            line = word
            while cells(line) > room:
                head = _head(line, room) or line[0]
                lines.append(head)
                line = line[len(head) :]
        lines.append(line)
    return lines


def _head(text: str, room: int) -> str:
    """As many characters from the start as fit."""
    taken = 0
    for place, character in enumerate(text):
        taken += _width(character)
        if taken > room:
            return text[:place]
    return text


@lru_cache(maxsize=8192)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

"""How many cells of a terminal a text takes, and texts made to fit.

By Unicode's East Asian Width (UAX 11), as most terminals have it: a mark above, below or through a letter
takes none, one beside it takes one (vowels of Devanagari, Tamil, Khmer), and what is joined into one picture
takes two. Where a terminal has it otherwise, the line is set right when it is painted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 16
"""Characters that a cell may hold, with all its marks."""

_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"
_LONE = re.compile("[^\u200d\ufe0f]*")
_NOTHING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\u3164\uffa0\U0001f3fb-\U0001f3ff]")
"""Vowels and ends of Korean syllables written in parts, their fillers, and colours of skin."""
_BEFORE = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Signs that stand under or around the digits that follow; Unicode has them among what has no form."""
_WIDE = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d356\U0001d360-\U0001d376]")
"""Wide since Unicode 16, which Python may be older than."""
_PICTURES = range(0x1F300, 0x1FB00)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


def cells(text: str) -> int:
    """How many cells a line of visible text takes."""
    if text.isascii():
        return len(text)
    if _LONE.fullmatch(text):
        return sum(map(_width, text))
    return sum(width for _, width in _letters(text))


def clipped(text: str, room: int) -> str:
    """`text` in at most `room` cells, cut with an ellipsis, never through a wide character."""
    # A joiner at the end would join what is put behind it.
    text = text[: _LONGEST * max(room, 0)].rstrip(_JOINER)
    if cells(text) <= room:
        return text
    return f"{_head(text, room - 1).rstrip().rstrip(_JOINER)}…" if room > 0 else ""


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
                head = _head(line, room) or next(_letters(line))[0]
                lines.append(head)
                line = line[len(head) :]
        lines.append(line)
    return lines


def _head(text: str, room: int) -> str:
    """As many letters, each with its marks, from the start as fit."""
    taken = place = 0
    for letter, width in _letters(text):
        taken += width
        if taken > room:
            break
        place += len(letter)
    return text[:place]


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters of a text, each with its marks and all that is joined with it, and the cells they take."""
    start = place = width = 0
    while place < len(text):
        character = text[place]
        own = _width(character)
        if place > start and not _belongs(text[start:place], character, own):
            yield text[start:place], width
            start, width = place, 0
        if character == _JOINER:
            place += 1
        elif character == _AS_PICTURE:
            width = 2 if width == 1 and _may_be_picture(text[start]) else width
        else:
            width += own
        place += 1
    if start < len(text):
        yield text[start:], width


def _belongs(letter: str, character: str, width: int) -> bool:
    """Whether a character goes on with the letter before it."""
    if _FLAG.match(character):
        return len(letter) == 1 and _FLAG.match(letter) is not None
    return not width or unicodedata.category(character) == "Mc"


def _may_be_picture(character: str) -> bool:
    return not character.isalpha() or character == "\N{INFORMATION SOURCE}"


@lru_cache(maxsize=8192)
def _width(character: str) -> int:
    category = unicodedata.category(character)
    if category == "Cn":
        # Pictures are added year by year, all of them wide.
        return 2 if ord(character) in _PICTURES else 1
    if _BEFORE.match(character) or category == "Mc":
        return 1
    if category in ("Mn", "Me", "Cf") or _NOTHING.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or _WIDE.match(character) else 1

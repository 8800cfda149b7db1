"""The width of a text in terminal cells, and texts clipped, padded or wrapped to a width.

Widths follow Unicode's East Asian Width (UAX 11), as on most terminals: a mark above, below or through a
letter takes no cell, one beside it takes one (vowels of Devanagari, Tamil, Khmer), and characters joined into
one emoji take two. If a terminal differs, the line is corrected when it is painted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 16
"""The greatest number of characters in a cell, with all marks."""

_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_LONE = re.compile("[^\u200d\ufe0f]*")
_NOTHING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\u3164\uffa0\U0001f3fb-\U0001f3ff]")
"""Vowels and ends of Korean syllables written in parts, their fillers, and skin colours of emoji."""
_PREPENDED = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Signs under or around the digits that follow; Unicode counts them as format characters."""
_WIDE = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d356\U0001d360-\U0001d376]")
"""Wide since Unicode 16, which is newer than some versions of Python."""
_EMOJI = range(0x1F300, 0x1FB00)
_ARTICLE = re.compile(r"\A(?:The|An?) (?=\w)")
_PART_ENDS = re.compile(r"(?<=[^\s(/-])(?=[\s/-])|(?<=[a-z])(?=[A-Z])")
"""Where a part of a name ends: before a space or a dash, and before a capital letter inside of a word."""
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


def cells(text: str) -> int:
    """The width of a line of visible text, in cells."""
    if text.isascii():
        return len(text)
    if _LONE.fullmatch(text):
        return sum(map(_width, text))
    return sum(width for _, width in letters(text))


def clipped(text: str, room: int) -> str:
    """`text` in at most `room` cells, cut with an ellipsis, never within a wide character."""
    # A joiner at the end would join the text with what follows it.
    text = text[: _LONGEST * max(room, 0)].rstrip(_JOINER)
    if cells(text) <= room:
        return text
    return f"{_head(text, room - 1).rstrip().rstrip(_JOINER)}…" if room > 0 else ""


def cut_at_word(text: str, room: int) -> str:
    """`text` in at most `room` cells, cut with an ellipsis between words if at least one of them fits."""
    if cells(text) <= room:
        return text
    head = wrapped(text, room - 2)[0] if room > 2 else ""
    return f"{head.rstrip(' ·')} …" if text.startswith(f"{head} ") else clipped(text, room)


def shortened(name: str, room: int) -> str:
    """A name in at most `room` cells, cut between its parts: `Fed. Cncl` to `Fed.`, `StateDept` to `State`.

    An article at its beginning goes first: `The Morning Post` to `Morning`. Without a whole part that fits,
    its initials stand, and for a name of one part what fits of it with `…`.
    """
    if cells(name) <= room:
        return name
    name = _ARTICLE.sub("", name)
    if cells(name) <= room:
        return name
    ends = [match.start() for match in _PART_ENDS.finditer(name)]
    heads = (name[:end].rstrip(" ·,-/(") for end in reversed(ends))
    fitting = next((head for head in heads if len(head) > 1 and cells(head) <= room), "")
    initials = "".join(part[0] for part in re.findall(r"\w+", name))
    if fitting or not 1 < cells(initials) <= room:
        return fitting or clipped(name, room)
    return initials.upper()


def padded(text: str, room: int) -> str:
    """`text` in exactly `room` cells, clipped or padded with spaces."""
    text = clipped(text, room)
    return text + " " * (room - cells(text))


def wrapped(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` cells, broken at spaces; a word is broken only if it is too long."""
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
                head = _head(line, room) or _first_letter(line, room)
                lines.append(head)
                line = line[len(head) :]
        lines.append(line)
    return lines


def _head(text: str, room: int) -> str:
    """The longest beginning of `text` that fits, in whole letters with their marks."""
    taken = place = 0
    for letter, width in letters(text):
        taken += width
        if taken > room:
            break
        place += len(letter)
    return text[:place]


def _first_letter(text: str, room: int) -> str:
    """The first letter of a text; if it is too wide, only as many of its marks as fit."""
    letter, _ = next(letters(text))
    for place in range(1, len(letter)):
        if unicodedata.category(letter[place]) == "Mc" and cells(letter[: place + 1]) > room:
            return letter[:place]
    return letter


def letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters of a text, each with its marks and the characters joined with it, and its width."""
    start = place = width = 0
    while place < len(text):
        character = text[place]
        own = _width(character)
        if place > start and not _belongs(text[start:place], character, own):
            yield text[start:place], width
            start, width = place, 0
        if character == _JOINER:
            place += 1
        elif character == _EMOJI_STYLE:
            width = 2 if width == 1 and _can_be_emoji(text[start]) else width
        else:
            width += own
        place += 1
    if start < len(text):
        yield text[start:], width


def _belongs(letter: str, character: str, width: int) -> bool:
    """Whether a character is part of the letter before it."""
    if _FLAG.match(character):
        return len(letter) == 1 and _FLAG.match(letter) is not None
    return not width or unicodedata.category(character) == "Mc"


def _can_be_emoji(character: str) -> bool:
    return not character.isalpha() or character == "\N{INFORMATION SOURCE}"


@lru_cache(maxsize=8192)
def _width(character: str) -> int:
    category = unicodedata.category(character)
    if category == "Cn":
        # New emoji are added every year, and all of them are wide.
        return 2 if ord(character) in _EMOJI else 1
    if _PREPENDED.match(character) or category == "Mc":
        return 1
    if category in ("Mn", "Me", "Cf") or _NOTHING.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or _WIDE.match(character) else 1

"""Ids: whether a text is a valid one, and ids for events without one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
_GIVEN = re.compile(rb"""id["']?\s*:\s*["']?([^\s"',}]+)""")
_ASCII_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


def id_from_title(title: str) -> str:
    """An id made of the words of a title; it need not be unique."""
    base = "-".join(words(title))[:_LONGEST].strip("-")
    # Words in ASCII are letters and digits alone.
    return base if base and (base.isascii() or is_id(base)) else "event"


class UniqueIds:
    """Makes ids unique: different from each other and from every id in the file.

    Args:
        pieces: The file, in pieces; gone through only if it is needed.
    """

    def __init__(self, pieces: Iterable[bytes | bytearray] = ()) -> None:
        self._pieces = pieces
        self._taken: set[str] | None = None
        self._last: dict[str, int] = {}

    def reserve(self, ids: Iterable[str]) -> None:
        """Let no id be made that is one of these."""
        self._taken = {*(self._taken or ()), *ids}

    def unique(self, id_: str) -> str:
        """`id_`, with `-2`, `-3` and so on added if it is already used."""
        if self._taken is None:
            # Searched only when needed: in most files all events have an id.
            given = {id_ for piece in self._pieces for id_ in _GIVEN.findall(piece)}
            self._taken = {id_.decode("utf-8", "replace") for id_ in given}
        name = id_
        # Counting goes on from the last number, or a thousand events of one title would take a million steps.
        while name in self._taken:
            self._last[id_] = self._last.get(id_, 1) + 1
            name = f"{id_}-{self._last[id_]}"
        self._taken.add(name)
        return name


def is_id(text: str) -> bool:
    """Whether `text` is a valid id: lower-case letters of any script, digits, and hyphens after the first."""
    if text.isascii():
        return _ASCII_ID.match(text) is not None
    letters = text.replace("-", "")
    return text == text.lower() and text[0].isalnum() and all(map(_is_letter, letters))


def _is_letter(character: str) -> bool:
    # Marks are parts of letters, as in Hindi; U+200C and U+200D join or separate letters, as in Persian.
    return unicodedata.category(character)[0] in "LMN" or character in "\u200c\u200d"

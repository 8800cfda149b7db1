"""Ids: which texts are valid ones, and ids for events that have none."""

from __future__ import annotations

import re
import unicodedata

from timeline_tui.text.sanitize import words

_LONGEST = 60
_GIVEN = re.compile(rb"""id["']?\s*:\s*["']?([^\s"',}]+)""")
_ASCII_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


def id_from_title(title: str) -> str:
    """The words of `title` as an id, which others may have too."""
    base = "-".join(words(title))[:_LONGEST].strip("-")
    return base if base and is_id(base) else "event"


class UniqueIds:
    """Tells slugs apart, from one another and from every id that the file gives somewhere itself.

    Args:
        data: The file.
    """

    def __init__(self, data: bytearray) -> None:
        self._data = data
        self._taken: set[str] | None = None
        self._last: dict[str, int] = {}

    def unique(self, slug: str) -> str:
        """`slug`, with `-2`, `-3` and so on where it is taken."""
        if self._taken is None:
            # Looked for only now: in most files every event has its id, or none has.
            self._taken = {given.decode("utf-8", "replace") for given in set(_GIVEN.findall(self._data))}
        name = slug
        # Counted on from the last, or a thousand events of one title would take a million steps.
        while name in self._taken:
            self._last[slug] = self._last.get(slug, 1) + 1
            name = f"{slug}-{self._last[slug]}"
        self._taken.add(name)
        return name


def is_id(text: str) -> bool:
    """Whether `text` can be an id: lower-case letters of any script, digits, and `-` but at the start."""
    if text.isascii():
        return _ASCII_ID.match(text) is not None
    letters = text.replace("-", "")
    return text == text.lower() and text[0].isalnum() and all(map(_is_letter, letters))


def _is_letter(character: str) -> bool:
    # Marks are parts of letters, as in Hindi; U+200C and U+200D join or part them, as in Persian.
    return unicodedata.category(character)[0] in "LMN" or character in "\u200c\u200d"

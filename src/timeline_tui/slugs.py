"""Ids for events that have none."""

from __future__ import annotations

import re

from timeline_tui.text import words
from timeline_tui.values import is_id

_LONGEST = 60
_GIVEN = re.compile(rb"""\bid["']?\s*:\s*["']?([^\s"',}]+)""")


class Slugs:
    """Makes ids of titles, none of them twice, and none that the file gives somewhere itself.

    Args:
        data: The file.
    """

    def __init__(self, data: bytearray) -> None:
        self._data = data
        self._taken: set[str] | None = None
        self._last: dict[str, int] = {}

    def make(self, title: str) -> str:
        """An id of the words of `title`, with `-2`, `-3` and so on where it is taken."""
        if self._taken is None:
            # Looked for only now: in most files every event has its id, or none has.
            self._taken = {found[1].decode("utf-8", "replace") for found in _GIVEN.finditer(self._data)}
        base = "-".join(words(title))[:_LONGEST].strip("-")
        if not base or not is_id(base):
            base = "event"
        name = base
        # Counted on from the last, or a thousand events of one title would take a million steps.
        while name in self._taken:
            self._last[base] = self._last.get(base, 1) + 1
            name = f"{base}-{self._last[base]}"
        self._taken.add(name)
        return name

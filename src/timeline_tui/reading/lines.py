"""The lines of a file: where they begin, how far they are indented, what ends a block of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CONTENT = re.compile(rb"\n *(?![\s#]).")
_BLANKS = (b"", b" ", b"\t", b"\r", b"\n")


class LineStart(NamedTuple):
    """The start of a line: its offset in bytes, and its number from 0."""

    offset: int
    line: int


class Lines:
    """Finds lines in `data`, from one to the next, as they are needed."""

    __slots__ = ("data",)

    def __init__(self, data: bytearray) -> None:
        self.data = data

    def at(self, line: int, after: LineStart) -> LineStart:
        """The start of a line by its number, not before `after`; the end of the file for a line beyond it."""
        offset = after.offset
        for _ in range(line - after.line):
            offset = self.data.find(b"\n", offset) + 1
            if offset == 0:
                return LineStart(len(self.data), line)
        return LineStart(offset, line)

    def text(self, place: LineStart) -> bytes:
        """The text of a line without its line end; for a very long line, only the beginning."""
        end = self.data.find(b"\n", place.offset, place.offset + 4096)
        return bytes(self.data[place.offset : end if end >= 0 else place.offset + 4096]).rstrip(b"\r")

    def next_item(self, after: LineStart, indent: int) -> LineStart | None:
        """The next line below `after` with a `- ` indented by `indent`."""
        needle = b"\n" + b" " * indent + b"-"
        data = self.data
        found = data.find(needle, after.offset)
        while found >= 0:
            end = found + len(needle)
            if data[end : end + 1] in _BLANKS:
                return self._place(found + 1, after)
            found = data.find(needle, end)
        return None

    def next_key(self, after: LineStart, indent: int) -> LineStart | None:
        """The next line below `after` that can be a key of a map indented by `indent`."""
        found = _key(indent).search(self.data, after.offset)
        return self._place(found.start() + 1, after) if found else None

    def next_edge(self, after: LineStart, indent: int, stop: int | None = None) -> LineStart | None:
        """The next line below `after` that is indented by at most `indent` and not blank or a comment.

        Closing brackets do not count, because YAML allows them at any indentation. Lines from the
        offset `stop` on are not searched.
        """
        found = _edge(indent).search(self.data, after.offset, len(self.data) if stop is None else stop)
        return self._place(found.start() + 1, after) if found else None

    def next_content(self, after: LineStart) -> LineStart | None:
        """The next line below `after` that is not blank or a comment."""
        found = _CONTENT.search(self.data, after.offset)
        return self._place(found.start() + 1, after) if found else None

    def between(self, start: LineStart, end: LineStart | None) -> bytes:
        """The text from one line up to another, or to the end of the file."""
        return bytes(self.data[start.offset : end.offset if end else None])

    def _place(self, offset: int, after: LineStart) -> LineStart:
        return LineStart(offset, after.line + self.data.count(b"\n", after.offset, offset))


@lru_cache
def _key(indent: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n {%d}(?![\s#\]},]|-[\s]|-\Z)" % indent)


@lru_cache
def _edge(indent: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n {0,%d}(?![\s#\]},])." % indent)

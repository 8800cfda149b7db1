"""A change of a file as the places that differ: it is shown in lines, carried out, and undone."""

from __future__ import annotations

import difflib
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.errors import TimelineError
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTEXT = 2
"""Unchanged lines that are shown above and below a change."""
_NEAR = 10_000
"""Bytes in which these are looked for."""


class Moved(TimelineError):  # noqa: N818  reads as what it says
    """The file is not what the change was made for; nothing was changed."""


class Splice(NamedTuple):
    """One place of a file where whole lines differ."""

    start: int
    """In bytes from the beginning of the file."""
    old: bytes
    new: bytes


class ChangedLine(NamedTuple):
    """A line of a change as it is shown."""

    number: int
    """From 1: in the changed file; of a line that was removed, in the file before."""
    sign: str
    """`+` added, `-` removed, a space for unchanged."""
    text: str
    """Visible, without its line end."""


class Change(NamedTuple):
    """A change from one state of a file to another, without the rest of the file."""

    splices: tuple[Splice, ...]
    """Carried out one after the other."""
    before: bytes
    """The digest of the file before."""
    after: bytes
    """The digest of the file after it."""

    @classmethod
    def between(cls, states: Sequence[bytes]) -> Change:
        """The change from the first of some states of a file over the others to the last."""
        splices = (_splice(one, other) for one, other in pairwise(states) if one != other)
        return cls(tuple(splices), _digest(states[0]), _digest(states[-1]))

    def applied(self, data: bytes) -> bytes:
        """The file after the change.

        Raises:
            Moved: `data` is not the file before it.
        """
        if _digest(data) != self.before:
            raise Moved("the file has changed meanwhile")
        for start, old, new in self.splices:
            data = data[:start] + new + data[start + len(old) :]
        return data

    def reversed(self) -> Change:
        """The change that undoes this one."""
        back = (Splice(start, new, old) for start, old, new in reversed(self.splices))
        return Change(tuple(back), self.after, self.before)

    def lines(self, data: bytes) -> list[list[ChangedLine]]:
        """What is shown of the change: for each place its lines with those around them, from the top.

        Args:
            data: The file before the change.

        Raises:
            Moved: As `applied()`.
        """
        self.applied(data)
        hunks: list[tuple[int, list[ChangedLine]]] = []
        for splice in self.splices:
            start, old, new = splice
            more = new.count(b"\n") - old.count(b"\n")
            # What comes in above moves what stands below.
            hunks = [
                (place + len(new) - len(old), [line._replace(number=line.number + more) for line in lines])
                if place > start
                else (place, lines)
                for place, lines in hunks
            ]
            hunks.append((start, _shown(data, splice)))
            data = data[:start] + new + data[start + len(old) :]
        return [lines for _, lines in sorted(hunks, key=lambda hunk: hunk[0])]


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _splice(one: bytes, other: bytes) -> Splice:
    """The lines between the first and the last difference of two texts."""
    most = min(len(one), len(other))
    start = one.rfind(b"\n", 0, _common(one, other, most)) + 1
    end = _common(one, other, most - start, from_end=True)
    cuts = [(text, len(text) - end) for text in (one, other)]
    if not all(cut == start or text[cut - 1 : cut] == b"\n" for text, cut in cuts):
        # The equal end begins within a line.
        first = one.find(b"\n", len(one) - end)
        end = len(one) - first - 1 if first >= 0 else 0
    return Splice(start, one[start : len(one) - end], other[start : len(other) - end])


def _common(one: bytes, other: bytes, most: int, *, from_end: bool = False) -> int:
    """How many bytes two texts have in common at their beginnings, or at their ends; at most `most`."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if from_end:
            same = (
                one[len(one) - middle : len(one) - least] == other[len(other) - middle : len(other) - least]
            )
        else:
            same = one[least:middle] == other[least:middle]
        if same:
            least = middle
        else:
            most = middle - 1
    return least


def _shown(data: bytes, splice: Splice) -> list[ChangedLine]:
    """The lines of one place, numbered as they are before and after this splice."""
    start, old, new = splice
    top = data.count(b"\n", 0, start) + 1
    end = start + len(old)
    above = data[max(0, start - _NEAR) : start].splitlines()[-_CONTEXT:]
    below = data[end : end + _NEAR].splitlines()[:_CONTEXT]
    one, other = old.splitlines(), new.splitlines()
    lines = [_line(top - len(above) + at, " ", text) for at, text in enumerate(above)]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [_line(top + j1 + at, " ", text) for at, text in enumerate(other[j1:j2])]
            continue
        lines += [_line(top + i1 + at, "-", text) for at, text in enumerate(one[i1:i2])]
        lines += [_line(top + j1 + at, "+", text) for at, text in enumerate(other[j1:j2])]
    bottom = top + len(other)
    return lines + [_line(bottom + at, " ", text) for at, text in enumerate(below)]


def _line(number: int, sign: str, text: bytes) -> ChangedLine:
    return ChangedLine(number, sign, visible(text.decode("utf-8", "replace").expandtabs(4)))

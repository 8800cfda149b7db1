"""Which events a query finds, as sets of keys.

A set of keys is an integer with one byte an event, 1 for one that is in it: `&`, `|` and `~` take
a million events in a fraction of a millisecond, where joins of tables took seconds.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import compress, count
from typing import TYPE_CHECKING

from timeline_tui.query.language import PHRASE, WORD, Term
from timeline_tui.query.vocabulary import IDENTIFIED, folded, is_meant
from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.index.index import Index
    from timeline_tui.query.language import Query

PLANS_CHANGED = ("postponed", "cancelled")
"""What a status says of an event to come; any other is shown as scheduled."""

_REMEMBERED = 16
_SPARSE = 50
"""A set of less than one event in so many is quicker to go through from one to the next."""


class Selection:
    """Answers queries from an index, and remembers the terms last asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._total = index.total
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)

    def select(self, query: Query, today: int) -> int:
        """The set of keys that a query finds, with statuses as of the day number `today`."""
        selected = int.from_bytes(b"\1" * self._total, "little")
        together: dict[str, int] = {}
        for term in query.terms:
            is_text = term.field in (WORD, PHRASE)
            if is_text and not words(term.value):
                continue
            found = (
                self._as_of(today, term) if term.field == "status" else self._found(term.field, term.value)
            )
            if term.excluded:
                selected &= ~found
            elif is_text:
                selected &= found
            else:
                together[term.field] = together.get(term.field, 0) | found
        for found in together.values():
            selected &= found
        return selected

    def marks(self, selected: int) -> bytes:
        """A set of keys as one byte an event, 1 for one that is in it."""
        return selected.to_bytes(self._total, "little")

    def keys(self, selected: int) -> array[int]:
        """A set of keys in ascending order."""
        marks = self.marks(selected)
        if marks.count(1) * _SPARSE < self._total:
            return array("I", _places(marks))
        return array("I", compress(range(self._total), marks))

    def positions(self, selected: int, within: int) -> array[int]:
        """The places that the keys of one set have in the order of another."""
        marks = self.marks(selected & within)
        return array("I", compress(count(), compress(marks, self.marks(within))))

    def _find(self, field: str, value: str) -> int:
        match field:
            case "word" | "phrase":
                return self._containing(field, value)
            case "since" | "until" | "during":
                return self._within(*Term(field, value).days)
            case _:
                return self._having(field, value)

    def _containing(self, field: str, value: str) -> int:
        # Words are letters and digits only: nothing in them is syntax to FTS5.
        expression = f'"{" ".join(words(value))}"' + (" *" if field == WORD else "")
        found = self.set_of(self._index.keys_with_words(expression))
        for actor in self._index.actors_named(expression):
            found |= self._having("actor", actor)
        return found

    def _within(self, first: int, last: int) -> int:
        begun = self._index.begun_by(last)
        reaching = bytes(map(first.__le__, self._index.latest[: len(begun)]))
        return int.from_bytes(begun, "little") & int.from_bytes(reaching, "little")

    def _having(self, field: str, value: str) -> int:
        if field in IDENTIFIED:
            return self.set_of(self._index.keys_with(field, value))
        wanted = folded(value)
        if field not in ("place", "language", "publisher"):
            return self.set_of(self._index.keys_with(field, wanted))
        found = 0
        for known in self._index.values(field):
            if is_meant(field, wanted, known):
                found |= self.set_of(self._index.keys_with(field, known))
        return found

    def _as_of(self, today: int, term: Term) -> int:
        status = folded(term.value)
        stated = self._found("status", status)
        if status in PLANS_CHANGED:
            return stated
        everything = int.from_bytes(b"\1" * self._total, "little")
        ahead = everything & ~int.from_bytes(self._index.begun_by(today), "little")
        if status != "scheduled":
            return stated & ~ahead
        for changed in PLANS_CHANGED:
            ahead &= ~self._found("status", changed)
        return stated | ahead

    def set_of(self, keys: Iterable[int]) -> int:
        """The set of these keys."""
        marks = bytearray(self._total)
        for key in keys:
            marks[key] = 1
        return int.from_bytes(marks, "little")


def _places(marks: bytes) -> Iterator[int]:
    place = marks.find(1)
    while place >= 0:
        yield place
        place = marks.find(1, place + 1)

"""Which events a query finds, as sets of keys."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from timeline_tui.index.key_set import KeySet
from timeline_tui.query.language import PHRASE, WORD, Term
from timeline_tui.query.vocabulary import BY_PART, IDENTIFIED, TOGETHER, folded, matches
from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline_tui.query.language import Query

PLANS_CHANGED = ("postponed", "cancelled")
"""The statuses that an event to come keeps; with any other one it is shown as scheduled."""

_REMEMBERED = 16
"""Terms whose events are remembered."""


class Lookups(Protocol):
    """What is looked up in an index to answer a query."""

    @property
    def total(self) -> int:
        """How many events there are."""

    @property
    def latest(self) -> Sequence[int]:
        """The last day number of each event, by key."""

    def begun_by(self, day: int) -> bytes:
        """One byte an event, by key: 1 if it begins on a day or before; up to the last such event."""

    def values(self, field: str) -> list[str]:
        """The values that a field of the search language has: ids, or folded words."""

    def keys_with(self, field: str, value: str) -> Sequence[int]:
        """The keys of the events with an id or a folded word in a field, ascending."""

    def keys_with_words(self, expression: str) -> Iterable[int]:
        """The keys of the events whose texts match an FTS5 expression."""

    def actors_named(self, expression: str) -> list[str]:
        """The ids of the actors one of whose names matches an FTS5 expression."""


def combined(query: Query, total: int, find: Callable[[Term], KeySet]) -> KeySet:
    """The keys of the events that all terms of a query allow, where terms of one field allow together.

    Args:
        query: The query.
        total: How many events there are.
        find: Gives the keys of the events that a term finds, were it not excluded.
    """
    selected = KeySet.full(total)
    by_field: dict[str, KeySet] = {}
    for term in query.terms:
        is_text = term.field in (WORD, PHRASE)
        if is_text and not words(term.value):
            continue
        found = find(term)
        if term.excluded:
            selected -= found
        elif is_text:
            selected &= found
        else:
            by_field[term.field] = by_field.get(term.field, KeySet.empty(total)) | found
    for found in by_field.values():
        selected &= found
    return selected


def fts_expression(field: str, value: str) -> str:
    """The FTS5 expression for the value of a `WORD` or a `PHRASE`."""
    # Words consist of letters and digits only, so FTS5 finds no syntax in them.
    return f'"{" ".join(words(value))}"' + (" *" if field == WORD else "")


def having(field: str, value: str, index: Lookups, keys_with: Callable[[str, str], Sequence[int]]) -> KeySet:
    """The events that a value finds in a field; those that have all of several values joined together.

    Args:
        field: A field whose values are ids or words.
        value: As in a term.
        index: The index of all events.
        keys_with: Gives the keys of the events with an id or a folded word in a field.
    """
    total = index.total
    found = KeySet.empty(total)
    parts = value.split(TOGETHER) if field in IDENTIFIED else [value]
    for number, part in enumerate(parts):
        keys = KeySet.empty(total)
        for meant in meant_values(index, field, part):
            keys |= KeySet.of(keys_with(field, meant), total)
        found = found & keys if number else keys
    return found


def meant_values(index: Lookups, field: str, value: str) -> Iterable[str]:
    """The values that an index has which a value of a field may mean."""
    if field in IDENTIFIED:
        return (value,)
    meant = folded(value)
    if field not in BY_PART:
        return (meant,)
    return [known for known in index.values(field) if matches(field, meant, known)]


class Matcher:
    """Answers queries from an index, and remembers the events of the latest terms."""

    def __init__(self, index: Lookups) -> None:
        self._index = index
        self._total = index.total
        self.found = lru_cache(maxsize=_REMEMBERED)(self._find)
        """The keys of the events that a value finds in a field, whatever the day."""

    def select(self, query: Query, today: int) -> KeySet:
        """The keys of the events that a query finds, with statuses as of the day number `today`."""
        return combined(
            query,
            self._total,
            lambda term: (
                self._as_of(today, term) if term.field == "status" else self.found(term.field, term.value)
            ),
        )

    def _find(self, field: str, value: str) -> KeySet:
        match field:
            case "word" | "phrase":
                return self._containing(field, value)
            case "since" | "until" | "during":
                return self._reaching(*Term(field, value).days)
            case "within":
                return self._within(*Term(field, value).days)
            case _:
                return self._having(field, value)

    def _containing(self, field: str, value: str) -> KeySet:
        expression = fts_expression(field, value)
        found = KeySet.of(self._index.keys_with_words(expression), self._total)
        for actor in self._index.actors_named(expression):
            found |= self._having("actor", actor)
        return found

    def _within(self, first: int, last: int) -> KeySet:
        begun = KeySet.marked(self._index.begun_by(last), self._total)
        begun -= KeySet.marked(self._index.begun_by(first - 1), self._total)
        return begun & KeySet.marked(bytes(map(last.__ge__, self._index.latest)), self._total)

    def _reaching(self, first: int, last: int) -> KeySet:
        begun = self._index.begun_by(last)
        reaching = bytes(map(first.__le__, self._index.latest[: len(begun)]))
        return KeySet.marked(begun, self._total) & KeySet.marked(reaching, self._total)

    def _having(self, field: str, value: str) -> KeySet:
        return having(field, value, self._index, self._index.keys_with)

    def _as_of(self, today: int, term: Term) -> KeySet:
        status = folded(term.value)
        stated = self.found("status", status)
        if status in PLANS_CHANGED:
            return stated
        ahead = KeySet.full(self._total) - KeySet.marked(self._index.begun_by(today), self._total)
        if status != "scheduled":
            return stated - ahead
        for changed in PLANS_CHANGED:
            ahead -= self.found("status", changed)
        return stated | ahead

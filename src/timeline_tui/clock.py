"""An index as it stood on a day.

Most events known by a day are the same ever after, and the index answers for them. Those of which more became
known later stand in a small index of their own, as they were, so that no query finds what was not yet said.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from timeline_tui.dates import BEGINNING, END
from timeline_tui.index import Index
from timeline_tui.known import as_known, published

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable

    from timeline_tui.dates import Date
    from timeline_tui.query import Query
    from timeline_tui.records import Event

_LATER: Final = ("plan", "came", "quote", "claim", "source")


class Clock:
    """What of an index was known by a day.

    Args:
        index: All that is known.
        day: A day number.
    """

    def __init__(self, index: Index, day: int) -> None:
        self._selection = index.selection
        self.day = day
        known = self._selection.set_of(
            key for _, _, keys in index.news(BEGINNING, day, ("event",)) for key in keys
        )
        more = self._selection.set_of(key for _, _, keys in index.news(day + 1, END, _LATER) for key in keys)
        header = index.header
        days = published(header.sources)
        self.known = known
        """The set of the events known, as `Selection` has it."""
        self.changed: dict[int, Event] = {
            key: as_known(index.event(key), day, days) for key in self._selection.keys(known & more)
        }
        """By their keys, the events of which more is known by now, as they stood."""
        self.moved: dict[int, Date] = {
            key: event.date for key, event in self.changed.items() if event.date != index.head(key).date
        }
        """The dates of those that were planned for another day."""
        self.same = known & ~more
        """The set of those of which nothing more became known."""
        self.then: Index | None = Index.build(header, self.changed.values()) if self.changed else None
        """The index of `changed`; its keys are its own."""

    def select(self, query: Query) -> int:
        """The set of keys that a query finds of what was known."""
        found = self._selection.select(query, self.day) & self.same
        if self.then is not None:
            found |= self._then_set(self.then.selection.keys(self.then_selected(query)))
        return found

    def then_selected(self, query: Query) -> int:
        """As `select()`, the set of the keys that events have in `then`."""
        if self.then is None:
            return 0
        return self.then.selection.select(query, self.day)

    def with_value(self, ask: Callable[[Index], array[int]], index: Index) -> int:
        """The set of the events for which an index answers with their keys, as known."""
        found = self._selection.set_of(ask(index)) & self.same
        return found if self.then is None else found | self._then_set(ask(self.then))

    @cached_property
    def _keys(self) -> list[int]:
        """By the key that an event has in `then`, its own."""
        if self.then is None:
            return []
        by_number = list(self.changed)
        return [by_number[self.then.number(key)] for key in range(self.then.total)]

    def _then_set(self, keys: Iterable[int]) -> int:
        return self._selection.set_of(map(self._keys.__getitem__, keys))

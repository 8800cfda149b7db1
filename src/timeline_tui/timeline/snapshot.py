"""An index as it stood on a day.

Most events known by a day are the same ever after, and the index answers for them. Those of which more became
known later stand in a small index of their own, as they were, so that no query finds what was not yet said.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.index.index import Index
from timeline_tui.model.known_on import LATER, as_known, published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Event
    from timeline_tui.query.language import Query


class Clock:
    """What of an index was known by a day.

    Args:
        index: All that is known.
        day: A day number.
    """

    def __init__(self, index: Index, day: int) -> None:
        # The index is asked now and not kept: other views of it, with other connections, share this clock.
        selection, header = index.selection, index.header
        self.day = day
        known = selection.set_of(key for _, _, keys in index.news(BEGINNING, day, ("event",)) for key in keys)
        more = selection.set_of(key for _, _, keys in index.news(day + 1, END, LATER) for key in keys)
        days = published(header.sources)
        self.known = known
        """The set of the events known, as `Selection` has it."""
        self._marks = selection.marks(known)
        self.changed: dict[int, Event] = {
            key: as_known(index.event(key), day, days) for key in selection.keys(known & more)
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

    def is_known(self, key: int) -> bool:
        """Whether the event with that key was known.

        Raises:
            IndexError: There is none.
        """
        return bool(self._marks[key])

    def select(self, index: Index, query: Query) -> int:
        """The set of keys that a query of the index finds of what was known."""
        found = index.selection.select(query, self.day) & self.same
        if self.then is None:
            return found
        return found | self._then_set(index, self.then.selection.keys(self.then_selected(query)))

    def then_selected(self, query: Query) -> int:
        """As `select()`, the set of the keys that events have in `then`."""
        if self.then is None:
            return 0
        return self.then.selection.select(query, self.day)

    def with_value(self, index: Index, field: str, value: str) -> int:
        """The set of the events of the index that had an id in a field of the language."""
        found = index.selection.set_of(index.keys_with(field, value)) & self.same
        if self.then is None:
            return found
        return found | self._then_set(index, self.then.keys_with(field, value))

    @cached_property
    def _keys(self) -> list[int]:
        """By the key that an event has in `then`, its own."""
        if self.then is None:
            return []
        by_number = list(self.changed)
        return [by_number[self.then.number(key)] for key in range(self.then.total)]

    def _then_set(self, index: Index, keys: Iterable[int]) -> int:
        return index.selection.set_of(map(self._keys.__getitem__, keys))

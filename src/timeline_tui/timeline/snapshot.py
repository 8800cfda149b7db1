"""An index as it stood on a day.

Most events known by a day have not changed since, and the index answers for them. Those of which more became
known later are in a small index of their own, as they were, so that no query finds what was not known yet.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.index.index import Index
from timeline_tui.index.key_set import KeySet
from timeline_tui.model.known_on import KINDS_AFTER_START, event_as_known, publication_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Event
    from timeline_tui.query.language import Query


class Snapshot:
    """What of an index was known by a day.

    The index is read now and not kept: other views of it, with other connections, share this snapshot.

    Args:
        index: All that is known.
        day: A day number.
    """

    def __init__(self, index: Index, day: int) -> None:
        header, total = index.header, index.total
        self.day = day
        known = index.disclosures(BEGINNING, day, ("event",))
        later = index.disclosures(day + 1, END, KINDS_AFTER_START)
        self.known = KeySet.of((key for _, _, keys in known for key in keys), total)
        """The events that were known."""
        self._marks = self.known.marks
        changed = KeySet.of((key for _, _, keys in later for key in keys), total)
        days = publication_days(header.sources)
        self.changed: dict[int, Event] = {
            key: event_as_known(index.event(key), day, days) for key in self.known & changed
        }
        """By their keys, the events of which more is known by now, as they stood."""
        self.moved: dict[int, Date] = {
            key: event.date for key, event in self.changed.items() if event.date != index.summary(key).date
        }
        """The dates of those that were planned for another day."""
        self.unchanged = self.known - changed
        """The events of which nothing more became known."""
        self.changed_index: Index | None = (
            Index.build(header, self.changed.values()) if self.changed else None
        )
        """The index of `changed`; its keys are its own."""

    def is_known(self, key: int) -> bool:
        """Whether the event with that key was known.

        Raises:
            IndexError: There is none.
        """
        return bool(self._marks[key])

    def select(self, index: Index, query: Query) -> KeySet:
        """The events that a query of the index finds among what was known."""
        found = index.matcher.select(query, self.day) & self.unchanged
        if self.changed_index is None:
            return found
        return found | self._keys_in(index, self.changed_index.matcher.select(query, self.day))

    def with_value(self, index: Index, field: str, value: str) -> KeySet:
        """The events of the index that had an id in a field of the search language."""
        found = KeySet.of(index.keys_with(field, value), index.total) & self.unchanged
        if self.changed_index is None:
            return found
        return found | self._keys_in(index, self.changed_index.keys_with(field, value))

    @cached_property
    def _keys(self) -> list[int]:
        """The key in the index of each event of `changed_index`, by its key there."""
        if self.changed_index is None:
            return []
        by_number = list(self.changed)
        return [by_number[self.changed_index.number(key)] for key in range(self.changed_index.total)]

    def _keys_in(self, index: Index, keys: Iterable[int]) -> KeySet:
        """The set in the index of keys of `changed_index`."""
        return KeySet.of(map(self._keys.__getitem__, keys), index.total)

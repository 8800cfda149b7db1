"""The order of a view's events: by key, except for those whose planned date differs."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, overload

from timeline_tui.dates.date import reached_by
from timeline_tui.timeline.tracks import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline_tui.dates.date import Date
    from timeline_tui.index.index import Index
    from timeline_tui.index.key_set import KeySet


class Order:
    """Keys by position, from 0.

    An event that was planned for another day comes after all others that begin on that day, as its hour is
    not known; several of them are ordered by their planned dates, then by key.

    Args:
        index: The index of all events.
        selected: The events to be ordered; None for all.
        moved: By key, the dates of the events that are on another day than in the index, selected or not.
    """

    def __init__(self, index: Index, selected: KeySet | None, moved: Mapping[int, Date]) -> None:
        keys: Sequence[int] = range(index.total) if selected is None else selected.keys()
        marks = None if selected is None else selected.marks
        self._index, self._dates = index, moved
        here = [key for key in moved if marks is None or marks[key]]
        self._moved = sorted(here, key=lambda key: (moved[key].earliest, moved[key].key, key))
        self._marks, self._rest = marks, keys
        if here:
            # Events that were moved are put in afterwards.
            self._marks = _without(marks or b"\1" * index.total, here)
            self._rest = array("I", compress(range(index.total), self._marks))
        self._days = [moved[key].earliest for key in self._moved]
        self._cuts = [index.standing.first_from(day + 1) for day in self._days]
        self._befores = [bisect_left(self._rest, cut) for cut in self._cuts]
        self._places = {key: self._befores[number] + number for number, key in enumerate(self._moved)}
        self.keys: Sequence[int] = self._merged(array("I", self._rest), self._moved) if here else keys
        """The keys by position."""

    def position_of(self, key: int) -> int:
        """The position of an event, else of the next one after it, else of the last; -1 if there are none."""
        if key in self._places:
            return self._places[key]
        if key in self._dates:
            place = self.first_from(self._dates[key].earliest + 1)
        else:
            place = bisect_left(self._rest, key) + bisect_right(self._cuts, key)
        return min(place, len(self.keys) - 1)

    def first_from(self, day: int) -> int:
        """The position of the first event on a day or later; the number of events if there is none."""
        rest = bisect_left(self._rest, self._index.standing.first_from(day))
        return rest + bisect_left(self._days, day)

    def first_at(self, moment: int) -> int:
        """The position of the first event at a moment or later, in steps as in `Moments`."""
        moments = self._index.moments
        ends = [end_of(day, moments.per_day) for day in self._days]
        return bisect_left(self._rest, moments.first_from(moment)) + bisect_left(ends, moment)

    @cached_property
    def standing(self) -> Sequence[int]:
        """The day number that each event is on, by position, ascending; as in `Index.standing`."""
        if not self._moved:
            return self._index.standing if self._marks is None else _Picked(self._index.standing, self.keys)
        return self._merged(array("q", compress(self._index.standing, self._marks or b"")), self._days)

    @cached_property
    def reached(self) -> Sequence[int]:
        """The last day number that each event may reach to, by position."""
        reached = self._index.reached
        if self._marks is None:
            return reached
        # Unlike the first days, of which few are needed, these are needed all.
        rest = array("q", compress(reached, self._marks))
        return self._merged(rest, [reached_by(self._dates[key]) for key in self._moved])

    def _merged(self, rest: array[int], moved: Sequence[int]) -> array[int]:
        """The values by position, of those of events that were not moved (`rest`, by key) and the others."""
        merged, start = array(rest.typecode), 0
        for before, value in zip(self._befores, moved, strict=True):
            merged.extend(rest[start:before])
            merged.append(value)
            start = before
        merged.extend(rest[start:])
        return merged


class _Picked(Sequence[int]):
    """The values of some keys, by position, each read when it is needed."""

    def __init__(self, values: Sequence[int], keys: Sequence[int]) -> None:
        self._values, self._keys = values, keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return array("q", map(self._values.__getitem__, self._keys[place]))
        return self._values[self._keys[place]]


def _without(marks: bytes, keys: Iterable[int]) -> bytes:
    """One byte a key, with those of some keys set to 0."""
    left = bytearray(marks)
    for key in keys:
        left[key] = 0
    return bytes(left)

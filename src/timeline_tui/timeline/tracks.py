"""Events that share something, in chronological order: days divide them by binary searches."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.columns import Days, Moments


class Track:
    """Some events of a timeline at places from 0, in the order of the days that they are on.

    Args:
        standing: The day number that each event of the timeline is on, by key.
        moments: When each of them begins.
        keys: The keys of the events, ascending.
        moved: By key, the dates of the events that are on another day, in the track or not.
    """

    def __init__(
        self, standing: Days, moments: Moments, keys: Sequence[int], moved: Mapping[int, Date]
    ) -> None:
        self._standing, self._moments, self._moved = standing, moments, moved
        here = [key for key in moved if _has(keys, key)] if len(moved) < len(keys) else _both(keys, moved)
        here.sort(key=lambda key: (moved[key].earliest, moved[key].key, key))
        self._days = [moved[key].earliest for key in here]
        self._ends = [end_of(day, moments.per_day) for day in self._days]
        self._rest: Sequence[int] = keys
        self.keys: Sequence[int] = keys
        """The keys by place."""
        self._is_ascending = not here
        if here:
            gone = set(here)
            self._rest = array("I", (key for key in keys if key not in gone))
            self.keys = self._merged(here)

    def __len__(self) -> int:
        return len(self.keys)

    def first_from(self, day: int) -> int:
        """The place of the first event on a day or later; the number of events if there is none."""
        return bisect_left(self._rest, self._standing.first_from(day)) + bisect_left(self._days, day)

    def cuts(self, bounds: Sequence[int], keys: Sequence[int]) -> list[int]:
        """The place of the first event from each of several moments on.

        Args:
            bounds: The moments, in steps as in `Moments`.
            keys: For each, the first key of the timeline from then on.
        """
        rest = self._rest
        if self._is_ascending:
            return [bisect_left(rest, key) for key in keys]
        return [
            bisect_left(rest, key) + bisect_left(self._ends, bound)
            for bound, key in zip(bounds, keys, strict=True)
        ]

    def near(self, place: int) -> int:
        """The key of the event at a place."""
        return self.keys[place]

    def day(self, place: int) -> int:
        """The day number that the event at a place is on.

        Raises:
            IndexError: There is no such place.
        """
        key = self.keys[place]
        date = self._moved.get(key)
        return self._standing[key] if date is None else date.earliest

    def moment(self, place: int) -> int:
        """When the event at a place begins, in steps as in `Moments`.

        Raises:
            IndexError: There is no such place.
        """
        key = self.keys[place]
        date = self._moved.get(key)
        return self._moments[key] if date is None else end_of(date.earliest, self._moments.per_day)

    def place_of(self, key: int) -> int:
        """The place of an event; -1 if it is not one of these."""
        if self._is_ascending:
            place = bisect_left(self.keys, key)
            return place if place < len(self.keys) and self.keys[place] == key else -1
        return self.keys.index(key) if key in self.keys else -1

    def _merged(self, here: Sequence[int]) -> array[int]:
        merged, start = array("I"), 0
        for key, day in zip(here, self._days, strict=True):
            # As in every list: an event that was moved comes after all others of its day.
            before = bisect_left(self._rest, self._standing.first_from(day + 1))
            merged.extend(self._rest[start:before])
            merged.append(key)
            start = before
        merged.extend(self._rest[start:])
        return merged


def end_of(day: int, per_day: int) -> int:
    """The last step of a day: there stands what was moved to it, as its hour is not known."""
    return (day + 1) * per_day - 1


def _has(keys: Sequence[int], key: int) -> bool:
    place = bisect_left(keys, key)
    return place < len(keys) and keys[place] == key


def _both(keys: Sequence[int], moved: Mapping[int, Date]) -> list[int]:
    return [key for key in keys if key in moved]

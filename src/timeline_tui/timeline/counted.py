"""Events that are counted by days and read only when they are seen, as those of a table on an engine."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol, overload


class ToldRows(NamedTuple):
    """How many rows there are of a day that became known on another one, as day numbers."""

    day: int
    known: int
    """The same day where no other one is told; `END` if they are known on no day."""
    rows: int
    doubtful: int
    """How many of them are claimed, disputed or denied."""


class DayCounts:
    """How many events there are on each day, at positions in the order of time.

    Args:
        days: The day numbers that have any, ascending.
        counts: Of each.
    """

    def __init__(self, days: Sequence[int], counts: Sequence[int]) -> None:
        self.days = days
        self.starts = array("Q", accumulate(counts, initial=0))
        """The position of the first event of each day, and the number of all events."""

    def __len__(self) -> int:
        return self.starts[-1]

    def first_from(self, day: int) -> int:
        """The position of the first event on a day or later; the number of events if there is none."""
        return self.starts[bisect_left(self.days, day)]

    def place_of(self, position: int) -> int:
        """The place among the days of the one that a position is on."""
        return bisect_right(self.starts, position) - 1

    def day_at(self, position: int) -> int:
        """The day number of the event at a position.

        Raises:
            IndexError: There is no such position.
        """
        if not 0 <= position < len(self):
            raise IndexError(position)
        return self.days[self.place_of(position)]


class RowsBehind(NamedTuple):
    """The rows of a table that stands behind a timeline."""

    name: str
    """Of the table, visible on one line."""
    days: DayCounts
    """How many rows it has on each day."""

    def between(self, first: int, last: int) -> int:
        """How many rows it has from one day to another."""
        return self.days.first_from(last + 1) - self.days.first_from(first)


class CountedKeys(Sequence[int]):
    """The keys of some events, ascending, each found when it is asked for.

    Args:
        days: How many of them are on each day.
        doubtful: How many of these are claimed, disputed or denied.
    """

    def __init__(self, days: DayCounts, doubtful: DayCounts) -> None:
        self.days, self.doubtful = days, doubtful

    def __len__(self) -> int:
        return len(self.days)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return self.read(start, stop)[::step] if step > 0 else self.read(stop + 1, start + 1)[::step]
        place = place + len(self) if place < 0 else place
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.read(place, place + 1)[0]

    @abstractmethod
    def read(self, start: int, stop: int) -> Sequence[int]:
        """The keys at places from `start` to before `stop`."""

    @abstractmethod
    def before(self, key: int) -> tuple[int, bool]:
        """How many of them come before an event, and whether it is one of them."""

    def place_of(self, key: int) -> int:
        """The place of an event; -1 if it is not one of these."""
        place, is_here = self.before(key)
        return place if is_here else -1

    def has(self, key: int) -> bool:
        """Whether an event is one of them."""
        return self.before(key)[1]

    @abstractmethod
    def near(self, place: int) -> int:
        """The key of an event of the timeline on the day of the one at a place, without reading it."""


def place_in(numbers: Sequence[int], number: int) -> tuple[int, bool]:
    """How many of ascending numbers come before another one, and whether it is one of them."""
    if isinstance(numbers, CountedKeys):
        return numbers.before(number)
    place = bisect_left(numbers, number)
    return place, place < len(numbers) and numbers[place] == number


class AnyTrack(Protocol):
    """Some events of a timeline at places from 0: a `Track`, or a `CountedTrack`."""

    @property
    def keys(self) -> Sequence[int]:
        """The keys by place."""

    def __len__(self) -> int: ...

    def first_from(self, day: int) -> int:
        """The place of the first event on a day or later; the number of events if there is none."""

    def cuts(self, bounds: Sequence[int], keys: Sequence[int]) -> list[int]:
        """The place of the first event from each of several moments on, each with its first key."""

    def day(self, place: int) -> int:
        """The day number that the event at a place is on."""

    def moment(self, place: int) -> int:
        """When the event at a place begins, in steps of which `TimelineView.per_day` are a day."""

    def place_of(self, key: int) -> int:
        """The place of an event; -1 if it is not one of these."""

    def near(self, place: int) -> int:
        """The key of the event at a place, or of one of the timeline on the same day."""


class CountedTrack:
    """As `Track`, of keys that are counted."""

    def __init__(self, keys: CountedKeys) -> None:
        self._counted = keys

    @property
    def keys(self) -> Sequence[int]:
        """The keys by place."""
        return self._counted

    def __len__(self) -> int:
        return len(self._counted)

    def first_from(self, day: int) -> int:
        """As `Track.first_from()`."""
        return self._counted.days.first_from(day)

    def cuts(self, bounds: Sequence[int], keys: Sequence[int]) -> list[int]:  # noqa: ARG002  as `Track`
        """As `Track.cuts()`, of days."""
        return [self._counted.days.first_from(day) for day in bounds]

    def day(self, place: int) -> int:
        """As `Track.day()`."""
        return self._counted.days.day_at(place)

    def moment(self, place: int) -> int:
        """The day, as only days are counted."""
        return self._counted.days.day_at(place)

    def place_of(self, key: int) -> int:
        """As `Track.place_of()`."""
        return self._counted.place_of(key)

    def near(self, place: int) -> int:
        """As `CountedKeys.near()`."""
        return self._counted.near(place)

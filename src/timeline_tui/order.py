"""In which order the events of a view stand: by key, but for those that were planned for another day."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, overload

from timeline_tui.dates import reached_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.dates import Date
    from timeline_tui.index import Index


class Order:
    """Keys by position, from 0.

    Args:
        index: What the keys are of.
        keys: Those of the events, ascending.
        marks: One byte for each event of the index, 1 for one of `keys`; None for all events.
        moved: The dates of those that stand on another day than the index has them.
    """

    def __init__(
        self, index: Index, keys: Sequence[int], marks: bytes | None, moved: Mapping[int, Date]
    ) -> None:
        self._index, self._marks = index, marks
        here = {key: moved[key] for key in moved if marks is None or marks[key]}
        self._moved = sorted((date.key, key) for key, date in here.items())
        self._rest: Sequence[int] = [key for key in keys if key not in here] if here else keys
        # At the end of its day, as nothing is known of its hour.
        cuts = [index.earliest.first_from(date[0] + 1) for date, _ in self._moved]
        self._befores = [bisect_left(self._rest, cut) for cut in cuts]
        self._days = [date[0] for date, _ in self._moved]
        self._places = {key: self._befores[number] + number for number, (_, key) in enumerate(self._moved)}
        self._dates = here
        self.keys: Sequence[int] = self._merged(self._rest) if here else keys
        """The keys by position."""

    def position_of(self, key: int) -> int:
        """Where an event is, or the next one after it that is here, or the last; -1 for no events."""
        if key in self._places:
            return self._places[key]
        place = bisect_left(self._rest, key)
        return min(place + bisect_right(self._befores, place), len(self.keys) - 1)

    def first_from(self, day: int) -> int:
        """The position of the first event that begins on a day or later; as many as there are for none."""
        rest = bisect_left(self._rest, self._index.earliest.first_from(day))
        return rest + bisect_left(self._days, day)

    @cached_property
    def earliest(self) -> Sequence[int]:
        """The first day number of each event, by position."""
        if not self._dates:
            return self._index.earliest if self._marks is None else _Picked(self._index.earliest, self.keys)
        base = self._index.earliest
        return array(
            "q", [self._dates[key].earliest if key in self._dates else base[key] for key in self.keys]
        )

    @cached_property
    def reached(self) -> Sequence[int]:
        """The last day number that each event may reach to, by position."""
        reached = self._index.reached
        if self._dates:
            dates = self._dates
            return array("q", [reached_by(dates[key]) if key in dates else reached[key] for key in self.keys])
        # Of the first days a few are asked for, of these all.
        return reached if self._marks is None else array("q", compress(reached, self._marks))

    def _merged(self, rest: Sequence[int]) -> array[int]:
        merged, start = array("I"), 0
        for before, (_, key) in zip(self._befores, self._moved, strict=True):
            merged.extend(rest[start:before])
            merged.append(key)
            start = before
        merged.extend(rest[start:])
        return merged


class _Picked(Sequence[int]):
    """The values of some keys, by position; taken when they are asked for."""

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

"""The cube of a table: how many rows each day has with each combination of a few values.

It is made by the engine in one statement, and small: days times combinations. All that is counted without
asking the engine again comes from it.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from timeline_tui.timeline.counted import DayCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Combination = tuple[str | None, ...]
"""A value of each facet, as text; None where a row has none."""

MOST_CELLS = 4_000_000
"""Cells of the largest cube."""


class _Kept(msgspec.Struct, array_like=True):
    """A cube as it is written to a file."""

    facets: tuple[str, ...]
    days: list[int]
    values: list[list[str | None]]
    cells: list[tuple[bytes, bytes]]


class Cube:
    """The counts of a table, or of the rows of it that meet a condition.

    Args:
        facets: The names of the columns whose values it tells apart.
        days: All day numbers with rows, ascending.
        cells: For each combination the places of its days among these, each once, and the counts.
    """

    def __init__(
        self,
        facets: Sequence[str],
        days: Sequence[int],
        cells: dict[Combination, tuple[Sequence[int], Sequence[int]]],
    ) -> None:
        self.facets, self.days, self._cells = tuple(facets), days, cells

    @classmethod
    def of(
        cls, facets: Sequence[str], groups: Iterable[tuple[Combination, Sequence[int], Sequence[int]]]
    ) -> Self:
        """The cube of combinations, each with its day numbers, in any order, and their counts."""
        found = [group for group in groups if group[1]]
        days = sorted(set().union(*(group[1] for group in found)))
        places = {day: place for place, day in enumerate(days)}
        cells: dict[Combination, tuple[Sequence[int], Sequence[int]]] = {
            values: (array("I", map(places.__getitem__, own)), array("Q", counts))
            for values, own, counts in found
        }
        return cls(facets, days, cells)

    @cached_property
    def whole(self) -> DayCounts:
        """All rows."""
        return self.counts()

    @property
    def combinations(self) -> Iterable[Combination]:
        """All combinations that rows have."""
        return self._cells.keys()

    def counts(
        self, allows: Callable[[Combination], bool] | None = None, days: Callable[[int], bool] | None = None
    ) -> DayCounts:
        """How many rows each day has.

        Args:
            allows: Whether rows with a combination count; None for all.
            days: Whether rows on a day number count; None for all.
        """
        totals = [0] * len(self.days)
        for values, (places, counts) in self._cells.items():
            if allows is None or allows(values):
                for place, count in zip(places, counts, strict=True):
                    totals[place] += count
        kept = [(day, count) for day, count in zip(self.days, totals, strict=True) if count]
        if days is not None:
            kept = [each for each in kept if days(each[0])]
        return DayCounts([day for day, _ in kept], [count for _, count in kept])

    def count_of(self, values: Combination, days: Callable[[int], bool] | None) -> int:
        """How many rows have a combination of values, on some days or on all."""
        places, counts = self._cells[values]
        if days is None:
            return sum(counts)
        return sum(count for place, count in zip(places, counts, strict=True) if days(self.days[place]))

    def values_of(self, facet: str) -> dict[str, int]:
        """The values of a facet, and how many rows have each."""
        place = self.facets.index(facet)
        found: dict[str, int] = {}
        for values, (_, counts) in self._cells.items():
            value = values[place]
            if value is not None:
                found[value] = found.get(value, 0) + sum(counts)
        return found

    def packed(self) -> bytes:
        """The cube as bytes, for `unpacked()`."""
        cells = [
            (bytes(array("I", places)), bytes(array("Q", counts))) for places, counts in self._cells.values()
        ]
        kept = _Kept(self.facets, list(self.days), [list(values) for values in self._cells], cells)
        return msgspec.msgpack.encode(kept)

    @classmethod
    def unpacked(cls, data: bytes) -> Self | None:
        """The cube of bytes; None if they are none."""
        try:
            kept = msgspec.msgpack.decode(data, type=_Kept)
            cells: dict[Combination, tuple[Sequence[int], Sequence[int]]] = {
                tuple(values): (_numbers("I", places), _numbers("Q", counts))
                for values, (places, counts) in zip(kept.values, kept.cells, strict=True)
            }
            found = cls(kept.facets, kept.days, cells)
            # Every place must be one of a day.
            return found if len(found.whole) >= 0 else None
        except (msgspec.MsgspecError, ValueError, IndexError):
            return None


class Counted(NamedTuple):
    """What is counted of a table when it is opened."""

    cube: Cube
    left_out: int
    """How many rows have no time that can be shown."""
    known: Cube | None = None
    """How many rows became known on each day; None without a column for that."""


def _numbers(code: str, data: bytes) -> array[int]:
    found = array(code)
    found.frombytes(data)
    return found

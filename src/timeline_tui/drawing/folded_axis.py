"""An axis of days on which long times without an event are folded to one cell each."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.time_axis import MONTHLY, Tick, TimeAxis

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLD = "┊"
"""Drawn in the cell of a folded time."""
_YEAR = 366
_LONG = 4
"""Cells that a time without an event would have to take more than, to be folded."""
_CELLS_PER_FOLD, _MOST_FOLDS = 8, 16
"""There is at most one fold for so many cells, and never more than so many."""


class _Stretch(NamedTuple):
    """Days that are drawn to scale."""

    start: int
    """The first cell."""
    axis: TimeAxis


class FoldedAxis:
    """The days from `first` to `last`, both included, over `width` cells.

    Args:
        first: A day number.
        last: A day number.
        width: In cells, at least 1.
        gaps: First and last day number of each time without an event, ascending, without overlaps.
        per_day: How many of what is counted are a day: 86,400 where all these numbers are of seconds.
    """

    def __init__(
        self, first: int, last: int, width: int, gaps: Sequence[tuple[int, int]] = (), per_day: int = 1
    ) -> None:
        self.first, self.last, self.width, self.per_day = first, last, width, per_day
        inside = [gap for gap in gaps if first < gap[0] <= gap[1] < last]
        self._stretches = list(_stretches(self, _folded(first, last, width, inside)))
        self._firsts = [stretch.axis.first for stretch in self._stretches]
        self._cells = [stretch.start for stretch in self._stretches]

    @property
    def folds(self) -> list[int]:
        """The cells of the folded times."""
        return [start - 1 for start in self._cells[1:]]

    def cell(self, day: int) -> int:
        """The cell of a day; a day before or after the axis has the first or last cell."""
        place = max(0, bisect_right(self._firsts, day) - 1)
        start, axis = self._stretches[place]
        if day > axis.last and place + 1 < len(self._stretches):
            return start + axis.width
        return start + axis.cell(day)

    def day(self, cell: int) -> int:
        """The first day that is drawn in a cell, or after it if no day is drawn in it."""
        place = max(0, bisect_right(self._cells, cell) - 1)
        start, axis = self._stretches[place]
        if cell >= start + axis.width and place + 1 < len(self._stretches):
            return self._firsts[place + 1]
        return axis.day(cell - start)

    def starts(self) -> list[int]:
        """The first day of each cell but the first; of a folded time, the first day after it."""
        return [self.day(cell) for cell in range(1, self.width)]

    def ticks(self, origin: int | None = None) -> list[Tick]:
        """Ticks of each stretch, as many as there is room for.

        Args:
            origin: Day number that days are counted from; None for dates.
        """
        found: list[Tick] = []
        drawn = sum(axis.last - axis.first + 1 for _, axis in self._stretches)
        # All stretches in one measure: days in a short one and years in the next would be hard to read.
        step = TimeAxis(1, drawn, self.width).step
        if self.last - self.first > _YEAR * self.per_day:
            # Labels of days do not name the year.
            step = max(step, MONTHLY * self.per_day)
        is_counted = origin is not None and 2 * step > self.per_day
        for start, axis in self._stretches:
            for cell, label in axis.counted_ticks(origin or 0) if is_counted else axis.ticks(step, origin):
                tick = Tick(start + cell, label)
                is_free = not found or tick.cell > found[-1].cell + len(found[-1].label) + 1
                if is_free and tick.cell + len(label) < self.width:
                    found.append(tick)
        return found


def _folded(first: int, last: int, width: int, gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The gaps to fold, ascending: the longest ones, as long as each would take many of the cells left."""
    days, cells = last - first + 1, width
    folded: list[tuple[int, int]] = []
    for gap in sorted(gaps, key=lambda gap: gap[0] - gap[1])[: min(width // _CELLS_PER_FOLD, _MOST_FOLDS)]:
        length = gap[1] - gap[0] + 1
        if length * cells <= _LONG * days:
            break
        folded.append(gap)
        days, cells = days - length, cells - 1
    return sorted(folded)


def _stretches(whole: FoldedAxis, folded: Sequence[tuple[int, int]]) -> list[_Stretch]:
    """What stands before, between and after the folded gaps, each with its share of the cells."""
    first, last, width, per_day = whole.first, whole.last, whole.width, whole.per_day
    bounds = [first, *(day for gap in folded for day in (gap[0] - 1, gap[1] + 1)), last]
    spans = list(zip(bounds[::2], bounds[1::2], strict=True))
    days = sum(end - start + 1 for start, end in spans)
    free = width - len(folded) - len(spans)
    found, cell, so_far = [], 0, 0
    for number, (start, end) in enumerate(spans):
        so_far += end - start + 1
        # Each has one cell, and what is left is shared.
        stop = number + 1 + max(free, 0) * so_far // days + number
        found.append(_Stretch(cell, TimeAxis(start, end, max(1, stop - cell), per_day)))
        cell = stop + 1
    return found

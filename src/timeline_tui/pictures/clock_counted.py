"""The points of two clocks of a table: its rows counted by their days and the days they became known on."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from timeline_tui.errors import NotYet
from timeline_tui.pictures.clock_points import CountedColumn, Points, Run, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.timeline.counted import ToldRows
    from timeline_tui.timeline.protocol import TimelineView


class CountedPoints(Points):
    """The points of a view of a table.

    Args:
        view: The rows.
        told: How many there are for each day and day on which they became known, sorted.
    """

    def __init__(self, view: TimelineView, told: Sequence[ToldRows]) -> None:
        super().__init__(view)
        self._counted = told
        days = array("q", (each.day for each in told))
        known = array("q", (each.known for each in told))
        self.runs = (Run(days, days, known, array("I")),) if told else ()
        self.count = sum(each.rows for each in told)

    def _column(self, first: int, after: int, *, delayed: bool) -> CountedColumn:
        found: dict[int, tuple[int, int]] = {}
        for each in self._within(first, after):
            measure = each.known - (each.day if delayed else 0)
            rows, doubtful = found.get(measure, (0, 0))
            found[measure] = rows + each.rows, doubtful + each.doubtful
        measures = sorted(found)
        return CountedColumn(
            (measures,) if measures else (),
            [0, *accumulate(found[measure][0] for measure in measures)],
            [0, *accumulate(found[measure][1] for measure in measures)],
        )

    def _within(self, first: int, after: int) -> Sequence[ToldRows]:
        start, stop = (bisect_left(self._counted, day, key=lambda each: each.day) for day in (first, after))
        return self._counted[start:stop]

    def told(self, first: int, after: int) -> Told:
        """How many rows from one day to before another were known before, at once, and later."""
        here = self._within(first, after)
        before = sum(each.rows for each in here if each.known < each.day)
        later = sum(each.rows for each in here if each.known > each.day)
        return Told(before, sum(each.rows for each in here) - before - later, later)

    def first_in(self, moments: tuple[int, int], known: tuple[int, int], *, delayed: bool) -> int:  # noqa: ARG002  as in the base
        """-1: which rows are in a cell is not asked."""
        return -1

    def beside(self, key: int, steps: int) -> int:
        """The key of the row a number of steps after another one.

        Raises:
            NotYet: The engine has not told it yet.
        """
        view = self.view
        position = min(max(view.position_of(max(key, 0)) + steps, 0), view.count - 1)
        if view.is_pending(position):
            raise NotYet
        return view.key_at(position)

    def of(self, key: int) -> tuple[int, int] | None:
        """The day of a row, and the day on which it became known; None if it is not in the view."""
        if key < 0 or not self.view.has(key):
            return None
        day, known = self.view.sort_key(key)[0], self.view.summary(key).known
        return day, day if known is None else known.earliest

"""What is shown of lanes, where it is in the picture, and how the keys change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.folded_axis import FoldedAxis
from timeline_tui.pictures.lane_groups import BY

if TYPE_CHECKING:
    from timeline_tui.pictures.lane_groups import By, Lanes, Order
    from timeline_tui.pictures.picture import Window

_NARROWEST_NAME, _WIDEST_NAME = 8, 26
_COUNTED_FROM = 50
"""Cells of width from which the number of events stands beside the name of a lane."""
_FEW = 2_000
"""Up to this number of events in sight, times without an event are found to the second."""
_LENS, _LENS_FROM = 3, 9
"""Lines with titles below the selected lane, and lines of height from which there are so many."""


@dataclass(frozen=True, slots=True)
class LanesShown:
    """What is chosen to be shown of the lanes of a view."""

    by: By = "actor"
    order: Order = "count"
    window: Window | None = None
    """The days in sight, or the seconds where events have times; None for all of the view."""
    folded: bool = False
    """Whether long times without an event are folded."""
    lane: str | None = None
    """The value of the selected lane; None for the first that has the selected event."""
    top: int = 0
    """The number of the first lane in sight."""

    def by_next(self) -> LanesShown:
        """The same days in lanes by the next thing: actor, kind, place, tag, status, publisher, language."""
        return self.by_field(BY[(BY.index(self.by) + 1) % len(BY)])

    def by_field(self, by: By) -> LanesShown:
        """The same days in lanes by another thing."""
        return replace(self, by=by, lane=None, top=0)

    def ordered(self, order: Order) -> LanesShown:
        """The lanes in another order, from the first on."""
        return replace(self, order=order, top=0)


class LanesLayout(NamedTuple):
    """Where everything is in a picture of lanes: the axis on line 0, lanes from line 1 on."""

    name: int
    """Cells of a name."""
    number: int
    """Cells of the number of events; 0 where it is left out."""
    chart: int
    """The first cell of the axis."""
    width: int
    """Cells of the axis."""
    lens: int
    """Lines of titles below the selected lane; 0 where there is no room, or the lane is not in sight."""
    rows: int
    """How many lanes are in sight."""
    top: int
    """The number of the first of them."""
    selected: int
    """The number of the selected lane; -1 for none."""

    def number_at(self, row: int) -> int:
        """The number of the lane that a line of the picture belongs to; -1 where there is none."""
        number = self.top + row - 1
        if self.lens and number > self.selected:
            number = max(self.selected, number - self.lens)
        return number if row >= 1 and number < self.top + self.rows else -1


def layout(lanes: Lanes, shown: LanesShown, selected: int, width: int, height: int | None) -> LanesLayout:
    """Divide a picture.

    Args:
        lanes: The lanes of a view.
        shown: What is chosen to be shown.
        selected: The key of the selected event; -1 for none.
        width: In cells.
        height: In lines; None for as many as all lanes take.
    """
    total = len(lanes.lanes)
    name = min(max(lanes.widest, _NARROWEST_NAME), _WIDEST_NAME, max(width // 4, _NARROWEST_NAME))
    count = len(f"{lanes.highest:,}") if width >= _COUNTED_FROM else 0
    chart = 1 + name + (1 + count if count else 0) + 1
    number = lanes.number_of(shown.lane, selected) if selected >= 0 else -1
    lens = _lens(height) if number >= 0 else 0
    rows = _rows(total, height, lens)
    top = min(max(shown.top, 0), max(0, total - rows))
    if not top <= number < top + rows:
        lens, rows = 0, _rows(total, height, 0)
        top = min(top, max(0, total - rows))
    return LanesLayout(name, count, chart, max(1, width - chart), lens, rows, top, number)


def _lens(height: int | None) -> int:
    if height is None:
        return 0
    return _LENS if height >= _LENS_FROM else int(height > _LENS)


def _rows(total: int, height: int | None, lens: int) -> int:
    return total if height is None else min(total, max(1, height - 1 - lens))


def window_of(lanes: Lanes, shown: LanesShown) -> Window:
    """The days in sight."""
    return lanes.whole if shown.window is None else shown.window.within(lanes.whole)


def axis_of(lanes: Lanes, shown: LanesShown, width: int) -> FoldedAxis:
    """The axis of the days in sight, over `width` cells."""
    window = window_of(lanes, shown)
    gaps = _empty_times(lanes, window, width) if shown.folded and lanes.view.count else []
    return FoldedAxis(*window, width, gaps, lanes.per_day)


def _empty_times(lanes: Lanes, window: Window, width: int) -> list[tuple[int, int]]:
    """The times of a window in which no event begins and that are long enough to be folded."""
    view, per_day = lanes.view, lanes.per_day
    start, stop = view.first_at(window.first), view.first_at(window.last + 1)
    if per_day == 1 or stop - start > _FEW:
        within = window.first // per_day, window.last // per_day
        return [
            (first * per_day, (last + 1) * per_day - 1) for first, last in view.empty_times(width, within)
        ]
    moments = sorted(map(view.moment_of, view.keys[start:stop]))
    gaps = pairwise((window.first, *moments, window.last))
    return [(before + 1, after - 1) for before, after in gaps if (after - before) * width > window.days]


def following(lanes: Lanes, shown: LanesShown, selected: int, height: int) -> LanesShown:
    """The same with the selected event in sight: other lanes and other days only if it was not."""
    if selected < 0 or not lanes.lanes:
        return shown
    number = lanes.number_of(shown.lane, selected)
    rows = _rows(len(lanes.lanes), height, _lens(height))
    top = min(max(shown.top, number - rows + 1, 0), number)
    window = None if shown.window is None else shown.window.within(lanes.whole)
    if window is not None:
        window = window.containing(lanes.moment_of(selected), lanes.whole)
    return replace(shown, top=top, window=window, lane=lanes.lanes[number].value)


def scrolled(lanes: Lanes, shown: LanesShown, steps: int) -> LanesShown:
    """Other lanes in sight."""
    return replace(shown, top=min(max(shown.top + steps, 0), max(0, len(lanes.lanes) - 1)))

"""What is shown of lanes, where it is in the picture, and how the keys change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.folded_axis import FoldedAxis
from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.picture import Window

if TYPE_CHECKING:
    from timeline_tui.pictures.lane_groups import By, Order
    from timeline_tui.timeline.protocol import TimelineView

_NARROWEST_NAME, _WIDEST_NAME = 8, 26
_COUNTED_FROM = 50
"""Cells of width from which the number of events stands beside the name of a lane."""
_FEW = 2_000
"""Up to this number of events in sight, times without an event are found to the second."""
_LENS, _LENS_FROM = 3, 9
"""Lines with titles below the selected lane, and lines of height from which there are so many."""


FINE_DAYS = 2
"""Up to this number of days in sight, a table that is counted by days is counted by minutes."""
_LENGTHS = tuple(60 * minutes for minutes in (2880, 1440, 720, 360, 180, 60, 30, 15, 5))
"""In seconds, what of it is in sight at each step of zoom."""


@dataclass(frozen=True, slots=True)
class LanesShown:
    """What is chosen to be shown of the lanes of a view."""

    by: By = "actor"
    order: Order = "count"
    window: Window | None = None
    """The days in sight, or the seconds where events have times; None for all of the view."""
    fine: Window | None = None
    """The seconds in sight of a table that is counted by days, where it is counted by minutes; else None."""
    folded: bool = False
    """Whether long times without an event are folded."""
    lane: str | None = None
    """The value of the selected lane; None for the first that has the selected event."""
    top: int = 0
    """The number of the first lane in sight."""

    def by_next(self, view: TimelineView) -> LanesShown:
        """The same days in lanes by the next thing of `BY`.

        Files are left out where there are not several.
        """
        following = BY[(BY.index(self.by) + 1) % len(BY)]
        several = len(view.vocabulary.values.get("file", ())) > 1
        return self.by_field(following if following != "file" or several else BY[0])

    def by_field(self, by: By) -> LanesShown:
        """The same days in lanes by another thing."""
        return replace(self, by=by, lane=None, top=0)

    def ordered(self, order: Order) -> LanesShown:
        """The lanes in another order, from the first on."""
        return replace(self, order=order, top=0)


class LanesLayout(NamedTuple):
    """Where everything is in a picture of lanes: axis, rows of a table behind, lanes."""

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
    head: int
    """Lines above the first lane: that of the axis, and that of the rows of a table behind."""

    def number_at(self, row: int) -> int:
        """The number of the lane that a line of the picture belongs to; -1 where there is none."""
        number = self.top + row - self.head
        if self.lens and number > self.selected:
            number = max(self.selected, number - self.lens)
        return number if row >= self.head and number < self.top + self.rows else -1


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
    head = _head(lanes)
    rows = _rows(total, height, head + lens)
    top = min(max(shown.top, 0), max(0, total - rows))
    if not top <= number < top + rows:
        lens, rows = 0, _rows(total, height, head)
        top = min(top, max(0, total - rows))
    return LanesLayout(name, count, chart, max(1, width - chart), lens, rows, top, number, head)


def _lens(height: int | None) -> int:
    if height is None:
        return 0
    return _LENS if height >= _LENS_FROM else int(height > _LENS)


def _head(lanes: Lanes) -> int:
    return 1 if lanes.behind is None else 2


def _rows(total: int, height: int | None, others: int) -> int:
    """How many lanes there is room for beside some other lines."""
    return total if height is None else min(total, max(1, height - others))


def window_of(lanes: Lanes, shown: LanesShown) -> Window:
    """The days in sight, or the seconds."""
    window = shown.fine if lanes.is_fine else shown.window
    return lanes.whole if window is None else window.within(lanes.whole)


def axis_of(lanes: Lanes, shown: LanesShown, width: int) -> FoldedAxis:
    """The axis of the days in sight, over `width` cells."""
    window = window_of(lanes, shown)
    gaps = _empty_times(lanes, window, width) if shown.folded and lanes.view.count else []
    return FoldedAxis(*window, width, gaps, lanes.per_day)


def lanes_of(view: TimelineView, by: By, stage: Lanes | None = None) -> Lanes:
    """The lanes of a view; a table of a few days is counted by minutes."""
    fine = view.in_minutes(*view.span) if stage is None and view.count and is_short(view) else None
    return Lanes(view, by, stage=stage) if fine is None else fine_lanes(fine, by, "count", is_all=True)


def fine_lanes(view: TimelineView, by: By, order: Order, *, is_all: bool) -> Lanes:
    """The lanes of a table that is counted by minutes.

    Args:
        view: As `TimelineView.in_minutes()` gives it.
        by: What they share.
        order: The order of the lanes.
        is_all: Whether there are no rows on other days: then their time alone is in sight.
    """
    lanes = Lanes(view, by, order)
    lanes.is_fine, lanes.is_part = True, not is_all
    if is_all and view.count:
        keys = view.track(view.keys)
        lanes.whole = Window(keys.moment(0), keys.moment(len(keys) - 1) + 59)
    return lanes


def is_short(view: TimelineView) -> bool:
    """Whether a table has so few days that it is counted by minutes."""
    first, last = view.span
    return last - first < FINE_DAYS


def zoomed_fine(window: Window, direction: int, about: int) -> Window:
    """Fewer seconds (direction 1) or more (-1), about one that keeps its place."""
    if direction > 0:
        length = next((each for each in _LENGTHS if each < window.days), window.days)
    else:
        length = next((each for each in reversed(_LENGTHS) if each > window.days), window.days)
    about = min(max(about, window.first), window.last)
    first = about - (about - window.first) * length // window.days
    first -= first % 60
    return Window(first, first + length - 1)


def _empty_times(lanes: Lanes, window: Window, width: int) -> list[tuple[int, int]]:
    """The times of a window in which no event begins and that are long enough to be folded."""
    view, per_day = lanes.view, lanes.per_day
    start, stop = view.first_at(window.first), view.first_at(window.last + 1)
    if per_day == 1 or stop - start > _FEW or not view.holds_statements:
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
    rows = _rows(len(lanes.lanes), height, _head(lanes) + _lens(height))
    top = min(max(shown.top, number - rows + 1, 0), number)
    shown = replace(shown, top=top, lane=lanes.lanes[number].value)
    window = shown.fine if lanes.is_fine else shown.window
    if window is None:
        return shown
    window = window.within(lanes.whole).containing(lanes.moment_of(selected), lanes.whole)
    return replace(shown, fine=window) if lanes.is_fine else replace(shown, window=window)


def scrolled(lanes: Lanes, shown: LanesShown, steps: int) -> LanesShown:
    """Other lanes in sight."""
    return replace(shown, top=min(max(shown.top + steps, 0), max(0, len(lanes.lanes) - 1)))

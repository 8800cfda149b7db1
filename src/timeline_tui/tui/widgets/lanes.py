"""The pane of lanes: actors or other things one below the other, along an axis of time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from timeline_tui.dates.date import seconds_in_edtf
from timeline_tui.dates.day_numbers import SECONDS
from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import (
    FINE_DAYS,
    LanesShown,
    axis_of,
    fine_lanes,
    following,
    is_short,
    layout,
    scrolled,
    window_of,
    zoomed_fine,
)
from timeline_tui.pictures.picture import Window
from timeline_tui.tui.widgets.axis_pane import AxisPane, AxisPlace

if TYPE_CHECKING:
    from rich.style import Style

    from timeline_tui.drawing.folded_axis import FoldedAxis
    from timeline_tui.pictures.lane_groups import By, Order
    from timeline_tui.pictures.lanes_shown import LanesLayout
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.timeline.protocol import TimelineView as View

_WHEEL = 3
"""Lanes that a step of the wheel scrolls."""


class LanesPane(AxisPane):
    """Paints lanes, and passes keys and the mouse to what is shown of them."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = LanesShown()
        self._lanes: Lanes | None = None
        self._stage: Lanes | None = None
        self._fine: tuple[tuple[View, tuple[int, int], By, Order], Lanes] | None = None
        """Lanes that are counted by minutes, and of what they were made."""
        self._moment = 0
        """The moment that one keeps to on the way from lane to lane."""

    @property
    def what(self) -> str:
        """What lanes are by."""
        return self.shown.by

    @property
    def days(self) -> Window | None:
        """The first and the last day in sight; None if all days are."""
        return self.shown.window

    def show_by(self, what: str) -> None:
        """Show lanes by something else (`kind`), or in another order (`count` or `first`)."""
        if what in BY:
            self._show(self.shown.by_field(BY[BY.index(what)]))
        else:
            order: Order = "first" if what == "first" else "count"
            self._show(self.shown.ordered(order))

    def draw(self, view: View, width: int, height: int) -> Picture:
        """The picture of a view, in a size."""
        lanes = self.lanes(view)
        start, stop = (lanes.view.first_at(bound) for bound in lanes.bounds(window_of(lanes, self.shown), ()))
        if lanes.is_fine:
            before = view.first_at(lanes.view.span[0])
            start, stop = start + before, stop + before
        self.visible_range = (start, stop - 1) if start < stop else (-1, -1)
        return lanes_picture(lanes, self.shown, self.selected, width, height)

    def prepared(self, view: View, width: int, height: int) -> tuple[object, ...]:  # noqa: ARG002  once for all sizes
        """What has to be counted before it can be drawn."""
        return view, self.shown.by, self.shown.order, self.stage, self._chunk(view)

    def prepare(self, view: View, width: int, height: int) -> None:
        """Count it, in another thread."""
        lanes_picture(self.lanes(view), self.shown, self.selected, width, height)

    def lanes(self, view: View) -> Lanes:
        """The lanes of a view; where a table is counted by minutes, of these days."""
        if chunk := self._chunk(view):
            return self._fine_lanes(view, chunk)
        lanes = self._lanes
        if lanes is None or lanes.view is not view or not self._is_as_shown(lanes):
            if lanes is not None and lanes.per_day != view.per_day:
                # Read again with or without times of day: a window of the one means nothing in the other.
                self.shown = replace(self.shown, window=None)
            lanes = self._lanes = Lanes(view, self.shown.by, self.shown.order, self._staged(), self.behind)
        return lanes

    def _fine_lanes(self, view: View, chunk: tuple[int, int]) -> Lanes:
        made = view, chunk, self.shown.by, self.shown.order
        found = view.in_minutes(*chunk) if self._fine is None or self._fine[0] != made else None
        if found is not None:
            is_all = chunk == view.span
            self._fine = made, fine_lanes(found, self.shown.by, self.shown.order, is_all=is_all)
        return self._fine[1] if self._fine is not None else Lanes(view)

    def _chunk(self, view: View) -> tuple[int, int] | None:
        """The days that are counted by minutes; None where days are in sight."""
        if self.stage is not None or not view.count or view.in_minutes(*view.span) is None:
            return None
        if is_short(view):
            return view.span
        fine = self.shown.fine
        if fine is None:
            return None
        first, last = fine.first // SECONDS, fine.last // SECONDS
        made = self._fine[0][1] if self._fine is not None and self._fine[0][0] is view else None
        if made is not None and made[0] <= first and last <= made[1]:
            return made
        # The days beside it too, so that one can go on without a wait.
        return max(first - 1, view.span[0]), min(last + 1, view.span[1])

    def _is_as_shown(self, lanes: Lanes) -> bool:
        staged = None if lanes.stage is None else lanes.stage.view
        return (lanes.by, lanes.order, staged) == (self.shown.by, self.shown.order, self.stage)

    def _staged(self) -> Lanes | None:
        """The lanes of all that becomes known in the film; None where none is played."""
        if self.stage is None:
            self._stage = None
        elif self._stage is None or (self._stage.by, self._stage.order) != (self.shown.by, self.shown.order):
            self._stage = Lanes(self.stage, self.shown.by, self.shown.order)
        return self._stage

    def watch_selected(self) -> None:
        """Have the selected event in sight."""
        self._follow()
        is_shown = self.view is not None and self.selected >= 0 and self.view.count and self.is_prepared
        if self.view is not None and is_shown and not self._is_crossing:
            self._moment = self.lanes(self.view).moment_of(self.selected)
        self._is_crossing = False
        self.redraw()

    _is_crossing = False
    """Whether the event was selected on the way from lane to lane."""

    def watch_view(self) -> None:
        """The same days and lanes of another view, as far as it has them."""
        self._follow()
        self.redraw()

    def sized(self) -> None:
        """The selected event stays in sight."""
        self._follow()
        super().sized()

    def _follow(self) -> None:
        if self.view is not None and self.view.count and self.content_size.height and self.is_prepared:
            lanes = self.lanes(self.view)
            self.shown = following(lanes, self.shown, self.selected, self.content_size.height)

    def _show(self, shown: LanesShown, *, follow: bool = True) -> None:
        self.shown = shown
        if follow:
            self._follow()
        self.redraw()

    @property
    def axis_place(self) -> AxisPlace | None:
        """Where the axis is; None without events."""
        place, view = self.place, self.view
        if place is None or view is None:
            return None
        lanes = self.lanes(view)
        whole = lanes.whole
        if lanes.is_fine and not is_short(view):
            first, last = view.span
            whole = Window(first * SECONDS, (last + 1) * SECONDS - 1)
        return AxisPlace(axis_of(lanes, self.shown, place.width), place.chart, 0, whole)

    def zoom(self, direction: int, day: int | None = None) -> None:
        """As in the base; from two days on by hours and minutes, also of a table that is counted by days."""
        view, place = self.view, self.axis_place
        if view is None:
            return
        if place is None:
            # It is still being counted: who zooms out does not want that any more.
            if direction < 0 and self.shown.fine is not None:
                self._show(replace(self.shown, fine=None))
            return
        if self.lanes(view).is_fine:
            about = self.selected_moment() if day is None else day
            window = zoomed_fine(place.window, direction, about).within(place.whole)
            if direction < 0 and window == place.window and not is_short(view):
                self._show(replace(self.shown, fine=None), follow=False)
            else:
                self.show_window(place, window)
        elif direction > 0 and place.window.days <= FINE_DAYS and view.in_minutes(*view.span) is not None:
            self._show(replace(self.shown, fine=self._begin_fine(view, place.window, day)), follow=False)
        else:
            super().zoom(direction, day)

    def _begin_fine(self, view: View, window: Window, day: int | None) -> Window:
        """The first window of seconds, in one or two days."""
        fine = Window(window.first * SECONDS, (window.last + 1) * SECONDS - 1)
        about = fine.first + fine.days // 2 if day is None else day * SECONDS + SECONDS // 2
        found = view.in_minutes(window.first, window.last)
        if day is None and found is not None and view.count:
            about = found.moment_of(max(self.selected, 0))
        return zoomed_fine(fine, 1, about)

    def show_window(self, place: AxisPlace, window: Window) -> None:
        """Have other days in sight, or other minutes."""
        view = self.view
        if view is None or not self.lanes(view).is_fine:
            super().show_window(place, window)
        else:
            is_all = is_short(view) and window == place.whole
            self._show(replace(self.shown, fine=None if is_all else window), follow=False)

    def choose_window(self, axis: FoldedAxis, start: int, stop: int) -> None:
        """Show only the days from one cell to another; of a table, only these minutes."""
        if self.view is None or not self.lanes(self.view).is_fine:
            super().choose_window(axis, start, stop)
            return
        last = axis.last if stop + 1 >= axis.width else axis.day(stop + 1) - 1
        self.post_message(self.WindowChosen(seconds_in_edtf(axis.day(start), max(last, axis.day(start)))))

    def not_counted(self, reason: str) -> None:
        """Show days, if it was minutes that could not be counted."""
        super().not_counted(reason)
        if self.shown.fine is not None:
            self._show(replace(self.shown, fine=None), follow=False)

    def selected_moment(self) -> int:
        """When the selected event begins."""
        return self.lanes(self.view).moment_of(max(self.selected, 0)) if self.view is not None else 0

    def show_days(self, window: Window | None) -> None:
        """Show some days; None for all."""
        self._show(replace(self.shown, window=window, fine=None), follow=False)

    @property
    def place(self) -> LanesLayout | None:
        """Where everything is; None without events."""
        if self.view is None or not self.view.count or not self.is_prepared:
            return None
        return layout(self.lanes(self.view), self.shown, self.selected, *self.content_size)

    def line_style(self, y: int, back: Style) -> Style:
        """The selected lane has a background of its own."""
        if y and y == self.picture.row:
            return back + self.theme_styles["cursor" if self.has_focus else "cursor-blurred"]
        return back

    def action_later_event(self) -> None:
        """To the next event of the lane."""
        self._along(1)

    def action_earlier_event(self) -> None:
        """To the event before in the lane."""
        self._along(-1)

    def action_first(self) -> None:
        """To the first event of the lane."""
        self._along(-(10**9))

    def action_last(self) -> None:
        """To the last event of the lane."""
        self._along(10**9)

    def _along(self, steps: int) -> None:
        place, view = self.place, self.view
        if place is not None and view is not None and place.selected >= 0:
            lanes = self.lanes(view)
            self.shown = replace(self.shown, lane=lanes.lanes[place.selected].value)
            self.select_found(partial(lanes.along, place.selected, self.selected, steps))

    def action_cursor_down(self) -> None:
        """To the lane below, and in it to the event nearest in time."""
        self._across(1)

    def action_cursor_up(self) -> None:
        """To the lane above, and in it to the event nearest in time."""
        self._across(-1)

    def action_page_down(self) -> None:
        """Down by as many lanes as are in sight."""
        self._across(self.place.rows if self.place is not None else 0)

    def action_page_up(self) -> None:
        """Up by as many lanes as are in sight."""
        self._across(-self.place.rows if self.place is not None else 0)

    def _across(self, lanes_on: int) -> None:
        place, view = self.place, self.view
        if place is None or view is None or place.selected < 0:
            return
        self._to_lane(min(max(place.selected + lanes_on, 0), len(self.lanes(view).lanes) - 1))

    def _to_lane(self, number: int) -> None:
        view = self.view
        if view is None:
            return
        lanes = self.lanes(view)
        self.shown = replace(self.shown, lane=lanes.lanes[number].value)
        self.select_found(partial(self._crossed, number))

    def _crossed(self, number: int) -> int:
        """The event of a lane to go to on the way from lane to lane."""
        if self.view is None:
            return self.selected
        lanes = self.lanes(self.view)
        if not lanes.whole.first <= self._moment <= lanes.whole.last:
            # Days were counted where seconds are now, or the other way round.
            self._moment = lanes.moment_of(self.selected)
        key = lanes.nearest(number, self.selected, self._moment)
        if key == self.selected:
            self._show(self.shown)
        else:
            self._is_crossing = True
        return key

    def action_fit(self) -> None:
        """All days of the view."""
        self._show(replace(self.shown, window=None, fine=None))

    def action_fold(self) -> None:
        """Fold long times without an event, or draw them to scale again."""
        self._show(replace(self.shown, folded=not self.shown.folded), follow=False)

    def action_by_next(self) -> None:
        """Lanes by the next thing."""
        if self.view is not None:
            self._show(self.shown.by_next(self.view))

    def clicked(self, x: int, y: int) -> None:
        """Select the event and the lane."""
        place, view = self.place, self.view
        number = place.number_at(y) if place is not None else -1
        target = self.target_at(y, x)
        if view is not None and target is not None and target.leads == "rows":
            self.post_message(self.Chosen(view, target))
        if number < 0 or view is None or place is None:
            return
        self.shown = replace(self.shown, lane=self.lanes(view).lanes[number].value)
        if target is None or target.key == self.selected:
            self._to_lane(number)
        else:
            lanes, axis = self.lanes(view), self.axis_place
            is_fine = lanes.is_fine and axis is not None
            moment = axis.day(x) if is_fine and axis is not None else lanes.moment_of(target.key)
            self.select_found(partial(lanes.nearest, number, target.key, moment))

    def scrolled(self, direction: int) -> None:
        """Other lanes in sight."""
        place, view = self.place, self.view
        if place is not None and view is not None:
            shown = replace(self.shown, top=place.top)
            self._show(scrolled(self.lanes(view), shown, direction * _WHEEL), follow=False)

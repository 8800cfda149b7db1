"""The pane of lanes: actors or other things one below the other, along an axis of time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import (
    LanesShown,
    axis_of,
    following,
    layout,
    moved_by,
    panned,
    scrolled,
    window_of,
    zoomed,
)
from timeline_tui.tui.widgets.picture import PicturePane, reversed_cells

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.strip import Strip

    from timeline_tui.pictures.lane_groups import Order
    from timeline_tui.pictures.lanes_shown import LanesLayout
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.timeline.protocol import TimelineView as View

_WHEEL = 3
"""Lanes that a step of the wheel scrolls."""


class LanesPane(PicturePane):
    """Paints lanes, and passes keys and the mouse to what is shown of them."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = LanesShown()
        self._lanes: Lanes | None = None
        self._dragged: tuple[int, int] | None = None
        """The cell where the mouse was pressed, or came to, and the line."""
        self._brush: tuple[int, int] | None = None
        """The cells of the axis that are being dragged over."""
        self._day = 0
        """The day that one keeps to on the way from lane to lane."""

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
        first, last = window_of(lanes, self.shown)
        _, start, stop, _ = view.cuts([first, last + 1])
        if first == lanes.whole.first:
            start = 0
        self.visible_range = (start, stop - 1) if start < stop else (-1, -1)
        return lanes_picture(lanes, self.shown, self.selected, width, height)

    def lanes(self, view: View) -> Lanes:
        """The lanes of a view."""
        shown, lanes = self.shown, self._lanes
        if lanes is None or lanes.view is not view or (lanes.by, lanes.order) != (shown.by, shown.order):
            lanes = self._lanes = Lanes(view, shown.by, shown.order)
        return lanes

    def watch_selected(self) -> None:
        """Have the selected event in sight."""
        self._follow()
        if self.view is not None and self.selected >= 0 and self.view.count and not self._is_crossing:
            self._day = self.lanes(self.view).day_of(self.selected)
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
        if self.view is not None and self.view.count and self.content_size.height:
            lanes = self.lanes(self.view)
            self.shown = following(lanes, self.shown, self.selected, self.content_size.height)

    def _show(self, shown: LanesShown, *, follow: bool = True) -> None:
        self.shown = shown
        if follow:
            self._follow()
        self.redraw()

    @property
    def place(self) -> LanesLayout | None:
        """Where everything is; None without events."""
        if self.view is None or not self.view.count:
            return None
        return layout(self.lanes(self.view), self.shown, self.selected, *self.content_size)

    def line_style(self, y: int, back: Style) -> Style:
        """The selected lane has a background of its own."""
        if y and y == self.picture.row:
            return back + self.theme_styles["cursor" if self.has_focus else "cursor-blurred"]
        return back

    def render_line(self, y: int) -> Strip:
        """Paint one line; on the axis, with the days that are dragged over."""
        strip = super().render_line(y)
        if y == 0 and self._brush is not None and self.place is not None:
            chart = self.place.chart
            return reversed_cells(strip, chart + min(self._brush), chart + max(self._brush) + 1)
        return strip

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
            self.select(lanes.along(place.selected, self.selected, steps))

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
        key = lanes.nearest(number, self.selected, self._day)
        if key == self.selected:
            self._show(self.shown)
        else:
            self._is_crossing = True
            self.select(key)

    def action_zoom_in(self) -> None:
        """Half of the days, about the selected event."""
        self._zoom(1)

    def action_zoom_out(self) -> None:
        """Twice as many days, about the selected event."""
        self._zoom(-1)

    def _zoom(self, direction: int, day: int | None = None) -> None:
        if self.view is not None and self.view.count:
            lanes = self.lanes(self.view)
            about = lanes.day_of(max(self.selected, 0)) if day is None else day
            self._show(zoomed(lanes, self.shown, direction, about), follow=False)

    def action_later_days(self) -> None:
        """Half a picture later."""
        self._pan(1)

    def action_earlier_days(self) -> None:
        """Half a picture earlier."""
        self._pan(-1)

    def _pan(self, direction: int) -> None:
        if self.view is not None and self.view.count:
            self._show(panned(self.lanes(self.view), self.shown, direction), follow=False)

    def action_fit(self) -> None:
        """All days of the view."""
        self._show(replace(self.shown, window=None))

    def action_fold(self) -> None:
        """Fold long times without an event, or draw them to scale again."""
        self._show(replace(self.shown, folded=not self.shown.folded), follow=False)

    def action_by_next(self) -> None:
        """Lanes by the next thing."""
        self._show(self.shown.by_next())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag: on the axis over days, in the body the picture."""
        offset, place = event.get_content_offset(self), self.place
        if offset is None or place is None:
            return
        self.capture_mouse()
        self._dragged = offset.x, offset.y
        if offset.y == 0 and offset.x >= place.chart:
            self._brush = offset.x - place.chart, offset.x - place.chart

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag."""
        place, view = self.place, self.view
        if self._dragged is None or place is None or view is None:
            return
        x = event.x - self.gutter.left
        if self._brush is not None:
            self._brush = self._brush[0], min(max(x - place.chart, 0), place.width - 1)
            self.refresh()
        elif x != self._dragged[0]:
            axis = axis_of(self.lanes(view), self.shown, place.width)
            before, here = (
                axis.day(min(max(at - place.chart, 0), place.width - 1)) for at in (self._dragged[0], x)
            )
            # -1: dragged, so that letting go selects nothing.
            self._dragged = x, -1
            self._show(moved_by(self.lanes(view), self.shown, before - here), follow=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Stop dragging: make a window of the days, or select what was clicked."""
        self.release_mouse()
        brush, dragged, place, view = self._brush, self._dragged, self.place, self.view
        self._brush = self._dragged = None
        if place is None or view is None or dragged is None:
            return
        if brush is not None:
            self.refresh()
            if brush[0] != brush[1]:
                axis = axis_of(self.lanes(view), self.shown, place.width)
                first, after = axis.day(min(brush)), axis.day(max(brush) + 1)
                last = axis.last if max(brush) + 1 >= place.width else max(first, after - 1)
                self.post_message(self.WindowChosen(first, last))
        elif dragged[1] >= 0:
            self._click(*dragged)
        event.stop()

    def _click(self, x: int, y: int) -> None:
        place, view = self.place, self.view
        number = place.number_at(y) if place is not None else -1
        if number < 0 or view is None:
            return
        target = self.target_at(y, x)
        self.shown = replace(self.shown, lane=self.lanes(view).lanes[number].value)
        if target is None or target.key == self.selected:
            self._to_lane(number)
        else:
            self.select(target.key)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the lanes; on the axis, zoom out."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the lanes back; on the axis, zoom in."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        offset, place, view = event.get_content_offset(self), self.place, self.view
        if offset is None or place is None or view is None:
            return
        event.stop()
        lanes = self.lanes(view)
        if offset.y == 0:
            day = axis_of(lanes, self.shown, place.width).day(max(offset.x - place.chart, 0))
            self._zoom(-direction, day)
        else:
            self._show(scrolled(lanes, replace(self.shown, top=place.top), direction * _WHEEL), follow=False)

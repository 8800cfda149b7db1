"""The base of the panes of pictures with an axis of days: it zooms, pans and is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import days_in_edtf
from timeline_tui.pictures.picture import Window
from timeline_tui.tui.widgets.picture import PicturePane, reversed_cells

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from timeline_tui.drawing.folded_axis import FoldedAxis


class AxisPlace(NamedTuple):
    """Where the axis of days is in a picture."""

    axis: FoldedAxis
    chart: int
    """The first cell of the axis."""
    line: int
    """The line of the axis."""
    whole: Window
    """All days that can be shown."""

    @property
    def window(self) -> Window:
        """The days in sight."""
        return self.whole._replace(first=self.axis.first, last=self.axis.last)

    def day(self, x: int) -> int:
        """The first day in a cell of the picture; at its edges that of the nearest cell of the axis."""
        return self.axis.day(min(max(x - self.chart, 0), self.axis.width - 1))


class AxisPane(PicturePane):
    """Keys and mouse on an axis of days: a drag on it chooses days, a drag elsewhere moves them."""

    is_played = True

    def __init__(self) -> None:
        super().__init__()
        self._dragged: tuple[int, int] | None = None
        """The cell where the mouse was pressed, or came to, and the line."""
        self._brush: tuple[int, int] | None = None
        """The cells of the axis that are being dragged over."""

    @property
    def axis_place(self) -> AxisPlace | None:
        """Where the axis is; None without events."""
        raise NotImplementedError

    def show_days(self, window: Window | None) -> None:
        """Show some days, whether the selected event is among them or not; None for all."""
        raise NotImplementedError

    def selected_moment(self) -> int:
        """The day of the selected event, or the second, about which is zoomed."""
        raise NotImplementedError

    def clicked(self, x: int, y: int) -> None:
        """A cell was clicked that is not on the axis."""
        raise NotImplementedError

    def scrolled(self, direction: int) -> None:
        """The wheel was turned down (1) or up (-1), not on the axis."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Paint one line; on the axis, with the days that are dragged over."""
        strip, place = super().render_line(y), self.axis_place
        if self._brush is not None and place is not None and y == place.line:
            return reversed_cells(strip, place.chart + min(self._brush), place.chart + max(self._brush) + 1)
        return strip

    def action_zoom_in(self) -> None:
        """Half of the days, about the selected event."""
        self.zoom(1)

    def action_zoom_out(self) -> None:
        """Twice as many days, about the selected event."""
        self.zoom(-1)

    def zoom(self, direction: int, day: int | None = None) -> None:
        """Half of the days (direction 1) or twice as many (-1) about a day; None for the selected event's."""
        if (place := self.axis_place) is not None:
            about = self.selected_moment() if day is None else day
            self.show_window(place, place.window.zoomed(direction, about, place.whole))

    def action_later_days(self) -> None:
        """Half a picture later."""
        self._pan(1)

    def action_earlier_days(self) -> None:
        """Half a picture earlier."""
        self._pan(-1)

    def _pan(self, direction: int) -> None:
        if (place := self.axis_place) is not None:
            self.show_window(place, place.window.panned(direction, place.whole))

    def show_window(self, place: AxisPlace, window: Window) -> None:
        """Have other days in sight."""
        self.show_days(None if window == place.whole else window)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag: on the axis over days, in the body the picture."""
        offset, place = event.get_content_offset(self), self.axis_place
        if offset is None or place is None:
            return
        self.capture_mouse()
        self._dragged = offset.x, offset.y
        if offset.y == place.line and offset.x >= place.chart:
            self._brush = offset.x - place.chart, offset.x - place.chart

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag."""
        place = self.axis_place
        if self._dragged is None or place is None:
            return
        x = event.x - self.gutter.left
        if self._brush is not None:
            self._brush = self._brush[0], min(max(x - place.chart, 0), place.axis.width - 1)
            self.refresh()
        elif x != self._dragged[0]:
            days = place.day(self._dragged[0]) - place.day(x)
            # -1: dragged, so that letting go selects nothing.
            self._dragged = x, -1
            self.show_window(place, place.window.moved_by(days, place.whole))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Stop dragging: make a window of the days, or select what was clicked."""
        self.release_mouse()
        brush, dragged, place = self._brush, self._dragged, self.axis_place
        self._brush = self._dragged = None
        if place is None or dragged is None:
            return
        if brush is not None:
            self.refresh()
            if brush[0] != brush[1]:
                self.choose_window(place.axis, *sorted(brush))
        elif dragged[1] >= 0:
            self.clicked(*dragged)
        event.stop()

    def choose_window(self, axis: FoldedAxis, start: int, stop: int) -> None:
        """Make a window of the days from one cell to another; of a part of them, zoom in on it as well."""
        first, after = axis.day(start), axis.day(stop + 1)
        last = axis.last if stop + 1 >= axis.width else max(first, after - 1)
        day, last_day = first // axis.per_day, last // axis.per_day
        if (day * axis.per_day, (last_day + 1) * axis.per_day - 1) != (first, last):
            self.show_days(Window(first, last))
        self.post_message(self.WindowChosen(days_in_edtf(day, last_day)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; on the axis, zoom out."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back; on the axis, zoom in."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        offset, place = event.get_content_offset(self), self.axis_place
        if offset is None or place is None:
            return
        event.stop()
        if offset.y == place.line:
            self.zoom(-direction, place.day(offset.x))
        else:
            self.scrolled(direction)

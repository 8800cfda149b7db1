"""The whole time span of the view in three lines: ticks, density, and the range in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.drawing.symbols import bars
from timeline_tui.drawing.time_axis import TimeAxis
from timeline_tui.timeline.signs import CLOCK
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from timeline_tui.timeline.view import View
    from timeline_tui.tui.styles import StyleName


class OverviewStrip(StyledWidget):
    """The overview; a click or a drag goes to a day."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    OverviewStrip {
        height: 3;
        padding: 0 1;
    }
    """

    view: reactive[View | None] = reactive(None)
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    visible_range: reactive[tuple[int, int]] = reactive((-1, -1), repaint=False)
    """Positions of the first and the last event in sight."""

    @dataclass
    class DayChosen(Message):
        """The user points at a day."""

        day: int

    def watch_selected(self) -> None:
        """Repaint the line of the range in sight."""
        self.refresh(Region(0, 2, self.size.width, 1))

    def watch_visible_range(self) -> None:
        """Repaint the line of the range in sight."""
        self.refresh(Region(0, 2, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Paint ticks, density or the range in sight."""
        width, base = self.size.width, self.base
        if self.view is None or not self.view.count or width <= 0:
            return Strip.blank(width, base)
        scale = self._scale()
        match y:
            case 0:
                return self._paint_ticks(scale).crop_extend(0, width, base)
            case 1:
                return self._paint_bars(scale).crop_extend(0, width, base)
            case _:
                return self._paint_range(scale).crop_extend(0, width, base)

    def _scale(self) -> TimeAxis:
        if self.view is None:
            raise ValueError("there is no view")
        first, last = self.view.span
        return TimeAxis(first, last, self.size.width)

    def _paint_ticks(self, scale: TimeAxis) -> Strip:
        line, day, origin = "", None, None
        if self.view is not None:
            day, origin = self.view.known_on, self.view.origin
        for tick in scale.ticks() if origin is None else scale.counted_ticks(origin):
            if tick.cell >= len(line):
                line = line.ljust(tick.cell) + f"╷{tick.label}"
        if day is None:
            return Strip([Segment(line, self._style("faint"))])
        first, last = scale.first, scale.last
        clock = f"{'‹' if day < first else ''}{CLOCK}{'›' if day > last else ''}"
        here = min(scale.cell(day), scale.width - len(clock))
        line = line.ljust(scale.width)
        if day < first:
            # Without the label of a tick there, which would look like the date of the clock.
            line = " " * (len(clock) + 1) + line[len(clock) + 1 :]
        return Strip(
            [
                Segment(line[:here], self._style("faint")),
                Segment(clock, self._style("name")),
                Segment(line[here + len(clock) :], self._style("faint")),
            ]
        )

    def _paint_bars(self, scale: TimeAxis) -> Strip:
        density = self.view.density(scale.width) if self.view else ()
        return Strip([Segment(bars(density), self._style("activity"))])

    def _paint_range(self, scale: TimeAxis) -> Strip:
        view = self.view
        first, last = self.visible_range
        if view is None or not 0 <= first <= last < view.count:
            return Strip([Segment(" " * scale.width, self.base)])
        start, end = scale.cell(view.day_of(first)), scale.cell(view.day_of(last))
        position = view.position_of(max(self.selected, 0))
        here = scale.cell(view.day_of(position))
        line = " " * start + "━" * (end - start + 1)
        date = view.date_in_words(view.rows(position, position + 1)[0].date)[: max(0, scale.width - 3)]
        mark, at = f"▲ {date} ", here
        if here + cell_len(mark) > scale.width:
            mark, at = f" {date} ▲", max(0, here + 1 - cell_len(f" {date} ▲"))
        style = self._style("ahead")
        return Strip(
            [
                Segment(line[:at].ljust(at), style),
                Segment(mark, self._style("name")),
                Segment(line[at + cell_len(mark) :], style),
            ]
        )

    def _style(self, name: StyleName) -> Style:
        return self.base + self.theme_styles[name]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag."""
        self.capture_mouse()
        self._choose_day(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go where the mouse is dragged."""
        if self.app.mouse_captured is self:
            self._choose_day(event)

    def on_mouse_up(self) -> None:
        """Stop dragging."""
        self.release_mouse()

    def _choose_day(self, event: events.MouseEvent) -> None:
        if self.view is not None and self.view.count and self.size.width > 2:
            self.post_message(self.DayChosen(self._scale().day(event.x - self.gutter.left)))

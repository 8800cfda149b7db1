"""The whole time span of the view in two or three lines: ticks, density, and the range in sight.

Long times without an event are folded. A bar is the more in the colour of doubt, the more of its events are
claimed, disputed or denied.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.drawing.folded_axis import FOLD, FoldedAxis
from timeline_tui.drawing.looks import PART_STYLES
from timeline_tui.drawing.symbols import bars
from timeline_tui.pictures.marks import shade
from timeline_tui.timeline.signs import CLOCK
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual import events

    from timeline_tui.drawing.looks import StyleName
    from timeline_tui.timeline.counted import RowsBehind
    from timeline_tui.timeline.protocol import TimelineView as View


class _Cells:
    """A line of cells, written over in any order; every character takes one cell."""

    def __init__(self, width: int) -> None:
        self._texts = [" "] * width
        self._styles: list[StyleName] = ["plain"] * width

    def is_blank(self, cell: int) -> bool:
        """Whether a cell and the one after it are empty."""
        return self._texts[cell : cell + 2] in ([" ", " "], [" "], [" ", "━"], ["━", " "])

    def put(self, cell: int, text: str, style: StyleName) -> None:
        """Write a text from a cell on; what goes beyond the end is left out."""
        for place, character in enumerate(text[: len(self._texts) - cell], cell):
            self._texts[place], self._styles[place] = character, style

    def pieces(self) -> Iterator[tuple[str, StyleName]]:
        """The texts of one style each, from left to right."""
        place = 0
        for style, group in groupby(self._styles):
            length = len(list(group))
            yield "".join(self._texts[place : place + length]), style
            place += length


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

    def __init__(self, behind: RowsBehind | None = None) -> None:
        """Show no view yet.

        Args:
            behind: The rows of a table behind the timeline; None without one.
        """
        super().__init__()
        self._axis: FoldedAxis | None = None
        self._painted = -1, (-1, -1)
        self._rows_behind = behind
        self._behind: list[int] = []
        self._counts: tuple[Sequence[int], Sequence[int]] = (), ()

    def watch_view(self) -> None:
        """Another view has other days and other counts."""
        self._axis = None

    def watch_selected(self) -> None:
        """Repaint the line of the range in sight."""
        self._repaint_range()

    def watch_visible_range(self) -> None:
        """Repaint the line of the range in sight."""
        self._repaint_range()

    def _repaint_range(self) -> None:
        # After the row of the event, whose colour answers the key.
        self.call_after_refresh(self._repaint_range_now)

    def _repaint_range_now(self) -> None:
        if (self.selected, self.visible_range) != self._painted:
            self.refresh(Region(self.gutter.left, self.size.height - 1, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Paint ticks, density or the range in sight; ticks and range share a line if there are only two."""
        width, base = self.size.width, self.base
        if self.view is None or not self.view.count or width <= 0:
            return Strip.blank(width, base)
        axis = self.axis()
        if y == self.size.height - 2:
            return self._paint_bars(axis)
        line = _Cells(width)
        at, mark = self._mark(axis) if y else (0, "")
        if y == 0 or self.size.height == 2:
            self._put_ticks(line, axis, range(at, at + cell_len(mark)))
        if y:
            self._painted = self.selected, self.visible_range
            self._put_range(line, axis)
            line.put(at, mark, "name")
        return Strip([Segment(text, self._style(style)) for text, style in line.pieces()], width)

    def axis(self) -> FoldedAxis:
        """The axis on which the view is drawn.

        Raises:
            ValueError: There is no view.
        """
        view, width = self.view, self.size.width
        if view is None:
            raise ValueError("there is no view")
        if self._axis is None or self._axis.width != width:
            self._axis = FoldedAxis(*view.span, width, view.empty_times(width))
            cuts = view.cuts(self._axis.starts())
            places = view.doubtful_cuts(self._axis.starts())
            self._counts = _between(cuts), _between(places)
            self._behind = self._behind_cells(self._axis.starts())
        return self._axis

    def _behind_cells(self, starts: Sequence[int]) -> list[int]:
        """How many rows the table behind the timeline has in each cell; empty without one."""
        if self._rows_behind is None or self.view is None:
            return []
        first, last = self.view.span
        days = self._rows_behind.days
        return _between([days.first_from(day) for day in (first, *starts, last + 1)])

    def _put_ticks(self, line: _Cells, axis: FoldedAxis, taken: range) -> None:
        """Write the ticks whose labels do not reach into the cells of another text."""
        day, origin = None, None
        if self.view is not None:
            day, origin = self.view.known_on, self.view.origin
        for tick in axis.ticks(origin):
            if tick.cell >= taken.stop or tick.cell + len(tick.label) + 1 < taken.start or not taken:
                line.put(tick.cell, f"╷{tick.label}", "faint")
        if day is None:
            return
        clock = f"{'‹' if day < axis.first else ''}{CLOCK}{'›' if day > axis.last else ''}"
        here = min(axis.cell(day), axis.width - len(clock))
        if day < axis.first:
            # Without the label of a tick there, which would look like the date of the clock.
            line.put(0, " " * (len(clock) + 1), "faint")
        line.put(here, clock, "name")

    def _paint_bars(self, axis: FoldedAxis) -> Strip:
        counts, doubtful = self._counts
        folds = set(axis.folds)
        segments = []
        behind = bars(self._behind)
        for cell, bar in enumerate(bars(counts)):
            if cell in folds:
                segments.append(Segment(FOLD, self._style("faint")))
            elif not counts[cell] and behind:
                segments.append(Segment(behind[cell], self._style("faint")))
            else:
                part = shade(counts[cell], doubtful[cell])
                segments.append(Segment(bar, self._style(PART_STYLES[part])))
        return Strip(segments, axis.width).simplify()

    def _put_range(self, line: _Cells, axis: FoldedAxis) -> None:
        view = self.view
        first, last = self.visible_range
        if view is None or not 0 <= first <= last < view.count:
            return
        for cell in range(axis.cell(view.day_of(first)), axis.cell(view.day_of(last)) + 1):
            if line.is_blank(cell):
                line.put(cell, "━", "ahead")

    def _mark(self, axis: FoldedAxis) -> tuple[int, str]:
        """Where the selected event is, with its date: the cell and the text."""
        view = self.view
        if view is None or not 0 <= self.visible_range[0] <= self.visible_range[1] < view.count:
            return 0, ""
        position = view.position_of(max(self.selected, 0))
        here = axis.cell(view.day_of(position))
        date = view.date_in_words(view.rows(position, position + 1)[0].date)[: max(0, axis.width - 3)]
        mark = f"▲ {date} "
        if here + cell_len(mark) <= axis.width:
            return here, mark
        mark = f" {date} ▲"
        return max(0, here + 1 - cell_len(mark)), mark

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
            self.post_message(self.DayChosen(self.axis().day(event.x - self.gutter.left)))


def _between(cuts: Sequence[int]) -> list[int]:
    return [stop - start for start, stop in pairwise(cuts)]

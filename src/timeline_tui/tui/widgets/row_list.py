"""A list that paints only the rows in sight: the base of every list on the screen.

Textual's own lists measure or mount every row up front; this one costs the same at ten rows
and at a million (Textual's "Line API").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from timeline_tui.drawing.row_lines import RowLines
from timeline_tui.text.cells import padded
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.segment import Segment
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

MARGIN_ROWS = 2
"""Rows kept in sight above and below the cursor."""


def clipped(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells: padded, or cut between characters and ended with an ellipsis."""
    return padded(text, max(0, cells))


class RowList(ScrollView, StyledWidget, can_focus=True):
    """Rows of one height and a cursor, whose row may be taller; a subclass sets their number and paints them.

    The cursor is a row number, or -1 if there is none. When the user moves it, `cursor_moved` is called: a
    subclass moves the cursor there, or posts a message so that the owner of the selection does.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.LIST)

    DEFAULT_CSS = """
    RowList {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
    }
    """

    lines = RowLines()
    """On which line each row is."""
    cursor = -1
    """The row that is painted as the cursor."""
    spare_lines = 0
    """How many lines more than the others the row of the cursor has at most."""
    opens_at: int | None = None
    """The line of the pane that the cursor is on at first, from 0; None for a third of its height."""
    _was_sized = False
    """Whether the list has had a size."""
    _scroll_is_due = False
    """Whether the cursor was moved while the list was hidden and could not scroll."""
    aim = -1
    """The row that the keys pressed so far lead to: the cursor follows, and the next key starts from here."""

    def paint(self, row: int, part: int, width: int) -> Iterable[Segment]:
        """The segments of line `part` (from 0) of `row`, `width` cells wide."""
        raise NotImplementedError

    def more_lines(self, row: int) -> int:  # noqa: ARG002  for subclasses
        """How many lines more `row` has than the others when the cursor is on it, at most `spare_lines`."""
        return 0

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return self.lines.rows

    @property
    def row_height(self) -> int:
        """The number of lines of each row but that of the cursor."""
        return self.lines.height

    def can_point_at(self, row: int) -> bool:
        """Whether the cursor may be on `row`."""
        return 0 <= row < self.row_count

    def cursor_moved(self, row: int) -> None:
        """The user moves the cursor to `row`."""
        raise NotImplementedError

    def reset(self, row_count: int, cursor: int, *, row_height: int = 1) -> None:
        """Show other rows, with the cursor at the same height of the screen as before."""
        height = self.scrollable_content_region.height
        offset = self.lines.line_of(self.cursor) - self.scroll_offset.y if self.cursor >= 0 else height // 3
        self.lines = RowLines(row_count, row_height)
        self.cursor = self.aim = cursor
        self.lines = self._lines_at(cursor)
        # Room for the tallest cursor is kept below the last row: another size would lay out the whole screen.
        self.virtual_size = Size(0, row_count * row_height + (self.spare_lines if row_count else 0))
        if cursor >= 0 and self.size:
            self.scroll_to(y=self.lines.line_of(cursor) - offset, animate=False, force=True)
        self.show_cursor()
        self.refresh()

    def _lines_at(self, cursor: int) -> RowLines:
        """The lines of the rows with the cursor on a row."""
        extra = min(self.more_lines(cursor), self.spare_lines) if cursor >= 0 and self.size else 0
        return self.lines._replace(tall=cursor if extra else -1, extra=extra)

    def point_at(self, row: int) -> None:
        """Put the cursor on `row`, repainting two rows, and all below them if their lines move."""
        self.aim = row
        if row != self.cursor:
            before, self.lines = self.lines, self._lines_at(row)
            rows = [changed for changed in (row, self.cursor) if changed >= 0]
            if self.lines == before:
                for changed in rows:
                    self.refresh_lines(before.line_of(changed), before.height)
            else:
                first = min(self.lines.line_of(changed) for changed in rows)
                below = self.scroll_offset.y + self.size.height - first
                if below > 0:
                    self.refresh_lines(first, below)
            self.cursor = row
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll only as far as needed to have the cursor and its neighbours in sight."""
        if self.cursor < 0 or not self.size:
            self._scroll_is_due = True
            return
        lines, margin = self.lines, self._margin
        own = lines.lines_in(self.cursor)
        top = max(0, lines.line_of(self.cursor) - margin)
        bottom = min(lines.total, lines.line_of(self.cursor) + own + margin)
        self.scroll_to_region(Region(0, top, 1, bottom - top), animate=False, force=True, x_axis=False)

    @property
    def is_at_rest(self) -> bool:
        """Whether the cursor and its neighbours are in sight, so that nothing would scroll to show them."""
        margin = self._margin
        first = max(0, self.lines.line_of(self.cursor) - margin)
        last = min(
            self.lines.total, self.lines.line_of(self.cursor) + self.lines.lines_in(self.cursor) + margin
        )
        top = self.scroll_offset.y
        return self.cursor >= 0 and top <= first and last <= top + self.scrollable_content_region.height

    @property
    def _margin(self) -> int:
        """Lines kept in sight above and below the cursor."""
        room = self.scrollable_content_region.height - self.lines.lines_in(self.cursor)
        return min(MARGIN_ROWS * self.lines.height, max(0, room // 2))

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen."""
        width = self.scrollable_content_region.width
        row, part = self.lines.at(self.scroll_offset.y + y)
        base = self.base
        if row >= self.row_count:
            return Strip.blank(width, base)
        return Strip(self.paint(row, part, width)).crop_extend(0, width, base)

    def row_style(self, row: int) -> Style:
        """The base style of a row; the row of the cursor has a background of its own."""
        if row != self.cursor:
            return self.base
        return self.base + self.theme_styles["cursor" if self.has_focus else "cursor-blurred"]

    def on_focus(self) -> None:
        """The cursor has another background with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor has another background without the focus."""
        self.refresh()

    def nearest_row(self, row: int, direction: int) -> int:
        """The first row from `row` on, in `direction`, that the cursor may be on; else the row of `aim`."""
        found = row
        while 0 <= found < self.row_count and not self.can_point_at(found):
            found += direction
        if self.can_point_at(found):
            return found
        return self.aim

    def open_at_cursor(self) -> None:
        """Called when the list has a size for the first time: scroll to the cursor."""
        third = self.scrollable_content_region.height // 3
        above = third if self.opens_at is None else self.opens_at
        self.scroll_to(y=self.lines.line_of(self.cursor) - above, animate=False, force=True)

    def sized(self) -> None:
        """Called when the list has another size: the cursor stays in sight."""
        self.lines = self._lines_at(self.cursor)
        self.show_cursor()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  Textual's own
    ) -> bool:
        # The Resize event comes after the next frame; rows scrolled only then would jump.
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        first = not self._was_sized
        self._was_sized = self._was_sized or bool(self.size)
        # The first size is known before this is called, so that nothing has changed then.
        if first and self._was_sized and self.cursor >= 0:
            self.open_at_cursor()
        if changed or self._scroll_is_due:
            self._scroll_is_due = False
            self.sized()
        return changed

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row."""
        offset = event.get_content_offset(self)
        if offset is not None:
            row, _ = self.lines.at(self.scroll_offset.y + offset.y)
            if self.can_point_at(row):
                self.row_clicked(row)

    def row_clicked(self, row: int) -> None:
        """Called when a row is clicked: the cursor is moved there."""
        self.cursor_moved(row)

    def action_cursor_down(self) -> None:
        """To the next row."""
        self.cursor_moved(self.nearest_row(self.aim + 1, 1))

    def action_cursor_up(self) -> None:
        """To the previous row."""
        self.cursor_moved(self.nearest_row(self.aim - 1, -1))

    def action_first(self) -> None:
        """To the first row."""
        self.cursor_moved(self.nearest_row(0, 1))
        self.scroll_to(y=0, animate=False, force=True)

    def action_last(self) -> None:
        """To the last row."""
        self.cursor_moved(self.nearest_row(self.row_count - 1, -1))

    def action_page_down(self) -> None:
        """Down by a screen."""
        self._page(1)

    def action_page_up(self) -> None:
        """Up by a screen."""
        self._page(-1)

    def action_half_page_down(self) -> None:
        """Down by half a screen."""
        self._page(0.5)

    def action_half_page_up(self) -> None:
        """Up by half a screen."""
        self._page(-0.5)

    def _page(self, share: float) -> None:
        """Move by a share of a screen, down or up."""
        if self.aim < 0:
            return
        direction = 1 if share > 0 else -1
        rows = max(1, int((self.scrollable_content_region.height // self.row_height - 1) * abs(share)))
        goal = min(max(self.aim + direction * rows, 0), self.row_count - 1)
        row = self.nearest_row(goal, direction)
        self.cursor_moved(row if row != self.aim else self.nearest_row(goal, -direction))

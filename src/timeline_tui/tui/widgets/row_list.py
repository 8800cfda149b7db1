"""A list of rows painted as they scroll into sight: the ground of every list on the screen.

Textual's own lists measure or mount every row up front; this one costs the same at ten rows
and at a million (Textual's "Line API").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from timeline_tui.text.cells import padded
from timeline_tui.tui.bindings import bindings
from timeline_tui.tui.keys import Pane
from timeline_tui.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.segment import Segment
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

MARGIN = 2
"""Rows kept in sight above and below the cursor."""


def clipped(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells: padded, or cut with an ellipsis, never through a letter."""
    return padded(text, max(0, cells))


class LinePane(ScrollView, Painted, can_focus=True):
    """Rows of one fixed height with a cursor; a subclass says how many and paints each.

    The cursor is a row number, or -1 where there is nothing to point at. A subclass moves it
    in `cursor_moved`, so that what is selected can be kept elsewhere.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.LIST)

    DEFAULT_CSS = """
    LinePane {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
    }
    """

    row_count = 0
    row_height = 1
    cursor = -1
    """The row painted as the cursor's."""
    _behind = False
    """Whether the cursor was put somewhere while the pane was hidden, and had no room to scroll."""
    aim = -1
    """Where the keys pressed so far lead: the cursor follows, and the next key counts from here."""

    def paint(self, row: int, part: int, width: int) -> Iterable[Segment]:
        """The segments of line `part` of `row`, to fill `width` cells."""
        raise NotImplementedError

    def can_point_at(self, row: int) -> bool:
        """Whether the cursor may rest on `row`."""
        return 0 <= row < self.row_count

    def cursor_moved(self, row: int) -> None:
        """The user asks for the cursor to be on `row`."""
        raise NotImplementedError

    def reset(self, row_count: int, cursor: int, *, row_height: int = 1) -> None:
        """Show other rows, keeping the cursor's row at the height where it stood on the screen."""
        height = self.scrollable_content_region.height
        offset = self.cursor * self.row_height - self.scroll_offset.y if self.cursor >= 0 else height // 3
        self.row_count, self.row_height = row_count, row_height
        self.cursor = self.aim = cursor
        self.virtual_size = Size(0, row_count * row_height)
        if cursor >= 0 and self.size:
            self.scroll_to(y=cursor * row_height - offset, animate=False, force=True)
        self.show_cursor()
        self.refresh()

    def point_at(self, row: int) -> None:
        """Put the cursor on `row`, repainting no more than the two rows concerned."""
        self.aim = row
        if row != self.cursor:
            for changed in (self.cursor, row):
                if changed >= 0:
                    self.refresh_lines(changed * self.row_height, self.row_height)
            self.cursor = row
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll no further than it takes to have the cursor and its neighbours in sight."""
        if self.cursor < 0 or not self.size:
            self._behind = True
            return
        height = self.scrollable_content_region.height
        margin = min(MARGIN * self.row_height, max(0, (height - self.row_height) // 2))
        top = self.cursor * self.row_height - margin
        self.scroll_to_region(
            Region(0, max(0, top), 1, self.row_height + 2 * margin), animate=False, force=True, x_axis=False
        )

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen."""
        width = self.scrollable_content_region.width
        row, part = divmod(self.scroll_offset.y + y, self.row_height)
        base = self.base
        if row >= self.row_count:
            return Strip.blank(width, base)
        return Strip(self.paint(row, part, width)).crop_extend(0, width, base)

    def ground(self, row: int) -> Style:
        """The style that a row is painted on: that of the cursor where it rests."""
        if row != self.cursor:
            return self.base
        return self.base + self.inks["cursor" if self.has_focus else "cursor-blurred"]

    def on_focus(self) -> None:
        """The cursor looks other with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor looks other without the focus."""
        self.refresh()

    def step(self, row: int, direction: int) -> int:
        """The nearest row from `row` on, in `direction`, that the cursor may rest on; else the last such."""
        found = row
        while 0 <= found < self.row_count and not self.can_point_at(found):
            found += direction
        if self.can_point_at(found):
            return found
        return self.aim

    def sized(self) -> None:
        """The cursor stays in sight whatever becomes of the terminal."""
        self.show_cursor()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  Textual's own
    ) -> bool:
        # A Resize event comes after the next frame, which would show other rows than the one after it.
        first = not self.size
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed and first and self.cursor >= 0:
            third = self.scrollable_content_region.height // 3
            self.scroll_to(y=self.cursor * self.row_height - third, animate=False, force=True)
        if changed or self._behind:
            self._behind = False
            self.sized()
        return changed

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row."""
        offset = event.get_content_offset(self)
        if offset is not None:
            row = (self.scroll_offset.y + offset.y) // self.row_height
            if self.can_point_at(row):
                self.row_clicked(row)

    def row_clicked(self, row: int) -> None:
        """What a click on a row does: put the cursor there."""
        self.cursor_moved(row)

    def action_cursor_down(self) -> None:
        """To the next row."""
        self.cursor_moved(self.step(self.aim + 1, 1))

    def action_cursor_up(self) -> None:
        """To the previous row."""
        self.cursor_moved(self.step(self.aim - 1, -1))

    def action_first(self) -> None:
        """To the first row."""
        self.cursor_moved(self.step(0, 1))
        self.scroll_to(y=0, animate=False, force=True)

    def action_last(self) -> None:
        """To the last row."""
        self.cursor_moved(self.step(self.row_count - 1, -1))

    def action_page_down(self) -> None:
        """A screenful on."""
        self._page(1)

    def action_page_up(self) -> None:
        """A screenful back."""
        self._page(-1)

    def _page(self, direction: int) -> None:
        if self.aim < 0:
            return
        rows = max(1, self.scrollable_content_region.height // self.row_height - 1)
        goal = min(max(self.aim + direction * rows, 0), self.row_count - 1)
        row = self.step(goal, direction)
        self.cursor_moved(row if row != self.aim else self.step(goal, -direction))

"""A virtual list with a cursor, a header and a footer: `python -m bench.floors.rows 1000` for 1,000 rows."""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Footer, Header

_PLAIN, _CURSOR = Style(), Style(reverse=True)


class Rows(ScrollView, can_focus=True):
    """Rows of text made when they are painted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Next"),
        Binding("k", "move(-1)", "Previous"),
    ]

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.cursor = 0
        self.virtual_size = Size(100, count)

    def render_line(self, y: int) -> Strip:
        """Row `y` of those in view."""
        row = y + self.scroll_offset.y
        if row >= self.count:
            return Strip.blank(self.size.width)
        text = f"Row {row + 1} of {self.count}: something that happened, said in some words and in one line"
        strip = Strip([Segment(text, _CURSOR if row == self.cursor else _PLAIN)], len(text))
        return strip.adjust_cell_length(self.size.width)

    def action_move(self, by: int) -> None:
        """Move the cursor `by` rows and keep it in view."""
        last, self.cursor = self.cursor, min(max(self.cursor + by, 0), self.count - 1)
        for row in (last, self.cursor):
            self.refresh_lines(row - self.scroll_offset.y)
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)


class RowsApp(App[None]):
    """The rows between a header and a footer."""

    def compose(self) -> ComposeResult:
        """Top to bottom."""
        yield Header()
        yield Rows(int(sys.argv[1]))
        yield Footer()


if __name__ == "__main__":
    RowsApp().run()

"""The line of the second clock: the day that the story is shown as known on, and what the step changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.date_words import day_in_words
from timeline_tui.tui.line_pane import clipped
from timeline_tui.tui.marks import CLOCK
from timeline_tui.tui.painted import Painted

if TYPE_CHECKING:
    from timeline_tui.view import View

_KEYS = " < > step · v another day "


class ClockLine(Painted):
    """One line, there as long as the clock stands on a day."""

    DEFAULT_CSS = """
    ClockLine {
        display: none;
        height: 1;
        background: $surface;
    }
    """

    view: reactive[View | None] = reactive(None)
    learnt: reactive[str] = reactive("")
    """What changed with the last step."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """Paint the line."""
        width, base, ink = self.size.width, self.base, self.inks
        day = self.view.known_on if self.view is not None else None
        if day is None:
            return Strip.blank(width, base)
        date = f" {CLOCK} Known on {day_in_words(day)} "
        keys = _KEYS if width > 2 * cell_len(date) + len(_KEYS) else ""
        room = width - cell_len(date) - len(keys)
        segments = [
            Segment(date, base + ink["name"]),
            Segment(clipped(self.learnt, room), base + ink["plain"]),
            Segment(keys, base + ink["muted"]),
        ]
        return Strip(segments).crop_extend(0, width, base)

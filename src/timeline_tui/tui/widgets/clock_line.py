"""The clock line: the day that the timeline is shown as known on, and what the last step changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.dates.wording import day_in_words
from timeline_tui.drawing.symbols import CLOCK
from timeline_tui.text.cells import cells, wrapped
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from textual.geometry import Size

    from timeline_tui.timeline.view import View

_KEYS = " < > step · v another day "
_MOST_LINES = 3


class ClockLine(StyledWidget):
    """Shown as long as a known-on day is set; as many lines as its text takes."""

    DEFAULT_CSS = """
    ClockLine {
        display: none;
        height: auto;
        background: $surface;
    }
    """

    view: reactive[View | None] = reactive(None, layout=True)
    clock_change: reactive[str] = reactive("", layout=True)
    """What changed with the last step of the known-on day."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  Textual's own
        """As many lines as the text takes."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        day = self.view.known_on if self.view is not None else None
        if day is None or width < 3:
            return [""]
        text = f"{CLOCK} {day_in_words(day)}" + (f" · {self.clock_change}" if self.clock_change else "")
        return wrapped(text, width - 2)[:_MOST_LINES]

    def render_line(self, y: int) -> Strip:
        """Paint a line; the last one ends with the keys that change the day, if they fit."""
        width, base, styles = self.size.width, self.base, self.theme_styles
        lines = self._lines(width)
        text = f" {lines[y]}" if y < len(lines) else ""
        segments = [Segment(text, base + styles["plain"])]
        room = width - cells(text) - len(_KEYS)
        if y == len(lines) - 1 and room >= 1:
            segments += [Segment(" " * room, base), Segment(_KEYS, base + styles["muted"])]
        return Strip(segments).crop_extend(0, width, base)

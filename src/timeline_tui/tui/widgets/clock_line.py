"""The line of the second clock: the day that the story is shown as known on, and what the step changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.dates.wording import day_in_words
from timeline_tui.drawing.symbols import CLOCK
from timeline_tui.text.cells import cells, wrapped
from timeline_tui.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from textual.geometry import Size

    from timeline_tui.timeline.view import View

_KEYS = " < > step · v another day "
_MOST = 3
"""Lines that it may take where room is short."""


class ClockLine(Painted):
    """There as long as the clock stands on a day; no longer than what it says."""

    DEFAULT_CSS = """
    ClockLine {
        display: none;
        height: auto;
        background: $surface;
    }
    """

    view: reactive[View | None] = reactive(None, layout=True)
    learnt: reactive[str] = reactive("", layout=True)
    """What changed with the last step."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  Textual's own
        """As many lines as the words take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        day = self.view.known_on if self.view is not None else None
        if day is None or width < 3:
            return [""]
        said = f"{CLOCK} {day_in_words(day)}" + (f" · {self.learnt}" if self.learnt else "")
        return wrapped(said, width - 2)[:_MOST]

    def render_line(self, y: int) -> Strip:
        """Paint a line; behind the last, which keys move the clock, where there is room for that."""
        width, base, ink = self.size.width, self.base, self.inks
        lines = self._lines(width)
        said = f" {lines[y]}" if y < len(lines) else ""
        segments = [Segment(said, base + ink["plain"])]
        room = width - cells(said) - len(_KEYS)
        if y == len(lines) - 1 and room >= 1:
            segments += [Segment(" " * room, base), Segment(_KEYS, base + ink["muted"])]
        return Strip(segments).crop_extend(0, width, base)

"""The clock line: the day that the timeline is shown as known on, and what the last step changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.dates.wording import day_in_words
from timeline_tui.drawing.lines import Span
from timeline_tui.drawing.wrapping import flowed
from timeline_tui.text.cells import cells, clipped, wrapped
from timeline_tui.timeline.signs import CLOCK
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from textual.geometry import Size

    from timeline_tui.answers.newly_known import ClockStep
    from timeline_tui.timeline.protocol import TimelineView as View

_WALK = " Enter next "
_KEYS = " < > step · v another day "
_MOST_LINES = 3
_BETWEEN = " · "


def _few_lines(text: str, room: int) -> list[str]:
    """A text in few lines: broken between its pieces, or if these are too many, between words."""
    pieces = [(Span(piece),) for piece in text.split(_BETWEEN)]
    lines = ["".join(span.text for span in line) for line in flowed(pieces, _BETWEEN, room)]
    if len(lines) > _MOST_LINES:
        lines = wrapped(text, room)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], clipped(" ".join(lines[_MOST_LINES - 1 :]), room)]
    return lines


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
    clock_step: reactive[ClockStep | None] = reactive(None, layout=True)
    """What the known-on day brought; None until it is known."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  Textual's own
        """As many lines as the text takes."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        day = self.view.known_on if self.view is not None else None
        if day is None or width < 3:
            return [""]
        text = f"{CLOCK} {day_in_words(day)}" + (f" · {self.clock_step.words}" if self.clock_step else "")
        lines = _few_lines(text, width - 2)
        is_full = width - cells(lines[-1]) - 2 < len(_WALK)
        return [*lines, ""] if self._leads_on and is_full and len(lines) < _MOST_LINES else lines

    @property
    def _leads_on(self) -> bool:
        """Whether Enter walks from one changed event to another."""
        return self.clock_step is not None and len(self.clock_step.events) > 1

    def render_line(self, y: int) -> Strip:
        """Paint a line; the last one ends with the keys that change the day, if they fit."""
        width, base, styles = self.size.width, self.base, self.theme_styles
        lines = self._lines(width)
        text = f" {lines[y]}" if y < len(lines) else ""
        segments = [Segment(text, base + styles["plain"])]
        walk = (_WALK + _KEYS, _WALK) if self._leads_on else ()
        room = width - cells(text) - 1
        keys = next((keys for keys in (*walk, _KEYS) if len(keys) <= room), "")
        if y == len(lines) - 1 and keys:
            room = width - cells(text) - len(keys)
            segments += [Segment(" " * room, base), Segment(keys, base + styles["muted"])]
        return Strip(segments).crop_extend(0, width, base)

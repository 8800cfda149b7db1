"""The top line: the timeline's title, and a sentence that says what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.tui.line_pane import clipped
from timeline_tui.tui.painted import Painted

if TYPE_CHECKING:
    from timeline_tui.view import View


class StoryHeader(Painted):
    """One line: title to the left, what is shown to the right."""

    DEFAULT_CSS = """
    StoryHeader {
        height: 1;
        background: $surface;
    }
    """

    view: reactive[View | None] = reactive(None)

    def __init__(self, problem_count: int) -> None:
        super().__init__()
        noun = "problem" if problem_count == 1 else "problems"
        self._notice = f" · {problem_count:,} {noun} (p)" if problem_count else ""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """Paint the line; where room is short the sentence goes before the title."""
        width, base, ink = self.size.width, self.base, self.inks
        if self.view is None:
            return Strip.blank(width, base)
        notice = self._notice
        sentence = self.view.sentence
        room = width - cell_len(sentence) - cell_len(notice) - 2
        title = clipped(self.view.title, room - 2) if room > 12 else ""
        if not title:
            sentence = clipped(sentence, max(0, width - cell_len(notice) - 2))
        gap = max(0, room - cell_len(title)) if title else 0
        segments = [
            Segment(" ", base),
            Segment(title, base + ink["name"] + Style(bold=True)),
            Segment(" " * gap, base),
            Segment(sentence, base + ink["plain"]),
            Segment(notice, base + ink["urgent"]),
        ]
        return Strip(segments).crop_extend(0, width, base)

"""The top line: the timeline's title, and a sentence about what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.drawing.lines import count_of
from timeline_tui.loading.progress import percent, progress_in_words
from timeline_tui.model.problems import Severity
from timeline_tui.text.cells import cut_at_word
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.loading.progress import Progress
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.protocol import TimelineView as View

_TITLE_CELLS = 16
"""The least width at which a title can be recognised."""


class TimelineHeader(StyledWidget):
    """One line: title to the left, what is shown to the right."""

    DEFAULT_CSS = """
    TimelineHeader {
        height: 1;
        background: $surface;
    }
    """

    view: reactive[View | None] = reactive(None)
    problems: reactive[tuple[Problem, ...]] = reactive(())
    """What is wrong with the file."""
    progress: reactive[Progress | None] = reactive(None)
    """How far the file has been read; None when all of it has been."""
    searching: reactive[bool] = reactive(False)
    """Whether a request takes so long that it is mentioned."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """Paint the line; if there is not enough room, the title is left out before the sentence is cut."""
        width, base, styles = self.size.width, self.base, self.theme_styles
        if self.view is None:
            return Strip.blank(width, base)
        notice = notice_of(self.problems)
        sentence = self._sentence(self.view, width - cell_len(notice))
        room = width - cell_len(sentence) - cell_len(notice) - 2
        title = cut_at_word(self.view.title, room - 2) if room > _TITLE_CELLS else ""
        if not title:
            sentence = cut_at_word(sentence, max(0, width - cell_len(notice) - 2))
        gap = max(0, room - cell_len(title)) if title else 0
        segments = [
            Segment(" ", base),
            Segment(title, base + styles["name"] + Style(bold=True)),
            Segment(" " * gap, base),
            Segment(sentence, base + styles["plain"]),
            Segment(notice, base + styles["urgent"]),
        ]
        return Strip(segments).crop_extend(0, width, base)

    def _sentence(self, view: View, room: int) -> str:
        """What is going on, then what is shown."""
        sentence = f"searching … {view.sentence}" if self.searching else view.sentence
        if self.progress is None:
            return sentence
        whole = f"reading {progress_in_words(self.progress)} · shown: {sentence}"
        return (
            whole
            if cell_len(whole) + _TITLE_CELLS < room
            else f"reading {percent(self.progress.share)} · {sentence}"
        )


def notice_of(problems: Sequence[Problem]) -> str:
    """How many errors and warnings a file has, with the key that lists them; empty for none.

    Remarks are listed with the others, but a file that has only these is in order.
    """
    count = sum(problem.severity is not Severity.REMARK for problem in problems)
    return f" · {count_of(count, 'problem')} (p)" if count else ""

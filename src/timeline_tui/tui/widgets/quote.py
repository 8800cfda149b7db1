"""The quote view: the words of the selected event, whose they are, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.pages.event_card import Paragraph, event_card
from timeline_tui.query.language import Query
from timeline_tui.text.sanitize import found_spans
from timeline_tui.tui.bindings import bindings
from timeline_tui.tui.keys import Pane
from timeline_tui.tui.styles import PART_INKS
from timeline_tui.tui.widgets.painted import Painted
from timeline_tui.tui.widgets.row_list import clipped

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Region
    from textual.selection import Selection

    from timeline_tui.timeline.view import View

_WHEEL = 3
"""Lines that a turn of the wheel scrolls."""


class QuoteView(Painted, can_focus=True):
    """One event in full. Its text can be selected with the mouse and copied.

    It scrolls by itself: Textual's scroll views lay the whole screen out again when their content
    changes its height, which here it does with every event.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.QUOTE)

    DEFAULT_CSS = """
    QuoteView {
        padding: 0 0 0 1;
    }
    """

    view: reactive[View | None] = reactive(None, repaint=False)
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    quote_number: reactive[int] = reactive(0, repaint=False)
    """Which quote of the event, from 0."""
    sought: reactive[Query] = reactive(Query())
    """What was searched for; its words are marked."""

    def __init__(self) -> None:
        super().__init__()
        self._paragraphs: list[Paragraph] = []
        self._lines: list[tuple[Paragraph, str]] = []
        self._top = 0
        self._wrapped_for = 0

    def watch_view(self) -> None:
        """The same event may read otherwise in another view."""
        self._read()

    def watch_selected(self) -> None:
        """Show another event."""
        self._read()

    def watch_quote_number(self) -> None:
        """Show another quote."""
        self._read()

    def _read(self) -> None:
        view, key = self.view, self.selected
        title = "Quote"
        self._paragraphs = []
        if view is not None and view.count and 0 <= key < view.total:
            event = view.event(key)
            self._paragraphs = event_card(view, event, self.quote_number)
            count = len(event.quotes)
            here = min(self.quote_number, count - 1) + 1
            title = f"Quote {here} of {count}" if count else "Event"
        if title != self.border_title:
            self.border_title = title
        self._top, self._wrapped_for = 0, 0
        self.refresh()
        if self.text_selection is not None:
            self.screen.clear_selection()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines in a region, wrapped for the width that there is now."""
        width = self.size.width
        if width != self._wrapped_for:
            self._lines = [
                (paragraph, line) for paragraph in self._paragraphs for line in wrapped(paragraph, width - 2)
            ]
            fresh, self._wrapped_for = not self._wrapped_for, width
            if fresh:
                self._top = self._first_found()
        self._top = min(self._top, self._last_top)
        return super().render_lines(crop)

    def _first_found(self) -> int:
        """The line to begin with: near the first word found, or the first."""
        beginnings = self.sought.beginnings[:1]
        height = self.size.height
        for number, (_, line) in enumerate(self._lines if beginnings else ()):
            if found_spans(line, beginnings):
                return 0 if number < height else min(number - height // 3, self._last_top)
        return 0

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen, with the bar to the right that says where in the text it is."""
        width = self.size.width
        number = self._top + y
        base, ink = self.base, self.inks
        if number >= len(self._lines):
            return Strip.blank(width, base)
        paragraph, line = self._lines[number]
        style = base + ink[PART_INKS[paragraph.part]]
        text = clipped(line, width - 2)
        if paragraph.part == "heading":
            rule = "─" * max(0, width - cell_len(line) - 6)
            text = clipped(f"── {line} {rule}", width - 2)
        strip = Strip([Segment(text, style), Segment(f" {self._bar(y)}", base + ink["faint"])])
        if paragraph.part not in ("heading", "address"):
            for place in found_spans(line, self.sought.beginnings):
                strip = _restyled(strip, line, place, ink["found"])
        if (selection := self.text_selection) is not None and (
            span := selection.get_span(number)
        ) is not None:
            strip = _restyled(strip, line, span, self.screen.get_component_rich_style("screen--selection"))
        return strip.crop_extend(0, width, base).apply_offsets(0, number)

    def _bar(self, y: int) -> str:
        """The sign at the end of a line: a thumb where the text in sight is, of all the text."""
        height, count = self.size.height, len(self._lines)
        if count <= height:
            return " "
        start = self._top * height // count
        return "┃" if start <= y <= start + height * height // count else "│"

    def _show_from(self, top: int) -> None:
        top = max(0, min(top, self._last_top))
        if top != self._top:
            self._top = top
            self.refresh()

    def action_scroll_down(self) -> None:
        """A line on."""
        self._show_from(self._top + 1)

    def action_scroll_up(self) -> None:
        """A line back."""
        self._show_from(self._top - 1)

    def action_page_down(self) -> None:
        """A page on."""
        self._show_from(self._top + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A page back."""
        self._show_from(self._top - max(1, self.size.height - 1))

    def action_scroll_home(self) -> None:
        """To the beginning."""
        self._show_from(0)

    def action_scroll_end(self) -> None:
        """To the end."""
        self._show_from(len(self._lines))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self._show_from(self._top + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self._show_from(self._top - _WHEEL)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text under the mouse's selection, as wrapped here."""
        return selection.extract("\n".join(line for _, line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002  Textual's own
        """Paint the selection."""
        self.refresh()


def wrapped(paragraph: Paragraph, width: int) -> list[str]:
    """The lines of a paragraph in `width` cells, indented; an empty paragraph is one empty line."""
    indent = " " * min(paragraph.indent, width // 4)
    room = max(2, width - len(indent))
    if "\n" not in paragraph.text and cell_len(paragraph.text) <= room:
        return [indent + paragraph.text]
    return [indent + line.plain for line in Content(paragraph.text).wrap(room)] or [""]


def _restyled(strip: Strip, line: str, span: tuple[int, int], style: Style) -> Strip:
    """`strip` with a style laid over the characters `span` of `line`; an end of -1 is the line's."""
    start, end = span
    left = cell_len(line[:start])
    right = cell_len(line) if end == -1 else cell_len(line[:end])
    before, chosen, after = strip.divide([left, right, strip.cell_length])
    marked = [Segment(text, own + style if own else style) for text, own, _ in chosen]
    return Strip.join([before, Strip(marked, chosen.cell_length), after])

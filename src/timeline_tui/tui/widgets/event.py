"""The event pane: the selected event in full, with one of its quotes, the speaker and the sources."""

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
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.styles import PART_STYLES, StyledWidget
from timeline_tui.tui.widgets.row_list import clipped

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Region
    from textual.selection import Selection

    from timeline_tui.timeline.view import View

_WHEEL_LINES = 3
"""Lines that one step of the mouse wheel scrolls."""


class EventPane(StyledWidget, can_focus=True):
    """One event in full. Its text can be selected with the mouse and copied.

    It does its own scrolling: Textual's scroll views lay out the whole screen again when the height of their
    content changes, and here it changes with every event.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.EVENT)

    DEFAULT_CSS = """
    EventPane {
        padding: 0 0 0 1;
    }
    """

    view: reactive[View | None] = reactive(None, repaint=False)
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    quote_number: reactive[int] = reactive(0, repaint=False)
    """Which quote of the event, from 0."""
    search: reactive[Query] = reactive(Query())
    """The last search; its words are marked."""

    def __init__(self) -> None:
        super().__init__()
        self._paragraphs: list[Paragraph] = []
        self._lines: list[tuple[Paragraph, str]] = []
        self._top = 0
        self._wrapped_for = 0

    def watch_view(self) -> None:
        """The text of an event depends on the view."""
        self._show_event()

    def watch_selected(self) -> None:
        """Show another event."""
        self._show_event()

    def watch_quote_number(self) -> None:
        """Show another quote."""
        self._show_event()

    def _show_event(self) -> None:
        view, key = self.view, self.selected
        title = "Quote"
        self._paragraphs = []
        if view is not None and view.count and 0 <= key < view.total:
            event = view.event(key)
            self._paragraphs = event_card(view, event, self.quote_number)
            count = len(event.quotes)
            here = min(self.quote_number, count - 1) + 1
            title = f"Quote {here} of {count}" if count else "Event"
        if f" {title} " != self.border_title:
            self.border_title = f" {title} "
        self._top, self._wrapped_for = 0, 0
        self.refresh()
        if self.text_selection is not None:
            self.screen.clear_selection()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines in a region, wrapped to the current width."""
        width = self.size.width
        if width != self._wrapped_for:
            self._lines = [
                (paragraph, line) for paragraph in self._paragraphs for line in wrapped(paragraph, width - 2)
            ]
            is_new, self._wrapped_for = not self._wrapped_for, width
            if is_new:
                self._top = self._first_match()
        self._top = min(self._top, self._last_top)
        return super().render_lines(crop)

    def _first_match(self) -> int:
        """The line to begin with: near the first word that matches, else the first line."""
        beginnings = self.search.beginnings[:1]
        height = self.size.height
        for number, (_, line) in enumerate(self._lines if beginnings else ()):
            if found_spans(line, beginnings):
                return 0 if number < height else min(number - height // 3, self._last_top)
        return 0

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen, with a scroll bar to the right."""
        width = self.size.width
        number = self._top + y
        base, styles = self.base, self.theme_styles
        if number >= len(self._lines):
            return Strip.blank(width, base)
        paragraph, line = self._lines[number]
        style = base + styles[PART_STYLES[paragraph.part]]
        text = clipped(line, width - 2)
        if paragraph.part == "heading":
            rule = "─" * max(0, width - cell_len(line) - 6)
            text = clipped(f"── {line} {rule}", width - 2)
        strip = Strip([Segment(text, style), Segment(f" {self._bar(y)}", base + styles["faint"])])
        if paragraph.part not in ("heading", "address"):
            for place in found_spans(line, self.search.beginnings):
                strip = _restyled(strip, line, place, styles["found"])
        if (selection := self.text_selection) is not None and (
            span := selection.get_span(number)
        ) is not None:
            strip = _restyled(strip, line, span, self.screen.get_component_rich_style("screen--selection"))
        return strip.crop_extend(0, width, base).apply_offsets(0, number)

    def _bar(self, y: int) -> str:
        """The cell of the scroll bar in a line: the thumb marks the part of the text that is in sight."""
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
        """Scroll down by a line."""
        self._show_from(self._top + 1)

    def action_scroll_up(self) -> None:
        """Scroll up by a line."""
        self._show_from(self._top - 1)

    def action_page_down(self) -> None:
        """Scroll down by a page."""
        self._show_from(self._top + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """Scroll up by a page."""
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
        self._show_from(self._top + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self._show_from(self._top - _WHEEL_LINES)

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

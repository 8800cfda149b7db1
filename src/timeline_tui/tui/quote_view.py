"""The quote view: the words of the selected event, whose they are, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from timeline_tui.query import Query
from timeline_tui.tui.bindings import bindings
from timeline_tui.tui.card import Paragraph, Part, card
from timeline_tui.tui.inks import Ink, inks
from timeline_tui.tui.keys import Pane
from timeline_tui.tui.line_pane import clipped
from timeline_tui.tui.marks import found_spans

if TYPE_CHECKING:
    from rich.style import Style
    from textual.binding import BindingType
    from textual.selection import Selection

    from timeline_tui.view import View

_INKS: dict[Part, Ink] = {
    "words": "words",
    "title": "title",
    "name": "name",
    "text": "plain",
    "detail": "muted",
    "doubt": "doubtful",
    "heading": "ahead",
    "address": "address",
    "gap": "plain",
}


class QuoteView(ScrollView, can_focus=True):
    """One event in full. Its text can be selected with the mouse and copied."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.QUOTE)

    DEFAULT_CSS = """
    QuoteView {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        padding: 0 1;
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
        self._laid_out_for = (0, -1)

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
        if view is None or not 0 <= key < view.total or not view.count:
            self._paragraphs = []
            self.border_title = "Quote"
        else:
            event = view.event(key)
            self._paragraphs = card(view, event, self.quote_number)
            count = len(event.quotes)
            here = min(self.quote_number, count - 1) + 1
            self.border_title = f"Quote {here} of {count}" if count else "Event"
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)
        self.screen.clear_selection()

    def on_resize(self) -> None:
        """Wrap for another width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._lines = [
            (paragraph, line) for paragraph in self._paragraphs for line in wrapped(paragraph, width - 1)
        ]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen."""
        width = self.scrollable_content_region.width
        number = self.scroll_offset.y + y
        base, ink = self.rich_style, inks(self.app)
        if number >= len(self._lines):
            return Strip.blank(width, base)
        paragraph, line = self._lines[number]
        style = base + ink[_INKS[paragraph.part]]
        segments = [Segment(clipped(line, width), style)]
        if paragraph.part == "heading":
            rule = "─" * max(0, width - cell_len(line) - 5)
            segments = [Segment(clipped(f"── {line} {rule}", width), style)]
        strip = Strip(segments).crop_extend(0, width, base)
        if paragraph.part in ("words", "title", "text"):
            for place in found_spans(line, self.sought.beginnings):
                strip = _restyled(strip, line, place, ink["found"])
        if (selection := self.text_selection) is not None and (
            span := selection.get_span(number)
        ) is not None:
            strip = _restyled(strip, line, span, self.screen.get_component_rich_style("screen--selection"))
        return strip.apply_offsets(0, number)

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
    return [indent + line.plain for line in Content(paragraph.text).wrap(room)] or [""]


def _restyled(strip: Strip, line: str, span: tuple[int, int], style: Style) -> Strip:
    """`strip` with a style laid over the characters `span` of `line`; an end of -1 is the line's."""
    start, end = span
    left = cell_len(line[:start])
    right = cell_len(line) if end == -1 else cell_len(line[:end])
    before, chosen, after = strip.divide([left, right, strip.cell_length])
    marked = [Segment(text, own + style if own else style) for text, own, _ in chosen]
    return Strip.join([before, Strip(marked, chosen.cell_length), after])

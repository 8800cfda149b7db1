"""The event pane: the selected event in full, and a walk through all that can be followed from it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.drawing.lines import Line, Target, paragraph
from timeline_tui.drawing.looks import PART_STYLES
from timeline_tui.pages.event_card import card_lines, event_card, rows_behind_card
from timeline_tui.query.language import Query
from timeline_tui.text.sanitize import found_spans
from timeline_tui.tui.keys import COMMANDS, Pane, bindings, with_keys
from timeline_tui.tui.open_page import WHERE
from timeline_tui.tui.styles import StyledWidget
from timeline_tui.tui.widgets.row_list import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Region
    from textual.selection import Selection

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.counted import RowsBehind
    from timeline_tui.timeline.protocol import TimelineView as View

_WHEEL_LINES = 3
"""Lines that one step of the mouse wheel scrolls."""
_ALL = 1 << 30
"""More lines than there are."""
_MARGIN = 1
"""Cells on either side of the text: for the sign of the cursor, and for the signs that there is more."""
_WALKED = Style(reverse=True, bold=True)


class _Lead(NamedTuple):
    """Something that can be followed, and the lines that it is on."""

    target: Target
    first: int
    last: int


class EventPane(StyledWidget, can_focus=True):
    """One event in full. Its text can be selected with the mouse and copied.

    It does its own scrolling: Textual's scroll views lay out the whole screen again when the height of their
    content changes, and here it changes with every event. Lines are made when they come into sight, so that a
    long event costs no more than a short one.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.EVENT)

    view: reactive[View | None] = reactive(None, repaint=False)
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    quote_number: reactive[int] = reactive(0, repaint=False)
    """Which quote of the event, from 0."""
    about: reactive[bool] = reactive(False, repaint=False)
    """Whether the start page stands in place of the event."""
    search: reactive[Query] = reactive(Query())
    """The last search; its words are marked."""

    @dataclass
    class Chosen(Message):
        """The user follows something in the event."""

        view: View
        target: Target

    class Begun(Message):
        """The user leaves the start page for the timeline."""

    def __init__(self, keys: Mapping[str, str], behind: RowsBehind | None = None) -> None:
        """Show nothing yet.

        Args:
            keys: Those that the user's settings give commands, by their names.
            behind: The rows of a table behind the timeline; None without one.
        """
        super().__init__()
        self._keys, self._behind = keys, behind
        self._lines: list[Line] = []
        self._more: Iterator[Line] = iter(())
        self._leads: list[_Lead] = []
        self._walked = -1
        self._top = 0
        self._made_for = 0
        self._event: Event | None = None
        """What is shown."""

    def watch_view(self) -> None:
        """The text of an event depends on the view."""
        self._show_event()

    def watch_selected(self) -> None:
        """Show another event, once its row is seen selected."""
        self._begin_anew()
        if self.size:
            self.call_after_refresh(self.refresh)

    def reread(self) -> None:
        """Show what an engine has told of the event since."""
        view, key = self.view, self.selected
        is_shown = view is not None and 0 <= key < view.total and self._event is not None
        if is_shown and view is not None and view.event(key) != self._event:
            self._show_event()

    def watch_quote_number(self) -> None:
        """Show another quote."""
        self._show_event()

    def watch_about(self) -> None:
        """Show the start page, or the event."""
        self._show_event()

    def _show_event(self) -> None:
        """Show the beginning of the event."""
        self._begin_anew()
        self.refresh()

    def _begin_anew(self) -> None:
        """Forget what was shown; nothing of the event is made before it is painted."""
        self._made_for = 0
        if not self.search:
            self._top = 0
        if not self.has_focus:
            self._show_place()
        if self.text_selection is not None:
            self.screen.clear_selection()

    def _begin(self, width: int) -> None:
        """Begin the lines for another event or width."""
        is_new, before, self._made_for = not self._made_for, self._top, width
        self._lines, self._leads, self._walked = [], [], -1
        self._more = self._card(width)
        if is_new:
            self._top = self._first_match()
        self._make(self._top + self.size.height + 1)
        self._top = min(self._top, self._last_top)
        if self.has_focus:
            self._walk_in_sight()
        if self.has_focus or self._top or before:
            # Not while painting: another title of the border is painted too.
            self.call_later(self._show_place)

    def _catch_up(self) -> None:
        """Begin the event that a key acts on, if it has not been painted yet."""
        if not self._made_for and self.size.width:
            self._begin(self.size.width)

    def _card(self, width: int) -> Iterator[Line]:
        view, key = self.view, self.selected
        if view is not None and self.about:
            return iter(self._start_page(view, width - 2 * _MARGIN))
        if view is None:
            return iter(())
        if not view.count or not 0 <= key < view.total:
            return iter(paragraph("No event is selected.", max(width - 2 * _MARGIN, 1), "detail"))
        event = self._event = view.event(key)
        card = event_card(view, event, self.quote_number)
        if self._behind is not None:
            card = chain(card, rows_behind_card(self._behind, event.date))
        return card_lines(card, width - 2 * _MARGIN)

    def _start_page(self, view: View, width: int) -> tuple[Line, ...]:
        from timeline_tui.pages.about import about_page  # noqa: PLC0415  only where it is painted

        has_claims = bool(view.keys_with("has", "claims"))
        tries = _TRIES if view.total > 1 else _TRIES_OF_ONE if view.total else _TRIES_OF_NONE
        wanted = {name: does for name, does in tries.items() if has_claims or name != "claims"}
        shown = {command.name: with_keys(command, self._keys).shown for command in COMMANDS}
        first = [
            (shown[name].split()[0], does) for name, does in list(wanted.items())[:_MOST_TRIES] if shown[name]
        ]
        return about_page(view, width, first).lines

    def _make(self, count: int) -> None:
        """Have at least that many lines, if there are as many."""
        for line in islice(self._more, max(0, count - len(self._lines))):
            number = len(self._lines)
            self._lines.append(line)
            for target in line.targets:
                if self._leads and self._leads[-1].target is target:
                    self._leads[-1] = self._leads[-1]._replace(last=number)
                else:
                    self._leads.append(_Lead(target, number, number))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines in a region."""
        if self.size.width != self._made_for:
            if self._lines and not self._made_for and self.app.message_queue_size:
                # The next key is already there: the row that it selects is more urgent than this event.
                self.call_later(self.refresh)
                return super().render_lines(crop)
            self._begin(self.size.width)
        self._make(self._top + self.size.height + 1)
        self._top = min(self._top, self._last_top)
        return super().render_lines(crop)

    def _first_match(self) -> int:
        """The line to begin with: near the first word that matches, else the first line."""
        beginnings = self.search.beginnings[:1]
        height, number = self.size.height, 0
        while beginnings:
            self._make(number + 1)
            if number >= len(self._lines):
                break
            if found_spans(self._lines[number].text, beginnings):
                return 0 if number < height else number - height // 3
            number += 1
        return 0

    @property
    def is_at_its_beginning(self) -> bool:
        """Whether the whole event is painted, from its first line on."""
        return not self._top and self._made_for == self.size.width

    @property
    def _last_top(self) -> int:
        """The last line that can be at the top, among those made so far."""
        return max(0, len(self._lines) - self.size.height)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen, with a sign to the right if there is more above or below."""
        width = self.size.width
        number = self._top + y
        base, styles = self.base, self.theme_styles
        if number >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[number]
        walked = self._walked_lead if self.has_focus else None
        is_walked = walked is not None and walked.first <= number <= walked.last
        segments = []
        for span in line.spans:
            style = base + styles[PART_STYLES[span.part]]
            if is_walked and walked is not None and span.target is walked.target:
                style += _WALKED
            segments.append(Segment(span.text, style))
        strip = Strip(segments).crop_extend(0, max(0, width - 2 * _MARGIN), base)
        if not line.spans or line.spans[0].part not in ("heading", "address"):
            for place in found_spans(line.text, self.search.beginnings):
                strip = _restyled(strip, line.text, place, styles["found"])
        if (selection := self.text_selection) is not None and (
            span_ := selection.get_span(number)
        ) is not None:
            chosen = self.screen.get_component_rich_style("screen--selection")
            strip = _restyled(strip, line.text, span_, chosen)
        sign = Segment("▌" if is_walked else " ", base + styles["name"])
        more = Segment(self._more_sign(y), base + styles["muted"])
        return Strip([sign, *strip.apply_offsets(0, number), more])

    def _more_sign(self, y: int) -> str:
        """The sign in the last cell of a line: that there is more above the first one or below the last."""
        if y == 0 and self._top:
            return "▴"
        return "▾" if y == self.size.height - 1 and self._top + y + 1 < len(self._lines) else " "

    def _show_from(self, top: int) -> None:
        """Scroll, as far as there are lines."""
        self._make(top + self.size.height + 1)
        top = max(0, min(top, self._last_top))
        if top != self._top:
            self._top = top
            self._show_place()
            self.refresh()

    def _show_place(self) -> None:
        """Name the event in the border where its title is out of sight, and what Enter does."""
        view, key = self.view, self.selected
        title = "About" if self.about else "Event"
        if self._top and not self.about and view is not None and 0 <= key < view.total:
            title = view.title_of(key)
        does = ""
        if self.has_focus and self.about:
            does = " · Enter: begin"
        elif self.has_focus and (lead := self._walked_lead) is not None:
            does = f" · Enter: {WHERE[lead.target.leads]}"
        if self._top or does:
            title = clipped(title, self.size.width - cell_len(does) - 4).rstrip()
        if (shown := f" {title}{does} ") != self.border_title:
            self.border_title = Content(shown)

    @property
    def _walked_lead(self) -> _Lead | None:
        """What the cursor is on, if that is in sight; nothing while another event is about to be painted."""
        is_there = self._made_for and 0 <= self._walked < len(self._leads)
        lead = self._leads[self._walked] if is_there else None
        return lead if lead is not None and self._is_in_sight(lead) else None

    @property
    def target(self) -> Target | None:
        """What the cursor is on; None if nothing can be followed here."""
        lead = self._walked_lead
        return lead.target if lead is not None else None

    def _is_in_sight(self, lead: _Lead) -> bool:
        return lead.last >= self._top and lead.first < self._top + self.size.height

    def _walk_in_sight(self) -> None:
        """Put the cursor on the first thing in sight that can be followed, if it is out of sight."""
        if self._walked_lead is None:
            places = (place for place, lead in enumerate(self._leads) if self._is_in_sight(lead))
            self._walked = next(places, -1)

    def _walk(self, direction: int) -> None:
        """To the next or previous thing in sight that can be followed; without one, scroll a line."""
        self._catch_up()
        if not self._can_walk(direction):
            self._show_from(self._top + direction)
            self._can_walk(direction)
        self._show_place()
        self.refresh()

    def _can_walk(self, direction: int) -> bool:
        here = self._walked if self._walked_lead is not None else -1
        seen = [place for place, lead in enumerate(self._leads) if self._is_in_sight(lead)]
        if here >= 0:
            seen = [place for place in seen if (place - here) * direction > 0]
        if seen:
            self._walked = seen[0] if direction > 0 else seen[-1]
        return bool(seen)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  Textual's own
        """The cursor appears or disappears, and what Enter does with it."""
        super().watch_has_focus(has_focus)
        if has_focus:
            self._walk_in_sight()
        self._show_place()
        self.refresh()

    def action_walk_down(self) -> None:
        """To the next thing that can be followed; where none is in sight, scroll down by a line."""
        self._walk(1)

    def action_walk_up(self) -> None:
        """To the previous thing that can be followed; where none is in sight, scroll up by a line."""
        self._walk(-1)

    def action_follow(self) -> None:
        """Follow what the cursor is on; from the start page go to the timeline."""
        if self.about:
            self.post_message(self.Begun())
            return
        self._catch_up()
        if (target := self.target) is not None and self.view is not None:
            self.post_message(self.Chosen(self.view, target))

    def action_page_down(self) -> None:
        """Scroll down by a page."""
        self._page(self._top + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """Scroll up by a page."""
        self._page(self._top - max(1, self.size.height - 1))

    def action_half_page_down(self) -> None:
        """Scroll down by half a page."""
        self._page(self._top + max(1, self.size.height // 2))

    def action_half_page_up(self) -> None:
        """Scroll up by half a page."""
        self._page(self._top - max(1, self.size.height // 2))

    def action_scroll_home(self) -> None:
        """To the beginning."""
        self._page(0)

    def action_scroll_end(self) -> None:
        """To the end."""
        self._make(_ALL)
        self._page(len(self._lines))

    def _page(self, top: int) -> None:
        """Scroll, and take the cursor along."""
        self._catch_up()
        self._show_from(top)
        self._walk_in_sight()
        self._show_place()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self._show_from(self._top + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self._show_from(self._top - _WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """A click follows what is under the mouse; where text was selected with it, nothing."""
        offset = event.get_content_offset(self)
        if offset is None or self.text_selection is not None or self.view is None or not self._made_for:
            return
        line = self._lines[self._top + offset.y] if self._top + offset.y < len(self._lines) else Line()
        right = _MARGIN
        for span in line.spans:
            left, right = right, right + cell_len(span.text)
            if left <= offset.x < right and span.target is not None:
                self._walked = [lead.target is span.target for lead in self._leads].index(True)
                self._show_place()
                self.refresh()
                self.post_message(self.Chosen(self.view, span.target))

    @property
    def text(self) -> str:
        """All lines of the event."""
        self._make(_ALL)
        return "\n".join(line.text for line in self._lines)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text under the mouse's selection, as wrapped here."""
        return selection.extract("\n".join(line.text for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002  Textual's own
        """Paint the selection."""
        self.refresh()


_TRIES = {
    "down": "step through the events",
    "claims": "who says what on a question",
    "find": "find words and dates",
    "goto": "go to a date",
}
"""What the start page offers to try, by the names of commands."""
_TRIES_OF_ONE = {"read": "read the event", "claims": _TRIES["claims"], "add": "add another event"}
_TRIES_OF_NONE = {"add": "add an event", "edit": "write events into the file, in your editor"}
_MOST_TRIES = 3


def _restyled(strip: Strip, line: str, span: tuple[int, int], style: Style) -> Strip:
    """`strip` with a style laid over the characters `span` of `line`; an end of -1 is the line's."""
    start, end = span
    left = cell_len(line[:start])
    right = cell_len(line) if end == -1 else cell_len(line[:end])
    chosen = strip.crop(left, right)
    marked = [Segment(text, own + style if own else style) for text, own, _ in chosen]
    return Strip.join([strip.crop(0, left), Strip(marked, chosen.cell_length), strip.crop(right)])

"""A page of the story in the place of the panes: lines that lead to events, one of them under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from timeline_tui.drawing.lines import BLANK, Line, Target
from timeline_tui.pages.page import Page
from timeline_tui.tui.bindings import bindings
from timeline_tui.tui.keys import Pane
from timeline_tui.tui.open_page import Kind, Reading, Subject, page_of
from timeline_tui.tui.styles import PART_INKS
from timeline_tui.tui.widgets.row_list import LinePane, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType
    from textual.geometry import Size

    from timeline_tui.answers.changes import Changes
    from timeline_tui.timeline.view import View

_SIDE = 1
"""Cells that stay free on the left, for the sign of the cursor."""


class PagePane(LinePane):
    """Paints the page that is open, and says what the user chooses on it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.PAGE)

    DEFAULT_CSS = """
    PagePane {
        display: none;
        width: 1fr;
        height: 1fr;
    }
    """

    view: reactive[View | None] = reactive(None, repaint=False)
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    quote_number: reactive[int] = reactive(0, repaint=False)
    news: reactive[Changes | None] = reactive(None, repaint=False)
    """What is new since the last visit; None as long as that is not known."""
    subject: reactive[Subject | None] = reactive(None, repaint=False)
    """Which page is open; None for none."""

    @dataclass
    class Chosen(Message):
        """The user chooses what a line tells of."""

        view: View
        target: Target

    def __init__(self) -> None:
        super().__init__()
        self._shown = Page("", ())
        self._made_for: tuple[object, ...] = ()
        self._place = 0

    @property
    def target(self) -> Target | None:
        """What the line under the cursor tells of, or the part of it that was pointed at."""
        targets = self._shown.lines[self.cursor].targets if 0 <= self.cursor < self.row_count else ()
        return targets[min(self._place, len(targets) - 1)] if targets else None

    def watch_view(self) -> None:
        """The same page may read otherwise in another view."""
        self._renew()

    def watch_selected(self) -> None:
        """Most pages are about the selected event."""
        self._renew()

    def watch_quote_number(self) -> None:
        """The wordings are those of one quote."""
        self._renew()

    def watch_news(self) -> None:
        """What is new is known now."""
        self._renew()

    def watch_subject(self) -> None:
        """Another page, or none."""
        if self.subject is None:
            self._shown, self._made_for = Page("", ()), ()
            self.reset(0, -1)
        self._renew()

    def on_show(self) -> None:
        """Hidden it has no room to be made for; shown again it may have the size that it had."""
        self._renew()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  Textual's own
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._renew()
        return changed

    def _renew(self) -> None:
        """Make the page again, if what it is made of has changed and it is to be seen."""
        view, subject = self.view, self.subject
        width = self.scrollable_content_region.width - 2 * _SIDE
        if view is None or subject is None or width <= 0:
            return
        reading = Reading(self.selected, self.quote_number, self.news)
        if subject.kind in (Kind.CLAIMS, Kind.SIDES, Kind.NEWS, Kind.ACTOR):
            reading = reading._replace(selected=-1, quote_number=0)
        made_for = (subject, view, reading, width)
        if made_for == self._made_for:
            return
        same = self._made_for[:1] == made_for[:1]
        before, row = self.target, self.cursor
        self._made_for = made_for
        self._shown = page_of(subject, view, reading, width)
        self.border_title = Content(self._shown.title)
        lines = self._shown.lines
        self.reset(len(lines), -1)
        self._place = 0
        start = self._row_like(before, row) if same else self._first_row(subject.kind)
        self.reset(len(lines), start)
        if not same:
            self.scroll_to(y=0, animate=False, force=True)
            self.show_cursor()
        self._tell()

    def _first_row(self, kind: Kind) -> int:
        """The first line that tells of the selected event, or of anything; an actor is read from the top."""
        rows = [row for row, line in enumerate(self._shown.lines) if line.targets]
        here = (
            row for row in rows if any(self.selected == one.key for one in self._shown.lines[row].targets)
        )
        first = next(iter(rows), -1)
        return first if kind is Kind.ACTOR else next(here, first)

    def _row_like(self, target: Target | None, row: int) -> int:
        """The line that tells of the same as before, nearest to where it stood."""
        lines = self._shown.lines
        rows = [number for number, line in enumerate(lines) if line.targets]
        same = [number for number in rows if target in lines[number].targets] if target else []
        return min(same or rows, key=lambda number: abs(number - row), default=-1)

    def can_point_at(self, row: int) -> bool:
        """The cursor rests on lines that tell of something."""
        return 0 <= row < self.row_count and bool(self._shown.lines[row].targets)

    def cursor_moved(self, row: int) -> None:
        """Move the cursor; nothing is selected before it is chosen."""
        if self.can_point_at(row):
            self._place = 0
            self.point_at(row)
            self._tell()
        elif self.row_count:
            self.scroll_to(y=row, animate=False, force=True)

    def action_cursor_up(self) -> None:
        """To the line before that tells of something; above the first, what stands there comes into sight."""
        row = self.step(self.aim - 1, -1)
        if row == self.aim:
            self.scroll_to(y=self.scroll_offset.y - 1, animate=False, force=True)
        else:
            self.cursor_moved(row)

    def action_cursor_down(self) -> None:
        """To the next line that tells of something; below the last, what stands there comes into sight."""
        row = self.step(self.aim + 1, 1)
        if row == self.aim or self.aim < 0:
            self.scroll_to(y=self.scroll_offset.y + 1, animate=False, force=True)
        else:
            self.cursor_moved(row)

    def row_clicked(self, row: int) -> None:
        """A click on the cursor's line chooses it."""
        if row == self.cursor:
            self.action_choose()
        else:
            self.cursor_moved(row)

    def action_choose(self) -> None:
        """Choose what the line under the cursor tells of."""
        if (target := self.target) is not None and self.view is not None:
            self.post_message(self.Chosen(self.view, target))

    def action_next_in_line(self) -> None:
        """To what stands further right on the line."""
        self._point_in_line(1)

    def action_previous_in_line(self) -> None:
        """To what stands further left on the line."""
        self._point_in_line(-1)

    def _point_in_line(self, direction: int) -> None:
        if 0 <= self.cursor < self.row_count:
            last = len(self._shown.lines[self.cursor].targets) - 1
            self._place = max(0, min(self._place + direction, last))
            self._tell()

    def _tell(self) -> None:
        """Say where Enter leads."""
        target, subtitle = self.target, ""
        if target is not None and self.view is not None and target.choice:
            subtitle = "Enter: show that"
        elif target is not None and self.view is not None and target.key >= 0:
            title = clipped(self.view.title_of(target.key), max(0, min(60, self.size.width - 30))).rstrip()
            count = len(self._shown.lines[self.cursor].targets)
            which = f" ({self._place + 1} of {count}, ← →)" if count > 1 else ""
            subtitle = f"Enter: {title}{which}"
        if subtitle != self.border_subtitle:
            self.border_subtitle = Content(subtitle)

    def paint(self, row: int, part: int, width: int) -> Iterator[Segment]:  # noqa: ARG002  one line a row
        """The pieces of a line, each in its look."""
        line: Line = self._shown.lines[row] if row < len(self._shown.lines) else BLANK
        back, ink = self.ground(row), self.inks
        yield Segment("▌" if row == self.cursor else " ", back + ink["muted"])
        room = width - _SIDE
        for span in line.spans:
            text = clipped(span.text, room).rstrip() if cell_len(span.text) > room else span.text
            yield Segment(text, back + ink[PART_INKS[span.part]])
            room -= cell_len(text)
            if room <= 0:
                return
        yield Segment(" " * room, back)

"""The page pane, in place of the other panes: lines that lead to events, one of them under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from timeline_tui.drawing.lines import BLANK, Line, Target
from timeline_tui.drawing.looks import PART_STYLES
from timeline_tui.pages.page import Page
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.open_page import WHERE, OpenPage, PageContext, PageKind, build_page
from timeline_tui.tui.widgets.row_list import RowList, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType
    from textual.geometry import Size

    from timeline_tui.answers.changes import Changes
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.protocol import TimelineView as View

_MARGIN = 1
"""Cells on either side; the left one is for the sign of the cursor."""


class _BuiltFor(NamedTuple):
    """What the lines of a page depend on."""

    page: OpenPage
    view: View
    context: PageContext
    width: int


class PagePane(RowList):
    """Paints the open page, and posts what the user chooses on it."""

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
    changes: reactive[Changes | None] = reactive(None, repaint=False)
    """What is new since the last visit; None until that is known."""
    problems: reactive[tuple[Problem, ...]] = reactive((), repaint=False)
    """What is wrong with the file."""
    open_page: reactive[OpenPage | None] = reactive(None, repaint=False)
    """Which page is open; None for none."""

    @dataclass
    class Chosen(Message):
        """The user chooses the target of a line."""

        view: View
        target: Target

    @dataclass
    class Toggled(Message):
        """The user takes away the source of a line, or gives it back."""

        view: View
        source: str

    def __init__(self) -> None:
        super().__init__()
        self._content = Page("", ())
        self._built_for: _BuiltFor | None = None
        self._target_number = 0
        self._wanted: tuple[OpenPage | None, Target | None] = (None, None)
        """The target that the cursor is to be on as soon as that page has it."""
        self._opened_at = (-1, 0)
        """The cursor and the first line in sight when the page was opened."""

    def point_to(self, target: Target | None) -> None:
        """Put the cursor on the line with a target, now or when the page is built that has it."""
        self._wanted = (self.open_page, target)
        self._point_to_wanted()

    def _point_to_wanted(self) -> None:
        page, target = self._wanted
        if target is None or page != self.open_page:
            return
        for row, line in enumerate(self._content.lines):
            if target in line.targets:
                self.point_at(row)
                self._target_number = line.targets.index(target)
                self._show_target()
                return

    @property
    def target(self) -> Target | None:
        """The target of the line under the cursor; of several, the one chosen with ← and →.

        None while the lines are those of a file that was read again since: keys mean other events there.
        """
        built, view = self._view_built_for, self.view
        return self._pointed_at if built and view and built.is_of_same_timeline(view) else None

    @property
    def _view_built_for(self) -> View | None:
        """The view that the lines were built for; it is an older one as long as the page has no width."""
        return self._built_for.view if self._built_for is not None else None

    @property
    def _pointed_at(self) -> Target | None:
        targets = self._content.lines[self.cursor].targets if 0 <= self.cursor < self.row_count else ()
        return targets[min(self._target_number, len(targets) - 1)] if targets else None

    def watch_view(self) -> None:
        """A page depends on the view."""
        self._rebuild()

    def watch_selected(self) -> None:
        """Most pages depend on the selected event."""
        self._rebuild()

    def watch_quote_number(self) -> None:
        """The page of wordings depends on the quote."""
        self._rebuild()

    def watch_changes(self) -> None:
        """The page of changes depends on them."""
        self._rebuild()

    def watch_problems(self) -> None:
        """The page of problems depends on them."""
        self._rebuild()

    def watch_open_page(self) -> None:
        """Show another page, or none."""
        if self.open_page is None:
            self._content, self._built_for = Page("", ()), None
            self.reset(0, -1)
        self._rebuild()

    def on_show(self) -> None:
        """While hidden it has no width to build a page for, and shown again it may not be resized."""
        self._rebuild()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  Textual's own
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._rebuild()
        return changed

    def _rebuild(self) -> None:
        """Build the page again, if it is visible and something that it depends on has changed."""
        view, page = self.view, self.open_page
        width = self.scrollable_content_region.width - 2 * _MARGIN
        if view is None or page is None or width <= 0:
            return
        context = PageContext(self.selected, self.quote_number, self.changes, self.problems)
        if page.kind not in (PageKind.WORDINGS, PageKind.LINKS):
            context = context._replace(selected=-1, quote_number=0)
        built_for = _BuiltFor(page, view, context, width)
        if built_for == self._built_for:
            return
        same = self._built_for is not None and self._built_for.page == page
        before, row = self._pointed_at, self.cursor
        self._built_for = built_for
        self._content = build_page(page, view, context, width)
        self.border_title = Content(self._content.title)
        lines = self._content.lines
        self._target_number = 0
        start = self._row_like(before, row) if same else self._first_row(page)
        is_unmoved = same and self._is_unmoved
        self.reset(len(lines), start)
        if is_unmoved or not same:
            self.open_at_cursor()
        self._show_target()
        self._point_to_wanted()
        self.refresh_bindings()

    def open_at_cursor(self) -> None:
        """A page is shown from its beginning, as far as its cursor is in sight there."""
        self.scroll_to(y=0, animate=False, force=True)
        self.show_cursor()
        self._opened_at = (self.cursor, self.scroll_offset.y)

    def sized(self) -> None:
        """A page that was not moved since it was opened is opened again in its new size."""
        is_unmoved = self._is_unmoved
        super().sized()
        if is_unmoved:
            self.open_at_cursor()

    @property
    def _is_unmoved(self) -> bool:
        return self._opened_at == (self.cursor, self.scroll_offset.y)

    def _first_row(self, page: OpenPage) -> int:
        """The first line about what the page is to begin at, else about the selected event, else any."""
        rows = [row for row, line in enumerate(self._content.lines) if line.targets]
        first = next(iter(rows), -1)
        if page.kind in (PageKind.ACTOR, PageKind.SOURCES):
            return first
        targets = [self._content.lines[row].targets for row in rows]
        if page.kind is PageKind.QUESTIONS:
            named = (row for row, held in zip(rows, targets, strict=True) if held[0].id == page.about)
            return next(named, first)
        if page.kind is PageKind.QUOTES:
            near = int(page.about) if page.about else -1
            return min(rows, key=lambda row: self._distance(row, near), default=-1) if near >= 0 else first
        here = (
            row
            for row, held in zip(rows, targets, strict=True)
            if any(self.selected == one.key for one in held)
        )
        return next(here, first)

    def _distance(self, row: int, key: int) -> int:
        """How far the event of a line is from the event with that key."""
        return abs(self._content.lines[row].targets[0].key - key)

    def _row_like(self, target: Target | None, row: int) -> int:
        """The line with the same target as before, nearest to the row where it was."""
        lines = self._content.lines
        rows = [number for number, line in enumerate(lines) if line.targets]
        same = [number for number in rows if target in lines[number].targets] if target else []
        return min(same or rows, key=lambda number: abs(number - row), default=-1)

    def can_point_at(self, row: int) -> bool:
        """The cursor can be on lines with a target."""
        return 0 <= row < self.row_count and bool(self._content.lines[row].targets)

    def cursor_moved(self, row: int) -> None:
        """Move the cursor; the selected event changes only when a target is chosen."""
        self._wanted = (None, None)
        if self.can_point_at(row):
            self._target_number = 0
            self.point_at(row)
            self._show_target()
        elif self.row_count:
            self.scroll_to(y=row, animate=False, force=True)

    def action_cursor_up(self) -> None:
        """To the previous line with a target; from the first of them, scroll up by a line."""
        row = self.nearest_row(self.aim - 1, -1)
        if row == self.aim:
            self.scroll_to(y=self.scroll_offset.y - 1, animate=False, force=True)
        else:
            self.cursor_moved(row)

    def action_cursor_down(self) -> None:
        """To the next line with a target; from the last of them, scroll down by a line."""
        row = self.nearest_row(self.aim + 1, 1)
        if row == self.aim or self.aim < 0:
            self.scroll_to(y=self.scroll_offset.y + 1, animate=False, force=True)
        else:
            self.cursor_moved(row)

    def row_clicked(self, row: int) -> None:
        """A click on the line under the cursor chooses its target."""
        if row == self.cursor:
            self.action_choose()
        else:
            self.cursor_moved(row)

    def action_choose(self) -> None:
        """Choose the target of the line under the cursor."""
        if (target := self.target) is not None and self.view is not None:
            self.post_message(self.Chosen(self.view, target))

    def action_take_away(self) -> None:
        """Take away the source of the line under the cursor, or give it back; on other pages nothing."""
        target = self.target
        if self._is_of_sources and self.view is not None and target is not None and target.id:
            self.post_message(self.Toggled(self.view, target.id))

    @property
    def _is_of_sources(self) -> bool:
        return self.open_page is not None and self.open_page.kind is PageKind.SOURCES

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a page that leads nowhere, like an empty list, Enter does nothing and is not offered."""
        if action == "choose" and self._pointed_at is None:
            return None
        return super().check_action(action, parameters)

    def action_next_in_line(self) -> None:
        """To the next target on the line, to the right."""
        self._move_in_line(1)

    def action_previous_in_line(self) -> None:
        """To the previous target on the line, to the left."""
        self._move_in_line(-1)

    def _move_in_line(self, direction: int) -> None:
        if 0 <= self.cursor < self.row_count:
            last = len(self._content.lines[self.cursor].targets) - 1
            self._target_number = max(0, min(self._target_number + direction, last))
            self._show_target()

    def _show_target(self) -> None:
        """Show in the border where Enter leads."""
        target, subtitle = self.target, ""
        if target is not None and self.view is not None and target.id and self._is_of_sources:
            back = "give it back" if target.id in self.view.without else "take it away"
            subtitle = f"Space: {back} · Enter: events that cite it"
        elif target is not None and self.view is not None and (target.id or target.leads == "wordings"):
            subtitle = f"Enter: {WHERE[target.leads]}"
        elif target is not None and self.view is not None and target.key >= 0:
            title = clipped(self.view.title_of(target.key), max(0, min(60, self.size.width - 30))).rstrip()
            count = len(self._content.lines[self.cursor].targets)
            which = f" ({self._target_number + 1} of {count}, ← →)" if count > 1 else ""
            whose = "links of " if target.leads == "link" else ""
            subtitle = f"Enter: {whose}{title}{which}"
        if subtitle != self.border_subtitle:
            self.border_subtitle = Content(subtitle)

    def paint(self, row: int, part: int, width: int) -> Iterator[Segment]:  # noqa: ARG002  one line a row
        """The parts of a line, each in its style."""
        line: Line = self._content.lines[row] if row < len(self._content.lines) else BLANK
        back, styles = self.row_style(row), self.theme_styles
        yield Segment("▌" if row == self.cursor else " ", back + styles["muted"])
        room = width - _MARGIN
        for span in line.spans:
            text = clipped(span.text, room).rstrip() if cell_len(span.text) > room else span.text
            yield Segment(text, back + styles[PART_STYLES[span.part]])
            room -= cell_len(text)
            if room <= 0:
                return
        yield Segment(" " * room, back)

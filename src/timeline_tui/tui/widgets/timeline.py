"""The timeline pane: one row an event, and rows for new periods and for silences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.dates.edtf import Moment
from timeline_tui.dates.relative import relative_cells
from timeline_tui.dates.wording import cells
from timeline_tui.drawing.lines import count_of
from timeline_tui.drawing.symbols import ADDED, CHANGED, FALLEN, STATUS_SIGNS
from timeline_tui.query.language import Query
from timeline_tui.text import sanitize as text
from timeline_tui.timeline.breaks import Break, RowLayout
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.widgets.row_list import RowList, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual.binding import BindingType

    from timeline_tui.answers.changes import Changes
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.rows import Row
    from timeline_tui.timeline.view import View
    from timeline_tui.tui.styles import StyleName

_CHUNK = 64
_DATE_CELLS = 9
_MAX_COUNTED_CELLS = 17
"""Cells of a date that is counted in days; enough for all ranges in history."""
_MANY_EVENTS = 1_000
"""From this many events on, the widest date is not looked up before the first frame."""
_COARSE = {"decade", "century", "millennium", "age"}
"""Periods whose heading does not tell the year of a date."""


class TimelinePane(RowList):
    """The events of a view in order; posts which one the user goes to."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.TIMELINE)

    view: reactive[View | None] = reactive(None, repaint=False)
    """What is shown."""
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    matches: reactive[Sequence[int]] = reactive(())
    """Positions of the events that match the search, ascending."""
    search: reactive[Query] = reactive(Query())
    """The last search; its words are marked in titles."""
    problems: reactive[tuple[Problem, ...]] = reactive((), repaint=False)
    """What is wrong with the file."""
    two_lines: reactive[bool] = reactive(False, repaint=False)
    """Whether each row has a second line with kind, place and text."""
    changes: reactive[Changes | None] = reactive(None)
    """What is new since the last visit; None until that is known."""
    visible_range: reactive[tuple[int, int]] = reactive((-1, -1), repaint=False)
    """Positions of the first and the last event in sight."""

    @dataclass
    class Selected(Message):
        """The user goes to an event."""

        view: View
        key: int

    @dataclass
    class ReadRequested(Message):
        """The user wants to read the selected event in full."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = RowLayout(0, ())
        self._chunks: dict[int, list[Row]] = {}
        self._finest = ""
        self._counted_cells = 0
        self._title_shown = ""

    def watch_view(self) -> None:
        """Lay out the events of the new view, with the selected one at the same height."""
        self._lay_out()

    def watch_two_lines(self) -> None:
        """Change the height of the rows, with the selected one at the same height of the screen."""
        self._lay_out()

    def watch_selected(self, key: int) -> None:
        """Show which event is selected."""
        if self.view is not None and self.view.count and key >= 0:
            self.point_at(self._layout.row_of(self.view.position_of(key)))
        self._show_title()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other events are in sight after scrolling."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._update_visible_range()

    def sized(self) -> None:
        """Other events are in sight at another size."""
        super().sized()
        self._update_visible_range()

    def can_point_at(self, row: int) -> bool:
        """The cursor can be on events only."""
        return 0 <= row < self.row_count and isinstance(self._layout.at(row), int)

    def cursor_moved(self, row: int) -> None:
        """Ask for the event on `row` to be selected."""
        position = self._layout.at(row) if 0 <= row < self.row_count else None
        if self.view is not None and isinstance(position, int):
            self.aim = row
            self.post_message(self.Selected(self.view, self.view.key_at(position)))

    def action_next_break(self) -> None:
        """To the first event after the next break."""
        self._to_break(1)

    def action_previous_break(self) -> None:
        """To the first event after the previous break."""
        self._to_break(-1)

    def action_read(self) -> None:
        """Read the selected event."""
        self.post_message(self.ReadRequested())

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen; in an empty view, the reason and what to do."""
        if self.view is None or self.view.count:
            return super().render_line(y)
        width, height = self.scrollable_content_region.size
        lines = empty_lines(self.view, self.problems)
        number = y - max(0, (height - len(lines)) // 3)
        line = lines[number] if 0 <= number < len(lines) else ""
        style = self.base + self._style("heading" if number == 0 else "muted")
        return Strip([Segment(clipped(f"  {line}", width), style)]).crop_extend(0, width, self.base)

    def paint(self, row: int, part: int, width: int) -> Iterator[Segment]:
        """The segments of one line of an event or a break."""
        place = self._layout.at(row)
        if isinstance(place, Break):
            yield from self._paint_break(place, part, width)
            return
        is_selected = row == self.cursor
        shown = self._row(place)
        back = self.row_style(row)
        if not is_selected and self._is_match(place):
            back += self._style("match")
        yield Segment("▌" if is_selected else " ", back + self._style("muted"))
        if part:
            yield from self._paint_detail(shown, width - 2, back)
        else:
            yield from self._paint_event(shown, place, width - 2, back)
        mark = self._mark(shown.key)
        # A blank must not be underlined.
        yield Segment(mark, back if mark == " " else back + self._style("name"))

    def _mark(self, key: int) -> str:
        """The sign of an event that was added or changed since the last visit; a blank for others."""
        if self.changes is None or key not in self.changes.changed:
            return " "
        return ADDED if self.changes.is_added(key) else CHANGED

    def _paint_break(self, found: Break, part: int, width: int) -> Iterator[Segment]:
        if part != self.row_height - 1:
            yield Segment(" " * width, self.base)
        elif found.kind == "silence":
            label = f" {'┊':>{self._date_cells}}  {found.label}"
            yield Segment(clipped(label, width), self.base + self._style("silence"))
        else:
            label = f" ── {self._period(found)} "
            line = label + "─" * max(0, width - cell_len(label) - 1)
            yield Segment(clipped(line, width), self.base + self._style("heading"))

    def _period(self, found: Break) -> str:
        """The text of a heading; of a day, its distance from the origin if days are counted."""
        view = self.view
        if view is None or view.origin is None or found.kind != "day":
            return found.label
        return view.day_in_words(view.day_of(found.before))

    def _paint_event(self, row: Row, position: int, width: int, back: Style) -> Iterator[Segment]:
        counted = (f" {sign}{number}" for sign, number in (("❝", row.quotes), ("#", row.claims)) if number)
        counts = "" if width < 44 else "".join(counted)
        status = "" if row.status == "confirmed" or width < 34 else f" {row.status}"
        date = clipped(self._date(row, position), self._date_cells)
        room = width - self._date_cells - 3 - cell_len(status) - len(counts)
        remark = f"  {row.remark}" if row.remark else ""
        if cell_len(row.title) + len(remark) > room:
            remark = ""
        shade = self._status_style(row.status)
        yield Segment(f"{date} ", back + self._style("muted"))
        sign = FALLEN if row.is_fallen else STATUS_SIGNS[row.status]
        yield Segment(f"{sign} ", back + shade)
        yield from self._title(row.title, room - len(remark), back)
        yield Segment(remark, back + self._style("muted"))
        yield Segment(status, back + shade)
        yield Segment(counts, back + self._style("muted"))

    def _paint_detail(self, row: Row, width: int, back: Style) -> Iterator[Segment]:
        view = self.view
        body = text.one_line(view.event(row.key).text[:400]) if view else ""
        words = " · ".join(part for part in (row.remark, row.kind, row.place) if part)
        line = " — ".join(part for part in (words, body) if part)
        indent = " " * (self._date_cells + 3)
        yield Segment(clipped(indent + line, width), back + self._style("muted"))

    def _title(self, title: str, room: int, back: Style) -> Iterator[Segment]:
        shown = clipped(title, room)
        found = back + self._style("found")
        end = 0
        for start, stop in text.found_spans(shown, self.search.beginnings):
            yield Segment(shown[end:start], back)
            yield Segment(shown[start:stop], found)
            end = stop
        yield Segment(shown[end:], back)

    def _date(self, row: Row, position: int) -> str:
        """The date without the parts that the rows above show already."""
        if self.view is not None and self.view.origin is not None:
            return relative_cells(row.date, self.view.origin, self._date_cells)
        date = cells(row.date)
        if self._finest == "day":
            is_of_day = self.view is None or row.date.earliest == self.view.order.standing[position]
            return (_clock(row) if is_of_day else "") or f"{date.month:<3} {date.day:>2}"
        above = self._layout.row_of(position) - 1
        starts_block = above < self.scroll_offset.y // self.row_height or isinstance(
            self._layout.at(above), Break
        )
        before = cells(row.date if starts_block else self._row(position - 1).date)
        if not starts_block and before == date and (clock := _clock(row)):
            return f"{clock:>{self._date_cells}}"
        # A decade or a century is listed under the heading of its first year.
        is_span = not date.year.removesuffix(" BC").isdigit()
        if not date.month and (is_span or len(date.day) > 2):
            return f"{date.year}{date.day}" if is_span else date.day
        same_year = not starts_block and before.year == date.year
        month = "" if same_year and before.month == date.month else date.month
        if self._finest not in _COARSE:
            return f"{month:<3} {date.day:>2}"
        year = "" if same_year else date.year
        return f"{year:<4} {month:<3} {date.day}".rstrip()

    @staticmethod
    def _widest_count(view: View) -> int:
        """The width in cells of the widest date counted from the origin of a view; 0 if it has no origin."""
        origin = view.origin
        if origin is None:
            return 0
        if view.count > _MANY_EVENTS:
            return _MAX_COUNTED_CELLS
        dates = (row.date for row in view.rows(0, view.count))
        widths = (len(relative_cells(date, origin, _MAX_COUNTED_CELLS).strip()) for date in dates)
        return max(_DATE_CELLS, *widths, 0)

    @property
    def _date_cells(self) -> int:
        if self._counted_cells:
            return self._counted_cells
        return _DATE_CELLS + 3 if self._finest in _COARSE else _DATE_CELLS

    def _status_style(self, status: str) -> Style:
        match status:
            case "confirmed":
                return self._style("confirmed")
            case "scheduled" | "postponed" | "cancelled":
                return self._style("ahead")
            case _:
                return self._style("doubtful")

    def _style(self, name: StyleName) -> Style:
        return self.theme_styles[name]

    def _row(self, position: int) -> Row:
        chunk, place = divmod(position, _CHUNK)
        if chunk not in self._chunks:
            if self.view is None:
                raise IndexError(position)
            if len(self._chunks) > 8:
                self._chunks.clear()
            self._chunks[chunk] = self.view.rows(chunk * _CHUNK, (chunk + 1) * _CHUNK)
        return self._chunks[chunk][place]

    def _lay_out(self) -> None:
        view = self.view
        if view is None:
            return
        self._chunks.clear()
        self._layout = RowLayout(view.count, view.breaks)
        self._finest = next((place.kind for place in view.breaks if place.kind != "silence"), "")
        self._counted_cells = self._widest_count(view)
        cursor = self._layout.row_of(view.position_of(max(self.selected, 0))) if view.count else -1
        self.reset(self._layout.rows, cursor, row_height=2 if self.two_lines else 1)
        self._show_title()
        self._update_visible_range()

    def _to_break(self, direction: int) -> None:
        position = self._layout.at(self.aim) if self.aim >= 0 else None
        if isinstance(position, int):
            self.cursor_moved(self._layout.row_of(self._layout.beyond_break(position, direction)))

    def _is_match(self, position: int) -> bool:
        place = bisect_left(self.matches, position)
        return place < len(self.matches) and self.matches[place] == position

    def _update_visible_range(self) -> None:
        height = self.scrollable_content_region.height
        if self.view is None or not self.view.count or not height:
            return
        top = self.nearest_row(self.scroll_offset.y // self.row_height, 1)
        bottom = self.nearest_row(
            min(self.row_count, (self.scroll_offset.y + height) // self.row_height) - 1, -1
        )
        first, last = self._layout.at(max(top, 0)), self._layout.at(max(bottom, 0))
        if isinstance(first, int) and isinstance(last, int):
            self.visible_range = first, last

    def watch_search(self) -> None:
        """Show what is searched for, and mark its words."""
        self._show_title()
        self.refresh()

    def watch_matches(self) -> None:
        """Show how many events match."""
        self._show_title()

    def _show_title(self) -> None:
        """Show in the border which of the matches is selected."""
        title = "Timeline"
        if self.search:
            place = self._layout.at(self.cursor) if 0 <= self.cursor < self.row_count else None
            here = place if isinstance(place, int) else -1
            number = bisect_right(self.matches, here) if self._is_match(here) else 0
            count = f"{number:,} of {len(self.matches):,}" if number else f"{len(self.matches):,} found"
            title = f"Timeline · {text.one_line(str(self.search))}: {count}"
        if title != self._title_shown:
            self._title_shown = title
            self.border_title = Content(title)


def empty_lines(view: View, problems: Sequence[Problem]) -> list[str]:
    """What an empty view shows: the reason, then what to do."""
    if view.total and view.known_on is not None and view.is_blank:
        return [
            f"Nothing was known yet on {view.day_in_words(view.known_on)}",
            "",
            "Press > for the next day on which something became known, v for another day, Esc for everything",
        ]
    if view.total:
        return [
            "No event matches",
            text.one_line(str(view.query)),
            "",
            "Esc shows all events, f changes the filter",
        ]
    if problems:
        first = problems[0]
        problem = [text.one_line(f"line {first.line}: {first.message}"), text.one_line(first.hint)]
        return ["No event could be read", *problem, "", f"{count_of(len(problems), 'problem')}: press p"]
    return [
        "No events yet",
        "Add one to the list `events` of the file:",
        "",
        "events:",
        "  - date: 2024-11-06",
        "    title: What happened",
    ]


def _clock(row: Row) -> str:
    form = row.date.form
    if not isinstance(form, Moment) or form.time is None:
        return ""
    time = form.time
    return f"{time.hour:02}:{time.minute:02}" + ("" if time.second is None else f":{time.second:02}")

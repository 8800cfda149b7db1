"""The timeline pane: one row an event, and rows for new periods and for silences."""

from __future__ import annotations

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
from timeline_tui.drawing.row_cells import (
    ROOMY,
    RowCells,
    RowTexts,
    counts_in_cells,
    date_cells,
    row_cells,
    text_room,
)
from timeline_tui.query.language import Query
from timeline_tui.text import sanitize as text
from timeline_tui.timeline.breaks import Break, RowLayout
from timeline_tui.timeline.counted import place_in
from timeline_tui.timeline.signs import ADDED, CHANGED, FALLEN, MARK, NOTE, STATUS_SIGNS, status_word
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.widgets.row_list import RowList, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual.binding import BindingType

    from timeline_tui.answers.changes import Changes
    from timeline_tui.answers.newly_known import ClockStep
    from timeline_tui.drawing.looks import StyleName
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.timeline.rows import Row

_CHUNK = 64
_MOST_LINES = 3
"""Lines of the selected row at most, of which a long title takes as many as it needs."""
_COUNTED_CELLS = 9
"""Cells of a date that is counted in days."""
_MANY_EVENTS = 1_000
"""From this many events on, the widest date is not looked up before the first frame."""
_COARSE_CELLS = 12
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
    changes: reactive[Changes | None] = reactive(None, repaint=False)
    """What is new since the last visit; None until that is known."""
    clock_step: reactive[ClockStep | None] = reactive(None)
    """What the known-on day brought; None without one."""
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

    spare_lines = _MOST_LINES - 1

    def __init__(self) -> None:
        super().__init__()
        self._layout = RowLayout(0, ())
        self._chunks: dict[int, list[Row]] = {}
        self._finest = ""
        self._counted_cells = 0
        self._title_shown = ""
        self._asked: TimelinePane.Selected | None = None
        self._is_due = False
        """Whether the event under the cursor is selected once an engine has told which it is."""

    def watch_view(self) -> None:
        """Lay out the events of the new view, with the selected one at the same height."""
        self._lay_out()

    @property
    def cursor_line(self) -> int:
        """The line of the pane that the selected event is on, from 0; negative if it is above, or none is."""
        return self.lines.line_of(self.cursor) - round(self.scroll_offset.y) if self.cursor >= 0 else -1

    def watch_two_lines(self) -> None:
        """Change the height of the rows, with the selected one at the same height of the screen."""
        self._lay_out()

    def watch_selected(self, key: int) -> None:
        """Show which event is selected."""
        if self.view is not None and self.view.count and key >= 0 and self._asked is None:
            self._put_cursor(self._layout.row_of(self.view.position_of(key)))
        self._show_title()

    def answer(self, asked: Selected) -> None:
        """Called when a request was carried out: after the last one, the cursor is on the selected event.

        Until then the cursor is where the keys have led to, which is seen before anything else is painted.
        """
        if asked is self._asked:
            self._asked = None
            self.watch_selected(self.selected)

    def reread(self) -> None:
        """Show what an engine has told since."""
        self._chunks.clear()
        if self._is_due:
            self.cursor_moved(self.cursor)
        elif self.cursor >= 0:
            self.lines = self._lines_at(self.cursor)
        self.refresh()

    def _put_cursor(self, row: int) -> None:
        before = self.lines
        self.point_at(row)
        if self.lines != before:
            self._update_visible_range()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other events are in sight after scrolling."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._update_visible_range()

    def sized(self) -> None:
        """Other events are in sight at another size."""
        super().sized()
        self._update_visible_range()

    def more_lines(self, row: int) -> int:
        """The lines that the title of an event takes beyond those of every row."""
        place = self._layout.at(row)
        if isinstance(place, Break):
            return 0
        width = self.scrollable_content_region.width
        return max(0, len(self._cells(self._row(place), width, most=_MOST_LINES).titles) - self.row_height)

    def can_point_at(self, row: int) -> bool:
        """The cursor can be on events only."""
        return 0 <= row < self.row_count and isinstance(self._layout.at(row), int)

    def cursor_moved(self, row: int) -> None:
        """Go to the event on `row`, and ask for it to be selected."""
        position = self._layout.at(row) if 0 <= row < self.row_count else None
        self._is_due = False
        if self.view is not None and isinstance(position, int):
            self._put_cursor(row)
            if self.view.is_pending(position):
                self._is_due = True
                return
            self._asked = self.Selected(self.view, self.view.key_at(position))
            self.post_message(self._asked)

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
        yield Segment("▌" if is_selected else " ", back + self._style("name"))
        yield from self._paint_event(shown, place, part, width, back)
        own, mark = ("", " ") if part else (self._own_mark(shown.id), self._mark(shown.key))
        # Where there is room for one sign only, that of the reader comes first.
        for sign in (own or " ", mark) if width >= ROOMY else (own or mark,):
            # A blank must not be underlined.
            yield Segment(sign, back if sign == " " else back + self._style("name"))

    def _own_mark(self, event: str) -> str:
        """The sign of an event that the reader has marked or written a note on; empty for others."""
        if self.view is None:
            return ""
        reader = self.view.reader
        return MARK if event in reader.marks else NOTE if event in reader.notes else ""

    def _mark(self, key: int) -> str:
        """The sign of an event that is new or changed; a blank for others.

        Under the clock that is by the known-on day, else since the last visit.
        """
        if self.clock_step is not None:
            return self.clock_step.events.get(key, " ")
        if self.changes is None or key not in self.changes.changed:
            return " "
        return ADDED if self.changes.is_added(key) else CHANGED

    def _paint_break(self, found: Break, part: int, width: int) -> Iterator[Segment]:
        if part != self.row_height - 1:
            yield Segment(" " * width, self.base)
        elif found.kind == "silence":
            label = f" {'┊':>{self._date_cells}} {found.label}"
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

    def _cells(self, row: Row, width: int, *, most: int, word: str = "") -> RowCells:
        counts = counts_in_cells(row.quotes, row.claims, width)
        return row_cells(width, self._date_cells, RowTexts(row.title, counts, word, row.remark), most)

    def _paint_event(self, row: Row, position: int, part: int, width: int, back: Style) -> Iterator[Segment]:
        is_selected = self.cursor >= 0 and position == self._layout.at(self.cursor)
        word = ("fallen" if row.is_fallen else status_word(row.status)) if is_selected else ""
        shape = self._cells(row, width, most=_MOST_LINES if is_selected else self.row_height, word=word)
        quiet = back + self._style("muted")
        shade = back + self._status_style(row.status)
        room = text_room(width, self._date_cells)
        if part:
            yield Segment(" " * (self._date_cells + 3), back)
        else:
            yield Segment(f"{clipped(self._date(row, position), self._date_cells)} ", quiet)
            yield Segment(f"{FALLEN if row.is_fallen else STATUS_SIGNS.get(row.status, ' ')} ", shade)
        if part >= len(shape.titles):
            yield Segment(clipped(self._detail(row), room), quiet)
            return
        is_last = part == len(shape.titles) - 1
        title = shape.titles[part]
        remark = f"  {shape.remark}" if is_last and shape.remark else ""
        word = f" {shape.word}" if is_last and shape.word else ""
        counts = f" {shape.counts}" if not part and shape.counts else ""
        yield from self._title(title, back + self._style("fallen") if row.is_fallen else back)
        yield Segment(remark, quiet)
        yield Segment(" " * (room - sum(map(cell_len, (title, remark, word, counts)))), back)
        yield Segment(word, shade)
        yield Segment(counts, quiet)

    def _detail(self, row: Row) -> str:
        view = self.view
        body = text.one_line(view.event(row.key).text[:400]) if view else ""
        words = " · ".join(part for part in (row.remark, row.kind, row.place) if part)
        return " — ".join(part for part in (words, body) if part)

    def _title(self, shown: str, back: Style) -> Iterator[Segment]:
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
            is_of_day = self.view is None or row.date.earliest == self.view.day_of(position)
            return (_clock(row, self._date_cells) if is_of_day else "") or self._day(date.month, date.day)
        above = self._layout.row_of(position) - 1
        starts_block = above < self.lines.at(self.scroll_offset.y)[0] or isinstance(
            self._layout.at(above), Break
        )
        row_above = None if starts_block else self._layout.at(above)
        before = cells(self._row(row_above).date if isinstance(row_above, int) else row.date)
        if not starts_block and before == date and (clock := _clock(row, self._date_cells)):
            return f"{clock:>{self._date_cells}}"
        # A decade or a century is listed under the heading of its first year.
        is_span = not date.year.removesuffix(" BC").isdigit()
        if not date.month and (is_span or len(date.day) > 2):
            return f"{date.year}{date.day}" if is_span else date.day
        same_year = not starts_block and before.year == date.year
        month = "" if same_year and before.month == date.month else date.month
        if self._finest not in _COARSE:
            return self._day(month, date.day)
        year = "" if same_year else date.year
        return f"{year:<4} {month:<3} {date.day}".rstrip()

    def _day(self, month: str, day: str) -> str:
        """A month and a day; where they are too long, a range without its last day: `Oct 28→`."""
        whole = f"{month:<3} {day:>2}"
        if len(whole) <= self._date_cells:
            return whole
        for dash, instead in (("–", "→"), ("/", "…"), ("+", "…")):
            first, found, _ = day.partition(dash)
            if found:
                return f"{month:<3} {first + instead:>2}"
        return f"{month}{day}"

    @staticmethod
    def _widest_count(view: View) -> int:
        """The width in cells of the widest date counted from the origin of a view; 0 if it has no origin."""
        origin = view.origin
        if origin is None:
            return 0
        if view.count > _MANY_EVENTS:
            return _COUNTED_CELLS
        dates = (row.date for row in view.rows(0, view.count))
        return max(0, *(len(relative_cells(date, origin, _COUNTED_CELLS).strip()) for date in dates), 0)

    @property
    def _date_cells(self) -> int:
        usual = date_cells(self.scrollable_content_region.width)
        if self._counted_cells:
            return max(usual, self._counted_cells)
        return max(usual, _COARSE_CELLS) if self._finest in _COARSE else usual

    def _status_style(self, status: str) -> Style:
        match status:
            case "confirmed" | "":
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
        self._asked, self._is_due = None, False
        self._layout = RowLayout(view.count, view.breaks, newest=view.newest)
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
        return position >= 0 and place_in(self.matches, position)[1]

    def _update_visible_range(self) -> None:
        height = self.scrollable_content_region.height
        if self.view is None or not self.view.count or not height:
            return
        above = self.scroll_offset.y
        # The row after the last one that is whole.
        below, _ = self.lines.at(above + height)
        top = self.nearest_row(self.lines.at(above)[0], 1)
        bottom = self.nearest_row(min(self.row_count, below) - 1, -1)
        first, last = self._layout.at(max(top, 0)), self._layout.at(max(bottom, 0))
        if isinstance(first, int) and isinstance(last, int):
            self.visible_range = min(first, last), max(first, last)

    def watch_changes(self, before: Changes | None, after: Changes | None) -> None:
        """Mark what is new; usually there is nothing."""
        if any(changes is not None and changes.changed for changes in (before, after)):
            self.refresh()

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
            number = self._number_of(here) if self._is_match(here) else 0
            count = f"{number:,} of {len(self.matches):,}" if number else f"{len(self.matches):,} found"
            title = f"Timeline · {text.one_line(str(self.search))}: {count}"
        if title != self._title_shown:
            self._title_shown = title
            self.border_title = Content(f" {title} ")

    def _number_of(self, position: int) -> int:
        """Which match is at a position, counted from 1 from the top of the list."""
        if self._layout.newest:
            return len(self.matches) - place_in(self.matches, position)[0]
        return sum(place_in(self.matches, position))


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
        "Press A to add one, or e to write it into the file:",
        "",
        "events:",
        "  - date: 2024-11-06",
        "    title: What happened",
    ]


def _clock(row: Row, room: int) -> str:
    """The time of day; without its seconds where `room` cells do not hold them."""
    form = row.date.form
    if not isinstance(form, Moment) or form.time is None:
        return ""
    time = form.time
    minute = f"{time.hour:02}:{time.minute:02}"
    exact = minute if time.second is None else f"{minute}:{time.second:02}"
    return exact if len(exact) <= room else minute

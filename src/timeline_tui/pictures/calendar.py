"""The calendar: how many events lie in each month of the years, day of the months, or hour of the week."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.day_numbers import days_in_month, from_civil, to_civil
from timeline_tui.dates.edtf import write_year
from timeline_tui.dates.months import SHORT_MONTHS, WEEKDAYS
from timeline_tui.dates.wording import year_in_words
from timeline_tui.drawing.lines import count_of, paragraph
from timeline_tui.pictures.grid import (
    EMPTY,
    Grid,
    GridCell,
    GridRow,
    grid_layout,
    grid_picture,
)
from timeline_tui.pictures.picture import Picture
from timeline_tui.query.language import WITHIN, Query, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.protocol import TimelineView

_MONTHS_UP_TO = 2 * 366
"""Days of the longest span of which the first calendar is one of days."""
_YEARS_UP_TO = 60 * 366
"""Days of the longest span of which the first calendar is one of months."""
_MONTHS_ALONE = 10
"""Years of the longest span without a calendar of years."""
_MOST_ROWS = 40
"""The greatest number of rows of a calendar of years."""
_SHOWN_EMPTY = 2
"""How many empty rows are shown one after another; more are counted in words."""
_DOUBTFUL: Final = (
    Query().with_term("status", "claimed").with_term("status", "disputed").with_term("status", "denied")
)


class Scale(Protocol):
    """What the rows and the columns of a calendar are."""

    name: str
    """`years by months`."""
    columns: tuple[str, ...]
    unit: str
    """What a cell is: `month`."""
    row_unit: str
    """What a row is: `year`."""

    def place(self, day: int) -> tuple[int, int]:
        """The number of the row, in the order of time, and of the column of a day."""

    def last_day(self, row: int, column: int) -> int:
        """The last day number of a cell."""

    def cells_in(self, row: int) -> int:
        """How many of the columns have a cell in a row."""

    def term(self, row: int, column: int) -> str:
        """The days of a cell as a value of `within:`."""

    def heading(self, row: int) -> str:
        """The heading of a row."""


class Years:
    """Years in rows of ten cells."""

    def __init__(self, step: int) -> None:
        self._step = step
        self.name = f"{_ten(step)} by {'years' if step == 1 else _ten(step // 10)}"
        self.columns = tuple(f"+{_short(step * number)}" for number in range(10))
        self.unit = "year" if step == 1 else f"{step:,} years"
        self.row_unit = f"{10 * step:,} years" if step > 1 else "decade"

    def place(self, day: int) -> tuple[int, int]:
        """The place of a day."""
        row, rest = divmod(to_civil(day)[0], 10 * self._step)
        return row, rest // self._step

    def _first_year(self, row: int, column: int) -> int:
        return row * 10 * self._step + column * self._step

    def last_day(self, row: int, column: int) -> int:
        """The last day of a cell."""
        return from_civil(self._first_year(row, column) + self._step, 1, 1) - 1

    def cells_in(self, row: int) -> int:  # noqa: ARG002  the same in all rows
        """All columns."""
        return len(self.columns)

    def term(self, row: int, column: int) -> str:
        """The days of a cell as they are typed."""
        year = self._first_year(row, column)
        first, last = write_year(year), write_year(year + self._step - 1)
        return first if first == last else f"{first}..{last}"

    def heading(self, row: int) -> str:
        """The first year of a row."""
        return year_in_words(row * 10 * self._step)


class Months:
    """Years by months."""

    name = "years by months"
    columns = SHORT_MONTHS
    unit = "month"
    row_unit = "year"

    def place(self, day: int) -> tuple[int, int]:
        """The place of a day."""
        year, month, _ = to_civil(day)
        return year, month - 1

    def last_day(self, row: int, column: int) -> int:
        """The last day of a cell."""
        return from_civil(row, column + 1, days_in_month(row, column + 1))

    def cells_in(self, row: int) -> int:  # noqa: ARG002  the same in all rows
        """All columns."""
        return len(self.columns)

    def term(self, row: int, column: int) -> str:
        """The days of a cell as they are typed."""
        if abs(row) <= 9999:
            return f"{write_year(row)}-{column + 1:02}"
        return ""

    def heading(self, row: int) -> str:
        """The year."""
        return year_in_words(row)


class Days:
    """Months by days."""

    name = "months by days"
    columns = tuple(str(day) for day in range(1, 32))
    unit = "day"
    row_unit = "month"

    def place(self, day: int) -> tuple[int, int]:
        """The place of a day."""
        year, month, number = to_civil(day)
        return year * 12 + month - 1, number - 1

    def last_day(self, row: int, column: int) -> int:
        """The day of a cell."""
        year, month = divmod(row, 12)
        return from_civil(year, month + 1, column + 1)

    def cells_in(self, row: int) -> int:
        """As many as the month has days."""
        year, month = divmod(row, 12)
        return days_in_month(year, month + 1)

    def term(self, row: int, column: int) -> str:
        """The days of a cell as they are typed."""
        year, month = divmod(row, 12)
        return f"{write_year(year)}-{month + 1:02}-{column + 1:02}" if abs(year) <= 9999 else ""

    def heading(self, row: int) -> str:
        """The month."""
        year, month = divmod(row, 12)
        return f"{SHORT_MONTHS[month]} {year_in_words(year)}"


MONTHS: Final = Months()
DAYS: Final = Days()
WEEK: Final = "weekdays by hours"
"""The name of the calendar of the hours of a week."""


WORDS: Final = ("years", "months", "days", "week")
"""What calendars are asked for by."""


class Calendar:
    """The calendars of a view, each counted when it is first asked for.

    Args:
        view: The events.
    """

    def __init__(self, view: TimelineView) -> None:
        self.view = view
        self.grid = lru_cache(maxsize=4)(self._grid)
        """The calendar with that name, one of `names`."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What calendars there are, from the coarsest to the finest."""
        week = (WEEK,) if any(cell.events for cell in self._hours) else ()
        return (*self._scales, *week)

    @property
    def first_name(self) -> str:
        """The calendar to begin with, by the span of the view."""
        first, last = self.view.span
        if last - first < _MONTHS_UP_TO:
            return DAYS.name
        return MONTHS.name if last - first < _YEARS_UP_TO else next(iter(self._scales))

    def named(self, name: str) -> str:
        """The calendar with that name or word of `WORDS`; if there is none here, the one to begin with."""
        word = WORDS.index(name) if name in WORDS else -1
        if word == 0:
            name = self.names[0]
        elif word > 0:
            name = (MONTHS.name, DAYS.name, WEEK)[word - 1]
        return name if name in self.names else self.first_name

    def after(self, name: str, steps: int, *, around: bool = False) -> str:
        """The calendar some steps finer than one, or coarser if they are negative.

        Args:
            name: As in `named()`.
            steps: How many.
            around: Whether the coarsest comes after the finest.
        """
        names = self.names
        place = names.index(self.named(name)) + steps
        return names[place % len(names) if around else min(max(place, 0), len(names) - 1)]

    def place_of(self, name: str, key: int) -> tuple[int, int]:
        """The row and the column of the cell that an event is counted in; (-1, -1) for none."""
        grid = self.grid(name)
        if not self.view.has(key):
            return -1, -1
        date = self.view.date_of(key)
        if name == WEEK:
            from timeline_tui.index.searched import hour_of  # noqa: PLC0415  only for events with a time

            day, _, hour = hour_of(date).partition("-")
            return ([each.lower() for each in WEEKDAYS].index(day), int(hour)) if hour else (-1, -1)
        scale = self._scales[name]
        cell = _cell_of(scale, date.earliest, date.latest)
        if cell is None:
            return -1, -1
        heading = scale.heading(cell[0])
        return next((number for number, row in enumerate(grid.rows) if row.heading == heading), -1), cell[1]

    def day_at(self, name: str, row: int, column: int) -> int | None:
        """The day number of a cell of the calendar of days; None for other cells."""
        grid = self.grid(name)
        if name != DAYS.name or grid.cell(row, column) is None:
            return None
        return DAYS.last_day(self._months[grid.rows[row].heading], column)

    @cached_property
    def _months(self) -> dict[str, int]:
        """By its heading, the number of each row of the calendar of days."""
        first, last = (DAYS.place(day)[0] for day in self.view.span)
        return {DAYS.heading(row): row for row in range(first, last + 1)}

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        first, last = self.view.span
        years = to_civil(last)[0] - to_civil(first)[0] + 1
        step = 1
        while years > step * 10 * _MOST_ROWS:
            step *= 10
        scales: list[Scale] = [MONTHS, DAYS]
        if years > _MONTHS_ALONE:
            scales.insert(0, Years(step))
        return {scale.name: scale for scale in scales}

    @cached_property
    def _dates(self) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
        """How many events have each first and last day, and how many of these are doubtful."""
        return dict(self.view.date_counts()), dict(self.view.date_counts(_DOUBTFUL))

    @cached_property
    def _hours(self) -> list[GridCell]:
        """The cells of the hours of the week, from Monday on."""
        counts = self.view.hours()
        return [
            GridCell(*counts[place, hour], (Term("hour", f"{day.lower()}-{hour}"),))
            if (place, hour) in counts
            else EMPTY
            for place, day in enumerate(WEEKDAYS)
            for hour in range(24)
        ]

    def _grid(self, name: str) -> Grid:
        return self._week() if name == WEEK else self._of_days(self._scales[name])

    def _of_days(self, scale: Scale) -> Grid:
        every, doubtful = self._dates
        counts, wider = _counted(scale, every)
        doubts, _ = _counted(scale, doubtful)
        told = (_told_wider(wider, scale.unit),) if wider else ()
        rows = tuple(self._rows(scale, counts, doubts))
        return Grid(f"Calendar: {scale.name}", self.view.query, scale.columns, rows, told)

    def _rows(
        self, scale: Scale, counts: Counter[tuple[int, int]], doubts: Counter[tuple[int, int]]
    ) -> Iterator[GridRow]:
        before: int | None = None
        for row in sorted({row for row, _ in counts}):
            empty = 0 if before is None else row - before - 1
            if empty > _SHOWN_EMPTY:
                yield GridRow(f"┊ {_number_of(empty, scale.row_unit)} empty")
            else:
                yield from (self._row(scale, row - left, counts, doubts) for left in range(empty, 0, -1))
            yield self._row(scale, row, counts, doubts)
            before = row

    def _row(
        self, scale: Scale, row: int, counts: Counter[tuple[int, int]], doubts: Counter[tuple[int, int]]
    ) -> GridRow:
        cells: list[GridCell | None] = [EMPTY] * scale.cells_in(row)
        cells += [None] * (len(scale.columns) - len(cells))
        for column in range(len(cells)):
            if count := counts.get((row, column)):
                terms = (Term(WITHIN, scale.term(row, column)),)
                cells[column] = GridCell(count, doubts.get((row, column), 0), terms)
        return GridRow(scale.heading(row), tuple(cells))

    def _week(self) -> Grid:
        cells, hours = self._hours, tuple(map(str, range(24)))
        rows = tuple(
            GridRow(day, tuple(cells[24 * number : 24 * number + 24])) for number, day in enumerate(WEEKDAYS)
        )
        without = self.view.count - sum(cell.events for cell in cells)
        told = (f"{count_of(without, 'event')} without a time of day",) if without else ()
        return Grid(f"Calendar: {WEEK}", self.view.query, hours, rows, told)


def _counted(scale: Scale, dates: dict[tuple[int, int], int]) -> tuple[Counter[tuple[int, int]], int]:
    """How many events lie in each cell, by row and column, and how many are wider than their cell."""
    counts: Counter[tuple[int, int]] = Counter()
    wider = 0
    for (first, last), count in dates.items():
        place = _cell_of(scale, first, last)
        if place is None:
            wider += count
        else:
            counts[place] += count
    return counts, wider


def _cell_of(scale: Scale, first: int, last: int) -> tuple[int, int] | None:
    """The cell in which days lie; None if they are wider than a cell, or lie in two."""
    if first == BEGINNING or last == END:
        return None
    place = scale.place(first)
    return place if scale.term(*place) and last <= scale.last_day(*place) else None


def _told_wider(count: int, unit: str) -> str:
    one = unit.removeprefix("1 ")
    article = "" if one[0].isdigit() else "a "
    return f"{count_of(count, 'event')} {'is' if count == 1 else 'are'} wider than {article}{one}"


def _number_of(number: int, unit: str) -> str:
    return f"{number:,} × {unit}" if unit[0].isdigit() else count_of(number, unit)


def _ten(step: int) -> str:
    names = {1: "decades", 10: "centuries", 100: "millennia"}
    return names.get(step, f"{_short(10 * step)} years")


def _short(number: int) -> str:
    for size, letter in ((10**9, "bn"), (10**6, "M"), (10**3, "k")):
        if number >= size and number % size == 0:
            return f"{number // size}{letter}"
    return str(number)


def whole_calendar(view: TimelineView, width: int, name: str = "", height: int | None = None) -> Picture:
    """The calendar of a view.

    Args:
        view: The events.
        width: In cells.
        name: As in `Calendar.named()`.
        height: In lines; None for as many as it has.
    """
    if not view.count:
        sentence = view.nothing_known or "There are no events here."
        return Picture("Calendar", tuple(paragraph(sentence, width)))
    calendar = Calendar(view)
    grid = calendar.grid(calendar.named(name))
    return grid_picture(grid, (-1, -1), grid_layout(grid, width, height), width, height)

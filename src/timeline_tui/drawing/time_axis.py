"""An axis of days, drawn in cells: the cell of a day, the day of a cell, and ticks that suit the period."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import SECONDS, from_civil, to_civil
from timeline_tui.dates.months import SHORT_MONTHS
from timeline_tui.dates.relative import relative_day
from timeline_tui.dates.wording import year_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOM, _COUNTED_ROOM = 9, 10
"""Cells for a tick with a date, and for one with a number of days."""


MONTHLY = 16
"""Days between two ticks from which on they are at the starts of months or years."""


class Tick(NamedTuple):
    """A mark on the axis."""

    cell: int
    label: str


class TimeAxis(NamedTuple):
    """The days from `first` to `last`, both included, over `width` cells; or the seconds."""

    first: int
    last: int
    width: int
    per_day: int = 1
    """How many of what is counted are a day: 86,400 for seconds."""

    def cell(self, day: int) -> int:
        """The cell of a day, or second; one before or after the axis has the first or last cell."""
        days = self.last - self.first + 1
        return min(max((day - self.first) * self.width // days, 0), self.width - 1)

    def day(self, cell: int) -> int:
        """The first day that is drawn in a cell, or after it if no day is drawn in it."""
        days = self.last - self.first + 1
        cell = min(max(cell, 0), self.width - 1)
        return self.first + -(-cell * days // self.width)

    def counted_ticks(self, origin: int) -> list[Tick]:
        """Ticks at round numbers of days from the day `origin`, as many as there is room for."""
        first_day, last_day = -(-self.first // self.per_day), self.last // self.per_day
        least = -(-(self.last - self.first + 1) // (max(1, self.width // _COUNTED_ROOM) * self.per_day))
        power = 10 ** (len(str(least)) - 1)
        step: int = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
        first = first_day + (origin - first_day) % step
        days = range(first, last_day + 1, step)
        return [Tick(self.cell(day * self.per_day), relative_day(day, origin)) for day in days]

    @property
    def step(self) -> int:
        """Days, or seconds, between two ticks, at least, for which there is room."""
        return -(-(self.last - self.first + 1) // max(1, self.width // _ROOM))

    def ticks(self, step: int = 0, origin: int | None = None) -> list[Tick]:
        """Ticks at the starts of seconds, minutes, hours, days, months or years, as there is room for.

        Args:
            step: Days, or seconds, between two of them, at least; 0 for as many as there is room for.
            origin: Day number that the days of times are counted from; None for dates.
        """
        ticks: list[Tick] = []
        for start, label in self._starts(step or self.step, origin):
            cell = self.cell(start)
            if not ticks or cell > ticks[-1].cell + len(ticks[-1].label):
                ticks.append(Tick(cell, label))
        return ticks

    def _starts(self, step: int, origin: int | None) -> Iterator[tuple[int, str]]:
        if 2 * step <= self.per_day:
            yield from _time_starts(self.first, self.last, step, origin)
            return
        first_day, last_day = -(-self.first // self.per_day), self.last // self.per_day
        for day, label in _starts(first_day, last_day, -(-step // self.per_day)):
            yield day * self.per_day, label

    def text(self, origin: int | None, room: int) -> str:
        """The axis as text of at most `room` cells: `╷Nov 2024  ╷Dec`.

        Args:
            origin: Day number that days are counted from; None for dates.
            room: In cells; labels may go on after the last cell of the axis.
        """
        row = ""
        for tick in self.ticks() if origin is None else self.counted_ticks(origin):
            text = f"╷{tick.label}"
            if tick.cell >= len(row) + bool(row) and tick.cell + len(text) <= room:
                row = row.ljust(tick.cell) + text
        return row or "╷"


def _starts(first: int, last: int, step_days: int) -> Iterator[tuple[int, str]]:
    """The days from `first` to `last` on which periods of about `step_days` begin, with their labels."""
    if step_days < MONTHLY:
        yield from _day_starts(first, last, next(step for step in (1, 2, 5, 10, 15) if step >= step_days))
    elif step_days <= 200:
        months = next(months for months in (1, 2, 3, 6, 12) if months * 31 >= step_days)
        yield from _month_starts(first, last, months)
    else:
        yield from _year_starts(first, last, _round_up(-(-step_days // 366)))


_TIME_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200)
"""Seconds between two ticks."""


def time_in_words(second: int, step: int = 1) -> str:
    """The time of a second of a day: `03:08:19`, or `03:08` where whole minutes are told apart."""
    minutes, seconds = divmod(second, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return text if step % 60 == 0 else f"{text}:{seconds:02}"


def _time_starts(first: int, last: int, least: int, origin: int | None) -> Iterator[tuple[int, str]]:
    """The seconds on which times of day of about `least` seconds begin; midnight has the day."""
    step = next(step for step in _TIME_STEPS if step >= least)
    shown = None
    for moment in range(first + -first % step, last + 1, step):
        day, second = divmod(moment, SECONDS)
        name = "" if day == shown else _day_name(day) if origin is None else relative_day(day, origin)
        words = time_in_words(second, step)
        yield moment, name if name and not second else f"{name} {words}".lstrip()
        shown = day


def _day_name(day: int) -> str:
    _, month, number = to_civil(day)
    return f"{SHORT_MONTHS[month - 1]} {number}"


def _day_starts(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    shown = None
    for day in range(first, last + 1):
        year, month, number = to_civil(day)
        if (number - 1) % step == 0 and (number < 30 or step == 1):
            month_name = f"{SHORT_MONTHS[month - 1]} " if (year, month) != shown else ""
            shown = (year, month)
            yield day, f"{month_name}{number}"


def _month_starts(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    year, month, number = to_civil(first)
    index = year * 12 + month - 1 + (number > 1)
    index += -index % step
    shown = None
    while (day := from_civil(index // 12, index % 12 + 1, 1)) <= last:
        year, month = divmod(index, 12)
        with_year = year != shown and step < 12
        yield day, f"{SHORT_MONTHS[month]} {year}" if with_year else _month_label(year, month)
        shown = year
        index += step


def _month_label(year: int, month: int) -> str:
    return SHORT_MONTHS[month] if month else year_in_words(year)


def _year_starts(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    year, month, number = to_civil(first)
    year += (month, number) > (1, 1)
    year += -year % step
    while (day := from_civil(year, 1, 1)) <= last:
        yield day, year_in_words(year)
        year += step


def _round_up(years: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, 100 … that is not less than `years`."""
    power: int = 10 ** (len(str(years)) - 1)
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= years)

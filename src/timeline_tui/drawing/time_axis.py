"""The arithmetic of an axis of days drawn in cells: places, and ticks that suit the span."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.relative import counted_day
from timeline_tui.dates.wording import year_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ROOM, _COUNTED_ROOM = 9, 10
"""Cells that a labelled tick wants, and one with a number of days."""


class Tick(NamedTuple):
    """A mark on the axis."""

    cell: int
    label: str


class TimeAxis(NamedTuple):
    """Days `first` to `last`, both drawn, over `width` cells."""

    first: int
    last: int
    width: int

    def cell(self, day: int) -> int:
        """The cell of a day; days beyond the scale are at its ends."""
        days = self.last - self.first + 1
        return min(max((day - self.first) * self.width // days, 0), self.width - 1)

    def day(self, cell: int) -> int:
        """The first day drawn at or after the start of a cell."""
        days = self.last - self.first + 1
        cell = min(max(cell, 0), self.width - 1)
        return self.first + -(-cell * days // self.width)

    def counted_ticks(self, origin: int) -> list[Tick]:
        """Ticks at round numbers of days from an origin, as many as have room."""
        least = -(-(self.last - self.first + 1) // max(1, self.width // _COUNTED_ROOM))
        power = 10 ** (len(str(least)) - 1)
        step: int = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
        first = self.first + (origin - self.first) % step
        return [Tick(self.cell(day), counted_day(day, origin)) for day in range(first, self.last + 1, step)]

    def ticks(self) -> list[Tick]:
        """Ticks at the starts of days, months or years, as many as have room."""
        wanted = max(1, self.width // _ROOM)
        days = self.last - self.first + 1
        ticks: list[Tick] = []
        for day, label in _starts(self.first, self.last, -(-days // wanted)):
            cell = self.cell(day)
            if not ticks or cell > ticks[-1].cell + len(ticks[-1].label):
                ticks.append(Tick(cell, label))
        return ticks


def _starts(first: int, last: int, step_days: int) -> Iterator[tuple[int, str]]:
    """The days in the span at which periods of about `step_days` begin, with their labels."""
    if step_days <= 15:
        yield from _day_starts(first, last, next(step for step in (1, 2, 5, 10, 15) if step >= step_days))
    elif step_days <= 200:
        months = next(months for months in (1, 2, 3, 6, 12) if months * 31 >= step_days)
        yield from _month_starts(first, last, months)
    else:
        yield from _year_starts(first, last, _round_up(-(-step_days // 366)))


def _day_starts(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    shown = None
    for day in range(first, last + 1):
        year, month, number = to_civil(day)
        if (number - 1) % step == 0 and (number < 30 or step == 1):
            month_name = f"{_MONTHS[month - 1]} " if (year, month) != shown else ""
            shown = (year, month)
            yield day, f"{month_name}{number}"


def _month_starts(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    year, month, number = to_civil(first)
    index = year * 12 + month - 1 + (number > 1)
    index += -index % step
    shown = None
    while (day := from_civil(index // 12, index % 12 + 1, 1)) <= last:
        year, month = divmod(index, 12)
        yield day, f"{_MONTHS[month]} {year}" if year != shown and step < 12 else _month_label(year, month)
        shown = year
        index += step


def _month_label(year: int, month: int) -> str:
    return _MONTHS[month] if month else year_in_words(year)


def _year_starts(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    year, month, number = to_civil(first)
    year += (month, number) > (1, 1)
    year += -year % step
    while (day := from_civil(year, 1, 1)) <= last:
        yield day, year_in_words(year)
        year += step


def _round_up(years: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50, 100 and so on."""
    power: int = 10 ** (len(str(years)) - 1)
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= years)

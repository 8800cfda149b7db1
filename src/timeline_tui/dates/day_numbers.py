"""Day numbers: the days of the proleptic Gregorian calendar, counted without limits in both directions.

Day numbers are those of `datetime.date.toordinal()`: 0001-01-01 is 1, a Monday. Years are astronomical:
year 0 is 1 BC, year -43 is 44 BC. The calendar repeats every 400 years, so years that `datetime.date` does
not have are computed from years that it has.
"""

from __future__ import annotations

from datetime import date

SECONDS = 86_400
"""Seconds of a day."""

_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def from_civil(year: int, month: int, day: int) -> int:
    """The day number of a calendar day.

    Raises:
        ValueError: The month or the day does not exist.
    """
    cycles, rest = divmod(year - 1, _CYCLE_YEARS)
    return cycles * _CYCLE_DAYS + date(rest + 1, month, day).toordinal()


def to_civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month of a day number."""
    cycles, rest = divmod(day - 1, _CYCLE_DAYS)
    civil = date.fromordinal(rest + 1)
    return cycles * _CYCLE_YEARS + civil.year, civil.month, civil.day


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The number of days in a month (1 to 12) of a year."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def weekday(day: int) -> int:
    """The weekday of a day number, from 0 for Monday to 6 for Sunday."""
    return (day - 1) % 7


def add_months(day: int, months: int) -> int:
    """The same day of a later (or earlier) month, or the last day of that month if it is shorter."""
    year, month, of_month = to_civil(day)
    years, month_index = divmod(month - 1 + months, 12)
    length = days_in_month(year + years, month_index + 1)
    return from_civil(year + years, month_index + 1, min(of_month, length))

"""Minutes that are numbered like days: 0 is the first minute of the year 1, which is on day number 1."""

from __future__ import annotations

from typing import Final

from timeline_tui.dates.date import edtf_of_day
from timeline_tui.dates.wording import day_in_words

MINUTES: Final = 24 * 60
"""Minutes of a day."""


def minutes_of_days(first: int, last: int) -> tuple[int, int]:
    """The first minute of a day number, and the last one of another."""
    return (first - 1) * MINUTES, last * MINUTES - 1


def day_of_minute(minute: int) -> int:
    """The day number of a minute."""
    return minute // MINUTES + 1


def clock_of_minute(minute: int) -> str:
    """The time of day of a minute: `14:05`."""
    return "{:02}:{:02}".format(*divmod(minute % MINUTES, 60))


def minute_in_words(minute: int) -> str:
    """A minute in words: `6 November 2024, 14:05`."""
    return f"{day_in_words(day_of_minute(minute))}, {clock_of_minute(minute)}"


def minutes_in_edtf(first: int, last: int) -> str:
    """Two minutes as a term of dates: `2024-11-06T14:00..2024-11-06T14:59`."""
    both = (f"{edtf_of_day(day_of_minute(each))}T{clock_of_minute(each)}" for each in (first, last))
    return "..".join(both)

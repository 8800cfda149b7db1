"""Dates as the instants that calendars and logs take: a first and a last, each a day and a second of UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates import BEGINNING, END, Precision
from timeline_tui.days import to_civil
from timeline_tui.edtf import bounds, moments

if TYPE_CHECKING:
    from timeline_tui.dates import Date

_DAY = 86_400


class Instant(NamedTuple):
    """A second of a day."""

    day: int
    """A day number, as `days.py` counts them."""
    second: int
    """0 to 86,399."""

    @property
    def year(self) -> int:
        """Its year, astronomical."""
        return to_civil(self.day)[0]

    def iso(self) -> str:
        """`2024-11-06T10:30:00`; of the years 1 to 9999 only."""
        year, month, day = to_civil(self.day)
        return f"{year:04}-{month:02}-{day:02}T{self.clock()}"

    def clock(self) -> str:
        """`10:30:00`."""
        return f"{self.second // 3600:02}:{self.second // 60 % 60:02}:{self.second % 60:02}"


class Span(NamedTuple):
    """The first and the last second that a date may mean."""

    first: Instant
    last: Instant

    @property
    def is_common(self) -> bool:
        """Whether it lies in the years 1 to 9999, which is all that most programs know."""
        return self.first.year >= 1 and self.last.year <= 9999


def span_of(date: Date) -> Span:
    """The instants of a date; of one that is open or unknown on one side, those of the other side."""
    first, first_second, last, last_second = date.key
    if first == BEGINNING or last == END:
        first, first_second, last, last_second = bounds(moments(date.form)[0])
    return Span(_instant(first, first_second), _instant(last, last_second))


def is_timed(date: Date) -> bool:
    """Whether all of a date is known to the time of day."""
    return date.precision == Precision.TIME


def _instant(day: int, second: int) -> Instant:
    days, rest = divmod(second, _DAY)
    return Instant(day + days, rest)

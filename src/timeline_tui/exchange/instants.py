"""The first and last instant of a date in UTC, for the formats of calendars and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END, Precision
from timeline_tui.dates.edtf import Instant, bounds, moments

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date


class Span(NamedTuple):
    """The first and the last instant that a date can mean."""

    first: Instant
    last: Instant

    @property
    def is_common(self) -> bool:
        """Whether it lies in the years 1 to 9999, the only ones that most programs support."""
        return self.first.year >= 1 and self.last.year <= 9999


def span_of(date: Date) -> Span:
    """The instants of a date; if it is open or unknown at one end, both are those of the other end."""
    first, first_of_day, last, last_of_day = date.key
    if first == BEGINNING or last == END:
        return Span(*bounds(moments(date.form)[0])[2:])
    return Span(Instant(first, first_of_day), Instant(last, last_of_day))


def is_timed(date: Date) -> bool:
    """Whether the whole date is given to the time of day."""
    return date.precision == Precision.TIME

"""Dates as the instants that calendars and logs take: a first and a last, in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END, Precision
from timeline_tui.dates.edtf import Instant, bounds, moments

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date


class Span(NamedTuple):
    """The first and the last instant that a date may mean."""

    first: Instant
    last: Instant

    @property
    def is_common(self) -> bool:
        """Whether it lies in the years 1 to 9999, which is all that most programs know."""
        return self.first.year >= 1 and self.last.year <= 9999


def span_of(date: Date) -> Span:
    """The instants of a date; of one that is open or unknown on one side, those of the other side."""
    first, first_of_day, last, last_of_day = date.key
    if first == BEGINNING or last == END:
        return Span(*bounds(moments(date.form)[0])[2:])
    return Span(Instant(first, first_of_day), Instant(last, last_of_day))


def is_timed(date: Date) -> bool:
    """Whether all of a date is known to the time of day."""
    return date.precision == Precision.TIME

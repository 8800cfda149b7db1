"""Conversion between EDTF and the dates of calendars: days and times, with exclusive ends for whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.edtf import Interval, Moment, bounds, moments
from timeline_tui.exchange.instants import is_timed, span_of

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date

_DAY = timedelta(days=1)
_LAST = date.max - _DAY
"""The last day that is exported: programs add a day to the start of an event, and convert its
times to zones that are half a day ahead."""


class When(NamedTuple):
    """The values of `DTSTART` and `DTEND`: dates for whole days, or times, local if without a zone."""

    start: date
    """A `date`, or a `datetime`."""
    end: date | None
    """Of the same type: the day or second after the last; None for a single day or moment."""


def when(shown: Date) -> When | None:
    """The first and last day of a date, or its times; None outside the years 1 to 9999.

    A date that is open or unknown at one end is shown at its other end. So is a date that ends on the last
    day of the year 9999, which means an open end; a date that starts there is shown a day earlier.
    """
    span = span_of(shown)
    if not span.is_common:
        return None
    if is_timed(shown):
        found = moments(shown.form)
        floating = all(moment.time is not None and moment.time.offset is None for moment in found)
        ends = [_moment(moment, floating=floating) for moment in found]
        start, end = ends[0], ends[-1] if isinstance(shown.form, Interval) else None
        if start is None:
            return None
        is_open = end is None or end == start or end.date() > _LAST
        return When(start - _DAY if start.date() > _LAST else start, None if is_open else end)
    first, last, latest = span.first.day, span.last.day, _LAST.toordinal()
    behind = date.fromordinal(last + 1) if first < last <= latest else None
    return When(date.fromordinal(min(first, latest)), behind)


def edtf_between(start: date, end: date | None, *, inclusive: bool = False) -> str:
    """The EDTF for the start and end of a calendar entry; empty if the end is before the start.

    Args:
        start: A `date` or a `datetime`.
        end: The day or second after the last, a `date` or a `datetime`; None if there is none.
        inclusive: Whether an end that is a day is itself the last day.
    """
    if end is None or end == start:
        return _edtf(start)
    if isinstance(start, datetime) != isinstance(end, datetime):
        # A mistake of many programs: the end is meant as the last day.
        start, end, inclusive = _day(start), _day(end), inclusive or isinstance(end, datetime)
    midnights = isinstance(start, datetime) and isinstance(end, datetime) and _midnights(start, end)
    if midnights:
        start, end = _day(start), _day(end)
    if not isinstance(start, datetime):
        if end < start:
            return ""
        end = end if inclusive else end - _DAY
        return _valid(_edtf(start) if end == start else f"{_edtf(start)}/{_edtf(end)}")
    return _valid(f"{_edtf(start)}/{_edtf(end)}")


def is_whole_days(start: date, end: date | None) -> bool:
    """Whether times run from midnight to midnight, so that they mean whole days."""
    return isinstance(start, datetime) and end is not None and "T" not in edtf_between(start, end)


def _edtf(at: date) -> str:
    if not isinstance(at, datetime):
        return at.isoformat()
    clock = at.strftime("%H:%M:%S" if at.second else "%H:%M")
    return f"{at.date().isoformat()}T{clock}{_offset(at)}"


def _offset(at: datetime) -> str:
    """`Z`, `+03:00` or nothing."""
    offset = at.utcoffset()
    if offset is None:
        return ""
    minutes = round(offset.total_seconds() / 60)
    if minutes == 0:
        return "Z"
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _midnights(start: datetime, end: datetime) -> bool:
    return start.time() == end.time() == time() and start.utcoffset() == end.utcoffset()


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _moment(moment: Moment, *, floating: bool) -> datetime | None:
    """A moment in UTC, or in local time; None outside of the years 1 to 9999."""
    instant = bounds(moment).first
    if not 1 <= instant.year <= 9999:
        return None
    at = datetime.combine(date.fromordinal(instant.day), time()) + timedelta(seconds=instant.second)
    return at if floating else at.replace(tzinfo=UTC)


def _valid(edtf: str) -> str:
    try:
        return parse_date(edtf).text
    except DateError:
        return ""

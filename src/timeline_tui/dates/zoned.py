"""Dates with a time of day, as clocks in one time zone show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline_tui.dates.date import Date, parse_date
from timeline_tui.dates.edtf import Interval, Limit, Moment
from timeline_tui.dates.zones import find_zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@lru_cache(maxsize=8192)  # the rows in sight are asked for again with every key
def in_zone(date: Date, name: str) -> Date:
    """A date with its times of day as clocks in a time zone show them; the day may be another one.

    The instant stays the same. What gives no offset, or is uncertain, stays as it is: nobody knows its zone.
    So do an interval with such an end, and what lies outside of the years 1 to 9999.

    Args:
        date: The date.
        name: Of the time zone; of an unknown one, the date stays as it is.
    """
    zone = find_zone(name) if "T" in date.text else None
    if zone is None:
        return date
    form = date.form
    if isinstance(form, Moment):
        return parse_date(_shown(form, zone) or date.text)
    if not isinstance(form, Interval):
        return date
    # One end alone could come to be after the other.
    shown = [_shown(end, zone) if isinstance(end, Moment) else end.value for end in form]
    is_whole = all(text or end is Limit.UNKNOWN for text, end in zip(shown, form, strict=True))
    return parse_date("/".join(shown)) if is_whole else date


def _shown(moment: Moment, zone: ZoneInfo) -> str:
    """The text of a moment in a zone; empty if it stays as it is."""
    time = moment.time
    if time is None or time.offset is None or any(moment.qualifiers):
        return ""
    try:
        written = datetime(  # noqa: DTZ001  the offset follows
            int(moment.year), int(moment.month), int(moment.day), time.hour, time.minute, time.second or 0
        )
        instant = (written - timedelta(minutes=time.offset)).replace(tzinfo=UTC)
        ahead = instant.astimezone(zone).utcoffset() or timedelta()
        minutes = round(ahead.total_seconds() / 60)
        local = instant + timedelta(minutes=minutes)
    except (ValueError, OverflowError):
        return ""
    seconds = (
        "" if time.second is None else f":{local.second:02}" + (f".{time.fraction}" if time.fraction else "")
    )
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if minutes else "Z"
    day = f"{local.year:04}-{local.month:02}-{local.day:02}"
    return f"{day}T{local.hour:02}:{local.minute:02}{seconds}{offset}"

"""What the dates of an event say of it: how late it became known, how often it was put off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.date import BEGINNING, END, Precision
from timeline_tui.dates.edtf import Several
from timeline_tui.dates.wording import span_in_words

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.index.summaries import Head
    from timeline_tui.model.records import Event

_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}


def remark(event: Event | Head) -> str:
    """`revealed 11 days later`, `moved twice, 41 days in all`, both or nothing.

    How long it took is said no more exactly than the dates are known.
    """
    return ", ".join(part for part in (_slips(event), _lag(event)) if part)


def _lag(event: Event | Head) -> str:
    known, date = event.known, event.date
    if known is None or known.earliest == BEGINNING or date.latest == END:
        return ""
    days = known.earliest - date.latest
    if days <= 0:
        return ""
    least = "" if known.earliest == known.latest and _is_exact(date) else "at least "
    return f"revealed {least}{_about(known, date)}{span_in_words(days)} later"


def _slips(event: Event | Head) -> str:
    count = len(event.postponed)
    if not count:
        return ""
    times = _TIMES.get(count, f"{count} times")
    dates = (event.postponed[0].date, event.date)
    days = dates[1].earliest - dates[0].earliest
    if not days or not all(map(_is_exact, dates)):
        return f"moved {times}"
    in_all = "" if count == 1 else " in all"
    way = "" if days > 0 else " earlier"
    return f"moved {times}, {_about(*dates)}{span_in_words(days)}{way}{in_all}"


def _about(*dates: Date) -> str:
    return "about " if any(date.approximate or date.uncertain for date in dates) else ""


def _is_exact(date: Date) -> bool:
    """Whether the days on which something begins and ends are told, not months, or one of several days."""
    if date.earliest == date.latest:
        return True
    if date.precision < Precision.DAY or date.earliest == BEGINNING:
        return False
    form = date.form
    return not isinstance(form, Several) or form.every

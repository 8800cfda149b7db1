"""What the dates of an event say of it: how late it became known, how often it was put off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.date_words import span_in_words
from timeline_tui.dates import BEGINNING, END

if TYPE_CHECKING:
    from timeline_tui.heads import Head
    from timeline_tui.records import Event

_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}


def remark(event: Event | Head) -> str:
    """`revealed 11 days later`, `moved twice, 41 days in all`, both or nothing."""
    return ", ".join(part for part in (_slips(event), _lag(event)) if part)


def _lag(event: Event | Head) -> str:
    known = event.known
    if known is None or known.earliest == BEGINNING or event.date.latest == END:
        return ""
    days = known.earliest - event.date.latest
    if days <= 0:
        return ""
    least = "" if known.earliest == known.latest else "at least "
    return f"revealed {least}{span_in_words(days)} later"


def _slips(event: Event | Head) -> str:
    count = len(event.postponed)
    if not count:
        return ""
    times = _TIMES.get(count, f"{count} times")
    first, last = event.postponed[0].date.earliest, event.date.earliest
    if BEGINNING in (first, last) or first == last:
        return f"moved {times}"
    in_all = "" if count == 1 else " in all"
    way = "" if last > first else " earlier"
    return f"moved {times}, {span_in_words(last - first)}{in_all}{way}"

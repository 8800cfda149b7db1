"""Dates as days relative to an origin: `T-8`, `T+5`, `T-31..T-1`, for a story that leads up to an event.

A date known to the month is shown as the range of its days, so nothing is more precise than in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.dates.edtf import APPROXIMATE, BEGINNING, END, UNCERTAIN, Interval, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.dates.date import Date

_SIZES = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"), (10**3, "k"))
_CUT, _ON, _DASH = "…", "→", "\N{EN DASH}"
_NUMBERED = re.compile("T(?=[+-])")


def relative_date(date: Date, origin: int) -> str:
    """`date` as days from the day number `origin`: `T-8`, `T 0`, `~T+5?`, `T-31..T-1`, `T-8..` (open-ended).

    The time of day is left out; of a set of dates, only the first and the last are shown.
    """
    for_first, for_last = _marks(date)
    first = _marked(_end(date.earliest, origin), for_first)
    if date.earliest == date.latest:
        return first
    return f"{first}..{_marked(_end(date.latest, origin), for_last)}"


def relative_day(day: int, origin: int) -> str:
    """A day number relative to another one: `T-8`, `T+1,000`, `T 0` for the same day."""
    if day in (BEGINNING, END):
        return "the beginning" if day == BEGINNING else "the end"
    return f"T{day - origin:+,}" if day != origin else "T 0"


def relative_cells(date: Date, origin: int, room: int) -> str:
    """`relative_date()`, right-aligned in exactly `room` cells.

    If it is too long, it is written without commas and with one `T` (`T+193–194`, `T-60–+30`). If that is
    still too long, of a range only one end is left (`T-60→`), and a distant day is cut with `…` (`T-1.2m…` is
    more than 1,200,000 days before). A number is never cut so that it looks like another number.
    """
    whole = relative_date(date, origin)
    fitting = (text for text in (whole, _compact(whole), *_shorter(date, origin)) if len(text) <= room)
    return next(fitting, "").rjust(room)


def _compact(words: str) -> str:
    """`T+193–194` for `T+193..T+194`; the second sign is left out only where it is the same plus."""
    first, dots, last = words.replace(",", "").partition("..")
    if not (first and last):
        return f"{first}{dots}{last}"
    end = _NUMBERED.sub("", last)
    same = first.startswith("T+") and end.startswith("+")
    return f"{first}{_DASH}{end[1:] if same else end}"


def _end(day: int, origin: int) -> str:
    return "" if day in (BEGINNING, END) else relative_day(day, origin)


def _shorter(date: Date, origin: int) -> Iterator[str]:
    """Shorter texts for a date, the longest first."""
    opened = date.earliest == BEGINNING
    day = date.latest if opened else date.earliest
    if day != END:
        before, after = (_ON, "") if opened else ("", "" if date.latest == day else _ON)
        marks = _marks(date)[opened]
        shown = relative_day(day, origin)
        for text in (shown, shown.replace(",", "")):
            yield f"{before}{_marked(text, marks)}{after}"
        for text in _cut(day - origin):
            yield f"{before}{_marked(text, marks)}"
    yield _CUT


def _cut(days: int) -> Iterator[str]:
    """Shorter texts for a large number of days, the most exact first."""
    sign = "-" if days < 0 else "+"
    for size, name in _SIZES:
        if abs(days) >= size:
            whole, rest = divmod(abs(days), size)
            yield f"T{sign}{whole:,}.{rest * 10 // size}{name}{_CUT}"
            yield f"T{sign}{whole:,}{name}{_CUT}"
            break
    if days:
        yield f"T{sign}{_CUT}"


def _marks(date: Date) -> tuple[int, int]:
    """The qualifiers (`UNCERTAIN`, `APPROXIMATE`, both or 0) of the first and of the last day."""
    if not (date.uncertain or date.approximate):
        return 0, 0
    form = date.form
    if isinstance(form, Interval) and date.earliest != date.latest:
        first, last = (_qualifiers(end) if isinstance(end, Moment) else 0 for end in form)
        return first, last
    marks = (UNCERTAIN if date.uncertain else 0) | (APPROXIMATE if date.approximate else 0)
    return marks, marks


def _qualifiers(moment: Moment) -> int:
    of_year, of_month, of_day = moment.qualifiers
    return of_year | of_month | of_day


def _marked(text: str, marks: int) -> str:
    if not text:
        return ""
    return f"{'~' if marks & APPROXIMATE else ''}{text}{'?' if marks & UNCERTAIN else ''}"

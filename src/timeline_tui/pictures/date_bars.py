"""How a date of many days is drawn: certain days, days that it only may mean, open ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.day_numbers import SECONDS
from timeline_tui.dates.edtf import SECOND, Interval, Limit, bounds

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date

SURE, MAYBE = "━", "┄"
EARLIER, LATER = "◂", "▸"


class Bar(NamedTuple):
    """The days of a date as day numbers, where it can mean more than one; or its seconds."""

    first: int
    """`BEGINNING` if its beginning is open or not known."""
    last: int
    """`END` if its end is open or not known."""
    sure: tuple[int, int] | None = None
    """The first and the last day on which it certainly lasted; None if that is true of no day."""

    def sign(self, first: int, last: int) -> str:
        """The sign for days from one to another, which the bar covers at least in part."""
        sure = self.sure
        return SURE if sure is not None and first <= sure[1] and last >= sure[0] else MAYBE


def bar_of(date: Date) -> Bar:
    """The bar of a date.

    Only of a range it is certain that it lasted from its beginning to its end. If only the month is known, it
    may be any day of it; what is marked as uncertain or approximate is nowhere certain.
    """
    form = date.form
    if not isinstance(form, Interval) or date.uncertain or date.approximate:
        return Bar(date.earliest, date.latest)
    start, end = form
    if end is Limit.UNKNOWN or start is Limit.UNKNOWN:
        return Bar(date.earliest, date.latest)
    first = BEGINNING if isinstance(start, Limit) else bounds(start).latest
    last = END if isinstance(end, Limit) else bounds(end).earliest
    return Bar(date.earliest, date.latest, (first, last) if first <= last else None)


def bar_in_seconds(date: Date, begins: int) -> Bar:
    """The bar of a date in seconds from day 0 on, also of one that begins and ends on the same day.

    Args:
        date: The date.
        begins: The second at which it begins, by the clocks of the picture.
    """
    first, last = _second(date.key[:2]), _second(date.key[2:])
    whole = bar_of(date)
    sure = None
    if whole.sure is not None and isinstance(date.form, Interval):
        start, end = date.form
        # As long before and after, whatever the clocks.
        surely = (
            BEGINNING * SECONDS if isinstance(start, Limit) else _second(bounds(start).last) - first + begins,
            END * SECONDS if isinstance(end, Limit) else _second(bounds(end).first) - first + begins,
        )
        sure = surely if surely[0] <= surely[1] else None
    if whole.first <= BEGINNING:
        return Bar(BEGINNING * SECONDS, END * SECONDS if whole.last >= END else last, sure)
    return Bar(begins, END * SECONDS if whole.last >= END else last - first + begins, sure)


def _second(instant: tuple[int, int]) -> int:
    return instant[0] * SECONDS + instant[1] // SECOND

"""What a list shows of an event, and what its dates say: how late it became known, how often it was moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END, Precision
from timeline_tui.dates.edtf import Several
from timeline_tui.dates.wording import span_in_words
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.dates.date import Date
    from timeline_tui.index.summaries import Summary
    from timeline_tui.model.records import Event

_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}


class Row(NamedTuple):
    """What a list shows of an event; all text visible and on one line."""

    key: int
    id: str
    date: Date
    title: str
    kind: str
    status: str
    """As it is shown, see `View.status_of()`; may be empty."""
    by: tuple[str, ...]
    """Names of those who claim, dispute or deny it."""
    place: str
    quotes: int
    claims: int
    remark: str = ""
    """How late it became known, or how often it was postponed: `revealed 11 days later`."""
    is_fallen: bool = False
    """Whether all that it rests on was taken away or retracted."""

    @property
    def marked_title(self) -> str:
        """The title, with a sign before that of an event that has fallen."""
        return f"{FALLEN} {self.title}" if self.is_fallen else self.title


def row_of(
    key: int,
    event: Event | Summary,
    status: str,
    actor_name: Callable[[str], str],
    place_of: Callable[[Event | Summary], str],
) -> Row:
    """The row of an event.

    Args:
        key: Of the event.
        event: The event as it is known, raw.
        status: As it is shown.
        actor_name: Gives the name of an actor by its id, visible and on one line.
        place_of: Gives the names of an event's places, visible and on one line.
    """
    return Row(
        key,
        event.id,
        event.date,
        one_line(event.title),
        one_line(event.kind),
        status,
        tuple(map(actor_name, event.by)),
        place_of(event),
        len(event.quotes),
        len(event.claims),
        remark(event),
    )


def remark(event: Event | Summary) -> str:
    """How late an event became known and how often it was postponed; empty for neither.

    For example `revealed 11 days later` or `moved twice, 41 days in all`. A length of time is given no more
    exactly than the dates are known.
    """
    return ", ".join(part for part in (_slips(event), _lag(event)) if part)


def _lag(event: Event | Summary) -> str:
    known, date = event.known, event.date
    if known is None or known.earliest == BEGINNING or date.latest == END:
        return ""
    days = known.earliest - date.latest
    if days <= 0:
        return ""
    least = "" if known.earliest == known.latest and _is_exact(date) else "at least "
    return f"revealed {least}{_about(known, date)}{span_in_words(days)} later"


def _slips(event: Event | Summary) -> str:
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
    """Whether a date names its first and last day: not a month, and not one of several days."""
    if date.earliest == date.latest:
        return True
    if date.precision < Precision.DAY or date.earliest == BEGINNING:
        return False
    form = date.form
    return not isinstance(form, Several) or form.every

"""The rows of forensic timelines: messages as titles and texts, timestamps as EDTF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.instants import is_timed, span_of
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.view import View

LONGEST_TITLE = 200
LINKS = re.compile(rb"links")
"""What a file mentions whose events are linked."""
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,]([0-9]+))?"
    r" ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)


class TitleAndText(NamedTuple):
    """A message as the fields of an event."""

    title: str
    text: str
    """The whole message if the title is only a part of it; otherwise empty."""


def title_and_text(message: str) -> TitleAndText:
    """The title and text for a message."""
    whole = message.strip()
    first, broken, _ = whole.partition("\n")
    title = first.rstrip()
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return TitleAndText(title or "Untitled", whole if broken or title != first.rstrip() else "")


class Time(NamedTuple):
    """A timestamp of a log."""

    edtf: str
    """Its EDTF to the second or a fraction, with `Z` for UTC; empty if it is not a timestamp."""
    is_exact: bool
    """Whether nothing was cut off: anything finer than a nanosecond is."""


def time_of(text: str) -> Time:
    """The EDTF for a timestamp such as `2015-07-24T19:01:01+00:00`."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return Time("", is_exact=False)
    day, clock, fraction, zone = match.groups("")
    if zone.upper() in ("Z", "UTC") or re.fullmatch("[+-]00:?00", zone):
        zone = "Z"
    elif len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    kept = fraction[:9].rstrip("0")
    edtf = f"{day}T{clock}{f'.{kept}' if kept else ''}{zone}"
    return Time(edtf, is_exact=not fraction[9:].strip("0")) if begins(edtf) else Time("", is_exact=False)


def begins(edtf: str) -> str:
    """The first second of a date, `2024-11-06T00:00:00`; empty outside of the years 1 to 9999."""
    return begins_exactly(edtf).partition(".")[0]


def begins_exactly(edtf: str) -> str:
    """As `begins()`, with the fraction of the second if the date has one: `2024-11-06T10:30:00.25`."""
    try:
        span = span_of(parse_date(edtf))
    except DateError:
        return ""
    return span.first.iso() if span.is_common else ""


def meaning(view: View, date: Date) -> str:
    """What the timestamp of an event means: the event itself, or the start of a longer date."""
    span = span_of(date)
    if span.first == span.last or is_timed(date) or span.first.day == span.last.day:
        return "Event"
    return f"Start of {one_line(view.date_in_words(date))}"


def linked(
    rows: Callable[[Gathering], Iterator[None]], gathered: Gathering, *, may_link: bool
) -> Iterator[None]:
    """Add the events of a file, with links to events that it does not have set aside.

    Args:
        rows: Adds at most one event, and yields. It is gone through twice if there may be links.
        gathered: Takes the events.
        may_link: Whether events may be linked.
    """
    there = _ids(rows, gathered.prefix) if may_link else None
    for _ in rows(gathered):
        if there is not None:
            gathered.builder.set_aside_dead_links(gathered.events[-1:], there)
        yield


def _ids(rows: Callable[[Gathering], Iterator[None]], prefix: str) -> set[object]:
    """The ids of all events of a file."""
    ids: set[object] = set()
    passing = Gathering(prefix)
    for _ in rows(passing):
        ids.update(event["id"] for event in passing.events)
        passing.events.clear()
        passing.lines.clear()
    return ids

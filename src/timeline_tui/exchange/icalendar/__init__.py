"""iCalendar (RFC 5545): one VEVENT per event, read and written with the package `icalendar`.

A calendar has days and times only. Any other date is shown as all days that it can mean, and
`X-TIMELINE-DATE` has the date itself. Other names with this prefix have what else a calendar has no place
for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from timeline_tui.dates.date import END, Date
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.flat_event import FLAT, flattened
from timeline_tui.exchange.icalendar.dates import edtf_between, when
from timeline_tui.exchange.icalendar.reader import DOMAIN, EXACT, OWN, STATUSES, entries, relation_type
from timeline_tui.exchange.losses import count_details, count_lost, has_no_status
from timeline_tui.exchange.text_lines import TextLines
from timeline_tui.text.ids import id_from_title
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Event as Entry

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

_FOLDED = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])([\x80-\xbf]{1,3})")
"""A fold inside a character: lines are folded after 75 bytes, wherever that is (RFC 5545, 3.1)."""
_NATIVE = frozenset(["id", "status", "place", "tags", "links"])
"""Flat fields for which a calendar has properties."""


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The events, tasks and journal entries of a file with one or more calendars.

    Entries that repeat are followed by their further occurrences, as far as the rest of the file reaches.

    Raises:
        CannotImport: It is not a calendar, or no entry has a title or date.
    """
    if _FOLDED.search(data):
        data = _FOLDED.sub(rb"\1\3\2", data)
    empty = "this calendar has no event, task or journal entry"
    return EventRuns(TextLines(data), name, "ics", entries, empty)


def write(view: View) -> Exported:
    """A view as a single calendar, in the order of the view."""
    from icalendar import Calendar  # noqa: PLC0415  takes 80 ms, which nothing else should wait for

    calendar, lost, events = Calendar(), Counter[str](), []
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//timeline-tui//timeline-tui//EN")
    calendar.add("calscale", "GREGORIAN")
    _put(calendar, "x-wr-calname", one_line(view.header.title))
    if view.header.description:
        _put(calendar, "x-wr-caldesc", view.header.description)
    stamp = _stamp(view)
    ids: Counter[str] = Counter()
    for key in view.keys:
        event = view.event(key)
        if when(event.date) is None:
            lost["events outside of the years 1 to 9999"] += 1
            continue
        events.append(event)
        count_lost(lost, event, FLAT | {"text"})
        calendar.add_component(_entry(view, key, event, stamp, ids))
    count_details(lost, view, events)
    return Exported(calendar.to_ical(sorted=False).decode(), lost)


def _entry(view: View, key: int, event: Event, stamp: datetime, ids: Counter[str]) -> Entry:
    from icalendar import Event as Entry  # noqa: PLC0415  as in `write()`

    entry = Entry()
    id_ = event.id or id_from_title(event.title)
    ids[id_] += 1
    entry.add("uid", f"{id_}{f'-{ids[id_]}' if ids[id_] > 1 else ''}{DOMAIN}")
    entry.add("dtstamp", stamp)
    _put_date(entry, event.date)
    _put(entry, "summary", one_line(event.title))
    _put(entry, "description", event.text)
    fields = flattened(view, key, event)
    _put(entry, "location", str(fields.get("place", "")))
    if event.tags:
        entry.add("categories", [one_line(tag) for tag in event.tags])
    if not has_no_status(view, event):
        _put_status(entry, event.status)
    # A past event does not make anyone busy.
    entry.add("transp", "TRANSPARENT")
    _put_sources(entry, fields.get("sources", []))
    _put_links(entry, fields.get("links", {}))
    for name, value in fields.items():
        if name not in _NATIVE:
            written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            _put(entry, f"{OWN}{name}", written)
    return entry


def _put(component: Calendar | Entry, name: str, text: str) -> None:
    """Add a text, unless it is empty, with control characters made visible."""
    from icalendar import vText  # noqa: PLC0415  as in `write()`

    if text:
        component.add(name, vText(visible(text.replace("\r\n", "\n").replace("\r", "\n"))))


def _put_date(entry: Entry, shown: Date) -> None:
    at = when(shown)
    if at is None:
        return
    entry.add("dtstart", at.start)
    if at.end is not None:
        entry.add("dtend", at.end)
    if edtf_between(at.start, at.end) != shown.text:
        _put(entry, EXACT, shown.text)


def _put_status(entry: Entry, status: str) -> None:
    known = STATUSES.get(status, "TENTATIVE")
    entry.add("status", known)
    if known == "TENTATIVE":
        _put(entry, f"{OWN}status", status)


def _put_sources(entry: Entry, sources: object) -> None:
    """Add the first address as the one that calendars show, and all of them under an own name."""
    for source in sources if isinstance(sources, list) else []:
        if url := source.get("url"):
            entry.add("url", url)
            return


def _put_links(entry: Entry, links: object) -> None:
    """Add links as relations of the standard, and those that it has no relation for under an own name."""
    others = {}
    for relation, ids in links.items() if isinstance(links, dict) else ():
        kind = relation_type(relation)
        if not kind:
            others[relation] = ids
            continue
        for id_ in ids:
            entry.add("related-to", f"{id_}{DOMAIN}", parameters={"RELTYPE": kind})
    if others:
        _put(entry, f"{OWN}links", json.dumps(others, ensure_ascii=False))


def _stamp(view: View) -> datetime:
    """When the timeline was last updated; None if that is after the view's day."""
    updated = view.header.updated
    day = min(updated.latest if updated and updated.latest != END else view.as_of, view.as_of)
    day = min(max(day, 1), date.max.toordinal())
    return datetime.combine(date.fromordinal(day), time(), UTC)

"""Reads the entries of a calendar one by one, so that a broken entry does not cost the others."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import Imported, LeftOut
from timeline_tui.exchange.flat_event import EventBuilder
from timeline_tui.exchange.icalendar.components import (
    BROKEN,
    KINDS,
    blocks,
    categories,
    later,
    moment_of,
    parameters,
    part_of,
    text_of_property,
    unescaped,
    values_of,
)
from timeline_tui.exchange.icalendar.dates import When, edtf_between, is_whole_days, when
from timeline_tui.exchange.icalendar.recurrences import ENDLESS, NOT_FOLLOWED, Series
from timeline_tui.text.addresses import is_address

if TYPE_CHECKING:
    from icalendar import Component

DOMAIN = "@timeline-tui"
"""The suffix of a UID that this program wrote, after the id of the event."""
OWN = "X-TIMELINE-"
EXACT = "X-TIMELINE-DATE"
STATUSES = {"confirmed": "CONFIRMED", "cancelled": "CANCELLED"}
"""Statuses of a calendar by ours; all others are exported as TENTATIVE."""

_FOREIGN_STATUSES = {
    "CONFIRMED": "confirmed", "CANCELLED": "cancelled", "TENTATIVE": "scheduled",
    "NEEDS-ACTION": "scheduled", "IN-PROCESS": "scheduled", "COMPLETED": "confirmed", "FINAL": "confirmed",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATES = ("DTSTART", "DTEND", "DUE", "DURATION", "COMPLETED")
_ROLES = {"CHAIR": "chair", "OPT-PARTICIPANT": "optional", "NON-PARTICIPANT": "for information"}
_READ = frozenset([
    "BEGIN", "END", "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "STATUS", "URL", "LINK",
    "ATTACH", "ATTENDEE", "ORGANIZER", "RELATED-TO", EXACT, *_DATES,
])  # fmt: skip
_HEADER = ("NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC")
_MACHINERY = ("VERSION", "PRODID", "CALSCALE", "METHOD")
_BOOKKEEPING = frozenset(["DTSTAMP", "TRANSP"])
"""Properties that every entry has, and that carry no information if this program wrote them."""
_SAID = frozenset(["VALUE", "TZID", "CN", "ROLE", "RELTYPE", "LABEL", "FILENAME", "LINKREL", "ENCODING"])


def relation_type(relation: str) -> str:
    """The RELTYPE for a relation; empty if the name cannot be one."""
    if relation == "part-of":
        return "PARENT"
    return f"X-{relation.upper()}" if _TOKEN.fullmatch(relation) is not None else ""


class Reader:
    """Reads calendars, line by line, into events.

    Args:
        name: The title of the timeline, unless a calendar has a name.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._builder = EventBuilder("ics")
        self._events: list[dict[str, object]] = []
        self._lines: list[int] = []
        self._left_out: list[LeftOut] = []
        self._lost: Counter[str] = Counter()
        self._header: dict[str, object] = {}
        self._title = ""
        self._ids: dict[str, str] = {}
        """Ids of events by UID."""
        self._related: list[tuple[dict[str, object], str, str]] = []
        """Relations: an event, the relation, and the UID of the other event."""
        self._guesses: list[str] = []
        self._series = Series()
        self._midnights = self._moved = self._turned = 0

    @staticmethod
    def edtf_of(at: When) -> str:
        """The EDTF that an exported date is read back as, if only the calendar's own properties are used."""
        return edtf_between(at.start, at.end)

    def read(self, lines: list[str]) -> None:
        """Read all lines of a file."""
        with warnings.catch_warnings(record=True) as recorded:
            warnings.simplefilter("always")
            self._read(lines)
        self._guesses = list(dict.fromkeys(str(each.message).rstrip(".") for each in recorded))

    def _read(self, lines: list[str]) -> None:
        around: list[str] = []
        for number, kind, block in blocks(lines, around):
            if kind == "VTIMEZONE":
                # The package keeps its rules for later entries.
                self._parsed(number, block)
            elif kind not in KINDS:
                self._lost["parts that are not events (free times, alarms)"] += 1
            elif not block[-1]:
                self._left_out.append(LeftOut(number, f"an entry without END:{kind}"))
            elif (component := self._parsed(number, block)) is not None:
                self._take(number, kind, component)
        self._take_header(around)

    def imported(self) -> Imported:
        """The timeline that was read."""
        self._link()
        repeated = self._repeat()
        counted = (
            (repeated, "events are further occurrences of entries that repeat"),
            (self._midnights, "entries from midnight to midnight are read as whole days"),
            (self._moved, "entries that were moved in a calendar have their new dates"),
            (self._turned, "entries that end before they start have only a start"),
        )
        guesses = [*self._guesses, *(f"{words}: {count}" for count, words in counted if count)]
        return Imported(
            self._title or self._name,
            self._events,
            self._lines,
            {**self._header, **self._builder.header()},
            guesses,
            self._left_out,
            dict(self._lost),
        )

    def _repeat(self) -> int:
        """Add the further occurrences of entries that repeat, and count those that are not added."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = list(self._series.events(self._events))
        for event, line in found:
            self._events.append({"id": self._builder.ids.id_for(str(event["title"])), **event})
            self._lines.append(line)
        if self._series.left:
            self._lost[ENDLESS if self._series.is_followed else NOT_FOLLOWED] += self._series.left
        return len(found)

    def _parsed(self, number: int, block: list[str]) -> Component | None:
        """A parsed component; None if the package cannot parse it, which is recorded."""
        from icalendar import Component  # noqa: PLC0415  takes 80 ms, which nothing else should wait for

        try:
            return Component.from_ical("\r\n".join([*block, ""]))
        except BROKEN as error:
            reason = " ".join(str(error).split())[:200] or "not to be read"
            self._left_out.append(LeftOut(number, f"an invalid entry: {reason}"))
        return None

    def _take_header(self, around: list[str]) -> None:
        """Read the name and description of the calendar from the lines outside of entries."""
        kept: list[str] = []
        for line in "\n".join(line for line in around if line.strip()).replace("\n ", "").split("\n"):
            name = re.split("[:;]", line, maxsplit=1)[0].strip().upper()
            if name in _HEADER:
                kept.append(line)
            elif name and name not in _MACHINERY:
                self._lost["settings of calendars"] += 1
        component = self._parsed(0, ["BEGIN:VCALENDAR", *kept, "END:VCALENDAR"])
        if component is None:
            return
        for name in _HEADER[:2]:
            self._title = self._title or " ".join(text_of_property(component, name).split())
        for name in _HEADER[2:]:
            if text := text_of_property(component, name):
                self._header.setdefault("description", text)

    def _take(self, number: int, kind: str, component: Component) -> None:
        """Make an event of an entry."""
        title = " ".join(text_of_property(component, "SUMMARY").split())
        text = text_of_property(component, "DESCRIPTION").strip("\n")
        edtf, kept = self._date(component)
        if not title:
            title, _, text = text.partition("\n")
        if not title and edtf == UNDATED:
            self._left_out.append(LeftOut(number, "an entry without title and date"))
            return
        uid = text_of_property(component, "UID")
        own = uid.removesuffix(DOMAIN) if uid.endswith(DOMAIN) else ""
        fields = self._builder.fields(
            self._own(component) | {"place": text_of_property(component, "LOCATION")}
        )
        event: dict[str, object] = {
            "id": self._builder.ids.id_for(title or "event", own),
            "date": edtf,
            "title": title or "Untitled",
            "text": text,
            "kind": KINDS[kind],
            **fields,
            **self._people(component, fields),
            "tags": [str(tag) for tag in categories(component) if str(tag).strip()],
            "sources": fields.get("sources") or self._sources(component),
            **self._status(component, fields),
            "uid": "" if own else uid,
            **kept,
            **self._others(component, is_own=bool(own)),
        }
        event = {name: value for name, value in event.items() if value}
        self._events.append(event)
        self._lines.append(number)
        self._series.take(component, event, number)
        self._ids.setdefault(uid, str(event["id"]))
        for related in values_of(component, "RELATED-TO"):
            self._related.append((event, _relation(related), str(related)))

    def _date(self, component: Component) -> tuple[str, dict[str, object]]:
        """The date, and the properties that say more than the date does."""
        is_task = component.name == "VTODO"
        start, end = moment_of(component, "DTSTART"), moment_of(component, "DUE" if is_task else "DTEND")
        kept: dict[str, object] = {
            name.lower(): text
            for name in _DATES
            for value in values_of(component, name)
            if not isinstance(part_of(value, "dt"), (date, timedelta)) and (text := unescaped(value))
        }
        lasts = part_of(component.get("DURATION"), "dt")
        if start is not None and end is None and isinstance(lasts, timedelta):
            end = later(start, lasts)
        if is_task and start is None:
            start, end = end or moment_of(component, "COMPLETED"), None
        if start is None:
            return UNDATED, kept
        edtf = edtf_between(start, end, inclusive=is_task)
        if not edtf:
            self._turned += 1
            edtf, kept["dtend"] = edtf_between(start, None), str(end)
        self._midnights += is_whole_days(start, end)
        zone = parameters(component.get("DTSTART")).get("TZID", "")
        if zone and isinstance(start, datetime) and start.tzinfo is None:
            kept["tzid"] = str(zone)
        return self._exact(component, When(start, end), edtf), kept

    def _exact(self, component: Component, at: When, edtf: str) -> str:
        """The date before it was exported as days of a calendar, if the entry has not been moved since."""
        exact = text_of_property(component, EXACT)
        if not exact:
            return edtf
        try:
            expected = when(parse_date(exact))
        except DateError:
            return edtf
        if expected == at:
            return exact
        self._moved += 1
        return edtf

    def _own(self, component: Component) -> dict[str, object]:
        """The fields that this program exported under names of its own."""
        names = {name for name in component if name.startswith(OWN) and name not in (EXACT, f"{OWN}STATUS")}
        return {
            name.removeprefix(OWN).lower(): text_of_property(component, name)
            for name in component
            if name in names
        }

    def _status(self, component: Component, fields: dict[str, object]) -> dict[str, object]:
        status = text_of_property(component, "STATUS").upper()
        own = text_of_property(component, f"{OWN}STATUS")
        if (
            own
            and status == STATUSES.get(own, "TENTATIVE")
            and (taken := self._builder.fields({"status": own}))
        ):
            return taken
        found = _FOREIGN_STATUSES.get(status, "")
        if status and not found:
            return {"ics-status": status}
        return {"status": found or fields.get("status")}

    def _people(self, component: Component, fields: dict[str, object]) -> dict[str, object]:
        """The organizer and attendees, with their roles, as actors."""
        if "actors" in fields:
            return {}
        roles: dict[str, str] = {}
        for name in ("ORGANIZER", "ATTENDEE"):
            for person in values_of(component, name):
                address = re.sub(r"(?i)\Amailto:", "", str(person))
                called = str(parameters(person).get("CN", "")).strip() or address
                if called:
                    role = (
                        "organizer"
                        if name == "ORGANIZER"
                        else _ROLES.get(str(parameters(person).get("ROLE")), "")
                    )
                    id_ = self._builder.actors.id_of(called, address=address if address != called else "")
                    roles[id_] = roles.get(id_) or role
        return {"actors": roles if any(roles.values()) else list(roles)}

    def _sources(self, component: Component) -> list[str]:
        """The addresses of an entry as sources."""
        found: dict[str, None] = {}
        for name in ("URL", "LINK", "ATTACH"):
            for value in values_of(component, name):
                address = str(value).strip()
                label = str(parameters(value).get("LABEL") or parameters(value).get("FILENAME") or "")
                if is_address(address):
                    found[self._builder.source(label, address)] = None
                else:
                    self._lost["attachments and addresses that are not web addresses"] += 1
        return list(found)

    def _others(self, component: Component, *, is_own: bool) -> dict[str, object]:
        """Every other property, as written, under its name in lower case."""
        kept: dict[str, object] = {}
        for name, value in component.property_items(recursive=False):
            if name in _READ or name.startswith(OWN) or (is_own and name in _BOOKKEEPING):
                continue
            self._lost["parameters of properties"] += any(each not in _SAID for each in parameters(value))
            key, text = name.lower(), unescaped(value)
            kept[key] = f"{kept[key]}\n{text}" if key in kept else text
        parts = len(getattr(component, "subcomponents", ()))
        if parts:
            self._lost["parts that are not events (free times, alarms)"] += parts
        self._lost += Counter()
        return self._builder.fields(kept)

    def _link(self) -> None:
        """Make links of relations to entries of the file; other relations stay as they are."""
        self._builder.set_aside_dead_links(self._events)
        for event, relation, uid in self._related:
            target = self._ids.get(uid, "")
            links = event.setdefault("links" if target else "ics-links", {})
            if isinstance(links, dict):
                links.setdefault(relation, []).append(target or uid)


def _relation(related: object) -> str:
    """The relation for a RELTYPE."""
    kind = str(parameters(related).get("RELTYPE") or "PARENT").upper()
    return "part-of" if kind == "PARENT" else kind.removeprefix("X-").lower()

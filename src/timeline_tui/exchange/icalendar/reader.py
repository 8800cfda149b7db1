"""Reads the entries of a calendar one by one, so that a broken entry does not cost the others."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.gathering import Gathering
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
    from collections.abc import Iterable, Iterator

    from icalendar import Component

    from timeline_tui.exchange.text_lines import TextLines

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


_MAY_LINK = re.compile(rb"(?i)RELATED-TO|X-TIMELINE-LINKS")


def relation_type(relation: str) -> str:
    """The RELTYPE for a relation; empty if the name cannot be one."""
    if relation == "part-of":
        return "PARENT"
    return f"X-{relation.upper()}" if _TOKEN.fullmatch(relation) is not None else ""


def entries(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    """Add the events of a calendar, entry by entry.

    Raises:
        CannotImport: It is not a calendar, or none of its entries can be read.
    """
    known: dict[str, str] = {}
    if lines.mentions(_MAY_LINK):
        # An entry may name one that follows: the ids of all have to be known first.
        aside = Gathering(gathered.prefix)
        first = Reader(aside)
        for _ in first.read(lines):
            aside.take()
        known = first.ids
    yield from Reader(gathered, known).read(lines)


class Reader:
    """Reads calendars, line by line, into events.

    Args:
        gathered: Where the events are added.
        known: The ids of all entries by their UID, none if none has a relation; None to find them.
    """

    def __init__(self, gathered: Gathering, known: dict[str, str] | None = None) -> None:
        self.ids: dict[str, str] = {}
        """Ids of events by UID, if they are needed for relations."""
        self._gathered = gathered
        self._builder = gathered.builder
        self._lost = gathered.lost
        self._known = known
        self._there = frozenset((known or {}).values())
        self._settings: dict[str, str] = {}
        self._setting = ""
        """The name of the setting that may go on in the next line; empty if that is not kept."""
        self._is_calendar = False
        self._warned: dict[str, None] = {}
        self._series = Series()
        self._midnights = self._moved = self._turned = 0

    def read(self, lines: Iterable[str]) -> Iterator[None]:
        """Read all lines of a file, and yield after each entry.

        Raises:
            CannotImport: It is not a calendar, or none of its entries can be read.
        """
        for number, kind, block in blocks(lines, self._outside):
            self._is_calendar = True
            # Not around all of them: the program goes on with other work in between.
            with warnings.catch_warnings(record=True) as recorded:
                warnings.simplefilter("always")
                self._entry(number, kind, block)
            self._warned |= dict.fromkeys(str(each.message).rstrip(".") for each in recorded)
            yield
        self._take_settings()
        self._refuse_empty()
        repeated = 0
        for event, line in self._further():
            self._gathered.put(line, {"id": self._builder.ids.id_for(str(event["title"])), **event})
            repeated += 1
            yield
        if self._series.left:
            self._lost[ENDLESS if self._series.is_followed else NOT_FOLLOWED] += self._series.left
        self._tell(repeated)

    def _entry(self, number: int, kind: str, block: list[str]) -> None:
        if kind == "VTIMEZONE":
            # The package keeps its rules for later entries.
            self._parsed(number, block)
        elif kind not in KINDS:
            self._lost["parts that are not events (free times, alarms)"] += 1
        elif not block[-1]:
            self._gathered.leave_out(number, f"an entry without END:{kind}")
        elif (component := self._parsed(number, block)) is not None:
            self._take(number, kind, component)

    def _refuse_empty(self) -> None:
        left_out = self._gathered.left_out
        if not self._is_calendar:
            raise CannotImport("this is not iCalendar: it has no line BEGIN:VCALENDAR")
        if left_out and not self._gathered.count:
            raise CannotImport(
                f"none of the {len(left_out)} entries of this calendar can be read: "
                f"line {left_out[0].line} begins {left_out[0].reason}"
            )

    def _tell(self, repeated: int) -> None:
        counted = (
            (repeated, "events are further occurrences of entries that repeat"),
            (self._midnights, "entries from midnight to midnight are read as whole days"),
            (self._moved, "entries that were moved in a calendar have their new dates"),
            (self._turned, "entries that end before they start have only a start"),
        )
        told = [*self._warned, *(f"{words}: {count}" for count, words in counted if count)]
        self._gathered.guesses += told

    def _further(self) -> Iterator[tuple[dict[str, object], int]]:
        """The further occurrences of entries that repeat, of which the package may warn."""
        found = self._series.events()
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                each = next(found, None)
            if each is None:
                return
            yield each

    def _parsed(self, number: int, block: list[str]) -> Component | None:
        """A parsed component; None if the package cannot parse it, which is recorded."""
        from icalendar import Component  # noqa: PLC0415  takes 80 ms, which nothing else should wait for

        try:
            return Component.from_ical("\r\n".join([*block, ""]))
        except BROKEN as error:
            reason = " ".join(str(error).split())[:200] or "not to be read"
            self._gathered.leave_out(number, f"an invalid entry: {reason}")
        return None

    def _outside(self, line: str, is_frame: bool) -> None:  # noqa: FBT001  of `blocks()`
        """Keep the name and description of a calendar among the lines outside of entries."""
        self._is_calendar |= is_frame
        if is_frame or not line.strip():
            return
        if line.startswith(" "):
            if self._setting:
                self._settings[self._setting] += line[1:]
            return
        name = re.split("[:;]", line, maxsplit=1)[0].strip().upper()
        self._setting = name if name in _HEADER and name not in self._settings else ""
        if self._setting:
            self._settings[name] = line
        elif name and name not in (*_HEADER, *_MACHINERY):
            self._lost["settings of calendars"] += 1

    def _take_settings(self) -> None:
        component = self._parsed(0, ["BEGIN:VCALENDAR", *self._settings.values(), "END:VCALENDAR"])
        if component is None:
            return
        for name in _HEADER[:2]:
            self._gathered.title = self._gathered.title or " ".join(text_of_property(component, name).split())
        for name in _HEADER[2:]:
            if text := text_of_property(component, name):
                self._gathered.header.setdefault("description", text)

    def _take(self, number: int, kind: str, component: Component) -> None:
        """Make an event of an entry."""
        title = " ".join(text_of_property(component, "SUMMARY").split())
        text = text_of_property(component, "DESCRIPTION").strip("\n")
        edtf, kept = self._date(component)
        if not title:
            title, _, text = text.partition("\n")
        if not title and edtf == UNDATED:
            self._gathered.leave_out(number, "an entry without title and date")
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
        if self._known is None:
            self.ids.setdefault(uid, str(event["id"]))
        elif self._known:
            self._link(event, component, self._known)
        self._gathered.put(number, event)
        self._series.take(component, event, number)

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
        return self._builder.fields(kept)

    def _link(self, event: dict[str, object], component: Component, known: dict[str, str]) -> None:
        """Make links of relations to entries of the file; other relations stay as they are."""
        self._builder.set_aside_dead_links([event], self._there)
        for related in values_of(component, "RELATED-TO"):
            target = known.get(str(related), "")
            links = event.setdefault("links" if target else "ics-links", {})
            if isinstance(links, dict):
                links.setdefault(_relation(related), []).append(target or str(related))


def _relation(related: object) -> str:
    """The relation for a RELTYPE."""
    kind = str(parameters(related).get("RELTYPE") or "PARENT").upper()
    return "part-of" if kind == "PARENT" else kind.removeprefix("X-").lower()

"""Org (https://orgmode.org): headings and items with timestamps or dates, read and written."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from timeline_tui.dates.day_numbers import weekday
from timeline_tui.dates.edtf import Interval, Moment
from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.dates.months import WEEKDAYS
from timeline_tui.exchange.contract import CannotImport, Exported, Imported
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.flat_event import FLAT, flattened
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.losses import count_details, count_lost
from timeline_tui.exchange.markup.dated import dated
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.view import View

_LARGEST = 48_000_000
_HEADING = re.compile(r"(\*+)\s+(.*)")
_STATE = re.compile(r"(TODO|DONE|NEXT|WAITING|CANCELLED|CANCELED)\s+")
_TAGS = re.compile(r"\s+:((?:[\w@#%-]+:)+)\s*\Z")
_STAMP = re.compile(
    r"[<\[]([0-9]{4}-[0-9]{2}-[0-9]{2})(?: [^\W\d_]+\.?)?(?: "
    r"([0-9]{1,2}:[0-9]{2})(?:-([0-9]{1,2}:[0-9]{2}))?)?"
    r"(?: [.+]?\+[^>\]]*)?[>\]]"
)
_SETTING = re.compile(r"#\+(\w+):\s*(.*)", re.IGNORECASE)
_PROPERTY = re.compile(r"\s*:([\w-]+):\s*(.*)")
_OWN = ("edtf", "custom_id", "id", "section", "org-state")
"""Names of properties that have a meaning of their own here."""
_KEPT = re.compile(r"[\w-]+")


def is_org(start: str) -> bool:
    """Whether a text begins as one of Org."""
    return bool(re.search(r"(?im)^#\+(?:title|startup|author|date|options):", start)) or bool(
        re.search(r"(?m)^\*+ ", start) and (_STAMP.search(start) or re.search(r"(?m)^\s*:PROPERTIES:", start))
    )


def read(data: bytes, name: str) -> Imported:
    """The headings of a file that have a timestamp, a planned day or begin with a date.

    Raises:
        CannotImport: No heading is dated.
    """
    text, guesses = text_of(data, _LARGEST, may_be_windows=True)
    reader = _Reader()
    reader.gathered.guesses += guesses
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    reader.finish()
    gathered = reader.gathered
    if not gathered.events:
        raise CannotImport("no heading of this Org file has a date")
    gathered.builder.set_aside_dead_links(gathered.events)
    return gathered.imported(reader.title or title_of(name))


class _Reader:
    """Reads a file line by line."""

    def __init__(self) -> None:
        self.title = ""
        self.gathered = Gathering("org")
        self._line = 0
        self._heading = ""
        self._level = 0
        self._body: list[str] = []
        self._fields: dict[str, Any] = {}
        self._in_drawer = False
        self._around: list[tuple[int, str]] = []

    def take(self, number: int, line: str) -> None:
        """Read the next line."""
        if (match := _HEADING.fullmatch(line)) is not None:
            self.finish()
            self._line, self._level, self._heading = number, len(match[1]), match[2]
        elif (match := _SETTING.fullmatch(line)) is not None and not self._heading:
            if match[1].lower() == "title":
                self.title = match[2].strip()
            elif match[1].lower() in ("description", "subtitle"):
                self.gathered.header["description"] = match[2].strip()
        elif (match := _PROPERTY.fullmatch(line)) is not None and self._heading:
            self._drawer(match[1], match[2])
        elif self._heading:
            self._body.append(re.sub(r"\A,(?=[*#,])", "", line))

    def finish(self) -> None:
        """The heading ends, and is an event if it has a date."""
        if self._heading:
            self._add()
        self._heading, self._body, self._fields, self._in_drawer = "", [], {}, False

    def _drawer(self, name: str, value: str) -> None:
        if name.upper() in ("PROPERTIES", "LOGBOOK"):
            self._in_drawer = True
        elif name.upper() == "END":
            self._in_drawer = False
        else:
            self._fields[name.lower()] = _plain(value.strip())

    def _add(self) -> None:
        heading, state, tags = self._heading, "", list[str]()
        if (match := _STATE.match(heading)) is not None:
            state, heading = match[1], heading[match.end() :]
        if (match := _TAGS.search(heading)) is not None:
            tags, heading = [tag for tag in match[1].split(":") if tag], heading[: match.start()]
        edtf, title = _of_stamps(heading)
        planned = next(
            (line for line in self._body if re.match(r"\s*(?:SCHEDULED|DEADLINE|CLOSED):", line)), ""
        )
        if not edtf and planned:
            edtf, _ = _of_stamps(planned)
        if not edtf:
            edtf = next((found for line in self._body if (found := _of_stamps(line)[0])), "")
        leading = None if edtf else dated(title)
        if leading is not None and leading.rest:
            edtf, title = leading.edtf, leading.rest
        self._around = [each for each in self._around if each[0] < self._level]
        exact = str(self._fields.pop("edtf", ""))
        if not edtf and not exact:
            self._around.append((self._level, title))
            self.gathered.lost["headings without a date"] += 1
            return
        body = "\n".join(
            line
            for line in self._body
            if (line != planned and _STAMP.sub("", line).strip() != "") or not line.strip()
        )
        section = self._around[-1][1] if self._around else ""
        fields: dict[str, Any] = {"section": section, "org-state": state, "tags": tags, **self._fields}
        id_ = str(self._fields.get("custom_id", ""))
        fields.pop("custom_id", None)
        event = self.gathered.add(self._line, _exact(exact, edtf), title, body.strip("\n"), **fields)
        event["id"] = self.gathered.builder.ids.id_for(str(event["title"]), id_)


def _exact(exact: str, edtf: str) -> str:
    """The date in the property `EDTF`, unless the timestamp was changed since."""
    if not exact or edtf_of(exact) != exact:
        return edtf
    from timeline_tui.dates.date import parse_date  # noqa: PLC0415  as `edtf_of`, for this alone

    return exact if not edtf or stamp_of(parse_date(exact)) == edtf else edtf


def _of_stamps(text: str) -> tuple[str, str]:
    """The date of the timestamps in a text, and the text without them."""
    stamps = list(_STAMP.finditer(text))
    rest = " ".join(_STAMP.sub(" ", text).replace(" -- ", " ").strip(" -").split())
    if not stamps:
        return "", text.strip()
    ends = []
    for match in stamps[:2]:
        clock = f"T{match[2].zfill(5)}" if match[2] else ""
        ends.append(edtf_of(f"{match[1]}{clock}"))
        if match[3]:
            ends.append(edtf_of(f"{match[1]}T{match[3].zfill(5)}"))
    if len(ends) > 1 and all(ends[:2]) and ("--" in text or stamps[0][3]):
        return interval_between(ends[0], ends[1]) or ends[0], rest
    return ends[0], rest


def stamp_of(date: Date) -> str:
    """A date as timestamps can say it: a day, a time of a day, or two of these; empty if they cannot."""
    form = date.form
    moments = [form] if isinstance(form, Moment) else [*form] if isinstance(form, Interval) else []
    texts = []
    for moment in moments:
        if (
            not isinstance(moment, Moment)
            or any(moment.qualifiers)
            or not moment.day
            or "X" in moment.year + moment.month + moment.day
        ):
            return ""
        if moment.year.startswith("-") or (moment.time and moment.time.offset is not None):
            return ""
        clock = f"T{moment.time.hour:02}:{moment.time.minute:02}" if moment.time else ""
        texts.append(f"{moment.year}-{moment.month}-{moment.day}{clock}")
    return "/".join(texts)


def write(view: View) -> Exported:
    """A view as Org: a heading for each event, with a timestamp where its date is a day or a time."""
    lost = Counter[str]()
    lines = [f"#+TITLE: {one_line(view.title)}"]
    if view.header.description:
        lines.append(f"#+DESCRIPTION: {one_line(view.header.description)}")
    events = []
    for key in view.keys:
        event = view.event(key)
        events.append(event)
        count_lost(lost, event, FLAT | {"text", "extra"})
        lines += _heading(view, key, lost)
    count_details(lost, view, events)
    return Exported("\n".join(lines) + "\n", +lost)


def _heading(view: View, key: int, lost: Counter[str]) -> list[str]:
    event = view.event(key)
    flat = flattened(view, key, event)
    fit = all(re.fullmatch(r"[\w@#%]+", tag) for tag in event.tags)
    tags = list(event.tags) if fit else []
    if fit:
        flat.pop("tags", None)
    stamp = stamp_of(event.date)
    shown = " -- ".join(f"<{_stamp(part)}>" for part in stamp.split("/")) if stamp else ""
    title = _STAMP.sub(lambda match: match[0].replace("<", "‹").replace("[", "‹"), one_line(event.title))
    line = f"* {' '.join(filter(None, (shown, title)))}"
    lines = [f"{line} :{':'.join(tags)}:" if tags else line, ":PROPERTIES:"]
    lines.append(f":EDTF: {event.date.text}")
    if event.id:
        lines.append(f":CUSTOM_ID: {event.id}")
        flat.pop("id", None)
    for name, value in flat.items():
        lines.append(f":{name.upper()}: {_value(value)}")
    for name, value in event.extra.items():
        if _KEPT.fullmatch(name) and name == name.lower() and name not in flat and name not in _OWN:
            lines.append(f":{name}: {_value(value)}")
        else:
            lost["custom fields"] += 1
    lines.append(":END:")
    if event.text:
        lines += [
            f",{each}" if each.startswith(("*", "#", ",", ":")) else each
            for each in visible(event.text).splitlines()
        ]
    return lines


def _plain(text: str) -> object:
    """The value of a property; a list or a map that was written as JSON."""
    from json import loads  # noqa: PLC0415  for lists and maps alone

    if text[:1] not in ("[", "{"):
        return text
    try:
        found: object = loads(text)
    except (ValueError, RecursionError):
        return text
    return found


def _value(value: object) -> str:
    from json import dumps  # noqa: PLC0415  for exports alone

    return one_line(value) if isinstance(value, str) else dumps(value, ensure_ascii=False)


def _stamp(part: str) -> str:
    """`2024-03-04 Mon 10:30` for a day or a time in EDTF."""
    from timeline_tui.dates.date import parse_date  # noqa: PLC0415  for exports alone

    day, _, clock = part.partition("T")
    name = WEEKDAYS[weekday(parse_date(day).earliest)]
    return f"{day} {name}{f' {clock}' if clock else ''}"

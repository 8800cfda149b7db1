"""JSON of well-known programs whose events lie deeper down: what is read here becomes plain rows or events.

GeoJSON (RFC 7946), SPARQL results (W3C), Google Calendar, CSL-JSON, JSON-LD of schema.org, Telegram, AWS
CloudTrail, Azure's activity log, the systemd journal.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.dates.numbers import UNITS, since_1970
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.gathering import Gathering, first_text
from timeline_tui.exchange.html_and_markdown import line_from_html, markdown_from_html
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.xml import simile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Plain = dict[str, Any]


def read_document(document: object, name: str) -> Imported | None:
    """The timeline in the JSON of a program that is known here; None for any other.

    Raises:
        CannotImport: It is known, and has no events.
    """
    for is_one, reader in _READERS:
        if is_one(document):
            found = reader(document, name)
            if not found.events and reader is _linked:
                # Words of others than schema.org: what its lists hold may still have dates.
                return None
            if not found.events:
                raise CannotImport("this JSON is of a known kind and has no events")
            return found
    return None


def is_journal(value: object) -> bool:
    """Whether an object is an entry of the systemd journal."""
    return isinstance(value, dict) and "__REALTIME_TIMESTAMP" in value and "MESSAGE" in value


def read_journal(entries: Iterable[object], name: str) -> Imported:
    """The entries of the systemd journal (`journalctl -o json`)."""
    gathered = Gathering("journal")
    for entry in entries:
        add_of_journal(gathered, entry, getattr(entry, "line", 0))
    return gathered.imported(title_of(name))


def add_of_journal(gathered: Gathering, entry: object, line: int) -> None:
    """Add an entry of the systemd journal that begins on a line, or record that it is none."""
    if not is_journal(entry) or not isinstance(entry, dict):
        gathered.leave_out(line, "this is no entry of the journal")
        return
    message = entry["MESSAGE"]
    text = message if isinstance(message, str) else _bytes_in(message)
    kept = {
        name: entry[field]
        for name, field in (
            ("host", "_HOSTNAME"),
            ("program", "SYSLOG_IDENTIFIER"),
            ("unit", "_SYSTEMD_UNIT"),
            ("process", "_PID"),
            ("priority", "PRIORITY"),
        )
        if isinstance(entry.get(field), str)
    }
    gathered.lost["other fields of the journal"] += len(entry) - 2 - len(kept)
    edtf = since_1970(str(entry["__REALTIME_TIMESTAMP"]), UNITS[2])
    gathered.add(line, edtf, text or "(no message)", **kept)


def _bytes_in(message: object) -> str:
    """A message that is not UTF-8 is a list of numbers."""
    if isinstance(message, list) and all(
        isinstance(each, str) and each.isdigit() and int(each) < 256 for each in message
    ):
        return bytes(map(int, message)).decode("utf-8", "replace")
    return ""


def _is_geo(document: object) -> bool:
    return (
        isinstance(document, dict)
        and document.get("type") in ("FeatureCollection", "Feature")
        and (isinstance(document.get("features"), list) or isinstance(document.get("properties"), dict))
    )


def _geo(document: Plain, name: str) -> Imported:
    """The features of GeoJSON: their properties are events, their geometries places."""
    from timeline_tui.exchange import geojson  # noqa: PLC0415  for maps alone
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    if geojson.is_ours(document):
        return geojson.read_document(document, name)
    features = document.get("features", [document])
    rows, points = [], []
    for feature in features:
        if not isinstance(feature, dict):
            continue
        properties = feature.get("properties")
        row = Object(properties if isinstance(properties, dict) else {})
        row.line = getattr(feature, "line", 0)
        if isinstance(feature.get("when"), dict):
            row |= _when(feature["when"])
        if "id" not in row and isinstance(feature.get("id"), str):
            row["id"] = feature["id"]
        rows.append(row)
        points.append(_middle(feature.get("geometry")))
    made = of_plain(rows, name, prefix="geojson")
    at = {row.line: point for row, point in zip(rows, points, strict=True)}
    if len(made.events) == len(points):
        _put_places(made, points)
    else:
        _put_places(made, [at.get(line) for line in made.lines])
    for key in ("name", "title"):
        if isinstance(document.get(key), str) and document[key].strip() and "features" in document:
            made.title = document[key]
    if not made.title.strip():
        made.title = title_of(name)
    return made


def _when(when: Plain) -> Plain:
    """The time of a feature in GeoJSON-T, or a plain start and end."""
    spans = when.get("timespans")
    span = spans[0] if isinstance(spans, list) and spans and isinstance(spans[0], dict) else when
    found: Plain = {}
    for name in ("start", "end"):
        value = span.get(name)
        if isinstance(value, dict):
            value = next((each for each in value.values() if isinstance(each, str)), "")
        if isinstance(value, str) and value:
            found[name] = value
    return found


def _middle(geometry: object) -> tuple[str, str, bool] | None:
    """Latitude and longitude of the middle of a geometry, and whether it is a point."""
    if not isinstance(geometry, dict):
        return None
    points = list(_points(geometry.get("coordinates", geometry.get("geometries"))))
    if not points:
        return None
    if len(points) == 1:
        return points[0][1], points[0][0], True
    lons, lats = ([float(point[at]) for point in points] for at in (0, 1))
    return f"{(min(lats) + max(lats)) / 2:.5f}", f"{(min(lons) + max(lons)) / 2:.5f}", False


def _points(value: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from _points(value.get("coordinates"), depth + 1)
    elif isinstance(value, list) and depth < 8:
        if len(value) >= 2 and all(isinstance(each, str) and _is_number(each) for each in value[:2]):
            yield value[0], value[1]
        else:
            for each in value:
                yield from _points(each, depth + 1)


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e9
    except ValueError:
        return False


def _put_places(made: Imported, points: list[tuple[str, str, bool] | None]) -> None:
    """Give events places with degrees; a place that has no name is called as its event."""
    gathered = Gathering("geojson")
    shapes = 0
    for event, point in zip(made.events, points, strict=True):
        if point is None:
            continue
        lat, lon, is_point = point
        shapes += not is_point
        if not (abs(float(lat)) <= 90 and abs(float(lon)) <= 180):
            event["coordinates"] = f"{lat}, {lon}"
            continue
        name = event.get("place")
        event["place"] = gathered.place(
            name if isinstance(name, str) and name else str(event["title"]), lat, lon
        )
    if gathered.places.records:
        made.header["places"] = gathered.places.records
    if shapes:
        made.lost["lines and areas, of which the middle is kept"] = shapes


def _is_sparql(document: object) -> bool:
    return (
        isinstance(document, dict)
        and isinstance(document.get("head"), dict)
        and isinstance(document.get("results"), dict)
    )


def _sparql(document: Plain, name: str) -> Imported:
    """The rows of SPARQL results."""
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    rows = []
    for binding in document["results"].get("bindings", []):
        if not isinstance(binding, dict):
            continue
        row = Object()
        row.line = getattr(binding, "line", 0)
        for key, cell in binding.items():
            if isinstance(cell, dict) and isinstance(cell.get("value"), str):
                row[key] = cell["value"]
        # A name is of more use than the address of what it names.
        for key in [key for key in row if f"{key}Label" in row]:
            named = row[key]
            row[key] = row.pop(f"{key}Label")
            if str(named).startswith("http"):
                row[f"{key}-uri"] = named
        rows.append(row)
    return of_plain(rows, name, prefix="sparql")


def _is_calendar(document: object) -> bool:
    items = _calendar_items(document)
    return bool(items) and any(
        isinstance(item, dict)
        and isinstance(item.get("start"), dict)
        and {"dateTime", "date"} & item["start"].keys()
        for item in items
    )


def _calendar_items(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    for key in ("items", "events", "value"):
        if isinstance(document, dict) and isinstance(document.get(key), list):
            return list(document[key])
    return []


def _calendar(document: object, name: str) -> Imported:
    """The events of Google Calendar's interface."""
    gathered = Gathering("calendar")
    for item in _calendar_items(document):
        if not isinstance(item, dict):
            gathered.leave_out(0, "an entry that is not an event")
            continue
        start, is_day = _calendar_date(item.get("start"))
        end, _ = _calendar_date(item.get("end"), back=1 if is_day else 0)
        gathered.lost["recurrences that are not followed"] += "recurrence" in item
        people = {
            called: "organizer" if key == "organizer" else ""
            for key in ("organizer", "attendees")
            for each in (item[key] if isinstance(item.get(key), list) else [item.get(key)])
            if isinstance(each, dict) and (called := first_text(each, ("displayName", "email")))
        }
        link = first_text(item, ("htmlLink", "webLink"))
        title = first_text(item, ("summary", "subject", "title")) or "Untitled"
        event = gathered.add(
            getattr(item, "line", 0),
            (interval_between(start, end) or start) if end else start,
            title,
            markdown_from_html(first_text(item, ("description", "bodyPreview"))),
            place=first_text(item, ("location",)),
            actors=people,
            sources=[{"title": title, "url": link}] if link else [],
        )
        if item.get("status") == "cancelled":
            event["status"] = "cancelled"
        elif item.get("status") == "tentative":
            event["status"] = "scheduled"
    summary = document.get("summary") if isinstance(document, dict) else ""
    return gathered.imported(summary if isinstance(summary, str) and summary else title_of(name))


def _calendar_date(value: object, back: int = 0) -> tuple[str, bool]:
    """The EDTF of a start or an end, and whether it is a whole day; the day after the last one is the end."""
    if not isinstance(value, dict):
        return "", False
    if isinstance(value.get("date"), str):
        try:
            return (date.fromisoformat(value["date"]) - timedelta(days=back)).isoformat(), True
        except (ValueError, OverflowError):
            return edtf_of(value["date"]), True
    return edtf_of(str(value.get("dateTime", ""))), False


def _is_csl(document: object) -> bool:
    items = document if isinstance(document, list) else []
    return bool(items) and any(
        isinstance(item, dict)
        and isinstance(item.get("issued"), dict)
        and ({"date-parts", "raw", "literal"} & item["issued"].keys())
        for item in items
    )


def _csl(document: object, name: str) -> Imported:
    """The works of a bibliography, each an event on the day on which it was issued."""
    gathered = Gathering("csl")
    for item in document if isinstance(document, list) else []:
        if not isinstance(item, dict):
            gathered.leave_out(0, "an entry that is not a work")
            continue
        issued = _csl_date(item.get("issued"))
        title = (
            line_from_html(first_text(item, ("title", "title-short")))
            or first_text(item, ("id",))
            or "Untitled"
        )
        authors = [
            called
            for each in item.get("author", [])
            if isinstance(each, dict) and (called := _csl_name(each))
        ]
        publisher = first_text(item, ("container-title", "publisher"))
        source = gathered.builder.sources.id_of(
            title,
            url=first_text(item, ("URL",)),
            author="; ".join(authors),
            publisher=publisher,
            date=issued if "/" not in issued else "",
        )
        event = gathered.add(
            getattr(item, "line", 0),
            issued,
            title,
            markdown_from_html(first_text(item, ("abstract",))),
            kind=first_text(item, ("type",)),
            actors=authors,
            accessed=_csl_date(item.get("accessed")),
            doi=first_text(item, ("DOI",)),
        )
        event["sources"] = [source]
    return gathered.imported(title_of(name))


def _csl_date(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    ends = []
    for part in parts if isinstance(parts, list) else []:
        numbers = (
            [str(each) for each in part if str(each).strip().lstrip("-").isdigit()]
            if isinstance(part, list)
            else []
        )
        if numbers:
            year = f"{int(numbers[0]):04}" if int(numbers[0]) >= 0 else f"{-int(numbers[0])} BC"
            ends.append(edtf_of("-".join([year, *(each.zfill(2) for each in numbers[1:3])])))
    edtf = interval_between(*ends[:2]) if len(ends) > 1 else next(iter(ends), "")
    edtf = edtf or edtf_of(first_text(value, ("raw", "literal")))
    return (
        f"{edtf}~"
        if edtf and str(value.get("circa", "")) not in ("", "false", "0") and edtf.isdigit()
        else edtf
    )


def _csl_name(name: Plain) -> str:
    return first_text(name, ("literal",)) or ", ".join(
        filter(None, (first_text(name, ("family",)), first_text(name, ("given",))))
    )


def _is_linked(document: object) -> bool:
    if isinstance(document, list):
        return bool(document) and all(isinstance(each, dict) and "@type" in each for each in document)
    return isinstance(document, dict) and "@context" in document


_LINKED_DATES = (
    "startDate",
    "datePublished",
    "birthDate",
    "foundingDate",
    "dateCreated",
    "temporalCoverage",
    "date",
)


def _linked(document: object, name: str) -> Imported:
    """The dated things of JSON-LD in the words of schema.org."""
    gathered = Gathering("json-ld")
    for thing in _things(document):
        written = first_text(thing, _LINKED_DATES)
        if not written:
            gathered.lost["things without a date"] += 1
            continue
        start, end = edtf_of(written), edtf_of(first_text(thing, ("endDate",)))
        title = (
            _label(thing.get("name"))
            or _label(thing.get("headline"))
            or first_text(thing, ("@id",))
            or "Untitled"
        )
        people = {
            called: ""
            for key in ("organizer", "performer", "author", "actor", "attendee", "about")
            for each in (thing[key] if isinstance(thing.get(key), list) else [thing.get(key)])
            if (called := _label(each))
        }
        url = first_text(thing, ("url",))
        kind = thing.get("@type")
        gathered.add(
            getattr(thing, "line", 0),
            (interval_between(start, end) or start) if end else start,
            title,
            markdown_from_html(_label(thing.get("description"))),
            written=written,
            place=_linked_place(gathered, thing.get("location")),
            kind=kind if isinstance(kind, str) and kind != "Event" else "",
            actors=people,
            sources=[{"title": title, "url": url}] if url else [],
        )
    return gathered.imported(title_of(name))


def _things(value: object, depth: int = 0) -> Iterator[Plain]:
    """All things in a document, the outer ones first; places and people within things are none."""
    if depth > 20:
        return
    if isinstance(value, list):
        for each in value:
            yield from _things(each, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value and any(key in value for key in _LINKED_DATES):
            yield value
        for key in (
            "@graph",
            "itemListElement",
            "item",
            "subEvent",
            "event",
            "events",
            "hasPart",
            "mainEntity",
        ):
            if key in value:
                yield from _things(value[key], depth + 1)


def _label(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        return first_text(value, ("name", "@value", "headline"))
    return value.strip() if isinstance(value, str) else ""


def _linked_place(gathered: Gathering, value: object) -> str:
    name = _label(value)
    geo = value.get("geo") if isinstance(value, dict) else None
    if name and isinstance(geo, dict):
        lat, lon = first_text(geo, ("latitude",)), first_text(geo, ("longitude",))
        if lat and lon and _is_number(lat) and _is_number(lon):
            return gathered.place(name, lat, lon)
    return name


def _is_telegram(document: object) -> bool:
    return any(
        isinstance(each, dict) and "date" in each and ("text" in each or "action" in each)
        for each in _telegram_chats(document)[:1]
        for each in each.get("messages", [])[:5]
    )


def _telegram_chats(document: object) -> list[Plain]:
    if not isinstance(document, dict):
        return []
    if isinstance(document.get("messages"), list) and "type" in document:
        return [document]
    chats = document.get("chats")
    found = chats.get("list") if isinstance(chats, dict) else None
    return [each for each in found or [] if isinstance(each, dict) and isinstance(each.get("messages"), list)]


def _telegram(document: object, name: str) -> Imported:
    """The messages of Telegram's export."""
    gathered = Gathering("telegram")
    chats = _telegram_chats(document)
    for chat in chats:
        called = first_text(chat, ("name",))
        for message in chat["messages"]:
            if not isinstance(message, dict):
                gathered.leave_out(0, "an entry that is no message")
                continue
            text = _telegram_text(message.get("text"))
            sender = first_text(message, ("from", "actor"))
            action = first_text(message, ("action",)).replace("_", " ")
            gathered.lost["media of messages"] += any(
                key in message for key in ("photo", "file", "media_type")
            )
            moment = (
                since_1970(first_text(message, ("date_unixtime",)), UNITS[0])
                if "date_unixtime" in message
                else ""
            )
            gathered.add(
                getattr(message, "line", 0),
                moment or edtf_of(first_text(message, ("date",))),
                text or action or "(no text)",
                written=first_text(message, ("date",)),
                kind="message" if message.get("type") == "message" else "notice",
                actors=[sender] if sender else [],
                chat=called if len(chats) > 1 else "",
            )
    title = first_text(chats[0], ("name",)) if len(chats) == 1 else ""
    return gathered.imported(title or title_of(name))


def _telegram_text(value: object) -> str:
    if isinstance(value, list):
        return "".join(_telegram_text(each) for each in value)
    if isinstance(value, dict):
        return first_text(value, ("text",))
    return value if isinstance(value, str) else ""


def _is_cloudtrail(document: object) -> bool:
    records = document.get("Records") if isinstance(document, dict) else None
    return isinstance(records, list) and any(
        isinstance(each, dict) and "eventTime" in each for each in records[:5]
    )


def _cloudtrail(document: Plain, name: str) -> Imported:
    """The calls that AWS CloudTrail has recorded."""
    gathered = Gathering("cloudtrail")
    for record in document["Records"]:
        if not isinstance(record, dict):
            gathered.leave_out(0, "an entry that is no record")
            continue
        who = record.get("userIdentity")
        user = first_text(who, ("userName", "arn", "principalId", "type")) if isinstance(who, dict) else ""
        error = first_text(record, ("errorCode",))
        known = {"eventTime", "eventName", "userIdentity", "eventSource"}
        gathered.add(
            getattr(record, "line", 0),
            edtf_of(first_text(record, ("eventTime",))),
            f"{first_text(record, ('eventName',)) or 'Untitled'}{f': {error}' if error else ''}",
            kind=first_text(record, ("eventSource",)),
            actors=[user] if user else [],
            **{key: value for key, value in record.items() if key not in known and isinstance(value, str)},
        )
        gathered.lost["nested fields"] += sum(
            isinstance(value, dict | list) for key, value in record.items() if key not in known
        )
    return gathered.imported(title_of(name))


def _azure_records(document: object) -> list[object]:
    found = document if isinstance(document, list) else next(
        (document[key] for key in ("value", "records") if isinstance(document.get(key), list)), []
    ) if isinstance(document, dict) else []  # fmt: skip
    return list(found)


def _is_azure(document: object) -> bool:
    return any(
        isinstance(each, dict)
        and "operationName" in each
        and ({"eventTimestamp", "time", "activityDateTime", "createdDateTime"} & each.keys())
        for each in _azure_records(document)[:5]
    )


def _azure(document: object, name: str) -> Imported:
    """The entries of Azure's activity log."""
    gathered = Gathering("azure")
    for record in _azure_records(document):
        if not isinstance(record, dict):
            gathered.leave_out(0, "an entry that is no record")
            continue
        texts = {key: _azure_text(value) for key, value in record.items()}
        known = ("eventTimestamp", "time", "activityDateTime", "createdDateTime", "operationName", "caller")
        user = texts.get("caller", "") or texts.get("identity", "")
        gathered.add(
            getattr(record, "line", 0),
            edtf_of(next((texts[key] for key in known[:4] if texts.get(key)), "")),
            ": ".join(filter(None, (texts.get("operationName"), _azure_text(record.get("status")))))
            or "Untitled",
            kind=texts.get("category", ""),
            actors=[user] if user else [],
            **{
                key: value
                for key, value in texts.items()
                if value and key not in (*known, "category", "status")
            },
        )
    return gathered.imported(title_of(name))


def _azure_text(value: object) -> str:
    if isinstance(value, dict):
        return first_text(value, ("localizedValue", "value", "displayName"))
    return value if isinstance(value, str) else ""


_READERS: tuple[tuple[Callable[[object], bool], Callable[[Any, str], Imported]], ...] = (
    (_is_geo, _geo),
    (_is_sparql, _sparql),
    (_is_telegram, _telegram),
    (_is_cloudtrail, _cloudtrail),
    (_is_azure, _azure),
    (_is_csl, _csl),
    (_is_calendar, _calendar),
    (_is_linked, _linked),
    (simile.is_document, simile.read_document),
    (
        lambda document: isinstance(document, list) and bool(document) and is_journal(document[0]),
        read_journal,
    ),
)

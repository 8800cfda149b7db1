"""JSON and JSON Lines: the format's own structure, without loss; and any other JSON that has dates."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.exchange import json_document, json_shapes, timelinejs
from timeline_tui.exchange import vis_timeline as vis
from timeline_tui.exchange.contract import CannotImport, Exported, Imported, LeftOut
from timeline_tui.exchange.decode import encoded, text_of, title_of
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.native.plain import PlainTimeline
from timeline_tui.exchange.native.shapes import are_events, flaw, is_date
from timeline_tui.exchange.pieces import PIECE, Piece
from timeline_tui.exchange.stream import SAMPLE, as_guessed, stream_of
from timeline_tui.mapping.walk import flat_entry, flattened
from timeline_tui.model.fields import Field, fields_in, known_keys
from timeline_tui.model.records import FORMAT, Event, Header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline_tui.exchange.stream import Choose, Row, Stream
    from timeline_tui.mapping.walk import Entry
    from timeline_tui.timeline.view import View

MARK = "timeline-tui"
"""The key that marks a file of this program; its value is the version of the format."""
_FIRST_VERSION = "1"
_PARTS, _PART = 16, 1 << 14
"""Places all over a file at which some of its lines are looked at, and the bytes of these."""
_REGISTERS = ("sources", "actors", "topics", "places", "stories")


def read(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """The timeline in a JSON file: in our format, of TimelineJS, of vis-timeline, or any with dates.

    Raises:
        CannotImport: It is not valid JSON, or has no events.
    """
    text = text_of(data, json_document.LARGEST).text
    try:
        document = json_document.parsed(text)
    except CannotImport as error:
        # Several lines of JSON are not one JSON text, but clearly JSON Lines.
        if "extra data" not in str(error):
            raise
        return read_lines(data, name, choose)
    if _is_native(document):
        return _read_native(document, name)
    if timelinejs.is_document(document):
        return timelinejs.read_document(document, name)
    if (known := json_shapes.read_document(document, name)) is not None:
        return known
    if vis.is_document(document):
        return vis.read_document(document, name)
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    return of_plain(document, name, prefix="json", choose=choose)


def read_lines(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """The timeline in a file of JSON Lines: one event per line, and the header in the first.

    Raises:
        CannotImport: No line is valid JSON, or no line is an event.
    """
    stream = stream_in(data, name, choose)
    if stream is not None:
        return stream.imported()
    source = JsonLines(data)
    found = [value for _, values in source.objects() for value in values]
    left_out = source.left_out
    if not found:
        raise CannotImport(left_out[0].reason)
    first, events = found[0], found[1:]
    if MARK in first or _has_registers(first):
        made = _read_native(Object({**first, "events": events}), name)
    elif are_events(found):
        made = _read_native(Object({"events": found}), name)
    else:
        from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

        made = of_plain(found, name, prefix="json", choose=choose)
    made.left_out += left_out
    return made


def stream_in(data: bytes | bytearray, name: str, choose: Choose = as_guessed) -> Stream | None:
    """The stream of JSON Lines of others, a line an event; None for lines that are in our format.

    Raises:
        CannotImport: It is not text.
        UsageError: A column that was chosen is not there.
    """
    source = JsonLines(data)
    some = next((values for _, values in source.objects() if values), [])
    if not some or MARK in some[0] or _has_registers(some[0]) or are_events(some):
        return None
    return stream_of(source, name, choose)


class JsonLines:
    """The objects of a file of JSON Lines as entries.

    Args:
        data: The file.

    Raises:
        CannotImport: It is not text.
    """

    prefix = "json"
    names = ()

    def __init__(self, data: bytes | bytearray) -> None:
        self._text = encoded(data)
        self.guesses: list[str] = []
        """What was guessed: nothing."""
        self.left_out: list[LeftOut] = []
        """The lines that are not JSON objects, once the file was gone through."""

    def some(self) -> list[Entry]:
        """The first objects, and some from all over the file."""
        first = list(islice((value for _, values in self.objects() for value in values), SAMPLE))
        data = self._text.data
        for part in range(1, _PARTS):
            start = data.find(b"\n", len(data) * part // _PARTS) + 1
            end = data.find(b"\n", start + _PART) + 1
            if start > PIECE and end:
                first += self._objects(Piece(start, end, 1), [])
        return [flat_entry(_flat(value), value.line) for value in first]

    def texts(self, names: Sequence[str]) -> Iterator[tuple[Piece, int, list[list[str]]]]:
        """The pieces of the file with the texts of some keys."""
        for piece, values in self.objects():
            fields = list(map(_flat, values))
            yield piece, len(values), [[_text(each.get(name)) for each in fields] for name in names]

    def rows(self, piece: Piece) -> list[Row]:
        """The objects of a piece."""
        return [(_flat(value), value.line) for value in self._objects(piece, [])]

    def objects(self) -> Iterator[tuple[Piece, list[Object]]]:
        """The pieces of the file with the objects in them."""
        data = self._text.data
        left_out: list[LeftOut] = []
        start, line = self._text.start, 1
        while start < len(data):
            end = data.find(b"\n", min(start + PIECE, len(data))) + 1 or len(data)
            piece = Piece(start, end, line)
            yield piece, list(self._objects(piece, left_out))
            line += data.count(b"\n", start, end)
            start = end
        self.left_out = left_out

    def _objects(self, piece: Piece, left_out: list[LeftOut]) -> Iterator[Object]:
        for number, line in enumerate(self._text.decode(piece.start, piece.end).split("\n"), piece.line):
            if not line or line.isspace():
                continue
            flat = json_document.flat_object(line, number)
            if flat is not None:
                yield flat
                continue
            try:
                value = json_document.parsed(line, number)
            except CannotImport as error:
                left_out.append(LeftOut(number, str(error)))
                continue
            if isinstance(value, Object):
                yield value
            else:
                left_out.append(LeftOut(number, "this line is not a JSON object"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _flat(value: Object) -> dict[str, Any]:
    return flattened(value) if Object in map(type, value.values()) else value


def write(view: View) -> Exported:
    """A view as JSON: the header, then the events."""
    timeline = PlainTimeline(view)
    document = {MARK: _version_of(view), **timeline.header, "events": timeline.events}
    return Exported(json_document.json_text(document), +timeline.lost)


def write_geojson(view: View) -> Exported:
    """A view as GeoJSON."""
    from timeline_tui.exchange import geojson  # noqa: PLC0415  for maps alone

    return geojson.write(view)


def write_lines(view: View) -> Exported:
    """A view as JSON Lines: the header in the first line, then one event per line."""
    timeline = PlainTimeline(view)
    first = {MARK: _version_of(view), **timeline.header}

    def lines() -> Iterator[str]:
        for line in chain([first], timeline.each_event()):
            yield json_document.json_text(line, indent=-1)

    return Exported(lines, +timeline.lost)


def _version_of(view: View) -> str:
    """The version of the format that a timeline is in: a key of its own may be a field in a later one."""
    return FORMAT if view.header.format else _FIRST_VERSION


def _is_native(document: object) -> bool:
    """Whether plain data is in our format, and not in another that happens to look similar."""
    if not isinstance(document, dict) or not isinstance(document.get("events"), list):
        return False
    if MARK in document or _has_registers(document):
        return True
    events = document["events"]
    return bool(events) and all(isinstance(event, dict) for event in events) and are_events(events)


def _has_registers(document: Mapping[str, object]) -> bool:
    """Whether sources, actors or topics stand where the format has them, by id."""
    found = [document[name] for name in _REGISTERS if name in document]
    return bool(found) and all(
        isinstance(register, dict) and all(isinstance(record, dict) for record in register.values())
        for register in found
    )


def _read_native(document: object, name: str) -> Imported:
    found = document if isinstance(document, dict) else Object()
    title = found.get("title")
    made = Imported(title if isinstance(title, str) and title.strip() else title_of(name), [], is_ours=True)
    declared = found.get("format", found.get(MARK, _FIRST_VERSION))
    version = "" if declared == _FIRST_VERSION else FORMAT
    if found.get(MARK) == _FIRST_VERSION:
        made.version = version
    entries = found.get("events")
    for entry in entries if isinstance(entries, list) else []:
        line = getattr(entry, "line", 0)
        event = _without_broken_parts(entry, made, version) if isinstance(entry, dict) else {}
        reason = flaw(event, Event, version) if event else "an event that is empty or not an object"
        if reason:
            made.left_out.append(LeftOut(line, reason))
            continue
        made.events.append(_dated(event))
        made.lines.append(line)
    for field in fields_in(Header, version):
        if field.key in found and field.key != "title":
            _take(made, field, found[field.key], version)
    ours = {*known_keys(version)[""], MARK, "$schema"}
    own = {key: value for key, value in found.items() if key not in ours}
    made.header |= own
    return made


def _take(made: Imported, field: Field, value: object, version: str) -> None:
    """Add a field of the header; for a register, all records that are valid."""
    if field.record is None:
        if reason := flaw({field.name: value}, Header, version, required=False):
            made.left_out.append(LeftOut(0, reason))
        else:
            made.header[field.name] = value
        return
    if not isinstance(value, dict):
        made.left_out.append(LeftOut(0, f"`{field.name}` is not an object"))
        return
    records = {}
    for id_, record in value.items():
        reason = flaw(record, field.record, version) if isinstance(record, dict) else "it is not an object"
        if reason:
            made.left_out.append(LeftOut(getattr(record, "line", 0), f"{id_} in `{field.name}`: {reason}"))
        else:
            records[id_] = dict(record)
    made.header[field.name] = records


def _without_broken_parts(entry: Mapping[str, object], made: Imported, version: str) -> dict[str, object]:
    """An event without its invalid quotes, claims and plans, so that these do not cost the event."""
    event = dict(entry)
    for field in fields_in(Event, version):
        parts = entry.get(field.name)
        if field.record is None or not isinstance(parts, list):
            continue
        sound = []
        for part in parts:
            reason = flaw(part, field.record, version) if isinstance(part, dict) else "it is not an object"
            if reason:
                made.left_out.append(LeftOut(getattr(part, "line", 0), f"one of `{field.name}`: {reason}"))
            else:
                sound.append(part)
        event[field.name] = sound
    return event


def _dated(entry: Mapping[str, object]) -> dict[str, object]:
    """An event with its date in EDTF; a date that is not EDTF is kept as `json-date`."""
    event = dict(entry)
    if not is_date(entry["date"]):
        event["date"] = edtf_of(str(entry["date"])) or UNDATED
        event["json-date"] = entry["date"]
    return event

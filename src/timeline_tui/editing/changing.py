"""Fields of an event, or of a record in a register, are changed; every other byte stays the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from timeline_tui.editing.change_guard import parse_edited, parse_file
from timeline_tui.editing.event_places import ListForm, RegisterForm
from timeline_tui.editing.yaml_writer import document, scalar
from timeline_tui.errors import TimelineError
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Event, Header
from timeline_tui.reading.plain_yaml import plain_documents
from timeline_tui.reading.yaml_parser import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    parse_events,
)
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from timeline_tui.editing.change_guard import ParsedFile
    from timeline_tui.editing.event_places import Places
    from timeline_tui.model.records import Record

_NEED_LINES = "its events do not begin on lines of their own"
_OPENING, _CLOSING = (MappingStartEvent, SequenceStartEvent), (MappingEndEvent, SequenceEndEvent)


class FieldPlace(NamedTuple):
    """Where a field of an event is written, in characters of the event's own lines."""

    start: int
    """Where its key begins."""
    value: tuple[int, int]
    """Start and end of its value."""
    end: int
    """After its last line."""
    is_simple: bool
    """Whether its value is one text on one line, without an anchor or a tag."""


def change_event(data: bytes, event_id: str, changes: Mapping[str, object], name: str = "the file") -> bytes:
    """A file in which fields of an event have other values.

    A value on one line is replaced where it stands, before what follows on its line. Others are written anew.
    A field that is not there yet comes after the fields that stand before it in the format.

    Args:
        data: The file, in UTF-8.
        event_id: The event.
        changes: Plain data by the fields of an event; None removes a field.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is not a timeline, has no such event, or more than these fields would change;
            the text says why.
    """
    before = parse_file(data, name)
    places = before.places
    number, lines = _event_in(before, event_id, name)
    place, title = places.events[number], visible(name)
    if "id" not in field_places(lines):
        # An id that is made from the title stays what it was.
        changes = {**changes, "id": event_id}
    old = _plain_event(lines)
    wanted = {key: value for key, value in old.items() if key not in changes}
    for field, value in changes.items():
        if value is not None:
            wanted[field] = _as_read(value)
        if value is None or old.get(field) != wanted[field]:
            lines = _with_field(lines, field, value, Event, places.line_end)
    text = places.text[: place.start] + lines + places.text[place.end :]
    after = parse_edited(before, places.bytes_of(text), name, event_id)
    if not _only_changed(before, after, number, wanted):
        raise TimelineError(f"{title}: not changed, because more than {', '.join(changes)} would change")
    return places.bytes_of(text)


def event_data(data: bytes, event_id: str, name: str = "the file") -> dict[str, object]:
    """An event as it is written: plain data by its fields, raw, an alias as None.

    Raises:
        TimelineError: As `change_event()`, as far as that is known before the change.
    """
    _, lines = _event_in(parse_file(data, name), event_id, name)
    field_places(lines)
    return _plain_event(lines)


def change_record(
    data: bytes, section: str, record_id: str, changes: Mapping[str, str], name: str = "the file"
) -> bytes:
    """A file in which fields of a record in a register, such as a source, have other values of one line.

    Args:
        data: The file, in UTF-8.
        section: The key of the register: `sources`, `actors`.
        record_id: The record.
        changes: Texts by the fields of the record.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is not a timeline, has no such record on lines of its own, or other parts of
            the file would change; the text says why.
    """
    before = parse_file(data, name)
    places, title = before.places, visible(name)
    field = next(field for field in fields_of(Header) if field.key == section)
    found = record_lines(places, section, record_id)
    if found is None or field.record is None:
        raise TimelineError(
            f"{title}: {record_id} cannot be changed here, because it is not on lines of its own in"
            f" `{section}:`; edit the file instead"
        )
    start, end = found
    lines = places.text[start:end]
    for key, value in changes.items():
        lines = _with_field(lines, key, value, field.record, places.line_end)
    result = places.bytes_of(places.text[:start] + lines + places.text[end:])
    parse_edited(before, result, name)
    old, new = (plain_documents(each).data for each in (data, result))
    if (
        len(old) != 1
        or not isinstance(old[0], dict)
        or new != [_with_values(old[0], section, record_id, changes)]
    ):
        raise TimelineError(f"{title}: not changed, because more than {', '.join(changes)} would change")
    return result


def _with_values(
    data: Mapping[str, object], section: str, record_id: str, changes: Mapping[str, str]
) -> dict[str, object]:
    """The plain data of a file with other values in a record of a register."""
    register = cast("dict[str, dict[str, object]]", data[section])
    return {**data, section: {**register, record_id: {**register[record_id], **changes}}}


def record_lines(places: Places, section: str, record_id: str) -> tuple[int, int] | None:
    """Where the lines of a record begin and end; None if it is not there, or not on lines of its own."""
    register = places.registers.get(section)
    if register is None or register.form is not RegisterForm.LINES:
        return None
    first = places.text.rfind("\n", 0, register.start) + 1
    records = places.text[first : register.end]
    marks: list[tuple[str, int]] = []
    _walk(records, lambda key, _, where: marks.append((key, where[0])), register=True)
    at = next((number for number, (key, _) in enumerate(marks) if key == record_id), -1)
    if at < 0:
        return None
    start = records.rfind("\n", 0, marks[at][1]) + 1
    end = records.rfind("\n", 0, marks[at + 1][1]) + 1 if at + 1 < len(marks) else len(records)
    return first + start, first + end


def _event_in(before: ParsedFile, event_id: str, name: str) -> tuple[int, str]:
    """The number of an event in the list of a file, and its lines.

    Raises:
        TimelineError: There is none, or it cannot be changed in place.
    """
    places, title = before.places, visible(name)
    number = next((at for at, event in enumerate(before.reading.events) if event.id == event_id), -1)
    if number < 0:
        raise TimelineError(f"{title}: there is no event {event_id}")
    if places.form is not ListForm.LINES or len(places.events) != len(before.reading.events):
        reason = "some events of the file have errors" if places.form is ListForm.LINES else _NEED_LINES
        raise TimelineError(f"{title}: the event {event_id} cannot be changed here: {reason}; edit the file")
    place = places.events[number]
    return number, places.text[place.start : place.end]


def _only_changed(before: ParsedFile, after: ParsedFile, number: int, wanted: Mapping[str, object]) -> bool:
    """Whether nothing differs but one event, which is as it should be."""
    if after.places.digest != before.places.digest or len(after.places.events) != len(before.places.events):
        return False
    pairs = zip(before.places.events, after.places.events, strict=True)
    if any(one.digest != other.digest for at, (one, other) in enumerate(pairs) if at != number):
        return False
    place = after.places.events[number]
    return _plain_event(after.places.text[place.start : place.end]) == wanted


def _plain_event(lines: str) -> dict[str, object]:
    """An event as it is written, by its lines."""
    (events,) = plain_documents(lines.encode()).data
    return dict(cast("list[dict[str, object]]", events)[0])


def _as_read(value: object) -> object:
    """Plain data as it is read again after it was written: every scalar is text."""
    if isinstance(value, dict):
        return {str(name): _as_read(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_read(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _with_field(lines: str, field: str, value: object, record: type[Record], line_end: str) -> str:
    """The lines of an event or a record with another value of a field; None removes it.

    Raises:
        TimelineError: It is written in braces, or begins with the field that is to be removed.
    """
    places = field_places(lines)
    indent = _column(lines, next(iter(places.values())).start)
    found = places.get(field)
    if found is not None and value is None:
        start = lines.rfind("\n", 0, found.start) + 1
        if lines[start : found.start].strip():
            raise TimelineError(f"{field} begins the event, so it cannot be removed")
        return lines[:start] + lines[found.end :]
    if value is None:
        return lines
    if found is not None and found.is_simple and isinstance(value, str) and "\n" not in value:
        start, end = found.value
        return lines[:start] + scalar(value) + lines[end:]
    written = _written(field, value, indent, line_end)
    if found is not None:
        return lines[: found.start] + written[indent:] + lines[found.end :]
    order = [each.key for each in fields_of(record)]
    earlier = [places[name].end for name in order[: order.index(field)] if name in places]
    place = max(earlier, default=0) or next(iter(places.values())).end
    gap = "" if lines[:place].endswith("\n") else line_end
    return lines[:place] + gap + written + lines[place:]


def _written(field: str, value: object, indent: int, line_end: str) -> str:
    """A field as it is written in an event whose keys are indented by `indent`."""
    text = "".join(document({field: value}))
    rows = text.splitlines(keepends=True)
    return "".join(" " * indent + row if row.strip() else row for row in rows).replace("\n", line_end)


def field_places(lines: str) -> dict[str, FieldPlace]:
    """The places of the fields of an event or a record, by their keys, in its order.

    Raises:
        TimelineError: It is written in braces.
    """
    places: dict[str, FieldPlace] = {}

    def note(field: str, event: Any, marks: tuple[int, int, int]) -> None:  # noqa: ANN401  # PyYAML's events
        start, value, end = marks
        raw = lines[value:end]
        simple = _is_text(event) and event.anchor is None and event.tag is None and "\n" not in raw
        places[field] = FieldPlace(start, (value, end), _end_of_lines(lines, end), simple and bool(raw))

    _walk(lines, note)
    if not places:
        raise TimelineError("what is written in braces cannot be changed here; edit the file instead")
    return places


def _walk(
    lines: str, note: Callable[[str, Any, tuple[int, int, int]], None], *, register: bool = False
) -> None:
    """Call a function for each field of an event or a record, or for each record of a register.

    Args:
        lines: An event as an item of a list, a record with its id, or the records of a register; whole lines.
        note: Is given the key, the first parse event of the value, and three places: where the key begins,
            where the value begins, where it ends. It is not called for what is written in braces.
        register: Whether the lines are those of a register.
    """
    get: Callable[[], Any] = parse_events(memoryview(lines.encode()), {})
    opening = [get() for _ in range(3)][-1]
    if not register:
        if opening.__class__ is MappingStartEvent:
            get()
        opening = get()
    if opening.__class__ is not MappingStartEvent or opening.flow_style:
        return
    while (name := get()).__class__ is not MappingEndEvent:
        first: Any = get()
        depth = 1 if first.__class__ in _OPENING else 0
        end = first.end_mark.index
        while depth:
            last: Any = get()
            depth += (last.__class__ in _OPENING) - (last.__class__ in _CLOSING)
            # The end of a list or map in lines is where the next key begins.
            if last.__class__ in (ScalarEvent, AliasEvent) or first.flow_style:
                end = last.end_mark.index
        note(getattr(name, "value", ""), first, (name.start_mark.index, first.start_mark.index, end))


def _is_text(event: Any) -> bool:  # noqa: ANN401  # PyYAML's events
    return event.__class__ is ScalarEvent


def _end_of_lines(lines: str, end: int) -> int:
    """After the line that a value ends on, without the blank lines below a text in a block."""
    while lines[:end].endswith(("\n\n", "\n\r\n")):
        end = lines[:end].rstrip("\r\n").__len__() + 1
    if end and lines[end - 1] == "\n":
        return end
    return lines.find("\n", end) + 1 or len(lines)


def _column(lines: str, place: int) -> int:
    return place - (lines.rfind("\n", 0, place) + 1)

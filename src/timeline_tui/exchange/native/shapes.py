"""Whether plain data has the shape that the format gives to events and records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.exchange.native.detect import has_our_keys
from timeline_tui.model.fields import Field, fields_in, known_keys
from timeline_tui.model.records import FORMAT, Event, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline_tui.model.records import Record

_KEYS = known_keys()
_OURS_ALONE = frozenset(
    {"known", "quotes", "claims", "links", "postponed", "outcome", "status", "by", "actors"}
)
"""Keys of an event that other formats rarely have, and never in the same shape."""


def are_events(events: Sequence[Mapping[str, object]]) -> bool:
    """Whether events are in our format: they have no other keys, or one in a shape of ours alone."""
    return all(map(_is_event, events)) or (has_our_keys(events) and any(map(is_certain, events)))


def is_certain(event: Mapping[str, object]) -> bool:
    """Whether an event is certainly in our format: it is valid, with keys that other formats rarely have."""
    return bool(event.keys() & _OURS_ALONE) and _is_valid(event)


def _is_valid(event: Mapping[str, object]) -> bool:
    return not flaw(event, Event) and is_date(event["date"])


def _is_event(event: Mapping[str, object]) -> bool:
    """Whether an object has only keys of the format, and a date in EDTF."""
    return {"date", "title"} <= event.keys() <= _KEYS["events"] and _is_valid(event)


def is_date(value: object) -> bool:
    """Whether a value is a date in EDTF."""
    try:
        parse_date(str(value))
    except DateError:
        return False
    return True


def flaw(
    entry: Mapping[str, object], record: type[Record], version: str = FORMAT, *, required: bool = True
) -> str:
    """Which field of a record is missing or has a wrong shape; empty if none.

    Args:
        entry: The record as plain data.
        record: Its type.
        version: Of the format that it is in; empty for version 1.
        required: Whether a required field has to be there.
    """
    for field in fields_in(record, version):
        if field.key not in entry:
            if field.required and required:
                return f"`{field.key}` is missing"
        elif not fits(entry[field.key], field, version):
            return f"`{field.key}` is not {field.shape.value}"
    return ""


def fits(value: object, field: Field, version: str = FORMAT) -> bool:
    """Whether a value has the shape of a field; in version 1, a form of a later one is no field."""
    if not version and field.newer_form is not None and isinstance(value, field.newer_form):
        return True
    if field.long is not None and isinstance(value, list if field.long.many else dict):
        return _are_records(value if isinstance(value, list) else [value], field.long.record, version)
    if field.record is not None and field.shape is not Shape.REGISTER:
        is_one = isinstance(value, dict) and field.shape in (Shape.RECORD, Shape.ONE_OR_MORE)
        is_many = isinstance(value, list) and field.shape is not Shape.RECORD
        return (is_one or is_many) and _are_records([value] if is_one else value, field.record, version)
    if is_shaped := _OF_SHAPE.get(field.shape):
        return is_shaped(value)
    is_enough = isinstance(value, str) and (bool(value.strip()) or not field.required)
    return is_enough and (not field.choices or value in field.choices)


def _are_records(values: object, record: type[Record], version: str) -> bool:
    return isinstance(values, list) and all(
        isinstance(value, dict) and not flaw(value, record, version) for value in values
    )


def _is_citation(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("id"), str))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_map(value: object, is_one: Callable[[object], bool]) -> bool:
    return isinstance(value, dict) and all(map(is_one, value.values()))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_OF_SHAPE: dict[Shape, Callable[[object], bool]] = {
    Shape.IDS: lambda value: _is_text(value) or _are_texts(value),
    Shape.WORDS: _are_texts,
    Shape.CITATIONS: lambda value: isinstance(value, list) and all(map(_is_citation, value)),
    Shape.ROLES: lambda value: _are_texts(value) or _is_map(value, _is_text),
    Shape.LINKS: lambda value: _is_map(value, lambda ids: _is_text(ids) or _are_texts(ids)),
    Shape.REGISTER: lambda value: _is_map(value, lambda record: isinstance(record, dict)),
}

"""The declarations of `records` as the reader, the JSON Schema and the documentation take them."""

from __future__ import annotations

from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from timeline_tui.model.records import Event, Header, Record, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERS: dict[str, str] = {
    "derived_from": "source", "sources": "source",
    "of": "actor", "speaker": "actor", "to": "actor", "by": "actor", "actors": "actor",
    "about": "topic", "links": "event",
}  # fmt: skip
"""The kind of record that the ids in a field are of."""

SECTIONS = {"sources": "source", "actors": "actor", "topics": "topic", "events": "event"}
"""The sections of a file, and the kind of record in each."""


class Field(NamedTuple):
    """One key of a record."""

    name: str
    shape: Shape
    required: bool
    default: object
    description: str
    examples: tuple[str, ...]
    choices: tuple[str, ...]
    """For `Shape.CHOICE`."""
    record: type[Record] | None
    """For `Shape.RECORDS` and `Shape.REGISTER`: of what."""


@lru_cache
def fields_of(record: type[msgspec.Struct]) -> tuple[Field, ...]:
    """The keys of a record in the order of their declaration, without what every record has."""
    common = frozenset(Record.__struct_fields__)
    return tuple(_field(field) for field in msgspec.structs.fields(record) if field.name not in common)


def _field(field: msgspec.structs.FieldInfo) -> Field:
    marks = list(_marks(field.type))
    metas = [mark for mark in marks if isinstance(mark, Meta)]
    meta = next((meta for meta in metas if meta.description), Meta())
    return Field(
        field.name,
        next(mark for mark in marks if isinstance(mark, Shape)),
        field.required,
        None if field.required or field.default is msgspec.NODEFAULT else field.default,
        meta.description or "",
        tuple(str(example) for example in meta.examples or ()),
        next((get_args(mark) for mark in marks if get_origin(mark) is Literal), ()),
        next((mark for mark in marks if isinstance(mark, type) and issubclass(mark, Record)), None),
    )


def _marks(hint: Any) -> Iterator[Any]:  # noqa: ANN401  # a type hint has no type of its own
    """What a type hint says: `Shape`, `Meta`, `Literal[...]` and record types, the outermost first."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *own = get_args(hint)
        yield from own
        yield from _marks(inner)
    elif origin in {tuple, dict, Union, UnionType}:
        for part in get_args(hint):
            yield from _marks(part)
    else:
        yield hint


def known_keys() -> dict[str, frozenset[str]]:
    """The keys of the records in each section, and under an empty name those of the timeline itself."""
    header = fields_of(Header)
    keys = {"": frozenset({field.name for field in header} | {"events"})}
    keys |= {
        field.name: frozenset(inner.name for inner in fields_of(field.record))
        for field in header
        if field.record
    }
    keys["events"] = frozenset(field.name for field in fields_of(Event))
    return keys

"""The fields of each record, from the declarations in `records`: for the reader, the schema and the docs."""

from __future__ import annotations

from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from timeline_tui.model.records import FORMAT, Event, Formerly, Header, LongFormOf, Record, Shape, Since

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERS: dict[str, str] = {
    "derived_from": "source", "sources": "source", "without": "source",
    "of": "actor", "speaker": "actor", "to": "actor", "by": "actor", "actors": "actor",
    "about": "topic", "topic": "topic", "links": "event", "event": "event",
    "within": "place", "places": "place",
}  # fmt: skip
"""By field name, the kind of record that its ids refer to; see `Field.refers`."""

_OF_IDS = frozenset({Shape.ID, Shape.IDS, Shape.CITATIONS, Shape.ROLES, Shape.LINKS})

SECTIONS = {
    "sources": "source", "actors": "actor", "topics": "topic", "places": "place", "stories": "story",
    "events": "event",
}  # fmt: skip
"""By section of a file, the kind of record in it."""


class LongForm(NamedTuple):
    """The long form of a field: records instead of a word or a text."""

    name: str
    """The attribute for the records of the long form."""
    record: type[Record]
    many: bool
    """Whether it is a list of records, not a single one."""


class Field(NamedTuple):
    """One key of a record."""

    name: str
    """The attribute for its value."""
    key: str
    """The key in the file."""
    shape: Shape
    required: bool
    default: object
    description: str
    examples: tuple[str, ...]
    choices: tuple[str, ...]
    """For `Shape.CHOICE`."""
    record: type[Record] | None
    """The type of its records, for the shapes that consist of records."""
    since: str
    """The version of the format that added it; empty for a field of version 1."""
    long: LongForm | None
    formerly: Shape | None
    """Its only shape before version 1.1, if that was another."""

    @property
    def newer_form(self) -> type[list[object] | dict[str, object]] | None:
        """The form that only a later version than 1 has: version 1 keeps a key with it as an unknown one."""
        if self.formerly is not None or (self.long is not None and self.long.many):
            return list
        return dict if self.long is not None else None

    @property
    def refers(self) -> str:
        """The kind of record that its ids refer to; empty if it has no ids."""
        return REFERS.get(self.name, "") if self.shape in _OF_IDS else ""


@lru_cache
def declared(record: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """All attributes of a record as msgspec describes them; it evaluates their types anew each time."""
    return msgspec.structs.fields(record)


@lru_cache
def fields_of(record: type[msgspec.Struct]) -> tuple[Field, ...]:
    """The fields of a record in the order of declaration, without those that every record has."""
    common = frozenset(Record.__struct_fields__)
    own = [field for field in declared(record) if field.name not in common]
    marks = {field.name: list(_marks(field.type)) for field in own}
    long = {
        mark.name: LongForm(name, _record_in(found), field.default == ())
        for field in own
        for name, found in [(field.name, marks[field.name])]
        for mark in found
        if isinstance(mark, LongFormOf)
    }
    return tuple(
        _field(field, marks[field.name], long.get(field.name))
        for field in own
        if any(isinstance(mark, Shape) for mark in marks[field.name])
        and not any(isinstance(mark, LongFormOf) for mark in marks[field.name])
    )


@lru_cache
def fields_in(record: type[msgspec.Struct], version: str) -> tuple[Field, ...]:
    """The fields that a record has in a version of the format.

    Args:
        record: The type of record.
        version: Of the format; empty for version 1.
    """
    return tuple(field for field in fields_of(record) if version or not field.since)


def _record_in(marks: list[Any]) -> type[Record]:
    return next(mark for mark in marks if isinstance(mark, type) and issubclass(mark, Record))


def _field(field: msgspec.structs.FieldInfo, marks: list[Any], long: LongForm | None) -> Field:
    metas = [mark for mark in marks if isinstance(mark, Meta)]
    meta = next((meta for meta in metas if meta.description), Meta())
    return Field(
        field.name,
        field.encode_name,
        next(mark for mark in marks if isinstance(mark, Shape)),
        field.required,
        None if field.required or field.default is msgspec.NODEFAULT else field.default,
        meta.description or "",
        tuple(str(example) for example in meta.examples or ()),
        next((get_args(mark) for mark in marks if get_origin(mark) is Literal), ()),
        next((mark for mark in marks if isinstance(mark, type) and issubclass(mark, Record)), None),
        next((mark.version for mark in marks if isinstance(mark, Since)), ""),
        long,
        next((mark.shape for mark in marks if isinstance(mark, Formerly)), None),
    )


def _marks(hint: Any) -> Iterator[Any]:  # noqa: ANN401  # a type hint has no type of its own
    """The parts of a type hint: `Shape`, `Meta`, `Literal[...]` and record types, the outermost first."""
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


@lru_cache
def known_keys(version: str = FORMAT) -> dict[str, frozenset[str]]:
    """The keys of the records in each section; under an empty name, those of the timeline itself.

    Args:
        version: Of the format; empty for version 1.
    """
    header = fields_in(Header, version)
    keys = {"": frozenset({field.key for field in header} | {"events"})}
    keys |= {
        field.key: frozenset(inner.key for inner in fields_in(field.record, version))
        for field in header
        if field.record
    }
    keys["events"] = frozenset(field.key for field in fields_in(Event, version))
    return keys

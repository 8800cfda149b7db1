"""Nodes as records, by the declarations of `records`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from yaml.events import ScalarEvent

from timeline_tui.model.fields import Field, fields_of
from timeline_tui.model.problem_log import Code, did_you_mean
from timeline_tui.model.records import Header, Record, Shape
from timeline_tui.reading.nodes import Flawed, Mapping, Node, Sequence, is_nothing, place
from timeline_tui.reading.values import BROKEN, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.model.problem_log import Faults

_AnyRecord = TypeVar("_AnyRecord", bound=Record)


class _Table(NamedTuple):
    """A record type, made ready for reading many of it."""

    name: str
    fields: dict[str, tuple[str, Callable[[Node], object]]]
    """By key: the key again, as the one object that all records share, and what reads its value."""
    required: tuple[str, ...]


class Conversion:
    """Makes records of nodes; all that is wrong with one is reported, and then it is left out.

    Args:
        faults: Takes the problems.
    """

    def __init__(self, faults: Faults) -> None:
        self.values = Values(faults)
        self._tables: dict[type[Record], _Table] = {}
        self._hints: dict[tuple[str, str], str] = {}

    def record(self, kind: type[_AnyRecord], node: Node) -> _AnyRecord | None:
        """The record that a map is; None if it cannot be had."""
        if not isinstance(node, Mapping):
            self.no_record(kind, node)
            return None
        values = self.fields(kind, node)
        return None if values is None else kind(**values)

    def fields(self, kind: type[Record], node: Mapping, *, whole: bool = True) -> dict[str, Any] | None:
        """The values of a record's fields by name; None if one of them is broken.

        Where `node` is not the `whole` record, no key is missing.
        """
        table = self._tables.get(kind) or self._table(kind)
        line, column = place(node, self.values.first_line)
        values: dict[str, Any] = {"line": line, "column": column}
        sound = True
        broken = set()
        fields = table.fields
        for key, value in zip(node.keys, node.values, strict=True):
            known = fields.get(key.value)
            if known is None:
                sound = self._unknown(table, key, value, values) and sound
                continue
            read = known[1](value)
            if read is BROKEN:
                broken.add(key.value)
            elif read is not None:
                values[known[0]] = read
        for name in table.required if whole else ():
            if name not in values and name not in broken:
                hint = f"write {name}: and its value"
                self.values.error(Code.MISSING_KEY, node, f"this {table.name} has no {name}", hint)
                sound = False
        return values if self.values.has_sound_keys(node) and sound and not broken else None

    def no_record(self, kind: type[Record], node: Node) -> None:
        """Report that `node`, which is no map, stands where a record should be."""
        name = kind.__name__.lower()
        if isinstance(node, Flawed) or not is_nothing(node):
            article = "an" if name[0] in "aeiou" else "a"
            what = {Sequence: "a list", ScalarEvent: "text"}.get(type(node), "")
            hint = f"{article} {name} is written as keys and values"
            if isinstance(node, Flawed):
                self.values.wrong(node, Shape.RECORDS)
            else:
                self.values.error(
                    Code.WRONG_SHAPE, node, f"{article} {name} is expected here, not {what}", hint
                )
        else:
            self.values.error(Code.EMPTY_VALUE, node, f"this {name} is empty", "leave it out, or fill it in")

    def _unknown(self, table: _Table, key: ScalarEvent, value: Node, values: dict[str, Any]) -> bool:
        """Keep a key that the format does not know; whether that can be done."""
        name = key.value
        if (table.name, name) not in self._hints:
            self._hints[table.name, name] = did_you_mean(name, table.fields)
        shown = name if len(name) <= 60 else f"{name[:60]}…"
        message = (
            f"{shown or 'an empty key'} is no key of {'an' if table.name[0] in 'aeiou' else 'a'} {table.name}"
        )
        self.values.warning(Code.UNKNOWN_KEY, key, message, self._hints[table.name, name])
        data = self.values.plain(value)
        if data is BROKEN:
            return False
        extra = values.setdefault("extra", {})
        extra[name] = data
        return True

    def _table(self, kind: type[Record]) -> _Table:
        fields = fields_of(kind)
        required = tuple(field.name for field in fields if field.required)
        readers = {field.name: (field.name, self._reader(field)) for field in fields}
        name = "timeline" if kind is Header else kind.__name__.lower()
        self._tables[kind] = _Table(name, readers, required)
        return self._tables[kind]

    def _reader(self, field: Field) -> Callable[[Node], object]:
        if field.record is None:
            return self.values.converter(field)
        kind = field.record
        return lambda node: self._records(kind, node)

    def _records(self, kind: type[Record], node: Node) -> object:
        """The records of a list; one that is broken costs only itself."""
        if not isinstance(node, Sequence):
            hint = "begin each of them with a -" if isinstance(node, Mapping) else ""
            return self.values.wrong(node, Shape.RECORDS, hint)
        records = [self.record(kind, item) for item in node.items]
        return tuple(record for record in records if record is not None)

"""Reads records from nodes, by the declarations in `model.records`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from yaml.events import ScalarEvent

from timeline_tui.model.fields import Field, LongForm, fields_of
from timeline_tui.model.histories import apply_histories
from timeline_tui.model.problems import Code
from timeline_tui.model.records import FORMAT, Event, Header, Record, Shape
from timeline_tui.reading.consistency import drop_inconsistent
from timeline_tui.reading.nodes import InvalidNode, Mapping, Node, Sequence, is_nothing, position
from timeline_tui.reading.values import BROKEN, NEWER, ValueReader
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.model.problems import ProblemLog

_AnyRecord = TypeVar("_AnyRecord", bound=Record)


class _Table(NamedTuple):
    """A record type, prepared for reading many records."""

    name: str
    fields: dict[str, tuple[str, Callable[[Node], object]]]
    """By key in the file: the name of the field, as one object that all records share, and its reader."""
    required: tuple[str, ...]
    newer: frozenset[str]
    """The keys that only a later version of the format has."""


class _InFull(NamedTuple):
    """The value of a field written in its long form: records instead of a word or a text."""

    name: str
    records: object


_SPECIAL: Final = frozenset({type(None), type(BROKEN), _InFull})
"""The types that a reader returns where there is no valid value."""


class RecordReader:
    """Reads records from nodes. Each error in a record is reported, and the record is left out.

    Args:
        log: Takes the problems.
        version: Of the format that the file is in; empty for version 1.
    """

    def __init__(self, log: ProblemLog, version: str = FORMAT) -> None:
        self.values = ValueReader(log)
        self._version = version
        self._tables: dict[type[Record], _Table] = {}
        self._hints: dict[tuple[str, str], str] = {}

    def record(self, kind: type[_AnyRecord], node: Node) -> _AnyRecord | None:
        """The record that a node holds; None after an error was reported."""
        if not isinstance(node, Mapping):
            self.no_record(kind, node)
            return None
        values = self.fields(kind, node)
        return None if values is None else kind(**values)

    def fields(self, kind: type[Record], node: Mapping, *, whole: bool = True) -> dict[str, Any] | None:
        """The fields of a record by name; None after an error was reported.

        Args:
            kind: The type of record.
            node: The map.
            whole: Whether it is the whole record, so that required keys can be missing.
        """
        table = self._tables.get(kind) or self._table(kind)
        line, column = position(node, self.values.first_line)
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
            if read.__class__ not in _SPECIAL:
                values[known[0]] = read
            elif read is BROKEN:
                broken.add(key.value)
            elif read is NEWER:
                sound = self._unknown(table, key, value, values) and sound
            elif read.__class__ is _InFull and read.records:
                values[read.name] = read.records
        for name in table.required if whole else ():
            if table.fields[name][0] not in values and name not in broken:
                hint = f"add {name}: and its value"
                self.values.error(Code.MISSING_KEY, node, f"this {table.name} has no {name}", hint)
                sound = False
        if not self.values.has_sound_keys(node) or not sound or broken:
            return None
        if self._version and whole:
            drop_inconsistent(kind, values, self.values.log)
            apply_histories(kind, values)
        return values

    def no_record(self, kind: type[Record], node: Node) -> None:
        """Report that `node` is not a map, although a record is expected."""
        name = _name_of(kind)
        if isinstance(node, InvalidNode) or not is_nothing(node):
            article = "an" if name[0] in "aeiou" else "a"
            what = {Sequence: "a list", ScalarEvent: "text"}.get(type(node), "")
            hint = f"write {article} {name} as keys and values"
            if isinstance(node, InvalidNode):
                self.values.wrong(node, Shape.RECORDS)
            else:
                self.values.error(
                    Code.WRONG_SHAPE, node, f"{article} {name} is expected here, not {what}", hint
                )
        else:
            self.values.error(Code.EMPTY_VALUE, node, f"this {name} is empty", "remove it or fill it in")

    def _unknown(self, table: _Table, key: ScalarEvent, value: Node, values: dict[str, Any]) -> bool:
        """Report a key that the format does not know, and keep its value; whether that has no error."""
        name = key.value
        if name in table.newer:
            message = f"{name} in this form needs format {FORMAT}; here it is kept as an unknown key"
            hint = f"add format: {FORMAT} as the first line of the file"
            self.values.warning(Code.NEWER_KEY, key, message, hint)
        else:
            self._warn_of_unknown(table, key)
        data = self.values.plain(value)
        if data is BROKEN:
            return False
        extra = values.setdefault("extra", {})
        extra[name] = data
        return True

    def _warn_of_unknown(self, table: _Table, key: ScalarEvent) -> None:
        name = key.value
        if (table.name, name) not in self._hints:
            self._hints[table.name, name] = did_you_mean(name, table.fields)
        shown = name if len(name) <= 60 else f"{name[:60]}…"
        article = "an" if table.name[0] in "aeiou" else "a"
        message = f"{f'unknown key {shown}' if shown else 'empty key'} in {article} {table.name}"
        self.values.warning(Code.UNKNOWN_KEY, key, message, self._hints[table.name, name])

    def _table(self, kind: type[Record]) -> _Table:
        declared = fields_of(kind)
        fields = [field for field in declared if self._version or not field.since]
        required = tuple(field.key for field in fields if field.required)
        readers = {field.key: (field.name, self._reader(field)) for field in fields}
        newer = frozenset() if self._version else frozenset(filter(None, map(_newer_key, declared)))
        name = "timeline" if kind is Header else _name_of(kind)
        self._tables[kind] = _Table(name, readers, required, newer)
        return self._tables[kind]

    def _reader(self, field: Field) -> Callable[[Node], object]:
        read = self._reader_of_value(field)
        if field.long is not None:
            return self._reader_in_full(field.long, read)
        if field.formerly is None or self._version:
            return read
        before = self.values.reader_of(field._replace(shape=field.formerly))
        return lambda node: NEWER if isinstance(node, Sequence) else _as_ids(before(node))

    def _reader_of_value(self, field: Field) -> Callable[[Node], object]:
        if field.record is None:
            return self.values.reader_of(field)
        kind = field.record
        if field.shape is Shape.RECORD:
            return lambda node: self._one(kind, node)
        if field.shape is Shape.ONE_OR_MORE:
            return lambda node: self._records(kind, _in_list(node))
        return lambda node: self._records(kind, node)

    def _reader_in_full(self, long: LongForm, read: Callable[[Node], object]) -> Callable[[Node], object]:
        in_full = Sequence if long.many else Mapping

        def either(node: Node) -> object:
            if not isinstance(node, in_full):
                return read(node)
            if not self._version:
                return NEWER
            found = self._records(long.record, node) if long.many else self._one(long.record, node)
            return _InFull(long.name, found)

        return either

    def _one(self, kind: type[Record], node: Node) -> object:
        """The record of a field; None if it is empty or has an error."""
        return None if is_nothing(node) else self.record(kind, node)

    def _records(self, kind: type[Record], node: Node) -> object:
        """The records of a list, without those that have errors."""
        if not isinstance(node, Sequence):
            hint = "begin each record with a -" if isinstance(node, Mapping) else ""
            return self.values.wrong(node, Shape.RECORDS, hint)
        records = [self.record(kind, item) for item in node.items]
        return tuple(record for record in records if record is not None)


class EventReader:
    """Reads events one by one.

    Args:
        records: Reads their fields, collects references and takes the problems.
    """

    def __init__(self, records: RecordReader) -> None:
        self.left_out: set[tuple[str, str]] = set()
        """Kind and id of the events that were left out; for one without an id, `line 12`."""
        self._records = records

    def fields(self, node: Node) -> dict[str, Any] | None:
        """The fields of an event by name; None after an error was reported."""
        if not isinstance(node, Mapping):
            self._records.no_record(Event, node)
            self.leave_out(*position(node, self._records.values.first_line))
            return None
        node = self._without_next(node)
        fields = self._records.fields(Event, node)
        if fields is None:
            self._leave_out(node)
        return fields

    def leave_out(self, line: int, _column: int) -> None:
        """Record that an event without an id was left out."""
        self.left_out.add(("event", f"line {line}"))

    def _without_next(self, node: Mapping) -> Mapping:
        """`node` without the events that follow it in the same map, because their dash is missing."""
        first = node.keys[0].value if node.keys else ""
        names = [key.value for key in node.keys]
        if names.count(first) < 2:
            return node
        starts = [at for at, name in enumerate(names) if name == first]
        parts = [
            Mapping(node.start_mark, node.keys[start:end], node.values[start:end])
            for start, end in pairwise([*starts, len(node.keys)])
        ]
        if not all({"date", "title"} <= {key.value for key in part.keys} for part in parts):
            return node
        for part in parts[1:]:
            message = f"{first} is repeated: the event that starts here is missing its dash"
            self._records.values.error(
                Code.DUPLICATE_KEY, part.keys[0], message, "put - before its first key"
            )
            self._leave_out(part)
        return parts[0]

    def _leave_out(self, node: Mapping) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if key.value == "id" and isinstance(value, ScalarEvent):
                self.left_out.add(("event", value.value))
                return
        self.leave_out(*position(node, self._records.values.first_line))


def _newer_key(field: Field) -> str:
    """The key of a field that version 1 did not have, or not in all its forms; empty for other fields."""
    return field.key if field.since or field.long or field.formerly else ""


def _as_ids(id_: object) -> object:
    return (id_,) if isinstance(id_, str) else id_


def _in_list(node: Node) -> Node:
    return Sequence(node.start_mark, [node]) if isinstance(node, Mapping) else node


def _name_of(kind: type[Record]) -> str:
    """What a record is called in messages."""
    return _NAMES.get(kind.__name__, kind.__name__.lower())


_NAMES: Final = {
    "StatusEntry": "status", "StatementStatusEntry": "status",
    "TextUpdate": "update", "TopicUpdate": "update", "Settled": "answer",
}  # fmt: skip

"""Where the events, dates and registers of a file are, in characters, for changing them in place."""

from __future__ import annotations

import hashlib
import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline_tui.dates.informal import canonical
from timeline_tui.errors import TimelineError
from timeline_tui.model.fields import Field, fields_of
from timeline_tui.model.records import Event, Header, Record, Shape
from timeline_tui.reading.characters import parsable
from timeline_tui.reading.reader import version_of
from timeline_tui.reading.yaml_parser import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    parse_events,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_EVENTS = "events"
_REGISTERS = {field.name: field for field in fields_of(Header) if field.shape is Shape.REGISTER}
_DASH = re.compile(r" *-(?=[ \t\r\n]|\Z)")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_HEAD = re.compile(r"[|>]([-+0-9]*)[ \t]*(?:#[^\n]*)?\r?\n")
"""The first line of a text in a block, from its mark on."""
_EMPTY_LINES = re.compile(r"(?<=\n)(?:\r?\n)+\Z")
_UNUSUAL = "the events are written in an unusual way; begin each on a line of its own, with a dash"


class ListForm(Enum):
    """How the list of events is written."""

    LINES = "a dash before each event"
    BRACKETS = "in [ ]"
    EMPTY = "[]"
    NOTHING = "events: without a value"
    MISSING = "no key events:"
    OTHER = "not a list"


class DatePlace(NamedTuple):
    """A date of any record that is written on one line."""

    start: int
    end: int
    value: str
    style: str
    """A quotation mark, or empty for none."""
    in_brackets: bool
    named: bool
    """Whether it has an anchor, and so may be used elsewhere too."""


class EventPlace(NamedTuple):
    """An event in a list whose items begin with dashes."""

    start: int
    """Where the line of its dash begins."""
    end: int
    """After its last line, without the blank lines and comments below."""
    date: str
    """Empty where there is none."""
    digest: bytes
    """A digest of its parse events with dates in canonical form."""
    needs_end: bool
    """Whether its last value is a `|` or `>` text that would change without a line end."""


class RegisterForm(Enum):
    """How a map of records is written."""

    LINES = "each record below its key"
    BRACES = "in { }"
    EMPTY = "{}"
    NOTHING = "its key without a value"
    OTHER = "not a map, or one with an anchor or a tag"


class RegisterPlace(NamedTuple):
    """A register, such as `actors:`: a map from ids to records."""

    form: RegisterForm
    start: int
    """Where its value begins."""
    end: int
    """After its value; for `RegisterForm.LINES`, after the last line of its last record."""
    column: int
    """The indentation of its keys; only for `RegisterForm.LINES`."""


class Places(NamedTuple):
    """The places of a file, in characters of `text`."""

    text: str
    """Without a byte order mark."""
    bom: bool
    form: ListForm
    value: tuple[int, int]
    """Start and end of the value of `events:`; for `ListForm.LINES`, both are the end of the key."""
    column: int
    """The indentation of the dashes of the events."""
    events: tuple[EventPlace, ...]
    """Only for `ListForm.LINES`."""
    dates: tuple[DatePlace, ...]
    """In the order of the file."""
    digest: bytes
    """The digest of everything except the events."""
    key: int
    """Where the key `events:` begins; the end of the text if there is none."""
    root: int
    """The indentation of the top-level keys."""
    registers: dict[str, RegisterPlace]
    """By their keys."""

    def bytes_of(self, text: str) -> bytes:
        """Another text as bytes, with the byte order mark of this file."""
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode()

    @property
    def line_end(self) -> str:
        """The line end that the file uses most."""
        return "\r\n" if self.text.count("\r\n") * 2 > self.text.count("\n") else "\n"


def places_of(data: bytes) -> Places:
    """Find the places of a file that the reader accepts as YAML.

    Raises:
        TimelineError: An event does not begin on a line of its own.
        YAMLError: It is not valid YAML.
    """
    bom = data.startswith(b"\xef\xbb\xbf")
    made = parsable(bytearray(data))
    if made.bad_characters:
        first = made.bad_characters[0]
        raise TimelineError(f"line {first.line + 1}: {first.message}")
    walk = _Walk(
        parse_events(memoryview(made.data), made.substitutes), made.data.decode(), version_of(made.data)
    )
    walk.run()
    # What was parsed differs in lone carriage returns and a few separators, but not in length.
    text = data.decode("utf-8-sig") if bom else data.decode()
    digest = walk.digest.digest()
    return Places(
        text,
        bom,
        walk.form,
        walk.value,
        walk.column,
        tuple(walk.events),
        tuple(walk.dates),
        digest,
        walk.key,
        walk.root,
        walk.registers,
    )


class _Walk:
    """Walks through the parse events of a file and keeps track of the record and field it is in."""

    def __init__(self, get: Callable[[], Any], text: str, version: str) -> None:
        self._version = version
        self.form, self.value, self.column = ListForm.MISSING, (len(text), len(text)), 0
        self.key, self.root = len(text), 0
        self.registers: dict[str, RegisterPlace] = {}
        self.events: list[EventPlace] = []
        self.dates: list[DatePlace] = []
        self.digest = _new_digest()
        self._get, self._text = get, text
        self._flow: list[bool] = []
        self._end = 0
        """Where the last node ends."""
        self._last: ScalarEvent | None = None
        """The last node, if it is a scalar."""

    def run(self) -> None:
        """Walk through the whole file."""
        self._next()  # the stream
        if self._next().__class__ is StreamEndEvent:
            return
        root = self._next()
        if root.__class__ is not MappingStartEvent or root.flow_style:
            self.form = ListForm.OTHER
            return
        _, self.root = _start(root)
        while (key := self._next()).__class__ is not MappingEndEvent:
            if key.__class__ is ScalarEvent and key.value == _EVENTS:
                behind_key = self._end
                self.key, _ = _start(key)
                self._list(self._next(), behind_key)
            elif key.__class__ is ScalarEvent and key.value in _REGISTERS:
                self._node(key)
                self.registers[key.value] = self._register(_REGISTERS[key.value], self._next())
            else:
                self._pair(key, Header)

    def _next(self) -> Any:  # noqa: ANN401  # of PyYAML's events, each has attributes of its own
        event = self._get()
        kind = event.__class__
        if kind in (MappingStartEvent, SequenceStartEvent):
            self._flow.append(bool(event.flow_style))
        elif kind in (MappingEndEvent, SequenceEndEvent):
            if self._flow.pop():
                self._end, self._last = event.end_mark.index, None
        elif kind in (ScalarEvent, AliasEvent):
            self._end = event.end_mark.index
            self._last = event if kind is ScalarEvent else None
        return event

    def _note(self, event: Any, value: str | None = None) -> None:  # noqa: ANN401  # as above
        """Add a parse event to the digest, without the style in which it is written."""
        text = getattr(event, "value", None) if value is None else value
        quoted = value is None and bool(getattr(event, "style", None))
        content = event.__class__.__name__, text, quoted, getattr(event, "anchor", None)
        self.digest.update(repr((*content, getattr(event, "tag", None))).encode("utf-8", "surrogatepass"))

    def _list(self, event: Any, behind_key: int) -> None:  # noqa: ANN401  # as above
        self.value = event.start_mark.index, event.end_mark.index
        outer, self.digest = self.digest, _new_digest()
        if event.__class__ is not SequenceStartEvent:
            is_nothing = event.__class__ is ScalarEvent and event.value in ("", "~") and not event.style
            self.form = ListForm.NOTHING if is_nothing else ListForm.OTHER
            self._node(event)
        elif event.flow_style:
            self.form = ListForm.EMPTY
            while (item := self._next()).__class__ is not SequenceEndEvent:
                self.form = ListForm.BRACKETS
                self._node(item, record=Event)
            self.value = self.value[0], self._end
        else:
            self.form, self.value = ListForm.LINES, (behind_key, behind_key)
            self._items()
        if self.form in (ListForm.BRACKETS, ListForm.OTHER):
            outer.update(self.digest.digest())
        self.digest = outer

    def _register(self, field: Field, event: Any) -> RegisterPlace:  # noqa: ANN401  # as above
        """Walk through a register and return its place."""
        start, column = _start(event)
        is_named = bool(getattr(event, "anchor", None) or getattr(event, "tag", None))
        self._node(event, field)
        if event.__class__ is ScalarEvent:
            is_nothing = event.value in ("", "~", "null") and not event.style and not is_named
            return RegisterPlace(
                RegisterForm.NOTHING if is_nothing else RegisterForm.OTHER, start, self._end, 0
            )
        if event.__class__ is not MappingStartEvent or is_named:
            return RegisterPlace(RegisterForm.OTHER, start, self._end, 0)
        if not event.flow_style:
            end, _ = self._end_of_item()
            return RegisterPlace(RegisterForm.LINES, start, end, column)
        is_empty = not self._text[start + 1 : self._end - 1].strip()
        return RegisterPlace(RegisterForm.EMPTY if is_empty else RegisterForm.BRACES, start, self._end, 0)

    def _items(self) -> None:
        limit = self._text.rfind("\n", 0, self.value[0]) + 1
        while (item := self._next()).__class__ is not SequenceEndEvent:
            start = self._dash(item, limit)
            self.digest = _new_digest()
            date = self._node(item, record=Event)
            limit, needs_end = self._end_of_item()
            self.events.append(EventPlace(start, limit, date, self.digest.digest(), needs_end))

    def _dash(self, item: Any, limit: int) -> int:  # noqa: ANN401  # as above
        """Where the line with the dash of an item begins; the dash can be above the first key of the item."""
        start = self._text.rfind("\n", 0, item.start_mark.index) + 1
        while item.__class__ is not SequenceStartEvent and start >= limit:
            found = _DASH.match(self._text, start)
            if found and (not self.events or len(found[0]) == self.column + 1):
                self.column = len(found[0]) - 1
                return start
            if not start:
                break
            start = self._text.rfind("\n", 0, start - 1) + 1
        raise TimelineError(_UNUSUAL)

    def _end_of_item(self) -> tuple[int, bool]:
        """The end of the last line of the last node, and whether that line needs a line end."""
        end, last = self._end, self._last
        needs_end = False
        if last is not None and last.style in ("|", ">") and last.start_mark is not None:
            start = last.start_mark.index
            head = _HEAD.search(self._text, start, end)
            chomping = head[1] if head else ""
            needs_end = "-" not in chomping
            if "+" not in chomping and (found := _EMPTY_LINES.search(self._text[start:end])):
                end -= len(found[0])
            if self._text[end - 1] == "\n":
                return end, needs_end
        return self._text.find("\n", end) + 1 or len(self._text), needs_end

    def _node(self, event: Any, field: Field | None = None, record: type[Record] | None = None) -> str:  # noqa: ANN401
        """Walk through a value, of a field or a record; return the record's own date."""
        kind, date = event.__class__, ""
        if kind is ScalarEvent and field and field.shape is Shape.DATE:
            self._date(event)
            return ""
        self._note(event)
        if kind is SequenceStartEvent:
            each = _record_of(field, Shape.RECORDS, Shape.ONE_OR_MORE, in_full=True)
            while (end := self._next()).__class__ is not SequenceEndEvent:
                self._node(end, record=each)
        elif kind is MappingStartEvent:
            each = _record_of(field, Shape.REGISTER)
            record = record or _record_of(field, Shape.RECORD, Shape.ONE_OR_MORE, in_full=True)
            while (end := self._next()).__class__ is not MappingEndEvent:
                date = self._pair(end, record, each) or date
        else:
            return ""
        self._note(end)
        return date

    def _pair(self, key: Any, record: type[Record] | None, each: type[Record] | None = None) -> str:  # noqa: ANN401
        """Walk through a key and its value: a field of `record`, or a record `each` in a register."""
        self._node(key)
        name = key.value if key.__class__ is ScalarEvent else ""
        field = _fields(record, self._version).get(name) if record else None
        value = self._next()
        self._node(value, field, each)
        return value.value if field and name == "date" and value.__class__ is ScalarEvent else ""

    def _date(self, event: ScalarEvent) -> None:
        self._note(event, canonical(event.value))
        if event.start_mark is None or event.end_mark is None or event.style in ("|", ">"):
            return
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor or event.tag:
            found = _PROPERTIES.match(self._text, start, end)
            start = found.end() if found else start
        raw, style = self._text[start:end], event.style or ""
        if raw and "\n" not in raw and (style or raw == event.value):
            named = event.anchor is not None
            self.dates.append(DatePlace(start, end, event.value, style, any(self._flow), named))


def _start(event: Any) -> tuple[int, int]:  # noqa: ANN401  # as above
    """The index and the column at which a parse event begins."""
    return event.start_mark.index, event.start_mark.column


@lru_cache
def _fields(record: type[Record], version: str) -> dict[str, Field]:
    fields = fields_of(record)
    if not version:
        fields = tuple(field._replace(long=None) for field in fields if not field.since)
    return {field.key: field for field in fields}


def _record_of(field: Field | None, *shapes: Shape, in_full: bool = False) -> type[Record] | None:
    """What the records in a field are, where it is of one of these shapes or may be written in full."""
    if field is None:
        return None
    if field.record is not None and field.shape in shapes:
        return field.record
    return field.long.record if in_full and field.long is not None else None


def _new_digest() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)

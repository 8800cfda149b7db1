"""Reads any YAML as plain data: each scalar as the text in the file, each mapping and list with its lines.

It has the parser of the format, with its limits on nesting and aliases. Merge keys, tags and repeated keys,
which the format does not allow, have their usual meaning here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from timeline_tui.errors import TimelineError
from timeline_tui.reading.characters import MOST_BAD_CHARACTERS, parsable
from timeline_tui.reading.nodes import (
    Anchors,
    InvalidNode,
    Mapping,
    NodeError,
    NodeReader,
    Sequence,
    is_nothing,
)
from timeline_tui.reading.yaml_parser import explain, parse_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.reading.characters import BadCharacter
    from timeline_tui.reading.nodes import Node

DEEPEST: Final = 60
"""The levels of nesting that `beginning_of()` reads."""
_MOST_EVENTS = 4_000
"""The number of parse events that `beginning_of()` reads; a few milliseconds."""


class LinedMap(dict[str, Any]):
    """A mapping with the line on which it begins, from 1, and the lines of keys that begin with a digit."""

    __slots__ = ("line", "places")

    line: int
    places: dict[str, int]


class LinedList(list[Any]):
    """A list with the line of each item, from 1."""

    __slots__ = ("lines",)

    lines: list[int]


class Skipped(NamedTuple):
    """A part of a file that has no plain value, such as an alias without an anchor."""

    line: int
    """From 1; 0 if it is not known."""
    reason: str


class PlainDocuments(NamedTuple):
    """The documents of a YAML file."""

    data: list[object]
    """One item for each document that is not empty: a text, a `LinedList` or a `LinedMap`."""
    skipped: list[Skipped]
    bad_characters: list[BadCharacter]
    """Characters that YAML does not allow; each is read as `?`."""


class InvalidYamlError(TimelineError):
    """A file that is not valid YAML; the message says where and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        """In the data, from 0; -1 if it is not known."""


def plain_documents(data: bytes, first_line: int = 0) -> PlainDocuments:
    """Read all documents of a YAML file.

    Args:
        data: UTF-8, with or without a byte order mark.
        first_line: Lines above `data` in the file that it was cut from; added to each line number but that
            of the error.

    Raises:
        InvalidYamlError: It is not valid YAML, or it is binary data.
    """
    return _Loader(data, first_line).documents()


class Beginning(NamedTuple):
    """What a YAML file contains at its beginning."""

    root: Any
    """Plain mappings, lists and texts, of which the last may be incomplete; None if there is nothing."""
    broken: bool
    """Whether the YAML is invalid from some place on."""


def beginning_of(data: bytes) -> Beginning:
    """The first document of `data`, as far as it is valid YAML, small and not nested deeply."""
    characters = parsable(bytearray(data))
    outline = _Outline()
    next_event = parse_events(memoryview(characters.data), characters.substitutes)
    try:
        for _ in range(_MOST_EVENTS):
            if not outline.add(next_event()):
                break
    except YAMLError:
        return Beginning(outline.root, broken=True)
    return Beginning(outline.root, broken=False)


class _Loader:
    """Turns the bytes of a file into plain data."""

    def __init__(self, data: bytes, first_line: int) -> None:
        characters = parsable(bytearray(data))
        if len(characters.bad_characters) >= MOST_BAD_CHARACTERS:
            raise InvalidYamlError(-1, "it has too many control characters")
        self._blemishes = characters.bad_characters
        self._view = memoryview(characters.data)
        self._events = parse_events(self._view, characters.substitutes)
        self._reader = NodeReader(self._get, Anchors(len(characters.data)), first_line)
        self._first_line = first_line
        self._skipped: list[Skipped] = []
        self._last: ScalarEvent | None = None

    def documents(self) -> PlainDocuments:
        """All documents that are not empty."""
        found: list[object] = []
        try:
            while (event := self._get()).__class__ is not StreamEndEvent:
                if event.__class__ is DocumentStartEvent:
                    value = self._plain(self._reader.node(self._get()))
                    if value is not None:
                        found.append(value)
        except (YAMLError, NodeError) as error:
            flaw = explain(error, self._last, self._line_text)
            line = flaw.start_mark.line if flaw.start_mark and isinstance(error, YAMLError) else -1
            raise InvalidYamlError(line, self._where(flaw)) from None
        return PlainDocuments(found, self._skipped, self._blemishes)

    def _get(self) -> Any:  # noqa: ANN401  # of PyYAML's events, each has attributes of its own
        event = self._events()
        if isinstance(event, NodeEvent):
            if (getattr(event, "tag", None) or "").strip("!"):
                # Tags such as `!ruby/hash` and `!!timestamp` do not change what a text says.
                cast("Any", event).tag = None
            if event.__class__ is ScalarEvent:
                self._last = event
                if event.value == "<<" and not event.style:
                    # The node reader rejects a merge key, but accepts a quoted one like any other key.
                    event.style = "'"
        return event

    def _plain(self, node: Node) -> object:
        if isinstance(node, Mapping):
            return self._map(node)
        if isinstance(node, Sequence):
            pairs = [(self._plain(item), self._line(item)) for item in node.items]
            items = LinedList(item for item, _ in pairs if item is not None)
            items.lines = [line for item, line in pairs if item is not None]
            return items
        if isinstance(node, InvalidNode):
            self._skipped.append(Skipped(self._line(node), node.message))
            return None
        return None if is_nothing(node) or (node.value == "null" and not node.style) else node.value

    def _map(self, node: Mapping) -> LinedMap:
        found = LinedMap()
        found.line, found.places = self._line(node), {}
        if node.flaw is not None:
            self._skipped.append(Skipped(self._line(node.flaw), node.flaw.message))
        merged: list[object] = []
        for key, value in zip(node.keys, node.values, strict=True):
            plain = self._plain(value)
            if key.value == "<<":
                merged += plain if isinstance(plain, list) else [plain]
            elif plain is not None:
                found[_free_key(key.value, found)] = plain
                if key.value[:1].isdigit():
                    found.places[key.value] = self._line(key)
        for other in merged:
            for key, value in other.items() if isinstance(other, dict) else ():
                found.setdefault(key, value)
        return found

    def _line(self, node: Node) -> int:
        return node.start_mark.line + self._first_line + 1 if node.start_mark else 0

    def _line_text(self, line: int) -> str:
        lines = bytes(self._view).split(b"\n", line + 1)
        return lines[line].decode("utf-8", "replace") if line < len(lines) else ""

    def _where(self, flaw: InvalidNode) -> str:
        place = f"line {self._line(flaw)}, column {flaw.start_mark.column + 1}: " if flaw.start_mark else ""
        return f"{place}{flaw.message}{f' ({flaw.hint})' if flaw.hint else ''}"


def _free_key(name: str, taken: LinedMap) -> str:
    """The key itself, or `key-2` and so on for a repeated key."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


class _Outline:
    """Plain data that grows with each parse event, so that it is usable wherever the events end."""

    def __init__(self) -> None:
        self.root: Any = None
        self._takers: list[Callable[[Any], None]] = []
        """The functions that add a value to each open mapping or list, the innermost last."""
        self._named: dict[str, Any] = {}

    def add(self, event: Any) -> bool:  # noqa: ANN401  # each of PyYAML's has attributes of its own
        """Add an event; returns whether the first document can have more."""
        kind = event.__class__
        if kind is ScalarEvent:
            self._put(event.value, event.anchor)
        elif kind is AliasEvent:
            self._put(self._named.get(event.anchor, ""))
        elif kind is SequenceStartEvent:
            items: list[Any] = []
            self._put(items, event.anchor)
            self._takers.append(items.append)
        elif kind is MappingStartEvent:
            pairs: dict[str, Any] = {}
            self._put(pairs, event.anchor)
            self._takers.append(_taker(pairs))
        elif kind in (SequenceEndEvent, MappingEndEvent):
            self._takers.pop()
        return len(self._takers) < DEEPEST and kind not in (StreamEndEvent, DocumentEndEvent)

    def _put(self, value: Any, anchor: str | None = None) -> None:  # noqa: ANN401  any plain data
        if anchor:
            self._named[anchor] = value
        if self._takers:
            self._takers[-1](value)
        else:
            self.root = value


def _taker(pairs: dict[str, Any]) -> Callable[[Any], None]:
    """A function that adds keys and values to a mapping, called with each in turn."""
    waiting: list[str] = []

    def take(value: Any) -> None:  # noqa: ANN401  any plain data
        if waiting:
            pairs[waiting.pop()] = value
        else:
            waiting.append(value if isinstance(value, str) else "")

    return take

"""YAML of other people as plain data: all scalars as the text that was typed, every map with its line.

It is read by the parser of the format, with its bounds on nesting and aliases; but merge keys, tags and keys
given twice, which the format refuses, are taken for what they mean elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from yaml.error import YAMLError
from yaml.events import DocumentStartEvent, NodeEvent, ScalarEvent, StreamEndEvent

from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.imported import CannotImport, LeftOut
from timeline_tui.exchange.unknown_shape.yaml_repair import mended, without_item
from timeline_tui.reading.characters import MOST_BLEMISHES, readable
from timeline_tui.reading.nodes import Anchors, Flawed, Mapping, NodeError, NodeReader, Sequence, is_nothing
from timeline_tui.reading.yaml_parser import explain, parse_events

if TYPE_CHECKING:
    from timeline_tui.reading.nodes import Node

LARGEST = 48_000_000
"""Bytes of the largest file that is read."""

_MOST_SLIPS = 200
"""Mistakes in the YAML after which a file is not read."""
_MOST_WORK = 400_000_000
"""Bytes that are parsed at most, a file after each of its mistakes again."""
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MARKDOWN = (".md", ".markdown", ".mdown", ".qmd", ".rmd", ".mdx")


class Lined(dict[str, Any]):
    """A map with the line that it begins on, from 1, and the lines of those keys that begin with a digit."""

    __slots__ = ("line", "places")

    line: int
    places: dict[str, int]


class Items(list[Any]):
    """A list with the line of each item, from 1."""

    __slots__ = ("lines",)

    lines: list[int]


class Documents(NamedTuple):
    """What a file holds."""

    data: list[object]
    """Its documents: text, `Items` and `Lined` maps."""
    guesses: list[str]
    left_out: list[LeftOut]


def documents(data: bytes, name: str) -> Documents:
    """The documents of a file; of Markdown, that between the `---` at its beginning with the rest as `body`.

    Raises:
        CannotImport: It is no YAML; says where.
    """
    text, guesses = text_of(data, LARGEST, may_be_windows=True)
    if name.lower().endswith(_MARKDOWN):
        return _front_matter(text, guesses)
    try:
        return _loaded(text, guesses)
    except CannotImport:
        if _FRONT.match(text) and not name.lower().endswith((".yaml", ".yml")):
            return _front_matter(text, guesses)
        raise


def _front_matter(text: str, guesses: list[str]) -> Documents:
    match = _FRONT.match(text)
    if match is None:
        raise CannotImport(
            "this Markdown does not begin with YAML between two lines of ---, so it has no date"
        )
    found = _loaded(match[1] or "", guesses, first_line=1)
    body = text[match.end() :].strip()
    if body and found.data and isinstance(found.data[0], Lined):
        key = "body"
        while key in found.data[0]:
            key += "-2"
        found.data[0][key] = body
    return found


class _BrokenError(Exception):
    """A text that is no YAML."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        """In the text, from 0; -1 if that is not known."""


def _loaded(text: str, guesses: list[str], first_line: int = 0) -> Documents:
    """The documents of a text, mended where that is needed, or without the entries that are no YAML."""
    lines: list[str] = []
    quoted: list[int] = []
    left_out: list[LeftOut] = []
    most = min(_MOST_SLIPS, _MOST_WORK // (len(text) + 1))
    while True:
        try:
            found = _Loader("\n".join(lines) if lines else text, guesses, first_line).documents()
        except _BrokenError as error:
            lines = lines or text.splitlines()
            reason = str(error)
            if error.line < 0 or len(quoted) + len(left_out) >= most:
                raise CannotImport(f"this is no YAML: {reason}") from None
            if error.line not in quoted and mended(lines, error.line):
                quoted.append(error.line)
            elif (start := without_item(lines, error.line)) >= 0:
                left_out.append(LeftOut(start + first_line + 1, reason))
            else:
                raise CannotImport(f"this is no YAML: {reason}") from None
            continue
        told = [*found.guesses, *_told_of_quotes(quoted, first_line)]
        return Documents(found.data, told, sorted([*left_out, *found.left_out]))


def _told_of_quotes(quoted: list[int], first_line: int) -> list[str]:
    if not quoted:
        return []
    places = f"line {min(quoted) + first_line + 1}"
    if len(quoted) == 1:
        return [f"{places} is no YAML, and is read as if its text stood in quotation marks"]
    return [
        f"{len(quoted):,} texts are no YAML, and are read as if in quotation marks, the first in {places}"
    ]


class _Loader:
    """Makes plain data of a text."""

    def __init__(self, text: str, guesses: list[str], first_line: int = 0) -> None:
        raw = bytearray(text.encode("utf-8", "replace"))
        characters = readable(raw)
        self._guesses = [*guesses, *_told(characters.blemishes, first_line)]
        self._view = memoryview(characters.data)
        self._events = parse_events(self._view, characters.covered)
        self._reader = NodeReader(self._get, Anchors(len(characters.data)), first_line)
        self._first_line = first_line
        self._left_out: list[LeftOut] = []
        self._last: ScalarEvent | None = None

    def documents(self) -> Documents:
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
            raise _BrokenError(line, self._where(flaw)) from None
        return Documents(found, self._guesses, self._left_out)

    def _get(self) -> Any:  # noqa: ANN401  # of PyYAML's events, each has attributes of its own
        event = self._events()
        if isinstance(event, NodeEvent):
            if (getattr(event, "tag", None) or "").strip("!"):
                # `!ruby/hash` and `!!timestamp` say how a program is to take what stands there anyway.
                cast("Any", event).tag = None
            if event.__class__ is ScalarEvent:
                self._last = event
                if event.value == "<<" and not event.style:
                    # As a key like others, for `_merged`.
                    event.style = "'"
        return event

    def _plain(self, node: Node) -> object:
        if isinstance(node, Mapping):
            return self._map(node)
        if isinstance(node, Sequence):
            pairs = [(self._plain(item), self._line(item)) for item in node.items]
            items = Items(item for item, _ in pairs if item is not None)
            items.lines = [line for item, line in pairs if item is not None]
            return items
        if isinstance(node, Flawed):
            self._left_out.append(LeftOut(self._line(node), node.message))
            return None
        return None if is_nothing(node) or (node.value == "null" and not node.style) else node.value

    def _map(self, node: Mapping) -> Lined:
        found = Lined()
        found.line, found.places = self._line(node), {}
        if node.flaw is not None:
            self._left_out.append(LeftOut(self._line(node.flaw), node.flaw.message))
        merged: list[object] = []
        for key, value in zip(node.keys, node.values, strict=True):
            plain = self._plain(value)
            if key.value == "<<":
                merged += plain if isinstance(plain, list) else [plain]
            elif plain is not None:
                found[_free(key.value, found)] = plain
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

    def _where(self, flaw: Flawed) -> str:
        place = f"line {self._line(flaw)}, column {flaw.start_mark.column + 1}: " if flaw.start_mark else ""
        return f"{place}{flaw.message}{f' ({flaw.hint})' if flaw.hint else ''}"


def _told(blemishes: list[Any], first_line: int) -> list[str]:
    if len(blemishes) >= MOST_BLEMISHES:
        raise CannotImport("this is no text: it is full of control characters")
    if not blemishes:
        return []
    lines = f"line {blemishes[0].line + first_line + 1}"
    return [f"{len(blemishes):,} characters that may not stand in YAML are read as ?, the first in {lines}"]


def _free(name: str, taken: Lined) -> str:
    """A key, or if it is given twice, `key-2`."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free

"""A timeline read from a file: its records, and what is wrong with it.

Events are handed over one by one, so that a long file can be shown while it is read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml.events import ScalarEvent

from timeline_tui.model.fields import SECTIONS, fields_of, known_keys
from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.model.records import FORMAT, Event, Header, Record, Shape
from timeline_tui.reading.characters import MOST_BAD_CHARACTERS, parsable
from timeline_tui.reading.gc_paused import gc_paused
from timeline_tui.reading.nodes import Mapping, Sequence, bad_key, position
from timeline_tui.reading.open_file import CannotRead, read_bytes
from timeline_tui.reading.pieces import PieceReader
from timeline_tui.reading.records_of import EventReader, RecordReader
from timeline_tui.reading.values import Reference
from timeline_tui.text.ids import UniqueIds, id_from_title
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.model.problems import Problem
    from timeline_tui.reading.nodes import Node

__all__ = ["CannotRead", "Reading", "Reference", "TimelineReader", "read_text", "read_timeline"]


VERSIONS = {"1": "", "1.0": "", FORMAT: FORMAT}
"""What a file may say of its format, and the version that it is read by; empty for version 1."""
_FORMAT = re.compile(rb"[\"']?format[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#]+)")
_OFTEN = 500
"""Events after which it is told how far reading has come."""
_REQUIRED = {"title": "write title: and what it tells", "events": "write events: [] if there are none yet"}


class Reading(NamedTuple):
    """What a file holds."""

    path: str
    header: Header | None
    """None where the file is no timeline at all."""
    events: tuple[Event, ...]
    """In the order of the file, each with an id."""
    references: tuple[Reference, ...]
    """Every place that names an id not declared above it, and the first place of each other."""
    problems: tuple[Problem, ...]
    """What the file tells by itself, by line; `checks.check()` adds what its records say together."""
    size: int
    """In bytes."""
    left_out: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of the records that have an error and so are missing; for want of an id, `line 12`."""


class TimelineReader:
    """Reads one file: first the events, as they come, and then all the rest of it.

    Args:
        data: The file, in UTF-8; it may be changed.
        path: Its name, for the problems.
    """

    def __init__(self, data: bytearray, path: str) -> None:
        self.path = path
        self.size = len(data)
        """In bytes."""
        self._log = ProblemLog(path)
        self._text = parsable(data)
        self._version = version_of(self._text.data)
        self._pieces = PieceReader(self._text, self._log, known_keys(self._version))
        self._records = RecordReader(self._log, self._version)
        self._values = self._records.values
        self._events = EventReader(self._records)
        self.left_out = self._events.left_out
        """Kind and id of the records that were left out."""
        self._header: dict[str, Any] = {}
        self._registers = {
            field.name: field.record
            for field in fields_of(Header)
            if field.record and (self._version or not field.since)
        }
        self._met: set[str] = set()
        self._format_at: tuple[int, int] | None = None
        self._lines: dict[str, int] = {}
        self._slugs = UniqueIds(self._text.data)

    @property
    def done(self) -> int:
        """How many bytes have been read so far."""
        return self._pieces.offset

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, by line; complete after the last event."""
        return self._log.by_line()

    @property
    def references(self) -> list[Reference]:
        """The places that name records; complete after the last event."""
        return self._values.references

    @property
    def header(self) -> Header | None:
        """The timeline without its events; complete after the last event."""
        if not self._pieces.is_map:
            return None
        # A file without a title still opens, under its own name.
        return Header(**{"title": Path(self.path).stem} | self._header)

    def events(self) -> Iterator[Event]:
        """The events in the order of the file, each with an id; once only."""
        if len(self._text.bad_characters) == MOST_BAD_CHARACTERS:
            first = self._text.bad_characters[0]
            message = f"this is not text in UTF-8: {first.message}, and so on"
            self._log.error(Code.BAD_ENCODING, (first.line + 1, first.column), message, "save it as UTF-8")
            return
        for piece in self._pieces.pieces():
            self._values.first_line = piece.first_line
            if piece.section == "events":
                yield from self._event(piece.node)
            elif piece.section:
                self._register(piece.section, piece.key, piece.node)
            else:
                yield from self._value(piece.key, piece.node)
        self.left_out |= {(SECTIONS[section], name) for section, name in self._pieces.lost}
        self._miss()
        self._check_version()

    def _event(self, node: Node) -> Iterator[Event]:
        fields = self._events.fields(node)
        if fields is None:
            return
        name = fields.get("id") or self._slugs.unique(id_from_title(fields["title"]))
        if name in self._lines:
            message = f"the id {name} is that of the event in line {self._lines[name]}"
            self._log.error(
                Code.DUPLICATE_ID, (fields["line"], fields["column"]), message, "give this event another one"
            )
            self._events.leave_out(fields["line"], fields["column"])
            return
        self._lines[name] = fields["line"]
        self._values.declared["event"].add(name)
        fields["id"] = name
        yield Event(**fields)

    def _register(self, section: str, key: Node, node: Node) -> None:
        """A source, actor, topic, place or story."""
        kind = SECTIONS[section]
        register: dict[str, Record] = self._header.setdefault(section, {})
        name = self._values.own_id(key)
        if not isinstance(name, str):
            return
        if name in register:
            self._values.error(
                Code.DUPLICATE_KEY, key, f"there is already a {kind} {name}", "give it another id"
            )
            return
        record = self._records.record(self._registers[section], node)
        if record is None:
            self.left_out.add((kind, name))
        else:
            register[name] = record
            self._values.declared[kind].add(name)

    def _value(self, key: Node, node: Node) -> Iterator[Event]:
        """A value of the timeline itself, or a whole section that could not be read in pieces."""
        if not isinstance(key, ScalarEvent) or (key.value == "<<" and not key.style):
            self._values.wrong(bad_key(key), Shape.TEXT)
            return
        name = key.value
        if name in self._met or name in self._pieces.sections:
            self._values.error(
                Code.DUPLICATE_KEY, key, f"{name} is given a second time", "put the two together"
            )
            return
        self._met.add(name)
        if name == "format":
            self._format_at = position(key, self._values.first_line)
        if name == "events":
            yield from self._whole_list(node)
        elif name not in self._registers:
            fields = self._records.fields(Header, Mapping(key.start_mark, [key], [node]), whole=False) or {}
            self._header = (
                fields | self._header | {"extra": self._header.get("extra", {}) | fields.get("extra", {})}
            )
        elif not isinstance(node, Mapping):
            self._values.wrong(node, Shape.REGISTER)
        elif self._values.has_sound_keys(node):
            for inner_key, value in zip(node.keys, node.values, strict=True):
                self._register(name, inner_key, value)

    def _whole_list(self, node: Node) -> Iterator[Event]:
        if not isinstance(node, Sequence):
            hint = "begin each event with a -" if isinstance(node, Mapping) else ""
            self._values.wrong(node, Shape.RECORDS, hint)
            return
        for item in node.items:
            yield from self._event(item)

    def _check_version(self) -> None:
        """Report a version of the format that is not known, or that was met too late to be read by."""
        told, place = self._header.get("format", ""), self._format_at or self._pieces.start
        if told and told not in VERSIONS:
            hint = f"write format: {FORMAT}"
            message = f"{one_line(told)[:60]} is no version of the format that this program knows"
            self._log.error(Code.BAD_VERSION, place, message, hint)
            self._header["format"] = self._version
        elif VERSIONS.get(told, "") != self._version:
            hint = f"write format: {FORMAT} in the first line of the file"
            message = "format stands where it is not seen before the rest of the file is read"
            self._log.error(Code.BAD_VERSION, place, message, hint)
            self._header["format"] = self._version

    def _miss(self) -> None:
        """Report what the file as a whole lacks."""
        if not self._pieces.is_map:
            if not self._log:
                hint = "timeline-tui new FILE writes one to start from"
                self._log.error(
                    Code.EMPTY_FILE, (1, 1), "the file is empty, or holds nothing but comments", hint
                )
            return
        for name, hint in _REQUIRED.items():
            if name not in self._pieces.seen and not self._pieces.given_up:
                self._log.error(Code.MISSING_KEY, self._pieces.start, f"this timeline has no {name}", hint)


def version_of(data: bytes | bytearray) -> str:
    """The version that a file says it is in, by its lines alone; empty for version 1 and for any unknown one.

    The whole file is read by it, so it is told before the first of it is parsed.
    """
    for word in (b"format", b'"format"', b"'format'"):
        at = 0 if data.startswith(word) else data.find(b"\n" + word) + 1
        if (at or data.startswith(word)) and (found := _FORMAT.match(data, at)):
            return VERSIONS.get(found[1].decode("utf-8", "replace"), FORMAT)
    return ""


def read_timeline(path: Path) -> Reading:
    """Read a file, or standard input if it is named `-`.

    Raises:
        CannotRead: There is no text to be had from it.
    """
    return _read(read_bytes(path), str(path))


def read_text(
    data: bytes | bytearray, path: str, heard: Callable[[int, int], None] = lambda *_: None
) -> Reading:
    """Read a timeline from memory.

    Args:
        data: The file; a bytearray may be changed.
        path: What its problems call it.
        heard: Told now and then how many bytes and events have been read.
    """
    return _read(data if isinstance(data, bytearray) else bytearray(data), path, heard)


def _read(data: bytearray, path: str, heard: Callable[[int, int], None] = lambda *_: None) -> Reading:
    with gc_paused():
        reader = TimelineReader(data, path)
        events: list[Event] = []
        for event in reader.events():
            events.append(event)
            if not len(events) % _OFTEN:
                heard(reader.done, len(events))
        references, problems = tuple(reader.references), tuple(reader.problems)
        return Reading(
            path, reader.header, tuple(events), references, problems, reader.size, frozenset(reader.left_out)
        )

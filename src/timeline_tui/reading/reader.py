"""Reads a timeline from a file: its records and its problems.

Events come one by one, so that a long file can be shown while it is read.
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
from timeline_tui.reading.plain_pieces import PlainPieces
from timeline_tui.reading.records_of import EventReader, RecordReader
from timeline_tui.reading.values import Reference
from timeline_tui.text.ids import UniqueIds, id_from_title
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Callable, Iterator
    from collections.abc import Sequence as Sequence_

    from timeline_tui.model.problems import Problem
    from timeline_tui.reading.nodes import Node

__all__ = ["CannotRead", "Reading", "Reference", "TimelineReader", "read_text", "read_timeline"]


VERSIONS = {"1": "", "1.0": "", FORMAT: FORMAT}
"""The values of `format` in a file, each with the version that it means; empty for version 1."""
_FORMAT = re.compile(rb"[\"']?format[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#]+)")
_PROGRESS_EVERY = 500
"""The number of events between two reports of progress."""
_REQUIRED = {"title": "add title: and its title", "events": "add events: [] if there are none yet"}


class Reading(NamedTuple):
    """The contents of a file."""

    path: str
    header: Header | None
    """None if the file is not a timeline."""
    events: tuple[Event, ...]
    """In the order of the file, each with an id."""
    references: tuple[Reference, ...]
    """Every reference to an id that is not declared above it; of each other id, the first reference."""
    problems: tuple[Problem, ...]
    """The problems found in reading, by line; `checking.references.check()` adds those between records."""
    size: int
    """In bytes."""
    left_out: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of the records left out because of an error; for one without an id, `line 12`."""


class RecordsReader:
    """Reads the records of pieces: first iterate over `events()`, then take the rest from the properties.

    Args:
        pieces: The pieces of a file, or what stands for it.
        log: Takes the problems.
        version: Of the format; empty for version 1.
        slugs: Makes ids for events without one.
    """

    def __init__(
        self, pieces: PieceReader | PlainPieces, log: ProblemLog, version: str, slugs: UniqueIds
    ) -> None:
        self.path = log.path
        self._log = log
        self._version = version
        self._pieces = pieces
        self._slugs = slugs
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

    @property
    def done(self) -> int:
        """The number of bytes read so far; of plain data, that of its events."""
        return self._pieces.offset

    @property
    def problems(self) -> list[Problem]:
        """The problems, by line; complete after the last event."""
        return self._log.by_line()

    @property
    def references(self) -> list[Reference]:
        """The references to records; complete after the last event."""
        return self._values.references

    @property
    def header(self) -> Header | None:
        """The timeline without its events; complete after the last event."""
        if not self._pieces.is_map:
            return None
        # A file without a title still opens, with its file name as the title.
        return Header(**{"title": Path(self.path).stem} | self._header)

    def events(self) -> Iterator[Event]:
        """The events in the order of the file, each with an id; once only."""
        for piece in self._pieces.pieces():
            self._values.first_line = piece.first_line
            if piece.section == "events":
                yield from self._event(piece.node)
            elif piece.section:
                self._register(piece.section, piece.key, piece.node)
            else:
                yield from self._value(piece.key, piece.node)
        self.left_out |= {(SECTIONS[section], name) for section, name in self._pieces.lost}
        self._report_missing()
        self._check_version()

    def _event(self, node: Node) -> Iterator[Event]:
        fields = self._events.fields(node)
        if fields is None:
            return
        name = fields.get("id") or self._slugs.unique(id_from_title(fields["title"]))
        if name in self._lines:
            message = f"the id {name} is already used by the event on line {self._lines[name]}"
            self._log.error(
                Code.DUPLICATE_ID, (fields["line"], fields["column"]), message, "give this event another id"
            )
            self._events.leave_out(fields["line"], fields["column"])
            return
        self._lines[name] = fields["line"]
        self._values.declared["event"].add(name)
        fields["id"] = name
        yield Event(**fields)

    def _register(self, section: str, key: Node, node: Node) -> None:
        """Read a source, actor, topic, place or story."""
        kind = SECTIONS[section]
        register: dict[str, Record] = self._header.setdefault(section, {})
        name = self._values.own_id(key)
        if not isinstance(name, str):
            return
        if name in register:
            self._values.error(
                Code.DUPLICATE_KEY, key, f"the {kind} {name} is already declared", "give it another id"
            )
            return
        record = self._records.record(self._registers[section], node)
        if record is None:
            self.left_out.add((kind, name))
        else:
            register[name] = record
            self._values.declared[kind].add(name)

    def _value(self, key: Node, node: Node) -> Iterator[Event]:
        """Read a value of the timeline itself, or a whole section that could not be read in pieces."""
        if not isinstance(key, ScalarEvent) or (key.value == "<<" and not key.style):
            self._values.wrong(bad_key(key), Shape.TEXT)
            return
        name = key.value
        if name in self._met or name in self._pieces.sections:
            self._values.error(Code.DUPLICATE_KEY, key, f"{name} is repeated", "merge the two")
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
        """Report an unknown version of the format, or one that was given too late in the file to apply."""
        given, place = self._header.get("format", ""), self._format_at or self._pieces.start
        if given and given not in VERSIONS:
            hint = f"write format: {FORMAT}"
            message = f"unknown format version {one_line(given)[:60]}"
            self._log.error(Code.BAD_VERSION, place, message, hint)
            self._header["format"] = self._version
        elif VERSIONS.get(given, "") != self._version:
            hint = f"write format: {FORMAT} as the first line of the file"
            message = "format is given too late to apply to the whole file"
            self._log.error(Code.BAD_VERSION, place, message, hint)
            self._header["format"] = self._version

    def _report_missing(self) -> None:
        """Report an empty file, or missing keys of the timeline itself."""
        if not self._pieces.is_map:
            if not self._log:
                hint = "create a file to start from with timeline-tui new FILE"
                self._log.error(Code.EMPTY_FILE, (1, 1), "the file is empty or has only comments", hint)
            return
        for name, hint in _REQUIRED.items():
            if name not in self._pieces.seen and not self._pieces.given_up:
                self._log.error(Code.MISSING_KEY, self._pieces.start, f"this timeline has no {name}", hint)


class TimelineReader(RecordsReader):
    """Reads one file.

    Args:
        data: The file, in UTF-8; it may be changed in place.
        path: Its name, for the problems.
    """

    def __init__(self, data: bytearray, path: str) -> None:
        self.size = len(data)
        """In bytes."""
        log = ProblemLog(path)
        self._text = parsable(data)
        version = version_of(self._text.data)
        pieces = PieceReader(self._text, log, known_keys(version))
        super().__init__(pieces, log, version, UniqueIds((self._text.data,)))

    def events(self) -> Iterator[Event]:
        """The events in the order of the file, each with an id; once only."""
        if len(self._text.bad_characters) == MOST_BAD_CHARACTERS:
            first = self._text.bad_characters[0]
            message = f"this file is not UTF-8 text: {first.message}, and many more"
            self._log.error(Code.BAD_ENCODING, (first.line + 1, first.column), message, "save it as UTF-8")
            return
        yield from super().events()


def version_of(data: bytes | bytearray) -> str:
    """The format version of a file, from the line with `format`; empty for version 1.

    It decides how the whole file is read, so it is looked up before parsing.
    """
    for word in (b"format", b'"format"', b"'format'"):
        at = 0 if data.startswith(word) else data.find(b"\n" + word) + 1
        if (at or data.startswith(word)) and (found := _FORMAT.match(data, at)):
            return VERSIONS.get(found[1].decode("utf-8", "replace"), FORMAT)
    return ""


def read_timeline(path: Path) -> Reading:
    """Read a file, or standard input if it is named `-`.

    Raises:
        CannotRead: The file cannot be read, or is not text.
    """
    return _read(read_bytes(path), str(path))


def read_text(
    data: bytes | bytearray, path: str, report_progress: Callable[[int, int], None] = lambda *_: None
) -> Reading:
    """Read a timeline from memory.

    Args:
        data: The file; a bytearray may be changed in place.
        path: Its name, for the problems.
        report_progress: Called now and then with the number of bytes and of events read so far.
    """
    return _read(data if isinstance(data, bytearray) else bytearray(data), path, report_progress)


def read_plain(
    header: abc.Mapping[str, object],
    events: Sequence_[abc.Mapping[str, object]],
    lines: Sequence_[int],
    path: str,
    report_progress: Callable[[int, int], None] = lambda *_: None,
) -> Reading:
    """Read a timeline from plain data, as if it were a file in YAML.

    Args:
        header: Its keys without `events`, `format` among them: texts, lists and dicts.
        events: Its events.
        lines: The line of the original file that each event is from; 0 if that is not known.
        path: The name of that file, for the problems.
        report_progress: Called now and then with the number of events read so far, twice.
    """
    with gc_paused():
        slugs = UniqueIds()
        slugs.reserve(str(event["id"]) for event in events if event.get("id"))
        pieces = PlainPieces(header, zip(events, lines, strict=True))
        version = VERSIONS.get(str(header.get("format", "")), FORMAT)
        reader = RecordsReader(pieces, ProblemLog(path), version if "format" in header else "", slugs)
        return _all_of(reader, 0, report_progress)


def _read(
    data: bytearray, path: str, report_progress: Callable[[int, int], None] = lambda *_: None
) -> Reading:
    with gc_paused():
        reader = TimelineReader(data, path)
        return _all_of(reader, reader.size, report_progress)


def _all_of(reader: RecordsReader, size: int, report_progress: Callable[[int, int], None]) -> Reading:
    events: list[Event] = []
    for event in reader.events():
        events.append(event)
        if not len(events) % _PROGRESS_EVERY:
            report_progress(reader.done, len(events))
    references, problems = tuple(reader.references), tuple(reader.problems)
    return Reading(
        reader.path, reader.header, tuple(events), references, problems, size, frozenset(reader.left_out)
    )

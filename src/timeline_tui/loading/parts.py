"""A long file in parts that several processes read at the same time.

A part is a run of whole events, cut at a line that begins an event. The skeleton, which is the file without
its events, is read first, so that each process knows the sources, actors and topics. If a part cannot be read
by itself (an anchor, a quotation mark left open at a cut, an id used twice), the file is `Unpartable`, and
one process reads it as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from timeline_tui.checking.compare_events import EventColumns, columns_of
from timeline_tui.checking.events import EventChecks, valid_until
from timeline_tui.checking.hindsight import HindsightChecks, Traces
from timeline_tui.checking.references import MAY_HIDE_REFERENCES
from timeline_tui.checking.same_words import printed_in
from timeline_tui.index.prepare import Entries, entries_of
from timeline_tui.index.searched import header_facts
from timeline_tui.model.fields import SECTIONS, known_keys
from timeline_tui.model.problems import Code, Problem, ProblemLog
from timeline_tui.model.records import Event, Header
from timeline_tui.reading.characters import MOST_BAD_CHARACTERS, parsable
from timeline_tui.reading.pieces import PieceReader
from timeline_tui.reading.reader import VERSIONS, Reading, Reference, read_text, version_of
from timeline_tui.reading.records_of import EventReader, RecordReader
from timeline_tui.reading.sections import LIST
from timeline_tui.text.ids import id_from_title

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_SIZE = 4 << 20
"""The smallest file, in bytes, that is cut into parts."""

_PART = 1 << 20
_KEY = re.compile(rb"^events[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- ", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_END_OF_LIST = rb"\n(?:(?:---|\.\.\.)\s| {0,%d}(?![\s#\]},-]).)"
_NEXT_KEY = re.compile(rb"[a-z_]+[ \t]*:")
_EVENT = rb"\n {%d}- +[a-z_]+ *:"
_IRREGULAR = MAY_HIDE_REFERENCES | {Code.SECOND_DOCUMENT}
_DECLARED = {kind: section for section, kind in SECTIONS.items() if section != LIST}


class Unpartable(Exception):  # noqa: N818  # says what the file is
    """The file cannot be read in parts."""


class Part(NamedTuple):
    """Start and end of a part in bytes, and the number of its first line, from 0."""

    start: int
    end: int
    line: int


class Plan(NamedTuple):
    """How a file is cut into parts."""

    skeleton: Reading
    """What was read of the file without its events; lines keep their numbers."""
    header: Header
    above: frozenset[str]
    """The keys of the top level above the events."""
    indent: int
    """The indentation of the dash of each event."""
    parts: tuple[Part, ...]


class PartRead(msgspec.Struct, array_like=True):
    """What was read from one part."""

    columns: EventColumns
    unnamed: list[int]
    """Offsets of the events without an id, which get a slug that others may have too."""
    entries: Entries | None


class PartsRead(msgspec.Struct, array_like=True):
    """What one process found in all the parts that it read."""

    problems: list[Problem]
    references: list[Reference]
    left_out: set[tuple[str, str]]
    valid_until: int
    """As `event_checks.valid_until()`."""
    hindsight: Traces
    printed: list[tuple[str, str, str]]
    """As `printed_in()` gives them."""


def plan(data: bytearray, path: str) -> Plan | None:
    """How to cut a file; None if its lines do not show it."""
    key = _KEY.search(data)
    if key is None or data.startswith(_BOM):
        return None
    indent = len(key[1])
    first = key.start(1)
    edge = re.compile(_END_OF_LIST % indent).search(data, first)
    end = edge.start() + 1 if edge else len(data)
    if edge and not _NEXT_KEY.match(data, end):
        return None
    skeleton = bytearray(data[:first])
    if edge:
        skeleton += b"\n" * data.count(b"\n", first, end) + data[end:]
    if _LONE_RETURN.search(skeleton):
        return None
    reading = read_text(skeleton, path)
    if reading.header is None or any(problem.code in _IRREGULAR for problem in reading.problems):
        return None
    above = frozenset(
        name
        for name in known_keys(version_of(skeleton))[""]
        if re.search(rb"^%s *:" % name.encode(), data[:first], re.MULTILINE)
    )
    return Plan(reading, reading.header, above, indent, tuple(_cut(data, first, end, indent)))


def _cut(data: bytearray, start: int, end: int, indent: int) -> Iterator[Part]:
    event = re.compile(_EVENT % indent)
    line = data.count(b"\n", 0, start)
    while start < end:
        found = event.search(data, min(start + _PART, end), end)
        stop = found.start() + 1 if found else end
        yield Part(start, stop, line)
        line += data.count(b"\n", start, stop)
        start = stop


class PartReader:
    """Reads parts of one file, one after another.

    Args:
        plan: How the file is cut.
        path: The name of the file in problems.
        today: The day number that separates past and future.
        indexed: Whether to make entries for the index.
    """

    def __init__(self, plan: Plan, path: str, today: int, *, indexed: bool) -> None:
        self._plan = plan
        self._today = today
        self._cited = header_facts(plan.header) if indexed else None
        self._log = ProblemLog(path)
        version = VERSIONS.get(plan.header.format, "")
        self._records = RecordReader(self._log, version)
        for kind, section in _DECLARED.items():
            self._records.values.declared[kind].update(getattr(plan.header, section))
        self._events = EventReader(self._records)
        self._checks = EventChecks(plan.header, today, self._log)
        self._hindsight = HindsightChecks(plan.header)
        self._printed: list[tuple[str, str, str]] = []
        self._keys = known_keys(version)
        self._valid_until = valid_until((), today)

    def read(self, data: bytearray, line: int) -> PartRead:
        """Read the part that begins at a line of the file, from 0; its bytes may be changed.

        Raises:
            Unpartable: It cannot be read by itself.
        """
        events = self._read(data, line)
        unnamed = [offset for offset, event in enumerate(events) if not event.id]
        for event in events:
            self._checks.check(event)
            self._hindsight.check(event)
            self._printed += printed_in(event)
        self._valid_until = min(self._valid_until, valid_until(events, self._today))
        columns = columns_of(events)
        for offset in unnamed:
            columns.ids[offset] = id_from_title(events[offset].title)
        entries = None if self._cited is None or not events else entries_of(events, self._cited)
        return PartRead(columns, unnamed, entries)

    def done(self) -> PartsRead:
        """What was found in all parts, after the last of them."""
        return PartsRead(
            self._log.by_line(),
            self._records.values.references,
            self._events.left_out,
            self._valid_until,
            self._hindsight.traces,
            self._printed,
        )

    def _read(self, data: bytearray, line: int) -> list[Event]:
        lines = data.count(b"\n")
        text = parsable(data)
        if len(text.bad_characters) == MOST_BAD_CHARACTERS or data.count(b"\n") != lines:
            raise Unpartable
        bad_characters = [blemish._replace(line=blemish.line + line) for blemish in text.bad_characters]
        pieces = PieceReader(text._replace(bad_characters=bad_characters), self._log, self._keys)
        events = []
        for piece in pieces.events(line, self._plan.indent, self._plan.above):
            if piece.section != LIST:
                raise Unpartable
            self._records.values.first_line = piece.first_line
            fields = self._events.fields(piece.node)
            if fields is not None:
                events.append(Event(**fields))
        if pieces.torn or pieces.has_anchors or pieces.given_up:
            raise Unpartable
        self._events.left_out.update(("event", name) for _, name in pieces.lost)
        return events

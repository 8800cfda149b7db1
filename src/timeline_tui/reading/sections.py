"""Finds where the sections of a file and their children begin and end, by indentation alone.

Where a file is not valid YAML, only the indentation is left to go by.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline_tui.reading.lines import Lines, LineStart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIST = "events"
"""The only section that is a list; the others are maps."""

_KEY = re.compile(rb" *[\"']?([^\"':#]+?)[\"']?\s*:(?:\s|\Z)")
_SECTION = re.compile(rb" *[\"']?(events|sources|actors|topics|places|stories)[\"']?\s*:\s*(?:#.*)?\Z")
_ITEM = re.compile(rb" *-(?:\s|\Z)")
_TIGHT_DASH = re.compile(rb" *-(?:id|date|title)[ \t]*:")
_MARKER = re.compile(rb"(?:---|\.\.\.)(?:\s|\Z)")
_ID = re.compile(rb"(?:^|[\s{,-])[\"']?id[\"']?\s*:\s*[\"']?([^\s\"',}]+)")
_TITLE = re.compile(rb"^[ \t-]*title[ \t]*:", re.MULTILINE)
_EVENT = re.compile(rb"^( *)- +(?:id|date|title)[ \t]*:", re.MULTILINE)
_CONTENT = re.compile(rb"( *- +)([^\s:]+)[ \t]*:")
_RECORD = re.compile(rb"( *)(?!- )[^\s#].*:[ \t]*(?:#.*)?\Z")
_LEVEL = re.compile(rb"( *)(?:- +)?")
_FAR_ENOUGH = 1 << 16
_DATE = re.compile(rb"^[ \t-]*date[ \t]*:", re.MULTILINE)


class Section:
    """A section that is being read: the list of events, or one of the maps of records."""

    __slots__ = ("first", "flow", "indent", "is_list", "key", "name", "read")

    def __init__(
        self, name: str, key: LineStart, first: LineStart, indent: int, *, flow: bool = False
    ) -> None:
        self.name = name
        self.is_list = name == LIST
        self.key = key
        """The line with its key."""
        self.first = first
        """The line of its first child."""
        self.indent = indent
        """How far its children are indented."""
        self.flow = flow
        """Whether it is written in brackets, where indentation has no meaning."""
        self.read = 0
        """The number of its children that have been read."""


class Role(Enum):
    """The role of a line that is not indented more than the children of a section."""

    CHILD = "begins a child"
    END = "comes after the section"
    STRAY = "neither: its indent is wrong"


class SectionFinder:
    """Finds sections, their children and their ends.

    Args:
        lines: The file.
        keys: The keys of the records in each section; under an empty name, those of the timeline itself.
    """

    __slots__ = ("_keys", "lines", "root", "seen")

    def __init__(self, lines: Lines, keys: Mapping[str, frozenset[str]]) -> None:
        self.lines = lines
        self.root = 0
        """How far the keys of the timeline itself are indented."""
        self.seen: set[str] = set()
        """The keys of the timeline itself that were read so far."""
        self._keys = keys

    def next_child(self, after: LineStart, section: Section) -> LineStart | None:
        """The next line that can begin a child of `section`."""
        find = self.lines.next_item if section.is_list else self.lines.next_key
        return find(after, section.indent)

    def role(self, place: LineStart, section: Section) -> Role:
        """The role of a line that is not indented more than the children of `section`."""
        line = self.lines.text(place)
        indent = _indent(line)
        item = _ITEM.match(line) is not None
        key = _KEY.match(line)
        if _MARKER.match(line):
            return Role.END
        if indent == section.indent and item is section.is_list:
            return Role.CHILD
        if indent != self.root or item or key is None or key[1].startswith(b"-"):
            return Role.STRAY
        name = key[1].decode()
        if name in self._keys[""] and name not in self.seen:
            return Role.END
        return Role.STRAY if name in self.seen or name in self._keys[section.name] else Role.END

    def end_of_child(self, start: LineStart, section: Section) -> LineStart | None:
        """The first line after the child at `start`; lines with only a wrong indent belong to it."""
        edge = self.lines.next_edge(start, section.indent)
        while (
            edge and self.role(edge, section) is Role.STRAY and not self._stands_alone(edge, start, section)
        ):
            edge = self.lines.next_edge(edge, section.indent)
        return edge

    def _stands_alone(self, place: LineStart, start: LineStart, section: Section) -> bool:
        """Whether a stray line begins an event of its own: it has a dash, or both events are complete."""
        if not section.is_list:
            return False
        line = self.lines.text(place)
        if _ITEM.match(line) or _TIGHT_DASH.match(line):
            return True
        below = self.lines.between(place, self.lines.next_edge(place, section.indent))
        dashes = (match.start() for match in _EVENT.finditer(below))
        below = below[: next((dash for dash in dashes if _is_event(below[dash:])), None)]
        if not (_TITLE.search(below) and _DATE.search(below)):
            return False
        above = self.lines.between(start, place)
        return _TITLE.search(above) is not None and _DATE.search(above) is not None

    def misplaced_events(self, start: LineStart, end: LineStart | None, section: Section) -> list[LineStart]:
        """The lines in the child at `start` that begin other events, indented too far or without a dash."""
        region = self.lines.between(start, end)
        if not section.is_list:
            return []
        found = [*_EVENT.finditer(region)]
        if content := _CONTENT.match(region):
            again = rb"^( {%d})%s[ \t]*:" % (len(content[1]), re.escape(content[2]))
            found += re.finditer(again, region, re.MULTILINE)
        offsets = sorted({match.start() for match in found if match.start()})
        return [
            LineStart(start.offset + offset, start.line + region.count(b"\n", 0, offset))
            for offset, stop in pairwise([*offsets, len(region)])
            if _is_event(region[offset:stop])
        ]

    def misplaced_key(self, place: LineStart, start: LineStart, section: Section) -> bool:
        """Whether a line in the child at `start` is the key of another child that is indented too far."""
        content = self.lines.next_content(start)
        deepest = self.indent(content) if content else 0
        ends = self.lines.text(place).rstrip().endswith(b":")
        return not section.is_list and ends and section.indent < self.indent(place) < deepest

    def displacement(self, place: LineStart, section: Section) -> tuple[str, str]:
        """The message and the hint for a child with a wrong indent."""
        indent = self.indent(place)
        line = self.lines.text(place)
        if section.is_list and _TIGHT_DASH.match(line):
            return "there is no space after the dash of this event", "write a space after the dash"
        if section.is_list and not _ITEM.match(line):
            return "this event is missing its dash", "put - before its first key"
        each = "events" if section.is_list else section.name
        hint = f"indent it by {section.indent}"
        return f"indented by {indent} columns, but the other {each} by {section.indent}", hint

    def indent(self, place: LineStart) -> int:
        """The number of spaces at the beginning of a line."""
        return _indent(self.lines.text(place))

    def children_indent(self, section: Section) -> int:
        """How far the children of `section` are indented: as the first one, unless more are further left.

        Only the first 64 KB are considered. In valid YAML, no child is further left than the first.
        """
        begins = _EVENT if section.is_list else _RECORD
        leading, others = 0, Counter[int]()
        for place in self._lines_to_the_left(section):
            found = begins.match(self.lines.text(place))
            if found is None:
                continue
            indent = len(found[1])
            if indent < section.indent:
                others[indent] += 1
            elif not others:
                leading += 1
        indent, count = max(others.items(), key=lambda item: item[1], default=(section.indent, 0))
        return indent if count > leading else section.indent

    def true_indent(self, section: Section) -> int:
        """How far the children of `section` are indented, if the first one is not valid."""
        indent = self.children_indent(section)
        found = self.events_indent(section) if indent == section.indent else None
        return indent if found is None else found

    def _lines_to_the_left(self, section: Section) -> Iterator[LineStart]:
        """The first lines of `section` that are not indented more than its first child."""
        place: LineStart | None = section.first
        stop = self._stop(section)
        while place is not None:
            yield place
            place = self.lines.next_edge(place, section.indent, stop)

    def _stop(self, section: Section) -> int:
        """The offset of the end of `section`, but at most 64 KB after its first child."""
        stop = min(section.first.offset + _FAR_ENOUGH, len(self.lines.data))
        place = self.lines.next_edge(section.key, self.root, stop)
        while place is not None and self.role(place, section) is not Role.END:
            place = self.lines.next_edge(place, self.root, stop)
        return stop if place is None else place.offset

    def events_indent(self, section: Section) -> int | None:
        """How far most of the first events are indented; None if that is not clear."""
        if not section.is_list:
            return None
        found = _EVENT.finditer(self.lines.data, section.first.offset, self._stop(section))
        counts = Counter(len(match[1]) for match in found)
        return min((indent for indent, count in counts.items() if count > 1), default=None)

    def section_at(self, place: LineStart) -> Section | None:
        """The section whose key is on the line `place`, with its children below; None if there is none."""
        found = _SECTION.match(self.lines.text(place))
        first = self.lines.next_content(place)
        if not found or not first or found[1].decode() not in self._keys[""]:
            return None
        section = Section(found[1].decode(), place, first, self.indent(first))
        inside = section.indent >= self.root if section.is_list else section.indent > self.root
        if inside and self.role(first, section) is Role.CHILD:
            return section
        indent = self.events_indent(section)
        return None if indent is None else Section(section.name, place, first, indent)

    def orphans(self, start: LineStart, end: LineStart | None) -> Section | None:
        """The events after one at `start` without a dash, which looks like a key of the timeline; or None."""
        section = Section(LIST, start, start, self.root)
        item = self.lines.next_item(start, self.root)
        if item is None or (end and item.line > end.line) or self.events_indent(section) != self.root:
            return None
        section.first = item
        return section

    def end_of_value(self, start: LineStart) -> LineStart | None:
        """The line of the next key of the timeline itself; None at the end of the file."""
        edge = self.lines.next_edge(start, self.root)
        while edge and not self._is_key(self.lines.text(edge)):
            edge = self.lines.next_edge(edge, self.root)
        return edge

    def id_of(self, start: LineStart, end: LineStart | None, section: Section) -> str:
        """The id of a child that is not valid YAML; empty if it is not found."""
        pattern = _ID if section.is_list else _KEY
        found = pattern.search(self.lines.between(start, end))
        return found[1].decode("utf-8", "replace").strip() if found else ""

    def _is_key(self, line: bytes) -> bool:
        return bool(_MARKER.match(line) or (_KEY.match(line) and not _ITEM.match(line)))


def _is_event(text: bytes) -> bool:
    """Whether lines look like an event: title and date are indented about as far as its first key."""
    start = _LEVEL.match(text)
    if start is None:
        return False
    dash, key = len(start[1]), len(start[0])
    own = rb"^(?: {%d}- +| {%d,%d})(title|date)[ \t]*:" % (dash, min(dash + 1, key), key + 1)
    return len(set(re.findall(own, text, re.MULTILINE))) == 2


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))

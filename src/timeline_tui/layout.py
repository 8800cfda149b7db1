"""Where the sections of a file and their children begin and end, told from indentation alone.

This is what is left to go by where a file is no YAML.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.lines import Lines, Place

LIST = "events"
"""The only section that is a list; the others are maps."""

_KEY = re.compile(rb" *[\"']?([^\"':#]+?)[\"']?\s*:(?:\s|\Z)")
_SECTION = re.compile(rb" *[\"']?(events|sources|actors|topics)[\"']?\s*:\s*(?:#.*)?\Z")
_ITEM = re.compile(rb" *-(?:\s|\Z)")
_MARKER = re.compile(rb"(?:---|\.\.\.)(?:\s|\Z)")
_ID = re.compile(rb"(?:^|[\s{,-])[\"']?id[\"']?\s*:\s*[\"']?([^\s\"',}]+)")
_TITLE = re.compile(rb"^[ \t-]*title[ \t]*:", re.MULTILINE)
_DATE = re.compile(rb"^[ \t-]*date[ \t]*:", re.MULTILINE)


class Section:
    """The list of events, or one of the maps of records, while it is read."""

    __slots__ = ("flow", "indent", "is_list", "name", "read", "start")

    def __init__(self, name: str, start: Place, indent: int, *, flow: bool = False) -> None:
        self.name = name
        self.is_list = name == LIST
        self.start = start
        """The line that its first child was looked for from."""
        self.indent = indent
        """Of its children."""
        self.flow = flow
        """Written in brackets, where indentation means nothing."""
        self.read = 0
        """How many of its children are done with."""


class Role(Enum):
    """What a line is that is indented no more than the children of a section."""

    CHILD = "the beginning of a child"
    END = "behind the section"
    STRAY = "neither: its indentation is wrong"


class Layout:
    """Tells what a line is.

    Args:
        lines: The file.
        keys: The keys known in the records of each section, and under an empty name those of the
            timeline itself.
    """

    __slots__ = ("_keys", "lines", "root", "seen")

    def __init__(self, lines: Lines, keys: Mapping[str, frozenset[str]]) -> None:
        self.lines = lines
        self.root = 0
        """How far the keys of the timeline itself are indented."""
        self.seen: set[str] = set()
        """The keys of the timeline itself that have been met."""
        self._keys = keys

    def next_child(self, after: Place, section: Section) -> Place | None:
        """The next line that can begin a child of `section`."""
        find = self.lines.next_item if section.is_list else self.lines.next_key
        return find(after, section.indent)

    def role(self, place: Place, section: Section) -> Role:
        """What the line at an edge of a child of `section` is."""
        line = self.lines.text(place)
        indent = _indent(line)
        item = _ITEM.match(line) is not None
        key = _KEY.match(line)
        if _MARKER.match(line):
            return Role.END
        if indent == section.indent and (item if section.is_list else key and not item):
            return Role.CHILD
        if indent != self.root or item or key is None:
            return Role.STRAY
        name = key[1].decode()
        if name in self._keys[""] and name not in self.seen:
            return Role.END
        return Role.STRAY if name in self.seen or name in self._keys[section.name] else Role.END

    def end_of_child(self, start: Place, section: Section) -> Place | None:
        """The first line behind the child at `start`, with what is only indented wrongly in it."""
        edge = self.lines.next_edge(start, section.indent)
        while edge and self.role(edge, section) is Role.STRAY and not self.stands_alone(edge, section):
            edge = self.lines.next_edge(edge, section.indent)
        return edge

    def stands_alone(self, place: Place, section: Section) -> bool:
        """Whether a stray line begins an event of its own: by its dash, or its title and date."""
        if not section.is_list:
            return False
        if _ITEM.match(self.lines.text(place)):
            return True
        region = self.lines.between(place, self.lines.next_edge(place, section.indent))
        return _TITLE.search(region) is not None and _DATE.search(region) is not None

    def misplaced_child(self, place: Place, end: Place | None, start: Place, section: Section) -> bool:
        """Whether a line in the child at `start` begins another child, which is indented too far."""
        line = self.lines.text(place)
        if section.is_list:
            return bool(_ITEM.match(line) and _TITLE.search(self.lines.between(place, end)))
        content = self.lines.next_content(start)
        deepest = self.indent(content) if content else 0
        return line.rstrip().endswith(b":") and section.indent < _indent(line) < deepest

    def displacement(self, place: Place, section: Section) -> tuple[str, str]:
        """What is wrong with the indentation of a child, and what to do about it."""
        indent = self.indent(place)
        if section.is_list and not _ITEM.match(self.lines.text(place)):
            return "this event does not begin with a dash", "write - before its first key"
        each = "events" if section.is_list else section.name
        hint = f"indent it by {section.indent}"
        return f"this is indented by {indent} columns, the other {each} by {section.indent}", hint

    def indent(self, place: Place) -> int:
        """How many spaces the line begins with."""
        return _indent(self.lines.text(place))

    def next_like(self, place: Place, end: Place | None, section: Section) -> Place | None:
        """The next child before `end` that is indented as the one at `place` is."""
        indent = _indent(self.lines.text(place))
        found = self.lines.next_item(place, indent) if section.is_list else None
        return found if found and (end is None or found.line < end.line) else None

    def other_indent(self, stray: Place | None, section: Section) -> int | None:
        """The indent of `section`, where its first child alone has another and `stray` is the second."""
        if stray is None or section.read or not section.is_list or not _ITEM.match(self.lines.text(stray)):
            return None
        indent = self.indent(stray)
        third = self.lines.next_edge(stray, indent)
        if third is None or self.indent(third) != indent or not _ITEM.match(self.lines.text(third)):
            return None
        return indent

    def section_at(self, place: Place) -> Section | None:
        """The section of which only the key stands at `place`, its children below."""
        found = _SECTION.match(self.lines.text(place))
        first = self.lines.next_content(place)
        if not found or not first:
            return None
        section = Section(found[1].decode(), first, _indent(self.lines.text(first)))
        inside = section.indent >= self.root if section.is_list else section.indent > self.root
        return section if inside and self.role(first, section) is Role.CHILD else None

    def end_of_value(self, start: Place) -> Place | None:
        """The line of the next key of the timeline itself."""
        edge = self.lines.next_edge(start, self.root)
        while edge and not self._is_key(self.lines.text(edge)):
            edge = self.lines.next_edge(edge, self.root)
        return edge

    def id_of(self, start: Place, end: Place | None, section: Section) -> str:
        """The id of a child that cannot be read, as far as it can be told."""
        pattern = _ID if section.is_list else _KEY
        found = pattern.search(self.lines.between(start, end))
        return found[1].decode("utf-8", "replace").strip() if found else ""

    def _is_key(self, line: bytes) -> bool:
        return bool(_MARKER.match(line) or (_KEY.match(line) and not _ITEM.match(line)))


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))

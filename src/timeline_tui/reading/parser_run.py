"""Runs the YAML parser once, over the rest of a file or over a single piece of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from yaml.error import YAMLError
from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from timeline_tui.model.problems import Code
from timeline_tui.reading.nodes import Anchors, InvalidNode, Mapping, Node, NodeError, NodeReader, position
from timeline_tui.reading.yaml_parser import explain, parse_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.reading.sections import Section

STARTS = {
    "events": SequenceStartEvent,
    "sources": MappingStartEvent,
    "actors": MappingStartEvent,
    "topics": MappingStartEvent,
    "places": MappingStartEvent,
    "stories": MappingStartEvent,
}
"""The parse event with which each section begins."""

ENDS = (SequenceEndEvent, MappingEndEvent)
"""The parse events with which sections end."""


class Piece(NamedTuple):
    """A part of the file that can be read by itself: a record, or a value of the timeline itself."""

    section: str
    """`events`, `sources`, `actors` and so on; empty for a value of the timeline itself."""
    key: Node
    """In a list, the same as `node`."""
    node: Node
    first_line: int
    """The line of the file, from 0, at which its parser started; for `nodes.position()`."""

    @property
    def id(self) -> str:
        """The id in the file, valid or not; empty if there is none."""
        if isinstance(self.key, ScalarEvent):
            return self.key.value
        if isinstance(self.node, Mapping):
            for key, value in zip(self.node.keys, self.node.values, strict=True):
                if key.value == "id" and isinstance(value, ScalarEvent):
                    return value.value
        return ""


class ParserRun:
    """Parses a part of a file.

    Args:
        view: The part.
        substitutes: The characters to restore in texts, as `str.translate` takes them.
        anchors: Those of the document.
        first_line: The line of the file, from 0, with which the part begins.
    """

    def __init__(
        self, view: memoryview, substitutes: dict[int, str], anchors: Anchors, first_line: int
    ) -> None:
        self.get: Callable[[], Any] = parse_events(view, substitutes)
        """Returns the next parse event of PyYAML; each type has attributes of its own."""
        self.reader = NodeReader(self.get, anchors, first_line)
        self._view = view
        self._anchors = anchors
        self._first_line = first_line

    def position(self, node: Node | Event) -> tuple[int, int]:
        """Line and column in the file, from 1."""
        return position(node, self._first_line)

    def root(self) -> Any:  # noqa: ANN401  # any of PyYAML's events
        """The first event of the content; None if there is no content."""
        self.get()
        return None if self.get().__class__ is StreamEndEvent else self.get()

    def only_piece(self, section: Section | None) -> Piece | InvalidNode | None:
        """The piece that the part consists of, or why it is invalid; None if it has only comments."""
        last: ScalarEvent | None = None
        events = self.get

        def get() -> Any:  # noqa: ANN401  # any of PyYAML's events
            nonlocal last
            event = events()
            if event.__class__ is ScalarEvent:
                last = event
            return event

        self.get = get
        self.reader = NodeReader(get, self._anchors, self._first_line)
        try:
            return self._only_piece(section)
        except (YAMLError, NodeError) as error:
            return explain(error, last, self._line_text)

    def _only_piece(self, section: Section | None) -> Piece | None:
        root = self.root()
        if root is None or (root.__class__ is ScalarEvent and not root.value):
            return None
        if root.__class__ is not (STARTS[section.name] if section else MappingStartEvent):
            raise misfit(root)
        if (first := self.get()).__class__ in ENDS:
            raise misfit(first)
        key = node = self.reader.node(first)
        if section is None or not section.is_list:
            node = self.reader.node(self.get())
        if (event := self.get()).__class__ not in ENDS:
            raise misfit(event)
        self.get()
        if (event := self.get()).__class__ is not StreamEndEvent:
            raise misfit(event)
        return Piece(section.name if section else "", key, node, self._first_line)

    def _line_text(self, line: int) -> str:
        lines = bytes(self._view).split(b"\n", line + 1)
        return lines[line].decode("utf-8", "replace") if line < len(lines) else ""


def misfit(event: Event) -> NodeError:
    """The error for an event that YAML does not allow in its place."""
    hint = "look for an unclosed quotation mark or bracket, or for a line with a wrong indent"
    return NodeError(
        InvalidNode(event.start_mark, Code.YAML_SYNTAX, "this does not fit the lines above", hint)
    )

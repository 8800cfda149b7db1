"""Plain data as the pieces of a file: what was imported is read as YAML is, without becoming a text first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.error import Mark
from yaml.events import ScalarEvent

from timeline_tui.reading.nodes import DEEPEST, Mapping, Node, Sequence, too_deep
from timeline_tui.reading.parser_run import STARTS, Piece
from timeline_tui.text.sanitize import sound

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterable, Iterator

_IMPLICIT = (True, False)
_QUOTED = frozenset(("", "~"))
"""The texts that mean nothing unless they are in quotation marks."""
_QUOTED_KEY = "<<"


class PlainPieces:
    """The pieces of a timeline in plain data.

    Args:
        header: Its keys without `events`, in the order in which they are read: texts, lists and dicts.
        events: Its events, each with the line of its file that it is from, or 0.
    """

    given_up = False
    is_map = True
    start = (1, 1)

    def __init__(
        self, header: abc.Mapping[str, object], events: Iterable[tuple[abc.Mapping[str, object], int]]
    ) -> None:
        self.lost: set[tuple[str, str]] = set()
        self.sections: set[str] = set()
        self.offset = 0
        """The number of events read so far."""
        self.seen = {"events", *header}
        self._header = header
        self._events = events

    def pieces(self) -> Iterator[Piece]:
        """The pieces, those of the header first."""
        mark = _mark(0)
        for name, value in self._header.items():
            if name in STARTS and isinstance(value, dict):
                self.sections.add(name)
                for id_, record in value.items():
                    yield Piece(name, _scalar(str(id_), mark), node_of(record, mark), 0)
            else:
                yield Piece("", _scalar(name, mark), node_of(value, mark), 0)
        self.sections.add("events")
        for event, line in self._events:
            self.offset += 1
            node = node_of(event, _mark(max(0, line - 1)))
            yield Piece("events", node, node, 0)


def node_of(value: object, mark: Mark, depth: int = 0) -> Node:
    """The node that stands for a plain value, at a place of its file."""
    if isinstance(value, str):
        return _scalar(value, mark)
    if isinstance(value, dict | list | tuple):
        if depth >= DEEPEST:
            return too_deep(mark)
        inner = value.values() if isinstance(value, dict) else value
        nodes = [node_of(each, mark, depth + 1) for each in inner]
        is_map = isinstance(value, dict)
        return (
            Mapping(mark, [_scalar(str(key), mark) for key in value], nodes)
            if is_map
            else Sequence(mark, nodes)
        )
    if value is None:
        return ScalarEvent(None, None, _IMPLICIT, "", mark, mark)
    return _scalar(str(value).lower() if isinstance(value, bool) else str(value), mark)


def _scalar(text: str, mark: Mark) -> ScalarEvent:
    style = '"' if text in _QUOTED or text == _QUOTED_KEY else None
    return ScalarEvent(None, None, _IMPLICIT, sound(text), mark, mark, style)


def _mark(line: int) -> Mark:
    """The place of a line, from 0."""
    return Mark("", 0, line, 0, None, 0)

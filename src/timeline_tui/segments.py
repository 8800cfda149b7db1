"""A file in pieces, each of which can be broken without harm to the others.

A piece is one event, one source, actor or topic, or one other value of the timeline itself. The file
is parsed as one stream. Where the parser gives up, the lines of the piece concerned are parsed by
themselves, which tells whose mistake it is and where; then the stream goes on behind them. So a
mistake costs one piece, and time in proportion to that piece.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from timeline_tui.faults import Code
from timeline_tui.layout import Layout, Role, Section
from timeline_tui.lines import Lines, Place
from timeline_tui.nodes import Anchors, Flawed, Mapping, Node, NodeError, NodeReader, place
from timeline_tui.syntax import explain, parse_events

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from collections.abc import Mapping as AnyMapping

    from timeline_tui.characters import Characters
    from timeline_tui.faults import Faults

MOST_SLIPS = 1_000
"""After so many mistakes in its YAML, the rest of a file is not read."""

_STARTS = {
    "events": SequenceStartEvent,
    "sources": MappingStartEvent,
    "actors": MappingStartEvent,
    "topics": MappingStartEvent,
}
_ENDS = (SequenceEndEvent, MappingEndEvent)
_END_OF_FILE = (1 << 62, 0)
_GoOn = tuple[Place, Section | None] | None


class Piece(NamedTuple):
    """A part of the file that stands for itself."""

    section: str
    """`events`, `sources`, `actors`, `topics`, or empty for a value of the timeline itself."""
    key: Node
    """In a list, the same as `node`."""
    node: Node
    first_line: int
    """What `nodes.place()` needs for this piece."""


class Segments:
    """Reads the pieces of a file; what is no YAML is reported and left out.

    Args:
        text: The file.
        faults: Takes the problems.
        keys: The keys known in the records of each section, and under an empty name those of the
            timeline itself. They tell a line that is only indented wrongly from the end of a section.
    """

    def __init__(self, text: Characters, faults: Faults, keys: AnyMapping[str, frozenset[str]]) -> None:
        self.lost: set[tuple[str, str]] = set()
        """Section and id of pieces that were left out, as far as their ids can be told."""
        self.is_map = False
        """Whether the file is a map at all."""
        self.start = (1, 1)
        """Line and column of its first key, from 1."""
        self.sections: set[str] = set()
        """The sections that have come in pieces."""
        self._text = text
        self._view = memoryview(text.data)
        self._lines = Lines(text.data)
        self._layout = Layout(self._lines, keys)
        self._blemishes = text.blemishes[::-1]
        self._faults = faults
        self._anchors = Anchors(len(text.data))
        self._slips = 0
        self._section: Section | None = None
        self._region = Place(0, 0)
        self._flow = False
        self._last: ScalarEvent | None = None
        self._get: Any = None
        self._reader: Any = None

    @property
    def offset(self) -> int:
        """How many bytes have been dealt with."""
        return self._region.offset

    @property
    def seen(self) -> set[str]:
        """The keys of the timeline itself that have been met."""
        return self._layout.seen

    def pieces(self) -> Iterator[Piece]:
        """The pieces, one by one, as the file is parsed."""
        go_on: _GoOn = (Place(0, 0), None)
        while go_on is not None and self._slips < MOST_SLIPS:
            try:
                go_on = yield from self._stream(*go_on)
            except (YAMLError, NodeError) as error:
                go_on = yield from self._recover(error)
        if go_on is not None:
            message = f"{MOST_SLIPS:,} mistakes in the YAML up to here: the rest of the file is not read"
            self._faults.error(Code.TOO_MANY, (go_on[0].line + 1, 1), message)
        self._blemished(_END_OF_FILE)

    def _stream(self, start: Place, section: Section | None) -> Generator[Piece, None, _GoOn]:
        self._region, self._section = start, section
        self._open(start, None)
        get = self._get
        get()
        if get().__class__ is StreamEndEvent:
            return None
        root = get()
        if section is None:
            return (yield from self._timeline(root))
        if root.__class__ is not _STARTS[section.name]:
            raise _misfit(root)
        return self._behind((yield from self._children(section)))

    def _timeline(self, root: Any) -> Generator[Piece, None, _GoOn]:  # noqa: ANN401  # any of PyYAML's events
        if root.__class__ is not MappingStartEvent:
            if self.is_map:
                raise _misfit(root)
            kind = "list" if root.__class__ is SequenceStartEvent else "text"
            message = f"a timeline is a map with the keys title and events; this is a {kind}"
            self._faults.error(Code.NOT_A_TIMELINE, self._position(root), message)
            return None
        if not self.is_map:
            self.is_map = True
            self.start = self._position(root)
        self._flow = bool(root.flow_style)
        self._layout.root = 0 if self._flow else self._position(root)[1] - 1
        held = None
        while (key := self._get()).__class__ is not MappingEndEvent:
            if held is not None:
                yield from self._release(held, self._position(key))
            self._region = self._lines.at(self._position(key)[0] - 1, self._region)
            held = yield from self._entry(key)
        self._get()
        behind = self._get()
        if held is not None:
            yield from self._release(held, _END_OF_FILE)
        if behind.__class__ is DocumentStartEvent:
            self._second_document(self._position(behind)[0])
        return None

    def _entry(self, key: Any) -> Generator[Piece, None, Piece | None]:  # noqa: ANN401  # any of PyYAML's events
        """One key of the timeline itself; its value, to be released later, if it is no section."""
        name = key.value if key.__class__ is ScalarEvent else ""
        again = name in self.sections
        self.seen.add(name)
        key = self._reader.node(key)
        value = self._get()
        if again or value.__class__ is not _STARTS.get(name) or value.tag or value.anchor:
            return Piece("", key, self._reader.node(value), self._reader.first_line)
        flow = self._flow or bool(value.flow_style)
        line, column = self._position(value)
        first = self._lines.at(line - 1, self._region)
        section = Section(name, self._region, first, column - 1, flow=flow)
        if not flow:
            self._region = first
        self._section = section
        self.sections.add(name)
        edge = yield from self._children(section)
        self._section = None
        self._region = edge or Place(len(self._text.data), line)
        return None

    def _children(self, section: Section) -> Generator[Piece, None, Place | None]:
        """The children of `section`, each when the next has begun; the line behind them."""
        get, reader = self._get, self._reader
        following = None if section.flow else self._layout.next_child(self._region, section)
        held: Piece | None = None
        while (event := get()).__class__ not in _ENDS:
            if held is not None:
                if not section.flow:
                    following = self._next_region(section, following, event)
                section.read += 1
                yield from self._release(held, self._position(event))
            key = node = reader.node(event)
            if not section.is_list:
                node = reader.node(get())
            held = Piece(section.name, key, node, reader.first_line)
        edge = self._edge(section)
        if not section.flow and not self._ends_at(edge, event, section):
            raise _misfit(event)
        if held is not None:
            yield from self._release(held, (edge.line + 1, 1) if edge else _END_OF_FILE)
        return edge

    def _next_region(self, section: Section, following: Place | None, event: Any) -> Place | None:  # noqa: ANN401
        """Move on to the child that begins with `event`; the line at which the one after it should begin.

        Raises:
            NodeError: An open quotation mark or bracket in the child before has swallowed others.
        """
        line = self._position(event)[0] - 1
        after = following and self._layout.next_child(following, section)
        if following is None or line < following.line or (after and line >= after.line):
            raise _misfit(event)
        self._region = following
        return after

    def _ends_at(self, edge: Place | None, event: Any, section: Section) -> bool:  # noqa: ANN401
        """Whether `event`, which ends the section, stands where the lines tell, too."""
        line = self._position(event)[0] - 1
        if edge is not None:
            return line >= edge.line and self._layout.role(edge, section) is Role.END
        return not self._lines.text(self._lines.at(line, self._region)).strip()

    def _edge(self, section: Section) -> Place | None:
        if not section.flow:
            return self._lines.next_edge(self._region, section.indent)
        return None if self._flow else self._layout.end_of_value(section.key)

    def _release(self, piece: Piece, end: tuple[int, int]) -> Generator[Piece, None, None]:
        """`piece`, which ends before `end`, unless it holds a character that YAML does not take."""
        if self._blemishes and self._blemished(end):
            if piece.section:
                self.lost.add((piece.section, _id_of(piece)))
        else:
            yield piece

    def _blemished(self, end: tuple[int, int]) -> bool:
        """Whether there are such characters before `end`; the first of them is reported."""
        first = None
        while self._blemishes and (self._blemishes[-1].line + 1, self._blemishes[-1].column) < end:
            found = self._blemishes.pop()
            first = first or found
        if first is not None:
            self._faults.error(first.code, (first.line + 1, first.column), first.message)
        return first is not None

    def _recover(self, error: YAMLError | NodeError) -> Generator[Piece, None, _GoOn]:
        """Deal with the piece that the stream ended in; where to go on."""
        section = self._section
        if isinstance(error, NodeError) and error.fatal:
            flaw = error.flaw
            self._faults.error(flaw.code, self._position(flaw), flaw.message, flaw.hint)
            return None
        if section is None:
            return (yield from self._recover_value())
        if section.flow:
            self._slip(explain(error, None, self._line_text), self._region, None, section)
            return None if self._flow else self._behind(self._edge(section))
        return (yield from self._recover_child(section))

    def _recover_value(self) -> Generator[Piece, None, _GoOn]:
        start = self._region
        section = self._layout.section_at(start)
        if section is not None:
            self.seen.add(section.name)
            self.sections.add(section.name)
            return self._onward(section.first, section)
        end = self._layout.end_of_value(start)
        section = None if "events" in self.sections else self._layout.orphans(start, end)
        if section is not None:
            self.sections.add(section.name)
            self._misplaced(start, section.first, section)
            return section.first, section
        yield from self._parts(start, end, None)
        return self._behind(end)

    def _recover_child(self, section: Section) -> Generator[Piece, None, _GoOn]:
        start = self._region
        indent = self._layout.events_indent(section) if section.read == 0 else None
        section.read += 1
        if indent is not None and indent != section.indent:
            section.indent = indent
            return self._onward(start, section)
        end = self._layout.end_of_child(start, section)
        yield from self._parts(start, end, section)
        return self._onward(end, section)

    def _onward(self, edge: Place | None, section: Section) -> _GoOn:
        """Where to go on behind a child of `section`: lines that are indented wrongly are left out."""
        while edge is not None:
            role = self._layout.role(edge, section)
            if role is Role.CHILD:
                return edge, section
            if role is Role.END:
                return self._behind(edge)
            after = self._layout.end_of_child(edge, section)
            self._misplaced(edge, after, section)
            edge = after
        return None

    def _parts(
        self, start: Place, end: Place | None, section: Section | None
    ) -> Generator[Piece, None, None]:
        """The piece between two lines, if it can be read, or what stands before a misplaced one in it."""
        wrong = yield from self._part(start, end, section)
        if wrong is None:
            return
        flaw, line = wrong
        others = self._layout.misplaced_events(start, end, section) if section else []
        at = self._lines.at(line, start)
        if section and line > start.line and self._layout.misplaced_key(at, start, section):
            others = [at]
        if section is None or not others:
            self._slip(flaw, start, end, section)
            return
        wrong = yield from self._part(start, others[0], section)
        if wrong is not None:
            self._slip(wrong[0], start, others[0], section)
        for other, after in pairwise([*others, end]):
            if other is not None:
                self._misplaced(other, after, section)

    def _part(
        self, start: Place, end: Place | None, section: Section | None
    ) -> Generator[Piece, None, tuple[Flawed, int] | None]:
        """The piece between two lines; or else what is wrong, and the line at which that came out."""
        try:
            piece = self._alone(start, end, section)
        except (YAMLError, NodeError) as error:
            mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
            line = start.line + (mark.line if mark else 0)
            return explain(error, self._last, self._line_text), line
        if piece is not None:
            yield from self._release(piece, (end.line + 1, 1) if end else _END_OF_FILE)
        return None

    def _alone(self, start: Place, end: Place | None, section: Section | None) -> Piece | None:
        """The only piece between two lines, parsed by itself; None where there is but a comment."""
        self._open(start, end, remember=True)
        get, reader = self._get, self._reader
        get()
        if get().__class__ is StreamEndEvent:
            return None
        root = get()
        if root.__class__ is ScalarEvent and not root.value:
            return None
        if root.__class__ is not (_STARTS[section.name] if section else MappingStartEvent):
            raise _misfit(root)
        key = node = reader.node(get())
        if section is None or not section.is_list:
            node = reader.node(get())
        piece = Piece(section.name if section else "", key, node, reader.first_line)
        if (event := get()).__class__ not in _ENDS:
            raise _misfit(event)
        get()
        if (event := get()).__class__ is not StreamEndEvent:
            raise _misfit(event)
        return piece

    def _open(self, start: Place, end: Place | None, *, remember: bool = False) -> None:
        events = parse_events(self._view[start.offset : end.offset if end else None], self._text.covered)
        self._last = None
        self._get = self._remembering(events) if remember else events
        self._reader = NodeReader(self._get, self._anchors, start.line)

    def _remembering(self, events: Callable[[], Any]) -> Callable[[], Any]:
        def get() -> Any:  # noqa: ANN401  # any of PyYAML's events
            event = events()
            if event.__class__ is ScalarEvent:
                self._last = event
            return event

        return get

    def _position(self, node: Node | Event) -> tuple[int, int]:
        return place(node, self._reader.first_line)

    def _line_text(self, line: int) -> str:
        return self._lines.text(self._lines.at(line, self._region)).decode("utf-8", "replace")

    def _slip(self, flaw: Flawed, start: Place, end: Place | None, section: Section | None) -> None:
        """A piece is left out for its YAML; the problem is placed inside of it, come what may."""
        line, column = self._position(flaw)
        if not line or (end is not None and line > end.line):
            line, column = start.line + 1, 1
        self._faults.error(flaw.code, (line, column), flaw.message, flaw.hint)
        self._lose(start, end, section)

    def _misplaced(self, start: Place, end: Place | None, section: Section) -> None:
        """A child is left out for its indentation."""
        message, hint = self._layout.displacement(start, section)
        column = self._layout.indent(start) + 1
        self._faults.error(Code.BAD_INDENT, (start.line + 1, column), message, hint)
        self._lose(start, end, section)

    def _lose(self, start: Place, end: Place | None, section: Section | None) -> None:
        self._slips += 1
        self._region = end or start
        if section is not None and (name := self._layout.id_of(start, end, section)):
            self.lost.add((section.name, name))

    def _behind(self, edge: Place | None) -> _GoOn:
        """Where the timeline itself goes on, unless its document ends there."""
        if edge is None:
            return None
        line = self._lines.text(edge)
        if line.startswith((b"---", b"...")):
            if line.startswith(b"---") or self._lines.next_content(edge):
                self._second_document(edge.line + 1)
            return None
        return edge, None

    def _second_document(self, line: int) -> None:
        hint = "a file is one timeline: put the rest into another"
        self._faults.error(Code.SECOND_DOCUMENT, (line, 1), "a second YAML document begins here", hint)


def _misfit(event: Event) -> NodeError:
    hint = "look for a quotation mark or a bracket that is not closed, or a line that is indented wrongly"
    return NodeError(
        Flawed(event.start_mark, Code.YAML_SYNTAX, "this does not fit what stands above it", hint)
    )


def _id_of(piece: Piece) -> str:
    if isinstance(piece.key, ScalarEvent):
        return piece.key.value
    if isinstance(piece.node, Mapping):
        for key, value in zip(piece.node.keys, piece.node.values, strict=True):
            if key.value == "id" and isinstance(value, ScalarEvent):
                return value.value
    return ""

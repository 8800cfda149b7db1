"""Reads a file in pieces, so that an error in one piece does not affect the others.

A piece is one event, source, actor, topic, place or story, or one other value of the timeline itself. The
file is parsed as one stream. Where the parser fails, the lines of the current piece are parsed by themselves,
which shows where the error is; then the stream goes on after them. So an error costs one piece, and time in
proportion to that piece.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from yaml.error import YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from timeline_tui.model.problems import Code
from timeline_tui.reading.lines import Lines, LineStart
from timeline_tui.reading.nodes import Anchors, InvalidNode, NodeError
from timeline_tui.reading.parser_run import ENDS, STARTS, ParserRun, Piece, misfit
from timeline_tui.reading.sections import LIST, Role, Section, SectionFinder
from timeline_tui.reading.yaml_parser import explain

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from timeline_tui.model.problems import ProblemLog
    from timeline_tui.reading.characters import ParsableText

MOST_SYNTAX_ERRORS = 1_000
"""After this many YAML errors, the rest of a file is skipped."""

_END_OF_FILE = (1 << 62, 0)
_GoOn = tuple[LineStart, Section | None] | None
_TOP: _GoOn = (LineStart(0, 0), None)


class PieceReader:
    """Reads the pieces of a file; invalid YAML is reported and left out.

    Args:
        text: The file.
        log: Takes the problems.
        keys: The keys of the records in each section; under an empty name, those of the timeline itself.
            They distinguish a line with a wrong indent from the end of a section.
    """

    def __init__(self, text: ParsableText, log: ProblemLog, keys: Mapping[str, frozenset[str]]) -> None:
        self.lost: set[tuple[str, str]] = set()
        """Section and id of the pieces that were left out; for one without a clear id, `line 12`."""
        self.given_up = False
        """Whether the rest of the file was skipped."""
        self.torn = False
        """Whether a YAML error was found at the very beginning or end."""
        self.is_map = False
        """Whether the file is a map."""
        self.start = (1, 1)
        """Line and column of its first key, from 1."""
        self.sections: set[str] = set()
        """The sections that were read in pieces."""
        self._text = text
        self._view = memoryview(text.data)
        self._lines = Lines(text.data)
        self._finder = SectionFinder(self._lines, keys)
        self._sections = STARTS.keys() & keys[""]
        self._blemishes = text.bad_characters[::-1]
        self._log = log
        self._anchors = Anchors(len(text.data))
        self._syntax_errors = 0
        self._section: Section | None = None
        self._region = LineStart(0, 0)
        self._flow = False
        self._run: ParserRun

    @property
    def offset(self) -> int:
        """The number of bytes read so far."""
        return self._region.offset

    @property
    def has_anchors(self) -> bool:
        """Whether the file has had any anchor or alias so far."""
        return self._anchors.used

    @property
    def seen(self) -> set[str]:
        """The keys of the timeline itself that were read so far."""
        return self._finder.seen

    def events(self, line: int, indent: int, seen: Iterable[str]) -> Iterator[Piece]:
        """The events of a text that is a part of a file.

        Args:
            line: The line of the file, from 0, with which the text begins.
            indent: How far the dash of each event is indented.
            seen: The keys of the timeline itself above its events.
        """
        start = LineStart(0, line)
        section = Section(LIST, start, start, indent)
        section.read = 1  # the indent is known from an event before the text
        self.is_map = True
        self.sections.add(LIST)
        self._finder.seen.update(seen)
        yield from self.pieces((start, section))

    def pieces(self, go_on: _GoOn = _TOP) -> Iterator[Piece]:
        """The pieces, one by one, while the file is parsed."""
        while go_on is not None and self._syntax_errors < MOST_SYNTAX_ERRORS and not self._anchors.spent:
            try:
                go_on = yield from self._stream(*go_on)
            except (YAMLError, NodeError) as error:
                go_on = yield from self._recover(error)
        self.given_up = go_on is not None
        if go_on is not None:
            errors = "aliases" if self._anchors.spent else "YAML errors"
            message = f"too many {errors}: the rest of the file was skipped"
            self._log.error(Code.TOO_MANY, (go_on[0].line + 1, 1), message)
        self._report_bad_characters(_END_OF_FILE)

    def _stream(self, start: LineStart, section: Section | None) -> Generator[Piece, None, _GoOn]:
        self._region, self._section = start, section
        self._run = self._parse(start, None)
        root = self._run.root()
        if root is None:
            return None
        if section is None:
            return (yield from self._timeline(root))
        if root.__class__ is not STARTS[section.name]:
            raise misfit(root)
        return self._after_section((yield from self._children(section)))

    def _timeline(self, root: Any) -> Generator[Piece, None, _GoOn]:  # noqa: ANN401  # any of PyYAML's events
        if root.__class__ is not MappingStartEvent:
            if self.is_map:
                raise misfit(root)
            kind = "list" if root.__class__ is SequenceStartEvent else "text"
            message = f"a timeline must be a map with the keys title and events, not a {kind}"
            self._log.error(Code.NOT_A_TIMELINE, self._run.position(root), message)
            return None
        if not self.is_map:
            self.is_map = True
            self.start = self._run.position(root)
            if root.tag not in {None, "tag:yaml.org,2002:map"}:
                self._log.error(Code.BAD_TAG, self.start, f"the tag {root.tag} is not allowed", "remove it")
        self._flow = bool(root.flow_style)
        self._finder.root = 0 if self._flow else self._run.position(root)[1] - 1
        held = None
        while (key := self._run.get()).__class__ is not MappingEndEvent:
            if held is not None:
                yield from self._release(held, self._run.position(key))
            self._region = self._lines.at(self._run.position(key)[0] - 1, self._region)
            held = yield from self._entry(key)
        self._run.get()
        behind = self._run.get()
        if held is not None:
            yield from self._release(held, _END_OF_FILE)
        if behind.__class__ is DocumentStartEvent:
            self._second_document(self._run.position(behind)[0])
        return None

    def _entry(self, key: Any) -> Generator[Piece, None, Piece | None]:  # noqa: ANN401  # any of PyYAML's events
        """Read one key of the timeline itself; returns its value, to release later, unless a section."""
        name = key.value if key.__class__ is ScalarEvent else ""
        again = name in self.sections
        self.seen.add(name)
        key = self._run.reader.node(key)
        value = self._run.get()
        is_section = name in self._sections and value.__class__ is STARTS[name]
        if again or not is_section or value.tag or value.anchor:
            return Piece("", key, self._run.reader.node(value), self._run.reader.first_line)
        flow = self._flow or bool(value.flow_style)
        line, column = self._run.position(value)
        first = self._lines.at(line - 1, self._region)
        section = Section(name, self._region, first, column - 1, flow=flow)
        if not flow:
            self._region = first
        self._section = section
        self.sections.add(name)
        edge = yield from self._children(section)
        self._section = None
        self._region = edge or LineStart(len(self._text.data), line)
        return None

    def _children(self, section: Section) -> Generator[Piece, None, LineStart | None]:
        """The children of `section`, each after the next has begun; returns the line after them."""
        get, reader = self._run.get, self._run.reader
        if not (section.flow or section.read) and self._finder.children_indent(section) != section.indent:
            raise misfit(get())
        following = None if section.flow else self._finder.next_child(self._region, section)
        held: Piece | None = None
        while (event := get()).__class__ not in ENDS:
            if held is not None:
                if not section.flow:
                    following = self._next_region(section, following, event)
                section.read += 1
                yield from self._release(held, self._run.position(event))
            key = node = reader.node(event)
            if not section.is_list:
                node = reader.node(get())
            held = Piece(section.name, key, node, reader.first_line)
        edge = self._edge(section)
        if not section.flow and not self._ends_at(edge, event, section):
            raise misfit(event)
        if held is not None:
            yield from self._release(held, (edge.line + 1, 1) if edge else _END_OF_FILE)
        return edge

    def _next_region(self, section: Section, following: LineStart | None, event: Any) -> LineStart | None:  # noqa: ANN401
        """Move on to the child that begins with `event`; returns the line where the next one should begin.

        Raises:
            NodeError: The child before includes other children, because of an open quotation mark or bracket.
        """
        line = self._run.position(event)[0] - 1
        after = following and self._finder.next_child(following, section)
        if following is None or line < following.line or (after and line >= after.line):
            raise misfit(event)
        self._region = following
        return after

    def _ends_at(self, edge: LineStart | None, event: Any, section: Section) -> bool:  # noqa: ANN401
        """Whether `event`, which ends the section, is also its end by the indentation of the lines."""
        line = self._run.position(event)[0] - 1
        if edge is not None:
            return line >= edge.line and self._finder.role(edge, section) is Role.END
        return not self._lines.text(self._lines.at(line, self._region)).strip()

    def _edge(self, section: Section) -> LineStart | None:
        if not section.flow:
            return self._lines.next_edge(self._region, section.indent)
        return None if self._flow else self._finder.end_of_value(section.key)

    def _release(self, piece: Piece, end: tuple[int, int]) -> Generator[Piece, None, None]:
        """Give out `piece`, which ends before `end`, unless it contains a bad character."""
        if self._blemishes and self._report_bad_characters(end):
            if piece.section:
                self.lost.add((piece.section, piece.id or f"line {piece.first_line + 1}"))
        else:
            yield piece

    def _report_bad_characters(self, end: tuple[int, int]) -> bool:
        """Whether there are bad characters before `end`; the first of them is reported."""
        first = None
        while self._blemishes and (self._blemishes[-1].line + 1, self._blemishes[-1].column) < end:
            found = self._blemishes.pop()
            first = first or found
        if first is not None:
            self._log.error(first.code, (first.line + 1, first.column), first.message)
        return first is not None

    def _recover(self, error: YAMLError | NodeError) -> Generator[Piece, None, _GoOn]:
        """Read the piece in which the stream failed by itself; returns where to go on."""
        section = self._section
        if section is None:
            return (yield from self._recover_value())
        if section.flow:
            self._syntax_error(explain(error, None, lambda _: ""), self._region, None, section)
            return None if self._flow else self._after_section(self._edge(section))
        return (yield from self._recover_child(section))

    def _recover_value(self) -> Generator[Piece, None, _GoOn]:
        start = self._region
        section = self._finder.section_at(start)
        if section is not None:
            self.seen.add(section.name)
            self.sections.add(section.name)
            return self._onward(section.first, section)
        end = self._finder.end_of_value(start)
        section = None if "events" in self.sections else self._finder.orphans(start, end)
        if section is not None:
            self.sections.add(section.name)
            self._misplaced(start, section.first, section)
            return section.first, section
        yield from self._parts(start, end, None)
        return self._after_section(end)

    def _recover_child(self, section: Section) -> Generator[Piece, None, _GoOn]:
        start = self._region
        indent = section.indent if section.read else self._finder.true_indent(section)
        section.read += 1
        if indent != section.indent:
            section.indent = indent
            return self._onward(start, section)
        end = self._finder.end_of_child(start, section)
        self._mark_torn(start, end)
        yield from self._parts(start, end, section)
        return self._onward(end, section)

    def _onward(self, edge: LineStart | None, section: Section) -> _GoOn:
        """Where to go on after a child of `section`; lines with a wrong indent are left out."""
        while edge is not None:
            role = self._finder.role(edge, section)
            if role is Role.END:
                return self._after_section(edge)
            if role is Role.CHILD or self._syntax_errors >= MOST_SYNTAX_ERRORS:
                return edge, section
            after = self._finder.end_of_child(edge, section)
            others = self._finder.misplaced_events(edge, after, section)
            for start, end in zip([edge, *others], [*others, after], strict=True):
                self._misplaced(start, end, section)
            edge = after
        return None

    def _parts(
        self, start: LineStart, end: LineStart | None, section: Section | None
    ) -> Generator[Piece, None, None]:
        """The piece between two lines if it is valid; otherwise the part of it before a misplaced piece."""
        flaw = yield from self._part(start, end, section)
        if flaw is None:
            return
        others = self._finder.misplaced_events(start, end, section) if section else []
        at = self._lines.at(self._run.position(flaw)[0] - 1, start)
        if section and at.line > start.line and self._finder.misplaced_key(at, start, section):
            others = [at]
        if section is None or not others:
            self._syntax_error(flaw, start, end, section)
            return
        flaw = yield from self._part(start, others[0], section)
        if flaw is not None:
            self._syntax_error(flaw, start, others[0], section)
        for other, after in pairwise([*others, end]):
            if other is not None:
                self._misplaced(other, after, section)

    def _part(
        self, start: LineStart, end: LineStart | None, section: Section | None
    ) -> Generator[Piece, None, InvalidNode | None]:
        """Give out the piece between two lines; returns its error, if it has one."""
        self._run = self._parse(start, end)
        piece = self._run.only_piece(section)
        if isinstance(piece, Piece):
            yield from self._release(piece, (end.line + 1, 1) if end else _END_OF_FILE)
            return None
        return piece

    def _parse(self, start: LineStart, end: LineStart | None) -> ParserRun:
        view = self._view[start.offset : end.offset if end else None]
        return ParserRun(view, self._text.substitutes, self._anchors, start.line)

    def _syntax_error(
        self, flaw: InvalidNode, start: LineStart, end: LineStart | None, section: Section | None
    ) -> None:
        """Report invalid YAML in a piece, always at a line of the piece, and leave the piece out."""
        line, column = self._run.position(flaw)
        if not line or (end is not None and line > end.line):
            line, column = start.line + 1, 1
        self._log.error(flaw.code, (line, column), flaw.message, flaw.hint)
        self._leave_out(start, end, section)

    def _misplaced(self, start: LineStart, end: LineStart | None, section: Section) -> None:
        """Report a child with a wrong indent, and leave it out."""
        message, hint = self._finder.displacement(start, section)
        column = self._finder.indent(start) + 1
        self._log.error(Code.BAD_INDENT, (start.line + 1, column), message, hint)
        self._leave_out(start, end, section)

    def _leave_out(self, start: LineStart, end: LineStart | None, section: Section | None) -> None:
        self._syntax_errors += 1
        self._mark_torn(start, end)
        self._region = end or start
        if section is not None:
            name = self._finder.id_of(start, end, section)
            self.lost.add((section.name, name or f"line {start.line + 1}"))

    def _mark_torn(self, start: LineStart, end: LineStart | None) -> None:
        self.torn = self.torn or start.offset == 0 or end is None

    def _after_section(self, edge: LineStart | None) -> _GoOn:
        """Where the timeline itself goes on; None if its document ends there."""
        if edge is None:
            return None
        line = self._lines.text(edge)
        if line.startswith((b"---", b"...")):
            if line.startswith(b"---") or self._lines.next_content(edge):
                self._second_document(edge.line + 1)
            return None
        return edge, None

    def _second_document(self, line: int) -> None:
        hint = "a file can have only one timeline: move the rest into another file"
        self._log.error(Code.SECOND_DOCUMENT, (line, 1), "a second YAML document begins here", hint)

"""The YAML parser, and its errors in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from timeline_tui.model.problems import Code
from timeline_tui.reading.nodes import InvalidNode, NodeError, too_deep

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import SupportsRead

__all__ = [
    "AliasEvent",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "explain",
    "parse_events",
]

# Errors that the parser reports late, and that begin at its context: an open quotation mark or bracket.
_BEGAN_EARLIER = re.compile(
    r"end of stream|document (indicator|separator)|could not find expected ':'|',' or '[]}]'"
)
_OPEN_QUOTE = "this quotation mark is not closed"
_MISFIT = "this line does not fit the lines above"
_INDENT_HINT = "indent it like the lines around it, and write nothing after a closing quotation mark"
_QUOTE_HINT = "put the text into quotation marks"
_NAME_HINT = "put a text that begins with * or & into quotation marks"
_ESCAPE = "a \\ inside double quotation marks begins an escape"
_ESCAPE_HINT = "write \\\\ for one \\, or use single quotation marks"
_TAB = "the line is indented with a tab"
_TAB_HINT = "indent with spaces"
_MEANINGS = (
    (
        "mapping values are not allowed",
        "a colon and a space inside a text, or a wrong indent",
        "put a text with a colon into quotation marks",
    ),
    ("',' or ']'", "this bracket is not closed", "close it with ]"),
    ("',' or '}'", "this brace is not closed", "close it with }"),
    ("expected ':'", "this is not a key with a value", "write key: value, with a space after the colon"),
    ("end of stream", _OPEN_QUOTE, "close it; inside single quotation marks, double each one"),
    ("document indicator", _OPEN_QUOTE, "close it"),
    ("document separator", _OPEN_QUOTE, "close it"),
    ("cannot start any token", "a key or value cannot begin like this", _QUOTE_HINT),
    ("tab character", _TAB, _TAB_HINT),
    ("escape", _ESCAPE, _ESCAPE_HINT),
    ("hexdecimal", _ESCAPE, _ESCAPE_HINT),
    ("sequence entries are not allowed", "a list item cannot begin here", "put it on a line of its own"),
    ("'-' indicator", "this line is not part of a list item", "begin it with -, or indent it more"),
    ("<block end>", _MISFIT, _INDENT_HINT),
    ("expected key", _MISFIT, _INDENT_HINT),
    ("document start>", _MISFIT, _INDENT_HINT),
    ("node content", "a value is missing, or begins with a special character of YAML", _QUOTE_HINT),
    ("alphabetic or numeric", "this is not a valid anchor name", _NAME_HINT),
)


class _Tail:
    """A stream over bytes in memory, for a parser, without a copy of all of them."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size` of them."""
        chunk = bytes(self._view[self._at : self._at + size])
        self._at += len(chunk)
        return chunk


def parse_events(view: memoryview, substitutes: dict[int, str]) -> Callable[[], Any]:
    """A function that returns the next parse event, from libyaml if PyYAML has it.

    Args:
        view: YAML in UTF-8.
        substitutes: The characters to restore in texts, as `str.translate` takes them.
    """
    get: Callable[[], Any] = _parser(_Tail(view)).get_event
    if not substitutes:
        return get

    def restored() -> Any:  # noqa: ANN401  # of PyYAML's events, each has attributes of its own
        event = get()
        if event.__class__ is ScalarEvent:
            event.value = event.value.translate(substitutes)
        return event

    return restored


def _parser(stream: _Tail) -> Any:  # noqa: ANN401  # two unrelated classes with one method in common
    try:
        from yaml._yaml import CParser  # noqa: PLC0415  # PyYAML may be built without it
    except ImportError:
        return pure_parser(stream)
    return CParser(stream)


def pure_parser(stream: SupportsRead[bytes]) -> Any:  # noqa: ANN401  # two unrelated classes with one method in common
    """PyYAML's own parser, for where it was built without libyaml: the same events, but more slowly.

    Unlike libyaml, it does not allow a `?` in a text without quotation marks inside of brackets.
    """
    from yaml.parser import Parser  # noqa: PLC0415  # not loaded where libyaml is there
    from yaml.reader import Reader  # noqa: PLC0415
    from yaml.scanner import Scanner  # noqa: PLC0415

    class PureParser(Reader, Scanner, Parser):
        def __init__(self) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)

    return PureParser()


def explain(
    error: YAMLError | NodeError, last: ScalarEvent | None, line_of: Callable[[int], str]
) -> InvalidNode:
    """An error in words for the author of a file, with the place to look at.

    Args:
        error: From the parser or from `nodes`.
        last: The scalar read before; an unclosed quotation mark may have made it too long.
        line_of: Returns a line of the parsed text, by its number from 0.
    """
    if isinstance(error, NodeError):
        return error.flaw
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return InvalidNode(None, Code.YAML_SYNTAX, str(error))
    problem = error.problem or ""
    mark = error.problem_mark
    if "nesting depth" in problem:
        # libyaml 0.2.6 and later stop at a depth of a thousand.
        return too_deep(mark)
    if _BEGAN_EARLIER.search(problem) and error.context_mark is not None:
        mark = error.context_mark
    elif last is not None and (lines := _lines_quoted(last, mark.line)):
        message = f"this quotation mark is closed only {lines} line{'s' * (lines > 1)} below"
        return InvalidNode(last.start_mark, Code.YAML_SYNTAX, message, "close it where its text ends")
    message, hint = next(
        ((meaning, hint) for part, meaning, hint in _MEANINGS if part in problem),
        (problem or "this is not valid YAML", ""),
    )
    if "\t" in line_of(mark.line)[: mark.column + 1] and not line_of(mark.line)[: mark.column + 1].strip(
        "\t -"
    ):
        message, hint = _TAB, _TAB_HINT
    return InvalidNode(mark, Code.YAML_SYNTAX, message, hint)


def _lines_quoted(scalar: ScalarEvent, end: int) -> int:
    """The number of lines that a quoted text spans, if it is closed on the line `end`; otherwise 0."""
    start, stop = scalar.start_mark, scalar.end_mark
    if not scalar.style or scalar.style not in "'\"" or start is None or stop is None or stop.line != end:
        return 0
    return stop.line - start.line

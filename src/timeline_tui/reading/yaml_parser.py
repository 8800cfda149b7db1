"""The YAML parser, and what it means when it gives up."""

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

# What the parser complains of late, though it began at its context: an open quote or bracket.
_BEGAN_EARLIER = re.compile(
    r"end of stream|document (indicator|separator)|could not find expected ':'|',' or '[]}]'"
)
_OPEN_QUOTE = "this quotation mark is not closed where it should be"
_MISFIT = "this line does not fit what stands above it"
_INDENT_HINT = "indent it as its neighbours, and let nothing follow a closing quotation mark"
_QUOTE_HINT = "put the text into quotation marks"
_NAME_HINT = "a text that begins with * or & needs quotation marks"
_MEANINGS = (
    (
        "mapping values are not allowed",
        "a colon that makes a key stands inside of a text, or the line is indented wrongly",
        "put a text with a colon in it into quotation marks",
    ),
    ("',' or ']'", "this bracket is not closed where it should be", "close it with ]"),
    ("',' or '}'", "this brace is not closed where it should be", "close it with }"),
    ("expected ':'", "this is no key with a value", "write key: value, with a space behind the colon"),
    ("end of stream", _OPEN_QUOTE, "close it; inside of single quotation marks, write one as two"),
    ("document indicator", _OPEN_QUOTE, "close it"),
    ("document separator", _OPEN_QUOTE, "close it"),
    ("cannot start any token", "no value or key can begin so", _QUOTE_HINT),
    ("tab character", "a tab stands in the indentation", "indent with spaces"),
    ("escape", "inside of double quotation marks, \\ means something else", "write \\\\, or single ones"),
    ("hexdecimal", "inside of double quotation marks, \\ means something else", "write \\\\, or single ones"),
    ("sequence entries are not allowed", "an item of a list cannot stand here", "give it a line of its own"),
    ("'-' indicator", "this line belongs to no item of the list", "begin it with -, or indent it more"),
    ("<block end>", _MISFIT, _INDENT_HINT),
    ("expected key", _MISFIT, _INDENT_HINT),
    ("document start>", _MISFIT, _INDENT_HINT),
    ("node content", "a value is missing here, or begins with a mark of YAML", _QUOTE_HINT),
    ("alphabetic or numeric", "this is no name of an anchor", _NAME_HINT),
)


class _Tail:
    """What a parser reads from, without a copy of it."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, `size` of them at most."""
        chunk = bytes(self._view[self._at : self._at + size])
        self._at += len(chunk)
        return chunk


def parse_events(view: memoryview, substitutes: dict[int, str]) -> Callable[[], Any]:
    """A function that gives the next parse event of YAML in UTF-8, with libyaml where there is it.

    `substitutes` holds what characters of scalars stand for, as `str.translate` takes it.
    """
    get: Callable[[], Any] = _parser(_Tail(view)).get_event
    if not substitutes:
        return get

    def uncovered() -> Any:  # noqa: ANN401  # of PyYAML's events, each has attributes of its own
        event = get()
        if event.__class__ is ScalarEvent:
            event.value = event.value.translate(substitutes)
        return event

    return uncovered


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
    """What `error` means to the author of a file, and the place to look at.

    Args:
        error: From the parser or from `nodes`.
        last: The scalar read before, in case it is a text that swallowed too much.
        line_of: Gives a line of what was parsed, by its number from 0.
    """
    if isinstance(error, NodeError):
        return error.flaw
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return InvalidNode(None, Code.YAML_SYNTAX, str(error))
    problem = error.problem or ""
    mark = error.problem_mark
    if "nesting depth" in problem:
        # From libyaml 0.2.6 on, the parser looks ahead no deeper than a thousand.
        return too_deep(mark)
    if _BEGAN_EARLIER.search(problem) and error.context_mark is not None:
        mark = error.context_mark
    elif last is not None and (lines := _lines_quoted(last, mark.line)):
        message = f"{_OPEN_QUOTE}, but {lines} line{'s' * (lines > 1)} below"
        return InvalidNode(last.start_mark, Code.YAML_SYNTAX, message, "close it")
    message, hint = next(
        ((meaning, hint) for part, meaning, hint in _MEANINGS if part in problem),
        (problem or "this is no YAML", ""),
    )
    if "\t" in line_of(mark.line)[: mark.column + 1] and not line_of(mark.line)[: mark.column + 1].strip(
        "\t -"
    ):
        message, hint = "a tab stands in the indentation", "indent with spaces"
    return InvalidNode(mark, Code.YAML_SYNTAX, message, hint)


def _lines_quoted(scalar: ScalarEvent, end: int) -> int:
    """How many lines further down a quoted text is closed, if that is in the line `end`."""
    start, stop = scalar.start_mark, scalar.end_mark
    if not scalar.style or scalar.style not in "'\"" or start is None or stop is None or stop.line != end:
        return 0
    return stop.line - start.line

"""Guard a file that the program changes: parse it before and after, and compare what it says."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.editing.event_places import places_of
from timeline_tui.errors import TimelineError
from timeline_tui.model.problems import Code, Severity
from timeline_tui.reading.reader import read_text
from timeline_tui.reading.yaml_parser import YAMLError
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from timeline_tui.editing.event_places import Places
    from timeline_tui.reading.reader import Reading

_INVALID_YAML = frozenset(
    {
        Code.EMPTY_FILE, Code.NOT_A_TIMELINE, Code.BAD_ENCODING, Code.BAD_CHARACTER, Code.YAML_SYNTAX,
        Code.BAD_INDENT, Code.BAD_TAG, Code.BAD_ALIAS, Code.MERGE_KEY, Code.BAD_KEY, Code.DUPLICATE_KEY,
        Code.SECOND_DOCUMENT, Code.TOO_DEEP,
    }
)  # fmt: skip
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class ParsedFile(NamedTuple):
    """A file before or after a change: what it says, and where."""

    reading: Reading
    places: Places


def parse_file(data: bytes, name: str) -> ParsedFile:
    """Read a file that is going to be changed.

    Raises:
        TimelineError: It is not a timeline, or its YAML is invalid; the text says where first.
    """
    reading = read_text(data, name)
    if broken := next((problem for problem in reading.problems if problem.code in _INVALID_YAML), None):
        raise TimelineError(str(broken))
    try:
        return ParsedFile(reading, places_of(data))
    except (YAMLError, UnicodeDecodeError):
        raise TimelineError(f"{visible(name)}: this YAML cannot be changed by the program") from None


class Gap(NamedTuple):
    """The lines between two events, in four parts."""

    above: str
    """Comments that belong to the event above."""
    blank: str
    """Blank lines."""
    heading: str
    """Comments that belong to neither event, with the blank lines below them."""
    below: str
    """Comments that belong to the event below."""


def gap_of(text: str, column: int | None) -> Gap:
    """Split the lines above an event.

    Args:
        text: Whole lines, which are blank or comments.
        column: The indentation of the dashes; None if there is no event above.
    """
    lines: list[str] = _LINES.findall(text)
    deep = 0
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if column is None or (line.strip() and indent <= column):
            break
        deep = number if line.strip() else deep
    start = len(lines)
    while start > deep and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    blank = deep
    while blank < start and not lines[blank].strip():
        blank += 1
    cuts = (0, deep, blank, start, len(lines))
    return Gap(*("".join(lines[one:other]) for one, other in pairwise(cuts)))


def start_of_first(places: Places) -> int:
    """Where the first event begins, including the comment directly above it."""
    first = places.events[0].start
    key = places.text.rfind("\n", 0, places.value[0]) + 1
    return first - len(gap_of(_below_key(places.text[key:first]), None).below)


def _below_key(text: str) -> str:
    """The text below the line of `events:`."""
    return text.partition("\n")[2]


def parse_edited(before: ParsedFile, result: bytes, name: str, changed: str = "") -> ParsedFile:
    """Read a file again after a change.

    Args:
        before: The file before the change.
        result: The file after it.
        name: Of the file, in error messages.
        changed: The id of an event whose fields were changed; empty for none.

    Raises:
        TimelineError: There are new errors, or a link leads to another event.
    """
    after = parse_file(result, name)
    new = _errors(after.reading) - _errors(before.reading)
    if new:
        first = next(problem for problem in after.reading.problems if problem.code in new)
        raise TimelineError(f"not changed, because this would cause an error: {first}")
    old_events = {event.id: event for event in before.reading.events}
    new_events = {event.id: event for event in after.reading.events}
    for reference in before.reading.references:
        one, other = old_events.get(reference.id), new_events.get(reference.id)
        if reference.kind != "event" or reference.id == changed:
            continue
        if one and other and (one.title, one.text) != (other.title, other.text):
            message = f"{reference.id} would lead to another event; give the event an id"
            raise TimelineError(f"{visible(name)}: not changed, because a link to {message}")
    return after


def _errors(reading: Reading) -> Counter[str]:
    return Counter(problem.code for problem in reading.problems if problem.severity is Severity.ERROR)

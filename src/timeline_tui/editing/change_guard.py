"""A file that is changed by a program: read before and after, with all that stands between its events."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.editing.event_places import places_of
from timeline_tui.errors import TimelineError
from timeline_tui.model.problem_log import Code
from timeline_tui.model.problems import Severity
from timeline_tui.reading.reader import read_text
from timeline_tui.reading.yaml_parser import YAMLError
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from timeline_tui.editing.event_places import Places
    from timeline_tui.reading.reader import Reading

_NO_YAML = frozenset(
    {
        Code.EMPTY_FILE, Code.NOT_A_TIMELINE, Code.BAD_ENCODING, Code.BAD_CHARACTER, Code.YAML_SYNTAX,
        Code.BAD_INDENT, Code.BAD_TAG, Code.BAD_ALIAS, Code.MERGE_KEY, Code.BAD_KEY, Code.DUPLICATE_KEY,
        Code.SECOND_DOCUMENT, Code.TOO_DEEP,
    }
)  # fmt: skip
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Story(NamedTuple):
    """A file that is going to be changed: what it says, and where."""

    reading: Reading
    places: Places


def story_of(data: bytes, name: str) -> Story:
    """Read a file that is going to be changed.

    Raises:
        TimelineError: It is no timeline, or its YAML is broken; the text says where first.
    """
    reading = read_text(data, name)
    if broken := next((problem for problem in reading.problems if problem.code in _NO_YAML), None):
        raise TimelineError(str(broken))
    try:
        return Story(reading, places_of(data))
    except (YAMLError, UnicodeDecodeError):
        raise TimelineError(f"{visible(name)}: this is no YAML that can be changed") from None


class Gap(NamedTuple):
    """What stands between two events, each part whole lines."""

    above: str
    """Comments that belong to the event above."""
    blank: str
    """Blank lines."""
    heading: str
    """Comments that belong to no event, with the blank lines below them."""
    below: str
    """Comments that belong to the event below."""


def gap_of(text: str, column: int | None) -> Gap:
    """What stands above an event, taken apart.

    Args:
        text: Whole lines, blank or comments.
        column: How far dashes are indented; None if there is no event above.
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
    """Where the first event begins, with the comment directly above it."""
    first = places.events[0].start
    key = places.text.rfind("\n", 0, places.value[0]) + 1
    return first - len(gap_of(_below_key(places.text[key:first]), None).below)


def _below_key(text: str) -> str:
    """What stands below the line of `events:`, or of an anchor behind it."""
    return text.partition("\n")[2]


def story_after(before: Story, result: bytes, name: str) -> Story:
    """Read a file again after it was changed.

    Raises:
        TimelineError: There are errors that were not there before, or a link leads elsewhere.
    """
    after = story_of(result, name)
    new = _errors(after.reading) - _errors(before.reading)
    if new:
        first = next(problem for problem in after.reading.problems if problem.code in new)
        raise TimelineError(f"nothing is changed, as this would make an error: {first}")
    old_events = {event.id: event for event in before.reading.events}
    new_events = {event.id: event for event in after.reading.events}
    for reference in before.reading.references:
        one, other = old_events.get(reference.id), new_events.get(reference.id)
        if reference.kind == "event" and one and other and (one.title, one.text) != (other.title, other.text):
            message = f"{reference.id} would lead to another event; give the event an id of its own"
            raise TimelineError(f"{visible(name)}: nothing is changed, as a link to {message}")
    return after


def _errors(reading: Reading) -> Counter[str]:
    return Counter(problem.code for problem in reading.problems if problem.severity is Severity.ERROR)

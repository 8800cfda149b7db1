"""A file put in order: events by date, dates in canonical form, and every other byte as it was.

What belongs to an event moves with it: the comment directly above it, with no blank line between, and
comments below it that are indented deeper than its dash. Any other comment between two events is taken
for a heading: it stays in front of the next event below it that does not move. Nothing is lost.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline_tui.dates.canonical import canonical, written
from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.editing.change_guard import gap_of, start_of_first, story_after, story_of
from timeline_tui.editing.event_places import List, places_of
from timeline_tui.errors import TimelineError
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.editing.change_guard import Story
    from timeline_tui.editing.event_places import EventPlace, Places
    from timeline_tui.model.records import Event

_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def formatted(data: bytes, name: str = "the file") -> bytes:
    """A file with its events in chronological order and its dates in canonical form.

    Events of the same day stay as they are; one without a readable date stays behind the one before it.
    Dates are EDTF without quotation marks where YAML needs none; what is certainly meant by a date
    that is not EDTF is written instead of it, and all others stay.

    Args:
        data: The file, in UTF-8.
        name: What it is called in errors.

    Raises:
        TimelineError: The file is no timeline, its YAML is broken, or its events cannot be moved without
            a change of what they say; the text says where and why.
    """
    story = story_of(data, name)
    dated = _with_dates(story.places)
    places = places_of(dated)
    keys = _keys(places.events)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if order == list(range(len(keys))):
        result = dated
        if places.form is List.BRACKETS:
            _need_order(story.reading.events, name)
    else:
        result = places.bytes_of(_Moves(places, order).text())
    if result != data:
        _compare(story, result, order, name)
    return result


def _with_dates(places: Places) -> bytes:
    """The file with its dates in canonical form."""
    parts, done = [], 0
    for date in places.dates:
        value = canonical(date.value)
        # What is used elsewhere may be more than a date there.
        if not _is_date(value) or (date.named and value != date.value):
            continue
        parts += [places.text[done : date.start], written(value, date.style, in_brackets=date.in_brackets)]
        done = date.end
    return places.bytes_of("".join([*parts, places.text[done:]]))


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _keys(events: Sequence[EventPlace]) -> list[tuple[int, ...]]:
    """What each event is put in order by."""
    keys: list[tuple[int, ...]] = []
    for event in events:
        try:
            keys.append(parse_date(event.date).key)
        except DateError:
            keys.append(keys[-1] if keys else ())
    return keys


def _need_order(events: Sequence[Event], name: str) -> None:
    dates = [event.date.key for event in events]
    if dates != sorted(dates):
        hint = "begin each on a line of its own, with a -"
        raise TimelineError(f"{visible(name)}: events in [ ] cannot be put in order; {hint}")


class _Moves:
    """The text of a file with its events in another order.

    Args:
        places: The file.
        order: The present places of the events, in the order that they are to have.
    """

    def __init__(self, places: Places, order: Sequence[int]) -> None:
        self._places, self._order, self._line_end = places, order, places.line_end
        text, events = places.text, places.events
        self._start = start_of_first(places)
        self._gaps = [
            gap_of(text[before.end : event.start], places.column) for before, event in pairwise(events)
        ]
        rest = gap_of(text[events[-1].end :], places.column).above
        self._end = events[-1].end + len(rest)
        below = [text[self._start : events[0].start], *(gap.below for gap in self._gaps)]
        self._above = [*(gap.above for gap in self._gaps), rest]
        self._chunks = [
            comment + _ended(text[event.start : event.end], self._line_end) + inner
            for comment, event, inner in zip(below, events, self._above, strict=True)
        ]

    def text(self) -> str:
        """The whole file."""
        headings, blanks, last = self._headings()
        parts = [self._places.text[: self._start]]
        for position, event in enumerate(self._order):
            if event in headings:
                parts += headings[event] if position else headings[event][1:]
            elif position:
                parts.append(next(blanks, ""))
            parts.append(_ended(self._chunks[event], self._line_end))
        body = "".join([*parts, *last, self._places.text[self._end :]])
        last_event = self._places.events[self._order[-1]]
        needs_end = last_event.needs_end and not (last or self._above[self._order[-1]])
        ended = needs_end or self._places.text.endswith("\n")
        return body if ended else body.removesuffix(self._line_end)

    def _headings(self) -> tuple[dict[int, list[str]], Iterator[str], list[str]]:
        """Headings by the event that they stay in front of, the blank lines left, what comes at the end.

        Each gap gives the blank lines for one gap.
        """
        staying = _longest_run(self._order)
        headings: dict[int, list[str]] = {}
        blanks, last = [], []
        for event, gap in enumerate(self._gaps, 1):
            place = bisect_left(staying, event)
            if not gap.heading:
                blanks.append(gap.blank)
            elif place == len(staying):
                blanks.append(gap.blank)
                last.append(_turned(gap.heading))
            elif staying[place] in headings or staying[place] == self._order[0]:
                blanks.append(gap.blank)
                headings.setdefault(staying[place], [""]).append(gap.heading)
            else:
                headings[staying[place]] = [gap.blank, gap.heading]
        return headings, iter(blanks), last


def _longest_run(order: Sequence[int]) -> list[int]:
    """The most events that can stay where they are when others are put between them, ascending."""
    ends: list[int] = []
    places: list[int] = []
    for value in order:
        place = bisect_left(ends, value)
        ends[place : place + 1] = [value]
        places.append(place)
    run: list[int] = []
    wanted = len(ends) - 1
    for value, place in zip(reversed(order), reversed(places), strict=True):
        if place == wanted and (not run or value < run[-1]):
            run.append(value)
            wanted -= 1
    return run[::-1]


def _ended(text: str, line_end: str) -> str:
    return text if text.endswith("\n") else text + line_end


def _turned(heading: str) -> str:
    """A heading with the blank lines from below above it."""
    lines: list[str] = _LINES.findall(heading)
    count = len(lines)
    while not lines[count - 1].strip():
        count -= 1
    return "".join([*lines[count:], *lines[:count]])


def _compare(story: Story, result: bytes, order: Sequence[int], name: str) -> None:
    """Make sure that a file says what it said.

    Raises:
        TimelineError: It does not; the text says why.
    """
    after = story_after(story, result, name).places
    moved = [story.places.events[at].digest for at in order]
    if after.digest != story.places.digest or moved != [event.digest for event in after.events]:
        reason = "a text at its end or an anchor depends on where it stands"
        raise TimelineError(f"{visible(name)}: the events cannot be moved, as {reason}")


def difference(old: bytes, new: bytes, name: str) -> Iterator[str]:
    """A unified diff of two versions of a file, line by line, without line ends and safe to print."""
    one, other = (_LINES.findall(data.decode("utf-8", "replace")) for data in (old, new))
    for line in difflib.unified_diff(one, other, name, f"{name} (new)", lineterm=""):
        ended = line.endswith("\n") or line.startswith(("---", "+++", "@@"))
        yield visible(line.removesuffix("\n").removesuffix("\r"))
        if not ended:
            yield "\\ No newline at end of file"

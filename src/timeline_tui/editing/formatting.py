"""Format a file: sort its events by date and write dates in canonical form; no other byte changes.

Comments of an event move with it: a comment directly above it without a blank line between, and comments
below it that are indented deeper than its dash. Any other comment between two events is a heading: it stays
before the next event below it that does not move. Nothing is lost.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.informal import canonical
from timeline_tui.editing.change_guard import gap_of, parse_edited, parse_file, start_of_first
from timeline_tui.editing.event_places import ListForm, places_of
from timeline_tui.errors import TimelineError
from timeline_tui.model.histories import values_before_updates
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.editing.change_guard import ParsedFile
    from timeline_tui.editing.event_places import EventPlace, Places
    from timeline_tui.model.records import Event

_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def formatted(data: bytes, name: str = "the file") -> bytes:
    """Sort the events of a file by their own dates, whatever updates say, and write dates in canonical form.

    Events of the same day keep their order. An event without a valid date stays after the one before it.
    Dates become EDTF, without quotation marks where YAML needs none. A date that is not EDTF is replaced if
    its meaning is certain, and left alone otherwise.

    Args:
        data: The file, in UTF-8.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is not a timeline, its YAML is invalid, or events cannot be moved without
            changing what they say; the text says where and why.
    """
    parsed = parse_file(data, name)
    dated = _with_dates(parsed.places)
    places = places_of(dated)
    keys = _keys(places.events)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if order == list(range(len(keys))):
        result = dated
        if places.form is ListForm.BRACKETS:
            _need_order(parsed.reading.events, name)
    else:
        result = places.bytes_of(_Moves(places, order).text())
    if result != data:
        _compare(parsed, result, order, name)
    return result


def _with_dates(places: Places) -> bytes:
    """The file with all dates in canonical form."""
    parts, done = [], 0
    for date in places.dates:
        value = canonical(date.value)
        # The value of an anchor may be used elsewhere as something other than a date.
        if not _is_date(value) or (date.named and value != date.value):
            continue
        parts += [
            places.text[done : date.start],
            _date_in_yaml(value, date.style, in_brackets=date.in_brackets),
        ]
        done = date.end
    return places.bytes_of("".join([*parts, places.text[done:]]))


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _keys(events: Sequence[EventPlace]) -> list[tuple[int, ...]]:
    """The sort key of each event."""
    keys: list[tuple[int, ...]] = []
    for event in events:
        try:
            keys.append(parse_date(event.date).key)
        except DateError:
            keys.append(keys[-1] if keys else ())
    return keys


def _need_order(events: Sequence[Event], name: str) -> None:
    dates = [values_before_updates(event)["date"].key for event in events]
    if dates != sorted(dates):
        hint = "begin each on a line of its own, with a dash"
        raise TimelineError(f"{visible(name)}: events in [ ] cannot be sorted; {hint}")


class _Moves:
    """Moves the events of a file into another order.

    Args:
        places: The file.
        order: The present indexes of the events, in their new order.
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
        """Headings by the event that they come before, the remaining blank lines, headings at the end.

        Each old gap gives the blank lines for one new gap.
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
                last.append(_blank_lines_first(gap.heading))
            elif staying[place] in headings or staying[place] == self._order[0]:
                blanks.append(gap.blank)
                headings.setdefault(staying[place], [""]).append(gap.heading)
            else:
                headings[staying[place]] = [gap.blank, gap.heading]
        return headings, iter(blanks), last


def _longest_run(order: Sequence[int]) -> list[int]:
    """The longest increasing run of events, which do not move; the others are moved between them."""
    ends: list[int] = []
    places: list[int] = []
    for value in order:
        place = bisect_left(ends, value)
        ends[place : place + 1] = [value]
        places.append(place)
    run: list[int] = []
    length = len(ends) - 1
    for value, place in zip(reversed(order), reversed(places), strict=True):
        if place == length and (not run or value < run[-1]):
            run.append(value)
            length -= 1
    return run[::-1]


def _ended(text: str, line_end: str) -> str:
    return text if text.endswith("\n") else text + line_end


def _blank_lines_first(heading: str) -> str:
    """A heading with its blank lines moved from below to above."""
    lines: list[str] = _LINES.findall(heading)
    count = len(lines)
    while not lines[count - 1].strip():
        count -= 1
    return "".join([*lines[count:], *lines[:count]])


def _compare(parsed: ParsedFile, result: bytes, order: Sequence[int], name: str) -> None:
    """Check that the file says the same as before.

    Raises:
        TimelineError: It does not; the text says why.
    """
    after = parse_edited(parsed, result, name).places
    moved = [parsed.places.events[at].digest for at in order]
    if after.digest != parsed.places.digest or moved != [event.digest for event in after.events]:
        reason = "a text at the end of an event, or an anchor, depends on its place"
        raise TimelineError(f"{visible(name)}: the events cannot be moved, because {reason}")


def difference(old: bytes, new: bytes, name: str) -> Iterator[str]:
    """A unified diff of two versions of a file: lines without line ends, safe to print."""
    one, other = (_LINES.findall(data.decode("utf-8", "replace")) for data in (old, new))
    for line in difflib.unified_diff(one, other, name, f"{name} (new)", lineterm=""):
        ended = line.endswith("\n") or line.startswith(("---", "+++", "@@"))
        yield visible(line.removesuffix("\n").removesuffix("\r"))
        if not ended:
            yield "\\ No newline at end of file"


# Other dates could be read by YAML as something else.
_PLAIN_DATE = re.compile(r"(?:[0-9Y.]|-[0-9])[0-9XYTZES:/.?~%+-]*")
_PLAIN_DATE_IN_BRACKETS = re.compile(r"(?:[0-9Y.]|-[0-9])[0-9XYTZES/.~+-]*")


def _date_in_yaml(text: str, style: str, *, in_brackets: bool) -> str:
    """A date in YAML, with quotation marks only if YAML needs them.

    Args:
        text: The date in EDTF.
        style: The quotation marks that it had, or none.
        in_brackets: Whether it is inside `[ ]` or `{ }`.
    """
    pattern = _PLAIN_DATE_IN_BRACKETS if in_brackets else _PLAIN_DATE
    if pattern.fullmatch(text):
        return text
    mark = style or '"'
    return f"{mark}{text}{mark}"

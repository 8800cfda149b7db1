"""The page of two sides: the events that each of two queries finds, in two columns in order of time."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.sides import compare, sides_as_typed, suggestions
from timeline_tui.answers.statements import status_notes
from timeline_tui.dates.relative import relative_cells
from timeline_tui.dates.wording import cells as date_cells
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, padded, wrapped
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.answers.sides import Pair, Side, Sides
    from timeline_tui.dates.date import Date
    from timeline_tui.drawing.lines import Part
    from timeline_tui.query.language import Query
    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.timeline.rows import Row

BOTH, LEFT, RIGHT = "═", "◂", "▸"
"""Signs of an event on both sides, and of one only on the left or on the right."""

_MOST = 1_000
"""Number of rows that a page shows at most."""
_LEAST_COLUMN = 44
"""Width in cells that each of two columns needs, so that most titles take one line; else there is one."""
_LEAST_BESIDE = 28
"""Width in cells that the one column needs beside the dates; with less they stand above it."""
_WIDEST_DATE = 16
_GAP = 2
_TITLE_LINES = 3
"""Number of lines that a title takes at most."""


class _ShownEvent(NamedTuple):
    """The texts that a row shows of an event."""

    key: int
    date: str
    title: str
    look: Part
    note: str
    """Status and who claims the event; empty if the status is confirmed."""
    short_note: str
    """Only the first word of it."""
    status: str
    """The sign of its status, which stands before the title."""


class _Place(NamedTuple):
    """The place of an event in a row."""

    sign: str
    room: int
    """In cells."""


def sides_page(view: TimelineView, left: Query, right: Query, width: int) -> Page:
    """Two queries compared: number of events that each and both find, then the events day by day.

    A line has the left event as its first target and the right one as its second. The last lines offer other
    sides.
    """
    sides = compare(view, left, right)
    shown = sides.pairs[:_MOST]
    events = _events(view, shown)
    lines = list(_head(view, sides, width))
    lines += _rows(shown, events, width)
    if more := len(sides.pairs) - len(shown):
        lines += [BLANK, *paragraph(f"and {count_of(more, 'more row')}: narrow the filter", width, "detail")]
    lines += _others(view, sides, width)
    return Page("Two sides", tuple(lines))


def _head(view: TimelineView, sides: Sides, width: int) -> Iterator[Line]:
    yield from _heading(LEFT, sides.left, width)
    yield from _heading(RIGHT, sides.right, width)
    counts = [
        f"{BOTH} both: {sides.both:,}",
        f"{LEFT} only left: {sides.only_left:,}",
        f"{RIGHT} only right: {sides.only_right:,}",
    ]
    summary = " · ".join(counts)
    yield from (line(text, "words") for text in ([summary] if cells(summary) <= width else counts))
    yield from paragraph(f"within {view.sentence}", width, "faint")
    yield BLANK
    if not sides.pairs:
        yield from paragraph(view.nothing_known or "No event on either side.", width, "detail")


def _heading(sign: str, side: Side, width: int) -> Iterator[Line]:
    number = count_of(side.count, "event")
    for index, text in enumerate(wrapped(f"{side.words} — {number}", width - 2)):
        yield line(f"{' ' if index else sign} {text}", "heading")


def _others(view: TimelineView, sides: Sides, width: int) -> Iterator[Line]:
    here = {sides.left.query, sides.right.query}
    choices = [sides_as_typed(*pair) for pair in suggestions(view) if set(pair) != here]
    if choices:
        yield BLANK
    for choice in choices:
        text = clipped(one_line(choice), max(width - len("other sides: "), 0))
        yield Line((Span("other sides: ", "faint"), Span(text, "words")), (Target(leads="sides", id=choice),))


def _events(view: TimelineView, pairs: Iterable[Pair]) -> dict[int, _ShownEvent]:
    """The texts to show for the events of these rows, by key."""
    keys = {key for pair in pairs for key in (pair.left, pair.right) if key is not None}
    positions = sorted(map(view.position_of, keys))
    found: dict[int, _ShownEvent] = {}
    for start, stop in _runs(positions):
        for row in view.rows(start, stop):
            look: Part = "fallen" if row.is_fallen else "text"
            sign = FALLEN if row.is_fallen else STATUS_SIGNS.get(row.status, " ")
            date = _date(view, row.date)
            found[row.key] = _ShownEvent(row.key, date, row.marked_title, look, *_notes(row), sign)
    return found


def _runs(positions: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive positions, each as its first position and the one after its last."""
    start = stop = -1
    for position in positions:
        if position != stop:
            if stop > start:
                yield start, stop
            start = position
        stop = position + 1
    if stop > start:
        yield start, stop


def _date(view: TimelineView, date: Date) -> str:
    if view.origin is None:
        return clipped(" ".join(filter(None, date_cells(date))), _WIDEST_DATE)
    words = view.date_in_words(date)
    if cells(words) <= _WIDEST_DATE:
        return words
    return relative_cells(date, view.origin, _WIDEST_DATE).strip()


def _notes(row: Row) -> tuple[str, str]:
    """The status in full and in one word."""
    notes = status_notes(row)
    if not notes or (row.status == "confirmed" and not row.is_fallen):
        return "", ""
    return f" ({', '.join(notes)})", f" ({'fallen' if row.is_fallen else row.status or notes[0]})"


def _rows(pairs: Iterable[Pair], events: dict[int, _ShownEvent], width: int) -> Iterator[Line]:
    """The rows in two columns; in one column, or below their dates, if these would be too narrow."""
    for_dates = max((cells(event.date) for event in events.values()), default=0)
    room = width - for_dates - _GAP
    for_left = (room - _GAP) // 2
    if room < _LEAST_BESIDE:
        yield from _stacked(pairs, events, width)
        return
    if for_left < _LEAST_COLUMN:
        for pair in pairs:
            for key, sign in _signs(pair).items():
                yield from _lines(for_dates, (events[key], _Place(sign, room)))
        return
    on_left, on_right = _Place(LEFT, for_left), _Place(RIGHT, room - _GAP - for_left)
    for pair in pairs:
        left, right = (None if key is None else events[key] for key in (pair.left, pair.right))
        if pair.both:
            yield from _lines(for_dates, (left, _Place(BOTH, room)))
        elif right is None:
            yield from _lines(for_dates, (left, on_left))
        elif left is None or left.date == right.date:
            yield from _lines(for_dates, (left, on_left), (right, on_right))
        else:
            # A day and its month begin together, but each event is shown with its own date.
            yield from _lines(for_dates, (left, on_left))
            yield from _lines(for_dates, (None, on_left), (right, on_right))


def _stacked(pairs: Iterable[Pair], events: dict[int, _ShownEvent], width: int) -> Iterator[Line]:
    """Events below each other, under their dates."""
    date = ""
    for pair in pairs:
        for key, sign in _signs(pair).items():
            event = events[key]
            if event.date != date:
                date = event.date
                yield line(clipped(date, width), "detail")
            for index, spans in enumerate(_cell(event, _Place(sign, width))):
                yield Line(_ended(spans), () if index else (Target(key),))


def _signs(pair: Pair) -> dict[int, str]:
    """The sign of each event of a row."""
    signs = {pair.left: BOTH if pair.both else LEFT, pair.right: BOTH if pair.both else RIGHT}
    return {key: sign for key, sign in signs.items() if key is not None}


def _lines(for_dates: int, *places: tuple[_ShownEvent | None, _Place]) -> Iterator[Line]:
    """The lines of a row: the date, and each event in its place; the first line leads to the events."""
    shown = [event for event, _ in places if event is not None]
    columns = [[] if event is None else _cell(event, place) for event, place in places]
    for index, row in enumerate(zip_longest(*columns, fillvalue=())):
        date = shown[0].date if index == 0 else ""
        spans = [Span(padded(date, for_dates + _GAP), "detail")]
        for (_, place), cell in zip(places, row, strict=True):
            if len(spans) > 1:
                spans.append(Span(" " * _GAP, "gap"))
            spans += cell
            spans.append(Span(" " * (place.room - sum(cells(span.text) for span in cell)), "gap"))
        yield Line(_ended(spans), () if index else tuple(Target(event.key) for event in shown))


def _cell(event: _ShownEvent, place: _Place) -> list[list[Span]]:
    """Sign, title and status of an event in a few lines that fit its room."""
    room = place.room - 4
    texts = wrapped(clipped(event.title, _TITLE_LINES * room), room)
    texts[_TITLE_LINES - 1 :] = filter(None, [clipped(" ".join(texts[_TITLE_LINES - 1 :]), room)])
    fitting = (note for note in (event.note, event.short_note) if cells(texts[-1] + note) <= room)
    part: Part = "doubt" if event.note else "certain"
    lines = [
        [
            Span(f"{' ' if index else place.sign} ", "name"),
            Span(f"{' ' if index else event.status} ", part),
            Span(text, event.look),
        ]
        for index, text in enumerate(texts)
    ]
    if note := next(fitting, ""):
        lines[-1].append(Span(note, "doubt"))
    return lines


def _ended(spans: list[Span]) -> tuple[Span, ...]:
    """The spans without empty ones, and without blank ones at the end."""
    while spans and not spans[-1].text.strip():
        spans.pop()
    return tuple(span for span in spans if span.text)

"""The page of two sides: what each of two queries finds, in two columns on one axis of time."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.sides import compare, sides_as_typed, suggestions
from timeline_tui.dates.relative import counted_cells
from timeline_tui.dates.wording import cells as date_cells
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, padded, wrapped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.answers.sides import Pair, Side, Sides
    from timeline_tui.dates.date import Date
    from timeline_tui.query.language import Query
    from timeline_tui.timeline.rows import Row
    from timeline_tui.timeline.view import View

BOTH, LEFT, RIGHT = "═", "◂", "▸"
"""The signs of what both have, and what only one has."""

_MOST = 1_000
"""Rows of a page."""
_TWO_COLUMNS = 50
"""Cells of a page that has room for two columns."""
_LEAST_COLUMN = 20
_WIDEST_DATE = 16
_GAP = 2
_TITLE_LINES = 3
"""Lines that a title may take."""


class _Shown(NamedTuple):
    """An event as its row shows it."""

    key: int
    date: str
    title: str
    note: str
    """Whether it is established, and who says so; empty for what is confirmed."""
    short_note: str


class _Place(NamedTuple):
    """Where on a line an event stands."""

    sign: str
    room: int


def sides_page(view: View, left: Query, right: Query, width: int) -> Page:
    """Two queries compared: what each finds, how much of it both do, then the events day by day.

    Lines tell of the left event before the right one; the last ones offer other sides, as `choice`.
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


def _head(view: View, sides: Sides, width: int) -> Iterator[Line]:
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


def _others(view: View, sides: Sides, width: int) -> Iterator[Line]:
    here = {sides.left.query, sides.right.query}
    choices = [sides_as_typed(*pair) for pair in suggestions(view) if set(pair) != here]
    if choices:
        yield BLANK
    for choice in choices:
        text = clipped(one_line(choice), max(width - len("other sides: "), 0))
        yield Line((Span("other sides: ", "faint"), Span(text, "words")), (Target(choice=choice),))


def _events(view: View, pairs: Iterable[Pair]) -> dict[int, _Shown]:
    """What is shown of the events of these rows, by their keys."""
    keys = {key for pair in pairs for key in (pair.left, pair.right) if key is not None}
    positions = sorted(map(view.position_of, keys))
    found: dict[int, _Shown] = {}
    for start, stop in _runs(positions):
        for row in view.rows(start, stop):
            found[row.key] = _Shown(row.key, _date(view, row.date), row.title, *_notes(row))
    return found


def _runs(positions: list[int]) -> Iterator[tuple[int, int]]:
    """Positions one after another, as the first of them and the one after the last."""
    start = stop = -1
    for position in positions:
        if position != stop:
            if stop > start:
                yield start, stop
            start = position
        stop = position + 1
    if stop > start:
        yield start, stop


def _date(view: View, date: Date) -> str:
    if view.origin is None:
        return clipped(" ".join(filter(None, date_cells(date))), _WIDEST_DATE)
    words = view.date_in_words(date)
    if cells(words) <= _WIDEST_DATE:
        return words
    return counted_cells(date, view.origin, _WIDEST_DATE).strip()


def _notes(row: Row) -> tuple[str, str]:
    """What is said of the status, in full and in a word."""
    if row.status == "confirmed":
        return "", ""
    by = f"claimed by {', '.join(row.by)}" if row.by else ""
    full = [row.status] if row.status != "claimed" or not by else []
    return f" ({', '.join([*full, *filter(None, [by])])})", f" ({row.status})"


def _rows(pairs: Iterable[Pair], events: dict[int, _Shown], width: int) -> Iterator[Line]:
    """The rows in two columns, where both have room enough to read."""
    for_dates = max((cells(event.date) for event in events.values()), default=0)
    room = width - for_dates - _GAP
    for_left = (room - _GAP) // 2
    if width < _TWO_COLUMNS or for_left < _LEAST_COLUMN:
        yield from _stacked(pairs, events, width)
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
            # A day and its month begin together; each is told with its own date.
            yield from _lines(for_dates, (left, on_left))
            yield from _lines(for_dates, (None, on_left), (right, on_right))


def _stacked(pairs: Iterable[Pair], events: dict[int, _Shown], width: int) -> Iterator[Line]:
    """One event under another, under their dates."""
    date = ""
    for pair in pairs:
        signs = {pair.left: BOTH if pair.both else LEFT, pair.right: BOTH if pair.both else RIGHT}
        for key, sign in signs.items():
            if key is None:
                continue
            event = events[key]
            if event.date != date:
                date = event.date
                yield line(clipped(date, width), "detail")
            for index, spans in enumerate(_cell(event, _Place(sign, width))):
                yield Line(_ended(spans), () if index else (Target(key),))


def _lines(for_dates: int, *places: tuple[_Shown | None, _Place]) -> Iterator[Line]:
    """The lines of a row: its date, and each event in its place, the first line leading to them."""
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


def _cell(event: _Shown, place: _Place) -> list[list[Span]]:
    """Sign, title and status of an event in a few lines, within its room."""
    room = place.room - 2
    texts = wrapped(clipped(event.title, _TITLE_LINES * room), room)
    texts[_TITLE_LINES - 1 :] = filter(None, [clipped(" ".join(texts[_TITLE_LINES - 1 :]), room)])
    fitting = (note for note in (event.note, event.short_note) if cells(texts[-1] + note) <= room)
    note = next(fitting, None)
    if note is None:
        texts.append("")
        note = clipped(event.short_note.lstrip(), room)
    lines = [
        [Span(f"{' ' if index else place.sign} ", "differs"), Span(text, "title")]
        for index, text in enumerate(texts)
    ]
    if note:
        lines[-1].append(Span(note, "doubt"))
    return lines


def _ended(spans: list[Span]) -> tuple[Span, ...]:
    """Spans without the empty ones, nor blank ones at the end."""
    while spans and not spans[-1].text.strip():
        spans.pop()
    return tuple(span for span in spans if span.text)

"""The list of events as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.statements import status_notes
from timeline_tui.drawing.lines import count_of
from timeline_tui.text.cells import cells, wrapped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.timeline.rows import Row

_PAGE = 500
_DATE = 10
"""Width of most dates in cells."""


def listing(view: TimelineView, width: int | None = None) -> Iterator[str]:
    """The title, what is shown, then each event: `date  title  (status, remark, counts)`; without line ends.

    The events are in the order that the view has for lists.

    Args:
        view: The events to list.
        width: Width in cells to which events are wrapped; None for exactly one line for each event.
    """
    for line in (view.title, view.sentence):
        yield from [line] if width is None else wrapped(line, width)
    yield ""
    starts = range(0, view.count, _PAGE)
    for start in reversed(starts) if view.newest else starts:
        rows = view.rows(start, start + _PAGE)
        for row in reversed(rows) if view.newest else rows:
            date, text = _date(view, row), _text(row)
            yield from [f"{date:<{_DATE}}  {text}"] if width is None else _fitted(date, text, width)


def last_events(view: TimelineView, width: int, height: int) -> list[str]:
    """The title, what is shown, and the events that come last, in at most so many lines.

    Args:
        view: The events to list.
        width: In cells.
        height: In lines.
    """
    head = [*wrapped(view.title, width), *wrapped(view.sentence, width), ""]
    room = max(height - len(head), 1)
    lines: list[str] = []
    for row in view.rows(max(view.count - room, 0), view.count):
        lines += _fitted(_date(view, row), _text(row), width)
    return [*head, *lines[-room:]] if lines else head


def _fitted(date: str, text: str, width: int) -> Iterator[str]:
    """The lines of an event: its date with the text beside it, or below if the date is too long."""
    indent = _DATE + 2
    head = f"{date:<{_DATE}}  "
    if cells(head) > indent:
        yield from wrapped(date, width)
        head = " " * indent
    for line in wrapped(text, width - indent):
        yield head + line
        head = " " * indent


def _date(view: TimelineView, row: Row) -> str:
    # EDTF can be sorted and searched; counted days have no EDTF form.
    return one_line(row.date.text) if view.origin is None else view.date_in_words(row.date)


def _text(row: Row) -> str:
    counts = ((row.quotes, "quote"), (row.claims, "claim"))
    parts = (*status_notes(row), row.remark, *(count_of(number, noun) for number, noun in counts if number))
    notes = ", ".join(filter(None, parts))
    return f"{row.marked_title}  ({notes})" if notes else row.marked_title

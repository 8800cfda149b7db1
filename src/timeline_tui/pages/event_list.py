"""A view as plain text, a line an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.text.cells import cells, wrapped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.rows import Row
    from timeline_tui.timeline.view import View

_PAGE = 500
_DATE = 10
"""Cells of most dates."""


def listing(view: View, width: int | None = None) -> Iterator[str]:
    """The title, what is shown, then each event as `date  title  (status, remark, counts)`; no line ends.

    Args:
        view: What is shown.
        width: Cells of a line, of which an event then takes as many as it needs; None for one line an event.
    """
    for line in (view.title, view.sentence):
        yield from [line] if width is None else wrapped(line, width)
    yield ""
    for start in range(0, view.count, _PAGE):
        for row in view.rows(start, start + _PAGE):
            date, said = _date(view, row), _said(row)
            yield from [f"{date:<{_DATE}}  {said}"] if width is None else _fitted(date, said, width)


def _fitted(date: str, said: str, width: int) -> Iterator[str]:
    """The lines of an event: its date, and what is said beside it, or below where the date is too long."""
    indent = _DATE + 2
    head = f"{date:<{_DATE}}  "
    if cells(head) > indent:
        yield from wrapped(date, width)
        head = " " * indent
    for line in wrapped(said, width - indent):
        yield head + line
        head = " " * indent


def _date(view: View, row: Row) -> str:
    # EDTF sorts and can be searched for; days counted from another have no such form.
    return one_line(row.date.text) if view.origin is None else view.date_in_words(row.date)


def _said(row: Row) -> str:
    status = "" if row.status == "confirmed" else row.status
    by = f"claimed by {', '.join(row.by)}" if row.by else ""
    counts = _count(row.quotes, "quote"), _count(row.claims, "claim")
    said = "" if by and status == "claimed" else status, by, row.remark, *counts
    notes = [note for note in said if note]
    note = f"  ({', '.join(notes)})" if notes else ""
    return f"{row.title}{note}"


def _count(number: int, name: str) -> str:
    return "" if not number else f"{number} {name}" + ("" if number == 1 else "s")

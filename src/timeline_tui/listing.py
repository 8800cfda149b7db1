"""A view as plain text, a line an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.rows import Row
    from timeline_tui.view import View

_PAGE = 500


def listing(view: View) -> Iterator[str]:
    """The title, what is shown, then each event as `date  title  (status, remark, counts)`; no line ends."""
    yield view.title
    yield view.sentence
    yield ""
    for start in range(0, view.count, _PAGE):
        for row in view.rows(start, start + _PAGE):
            yield _line(view, row)


def _line(view: View, row: Row) -> str:
    # EDTF sorts and can be searched for; days counted from another have no such form.
    date = one_line(row.date.text) if view.origin is None else view.date_in_words(row.date)
    status = "" if row.status == "confirmed" else row.status
    by = f"claimed by {', '.join(row.by)}" if row.by else ""
    counts = _count(row.quotes, "quote"), _count(row.claims, "claim")
    said = "" if by and status == "claimed" else status, by, row.remark, *counts
    notes = [note for note in said if note]
    note = f"  ({', '.join(notes)})" if notes else ""
    return f"{date:<10}  {row.title}{note}"


def _count(number: int, name: str) -> str:
    return "" if not number else f"{number} {name}" + ("" if number == 1 else "s")

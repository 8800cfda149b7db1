"""What a typed line means: a query or a date, and the sentence that says how it was read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.date_words import in_words
from timeline_tui.dates import Date, DateError
from timeline_tui.query import Query, parse_query

if TYPE_CHECKING:
    from timeline_tui.view import View


class Asked(StrEnum):
    """What a prompt asks for."""

    FIND = "find"
    FILTER = "filter"
    GO_TO = "go to"

    @property
    def example(self) -> str:
        """Shown while nothing is typed."""
        if self is Asked.GO_TO:
            return "nov 2024 · 6 Nov 2024 · Q4 2024 · last week of October 2024 · +2 weeks · today"
        return 'troops · "day of victory" · actor:choe-son-hui · kind:vote · 2024-10..2024-11 · -munitions'


class Meaning(NamedTuple):
    """What was understood, and the answer to show."""

    answer: str
    query: Query | None = None
    date: Date | None = None
    mistake: bool = False


def meaning(asked: Asked, text: str, view: View, selected: int) -> Meaning:
    """Understand `text` as an answer to `asked`.

    Args:
        asked: What was asked.
        text: What was typed.
        view: The view in which it was asked.
        selected: Key of the event selected then, which relative dates count from; -1 for none.
    """
    if asked is Asked.GO_TO:
        return _date(text, view, selected)
    parsed = parse_query(text, view.vocabulary)
    if asked is Asked.FIND:
        count = len(view.find(parsed.query)) if parsed.query else 0
        answer = f"{count} of {view.count} events match; n and N go through them" if parsed.query else ""
    else:
        shown = view.with_query(parsed.query)
        answer = f"{shown.count} of {shown.total} events"
    if parsed.problems:
        return Meaning(str(parsed.problems[0]), parsed.query, mistake=True)
    return Meaning(answer, parsed.query)


def _date(text: str, view: View, selected: int) -> Meaning:
    if not text.strip():
        return Meaning("a date as you would write it; Enter goes to the first event on or after it")
    from timeline_tui.typed_dates import read_typed  # noqa: PLC0415  the first screen does without

    base = view.event(selected).date.earliest if 0 <= selected < view.total else None
    try:
        typed = read_typed(text, today=view.today, base=base)
    except DateError as error:
        return Meaning(f"{error.message} {error.hint}".strip(), mistake=True)
    answer = typed.note or in_words(typed.date)
    if view.count:
        nearest = view.rows(view.position_at(typed.date.earliest), view.position_at(typed.date.earliest) + 1)[
            0
        ]
        answer += f" → {in_words(nearest.date)}: {nearest.title}"
    return Meaning(answer, date=typed.date)

"""What a typed line means: a query or a date, and the sentence that says how it was read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import Date, DateError
from timeline_tui.dates.wording import day_in_words, in_words
from timeline_tui.query.language import OtherReading, Query, QueryProblem, other_reading, parse_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.timeline.background import ViewResult
    from timeline_tui.timeline.view import View


EVERYTHING = Query()


class Asked(StrEnum):
    """What a prompt asks for."""

    FIND = "find"
    FILTER = "filter"
    GO_TO = "go to"
    KNOWN_ON = "known on"
    SIDES = "two sides"

    @property
    def example(self) -> str:
        """Shown while nothing is typed."""
        if self is Asked.KNOWN_ON:
            return "3 Nov 2024 · last week · empty for all that is known"
        if self is Asked.SIDES:
            return (
                "actor:russia | actor:ukraine · language:en | language:ru · publisher:tass | -publisher:tass"
            )
        if self is Asked.GO_TO:
            return "nov 2024 · 6 Nov 2024 · Q4 2024 · last week of October 2024 · +2 weeks · today"
        return 'troops · "day of victory" · actor:choe-son-hui · kind:vote · oct 2024 · -munitions'


class Meaning(NamedTuple):
    """What was understood, and the answer to show."""

    answer: str = ""
    """Of a query, empty: what it finds is worked out elsewhere."""
    query: Query = EVERYTHING
    """What to find or to show; of a text with mistakes, the rest."""
    other: OtherReading | None = None
    """What else it may mean; None for nothing."""
    date: Date | None = None
    day: int | None = None
    """The day number that the story is to be shown as known on."""
    mistake: bool = False
    wrong_from: int = 0
    """Where the first wrong term of a query begins."""


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
    if asked is Asked.KNOWN_ON:
        return _known_on(text, view, selected)
    if asked is Asked.SIDES:
        return _sides(text, view)
    parsed = parse_query(text, view.vocabulary)
    if parsed.problems:
        problem = parsed.problems[0]
        return Meaning(str(problem), parsed.query, mistake=True, wrong_from=problem.start)
    return Meaning(query=parsed.query, other=other_reading(text, view.vocabulary))


class Tried(NamedTuple):
    """What was typed on the way to what stands in a prompt, and was right."""

    text: str
    said: Meaning


def last_right(tried: Sequence[Tried], text: str, said: Meaning) -> Meaning:
    """What to show of a text with a mistake: the last that was right before its wrong term was begun.

    On the way to `actr:x`, `actr` was no mistake, but nobody meant that word.
    """
    for earlier in reversed(tried):
        if len(earlier.text) <= said.wrong_from or not text.startswith(earlier.text):
            return earlier.said
    return Meaning(query=said.query)


def outcome(asked: Asked, said: Meaning, findings: ViewResult) -> str:
    """What came of a query, as the answer to show."""
    view, found = findings.view, findings.found
    answer = f"{view.count:,} of {view.total:,} events"
    if asked is Asked.FIND:
        if not findings.request.search:
            return ""
        answer = f"{len(found):,} of {view.count:,} events match; n and N go through them"
    if said.other is None or not findings.other_count:
        return answer
    typed = said.other.typed
    return f'{answer} · {typed} is read as a date; as words, "{typed}": {findings.other_count:,}'


def _sides(text: str, view: View) -> Meaning:
    from timeline_tui.answers.sides import parse_sides  # noqa: PLC0415  not before it is asked for

    if not text.strip():
        return Meaning("two queries with | between them; Enter shows them next to each other")
    sides = parse_sides(text, view.vocabulary)
    if isinstance(sides, QueryProblem):
        return Meaning(str(sides), mistake=True)
    counts = [f"{len(view.find(query)):,}" for query in sides]
    return Meaning(f"{counts[0]} events on the left, {counts[1]} on the right")


def _known_on(text: str, view: View, selected: int) -> Meaning:
    if not text.strip():
        return Meaning("a day as you would write it; Enter without one shows all that is known")
    from timeline_tui.dates.typed import read_typed  # noqa: PLC0415  the first screen does without

    base = view.event(selected).date.earliest if 0 <= selected < view.total else None
    try:
        typed = read_typed(text, today=view.today, base=base)
    except DateError as error:
        return Meaning(f"{error.message} {error.hint}".strip(), mistake=True)
    if typed.date.earliest > view.today:
        return Meaning(f"nobody knows yet what will be known on {in_words(typed.date)}", mistake=True)
    day = min(typed.date.latest, view.today)
    return Meaning(f"the story as known on {day_in_words(day)}", date=typed.date, day=day)


def _date(text: str, view: View, selected: int) -> Meaning:
    if not text.strip():
        return Meaning("a date as you would write it; Enter goes to the first event on or after it")
    from timeline_tui.dates.typed import read_typed  # noqa: PLC0415  the first screen does without

    base = view.event(selected).date.earliest if 0 <= selected < view.total else None
    try:
        typed = read_typed(text, today=view.today, base=base)
    except DateError as error:
        return Meaning(f"{error.message} {error.hint}".strip(), mistake=True)
    answer = typed.note or in_words(typed.date)
    if view.count and view.day_of(view.count - 1) < typed.date.earliest:
        last = view.rows(view.count - 1, view.count)[0]
        answer += f" → nothing from then on; the last is {view.date_in_words(last.date)}: {last.title}"
    elif view.count:
        nearest = view.rows(view.position_at(typed.date.earliest), view.position_at(typed.date.earliest) + 1)[
            0
        ]
        answer += f" → {view.date_in_words(nearest.date)}: {nearest.title}"
    return Meaning(answer, date=typed.date)

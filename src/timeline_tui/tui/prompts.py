"""What each prompt asks for, and how typed text is interpreted. No Textual here."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import Date, DateError
from timeline_tui.dates.wording import day_in_words, in_words
from timeline_tui.drawing.lines import count_of
from timeline_tui.query.language import WORD, OtherReading, Query, QueryProblem, other_reading, parse_query
from timeline_tui.text.sanitize import begins_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.timeline.background import ViewResult
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.keys import Command


EVERYTHING = Query()
_MOST_TOPICS = 2_000
"""The greatest number of questions that are searched while a word is typed."""


class PromptKind(StrEnum):
    """What a prompt asks for. The value is its label."""

    FIND = "find"
    FILTER = "filter"
    GO_TO = "go to"
    KNOWN_ON = "known on"
    SIDES = "two sides"
    COMMAND = ":"
    NOTE = "your note"

    @property
    def example(self) -> str:
        """Examples, shown until something is typed."""
        is_told = self in (PromptKind.NOTE, PromptKind.KNOWN_ON)
        return _EXAMPLES[self] if is_told else f"for example {_EXAMPLES[self]}"


_EXAMPLES = {
    PromptKind.FIND: 'troops · "day of victory" · actor:choe-son-hui · kind:vote · oct 2024 · -munitions',
    PromptKind.FILTER: 'troops · "day of victory" · actor:choe-son-hui · kind:vote · oct 2024 · -munitions',
    PromptKind.GO_TO: "nov 2024 · 6 Nov 2024 · Q4 2024 · last week of October 2024 · +2 weeks · today",
    PromptKind.KNOWN_ON: "for example 3 Nov 2024 · last week · empty for all that is known",
    PromptKind.SIDES: (
        "actor:russia | actor:ukraine · language:en | language:ru · publisher:tass | -publisher:tass"
    ),
    PromptKind.NOTE: "what you think of this event; only you see it",
    PromptKind.COMMAND: "questions · sources · goto nov 2024 · known-on 3 nov 2024 · filter kind:vote",
}


class Interpretation(NamedTuple):
    """What typed text means, and the answer to show."""

    answer: str = ""
    """Empty for a query: what it finds is worked out elsewhere."""
    query: Query = EVERYTHING
    """What to find or to show; of a text with mistakes, the valid terms."""
    other: OtherReading | None = None
    """What else the text may mean; None if it has one meaning."""
    date: Date | None = None
    day: int | None = None
    """The day number that the timeline is to be shown as known on."""
    mistake: bool = False
    wrong_from: int = 0
    """Where in the text the first wrong term of a query begins."""
    command: Command | None = None
    """The command that was typed."""
    argument: str = ""
    """What the command is to act on."""


class Attempt(NamedTuple):
    """A text that stood in the prompt before and was valid."""

    text: str
    meaning: Interpretation


def interpret(kind: PromptKind, text: str, view: View, selected: int) -> Interpretation:
    """What a typed text means.

    Args:
        kind: What was asked.
        text: What was typed.
        view: The view in which it was asked.
        selected: Key of the event selected then, which relative dates count from; -1 for none.
    """
    if (about_event := _ABOUT_EVENT.get(kind)) is not None:
        return about_event(text, view, selected)
    if kind is PromptKind.SIDES:
        return _sides(text, view)
    if kind is PromptKind.COMMAND:
        from timeline_tui.tui.command_line import read_command  # noqa: PLC0415  not before the first frame

        return read_command(text, view, selected)
    around = None
    if 0 <= selected < view.total:
        date = view.date_of(selected)
        around = (date.earliest, date.latest)
    parsed = parse_query(text, view.vocabulary, around)
    if parsed.problems:
        problem = parsed.problems[0]
        return Interpretation(str(problem), parsed.query, mistake=True, wrong_from=problem.start)
    return Interpretation(query=parsed.query, other=other_reading(text, view.vocabulary, around))


def last_valid(attempts: Sequence[Attempt], text: str, meaning: Interpretation) -> Interpretation:
    """What to show of a text with a mistake: the last valid text before its wrong term was begun.

    While `actr:x` is typed, `actr` alone is valid, but it is not the word that was meant.
    """
    for earlier in reversed(attempts):
        if len(earlier.text) <= meaning.wrong_from or not text.startswith(earlier.text):
            return earlier.meaning
    return Interpretation(query=meaning.query)


def results_in_words(kind: PromptKind, meaning: Interpretation, results: ViewResult, selected: int) -> str:
    """How many events a query found, as the answer to show.

    Args:
        kind: What was asked.
        meaning: Of what was typed.
        results: What was found.
        selected: Key of the event from which on was searched.
    """
    view, matches = results.view, results.found
    answer = f"{view.count:,} of {view.total:,} events"
    if kind is PromptKind.FIND:
        if not results.request.search:
            return ""
        answer = f"{len(matches):,} of {view.count:,} events match; n and N go through them"
        here = view.position_of(max(selected, 0))
        if matches and (matches[0] > here if view.newest else matches[-1] < here):
            answer += "; none from here on, so this is the first from the top"
        answer += _questions_too(view, meaning)
    if meaning.other is None or not results.other_count:
        return answer
    typed = meaning.other.typed
    return f'{answer} · {typed} is read as a date; as words, "{typed}": {results.other_count:,}'


def _questions_too(view: View, meaning: Interpretation) -> str:
    """How many questions have the words that were looked for in events; empty for none."""
    terms = tuple(meaning.query)
    if not terms or any(term.field != WORD or term.excluded for term in terms):
        return ""
    typed = [word for term in terms for word in words(term.value)]
    topics = view.vocabulary.known("topic", islice(view.header.topics, _MOST_TOPICS))
    number = sum(begins_words(typed, view.label("topic", id_)) for id_ in topics)
    if not number:
        return ""
    have, them = ("has", "it") if number == 1 else ("have", "them")
    return f" · {count_of(number, 'question')} {have} it: Ctrl+P finds {them}"


def _note(text: str, view: View, selected: int) -> Interpretation:
    if not 0 <= selected < view.total:
        return Interpretation("No event is selected.", mistake=True)
    about = f"on {view.title_of(selected)}"
    if not text.strip():
        return Interpretation(f"type a note {about}; Enter without one leaves the event without a note")
    return Interpretation(f"a note {about}, which only you see")


def _sides(text: str, view: View) -> Interpretation:
    from timeline_tui.answers.sides import parse_sides  # noqa: PLC0415  not before the first frame

    if not text.strip():
        return Interpretation("type two queries with | between them; Enter shows them next to each other")
    sides = parse_sides(text, view.vocabulary)
    if isinstance(sides, QueryProblem):
        return Interpretation(str(sides), mistake=True)
    counts = [f"{len(view.find(query)):,}" for query in sides]
    return Interpretation(f"{counts[0]} events on the left, {counts[1]} on the right")


def _what_is_wrong(error: DateError) -> str:
    return "; ".join(filter(None, (error.message, error.hint)))


def _known_on(text: str, view: View, selected: int) -> Interpretation:
    if not text.strip():
        return Interpretation("type a day as you would write it; Enter without a day shows all that is known")
    from timeline_tui.dates.typed import read_typed  # noqa: PLC0415  not before the first frame

    base = view.event(selected).date.earliest if 0 <= selected < view.total else None
    try:
        typed = read_typed(text, today=view.today, base=base)
    except DateError as error:
        return Interpretation(_what_is_wrong(error), mistake=True)
    if typed.date.earliest > view.today:
        return Interpretation(f"{in_words(typed.date)} is in the future; type a past day", mistake=True)
    day = min(typed.date.latest, view.today)
    return Interpretation(f"the timeline as known on {day_in_words(day)}", date=typed.date, day=day)


def _date(text: str, view: View, selected: int) -> Interpretation:
    if not text.strip():
        return Interpretation(
            "type a date as you would write it; Enter goes to the first event on or after it"
        )
    from timeline_tui.dates.typed import read_typed  # noqa: PLC0415  not before the first frame

    base = view.event(selected).date.earliest if 0 <= selected < view.total else None
    try:
        typed = read_typed(text, today=view.today, base=base)
    except DateError as error:
        return Interpretation(_what_is_wrong(error), mistake=True)
    answer = typed.note or in_words(typed.date)
    if view.count and view.day_of(view.count - 1) < typed.date.earliest:
        last = view.rows(view.count - 1, view.count)[0]
        answer += f" → no events from then on; the last is {view.date_in_words(last.date)}: {last.title}"
    elif view.count:
        nearest = view.rows(view.position_at(typed.date.earliest), view.position_at(typed.date.earliest) + 1)[
            0
        ]
        answer += f" → {view.date_in_words(nearest.date)}: {nearest.title}"
    return Interpretation(answer, date=typed.date)


_ABOUT_EVENT = {PromptKind.GO_TO: _date, PromptKind.KNOWN_ON: _known_on, PromptKind.NOTE: _note}
"""By what is asked, the meaning of a text that depends on the selected event."""


def completions(kind: PromptKind, text: str, view: View) -> list[str]:
    """The texts that a typed text can become."""
    from timeline_tui.tui import command_line  # noqa: PLC0415  not before the first frame

    if kind is PromptKind.COMMAND:
        return command_line.completions(text, view)
    return command_line.query_completions(text, view) if kind in (PromptKind.FIND, PromptKind.FILTER) else []

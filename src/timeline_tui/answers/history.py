"""How a record came to stand as it does: its statuses, updates, outcomes, offices and corrections in words.

All text is visible and on one line, without a full stop.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline_tui.answers.provenance import source_name
from timeline_tui.answers.statements import value_in_words
from timeline_tui.model.histories import claimed_by, disputed_by, values_before_updates
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.model.histories import FieldValues
    from timeline_tui.model.records import (
        Actor,
        Citation,
        Claim,
        Event,
        Media,
        Place,
        Quote,
        Role,
        Source,
        StatementStatusEntry,
        StatusEntry,
        Topic,
        Update,
        Wording,
    )
    from timeline_tui.timeline.protocol import TimelineView

    _Entries = Sequence[StatusEntry | StatementStatusEntry]

_EVENT_WORDS: Final = {"confirmed": "held to have happened"}
"""What the statuses of events are called, where the word of the file would be misread."""
EDITORS_TITLE: Final = "The title is the editor’s, not the source’s own"
_PLANS: Final = ("scheduled", "postponed", "cancelled")
"""Statuses of what is still to come. Who gives one announces it; it need not be who plans the event."""
_PAST: Final = {"withdrawn": "withdrew", **dict.fromkeys(_PLANS, "announced")}
"""The past tense of statuses that is not the same word."""


class SourcedText(NamedTuple):
    """A sentence about a record, the sources that report it, and the part of the event that it is about."""

    text: str
    sources: tuple[Citation, ...] = ()
    path: tuple[str | int, ...] = ()
    """Where the part is in its event: `("statuses", 1)`; empty for the event itself."""


def event_history(view: TimelineView, event: Event) -> Iterator[SourcedText]:
    """What changed of an event: its statuses, updates and outcomes with their days, and media."""
    yield from _status_history(view, event.statuses, (), _EVENT_WORDS)
    yield from _update_history(view, event)
    yield from _outcome_history(view, event)
    yield from _media(view, event.media)


def claimed_and_disputed(view: TimelineView, event: Event) -> str:
    """`claimed by the United States, disputed by North Korea`; empty where nobody is named.

    A status that has lost all its sources no longer counts, unless all have.
    """
    standing = [entry for entry in event.statuses if not _is_fallen(view, entry)] or event.statuses
    claiming = event.by if not standing else claimed_by(standing)
    sides = [("claimed", claiming), ("disputed", disputed_by(standing))]
    return ", ".join(f"{verb} by {_names(view, ids)}" for verb, ids in sides if ids)


def status_in_words(view: TimelineView, event: Event) -> str:
    """`happened`, `disputed, claimed by Ukraine`; empty for an event of another format without a status."""
    status = view.status_of(event)
    # An actor who is named beside a plain word claims it, also where others dispute or deny it.
    sides = claimed_and_disputed(view, event)
    if sides.startswith(f"{status} by"):
        return sides
    return ", ".join(filter(None, [status_word(status), sides]))


def _is_fallen(view: TimelineView, entry: StatusEntry) -> bool:
    return bool(entry.sources) and all(citation.id in view.gone for citation in entry.sources)


def statement_history(
    view: TimelineView, statement: Quote | Claim, path: tuple[str | int, ...] = ()
) -> Iterator[SourcedText]:
    """The statuses of a quote or claim, the last one first.

    Args:
        view: The view that knows the names.
        statement: The quote or claim.
        path: Where it is in its event.
    """
    if statement.statuses:
        yield from _status_history(view, statement.statuses, path, {})
    elif statement.status is not None:
        yield SourcedText(statement.status.capitalize(), path=path)


def wording_facts(wording: Wording) -> Iterator[str]:
    """What kind of version a wording is."""
    if wording.original:
        yield "the words as spoken"
    if wording.kind == "paraphrase":
        yield "a paraphrase, not the speaker’s words"


def source_history(view: TimelineView, source: Source) -> Iterator[str]:
    """What happened to a source: a retraction, corrections; whether the title is its own; its media."""
    yield from _retraction_and_corrections(view, source)
    if source.title_basis == "editor":
        yield EDITORS_TITLE
    yield from (media.text for media in _media(view, source.media))


def corrections_of(view: TimelineView, citations: Iterable[Citation]) -> Iterator[str]:
    """The retractions and corrections of cited sources, each with the name of its source."""
    for id_ in dict.fromkeys(citation.id for citation in citations):
        source = view.source(id_)
        if source is not None:
            for sentence in _retraction_and_corrections(view, source):
                yield f"{source_name(view, id_)}: {sentence[0].lower()}{sentence[1:]}"


def actor_history(view: TimelineView, actor: Actor) -> Iterator[str]:
    """The offices of an actor with their days, and what was learned later."""
    if len(actor.roles) > 1 or any(role.until for role in actor.roles):
        for role in actor.roles:
            days = _days(view, role.from_, role.until)
            yield f"{_office(view, role)}{days}{_cited(view, role.sources)}"
    yield from _text_updates(view, actor)


def _office(view: TimelineView, role: Role) -> str:
    """`Ambassador to the UN (for Russia)`; the body is left out where the office names it itself."""
    office = one_line(role.role) or "Office"
    body = view.actor_name(role.of) if role.of else ""
    return f"{office} (for {body})" if body and body not in office else office


def offices_after(view: TimelineView, actor_id: str, day: int) -> Iterator[str]:
    """The offices that an actor took up after a day number: `First Secretary since 3 May 2024`."""
    actor = view.actor(actor_id)
    for role in actor.roles if actor is not None else ():
        if role.from_ is not None and role.from_.earliest > day and role.role:
            yield f"{one_line(role.role)} since {view.date_in_words(role.from_)}"


def topic_history(view: TimelineView, topic: Topic) -> Iterator[str]:
    """How a question was put before, what was learned about it, and how it was settled."""
    yield from question_history(view, topic)
    yield from settled_answers(view, topic)


def question_history(view: TimelineView, topic: Topic) -> Iterator[str]:
    """How a question was put before, and what was learned about it."""
    question = one_line(topic.first_question)
    for update in topic.updates:
        if update.text:
            yield f"{_learned(view, update.known)}: {_sentence(update.text)}"
        if update.question:
            before = f"; before: {question}" if question else ""
            question = one_line(update.question)
            yield f"Question since {view.date_in_words(update.known)}: {question}{before}"


def settled_answers(view: TimelineView, topic: Topic) -> Iterator[str]:
    """What a question came to: `Settled on 1 June 2024: 9,000 shells, as of 1 May 2024, by Southland`."""
    for answer in topic.settled:
        day = view.date_in_words(answer.known)
        by = f", by {_names(view, answer.by)}" if answer.by else ""
        as_of = f", as of {view.date_in_words(answer.as_of)}" if answer.as_of else ""
        note = f" ({_sentence(answer.note)})" if answer.note else ""
        value = value_in_words(answer.value, topic)
        result = f"Open again since {day}" if answer.open else f"Settled on {day}: {value}"
        yield f"{result}{as_of}{by}{note}{_cited(view, answer.sources)}"


def place_facts(view: TimelineView, place: Place) -> Iterator[str]:
    """What is known of a place beside its name."""
    if place.within:
        yield f"within {view.place_name(place.within)}"
    if place.lat is not None and place.lon is not None:
        near = f", to {place.precision:g} km" if place.precision else ""
        yield f"at {place.lat:g}, {place.lon:g}{near}"
    if place.aliases:
        yield f"also {', '.join(map(one_line, place.aliases))}"
    if place.description:
        yield _sentence(place.description)
    yield from _text_updates(view, place)


def _status_history(
    view: TimelineView, entries: _Entries, path: tuple[str | int, ...], called: dict[str, str]
) -> Iterator[SourcedText]:
    """`Disputed since 22 September 2022, when North Korea disputed it`, then what it was before.

    Entries in a row with the same status are one status, which others joined later.
    """
    numbered = list(enumerate(entries))
    runs = [list(run) for _, run in groupby(numbered, key=lambda pair: pair[1].is_)]
    for run in reversed(runs):
        for number, entry in run:
            if number > run[0][0]:
                text = _joined(view, entry)
            else:
                text = _standing(view, entry, called.get(entry.is_, entry.is_), is_last=run is runs[-1])
            note = f" ({_sentence(entry.note)})" if entry.note else ""
            yield SourcedText(f"{text}{note}", entry.sources, (*path, "statuses", number))


def _standing(
    view: TimelineView, entry: StatusEntry | StatementStatusEntry, word: str, *, is_last: bool
) -> str:
    names = _names(view, entry.by)
    since = f" since {view.date_in_words(entry.known)}" if entry.known else ""
    if not is_last:
        by = (
            f" {'as announced by' if entry.is_ in _PLANS else 'by'} {names}{',' if since else ''}"
            if names
            else ""
        )
        return f"Before: {word}{by}{since}"
    done = f"{',' if since else ':'} {'when ' if since else ''}{names} {_past(entry.is_)} it" if names else ""
    return f"{word[0].upper()}{word[1:]}{since}{done}"


def _joined(view: TimelineView, entry: StatusEntry | StatementStatusEntry) -> str:
    """Another entry of the same status: `23 September 2022: Russia disputed it too`."""
    when = f"{view.date_in_words(entry.known)}: " if entry.known else ""
    names = _names(view, entry.by)
    return f"{when}{names} {_past(entry.is_)} it too" if names else f"{when}{entry.is_} again"


def _past(status: str) -> str:
    return _PAST.get(status, status)


def _update_history(view: TimelineView, event: Event) -> Iterator[SourcedText]:
    """What each update says, and what it replaced: `Title since 3 May 2024: “B”; before: “A”`."""
    values = values_before_updates(event)
    for number, update in enumerate(event.updates):
        path = "updates", number
        if update.text:
            text = f"{_learned(view, update.known)}: {_sentence(update.text)}"
            yield SourcedText(text, update.sources, path)
        for name, text in _replaced(view, values, update):
            values[name] = getattr(update, name)
            yield SourcedText(text, update.sources, path)


def _replaced(view: TimelineView, values: FieldValues, update: Update) -> Iterator[tuple[str, str]]:
    """The fields that an update replaces, each with the sentence that says so."""
    in_words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "title": ("Title", lambda title: f"“{one_line(title)}”"),
        "date": ("Date", view.date_in_words),
        "place": ("Place", view.place_name),
        "actors": ("Took part", lambda ids: ", ".join(map(view.actor_name, ids))),
        "outcome": ("Outcome", _sentence),
    }
    since = view.date_in_words(update.known)
    for name, (label, words) in in_words.items():
        earlier = values.get(name)
        value = getattr(update, name)
        if value and value != earlier:
            before = f"; before: {words(earlier)}" if earlier else ""
            yield name, f"{label} since {since}: {words(value)}{before}"


def _outcome_history(view: TimelineView, event: Event) -> Iterator[SourcedText]:
    """The outcomes, if there is more to say of them than their text."""
    outcomes = event.outcomes
    if len(outcomes) < 2 and not any(outcome.known or outcome.sources for outcome in outcomes):
        return
    before = ""
    for number, outcome in enumerate(outcomes):
        since = f" since {view.date_in_words(outcome.known)}" if outcome.known else ""
        text = _sentence(outcome.text)
        yield SourcedText(f"Outcome{since}: {text}{before}", outcome.sources, ("outcomes", number))
        before = f"; before: {text}"


def _media(view: TimelineView, items: Iterable[Media]) -> Iterator[SourcedText]:
    """Pictures, recordings and documents, each with its place."""
    for item in items:
        date = view.date_in_words(item.date) if item.date else ""
        facts = [one_line(item.caption), one_line(item.credit), date, one_line(item.path), one_line(item.url)]
        yield SourcedText(f"Media: {', '.join(fact for fact in facts if fact)}")


def _retraction_and_corrections(view: TimelineView, source: Source) -> Iterator[str]:
    if (retracted := source.retracted) is not None:
        by = f" by {one_line(retracted.by)}" if retracted.by else ""
        note = f": {_sentence(retracted.note)}" if retracted.note else ""
        address = f" ({one_line(retracted.url)})" if retracted.url else ""
        yield f"Retracted on {view.date_in_words(retracted.known)}{by}{note}{address}"
    for correction in source.corrections:
        address = f" ({one_line(correction.url)})" if correction.url else ""
        yield f"Corrected on {view.date_in_words(correction.known)}: {_sentence(correction.text)}{address}"


def _text_updates(view: TimelineView, record: Actor | Place) -> Iterator[str]:
    for update in record.updates:
        yield f"{_learned(view, update.known)}: {_sentence(update.text)}"


def _learned(view: TimelineView, known: Date) -> str:
    return f"Learned on {view.date_in_words(known)}"


def _days(view: TimelineView, start: Date | None, end: Date | None) -> str:
    since = f" from {view.date_in_words(start)}" if start else ""
    return since + (f" until {view.date_in_words(end)}" if end else "")


def _names(view: TimelineView, ids: Iterable[str]) -> str:
    """`Ann, Ben and Cleo`."""
    *others, last = map(view.actor_name, ids) if ids else [""]
    return f"{', '.join(others)} and {last}" if others else last


def _cited(view: TimelineView, citations: Iterable[Citation]) -> str:
    names = [source_name(view, citation.id) for citation in citations]
    return f" ({', '.join(names)})" if names else ""


def _sentence(text: str) -> str:
    return one_line(text).rstrip(".")

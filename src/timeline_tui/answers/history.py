"""How a record came to be as it stands: its statuses, updates, outcomes and corrections in words.

All text is visible and on one line, without a full stop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.provenance import source_name
from timeline_tui.model.histories import claimed_by, disputed_by
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import (
        Actor,
        Citation,
        Claim,
        Event,
        Media,
        Place,
        Quote,
        Source,
        StatementStatusEntry,
        StatusEntry,
        Topic,
        Update,
        Wording,
    )
    from timeline_tui.timeline.protocol import TimelineView

    _Entries = Sequence[StatusEntry | StatementStatusEntry]


class Told(NamedTuple):
    """A sentence about a record, and where it is reported."""

    text: str
    sources: tuple[Citation, ...] = ()


def history_of(view: TimelineView, event: Event) -> Iterator[Told]:
    """What changed of an event: its statuses, what it was called first, updates, outcomes, media."""
    yield from statuses(view, event.statuses)
    yield from _firsts(view, event)
    for update in event.updates:
        yield Told(_update(view, update.known, update.text, _changes(view, update)), update.sources)
    if len(event.outcomes) > 1 or any(outcome.known or outcome.sources for outcome in event.outcomes):
        for outcome in event.outcomes:
            known = f", as known on {view.date_in_words(outcome.known)}" if outcome.known else ""
            yield Told(f"Outcome: {_sentence(outcome.text)}{known}", outcome.sources)
    yield from media(view, event.media)


def statuses(view: TimelineView, entries: _Entries) -> Iterator[Told]:
    """`Disputed since 22 September 2022, by North Korea`, the last one first; each with its note."""
    for number, entry in enumerate(reversed(entries)):
        since = f" since {view.date_in_words(entry.known)}" if entry.known else ""
        by = f", by {', '.join(map(view.actor_name, entry.by))}" if entry.by else ""
        word = entry.is_ if number else entry.is_.capitalize()
        note = f" ({_sentence(entry.note)})" if entry.note else ""
        yield Told(f"{'Before: ' * bool(number)}{word}{since}{by}{note}", entry.sources)


def said_by_sides(view: TimelineView, event: Event) -> str:
    """`claimed by the United States, disputed by North Korea`; empty where nobody is named."""
    claiming = event.by if not event.statuses else claimed_by(event.statuses)
    sides = [("claimed", claiming), ("disputed", disputed_by(event.statuses))]
    return ", ".join(f"{verb} by {', '.join(map(view.actor_name, ids))}" for verb, ids in sides if ids)


def of_said(view: TimelineView, said: Quote | Claim) -> Iterator[Told]:
    """What is held of a quote or claim."""
    if said.statuses:
        yield from statuses(view, said.statuses)
    elif said.status is not None:
        yield Told(said.status.capitalize())


def of_wording(wording: Wording) -> Iterator[str]:
    """What kind of version a wording is."""
    if wording.original:
        yield "the words first said"
    if wording.kind == "paraphrase":
        yield "a paraphrase, not the speaker’s words"


def of_source(view: TimelineView, source: Source) -> Iterator[str]:
    """What became of a source: that it was retracted, corrected; whose title it has."""
    if (retracted := source.retracted) is not None:
        by = f" by {one_line(retracted.by)}" if retracted.by else ""
        note = f": {_sentence(retracted.note)}" if retracted.note else ""
        address = f" ({one_line(retracted.url)})" if retracted.url else ""
        yield f"Retracted on {view.date_in_words(retracted.known)}{by}{note}{address}"
    for correction in source.corrections:
        address = f" ({one_line(correction.url)})" if correction.url else ""
        yield f"Corrected on {view.date_in_words(correction.known)}: {_sentence(correction.text)}{address}"
    if source.title_basis == "editor":
        yield "The title is the editor’s"
    yield from (told.text for told in media(view, source.media))


def doubts(view: TimelineView, citations: Iterable[Citation]) -> Iterator[str]:
    """What beside a statement is to be said of its sources: that one was retracted or corrected."""
    for citation in citations:
        source = view.source(citation.id)
        if source is not None and (source.retracted or source.corrections):
            name = one_line(source.publisher) or one_line(source.title)
            yield from (f"{name}: {said[0].lower()}{said[1:]}" for said in of_source(view, source))


def of_actor(view: TimelineView, actor: Actor) -> Iterator[str]:
    """The offices of an actor with their days, and what was learned later."""
    if len(actor.roles) > 1 or any(role.until for role in actor.roles):
        for role in actor.roles:
            of = f" of {view.actor_name(role.of)}" if role.of else ""
            days = _days(view, role.from_, role.until)
            yield f"{one_line(role.role) or 'Office'}{of}{days}{_cited(view, role.sources)}"
    yield from _text_updates(view, actor)


def of_topic(view: TimelineView, topic: Topic) -> Iterator[str]:
    """How a question was put before, what was learned about it, and what it came to."""
    if topic.first_question:
        yield f"Asked first: {one_line(topic.first_question)}"
    for update in topic.updates:
        asked = [f"asked since: {one_line(update.question)}"] if update.question else []
        yield _update(view, update.known, update.text, asked)
    for answer in topic.settled:
        day = view.date_in_words(answer.known)
        by = f", by {', '.join(map(view.actor_name, answer.by))}" if answer.by else ""
        of = f", as of {view.date_in_words(answer.as_of)}" if answer.as_of else ""
        note = f" ({_sentence(answer.note)})" if answer.note else ""
        said = f"Open again since {day}" if answer.open else f"Settled on {day}: {one_line(answer.value)}"
        yield f"{said}{of}{by}{note}{_cited(view, answer.sources)}"


def of_place(view: TimelineView, place: Place) -> Iterator[str]:
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


def media(view: TimelineView, items: Iterable[Media]) -> Iterator[Told]:
    """What there is to see and hear, each with where it lies."""
    for item in items:
        date = view.date_in_words(item.date) if item.date else ""
        facts = [one_line(item.caption), one_line(item.credit), date, one_line(item.path), one_line(item.url)]
        yield Told(f"To see: {', '.join(fact for fact in facts if fact)}")


def _firsts(view: TimelineView, event: Event) -> Iterator[Told]:
    first = event.before_updates
    if first is None:
        return
    if first.title is not None:
        yield Told(f"Called first: {one_line(first.title)}")
    if first.date is not None:
        yield Told(f"Dated first: {view.date_in_words(first.date)}")
    if first.place:
        yield Told(f"Placed first: {view.place_name(first.place)}")
    if first.outcome:
        yield Told(f"Outcome first: {_sentence(first.outcome)}")


def _changes(view: TimelineView, update: Update) -> list[str]:
    """What an update changes, beside its text."""
    said = []
    if update.title:
        said.append(f"called since: {one_line(update.title)}")
    if update.date is not None:
        said.append(f"dated since: {view.date_in_words(update.date)}")
    if update.place:
        said.append(f"placed since: {view.place_name(update.place)}")
    if update.actors:
        said.append(f"took part: {', '.join(map(view.actor_name, update.actors))}")
    if update.outcome:
        said.append(f"outcome: {_sentence(update.outcome)}")
    return said


def _update(view: TimelineView, known: Date, text: str, changes: Sequence[str]) -> str:
    told = [_sentence(text)] if text else []
    return f"Known since {view.date_in_words(known)}: {'; '.join([*told, *changes])}"


def _text_updates(view: TimelineView, record: Actor | Place) -> Iterator[str]:
    for update in record.updates:
        yield _update(view, update.known, update.text, [])


def _days(view: TimelineView, start: Date | None, end: Date | None) -> str:
    since = f" from {view.date_in_words(start)}" if start else ""
    return since + (f" until {view.date_in_words(end)}" if end else "")


def _cited(view: TimelineView, citations: Iterable[Citation]) -> str:
    names = [source_name(view, citation.id) for citation in citations]
    return f" ({', '.join(names)})" if names else ""


def _sentence(text: str) -> str:
    return one_line(text).rstrip(".")

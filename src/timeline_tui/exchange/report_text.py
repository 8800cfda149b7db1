"""The sentences and lists of a report on a view, the same for Markdown and HTML; and its numbered sources.

Hidden characters are visible in every text; nothing is escaped for a format yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.answers.history import actor_history, source_history
from timeline_tui.answers.provenance import is_later, source_name
from timeline_tui.answers.support import reason_fallen, state_of_source
from timeline_tui.dates.date import BEGINNING, Date
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.edtf import END, Interval, Moment, Several, bounds
from timeline_tui.dates.months import MONTHS
from timeline_tui.dates.wording import day_in_words, year_in_words
from timeline_tui.exchange.named import citations_in, named_by_events
from timeline_tui.model.histories import parts_of
from timeline_tui.text import addresses
from timeline_tui.text.languages import is_language_tag, language_name
from timeline_tui.text.sanitize import one_line, visible
from timeline_tui.timeline.rows import remark
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.model.records import Citation, Claim, Event, Quote, Record, Source, Wording
    from timeline_tui.model.support import Path
    from timeline_tui.timeline.view import View


BACKWARD: Final = "← "
"""The prefix of the relation of a link that leads to the event being described."""
_ENDS_A_LINK = re.compile(r"[<>\"\\`]")


class Period(NamedTuple):
    """The headings that an event is listed under."""

    year: str
    """`2024`; `2010 to 2019` if no single year is known."""
    month: str
    """`November 2024`; empty if no single month is known."""


class Link(NamedTuple):
    """A link of an event, as seen from this event."""

    relation: str
    """`leads to`, `← responds to`."""
    key: int
    """The key of the other event; -1 if the timeline has no such event."""
    title: str
    is_here: bool
    """Whether the other event is in the view."""


def preface(view: View) -> list[str]:
    """Which events the report shows, and as known on which day; one sentence each."""
    sentences = [f"{view.sentence}."]
    if view.known_on is not None:
        day = day_in_words(view.as_of)
        sentences.append(f"Shown as known on {day}: anything that became known later is left out.")
    elif view.count and view.order.standing[view.count - 1] > view.as_of:
        sentences.append(f"Events after {day_in_words(view.as_of)} are shown as scheduled.")
    if view.header.updated and view.known_on is None:
        sentences.append(f"Last updated: {view.date_in_words(view.header.updated)}.")
    return sentences


def period(date: Date) -> Period:
    """The headings for an event of that date: year and month of its start, as precisely as they are known."""
    first, last = _beginning(date)
    if first == BEGINNING:
        return Period("Start unknown", "")
    (year, month, _), (to_year, to_month, _) = to_civil(first), to_civil(last)
    if year != to_year:
        return Period(f"{year_in_words(year)} to {year_in_words(to_year)}", "")
    named = year_in_words(year)
    return Period(named, f"{MONTHS[month - 1]} {named}" if month == to_month else "")


def _beginning(date: Date) -> tuple[int, int]:
    """The first and the last day on which something with that date may have begun."""
    form = date.form
    if isinstance(form, Several) and form.every:
        return min(bounds(member)[:2] for member in form.members)
    if isinstance(form, Interval):
        if not isinstance(form.start, Moment):
            return BEGINNING, BEGINNING
        return bounds(form.start)[:2]
    return date.earliest, date.latest if date.latest != END else date.earliest


def outcome(view: View, event: Event) -> str:
    """The outcome of an event; empty before its date."""
    return one_line(event.outcome) if event.date.earliest <= view.as_of else ""


def history(view: View, event: Event, *, with_distance: bool = True) -> Iterator[str]:
    """When an event became known, and the dates that it was planned for before.

    Args:
        view: The view that knows the names of days.
        event: The event.
        with_distance: Whether it is also said how long before or after the event that was.
    """
    if event.known is not None:
        yield f"Known on {view.date_in_words(event.known)}"
    for plan in event.postponed:
        known = f", as known on {view.date_in_words(plan.known)}" if plan.known else ""
        yield f"Planned for {view.date_in_words(plan.date)}{known}"
    if with_distance and (note := remark(event)):
        yield f"{note[0].upper()}{note[1:]}"


def participants(view: View, event: Event) -> list[str]:
    """`Ada Brown (guest)` for each actor of an event."""
    return [
        view.actor_name(id_) + (f" ({one_line(role)})" if role else "") for id_, role in event.actors.items()
    ]


def words(spoken: Quote | Wording, kind: str) -> str:
    """The words of a quote or of another wording; in quotation marks unless it is a paraphrase."""
    text = visible(spoken.text).strip()
    return text if kind == "paraphrase" else f"“{text}”"


def attribution(view: View, event: Event, quote: Quote) -> list[str]:
    """Who spoke the words of a quote, and how: speaker with role, to whom, day, language, kind."""
    speaker = view.actor(quote.speaker, event.date.earliest)
    role = one_line(speaker.role) if speaker else ""
    parts = [view.actor_name(quote.speaker) + (f" ({role})" if role else "")]
    if quote.to:
        parts.append("to " + ", ".join(view.actor_name(id_) for id_ in quote.to))
    if quote.date is not None and quote.date != event.date:
        parts.append(view.date_in_words(quote.date))
    if quote.language:
        parts.append(f"in {language(quote.language)}")
    if quote.translated_from:
        parts.append(f"translated from {language(quote.translated_from)}")
    if quote.kind == "paraphrase":
        parts.append("a paraphrase, not the speaker’s words")
    if quote.kind == "satire":
        parts.append("satire: nobody said this in earnest")
    return parts


def places_in(view: View) -> list[str]:
    """The ids of the places that a view names and of places that contain these, in order of appearance."""
    return [id_ for id_ in named_by_events(view).ids["place"] if view.place(id_) is not None]


def by_topic(view: View, event: Event) -> list[tuple[str, list[Claim]]]:
    """The claims of an event, grouped by the questions that they answer, in the order of the file."""
    found: dict[str, list[Claim]] = {}
    for claim in event.claims:
        found.setdefault(claim.about, []).append(claim)
    return [(question(view, id_), claims) for id_, claims in found.items()]


def question(view: View, id_: str) -> str:
    """The question of a topic; its id if there is no such topic."""
    topic = view.topic(id_)
    return one_line(topic.question if topic else id_)


def links_of(view: View, event: Event, key: int) -> Iterator[Link]:
    """The links between an event and known events in both directions, those from this event first."""
    for link in view.links(key):
        relation = link.relation.replace("-", " ")
        yield Link(
            relation if link.outward else f"{BACKWARD}{relation}",
            link.key,
            link.title or link.id,
            view.has(link.key),
        )
    for relation, ids in event.links.items():
        for id_ in ids:
            if view.key_of(id_) is None:
                yield Link(one_line(relation).replace("-", " "), -1, one_line(id_), is_here=False)


def source_facts(view: View, source: Source) -> list[str]:
    """The facts about a source except its title: author, publisher, date or `undated`, kind, language."""
    date = view.date_in_words(source.date) if source.date else "undated"
    facts = [source.author, source.publisher, date, source.kind]
    return [one_line(fact) for fact in facts if fact] + (
        [language(source.language)] if source.language else []
    )


def source_changes(view: View, id_: str, source: Source) -> list[str]:
    """What happened to a source, a sentence each: taken away, retracted, corrected."""
    return [*filter(None, [state_of_source(view, id_)]), *source_history(view, source)]


def repeats(view: View, source: Source) -> str:
    """`Repeats TASS: “Its title”`; empty for a source that repeats no other."""
    named = [origin_name(view, id_) for id_ in source.derived_from]
    return f"Repeats {' and '.join(named)}" if named else ""


def origin_name(view: View, id_: str) -> str:
    """`TASS: “Its title”`: the name of a source that another one repeats."""
    other, name = view.source(id_), source_name(view, id_)
    if other is None or is_later(view, id_) or name == one_line(other.title):
        return name
    return f"{name}: “{one_line(other.title)}”"


def language(tag: str) -> str:
    """The English name of a language, or its tag."""
    return language_name(one_line(tag))


def language_tag(tag: str) -> str:
    """A tag that can be used in an attribute; empty if it is not the tag of a language."""
    return tag if is_language_tag(tag) else ""


def is_address(url: str) -> bool:
    """Whether an address may become a link: it can be opened, and no character could end the link early."""
    return addresses.is_address(url) and _ENDS_A_LINK.search(url) is None


def actors_in(view: View) -> list[str]:
    """The ids of all actors that a view names, in order of appearance."""
    return [id_ for id_ in named_by_events(view).ids["actor"] if view.actor(id_) is not None]


def topics_in(view: View) -> list[str]:
    """The ids of the topics that claims of a view are about, in order of appearance."""
    return [id_ for id_ in named_by_events(view).ids["topic"] if view.topic(id_) is not None]


def actor_facts(view: View, id_: str) -> list[str]:
    """The facts about an actor except the name: kind, role, whom it acts for, other spellings."""
    actor = view.actor(id_)
    if actor is None:
        return []
    facts = [one_line(actor.kind), one_line(actor.role)]
    facts.append(f"short {one_line(actor.short)}" if actor.short else "")
    facts.append(f"acts for {view.actor_name(actor.of)}" if actor.of else "")
    facts.append(f"also {', '.join(map(one_line, actor.aliases))}" if actor.aliases else "")
    facts += actor_history(view, actor)
    return [fact for fact in facts if fact]


@dataclass
class CitedSource:
    """A source, and what cites it."""

    id: str
    number: int
    """Its number, from 1, in the order in which sources are first cited."""
    source: Source | None
    """None if the timeline has no source with that id."""
    keys: list[int] = field(default_factory=list)
    """The keys of the events that cite it, in the order of the view, each once."""
    beside: dict[str, None] = field(default_factory=dict)
    """The names of the actors and questions that cite it, each once."""
    places: int = 0
    """How many citations give a position in the source."""


def citations_of(event: Event) -> Iterator[Citation]:
    """All citations of an event in the order of a report: its own, its quotes', its claims'."""
    for part in parts_of(event):
        yield from part.sources


def cited_by(record: Record) -> list[Citation]:
    """The citations of an actor or a topic, each once."""
    return list({(citation.id, citation.at): citation for citation in citations_in(record)}.values())


def cited_sources(view: View) -> dict[str, CitedSource]:
    """The sources that a view cites, by id; none that was published after its known-on day.

    First those that its events cite, then those that its actors and questions do; in the whole timeline, also
    actors and questions that no event names.
    """
    found: dict[str, CitedSource] = {}
    for key in view.keys:
        for citation in citations_of(view.event(key)):
            cited = _cited(view, found, citation.id, citation.at)
            if cited.keys[-1:] != [key]:
                cited.keys.append(key)
    named = named_by_events(view)
    if view.is_whole:
        named.note_all("actor", view.header.actors)
        named.note_all("topic", view.header.topics)
    for kind, name in (("actor", view.actor_name), ("topic", partial(question, view))):
        for id_ in named.ids[kind]:
            if (record := named.record(kind, id_)) is not None:
                for citation in citations_in(record):
                    _cited(view, found, citation.id, citation.at).beside[name(id_)] = None
    return found


def _cited(view: View, found: dict[str, CitedSource], id_: str, at: str = "") -> CitedSource:
    cited = found.get(id_)
    if cited is None:
        cited = found[id_] = CitedSource(id_, len(found) + 1, view.source(id_))
    cited.places += bool(at)
    return cited


def marks_of_fallen(view: View, key: int) -> Mapping[Path, str]:
    """By where it is in its event, `∅ rests only on Blue, taken away` of each statement that has fallen."""
    if not view.gone:
        return {}
    reasons = ((path, reason_fallen(view, support)) for path, support in view.support(key).items())
    return {path: f"{FALLEN} {reason}" for path, reason in reasons if reason}


def extras(record: Record | Citation) -> Iterator[tuple[str, str]]:
    """The keys of a record that the format does not know, each with its value as text; both unsanitized."""
    for key, value in record.extra.items():
        yield key, _plain(value)


def _plain(value: object) -> str:
    match value:
        case dict():
            return "; ".join(f"{key}: {_plain(part)}" for key, part in value.items())
        case list():
            return ", ".join(_plain(part) for part in value)
        case _:
            return str(value)

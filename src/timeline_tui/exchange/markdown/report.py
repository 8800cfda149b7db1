"""A view as a report in Markdown, with its sources as footnotes. It can be exported but not imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib import parse

from timeline_tui.answers.history import (
    corrections_of,
    event_history,
    place_facts,
    statement_history,
    status_in_words,
    topic_history,
    wording_facts,
)
from timeline_tui.answers.statements import claim_in_words
from timeline_tui.exchange import report_text
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.drawn import has_coordinates, picture_svg
from timeline_tui.exchange.losses import count_stories
from timeline_tui.exchange.markdown.escape import (
    address,
    authored,
    authored_line,
    escaped_line,
    escaped_lines,
    inside,
    item,
)
from timeline_tui.exchange.report_text import citations_of, cited_sources, extras

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.answers.history import SourcedText
    from timeline_tui.exchange.report_text import CitedSource, Period
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Record, Wording
    from timeline_tui.model.support import Path
    from timeline_tui.timeline.view import View


class _Notes:
    """The footnotes, one per source, numbered in the order of their first references.

    Args:
        sources: The cited sources, by id.
    """

    def __init__(self, sources: Mapping[str, CitedSource]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def to(self, citations: Sequence[Citation]) -> str:
        """References with a space before them, `[^3] (para. 4)`; empty if there are none.

        A source that has a footnote already is referred to by its number: Pandoc would make a second
        footnote of a second reference.
        """
        references = ""
        for citation in citations:
            place = [citation.at] if citation.at else []
            place += [f"{key}: {value}" for key, value in extras(citation)]
            references += f" {self._reference(citation.id)}" + (
                f" ({escaped_line('; '.join(place))})" if place else ""
            )
        return references

    def __contains__(self, id_: str) -> bool:
        """Whether a source has been referred to."""
        return id_ in self._numbers

    def _reference(self, id_: str) -> str:
        if id_ in self._numbers:
            return rf"\[{self._numbers[id_]}\]"
        self._numbers[id_] = len(self._numbers) + 1
        return f"[^{self._numbers[id_]}]"

    def footnotes(self, view: View) -> Iterator[str]:
        """The footnotes that have been referred to."""
        for id_, number in self._numbers.items():
            yield f"[^{number}]: {_source(view, self._sources[id_])}"


def write(view: View, beside: str = "") -> Exported:
    """The events of a view by year and month, then the actors, the questions, the places and the sources.

    Args:
        view: The events.
        beside: What the names of pictures beside it begin with; without pictures if not given.
    """
    done = Exported("")
    if beside:
        done.beside = dict(_pictures(view, beside))
    sources = cited_sources(view)
    notes = _Notes(sources)
    blocks = [
        f"# {escaped_line(view.title)}",
        *map(escaped_line, report_text.preface(view)),
        *_about(view, done.lost),
        *(f"![{escaped_line(_alternative(name))}]({parse.quote(name)})" for name in done.beside),
        *_events(view, notes),
        *_actors(view, notes),
        *_questions(view, notes),
        *_places(view),
        *_further(view, [cited for id_, cited in sources.items() if id_ not in notes]),
        *notes.footnotes(view),
    ]
    count_stories(done.lost, view)
    done.text = "\n\n".join(filter(None, blocks)) + "\n"
    return done


_PICTURES = {"lanes": "Who, and when", "clocks": "When it became known", "map": "Where"}


def _pictures(view: View, beside: str) -> Iterator[tuple[str, str]]:
    """The pictures of a report as SVG, by the names of their files."""
    for name in _PICTURES:
        if view.count and (name != "map" or has_coordinates(view)):
            yield f"{beside}-{name}.svg", picture_svg(view, name)


def _alternative(name: str) -> str:
    """What a picture shows, by the name of its file."""
    return _PICTURES[name.removesuffix(".svg").rpartition("-")[2]]


def _about(view: View, lost: Counter[str]) -> Iterator[str]:
    """What the timeline says about itself; nothing on a known-on day, as it may tell of later events."""
    header = view.whole_header
    if view.known_on is None:
        yield authored(header.description)
        yield from _extras(header)
    elif undated := bool(header.description) + len(header.extra):
        lost["notes on the whole timeline, which have no day"] += undated


def _events(view: View, notes: _Notes) -> Iterator[str]:
    before = None
    for key in view.keys:
        event = view.event(key)
        here = report_text.period(event.date)
        yield from _headings(before, here)
        level = "####" if here.month or (before and before.month and before.year == here.year) else "###"
        before = here
        yield f"{level} {escaped_line(view.date_in_words(event.date))}: {escaped_line(event.title)}"
        yield from _event(view, event, key, notes)


def _headings(before: Period | None, here: Period) -> Iterator[str]:
    if before is None or before.year != here.year:
        yield f"## {escaped_line(here.year)}"
    if here.month and here != before:
        yield f"### {escaped_line(here.month)}"
    elif before and before.year == here.year and before.month and not here.month:
        yield f"### Some time in {escaped_line(here.year)}"


def _event(view: View, event: Event, key: int, notes: _Notes) -> Iterator[str]:
    fallen = report_text.marks_of_fallen(view, key)
    facts = [status_in_words(view, event), view.place_of(event), event.kind, fallen.get((), "")]
    yield " · ".join(escaped_line(fact) for fact in facts if fact)
    yield authored(event.text)
    if came := report_text.outcome(view, event):
        yield f"Outcome: {escaped_line(came)}"
    details = [escaped_line(fact) for fact in report_text.history(view, event)]
    details += _changes(event_history(view, event), notes, _Place(fallen, ()))
    details += [escaped_line(fact) for fact in corrections_of(view, citations_of(event))]
    if event.actors:
        details.append(f"Took part: {escaped_line(', '.join(report_text.participants(view, event)))}")
    if event.tags:
        details.append(f"Tags: {escaped_line(', '.join(event.tags))}")
    details += _extras(event)
    if event.sources:
        details.append(f"Sources of the event:{notes.to(event.sources)}")
    yield _list(details)
    for number, quote in enumerate(event.quotes):
        said = _quote(view, event, quote, notes, _Place(fallen, ("quotes", number)))
        yield inside("> ", "\n\n".join(said))
    numbers = {id(claim): number for number, claim in enumerate(event.claims)}
    for question, claims in report_text.by_topic(view, event):
        yield f"Claims on the question *{escaped_line(question)}*"
        yield _list(
            _claim(view, event, claim, notes, _Place(fallen, ("claims", numbers[id(claim)])))
            for claim in claims
        )
    if links_of := [
        f"{escaped_line(link_.relation)}: {escaped_line(link_.title)}"
        for link_ in report_text.links_of(view, event, key)
    ]:
        yield "Links to other events"
        yield _list(links_of)


class _Place(NamedTuple):
    """Where a quote or claim is in its event, and what of the event has fallen, by place."""

    fallen: Mapping[Path, str]
    path: Path

    def mark(self, *within: str | int) -> str:
        """The mark of what is there, or at a place within it, if it has fallen."""
        return _mark(self.fallen, (*self.path, *within))


def _mark(fallen: Mapping[Path, str], path: Path) -> str:
    """` ∅ rests only on Blue, taken away` for what has fallen; empty for anything else."""
    return f" {escaped_line(fallen[path])}" if path in fallen else ""


def _changes(changes: Iterable[SourcedText], notes: _Notes, place: _Place) -> list[str]:
    """What changed of what is at a place, each with its references, and the mark of what has fallen."""
    return [
        f"{escaped_line(change.text)}{notes.to(change.sources)}"
        + ("" if change.path == place.path else _mark(place.fallen, change.path))
        for change in changes
    ]


def _quote(view: View, event: Event, quote: Quote, notes: _Notes, place: _Place) -> Iterator[str]:
    """The paragraphs of a quote, without the `> ` before each line."""
    yield escaped_lines(report_text.words(quote, quote.kind))
    attribution = escaped_line(", ".join(report_text.attribution(view, event, quote)))
    yield f"— {attribution}.{notes.to(quote.sources)}{place.mark()}"
    if quote.note:
        yield f"Note: {authored_line(quote.note)}"
    changes = _changes(statement_history(view, quote, place.path), notes, place)
    if more := [*changes, *_extras(quote)]:
        yield _list(more)
    if quote.wordings:
        yield "Other wordings:" if len(quote.wordings) > 1 else "Another wording:"
        yield _list(
            _wording(wording, quote.kind, notes) + place.mark("wordings", number)
            for number, wording in enumerate(quote.wordings)
        )


def _wording(wording: Wording, kind: str, notes: _Notes) -> str:
    language = f" In {escaped_line(report_text.language(wording.language))}." if wording.language else ""
    if wording.translated_from:
        language += f" Translated from {escaped_line(report_text.language(wording.translated_from))}."
    language += "".join(f" {escaped_line(fact.capitalize())}." for fact in wording_facts(wording))
    note = f" Note: {authored_line(wording.note)}" if wording.note else ""
    quoted = escaped_lines(report_text.words(wording, kind))
    more = "".join(f" {extra}." for extra in _extras(wording))
    return f"{quoted}{language}{notes.to(wording.sources)}{note}{more}"


def _claim(view: View, event: Event, claim: Claim, notes: _Notes, place: _Place) -> str:
    when = view.date_in_words(claim.date or event.date)
    words = f"{view.actor_name(claim.by)}: {claim_in_words(view, claim)} ({when})."
    sentence = escaped_line(words)
    note = f" Note: {authored_line(claim.note)}" if claim.note else ""
    more = "".join(f" {extra}." for extra in _extras(claim))
    changes = "".join(
        f" {change}." for change in _changes(statement_history(view, claim, place.path), notes, place)
    )
    return f"{sentence}{notes.to(claim.sources)}{place.mark()}{changes}{note}{more}"


def _actors(view: View, notes: _Notes) -> Iterator[str]:
    if ids := report_text.actors_in(view):
        yield "## People and organisations"
        yield _list(_actor(view, id_, notes) for id_ in ids)


def _actor(view: View, id_: str, notes: _Notes) -> str:
    facts = escaped_line("; ".join(report_text.actor_facts(view, id_)))
    name = f"**{escaped_line(view.actor_name(id_))}**" + (f": {facts}" if facts else "")
    actor = view.actor(id_)
    if actor is None:
        return name
    about = [authored_line(actor.description), *_extras(actor)]
    return ". ".join([f"{name}{notes.to(report_text.cited_by(actor))}", *filter(None, about)])


def _questions(view: View, notes: _Notes) -> Iterator[str]:
    if ids := report_text.topics_in(view):
        yield "## Questions in dispute"
        yield _list(_question(view, id_, notes) for id_ in ids)


def _question(view: View, id_: str, notes: _Notes) -> str:
    question = f"*{escaped_line(report_text.question(view, id_))}*"
    topic = view.topic(id_)
    if topic is None:
        return question
    unit = f" (counted in {escaped_line(topic.unit)})" if topic.unit else ""
    about = [
        authored_line(topic.description),
        *(f"{escaped_line(fact)}." for fact in topic_history(view, topic)),
    ]
    about += _extras(topic)
    return " ".join([f"{question}{unit}{notes.to(report_text.cited_by(topic))}", *filter(None, about)])


def _further(view: View, unreferred: Sequence[CitedSource]) -> Iterator[str]:
    """The sources that only actors and questions cite that no event names: no footnote refers to them."""
    if unreferred:
        yield "## Further sources"
        yield _list(_source(view, cited) for cited in unreferred)


def _places(view: View) -> Iterator[str]:
    if ids := report_text.places_in(view):
        yield "## Places"
        yield _list(_place(view, id_) for id_ in ids)


def _place(view: View, id_: str) -> str:
    place = view.place(id_)
    facts = [] if place is None else [*map(escaped_line, place_facts(view, place)), *_extras(place)]
    return ": ".join(filter(None, [f"**{escaped_line(view.place_name(id_))}**", "; ".join(facts)]))


def _source(view: View, cited: CitedSource) -> str:
    source = cited.source
    if source is None:
        return f"{escaped_line(cited.id)} (the timeline has nothing else about this source)"
    facts = escaped_line(", ".join(report_text.source_facts(view, source)))
    parts = [f"“{escaped_line(source.title)}”, {facts}"]
    parts += [address(source.url)] if source.url else []
    parts += [f"Archived copy: {address(source.archive_url)}"] if source.archive_url else []
    parts += [escaped_line(each) for each in report_text.source_changes(view, cited.id, source)]
    parts += [escaped_line(report_text.repeats(view, source)), authored_line(source.note), *_extras(source)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _extras(record: Record) -> list[str]:
    return [f"{escaped_line(key)}: {escaped_line(value)}" for key, value in extras(record)]


def _list(items: Iterable[str]) -> str:
    return "\n".join(map(item, items))

"""The events of a page: facts, quotes with their wordings, claims, links, references to sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.history import (
    corrections_of,
    event_history,
    statement_history,
    status_in_words,
    wording_facts,
)
from timeline_tui.answers.statements import claim_in_words
from timeline_tui.answers.wordings import by_language, edits, versions
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.context import counted, detail, more
from timeline_tui.exchange.html.pieces import Piece, group, leaf
from timeline_tui.exchange.html.prose import language_attributes, line, lines, prose
from timeline_tui.exchange.html_markup import Html, html, joined
from timeline_tui.exchange.report_text import BACKWARD, citations_of
from timeline_tui.model.histories import parts_of
from timeline_tui.model.records import StatementStatusEntry, StatusEntry
from timeline_tui.model.support import State
from timeline_tui.text.sanitize import visible
from timeline_tui.timeline.signs import STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import LiteralString

    from timeline_tui.exchange.html.context import PageContext
    from timeline_tui.model.records import Claim, Event, Quote, Wording
    from timeline_tui.model.support import Path

_HAPPENED = "confirmed"
"""The status that needs no mark."""
_MARKED: Mapping[str, LiteralString] = {
    "same": "{}",
    "added": "<ins>{}</ins>",
    "left out": "<del>{}</del>",
}


def event_pieces(context: PageContext, key: int, level: int) -> Iterator[Piece]:
    """The pieces of an event under a heading of a level from 3 to 6."""
    view = context.view
    event, marks = view.event(key), _marks(context, key)
    title = html('<a href="#{}"{}>{}</a>', context.page.anchor(key), context.language, line(event.title))
    heading = html("{} {}", context.when(event.date), title)
    yield Piece("h3" if level == 3 else "h4", heading)
    yield from _facts(context, event)
    yield from _mark(marks, ())
    if event.text:
        yield Piece("div", prose(event.text), context.language)
    yield from _details(context, event, marks)
    for number in range(len(event.quotes)):
        yield from _quote(context, event, number, marks)
    yield from _claims(context, event, marks)
    yield from group("ul", _links(context, event, key), name="links")


def _marks(context: PageContext, key: int) -> dict[Path, str]:
    """By where it is in an event, that a statement has fallen or has no source, in words."""
    marks = dict(report_text.marks_of_fallen(context.view, key))
    support_of = context.view.support(key)
    is_bare = support_of[()].state is State.UNSOURCED
    for path, support in support_of.items():
        if support.state is State.UNSOURCED and not (is_bare and path):
            marks[path] = "No source is given"
    return marks


def _mark(marks: Mapping[Path, str], path: Path) -> Iterator[Piece]:
    """The paragraph that says why a statement of an event has fallen, or that it has no source."""
    if path in marks:
        yield detail(f"{marks[path]}.", attributes=html(" data-unsupported"))


def _facts(context: PageContext, event: Event) -> Iterator[Piece]:
    """Status, place and kind; no status for an event that happened, as that is the usual one."""
    view = context.view
    status, words, facts = view.status_of(event), line(status_in_words(view, event)), list[Html]()
    if status not in (_HAPPENED, ""):
        facts.append(html('<b class="status {}">{} {}</b>', status, STATUS_SIGNS[status], words))
    elif words != status_word(status):
        facts.append(words)
    if place := view.place_of(event):
        facts.append(line(place))
    if event.kind:
        facts.append(html("<i>{}</i>", line(event.kind)))
    inner = html("{}{}", joined(facts, " · "), context.notes(event.sources))
    # The actor who gave a status is found too; quotes and claims name their speakers themselves.
    entries = (part for part in parts_of(event) if isinstance(part, StatusEntry | StatementStatusEntry))
    named = (*event.by, *(id_ for entry in entries for id_ in entry.by))
    attributes = html("{}{}", context.actors(named), context.places((event.place, *event.places)))
    if inner or attributes:
        yield Piece("p", inner, attributes)


def _details(context: PageContext, event: Event, marks: Mapping[Path, str]) -> Iterator[Piece]:
    view = context.view
    if outcome := report_text.outcome(view, event):
        yield Piece("p", html("<b>Outcome:</b> {}", line(outcome)), context.language)
    for sentence in report_text.history(view, event, with_distance=False):
        yield detail(sentence)
    for change in event_history(view, event):
        yield detail(change.text, context.notes(change.sources))
        if change.path:
            yield from _mark(marks, change.path)
    for correction in corrections_of(view, citations_of(event)):
        yield detail(correction)
    if event.actors:
        names = ", ".join(report_text.participants(view, event))
        yield detail(f"Took part: {names}", attributes=context.actors(event.actors))
    if event.tags:
        yield detail(f"Tags: {', '.join(event.tags)}")
    yield from more(event)


def _quote(context: PageContext, event: Event, number: int, marks: Mapping[Path, str]) -> Iterator[Piece]:
    quote, path = event.quotes[number], ("quotes", number)
    name = f"{quote.speaker} {quote.text}"
    kind = Html() if quote.kind == "direct" else html(' class="{}"', quote.kind)
    attributes = html("{}{}", kind, context.actors([quote.speaker, *quote.to]))
    inner = [
        Piece("blockquote", lines(report_text.words(quote, quote.kind)), language_attributes(quote.language)),
        *group("figcaption", _caption(context, event, number, marks), name=name),
    ]
    yield from group("figure", inner, attributes, name)
    if quote.wordings:
        # Of quotes with the same words, each keeps its own wordings.
        same = sum((each.speaker, each.text) == (quote.speaker, quote.text) for each in event.quotes[:number])
        yield from group("details", _wordings(context, quote, path, marks), name=f"{name} {same}")


def _caption(context: PageContext, event: Event, number: int, marks: Mapping[Path, str]) -> Iterator[Piece]:
    quote, path = event.quotes[number], ("quotes", number)
    attribution = line(", ".join(report_text.attribution(context.view, event, quote)))
    struck = html(' class="withdrawn"') if quote.status == "withdrawn" else Html()
    yield Piece("span" if struck else "", html("— {}{}", attribution, context.notes(quote.sources)), struck)
    yield from _mark(marks, path)
    yield from context.note(quote.note)
    yield from _changes(context, quote, path, marks)
    yield from more(quote)


def _wordings(context: PageContext, quote: Quote, path: Path, marks: Mapping[Path, str]) -> Iterator[Piece]:
    count = Piece("", html("{}", counted(len(quote.wordings), "other wording")))
    yield Piece("summary", (count,), name="summary")
    bases = {language: group_[0].text for language, group_ in by_language(versions(context.view, quote))}
    items = []
    for number, wording in enumerate(quote.wordings):
        base = bases.get(wording.language.partition("-")[0].lower(), wording.text)
        inner = [
            Piece(
                "blockquote",
                _compared(base, wording.text, quote.kind),
                language_attributes(wording.language),
            ),
            *_wording(context, wording),
            *_mark(marks, (*path, "wordings", number)),
        ]
        items.append(Piece("li", tuple(inner), name=f"{wording.language} {wording.text}"))
    yield from group("ul", items, name="wordings")


def _compared(base: str, words: str, kind: str) -> Html:
    """The words of a wording; what differs from another one in the same language is marked."""
    base, words = " ".join(visible(base).split()), " ".join(visible(words).split())
    found = [(words, "same")] if base == words else edits(base, words)
    inner = joined(html(_MARKED[kind_], text) for text, kind_ in found)
    return inner if kind == "paraphrase" else html("“{}”", inner)


def _wording(context: PageContext, wording: Wording) -> Iterator[Piece]:
    facts = [f"In {report_text.language(wording.language)}." if wording.language else ""]
    if wording.translated_from:
        facts.append(f"Translated from {report_text.language(wording.translated_from)}.")
    facts += [f"{fact.capitalize()}." for fact in wording_facts(wording)]
    words, notes = line(" ".join(filter(None, facts))), context.notes(wording.sources)
    yield from leaf("p", html("{}{}", words, notes))
    yield from context.note(wording.note)
    yield from more(wording)


def _claims(context: PageContext, event: Event, marks: Mapping[Path, str]) -> Iterator[Piece]:
    numbers = {id(claim): number for number, claim in enumerate(event.claims)}
    for question, claims in report_text.by_topic(context.view, event):
        topic = claims[0].about
        words = context.words(question)
        if topic in context.page.questions:
            words = html(
                '<a href="#q_{}"{}>{}</a>', context.page.questions[topic], context.language, line(question)
            )
        items = (_claim(context, event, numbers[id(claim)], marks) for claim in claims)
        listed = [Piece("p", words), *group("ul", items, name=topic)]
        yield from group("div", listed, html(' class="claims"'), topic)


def _claim(context: PageContext, event: Event, number: int, marks: Mapping[Path, str]) -> Piece:
    view, claim, path = context.view, event.claims[number], ("claims", number)
    said = html("<b>{}</b>: {}", line(view.actor_name(claim.by)), claim_words(context, claim))
    if claim.date is not None and claim.date != event.date:
        said = html("{} ({})", said, context.when(claim.date))
    inner = [
        Piece("", html("{}{}", said, context.notes(claim.sources))),
        *_mark(marks, path),
        *_changes(context, claim, path, marks),
        *context.note(claim.note),
        *more(claim),
    ]
    return Piece("li", tuple(inner), context.actors([claim.by]), name=f"{claim.by} {claim.value}")


def claim_words(context: PageContext, claim: Claim) -> Html:
    """What a claim says; struck if the speaker took it back."""
    words = context.words(claim_in_words(context.view, claim))
    return html("<s>{}</s>", words) if claim.status == "withdrawn" else words


def _links(context: PageContext, event: Event, key: int) -> Iterator[Piece]:
    """The links from an event to others; the script adds those from others to it."""
    for link in report_text.links_of(context.view, event, key):
        if link.relation.startswith(BACKWARD) and context.page.view.has(link.key):
            continue
        if link.key >= 0 and context.page.view.has(link.key):
            title = context.event_link(link.key, link.title)
        else:
            elsewhere = " (not on this page)" if link.key >= 0 else ""
            title = html("{}{}", context.words(link.title), elsewhere)
        yield Piece("li", html("{}: {}", line(link.relation), title))


def _changes(
    context: PageContext, record: Quote | Claim, path: Path, marks: Mapping[Path, str]
) -> Iterator[Piece]:
    """How the status of a quote or claim changed, and what sources say of it."""
    for change in statement_history(context.view, record, path):
        yield detail(change.text, context.notes(change.sources))
        if change.path != path:
            yield from _mark(marks, change.path)

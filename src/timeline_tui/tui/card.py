"""What the quote view says of an event, as paragraphs: the words first, then whose they are.

No Textual here: a paragraph is text and the part it plays. Every text is visible by now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.date_words import in_words
from timeline_tui.figures import parse_figure
from timeline_tui.languages import language_name
from timeline_tui.records import Citation, Claim, Event, Quote, Record, Wording
from timeline_tui.text import one_line, visible, words
from timeline_tui.tui.marks import STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.page import Part
    from timeline_tui.view import View


class Paragraph(NamedTuple):
    """A run of text that is wrapped and styled as one."""

    text: str
    part: Part = "text"
    indent: int = 0


GAP = Paragraph("", "gap")

LONGEST = 20_000
"""Characters of a paragraph that are shown; wrapping more would hold up the keys."""


def card(view: View, event: Event, quote_number: int) -> list[Paragraph]:
    """The paragraphs for `event`, with the quote of that number (from 0) first if it has one."""
    lines: list[Paragraph] = []
    if event.quotes:
        quote = event.quotes[min(quote_number, len(event.quotes) - 1)]
        lines += _quote(view, event, quote)
        lines += _wordings(view, quote)
        lines += _sources(view, quote.sources, "source of these words", "sources of these words")
        lines += [GAP, Paragraph("the event", "heading")]
    lines += _event(view, event)
    lines += _claims(view, event)
    lines += _links(view, event)
    lines += _sources(view, event.sources, "source of the event", "sources of the event")
    others = other_citations(event, quote_number)
    lines += _sources(view, others, "source of other words and claims", "sources of other words and claims")
    return [_shortened(line) for line in lines]


def other_citations(event: Event, quote_number: int) -> tuple[Citation, ...]:
    """What the wordings of a quote and the claims of its event cite and they themselves do not."""
    quotes = event.quotes[quote_number : quote_number + 1]
    printed = [event.sources, *(quote.sources for quote in quotes)]
    further = [wording.sources for quote in quotes for wording in quote.wordings]
    further += [claim.sources for claim in event.claims]
    named = {citation.id for sources in printed for citation in sources}
    others = {citation.id: citation for sources in further for citation in sources}
    return tuple(citation for id_, citation in others.items() if id_ not in named)


def _shortened(paragraph: Paragraph) -> Paragraph:
    beyond = len(paragraph.text) - LONGEST
    if beyond <= 0:
        return paragraph
    return paragraph._replace(text=f"{paragraph.text[:LONGEST]} … and {beyond:,} more characters in the file")


def quote_with(event: Event, beginnings: tuple[str, ...]) -> int:
    """The number of the first quote with words that begin with each of `beginnings` (folded); else 0.

    Words of its note and of its other wordings count as well.
    """
    for number, quote in enumerate(event.quotes):
        texts = [quote.text, quote.note]
        texts += [text for wording in quote.wordings for text in (wording.text, wording.note)]
        spoken = {word for text in texts for word in words(text)}
        if all(any(word.startswith(beginning) for word in spoken) for beginning in beginnings):
            return number
    return 0


def _quote(view: View, event: Event, quote: Quote) -> Iterator[Paragraph]:
    said = visible(quote.text).strip()
    match quote.kind:
        case "direct":
            yield Paragraph(f"“{said}”", "words")
        case "paraphrase":
            yield Paragraph(said, "text")
            yield Paragraph("A paraphrase, not the speaker's words.", "doubt")
        case "satire":
            yield Paragraph(f"“{said}”", "words")
            yield Paragraph("Satire: nobody said this in earnest.", "doubt")
    yield GAP
    yield Paragraph(view.actor_name(quote.speaker), "name")
    speaker = view.actor(quote.speaker)
    if speaker is not None and speaker.role:
        yield Paragraph(one_line(speaker.role), "detail")
    place = [one_line(event.place)] if event.place else []
    yield Paragraph(", ".join([*place, in_words(quote.date or event.date)]), "detail")
    if quote.to:
        yield Paragraph("to " + ", ".join(view.actor_name(id_) for id_ in quote.to), "detail")
    if quote.language:
        origin = f", translated from {_language(quote.translated_from)}" if quote.translated_from else ""
        yield Paragraph(f"in {_language(quote.language)}{origin}", "detail")
    yield from _note(quote.note)
    yield from _extra(quote)
    yield GAP
    yield Paragraph(f"{_status(view, event)} · {one_line(event.title)}", "title")


def _wordings(view: View, quote: Quote) -> Iterator[Paragraph]:
    if not quote.wordings:
        return
    yield from _heading(len(quote.wordings), "other wording", "other wordings")
    for number, wording in enumerate(quote.wordings):
        if number:
            yield GAP
        yield from _wording(view, wording)


def _wording(view: View, wording: Wording) -> Iterator[Paragraph]:
    yield Paragraph(f"“{visible(wording.text).strip()}”", "text")
    where = [_language(wording.language)] if wording.language else []
    where += [_publisher(view, citation) for citation in wording.sources]
    if where:
        yield Paragraph(" · ".join(where), "detail", 2)
    yield from _note(wording.note, 2)
    yield from _extra(wording, 2)


def _event(view: View, event: Event) -> Iterator[Paragraph]:
    yield Paragraph(one_line(event.title), "title")
    yield Paragraph(
        _status(view, event), "doubt" if event.status in ("claimed", "disputed", "denied") else "detail"
    )
    facts = [in_words(event.date), one_line(event.place), one_line(event.kind)]
    yield Paragraph(" · ".join(fact for fact in facts if fact), "detail")
    if event.known is not None:
        yield Paragraph(f"known on {in_words(event.known)}", "detail")
    for plan in event.postponed:
        known = f", as known on {in_words(plan.known)}" if plan.known else ""
        yield Paragraph(f"planned for {in_words(plan.date)}{known}", "detail")
    if event.text:
        yield GAP
        yield Paragraph(visible(event.text).strip(), "text")
    if event.outcome and event.date.earliest <= view.today:
        yield GAP
        yield Paragraph(f"Outcome: {visible(event.outcome).strip()}", "text")
    if event.actors:
        yield GAP
        for id_, role in event.actors.items():
            yield Paragraph(view.actor_name(id_) + (f" — {one_line(role)}" if role else ""), "detail")
    if event.tags:
        yield Paragraph(" ".join(f"#{one_line(tag)}" for tag in event.tags), "detail")
    yield from _extra(event)


def _status(view: View, event: Event) -> str:
    planned = event.date.earliest > view.today and event.status not in ("postponed", "cancelled")
    status = "scheduled" if planned else event.status
    by = ", ".join(view.actor_name(id_) for id_ in event.by)
    if not by:
        return f"{STATUS_SIGNS[status]} {status}"
    # Whoever is named claims it, also where others dispute or deny it.
    claimed = f"claimed by {by}"
    return f"{STATUS_SIGNS[status]} {claimed if status == 'claimed' else f'{status}, {claimed}'}"


def _claims(view: View, event: Event) -> Iterator[Paragraph]:
    if not event.claims:
        return
    yield from _heading(len(event.claims), "claim", "claims")
    asked = ""
    for claim in sorted(event.claims, key=lambda claim: claim.about):
        if claim.about != asked:
            asked = claim.about
            topic = view.topic(claim.about)
            yield Paragraph(one_line(topic.question if topic else claim.about), "text")
        yield from _claim(view, event, claim)


def _claim(view: View, event: Event, claim: Claim) -> Iterator[Paragraph]:
    topic = view.topic(claim.about)
    figure = parse_figure(claim.value)
    value = str(figure) if figure else visible(claim.value).strip()
    unit = f" {one_line(topic.unit)}" if figure and topic and topic.unit else ""
    yield Paragraph(f"{view.actor_name(claim.by)}: {value}{unit}", "name", 2)
    where = [in_words(claim.date or event.date)]
    where += [_publisher(view, citation) for citation in claim.sources]
    yield Paragraph(" · ".join(where), "detail", 4)
    yield from _note(claim.note, 4)
    yield from _extra(claim, 4)


def _links(view: View, event: Event) -> Iterator[Paragraph]:
    key = view.key_of(event.id)
    back = view.links_to(key) if key is not None else []
    if not event.links and not back:
        return
    yield from _heading(sum(map(len, event.links.values())) + len(back), "link", "links")
    for relation, targets in event.links.items():
        for id_ in targets:
            target = view.key_of(id_)
            title = one_line(view.event(target).title) if target is not None else one_line(id_)
            yield Paragraph(f"{_relation(relation)}: {title}", "detail")
    for link in back:
        yield Paragraph(f"← {_relation(link.relation)}: {link.title}", "detail")


def _sources(view: View, citations: tuple[Citation, ...], one: str, many: str) -> Iterator[Paragraph]:
    if not citations:
        return
    yield from _heading(len(citations), one, many)
    for citation in citations:
        source = view.source(citation.id)
        if source is None:
            yield Paragraph(one_line(citation.id), "detail")
            yield from _extra(citation, 2)
            continue
        yield Paragraph(one_line(source.title), "text")
        facts = [one_line(source.publisher), one_line(source.author), one_line(source.kind)]
        facts += [in_words(source.date)] if source.date else []
        facts += [one_line(citation.at)] if citation.at else []
        yield Paragraph(" · ".join(fact for fact in facts if fact), "detail", 2)
        if source.derived_from:
            yield Paragraph(f"repeats {_publisher(view, Citation(source.derived_from))}", "doubt", 2)
        for address in (source.url, source.archive_url):
            if address:
                yield Paragraph(one_line(address), "address", 2)
        yield from _note(source.note, 2)
        yield from _extra(source, 2)
        yield from _extra(citation, 2)


def _publisher(view: View, citation: Citation) -> str:
    source = view.source(citation.id)
    if source is None:
        return one_line(citation.id)
    return one_line(source.publisher or source.title)


def _heading(count: int, one: str, many: str) -> Iterator[Paragraph]:
    yield GAP
    yield Paragraph(f"{count} {one if count == 1 else many}", "heading")


def _note(note: str, indent: int = 0) -> Iterator[Paragraph]:
    if note:
        yield Paragraph(visible(note).strip(), "detail", indent)


def _extra(record: Record | Citation, indent: int = 0) -> Iterator[Paragraph]:
    for key, value in record.extra.items():
        yield Paragraph(f"{one_line(key)}: {one_line(_plain(value))}", "detail", indent)


def _plain(value: object) -> str:
    match value:
        case dict():
            return "; ".join(f"{key}: {_plain(part)}" for key, part in value.items())
        case list():
            return ", ".join(_plain(part) for part in value)
        case _:
            return str(value)


def _language(tag: str) -> str:
    return language_name(one_line(tag))


def _relation(word: str) -> str:
    return one_line(word).replace("-", " ")

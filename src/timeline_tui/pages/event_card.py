"""What the quote view says of an event, as paragraphs: the words first, then whose they are.

No Textual here: a paragraph is text and the part it plays. Every text is visible by now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.history import doubts, history_of, of_said, of_source, of_wording, said_by_sides
from timeline_tui.answers.provenance import (
    is_later,
    outlets,
    source_name,
    source_trees,
    support_of,
    walk_trees,
)
from timeline_tui.answers.statements import claim_in_words, quoted, source_ids
from timeline_tui.drawing.symbols import STATUS_SIGNS
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import found_spans, one_line, visible
from timeline_tui.timeline.rows import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.provenance import SourceTree
    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Citation, Claim, Event, Quote, QuoteKind, Record, Wording
    from timeline_tui.timeline.view import View


class Paragraph(NamedTuple):
    """A run of text that is wrapped and styled as one."""

    text: str
    part: Part = "text"
    indent: int = 0


GAP = Paragraph("", "gap")

LONGEST = 20_000
"""Characters of a paragraph that are shown; wrapping more would hold up the keys."""
_DEEPEST = 4
"""Steps of repetition that are told apart by indentation."""


_KINDS = {
    "paraphrase": "A paraphrase, not the speaker's words.",
    "satire": "Satire: nobody said this in earnest.",
}


def event_card(view: View, event: Event, quote_number: int) -> list[Paragraph]:
    """The paragraphs for `event`, with the quote of that number (from 0) first if it has one."""
    lines: list[Paragraph] = []
    if event.quotes:
        quote = event.quotes[min(quote_number, len(event.quotes) - 1)]
        lines += _quote(view, event, quote)
        lines += _wordings(view, quote)
        lines += _stated(view, quote.sources, "source of these words", "sources of these words")
        lines += [GAP, Paragraph("the event", "heading")]
    lines += _event(view, event)
    lines += _claims(view, event)
    lines += _links(view, event)
    lines += _stated(view, event.sources, "source of the event", "sources of the event")
    if others := other_citations(event, quote_number):
        lines += _heading(
            len(others), "source of other words and claims", "sources of other words and claims"
        )
        lines += _sources(view, others, source_trees(view, source_ids(others)))
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
        if all(any(found_spans(text, (beginning,)) for text in texts) for beginning in beginnings):
            return number
    return 0


def _quote(view: View, event: Event, quote: Quote) -> Iterator[Paragraph]:
    said = visible(quote.text).strip()
    yield Paragraph(quoted(quote.kind, said), "text" if quote.kind == "paraphrase" else "words")
    if quote.kind != "direct":
        yield Paragraph(_KINDS[quote.kind], "doubt")
    yield GAP
    yield Paragraph(view.actor_name(quote.speaker), "name")
    speaker = view.actor(quote.speaker, event.date.earliest)
    if speaker is not None and speaker.role:
        yield Paragraph(one_line(speaker.role), "detail")
    place = [named] if (named := view.place_of(event)) else []
    yield Paragraph(", ".join([*place, view.date_in_words(quote.date or event.date)]), "detail")
    if quote.to:
        yield Paragraph("to " + ", ".join(view.actor_name(id_) for id_ in quote.to), "detail")
    if quote.language:
        origin = f", translated from {_language(quote.translated_from)}" if quote.translated_from else ""
        yield Paragraph(f"in {_language(quote.language)}{origin}", "detail")
    for told in of_said(view, quote):
        yield Paragraph(told.text, "doubt" if quote.status == "withdrawn" else "detail")
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
        yield from _wording(view, wording, quote.kind)


def _wording(view: View, wording: Wording, kind: QuoteKind) -> Iterator[Paragraph]:
    yield Paragraph(quoted(kind, visible(wording.text).strip()), "text")
    where = [_language(wording.language)] if wording.language else []
    if wording.translated_from:
        where.append(f"translated from {_language(wording.translated_from)}")
    where += of_wording(wording)
    where += _outlets(view, wording.sources)
    if where:
        yield Paragraph(" · ".join(where), "detail", 2)
    yield from _note(wording.note, 2)
    yield from _extra(wording, 2)


def _event(view: View, event: Event) -> Iterator[Paragraph]:
    yield Paragraph(one_line(event.title), "title")
    yield Paragraph(
        _status(view, event), "doubt" if event.status in ("claimed", "disputed", "denied") else "detail"
    )
    facts = [view.date_in_words(event.date), view.place_of(event), one_line(event.kind)]
    yield Paragraph(" · ".join(fact for fact in facts if fact), "detail")
    if event.known is not None:
        yield Paragraph(f"known on {view.date_in_words(event.known)}", "detail")
    for plan in event.postponed:
        known = f", as known on {view.date_in_words(plan.known)}" if plan.known else ""
        yield Paragraph(f"planned for {view.date_in_words(plan.date)}{known}", "detail")
    if said := remark(event):
        yield Paragraph(said, "detail")
    for told in history_of(view, event):
        yield Paragraph(told.text, "detail")
    for doubt in doubts(view, event.sources):
        yield Paragraph(doubt, "doubt")
    if event.text:
        yield GAP
        yield Paragraph(visible(event.text).strip(), "text")
    if event.outcome and event.date.earliest <= view.as_of:
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
    planned = event.date.earliest > view.as_of and event.status not in ("postponed", "cancelled")
    status = "scheduled" if planned else event.status
    # Whoever is named beside a plain word claims it, also where others dispute or deny it.
    sides = said_by_sides(view, event)
    words = sides if sides.startswith(f"{status} by") else f"{status}, {sides}" if sides else status
    return f"{STATUS_SIGNS[status]} {words}"


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
    yield Paragraph(f"{view.actor_name(claim.by)}: {claim_in_words(view, claim)}", "name", 2)
    where = [view.date_in_words(claim.date or event.date)]
    where += _outlets(view, claim.sources)
    yield Paragraph(" · ".join(where), "detail", 4)
    for told in of_said(view, claim):
        yield Paragraph(told.text, "doubt" if claim.status == "withdrawn" else "detail", 4)
    yield from _doubt(view, claim)
    yield from _note(claim.note, 4)
    yield from _extra(claim, 4)


def _doubt(view: View, claim: Claim) -> Iterator[Paragraph]:
    """What is doubtful about the sources of a claim, but for what naming a single one says already."""
    ids = source_ids(claim.sources)
    source = view.source(ids[0]) if len(ids) == 1 else None
    is_said = source is not None and source.kind != "satire" and not source.derived_from
    if not is_said and (rest := support_of(view, ids)).is_doubtful:
        yield Paragraph(rest.verdict, "doubt", 4)


def _links(view: View, event: Event) -> Iterator[Paragraph]:
    key = view.key_of(event.id)
    found = view.links(key) if key is not None else []
    written = [(relation, id_) for relation, ids in event.links.items() for id_ in ids]
    missing = [(relation, id_) for relation, id_ in written if view.key_of(id_) is None]
    if not found and not missing:
        return
    yield from _heading(len(found) + len(missing), "link", "links")
    for link in found:
        yield Paragraph(f"{'' if link.outward else '← '}{_relation(link.relation)}: {link.title}", "detail")
    for relation, id_ in missing:
        yield Paragraph(f"{_relation(relation)}: {one_line(id_)}", "detail")


def _stated(view: View, citations: tuple[Citation, ...], one: str, many: str) -> Iterator[Paragraph]:
    """What something that is stated rests on: a sentence, then the sources."""
    yield from _heading(len(citations), one, many)
    if not citations:
        yield Paragraph("No source is given.", "doubt")
        return
    rest = support_of(view, source_ids(citations))
    sentence = f"{rest.verdict[0].upper()}{rest.verdict[1:]}."
    yield Paragraph(sentence, "doubt" if rest.is_doubtful else "detail")
    yield from _sources(view, citations, rest.trees)


def _sources(view: View, citations: tuple[Citation, ...], trees: list[SourceTree]) -> Iterator[Paragraph]:
    """The sources cited, each below the one that it repeats; those repeated stand there too if not cited."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.id, []).append(citation)
    names: list[str] = []
    for depth, root in walk_trees(trees):
        names[depth:] = [source_name(view, root.id)]
        yield from _source(view, root, names, cited.get(root.id, []))


def _source(view: View, root: SourceTree, names: list[str], cited: list[Citation]) -> Iterator[Paragraph]:
    """A source; `names` are those of the sources from the first of its tree to this one."""
    source, depth = view.source(root.id), len(names) - 1
    indent = 2 * min(depth, _DEEPEST)
    sign = "└ " if depth else ""
    inner = indent + 2
    is_told = not is_later(view, root.id)
    yield Paragraph(f"{sign}{one_line(source.title) if source and is_told else names[-1]}", "text", indent)
    if source and is_told:
        facts = [one_line(source.publisher), one_line(source.author), one_line(source.kind)]
        facts += [view.date_in_words(source.date) if source.date else "undated"]
        facts += [one_line(citation.at) for citation in cited]
        yield Paragraph(" · ".join(fact for fact in facts if fact), "detail", inner)
    if depth:
        yield Paragraph(f"repeats {names[-2]}", "doubt", inner)
    if not root.cited:
        yield Paragraph("shown only for what repeats it", "detail", inner)
    if root.circular:
        yield Paragraph("is said to repeat one of its own repeats", "doubt", inner)
    if source and is_told:
        for address in (source.url, source.archive_url):
            if address:
                yield Paragraph(one_line(address), "address", inner)
        for said in of_source(view, source):
            yield Paragraph(said, "doubt" if source.retracted else "detail", inner)
        yield from _note(source.note, inner)
        yield from _extra(source, inner)
    for citation in cited:
        yield from _extra(citation, inner)


def _outlets(view: View, citations: tuple[Citation, ...]) -> Iterator[str]:
    """Who prints something, re-posts of one wire as one."""
    for outlet in outlets(view, citations):
        yield outlet.name + (f" (re-posted by {', '.join(outlet.reposts)})" if outlet.reposts else "")


def _heading(count: int, one: str, many: str) -> Iterator[Paragraph]:
    yield GAP
    yield Paragraph(f"{count} {one if count == 1 else many}" if count else many, "heading")


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

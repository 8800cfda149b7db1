"""The event pane of an event, as paragraphs: the words first, then who said them, then the event.

A paragraph is text with a look. Every text has been made visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.history import (
    corrections_of,
    event_history,
    offices_after,
    source_history,
    statement_history,
    status_in_words,
    wording_facts,
)
from timeline_tui.answers.provenance import (
    is_later,
    outlets,
    source_name,
    source_trees,
    support_of,
    walk_trees,
)
from timeline_tui.answers.statements import claim_in_words, question_of, quoted, source_ids
from timeline_tui.answers.support import missing_support, reason_fallen
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import found_spans, one_line, visible
from timeline_tui.timeline.rows import remark
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.provenance import SourceTree
    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Record, Wording
    from timeline_tui.model.support import Path, Support
    from timeline_tui.timeline.protocol import TimelineView

    _Fallen = dict[Path, str]
    """The reasons why statements have fallen, by their places in the event."""


class Paragraph(NamedTuple):
    """A run of text that is wrapped and styled as one."""

    text: str
    part: Part = "text"
    indent: int = 0


GAP = Paragraph("", "gap")

LONGEST = 20_000
"""Number of characters of a paragraph that are shown at most; wrapping more would delay the keys."""
_DEEPEST = 4
"""Number of steps of repetition that are shown by indentation."""
_KINDS = {
    "paraphrase": "A paraphrase, not the speaker's words.",
    "satire": "Satire: nobody said this in earnest.",
}


def event_card(view: TimelineView, event: Event, quote_number: int) -> list[Paragraph]:
    """The paragraphs for an event, beginning with one of its quotes if it has any.

    Args:
        view: The view that the event is shown in.
        event: The event as known there.
        quote_number: 0-based index of the quote; beyond the last quote, the last one is shown.
    """
    lines: list[Paragraph] = []
    key = view.key_of(event.id)
    supports = {} if key is None else view.support(key)
    fallen = {path: reason for path, left in supports.items() if (reason := reason_fallen(view, left))}
    if event.quotes:
        number = min(quote_number, len(event.quotes) - 1)
        quote = event.quotes[number]
        lines += _quote(view, event, number, fallen)
        lines += _wordings(view, quote, number, fallen)
        lines += _support(view, quote.sources, "source of these words", "sources of these words")
        lines += [GAP, Paragraph("the event", "heading")]
    lines += _event(view, event, fallen)
    lines += _claims(view, event, fallen)
    lines += _links(view, event)
    lines += _support(view, event.sources, "source of the event", "sources of the event", supports.get(()))
    if others := other_citations(event, quote_number):
        lines += _heading(
            len(others), "source of other words and claims", "sources of other words and claims"
        )
        lines += _sources(view, others, source_trees(view, source_ids(others)))
    return [_shortened(line) for line in lines]


def other_citations(event: Event, quote_number: int) -> tuple[Citation, ...]:
    """The sources that only the wordings of a quote or the claims of its event cite."""
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
    """The 0-based index of the first quote that has words starting with each of `beginnings`; else 0.

    The beginnings are folded. Words of the note and of other wordings count as well.
    """
    for number, quote in enumerate(event.quotes):
        texts = [quote.text, quote.note]
        texts += [text for wording in quote.wordings for text in (wording.text, wording.note)]
        if all(any(found_spans(text, (beginning,)) for text in texts) for beginning in beginnings):
            return number
    return 0


def _marked(paragraph: Paragraph, path: Path, fallen: _Fallen) -> Iterator[Paragraph]:
    """A statement: if it has fallen, struck, with a sign and the reason."""
    if path not in fallen:
        yield paragraph
        return
    yield paragraph._replace(text=f"{FALLEN} {paragraph.text}", part="fallen")
    yield Paragraph(fallen[path], "doubt", paragraph.indent)


def _quote(view: TimelineView, event: Event, number: int, fallen: _Fallen) -> Iterator[Paragraph]:
    quote = event.quotes[number]
    words = quoted(quote.kind, visible(quote.text).strip())
    part: Part = "text" if quote.kind == "paraphrase" else "words"
    if quote.status == "withdrawn":
        part = "fallen"
    yield from _marked(Paragraph(words, part), ("quotes", number), fallen)
    if quote.kind != "direct":
        yield Paragraph(_KINDS[quote.kind], "doubt")
    yield GAP
    yield Paragraph(view.actor_name(quote.speaker), "name")
    speaker = view.actor(quote.speaker, event.date.earliest)
    if speaker is not None and speaker.role:
        yield Paragraph(one_line(speaker.role), "detail")
    for office in offices_after(view, quote.speaker, event.date.latest):
        yield Paragraph(office, "detail")
    place = [named] if (named := view.place_of(event)) else []
    yield Paragraph(", ".join([*place, view.date_in_words(quote.date or event.date)]), "detail")
    if quote.to:
        yield Paragraph("to " + ", ".join(view.actor_name(id_) for id_ in quote.to), "detail")
    if quote.language:
        origin = f", translated from {_language(quote.translated_from)}" if quote.translated_from else ""
        yield Paragraph(f"in {_language(quote.language)}{origin}", "detail")
    for entry in statement_history(view, quote, ("quotes", number)):
        part = "doubt" if quote.status == "withdrawn" else "detail"
        yield from _marked(Paragraph(entry.text, part), entry.path, fallen)
    yield from _corrections(view, quote.sources)
    yield from _note(quote.note)
    yield from _extra(quote)
    yield GAP
    yield Paragraph(" · ".join(filter(None, [_status(view, event), one_line(event.title)])), "title")


def _wordings(view: TimelineView, quote: Quote, quote_number: int, fallen: _Fallen) -> Iterator[Paragraph]:
    if not quote.wordings:
        return
    yield from _heading(len(quote.wordings), "other wording", "other wordings")
    for number, wording in enumerate(quote.wordings):
        if number:
            yield GAP
        words = Paragraph(quoted(quote.kind, visible(wording.text).strip()))
        yield from _marked(words, ("quotes", quote_number, "wordings", number), fallen)
        yield from _wording(view, wording)


def _wording(view: TimelineView, wording: Wording) -> Iterator[Paragraph]:
    where = [_language(wording.language)] if wording.language else []
    if wording.translated_from:
        where.append(f"translated from {_language(wording.translated_from)}")
    where += wording_facts(wording)
    where += _outlets(view, wording.sources)
    if where:
        yield Paragraph(" · ".join(where), "detail", 2)
    yield from _corrections(view, wording.sources, 2)
    yield from _note(wording.note, 2)
    yield from _extra(wording, 2)


def _event(view: TimelineView, event: Event, fallen: _Fallen) -> Iterator[Paragraph]:
    yield from _marked(Paragraph(one_line(event.title), "title"), (), fallen)
    if status := _status(view, event):
        is_doubtful = event.status in ("claimed", "disputed", "denied")
        yield Paragraph(status, "doubt" if is_doubtful else "detail")
    facts = [view.date_in_words(event.date), view.place_of(event), one_line(event.kind)]
    yield Paragraph(" · ".join(fact for fact in facts if fact), "detail")
    if event.known is not None:
        yield Paragraph(f"known on {view.date_in_words(event.known)}", "detail")
    for plan in event.postponed:
        known = f", as known on {view.date_in_words(plan.known)}" if plan.known else ""
        yield Paragraph(f"planned for {view.date_in_words(plan.date)}{known}", "detail")
    if late := remark(event):
        yield Paragraph(late, "detail")
    for entry in event_history(view, event):
        # The event itself is marked at its title.
        yield from _marked(Paragraph(entry.text, "detail"), entry.path or ("event",), fallen)
        further = tuple(cited for cited in entry.sources if cited.id not in source_ids(event.sources))
        yield from _corrections(view, further, 2)
    yield from _corrections(view, event.sources)
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


def _status(view: TimelineView, event: Event) -> str:
    """`◇ disputed, claimed by Ann`; empty for an event of another format that gives no status."""
    status = view.status_of(event)
    words = status_in_words(view, event)
    return f"{STATUS_SIGNS[status]} {words}" if status else words


def _claims(view: TimelineView, event: Event, fallen: _Fallen) -> Iterator[Paragraph]:
    if not event.claims:
        return
    yield from _heading(len(event.claims), "claim", "claims")
    about = ""
    for number, claim in sorted(enumerate(event.claims), key=lambda pair: pair[1].about):
        if claim.about != about:
            about = claim.about
            yield Paragraph(question_of(view, about), "text")
        yield from _claim(view, event, number, fallen)


def _claim(view: TimelineView, event: Event, number: int, fallen: _Fallen) -> Iterator[Paragraph]:
    claim = event.claims[number]
    part: Part = "fallen" if claim.status == "withdrawn" else "name"
    words = Paragraph(f"{view.actor_name(claim.by)}: {claim_in_words(view, claim)}", part, 2)
    yield from _marked(words, ("claims", number), fallen)
    where = [view.date_in_words(claim.date or event.date)]
    where += _outlets(view, claim.sources)
    yield Paragraph(" · ".join(where), "detail", 4)
    for entry in statement_history(view, claim, ("claims", number)):
        part = "doubt" if claim.status == "withdrawn" else "detail"
        yield from _marked(Paragraph(entry.text, part, 4), entry.path, fallen)
    yield from _corrections(view, claim.sources, 4)
    yield from _doubt(view, claim)
    yield from _note(claim.note, 4)
    yield from _extra(claim, 4)


def _doubt(view: TimelineView, claim: Claim) -> Iterator[Paragraph]:
    """The verdict on the sources of a claim, if it is doubtful for more than having a single source."""
    ids = source_ids(claim.sources)
    source = view.source(ids[0]) if len(ids) == 1 else None
    is_plain = source is not None and source.kind != "satire" and not source.derived_from
    if not is_plain and (rest := support_of(view, ids)).is_doubtful:
        yield Paragraph(rest.verdict, "doubt", 4)


def _links(view: TimelineView, event: Event) -> Iterator[Paragraph]:
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


def _support(
    view: TimelineView, citations: tuple[Citation, ...], one: str, many: str, left: Support | None = None
) -> Iterator[Paragraph]:
    """What a statement rests on: the verdict, then the sources."""
    yield from _heading(len(citations), one, many)
    if not citations:
        if left is None or (missing := missing_support(left)):
            yield Paragraph("No source is given." if left is None else missing, "doubt")
        else:
            yield Paragraph("It rests on the sources of its quotes and claims.", "detail")
        return
    rest = support_of(view, source_ids(citations))
    sentence = f"{rest.verdict[0].upper()}{rest.verdict[1:]}."
    yield Paragraph(sentence, "doubt" if rest.is_doubtful else "detail")
    yield from _sources(view, citations, rest.trees)


def _sources(
    view: TimelineView, citations: tuple[Citation, ...], trees: list[SourceTree]
) -> Iterator[Paragraph]:
    """The cited sources, each below the one that it repeats, which is shown even if it is not cited."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.id, []).append(citation)
    names: list[str] = []
    for depth, root in walk_trees(trees):
        names[depth:] = [source_name(view, root.id)]
        yield from _source(view, root, names, cited.get(root.id, []))


def _source(
    view: TimelineView, root: SourceTree, names: list[str], cited: list[Citation]
) -> Iterator[Paragraph]:
    """A source; `names` are the names of the sources from the root of its tree to this one."""
    source, depth = view.source(root.id), len(names) - 1
    indent = 2 * min(depth, _DEEPEST)
    sign = "└ " if depth else ""
    inner = indent + 2
    is_published = not is_later(view, root.id)
    yield Paragraph(
        f"{sign}{one_line(source.title) if source and is_published else names[-1]}", "text", indent
    )
    if source and is_published:
        facts = [one_line(source.publisher), one_line(source.author), one_line(source.kind)]
        facts += [view.date_in_words(source.date) if source.date else "undated"]
        facts += [one_line(citation.at) for citation in cited]
        yield Paragraph(" · ".join(fact for fact in facts if fact), "detail", inner)
    if depth:
        yield Paragraph(f"repeats {names[-2]}", "doubt", inner)
    if not root.cited:
        yield Paragraph("not cited itself; shown because a cited source repeats it", "detail", inner)
    if root.circular:
        yield Paragraph("circular: it claims to repeat a source that repeats it", "doubt", inner)
    if source and is_published:
        for address in (source.url, source.archive_url):
            if address:
                yield Paragraph(one_line(address), "address", inner)
        for sentence in source_history(view, source):
            yield Paragraph(sentence, "doubt" if source.retracted else "detail", inner)
        yield from _note(source.note, inner)
        yield from _extra(source, inner)
    for citation in cited:
        yield from _extra(citation, inner)


def _outlets(view: TimelineView, citations: tuple[Citation, ...]) -> Iterator[str]:
    """The outlets among some sources, with their re-posts."""
    for outlet in outlets(view, citations):
        yield outlet.name + (f" (re-posted by {', '.join(outlet.reposts)})" if outlet.reposts else "")


def _heading(count: int, one: str, many: str) -> Iterator[Paragraph]:
    yield GAP
    yield Paragraph(f"{count} {one if count == 1 else many}" if count else many, "heading")


def _corrections(view: TimelineView, citations: tuple[Citation, ...], indent: int = 0) -> Iterator[Paragraph]:
    """What became of the sources of a statement after they were published."""
    for correction in corrections_of(view, citations):
        yield Paragraph(correction, "doubt", indent)


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

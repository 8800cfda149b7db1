"""An event in full: title, status, date and place first, then quote, text, actors, claims, links, sources.

The first lines are the same for every event, and at the same place, so that the eye finds them again when the
event changes. A paragraph is text with a look, and what it leads to. Every text has been made visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.history import (
    claimed_and_disputed,
    corrections_of,
    event_history,
    offices_after,
    source_history,
    statement_history,
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
from timeline_tui.dates.date import BEGINNING, END, days_in_edtf
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of
from timeline_tui.drawing.wrapping import flowed, wrapped_spans
from timeline_tui.text.cells import cells
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import found_spans, one_line, visible
from timeline_tui.timeline.rows import remark
from timeline_tui.timeline.signs import FALLEN, MARK, NOTE, STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.answers.provenance import SourceTree
    from timeline_tui.dates.date import Date
    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Record, Wording
    from timeline_tui.model.support import Path, Support
    from timeline_tui.timeline.counted import RowsBehind
    from timeline_tui.timeline.protocol import TimelineView

    _Fallen = dict[Path, str]
    """The reasons why statements have fallen, by their places in the event."""


class Paragraph(NamedTuple):
    """A run of text that is wrapped as one."""

    text: str
    part: Part = "text"
    indent: int = 0
    target: Target | None = None
    """What all of it leads to; None for nothing, or for what its pieces lead to."""
    pieces: tuple[tuple[Span, ...], ...] = ()
    """Where it is made of pieces: these, each kept on one line if it fits there; empty for running text."""
    between: str = ""
    """What stands between the pieces on a line; left out at its end."""
    apart: bool = False
    """Whether the first piece has a line of its own on a card so narrow that titles take two."""


GAP = Paragraph("", "gap")

LONGEST = 20_000
"""Number of characters of a paragraph that are shown at most; wrapping more would delay the keys."""
_MOST_PIECES = 200
_DEEPEST = 4
"""Number of steps of repetition that are shown by indentation."""
_TITLE_ROOM = 52
"""Width in cells from which on a title has one line, and below it two; longer titles take what they need."""
_KINDS = {
    "paraphrase": "A paraphrase, not the speaker's words.",
    "satire": "Satire: nobody said this in earnest.",
}


def event_card(view: TimelineView, event: Event, quote_number: int) -> Iterator[Paragraph]:
    """The paragraphs for an event, title and facts first. They are made one by one, as they are asked for.

    Args:
        view: The view that the event is shown in.
        event: The event as known there.
        quote_number: 0-based index of the quote; beyond the last quote, the last one is shown.
    """
    return map(_shortened, _card(view, event, quote_number))


def rows_behind_card(behind: RowsBehind, date: Date) -> Iterator[Paragraph]:
    """How many rows a table behind the timeline has on the days of an event, which leads to them."""
    ends = [day for day in (date.earliest, date.latest) if BEGINNING < day < END]
    if not ends:
        return
    number, days = behind.between(ends[0], ends[-1]), days_in_edtf(ends[0], ends[-1])
    when = "that day" if ends[0] == ends[-1] else "these days"
    yield from _heading(0, "", behind.name)
    target = Target(leads="rows", id=days) if number else None
    yield Paragraph(f"{count_of(number, 'row')} on {when}", "name" if number else "detail", 0, target)


def card_lines(paragraphs: Iterable[Paragraph], width: int) -> Iterator[Line]:
    """The lines of a card in `width` cells, one by one.

    Neighbouring spans with the very same target, also on several lines, are one thing to follow.
    """
    for number, paragraph in enumerate(paragraphs):
        lines = _lines(paragraph, width)
        yield from lines
        if not number and width < _TITLE_ROOM:
            yield from [BLANK] * (2 - len(lines))


def _lines(paragraph: Paragraph, width: int) -> list[Line]:
    indent = " " * min(paragraph.indent, width // 4)
    room = max(2, width - len(indent))
    if paragraph.part == "heading":
        rule = "─" * (width - cells(paragraph.text) - 4)
        heading = wrapped_spans((Span(f"── {paragraph.text} {rule}".rstrip(), "heading"),), width)
        return [_line("", row) for row in heading]
    if not paragraph.pieces:
        whole = (Span(paragraph.text, paragraph.part, paragraph.target),)
        return [_line(indent, row) for row in wrapped_spans(whole, room)]
    first = 1 if paragraph.apart and width < _TITLE_ROOM else 0
    parts = (paragraph.pieces[:first], paragraph.pieces[first:])
    rows = (row for pieces in parts if pieces for row in flowed(pieces, paragraph.between, room))
    return [_line(indent, row) for row in rows]


def _line(indent: str, spans: Sequence[Span]) -> Line:
    shown = (Span(indent, "gap"), *spans) if indent else tuple(spans)
    return Line(shown, tuple(span.target for span in shown if span.target is not None))


def _card(view: TimelineView, event: Event, quote_number: int) -> Iterator[Paragraph]:
    key = view.key_of(event.id)
    supports = {} if key is None else view.support(key)
    fallen = {path: reason for path, left in supports.items() if (reason := reason_fallen(view, left))}
    yield from _head(view, event, fallen)
    yield from _of_reader(view, event)
    number = min(quote_number, len(event.quotes) - 1)
    if event.quotes:
        yield from _quote(view, event, number, fallen)
    yield from _text(view, event)
    yield from _claims(view, event, fallen)
    yield from _links(view, event)
    if event.quotes:
        quote = event.quotes[number]
        yield from _wordings(view, quote, number, fallen)
        yield from _support(view, event, quote.sources, ("source of these words", "sources of these words"))
    yield from _support(
        view, event, event.sources, ("source of the event", "sources of the event"), supports.get(())
    )
    if others := other_citations(event, quote_number):
        yield from _heading(
            len(others), "source of other words and claims", "sources of other words and claims"
        )
        yield from _sources(view, event, others, source_trees(view, source_ids(others)))


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
    if paragraph.pieces or beyond <= 0:
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
    yield paragraph._replace(text=f"{FALLEN} {paragraph.text}", part="fallen", pieces=())
    yield Paragraph(fallen[path], "doubt", paragraph.indent)


def _pieces(pieces: Iterable[tuple[Span, ...]], between: str = " · ") -> Iterator[Paragraph]:
    """A paragraph of pieces; none without any."""
    shown = [piece for piece in pieces if piece[0].text]
    beyond = len(shown) - _MOST_PIECES
    if beyond > 0:
        shown[_MOST_PIECES:] = [(Span(f"and {beyond:,} more", "faint"),)]
    if shown:
        text = between.join("".join(span.text for span in piece) for piece in shown)
        yield Paragraph(text, shown[0][0].part, pieces=tuple(shown), between=between)


def _actor(view: TimelineView, id_: str) -> Span:
    return Span(view.actor_name(id_), "name", Target(leads="actor", id=id_))


def _head(view: TimelineView, event: Event, fallen: _Fallen) -> Iterator[Paragraph]:
    """Title, status, date, place and kind; then what else there is to say of the status and the date."""
    title = one_line(event.title)
    is_fallen = () in fallen
    yield Paragraph(f"{FALLEN} {title}" if is_fallen else title, "fallen" if is_fallen else "title")
    status = view.status_of(event)
    look: Part = "certain" if status == "confirmed" else "detail"
    if status in ("claimed", "disputed", "denied"):
        look = "doubt"
    stated = f"{STATUS_SIGNS[status]} {status_word(status)}" if status else ""
    places = dict.fromkeys(filter(None, (event.place, *event.places)))
    facts = _pieces(
        [
            (Span(stated, look),),
            (Span(view.date_in_words(event.date)),),
            *((Span(view.place_name(id_), "text", _place_target(view, id_)),) for id_ in places),
            (Span(one_line(event.kind), "detail", Target(leads="kind", id=event.kind)),),
        ]
    )
    yield from (paragraph._replace(apart=bool(stated)) for paragraph in facts)
    if is_fallen:
        yield Paragraph(fallen[()], "doubt")
    if sides := claimed_and_disputed(view, event):
        yield Paragraph(sides.removeprefix(f"{status} "), "doubt" if look == "doubt" else "detail")
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


def _of_reader(view: TimelineView, event: Event) -> Iterator[Paragraph]:
    """The mark and the note of the reader, which are told from what the file says."""
    if event.id in view.reader.marks:
        yield Paragraph(f"{MARK} You have marked this.", "name")
    if (note := view.reader.notes.get(event.id)) is not None:
        for number, text in enumerate(visible(note.text).strip().splitlines()):
            yield Paragraph(text if number else f"{NOTE} Your note: {text}", "name", 2 if number else 0)


def _place_target(view: TimelineView, place: str) -> Target:
    known = view.place(place)
    return Target(leads="place", id=place if known is None else known.name)


def _quote(view: TimelineView, event: Event, number: int, fallen: _Fallen) -> Iterator[Paragraph]:
    quote, count = event.quotes[number], len(event.quotes)
    yield Paragraph("quote" if count == 1 else f"quote {number + 1} of {count} · ] next", "heading")
    words = quoted(quote.kind, visible(quote.text).strip())
    part: Part = "text" if quote.kind == "paraphrase" else "words"
    if quote.status == "withdrawn":
        part = "fallen"
    key = view.key_of(event.id)
    target = Target(-1 if key is None else key, number, source_ids(quote.sources), leads="wordings")
    yield from _marked(Paragraph(words, part, target=target), ("quotes", number), fallen)
    if quote.kind != "direct":
        yield Paragraph(_KINDS[quote.kind], "doubt")
    speaker = view.actor(quote.speaker, event.date.earliest)
    role = one_line(speaker.role) if speaker is not None else ""
    yield from _pieces([(Span("— ", "faint"), _actor(view, quote.speaker)), (Span(role, "detail"),)])
    for office in offices_after(view, quote.speaker, event.date.latest):
        yield Paragraph(office, "detail")
    if quote.date:
        yield Paragraph(view.date_in_words(quote.date), "detail")
    if quote.to:
        first, *others = (_actor(view, id_) for id_ in quote.to)
        yield from _pieces([(Span("to ", "detail"), first), *((other,) for other in others)], ", ")
    if quote.language:
        origin = f", translated from {_language(quote.translated_from)}" if quote.translated_from else ""
        yield Paragraph(f"in {_language(quote.language)}{origin}", "detail")
    for entry in statement_history(view, quote, ("quotes", number)):
        part = "doubt" if quote.status == "withdrawn" else "detail"
        yield from _marked(Paragraph(entry.text, part), entry.path, fallen)
    yield from _corrections(view, quote.sources)
    yield from _note(quote.note)
    yield from _extra(quote)
    if further := len(quote.wordings):
        words = f"{further} other wording{'' if further == 1 else 's'}, side by side: w"
        yield Paragraph(words, "detail", target=target)


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


def _text(view: TimelineView, event: Event) -> Iterator[Paragraph]:
    """The text, the outcome, who takes part, and the tags."""
    if event.text:
        yield GAP
        yield Paragraph(visible(event.text).strip(), "text")
    if event.outcome and event.date.earliest <= view.as_of:
        yield GAP
        yield Paragraph(f"Outcome: {visible(event.outcome).strip()}", "text")
    if event.actors or event.tags:
        yield GAP
    yield from _pieces(
        (_actor(view, id_), Span(f" {one_line(role)}" if role else "", "detail"))
        for id_, role in event.actors.items()
    )
    yield from _pieces(
        ((Span(f"#{one_line(tag)}", "detail", Target(leads="tag", id=tag)),) for tag in event.tags), " "
    )
    yield from _extra(event)


def _claims(view: TimelineView, event: Event, fallen: _Fallen) -> Iterator[Paragraph]:
    if not event.claims:
        return
    yield from _heading(len(event.claims), "claim", "claims")
    about = ""
    for number, claim in sorted(enumerate(event.claims), key=lambda pair: pair[1].about):
        if claim.about != about:
            about = claim.about
            target = Target(leads="topic", id=about)
            yield Paragraph(question_of(view, about), "text", target=target)
        yield from _claim(view, event, number, fallen)


def _claim(view: TimelineView, event: Event, number: int, fallen: _Fallen) -> Iterator[Paragraph]:
    claim = event.claims[number]
    part: Part = "fallen" if claim.status == "withdrawn" else "name"
    speaker, value = _actor(view, claim.by), f": {claim_in_words(view, claim)}"
    piece = speaker._replace(part=part), Span(value, part)
    words = Paragraph(f"{speaker.text}{value}", part, 2, pieces=(piece,))
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
        words = f"{'' if link.outward else '← '}{_relation(link.relation)}: {link.title}"
        yield Paragraph(words, "detail", target=Target(link.key, leads="link"))
    for relation, id_ in missing:
        yield Paragraph(f"{_relation(relation)}: {one_line(id_)}", "detail")


def _support(
    view: TimelineView,
    event: Event,
    citations: tuple[Citation, ...],
    heading: tuple[str, str],
    left: Support | None = None,
) -> Iterator[Paragraph]:
    """What a statement rests on: the verdict, then the sources; `heading` for one and for several."""
    yield from _heading(len(citations), *heading)
    if not citations:
        if left is None or (missing := missing_support(left)):
            yield Paragraph("No source is given." if left is None else missing, "doubt")
        else:
            yield Paragraph("It rests on the sources of its quotes and claims.", "detail")
        return
    rest = support_of(view, source_ids(citations))
    sentence = f"{rest.verdict[0].upper()}{rest.verdict[1:]}."
    yield Paragraph(sentence, "doubt" if rest.is_doubtful else "detail")
    yield from _sources(view, event, citations, rest.trees)


def _sources(
    view: TimelineView, event: Event, citations: tuple[Citation, ...], trees: list[SourceTree]
) -> Iterator[Paragraph]:
    """The cited sources, each below the one that it repeats, which is shown even if it is not cited."""
    key = view.key_of(event.id)
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.id, []).append(citation)
    names: list[str] = []
    for depth, root in walk_trees(trees):
        names[depth:] = [source_name(view, root.id)]
        target = Target(-1 if key is None else key, sources=(root.id,), leads="addresses", id=root.id)
        yield from _source(view, target, root, names, cited.get(root.id, []))


def _source(
    view: TimelineView, target: Target, root: SourceTree, names: list[str], cited: list[Citation]
) -> Iterator[Paragraph]:
    """A source; `names` are the names of the sources from the root of its tree to this one."""
    source, depth = view.source(root.id), len(names) - 1
    indent = 2 * min(depth, _DEEPEST)
    sign = "└ " if depth else ""
    inner = indent + 2
    is_published = not is_later(view, root.id)
    title = one_line(source.title) if source and is_published else names[-1]
    yield Paragraph(f"{sign}{title}", "text", indent, target)
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
                yield Paragraph(one_line(address), "address", inner, target)
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

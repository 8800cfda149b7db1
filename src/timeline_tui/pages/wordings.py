"""The page of a quote in all its versions: how each outlet prints it, and where versions differ.

Words that differ from the first version in the same language stand between ▸ and ◂; ▸…◂ stands for words that
are left out.
"""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.statements import quotation_marks, quoted
from timeline_tui.answers.support import reason_fallen
from timeline_tui.answers.wordings import (
    Version,
    by_language,
    differing_pieces,
    divergences,
    is_long,
    versions,
)
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.model.support import State, Support
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, wrapped
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.answers.provenance import Outlet
    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Event, Quote
    from timeline_tui.timeline.protocol import TimelineView

_TITLE = "How each outlet prints it"
_WIDE = 100
"""Width in cells from which on the title of the page has room for a longer beginning."""
_LONGEST = 20_000
"""Number of characters of a version that are shown at most."""
_MOST_DIVERGENCES = 3
_NARROW = 60
"""Width in cells below which words stand under the outlets instead of beside them."""
_LEFT_OUT = "▸…◂"
_LEGEND = f"▸words◂ differ from the first version in that language; {_LEFT_OUT} marks words left out."
_KINDS = {
    "direct": "",
    "paraphrase": "A paraphrase, not the speaker's words.",
    "satire": "Satire: nobody said this in earnest.",
}


class _ShownQuote(NamedTuple):
    """What the lines of a quote are made from."""

    view: TimelineView
    quote: Quote
    target: Target
    width: int


def wordings_page(view: TimelineView, key: int, quote: int, width: int) -> Page:
    """All versions of a quote, by language and outlet.

    Args:
        view: The view; the event is shown as known there.
        key: Key of the event.
        quote: 0-based index of the quote; beyond the last quote, the last one is shown.
        width: In cells.
    """
    if not 0 <= key < view.total:
        return Page(_TITLE, (line("Nothing is selected."),))
    event = view.event(key)
    if not event.quotes:
        lines = [*_text_lines(event.title, width, "title", Target(key)), line("This event has no quotes.")]
        return Page(_TITLE, tuple(lines))
    number = min(max(quote, 0), len(event.quotes) - 1)
    shown = _ShownQuote(view, event.quotes[number], Target(key, number), width)
    title, count = _title(shown, event), len(event.quotes)
    if count > 1:
        place = f"{number + 1} of {count}"
        title = f"Quote {place} ([ ] to turn) · {title}" if width >= _WIDE else f"Quote {place} · {title}"
    return Page(title, tuple(_lines(shown, event)))


def all_wordings(view: TimelineView, width: int) -> Iterator[Line]:
    """The pages of all quotes of the view that have other wordings, one after another."""
    is_first = True
    for key in view.keys:
        event = view.event(key)
        for number, quote in enumerate(event.quotes):
            if not quote.wordings:
                continue
            if not is_first:
                yield BLANK
                yield BLANK
            is_first = False
            shown = _ShownQuote(view, quote, Target(key, number), width)
            yield from _text_lines(_title(shown, event), width, "heading")
            yield from _lines(shown, event)
    if is_first:
        yield from paragraph(view.nothing_known or "No quote here has other wordings.", width)


def _title(shown: _ShownQuote, event: Event) -> str:
    date = shown.view.date_in_words(shown.quote.date or event.date)
    return f"{_TITLE}: {shown.view.actor_name(shown.quote.speaker)}, {date}"


def _lines(shown: _ShownQuote, event: Event) -> Iterator[Line]:
    found = versions(shown.view, shown.quote)
    groups = by_language(found)
    yield from _text_lines(event.title, shown.width, "title", shown.target)
    if kind := _KINDS[shown.quote.kind]:
        yield from _text_lines(kind, shown.width, "doubt")
    yield from _text_lines(_sum(found, len(groups)), shown.width, "detail")
    if any(len(group) > 1 for _, group in groups):
        yield from _text_lines(_LEGEND, shown.width, "detail")
    for language, group in groups:
        yield BLANK
        count = f" · {len(group)} versions" if len(group) > 1 else ""
        name = language_name(one_line(language)) if language else "Language not given"
        yield from _text_lines(f"{name}{count}", shown.width, "heading")
        yield from _divergences(shown, group)
        for number, version in enumerate(group):
            if number:
                yield BLANK
            yield from _version(shown, group[0], version)
            yield from _fallen(shown, version)


def _fallen(shown: _ShownQuote, version: Version) -> Iterator[Line]:
    """That a version has lost all that it rests on, and why; nothing of one that stands."""
    view, gone = shown.view, shown.view.gone
    if not gone:
        return
    if version.sources:
        lost = tuple(id_ for id_ in version.sources if id_ in gone)
        is_left = len(lost) < len(version.sources)
        support = None if is_left else Support(State.FALLEN, lost=lost)
    else:
        support = view.support(shown.target.key)["quotes", shown.target.quote]
    if reason := reason_fallen(view, support):
        yield from _text_lines(f"{FALLEN} fallen: {reason}", shown.width, "doubt", shown.target)


def _sum(found: Sequence[Version], languages: int) -> str:
    """The number of versions, languages and outlets."""
    if len(found) == 1:
        return "This is the only version in the file."
    outlets = len({outlet.source for version in found for outlet in version.outlets})
    printed = count_of(outlets, "outlet") if outlets else "no source given"
    return f"One utterance in {len(found):,} versions: {count_of(languages, 'language')}, {printed}."


def _divergences(shown: _ShownQuote, group: Sequence[Version]) -> Iterator[Line]:
    """Where the versions in a language differ most: the words there, and who prints them."""
    found = divergences([one_line(version.text[:_LONGEST]) for version in group])[:_MOST_DIVERGENCES]
    if not found:
        return
    yield from _text_lines("Where they differ:", shown.width, "detail")
    for number, variants in enumerate(found):
        if number:
            yield BLANK
        variant_words = [quoted(shown.quote.kind, variant.words) for variant in variants]
        left = min(max(map(cells, variant_words)), shown.width * 2 // 5)
        for words, variant in zip(variant_words, variants, strict=True):
            having = [group[place] for place in variant.versions]
            who = ", ".join(dict.fromkeys(_names(shown, having)))
            target = shown.target._replace(
                sources=tuple(id_ for version in having for id_ in version.sources)
            )
            rows = _laid([(words, "words")], left), _laid([(who, "name")], shown.width - left - 4)
            yield from _beside(*rows, left + 2, target, indent=2)
    yield BLANK


def _names(shown: _ShownQuote, having: Sequence[Version]) -> Iterator[str]:
    for version in having:
        if not version.outlets:
            yield "no source given"
        for outlet in version.outlets:
            yield clipped(outlet.name, max(shown.width // 3, 24))


def _version(shown: _ShownQuote, base: Version, version: Version) -> Iterator[Line]:
    target = shown.target._replace(sources=version.sources)
    is_narrow = shown.width < _NARROW
    left = shown.width if is_narrow else min(shown.width * 3 // 10, 32)
    room = shown.width - 2 if is_narrow else shown.width - left - 2
    printers: list[tuple[Span, ...]] = []
    for outlet in version.outlets:
        printers += _outlet(shown.view, outlet, left)
    printers = printers or _laid([("no source given", "doubt")], left)
    words = [*_words(shown.quote, base, version, room), *_remarks(base, version, room)]
    if is_narrow:
        yield from (Line(spans, (target,)) for spans in printers)
        yield from (Line((Span("  "), *spans), (target,)) for spans in words)
    else:
        yield from _beside(printers, words, left + 2, target)


def _outlet(view: TimelineView, outlet: Outlet, room: int) -> Iterator[tuple[Span, ...]]:
    date = view.date_in_words(outlet.date) if outlet.date is not None else "undated"
    source = view.source(outlet.source)
    satire = ", satire" if source is not None and source.kind == "satire" else ""
    yield from _laid([(outlet.name, "name"), (f", {date}", "detail"), (satire, "doubt")], room)
    further = [f"re-posted by {', '.join(outlet.reposts)}"] if outlet.reposts else []
    further += [f"repeats {outlet.repeats}"] if outlet.repeats else []
    for text in further:
        yield from ((Span("  "), *spans) for spans in _laid([(text, "detail")], room - 2))


def _words(quote: Quote, base: Version, version: Version, room: int) -> list[tuple[Span, ...]]:
    text = _visible(version)
    pieces = [(text, False)] if version is base else differing_pieces(_visible(base), text)
    marked: list[tuple[str, Part]] = []
    for piece, differs in pieces:
        if differs and not piece:
            marked.append((_LEFT_OUT, "differs"))
            # The space after it belongs to the words that follow.
            marked += [(" ", "words")] if marked[-2][0].endswith(" ") else []
        else:
            marked.append((f"▸{piece}◂", "differs") if differs else (piece, "words"))
    opening, closing = quotation_marks(quote.kind)
    return _laid([(opening, "words"), *marked, (closing, "words")], room)


def _remarks(base: Version, version: Version, room: int) -> Iterator[tuple[Span, ...]]:
    """The remarks on a version, which stand below its words."""
    remarks = []
    if beyond := len(version.text) - len(version.text[:_LONGEST]):
        remarks.append(f"… and {beyond:,} more characters in the file")
    if version is not base and is_long(_visible(base), _visible(version)):
        remarks.append("Compared only by its words, not by their order.")
    if "-" in version.language:
        remarks.append(language_name(one_line(version.language)))
    if version.is_quote_text:
        remarks.append("The quote's own text.")
    if note := one_line(version.note[:_LONGEST]):
        remarks.append(note)
    for remark in remarks:
        yield from _laid([(remark, "detail")], room)


def _visible(version: Version) -> str:
    return one_line(version.text[:_LONGEST])


def _text_lines(text: str, width: int, part: Part, *targets: Target) -> Iterator[Line]:
    return iter(paragraph(one_line(text[:_LONGEST]), width, part, 0, *targets))


def _beside(
    left: Sequence[tuple[Span, ...]],
    right: Sequence[tuple[Span, ...]],
    start: int,
    target: Target,
    indent: int = 0,
) -> Iterator[Line]:
    """Two columns; the right one begins at cell `start`, counted from the indentation."""
    for one, other in zip_longest(left, right, fillvalue=()):
        taken = sum(cells(span.text) for span in one)
        spans = [Span(" " * indent)] if indent else []
        spans += one
        spans += [Span(" " * (start - taken)), *other] if other else []
        yield Line(tuple(spans), (target,))


def _laid(pieces: Sequence[tuple[str, Part]], room: int) -> list[tuple[Span, ...]]:
    """Pieces of one text, wrapped to `room` cells; the text must be on one line, with single spaces."""
    text = "".join(piece for piece, _ in pieces)
    parts = [part for piece, part in pieces for _ in piece]
    laid, place = [], 0
    for row in wrapped(text, room):
        # The space at which the text is wrapped is in neither row.
        start = text.index(row, place)
        place = start + len(row)
        runs = groupby(range(start, place), key=parts.__getitem__)
        laid.append(tuple(Span("".join(text[at] for at in run), part) for part, run in runs))
    return laid

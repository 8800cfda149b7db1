"""A quote in all its versions: who prints it how, and where they part.

Words that the first version of the same language does not have there stand between ▸ and ◂; where words of it
are left out, ▸…◂ stands for them.
"""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.statements import quotation_marks, quoted
from timeline_tui.answers.wordings import (
    Version,
    by_language,
    differing_pieces,
    divergences,
    is_long,
    versions,
)
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, wrapped
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.answers.provenance import Outlet
    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Event, Quote
    from timeline_tui.timeline.view import View

_LONGEST = 20_000
"""Characters of a version that are shown."""
_MOST_PARTINGS = 3
_NARROW = 60
"""In fewer cells, words stand below those who print them."""
_LEFT_OUT = "▸…◂"
_LEGEND = (
    "The first version of the same language does not have the ▸words◂ between these signs there; "
    f"{_LEFT_OUT} stands where words of it are left out."
)
_KINDS = {
    "direct": "",
    "paraphrase": "A paraphrase, not the speaker's words.",
    "satire": "Satire: nobody said this in earnest.",
}


class _Told(NamedTuple):
    """What the lines of a quote are made with."""

    view: View
    quote: Quote
    target: Target
    width: int


def wordings_page(view: View, key: int, quote: int, width: int) -> Page:
    """All versions of a quote, by language and outlet.

    Args:
        view: Asked for the event as it is known there.
        key: Key of the event.
        quote: Number of the quote, from 0; the last one where there are not so many.
        width: In cells.
    """
    if not 0 <= key < view.total:
        return Page("Who prints it how", (line("Nothing is selected."),))
    event = view.event(key)
    if not event.quotes:
        said = [*_plain(event.title, width, "title", Target(key)), line("This event has no quotes.")]
        return Page("Who prints it how", tuple(said))
    number = min(max(quote, 0), len(event.quotes) - 1)
    told = _Told(view, event.quotes[number], Target(key, number), width)
    return Page(_title(told, event), tuple(_lines(told, event)))


def all_wordings(view: View, width: int) -> Iterator[Line]:
    """Every quote of the view that has other wordings, as its page shows it, one after another."""
    none = True
    for key in view.keys:
        event = view.event(key)
        for number, quote in enumerate(event.quotes):
            if not quote.wordings:
                continue
            if not none:
                yield BLANK
                yield BLANK
            none = False
            told = _Told(view, quote, Target(key, number), width)
            yield from _plain(_title(told, event), width, "heading")
            yield from _lines(told, event)
    if none:
        yield from paragraph(view.nothing_known or "No quote here has other wordings.", width)


def _title(told: _Told, event: Event) -> str:
    date = told.view.date_in_words(told.quote.date or event.date)
    return f"Who prints it how: {told.view.actor_name(told.quote.speaker)}, {date}"


def _lines(told: _Told, event: Event) -> Iterator[Line]:
    found = versions(told.view, told.quote)
    groups = by_language(found)
    yield from _plain(event.title, told.width, "title", told.target)
    if kind := _KINDS[told.quote.kind]:
        yield from _plain(kind, told.width, "doubt")
    yield from _plain(_sum(found, len(groups)), told.width, "detail")
    if any(len(group) > 1 for _, group in groups):
        yield from _plain(_LEGEND, told.width, "detail")
    for language, group in groups:
        yield BLANK
        count = f" · {len(group)} versions" if len(group) > 1 else ""
        name = language_name(one_line(language)) if language else "Language not given"
        yield from _plain(f"{name}{count}", told.width, "heading")
        yield from _partings(told, group)
        for number, version in enumerate(group):
            if number:
                yield BLANK
            yield from _version(told, group[0], version)


def _sum(found: Sequence[Version], languages: int) -> str:
    """How much there is of it: so many versions, languages, outlets."""
    if len(found) == 1:
        return "The only version in the file."
    outlets = len({outlet.source for version in found for outlet in version.outlets})
    printed = count_of(outlets, "outlet") if outlets else "no source given"
    return f"One utterance in {len(found):,} versions: {count_of(languages, 'language')}, {printed}."


def _partings(told: _Told, group: Sequence[Version]) -> Iterator[Line]:
    """Where the versions of a language part most: what they have there, and who has it."""
    found = divergences([one_line(version.text[:_LONGEST]) for version in group])[:_MOST_PARTINGS]
    if not found:
        return
    yield from _plain("Where they part:", told.width, "detail")
    for number, variants in enumerate(found):
        if number:
            yield BLANK
        said = [quoted(told.quote.kind, variant.words) for variant in variants]
        left = min(max(map(cells, said)), told.width * 2 // 5)
        for words, variant in zip(said, variants, strict=True):
            having = [group[place] for place in variant.versions]
            who = ", ".join(dict.fromkeys(_names(told, having)))
            target = told.target._replace(sources=tuple(id_ for version in having for id_ in version.sources))
            rows = _laid([(words, "words")], left), _laid([(who, "name")], told.width - left - 4)
            yield from _beside(*rows, left + 2, target, indent=2)
    yield BLANK


def _names(told: _Told, having: Sequence[Version]) -> Iterator[str]:
    for version in having:
        if not version.outlets:
            yield "no source given"
        for outlet in version.outlets:
            yield clipped(outlet.name, max(told.width // 3, 24))


def _version(told: _Told, base: Version, version: Version) -> Iterator[Line]:
    target = told.target._replace(sources=version.sources)
    is_narrow = told.width < _NARROW
    left = told.width if is_narrow else min(told.width * 3 // 10, 32)
    room = told.width - 2 if is_narrow else told.width - left - 2
    printers: list[tuple[Span, ...]] = []
    for outlet in version.outlets:
        printers += _outlet(told.view, outlet, left)
    printers = printers or _laid([("no source given", "doubt")], left)
    words = [*_words(told.quote, base, version, room), *_remarks(base, version, room)]
    if is_narrow:
        yield from (Line(spans, (target,)) for spans in printers)
        yield from (Line((Span("  "), *spans), (target,)) for spans in words)
    else:
        yield from _beside(printers, words, left + 2, target)


def _outlet(view: View, outlet: Outlet, room: int) -> Iterator[tuple[Span, ...]]:
    date = view.date_in_words(outlet.date) if outlet.date is not None else "undated"
    source = view.source(outlet.source)
    satire = ", satire" if source is not None and source.kind == "satire" else ""
    yield from _laid([(outlet.name, "name"), (f", {date}", "detail"), (satire, "doubt")], room)
    further = [f"re-posted by {', '.join(outlet.reposts)}"] if outlet.reposts else []
    further += [f"repeats {outlet.repeats}"] if outlet.repeats else []
    for text in further:
        yield from ((Span("  "), *spans) for spans in _laid([(text, "detail")], room - 2))


def _words(quote: Quote, base: Version, version: Version, room: int) -> list[tuple[Span, ...]]:
    said = _shown(version)
    pieces = [(said, False)] if version is base else differing_pieces(_shown(base), said)
    marked: list[tuple[str, Part]] = []
    for text, differs in pieces:
        if differs and not text:
            marked.append((_LEFT_OUT, "differs"))
            # What it stands before has the space that is there.
            marked += [(" ", "words")] if marked[-2][0].endswith(" ") else []
        else:
            marked.append((f"▸{text}◂", "differs") if differs else (text, "words"))
    opening, closing = quotation_marks(quote.kind)
    return _laid([(opening, "words"), *marked, (closing, "words")], room)


def _remarks(base: Version, version: Version, room: int) -> Iterator[tuple[Span, ...]]:
    """What is to be said of a version below its words."""
    remarks = []
    if beyond := len(version.text) - len(version.text[:_LONGEST]):
        remarks.append(f"… and {beyond:,} more characters in the file")
    if version is not base and is_long(_shown(base), _shown(version)):
        remarks.append("Compared by its words alone, not by their order.")
    if "-" in version.language:
        remarks.append(language_name(one_line(version.language)))
    if version.is_quote_text:
        remarks.append("The quote's own text.")
    if note := one_line(version.note[:_LONGEST]):
        remarks.append(note)
    for remark in remarks:
        yield from _laid([(remark, "detail")], room)


def _shown(version: Version) -> str:
    return one_line(version.text[:_LONGEST])


def _plain(text: str, width: int, part: Part, *targets: Target) -> Iterator[Line]:
    return iter(paragraph(one_line(text[:_LONGEST]), width, part, 0, *targets))


def _beside(
    left: Sequence[tuple[Span, ...]],
    right: Sequence[tuple[Span, ...]],
    start: int,
    target: Target,
    indent: int = 0,
) -> Iterator[Line]:
    """Two columns, the right one from cell `start` of what is indented."""
    for one, other in zip_longest(left, right, fillvalue=()):
        taken = sum(cells(span.text) for span in one)
        spans = [Span(" " * indent)] if indent else []
        spans += one
        spans += [Span(" " * (start - taken)), *other] if other else []
        yield Line(tuple(spans), (target,))


def _laid(pieces: Sequence[tuple[str, Part]], room: int) -> list[tuple[Span, ...]]:
    """Pieces of one text on a single line, wrapped; their spaces are single ones."""
    text = "".join(piece for piece, _ in pieces)
    parts = [part for piece, part in pieces for _ in piece]
    laid, place = [], 0
    for row in wrapped(text, room):
        # A space where the text is broken is in neither row.
        start = text.index(row, place)
        place = start + len(row)
        runs = groupby(range(start, place), key=parts.__getitem__)
        laid.append(tuple(Span("".join(text[at] for at in run), part) for part, run in runs))
    return laid

"""The page of sources: what rests on each alone, and what falls without some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.provenance import is_later, source_name, support_of, walk_trees
from timeline_tui.answers.statements import claim_in_words, question_of, quoted, source_ids
from timeline_tui.answers.support import (
    fallen_counts,
    fallen_in_words,
    fallen_statements,
    reason_fallen,
    source_weights,
    without_in_words,
)
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, line, paragraph
from timeline_tui.model.support import State
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import clipped
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.provenance import SourceTree
    from timeline_tui.answers.support import SourceWeight
    from timeline_tui.model.records import Citation, Claim, Event, Quote
    from timeline_tui.model.support import Support
    from timeline_tui.timeline.protocol import TimelineView

_LONGEST = 500
"""Number of characters of a statement that are read to show its beginning."""
_DEEPEST = 5
"""Number of steps of repetition that are shown by indentation."""


MOST = 200
"""Number of fallen statements that the page lists at most."""
_INTRODUCTION = (
    "Before each source: how many statements fall if it alone is taken away, of how many that rest on it. "
    "The first line is the weakest point of what is shown. Space takes a source away or gives it back."
)


def sources_page(view: TimelineView, width: int) -> Page:
    """The sources that a view rests on, the one that most rests on alone first; then what has fallen."""
    title = "Sources: what rests on each alone"
    weights = source_weights(view)
    if not weights:
        reason = view.nothing_known or "No statement here has a source."
        return Page(title, tuple(paragraph(reason, width)))
    lines = paragraph(_INTRODUCTION, width, "detail")
    counts = fallen_counts(view)
    if view.without:
        lines += paragraph(f"{fallen_in_words(counts)}. Taken away: {without_in_words(view)}", width, "doubt")
    elif counts:
        lines += paragraph(f"Retracted sources support nothing. {fallen_in_words(counts)}.", width, "doubt")
    lines.append(BLANK)
    room = max(len(f"{weight.alone:,} of {weight.resting:,}") for weight in weights)
    lines += [_weight(view, weight, room, width) for weight in weights]
    return Page(title, (*lines, *_fallen(view, sum(counts.values()), width)))


def _weight(view: TimelineView, weight: SourceWeight, room: int, width: int) -> Line:
    source = view.source(weight.id)
    facts = [source_name(view, weight.id)]
    if weight.is_gone:
        facts.append(_gone(view, weight.id))
    if source is not None and not is_later(view, weight.id):
        origins = [source_name(view, id_) for id_ in source.derived_from]
        facts += [one_line(source.kind), view.date_in_words(source.date) if source.date else "undated"]
        facts += [f"repeats {' and '.join(origins)}"] if origins else []
        facts += [one_line(source.title)] if source.publisher else []
    sign = f"{FALLEN} " if weight.is_gone else "  "
    number = f"{weight.alone:,} of {weight.resting:,}".rjust(room)
    text = clipped(" · ".join(fact for fact in facts if fact), max(width - len(sign) - room - 2, 1))
    spans = (
        Span(sign, "doubt"),
        Span(f"{number}  ", "figure"),
        Span(text, "fallen" if weight.is_gone else "text"),
    )
    return Line(spans, (Target(sources=(weight.id,), leads="source", id=weight.id),))


def _gone(view: TimelineView, id_: str) -> str:
    if id_ in view.without:
        return "taken away"
    source = view.source(id_)
    if source is not None and source.retracted is not None:
        return f"retracted on {view.date_in_words(source.retracted.known)}"
    return "gone with what it repeats"


def _fallen(view: TimelineView, total: int, width: int) -> Iterator[Line]:
    """The statements that have fallen, under the titles of their events, each with the reason."""
    if not total:
        return
    yield BLANK
    yield line("Fallen", "heading")
    last = -1
    found = fallen_statements(view, MOST)
    for one in found:
        quote = one.path[1] if one.path[:1] == ("quotes",) else 0
        claim = one.path[1] if one.path[:1] == ("claims",) else -1
        target = Target(one.key, int(quote), claim=int(claim))
        if one.key != last:
            last = one.key
            title = f"{view.date_in_words(view.date_of(one.key))} · {view.title_of(one.key)}"
            yield line(clipped(title, width), "title", target)
        yield from paragraph(f"{FALLEN} {one.text}", width, "fallen", 2, target)
        yield from paragraph(one.reason, width, "doubt", 4, target)
    if total > len(found):
        yield line(f"… and {total - len(found):,} more", "detail")


def printed_sources(view: TimelineView, width: int) -> Iterator[Line]:
    """The page of sources, then what each statement rests on."""
    page = sources_page(view, width)
    yield from paragraph(page.title, width)
    yield BLANK
    yield from page.lines
    yield BLANK
    yield line("What each statement rests on", "heading")
    yield BLANK
    yield from provenance_lines(view, width)


def provenance_lines(view: TimelineView, width: int) -> Iterator[Line]:
    """Each event of the view with its quotes and claims, and the sources that each of them rests on.

    Args:
        view: The view; events are listed as they are known there.
        width: Width in cells that no line exceeds.
    """
    if not view.count:
        yield from paragraph(view.nothing_known or "There are no events here.", width)
    for position, key in enumerate(view.keys):
        if position:
            yield BLANK
        yield from _event(view, key, width)


def _event(view: TimelineView, key: int, width: int) -> Iterator[Line]:
    event, support = view.event(key), view.support(key)
    target = Target(key, sources=source_ids(event.sources))
    title = one_line(f"{view.date_in_words(event.date)} · {event.title}")
    yield from paragraph(title, width, "title", 0, target)
    yield from _reason(view, support[()], target, width)
    yield from _sources(view, event.sources, target, width)
    for number, quote in enumerate(event.quotes):
        target = Target(key, number, source_ids(quote.sources))
        yield line(clipped(f"  {_quote(view, quote)}", width), "words", target)
        yield from _reason(view, support["quotes", number], target, width)
        yield from _sources(view, quote.sources, target, width)
    for number, claim in enumerate(event.claims):
        target = Target(key, sources=source_ids(claim.sources), claim=number)
        yield line(clipped(f"  {_claim(view, event, claim)}", width), "name", target)
        yield from _reason(view, support["claims", number], target, width)
        yield from _sources(view, claim.sources, target, width)


def _reason(view: TimelineView, support: Support, target: Target, width: int) -> list[Line]:
    """That a statement has fallen, and why; nothing of one that stands."""
    if support.state is not State.FALLEN:
        return []
    return paragraph(f"{FALLEN} fallen: {reason_fallen(view, support)}", width, "doubt", 4, target)


def _sources(
    view: TimelineView, citations: tuple[Citation, ...], target: Target, width: int
) -> Iterator[Line]:
    rest = support_of(view, source_ids(citations))
    yield from paragraph(rest.verdict, width, "doubt" if rest.is_doubtful else "detail", 4, target)
    names: list[str] = []
    for depth, root in walk_trees(rest.trees):
        names[depth:] = [source_name(view, root.id)]
        yield from _source(view, root, names, target, width)


def _source(
    view: TimelineView, root: SourceTree, names: list[str], target: Target, width: int
) -> Iterator[Line]:
    """Publisher, kind and date of a source; indented below the source that it repeats.

    `names` are the names of the sources from the root of the tree to this one.
    """
    source = view.source(root.id)
    depth = len(names) - 1
    facts = [names[-1]]
    if source is not None:
        # The date of a source that is published later must not be revealed.
        dated = view.date_in_words(source.date) if source.date is not None else "undated"
        facts += [] if is_later(view, root.id) else [one_line(source.kind), dated]
    if depth:
        facts.append(f"repeats {names[-2]}")
    if not root.cited:
        facts.append("not cited itself")
    if root.circular:
        facts.append("circular: it claims to repeat a source that repeats it")
    sign = "└ " if depth else ""
    indent = 6 + 2 * min(depth, _DEEPEST)
    text = f"{sign}{' · '.join(fact for fact in facts if fact)}"
    yield from paragraph(text, width, "text", min(indent, width // 2), target._replace(sources=(root.id,)))


def _quote(view: TimelineView, quote: Quote) -> str:
    kind = "" if quote.kind == "direct" else f" ({quote.kind})"
    return f"{view.actor_name(quote.speaker)}{kind}: {quoted(quote.kind, one_line(quote.text[:_LONGEST]))}"


def _claim(view: TimelineView, event: Event, claim: Claim) -> str:
    question = question_of(view, claim.about)
    date = f", {view.date_in_words(claim.date)}" if claim.date not in (None, event.date) else ""
    return f"{view.actor_name(claim.by)}{date}: {claim_in_words(view, claim, _LONGEST)} — {question}"

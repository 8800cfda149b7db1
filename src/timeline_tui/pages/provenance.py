"""The list of what each statement of a view rests on: a verdict, and its sources as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.provenance import is_later, source_name, support_of, walk_trees
from timeline_tui.answers.statements import claim_in_words, question_of, quoted, source_ids
from timeline_tui.drawing.lines import BLANK, Line, Target, line, paragraph
from timeline_tui.text.cells import clipped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.provenance import SourceTree
    from timeline_tui.model.records import Citation, Claim, Event, Quote
    from timeline_tui.timeline.protocol import TimelineView

_LONGEST = 500
"""Number of characters of a statement that are read to show its beginning."""
_DEEPEST = 5
"""Number of steps of repetition that are shown by indentation."""


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
    event = view.event(key)
    target = Target(key, sources=source_ids(event.sources))
    title = one_line(f"{view.date_in_words(event.date)} · {event.title}")
    yield from paragraph(title, width, "title", 0, target)
    yield from _sources(view, event.sources, target, width)
    for number, quote in enumerate(event.quotes):
        target = Target(key, number, source_ids(quote.sources))
        yield line(clipped(f"  {_quote(view, quote)}", width), "words", target)
        yield from _sources(view, quote.sources, target, width)
    for number, claim in enumerate(event.claims):
        target = Target(key, sources=source_ids(claim.sources), claim=number)
        yield line(clipped(f"  {_claim(view, event, claim)}", width), "name", target)
        yield from _sources(view, claim.sources, target, width)


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

"""The start page: what a timeline is about, how much it holds, what to try first, and what its signs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline_tui.answers.claims import topics_in
from timeline_tui.drawing.lines import BLANK, Line, Span, count_of, paragraph
from timeline_tui.drawing.wrapping import flowed
from timeline_tui.pages.page import Page
from timeline_tui.query.language import Query
from timeline_tui.text.paragraphs import paragraphs
from timeline_tui.text.sanitize import visible
from timeline_tui.timeline.signs import STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.timeline.protocol import TimelineView

_LONGEST: Final = 20_000
"""Number of characters of a description that are shown at most."""
_COUNTED: Final = (("2q", "quotes", "two quotes"), ("6c", "claims", "six claims"))
"""The signs for what is counted: an example, what an event must have, and what the example means."""


def about_page(view: TimelineView, width: int, tries: Sequence[tuple[str, str]] = ()) -> Page:
    """What a timeline is about, as known on the day of the view.

    The description has no day, so it is left out where one is set.

    Args:
        view: The timeline; its query does not count here.
        width: In cells.
        tries: What to try first: the key as people write it, and what it does.
    """
    whole = view.with_query(Query())
    lines = [*paragraph(view.title, width, "title"), *_facts(whole, width)]
    if tries:
        keys = [(Span(key, "name"), Span(f" {does}")) for key, does in tries]
        lines += _flowed(keys, " · ", width)
    lines += [BLANK, *_flowed([(Span(sign, "detail"),) for sign in _legend(whole)], "   ", width)]
    if view.known_on is None:
        description = paragraphs(visible(view.header.description[:_LONGEST])).strip()
        lines += [BLANK, *paragraph(description, width)] if description else []
    return Page("About", tuple(lines))


def _flowed(pieces: Sequence[tuple[Span, ...]], gap: str, width: int) -> list[Line]:
    return [Line(tuple(spans)) for spans in flowed(pieces, gap, width)] if pieces else []


def _facts(view: TimelineView, width: int) -> Iterator[Line]:
    """How much there is, and from when to when."""
    if not view.count:
        yield from paragraph(view.nothing_known or "No events.", width, "detail")
        return
    ids = view.header.sources
    sources = len(ids) if view.known_on is None else sum(map(view.is_published, ids))
    days = (view.day_in_words(day) for day in view.span)
    counts = ((len(topics_in(view)), "question"), (sources, "source"))
    facts = [
        count_of(view.count, "event"),
        *(count_of(number, noun) for number, noun in counts if number),
        " to ".join(dict.fromkeys(days)),
    ]
    if view.known_on is not None:
        facts.append(f"as known on {view.day_in_words(view.known_on)}")
    yield from _flowed([(Span(fact, "detail"),) for fact in facts], " · ", width)


def _legend(view: TimelineView) -> Iterator[str]:
    """The signs that this timeline uses, each with its meaning."""
    for status, sign in STATUS_SIGNS.items():
        if view.keys_with("status", status):
            yield f"{sign} {status_word(status)}"
    for example, what, meaning in _COUNTED:
        if view.keys_with("has", what):
            yield f"{example} {meaning}"

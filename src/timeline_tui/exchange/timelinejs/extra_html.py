"""What stands below an event's text where a format has no place for it: HTML, a paragraph each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.history import history_of
from timeline_tui.answers.statements import claim_in_words
from timeline_tui.exchange import report_text as telling
from timeline_tui.exchange.html_to_markdown import escaped, link_html
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Citation, Event, Quote
    from timeline_tui.timeline.view import View


def told_below(view: View, event: Event, *, with_kind: bool = False) -> Iterator[str]:
    """How far an event is established, where and by whom it was done, what came of it, who said what.

    Args:
        view: Where its actors and sources are known.
        event: The event.
        with_kind: Whether its kind stands there too.
    """
    facts = [
        ("Kind", one_line(event.kind) if with_kind else ""),
        ("Status", _status(view, event)),
        ("Place", view.place_of(event)),
        ("With", ", ".join(telling.participants(view, event))),
        ("Outcome", telling.outcome(view, event)),
    ]
    yield from (f"<p>{_said(name)}: {_said(words)}</p>" for name, words in facts if words)
    yield from (f"<p>{_said(words)}</p>" for words in telling.history(view, event))
    yield from (f"<p>{_said(told.text)}</p>" for told in history_of(view, event))
    for quote in event.quotes:
        yield _quote(view, event, quote)
    for question, claims in telling.by_topic(view, event):
        answers = "; ".join(f"{view.actor_name(claim.by)}: {claim_in_words(view, claim)}" for claim in claims)
        yield f"<p>{_said(question)} {_said(answers)}</p>"
    if event.sources:
        yield f"<p>Sources: {'; '.join(_source(view, citation) for citation in event.sources)}</p>"


def _status(view: View, event: Event) -> str:
    words = telling.status(view, event)
    return "" if words == "confirmed" else words


def _quote(view: View, event: Event, quote: Quote) -> str:
    words = telling.words(quote, quote.kind)
    whose = ", ".join(telling.spoken(view, event, quote))
    return f"<blockquote>{escaped(words)} <cite>{_said(whose)}</cite></blockquote>"


def _source(view: View, citation: Citation) -> str:
    source = view.source(citation.id)
    place = f", {_said(citation.at)}" if citation.at else ""
    if source is None:
        return _said(citation.id) + place
    facts = ", ".join(telling.source_facts(view, source))
    return f"{link_html(one_line(source.title), source.url)}{place} ({_said(facts)})"


def _said(text: str) -> str:
    """Text on one line in which no mark means anything."""
    return escaped(one_line(text))

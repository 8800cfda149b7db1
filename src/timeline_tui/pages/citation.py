"""A quote or an event as a citation: the words, whose they are, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.phrases import claimed, in_marks
from timeline_tui.dates.wording import in_words
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.model.records import Citation, Claim, Event, Quote
    from timeline_tui.timeline.view import View


def cite(view: View, event: Event, quote: Quote | None) -> str:
    """`“Words” — Speaker, date.`, then for each source `Publisher, “Title”, date, address.`; visible."""
    if quote is None:
        said = f"{one_line(event.title)} ({in_words(event.date)})."
        citations = event.sources
    else:
        said = in_marks(quote.kind, one_line(quote.text))
        said += f" — {view.actor_name(quote.speaker)}, {in_words(quote.date or event.date)}"
        said += {"direct": "", "paraphrase": " (paraphrase)", "satire": " (satire)"}[quote.kind] + "."
        citations = quote.sources or event.sources
    return "\n".join([said, *(f"{_source(view, citation)}." for citation in citations)])


def cite_claim(view: View, event: Event, claim: Claim) -> str:
    """`Question Value — Speaker, date.`, then its sources as in `cite()`; visible."""
    topic = view.topic(claim.about)
    question = one_line(topic.question if topic else claim.about)
    date = in_words(claim.date or event.date)
    said = f"{question} {claimed(view, claim)} — {view.actor_name(claim.by)}, {date}."
    return "\n".join([said, *(f"{_source(view, citation)}." for citation in claim.sources or event.sources)])


def _source(view: View, citation: Citation) -> str:
    source = view.source(citation.id)
    if source is None:
        return one_line(citation.id)
    title = f"“{one_line(source.title)}”"
    date = in_words(source.date) if source.date else "undated"
    parts = [source.author, source.publisher, title, citation.at, date, source.url]
    return ", ".join(one_line(part) for part in parts if part)

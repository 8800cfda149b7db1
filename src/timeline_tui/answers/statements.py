"""What was said, in words: quotes in their marks, claims with their units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.wording import in_words
from timeline_tui.model.figures import parse_figure
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.model.records import Citation, Claim, Event, Quote, QuoteKind
    from timeline_tui.timeline.view import View


def quotation_marks(kind: QuoteKind) -> tuple[str, str]:
    """What stands before and after words of that kind: for a paraphrase nothing."""
    return ("", "") if kind == "paraphrase" else ("“", "”")


def quoted(kind: QuoteKind, words: str) -> str:
    """Words of that kind in quotation marks, if they are the speaker's."""
    return words.join(quotation_marks(kind))


def claim_in_words(view: View, claim: Claim, longest: int | None = None) -> str:
    """What a claim says, with the unit of its topic: `at least 8,000 soldiers`; visible, on one line.

    Args:
        view: Asked for the topic.
        claim: The claim.
        longest: Characters of a text answer that are looked at; None for all.
    """
    figure = parse_figure(claim.value)
    if figure is None:
        return one_line(claim.value[:longest])
    topic = view.topic(claim.about)
    return f"{figure} {one_line(topic.unit)}" if topic and topic.unit else str(figure)


def source_ids(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The ids of the sources cited."""
    return tuple(citation.id for citation in citations)


def cite(view: View, event: Event, quote: Quote | None) -> str:
    """`“Words” — Speaker, date.`, then for each source `Publisher, “Title”, date, address.`; visible."""
    if quote is None:
        said = f"{one_line(event.title)} ({in_words(event.date)})."
        citations = event.sources
    else:
        said = quoted(quote.kind, one_line(quote.text))
        said += f" — {view.actor_name(quote.speaker)}, {in_words(quote.date or event.date)}"
        said += {"direct": "", "paraphrase": " (paraphrase)", "satire": " (satire)"}[quote.kind] + "."
        citations = quote.sources or event.sources
    return "\n".join([said, *(f"{_source(view, citation)}." for citation in citations)])


def cite_claim(view: View, event: Event, claim: Claim) -> str:
    """`Question Value — Speaker, date.`, then its sources as in `cite()`; visible."""
    topic = view.topic(claim.about)
    question = one_line(topic.question if topic else claim.about)
    date = in_words(claim.date or event.date)
    said = f"{question} {claim_in_words(view, claim)} — {view.actor_name(claim.by)}, {date}."
    return "\n".join([said, *(f"{_source(view, citation)}." for citation in claim.sources or event.sources)])


def _source(view: View, citation: Citation) -> str:
    source = view.source(citation.id)
    if source is None:
        return one_line(citation.id)
    title = f"“{one_line(source.title)}”"
    date = in_words(source.date) if source.date else "undated"
    parts = [source.author, source.publisher, title, citation.at, date, source.url]
    return ", ".join(one_line(part) for part in parts if part)

"""Quotes and claims in words: with quotation marks and units, and as citations with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.wording import in_words
from timeline_tui.model.figures import parse_figure
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.model.records import Citation, Claim, Event, Quote, QuoteKind, Topic
    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.timeline.rows import Row


def quotation_marks(kind: QuoteKind) -> tuple[str, str]:
    """The opening and closing marks for a quote of that kind; empty for a paraphrase."""
    return ("", "") if kind == "paraphrase" else ("“", "”")


def quoted(kind: QuoteKind, words: str) -> str:
    """A quote of that kind in quotation marks, or bare if it is a paraphrase."""
    return words.join(quotation_marks(kind))


def claim_in_words(view: TimelineView, claim: Claim, longest: int | None = None) -> str:
    """What a claim says, with the unit of its topic: `at least 8,000 soldiers`; visible, on one line.

    Args:
        view: The view that knows the topic.
        claim: The claim.
        longest: Number of characters of a text answer that are shown at most; None for all.
    """
    return value_in_words(claim.value, view.topic(claim.about), longest)


def value_in_words(value: str, topic: Topic | None, longest: int | None = None) -> str:
    """An answer to a question with the unit of its topic; visible, on one line; see `claim_in_words()`."""
    figure = parse_figure(value)
    if figure is None:
        return one_line(value[:longest])
    return f"{figure} {one_line(topic.unit)}" if topic and topic.unit else str(figure)


def source_ids(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The ids of the sources cited."""
    return tuple(citation.id for citation in citations)


def status_notes(row: Row) -> list[str]:
    """Status and speakers of an event: `disputed`, `claimed by TASS`; of one that has fallen that it has.

    The status is left out if it is confirmed, or if it is claimed and the speakers are named.
    """
    fallen = ["fallen"] if row.is_fallen else []
    by = [f"claimed by {', '.join(row.by)}"] if row.by else []
    is_said = row.status in ("", "confirmed") or (by and row.status == "claimed")
    return [*fallen, *by] if is_said else [*fallen, row.status, *by]


def question_of(view: TimelineView, topic_id: str, longest: int | None = None) -> str:
    """The question of a topic, or its id if the file does not declare it; visible, on one line.

    Args:
        view: The view that knows the topic.
        topic_id: Id of the topic.
        longest: Number of characters that are shown at most; None for all.
    """
    topic = view.topic(topic_id)
    return one_line((topic.question if topic else topic_id)[:longest])


def cite(view: TimelineView, event: Event, quote: Quote | None) -> str:
    """A quote, or an event if there is none, as a citation; visible.

    `“Words” — Speaker, date.`, then a line for each source: `Publisher, “Title”, date, address.`
    """
    if quote is None:
        words = f"{one_line(event.title)} ({in_words(event.date)})."
        citations = event.sources
    else:
        words = quoted(quote.kind, one_line(quote.text))
        words += f" — {view.actor_name(quote.speaker)}, {in_words(quote.date or event.date)}"
        words += {"direct": "", "paraphrase": " (paraphrase)", "satire": " (satire)"}[quote.kind] + "."
        citations = quote.sources or event.sources
    return "\n".join([words, *(f"{_source(view, citation)}." for citation in citations)])


def cite_claim(view: TimelineView, event: Event, claim: Claim) -> str:
    """A claim as a citation: `Question Value — Speaker, date.`, then its sources as in `cite()`; visible."""
    date = in_words(claim.date or event.date)
    words = f"{question_of(view, claim.about)} {claim_in_words(view, claim)}"
    words += f" — {view.actor_name(claim.by)}, {date}."
    return "\n".join([words, *(f"{_source(view, citation)}." for citation in claim.sources or event.sources)])


def _source(view: TimelineView, citation: Citation) -> str:
    source = view.source(citation.id)
    if source is None:
        return one_line(citation.id)
    title = f"“{one_line(source.title)}”"
    date = in_words(source.date) if source.date else "undated"
    parts = [source.author, source.publisher, title, citation.at, date, source.url]
    return ", ".join(one_line(part) for part in parts if part)

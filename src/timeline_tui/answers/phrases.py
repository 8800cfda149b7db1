"""What was said, in words: quotes in their marks, claims with their units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.model.figures import parse_figure
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.model.records import Citation, Claim, QuoteKind
    from timeline_tui.timeline.view import View


def marks(kind: QuoteKind) -> tuple[str, str]:
    """What stands before and after words of that kind: for a paraphrase nothing."""
    return ("", "") if kind == "paraphrase" else ("“", "”")


def in_marks(kind: QuoteKind, words: str) -> str:
    """Words of that kind in quotation marks, if they are the speaker's."""
    return words.join(marks(kind))


def claimed(view: View, claim: Claim, longest: int | None = None) -> str:
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


def ids_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The ids of the sources cited."""
    return tuple(citation.id for citation in citations)

"""What a question came to, beside what had been said about it before and what was said since.

Figures are set beside each other in figures and words; nobody gets a mark. Text answers are only listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import by_speaker, day_stated
from timeline_tui.dates.wording import span_in_words
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.histories import day_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.answers.claims import DatedClaim, TopicClaims
    from timeline_tui.model.figures import Figure
    from timeline_tui.model.records import Settled


class EarlierAnswer(NamedTuple):
    """What a speaker had said last about the day that a question was settled for."""

    claim: DatedClaim
    distance: str
    """`the same figure`, `1,000 below`, `a range that includes it`; empty where a text is compared."""
    ahead: str
    """`21 months before`: how long before the question was settled."""
    revised: tuple[DatedClaim, ...]
    """What the same speaker had said before that, the oldest first."""


class Settlement(NamedTuple):
    """A settled question: the answer, and the claims beside it."""

    answer: Settled
    before: list[EarlierAnswer]
    """What each speaker had said last, up to the day that the answer is about; the earliest speaker first."""
    other_days: list[DatedClaim]
    """Claims of days after the one that the answer is about; they are not compared with it."""
    satire: list[DatedClaim]
    """Earlier claims that rest only on satire."""
    reposts: list[DatedClaim]
    """Earlier claims that rest only on sources that repeat others."""
    since: list[DatedClaim]
    """Claims made since it was settled."""


def settlement_of(topic: TopicClaims) -> Settlement | None:
    """What the question came to; None if it is not settled on the day of the view, or is open again.

    A claim speaks of the day on which it was made. If the answer says which day it is about, it is compared
    with what each speaker had said last by then.
    """
    record = topic.view.topic(topic.topic)
    if record is None or not record.settled or record.settled[-1].open:
        return None
    answer = record.settled[-1]
    settled = day_known(answer.known)
    last = settled - 1 if answer.as_of is None else answer.as_of.latest
    found = Settlement(answer, [], [], [], [], [])
    compared: list[DatedClaim] = []
    for one in topic.claims:
        if not one.is_standing:
            continue
        if day_stated(one.date) >= settled:
            found.since.append(one)
        elif topic.is_satire(one):
            found.satire.append(one)
        elif topic.is_repost(one):
            found.reposts.append(one)
        elif day_stated(one.date) > last:
            found.other_days.append(one)
        else:
            compared.append(one)
    figure = parse_figure(answer.value)
    found.before.extend(_earlier(claims, figure, settled) for _, claims in by_speaker(compared))
    return found


def _earlier(claims: Sequence[DatedClaim], figure: Figure | None, settled: int) -> EarlierAnswer:
    *revised, last = claims
    distance = distance_in_words(last.figure, figure) if last.figure and figure else ""
    days = settled - day_stated(last.date)
    return EarlierAnswer(last, distance, f"{span_in_words(days)} before", tuple(revised))


def distance_in_words(claimed: Figure, settled: Figure) -> str:
    """How far a claimed figure is from the settled one, from the nearer end of a range."""
    if (claimed.low, claimed.high) == (settled.low, settled.high):
        return "the same figure"
    if claimed.high is not None and settled.low is not None and claimed.high < settled.low:
        return f"{settled.low - claimed.high:,f} below"
    if claimed.low is not None and settled.high is not None and claimed.low > settled.high:
        return f"{claimed.low - settled.high:,f} above"
    if settled.low is not None and settled.low == settled.high:
        return "a range that includes it"
    if claimed.low is not None and claimed.low == claimed.high:
        return "within that range"
    return "a range that overlaps it"

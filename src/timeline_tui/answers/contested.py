"""Which questions are most contested: how many answers, by how many speakers, over how long."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import claims_on, day_stated, spreads, topics_in
from timeline_tui.dates.edtf import BEGINNING, END
from timeline_tui.text.sanitize import fold, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.answers.claims import DatedClaim
    from timeline_tui.timeline.protocol import TimelineView

MOST_READ = 1_000
"""Number of events whose claims are read at most, for all questions together."""
_FEWEST = 5
"""Number of events that are read at least of each question that is read at all."""


class Contested(NamedTuple):
    """A question, and how far those who answer it differ."""

    topic: str
    events: int
    """Number of events of the view with claims on it."""
    answers: int
    """Number of different figures or texts among the latest claims of all speakers."""
    speakers: int
    spread: str
    """The lowest and the highest of everyone's latest figure, in words; empty without figures."""
    first: int
    """Day number of the first claim that was read; `END` if none was."""
    last: int
    """Day number of the last claim that was read; `BEGINNING` if none was."""
    unread: int
    """Number of earlier events with claims on it that were not read."""


def contested_questions(view: TimelineView) -> list[Contested]:
    """The questions that events of a view have claims on, the most contested first.

    The more speakers answer, the more contested a question is, unless they all say the same.

    Where there are very many claims, only the last ones on each question are read, and on the questions with
    fewest events none.
    """
    topics = topics_in(view)
    total = sum(count for _, count in topics)
    share = MOST_READ if total <= MOST_READ else max(MOST_READ // len(topics), _FEWEST)
    left, found = MOST_READ, []
    for topic, count in topics:
        read = min(count, share, left)
        left -= read
        found.append(_contested(topic, count, claims_on(view, topic, read), count - read))
    return sorted(found, key=lambda one: (one.answers < 2, -one.speakers, -one.answers, -one.events))


def nearest_question(view: TimelineView, key: int) -> str:
    """The question with a claim in the event nearest to the one with that key; empty if there is none."""
    position = view.position_of(key)
    nearest = {
        topic: min((abs(view.position_of(one) - position) for one in _around(view, topic, key)), default=END)
        for topic, _ in topics_in(view)
    }
    return min(nearest, key=lambda topic: nearest[topic], default="")


def _around(view: TimelineView, topic: str, key: int) -> Sequence[int]:
    """The keys of the events with claims on a topic that are next to that key, before and after it."""
    keys = view.keys_with("topic", topic)
    place = bisect_left(keys, key)
    return keys[max(place - 1, 0) : place + 1]


def _contested(topic: str, events: int, claims: Sequence[DatedClaim], unread: int) -> Contested:
    latest = {one.claim.by: one for one in claims if one.is_standing}
    answers = {one.figure or fold(one_line(one.claim.value)) for one in latest.values()}
    spread = spreads(claims)
    days = [day for one in claims if BEGINNING < (day := day_stated(one.date)) < END]
    return Contested(
        topic,
        events,
        len(answers),
        len(latest),
        str(spread[-1]) if spread else "",
        min(days, default=END),
        max(days, default=BEGINNING),
        unread,
    )

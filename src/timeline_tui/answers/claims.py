"""Claims on a topic: who stated what and when, and between which figures the last words lie on each day.

Figures are compared and never reckoned with: there is no average here, nor anything that would need one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.edtf import BEGINNING, END
from timeline_tui.model.figures import parse_figure
from timeline_tui.timeline.planned import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from timeline_tui.dates.date import Date
    from timeline_tui.model.figures import Figure
    from timeline_tui.model.records import Claim
    from timeline_tui.timeline.view import View


MOST_EVENTS = 5_000
"""Events whose claims on a topic are read."""


class DatedClaim(NamedTuple):
    """A claim, where and when it was made, and its figure."""

    key: int
    """Key of the event that it belongs to."""
    number: int
    """Its place among the claims of the event, from 0."""
    claim: Claim
    date: Date
    """The claim's own date, else the event's."""
    figure: Figure | None
    """None for a text answer."""


class Bound(NamedTuple):
    """The lowest or the highest of the figures that are named."""

    value: Decimal
    about: bool
    """Whether somebody names it as an approximate one."""
    open: bool
    """Whether somebody names it as a bound: at most the lowest, or at least the highest."""


class Spread(NamedTuple):
    """Between which figures the last word of each speaker lies on a day; in words by `str()`."""

    day: int
    """Day number; of a figure whose beginning is open, the last day that it may be of."""
    speakers: int
    """How many have named a figure by that day."""
    lowest: Bound
    highest: Bound
    at_most: Decimal | None
    """The lowest of the figures that something is said to be at most; None where nobody says so."""
    at_least: Decimal | None
    """The highest of the figures that something is said to be at least; None where nobody says so."""

    def __str__(self) -> str:
        """In words: `8,000 or less to about 12,000`, `2,600 to 11,000, beside at least 10,000`.

        What is open stands at its end of the spread only if the figure there is itself an open one.
        """
        low = _words(self.lowest, " or less")
        high = _words(self.highest, " or more")
        if self.lowest.value != self.highest.value or (self.lowest.open and self.highest.open):
            words = f"{low} to {high}"
        else:
            words = high if self.highest.open else low
        beside = []
        if self.at_most is not None and not self.lowest.open:
            beside.append(f"at most {self.at_most:,f}")
        if self.at_least is not None and not self.highest.open:
            beside.append(f"at least {self.at_least:,f}")
        return f"{words}, beside {' and '.join(beside)}" if beside else words


def topics_in(view: View) -> list[tuple[str, int]]:
    """The topics that events of the view have claims on, each with the number of these events.

    Most events first, else in the order of the file; ids that the file does not declare come last.
    """
    ids = dict.fromkeys([*view.header.topics, *view.index.values("topic")])
    counted = [(id_, len(view.keys_with("topic", id_))) for id_ in ids]
    return sorted((topic for topic in counted if topic[1]), key=lambda topic: -topic[1])


def claims_on(view: View, topic: str) -> list[DatedClaim]:
    """The claims on a topic in the view, in chronological order; those of one date as their events.

    Of more than `MOST_EVENTS` events that have some, the last ones are read.
    """
    found: list[DatedClaim] = []
    for key in in_order(view, view.keys_with("topic", topic))[-MOST_EVENTS:]:
        event = view.event(key)
        for number, claim in enumerate(event.claims):
            if claim.about == topic:
                date = claim.date or event.date
                found.append(DatedClaim(key, number, claim, date, parse_figure(claim.value)))
    return sorted(found, key=lambda one: (one.date.key, one.key, one.number))


def unread_events(view: View, topic: str) -> int:
    """How many events with claims on a topic `claims_on()` leaves out, all of them earlier ones."""
    return max(len(view.keys_with("topic", topic)) - MOST_EVENTS, 0)


def day_stated(date: Date) -> int:
    """The day number from which a claim of that date counts: its first day.

    That is its last day where its beginning is open, and `BEGINNING` where nothing is known of it.
    """
    if date.earliest > BEGINNING or date.latest == END:
        return date.earliest
    return date.latest


def spreads(claims: Sequence[DatedClaim]) -> list[Spread]:
    """One spread for each day on which a figure was stated, in chronological order.

    What a speaker said is replaced by what he surely said later; of what he said on one day, or on days
    of which nobody can say which was the later one, everything counts. Claims may come in any order;
    text answers are passed over.
    """
    figures = sorted(
        ((day_stated(one.date), one) for one in claims if one.figure is not None), key=lambda pair: pair[0]
    )
    replaced = _replacements([one for _, one in figures])
    ends = _Ends()
    speakers: set[str] = set()
    found: list[Spread] = []
    for day, group in groupby(figures, key=lambda pair: pair[0]):
        for _, one in group:
            speakers.add(one.claim.by)
            if one.figure is not None:
                ends.add(one.figure, _until(one, replaced))
        found.append(ends.spread(day, len(speakers)))
    return found


def _replacements(claims: Sequence[DatedClaim]) -> dict[str, list[int]]:
    """The first days of what each speaker stated, ascending."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for one in claims:
        days[one.claim.by].append(one.date.earliest)
    for speaker in days:
        days[speaker].sort()
    return days


def _until(one: DatedClaim, days: dict[str, list[int]]) -> int:
    """The day on which something that was surely said later takes a claim's place; after `END` if never."""
    own = days[one.claim.by]
    place = bisect_right(own, one.date.latest)
    return own[place] if place < len(own) else END + 1


_Heap = list[tuple["Decimal", int]]
"""Values, each with the day before which it holds; the lowest first."""


def _lowest(heap: _Heap, day: int) -> Decimal | None:
    """The lowest value that holds on a day, for days that never go back; None if none does."""
    while heap and heap[0][1] <= day:
        heappop(heap)
    return heap[0][0] if heap else None


@dataclass(slots=True)
class _End:
    """One end of the spread: all values, the approximate, and the open ones."""

    named: _Heap = field(default_factory=list)
    about: _Heap = field(default_factory=list)
    open: _Heap = field(default_factory=list)

    def add(self, bound: Decimal | None, other: Decimal | None, until: int, *, about: bool) -> None:
        """Take up a figure: its bound at this end, or where that is open the one at the other."""
        value = other if bound is None else bound
        if value is None:
            return
        entry = value, until
        heappush(self.named, entry)
        if bound is None:
            heappush(self.open, entry)
        if about:
            heappush(self.about, entry)


class _Ends:
    """Both ends of the spread. At the upper one all values are negated, so that the highest is lowest."""

    def __init__(self) -> None:
        self._low, self._high = _End(), _End()

    def add(self, figure: Figure, until: int) -> None:
        # Negation by `-` would round to the precision of the context.
        low, high = figure.low, figure.high
        self._low.add(low, high, until, about=figure.about)
        self._high.add(_negated(high), _negated(low), until, about=figure.about)

    def spread(self, day: int, speakers: int) -> Spread:
        """The spread on a day, later than any asked for before, of which there is a figure."""
        low, high = _lowest(self._low.named, day), _lowest(self._high.named, day)
        if low is None or high is None:
            raise ValueError("no figure holds on that day")
        at_most, at_least = _lowest(self._low.open, day), _lowest(self._high.open, day)
        lowest = Bound(low, _lowest(self._low.about, day) == low, at_most == low)
        highest = Bound(high.copy_negate(), _lowest(self._high.about, day) == high, at_least == high)
        return Spread(
            day,
            speakers,
            lowest,
            highest,
            at_most,
            _negated(at_least),
        )


def _negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.copy_negate()


def _words(bound: Bound, opened: str) -> str:
    about = "about " if bound.about else ""
    return f"{about}{bound.value:,f}{opened if bound.open else ''}"


def by_speaker(claims: Sequence[DatedClaim]) -> list[tuple[str, list[DatedClaim]]]:
    """Each speaker's id with what he stated, in the order given; speakers by first appearance."""
    grouped: defaultdict[str, list[DatedClaim]] = defaultdict(list)
    for one in claims:
        grouped[one.claim.by].append(one)
    return list(grouped.items())

"""Claims on a topic: who claimed what and when, and the lowest and highest of the latest figures on each day.

Figures are only compared, never calculated with: there is no average here, nor anything that needs one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from itertools import groupby
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.edtf import BEGINNING, END
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.support import State
from timeline_tui.text.sanitize import fold, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from timeline_tui.dates.date import Date
    from timeline_tui.model.figures import Figure
    from timeline_tui.model.records import Claim
    from timeline_tui.timeline.protocol import TimelineView


MOST_EVENTS = 5_000
"""Number of events whose claims on a topic are read at most."""
_LETTERS = ascii_uppercase + ascii_lowercase


class DatedClaim(NamedTuple):
    """A claim with its event, date and figure."""

    key: int
    """Key of the event that the claim belongs to."""
    number: int
    """0-based index of the claim in its event."""
    claim: Claim
    date: Date
    """The claim's own date, else the event's."""
    figure: Figure | None
    """None for a text answer."""
    is_standing: bool = True
    """Whether the claim has neither fallen nor been withdrawn by its speaker."""


class TextAnswer(NamedTuple):
    """A text that answers a topic's question, with everyone who gives it."""

    letter: str
    """`A` to `Z`, then `a` to `z`, then the number of the answer."""
    text: str
    """As it was first written; visible, on one line."""
    claims: list[DatedClaim]


class Bound(NamedTuple):
    """The lowest or the highest of several figures."""

    value: Decimal
    about: bool
    """Whether some speaker gives it as approximate."""
    open: bool
    """Whether some speaker gives it as a bound: at most the lowest, or at least the highest."""


class Spread(NamedTuple):
    """The lowest and the highest of all speakers' latest figures on a day; `str()` gives it in words."""

    day: int
    """Day number; for a claim whose date has an open beginning, the last day that the date can mean."""
    speakers: int
    """Number of speakers who have given a figure by that day."""
    lowest: Bound
    highest: Bound
    at_most: Decimal | None
    """The lowest figure of all claims of the form "at most"; None if there are none."""
    at_least: Decimal | None
    """The highest figure of all claims of the form "at least"; None if there are none."""

    def __str__(self) -> str:
        """In words: `8,000 or less to about 12,000`, `2,600 to 11,000 (open-ended: ≥10,000)`.

        An open-ended figure is part of the range only if it is itself the lowest or the highest.
        """
        low = _words(self.lowest, " or less")
        high = _words(self.highest, " or more")
        if self.lowest.value != self.highest.value or (self.lowest.open and self.highest.open):
            words = f"{low} to {high}"
        else:
            words = high if self.highest.open else low
        open_ended = []
        if self.at_most is not None and not self.lowest.open:
            open_ended.append(f"≤{self.at_most:,f}")
        if self.at_least is not None and not self.highest.open:
            open_ended.append(f"≥{self.at_least:,f}")
        return f"{words} (open-ended: {', '.join(open_ended)})" if open_ended else words


@dataclass(frozen=True)
class TopicClaims:
    """The claims of a view on one topic in chronological order, with names and letters to show them by."""

    view: TimelineView
    topic: str
    claims: Sequence[DatedClaim]
    unread: int = 0
    """Number of earlier events whose claims are left out."""

    @cached_property
    def figures(self) -> list[DatedClaim]:
        """The claims that give a figure."""
        return [one for one in self.claims if one.figure is not None]

    @cached_property
    def texts(self) -> list[DatedClaim]:
        """The claims that give a text answer."""
        return [one for one in self.claims if one.figure is None]

    @cached_property
    def speakers(self) -> list[tuple[str, list[DatedClaim]]]:
        """Each speaker's id and claims, in order of first appearance."""
        return by_speaker(self.claims)

    @cached_property
    def names(self) -> dict[str, str]:
        """The speakers' names by id, in order of first appearance; namesakes have their ids added."""
        names = {id_: self.view.actor_name(id_) for id_, _ in self.speakers}
        counts = Counter(names.values())
        return {
            id_: name if counts[name] == 1 or name == id_ else f"{name} ({one_line(id_)})"
            for id_, name in names.items()
        }

    @cached_property
    def answers(self) -> list[TextAnswer]:
        """The text answers in order of first appearance; texts that are equal once folded are one answer."""
        grouped: defaultdict[str, list[DatedClaim]] = defaultdict(list)
        for one in self.texts:
            grouped[fold(one_line(one.claim.value))].append(one)
        return [
            TextAnswer(_letter(index), one_line(claims[0].claim.value), claims)
            for index, claims in enumerate(grouped.values())
        ]

    @cached_property
    def _letters(self) -> dict[tuple[int, int], str]:
        return {(one.key, one.number): answer.letter for answer in self.answers for one in answer.claims}

    def letter(self, one: DatedClaim) -> str:
        """The letter of the answer that a claim gives; empty for a figure."""
        return self._letters.get((one.key, one.number), "")

    @cached_property
    def _satires(self) -> frozenset[str]:
        return frozenset(id_ for id_, source in self.view.header.sources.items() if source.kind == "satire")

    def is_satire(self, one: DatedClaim) -> bool:
        """Whether a claim rests only on satire."""
        sources = one.claim.sources
        return bool(sources and self._satires) and all(cited.id in self._satires for cited in sources)

    def is_repost(self, one: DatedClaim) -> bool:
        """Whether a claim rests only on sources that repeat others."""
        sources = [self.view.source(cited.id) for cited in one.claim.sources]
        return bool(sources) and all(source is not None and source.derived_from for source in sources)

    def conflicting_days(self, claims: Sequence[DatedClaim]) -> list[tuple[int, int]]:
        """Day numbers on which one speaker gives several figures or answers, each with the number of these.

        Only claims that are dated to a single day are counted.
        """
        days: defaultdict[int, set[object]] = defaultdict(set)
        for one in claims:
            if one.date.earliest == one.date.latest:
                days[one.date.earliest].add(one.figure or self.letter(one))
        return [(day, len(values)) for day, values in days.items() if len(values) > 1]


def topic_claims(view: TimelineView, topic: str) -> TopicClaims:
    """The claims of a view on a topic."""
    return TopicClaims(view, topic, claims_on(view, topic), unread_events(view, topic))


def topics_in(view: TimelineView) -> list[tuple[str, int]]:
    """The topics that events of the view have claims on, each with the number of these events.

    Sorted by that number, highest first, then in the order of the file; undeclared topics come last.
    """
    ids = dict.fromkeys([*view.header.topics, *view.values("topic")])
    counted = [(id_, len(view.keys_with("topic", id_))) for id_ in ids]
    return sorted((topic for topic in counted if topic[1]), key=lambda topic: -topic[1])


def claims_on(view: TimelineView, topic: str, most: int | None = None) -> list[DatedClaim]:
    """The claims on a topic in the view, in chronological order; claims of one date in the order of events.

    Only the last `most` events with such claims are read; `MOST_EVENTS` if not given.
    """
    most = MOST_EVENTS if most is None else most
    found: list[DatedClaim] = []
    keys = view.chronological(view.keys_with("topic", topic))
    for key in keys[max(len(keys) - most, 0) :]:
        event = view.event(key)
        support = view.support(key) if view.gone else {}
        for number, claim in enumerate(event.claims):
            if claim.about == topic:
                date = claim.date or event.date
                rests = support.get(("claims", number))
                stands = claim.status != "withdrawn" and (rests is None or rests.state is not State.FALLEN)
                found.append(DatedClaim(key, number, claim, date, parse_figure(claim.value), stands))
    return sorted(found, key=lambda one: (one.date.key, one.key, one.number))


def unread_events(view: TimelineView, topic: str) -> int:
    """Number of events with claims on a topic that `claims_on()` leaves out; all of them are earlier."""
    return max(len(view.keys_with("topic", topic)) - MOST_EVENTS, 0)


def day_stated(date: Date) -> int:
    """The day number from which a claim of that date counts: the first day of the date.

    For a date with an open beginning it is the last day, and `BEGINNING` if the end is open too.
    """
    if date.earliest > BEGINNING or date.latest == END:
        return date.earliest
    return date.latest


def spreads(claims: Sequence[DatedClaim]) -> list[Spread]:
    """One spread for each day on which somebody gave a figure, in chronological order.

    A speaker's claim is superseded by a later claim of theirs, but only if it is certainly later. If a
    speaker gave several figures on one day, or on days whose order is not certain, all of them count.
    Claims may come in any order. Text answers, and claims that have fallen or were withdrawn, are skipped.
    """
    standing = [one for one in claims if one.figure is not None and one.is_standing]
    figures = sorted(((day_stated(one.date), one) for one in standing), key=lambda pair: pair[0])
    superseding = _claim_days([one for _, one in figures])
    ends = _Ends()
    speakers: set[str] = set()
    found: list[Spread] = []
    for day, group in groupby(figures, key=lambda pair: pair[0]):
        for _, one in group:
            speakers.add(one.claim.by)
            if one.figure is not None:
                ends.add(one.figure, _until(one, superseding))
        found.append(ends.spread(day, len(speakers)))
    return found


def _claim_days(claims: Sequence[DatedClaim]) -> dict[str, list[int]]:
    """The first days of each speaker's claims, ascending."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for one in claims:
        days[one.claim.by].append(one.date.earliest)
    for speaker in days:
        days[speaker].sort()
    return days


def _until(one: DatedClaim, days: dict[str, list[int]]) -> int:
    """The day on which a certainly later claim of the speaker supersedes this one; `END + 1` if none does."""
    own = days[one.claim.by]
    place = bisect_right(own, one.date.latest)
    return own[place] if place < len(own) else END + 1


_Heap = list[tuple["Decimal", int]]
"""Values, each with the day from which it no longer holds; the lowest value is first."""


def _lowest(heap: _Heap, day: int) -> Decimal | None:
    """The lowest value that holds on a day, for days in ascending order; None if there is none."""
    while heap and heap[0][1] <= day:
        heappop(heap)
    return heap[0][0] if heap else None


@dataclass(slots=True)
class _End:
    """One end of the spread: all values, the approximate ones, and the open-ended ones."""

    named: _Heap = field(default_factory=list)
    about: _Heap = field(default_factory=list)
    open: _Heap = field(default_factory=list)

    def add(self, bound: Decimal | None, other: Decimal | None, until: int, *, about: bool) -> None:
        """Add a figure: its bound at this end, or the bound at the other end if this end is open."""
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
    """Both ends of the spread. Values of the upper end are negated, so that the highest comes first."""

    def __init__(self) -> None:
        self._low, self._high = _End(), _End()

    def add(self, figure: Figure, until: int) -> None:
        # The operator `-` would round to the precision of the context.
        low, high = figure.low, figure.high
        self._low.add(low, high, until, about=figure.about)
        self._high.add(_negated(high), _negated(low), until, about=figure.about)

    def spread(self, day: int, speakers: int) -> Spread:
        """The spread on a day.

        Args:
            day: A day on which some figure holds; days must be asked for in ascending order.
            speakers: Number of speakers who have given a figure by then.
        """
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
    """Each speaker's id and claims, in the order given; speakers in order of first appearance."""
    grouped: defaultdict[str, list[DatedClaim]] = defaultdict(list)
    for one in claims:
        grouped[one.claim.by].append(one)
    return list(grouped.items())


def _letter(index: int) -> str:
    return _LETTERS[index] if index < len(_LETTERS) else str(index + 1)

"""Pairs of actors, or of publishers, by what relates them, with what finds the events of each pair."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from timeline_tui.index.key_set import KeySet
from timeline_tui.query.language import AGAINST, Term
from timeline_tui.query.vocabulary import ARROW, TOGETHER, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.timeline.protocol import TimelineView

Measure = Literal["together", "to", "about", "against", "sources"]
"""What relates two: events with both; quotes of one to the other; quotes of one in events with the other.

Also what one says against the other, and sources of one publisher that repeat those of the other.
"""
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)


class Relation(NamedTuple):
    """How many events relate two, and what finds them."""

    events: int
    doubtful: int
    """How many of these are claimed, disputed or denied."""
    terms: tuple[Term, ...]


Relations = dict[tuple[str, str], Relation]
"""By the first and the second of a pair; pairs without events are left out."""


class _Counted:
    """Counts events, and how many of them are doubtful.

    Args:
        view: The events.
    """

    def __init__(self, view: TimelineView) -> None:
        keys = view.keys
        self._doubtful = KeySet.of((keys[position] for position in view.doubtful), view.total).marks

    def relation(self, keys: Iterable[int], *terms: Term) -> Relation:
        """The relation by some events, each once."""
        found, marks = list(keys), self._doubtful
        return Relation(len(found), sum(map(marks.__getitem__, found)), terms)

    def masks(self, groups: Iterable[Sequence[int]]) -> list[int]:
        """By key, a bit for each of some groups that an event is in, from 2 on; 1 for a doubtful one."""
        masks = list(self._doubtful)
        for number, keys in enumerate(groups, 1):
            bit = 1 << number
            for key in keys:
                masks[key] |= bit
        return masks


def _groups_of(mask: int) -> list[int]:
    """The numbers of the groups of a mask, from 0."""
    found, bits = [], mask >> 1
    while bits:
        found.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return found


def busiest(view: TimelineView) -> list[str]:
    """The actors with events in a view, those with most first."""
    actors = [(len(view.keys_with("actor", id_)), id_) for id_ in view.values("actor")]
    return [id_ for count, id_ in sorted(actors, key=lambda each: (-each[0], each[1])) if count]


def relations(view: TimelineView, measure: Measure, actors: Sequence[str]) -> Relations:
    """The pairs that something relates in a view.

    Args:
        view: The events.
        measure: What relates them.
        actors: Between whom they are looked for; has no effect where publishers are related.
    """
    pairs = view.pairs("actor")
    if pairs is not None:
        return _in_pairs(pairs, frozenset(actors)) if measure == "together" else {}
    counted = _Counted(view)
    found: Iterator[tuple[tuple[str, str], Relation]]
    match measure:
        case "together":
            found = _together(view, counted, actors)
        case "to":
            found = _spoken_to(view, counted, frozenset(actors))
        case "about":
            found = _speaking_about(view, counted, actors)
        case "against":
            found = _contradicting(view, counted, frozenset(actors))
        case _:
            found = _repeating(view, counted)
    return {pair: relation for pair, relation in found if relation.events}


def _in_pairs(pairs: Mapping[tuple[str, str], tuple[int, int]], among: frozenset[str]) -> Relations:
    """The pairs that a view has counted already."""
    found: Relations = {}
    for (one, other), (events, doubtful) in pairs.items():
        if one in among and other in among and events:
            first, second = sorted((one, other))
            relation = Relation(events, doubtful, (Term("actor", f"{first}{TOGETHER}{second}"),))
            found[one, other] = found[other, one] = relation
    return found


def _together(
    view: TimelineView, counted: _Counted, actors: Sequence[str]
) -> Iterator[tuple[tuple[str, str], Relation]]:
    masks = counted.masks(view.keys_with("actor", id_) for id_ in actors)
    events, doubtful = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    # There are far fewer sets of actors than events.
    for mask, number in Counter(masks).items():
        for pair in combinations(_groups_of(mask), 2):
            events[pair] += number
            doubtful[pair] += number * (mask & 1)
    for (first, other), number in events.items():
        # The order is that of the ids, so that a pair has one name.
        name = TOGETHER.join(sorted((actors[first], actors[other])))
        relation = Relation(number, doubtful[first, other], (Term("actor", name),))
        yield (actors[first], actors[other]), relation
        yield (actors[other], actors[first]), relation


def _spoken_to(
    view: TimelineView, counted: _Counted, among: frozenset[str]
) -> Iterator[tuple[tuple[str, str], Relation]]:
    for value in view.values("to"):
        by, arrow, other = value.partition(ARROW)
        if arrow and by in among and other in among:
            yield (by, other), counted.relation(view.keys_with("to", value), Term("to", value))


def _speaking_about(
    view: TimelineView, counted: _Counted, actors: Sequence[str]
) -> Iterator[tuple[tuple[str, str], Relation]]:
    masks = counted.masks(view.keys_with("actor", id_) for id_ in actors)
    events, doubtful = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for speaker, id_ in enumerate(actors):
        for mask, number in Counter(map(masks.__getitem__, view.keys_with("speaker", id_))).items():
            for other in _groups_of(mask):
                events[speaker, other] += number
                doubtful[speaker, other] += number * (mask & 1)
    for (speaker, other), number in events.items():
        if speaker != other:
            terms = Term("speaker", actors[speaker]), Term("actor", actors[other])
            yield (actors[speaker], actors[other]), Relation(number, doubtful[speaker, other], terms)


def _contradicting(
    view: TimelineView, counted: _Counted, among: frozenset[str]
) -> Iterator[tuple[tuple[str, str], Relation]]:
    for by, other, keys in view.contradictions():
        if by in among and other in among:
            yield (by, other), counted.relation(keys, Term(AGAINST, f"{by}{ARROW}{other}"))


def _repeating(view: TimelineView, counted: _Counted) -> Iterator[tuple[tuple[str, str], Relation]]:
    sources = view.header.sources
    repeating: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for id_, source in sources.items():
        for origin in source.derived_from:
            if origin in sources and source.publisher and sources[origin].publisher:
                pair = folded(source.publisher), folded(sources[origin].publisher)
                repeating[pair][id_] = None
    for pair, ids in repeating.items():
        keys = {key for id_ in ids for key in view.keys_with("source", id_)}
        terms = [Term("source", id_) for id_ in ids if len(view.keys_with("source", id_))]
        yield pair, counted.relation(sorted(keys), *terms)


def weights(found: Mapping[tuple[str, str], Relation]) -> dict[str, int]:
    """How many events relate each to others, counted once for each pair, those with most first."""
    totals: defaultdict[str, int] = defaultdict(int)
    for (one, other), relation in found.items():
        totals[one] += relation.events
        totals[other] += relation.events
    return dict(sorted(totals.items(), key=lambda each: (-each[1], each[0])))


def in_groups(ids: Sequence[str], found: Mapping[tuple[str, str], Relation]) -> list[str]:
    """The same ids in an order in which those stand side by side that much relates.

    A chain begins with the two that are closest, and goes on at either end with the one closest to that end.
    Who is related to nobody comes last. How close two are is their events in relation to those that each of
    them has in all, as with the cosine of two vectors.
    """
    totals = weights({pair: relation for pair, relation in found.items() if pair[0] != pair[1]})
    close: defaultdict[str, dict[str, float]] = defaultdict(dict)
    among = frozenset(ids)
    for (one, other), relation in found.items():
        if one != other and one in among and other in among:
            share = relation.events / sqrt(totals[one] * totals[other])
            for first, second in ((one, other), (other, one)):
                close[first][second] = close[first].get(second, 0) + share
    left = {id_: number for number, id_ in enumerate(ids)}
    order: list[str] = []
    while left:
        chain = [min(left, key=lambda id_: (-max(_near(close, id_, left), default=0), left[id_]))]
        del left[chain[0]]
        while left:
            ends = [
                (close[end].get(id_, 0), -number, id_, end)
                for id_, number in left.items()
                for end in chain[:1] + chain[-1:]
            ]
            share, _, nearest, end = max(ends)
            if not share:
                break
            chain = [*chain, nearest] if end == chain[-1] else [nearest, *chain]
            del left[nearest]
        order += chain
    return order


def _near(close: Mapping[str, Mapping[str, float]], id_: str, left: Mapping[str, int]) -> list[float]:
    return [share for other, share in close.get(id_, {}).items() if other in left]

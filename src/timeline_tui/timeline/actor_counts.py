"""The number of events of each actor in a view, and when they happened."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.index.index import Index
    from timeline_tui.index.key_set import KeySet
    from timeline_tui.query.language import Query

ACTIVITY_CELLS = 8
"""Slices of time in which the events of an actor are counted."""
_KINDS = ("state", "alliance", "organisation", "person", "media")


class Counted(NamedTuple):
    """Events that are counted."""

    timeline: Index
    keys: KeySet | None
    """Which of its events; None for all."""


@dataclass(frozen=True, slots=True)
class ActorCount:
    """An actor, and the events that would be shown if this actor alone were chosen."""

    id: str
    name: str
    kind: str
    """As in the file; empty for none."""
    count: int | None
    """Events in which the actor takes part, speaks, is spoken to, claims, disputes or denies.

    None while they are still being counted.
    """
    activity: tuple[int, ...]
    """The number of these events in each of `ACTIVITY_CELLS` equal slices of the view's span."""
    chosen: bool


def count_actors(index: Index, sources: Sequence[Counted], starts: Sequence[int]) -> Iterator[ActorCount]:
    """Every actor in the file, in no order, with the number of their events.

    Args:
        index: The index of all events, which knows the actors.
        sources: Where events are counted, one after another.
        starts: The first days of the slices of time, except for the first slice.
    """
    slices = [_Slices(source, starts) for source in sources]
    for id_, name, kind, keys in index.actors():
        activity = (0,) * (len(starts) + 1)
        for part in slices:
            theirs = keys if part.index is index else part.index.keys_with("actor", id_)
            activity = tuple(map(add, activity, part.count(theirs)))
        yield ActorCount(id_, one_line(name), kind, sum(activity), activity, chosen=False)


def uncounted(actors: tuple[ActorCount, ...], query: Query) -> tuple[ActorCount, ...]:
    """The same actors without counts, while those for a query are still being made."""
    chosen = query.values("actor")
    return tuple(replace(actor, count=None, activity=(), chosen=actor.id in chosen) for actor in actors)


def by_kind_and_count(actor: ActorCount) -> tuple[int, str, int, str, str]:
    """A key to sort by kind, count and name."""
    rank = _KINDS.index(actor.kind) if actor.kind in _KINDS else len(_KINDS) + (not actor.kind)
    return rank, actor.kind, -(actor.count or 0), actor.name.casefold(), actor.id


class _Slices:
    """Counts events of an index in slices of time.

    Args:
        counted: The index, and which of its events count.
        starts: The first days of the slices, except for the first slice.
    """

    def __init__(self, counted: Counted, starts: Sequence[int]) -> None:
        self.index = counted.timeline
        self._cuts = [0, *map(self.index.standing.first_from, starts), self.index.total]
        self._marks = None if counted.keys is None else counted.keys.marks

    def count(self, keys: Sequence[int]) -> tuple[int, ...]:
        """How many of the events with these keys, ascending, are in each slice."""
        places = [bisect_left(keys, cut) for cut in self._cuts]
        slices = [keys[start:stop] for start, stop in pairwise(places)]
        marks = self._marks
        return tuple(sum(map(marks.__getitem__, part)) if marks else len(part) for part in slices)

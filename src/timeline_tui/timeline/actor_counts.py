"""The number of events of each actor in a view, and when they happened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline_tui.index.key_set import KeySet
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.index import Index
    from timeline_tui.query.language import Query

ACTIVITY_CELLS = 8
"""Slices of time in which the events of an actor are counted."""
_KINDS = ("state", "alliance", "organisation", "person", "media")


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


def count_actors(
    index: Index,
    actors: Iterable[tuple[str, str, str, Sequence[int]]],
    selected: KeySet | None,
    moved: Mapping[int, Date],
    starts: Sequence[int],
) -> Iterator[ActorCount]:
    """Every actor in the file, in no order, with the number of their events.

    Args:
        index: The index of all events.
        actors: As `Index.actors()` gives them.
        selected: Which events count; None for all.
        moved: By key, the dates of the events that are on another day than in the index, selected or not.
        starts: The first days of the slices of time, except for the first slice.
    """
    slices = _Slices(index, selected, moved, starts)
    for id_, name, kind, keys in actors:
        activity = slices.count(keys)
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
    """Counts events in slices of time; for the arguments see `count_actors()`."""

    def __init__(
        self, index: Index, selected: KeySet | None, moved: Mapping[int, Date], starts: Sequence[int]
    ) -> None:
        self._cuts = [0, *map(index.standing.first_from, starts), index.total]
        self._moved = {
            key: bisect_right(starts, date.earliest)
            for key, date in moved.items()
            if selected is None or key in selected
        }
        if moved and selected is None:
            selected = KeySet.full(index.total)
        # Events that were moved are put into their slices one by one.
        rest = selected - KeySet.of(moved, index.total) if moved and selected is not None else selected
        self._marks = None if rest is None else rest.marks

    def count(self, keys: Sequence[int]) -> tuple[int, ...]:
        """How many of the events with these keys, ascending, are in each slice."""
        places = [bisect_left(keys, cut) for cut in self._cuts]
        slices = [keys[start:stop] for start, stop in pairwise(places)]
        marks = self._marks
        counts = [sum(map(marks.__getitem__, part)) if marks else len(part) for part in slices]
        if self._moved:
            for key in self._moved.keys() & set(keys):
                counts[self._moved[key]] += 1
        return tuple(counts)

"""How often each actor is in a view, and when."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.index.index import Index
    from timeline_tui.query.language import Query
    from timeline_tui.timeline.view import View

_CELLS = 8
_KINDS = ("state", "alliance", "organisation", "person", "media")


@dataclass(frozen=True, slots=True)
class ActorCount:
    """What choosing one actor, and no other, would show."""

    id: str
    name: str
    kind: str
    """As in the file; empty for none."""
    count: int | None
    """Events in which the actor takes part, speaks, is spoken to, claims, disputes or denies.

    None while they are still being counted.
    """
    activity: tuple[int, ...]
    """These events over the span of the view, in equal slices of time."""
    chosen: bool


def count_actors(view: View) -> Iterator[ActorCount]:
    """Everybody in the file, in no order, with the events of a view."""
    index, clock, starts = view.index, view.clock, view.starts(_CELLS)
    here = view.selected & clock.same if clock else view.selected if view.query else None
    now = _Slices(index, here, starts)
    then = _Slices(clock.then, clock.then_selected(view.query), starts) if clock and clock.then else None
    for id_, name, kind, keys in index.actors():
        activity = now.count(keys)
        if then is not None:
            activity = tuple(map(add, activity, then.count(then.index.keys_with("actor", id_))))
        yield ActorCount(id_, one_line(name), kind, sum(activity), activity, chosen=False)


def uncounted(actors: tuple[ActorCount, ...], query: Query) -> tuple[ActorCount, ...]:
    """The same people with their counts under a query still to come."""
    chosen = query.values("actor")
    return tuple(replace(actor, count=None, activity=(), chosen=actor.id in chosen) for actor in actors)


def in_order(actor: ActorCount) -> tuple[int, str, int, str, str]:
    """Sorts by kind, count and name."""
    rank = _KINDS.index(actor.kind) if actor.kind in _KINDS else len(_KINDS) + (not actor.kind)
    return rank, actor.kind, -(actor.count or 0), actor.name.casefold(), actor.id


class _Slices:
    """Counts events of an index in slices of time.

    Args:
        index: What is counted.
        selected: The set of those that count; None for all.
        starts: The first days of the slices, but for the first.
    """

    def __init__(self, index: Index, selected: int | None, starts: Sequence[int]) -> None:
        self.index = index
        self._cuts = [0, *map(index.standing.first_from, starts), index.total]
        self._marks = None if selected is None else index.selection.marks(selected)

    def count(self, keys: Sequence[int]) -> tuple[int, ...]:
        """How many of the events with these keys, ascending, are in each slice."""
        places = [bisect_left(keys, cut) for cut in self._cuts]
        slices = [keys[start:stop] for start, stop in pairwise(places)]
        marks = self._marks
        return tuple(sum(map(marks.__getitem__, part)) if marks else len(part) for part in slices)

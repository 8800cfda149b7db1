"""The one value that everything shows: a timeline under a query.

A change is another view; two that are equal show the same.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, pairwise
from typing import TYPE_CHECKING, NamedTuple, overload

import msgspec

from timeline_tui.breaks import Break, find_breaks
from timeline_tui.date_words import day_in_words, in_words
from timeline_tui.dates import BEGINNING, today
from timeline_tui.index import Link
from timeline_tui.query import Query
from timeline_tui.selection import PLANS_CHANGED
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from timeline_tui.dates import Date
    from timeline_tui.index import Index
    from timeline_tui.records import Actor, Event, Header, Source, Topic
    from timeline_tui.vocabulary import Vocabulary

_ACTIVITY_CELLS = 8
_ANSWERS = frozenset({"keys", "selected", "span", "breaks", "_actors"})
"""What of a view is worked out once, when it is first asked for."""
_WHOLE = "whole"
"""What the answers of a view without a query are kept under, with the index."""
_KINDS = ("state", "alliance", "organisation", "person", "media")


class Row(NamedTuple):
    """What a list shows of an event; all text visible and on one line."""

    key: int
    id: str
    date: Date
    title: str
    kind: str
    status: str
    """As of today: an event to come is `scheduled` unless it is `postponed` or `cancelled`."""
    by: tuple[str, ...]
    """Names of those who claim, dispute or deny it."""
    place: str
    quotes: int
    claims: int


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


class Whole(msgspec.Struct, array_like=True):
    """The answers of a view without a query, which take longest and are asked for first."""

    span: tuple[int, int]
    breaks: tuple[Break, ...]
    actors: tuple[ActorCount, ...]


@dataclass(frozen=True)
class View:
    """The events of an index that a query finds, in chronological order, at positions from 0.

    An event's key is its number in the whole timeline: it stays the same from view to view.
    """

    index: Index
    query: Query = field(default_factory=Query)
    today: int = field(default_factory=today)
    """The day number that past and future are told apart by."""
    known_on: int | None = None
    """The day number that the timeline is shown as known on; None for all of it."""
    origin: int | None = None
    """The day number that dates are counted from; None where they are told as they are."""

    def with_query(self, query: Query) -> View:
        """This view under another query."""
        return self if query == self.query else replace(self, query=query)

    def known_by(self, day: int | None) -> View:
        """This view as known on a day; None for all that is known."""
        return self if day == self.known_on else replace(self, known_on=day)

    def counted_from(self, day: int | None) -> View:
        """This view with dates counted from a day; None for dates as they are."""
        return self if day == self.origin else replace(self, origin=day)

    @property
    def as_of(self) -> int:
        """The day number from which on everything is still to come."""
        return self.today if self.known_on is None else min(self.today, self.known_on)

    def date_in_words(self, date: Date) -> str:
        """A date as it is told here: `6 November 2024`, or `T+5`."""
        return in_words(date)

    def day_in_words(self, day: int) -> str:
        """A day number as it is told here."""
        return day_in_words(day)

    def has(self, key: int) -> bool:
        """Whether the event with that key is in this view."""
        position = self.position_of(key)
        return position >= 0 and self.key_at(position) == key

    def keys_with(self, field: str, value: str) -> list[int]:
        """The keys of the events of this view that have an id in a field of the language, ascending."""
        return [key for key in self.index.keys_with(field, value) if self.has(key)]

    def links(self, key: int) -> list[Link]:
        """The links of an event in both directions, with events in this view or not; own ones first."""
        own = [
            Link(one_line(relation), target, id_, one_line(self.event(target).title), outward=True)
            for relation, ids in self.event(key).links.items()
            for id_ in ids
            if (target := self.key_of(id_)) is not None
        ]
        return own + self.links_to(key)

    def knowing(self, other: View) -> View:
        """This view with all that an equal one, of whatever connection to the index, has worked out."""
        for name in _ANSWERS & vars(other).keys():
            vars(self)[name] = vars(other)[name]
        return self

    @property
    def is_ready(self) -> bool:
        """Whether its rows are known, so that showing it takes no time."""
        return {"keys", "span", "breaks"} <= vars(self).keys() or self._whole is not None

    @property
    def is_counted(self) -> bool:
        """Whether `actors()` is known."""
        return "_actors" in vars(self) or self._whole is not None

    @property
    def title(self) -> str:
        """The timeline's title, visible and on one line."""
        return one_line(self.index.title)

    @property
    def header(self) -> Header:
        """The timeline's header, raw."""
        return self.index.header

    @property
    def vocabulary(self) -> Vocabulary:
        """What a query can ask for here."""
        return self.index.vocabulary

    @property
    def total(self) -> int:
        """How many events there are without a query."""
        return self.index.total

    @property
    def count(self) -> int:
        """How many events there are in this view."""
        return len(self.keys)

    @cached_property
    def keys(self) -> Sequence[int]:
        """The keys of the events, ascending."""
        if not self.query:
            return range(self.total)
        return self.index.selection.keys(self.selected)

    @cached_property
    def selected(self) -> int:
        """The set of these keys, as `Selection` has it."""
        return self.index.selection.select(self.query, self.today)

    def key_at(self, position: int) -> int:
        """The key of the event at a position.

        Raises:
            IndexError: There is no such position.
        """
        return self.keys[position]

    def position_of(self, key: int) -> int:
        """Where an event is, or the next one after it that is here, or the last; -1 in an empty view."""
        return min(bisect_left(self.keys, key), self.count - 1)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows at positions `start` to `stop`, less where the view ends before."""
        return [self._row(key) for key in self.keys[max(start, 0) : max(stop, 0)]]

    def event(self, key: int) -> Event:
        """The event with that key, whole and raw.

        Raises:
            KeyError: There is none.
        """
        return self.index.event(key)

    def key_of(self, id_: str) -> int | None:
        """The key of the event with that id; None if there is none."""
        return self.index.key_of(id_)

    def key_at_line(self, line: int) -> int:
        """The key of the event that a line of the file lies in or after, else of the nearest; -1 of none."""
        return self.index.key_at_line(line)

    def source(self, id_: str) -> Source | None:
        """The source with that id, raw."""
        return self.index.source(id_)

    def actor(self, id_: str) -> Actor | None:
        """The actor with that id, raw."""
        return self.index.actor(id_)

    def topic(self, id_: str) -> Topic | None:
        """The topic with that id, raw."""
        return self.index.topic(id_)

    def actor_name(self, id_: str) -> str:
        """The name of an actor, visible and on one line; the id where there is no such actor."""
        return self.index.name("actor", id_)

    def links_to(self, key: int) -> list[Link]:
        """The events that link to this one, whether they are in this view or not."""
        return self.index.links_to(key)

    def find(self, query: Query) -> Sequence[int]:
        """The positions of the events of this view that `query` finds too, ascending."""
        if not query:
            return range(self.count)
        selection = self.index.selection
        found = selection.select(query, self.today)
        return selection.positions(found, self.selected) if self.query else selection.keys(found)

    def actors(self) -> tuple[ActorCount, ...]:
        """Everybody in the file by kind, count and name, counted as if no actor were chosen.

        An actor that is excluded stays so.
        """
        return self._actors

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last day number of the events, open ends aside; today in an empty view."""
        if whole := self._whole:
            return whole.span
        earliest, reached = self._days
        if not earliest:
            return self.today, self.today
        opened = bisect_right(earliest, BEGINNING)
        firsts = [*reached[:opened], *earliest[opened : opened + 1]]
        return min(firsts), max(reached)

    def density(self, cells: int) -> tuple[int, ...]:
        """How many events begin in each of `cells` equal slices of the span; in all, `count`."""
        cuts = [bisect_left(self.keys, key) for key in self.cuts(cells)]
        return tuple(stop - start for start, stop in pairwise(cuts))

    def cuts(self, cells: int) -> list[int]:
        """The keys that cut the whole timeline into `cells` equal slices of this view's span: one more."""
        first, last = self.span
        days = last - first + 1
        starts = [first + -(-cell * days // cells) for cell in range(1, cells)]
        return [0, *map(self.index.earliest.first_from, starts), self.total]

    def day_of(self, position: int) -> int:
        """The first day number of the event at a position, within the span.

        Raises:
            IndexError: There is no such position.
        """
        return max(self.index.earliest[self.keys[position]], self.span[0])

    def position_at(self, day: int) -> int:
        """The first event that begins on a day or after it, or the last; -1 in an empty view."""
        return self.position_of(self.index.earliest.first_from(day))

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where a new period begins, and where there was silence before."""
        whole = self._whole
        return whole.breaks if whole else find_breaks(*self._days)

    @cached_property
    def sentence(self) -> str:
        """What is shown: `54 of 66 events · actor: Choe Son-hui · kind: vote`; visible, on one line."""
        events = f"{self.total:,} event{'' if self.total == 1 else 's'}"
        if not self.query:
            return events
        return " · ".join([f"{self.count:,} of {events}", *self.query.in_words(self.index.label)])

    @cached_property
    def _actors(self) -> tuple[ActorCount, ...]:
        return tuple(sorted(self.counting(), key=_order))

    def counting(self) -> Iterator[ActorCount]:
        """As `actors()`, one after another and in no order; all of them taken, `actors()` is known."""
        others = tuple(term for term in self.query.terms if term.field != "actor" or term.excluded)
        chosen = frozenset(self.query.values("actor"))
        view = self.with_query(Query(others))
        counted = []
        for actor in view._whole.actors if view._whole else _count_actors(view):  # noqa: SLF001  its own class
            counted.append(replace(actor, chosen=True) if actor.id in chosen else actor)
            yield counted[-1]
        vars(self)["_actors"] = tuple(sorted(counted, key=_order))

    @cached_property
    def _whole(self) -> Whole | None:
        """What is kept with the index of a view without a query."""
        kept = None if self.query else self.index.kept(_WHOLE)
        return msgspec.msgpack.decode(kept, type=Whole) if kept else None

    @cached_property
    def _days(self) -> tuple[Sequence[int], Sequence[int]]:
        """The first day of each event, and the last that it reaches, by position."""
        index = self.index
        if not self.query:
            return index.earliest, index.reached
        # Of the first days a few are asked for, of the others all.
        marks = index.selection.marks(self.selected)
        return _Picked(index.earliest, self.keys), array("q", compress(index.reached, marks))

    def _row(self, key: int) -> Row:
        head = self.index.head(key)
        status = head.status
        if head.date.earliest > self.today and status not in PLANS_CHANGED:
            status = "scheduled"
        return Row(
            key,
            head.id,
            head.date,
            one_line(head.title),
            one_line(head.kind),
            status,
            tuple(map(self.actor_name, head.by)),
            one_line(head.place),
            len(head.quotes),
            len(head.claims),
        )


class _Picked(Sequence[int]):
    """The values of some keys, by position; taken when they are asked for."""

    def __init__(self, values: Sequence[int], keys: Sequence[int]) -> None:
        self._values, self._keys = values, keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return array("q", map(self._values.__getitem__, self._keys[place]))
        return self._values[self._keys[place]]


def uncounted(actors: tuple[ActorCount, ...], query: Query) -> tuple[ActorCount, ...]:
    """The same people with their counts under a query still to come."""
    chosen = query.values("actor")
    return tuple(replace(actor, count=None, activity=(), chosen=actor.id in chosen) for actor in actors)


def keep_whole(index: Index) -> None:
    """Keep the answers of a view without a query with an index that has just been built."""
    view = View(index)
    index.keep(_WHOLE, msgspec.msgpack.encode(Whole(view.span, view.breaks, view.actors())))


def _count_actors(view: View) -> Iterator[ActorCount]:
    cuts = view.cuts(_ACTIVITY_CELLS)
    marks = view.index.selection.marks(view.selected) if view.query else None
    for id_, name, kind, keys in view.index.actors():
        places = [bisect_left(keys, cut) for cut in cuts]
        slices = [keys[start:stop] for start, stop in pairwise(places)]
        activity = tuple(sum(map(marks.__getitem__, part)) if marks else len(part) for part in slices)
        yield ActorCount(id_, one_line(name), kind, sum(activity), activity, chosen=False)


def _order(actor: ActorCount) -> tuple[int, str, int, str, str]:
    rank = _KINDS.index(actor.kind) if actor.kind in _KINDS else len(_KINDS) + (not actor.kind)
    return rank, actor.kind, -(actor.count or 0), actor.name.casefold(), actor.id

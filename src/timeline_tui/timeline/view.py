"""The one value that everything shows: a timeline under a query.

A change is another view; two that are equal show the same.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.dates.date import BEGINNING, END, today
from timeline_tui.dates.relative import counted, counted_day
from timeline_tui.dates.wording import day_in_words, in_words
from timeline_tui.index.summaries import Link
from timeline_tui.model.known_on import (
    actor_as_known,
    place_as_known,
    published,
    published_by,
    source_as_known,
    topic_as_known,
)
from timeline_tui.query.language import Query
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.actor_counts import ActorCount, count_actors, in_order
from timeline_tui.timeline.breaks import Break, find_breaks
from timeline_tui.timeline.order import Order
from timeline_tui.timeline.rows import row_of
from timeline_tui.timeline.snapshot import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.index import Index
    from timeline_tui.index.summaries import Head
    from timeline_tui.model.records import Actor, Event, Header, Place, Source, Topic
    from timeline_tui.query.vocabulary import Vocabulary
    from timeline_tui.timeline.rows import Row

_ANSWERS = frozenset({"clock", "order", "selected", "span", "breaks", "_actors"})
"""What of a view is worked out once, when it is first asked for."""
_OF_ANY_QUERY = frozenset({"clock"})
_WHOLE = "whole"
"""What the answers of a view without a query are kept under, with the index."""


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
        return self if query == self.query else replace(self, query=query).knowing(self, _OF_ANY_QUERY)

    def known_by(self, day: int | None) -> View:
        """This view as known on a day; None for all that is known."""
        return self if day == self.known_on else replace(self, known_on=day)

    def counted_from(self, day: int | None) -> View:
        """This view with dates counted from a day; None for dates as they are."""
        return self if day == self.origin else replace(self, origin=day).knowing(self)

    @property
    def as_of(self) -> int:
        """The day number from which on everything is still to come."""
        return self.today if self.known_on is None else min(self.today, self.known_on)

    def date_in_words(self, date: Date) -> str:
        """A date as it is told here: `6 November 2024`, or `T+5`."""
        return in_words(date) if self.origin is None else counted(date, self.origin)

    def day_in_words(self, day: int) -> str:
        """A day number as it is told here."""
        return day_in_words(day) if self.origin is None else counted_day(day, self.origin)

    def knowing(self, other: View, answers: frozenset[str] = _ANSWERS) -> View:
        """This view with what an equal one, of whatever connection to the index, knows of some answers."""
        for name in answers & vars(other).keys():
            vars(self)[name] = vars(other)[name]
        return self

    @property
    def is_ready(self) -> bool:
        """Whether its rows are known, so that showing it takes no time."""
        return {"order", "span", "breaks"} <= vars(self).keys() or self._whole is not None

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

    @property
    def is_whole(self) -> bool:
        """Whether every event of the file is in this view by its nature."""
        return not self.query and self.known_on is None

    @property
    def keys(self) -> Sequence[int]:
        """The keys of the events in chronological order: ascending, where no plan was moved."""
        return self.order.keys

    @cached_property
    def order(self) -> Order:
        """Which event stands where."""
        if self.is_whole:
            return Order(self.index, range(self.total), None, {})
        selection = self.index.selection
        moved = self.clock.moved if self.clock else {}
        return Order(self.index, selection.keys(self.selected), selection.marks(self.selected), moved)

    @cached_property
    def selected(self) -> int:
        """The set of these keys, as `Selection` has it."""
        return self._found(self.query)

    @cached_property
    def clock(self) -> Clock | None:
        """What was known by the day asked for; None if no day was."""
        return None if self.known_on is None else Clock(self.index, self.as_of)

    def _found(self, query: Query) -> int:
        clock, index = self.clock, self.index
        return clock.select(index, query) if clock else index.selection.select(query, self.as_of)

    def key_at(self, position: int) -> int:
        """The key of the event at a position.

        Raises:
            IndexError: There is no such position.
        """
        return self.keys[position]

    def position_of(self, key: int) -> int:
        """Where an event is, or the next one after it that is here, or the last; -1 in an empty view."""
        return self.order.position_of(key)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows at positions `start` to `stop`, less where the view ends before."""
        return [row_of(self, key) for key in self.keys[max(start, 0) : max(stop, 0)]]

    def event(self, key: int) -> Event:
        """The event with that key, raw, with all that is known of it.

        Raises:
            KeyError: There is none.
        """
        changed = self.clock.changed.get(key) if self.clock else None
        return changed or self.index.event(key)

    def title_of(self, key: int) -> str:
        """The title of the event with that key as it is known, visible and on one line."""
        changed = self.clock.changed.get(key) if self.clock else None
        return one_line((changed or self.index.head(key)).title)

    def key_of(self, id_: str) -> int | None:
        """The key of the event with that id; None if there is none."""
        return self.index.key_of(id_)

    def key_at_line(self, line: int) -> int:
        """The key of the event that a line of the file lies in or after, else of the nearest; -1 of none."""
        return self.index.key_at_line(line)

    def source(self, id_: str) -> Source | None:
        """The source with that id, raw, as it is known."""
        source = self.index.source(id_)
        return source if source is None or self.known_on is None else source_as_known(source, self.as_of)

    def is_published(self, id_: str) -> bool:
        """Whether the source with that id can be cited."""
        source = self.index.source(id_)
        return source is None or self.known_on is None or published_by(source) <= self.as_of

    def actor(self, id_: str, held: int | None = None) -> Actor | None:
        """The actor with that id, raw, as known.

        Args:
            id_: Of the actor.
            held: The day number on which the office is held that the actor is shown in, beside an event its
                first; None for the day of the clock.
        """
        actor = self.index.actor(id_)
        if actor is None or (self.known_on is None and held is None):
            return actor
        day = END if self.known_on is None else self.as_of
        return actor_as_known(actor, day, self._published, held)

    def topic(self, id_: str) -> Topic | None:
        """The topic with that id, raw, as it is known."""
        topic = self.index.topic(id_)
        if topic is None or self.known_on is None:
            return topic
        return topic_as_known(topic, self.as_of, self._published)

    def place(self, id_: str) -> Place | None:
        """The place with that id, raw, as it is known."""
        place = self.index.places.get(id_)
        return place if place is None or self.known_on is None else place_as_known(place, self.as_of)

    def place_name(self, place: str) -> str:
        """What an event has as a place, visible and on one line: by its name, where it is the id of one."""
        return one_line(self._place_text(place))

    def place_text(self, event: Event | Head) -> str:
        """Where an event was, raw; empty where that is not told."""
        return ", ".join(map(self._place_text, dict.fromkeys(filter(None, (event.place, *event.places)))))

    def place_of(self, event: Event | Head) -> str:
        """Where an event was, visible and on one line; empty where that is not told."""
        return one_line(self.place_text(event))

    def _place_text(self, place: str) -> str:
        known = self.index.places.get(place)
        return place if known is None else known.name

    def label(self, field: str, value: str) -> str:
        """How the value of a query's field is called as known, visible on one line."""
        topic = self.topic(value) if field == "topic" and self.known_on is not None else None
        return one_line(topic.question) if topic is not None else self.index.label(field, value)

    @cached_property
    def _published(self) -> Mapping[str, int]:
        return published(self.header.sources)

    def actor_name(self, id_: str) -> str:
        """The name of an actor, visible and on one line; the id where there is no such actor."""
        return self.index.name("actor", id_)

    def has(self, key: int) -> bool:
        """Whether the event with that key is in this view."""
        return self.is_whole or bool(self._marks[key])

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was known by the day asked for."""
        return self.clock is not None and not self.clock.known

    def is_known(self, key: int) -> bool:
        """Whether the event with that key is known, in this view or not."""
        return self.clock is None or self.clock.is_known(key)

    def is_ahead(self, key: int) -> bool:
        """Whether the event with that key begins after the day that everything is told as of."""
        if self.clock is not None and key in self.clock.moved:
            return self.clock.moved[key].earliest > self.as_of
        return self.index.earliest[key] > self.as_of

    def count_of(self, query: Query, *, anew: bool = False) -> int:
        """How many events of this view a query finds; `anew`, in place of the view's own query."""
        found = self._found(query)
        return (found if anew else found & self.selected).bit_count()

    def keys_with(self, field: str, value: str) -> Sequence[int]:
        """The keys of the events of this view that have an id in a field of the language, ascending."""
        selection, clock, keys = self.index.selection, self.clock, self.index.keys_with(field, value)
        if self.is_whole:
            return keys
        found = clock.with_value(self.index, field, value) if clock else selection.set_of(keys)
        return selection.keys(found & self.selected)

    def links(self, key: int) -> list[Link]:
        """The links of an event in both directions to events that are known, here or not; own ones first."""
        own = [
            Link(one_line(relation), target, id_, self.title_of(target), outward=True)
            for relation, ids in self.event(key).links.items()
            for id_ in ids
            if (target := self.key_of(id_)) is not None
        ]
        towards = [link._replace(title=self.title_of(link.key)) for link in self.index.links_to(key)]
        return [link for link in own + towards if self.is_known(link.key)]

    def find(self, query: Query) -> Sequence[int]:
        """The positions of the events of this view that `query` finds too, ascending."""
        if not query:
            return range(self.count)
        selection, found = self.index.selection, self._found(query)
        if self.is_whole:
            return selection.keys(found)
        if self.clock and self.clock.moved:
            return sorted(map(self.position_of, selection.keys(found & self.selected)))
        return selection.positions(found, self.selected)

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
            return self.as_of, self.as_of
        opened = bisect_right(earliest, BEGINNING)
        firsts = [*(day for day in reached[:opened] if day != BEGINNING), *earliest[opened : opened + 1]]
        return (min(firsts), max(reached)) if firsts else (self.as_of, self.as_of)

    def density(self, cells: int) -> tuple[int, ...]:
        """How many events begin in each of `cells` equal slices of the span; in all, `count`."""
        cuts = [0, *map(self.order.first_from, self.starts(cells)), self.count]
        return tuple(stop - start for start, stop in pairwise(cuts))

    def starts(self, cells: int) -> list[int]:
        """The first days of `cells` equal slices of the span, but for the first slice."""
        first, last = self.span
        days = last - first + 1
        return [first + -(-cell * days // cells) for cell in range(1, cells)]

    def day_of(self, position: int) -> int:
        """The day number that the event at a position stands on, within the span.

        Raises:
            IndexError: There is no such position.
        """
        return max(self.order.standing[position], self.span[0])

    def position_at(self, day: int) -> int:
        """The first event that begins on a day or after it, or the last; -1 in an empty view."""
        return min(self.order.first_from(day), self.count - 1)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where a new period begins, and where there was silence before."""
        whole = self._whole
        return whole.breaks if whole else find_breaks(*self._days)

    @cached_property
    def sentence(self) -> str:
        """What is shown: `54 of 66 events · actor: Choe Son-hui · kind: vote`; visible, on one line."""
        events = f"{self.total:,} event{'' if self.total == 1 else 's'}"
        shown = events if self.is_whole else f"{self.count:,} of {events}"
        said = [shown, *self.query.in_words(self.label)]
        if self.known_on is not None:
            said.append(f"known on {day_in_words(self.known_on)}")
        if self.origin is not None:
            said.append(f"days from {day_in_words(self.origin)}")
        return " · ".join(said)

    @cached_property
    def _actors(self) -> tuple[ActorCount, ...]:
        return tuple(sorted(self.counting(), key=in_order))

    def counting(self) -> Iterator[ActorCount]:
        """As `actors()`, one after another and in no order; all of them taken, `actors()` is known."""
        others = tuple(term for term in self.query.terms if term.field != "actor" or term.excluded)
        chosen = frozenset(self.query.values("actor"))
        view = self.with_query(Query(others))
        counted = []
        for actor in view._whole.actors if view._whole else count_actors(view):  # noqa: SLF001  its own class
            counted.append(replace(actor, chosen=True) if actor.id in chosen else actor)
            yield counted[-1]
        vars(self)["_actors"] = tuple(sorted(counted, key=in_order))

    @cached_property
    def _whole(self) -> Whole | None:
        """What is kept with the index of a view without a query."""
        kept = self.index.kept(_WHOLE) if self.is_whole else None
        return msgspec.msgpack.decode(kept, type=Whole) if kept else None

    @property
    def _days(self) -> tuple[Sequence[int], Sequence[int]]:
        """The day that each event stands on, and the last that it reaches, by position."""
        return self.order.standing, self.order.reached

    @cached_property
    def _marks(self) -> bytes:
        return self.index.selection.marks(self.selected)


def keep_whole(index: Index) -> None:
    """Keep the answers of a view without a query with an index that has just been built."""
    view = View(index)
    index.keep(_WHOLE, msgspec.msgpack.encode(Whole(view.span, view.breaks, view.actors())))

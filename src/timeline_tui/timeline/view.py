"""The one value that everything shows: a timeline under a query and clocks.

A view never changes; a change makes another view. Equal views show the same.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Self

import msgspec

from timeline_tui.dates.date import BEGINNING, END, parse_date, today
from timeline_tui.dates.months import WEEKDAYS
from timeline_tui.dates.wording import day_in_words
from timeline_tui.index.index import Index
from timeline_tui.index.key_set import KeySet
from timeline_tui.index.matching import PLANS_CHANGED
from timeline_tui.index.summaries import Link
from timeline_tui.model.histories import day_known
from timeline_tui.model.known_on import (
    actor_as_known,
    place_as_known,
    publication_day,
    source_as_known,
    topic_as_known,
)
from timeline_tui.query.language import AT, IS, MARKED, Query
from timeline_tui.query.vocabulary import ARROW, IDENTIFIED, PAIRED, TOGETHER, folded
from timeline_tui.storage.reader_notes import NOTHING_MADE, ReaderNotes
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.actor_counts import (
    ACTIVITY_CELLS,
    ActorCount,
    by_kind_and_count,
    count_actors,
)
from timeline_tui.timeline.breaks import Break, find_breaks
from timeline_tui.timeline.order import Order
from timeline_tui.timeline.rows import row_of
from timeline_tui.timeline.shown import ShownTimeline, slices
from timeline_tui.timeline.signs import STATUS_SIGNS, status_word
from timeline_tui.timeline.snapshot import SUPPORT_FIELDS, Snapshot
from timeline_tui.timeline.tracks import Track, end_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.summaries import Summary
    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.model.records import Actor, Event, Header, Place, Source, Topic
    from timeline_tui.model.support import Path, Sources, Support
    from timeline_tui.query.vocabulary import Vocabulary
    from timeline_tui.timeline.map_cells import MapGrid
    from timeline_tui.timeline.protocol import Store, TimelineView
    from timeline_tui.timeline.rows import Row

_WHOLE = "whole"
"""The name in the index of the answers of a view without a query."""


DOUBTFUL = (
    Query().with_term("status", "claimed").with_term("status", "disputed").with_term("status", "denied")
)


class Whole(msgspec.Struct, array_like=True):
    """The answers of a view without a query, which take longest and are needed first."""

    span: tuple[int, int]
    breaks: tuple[Break, ...]
    actors: tuple[ActorCount, ...]


@dataclass(slots=True)
class Answers:
    """What of a view is worked out once, when it is first needed; None until then."""

    snapshot: Snapshot | None = None
    plain: Snapshot | None = None
    """What stands where there is no such day and no source is gone, for queries about statements."""
    selected: KeySet | None = None
    order: Order | None = None
    span: tuple[int, int] | None = None
    breaks: tuple[Break, ...] | None = None
    actors: tuple[ActorCount, ...] | None = None

    def learn(self, other: Answers) -> None:
        """Take over what another view, equal to this one, has worked out."""
        self.snapshot = other.snapshot or self.snapshot
        self.plain = other.plain or self.plain
        self.selected = self.selected if other.selected is None else other.selected
        self.order = other.order or self.order
        self.span = other.span or self.span
        self.breaks = self.breaks if other.breaks is None else other.breaks
        self.actors = self.actors if other.actors is None else other.actors


@dataclass(frozen=True)
class View(ShownTimeline):
    """The events of an index that a query finds, in chronological order, at positions from 0.

    An event's key is its place in the whole timeline: it stays the same from view to view.
    """

    index: Index
    query: Query = field(default_factory=Query)
    today: int = field(default_factory=today)
    """The day number that separates past and future."""
    known_on: int | None = None
    """The day number that the timeline is shown as known on; None for all of it."""
    without: frozenset[str] = frozenset()
    """The ids of the sources that are taken away."""
    origin: int | None = None
    """The day number that dates are counted from; None where dates are shown as they are."""
    newest: bool = False
    """Whether lists show the newest event first; positions stay in the order of time."""
    zone: str = ""
    """The name of the time zone that times of day are shown in; empty where each is as it is written."""
    reader: ReaderNotes = NOTHING_MADE
    """What the reader has made of the timeline."""
    _answers: Answers = field(default_factory=Answers, init=False, repr=False, compare=False)

    def with_query(self, query: Query) -> Self:
        """This view under another query."""
        if query == self.query:
            return self
        view = replace(self, query=query)
        view._answers.snapshot = self._answers.snapshot  # noqa: SLF001  its own class
        view._answers.plain = self._answers.plain  # noqa: SLF001  its own class
        return view

    def without_sources(self, ids: Iterable[str]) -> Self:
        """This view without exactly these sources."""
        ids = frozenset(ids)
        return self if ids == self.without else replace(self, without=ids)

    def taking_away(self, id_: str) -> Self:
        """This view without one more source."""
        return self.without_sources(self.without | {id_})

    def giving_back(self, id_: str) -> Self:
        """This view with a source that was taken away."""
        return self.without_sources(self.without - {id_})

    def with_reader(self, reader: ReaderNotes) -> Self:
        """This view with what the reader has made of the timeline now."""
        if reader is self.reader:
            return self
        view = replace(self, reader=reader)
        asks = any((term.field, term.value) == (IS, MARKED) for term in self.query)
        return view if asks and reader.marks.keys() != self.reader.marks.keys() else view.knowing(self)

    def knowing(self, other: View) -> Self:
        """This view, with all that an equal one of whatever connection to the index has worked out."""
        self._answers.learn(other._answers)
        return self

    @property
    def is_ready(self) -> bool:
        """Whether its rows are known, so that showing it takes no time."""
        answers = self._answers
        worked_out = None not in (answers.order, answers.span, answers.breaks)
        return worked_out or self._whole is not None

    @property
    def is_counted(self) -> bool:
        """Whether `actors()` is known."""
        return self._answers.actors is not None or self._whole is not None

    @property
    def store(self) -> Store:
        """Where the events are: the index."""
        return self.index

    def over(self, store: Store) -> Self:
        """This view of the timeline in another index; nothing is known of it yet."""
        if not isinstance(store, Index):
            raise TypeError("a view of an index is over an index")
        return replace(self, index=store)

    def working_out(self) -> Iterator[None]:
        """Work out the rows, in steps between which that may be given up."""
        for answer in ("order", "breaks", "span"):
            getattr(self, answer)
            yield None

    def is_of_same_timeline(self, other: TimelineView) -> bool:
        """Whether the keys of both views mean the same events: nothing was read again between them."""
        return isinstance(other, View) and self.index is other.index

    @property
    def title(self) -> str:
        """The timeline's title, visible and on one line."""
        return one_line(self.index.title)

    @property
    def whole_header(self) -> Header:
        """The timeline's header with all that became known since, raw."""
        return self.index.header

    @cached_property
    def mapping(self) -> ColumnMapping:
        """What the columns of others' data were taken for; without columns where the format tells that."""
        from timeline_tui.mapping.kept_mapping import KEPT, unpacked  # noqa: PLC0415  only of what others made

        return unpacked(self.index.kept(KEPT))

    @cached_property
    def header(self) -> Header:
        """The timeline's header as known, raw.

        On a day, it has no description, stories and keys of the file's own, which have no day; sources
        published later are left out, and other records are as known, whether a known event names them or not.
        """
        whole, day, published = self.index.header, self.as_of, self._published
        if self.known_on is None:
            return whole
        return msgspec.structs.replace(
            whole,
            description="",
            extra={},
            stories={},
            updated=whole.updated if whole.updated and day_known(whole.updated) <= day else None,
            sources={
                id_: source_as_known(source, day)
                for id_, source in whole.sources.items()
                if publication_day(source) <= day
            },
            actors={id_: actor_as_known(actor, day, published) for id_, actor in whole.actors.items()},
            topics={id_: topic_as_known(topic, day, published) for id_, topic in whole.topics.items()},
            places={id_: place_as_known(place, day) for id_, place in whole.places.items()},
        )

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.index.vocabulary

    @property
    def total(self) -> int:
        """The number of events in the whole timeline."""
        return self.index.total

    @property
    def count(self) -> int:
        """The number of events in this view."""
        return len(self.keys)

    @property
    def _is_kept(self) -> bool:
        """Whether its answers are kept with the index."""
        return self.is_whole and not self.without

    @property
    def keys(self) -> Sequence[int]:
        """The keys of the events in chronological order: ascending, unless events are on planned dates."""
        return self.order.keys

    @property
    def order(self) -> Order:
        """Which event is at which position."""
        answers = self._answers
        if answers.order is None:
            answers.order = Order(self.index, None if self.is_whole else self.selected, self.moved)
        return answers.order

    @property
    def selected(self) -> KeySet:
        """The set of these keys."""
        if self._answers.selected is None:
            self._answers.selected = self._found(self.query)
        return self._answers.selected

    @property
    def marks(self) -> bytes:
        """One byte an event of the timeline, by key: 1 if it is in this view."""
        return self.selected.marks

    @property
    def known_from(self) -> Sequence[int]:
        """The day number from which each event of the whole timeline is known, by key."""
        return self.index.known_from

    @property
    def snapshot(self) -> Snapshot | None:
        """What stands on the day that the view is known on, without the sources taken away.

        None if that is what the index has.
        """
        if self._answers.snapshot is None and (
            self.known_on is not None or self.without or self.index.sources.is_retracted
        ):
            self._answers.snapshot = self._snapshot()
        return self._answers.snapshot

    @property
    def _standing(self) -> Snapshot:
        """The snapshot; where there is none, one of all that the index has."""
        if self.snapshot is not None:
            return self.snapshot
        if self._answers.plain is None:
            self._answers.plain = self._snapshot()
        return self._answers.plain

    def many_disclosed(self, day: int) -> int:  # noqa: ARG002  as the protocol has it
        """0: whatever became known of an index is told one by one."""
        return 0

    def contradictions(self) -> Iterator[tuple[str, str, Sequence[int]]]:
        """Who contradicts whom, and the ascending keys of the events of this view in which they do."""
        marks = None if self.is_whole else self.selected.marks
        for (by, other), keys in self._standing.contradictions(self.index).items():
            here = keys if marks is None else array("I", compress(keys, map(marks.__getitem__, keys)))
            if here:
                yield by, other, here

    @property
    def unread_denials(self) -> int:
        """How many links that deny something `contradictions()` has left out."""
        return self._standing.unread_denials

    def _snapshot(self) -> Snapshot:
        day = None if self.known_on is None else self.as_of
        return Snapshot(self.index, day, self.today, self.without)

    def _as_it_stood(self, key: int) -> Event | None:
        """The event with that key, if it is not shown as the index has it."""
        snapshot = self.snapshot
        return snapshot.event(self.index, key) if snapshot else None

    @property
    def moved(self) -> Mapping[int, Date]:
        """By key, the dates of the events that were planned for another day; in this view or not."""
        return self.snapshot.moved if self.snapshot else {}

    def _found(self, query: Query) -> KeySet:
        snapshot = self.snapshot
        if snapshot is None and any(term.field in SUPPORT_FIELDS for term in query):
            snapshot = self._standing
        if snapshot is None:
            return self.index.matcher.select(query, self.as_of)
        return snapshot.select(self.index, query, self.reader.marks)

    def is_pending(self, position: int) -> bool:  # noqa: ARG002  all is known here
        """False: an index tells at once."""
        return False

    def in_minutes(self, first: int, last: int) -> None:
        """None: times of day are on the axis already."""

    def key_at(self, position: int) -> int:
        """The key of the event at a position.

        Raises:
            IndexError: There is no such position.
        """
        return self.keys[position]

    def position_of(self, key: int) -> int:
        """The position of an event, else of the next one after it, else of the last; -1 if empty."""
        return self.order.position_of(key)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows at positions from `start` to before `stop`; fewer if the view ends earlier."""
        return [
            self._row(key)._replace(is_fallen=self.is_fallen(key))
            for key in self.keys[max(start, 0) : max(stop, 0)]
        ]

    def _row(self, key: int) -> Row:
        event = self._shown(key)
        row = row_of(key, event, self.status_of(event), self.actor_name, self.place_of)
        return row._replace(date=self.as_shown(row.date)) if self.zone and self.origin is None else row

    def status_of(self, event: Event | Summary) -> str:
        """The status that is shown of an event: what is to come is `scheduled`, unless it was called off.

        Empty for an event of another format that gives none.
        """
        if event.date.earliest > self.as_of and event.status not in PLANS_CHANGED:
            return "scheduled"
        return "" if event.status == "confirmed" and self.index.is_foreign else event.status

    def event(self, key: int) -> Event:
        """The event with that key as known, raw.

        Raises:
            KeyError: There is none.
        """
        return self._as_it_stood(key) or self.index.event(key)

    def _shown(self, key: int) -> Event | Summary:
        return self._as_it_stood(key) or self.index.summary(key)

    def is_fallen(self, key: int) -> bool:
        """Whether all that the event with that key rests on was taken away or retracted."""
        snapshot = self.snapshot
        return snapshot is not None and snapshot.is_fallen(key)

    def fallen_counts(self) -> Mapping[str, int]:
        """How many statements have fallen in the whole timeline, by kind; none of a kind is left out."""
        snapshot = self.snapshot
        return snapshot.fallen.counts if snapshot else {}

    def support(self, key: int) -> Mapping[Path, Support]:
        """What is left of the support of each statement of an event as it is shown, by where it is in it.

        Raises:
            KeyError: There is no such event.
        """
        from timeline_tui.model.support import statements  # noqa: PLC0415  not before the first frame

        day = END if self.known_on is None else self.as_of
        sources, gone, snapshot = self.index.sources, self.gone, self.snapshot
        if snapshot is not None and self.is_known(key):
            found = snapshot.statements(self.index, key)
        else:
            found = statements(self.index.event(key))
        return {each.path: sources.support(each.grounds, gone, day) for each in found}

    def fallen(self) -> Mapping[str, Sequence[int]]:
        """The keys of the events of this view with statements that have fallen, once for each, by kind."""
        snapshot = self.snapshot
        if snapshot is None:
            return {}
        marks = self.selected.marks
        return {
            kind: list(compress(keys, map(marks.__getitem__, keys)))
            for kind, keys in snapshot.fallen.statements.items()
        }

    def resting(self) -> Iterator[tuple[Sequence[str], int]]:
        """The sources that statements of this view cite, as far as they can be cited: how many statements do.

        The same sources come several times if they count from different days. Statements without any source
        are left out.
        """
        return self._standing.resting(self.index, self.selected.marks)

    @property
    def support_rules(self) -> Sources:
        """What the support of statements depends on, of all sources of the file."""
        return self.index.sources

    @property
    def gone(self) -> frozenset[str]:
        """The sources that support nothing here: taken away, retracted, or repeating only such sources."""
        return self.snapshot.fallen.gone if self.snapshot else frozenset()

    def whole_event(self, key: int) -> Event:
        """The event with that key with all that became known since, raw.

        Raises:
            KeyError: There is none.
        """
        return self.index.event(key)

    def summary(self, key: int) -> Summary:
        """What a list shows of the event with that key, raw, with all that became known since.

        Raises:
            KeyError: There is none.
        """
        return self.index.summary(key)

    def title_of(self, key: int) -> str:
        """The title of the event with that key as it is known, visible and on one line."""
        return one_line(self._shown(key).title)

    def key_of(self, id_: str) -> int | None:
        """The key of the event with that id; None if there is none."""
        return self.index.key_of(id_)

    def key_at_line(self, line: int) -> int:
        """The key of the event at a line of the file, else of the last one before it, else of the first.

        -1 if there are no events.
        """
        return self.index.key_at_line(line)

    def source(self, id_: str) -> Source | None:
        """The source with that id, raw, as it is known."""
        source = self.index.source(id_)
        return source if source is None or self.known_on is None else source_as_known(source, self.as_of)

    def is_published(self, id_: str) -> bool:
        """Whether the source with that id can be cited as of the day that the view is shown as known on."""
        source = self.index.source(id_)
        return source is None or self.known_on is None or publication_day(source) <= self.as_of

    def actor(self, id_: str, held: int | None = None) -> Actor | None:
        """The actor with that id, raw, as known.

        Args:
            id_: Of the actor.
            held: The day number whose office the actor is shown with, beside an event its first day; None for
                the day that the view is shown as known on.
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
        """The place of an event, visible and on one line; an id of a place is replaced by its name."""
        return one_line(self._place_text(place))

    def place_text(self, event: Event | Summary) -> str:
        """Where an event was, raw; empty if the event does not tell."""
        return ", ".join(map(self._place_text, dict.fromkeys(filter(None, (event.place, *event.places)))))

    def place_of(self, event: Event | Summary) -> str:
        """Where an event was, visible and on one line; empty if the event does not tell."""
        return one_line(self.place_text(event))

    def _place_text(self, place: str) -> str:
        known = self.index.places.get(place)
        return place if known is None else known.name

    def label(self, field: str, value: str) -> str:
        """The name to show for a value of a field of the search language, as known, visible, on one line."""
        if field == "status":
            return status_word(value)
        if field in IDENTIFIED and TOGETHER in value:
            return " and ".join(self.label(field, part) for part in value.split(TOGETHER))
        if field in PAIRED and ARROW in value:
            return " → ".join(self.label(field, part) for part in value.split(ARROW))
        if field == AT:
            return self.place_name(value)
        topic = self.topic(value) if field == "topic" and self.known_on is not None else None
        return one_line(topic.question) if topic is not None else self.index.label(field, value)

    @property
    def _published(self) -> Mapping[str, int]:
        return self.index.published

    def actor_name(self, id_: str) -> str:
        """The name of an actor, visible and on one line; the id if there is no such actor."""
        return self.index.name("actor", id_)

    def short_name(self, id_: str) -> str:
        """The name of an actor for where there is little room, visible and on one line; else the name."""
        actor = self.index.actor(id_)
        return one_line(actor.short) if actor is not None and actor.short else self.actor_name(id_)

    def values(self, field: str) -> list[str]:
        """The values that a field of the search language has in the whole timeline: ids, or folded words."""
        return self.index.values(field)

    def has(self, key: int) -> bool:
        """Whether the event with that key is in this view; -1, which stands for no event, never is."""
        if key < 0:
            return False
        # As in `is_known()`.
        selected = self._answers.selected
        if selected is None:
            if self.is_whole:
                return True
            selected = self.selected
        return bool(selected.marks[key])

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was known by the day that the view is shown as known on."""
        return self.snapshot is not None and not self.snapshot.known

    def is_known(self, key: int) -> bool:
        """Whether the event with that key is known, in this view or not; -1 stands for no event."""
        if key < 0 or self.known_on is None:
            return key >= 0
        # Asked for every event of a long list, so the property is passed by once the answer is there.
        snapshot = self._answers.snapshot or self.snapshot
        return snapshot is None or snapshot.is_known(key)

    def is_ahead(self, key: int) -> bool:
        """Whether the event with that key is still to come on the day `as_of`."""
        ahead = self.snapshot.is_ahead(self.index, key) if self.snapshot else None
        if ahead is not None:
            return ahead
        date = self.moved.get(key)
        return (self.index.earliest[key] if date is None else date.earliest) > self.as_of

    def disclosures(self, first: int, last: int, kinds: Iterable[str]) -> Iterator[tuple[str, Sequence[int]]]:
        """What of `kinds` became known in the whole timeline from one day to another: the kind and the keys.

        A key comes once for each thing that became known of its event.
        """
        return ((kind, keys) for _, kind, keys in self.index.disclosures(first, last, kinds))

    def disclosed(self, kinds: Iterable[str]) -> Iterator[tuple[int, Sequence[int]]]:
        """What became known of events of this view, as far as it is known: the day and the keys.

        A key comes once for each thing that became known of its event.
        """
        last = END if self.known_on is None else self.as_of
        marks = None if self.is_whole else self.marks
        for day, _, keys in self.index.disclosures(BEGINNING, last, kinds):
            here = keys if marks is None else array("I", compress(keys, map(marks.__getitem__, keys)))
            if here:
                yield day, here

    def earlier_dates(
        self, key: int | None = None, most: int | None = None
    ) -> Iterator[tuple[int, int, int, Date]]:
        """The dates that events of this view had before, as far as known: key, first day, day after, date.

        The days are those on which the date was known, in their order.

        Args:
            key: Of the only event that is asked for; None for all.
            most: If the timeline has more of them, none is given.
        """
        last = END if self.known_on is None else self.as_of
        marks = self.marks
        if most is not None and self.index.count_earlier_dates() > most:
            return
        for found, since, until, text in self.index.all_earlier_dates(key):
            if since <= last and marks[found]:
                yield found, since, until, parse_date(text)

    def disclosure_days(self, kinds: Iterable[str]) -> list[int]:
        """The days on which something of `kinds` became known in the whole timeline, ascending."""
        return self.index.disclosure_days(kinds)

    def fingerprints(self) -> Iterator[tuple[int, str, bytes]]:
        """Key, id and fingerprint of each event of the file, in its order."""
        return self.index.fingerprints()

    def date_of(self, key: int) -> Date:
        """The date of the event with that key as known, in this view or not.

        Raises:
            KeyError: There is none.
        """
        return self.moved.get(key) or self.index.summary(key).date

    @property
    def first_days(self) -> Sequence[int]:
        """The day number that each event of the whole timeline is on, by key, ascending; not as known."""
        return self.index.standing

    @property
    def last_days(self) -> Sequence[int]:
        """The last day number of each event of the whole timeline, by key; not as known."""
        return self.index.latest

    def days_as_known(self) -> Callable[[int], tuple[int, int]]:
        """A function that gives the first and last day number of an event as known by its key."""
        first_of, last_of, dates = self.index.earliest, self.index.latest, self.moved

        def days(key: int) -> tuple[int, int]:
            date = dates.get(key)
            return (first_of[key], last_of[key]) if date is None else (date.earliest, date.latest)

        return days

    def sort_key(self, key: int) -> tuple[int, bool, int]:
        """What events are sorted by, in this view or not: first day as known, moved ones last, then key."""
        date = self.moved.get(key)
        return (self.index.standing[key], False, key) if date is None else (date.earliest, True, key)

    def chronological(self, keys: Sequence[int]) -> Sequence[int]:
        """Ascending keys in the order of the days that their events are on as known."""
        moved = self.moved
        if not moved or not any(key in moved for key in keys):
            return keys
        return sorted(keys, key=self.sort_key)

    def count_of(self, query: Query, *, anew: bool = False) -> int:
        """The number of events of this view that a query finds; if `anew`, in place of its own query."""
        found = self._found(query)
        return len(found if anew else found & self.selected)

    def date_counts(self, query: Query | None = None) -> Counter[tuple[int, int]]:
        """How many events of this view have each first and last day number, as known.

        Args:
            query: Which of them count; None for all.
        """
        found = self.selected if query is None else self._found(query) & self.selected
        moved = [date for key, date in self.moved.items() if key in found]
        found -= KeySet.of(self.moved, self.total)
        days = zip(self.index.earliest, self.index.latest, strict=True)
        counts = Counter(compress(days, found.marks))
        counts.update((date.earliest, date.latest) for date in moved)
        return counts

    def keys_with(self, field: str, value: str) -> Sequence[int]:
        """The keys of the events of this view with an id in a field of the search language, ascending."""
        keys = self.snapshot.keys_with(self.index, field, value) if self.snapshot else None
        keys = self.index.keys_with(field, value) if keys is None else keys
        if self.is_whole:
            return keys
        return array("I", compress(keys, map(self.selected.marks.__getitem__, keys)))

    def all_keys_with(self, field: str, value: str) -> Sequence[int]:
        """As `keys_with()`, of the events of the whole timeline with all that became known since."""
        return self.index.keys_with(field, value)

    @property
    def holds_statements(self) -> bool:
        """Whether there can be quotes, claims, links and sources: yes."""
        return True

    def keys_without(self, field: str, having: Iterable[Sequence[int]] | None = None) -> Sequence[int]:
        """The keys of the events of this view without a value in a field, ascending.

        Args:
            field: The field.
            having: The keys of those that have one, if they are at hand.
        """
        marks = bytearray(self.selected.marks)
        for keys in (keys for _, keys in self.keys_by_value(field)) if having is None else having:
            for key in keys:
                marks[key] = 0
        return array("I", compress(range(self.total), marks))

    def why_without(self, field: str) -> str:  # noqa: ARG002  as the protocol has it
        """Empty: these events have no value."""
        return ""

    def hours(self) -> dict[tuple[int, int], tuple[int, int]]:
        """By day of the week from 0 for Monday and hour: the events of this view then, the doubtful ones."""
        keys = self.keys
        doubtful = {keys[position] for position in self.doubtful}
        found = {}
        for place, day in enumerate(WEEKDAYS):
            for hour in range(24):
                if here := self.keys_with("hour", folded(f"{day.lower()}-{hour}")):
                    found[place, hour] = len(here), sum(map(doubtful.__contains__, here))
        return found

    @property
    def tells_known(self) -> bool:
        """Whether its events can tell when they became known: yes."""
        return True

    def told_rows(self) -> None:
        """None: the keys of the events tell that."""

    @property
    def can_have_coordinates(self) -> bool:
        """Whether its places can have coordinates: yes."""
        return True

    def placed(self, grid: MapGrid) -> None:
        """None: the keys of the events at each place tell that."""

    def pairs(self, field: str) -> None:
        """None: the keys of the events tell that."""

    def doubtful_cuts(self, starts: Iterable[int]) -> list[int]:
        """How many of `doubtful` come before each of the positions that `cuts()` gives."""
        doubtful = self.doubtful
        return [bisect_left(doubtful, cut) for cut in self.cuts(starts)]

    def keys_by_value(self, field: str) -> Iterator[tuple[str, Sequence[int]]]:
        """Each value of a field that events of this view have, and their keys, ascending.

        A status is as it is shown, so that each event has one at most.
        """
        if field == "status":
            found: Iterable[tuple[str, Sequence[int]]] = self._keys_by_status()
        elif self.snapshot is None:
            found = self.index.keys_by_value(field)
        else:
            values = (
                (value, self.snapshot.keys_with(self.index, field, value)) for value in self.values(field)
            )
            found = values
        marks = None if self.is_whole or field == "status" else self.selected.marks
        for value, keys in found:
            here = keys if marks is None else array("I", compress(keys, map(marks.__getitem__, keys)))
            if value and len(here):
                yield value, here

    def _keys_by_status(self) -> Iterator[tuple[str, Sequence[int]]]:
        numbers = self.statuses
        for number, status in enumerate(STATUS_SIGNS, 1):
            yield status, array("I", (key for key in self.selected if numbers[key] == number))

    @cached_property
    def statuses(self) -> bytes:
        """One byte an event of the timeline, by key: the place of its status in `STATUS_SIGNS`, from 1.

        0 for an event that gives none. It is the status that is shown, see `status_of()`.
        """
        numbers, taken = 0, KeySet.empty(self.total)
        first, *others = enumerate(STATUS_SIGNS, 1)
        for number, status in others:
            found = self._found(Query().with_term("status", status)) - taken
            taken |= found
            numbers += int.from_bytes(found.marks, "little") * number
        if not self.index.is_foreign:
            # Most events happened: they are what is left, which is quicker than to look them up.
            known = KeySet.full(self.total) if self.snapshot is None else self.snapshot.known
            numbers += int.from_bytes((known - taken).marks, "little") * first[0]
        return numbers.to_bytes(self.total, "little")

    @property
    def lasting(self) -> bytes:
        """One byte an event of the timeline, by key: 1 if its date can mean several days; not as known."""
        return self.index.lasting

    def track(self, keys: Sequence[int]) -> Track:
        """Events of the timeline, by ascending keys, in the order of the days that they are on as known."""
        return Track(self.index.standing, self.index.moments, keys, self.moved)

    @property
    def per_day(self) -> int:
        """Steps of an axis of time in a day: 86,400 seconds if the timeline has times of day, else 1."""
        return self.index.moments.per_day

    def moment_of(self, key: int) -> int:
        """When an event begins as known, in this view or not, in steps of which `per_day` are a day."""
        date = self.moved.get(key)
        moments = self.index.moments
        return moments[key] if date is None else end_of(date.earliest, moments.per_day)

    @property
    def seconds(self) -> Sequence[int]:
        """The second of its day at which each event of the whole timeline begins, by key; not as known."""
        return self.index.moments.seconds

    def is_in_utc(self, first: int, last: int) -> bool:
        """Whether times of day are in UTC on any day from one to another, as clocks differ there."""
        return self.index.moments.is_in_utc(first, last)

    def first_keys(self, moments: Iterable[int]) -> list[int]:
        """For each moment the first key of the timeline from then on; not as known."""
        return [self.index.moments.first_from(moment) for moment in moments]

    def first_at(self, moment: int) -> int:
        """The position of the first event at a moment or later; `count` if there is none."""
        return self.order.first_at(moment)

    def keys_by_actor(self) -> Iterator[tuple[str, Sequence[int]]]:
        """The id of each actor in the file, and the keys of their events as known, here or not."""
        return ((id_, keys) for id_, _, _, keys in self._actors())

    def _actors(self) -> Iterator[tuple[str, str, str, array[int]]]:
        return self.snapshot.actors(self.index) if self.snapshot else self.index.actors()

    def origins(self, key: int) -> list[tuple[str, int]]:
        """Relation, raw, and key of each event that links to this one, known or not, chronologically."""
        return self.index.origins(key)

    def links(self, key: int) -> list[Link]:
        """The links between an event and known events, in this view or not; its own come first."""
        own = [
            Link(one_line(relation), target, id_, self.title_of(target), outward=True)
            for relation, ids in self.event(key).links.items()
            for id_ in ids
            if (target := self.key_of(id_)) is not None
        ]
        towards = [link._replace(title=self.title_of(link.key)) for link in self.index.links_to(key)]
        return [link for link in own + towards if self.is_known(link.key)]

    def find(self, query: Query) -> Sequence[int]:
        """The positions of the events of this view that `query` finds, ascending."""
        if not query:
            return range(self.count)
        found = self._found(query)
        if self.moved:
            return sorted(map(self.position_of, found & self.selected))
        return found.keys() if self.is_whole else found.positions_in(self.selected)

    def actors(self) -> tuple[ActorCount, ...]:
        """Every actor in the file by kind, count and name, counted as if no actor were chosen.

        Excluded actors stay excluded.
        """
        if self._answers.actors is None:
            for _ in self.counting():
                pass
        return self._answers.actors or ()

    @property
    def span(self) -> tuple[int, int]:
        """The first and last day number of the events, without open ends; today in an empty view."""
        answers, whole = self._answers, self._whole
        if answers.span is None:
            answers.span = whole.span if whole else self._find_span()
        return answers.span

    def _find_span(self) -> tuple[int, int]:
        earliest, reached = self._days
        if not earliest:
            return self.as_of, self.as_of
        opened = bisect_right(earliest, BEGINNING)
        firsts = [*(day for day in reached[:opened] if day != BEGINNING), *earliest[opened : opened + 1]]
        return (min(firsts), max(reached)) if firsts else (self.as_of, self.as_of)

    def cuts(self, starts: Iterable[int]) -> list[int]:
        """The positions that days divide the events at: 0, that of the first event from each day on, `count`.

        Args:
            starts: Day numbers, ascending.
        """
        return [0, *map(self.order.first_from, starts), self.count]

    def empty_times(self, cells: int, within: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """The times in which no event begins and that take more than one of `cells` slices of some days.

        Args:
            cells: The number of slices.
            within: The first and last day number of these days; None for the span.

        Returns:
            First and last day number of each, ascending.
        """
        first, last = within or self.span
        cuts, days = self.cuts(slices(first, last, cells)), self.order.standing
        after = {start for start, stop in pairwise(cuts) if start == stop and start > 0}
        ends = (days[position] if position < self.count else self.span[1] for position in sorted(after))
        between = [
            (days[position - 1] + 1, end - 1) for position, end in zip(sorted(after), ends, strict=True)
        ]
        return [(start, stop) for start, stop in between if start <= stop]

    @property
    def doubtful(self) -> Sequence[int]:
        """The positions of the events that are claimed, disputed or denied, ascending."""
        return self.find(DOUBTFUL)

    def day_of(self, position: int) -> int:
        """The day number that the event at a position is on, within the span.

        Raises:
            IndexError: There is no such position.
        """
        return max(self.order.standing[position], self.span[0])

    def end_of_day(self, position: int) -> int:
        """The position after the last event that is on the same day as the event at a position.

        Raises:
            IndexError: There is no such position.
        """
        return self.order.first_from(self.order.standing[position] + 1)

    def position_at(self, day: int) -> int:
        """The position of the first event on a day or later, else of the last; -1 in an empty view."""
        return min(self.order.first_from(day), self.count - 1)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks of the list: new periods and silences."""
        answers, whole = self._answers, self._whole
        if answers.breaks is None:
            answers.breaks = whole.breaks if whole else find_breaks(*self._days)
        return answers.breaks

    @cached_property
    def sentence(self) -> str:
        """What is shown, visible on one line: `54 of 66 events · actor: Choe Son-hui · kind: vote`."""
        events = f"{self.total:,} event{'' if self.total == 1 else 's'}"
        shown = events if self.is_whole else f"{self.count:,} of {events}"
        parts = [shown, *self.query.in_words(self.label)]
        if self.known_on is not None:
            parts.append(f"known on {day_in_words(self.known_on)}")
        if self.without:
            parts.append(f"without {self._without_in_words()}")
        if self.origin is not None:
            parts.append(f"days from {day_in_words(self.origin)}")
        if self.newest:
            parts.append("newest first")
        if self.zone:
            parts.append(f"times in {self.zone}")
        return " · ".join(parts)

    def _without_in_words(self) -> str:
        """`Blue and 2 more sources: 12 statements fallen`."""
        first, *more = sorted(map(self._source_name, self.without))
        named = first if not more else f"{first} and {len(more)} more source{'' if len(more) == 1 else 's'}"
        fallen = sum(self.fallen_counts().values())
        return f"{named}: {fallen:,} statement{'' if fallen == 1 else 's'} fallen"

    def _source_name(self, id_: str) -> str:
        source = self.source(id_)
        if source is None:
            return one_line(id_)
        return one_line(source.publisher or source.title) if self.is_published(id_) else "a later source"

    def counting(self) -> Iterator[ActorCount]:
        """As `actors()`, one by one in no order; when all have been taken, `actors()` is known."""
        others = tuple(term for term in self.query.terms if term.field != "actor" or term.excluded)
        chosen = frozenset(self.query.values("actor"))
        counted = []
        view = self.with_query(Query(others))
        for actor in view._count_actors():  # noqa: SLF001  its own class
            counted.append(replace(actor, chosen=True) if actor.id in chosen else actor)
            yield counted[-1]
        self._answers.actors = tuple(sorted(counted, key=by_kind_and_count))

    def _count_actors(self) -> Iterable[ActorCount]:
        """Every actor in the file with the number of their events in this view, in no order."""
        if self._whole:
            return self._whole.actors
        selected = None if self.is_whole else self.selected
        return count_actors(self.index, self._actors(), selected, self.moved, self.starts(ACTIVITY_CELLS))

    @cached_property
    def _whole(self) -> Whole | None:
        """The answers that are kept with the index, for a view without a query."""
        kept = self.index.kept(_WHOLE) if self._is_kept else None
        return msgspec.msgpack.decode(kept, type=Whole) if kept else None

    @property
    def _days(self) -> tuple[Sequence[int], Sequence[int]]:
        """The day that each event is on, and the last day that it can reach to, by position."""
        return self.order.standing, self.order.reached


def keep_whole(index: Index) -> None:
    """Store the answers of a view without a query in an index that is being built."""
    from timeline_tui.timeline.contradictions import DENYING, keep  # noqa: PLC0415  only to build an index

    view = View(index)
    index.keep(_WHOLE, msgspec.msgpack.encode(Whole(view.span, view.breaks, view.actors())))
    if not index.sources.is_retracted and (index.values("topic") or index.links_of(DENYING)):
        standing = view._standing  # noqa: SLF001  its own class
        keep(index, standing.contradictions(index), standing.unread_denials)

"""What widgets, pages, pictures and exporters may ask of a timeline that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.summaries import Link, Summary
    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.model.records import Actor, Event, Header, Place, Source, Topic
    from timeline_tui.model.support import Path, Sources, Support
    from timeline_tui.query.language import Query
    from timeline_tui.query.vocabulary import Vocabulary
    from timeline_tui.storage.reader_notes import ReaderNotes
    from timeline_tui.timeline.actor_counts import ActorCount
    from timeline_tui.timeline.breaks import Break
    from timeline_tui.timeline.counted import AnyTrack, ToldRows
    from timeline_tui.timeline.map_cells import MapGrid, PlacedRows
    from timeline_tui.timeline.rows import Row


class Store(Protocol):
    """Where the events of a timeline are: an index, or a table on an engine."""

    def reader(self) -> Self:
        """The same store by a connection of its own, for another thread."""

    def interrupt(self) -> None:
        """Stop what is being asked in another thread."""


class TimelineView(Protocol):
    """A timeline under a query and clocks: a value, of which every change makes another one.

    The events that it shows are at positions from 0, in chronological order. The key of an event stays the
    same in all views of a timeline.
    """

    @property
    def query(self) -> Query:
        """Which events are shown."""

    @property
    def mapping(self) -> ColumnMapping:
        """What the columns of others' data were taken for; without columns where the format tells that."""

    @property
    def today(self) -> int:
        """The day number that separates past and future."""

    @property
    def known_on(self) -> int | None:
        """The day number that the timeline is shown as known on; None for all of it."""

    @property
    def without(self) -> frozenset[str]:
        """The ids of the sources that are taken away."""

    @property
    def origin(self) -> int | None:
        """The day number that dates are counted from; None where dates are shown as they are."""

    @property
    def newest(self) -> bool:
        """Whether lists show the newest event first; positions stay in the order of time."""

    @property
    def zone(self) -> str:
        """The name of the time zone that times of day are shown in; empty where each is as it is written."""

    @property
    def reader(self) -> ReaderNotes:
        """What the reader has made of the timeline."""

    @property
    def as_of(self) -> int:
        """The day number after which everything is still to come."""

    @property
    def is_whole(self) -> bool:
        """Whether this view has no query and no day, and so shows every event of the file."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was known by the day that the view is shown as known on."""

    @property
    def is_ready(self) -> bool:
        """Whether its rows are known, so that showing it takes no time."""

    @property
    def is_counted(self) -> bool:
        """Whether `actors()` is known."""

    @property
    def nothing_known(self) -> str:
        """`Nothing was known yet on 1 May 2024.`; empty where something was."""

    @property
    def sentence(self) -> str:
        """What is shown, visible on one line: `54 of 66 events · actor: Choe Son-hui · kind: vote`."""

    def with_query(self, query: Query) -> Self:
        """This view under another query."""

    def known_by(self, day: int | None) -> Self:
        """This view as known on a day; None for all that is known."""

    def without_sources(self, ids: Iterable[str]) -> Self:
        """This view without exactly these sources."""

    def taking_away(self, id_: str) -> Self:
        """This view without one more source."""

    def giving_back(self, id_: str) -> Self:
        """This view with a source that was taken away."""

    def counted_from(self, day: int | None) -> Self:
        """This view with dates counted from a day; None for dates as they are."""

    def sorted_by(self, *, newest: bool) -> Self:
        """This view with the newest or the oldest event first where it is shown as a list."""

    def in_zone(self, name: str) -> Self:
        """This view with times of day as in a time zone; as they are written for an empty name."""

    def with_reader(self, reader: ReaderNotes) -> Self:
        """This view with what the reader has made of the timeline now."""

    @property
    def store(self) -> Store:
        """Where the events are."""

    def over(self, store: Store) -> Self:
        """This view of the timeline in another store; nothing is known of it yet."""

    def knowing(self, other: Self) -> Self:
        """This view, with all that an equal one of whatever connection to its store has worked out."""

    def working_out(self) -> Iterator[None]:
        """Work out the rows, in steps between which that may be given up."""

    def counting(self) -> Iterator[object]:
        """As `actors()`, in steps; when all have been taken, `actors()` is known."""

    def is_of_same_timeline(self, other: TimelineView) -> bool:
        """Whether the keys of both views mean the same events: nothing was read again between them."""

    @property
    def title(self) -> str:
        """The timeline's title, visible and on one line."""

    @property
    def header(self) -> Header:
        """The timeline's header as known, raw."""

    @property
    def whole_header(self) -> Header:
        """The timeline's header with all that became known since, raw."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The values that a query can use, and how people spell them; only known ones are suggested."""

    @property
    def total(self) -> int:
        """The number of events in the whole timeline."""

    def source(self, id_: str) -> Source | None:
        """The source with that id, raw, as it is known."""

    def actor(self, id_: str, held: int | None = None) -> Actor | None:
        """The actor with that id, raw, as known.

        Args:
            id_: Of the actor.
            held: The day number whose office the actor is shown with, beside an event its first day; None for
                the day that the view is shown as known on.
        """

    def topic(self, id_: str) -> Topic | None:
        """The topic with that id, raw, as it is known."""

    def is_published(self, id_: str) -> bool:
        """Whether the source with that id can be cited as of the day that the view is shown as known on."""

    def place(self, id_: str) -> Place | None:
        """The place with that id, raw, as it is known."""

    def place_name(self, place: str) -> str:
        """The place of an event, visible and on one line; an id of a place is replaced by its name."""

    def place_text(self, event: Event | Summary) -> str:
        """Where an event was, raw; empty if the event does not tell."""

    def place_of(self, event: Event | Summary) -> str:
        """Where an event was, visible and on one line; empty if the event does not tell."""

    def actor_name(self, id_: str) -> str:
        """The name of an actor, visible and on one line; the id if there is no such actor."""

    def short_name(self, id_: str) -> str:
        """The name of an actor for where there is little room, visible and on one line; else the name."""

    def label(self, field: str, value: str) -> str:
        """The name to show for a value of a field of the search language, as known, visible, on one line."""

    def values(self, field: str) -> list[str]:
        """The values that a field of the search language has in the whole timeline: ids, or folded words."""

    @property
    def count(self) -> int:
        """The number of events in this view."""

    @property
    def keys(self) -> Sequence[int]:
        """The keys of the events in chronological order: ascending, unless events are on planned dates."""

    @property
    def span(self) -> tuple[int, int]:
        """The first and last day number of the events, without open ends; today in an empty view."""

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks of the list: new periods and silences."""

    def is_pending(self, position: int) -> bool:
        """Whether it is not known yet which event is at a position; it is asked for then."""

    def in_minutes(self, first: int, last: int) -> TimelineView | None:
        """The events from one day number to another, of a timeline that is counted by days, by minutes.

        None where there are no times of day, and where `per_day` tells them already.
        """

    def key_at(self, position: int) -> int:
        """The key of the event at a position.

        Raises:
            IndexError: There is no such position.
        """

    def position_of(self, key: int) -> int:
        """The position of an event, else of the next one after it, else of the last; -1 if empty."""

    def position_at(self, day: int) -> int:
        """The position of the first event on a day or later, else of the last; -1 in an empty view."""

    def day_of(self, position: int) -> int:
        """The day number that the event at a position is on, within the span.

        Raises:
            IndexError: There is no such position.
        """

    def end_of_day(self, position: int) -> int:
        """The position after the last event that is on the same day as the event at a position.

        Raises:
            IndexError: There is no such position.
        """

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows at positions from `start` to before `stop`; fewer if the view ends earlier."""

    def starts(self, cells: int) -> list[int]:
        """The first days of `cells` equal slices of the span, except for the first slice."""

    def density(self, cells: int) -> tuple[int, ...]:
        """The number of events that begin in each of `cells` equal slices of the span, `count` in all."""

    def find(self, query: Query) -> Sequence[int]:
        """The positions of the events of this view that `query` finds, ascending."""

    def count_of(self, query: Query, *, anew: bool = False) -> int:
        """The number of events of this view that a query finds; if `anew`, in place of its own query."""

    def date_counts(self, query: Query | None = None) -> Mapping[tuple[int, int], int]:
        """How many events of this view have each first and last day number, as known.

        Args:
            query: Which of them count; None for all.
        """

    @property
    def doubtful(self) -> Sequence[int]:
        """The positions of the events that are claimed, disputed or denied, ascending."""

    def keys_with(self, field: str, value: str) -> Sequence[int]:
        """The keys of the events of this view with an id in a field of the search language, ascending."""

    @property
    def holds_statements(self) -> bool:
        """Whether there can be quotes, claims, links and sources: not in a table on an engine."""

    def keys_without(self, field: str, having: Iterable[Sequence[int]] | None = None) -> Sequence[int]:
        """The keys of the events of this view without a value in a field, ascending.

        Args:
            field: The field.
            having: The keys of those that have one, if they are at hand.
        """

    def why_without(self, field: str) -> str:
        """What is said of these events, if it is not that they have no value; usually empty."""

    def hours(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """By day of the week from 0 for Monday and hour: the events of this view then, the doubtful ones."""

    @property
    def tells_known(self) -> bool:
        """Whether its events can tell when they became known, if that is not when they happened."""

    def told_rows(self) -> Sequence[ToldRows] | None:
        """How many events there are by day and day on which they became known, sorted.

        None where the keys of the events tell that.
        """

    @property
    def can_have_coordinates(self) -> bool:
        """Whether its places can have coordinates."""

    def placed(self, grid: MapGrid) -> Sequence[PlacedRows] | None:
        """How many events are in each cell of the world; None where the keys of the events tell that."""

    def pairs(self, field: str) -> Mapping[tuple[str, str], tuple[int, int]] | None:
        """How many events have two values of a field together, and how many of these are doubtful.

        None where the keys of the events tell that.
        """

    def doubtful_cuts(self, starts: Iterable[int]) -> list[int]:
        """How many of `doubtful` come before each of the positions that `cuts()` gives."""

    def keys_by_value(self, field: str) -> Iterator[tuple[str, Sequence[int]]]:
        """Each value of a field that events of this view have, and their keys, ascending.

        A status is as it is shown, so that each event has one at most.
        """

    @property
    def statuses(self) -> bytes:
        """One byte an event of the timeline, by key: the place of its status in `STATUS_SIGNS`, from 1.

        0 for an event that gives none. It is the status that is shown, see `status_of()`.
        """

    @property
    def marks(self) -> bytes:
        """One byte an event of the timeline, by key: 1 if it is in this view."""

    @property
    def known_from(self) -> Sequence[int]:
        """The day number from which each event of the whole timeline is known, by key."""

    def disclosed(self, kinds: Iterable[str]) -> Iterator[tuple[int, Sequence[int]]]:
        """What became known of events of this view, as far as it is known: the day and the keys.

        A key comes once for each thing that became known of its event.
        """

    def earlier_dates(
        self, key: int | None = None, most: int | None = None
    ) -> Iterator[tuple[int, int, int, Date]]:
        """The dates that events of this view had before, as far as known: key, first day, day after, date.

        The days are those on which the date was known, in their order.

        Args:
            key: Of the only event that is asked for; None for all.
            most: If the timeline has more of them, none is given.
        """

    @property
    def lasting(self) -> bytes:
        """One byte an event of the timeline, by key: 1 if its date can mean several days; not as known."""

    @property
    def moved(self) -> Mapping[int, Date]:
        """By key, the dates of the events that were planned for another day; in this view or not."""

    def track(self, keys: Sequence[int]) -> AnyTrack:
        """Events of the timeline, by ascending keys, in the order of the days that they are on as known."""

    @property
    def per_day(self) -> int:
        """Steps of an axis of time in a day: 86,400 seconds if the timeline has times of day, else 1."""

    def moment_of(self, key: int) -> int:
        """When an event begins as known, in this view or not, in steps of which `per_day` are a day."""

    @property
    def seconds(self) -> Sequence[int]:
        """The second of its day at which each event of the whole timeline begins, by key; not as known."""

    def is_in_utc(self, first: int, last: int) -> bool:
        """Whether times of day are in UTC on any day from one to another, as clocks differ there."""

    def first_keys(self, moments: Iterable[int]) -> list[int]:
        """For each moment the first key of the timeline from then on; not as known."""

    def first_at(self, moment: int) -> int:
        """The position of the first event at a moment or later; `count` if there is none."""

    def cuts(self, starts: Iterable[int]) -> list[int]:
        """The positions that days divide the events at: 0, that of the first event from each day on, `count`.

        Args:
            starts: Day numbers, ascending.
        """

    def empty_times(self, cells: int, within: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """The times in which no event begins and that take more than one of `cells` slices of some days.

        Args:
            cells: The number of slices.
            within: The first and last day number of these days; None for the span.

        Returns:
            First and last day number of each, ascending.
        """

    @property
    def unread_denials(self) -> int:
        """How many links that deny something `contradictions()` has left out."""

    def actors(self) -> tuple[ActorCount, ...]:
        """Every actor in the file by kind, count and name, counted as if no actor were chosen.

        Excluded actors stay excluded.
        """

    def has(self, key: int) -> bool:
        """Whether the event with that key is in this view."""

    def is_known(self, key: int) -> bool:
        """Whether the event with that key is known, in this view or not."""

    def is_ahead(self, key: int) -> bool:
        """Whether the event with that key begins after the day `as_of`."""

    def event(self, key: int) -> Event:
        """The event with that key as known, raw.

        Raises:
            KeyError: There is none.
        """

    def is_fallen(self, key: int) -> bool:
        """Whether all that the event with that key rests on was taken away or retracted."""

    def fallen_counts(self) -> Mapping[str, int]:
        """How many statements have fallen in the whole timeline, by kind; none of a kind is left out."""

    def support(self, key: int) -> Mapping[Path, Support]:
        """What is left of the support of each statement of an event as it is shown, by where it is in it.

        Raises:
            KeyError: There is no such event.
        """

    def fallen(self) -> Mapping[str, Sequence[int]]:
        """The keys of the events of this view with statements that have fallen, once for each, by kind."""

    def resting(self) -> Iterator[tuple[Sequence[str], int]]:
        """The sources that statements of this view cite, as far as they can be cited: how many statements do.

        The same sources come several times if they count from different days. Statements without any source
        are left out.
        """

    @property
    def support_rules(self) -> Sources:
        """What the support of statements depends on, of all sources of the file."""

    @property
    def gone(self) -> frozenset[str]:
        """The sources that support nothing here: taken away, retracted, or repeating only such sources."""

    def status_of(self, event: Event | Summary) -> str:
        """The status that is shown of an event: what is to come is `scheduled`, unless it was called off.

        Empty for an event of another format that gives none.
        """

    def title_of(self, key: int) -> str:
        """The title of the event with that key as it is known, visible and on one line."""

    def date_of(self, key: int) -> Date:
        """The date of the event with that key as known, in this view or not.

        Raises:
            KeyError: There is none.
        """

    def links(self, key: int) -> list[Link]:
        """The links between an event and known events, in this view or not; its own come first."""

    def origins(self, key: int) -> list[tuple[str, int]]:
        """Relation, raw, and key of each event that links to this one, known or not, chronologically."""

    def key_of(self, id_: str) -> int | None:
        """The key of the event with that id; None if there is none."""

    def key_at_line(self, line: int) -> int:
        """The key of the event at a line of the file, else of the last one before it, else of the first.

        -1 if there are no events.
        """

    def date_in_words(self, date: Date) -> str:
        """A date as it is shown here: `6 November 2024`, or `T+5`."""

    def day_in_words(self, day: int) -> str:
        """A day number as it is shown here."""

    def sort_key(self, key: int) -> tuple[int, bool, int]:
        """What events are sorted by, in this view or not: first day as known, moved ones last, then key."""

    def chronological(self, keys: Sequence[int]) -> Sequence[int]:
        """Ascending keys in the order of the days that their events are on as known."""

    def days_as_known(self) -> Callable[[int], tuple[int, int]]:
        """A function that gives the first and last day number of an event as known by its key."""

    @property
    def first_days(self) -> Sequence[int]:
        """The day number that each event of the whole timeline is on, by key, ascending; not as known."""

    @property
    def last_days(self) -> Sequence[int]:
        """The last day number of each event of the whole timeline, by key; not as known."""

    def whole_event(self, key: int) -> Event:
        """The event with that key with all that became known since, raw.

        Raises:
            KeyError: There is none.
        """

    def summary(self, key: int) -> Summary:
        """What a list shows of the event with that key, raw, with all that became known since.

        Raises:
            KeyError: There is none.
        """

    def contradictions(self) -> Iterator[tuple[str, str, Sequence[int]]]:
        """Who contradicts whom, and the ascending keys of the events of this view in which they do."""

    def all_keys_with(self, field: str, value: str) -> Sequence[int]:
        """As `keys_with()`, of the events of the whole timeline with all that became known since."""

    def keys_by_actor(self) -> Iterator[tuple[str, Sequence[int]]]:
        """The id of each actor in the file, and the keys of their events as known, here or not."""

    def many_disclosed(self, day: int) -> int:
        """How many events became known on a day, if they are too many to be told one by one; else 0."""

    def disclosures(self, first: int, last: int, kinds: Iterable[str]) -> Iterator[tuple[str, Sequence[int]]]:
        """What of `kinds` became known in the whole timeline from one day to another: the kind and the keys.

        A key comes once for each thing that became known of its event.
        """

    def disclosure_days(self, kinds: Iterable[str]) -> list[int]:
        """The days on which something of `kinds` became known in the whole timeline, ascending."""

    def fingerprints(self) -> Iterator[tuple[int, str, bytes]]:
        """Key, id and fingerprint of each event of the file, in its order."""

"""What widgets, pages, pictures and exporters may ask of a timeline that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.summaries import Link, Summary
    from timeline_tui.model.records import Actor, Event, Header, Source, Topic
    from timeline_tui.model.support import Path, Support
    from timeline_tui.query.language import Query
    from timeline_tui.query.vocabulary import Vocabulary
    from timeline_tui.timeline.actor_counts import ActorCount
    from timeline_tui.timeline.breaks import Break
    from timeline_tui.timeline.rows import Row


class TimelineView(Protocol):
    """A timeline under a query and clocks: a value, of which every change makes another one.

    The events that it shows are at positions from 0, in chronological order. The key of an event stays the
    same in all views of a timeline. `View` answers from an index, and documents each answer.
    """

    @property
    def query(self) -> Query:
        """Which events are shown."""

    @property
    def today(self) -> int:
        """The day number that past and future are told apart by."""

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
    def as_of(self) -> int:
        """The day number after which everything is still to come."""

    @property
    def is_whole(self) -> bool:
        """Whether every event of the file is in this view by its nature."""

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
        """What is shown: `54 of 66 events · actor: Choe Son-hui · kind: vote`; visible, on one line."""

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

    def is_of_same_timeline(self, other: TimelineView) -> bool:
        """Whether the keys of both views mean the same events: nothing was read again between them."""

    @property
    def title(self) -> str:
        """The timeline's title, visible and on one line."""

    @property
    def header(self) -> Header:
        """The timeline's header, raw."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What a query can ask for here."""

    @property
    def total(self) -> int:
        """How many events there are without a query."""

    def source(self, id_: str) -> Source | None:
        """The source with that id, raw."""

    def actor(self, id_: str) -> Actor | None:
        """The actor with that id, raw."""

    def topic(self, id_: str) -> Topic | None:
        """The topic with that id, raw."""

    def actor_name(self, id_: str) -> str:
        """The name of an actor, visible and on one line; the id where there is no such actor."""

    def label(self, field: str, value: str) -> str:
        """The name to show for a value of a field of the search language, visible and on one line."""

    def values(self, field: str) -> list[str]:
        """The values that a field of the search language has in the whole timeline: ids, or folded words."""

    @property
    def count(self) -> int:
        """How many events there are in this view."""

    @property
    def keys(self) -> Sequence[int]:
        """The keys of the events in chronological order: ascending, where no plan was moved."""

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last day number of the events, open ends aside; today in an empty view."""

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Where a new period begins, and where there was silence before."""

    def key_at(self, position: int) -> int:
        """The key of the event at a position.

        Raises:
            IndexError: There is no such position.
        """

    def position_of(self, key: int) -> int:
        """The position of an event, else of the next one after it, else of the last; -1 in an empty view."""

    def position_at(self, day: int) -> int:
        """The first event that begins on a day or after it, or the last; -1 in an empty view."""

    def day_of(self, position: int) -> int:
        """The day number that the event at a position is on, within the span.

        Raises:
            IndexError: There is no such position.
        """

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows at positions `start` to `stop`, less where the view ends before."""

    def starts(self, cells: int) -> list[int]:
        """The first days of `cells` equal slices of the span, except for the first slice."""

    def density(self, cells: int) -> tuple[int, ...]:
        """How many events begin in each of `cells` equal slices of the span; in all, `count`."""

    def find(self, query: Query) -> Sequence[int]:
        """The positions of the events of this view that `query` finds too, ascending."""

    def count_of(self, query: Query, *, anew: bool = False) -> int:
        """How many events of this view a query finds; `anew`, in place of the view's own query."""

    def keys_with(self, field: str, value: str) -> Sequence[int]:
        """The keys of the events of this view that have an id in a field of the language, ascending."""

    def actors(self) -> tuple[ActorCount, ...]:
        """Everybody in the file by kind, count and name, counted as if no actor were chosen.

        An actor that is excluded stays so.
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

    def title_of(self, key: int) -> str:
        """The title of the event with that key, visible and on one line."""

    def date_of(self, key: int) -> Date:
        """The date of the event with that key as known, in this view or not.

        Raises:
            KeyError: There is none.
        """

    def links(self, key: int) -> list[Link]:
        """The links of an event in both directions to events that are known, here or not; own ones first."""

    def origins(self, key: int) -> list[tuple[str, int]]:
        """Relation, raw, and key of each event that links to this one, known or not, chronologically."""

    def key_of(self, id_: str) -> int | None:
        """The key of the event with that id; None if there is none."""

    def key_at_line(self, line: int) -> int:
        """The key of the event that a line of the file lies in or after, else of the nearest; -1 of none."""

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

    def all_keys_with(self, field: str, value: str) -> Sequence[int]:
        """As `keys_with()`, of the events of the whole timeline with all that became known since."""

    def keys_by_actor(self) -> Iterator[tuple[str, Sequence[int]]]:
        """The id of each actor in the file, and the keys of their events as known, here or not."""

    def became_known(
        self, first: int, last: int, kinds: Iterable[str]
    ) -> Iterator[tuple[str, Sequence[int]]]:
        """What of `kinds` became known in the whole timeline from one day to another: the kind and the keys.

        A key comes once for each thing that became known of its event.
        """

    def became_known_days(self, kinds: Iterable[str]) -> list[int]:
        """The days on which something of `kinds` became known in the whole timeline, ascending."""

    def fingerprints(self) -> Iterator[tuple[int, str, bytes]]:
        """Key, id and fingerprint of each event of the file, in its order."""

"""A table under a query and clocks: what everything shows of it, as `View` is of an index.

The key of a row is its position among all rows with a time. Counts come from the cube; rows are read when
they are seen. A table holds no quotes, claims, links or sources of its own: what asks for them finds none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from timeline_tui.dates.date import today
from timeline_tui.dates.wording import day_in_words
from timeline_tui.model.records import Actor, Event, Header
from timeline_tui.model.support import Sources
from timeline_tui.query.language import AT, IS, MARKED, Query, Term
from timeline_tui.query.vocabulary import TOGETHER, Vocabulary, folded
from timeline_tui.storage.reader_notes import NOTHING_MADE, ReaderNotes
from timeline_tui.tables.conditions import NOT_HELD, Asked
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.roles import FACETS
from timeline_tui.tables.table import CHANGED, MOST_TOLD
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.actor_counts import ACTIVITY_CELLS, ActorCount
from timeline_tui.timeline.breaks import Break, find_breaks
from timeline_tui.timeline.counted import CountedKeys, CountedTrack, DayCounts
from timeline_tui.timeline.rows import row_of
from timeline_tui.timeline.shown import ShownTimeline
from timeline_tui.timeline.view import DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.summaries import Link, Summary
    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.model.records import Place, Source, Topic
    from timeline_tui.model.support import Path, Support
    from timeline_tui.tables.rows import RawRow
    from timeline_tui.tables.table import Selection, Table
    from timeline_tui.timeline.counted import AnyTrack, ToldRows
    from timeline_tui.timeline.map_cells import MapGrid, PlacedRows
    from timeline_tui.timeline.protocol import Store, TimelineView
    from timeline_tui.timeline.rows import Row

_MOST_NAMED = 500
"""The greatest number of values of a field that are listed."""
_NOBODY = DayCounts((), ())


@dataclass
class _Known:
    """The answers of a view that are worked out once; None until then."""

    selection: Selection | None = None
    breaks: tuple[Break, ...] | None = None
    actors: tuple[ActorCount, ...] | None = None


class _Days(CountedKeys):
    """The keys of rows that a question finds."""

    def __init__(self, view: TableView, selection: Selection, doubtful: DayCounts = _NOBODY) -> None:
        super().__init__(selection.days, doubtful)
        self._view, self._selection = view, selection

    def read(self, start: int, stop: int) -> Sequence[int]:
        """The keys at places."""
        return self._view.keys_of(self._selection, start, stop)

    def before(self, key: int) -> tuple[int, bool]:
        """How many of them come before a row, and whether it is one of them."""
        return self._view.place_in(self._selection, key)

    def near(self, place: int) -> int:
        """The first row of the table on the same day."""
        return self._view.first_key_from(self.days.day_at(place))


class _Lane(_Days):
    """The keys of the rows of a view with a value of a field that the cube tells apart."""

    def __init__(
        self, view: TableView, selection: Selection, doubtful: DayCounts, what: tuple[str, str]
    ) -> None:
        super().__init__(view, selection, doubtful)
        self._what = what

    def read(self, start: int, stop: int) -> Sequence[int]:
        """The keys at places; raises `NotYet` while they are being asked for."""
        return self._view.table.keys_told(self._selection, start, stop)

    def has(self, key: int) -> bool:
        """Whether a row is one of them: by its own values, without counting."""
        table = self._view.table
        return table.is_placed(self._selection, key) or (
            self._view.has(key) and table.has_value(key, *self._what)
        )


class _Found(_Days):
    """The positions in a view of the rows that a search finds."""

    def read(self, start: int, stop: int) -> Sequence[int]:
        """The positions of the rows at places."""
        return [self._view.position_of(key) for key in super().read(start, stop)]

    def before(self, key: int) -> tuple[int, bool]:
        """How many of them come before a position, and whether it is one of them."""
        return super().before(self._view.key_at(key)) if self._view.count else (0, False)


class _DaysOfRows:
    """The day number of each of some rows by key or position, from their counts."""

    def __init__(self, days: DayCounts) -> None:
        self._days = days

    def __len__(self) -> int:
        return len(self._days)

    def __getitem__(self, place: int) -> int:
        return self._days.day_at(place)


@dataclass(frozen=True)
class TableView(ShownTimeline):
    """The rows of a table that a query finds, in the order of time, at positions from 0."""

    table: Table
    query: Query = field(default_factory=Query)
    today: int = field(default_factory=today)
    known_on: int | None = None
    without: frozenset[str] = frozenset()
    origin: int | None = None
    newest: bool = False
    zone: str = ""
    reader: ReaderNotes = NOTHING_MADE
    _known: _Known = field(default_factory=_Known, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return id(self)

    def with_query(self, query: Query) -> Self:
        """This view under another query."""
        return self if query == self.query else replace(self, query=query)

    def without_sources(self, ids: Iterable[str]) -> Self:  # noqa: ARG002  a table cites none
        """The same view: a table has no sources that could be taken away."""
        return self

    def taking_away(self, id_: str) -> Self:  # noqa: ARG002  as above
        """The same view."""
        return self

    def giving_back(self, id_: str) -> Self:  # noqa: ARG002  as above
        """The same view."""
        return self

    def with_reader(self, reader: ReaderNotes) -> Self:
        """This view with what the reader has made of the timeline now."""
        if reader is self.reader:
            return self
        view = replace(self, reader=reader)
        return view if self._asks_for_marks else view.knowing(self)

    @property
    def _asks_for_marks(self) -> bool:
        return any((term.field, term.value) == (IS, MARKED) for term in self.query)

    @property
    def store(self) -> Store:
        """Where the rows are: the table."""
        return self.table

    def over(self, store: Store) -> Self:
        """This view of the same table by another connection."""
        from timeline_tui.tables.table import Table  # noqa: PLC0415  for the type alone

        if not isinstance(store, Table):
            raise TypeError("a view of a table is over a table")
        return replace(self, table=store)

    def knowing(self, other: Self) -> Self:
        """This view, with all that an equal view of any connection has worked out."""
        own, others = self._known, other._known
        own.selection = others.selection or own.selection
        own.breaks = own.breaks if others.breaks is None else others.breaks
        own.actors = own.actors if others.actors is None else others.actors
        return self

    def working_out(self) -> Iterator[None]:
        """Count the rows, in steps."""
        _ = self.selection
        yield None
        _ = self.breaks
        yield None

    def is_of_same_timeline(self, other: TimelineView) -> bool:
        """Whether the keys of both views mean the same rows."""
        return isinstance(other, TableView) and self.table.whole is other.table.whole

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was known by the day that the view is shown as known on."""
        if self.known_on is None or (self.is_ready and self.count):
            return False
        return not self.with_query(Query()).count_at_once

    @property
    def is_ready(self) -> bool:
        """Whether its rows are counted."""
        return self._known.selection is not None or self.is_whole

    @property
    def is_counted(self) -> bool:
        """Whether `actors()` is known."""
        return self._known.actors is not None

    @cached_property
    def sentence(self) -> str:
        """What is shown, visible on one line."""
        events = f"{self.total:,} row{'' if self.total == 1 else 's'}"
        parts = [events if self.is_whole else f"{self.count:,} of {events}", *self.query.in_words(self.label)]
        if self.known_on is not None:
            parts.append(f"known on {day_in_words(self.known_on)}")
        if self.origin is not None:
            parts.append(f"days from {day_in_words(self.origin)}")
        if self.newest:
            parts.append("newest first")
        if self.zone:
            parts.append(f"times in {self.zone}")
        return " · ".join(parts)

    @property
    def title(self) -> str:
        """The name of the table, visible and on one line."""
        return self.table.described.address.name

    @property
    def mapping(self) -> ColumnMapping:
        """What the columns of the table were taken for."""
        return self.table.described.mapping

    @cached_property
    def header(self) -> Header:
        """What a file would have before its events: the name of the table, and actors with few rows."""
        actors = {id_: Actor(name=id_) for id_ in self.values("actor")[:_MOST_NAMED]}
        return Header(title=self.table.described.address.name, description=self.table.about, actors=actors)

    @property
    def whole_header(self) -> Header:
        """As `header`."""
        return self.header

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """The values of the columns that have few; of the others any value is taken."""
        values: dict[str, dict[str, str]] = {name: {} for name in NOT_HELD if name != "has"}
        if not self.can_have_coordinates:
            values[AT] = {}
        spellings: dict[str, dict[str, str]] = {}
        for name in FACETS:
            columns = self.table.roles.searched(name)
            if columns and not all(column in self.table.values for column in columns):
                continue
            held = sorted({value for column in columns for value in self.table.values[column]})
            values[name] = {value: value for value in held}
            spellings[name] = {folded(value): value for value in reversed(held)}
        return Vocabulary(values, spellings)

    @property
    def total(self) -> int:
        """The number of rows with a time in the table."""
        return len(self.table.whole.days)

    def source(self, id_: str) -> Source | None:  # noqa: ARG002  a table has none
        """None."""
        return None

    def actor(self, id_: str, held: int | None = None) -> Actor | None:  # noqa: ARG002  no offices
        """The actor with that name."""
        return Actor(name=id_) if self.table.roles.of("actors") else None

    def topic(self, id_: str) -> Topic | None:  # noqa: ARG002  a table has none
        """None."""
        return None

    def is_published(self, id_: str) -> bool:  # noqa: ARG002  a table has none
        """False: a table has no sources of its own."""
        return False

    def place(self, id_: str) -> Place | None:  # noqa: ARG002  a table has no register
        """None: the places of a table are names."""
        return None

    def place_name(self, place: str) -> str:
        """The place, visible and on one line."""
        return one_line(place)

    def place_text(self, event: Event | Summary) -> str:
        """Where a row was, raw."""
        return event.place

    def place_of(self, event: Event | Summary) -> str:
        """Where a row was, visible and on one line."""
        return one_line(event.place)

    def actor_name(self, id_: str) -> str:
        """The name of an actor, visible and on one line."""
        return one_line(id_)

    def short_name(self, id_: str) -> str:
        """The same name."""
        return one_line(id_)

    def label(self, field: str, value: str) -> str:  # noqa: ARG002  values are names here
        """The value itself, visible and on one line."""
        return one_line(value.replace(TOGETHER, " + "))

    def values(self, field: str) -> list[str]:
        """The values of a field of the search language that has few."""
        columns = [name for name in self.table.roles.searched(field) if name in self.table.values]
        return sorted({value for name in columns for value in self.table.values[name]})

    @property
    def selection(self) -> Selection:
        """The rows of this view."""
        if self._known.selection is None:
            self._known.selection = self.table.select(self.asked())
        return self._known.selection

    def _select(self, *more: Query) -> Selection:
        """The rows of this view that meet more conditions; none if the engine fails."""
        asked = self.asked(*more)
        try:
            return self.table.select(asked)
        except TableError:
            return self.table.nothing(asked)

    def asked(self, *more: Query) -> Asked:
        """The question that this view is, with more conditions."""
        queries = tuple(query for query in (self.query, *more) if query)
        has_marks = any((term.field, term.value) == (IS, MARKED) for query in queries for term in query)
        marked = frozenset(self.reader.marks) if has_marks else frozenset()
        return Asked(queries, None if self.known_on is None else self.as_of, marked)

    @property
    def count_at_once(self) -> int:
        """The number of rows in this view, as far as it is known now."""
        return len(self._select().days)

    @property
    def count(self) -> int:
        """The number of rows in this view."""
        return len(self.selection.days)

    @property
    def keys(self) -> Sequence[int]:
        """The keys of the rows in the order of time."""
        return range(self.total) if self.is_whole else self.keys_in(self.selection)

    def keys_in(self, selection: Selection) -> Sequence[int]:
        """The keys of the rows of a selection."""
        return _Days(self, selection)

    @property
    def span(self) -> tuple[int, int]:
        """The first and last day number of the rows; today in an empty view."""
        days = self.selection.days.days
        return (days[0], days[-1]) if days else (self.as_of, self.as_of)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks of the list, by the days that have rows."""
        if self._known.breaks is None:
            days = self.selection.days
            found = find_breaks(days.days, days.days)
            self._known.breaks = tuple(each._replace(before=days.starts[each.before]) for each in found)
        return self._known.breaks

    def keys_of(self, selection: Selection, start: int, stop: int) -> Sequence[int]:
        """The keys of the rows of a selection at positions from `start` to before `stop`."""
        if selection is self.table.whole:
            return range(start, min(stop, self.total))
        return self.table.keys(selection, start, stop)

    def place_in(self, selection: Selection, key: int) -> tuple[int, bool]:
        """How many rows of a selection come before a row, and whether it is one of them."""
        if selection is self.table.whole:
            return key, 0 <= key < self.total
        return self.table.place(selection, key)

    def is_pending(self, position: int) -> bool:
        """Whether the row at a position is still being asked for."""
        return self.selection is not self.table.whole and self.table.is_pending(self.selection, position)

    def key_at(self, position: int) -> int:
        """The key of the row at a position; while that is pending, of one of the same day."""
        if not 0 <= position < self.count:
            raise IndexError(position)
        return self.keys_of(self.selection, position, position + 1)[0]

    def position_of(self, key: int) -> int:
        """The position of a row, else of the next one after it, else of the last; -1 if empty."""
        return min(self.place_in(self.selection, min(max(key, 0), self.total - 1))[0], self.count - 1)

    def position_at(self, day: int) -> int:
        """The position of the first row on a day or later, else of the last; -1 in an empty view."""
        return min(self.selection.days.first_from(day), self.count - 1)

    def day_of(self, position: int) -> int:
        """The day number of the row at a position."""
        return self.selection.days.day_at(position)

    def end_of_day(self, position: int) -> int:
        """The position after the last row on the same day."""
        return self.selection.days.first_from(self.day_of(position) + 1)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows at positions from `start` to before `stop`; if the engine fails, rows that say so."""
        start, stop = max(start, 0), min(max(stop, 0), self.count)
        if start >= stop:
            return []
        try:
            raws = self.selection.rows.read(self.table.engine, start, stop)
            keys = self.keys_of(self.selection, start, stop)
        except TableError as error:
            return [self._unread(position, error) for position in range(start, stop)]
        found = [self._row(key, raw) for key, raw in zip(keys, raws, strict=False)]
        missing = range(start + len(found), stop)
        return found + [self._unread(position, TableError(CHANGED)) for position in missing]

    def _row(self, key: int, raw: RawRow) -> Row:
        event = self.table.event_of(key, raw)
        row = row_of(key, event, self.status_of(event), self.actor_name, self.place_of)
        return row._replace(date=self.as_shown(row.date)) if self.zone and self.origin is None else row

    def _unread(self, position: int, error: TableError) -> Row:
        key = (
            position
            if self.is_whole
            else min(self.table.whole.days.first_from(self.day_of(position)), self.total - 1)
        )
        event = self.table.unread(self.day_of(position), error)
        return row_of(key, event, "", self.actor_name, self.place_of)

    def cuts(self, starts: Iterable[int]) -> list[int]:
        """The positions that days divide the rows at."""
        return [0, *map(self.selection.days.first_from, starts), self.count]

    def empty_times(self, cells: int, within: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """The times without a row that take more than one of `cells` slices of some days."""
        first, last = within or self.span
        least = (last - first + 1) / cells
        days = self.selection.days.days
        return [
            (before + 1, day - 1)
            for before, day in pairwise(days)
            if day - before - 1 > least and before < last and day > first
        ]

    def find(self, query: Query) -> Sequence[int]:
        """The positions of the rows of this view that `query` finds, ascending."""
        if not query:
            return range(self.count)
        return _Found(self, self.table.select(self.asked(query)))

    def count_of(self, query: Query, *, anew: bool = False) -> int:
        """The number of rows of this view that a query finds; if `anew`, in place of its own query."""
        asked = self.with_query(query).asked() if anew else self.asked(query)
        return len(self.table.select(asked).days)

    def date_counts(self, query: Query | None = None) -> Mapping[tuple[int, int], int]:
        """How many rows of this view are on each day."""
        days = (self.selection if query is None else self._select(query)).days
        return {
            (day, day): stop - start
            for day, (start, stop) in zip(days.days, pairwise(days.starts), strict=True)
        }

    @property
    def doubtful(self) -> Sequence[int]:
        """The positions of the rows that are claimed, disputed or denied, ascending."""
        return _Found(self, self._select(DOUBTFUL)) if self.table.roles.of("status") else ()

    def doubtful_cuts(self, starts: Iterable[int]) -> list[int]:
        """How many doubtful rows come before each of `cuts()`."""
        days = self._doubtful_days()
        return [0, *map(days.first_from, starts), len(days)]

    def _doubtful_days(self, *more: Query) -> DayCounts:
        if not self.table.roles.of("status"):
            return _NOBODY
        return self._select(DOUBTFUL, *more).days

    def keys_with(self, field: str, value: str) -> Sequence[int]:
        """The keys of the rows of this view with a value in a field of the search language, ascending."""
        if field != "hour" and not self.table.roles.searched(field):
            return ()
        return _Days(self, self._select(Query().with_term(field, value)))

    def keys_by_value(self, field: str) -> Iterator[tuple[str, Sequence[int]]]:
        """Each value of a field with few values that rows of this view have, and their keys."""
        for value in self.values(field):
            query = Query().with_term(field, value)
            selection = self._select(query)
            if len(selection.days):
                yield value, _Lane(self, selection, self._doubtful_days(query), (field, value))

    @property
    def holds_statements(self) -> bool:
        """Whether there can be quotes, claims, links and sources: no."""
        return False

    def keys_without(
        self,
        field: str,
        having: Iterable[Sequence[int]] | None = None,  # noqa: ARG002  as the protocol has it
    ) -> Sequence[int]:
        """The keys of the rows of this view without one of the values that the cube tells apart."""
        query = Query(tuple(Term(field, value, excluded=True) for value in self.values(field)))
        if not query:
            return _Days(self, self.selection, self._doubtful_days())
        return _Days(self, self._select(query), self._doubtful_days(query))

    def why_without(self, field: str) -> str:
        """Why these rows have no value: the column has too many, or there is no column."""
        columns = self.table.roles.searched(field)
        if not columns:
            # The picture says what it is by; a longer name would be cut beside the axis.
            return "no column"
        return "" if self.values(field) else "too many values"

    def hours(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """By day of the week from 0 for Monday and hour: the rows of this view then, the doubtful ones."""
        if not self.table.roles.time.has_times:
            return {}
        doubtful = self.table.hours(self.asked(DOUBTFUL)) if self.table.roles.of("status") else {}
        return {
            place: (count, doubtful.get(place, 0)) for place, count in self.table.hours(self.asked()).items()
        }

    def pairs(self, field: str) -> Mapping[tuple[str, str], tuple[int, int]]:
        """How many rows have two values of a field together, and how many of these are doubtful."""
        doubtful = self.table.pairs(self.asked(DOUBTFUL), field) if self.table.roles.of("status") else {}
        return {
            pair: (count, doubtful.get(pair, 0))
            for pair, count in self.table.pairs(self.asked(), field).items()
        }

    @property
    def tells_known(self) -> bool:
        """Whether there is a column with the day on which a row became known."""
        return self.table.roles.known is not None

    def told_rows(self) -> Sequence[ToldRows]:
        """How many rows of this view there are by day and day on which they became known, sorted.

        Raises:
            TableError: The engine does not answer, or there are too many different days.
        """
        return self.table.told_rows(self.asked())

    @property
    def can_have_coordinates(self) -> bool:
        """Whether there are columns of latitude and longitude."""
        return self.table.roles.degrees is not None

    def placed(self, grid: MapGrid) -> Sequence[PlacedRows]:
        """The rows of this view by cells of the world.

        Raises:
            TableError: The engine does not answer.
        """
        return self.table.placed(self.asked(), grid)

    @property
    def statuses(self) -> bytes:
        """Nothing: the rows of a table are not gone through one by one."""
        return b""

    @property
    def lasting(self) -> bytes:
        """Nothing, as above."""
        return b""

    @property
    def moved(self) -> Mapping[int, Date]:
        """Nothing: no row of a table was planned for another day."""
        return {}

    def track(self, keys: Sequence[int]) -> AnyTrack:
        """Rows by their keys, in the order of time."""
        if not isinstance(keys, CountedKeys):
            raise TypeError("the rows of a table are counted")
        return CountedTrack(keys)

    @property
    def per_day(self) -> int:
        """1: rows are counted by days, except for `in_minutes()`."""
        return 1

    def moment_of(self, key: int) -> int:
        """The day that a row is on."""
        return self.sort_key(key)[0]

    @property
    def seconds(self) -> Sequence[int]:
        """None: rows are counted by days."""
        return ()

    def is_in_utc(self, first: int, last: int) -> bool:  # noqa: ARG002  as the protocol has it
        """False: rows are counted by days."""
        return False

    def first_key_from(self, day: int) -> int:
        """The first key of the table on a day or later."""
        return self.table.whole.days.first_from(day)

    def first_keys(self, moments: Iterable[int]) -> list[int]:
        """For each day number the first key of the timeline on that day or later."""
        return [self.first_key_from(day) for day in moments]

    def first_at(self, moment: int) -> int:
        """The position of the first row on a day or later; `count` if there is none."""
        return self.selection.days.first_from(moment)

    def in_minutes(self, first: int, last: int) -> TimelineView | None:
        """The rows from one day number to another, counted by minutes on an axis of seconds."""
        if not self.table.roles.time.has_times:
            return None
        from timeline_tui.tables.minutes import MinuteView  # noqa: PLC0415  it extends this class

        begin, end = self.span
        return MinuteView.of(self, max(first, begin), min(last, end))

    def actors(self) -> tuple[ActorCount, ...]:
        """The actors that the cube tells apart, counted as if none were chosen, by number."""
        if self._known.actors is None:
            for _ in self.counting():
                pass
        return self._known.actors or ()

    def counting(self) -> Iterator[object]:
        """As `actors()`, in steps."""
        chosen = frozenset(self.query.values("actor"))
        kept = (term for term in self.query if term.field != "actor" or term.excluded)
        others = self.with_query(Query(tuple(kept)))
        starts = others.starts(ACTIVITY_CELLS)
        found = []
        for value in self.values("actor"):
            days = self.table.select(others.asked(Query().with_term("actor", value))).days
            cuts = [0, *map(days.first_from, starts), len(days)]
            activity = tuple(stop - start for start, stop in pairwise(cuts))
            found.append(ActorCount(value, one_line(value), "", len(days), activity, chosen=value in chosen))
            yield None
        found.sort(key=lambda each: (-(each.count or 0), each.name.casefold(), each.id))
        self._known.actors = tuple(found)

    def has(self, key: int) -> bool:
        """Whether the row with that key is in this view."""
        return 0 <= key < self.total and self.place_in(self._known.selection or self._select(), key)[1]

    def is_known(self, key: int) -> bool:
        """Whether the row with that key is known, in this view or not."""
        return self.with_query(Query()).has(key)

    def is_ahead(self, key: int) -> bool:
        """Whether the row with that key is after the day `as_of`."""
        return self.table.whole.days.day_at(key) > self.as_of

    def event(self, key: int) -> Event:
        """The row with that key as an event, with all its columns."""
        return self.table.event(key)

    def whole_event(self, key: int) -> Event:
        """As `event()`."""
        return self.event(key)

    def summary(self, key: int) -> Summary:
        """What a list shows of the row with that key."""
        return self.table.summary(key)

    def is_fallen(self, key: int) -> bool:  # noqa: ARG002  no row rests on a source
        """False."""
        return False

    def fallen_counts(self) -> Mapping[str, int]:
        """Nothing: no row rests on a source."""
        return {}

    def support(self, key: int) -> Mapping[Path, Support]:  # noqa: ARG002  as above
        """Nothing."""
        return {}

    def fallen(self) -> Mapping[str, Sequence[int]]:
        """Nothing."""
        return {}

    def resting(self) -> Iterator[tuple[Sequence[str], int]]:
        """Nothing."""
        yield from ()

    @cached_property
    def support_rules(self) -> Sources:
        """The rules of no sources."""
        return Sources({})

    @property
    def gone(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def status_of(self, event: Event | Summary) -> str:
        """The status as the column of the table has it; empty where it gives none that is known."""
        return "" if event.status == "confirmed" and not self.table.roles.of("status") else event.status

    def whole_rows(self) -> Iterator[Event]:
        """The rows of this view with all their columns, in order.

        Raises:
            TableError: The engine does not answer.
        """
        return self.table.events_of(self.selection)

    def title_of(self, key: int) -> str:
        """The title of a row, visible and on one line."""
        return one_line(self.table.event_of(key).title)

    def date_of(self, key: int) -> Date:
        """The date of a row."""
        return self.table.event_of(key).date

    def links(self, key: int) -> list[Link]:  # noqa: ARG002  a table has none
        """None."""
        return []

    def origins(self, key: int) -> list[tuple[str, int]]:  # noqa: ARG002  a table has none
        """None."""
        return []

    def key_of(self, id_: str) -> int | None:
        """The key of the row with that id; None if there is none."""
        return self.table.key_of(id_)

    def key_at_line(self, line: int) -> int:  # noqa: ARG002  a table has no lines
        """The first row."""
        return 0 if self.total else -1

    def sort_key(self, key: int) -> tuple[int, bool, int]:
        """What rows are sorted by."""
        return self.table.whole.days.day_at(key), False, key

    def chronological(self, keys: Sequence[int]) -> Sequence[int]:
        """The same keys."""
        return keys

    def days_as_known(self) -> Callable[[int], tuple[int, int]]:
        """A function that gives the day number of a row by its key, twice."""
        days = self.table.whole.days
        return lambda key: (days.day_at(key), days.day_at(key))

    @property
    def first_days(self) -> Sequence[int]:
        """The day number of each row, by key."""
        return _DaysOfRows(self.table.whole.days)  # type: ignore[return-value]

    @property
    def last_days(self) -> Sequence[int]:
        """As `first_days`."""
        return self.first_days

    def contradictions(self) -> Iterator[tuple[str, str, Sequence[int]]]:
        """None: a table holds no claims."""
        yield from ()

    def all_keys_with(self, field: str, value: str) -> Sequence[int]:
        """As `keys_with()`, of all rows."""
        return self.with_query(Query()).known_by(None).keys_with(field, value)

    def keys_by_actor(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Each actor that the cube tells apart, and the keys of their rows, in this view or not."""
        return self.with_query(Query()).keys_by_value("actor")

    def many_disclosed(self, day: int) -> int:
        """How many rows became known on a day, if they are too many to be listed one by one; else 0."""
        number = self.table.known_on(day)
        return number if number > MOST_TOLD else 0

    def disclosures(self, first: int, last: int, kinds: Iterable[str]) -> Iterator[tuple[str, Sequence[int]]]:
        """The rows that became known from one day to another."""
        if "event" in kinds:
            yield "event", self.table.keys_known(first, last)

    def disclosure_days(self, kinds: Iterable[str]) -> list[int]:
        """The days on which rows became known, ascending."""
        return self.table.known_days() if "event" in kinds else []

    @property
    def marks(self) -> bytes:
        """Nothing: the rows of a table are not gone through one by one."""
        return b""

    @property
    def known_from(self) -> Sequence[int]:
        """The day number of each row, by key."""
        return self.first_days

    def disclosed(self, kinds: Iterable[str]) -> Iterator[tuple[int, Sequence[int]]]:  # noqa: ARG002  as above
        """Nothing: what became known is counted by days alone."""
        yield from ()

    @property
    def unread_denials(self) -> int:
        """None: a table has no links."""
        return 0

    def earlier_dates(
        self,
        key: int | None = None,  # noqa: ARG002  as in the protocol
        most: int | None = None,  # noqa: ARG002  as in the protocol
    ) -> Iterator[tuple[int, int, int, Date]]:
        """Nothing: no row of a table was on another day before."""
        yield from ()

    def fingerprints(self) -> Iterator[tuple[int, str, bytes]]:
        """Nothing: rows are not compared between visits."""
        yield from ()

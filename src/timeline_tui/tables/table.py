"""A table on an engine: opened, its columns taken for fields of events, its cube made, its rows read."""

from __future__ import annotations

from collections import Counter, OrderedDict
from itertools import combinations
from operator import sub
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypeVar

from sqlglot import exp

from timeline_tui.dates.date import days_in_edtf, edtf_of_day, parse_date
from timeline_tui.dates.day_numbers import SECONDS
from timeline_tui.errors import TimelineError
from timeline_tui.index.summaries import Summary
from timeline_tui.model.records import Event
from timeline_tui.query.language import DURING, Query
from timeline_tui.tables.asking import Asker, Pending
from timeline_tui.tables.conditions import Asked, Conditions
from timeline_tui.tables.cube import MOST_CELLS, Counted, Cube
from timeline_tui.tables.engines import connected
from timeline_tui.tables.engines.base import Grouped
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.events import Records
from timeline_tui.tables.moments import FIRST_DAY, LAST_DAY, TimeColumn, day_of, start_of_day
from timeline_tui.tables.on_clocks import told_rows
from timeline_tui.tables.on_map import placed
from timeline_tui.tables.roles import FACETS, roles_of
from timeline_tui.tables.rows import PAGE, ROW_SECONDS, RawRow, Rows
from timeline_tui.tables.statements import Parameters, column, conjunction
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.counted import DayCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.mapping.columns import Role
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.engines.base import Engine, EngineColumn
    from timeline_tui.tables.moments import Unit
    from timeline_tui.tables.roles import Roles
    from timeline_tui.timeline.counted import ToldRows
    from timeline_tui.timeline.map_cells import MapGrid, PlacedRows

_SAMPLE: Final = 1_000
"""How many rows are read to decide what columns hold."""
_FACET_SAMPLE: Final = 20_000
"""How many rows are read to decide which columns have few values."""
_FEW: Final = 200
"""Values of a facet in the sample at most."""
_MOST_COMBINATIONS: Final = 2_000
CUBE_SECONDS: Final = 600.0
"""The longest time that making a cube may take."""
_CUBES, _SELECTIONS, _GRIDS = 6, 600, 32
_RAWS = 20_000
_EVENTS, _PAGES_OF_KEYS, _PLACES = 64, 64, 2_000
"""How many of each are remembered."""


_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


class Selection(NamedTuple):
    """The rows that a question finds."""

    days: DayCounts
    rows: Rows
    asked: Asked


class Description(NamedTuple):
    """What is found out about a table when it is opened."""

    address: TableAddress
    columns: tuple[EngineColumn, ...]
    mapping: ColumnMapping
    roles: Roles
    facets: tuple[str, ...]
    """The columns of the cube."""


class Table:
    """A table that is open; `opened()` opens one.

    Args:
        engine: The connection.
        described: What it is.
        counted: What is counted of all its rows.
    """

    def __init__(self, engine: Engine, described: Description, counted: Counted) -> None:
        self.engine, self.described, self.left_out = engine, described, counted.left_out
        cube = counted.cube
        roles = described.roles
        self.roles = roles
        self.values: dict[str, dict[str, int]] = {name: cube.values_of(name) for name in described.facets}
        """By column of the cube its values, and how many rows have each."""
        texts = [each.name for each in described.columns if each.kind == "text"]
        self.conditions = Conditions(engine, roles, self.values, texts)
        self.records = Records(roles, [each.name for each in described.columns])
        self._cubes: OrderedDict[Asked, Cube] = OrderedDict({Asked(): cube})
        self._minutes: OrderedDict[tuple[Asked, int, int], Cube] = OrderedDict()
        """By what of a question no cube holds and two day numbers: counts by minutes."""
        self._selections: OrderedDict[Asked, Selection] = OrderedDict()
        self._events: dict[int, Event] = {}
        self._ids: dict[str, int] = {}
        """The keys of these by their ids."""
        self._raws: dict[int, RawRow] = {}
        self._hours: dict[Asked, dict[tuple[int, int], int]] = {}
        self._placed: OrderedDict[tuple[Asked, MapGrid], list[PlacedRows]] = OrderedDict()
        self._told: OrderedDict[Asked, list[ToldRows]] = OrderedDict()
        self._keys: dict[tuple[Asked, int], list[int]] = {}
        self._places: dict[tuple[Asked, int], tuple[int, bool]] = {}
        self.whole = self.select(Asked())
        """All rows with a time."""
        self.disclosed = self.whole.days if counted.known is None else counted.known.whole
        """How many of them became known on each day."""

    def reader(self) -> Self:
        """The same table by a connection of its own, for another thread."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.engine = self.engine.reader()
        return copy

    def close(self) -> None:
        """End the connection."""
        if self.engine.asker is not None:
            self.engine.asker.close()
        self.engine.close()

    def interrupt(self) -> None:
        """Stop what is being asked in another thread."""
        self.engine.interrupt()

    def select(self, asked: Asked) -> Selection:
        """The rows that a question finds; the engine is asked if the cube does not hold the answer.

        Raises:
            TableError: The engine does not answer.
            Overtaken: It was interrupted.
        """
        if (known := self._selections.get(asked)) is not None:
            return known
        conditions = self.conditions
        days = self.cube_of(asked).counts(conditions.allows(asked), conditions.days(asked))

        def condition(bound: Parameters) -> exp.Expr | None:
            return conjunction([conditions.dated(bound), conditions.sql(asked, bound)])

        found = Selection(days, Rows(self.roles.time, self.roles.shown, condition, days), asked)
        _remember(self._selections, asked, found, _SELECTIONS)
        return found

    @property
    def about(self) -> str:
        """What a reader should know of the table: rows that are left out, columns with too many values."""
        told = []
        if self.left_out:
            rows = f"{self.left_out:,} row{'' if self.left_out == 1 else 's'}"
            told.append(f"{rows} without a time in the years 1 to 9999 left out.")
        many = [
            name
            for role in FACETS.values()
            for name in self.roles.of(role)
            if name not in self.described.facets
        ]
        if many:
            names = one_line(", ".join(many))
            told.append(
                f"Too many values for lanes and the list of actors: {names}. Filter by them as typed."
            )
        return " ".join(told)

    def raw(self, key: int) -> RawRow:
        """The row with a key, as the engine has it.

        Raises:
            TableError: The engine does not answer, or the row is not there any more.
        """
        if key in self._raws:
            return self._raws[key]
        found = self.whole.rows.read(self.engine, key, key + 1) if key >= 0 else []
        if not found:
            raise TableError(CHANGED)
        return found[0]

    def answer_beside(self, told: Callable[[], object]) -> None:
        """Have the thread that calls this wait no longer than a moment for the engine.

        Args:
            told: Called in another thread when an answer has come that was not waited for.
        """
        if self.engine.asker is None:
            self.engine.asker = Asker(self.engine)
        self.engine.asker.told = told

    def is_pending(self, selection: Selection, position: int) -> bool:
        """Whether the row of a selection at a position is still being asked for."""
        try:
            self._read_keys(selection, position // PAGE)
        except Pending:
            return True
        except TableError:
            return False
        return False

    def event_of(self, key: int, raw: RawRow | None = None) -> Event:
        """What a list shows of a row, as an event; if the engine fails, an event that says why."""
        try:
            raw = self.raw(key) if raw is None else raw
        except TableError as error:
            return self.unread(self.whole.days.day_at(key), error)
        values = dict(zip(self.roles.shown, raw.values, strict=True))
        return self.records.event(raw.time, values, f"row-{key + 1}")

    def event(self, key: int) -> Event:
        """A row with all its columns as an event; if the engine fails, an event that says why."""
        if key in self._events:
            return self._events[key]
        names = [each.name for each in self.described.columns]
        try:
            raw = self.raw(key)
            bound = Parameters()
            order = (self.roles.time.column, *self.engine.identity())
            same = [
                exp.EQ(this=each, expression=bound(value))
                for each, value in zip(order, (raw.time, *raw.identity), strict=True)
            ]
            statement = (
                exp.select(*map(column, names)).from_(self.engine.source()).where(conjunction(same)).limit(1)
            )
            rows = self.engine.run(statement, bound.values, seconds=ROW_SECONDS)
        except TableError as error:
            return self.unread(self.whole.days.day_at(key), error)
        values = (
            dict(zip(names, rows[0], strict=True))
            if rows
            else dict(zip(self.roles.shown, raw.values, strict=True))
        )
        found = self.records.event(raw.time, values, f"row-{key + 1}")
        if len(self._events) >= _EVENTS:
            self._events.clear()
            self._ids.clear()
        self._events[key] = found
        self._ids[found.id] = key
        return found

    def events_of(self, selection: Selection) -> Iterator[Event]:
        """The rows of a selection with all their columns as events, in order.

        Raises:
            TableError: The engine does not answer.
        """
        names = [each.name for each in self.described.columns]
        whole = Rows(self.roles.time, names, selection.rows.condition, selection.days)
        for start in range(0, len(whole), PAGE):
            rows = whole.read(self.engine, start, start + PAGE)
            # Without ids of their own, rows are named as on the screen: by their places in the whole table.
            is_named = bool(self.roles.of("id"))
            keys = range(start, start + PAGE) if is_named else self._keys_in_whole(selection, start)
            for key, raw in zip(keys, rows, strict=False):
                yield self.records.event(
                    raw.time, dict(zip(names, raw.values, strict=True)), f"row-{key + 1}"
                )

    def _keys_in_whole(self, selection: Selection, start: int) -> Sequence[int]:
        if selection is self.whole:
            return range(start, start + PAGE)
        return self.keys(selection, start, start + PAGE)

    def summary(self, key: int) -> Summary:
        """What a list shows of a row."""
        event = self.event_of(key)
        return Summary(
            date=event.date,
            title=event.title,
            id=event.id,
            kind=event.kind,
            status=event.status,
            known=event.known,
            place=event.place,
        )

    @staticmethod
    def unread(day: int, error: TableError) -> Event:
        """The event shown for a row that cannot be read, or is still being read."""
        reason = str(error)
        title = reason if isinstance(error, Pending) else f"Not read: {reason}"
        return Event(date=parse_date(edtf_of_day(day)), title=title, text=reason)

    def key_of(self, id_: str) -> int | None:
        """The key of the row with an id; None if there is none."""
        head, dash, number = id_.partition("-")
        if head == "row" and dash and number.isdecimal() and not self.roles.of("id"):
            return int(number) - 1 if 0 < int(number) <= len(self.whole.days) else None
        if id_ in self._ids:
            return self._ids[id_]
        bound = Parameters()
        order = (self.roles.time.column, *self.engine.identity())
        wanted = [self.conditions.dated(bound), self.conditions.with_ids((id_,), bound)]
        statement = exp.select(*order).from_(self.engine.source()).where(conjunction(wanted)).limit(1)
        try:
            found = (
                self.engine.run(statement, bound.values, seconds=ROW_SECONDS) if self.roles.of("id") else []
            )
            if not found:
                return None
            place, is_here = self.whole.rows.positions(self.engine, RawRow(found[0][0], found[0][1:], ()))
        except TableError:
            return None
        if is_here:
            self._ids[id_] = place
        return place if is_here else None

    def keys(self, selection: Selection, start: int, stop: int) -> list[int]:
        """The keys of the rows of a selection at positions from `start` to before `stop`.

        If the engine fails, a row of the same day stands for each.
        """
        found: list[int] = []
        for page in range(start // PAGE, -(-stop // PAGE)):
            keys = self._keys_of_page(selection, page)
            found += keys[max(start - page * PAGE, 0) : max(stop - page * PAGE, 0)]
        return found

    def keys_told(self, selection: Selection, start: int, stop: int) -> list[int]:
        """As `keys()`.

        Raises:
            Pending: The engine has not told them yet.
        """
        for page in range(start // PAGE, -(-stop // PAGE)):
            if self.is_pending(selection, page * PAGE):
                raise Pending
        return self.keys(selection, start, stop)

    def _keys_of_page(self, selection: Selection, page: int) -> list[int]:
        try:
            return self._read_keys(selection, page)
        except TableError:
            first = page * PAGE
            days = map(selection.days.day_at, range(first, min(first + PAGE, len(selection.days))))
            return [self.whole.days.first_from(day) for day in days]

    def _read_keys(self, selection: Selection, page: int) -> list[int]:
        place, first = (selection.asked, page), page * PAGE
        if (known := self._keys.get(place)) is not None:
            return known
        rows = selection.rows.read(self.engine, first, first + PAGE)
        keys = self.whole.rows.ranks(self.engine, rows, selection.rows.condition)
        if len(self._keys) >= _PAGES_OF_KEYS:
            self._keys.clear()
        self._keys[place] = keys
        if len(self._places) >= _PLACES:
            self._places.clear()
        self._places.update(
            ((selection.asked, key), (first + number, True)) for number, key in enumerate(keys)
        )
        if len(self._raws) >= _RAWS:
            self._raws.clear()
        self._raws.update(zip(keys, rows, strict=True))
        return keys

    def place(self, selection: Selection, key: int) -> tuple[int, bool]:
        """How many rows of a selection come before a row, and whether it is one of them.

        If the engine fails, the first row of the same day stands for it.
        """
        place = selection.asked, key
        if (known := self._places.get(place)) is not None:
            return known
        if len(self._places) >= _PLACES:
            self._places.clear()
        try:
            self._find_places(selection, key // PAGE * PAGE)
        except TableError:
            return selection.rows.days.first_from(self.whole.days.day_at(key)), False
        return self._places.get(place, (len(selection.days), False))

    def is_placed(self, selection: Selection, key: int) -> bool:
        """Whether a row is known to be one of a selection."""
        return self._places.get((selection.asked, key), (0, False))[1]

    def _find_places(self, selection: Selection, start: int) -> None:
        """Find the places of a page of rows in a selection."""
        rows = self.whole.rows.read(self.engine, start, start + PAGE)
        if not rows:
            return
        place, _ = selection.rows.positions(self.engine, rows[0])
        last = self.roles.time.moment(rows[-1].time)
        stop = (
            place + PAGE if last is None else min(place + PAGE, selection.days.first_from(day_of(last) + 1))
        )
        here = {(row.time, row.identity) for row in selection.rows.read(self.engine, place, stop)}
        for key, row in enumerate(rows, start):
            is_here = (row.time, row.identity) in here
            self._places[selection.asked, key] = place, is_here
            place += is_here

    def has_value(self, key: int, field: str, value: str) -> bool:
        """Whether a row has a value in a field that the cube tells apart."""
        try:
            values = dict(zip(self.roles.shown, self.raw(key).values, strict=True))
        except TableError:
            return False
        return any(
            str(values[name]) == value for name in self.roles.searched(field) if values[name] is not None
        )

    def hours(self, asked: Asked) -> dict[tuple[int, int], int]:
        """How many rows a question finds on each day of the week, from 0 for Monday, and hour."""
        if asked not in self._hours:
            bound = Parameters()
            time, engine = self.roles.time, self.engine
            day, hour = engine.weekday(time), engine.hour(time)
            condition = conjunction([self.conditions.dated(bound), self.conditions.sql(asked, bound)])
            statement = (
                exp.select(
                    exp.alias_(day.copy(), "d", quoted=True),
                    exp.alias_(hour.copy(), "h", quoted=True),
                    exp.alias_(exp.Count(this=exp.Star()), "n", quoted=True),
                )
                .from_(engine.source())
                .where(condition)
                .group_by(day.copy(), hour.copy())
            )
            try:
                found = engine.run(statement, bound.values, seconds=CUBE_SECONDS)
            except TableError:
                return {}
            self._hours[asked] = {
                (int(str(row[0])) - 1, int(str(row[1]))): int(str(row[2]))
                for row in found
                if row[0] is not None and row[1] is not None
            }
        return self._hours[asked]

    def placed(self, asked: Asked, grid: MapGrid) -> list[PlacedRows]:
        """The rows that a question finds, by cells of the world.

        Raises:
            TableError: The engine does not answer.
        """
        found = self._placed.get((asked, grid))
        if found is None:
            found = placed(self.engine, self.conditions, asked, grid, CUBE_SECONDS)
            _remember(self._placed, (asked, grid), found, _GRIDS)
        return found

    def told_rows(self, asked: Asked) -> list[ToldRows]:
        """The rows that a question finds, by day and day on which they became known.

        Raises:
            TableError: The engine does not answer, or there are too many different days.
        """
        found = self._told.get(asked)
        if found is None:
            found = told_rows(self.engine, self.conditions, asked, CUBE_SECONDS)
            _remember(self._told, asked, found, _CUBES)
        return found

    def pairs(self, asked: Asked, field: str) -> dict[tuple[str, str], int]:
        """How many rows of a question have two values of a field in several columns together."""
        try:
            cube = self.cube_of(asked)
        except TableError:
            return {}
        allows, days = self.conditions.allows(asked), self.conditions.days(asked)
        places = [cube.facets.index(name) for name in self.roles.searched(field) if name in cube.facets]
        found: dict[tuple[str, str], int] = {}
        for values in cube.combinations:
            held = sorted({value for place in places if (value := values[place]) is not None})
            if len(held) < 2 or (allows is not None and not allows(values)):
                continue
            count = cube.count_of(values, days)
            for pair in combinations(held, 2):
                found[pair] = found.get(pair, 0) + count
        return found

    def known_days(self) -> list[int]:
        """The days on which rows became known, ascending."""
        return list(self.disclosed.days)

    def known_on(self, day: int) -> int:
        """How many rows became known on a day."""
        return self.disclosed.first_from(day + 1) - self.disclosed.first_from(day)

    def keys_known(self, first: int, last: int) -> Sequence[int]:
        """The keys of the rows that became known from one day to another; of many only some."""
        days = self.whole.days
        if self.roles.known is None:
            start = days.first_from(first)
            return range(start, min(days.first_from(last + 1), start + MOST_TOLD))
        bound = Parameters()
        order = (self.roles.time.column, *self.engine.identity())
        ends = start_of_day(first), start_of_day(last + 1)
        told = self.roles.known.between(*ends, bound)
        missing = exp.Is(this=self.roles.known.column, expression=exp.Null())
        at_once = exp.and_(missing, self.roles.time.between(*ends, bound))
        wanted = [self.conditions.dated(bound), exp.paren(exp.or_(told, at_once))]
        statement = (
            exp.select(*(each.copy() for each in order))
            .from_(self.engine.source())
            .where(conjunction(wanted))
            .order_by(*self.engine.ordered(order))
            .limit(MOST_TOLD)
        )
        try:
            found = self.engine.run(statement, bound.values, seconds=ROW_SECONDS)
            rows = [RawRow(row[0], row[1:], ()) for row in found]
            return [self.whole.rows.positions(self.engine, row)[0] for row in rows]
        except TableError:
            return []

    def nothing(self, asked: Asked) -> Selection:
        """No rows, for a question that the engine does not answer."""
        days = DayCounts((), ())
        return Selection(days, Rows(self.roles.time, self.roles.shown, self.conditions.dated, days), asked)

    def cube_of(self, asked: Asked) -> Cube:
        """The cube of the rows that meet the conditions which the cube of the whole table cannot answer."""
        rest = self.conditions.rest(asked)
        found = self._cubes.get(rest)
        if found is None:
            bound = Parameters()
            condition = conjunction([self.conditions.dated(bound), self.conditions.sql(rest, bound)])
            found = make_cube(self.engine, (self.roles.time, "day"), self.described, condition, bound)
            _remember(self._cubes, rest, found, _CUBES)
        return found

    def by_minutes(self, asked: Asked, first: int, last: int) -> Selection:
        """The rows that a question finds from one day number to another, counted by minutes.

        Raises:
            TableError: The engine does not answer.
        """
        within = Query().with_term(DURING, days_in_edtf(first, last))
        shown = asked._replace(queries=(*asked.queries, within))
        selection = self.select(shown)
        cube = self._cube_of_minutes(self.conditions.rest(asked), first, last)
        days = self.conditions.days(asked)
        allowed = None if days is None else lambda second: days(second // SECONDS)
        return selection._replace(days=cube.counts(self.conditions.allows(asked), allowed))

    def _cube_of_minutes(self, rest: Asked, first: int, last: int) -> Cube:
        place = rest, first, last
        found = self._minutes.get(place)
        if found is None:
            bound, time = Parameters(), self.roles.time
            within = time.between(start_of_day(first), start_of_day(last + 1), bound)
            condition = conjunction([self.conditions.dated(bound), within, self.conditions.sql(rest, bound)])
            found = make_cube(self.engine, (time, "minute"), self.described, condition, bound)
            _remember(self._minutes, place, found, _CUBES)
        return found


CHANGED: Final = "this row is not there any more: the table has changed; open it again"
MOST_TOLD: Final = 200
"""The greatest number of rows of a day that are listed one by one as newly known."""


def _remember(kept: OrderedDict[_Key, _Kept], key: _Key, value: _Kept, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)


def make_cube(
    engine: Engine,
    by: tuple[TimeColumn, Unit],
    described: Description,
    condition: exp.Expr | None,
    bound: Parameters,
) -> Cube:
    """Have an engine count rows by the days or minutes of a column and by facets, in one statement."""
    time, unit = by
    facets = described.facets
    texts = {each.name for each in described.columns if each.kind == "text"}
    day = time.unit(unit)
    own = [column(name) if name in texts else engine.as_text(column(name)) for name in facets]
    named = [exp.alias_(each.copy(), f"f{place}", quoted=True) for place, each in enumerate(own)]
    statement = (
        exp.select(
            exp.alias_(day.copy(), "d", quoted=True),
            *named,
            exp.alias_(exp.Count(this=exp.Star()), "n", quoted=True),
        )
        .from_(engine.source_to_count())
        .group_by(day.copy(), *(each.copy() for each in own))
        .limit(MOST_CELLS)
    )
    if condition is not None:
        statement = statement.where(condition)
    return Cube.of(
        facets, engine.day_groups(statement, bound.values, Grouped(time, unit, len(facets), CUBE_SECONDS))
    )


def describe(engine: Engine, address: TableAddress, chosen: Mapping[Role, str]) -> Description:
    """Find out what the columns of a table are.

    Raises:
        TableError: It cannot be read.
        UsageError: No column is a date, or a column that was named is not there.
    """
    columns = tuple(engine.columns())
    names = [each.name for each in columns]
    statement = exp.select(*(column(name) for name in names)).from_(engine.source()).limit(_SAMPLE)
    sample = engine.run(statement, seconds=ROW_SECONDS * 3)
    mapping, roles = roles_of(columns, sample, chosen)
    return Description(address, columns, mapping, roles, _facets(engine, roles))


def _facets(engine: Engine, roles: Roles) -> tuple[str, ...]:
    """The columns of few values, as far as their combinations are few too."""
    names = list(dict.fromkeys(name for field in FACETS.values() for name in roles.of(field)))
    if not names:
        return ()
    statement = exp.select(*map(column, names)).from_(engine.source()).limit(_FACET_SAMPLE)
    sample = engine.run(statement, seconds=ROW_SECONDS * 3)
    values = {name: {row[place] for row in sample} for place, name in enumerate(names)}
    chosen: list[str] = []
    # A column with another value in every second row of the sample is no facet, in a small table too.
    few = [name for name in names if len(values[name]) <= min(_FEW, max(len(sample) // 2, 12))]
    for name in few:
        places = [names.index(each) for each in (*chosen, name)]
        if len({tuple(row[place] for place in places) for row in sample}) <= _MOST_COMBINATIONS:
            chosen.append(name)
    return tuple(chosen)


def opened(address: TableAddress, chosen: Mapping[Role, str] | None = None) -> Table:
    """Open a table and make its cube, or take the cube that is kept.

    Args:
        address: Where it is.
        chosen: What a person says that columns are.

    Raises:
        TableError: It cannot be opened or read.
        UsageError: No column is a date, or a column that was named is not there.
    """
    return opened_on(connected(address), address, chosen or {})


def opened_on(engine: Engine, address: TableAddress, chosen: Mapping[Role, str]) -> Table:
    """As `opened()`, by a connection that is there already."""
    try:
        return _opened(engine, address, chosen)
    except TimelineError:
        engine.close()
        raise


def _opened(engine: Engine, address: TableAddress, chosen: Mapping[Role, str]) -> Table:
    from timeline_tui.tables.kept_cubes import KeptCubes  # noqa: PLC0415  the folder is only needed here

    described = describe(engine, address, chosen)
    time, known = described.roles.time, described.roles.known
    stamp = engine.stamp() or _state(engine, time)
    kept = KeptCubes(address, described)
    found = kept.find(stamp)
    if found is None:
        bound = Parameters()
        dated = Conditions(engine, described.roles, {}, ()).dated(bound)
        cube = make_cube(engine, (time, "day"), described, dated, bound)
        left_out = _count(engine) - len(cube.whole)
        found = Counted(cube, left_out, None if known is None else _known_cube(engine, described, known))
        kept.keep(stamp, found)
    return Table(engine, described, found)


def _known_cube(engine: Engine, described: Description, known: TimeColumn) -> Cube:
    """How many rows became known on each day: on their own day if the column is empty."""
    time, total = described.roles.time, Counter[int]()
    for column_, is_missing in ((known, False), (time, True)):
        bound = Parameters()
        missing = exp.Is(this=known.column, expression=exp.Null())
        dated = Conditions(engine, described.roles, {}, ()).dated(bound)
        condition = exp.and_(dated, missing if is_missing else exp.Not(this=missing))
        made = make_cube(engine, (column_, "day"), described._replace(facets=()), condition, bound).whole
        total.update(dict(zip(made.days, map(sub, made.starts[1:], made.starts), strict=True)))
    days = sorted(total)
    return Cube.of((), [((), days, [total[day] for day in days])])


def _count(engine: Engine) -> int:
    statement = exp.select(exp.Count(this=exp.Star())).from_(engine.source())
    return int(str(engine.run(statement, seconds=CUBE_SECONDS)[0][0]))


def _state(engine: Engine, time: TimeColumn) -> str:
    """The number of rows and the latest time."""
    last = exp.LTE(
        this=time.column, expression=(bound := Parameters())(time.native(start_of_day(LAST_DAY + 1) - 1))
    )
    first = exp.GTE(this=time.column, expression=bound(time.native(start_of_day(FIRST_DAY))))
    latest = exp.Max(this=exp.Case().when(exp.and_(first, last), time.column))
    statement = exp.select(exp.Count(this=exp.Star()), latest).from_(engine.source())
    return repr(engine.run(statement, bound.values, seconds=CUBE_SECONDS)[0])

"""A table on an engine: opened, its columns taken for fields of events, its cube made, its rows read."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypeVar

from sqlglot import exp

from timeline_tui.tables.conditions import Asked, Conditions
from timeline_tui.tables.cube import MOST_CELLS, Cube
from timeline_tui.tables.engines import connected
from timeline_tui.tables.events import Records
from timeline_tui.tables.moments import FIRST_DAY, LAST_DAY, TimeColumn, start_of_day
from timeline_tui.tables.roles import FACETS, roles_of
from timeline_tui.tables.rows import ROW_SECONDS, Rows
from timeline_tui.tables.statements import Parameters, column, conjunction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.mapping.columns import Role
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.engines.base import Engine, EngineColumn
    from timeline_tui.tables.roles import Roles
    from timeline_tui.timeline.counted import DayCounts

_SAMPLE: Final = 1_000
"""Rows from which it is decided what columns hold."""
_FACET_SAMPLE: Final = 20_000
"""Rows from which it is decided what has few values."""
_FEW: Final = 200
"""Values of a facet in the sample at most."""
_MOST_COMBINATIONS: Final = 2_000
CUBE_SECONDS: Final = 600.0
"""The longest time that making a cube may take."""
_CUBES, _SELECTIONS = 6, 12
"""How many of each are remembered."""


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
        cube: The counts of all its rows.
        left_out: How many rows have no time that can be shown.
    """

    def __init__(self, engine: Engine, described: Description, cube: Cube, left_out: int) -> None:
        self.engine, self.described, self.cube, self.left_out = engine, described, cube, left_out
        roles = described.roles
        self.roles = roles
        self.values: dict[str, dict[str, int]] = {name: cube.values_of(name) for name in described.facets}
        """By column of the cube its values, and how many rows have each."""
        texts = [each.name for each in described.columns if each.kind == "text"]
        self.conditions = Conditions(engine, roles, self.values, texts)
        self.records = Records(roles, [each.name for each in described.columns])
        self._cubes: OrderedDict[Asked, Cube] = OrderedDict({Asked(): cube})
        self._selections: OrderedDict[Asked, Selection] = OrderedDict()
        self.whole = self.select(Asked())
        """All rows with a time."""

    def reader(self) -> Self:
        """The same table by a connection of its own, for another thread."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.engine = self.engine.reader()
        return copy

    def interrupt(self) -> None:
        """Stop what is being asked in another thread."""
        self.engine.interrupt()

    def select(self, asked: Asked) -> Selection:
        """The rows that a question finds; the engine is asked if the cube does not hold the answer.

        Raises:
            TableError: The engine does not answer.
            Overtaken: It was interrupted.
        """
        if asked in self._selections:
            return self._selections[asked]
        conditions = self.conditions
        days = self.cube_of(asked).counts(conditions.allows(asked), conditions.days(asked))

        def condition(bound: Parameters) -> exp.Expression | None:
            return conjunction([conditions.dated(bound), conditions.sql(asked, bound)])

        found = Selection(days, Rows(self.roles.time, self.roles.shown, condition, days), asked)
        _remember(self._selections, asked, found, _SELECTIONS)
        return found

    def cube_of(self, asked: Asked) -> Cube:
        """The cube of the rows that meet what the cube of the whole table does not hold of a question."""
        rest = self.conditions.rest(asked)
        if rest not in self._cubes:
            bound = Parameters()
            condition = conjunction([self.conditions.dated(bound), self.conditions.sql(rest, bound)])
            made = make_cube(self.engine, self.roles.time, self.described, condition, bound)
            _remember(self._cubes, rest, made, _CUBES)
        return self._cubes[rest]


def _remember(kept: OrderedDict[Asked, _Kept], key: Asked, value: _Kept, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)


def make_cube(
    engine: Engine,
    time: TimeColumn,
    described: Description,
    condition: exp.Expression | None,
    bound: Parameters,
) -> Cube:
    """Have an engine count rows by day and facets, in one statement."""
    facets = described.facets
    texts = {each.name for each in described.columns if each.kind == "text"}
    day = time.unit("day")
    own = [column(name) if name in texts else engine.as_text(column(name)) for name in facets]
    named = [exp.alias_(each.copy(), f"f{place}", quoted=True) for place, each in enumerate(own)]
    statement = (
        exp.select(exp.alias_(day.copy(), "d", quoted=True), *named, exp.alias_(exp.Count(this=exp.Star()), "n", quoted=True))
        .from_(engine.source())
        .group_by(day.copy(), *(each.copy() for each in own))
        .limit(MOST_CELLS)
    )
    if condition is not None:
        statement = statement.where(condition)
    return Cube.of(facets, engine.day_groups(time, statement, bound.values, len(facets), CUBE_SECONDS))


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
    # A value in every second row of the sample is no facet of a small table either.
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
    from timeline_tui.tables.kept_cubes import KeptCubes  # noqa: PLC0415  the folder is only needed here

    engine = connected(address)
    described = describe(engine, address, chosen or {})
    stamp = engine.stamp() or _state(engine, described.roles.time)
    kept = KeptCubes(address, described)
    found = kept.find(stamp)
    if found is None:
        bound = Parameters()
        conditions = Conditions(engine, described.roles, {}, ())
        cube = make_cube(engine, described.roles.time, described, conditions.dated(bound), bound)
        found = cube, _count(engine) - len(cube.whole)
        kept.keep(stamp, *found)
    return Table(engine, described, *found)


def _count(engine: Engine) -> int:
    statement = exp.select(exp.Count(this=exp.Star())).from_(engine.source())
    return int(str(engine.run(statement, seconds=CUBE_SECONDS)[0][0]))


def _state(engine: Engine, time: TimeColumn) -> str:
    """The number of rows and the latest time."""
    last = exp.LTE(this=time.column, expression=(bound := Parameters())(time.native(start_of_day(LAST_DAY + 1) - 1)))
    first = exp.GTE(this=time.column, expression=bound(time.native(start_of_day(FIRST_DAY))))
    latest = exp.Max(this=exp.Case().when(exp.and_(first, last), time.column))
    statement = exp.select(exp.Count(this=exp.Star()), latest).from_(engine.source())
    return repr(engine.run(statement, bound.values, seconds=CUBE_SECONDS)[0])

"""Every engine gives the same answers to the same questions as a plain model in Python."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date
from math import floor
from random import Random
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

from tests.support.examples import IS_DEEP
from tests.support.table_engines import (
    Line,
    clickhouse_table,
    clickhouse_table_by_http,
    duckdb_table,
    generated,
    parquet_table,
    postgresql_programs,
    postgresql_server,
    postgresql_table,
    sqlite_table,
)
from timeline_tui.dates.months import WEEKDAYS
from timeline_tui.query.language import Query
from timeline_tui.tables.conditions import Asked
from timeline_tui.tables.cube import Counted
from timeline_tui.tables.degrees import Degrees, Form, form_of
from timeline_tui.tables.table import MOST_TOLD, Table
from timeline_tui.tables.view import TableView
from timeline_tui.timeline.map_cells import WORLD, Area, MapGrid, area_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.query.language import Term

ROWS = 3_000
DEEP_QUESTIONS = {"duckdb": 10_000, "sqlite": 10_000, "postgresql": 3_000}
"""Each takes some hundredths of a second. Of the other engines 1,000 do: they share most of the way."""
ENGINES = ("parquet", "duckdb", "sqlite", "postgresql", "clickhouse", "clickhouse by HTTP")
LINES = generated(ROWS)
WORDS = ("harbour", "été", "50%", "a_b", "SHIP", "ärger", "c^d", "x\\y", "béla", "place 99", "7")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine, one after the other."""
    return str(request.param)


@pytest.fixture(scope="module")
def table(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """The rows on an engine, which is started once."""
    folder = tmp_path_factory.mktemp(engine.replace(" ", "-"))
    if engine == "postgresql":
        pytest.importorskip("psycopg")
        programs = postgresql_programs()
        if programs is None:
            pytest.skip("there is no PostgreSQL here")
        with postgresql_server(programs) as address, closing(postgresql_table(address, LINES)) as made:
            yield made
        return
    if engine.startswith("clickhouse"):
        pytest.importorskip("chdb")
    if engine == "clickhouse by HTTP":
        with clickhouse_table_by_http(folder, LINES) as made:
            yield made
        return
    makers = {
        "parquet": parquet_table,
        "duckdb": duckdb_table,
        "sqlite": sqlite_table,
        "clickhouse": clickhouse_table,
    }
    with closing(makers[engine](folder, LINES)) as made:
        yield made


class Model:
    """Answers of plain Python about the rows."""

    def __init__(self) -> None:
        dated = [line for line in LINES if line.at is not None]
        self.lines = sorted(dated, key=lambda line: (line.at, line.id))

    def keys(self, query: Query, known_on: int | None) -> list[int]:
        """The places of the rows that a query finds on a day."""
        return [key for key, line in enumerate(self.lines) if self._finds(query, line, known_on)]

    def _finds(self, query: Query, line: Line, known_on: int | None) -> bool:
        assert line.at is not None
        if known_on is not None and (line.told or line.at.date()).toordinal() > known_on:
            return False
        either: dict[str, bool] = {}
        for term in query:
            found = self._has(term, line)
            if term.excluded and found:
                return False
            if not term.excluded and term.field in ("word", "phrase") and not found:
                return False
            if not term.excluded and term.field not in ("word", "phrase"):
                either[term.field] = either.get(term.field, False) or found
        return all(either.values())

    def _has(self, term: Term, line: Line) -> bool:
        assert line.at is not None
        value, day = term.value, line.at.date().toordinal()
        match term.field:
            case "word" | "phrase":
                texts = (line.title, line.who, line.other, line.place)
                return any(value.lower() in text.lower() for text in texts if text)
            case "actor":
                return all(part in (line.who, line.other) for part in value.split("+"))
            case "kind" | "status":
                return value == (line.kind if term.field == "kind" else line.status)
            case "place" | "at":
                return value.lower() in line.place.lower() if term.field == "place" else is_at(line, value)
            case "hour":
                day_name, _, hour = value.partition("-")
                return WEEKDAYS[line.at.weekday()].lower() == day_name and line.at.hour == int(hour)
            case _:
                first, last = term.days
                return first <= day <= last


def is_on_earth(line: Line) -> bool:
    """Whether a row has coordinates that a map can show."""
    return line.lat is not None and line.lon is not None and abs(line.lat) <= 90 and abs(line.lon) <= 180


def is_at(line: Line, value: str) -> bool:
    """Whether a row is in an area."""
    area = area_of(value)
    return area is not None and is_on_earth(line) and area.has(line.lat or 0, line.lon or 0)


def question(random: Random) -> Query:
    """Some terms."""
    query = Query()
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        excluded = random.random() < 0.25
        start = date(2023, 1, 1).toordinal() + random.randrange(900)
        day, later = date.fromordinal(start), date.fromordinal(start + random.randrange(200))
        field, value = random.choice(
            [
                ("word", random.choice(WORDS)),
                ("actor", random.choice(("Ann", "Béla", "o'Neill", 'the "chief"', "Ann+Čapek"))),
                ("kind", random.choice(("vote", "speech", "strike"))),
                ("status", random.choice(("claimed", "confirmed", "denied"))),
                ("place", f"place {random.randrange(100)}"),
                ("at", random.choice(("48..48.125,37.5..37.75", "-90..0,-180..0", "0..91,170..-170"))),
                ("hour", f"{random.choice(WEEKDAYS).lower()}-{random.randrange(24)}"),
                ("during", f"{day}..{later}"),
                ("since", f"{day:%Y-%m}"),
                ("until", str(day)),
                ("within", f"{day:%Y}"),
            ]
        )
        query = query.with_term(field, value, excluded=excluded)
    return query


def test_every_engine_answers_as_plain_python_does(table: Table, engine: str) -> None:
    model, random = Model(), Random(7)  # noqa: S311  not for secrets
    whole = TableView(table)
    assert table.left_out == ROWS - len(model.lines)
    assert whole.count == len(model.lines)
    for number in range(DEEP_QUESTIONS.get(engine, 1_000) if IS_DEEP else 25):
        query = question(random)
        known_on = date(2023, 1, 1).toordinal() + random.randrange(900) if random.random() < 0.2 else None
        view = whole.with_query(query).known_by(known_on)
        keys = model.keys(query, known_on)
        asked = f"question {number}: {query} known on {known_on}"
        assert view.count == len(keys), asked
        compare(view, model, keys, random, asked)


def compare(view: TableView, model: Model, keys: list[int], random: Random, asked: str) -> None:
    """Compare some rows of a view with those of the model."""
    if not keys:
        assert view.rows(0, 5) == [], asked
        return
    place = random.choice((0, len(keys) - 1, random.randrange(len(keys))))
    rows = view.rows(place, place + 3)
    assert [row.id for row in rows] == [model.lines[key].id for key in keys[place : place + 3]], asked
    assert [row.key for row in rows] == keys[place : place + 3], asked
    at = model.lines[keys[place]].at
    assert at is not None
    assert rows[0].date.text == at.isoformat(), asked
    assert view.position_of(keys[place]) == place, asked
    assert view.position_at(at.date().toordinal()) == next(
        number for number, key in enumerate(keys) if (model.lines[key].at or at).date() >= at.date()
    )
    other = random.randrange(len(model.lines))
    assert view.has(other) == (other in set(keys)), asked


def test_lanes_and_hours_of_every_engine_count_what_plain_python_counts(table: Table) -> None:
    model, query = Model(), Query().with_term("kind", "vote")
    keys = model.keys(query, None)
    view = TableView(table, query)
    lanes = {value: len(held) for value, held in view.keys_by_value("actor")}
    here = [model.lines[key] for key in keys]
    people = {name for line in here for name in (line.who, line.other) if name}
    assert lanes == {name: sum(name in (line.who, line.other) for line in here) for name in people}
    assert len(view.keys_without("actor")) == sum(line.who is line.other is None for line in here)
    hours = {place: count for place, (count, _) in view.hours().items()}
    told = [(line.at.weekday(), line.at.hour) for line in here if line.at]
    assert hours == {place: told.count(place) for place in set(told)}
    for value, held in view.keys_by_value("actor"):
        wanted = [key for key in keys if value in (model.lines[key].who, model.lines[key].other)]
        assert list(held[:5]) == wanted[:5]
        assert held[len(held) - 1] == wanted[-1]


def test_what_a_table_has_no_column_for_is_said_in_the_width_of_a_lane(table: Table) -> None:
    assert TableView(table).why_without("language") == "no column"


def test_minutes_of_every_engine_count_what_plain_python_counts(table: Table) -> None:
    model, query = Model(), Query().with_term("kind", "vote")
    view = TableView(table, query)
    day = date(2023, 3, 1).toordinal() + 200
    fine = view.in_minutes(day - 1, day)
    assert fine is not None
    moments = [
        line.at.replace(second=0, microsecond=0)
        for line in (model.lines[key] for key in model.keys(query, None))
        if line.at is not None and day - 1 <= line.at.date().toordinal() <= day
    ]
    assert len(moments) > 100
    track = fine.track(fine.keys)
    assert [track.moment(place) for place in range(len(track))] == [
        at.date().toordinal() * 86_400 + at.hour * 3600 + at.minute * 60 for at in moments
    ]


def test_days_on_which_rows_became_known_are_those_of_plain_python(table: Table) -> None:
    lines = [line for line in LINES if line.at is not None]
    told = Counter((line.told or line.at.date()).toordinal() for line in lines if line.at is not None)
    assert table.known_days() == sorted(told)
    for day in (min(told), max(told), sorted(told)[len(told) // 2]):
        assert table.known_on(day) == told[day]
        assert len(table.keys_known(day, day)) == min(told[day], MOST_TOLD)


@pytest.mark.parametrize(
    "grid",
    [
        WORLD,
        MapGrid(None, 5, 4),
        MapGrid(Area(0, 64, 32, 64), -3, -2),
        MapGrid(Area(-90, 91, 176, -176), 2, 2),
    ],
)
def test_cells_of_a_map_of_every_engine_count_what_plain_python_counts(table: Table, grid: MapGrid) -> None:
    model, query = Model(), Query().with_term("kind", "vote")
    here = [line for line in (model.lines[key] for key in model.keys(query, None)) if is_on_earth(line)]
    wanted: dict[Area, list[Line]] = {}
    for line in here:
        assert line.lat is not None
        assert line.lon is not None
        if grid.area is None or grid.area.has(line.lat, line.lon):
            cell = grid.cell(floor(line.lat / 2.0**grid.high), floor(line.lon / 2.0**grid.wide))
            wanted.setdefault(cell, []).append(line)
    view = TableView(table, query)
    found = {each.cell: each for each in view.placed(grid)}
    assert {cell: each.rows for cell, each in found.items()} == {
        cell: len(lines) for cell, lines in wanted.items()
    }
    assert wanted
    for cell, each in found.items():
        lines = wanted[cell]
        assert each.doubtful == sum(line.status in ("claimed", "denied", "disputed") for line in lines)
        assert each.lat == pytest.approx(sum(line.lat or 0 for line in lines) / len(lines))
        places = sorted(line.place for line in lines)
        assert (each.first_place, each.last_place) == (places[0], places[-1])
        if cell in list(found)[:5]:
            assert view.with_query(query.with_term("at", str(cell))).count == each.rows


@pytest.mark.parametrize("form", ["pair", "wkt", "geojson"])
def test_coordinates_in_one_text_are_those_in_two_columns(table: Table, form: Form) -> None:
    held = table.described._replace(roles=table.roles._replace(degrees=Degrees(form, form, form)))
    cube = table.cube_of(Asked())
    two, one = TableView(table), TableView(Table(table.engine, held, Counted(cube, 0)))
    assert {each.cell: each.rows for each in one.placed(WORLD)} == {
        each.cell: each.rows for each in two.placed(WORLD)
    }
    query = Query().with_term("at", "48..48.125,37.5..37.75")
    assert one.with_query(query).count == two.with_query(query).count > 0


def test_the_text_of_an_area_says_that_area() -> None:
    for area in (Area(48, 48.125, -0.5, 0), Area(-(2.0**-20), 0, 179.5, -180)):
        assert area_of(str(area)) == area
    assert area_of("moscow") is None


def test_rows_by_day_and_day_known_of_every_engine_are_those_of_plain_python(table: Table) -> None:
    model, query = Model(), Query().with_term("kind", "vote")
    wanted: dict[tuple[int, int], list[Line]] = {}
    for line in (model.lines[key] for key in model.keys(query, None)):
        assert line.at is not None
        days = line.at.date(), line.told or line.at.date()
        wanted.setdefault((days[0].toordinal(), days[1].toordinal()), []).append(line)
    view = TableView(table, query)
    found = view.told_rows()
    assert list(found) == sorted(found)
    assert {each[:2]: each.rows for each in found} == {days: len(lines) for days, lines in wanted.items()}
    assert sum(each.doubtful for each in found) == sum(
        line.status in ("claimed", "denied", "disputed") for lines in wanted.values() for line in lines
    )


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["48.3, 37.5", "-1,2"], "pair"),
        (["37.5, 48.3", "137.5, 48.3"], "reversed pair"),
        (["POINT (37.5 48.3)", None, "POINT EMPTY", "POINT(1 2)"], "wkt"),
        (['{"coordinates":[37.5,48.3],"type":"Point"}'], "geojson"),
        (['{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}'], None),
        (["Kyiv, 5", "Lviv"], None),
        ([12.5, None], None),
    ],
)
def test_coordinates_in_one_text_are_known_by_how_they_are_written(
    values: list[object], form: Form | None
) -> None:
    assert form_of(values) == form

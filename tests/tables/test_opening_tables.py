"""A table is opened where it lies, and read as a timeline is."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb

from timeline_tui.errors import UsageError
from timeline_tui.index.index import Index
from timeline_tui.mapping.columns import choices
from timeline_tui.query import parse_query
from timeline_tui.tables.address import TableAddress, table_address
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.table import opened
from timeline_tui.tables.taking import taken
from timeline_tui.tables.view import TableView
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "events.parquet"
    relation = duckdb.sql(
        "SELECT i AS id, TIMESTAMP '2024-01-01' + to_hours(i::INT * 7) AS occurred_at,"
        " ['vote', 'speech'][i % 2 + 1] AS kind, 'Event ' || i AS title FROM range(1000) t(i)"
    )
    assert relation is not None
    relation.write_parquet(str(path))
    return path


def view_of(name: object) -> TableView:
    address = table_address(str(name))
    assert address is not None
    return TableView(opened(address))


def test_parquet_is_shown_in_the_order_of_time(parquet: Path) -> None:
    view = view_of(parquet)
    assert view.count == 1000
    assert [row.title for row in view.rows(0, 3)] == ["Event 0", "Event 1", "Event 2"]
    assert view.rows(999, 1000)[0].date.text == "2024-10-18T09:00:00"


def test_a_filter_finds_rows_and_keeps_their_keys(parquet: Path) -> None:
    view = view_of(parquet)
    votes = view.with_query(parse_query("kind:vote 2024-02", view.vocabulary).query)
    rows = votes.rows(0, votes.count)
    assert {row.kind for row in rows} == {"vote"}
    assert [view.rows(row.key, row.key + 1)[0].title for row in rows] == [row.title for row in rows]
    assert [votes.position_of(row.key) for row in rows] == list(range(votes.count))


def test_a_table_of_sqlite_is_named_after_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute('CREATE TABLE "my events" (date TEXT, "select" TEXT, title TEXT)')
        connection.execute("""INSERT INTO "my events" VALUES ('2024-05-01', 'x', 'First of May')""")
    connection.close()
    view = view_of(f"{path}#my events")
    assert view.rows(0, 1)[0].title == "First of May"
    assert view.event(0).extra == {"select": "x"}


def test_a_password_in_an_address_is_never_shown() -> None:
    address = table_address("postgresql://me:secret@host:5432/db#public.events")
    assert address is not None
    assert address.password
    assert address.shown == "postgresql://me@host:5432/db#public.events"
    assert "secret" not in repr(address)


def test_a_password_among_the_parameters_of_an_address_is_never_shown() -> None:
    address = table_address("postgresql://me@/db?host=/run/pg&password=secret#events")
    assert address is not None
    assert address.password
    assert address.shown == "postgresql://me@/db?host=%2Frun%2Fpg#events"


def test_a_server_without_a_table_asks_which_one() -> None:
    with pytest.raises(UsageError, match="which table"):
        table_address("postgresql://host/db")


def test_a_parquet_file_that_is_cut_short_says_what_to_do(parquet: Path) -> None:
    parquet.write_bytes(parquet.read_bytes()[:-20])
    with pytest.raises(TableError, match="check that it is whole"):
        view_of(parquet)


def test_files_of_ours_are_no_tables(tmp_path: Path) -> None:
    assert table_address(str(tmp_path / "story.yaml")) is None
    assert table_address(str(tmp_path)) is None


def test_rows_without_ids_are_exported_under_the_names_that_the_screen_gives_them(tmp_path: Path) -> None:
    relation = duckdb.sql(
        "SELECT DATE '2024-01-01' + CAST(i AS INT) AS date, ['vote', 'speech'][i % 2 + 1] AS kind,"
        " 'Event ' || i AS title FROM range(400) t(i)"
    )
    assert relation is not None
    relation.write_parquet(str(tmp_path / "rows.parquet"))
    view = view_of(tmp_path / "rows.parquet")
    speeches = view.with_query(parse_query("kind:speech", view.vocabulary).query)
    names = [event.id for event in speeches.whole_rows()]
    assert names == [f"row-{number}" for number in range(2, 401, 2)]
    assert [view.key_of(name) for name in names] == list(speeches.keys[:200])


def test_an_export_cites_the_table_and_can_be_checked(parquet: Path) -> None:
    view = view_of(parquet)
    votes = view.with_query(parse_query("kind:vote", view.vocabulary).query)
    header, events = taken(votes)
    assert len(events) == 500
    assert {citation.id for event in events for citation in event.sources} == set(header.sources)
    assert View(Index.build(header, events)).count == 500


@pytest.mark.parametrize("engine", ["parquet", "sqlite"])
def test_a_column_named_actor_has_the_actors(tmp_path: Path, engine: str) -> None:
    rows = [(f"2024-01-{day:02}", ("Ann", "Ben")[day % 2], f"Event {day}") for day in range(1, 25)]
    if engine == "parquet":
        name = str(tmp_path / "rows.parquet")
        relation = duckdb.sql(
            "SELECT DATE '2024-01-01' + CAST(i AS INT) AS day, ['Ann', 'Ben'][i % 2 + 1] AS actor,"
            " 'Event ' || i AS title FROM range(24) t(i)"
        )
        assert relation is not None
        relation.write_parquet(name)
    else:
        name = f"{tmp_path}/rows.sqlite#rows"
        with sqlite3.connect(tmp_path / "rows.sqlite") as connection:
            connection.execute("CREATE TABLE rows (day TEXT, actor TEXT, title TEXT)")
            connection.executemany("INSERT INTO rows VALUES (?, ?, ?)", rows)
        connection.close()
    view = view_of(name)
    assert [(actor.name, actor.count) for actor in view.actors()] == [("Ann", 12), ("Ben", 12)]
    assert view.with_query(parse_query("actor:Ben", view.vocabulary).query).count == 12
    assert {value: len(keys) for value, keys in view.keys_by_value("actor")} == {"Ann": 12, "Ben": 12}


@pytest.mark.parametrize(
    ("column", "text", "chosen", "is_map"),
    [
        ("coordinates", "48.3, 37.5", [], True),
        ("shape", "POINT(37.5 48.3)", [], True),
        ("score", "3, 2", [], False),
        ("score", "3, 2", ["lat=score", "lon=score"], True),
    ],
)
def test_a_column_with_both_coordinates_makes_a_map(
    tmp_path: Path, column: str, text: str, chosen: list[str], is_map: bool
) -> None:
    relation = duckdb.sql(f"SELECT DATE '2024-05-01' AS date, 'One' AS title, '{text}' AS {column}")
    assert relation is not None
    relation.write_parquet(str(tmp_path / "rows.parquet"))
    table = opened(TableAddress("duckdb", str(tmp_path / "rows.parquet")), choices(chosen))
    assert TableView(table).can_have_coordinates == is_map


def test_a_column_without_coordinates_that_is_said_to_have_them_is_refused(parquet: Path) -> None:
    with pytest.raises(UsageError, match="holds no degrees"):
        opened(TableAddress("duckdb", str(parquet)), choices(["lat=title", "lon=title"]))

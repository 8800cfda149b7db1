"""Whatever goes wrong with a table is said in a line that says what to do, and the screen stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from threading import Timer
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb
from sqlglot import exp

from tests.support.table_engines import generated, postgresql_programs, postgresql_server, postgresql_table
from timeline_tui.errors import Overtaken, UsageError
from timeline_tui.query import parse_query
from timeline_tui.query.language import Query
from timeline_tui.tables.address import Secret, TableAddress
from timeline_tui.tables.engines import connected
from timeline_tui.tables.errors import TableError, TooSlow
from timeline_tui.tables.table import opened
from timeline_tui.tables.view import TableView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def parquet(folder: Path, select: str, name: str = "rows.parquet") -> TableAddress:
    found = duckdb.sql(select)
    assert found is not None
    found.write_parquet(str(folder / name))
    return TableAddress("duckdb", str(folder / name))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "rows.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE rows (date TEXT, kind TEXT, title TEXT)")
        rows = [(f"2024-01-{1 + number % 28:02}", "vote", f"Row {number}") for number in range(280)]
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?)", rows)
    return path


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def sqlite_view(path: Path) -> TableView:
    return TableView(opened(TableAddress("sqlite", str(path), "rows")))


def test_rows_that_are_gone_say_that_the_table_has_changed(database: Path) -> None:
    view = sqlite_view(database)
    changed(database, "DELETE FROM rows WHERE date >= '2024-01-15'")
    assert view.rows(279, 280)[0].title == (
        "Not read: this row is not there any more: the table has changed; open it again"
    )


def test_a_column_that_was_dropped_says_to_open_the_table_again(database: Path) -> None:
    view = sqlite_view(database)
    changed(database, "ALTER TABLE rows DROP COLUMN kind")
    assert "open the table again" in view.rows(0, 1)[0].title
    with pytest.raises(TableError, match="open the table again"):
        _ = view.with_query(Query().with_term("word", "Row")).count


def test_a_table_that_changed_gets_a_new_cube(database: Path) -> None:
    assert sqlite_view(database).count == 280
    changed(database, "DELETE FROM rows WHERE date >= '2024-01-15'")
    assert sqlite_view(database).count == 140


def test_a_query_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    engine = connected(parquet(tmp_path, "SELECT DATE '2024-01-01' AS date FROM range(100000)"))
    every = exp.select(exp.Count(this=exp.Star())).from_(engine.source().as_("a"))
    slow = every.join(engine.source().as_("b"), join_type="cross").join(
        engine.source().as_("c"), join_type="cross"
    )
    slow = slow.where(exp.condition("hash(a.file_row_number, b.file_row_number, c.file_row_number) = 1"))
    with closing(engine), pytest.raises(TooSlow, match="did not answer within"):
        engine.run(slow, seconds=0.2)


def test_a_query_that_is_overtaken_is_given_up(tmp_path: Path) -> None:
    engine = connected(parquet(tmp_path, "SELECT DATE '2024-01-01' AS date FROM range(100000)"))
    slow = exp.select(exp.Count(this=exp.Star())).from_(engine.source().as_("a"))
    slow = slow.join(engine.source().as_("b"), join_type="cross").join(
        engine.source().as_("c"), join_type="cross"
    )
    slow = slow.where(exp.condition("hash(a.file_row_number, b.file_row_number, c.file_row_number) = 1"))
    timer = Timer(0.2, engine.interrupt)
    timer.start()
    with closing(engine), pytest.raises(Overtaken):
        engine.run(slow, seconds=60)
    timer.join()


def test_rows_without_a_finite_date_are_left_out_and_counted(tmp_path: Path) -> None:
    address = parquet(
        tmp_path,
        "SELECT * FROM (VALUES (TIMESTAMP '2024-05-01 10:00:00', 'a'), (NULL, 'b'),"
        " (TIMESTAMP 'infinity', 'c'), (TIMESTAMP '-infinity', 'd'),"
        " (TIMESTAMP '0044-03-15 (BC) 00:00:00', 'e'))"
        " AS t(date, title)",
    )
    table = opened(address)
    assert [row.title for row in TableView(table).rows(0, 9)] == ["a"]
    assert table.about == "4 rows without a time in the years 1 to 9999 left out."


def test_times_with_a_zone_are_shown_in_utc(tmp_path: Path) -> None:
    address = parquet(tmp_path, "SELECT TIMESTAMPTZ '2024-05-01 23:30:00-04:00' AS date, 'late' AS title")
    assert TableView(opened(address)).rows(0, 1)[0].date.text == "2024-05-02T03:30:00Z"


def test_a_table_of_300_columns_shows_them_all_with_the_event(tmp_path: Path) -> None:
    columns = ", ".join(f'{number} AS "column \'{number}"' for number in range(300))
    view = TableView(
        opened(parquet(tmp_path, f"SELECT DATE '2024-05-01' AS date, 'Wide' AS title, {columns}"))
    )
    assert view.rows(0, 1)[0].title == "Wide"
    assert view.event(0).extra["column '299"] == "299"


def test_types_of_others_are_shown_as_text(tmp_path: Path) -> None:
    view = TableView(
        opened(
            parquet(
                tmp_path,
                "SELECT DATE '2024-05-01' AS date, 'Odd' AS title, {'a': [1, 2]} AS nested, 'x'::BLOB AS raw,"
                " 1.50::DECIMAL(9, 2) AS price, true AS flag, INTERVAL 3 DAY AS span, uuid() AS code",
            )
        )
    )
    assert view.event(0).extra["nested"] == "{'a': [1, 2]}"
    assert view.event(0).extra["price"] == "1.50"


@pytest.mark.parametrize(
    "select",
    [
        "SELECT 'never' AS \"select\", 5 AS number",
        "SELECT NULL AS date, 'x' AS title",
    ],
)
def test_a_table_without_a_date_says_how_to_name_its_column(tmp_path: Path, select: str) -> None:
    with pytest.raises(UsageError, match="--map date=COLUMN"):
        opened(parquet(tmp_path, select))


def test_an_empty_table_is_shown_empty(tmp_path: Path) -> None:
    view = TableView(opened(parquet(tmp_path, "SELECT DATE '2024-05-01' AS date, 'x' AS title WHERE 1 = 0")))
    assert view.count == 0
    assert view.rows(0, 5) == []


def test_a_text_of_sql_is_only_a_text(database: Path) -> None:
    view = sqlite_view(database)
    hostile = "'; DROP TABLE rows; --"
    assert not view.with_query(Query().with_term("word", hostile).with_term("place", hostile)).count
    assert sqlite_view(database).count == 280


def test_nothing_can_be_written_through_a_connection(database: Path, tmp_path: Path) -> None:
    address = parquet(tmp_path, "SELECT DATE '2024-05-01' AS date")
    for each, statement in (
        (TableAddress("sqlite", str(database), "rows"), "DELETE FROM rows"),
        (address, f"COPY (SELECT 1) TO '{tmp_path}/written.csv'"),
    ):
        with closing(connected(each)) as engine, pytest.raises(TableError):
            engine.execute(statement, {}, 5)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pytest.importorskip("psycopg")
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL here")
    with postgresql_server(programs) as address:
        yield address


def test_a_server_that_was_lost_leaves_the_screen_as_it_is(server: str) -> None:
    table = postgresql_table(server, generated(50))
    with closing(table):
        view = TableView(table)
        _kill_all(server)
        assert view.rows(0, 3)[0].title.startswith("Not read: ")
        # The next question connects again.
        assert not view.rows(0, 3)[0].title.startswith("Not read: ")


def _kill_all(server: str) -> None:
    import psycopg  # noqa: PLC0415  may be missing

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'timeline-tui' AND pid <> pg_backend_pid()"
        )


def test_a_table_that_one_may_not_read_says_so(server: str) -> None:
    import psycopg  # noqa: PLC0415  may be missing

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS closed; DROP ROLE IF EXISTS guest")
        connection.execute("CREATE TABLE closed (date date); CREATE ROLE guest LOGIN")
    guest = server.replace("tester@", "guest@")
    with pytest.raises(TableError, match="SELECT"):
        opened(TableAddress("postgresql", guest, "closed"))


@pytest.mark.parametrize(
    ("table", "said"), [("nowhere", "check the name"), ("no.where", "check the name of the table")]
)
def test_a_table_that_a_server_does_not_have_says_to_check_its_name(
    server: str, table: str, said: str
) -> None:
    with pytest.raises(TableError, match=said):
        opened(TableAddress("postgresql", server, table))


def test_a_server_that_is_not_there_never_shows_the_password() -> None:
    pytest.importorskip("psycopg")
    address = TableAddress("postgresql", "postgresql://me@127.0.0.1:1/db", "rows", Secret("secret-word"))
    with pytest.raises(TableError) as caught:
        opened(address)
    assert "secret-word" not in str(caught.value)
    assert "check the address" in str(caught.value)


def test_infinite_dates_of_postgresql_are_left_out(server: str) -> None:
    import psycopg  # noqa: PLC0415  may be missing

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS ends; CREATE TABLE ends (date timestamptz, title text)")
        connection.execute(
            "INSERT INTO ends VALUES ('infinity', 'a'), ('-infinity', 'b'), (NULL, 'c'),"
            " ('2024-05-01 00:30+02', 'd'), ('0044-03-15 BC', 'e')"
        )
    with closing(opened(TableAddress("postgresql", server, "ends"))) as table:
        view = TableView(table)
        assert [(row.title, row.date.text) for row in view.rows(0, 9)] == [("d", "2024-04-30T22:30:00Z")]
        assert table.left_out == 4
        assert view.with_query(parse_query("2024-04").query).count == 1


def test_moments_of_nanoseconds_are_shown(tmp_path: Path) -> None:
    select = (
        "SELECT TIMESTAMP_NS '2024-01-01 00:00:00.123456789' AS date, 'Row ' || i AS title FROM range(9) t(i)"
    )
    with closing(opened(parquet(tmp_path, select))) as table:
        view = TableView(table)
        assert view.rows(8, 9)[0].date.text == "2024-01-01T00:00:00"
        assert view.event(8).title == "Row 8"


def test_seconds_since_1970_may_be_fractions(tmp_path: Path) -> None:
    select = "SELECT 1704067200.5::DOUBLE + i * 3600 AS at, 'Row ' || i AS title FROM range(9) t(i)"
    with closing(opened(parquet(tmp_path, select))) as table:
        assert [row.title for row in TableView(table).rows(7, 9)] == ["Row 7", "Row 8"]


def test_a_column_with_a_name_that_duckdb_needs_says_to_rename_it(tmp_path: Path) -> None:
    address = parquet(tmp_path, "SELECT DATE '2024-01-01' AS date, 5 AS file_row_number")
    with pytest.raises(TableError, match="rename the column"):
        opened(address)


def test_rows_of_a_view_and_of_a_table_with_a_column_rowid_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE own (rowid TEXT, date TEXT, title TEXT)")
        rows = [("same", "2024-01-01", f"Row {number}") for number in range(9)]
        connection.executemany("INSERT INTO own VALUES (?, ?, ?)", rows)
        connection.execute("CREATE VIEW seen AS SELECT date, title FROM own")
    base = tmp_path / "rows.duckdb"
    with duckdb.connect(str(base)) as connection_2:
        connection_2.execute(
            "CREATE VIEW seen AS SELECT DATE '2024-01-01' AS date, 'Row ' || i AS title FROM range(9) t(i)"
        )
    for address in (
        TableAddress("sqlite", str(path), "own"),
        TableAddress("sqlite", str(path), "seen"),
        TableAddress("duckdb", str(base), "seen"),
    ):
        with closing(opened(address)) as table:
            view = TableView(table).with_query(Query().with_term("word", "7"))
            (row,) = view.rows(0, 5)
            assert row.title == TableView(table).title_of(row.key) == "Row 7"


def test_tables_views_and_parts_of_a_server_are_read_whatever_they_hold(server: str) -> None:
    import psycopg  # noqa: PLC0415  may be missing

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            "DROP TABLE IF EXISTS kinds CASCADE; DROP TABLE IF EXISTS parts; DROP ROLE IF EXISTS limited;"
            " CREATE TABLE kinds AS SELECT timestamptz '2024-01-01' AS date, 'NaN'::numeric AS number,"
            " ARRAY[1] AS list, '{}'::jsonb AS json, point(1, 2) AS point, 'infinity'::date AS far,"
            " i AS \"100%\", 'Row ' || i AS title FROM generate_series(0, 4999) i;"
            " CREATE VIEW seen AS SELECT date, title FROM kinds;"
            " CREATE TABLE parts (date date, title text) PARTITION BY HASH (title);"
            " CREATE TABLE part_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
            " CREATE TABLE part_2 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
            " INSERT INTO parts SELECT '2024-01-01', 'Row ' || i FROM generate_series(0, 4999) i;"
            " CREATE ROLE limited LOGIN; GRANT SELECT (date, title) ON kinds TO limited"
        )
    limited = server.replace("tester@", "limited@")
    for address, table in ((server, "kinds"), (server, "seen"), (server, "parts"), (limited, "kinds")):
        with closing(opened(TableAddress("postgresql", address, table))) as held:
            view = TableView(held)
            titles = {row.title for row in view.rows(0, 5000)}
            assert titles == {f"Row {number}" for number in range(5000)}
            found = view.with_query(Query().with_term("word", "4999"))
            assert [view.title_of(row.key) for row in found.rows(0, 9)] == ["Row 4999"]

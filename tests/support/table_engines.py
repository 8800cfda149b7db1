# ruff: noqa: PLC0415 - what is not installed is not imported
"""The same generated rows in a table of each engine, and a plain model that answers questions about them."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.table import Table, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

COLUMNS = (
    "id",
    "happened at",
    "who",
    "other",
    "select",
    "status",
    "place",
    "title",
    "told",
    "lat",
    "lon",
    "pair",
    "wkt",
    "geojson",
)
CHOSEN = {
    "date": "happened at",
    "actors": "who,other",
    "kind": "select",
    "place": "place",
    "title": "title",
    "known": "told",
    "status": "status",
    "id": "id",
}
_PEOPLE = ("Ann", "Béla", "Čapek", "o'Neill", 'the "chief"', None)
_KINDS = ("vote", "speech", "strike", None)
_STATUSES = ("confirmed", "claimed", "denied", None)
_WORDS = ("harbour", "Été", "50%", "a_b", "ship", "night", "ÄRGER", "c^d", "x\\y")
_TYPES = {
    "postgresql": ("text", "timestamp", "date", "numeric"),
    "duckdb": ("VARCHAR", "TIMESTAMP", "DATE", "DECIMAL(9, 4)"),
    "sqlite": ("TEXT", "TEXT", "TEXT", "REAL"),
    "clickhouse": ("Nullable(String)", "Nullable(DateTime64(6))", "Nullable(Date32)", "Nullable(Float64)"),
}


class Line(NamedTuple):
    """A row of the table."""

    id: str
    at: datetime | None
    who: str | None
    other: str | None
    kind: str | None
    status: str | None
    place: str
    title: str
    told: date | None
    lat: float | None
    lon: float | None
    pair: str | None
    """Both as one text, in three forms."""
    wkt: str | None
    geojson: str | None


def generated(number: int, seed: int = 1) -> list[Line]:
    """So many rows, the same ones every time: many at one moment, some without a time, over two years."""
    random = Random(seed)  # noqa: S311  not for secrets
    first = datetime(2023, 3, 1)  # noqa: DTZ001  a moment without a zone
    lines = []
    for place in range(number):
        draw = random.random()
        at = first + timedelta(seconds=random.randrange(700) * 86_400 + random.randrange(86_400))
        if draw < 0.05:
            at = first + timedelta(days=100, hours=12)
        elif draw < 0.2:
            at = first + timedelta(days=200, seconds=random.randrange(7_200))
        # On the borders of cells, at the poles, and where there is no earth any more.
        lat = random.choice((None, 48.0, 48.125, -90.0, 90.0, 91.0, round(random.uniform(-80, 80), 4)))
        lon = random.choice((None, 37.5, -180.0, 180.0, 200.0, round(random.uniform(-180, 180), 4)))
        lines.append(
            Line(
                f"r{place:06}",
                None if draw > 0.99 else at,
                random.choice(_PEOPLE),
                random.choice(_PEOPLE),
                random.choice(_KINDS),
                random.choice(_STATUSES),
                f"Place {random.randrange(1_000)}",
                f"{' '.join(random.sample(_WORDS, 3))} {place % 97}",
                None if random.random() < 0.5 else (at + timedelta(days=random.randrange(30))).date(),
                lat,
                lon,
                *_in_one_text(lat, lon),
            )
        )
    return lines


def _in_one_text(lat: float | None, lon: float | None) -> tuple[str | None, str | None, str | None]:
    if lat is None or lon is None:
        # What is no point, or only looks like one, has no coordinates.
        return None if lon is None else "near, 5", "POINT EMPTY", '{"type": "Point"}'
    point = f'{{"type": "Point", "coordinates": [{lon}, {lat}]}}'
    return f" {lat}, {lon}", f"SRID=4326;Point({lon} {lat})", point


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _create(engine: str, table: str, ending: str = "") -> str:
    text, moment, day, number = _TYPES[engine]
    types = [text, moment, *[text] * 6, day, number, number, *[text] * 3]
    if engine == "clickhouse":
        types[0] = "String"
    columns = ", ".join(f"{_quoted(name)} {type_}" for name, type_ in zip(COLUMNS, types, strict=True))
    return f"CREATE TABLE {_quoted(table)} ({columns}){ending}"


def _insert(table: str, sign: str) -> str:
    return f"INSERT INTO {_quoted(table)} VALUES ({', '.join([sign] * len(COLUMNS))})"  # noqa: S608  our own names


def _fill(connection: duckdb.DuckDBPyConnection, lines: Sequence[Line]) -> None:
    """Insert all rows at once: one by one takes a minute."""
    text, moment, day, number = _TYPES["duckdb"]
    types = [text, moment, *[text] * 6, day, number, number, *[text] * 3]
    columns = ", ".join(f"unnest(CAST(? AS {type_}[]))" for type_ in types)
    connection.execute(f'INSERT INTO "my rows" SELECT {columns}', list(map(list, zip(*lines, strict=True))))


def duckdb_table(folder: Path, lines: Sequence[Line]) -> Table:
    """The rows in a file of DuckDB."""
    import duckdb

    path = folder / "rows.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(_create("duckdb", "my rows"))
        _fill(connection, lines)
    return opened(TableAddress("duckdb", str(path), "my rows"), CHOSEN)  # type: ignore[arg-type]  # roles


def parquet_table(folder: Path, lines: Sequence[Line]) -> Table:
    """The rows in two files of Parquet."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(_create("duckdb", "my rows"))
        _fill(connection, lines)
        half = lines[len(lines) // 2].id
        for number, sign in enumerate(("<", ">=")):
            found = connection.sql(f"SELECT * FROM \"my rows\" WHERE id {sign} '{half}' ORDER BY id")  # noqa: S608  ours
            assert found is not None
            found.write_parquet(str(folder / f"part-{number}.parquet"))
    return opened(TableAddress("duckdb", str(folder / "part-*.parquet")), CHOSEN)  # type: ignore[arg-type]  # roles


def sqlite_table(folder: Path, lines: Sequence[Line]) -> Table:
    """The rows in a database of SQLite, with times as text."""
    path = folder / "rows.sqlite"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(_create("sqlite", "my rows"))
        rows = [
            [
                value.isoformat(" ")
                if isinstance(value, datetime)
                else str(value)
                if isinstance(value, date)
                else value
                for value in line
            ]
            for line in lines
        ]
        connection.executemany(_insert("my rows", "?"), rows)
    connection.close()
    return opened(TableAddress("sqlite", str(path), "my rows"), CHOSEN)  # type: ignore[arg-type]  # roles


def clickhouse_table(folder: Path, lines: Sequence[Line]) -> Table:
    """The rows in chDB."""
    from tests.support.clickhouse_server import embedded
    from timeline_tui.tables.engines.clickhouse import ClickHouse
    from timeline_tui.tables.table import opened_on

    address = TableAddress(
        "clickhouse", f"clickhouse://{folder}/chdb", f"{_fill_chdb(folder, lines)}.my rows"
    )
    return opened_on(ClickHouse(address, embedded()), address, CHOSEN)  # type: ignore[arg-type]  # roles


@contextmanager
def clickhouse_table_by_http(folder: Path, lines: Sequence[Line]) -> Iterator[Table]:
    """The rows in chDB, asked by HTTP as a server is."""
    from tests.support.clickhouse_server import clickhouse_server

    database = _fill_chdb(folder, lines)
    with clickhouse_server() as place:
        address = TableAddress("clickhouse", f"{place}/{database}", "my rows")
        with closing(opened(address, CHOSEN)) as table:  # type: ignore[arg-type]  # roles
            yield table


_IN_UTC = "SETTINGS session_timezone = 'UTC'"


def _fill_chdb(folder: Path, lines: Sequence[Line]) -> str:
    """The database with the rows, made anew."""
    from tests.support.clickhouse_server import embedded

    session, database = embedded()._session, "made"
    source = folder / "rows.tsv"
    source.write_text("".join("\t".join(map(_cell, line)) + "\n" for line in lines), "utf-8")
    for statement in (
        f"CREATE DATABASE IF NOT EXISTS {database} ENGINE = Atomic",
        f"USE {database}",
        'DROP TABLE IF EXISTS "my rows"',
        _create("clickhouse", "my rows", " ENGINE = MergeTree ORDER BY id"),
        # As the program reads: ClickHouse keeps a moment without a zone as one of the session's zone.
        f"INSERT INTO \"my rows\" SELECT * FROM file('{source}', 'TabSeparated') {_IN_UTC}",  # noqa: S608  ours
    ):
        session.query(statement)
    return database


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\")


def postgresql_programs() -> Path | None:
    """The folder of `initdb` and `postgres`: of the system, or of a package that carries them."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    # Not imported: it starts servers of its own.
    package = find_spec("pgserver")
    if package is not None and package.origin is not None:
        folders.append(Path(package.origin).parent / "pginstall" / "bin")
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def postgresql_server(programs: Path) -> Iterator[str]:
    """A server of its own on a socket in a folder of its own, for as long as it is needed: its address."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            user=user,
            env=environment,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )

    data = str(folder / "data")
    try:
        run(
            "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"
        )
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c shared_buffers=32MB"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgresql_table(address: str, lines: Sequence[Line]) -> Table:
    """The rows in a table of a server."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute('DROP TABLE IF EXISTS "my rows"')
        connection.execute(_create("postgresql", "my rows").encode())
        connection.execute('ALTER TABLE "my rows" ADD PRIMARY KEY (id)')
        with connection.cursor().copy('COPY "my rows" FROM STDIN') as copy:
            for line in lines:
                copy.write_row(line)
    return opened(TableAddress("postgresql", address, "my rows"), CHOSEN)  # type: ignore[arg-type]  # roles

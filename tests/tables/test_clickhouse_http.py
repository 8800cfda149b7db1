"""A ClickHouse server over HTTP: what it answers, also when it fails in the middle, is slow or refuses.

A server on loopback says what ClickHouse's HTTP interface is documented to say; another one has chDB, the
engine of ClickHouse, answer.
"""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("sqlglot")

from sqlglot import exp

from timeline_tui.errors import Overtaken, UsageError
from timeline_tui.tables.address import Secret, TableAddress, table_address
from timeline_tui.tables.engines import connected
from timeline_tui.tables.engines.clickhouse import ClickHouse
from timeline_tui.tables.errors import PasswordNeeded, TableError, TooSlow
from timeline_tui.tables.moments import TimeColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = {
    "meta": [{"name": "name", "type": "String"}, {"name": "type", "type": "String"}],
    "data": [["at", "DateTime64(6)"], ["number", "UInt64"]],
}
ROWS = {"meta": [{"name": "number", "type": "UInt64"}], "data": [["18446744073709551615"], [2]]}
WRONG = (
    "Code: 516. DB::Exception: me: Authentication failed: password is incorrect, or there is no user with"
    " such name. (AUTHENTICATION_FAILED) (version 24.8.4.13 (official build))\n"
)


class Answers(BaseHTTPRequestHandler):
    """Answers as the test says."""

    status: ClassVar[int] = 200
    body: ClassVar[str] = ""
    headers_sent: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[dict[str, list[str]]]] = []
    hangs: ClassVar[Event | None] = None
    asked_now: ClassVar[Event] = Event()
    wants: ClassVar[str] = ""
    fixed: ClassVar[bool] = False
    old: ClassVar[str] = ""

    def do_POST(self) -> None:
        """Answer a question."""
        options = parse_qs(urlsplit(self.path).query)
        self.asked.append(options)
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, body = type(self).status, type(self).body
        if self.wants and self.headers.get("X-ClickHouse-Key") != self.wants:
            status, body = 403, WRONG
        elif self.fixed and "max_execution_time" in options:
            status, body = (
                500,
                "Code: 164. DB::Exception: Cannot modify 'readonly' setting in readonly mode. (READONLY)",
            )
        elif self.old:
            status, body = 500, self.old
        elif "system.columns" in text:
            status, body = 200, json.dumps(COLUMNS)
        elif self.hangs is not None and "number" in text:
            self.asked_now.set()
            self.hangs.wait(20)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body.encode())), **self.headers_sent}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def server(**said: object) -> Iterator[tuple[TableAddress, type[Answers]]]:
    """A server that answers so, and the address of its table."""
    handler = type("Said", (Answers,), {"asked": [], "asked_now": Event(), **said})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            port = running.server_address[1]
            yield TableAddress("clickhouse", f"clickhouse://me@127.0.0.1:{port}/db", "events"), handler
        finally:
            running.shutdown()
            thread.join()


def rows(address: TableAddress, seconds: float = 5) -> list[tuple[object, ...]]:
    with closing(connected(address)) as engine:
        return engine.execute("SELECT number FROM events", {}, seconds)


def test_rows_are_read_with_settings_that_only_read() -> None:
    with server(body=json.dumps(ROWS)) as (address, handler):
        assert rows(address) == [(18446744073709551615,), (2,)]
    for option, value in {"readonly": "2", "wait_end_of_query": "1", "database": "db"}.items():
        assert all(options[option] == [value] for options in handler.asked)


def test_a_user_who_may_change_no_setting_reads_without_settings() -> None:
    with server(body=json.dumps(ROWS), fixed=True) as (address, handler):
        assert rows(address) == [(18446744073709551615,), (2,)]
    assert "readonly" not in handler.asked[-1]


def test_an_error_in_the_middle_of_the_rows_is_told_as_the_server_tells_it() -> None:
    begun = '{"meta": [{"name": "number", "type": "UInt64"}], "data": [[1],\n'
    said = "Code: 241. DB::Exception: Memory limit (total) exceeded. (MEMORY_LIMIT_EXCEEDED)\n"
    with server(body=begun + said) as (address, _), pytest.raises(TableError, match="Memory limit"):
        rows(address)


def test_rows_that_are_cut_off_are_told_in_a_line() -> None:
    cut = json.dumps(ROWS)[:-20]
    with (
        server(body=cut, headers_sent={"Content-Length": "4000"}) as (address, _),
        pytest.raises(TableError, match="does not answer"),
    ):
        rows(address)
    with server(body=cut) as (address, _), pytest.raises(TableError, match="cut off"):
        rows(address)


def test_what_is_no_clickhouse_is_told_in_a_line() -> None:
    with (
        server(body="<html>Welcome</html>") as (address, _),
        pytest.raises(TableError, match="not ClickHouse"),
    ):
        rows(address)


def test_a_redirection_is_not_followed_with_the_password() -> None:
    with (
        server(status=302, body="", headers_sent={"Location": "http://127.0.0.2/"}) as (address, _),
        pytest.raises(TableError, match="answers with 302"),
    ):
        rows(address._replace(password=Secret("secret")))


def test_a_server_that_refuses_says_what_to_do() -> None:
    with server() as (address, _):
        pass
    with pytest.raises(TableError, match="check the address, and that the server runs"):
        connected(address)


def test_a_query_beyond_its_time_says_so() -> None:
    said = "Code: 159. DB::Exception: Timeout exceeded: elapsed 5.01 seconds, maximum: 5. (TIMEOUT_EXCEEDED)"
    with server(status=500, body=said) as (address, _), pytest.raises(TooSlow, match="within 5 s"):
        rows(address)


def test_a_query_that_is_overtaken_ends_its_connection() -> None:
    hangs = Event()
    with server(hangs=hangs) as (address, handler), closing(connected(address)) as engine:
        stopping = Thread(target=lambda: handler.asked_now.wait(20) and engine.interrupt())
        stopping.start()
        with pytest.raises(Overtaken):
            engine.execute("SELECT number FROM events", {}, 5)
        hangs.set()
        stopping.join()


def test_a_password_is_asked_for_where_there_is_none_and_where_the_one_typed_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLICKHOUSE_PASSWORD", raising=False)
    with server(body=json.dumps(ROWS), wants="right") as (address, _):
        for password in ("", "wrong"):
            with pytest.raises(PasswordNeeded) as caught:
                rows(address._replace(password=Secret(password)))
            assert "wrong;" not in str(caught.value)
        assert rows(address._replace(password=Secret("right")))
        monkeypatch.setenv("CLICKHOUSE_PASSWORD", "another")
        with pytest.raises(TableError, match="CLICKHOUSE_PASSWORD") as refused:
            rows(address)
        assert not isinstance(refused.value, PasswordNeeded)


def test_a_password_is_no_part_of_what_is_shown_of_an_address() -> None:
    address = table_address("clickhouse://me:secret@host/db?secure=1#events")
    assert address is not None
    assert address.password == "secret"  # noqa: S105  made up
    assert "secret" not in f"{address!r} {address.shown} {address.password!r} {tuple(address)}"
    with pytest.raises(UsageError, match="leave it out, and type it when asked"):
        table_address("clickhouse://me:12#34@host/db#events")


def test_a_server_older_than_bound_values_is_named_as_too_old() -> None:
    said = "Code: 115, e.displayText() = DB::Exception: Unknown setting param_p0, e.what() = DB::Exception"
    with (
        server(old=said) as (address, _),
        pytest.raises(TableError, match="too old: ClickHouse 20 or newer"),
    ):
        connected(address)


@pytest.fixture
def engine() -> Iterator[ClickHouse]:
    """The engine of ClickHouse behind HTTP, with a table of one row."""
    pytest.importorskip("chdb")
    from tests.support.clickhouse_server import clickhouse_server, embedded  # noqa: PLC0415  may be missing

    session = embedded()._session
    for statement in (
        "CREATE DATABASE IF NOT EXISTS spoken ENGINE = Atomic",
        "CREATE OR REPLACE TABLE spoken.events (at DateTime, title String) ENGINE = MergeTree ORDER BY at",
        "INSERT INTO spoken.events VALUES ('2024-05-01 10:00:00', 'One')",
    ):
        session.query(statement)
    with clickhouse_server() as place:
        made = connected(TableAddress("clickhouse", f"{place}/spoken", "events"))
        assert isinstance(made, ClickHouse)
        yield made


def test_the_engine_knows_all_settings_that_are_sent_and_writes_nothing(engine: ClickHouse) -> None:
    assert engine.execute("SELECT title FROM events", {}, 5) == [("One",)]
    with pytest.raises(TableError, match="readonly"):
        engine.execute("INSERT INTO events SELECT now(), 'Two'", {}, 5)
    assert engine.execute("SELECT count() FROM events", {}, 5) == [(1,)]


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        ("SELECT gone FROM events", "a column is not there any more"),
        ("SELECT 1 FROM gone", "check the name of the table"),
    ],
)
def test_what_the_engine_misses_is_told_with_what_to_do(
    engine: ClickHouse, statement: str, hint: str
) -> None:
    with pytest.raises(TableError, match=hint):
        engine.execute(statement, {}, 5)


def test_the_engine_gives_up_a_query_beyond_its_time(engine: ClickHouse) -> None:
    with pytest.raises(TooSlow, match="within 1 s"):
        engine.execute("SELECT sum(sleepEachRow(0.2)) FROM numbers(50) SETTINGS max_block_size = 1", {}, 1)


@pytest.mark.parametrize(
    ("zone", "written"), [("'Asia/Tokyo'", "2024-01-01 03:00:00"), ("", "2023-12-31 18:00:00")]
)
def test_a_moment_is_the_same_in_utc_whatever_the_zone_of_its_column(zone: str, written: str) -> None:
    pytest.importorskip("chdb")
    from tests.support.clickhouse_server import embedded  # noqa: PLC0415  may be missing

    session: Any = embedded()._session
    for statement in (
        "CREATE DATABASE IF NOT EXISTS zoned ENGINE = Atomic",
        "DROP TABLE IF EXISTS zoned.events",
        f"CREATE TABLE zoned.events (at DateTime({zone})) ENGINE = MergeTree ORDER BY at".replace("()", ""),
        f"INSERT INTO zoned.events SELECT toDateTime('{written}', {zone or repr('UTC')})",
    ):
        session.query(statement)
    engine = ClickHouse(TableAddress("clickhouse", "clickhouse:///made", "zoned.events"), embedded())
    time = TimeColumn("at", "zoned")
    asked = exp.select(time.column, time.unit("day"), engine.hour(time), engine.weekday(time))
    ((at, day, hour, weekday),) = engine.run(asked.from_(engine.source()), seconds=10)
    assert (at, day) == (datetime(2023, 12, 31, 18, tzinfo=UTC), date(2023, 12, 31))
    assert (int(str(hour)), int(str(weekday))) == (18, 7)

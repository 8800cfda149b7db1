"""ClickHouse: a table of a server, asked by HTTP, or of a folder of chDB, its engine in this process."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from copy import copy
from datetime import UTC, date, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib import import_module
from socket import SHUT_RDWR
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlglot import exp

from timeline_tui.errors import Overtaken
from timeline_tui.tables.address import Secret
from timeline_tui.tables.engines.base import Engine, EngineColumn
from timeline_tui.tables.errors import PasswordNeeded, TableError, TooSlow
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.moments import Kind, TimeColumn
    from timeline_tui.tables.statements import Parameters

_PORT, _SECURE_PORT = 8123, 8443
_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "Bool"),
    (int, "Int64"),
    (float, "Float64"),
    (datetime, "DateTime64(6, 'UTC')"),
    (date, "Date32"),
)
_PLACE = ("_part", "_part_offset")
"""The place of a row in its part."""
_SETTINGS = {"readonly": "2", "session_timezone": "UTC", "output_format_json_quote_64bit_integers": "0"}
_OF_SERVERS = {"wait_end_of_query": "1", "cancel_http_readonly_queries_on_client_close": "1"}
"""An error comes before the first row, and a query ends with its connection."""
_FIXED = "Cannot modify"
"""What a server says to a user who may change no setting."""
_EXCEPTION = re.compile(r"Code: [0-9]+\. DB::[^\n]*")
_PATIENCE = 10.0


class _Transport(Protocol):
    def ask(self, text: str, values: Mapping[str, str], seconds: float) -> str:
        """The answer as JSON; raises `RuntimeError` with what ClickHouse says."""

    def stop(self) -> None:
        """Give up what is being asked in another thread, if that can be done."""

    def another(self) -> _Transport:
        """The same, for another thread."""


class _Server:
    """A server, by HTTP. The password comes from the address or from CLICKHOUSE_PASSWORD.

    A redirection is not followed: it could lead the password to somebody else.
    """

    def __init__(self, address: TableAddress) -> None:
        parts = urlsplit(address.place)
        is_secure = dict(parse_qsl(parts.query)).get("secure", "").lower() in ("1", "true")
        kind, usual = (HTTPSConnection, _SECURE_PORT) if is_secure else (HTTPConnection, _PORT)
        host, port = parts.hostname or "localhost", parts.port or usual
        self._connected: Callable[[float], HTTPConnection] = lambda seconds: kind(host, port, timeout=seconds)
        self._headers = {"X-ClickHouse-User": parts.username or os.environ.get("CLICKHOUSE_USER", "default")}
        password = address.password or Secret(os.environ.get("CLICKHOUSE_PASSWORD", ""))
        if password:
            self._headers["X-ClickHouse-Key"] = password
        self._database = parts.path.strip("/")
        self._has_settings = True
        self._connection: HTTPConnection | None = None

    def ask(self, text: str, values: Mapping[str, str], seconds: float) -> str:
        """The answer as JSON."""
        status, said = self._answer(text, values, seconds)
        if status != HTTPStatus.OK and _FIXED in said and self._has_settings:
            # A user who may only read may change no setting either, and needs none.
            self._has_settings = False
            status, said = self._answer(text, values, seconds)
        if status != HTTPStatus.OK:
            raise RuntimeError(said[:2_000] or f"the server answers with {status}")
        return said

    def _answer(self, text: str, values: Mapping[str, str], seconds: float) -> tuple[int, str]:
        options = dict(values)
        if self._has_settings:
            options |= _SETTINGS | _OF_SERVERS | {"max_execution_time": str(max(int(seconds), 1))}
        if self._database:
            options["database"] = self._database
        self._connection = connection = self._connected(seconds + _PATIENCE)
        try:
            connection.request("POST", f"/?{urlencode(options)}", text.encode(), self._headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException) as error:
            said = one_line(str(error) or type(error).__name__)[:80]
            raise RuntimeError(f"the server does not answer ({said})") from None
        finally:
            self._connection = None
            connection.close()

    def stop(self) -> None:
        """End the connection, upon which the server gives the query up."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(SHUT_RDWR)

    def another(self) -> _Server:
        """The same server, with a connection of its own."""
        found = copy(self)
        found._connection = None  # noqa: SLF001  its own class
        return found


class _Embedded:
    """chDB in this process, of which there is one session at a time."""

    def __init__(self, path: str) -> None:
        # 533 MB, of an extra, and without types.
        session: Any = import_module("chdb.session").Session
        self._session = session(path) if path else session()
        self._lock = Lock()

    def ask(self, text: str, values: Mapping[str, str], seconds: float) -> str:
        """The answer as JSON."""
        settings = ", ".join(
            f"{name} = '{value}'" if name == "session_timezone" else f"{name} = {value}"
            for name, value in _SETTINGS.items()
            if name != "readonly"
        )
        limited = f"{text.removesuffix('FORMAT JSONCompact')} SETTINGS {settings}"
        limited += f", max_execution_time = {max(int(seconds), 1)} FORMAT JSONCompact"
        names = {name.removeprefix("param_"): value for name, value in values.items()}
        with self._lock:
            return str(self._session.query(limited, "JSONCompact", params=names))

    def stop(self) -> None:
        """Nothing: it ends by its limit of time."""

    def another(self) -> _Embedded:
        """The same, of which there is one."""
        return self


class ClickHouse(Engine):
    """A table of ClickHouse.

    Args:
        address: Where it is.
        transport: How it is asked; None for what the address says.

    Raises:
        TableError: It cannot be reached, or refuses.
    """

    dialect: ClassVar[str] = "clickhouse"

    def __init__(self, address: TableAddress, transport: _Transport | None = None) -> None:
        self._address = address
        database, dot, table = address.table.rpartition(".")
        self._database, self._table = database if dot else "", table
        is_embedded = not urlsplit(address.place).hostname
        self._transport: _Transport = transport or (
            _Embedded(urlsplit(address.place).path) if is_embedded else _Server(address)
        )
        self._is_given_up = False
        self._described = self._describe()
        self._key = self._identity()

    def _describe(self) -> list[tuple[str, str]]:
        where = "database = {p1:String}" if self._database else "database = currentDatabase()"
        statement = f"SELECT name, type FROM system.columns WHERE table = {{p0:String}} AND {where}"  # noqa: S608  ours
        values = {"p0": self._table, "p1": self._database}
        found = self.execute(f"{statement} ORDER BY position", values, _PATIENCE)
        if not found:
            raise TableError(f"{one_line(self._address.shown)}: there is no such table; check its name")
        return [(str(name), str(type_)) for name, type_ in found]

    def _identity(self) -> tuple[str, ...]:
        """The columns that distinguish rows: the place of a row in its part, where the engine has it."""
        try:
            self.run(exp.select(*_PLACE).from_(self._stored()).limit(1), seconds=_PATIENCE)
        except TableError:
            return tuple(
                name for name, type_ in self._described if _kind(type_) is not None or "Int" in type_
            )
        return _PLACE

    def _stored(self) -> exp.Table:
        return exp.table_(self._table, db=self._database or None, quoted=True)

    def source(self) -> exp.Expr:
        """The table, with its moments in UTC.

        ClickHouse tells the day and the hour of a moment in the zone of its column, else of the server,
        whatever that of the session. The key of a table is used all the same.
        """
        moments = [name for name, type_ in self._described if _kind(type_) in ("moment", "zoned")]
        if not moments:
            return self._stored()
        replaced = [
            exp.alias_(
                exp.func("toTimeZone", exp.column(name, quoted=True), exp.Literal.string("UTC")),
                name,
                quoted=True,
            )
            for name in moments
        ]
        place = [exp.column(name) for name in _PLACE] if self._key == _PLACE else []
        stored = exp.select(exp.Star(replace=replaced), *place).from_(self._stored())
        return stored.subquery("stored")

    def identity(self) -> tuple[exp.Expr, ...]:
        """The place of a row in its part."""
        return tuple(exp.column(name, quoted=True) for name in self._key)

    def columns(self) -> list[EngineColumn]:
        """The columns."""
        return [EngineColumn(name, type_, _kind(type_)) for name, type_ in self._described]

    def connect_anew(self) -> None:
        """A connection of its own."""
        self._transport, self._is_given_up = self._transport.another(), False

    def interrupt(self) -> None:
        """The answer that is being waited for is not wanted any more."""
        self._is_given_up = True
        self._transport.stop()

    def close(self) -> None:
        """There is nothing to close."""

    def lowered(self, column: exp.Expr) -> exp.Expr:
        """A text in small letters; ClickHouse's own `lower` knows only ASCII."""
        return exp.func("lowerUTF8", column)

    def as_text(self, column: exp.Expr) -> exp.Expr:
        """A value as text."""
        return exp.func("toString", column)

    def contains(self, text: exp.Expr, part: str, bound: Parameters) -> exp.Expr:
        """The condition that a text has a part in it."""
        return exp.GT(this=exp.func("position", text, bound(part)), expression=exp.Literal.number(0))

    def weekday(self, time: TimeColumn) -> exp.Expr:
        """The day of the week of a row, from 1 for Monday to 7."""
        if time.kind in ("seconds", "millis"):
            return super().weekday(time)
        return exp.func(
            "toDayOfWeek", time.column if time.kind != "text" else exp.func("toDate32", time.unit("day"))
        )

    def hour(self, time: TimeColumn) -> exp.Expr:
        """The hour of the day of a row."""
        return exp.func("toHour", time.column) if time.kind in ("moment", "zoned") else super().hour(time)

    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Run a statement."""
        self._is_given_up = False
        given = {f"param_{name}": _written(value) for name, value in values.items() if f"{{{name}:" in text}
        try:
            answer = _parsed(self._transport.ask(f"{text} FORMAT JSONCompact", given, seconds))
        except RuntimeError as error:
            if self._is_given_up:
                raise _overtaken() from None
            raise self._refusal(str(error), seconds) from None
        if self._is_given_up:
            raise _overtaken()
        types = [_type(column["type"]) for column in answer["meta"]]
        return [
            tuple(_read(value, type_) for value, type_ in zip(row, types, strict=True))
            for row in answer["data"]
        ]

    def typed(self, statement: exp.Expr, values: Mapping[str, object]) -> exp.Expr:
        """A statement with the type of each value."""
        typed = statement.copy()
        for place in typed.find_all(exp.Placeholder):
            place.set("kind", exp.var(_name_of_type(values[place.name])))
        return typed

    def _refusal(self, said: str, seconds: float) -> TableError:
        said = one_line(said.split("\n", maxsplit=1)[0])
        if "TIMEOUT_EXCEEDED" in said or "timed out" in said:
            return TooSlow(seconds)
        hint = "check the address, and that the server runs"
        if "Unknown setting param_" in said:
            hint = "this server is too old: ClickHouse 20 or newer is needed"
        elif "UNKNOWN_TABLE" in said:
            hint = "check the name of the table"
        elif "UNKNOWN_IDENTIFIER" in said:
            hint = "a column is not there any more; open the table again"
        elif "AUTHENTICATION_FAILED" in said:
            hint = "put the password into CLICKHOUSE_PASSWORD"
            if self._address.password or "CLICKHOUSE_PASSWORD" not in os.environ:
                return PasswordNeeded(f"{one_line(self._address.shown)}: {said[:200]}; {hint}")
        elif "ACCESS_DENIED" in said:
            hint = "ask for the right to SELECT from it"
        return TableError(f"{one_line(self._address.shown)}: {said[:200]}; {hint}")


def _overtaken() -> Overtaken:
    return Overtaken("the query was given up for a newer one")


def _parsed(said: str) -> dict[str, Any]:
    """The answer of JSON; raises `RuntimeError` if it is none, with what went wrong on the way."""
    try:
        answer = json.loads(said)
    except ValueError:
        # The server had begun to answer when it failed.
        error = _EXCEPTION.search(said)
        raise RuntimeError(
            error[0] if error else "what answers there is not ClickHouse, or was cut off"
        ) from None
    if not isinstance(answer, dict) or "meta" not in answer or "data" not in answer:
        raise RuntimeError("what answers there is not ClickHouse")
    if "exception" in answer:
        raise RuntimeError(str(answer["exception"]))
    return answer


def _type(type_: str) -> str:
    for wrapper in ("LowCardinality(", "Nullable("):
        if type_.startswith(wrapper):
            type_ = type_[len(wrapper) : -1]
    return type_


def _kind(type_: str) -> Kind | None:
    plain = _type(_type(type_))
    if plain in ("Date", "Date32"):
        return "day"
    if plain.startswith("DateTime"):
        return "zoned" if "'" in plain else "moment"
    return "text" if plain == "String" or plain.startswith("FixedString") else None


def _name_of_type(value: object) -> str:
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "String")


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, bool):
        return "1" if value else "0"
    text = value.isoformat() if isinstance(value, date) else str(value)
    # Values are read as the fields of a line of tab-separated text.
    for sign, instead in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, instead)
    return text


def _read(value: object, type_: str) -> object:
    if not isinstance(value, str):
        return value
    plain = _type(type_)
    if plain in ("Date", "Date32"):
        return date.fromisoformat(value)
    if plain.startswith("DateTime"):
        found = datetime.fromisoformat(value[:26])
        return found.replace(tzinfo=UTC) if "'" in plain else found
    return int(value) if "Int" in plain else value

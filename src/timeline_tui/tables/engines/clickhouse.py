"""ClickHouse: a table of a server, asked by HTTP, or of a folder of chDB, its engine in this process."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from datetime import UTC, date, datetime
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from urllib.parse import urlencode, urlsplit

from sqlglot import exp

from timeline_tui.errors import Overtaken
from timeline_tui.tables.engines.base import Engine, EngineColumn
from timeline_tui.tables.errors import TableError, TooSlow
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.moments import Kind, TimeColumn
    from timeline_tui.tables.statements import Parameters

_PORT = 8123
_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "Bool"),
    (int, "Int64"),
    (float, "Float64"),
    (datetime, "DateTime64(6, 'UTC')"),
    (date, "Date32"),
)
_SETTINGS = {"readonly": "2", "session_timezone": "UTC", "output_format_json_quote_64bit_integers": "0"}
_PATIENCE = 10.0


class _Transport(Protocol):
    def ask(self, text: str, values: Mapping[str, str], seconds: float) -> str:
        """The answer as JSON; raises `RuntimeError` with what ClickHouse says."""


class _Server:
    """A server, by HTTP. The password comes from the address or from CLICKHOUSE_PASSWORD."""

    def __init__(self, address: TableAddress) -> None:
        parts = urlsplit(address.place)
        host = parts.hostname or "localhost"
        self._url = f"http://{f'[{host}]' if ':' in host else host}:{parts.port or _PORT}/"
        self._headers = {"X-ClickHouse-User": parts.username or os.environ.get("CLICKHOUSE_USER", "default")}
        password = address.password or os.environ.get("CLICKHOUSE_PASSWORD", "")
        if password:
            self._headers["X-ClickHouse-Key"] = password
        self._database = parts.path.strip("/")

    def ask(self, text: str, values: Mapping[str, str], seconds: float) -> str:
        """The answer as JSON."""
        options = {**_SETTINGS, **values, "max_execution_time": str(max(int(seconds), 1))}
        if self._database:
            options["database"] = self._database
        request = urllib.request.Request(  # noqa: S310  made of http:// above
            f"{self._url}?{urlencode(options)}", text.encode(), self._headers
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds + _PATIENCE) as answer:  # noqa: S310  as above
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read(2_000).decode("utf-8", "replace")) from None
        except OSError as error:
            raise RuntimeError(f"the server does not answer ({one_line(str(error))[:80]})") from None


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
        """The columns that tell rows apart: the place of a row in its part, where the engine has it."""
        try:
            self.run(exp.select("_part", "_part_offset").from_(self.source()).limit(1), seconds=_PATIENCE)
        except TableError:
            return tuple(
                name for name, type_ in self._described if _kind(type_) is not None or "Int" in type_
            )
        return ("_part", "_part_offset")

    def source(self) -> exp.Expr:
        """The table."""
        return exp.table_(self._table, db=self._database or None, quoted=True)

    def identity(self) -> tuple[exp.Expr, ...]:
        """The place of a row in its part."""
        return tuple(exp.column(name, quoted=True) for name in self._key)

    def columns(self) -> list[EngineColumn]:
        """The columns."""
        return [EngineColumn(name, type_, _kind(type_)) for name, type_ in self._described]

    def connect_anew(self) -> None:
        """Nothing is kept open between two questions, so that several threads can ask."""

    def interrupt(self) -> None:
        """The answer that is being waited for is not wanted any more; it ends by its limit of time."""
        self._is_given_up = True

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
            answer = json.loads(self._transport.ask(f"{text} FORMAT JSONCompact", given, seconds))
        except (RuntimeError, ValueError) as error:
            raise self._refusal(str(error), seconds) from None
        if self._is_given_up:
            raise Overtaken("the query was given up for a newer one")
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
        if "UNKNOWN_TABLE" in said:
            hint = "check the name of the table"
        elif "UNKNOWN_IDENTIFIER" in said:
            hint = "a column is not there any more; open the table again"
        elif "AUTHENTICATION_FAILED" in said or "password" in said:
            hint = "put the password into CLICKHOUSE_PASSWORD"
        elif "ACCESS_DENIED" in said:
            hint = "ask for the right to SELECT from it"
        return TableError(f"{one_line(self._address.shown)}: {said[:200]}; {hint}")


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

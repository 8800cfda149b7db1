"""PostgreSQL: a table of a server, read in transactions that can only read."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

import psycopg
from psycopg import errors
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader
from sqlglot import exp

from timeline_tui.tables.engines.base import Engine, EngineColumn, Limits
from timeline_tui.tables.errors import PasswordNeeded, TableError, TooSlow
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from psycopg.abc import Buffer

    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.moments import Kind

_PATIENCE = 10
"""Seconds to wait for a connection."""
_KINDS: dict[str, Kind] = {
    "date": "day",
    "timestamp without time zone": "moment",
    "timestamp with time zone": "zoned",
    "text": "text",
    "character varying": "text",
    "character": "text",
}
_GONE = (psycopg.OperationalError, psycopg.InterfaceError)


class _Days(DateLoader):
    def load(self, data: Buffer) -> date | None:  # type: ignore[override]  # None for what Python has not
        """A day; None for infinity and for years that Python does not have."""
        try:
            return super().load(data)
        except psycopg.DataError:
            return None


class _Moments(TimestampLoader):
    def load(self, data: Buffer) -> datetime | None:  # type: ignore[override]  # as above
        """A moment; None as above."""
        try:
            return super().load(data)
        except psycopg.DataError:
            return None


class _ZonedMoments(TimestamptzLoader):
    def load(self, data: Buffer) -> datetime | None:  # type: ignore[override]  # as above
        """A moment with a zone; None as above."""
        try:
            return super().load(data)
        except psycopg.DataError:
            return None


class PostgreSQL(Engine):
    """A table of a PostgreSQL server.

    The password comes from the address, the environment (`PGPASSWORD`) or `~/.pgpass`, as libpq has it.

    Args:
        address: Where it is.

    Raises:
        TableError: The server cannot be reached, or refuses.
    """

    dialect: ClassVar[str] = "postgres"

    def __init__(self, address: TableAddress) -> None:
        self._address = address
        self._limits, self._lock = Limits(), Lock()
        self._connection = self._connected()
        self._schema, dot, self._table = address.table.rpartition(".")
        if not dot:
            self._schema = ""
        try:
            self._is_view = self._has_no_places()
            self._key = () if self._is_view else self._primary_key()
        except TableError:
            self._connection.close()
            raise

    def _connected(self) -> psycopg.Connection[tuple[object, ...]]:
        given = {"password": self._address.password} if self._address.password else {}
        try:
            connection = psycopg.connect(
                self._address.place,
                autocommit=True,
                connect_timeout=_PATIENCE,
                options="-c default_transaction_read_only=on -c timezone=UTC",
                application_name="timeline-tui",
                **given,  # type: ignore[arg-type]  # libpq's own names
            )
        except (psycopg.Error, UnicodeError) as error:
            if self._wants_password(error):
                raise PasswordNeeded(str(self._refusal(error))) from None
            raise self._refusal(error) from None
        connection.prepare_threshold = None
        for name, loader in (("date", _Days), ("timestamp", _Moments), ("timestamptz", _ZonedMoments)):
            connection.adapters.register_loader(name, loader)
        return connection

    def _wants_password(self, error: Exception) -> bool:
        """Whether a password is missing, or the one that was typed is wrong."""
        said = str(error)
        return "no password supplied" in said or (
            bool(self._address.password) and "password authentication failed" in said
        )

    def written(self, statement: exp.Expr) -> str:
        """A statement of PostgreSQL, in which a sign of percent of its own is not taken for a value."""
        own = statement.copy()
        for remainder in list(own.find_all(exp.Mod)):
            parts = [remainder.this, remainder.expression]
            remainder.replace(exp.Anonymous(this="MOD", expressions=parts))
        for name in own.find_all(exp.Identifier):
            name.set("this", name.this.replace("%", "%%"))
        return super().written(own)

    def _named(self) -> str:
        """The table as PostgreSQL's own functions take it, with its names quoted."""
        return str(self.source().sql(dialect=self.dialect, identify=True))

    def _primary_key(self) -> tuple[str, ...]:
        found = self.execute(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND"
            " a.attnum = ANY(i.indkey) WHERE i.indrelid = CAST(%(p0)s AS regclass) AND i.indisprimary",
            {"p0": self._named()},
            _PATIENCE,
        )
        return tuple(str(name) for (name,) in found)

    def _has_no_places(self) -> bool:
        """Whether rows have no place, as in a view, or it may not be read, as with some columns alone."""
        found = self.execute(
            "SELECT relkind IN ('v', 'f') OR NOT has_table_privilege(oid, 'SELECT') FROM pg_class"
            " WHERE oid = CAST(%(p0)s AS regclass)",
            {"p0": self._named()},
            _PATIENCE,
        )
        return bool(found and found[0][0])

    def source(self) -> exp.Expr:
        """The table."""
        return exp.table_(self._table, db=self._schema or None, quoted=True)

    def identity(self) -> tuple[exp.Expr, ...]:
        """The primary key; without one the place of the row in the table."""
        if self._key:
            return tuple(exp.column(name, quoted=True) for name in self._key)
        if self._is_view:
            row = exp.func("ROW", *(exp.column(each.name, quoted=True) for each in self.columns()))
            return (exp.func("MD5", exp.cast(row, "TEXT")),)
        # A partitioned table has places in each of its parts.
        return (exp.cast(exp.column("tableoid"), "BIGINT"), exp.column("ctid"))

    def columns(self) -> list[EngineColumn]:
        """The columns that may be read."""
        found = self.execute(
            "SELECT a.attname, pg_catalog.format_type(a.atttypid, NULL) FROM pg_attribute a"
            " WHERE a.attrelid = CAST(%(p0)s AS regclass) AND a.attnum > 0 AND NOT a.attisdropped"
            " AND has_column_privilege(a.attrelid, a.attnum, 'SELECT') ORDER BY a.attnum",
            {"p0": self._named()},
            _PATIENCE,
        )
        if not found:
            raise TableError(
                f"{one_line(self._address.shown)}: you may read no column of it; ask for the right to SELECT"
            )
        return [EngineColumn(str(name), str(type_), _KINDS.get(str(type_))) for name, type_ in found]

    def connect_anew(self) -> None:
        """A connection of its own."""
        self._connection, self._limits, self._lock = self._connected(), Limits(), Lock()

    def interrupt(self) -> None:
        """Have the server stop the query."""
        if not self._connection.closed:
            self._connection.cancel_safe(timeout=_PATIENCE)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Run a statement; a connection that was lost is made again."""
        with self._lock:
            if self._connection.closed:
                self._connection = self._connected()
            try:
                with self._connection.cursor() as cursor:
                    cursor.execute(f"SET statement_timeout = {int(seconds * 1000)}".encode())
                    cursor.execute(text.encode(), dict(values))
                    return cursor.fetchall()
            except errors.QueryCanceled as error:
                if "timeout" in str(error):
                    raise TooSlow(seconds) from None
                raise self._limits.stopped(seconds) from None
            except psycopg.Error as error:
                if isinstance(error, _GONE):
                    self._connection.close()
                raise self._refusal(error) from None

    def _refusal(self, error: Exception) -> TableError:
        """What the server says, on one line and without a password, and what to do."""
        said = one_line(str(error).strip().split("\n")[0])[:200]
        password = self._address.password or urlsplit(self._address.place).password or ""
        if password:
            said = said.replace(password, "…")
        hint = "check the address, and that the server runs"
        if isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
            hint = "check the name of the table and its schema"
        elif isinstance(error, errors.UndefinedColumn):
            hint = "a column is not there any more; open the table again"
        elif isinstance(error, errors.InsufficientPrivilege):
            hint = "ask for the right to SELECT from it"
        elif "password" in said:
            hint = "put the password into ~/.pgpass or PGPASSWORD"
        return TableError(f"{one_line(self._address.shown)}: {said}; {hint}")

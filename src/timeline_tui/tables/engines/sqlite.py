"""SQLite: a table of a database file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import sqlglot.dialects.sqlite
from sqlglot import exp

from timeline_tui.storage.file_stamps import stamp_of
from timeline_tui.tables.engines.base import Engine, EngineColumn, Limits
from timeline_tui.tables.errors import TableError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.moments import TimeColumn

_WEEKDAY, _SEVEN = exp.Literal.string("%w"), exp.Literal.number(7)
_INTERRUPTED = "interrupted"


class _Dialect(sqlglot.dialects.sqlite.SQLite):
    """SQLite with names between backticks: between its quotation marks a name that is missing is a text."""

    class Tokenizer(sqlglot.dialects.sqlite.SQLite.Tokenizer):
        """Quotes as it reads."""

        IDENTIFIERS: ClassVar = ["`", '"', ("[", "]")]


class SQLite(Engine):
    """A table of an SQLite database, opened for reading alone.

    Args:
        address: Where it is.

    Raises:
        TableError: There is none, or it cannot be read.
    """

    dialect: ClassVar[str] = "sqlite"
    sorts_nulls_first: ClassVar[bool] = True

    def __init__(self, address: TableAddress) -> None:
        self._address = address
        self._limits = Limits()
        if not Path(address.place).is_file():
            raise TableError(one_line(f"{address.place}: there is no such file; check the name"))
        self._connection = self._connected()
        self._table = address.table or self._only_table()
        self._key = self._identity()

    def _connected(self) -> sqlite3.Connection:
        try:
            uri = f"{Path(self._address.place).absolute().as_uri()}?mode=ro"
            found = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
            found.execute("PRAGMA query_only = 1")
        except sqlite3.Error as error:
            raise self._refusal(error) from error
        # SQLite's own lowers only ASCII.
        found.create_function("lower", 1, _lower, deterministic=True)
        # It has none of its own. Patterns are ours; what stands before REGEXP comes second.
        found.create_function("regexp", 2, _fits, deterministic=True)
        return found

    def _only_table(self) -> str:
        found = self.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'",
            {},
            10,
        )
        names = [str(name) for (name,) in found]
        if len(names) == 1:
            return names[0]
        told = one_line(", ".join(names[:20])) or "none"
        raise TableError(f"{self._address.place}: which table? Add #table to the name; there are: {told}")

    def _described(self) -> list[tuple[object, ...]]:
        found = self.execute("SELECT name, type, pk FROM pragma_table_info(:p0)", {"p0": self._table}, 10)
        if not found:
            raise TableError(f"{one_line(self._address.shown)}: there is no such table; check its name")
        return found

    def _identity(self) -> tuple[exp.Expr, ...]:
        """The number of the row, else the primary key, else all of a row, as of a view."""
        described = self._described()
        names = [str(name) for name, _, _ in described]
        taken = {name.lower() for name in names}
        number = next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), "rowid")
        try:
            self._connection.execute(self.written(exp.select(number).from_(self.source()).limit(0)))
        except sqlite3.Error:
            key = sorted((each for each in described if each[2]), key=lambda each: str(each[2]))
            if key:
                return tuple(exp.column(str(name), quoted=True) for name, _, _ in key)
            whole: exp.Expr = exp.Literal.string("")
            for name in names:
                own = exp.func("quote", exp.column(name, quoted=True))
                whole = exp.DPipe(this=whole, expression=own)
            return (whole,)
        return (exp.column(number),)

    def source(self) -> exp.Expr:
        """The table."""
        return exp.table_(self._table, quoted=True)

    def identity(self) -> tuple[exp.Expr, ...]:
        """The number of the row, else the primary key; of a view, all of the row."""
        return tuple(each.copy() for each in self._key)

    def columns(self) -> list[EngineColumn]:
        """The columns."""
        return [
            EngineColumn(str(name), str(type_), None if _is_number(str(type_)) else "text")
            for name, type_, _ in self._described()
        ]

    def written(self, statement: exp.Expr) -> str:
        """A statement of SQLite."""
        return str(statement.sql(dialect=_Dialect, identify=True))

    def floored(self, number: exp.Expr) -> exp.Expr:
        """The greatest whole number that is not greater; not every SQLite has a function for it."""
        whole = exp.cast(number, "BIGINT")
        is_less = exp.paren(exp.LT(this=number.copy(), expression=whole.copy()))
        return exp.paren(exp.Sub(this=whole, expression=is_less))

    def weekday(self, time: TimeColumn) -> exp.Expr:
        """The day of the week of a row, from 1 for Monday to 7."""
        if time.kind != "text":
            return super().weekday(time)
        # SQLite counts from Sunday, as 0.
        day = exp.cast(exp.Anonymous(this="strftime", expressions=[_WEEKDAY, time.unit("day")]), "INT")
        rest = exp.Mod(this=exp.paren(exp.Add(this=day, expression=exp.Literal.number(6))), expression=_SEVEN)
        return exp.Add(this=rest, expression=exp.Literal.number(1))

    def stamp(self) -> str:
        """The stamp of the file."""
        return repr(stamp_of(Path(self._address.place)))

    def connect_anew(self) -> None:
        """A connection of its own."""
        self._connection, self._limits = self._connected(), Limits()

    def interrupt(self) -> None:
        """Stop the query."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Run a statement."""
        try:
            with (
                self._limits.watching(self, seconds),
                closing(self._connection.execute(text, dict(values))) as rows,
            ):
                return rows.fetchall()
        except (sqlite3.Error, OverflowError) as error:
            if str(error) == _INTERRUPTED:
                raise self._limits.stopped(seconds) from error
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> TableError:
        said = one_line(str(error))
        hint = "a column is not there any more; open the table again" if "no such column" in said else ""
        hint = hint or ("another program is writing to it; try again" if "locked" in said else "")
        hint = hint or "check that it is an SQLite database that you may read"
        return TableError(f"{one_line(self._address.shown)}: {said}; {hint}")


def _is_number(type_: str) -> bool:
    return any(part in type_.upper() for part in ("INT", "REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL"))


def _fits(pattern: str, text: object) -> bool:
    return isinstance(text, str) and re.search(pattern, text) is not None


def _lower(text: str | float | bytes | None) -> str | float | bytes | None:
    return text.lower() if isinstance(text, str) else text

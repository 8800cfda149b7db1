"""DuckDB: tables of its own files, and Parquet, CSV and JSON where they lie."""

from __future__ import annotations

import os
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import duckdb
import msgspec
from sqlglot import exp

from timeline_tui.storage.file_stamps import stamp_of
from timeline_tui.tables.engines.base import Engine, EngineColumn, Limits
from timeline_tui.tables.errors import TableError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.engines.base import Grouped
    from timeline_tui.tables.moments import Kind

_KINDS: dict[str, Kind] = {"DATE": "day", "TIMESTAMP WITH TIME ZONE": "zoned"}
_READERS = {
    ".csv": "read_csv",
    ".tsv": "read_csv",
    ".txt": "read_csv",
    ".json": "read_json",
    ".jsonl": "read_json",
}
_READERS |= {".ndjson": "read_json"}
_MEMORY = "600MB"
"""Beyond that DuckDB uses the disk."""
_FILE, _ROW = "filename", "file_row_number"
_NUMBERS = msgspec.json.Decoder(list[int])
_ROWS_NAME = "rows of the file"


class DuckDB(Engine):
    """A table of a DuckDB file, or files that DuckDB reads.

    Args:
        address: Where it is.

    Raises:
        TableError: There is none, or DuckDB cannot read it.
    """

    dialect: ClassVar[str] = "duckdb"

    def __init__(self, address: TableAddress) -> None:
        self._address = address
        self._limits = Limits()
        self.files = [] if _is_database(address) else _files(address.place)
        self._is_parquet = bool(self.files) and _reader(self.files[0]) == "read_parquet"
        try:
            self._connection = self._connected()
        except duckdb.Error as error:
            raise _refusal(address, error) from error
        self._table = address.table
        if not self.files and not self._table:
            self._table = self._only_table()
        if self.files and not self._is_parquet:
            self._take_in()
        self._is_view = not self.files and self._has_no_places()

    def _connected(self) -> duckdb.DuckDBPyConnection:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        path = ":memory:" if self.files else self._address.place
        found = duckdb.connect(path, read_only=not self.files, config=settings)
        found.execute("SET TimeZone = 'UTC'")
        if self._is_parquet:
            found.execute("SET parquet_metadata_cache = true")
            found.execute("SET allowed_paths = $1", [list(self.files)])
            found.execute("SET enable_external_access = false")
        return found

    def _only_table(self) -> str:
        found = self.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY 1", {}, 10
        )
        names = [str(name).removeprefix("main.") for (name,) in found]
        if len(names) == 1:
            return names[0]
        told = one_line(", ".join(names[:20])) or "none"
        raise TableError(f"{self._address.place}: which table? Add #table to the name; there are: {told}")

    def _has_no_places(self) -> bool:
        """Whether the rows have no place of their own, as those of a view."""
        select = exp.select(exp.column("rowid")).from_(self.source()).limit(0)
        try:
            self._connection.execute(self.written(select))
        except duckdb.BinderException:
            return True
        except duckdb.Error as error:
            raise _refusal(self._address, error) from error
        return False

    def _take_in(self) -> None:
        """Read files whose rows cannot be found again by their place into a table in memory."""
        reader = _reader(self.files[0])
        options = [exp.PropertyEQ(this=exp.to_identifier("union_by_name"), expression=exp.true())]
        paths = exp.Array(expressions=[exp.Literal.string(path) for path in self.files])
        source = exp.func(reader, paths, *options, dialect="duckdb")
        select = exp.select(exp.Star()).from_(source)
        create = exp.Create(this=exp.to_table(_ROWS_NAME, quoted=True), kind="TABLE", expression=select)
        try:
            self._connection.execute(self.written(create))
        except duckdb.Error as error:
            raise _refusal(self._address, error) from error
        self._table = _ROWS_NAME

    def source(self) -> exp.Expr:
        """The table, or a function that reads Parquet."""
        return self._read((_ROW, _FILE) if len(self.files) > 1 else (_ROW,))

    def source_to_count(self) -> exp.Expr:
        """The same without the places of rows, whose numbers take time."""
        return self._read(())

    def _read(self, added: tuple[str, ...]) -> exp.Expr:
        if self._table:
            return _table(self._table)
        paths = exp.Array(expressions=[exp.Literal.string(path) for path in self.files])
        names = (*added, "union_by_name") if len(self.files) > 1 else added
        options = [exp.PropertyEQ(this=exp.to_identifier(name), expression=exp.true()) for name in names]
        return exp.func("read_parquet", paths, *options, dialect="duckdb")

    def identity(self) -> tuple[exp.Expr, ...]:
        """The place of a row in its file, or in its table."""
        if self._is_view:
            names = (exp.column(each.name, quoted=True) for each in self.columns())
            return (exp.func("hash", *names, dialect="duckdb"),)
        if self._table:
            return (exp.column("rowid"),)
        row = exp.column(_ROW, quoted=True)
        return (exp.column(_FILE, quoted=True), row) if len(self.files) > 1 else (row,)

    def columns(self) -> list[EngineColumn]:
        """The columns, without those that DuckDB adds."""
        select = exp.select(exp.Star()).from_(self.source()).limit(0)
        try:
            found = self._connection.cursor().execute(self.written(select)).description or []
        except duckdb.Error as error:
            raise _refusal(self._address, error) from error
        added = {_ROW, _FILE} if not self._table else set()
        return [
            EngineColumn(name, str(type_), _kind(str(type_)))
            for name, type_, *_ in found
            if name not in added
        ]

    def day_groups(
        self, statement: exp.Select, values: Mapping[str, object], grouped: Grouped
    ) -> Iterator[tuple[tuple[str | None, ...], list[int], list[int]]]:
        """As in the base, with the days of a combination gathered by DuckDB into one text.

        A row for each day, and a list of numbers too, takes longer to become values of Python.
        """
        if grouped.unit != "day" or grouped.time.kind in ("seconds", "millis", "text"):
            yield from super().day_groups(statement, values, grouped)
            return
        facets = grouped.facets
        comma = exp.Literal.string(",")
        number = exp.cast(exp.paren(_number_of(exp.column("d", quoted=True))), "VARCHAR")
        count = exp.cast(exp.column("n", quoted=True), "VARCHAR")
        pair = exp.DPipe(this=exp.DPipe(this=number, expression=comma), expression=count)
        pairs = exp.func("STRING_AGG", pair, comma.copy(), dialect="duckdb")
        named = [exp.column(f"f{place}", quoted=True) for place in range(facets)]
        dated = exp.Not(this=exp.Is(this=exp.column("d", quoted=True), expression=exp.Null()))
        outer = exp.select(*named, pairs).from_(statement.subquery("t")).where(dated)
        gathered = outer.group_by(*(each.copy() for each in named)) if named else outer
        for row in self.run(gathered, values, seconds=grouped.seconds):
            held = _NUMBERS.decode(f"[{row[facets] or ''}]")
            yield (
                tuple(None if value is None else str(value) for value in row[:facets]),
                held[::2],
                held[1::2],
            )

    def stamp(self) -> str:
        """The stamps of all files."""
        paths = self.files or [self._address.place]
        return repr([(path, stamp_of(Path(path))) for path in paths])

    def connect_anew(self) -> None:
        """Another connection to the same database."""
        try:
            self._connection, self._limits = self._connection.cursor(), Limits()
        except duckdb.Error as error:
            raise _refusal(self._address, error) from error

    def interrupt(self) -> None:
        """Stop the query."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Run a statement."""
        try:
            with self._limits.watching(self, seconds):
                return self._connection.execute(text, dict(values) or None).fetchall()
        except duckdb.InterruptException as error:
            raise self._limits.stopped(seconds) from error
        except (duckdb.Error, OverflowError, ValueError) as error:
            raise _refusal(self._address, error) from error


def _number_of(day: exp.Expr) -> exp.Expr:
    """The day number of a day."""
    first = exp.cast(exp.Literal.string("0001-01-01"), "DATE")
    since = exp.paren(exp.Sub(this=day.copy(), expression=first))
    return exp.Add(this=since, expression=exp.Literal.number(1))


def _table(name: str) -> exp.Table:
    schema, dot, table = name.partition(".")
    return exp.table_(table, db=schema, quoted=True) if dot else exp.table_(name, quoted=True)


def _is_database(address: TableAddress) -> bool:
    return Path(address.place).suffix.lower() in (".duckdb", ".ddb")


def _kind(type_: str) -> Kind | None:
    if type_ in _KINDS:
        return _KINDS[type_]
    if type_ == "TIMESTAMP_NS":
        return "nanos"
    if type_.startswith("TIMESTAMP"):
        return "moment"
    return "text" if type_ == "VARCHAR" else None


def _files(place: str) -> list[str]:
    """The files at a path, in a folder or of a pattern, in the order of their names."""
    if Path(place).is_dir():
        found = sorted(
            str(path)
            for path in Path(place).rglob("*")
            if path.suffix.lower() in (".parquet", ".parq", ".pq")
        )
    elif Path(place).exists():
        found = [place]
    else:
        found = sorted(glob(place, recursive=True))  # noqa: PTH207  the pattern may be absolute
    if not found:
        raise TableError(one_line(f"{place}: there is no such file; check the name or the pattern"))
    kinds = {_reader(path) for path in found}
    if len(kinds) > 1:
        raise TableError(
            one_line(f"{place}: the files are of several kinds; name a pattern like {place}/*.parquet")
        )
    return [os.path.abspath(path) for path in found]  # noqa: PTH100  links are not followed


def _reader(path: str) -> str:
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    return next((_READERS[suffix] for suffix in reversed(suffixes) if suffix in _READERS), "read_parquet")


def _refusal(address: TableAddress, error: Exception) -> TableError:
    """What DuckDB says, on one line, and what to do."""
    said = one_line(str(error).split("\n")[0])[:200]
    hint = "check that it is whole, and that you may read it"
    if _ROW in said:
        hint = f"rename the column {_ROW}, a name that DuckDB needs for itself"
    elif isinstance(error, duckdb.CatalogException):
        hint = "check the name of the table"
    elif isinstance(error, duckdb.BinderException):
        hint = "a column is not there any more; open the table again"
    elif isinstance(error, duckdb.OutOfMemoryException):
        hint = "filter by a shorter time"
    return TableError(f"{one_line(address.shown)}: {said}; {hint}")

"""What somebody types to name a table: a file, a folder or a pattern, or the address of a server.

`events.parquet`, `logs/*.parquet`, `events.duckdb#events`, `data.sqlite#events`,
`postgresql://host/db#schema.events`, `clickhouse://host/db#events`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from timeline_tui.errors import UsageError
from timeline_tui.text.sanitize import one_line

EngineName = Literal["duckdb", "sqlite", "postgresql", "clickhouse"]
"""The engines that tables can be on."""

ENGINES: tuple[EngineName, ...] = ("duckdb", "sqlite", "postgresql", "clickhouse")
_SCHEMES: dict[str, EngineName] = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "clickhouse": "clickhouse",
}
_DATABASES: dict[str, EngineName] = {
    ".duckdb": "duckdb",
    ".ddb": "duckdb",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
_COLUMNAR = frozenset({".parquet", ".parq", ".pq"})
"""Files that only an engine reads."""
_ALSO_READ = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".gz", ".zst", *_COLUMNAR})
"""Files that DuckDB reads if it is asked for."""
_PATTERN = re.compile(r"[*?\[]")


class Secret(str):
    """A text that no traceback and no report shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


class TableAddress(NamedTuple):
    """Where a table is."""

    engine: EngineName
    place: str
    """A path or a pattern; of a server its address, without table or password."""
    table: str = ""
    """The name of the table, with its schema before a dot if it has one; empty for files."""
    password: Secret = Secret()
    """As typed; it is passed to the server and kept nowhere."""

    @property
    def shown(self) -> str:
        """The address as it is shown and remembered: never with a password."""
        return f"{self.place}#{self.table}" if self.table else self.place

    @property
    def name(self) -> str:
        """A short name, visible on one line: that of the table, else that of the file."""
        return one_line(self.table or Path(self.place).name)

    def __repr__(self) -> str:
        return f"TableAddress({self.engine}, {self.shown})"


def table_address(typed: str, engine: str = "") -> TableAddress | None:
    """The table that was typed; None if it is a file for an index of ours.

    Args:
        typed: As typed.
        engine: The engine that was asked for; empty for none.

    Raises:
        UsageError: It names a table of an engine, but not which one; or the engine does not read such files.
    """
    if engine and engine not in ENGINES:
        raise UsageError(f"--engine takes one of {', '.join(ENGINES)}")
    scheme, found, _ = typed.partition("://")
    if found and scheme in _SCHEMES:
        return _on_server(typed, _SCHEMES[scheme])
    place, _, table = typed.rpartition("#") if "#" in typed and not Path(typed).exists() else (typed, "", "")
    suffix = Path(place).suffix.lower()
    if suffix in _DATABASES and (table or engine or suffix in (".duckdb", ".ddb")):
        return TableAddress(_DATABASES[suffix], place, table)
    if is_for_engine(place) or engine:
        if engine not in ("", "duckdb"):
            raise UsageError(
                f"--engine {engine} reads no files of this kind; leave --engine out, or use duckdb"
            )
        return TableAddress("duckdb", place, table)
    return None


def is_for_engine(place: str) -> bool:
    """Whether only an engine reads what is at a place: Parquet, or a folder or a pattern of it."""
    if Path(place).suffix.lower() in _COLUMNAR:
        return True
    if _PATTERN.search(place) and not Path(place).exists():
        return any(Path(place.rstrip("*")).suffix.lower() == end or place.endswith(end) for end in _ALSO_READ)
    path = Path(place)
    return path.is_dir() and any(each.suffix.lower() in _COLUMNAR for each in path.iterdir())


def _on_server(typed: str, engine: EngineName) -> TableAddress:
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise UsageError(
            "the address of the server cannot be read; write postgresql://host/db#table"
        ) from error
    table = unquote(parts.fragment)
    if "@" in table and parts.username is None:
        raise UsageError("a password with # or / in it cannot be read; leave it out, and type it when asked")
    if not table:
        raise UsageError(f"which table? Add it to the address: {parts.scheme}://…#schema.table")
    user = f"{parts.username}@" if parts.username else ""
    host = parts.hostname or ""
    where = f"[{host}]" if ":" in host else host
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in given if name != "password"])
    query = f"?{kept}" if kept else ""
    password = Secret(unquote(parts.password or "") or dict(given).get("password", ""))
    place = f"{parts.scheme}://{user}{where}{f':{port}' if port else ''}{parts.path}{query}"
    return TableAddress(engine, place, table, password)

"""One module for each engine: how it is reached, asked and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.tables.errors import TableError

if TYPE_CHECKING:
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.engines.base import Engine

_EXTRAS = {"duckdb": "tables", "sqlite": "tables", "postgresql": "postgresql", "clickhouse": "clickhouse"}


def connected(address: TableAddress) -> Engine:
    """A connection to the engine of a table.

    Raises:
        TableError: It cannot be reached or opened, or what it needs is not installed.
    """
    try:
        match address.engine:
            case "duckdb":
                from timeline_tui.tables.engines.duckdb import DuckDB  # noqa: PLC0415  of an extra

                return DuckDB(address)
            case "sqlite":
                from timeline_tui.tables.engines.sqlite import SQLite  # noqa: PLC0415  as above

                return SQLite(address)
            case "postgresql":
                from timeline_tui.tables.engines.postgresql import PostgreSQL  # noqa: PLC0415  as above

                return PostgreSQL(address)
            case _:
                from timeline_tui.tables.engines.clickhouse import ClickHouse  # noqa: PLC0415  as above

                return ClickHouse(address)
    except ImportError as error:
        extra = _EXTRAS[address.engine]
        raise TableError(
            f"reading this needs more: install it with pip install 'timeline-tui[{extra}]'"
        ) from error

"""Statements can be written in the dialects of engines that are not run here, and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import sqlglot
from sqlglot import exp

from tests.support.table_engines import duckdb_table, generated
from timeline_tui.query.language import Query
from timeline_tui.tables.view import TableView
from timeline_tui.timeline.map_cells import Area, MapGrid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOT_RUN = ("bigquery", "trino", "snowflake", "spark")


@pytest.fixture
def statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[exp.Expr]:
    """What is asked when a table is opened, filtered, read and shown by hours, on a map and by two clocks."""
    from timeline_tui.tables.engines.duckdb import DuckDB  # noqa: PLC0415  an extra

    found: list[exp.Expr] = []
    run = DuckDB.run

    def recorded(
        engine: DuckDB, statement: exp.Expr, values: Mapping[str, object] | None = None, *, seconds: float
    ) -> list[tuple[object, ...]]:
        found.append(statement.copy())
        return run(engine, statement, values, seconds=seconds)

    monkeypatch.setattr(DuckDB, "run", recorded)
    table = duckdb_table(tmp_path, generated(3_000))
    view = TableView(table)
    query = Query().with_term("word", "ship").with_term("actor", "Ann", excluded=True)
    for shown in (view, view.with_query(query), view.known_by(view.span[0] + 100)):
        rows = shown.rows(shown.count // 2, shown.count // 2 + 3)
        assert shown.position_of(rows[0].key) == shown.count // 2
    view.hours()
    assert view.with_query(query).placed(MapGrid(Area(0, 64, 32, 64), -3, -2))
    assert view.with_query(query).told_rows()
    table.close()
    return found


@pytest.mark.parametrize("dialect", NOT_RUN)
def test_every_statement_can_be_written_and_read_again(statements: list[exp.Expr], dialect: str) -> None:
    for statement in statements:
        # The lists of a cube are DuckDB's alone; others are given its rows.
        if "LIST(" in statement.sql(dialect="duckdb").upper():
            statement = next(statement.find_all(exp.Subquery)).this  # noqa: PLW2901  its inner part
        written = statement.sql(dialect=dialect, identify=True)
        assert sqlglot.parse_one(written, read=dialect).sql(dialect=dialect)
        assert "SELECT" in written


def test_no_value_is_ever_a_part_of_a_statement(statements: list[exp.Expr]) -> None:
    texts = [statement.sql(dialect="duckdb") for statement in statements]
    assert not any("ship" in text or "Ann" in text for text in texts)
    assert any('"select"' in text for text in texts)


def test_no_statement_skips_rows_by_counting_them(statements: list[exp.Expr]) -> None:
    assert not any(statement.find(exp.Offset) for statement in statements)

"""Two clocks of a table: rows counted by the day of each and the day on which it became known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb

from timeline_tui.pictures.clocks import Clocks, ClocksShown, clocks_picture
from timeline_tui.pictures.picture import Window, why_not_drawn
from timeline_tui.tables import on_clocks
from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.table import opened
from timeline_tui.tables.view import TableView

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    "SELECT i AS id, DATE '2024-01-01' + CAST(i % 60 AS INT) AS day, 'Event ' || i AS title,"
    " ['claimed', 'confirmed'][i % 2 + 1] AS status, CASE WHEN i % 3 = 0 THEN NULL"
    " ELSE DATE '2024-01-01' + CAST(i % 60 + i % 3 * 5 - 5 AS INT) END AS known FROM range(600) t(i)"
)


@pytest.fixture
def view(tmp_path: Path) -> TableView:
    found = duckdb.sql(ROWS)
    assert found is not None
    found.write_parquet(str(tmp_path / "rows.parquet"))
    return TableView(opened(TableAddress("duckdb", str(tmp_path / "rows.parquet"))))


def test_the_cells_of_two_clocks_have_all_rows(view: TableView) -> None:
    clocks = Clocks(view)
    for by in ("events", "event-delays"):
        shown = ClocksShown(by)
        scene = clocks.scene(shown, 80, 20)
        cells = [count for column in scene.counts for count in column]
        assert sum(count.points for count in cells) == 600
        assert sum(count.doubtful for count in cells) == 300
        title = clocks_picture(clocks, shown, -1, 80, 20).title
        assert "600 events: 400 the same day, 200 later" in title


def test_fewer_days_have_their_rows_alone(view: TableView) -> None:
    clocks = Clocks(view)
    first = view.span[0]
    picture = clocks_picture(clocks, ClocksShown(window=Window(first, first + 9)), -1, 80, 20)
    assert "100 of 600 events" in picture.title
    assert sum(clocks.points("events").told(first, first + 10)) == 100


def test_the_selected_row_has_its_place_and_says_when_it_became_known(view: TableView) -> None:
    key = next(key for key in range(40) if view.title_of(key) == "Event 2")
    picture = clocks_picture(Clocks(view), ClocksShown(), key, 80, 20)
    assert "known on 8 January 2024, 5 days later" in picture.note
    assert picture.cursor > (0, 0)


def test_of_what_a_table_does_not_hold_there_is_nothing(view: TableView) -> None:
    assert "No claim here" in clocks_picture(Clocks(view), ClocksShown("claims"), 0, 80, 20).lines[0].text


def test_too_many_days_are_refused_with_what_to_do(view: TableView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_clocks, "MOST_PAIRS", 10)
    with pytest.raises(TableError, match="filter fewer days"):
        view.told_rows()


def test_two_clocks_need_a_column_of_days_that_became_known(view: TableView, tmp_path: Path) -> None:
    assert not why_not_drawn(view, "clocks")
    found = duckdb.sql(ROWS.replace("AS known", "AS other"))
    assert found is not None
    found.write_parquet(str(tmp_path / "other.parquet"))
    other = TableView(opened(TableAddress("duckdb", str(tmp_path / "other.parquet"))))
    assert "--map known=COLUMN" in why_not_drawn(other, "clocks")

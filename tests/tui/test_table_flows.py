"""A table on the screen: list, lanes, filter, and what it does not hold."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb

from tests.support.screens import TODAY, WIDE, main_screen
from timeline_tui.loading.opened_table import OpenedTable, open_table
from timeline_tui.pictures.picture import Window
from timeline_tui.tables import asking
from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.view import TableView
from timeline_tui.tui.app import Start, TimelineApp
from timeline_tui.tui.widgets.clocks import ClocksPane
from timeline_tui.tui.widgets.lanes import LanesPane
from timeline_tui.tui.widgets.map import MapPane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from textual.pilot import Pilot

    from timeline_tui.tables.engines.duckdb import DuckDB

ROWS = (
    "SELECT i AS id, TIMESTAMP '2024-01-01' + to_minutes(CAST(i * 13 AS INT)) AS occurred_at,"
    " ['Ann', 'Ben'][i % 2 + 1] AS people, ['vote', 'speech'][i % 3 % 2 + 1] AS kind,"
    " 'Event ' || i AS title FROM range(20000) t(i)"
)
EARLIER = (
    "SELECT i + 90000 AS id, TIMESTAMP '2023-01-01' AS occurred_at, 'Earlier' AS title FROM range(3) t(i)"
)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen waits for the engine, however slow the machine is."""
    monkeypatch.setattr(asking, "PATIENCE", 60)


@pytest.fixture
def table(tmp_path: Path) -> OpenedTable:
    found = duckdb.sql(ROWS)
    assert found is not None
    found.write_parquet(str(tmp_path / "events.parquet"))
    return open_table(TableAddress("duckdb", str(tmp_path / "events.parquet")), {})


def table_app(table: OpenedTable) -> TimelineApp:
    return TimelineApp(table, lambda opened: TableView(opened.table, today=TODAY), Start())


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Wait until something is so, as it will be when the engine has answered."""
    while not is_so():
        await pilot.pause(0.01)


def notices(app: TimelineApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def test_a_table_is_filtered_shown_in_lanes_and_zoomed(table: OpenedTable) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        assert main.state.view.count == 20_000
        await pilot.press("j", "j")
        assert main.state.view.title_of(main.state.selected) == "Event 2"
        await pilot.press("f", *"kind:vote", "enter")
        while main.state.request is not None:
            await pilot.pause()
        assert main.state.view.count == 13_333
        await pilot.press("2", "plus", "j")
        await pilot.pause()
        assert main.state.picture == "lanes"
        await until(pilot, lambda: "Lanes by actor" in str(main.main_pane.border_title))
        assert sum(actor.count or 0 for actor in main.state.actor_counts) == 13_333


async def test_lanes_go_down_to_an_hour_whose_rows_can_be_filtered(table: OpenedTable) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("2")
        pane = main.main_pane
        assert isinstance(pane, LanesPane)
        await until(pilot, lambda: pane.is_prepared)
        day = main.state.view.span[0]
        pane.show_days(Window(day, day))
        for _ in ("12 hours", "6 hours", "3 hours", "1 hour"):
            await pilot.press("plus")
            await until(pilot, lambda: pane.is_prepared)
        await until(pilot, lambda: "1 January 2024 00:00 – 01:00" in pane.picture.title)
        assert "Lanes by actor · 5 events" in pane.picture.title
        assert "00:10" in pane.picture.lines[0].text
        assert pane.visible_range == (0, 4)
        await pilot.press("right_curly_bracket")
        await pilot.pause()
        assert "00:30 – 01:30" in pane.picture.title
        await pilot.press("minus", "minus", "minus", "minus", "minus", "minus")
        await until(pilot, lambda: pane.shown.fine is None)


async def test_a_table_of_a_few_hours_is_shown_by_minutes_at_once(tmp_path: Path) -> None:
    found = duckdb.sql(ROWS.replace("20000", "20").replace("'2024-01-01'", "'2024-01-01 10:00'"))
    assert found is not None
    found.write_parquet(str(tmp_path / "hours.parquet"))
    app = table_app(open_table(TableAddress("duckdb", str(tmp_path / "hours.parquet")), {}))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2")
        pane = main_screen(app).main_pane
        assert isinstance(pane, LanesPane)
        await until(pilot, lambda: "1 January 2024 10:00 – 14:08" in pane.picture.title)
        assert "╷11:00" in pane.picture.lines[0].text
        await pilot.press("plus")
        await pilot.pause()
        assert "10:00 – 13:00" in pane.picture.title


async def test_no_key_waits_for_an_engine_and_what_it_answers_is_shown(
    table: OpenedTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = table_app(table)
    engine, answers = type(table.table.engine), Event()
    execute = engine.execute
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("f", *"word:99", "enter")
        await until(pilot, lambda: main.state.request is None)
        rows = main.state.view.count

        def slow(
            self: DuckDB, text: str, values: Mapping[str, object], seconds: float
        ) -> list[tuple[object, ...]]:
            answers.wait()
            return execute(self, text, values, seconds)

        monkeypatch.setattr(engine, "execute", slow)
        monkeypatch.setattr(asking, "PATIENCE", 0.03)
        await pilot.press("G")
        # The key has been answered: the cursor is where it led, what stands there is being read.
        assert main.timeline.cursor == main.timeline.row_count - 1
        assert main.state.view.rows(rows - 1, rows)[0].title == "Reading …"
        answers.set()
        await until(pilot, lambda: main.state.view.title_of(main.state.selected) == "Event 19999")
        await until(pilot, lambda: "Event 19999" in main.event_pane.text)


async def test_search_goes_from_match_to_match(table: OpenedTable) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("slash", *"word:1999", "enter")
        while main.state.request is not None:
            await pilot.pause()
        # 1999, 11999, 19990 to 19999.
        assert len(main.state.matches) == 12
        assert main.state.view.title_of(main.state.selected) == "Event 1999"
        await pilot.press("n")
        assert main.state.view.title_of(main.state.selected) == "Event 11999"


@pytest.mark.parametrize("key", ["c", "w", "l", "x", "s"])
async def test_pages_about_statements_say_that_a_table_holds_none(table: OpenedTable, key: str) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert any(message.startswith("A table holds no quotes") for message in notices(app))
        assert main_screen(app).open_page is None


@pytest.mark.parametrize(
    ("key", "why"), [("3", "needs a column with the day"), ("4", "needs two columns of numbers")]
)
async def test_a_picture_that_a_table_does_not_have_says_why(table: OpenedTable, key: str, why: str) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert any(why in message for message in notices(app))


async def test_calendar_and_who_are_shown(table: OpenedTable) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        for key, picture in (("6", "calendar"), ("5", "who")):
            await pilot.press(key)
            await pilot.pause()
            assert main_screen(app).state.picture == picture


async def test_an_engine_that_fails_leaves_the_screen_as_it_is(
    table: OpenedTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:

        def fail(*_: object, **__: object) -> list[tuple[object, ...]]:
            raise TableError("the server is gone; press r when it is there again")

        monkeypatch.setattr(type(table.table.engine), "run", fail)
        await pilot.press("f", *"gone", "enter")
        while main_screen(app).state.request is not None:
            await pilot.pause()
        assert any("the server is gone" in message for message in notices(app))
        assert main_screen(app).state.view.count == 20_000
        await pilot.press("G")
        await pilot.pause()
        assert "Not read" in main_screen(app).state.view.title_of(main_screen(app).state.selected)


async def test_r_opens_a_table_that_has_changed_again(table: OpenedTable) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("j")
        found = duckdb.sql(f"{ROWS} UNION ALL BY NAME {EARLIER}")
        assert found is not None
        found.write_parquet(table.path)
        await pilot.press("r")
        while main.state.view.total == 20_000 or main.state.request is not None:
            await pilot.pause(0.01)
        assert main.state.view.count == 20_003
        assert main.state.view.title_of(main.state.selected) == "Event 1"


async def test_a_column_is_taken_for_something_else_on_the_screen(table: OpenedTable) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        app.action_mapping("title={kind}: {title}")
        while main.state.view.store is table.table or main.state.request is not None:
            await pilot.pause(0.01)
        await until(pilot, lambda: main.state.view.title_of(1) == "speech: Event 1")
        app.action_mapping("date=nothing")
        while not any("nothing" in message for message in notices(app)):
            await pilot.pause(0.01)
        assert main.state.view.title_of(1) == "speech: Event 1"
        app.action_mapping()
        await pilot.pause()
        assert main.open_page is not None


async def test_a_map_of_a_table_is_counted_beside_the_screen_and_leads_to_the_rows_of_a_cell(
    tmp_path: Path,
) -> None:
    placed = ROWS.replace("'Event '", "48.0 + i % 5 AS lat, 30.0 + i % 3 AS lon, 'Event '")
    found = duckdb.sql(placed)
    assert found is not None
    found.write_parquet(str(tmp_path / "placed.parquet"))
    app = table_app(open_table(TableAddress("duckdb", str(tmp_path / "placed.parquet")), {}))
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("4")
        pane = main.main_pane
        assert isinstance(pane, MapPane)
        await until(pilot, lambda: pane.is_prepared and "15 places" in str(pane.border_title))
        for _ in range(3):
            await pilot.press("plus")
            await until(pilot, lambda: pane.is_prepared and "Map ·" in str(pane.border_title))
        await pilot.press("enter")
        await until(pilot, lambda: main.state.request is None and not main.state.view.is_whole)
        assert main.state.view.count == 20_000 // 15 + 1
        assert [term.field for term in main.state.view.query] == ["at"]


async def test_two_clocks_of_a_table_are_counted_beside_the_screen(tmp_path: Path) -> None:
    found = duckdb.sql(ROWS.replace("'Event '", "DATE '2024-03-01' AS known, 'Event '"))
    assert found is not None
    found.write_parquet(str(tmp_path / "known.parquet"))
    app = table_app(open_table(TableAddress("duckdb", str(tmp_path / "known.parquet")), {}))
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("3")
        pane = main.main_pane
        assert isinstance(pane, ClocksPane)
        await until(pilot, lambda: pane.is_prepared and "20,000 events" in pane.picture.title)
        await pilot.press("l", "up", "down", "plus", "end", "home")
        await until(pilot, lambda: " of 20,000 events" in pane.picture.title)
        await pilot.press("full_stop", "full_stop", "full_stop", "full_stop")
        await until(pilot, lambda: "by delay" in pane.picture.title)

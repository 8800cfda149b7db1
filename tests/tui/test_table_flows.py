"""A table on the screen: list, lanes, filter, and what it does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb

from tests.support.screens import TODAY, WIDE, main_screen
from timeline_tui.loading.opened_table import OpenedTable, open_table
from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.view import TableView
from timeline_tui.tui.app import Start, TimelineApp

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    "SELECT i AS id, TIMESTAMP '2024-01-01' + to_minutes(CAST(i * 13 AS INT)) AS occurred_at,"
    " ['Ann', 'Ben'][i % 2 + 1] AS people, ['vote', 'speech'][i % 3 % 2 + 1] AS kind,"
    " 'Event ' || i AS title FROM range(20000) t(i)"
)
EARLIER = (
    "SELECT i + 90000 AS id, TIMESTAMP '2023-01-01' AS occurred_at, 'Earlier' AS title FROM range(3) t(i)"
)


@pytest.fixture
def table(tmp_path: Path) -> OpenedTable:
    found = duckdb.sql(ROWS)
    assert found is not None
    found.write_parquet(str(tmp_path / "events.parquet"))
    return open_table(TableAddress("duckdb", str(tmp_path / "events.parquet")), {})


def table_app(table: OpenedTable) -> TimelineApp:
    return TimelineApp(table, lambda opened: TableView(opened.table, today=TODAY), Start())


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
        assert "Lanes by actor" in str(main.main_pane.border_title)
        assert sum(actor.count or 0 for actor in main.state.actor_counts) == 13_333


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


@pytest.mark.parametrize("key", ["3", "4"])
async def test_pictures_of_single_events_say_that_rows_are_counted(table: OpenedTable, key: str) -> None:
    app = table_app(table)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert any("counted" in message for message in notices(app))


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
        assert main.state.view.title_of(1) == "speech: Event 1"
        app.action_mapping("date=nothing")
        while not any("nothing" in message for message in notices(app)):
            await pilot.pause(0.01)
        assert main.state.view.title_of(1) == "speech: Event 1"
        app.action_mapping()
        await pilot.pause()
        assert main.open_page is not None

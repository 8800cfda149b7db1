"""A story over a table: rows stand behind the overview, are listed, and are taken into the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb

from tests.support.screens import TODAY, WIDE, main_screen
from timeline_tui.loading.opened import open_timeline
from timeline_tui.loading.opened_table import open_table
from timeline_tui.tables import asking
from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.view import TableView
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import Start, TimelineApp
from timeline_tui.tui.screens.main import MainScreen
from timeline_tui.tui.widgets.lanes import LanesPane

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from timeline_tui.mapping.columns import Role

STORY = """title: Story
events:
  - id: first
    date: 2024-01-05
    title: First
  - id: last
    date: 2024-03-05
    title: Last
"""


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen waits for the engine, however slow the machine is."""
    monkeypatch.setattr(asking, "PATIENCE", 60)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "story.yaml").write_text(STORY, encoding="utf-8")
    rows = duckdb.sql(
        "SELECT 'r' || i AS id, TIMESTAMP '2024-01-01' + to_hours(CAST(i AS INT)) AS occurred_at,"
        " 'Ann' AS people, 'Row ' || i AS title FROM range(2000) t(i)"
    )
    assert rows is not None
    rows.write_parquet(str(tmp_path / "rows.parquet"))
    return tmp_path / "story.yaml"


async def test_rows_of_a_day_are_listed_and_taken_into_the_story(story: Path) -> None:
    table = open_table(TableAddress("duckdb", str(story.with_name("rows.parquet"))), {})
    opened = open_timeline(story, today=TODAY)
    app = TimelineApp(opened, lambda shown: View(shown.index, today=TODAY), Start(over=table))
    async with app.run_test(size=WIDE) as pilot:
        below = app.screen
        assert isinstance(below, MainScreen)
        app.action_rows()
        await pilot.pause()
        above = app.screen
        assert isinstance(above, MainScreen)
        assert above is not below
        assert above.state.view.count == 24
        await pilot.press("j")
        app.action_take()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        while "Row 97" not in story.read_text(encoding="utf-8"):
            await pilot.pause(0.01)
        while app.screen is not above:
            await pilot.pause(0.01)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is below
    written = story.read_text(encoding="utf-8")
    assert "actors:\n  ann:\n    name: Ann" in written
    assert "kind: data" in written
    taken = open_timeline(story, today=TODAY)
    assert not taken.errors
    assert taken.index.total == 3


def app_over(story: Path, chosen: Mapping[Role, str] | None = None) -> TimelineApp:
    table = open_table(TableAddress("duckdb", str(story.with_name("rows.parquet"))), chosen or {})
    opened = open_timeline(story, today=TODAY)
    return TimelineApp(opened, lambda shown: View(shown.index, today=TODAY), Start(over=table))


def listed(app: TimelineApp) -> tuple[int, str]:
    """How many rows of the table are listed on the screen above, and under which query."""
    screen = app.screen
    assert isinstance(screen, MainScreen)
    assert isinstance(screen.state.view, TableView)
    return screen.state.view.count, str(screen.state.view.query)


async def test_enter_on_a_day_of_the_calendar_lists_its_rows(story: Path) -> None:
    app = app_over(story)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("6", "right", "enter")
        await pilot.pause()
        # A day on which the story has no event.
        assert listed(app) == (24, "2024-01-06")


async def test_an_event_leads_to_the_rows_of_its_day(story: Path) -> None:
    app = app_over(story)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert listed(app) == (24, "2024-01-05")


async def test_lanes_show_how_many_rows_the_table_has_and_a_click_there_lists_them(story: Path) -> None:
    app = app_over(story)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2")
        await pilot.pause()
        pane = main_screen(app).main_pane
        assert isinstance(pane, LanesPane)
        text = pane.picture.lines[1].text
        assert text.startswith(" rows.pa")
        # From 5 January to 5 March.
        assert " 1,464 " in text
        assert pane.place is not None
        assert pane.place.number_at(1) == -1
        assert pane.place.number_at(2) == 0
        place = pane.place.chart
        await pilot.click(pane, offset=(pane.gutter.left + place, pane.gutter.top + 1))
        await pilot.pause()
        assert listed(app) == (24, "2024-01-05")


async def test_columns_of_the_table_behind_are_taken_for_what_a_person_says(story: Path) -> None:
    app = app_over(story, {"title": "{people}: {title}"})
    async with app.run_test(size=WIDE) as pilot:
        app.action_rows()
        await pilot.pause()
        assert isinstance(app.screen, MainScreen)
        assert app.screen.state.view.title_of(96) == "Ann: Row 96"


async def test_mapping_in_the_rows_is_that_of_their_table(story: Path) -> None:
    app = app_over(story, {})
    async with app.run_test(size=WIDE) as pilot:
        below = app.screen
        app.action_rows()
        await pilot.pause()
        above = app.screen
        assert isinstance(above, MainScreen)
        app.action_mapping("title={people}: {title}")
        while above.state.view.title_of(96) != "Ann: Row 96":
            await pilot.pause(0.01)
        assert above.state.view.count == 24
        # Rows that are listed later are read in the same way.
        await pilot.press("escape")
        while app.screen is not below:
            await pilot.pause(0.01)
        app.action_rows()
        await pilot.pause()
        assert isinstance(app.screen, MainScreen)
        assert app.screen.state.view.title_of(96) == "Ann: Row 96"


async def test_without_a_table_rows_say_how_to_open_one(story: Path) -> None:
    opened = open_timeline(story, today=TODAY)
    app = TimelineApp(opened, lambda shown: View(shown.index, today=TODAY), Start())
    async with app.run_test(size=WIDE) as pilot:
        app.action_rows()
        app.action_take()
        await pilot.pause()
        messages = [notice.message for notice in app._notifications]
        assert any("--over TABLE" in message for message in messages)
        assert any("no row to take" in message for message in messages)

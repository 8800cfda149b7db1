"""Columns of others' data are seen and changed on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.import_loads import shown_by
from tests.support.screens import TODAY, screen_text, shows, type_text, until
from timeline_tui.loading.loader import Loading

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["tests.support.loading_fixtures"]
pytestmark = pytest.mark.usefixtures("own_temporary_folder")

TABLE = "occurred_at,seen,kind,place\n2021-03-04,2022-01-01,Raid,Lyon\n2021-03-05,2022-01-02,Talks,Rome\n"


async def test_a_column_is_taken_for_something_else_and_the_file_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLE)
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await until(pilot, lambda: loading.whole and not loading.pid and "2 events" in screen_text(app))
        await pilot.press(":")
        await type_text(pilot, "mapping")
        await pilot.press("enter")
        await shows(pilot, "the date (2 of 2 values are dates)")
        await pilot.press(":")
        await type_text(pilot, "mapping date=seen")
        await pilot.press("enter")
        await shows(pilot, "as you say")
        await pilot.press("escape")
        await shows(pilot, "January 2022")
        await pilot.press(":")
        await type_text(pilot, "mapping save")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "table.csv.mapping.toml").exists)
    assert (tmp_path / "table.csv.mapping.toml").read_text().endswith('date = "seen"\n')


async def test_a_column_that_is_not_there_is_reported_and_nothing_changes(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLE)
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await until(pilot, lambda: loading.whole and not loading.pid and "2 events" in screen_text(app))
        await pilot.press(":")
        await type_text(pilot, "mapping date=sen")
        await pilot.press("enter")
        await shows(pilot, "there is no column sen")
        await shows(pilot, "2 events")

"""Dates in the rows of the timeline that are longer than a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.support.screens import screen_text, selected_title, timeline_app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["under decades", "under years"])
def decades(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "decades.yaml"
    events = [
        ("201X", "The decade"), ("2010-03-02", "A day"), ("201X~", "About the decade"), ("2012", "A year"),
        ("2013-01/2013-08", "Some months"), ("2014-04-05", "Another day"),
    ]  # fmt: skip
    if request.param == "under decades":
        events += [("20XX", "The century"), ("1931-05-06", "An older day")]
    text = "".join(f"  - date: {date}\n    title: {title}\n" for date, title in events)
    path.write_text(f"title: x\nevents:\n{text}", encoding="utf-8")
    return path


def row_of(text: str, title: str) -> str:
    return next(line for line in text.splitlines() if f" {title} " in line and ("●" in line))


@pytest.mark.parametrize("width", [60, 80, 120, 180])
async def test_a_decade_and_a_century_have_their_date_in_the_row(decades: Path, width: int) -> None:
    app = timeline_app(decades)
    async with app.run_test(size=(width, 36)):
        shown = screen_text(app)
        assert "2010s " in row_of(shown, "The decade")
        assert "2010s~ " in row_of(shown, "About the decade")
        assert "The century" not in shown or "20XX " in row_of(shown, "The century")


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_days_counted_from_an_event_are_never_cut(decades: Path, width: int) -> None:
    app = timeline_app(decades)
    async with app.run_test(size=(width, 36)) as pilot:
        await pilot.press("g")
        while selected_title(app) != "A day":
            await pilot.press("j")
        await pilot.press("T")
        await pilot.pause()
        shown = screen_text(app)
        assert "T " in row_of(shown, "A day")
        assert " T-60→ " in row_of(shown, "The decade")
        assert " ~T-60→ " in row_of(shown, "About the decade")
        assert " T+1,036→ " in row_of(shown, "Some months")
        dates = [line.split("●")[0] for line in shown.splitlines() if "●" in line]
        assert not any("…" in date for date in dates)
        assert {cell_len(line) for line in shown.splitlines()} == {width}
        await pilot.press("T")
        await pilot.pause()
        assert "T-60" not in screen_text(app)


@pytest.mark.parametrize(("width", "clock"), [(60, "09:05 "), (120, "09:05:07 ")])
async def test_a_time_of_day_loses_its_seconds_before_it_is_cut(
    tmp_path: Path, width: int, clock: str
) -> None:
    path = tmp_path / "day.yaml"
    times = ("08:00:01", "09:05:07", "10:10:10")
    rows = "".join(f"  - date: 2024-11-01T{time}\n    title: At {time}\n" for time in times)
    path.write_text(f"title: x\nevents:\n{rows}", encoding="utf-8")
    app = timeline_app(path)
    async with app.run_test(size=(width, 36)):
        assert clock in row_of(screen_text(app), "At 09:05:07").split("●")[0]

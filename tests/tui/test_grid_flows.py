"""The calendar and the matrix of actors on the screen, from key and mouse to what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    NARROW,
    WIDE,
    answered,
    main_screen,
    screen_text,
    shows,
    timeline_app,
    type_text,
)
from timeline_tui.pictures.calendar import DAYS, MONTHS
from timeline_tui.tui.widgets import picture
from timeline_tui.tui.widgets.grids import CalendarPane, GridPane, WhoPane

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.pictures.grid import GridCell


def pane_of(app: App[None]) -> GridPane:
    (pane,) = (pane for pane in main_screen(app).query(GridPane) if pane.has_class("-shown"))
    return pane


def cell_of(app: App[None]) -> GridCell:
    """The selected cell."""
    pane = pane_of(app)
    assert pane.view is not None
    cell = pane.grid(pane.view, pane.content_size.width).cell(*pane.place)
    assert cell is not None
    return cell


@pytest.mark.parametrize("key", ["5", "6"])
async def test_enter_lists_as_many_events_as_the_selected_cell_says(key: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key, "0")
        events = cell_of(app).events
        assert events
        await pilot.press("enter")
        await answered(pilot)
        screen = main_screen(app)
        assert screen.timeline.has_focus
        assert screen.view is not None
        assert screen.view.count == events
        await pilot.press("b")
        await answered(pilot)
        assert pane_of(app).has_focus
        assert cell_of(app).events == events


@pytest.mark.parametrize(("key", "pane"), [("5", WhoPane), ("6", CalendarPane)])
async def test_a_picture_takes_the_place_of_the_list_or_of_another_picture(
    key: str, pane: type[GridPane]
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", key)
        screen = main_screen(app)
        assert isinstance(screen.main_pane, pane)
        assert screen.main_pane.display
        assert not screen.query_one("#lanes").display
        await pilot.press("2")
        assert screen.query_one("#lanes").display
        assert not screen.query_one(pane).display
        await pilot.press(key, key)
        assert screen.timeline.has_focus


async def test_the_calendar_begins_at_the_selected_event_and_follows_it() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("6")
        screen, pane = main_screen(app), pane_of(app)
        assert isinstance(pane, CalendarPane)
        assert screen.view is not None
        calendar = pane.calendar(screen.view)
        assert pane.place == calendar.place_of(MONTHS.name, screen.selected)
        await pilot.press("j", "j")
        assert pane.place == calendar.place_of(MONTHS.name, screen.selected)
        await pilot.press("plus")
        assert DAYS.name in screen_text(app)
        assert pane.place == calendar.place_of(DAYS.name, screen.selected)
        await pilot.press("minus")
        assert MONTHS.name in screen_text(app)


async def test_a_filter_and_a_typed_word_change_what_is_counted() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("colon")
        await type_text(pilot, "who against")
        await pilot.press("enter")
        assert "Who contradicts whom" in screen_text(app)
        await pilot.press("f")
        await type_text(pilot, "tag:nuclear")
        await pilot.press("enter")
        await answered(pilot)
        pane = pane_of(app)
        assert pane.view is not None
        assert str(pane.view.query) == "tag:nuclear"
        await pilot.press("full_stop")
        assert "Which publisher repeats which" in screen_text(app)


async def test_a_click_selects_a_cell_and_a_second_one_lists_its_events() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("6", "0")
        pane = pane_of(app)
        line, cell = pane.picture.cursor
        events = cell_of(app).events
        await pilot.press("g")
        assert pane.place[0] == 0
        await pilot.click(pane, offset=(cell + pane.gutter.left, line + pane.gutter.top))
        assert cell_of(app).events == events
        await pilot.click(pane, offset=(cell + pane.gutter.left, line + pane.gutter.top))
        await answered(pilot)
        screen = main_screen(app)
        assert screen.timeline.has_focus
        assert screen.view is not None
        assert screen.view.count == events


async def test_the_name_of_an_actor_leads_to_who_this_is() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("5")
        pane = pane_of(app)
        assert pane.view is not None
        name = pane.grid(pane.view, pane.content_size.width).rows[0].heading
        await pilot.click(pane, offset=(pane.gutter.left + 4, pane.gutter.top + 1))
        await pilot.pause()
        assert main_screen(app).page_pane is not None
        assert name


@pytest.mark.parametrize("key", ["5", "6"])
async def test_keys_that_a_grid_has_no_use_for_do_nothing(key: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(
            key, "z", "{", "}", "plus", "minus", "right", "left", "G", "g", "pagedown", "pageup"
        )
        assert pane_of(app).has_focus


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_grids_are_shown_in_every_size_and_without_events(size: tuple[int, int]) -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=size) as pilot:
        for key, title in (("5", "Who is"), ("6", "Calendar")):
            await pilot.press(key)
            assert title in screen_text(app)
        await pilot.press("f")
        await type_text(pilot, "word:nothing-of-the-kind")
        await pilot.press("enter")
        await answered(pilot)
        await pilot.press("5", "enter", "j", "full_stop", "6", "enter", "j", "full_stop")
        assert pane_of(app).has_focus


async def test_a_picture_that_comes_back_shows_the_view_of_now() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "1", "f")
        await type_text(pilot, "tag:nuclear")
        await pilot.press("enter")
        await answered(pilot)
        await pilot.press("2")
        await pilot.pause()
        screen = main_screen(app)
        assert screen.view is not None
        assert f"{screen.view.count} events" in str(screen.main_pane.border_title)


async def test_a_large_view_is_counted_beside_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "AT_ONCE", 0)
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("5")
        await shows(pilot, "Who is in events together")
        await pilot.press("full_stop")
        await shows(pilot, "Who speaks to whom")
        assert cell_of(app).events


async def test_the_events_of_the_selected_cell_stand_below_the_grid_and_can_be_clicked() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("6", "0")
        pane, events = pane_of(app), cell_of(app).events
        lines = pane.picture.lines
        listed = [number for number, line in enumerate(lines) if line.targets and line.targets[0].key >= 0]
        assert len(listed) == events or lines[-1].text == f"and {events - len(listed)} more events"
        wanted = lines[listed[1]].targets[0].key
        await pilot.click(pane, offset=(30 + pane.gutter.left, listed[1] + pane.gutter.top))
        await answered(pilot)
        assert main_screen(app).selected == wanted

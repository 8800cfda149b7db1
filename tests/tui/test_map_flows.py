"""The map on the screen, from key and mouse to what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    NARROW,
    WIDE,
    answered,
    main_screen,
    screen_text,
    selected_title,
    settled,
    timeline_app,
    type_text,
)
from timeline_tui.pictures.map_shown import window_of
from timeline_tui.query.language import AT
from timeline_tui.tui.widgets import picture
from timeline_tui.tui.widgets.map import MapPane

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.pictures.map_places import Spot
    from timeline_tui.pictures.map_window import MapWindow
    from timeline_tui.timeline.protocol import TimelineView


def map_pane(app: App[None]) -> MapPane:
    return main_screen(app).query_one(MapPane)


def shown(app: App[None]) -> TimelineView:
    view = main_screen(app).view
    assert view is not None
    return view


def spot(app: App[None]) -> Spot:
    """The selected place."""
    pane = map_pane(app)
    assert pane.view is not None
    assert pane.number >= 0
    return pane.places(pane.view).spots[pane.number]


def window(app: App[None]) -> MapWindow:
    pane = map_pane(app)
    assert pane.view is not None
    return window_of(pane.places(pane.view), pane.shown, pane.laid_out.size)


def wheel(pane: MapPane, kind: type[MouseScrollUp | MouseScrollDown]) -> MouseScrollUp | MouseScrollDown:
    """A step of the wheel over the map."""
    x, y = pane.region.x + 9, pane.region.y + 5
    return kind(pane, x, y, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)


async def test_the_map_stands_where_the_timeline_stands_with_the_same_event_and_filter() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        title = selected_title(app)
        await pilot.press("4")
        await settled(pilot)
        assert map_pane(app).has_focus
        assert not main_screen(app).timeline.display
        assert selected_title(app) == title
        assert "Map · " in screen_text(app)
        assert "Not on the map" in screen_text(app)
        await pilot.press("f")
        await type_text(pilot, "at:pyongyang")
        await pilot.press("enter")
        await settled(pilot)
        assert "18 events at 1 place" in str(map_pane(app).border_title)
        await pilot.press("1")
        assert main_screen(app).timeline.has_focus
        assert not map_pane(app).display


async def test_arrows_go_from_place_to_place_and_keep_to_the_day() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4")
        await settled(pilot)
        assert spot(app).id == "pyongyang"
        first = main_screen(app).selected
        await pilot.press("left")
        await settled(pilot)
        assert spot(app).lon < 125.7
        await pilot.press("up", "right", "down", "down", "right")
        await settled(pilot)
        assert main_screen(app).selected in spot(app).keys
        for _ in range(8):
            await pilot.press("right")
            await settled(pilot)
            if spot(app).id == "pyongyang":
                break
        assert map_pane(app)._day == map_pane(app).places(shown(app)).day_of(first)


async def test_the_first_and_the_last_event_of_a_place() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4")
        await settled(pilot)
        await pilot.press("G")
        await settled(pilot)
        here = spot(app)
        assert main_screen(app).selected == here.keys[-1]
        await pilot.press("g")
        await settled(pilot)
        assert spot(app) == here
        assert main_screen(app).selected == here.keys[0]


async def test_enter_lists_exactly_the_events_of_the_place_and_b_leads_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4")
        await settled(pilot)
        here = spot(app)
        await pilot.press("enter")
        await answered(pilot)
        screen = main_screen(app)
        assert screen.timeline.has_focus
        assert list(shown(app).keys) == list(here.keys)
        assert shown(app).query.values(AT) == (here.id,)
        await pilot.press("b")
        await answered(pilot)
        await settled(pilot)
        assert map_pane(app).has_focus
        assert spot(app).id == here.id


async def test_zoom_pan_and_fit() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4")
        await settled(pilot)
        whole = window(app)
        await pilot.press("plus", "equals_sign")
        zoomed = window(app)
        assert zoomed.step == whole.step / 4
        assert map_pane(app).picture.cursor[0] >= 0
        await pilot.press("{")
        assert window(app).lon < zoomed.lon
        await pilot.press("}", "pageup")
        assert window(app).lat > zoomed.lat
        await pilot.press("pagedown", "minus")
        assert window(app).step == whole.step / 2
        await pilot.press("0")
        assert window(app) == whole


async def test_a_selection_from_elsewhere_comes_into_sight() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4", *["plus"] * 6)
        await settled(pilot)
        await pilot.press("slash")
        await type_text(pilot, "bundestag")
        await pilot.press("escape", "1", "G", "4")
        await settled(pilot)
        pane = map_pane(app)
        assert pane.number < 0 or pane.picture.cursor != (-1, -1)


async def test_the_map_stands_still_when_the_clock_goes_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("4")
        await settled(pilot)
        before = window(app)
        await pilot.press("<", "<")
        await settled(pilot)
        assert shown(app).known_on is not None
        # The line of the clock takes a line of the map.
        assert (window(app).lon, window(app).step) == (before.lon, before.step)


async def test_space_plays_the_clock_on_a_map_that_stands_still() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("4")
        await settled(pilot)
        film = main_screen(app).film
        film.clock = lambda: now[0]
        now = [0.0]
        await pilot.press("space")
        await answered(pilot)
        assert map_pane(app).is_played
        titles, windows = [], set()
        for seconds in (0.0, 4.0, 8.0):
            now[0] = seconds
            film.tick()
            await answered(pilot)
            titles.append(map_pane(app).picture.title)
            windows.add(window(app))
        await pilot.press("x")
        assert not main_screen(app).film.is_playing
        assert len(set(titles)) == 3
        assert len(windows) == 1


async def test_the_moves_of_an_actor_are_drawn_with_a_key_and_by_name() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4", "full_stop")
        await settled(pilot)
        assert "moves of North Korea" in str(map_pane(app).border_title)
        await pilot.press("colon")
        await type_text(pilot, "map choe")
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert "moves of Choe Son-hui" in str(map_pane(app).border_title)


async def test_a_click_selects_a_place_and_another_one_lists_its_events() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4")
        await settled(pilot)
        pane = map_pane(app)
        left, top = pane.content_region.offset
        line = next(at for at, each in enumerate(pane.picture.lines) if "Seoul" in each.text[-30:])
        at = (left + pane.laid_out.aside + 3, top + line)
        await pilot.click(offset=at)
        await settled(pilot)
        assert spot(app).id == "seoul"
        line, cell = pane.picture.cursor
        await pilot.click(offset=(left + cell, top + line))
        await answered(pilot)
        assert shown(app).query.values(AT) == ("seoul",)


async def test_the_mouse_drags_the_map_and_the_wheel_zooms_about_it() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4", "plus", "plus")
        await settled(pilot)
        pane, before = map_pane(app), window(app)
        selected = main_screen(app).selected
        left, top = pane.content_region.offset
        await pilot.mouse_down(offset=(left + 30, top + 5))
        await pilot.hover(offset=(left + 20, top + 8))
        await pilot.mouse_up(offset=(left + 20, top + 8))
        after = window(app)
        assert after.lon > before.lon
        assert after.lat > before.lat
        assert main_screen(app).selected == selected
        pane.post_message(wheel(pane, MouseScrollUp))
        await settled(pilot)
        assert window(app).step == after.step / 2
        pane.post_message(wheel(pane, MouseScrollDown))
        await settled(pilot)
        assert window(app).step == after.step


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, (40, 12), (300, 60)])
async def test_in_every_size_the_map_is_drawn(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("4")
        await settled(pilot)
        assert map_pane(app).picture.lines


async def test_a_file_without_coordinates_says_so() -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("4", "right", "enter", "full_stop", "plus", "0", "G", "pagedown")
        await settled(pilot)
        assert "No event here is at a place with coordinates." in screen_text(app)


async def test_many_events_are_counted_beside_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "AT_ONCE", 10)
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "4")
        await settled(pilot)
        assert "113 of 115 events" in str(map_pane(app).border_title)
        assert spot(app).id == "pyongyang"

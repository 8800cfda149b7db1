"""Two clocks on the screen, from key and mouse to what is seen."""

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
    selected_title,
    shows,
    timeline_app,
    type_text,
)
from timeline_tui.pictures.clocks import BY
from timeline_tui.query.language import DURING
from timeline_tui.tui.widgets import picture
from timeline_tui.tui.widgets.clocks import ClocksPane

if TYPE_CHECKING:
    from textual.app import App


def pane_of(app: App[None]) -> ClocksPane:
    return main_screen(app).query_one(ClocksPane)


async def test_two_clocks_stand_where_the_timeline_stands_with_the_same_event_and_filter() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        title = selected_title(app)
        await pilot.press("3")
        assert pane_of(app).has_focus
        assert selected_title(app) == title
        assert "Two clocks: events" in screen_text(app)
        assert "known on " in str(pane_of(app).border_subtitle)
        await pilot.press("f")
        await type_text(pilot, "tag:nuclear")
        await pilot.press("enter")
        view = main_screen(app).view
        assert view is not None
        assert f"{view.count} events" in str(pane_of(app).border_title)
        await pilot.press("3")
        assert main_screen(app).timeline.has_focus


async def test_arrows_go_through_what_happened_and_up_and_down_through_what_became_known() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "g")
        assert main_screen(app).selected == 0
        await pilot.press("right", "right", "left")
        assert main_screen(app).selected == 1
        scene = pane_of(app).scene
        assert scene is not None
        before = scene.place_of(main_screen(app).selected)[0]
        await pilot.press("up")
        assert scene.place_of(main_screen(app).selected)[0] > before
        await pilot.press("down")
        assert scene.place_of(main_screen(app).selected)[0] == before
        await pilot.press("G")
        view = main_screen(app).view
        assert view is not None
        assert main_screen(app).selected == view.keys[-1]
        await pilot.press("pagedown", "pageup")
        assert pane_of(app).picture.cursor[0] >= 0


async def test_zoom_pan_fit_and_fold() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "G", "plus", "equals_sign")
        zoomed = pane_of(app).shown.window
        assert zoomed is not None
        await pilot.press("{")
        panned = pane_of(app).shown.window
        assert panned is not None
        assert panned.last < zoomed.last
        await pilot.press("}", "minus", "minus")
        assert pane_of(app).shown.window is None
        await pilot.press("plus", "0")
        assert pane_of(app).shown.window is None
        assert "folded" in pane_of(app).picture.title
        await pilot.press("z")
        assert "folded" not in pane_of(app).picture.title


async def test_the_dot_goes_through_all_that_becomes_known_and_a_word_names_it() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3")
        seen = []
        for _ in BY:
            seen.append(pane_of(app).shown.by)
            assert "Two clocks: " in screen_text(app)
            await pilot.press("full_stop")
        assert tuple(seen) == BY
        await pilot.press(":")
        await type_text(pilot, "clocks quote-delays")
        await pilot.press("enter")
        assert "Two clocks: quotes by delay" in screen_text(app)


async def test_a_selection_from_elsewhere_comes_into_sight() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "g", *["plus"] * 5)
        await pilot.press("t")
        await type_text(pilot, "1 nov 2024")
        await pilot.press("enter")
        assert pane_of(app).has_focus
        assert pane_of(app).picture.cursor[0] >= 0


async def test_a_click_selects_the_event_and_a_drag_on_the_axis_makes_a_window() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "G")
        pane, last = pane_of(app), main_screen(app).selected
        scene = pane.scene
        assert scene is not None
        row, column = scene.place_of(0)
        place = pane.gutter.left + scene.chart + column, pane.gutter.top + len(scene.bands) - 1 - row
        await pilot.click(pane, offset=place)
        assert main_screen(app).selected == 0
        assert last
        line = pane.gutter.top + scene.axis_line
        await pilot.mouse_down(pane, offset=(scene.chart + 11, line))
        await pilot.hover(pane, offset=(scene.chart + 31, line))
        await pilot.mouse_up(pane, offset=(scene.chart + 31, line))
        await answered(pilot)
        view = main_screen(app).view
        assert view is not None
        assert view.query.values(DURING)
        await pilot.press("escape")
        assert not main_screen(app).state.next_view.query.values(DURING)


async def test_a_drag_in_the_picture_moves_the_days() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "G", "plus", "plus")
        pane, before = pane_of(app), pane_of(app).shown.window
        await pilot.mouse_down(pane, offset=(40, 3))
        await pilot.hover(pane, offset=(60, 3))
        await pilot.mouse_up(pane, offset=(60, 3))
        after = pane.shown.window
        assert before is not None
        assert after is not None
        assert after.first < before.first


async def test_enter_reads_the_event_and_escape_goes_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "enter")
        assert main_screen(app).event_pane.has_focus
        await pilot.press("escape")
        assert pane_of(app).has_focus


async def test_many_events_are_counted_in_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "AT_ONCE", 0)
    app = timeline_app(HARBOUR)
    async with app.run_test(size=MEDIUM) as pilot:
        await pilot.press("3")
        await shows(pilot, "Two clocks: events")
        await pilot.press("plus", "full_stop", "full_stop", "full_stop")
        await shows(pilot, "Two clocks: what changed")


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, (40, 12)])
async def test_two_clocks_have_room_at_every_size(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("3", "plus", "up", "left", ".", "minus", "0", "z")
        assert pane_of(app).picture.lines

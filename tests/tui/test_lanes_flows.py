"""Lanes on the screen, from key and mouse to what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    INCIDENT,
    MEDIUM,
    NARROW,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    timeline_app,
    type_text,
)
from timeline_tui.pictures.lane_groups import BY
from timeline_tui.query.language import DURING
from timeline_tui.tui.widgets.lanes import LanesPane

if TYPE_CHECKING:
    from textual.app import App


def lanes_pane(app: App[None]) -> LanesPane:
    return main_screen(app).query_one(LanesPane)


def lane(app: App[None]) -> str:
    """The name of the selected lane."""
    pane = lanes_pane(app)
    view, place = pane.view, pane.place
    assert view is not None
    assert place is not None
    return pane.lanes(view).lanes[place.selected].name


async def test_lanes_stand_where_the_timeline_stands_with_the_same_event_and_filter() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        title = selected_title(app)
        await pilot.press("2")
        assert lanes_pane(app).has_focus
        assert not main_screen(app).timeline.display
        assert selected_title(app) == title
        assert "Lanes by actor" in screen_text(app)
        assert "North Korea" in screen_text(app)
        await pilot.press("f")
        await type_text(pilot, "tag:nuclear")
        await pilot.press("enter")
        view = main_screen(app).view
        assert view is not None
        assert f"{view.count} events" in str(lanes_pane(app).border_title)
        await pilot.press("1")
        assert main_screen(app).timeline.has_focus
        assert not lanes_pane(app).display


async def test_arrows_go_along_a_lane_and_from_lane_to_lane() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "g")
        first, start = lane(app), main_screen(app).selected
        await pilot.press("right", "right")
        assert lane(app) == first
        assert main_screen(app).selected > start
        await pilot.press("left", "left")
        assert main_screen(app).selected == start
        await pilot.press("j")
        assert lane(app) != first
        await pilot.press("k")
        assert lane(app) == first
        await pilot.press("G")
        last = main_screen(app).selected
        await pilot.press("right")
        assert main_screen(app).selected == last
        assert lane(app) == first


async def test_one_lane_down_and_up_again_keeps_to_the_day() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "g", *["right"] * 12)
        here = main_screen(app).selected
        await pilot.press("j", "j", "j", "k", "k", "k")
        view = main_screen(app).view
        assert view is not None
        days = [view.sort_key(key)[0] for key in (here, main_screen(app).selected)]
        assert days[0] == days[1]


async def test_zoom_pan_and_fit() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "G")
        assert lanes_pane(app).shown.window is None
        await pilot.press("plus", "equals_sign")
        zoomed = lanes_pane(app).shown.window
        assert zoomed is not None
        assert lanes_pane(app).picture.cursor[0] > 0
        await pilot.press("{")
        panned = lanes_pane(app).shown.window
        assert panned is not None
        assert panned.last < zoomed.last
        assert panned.days == zoomed.days
        await pilot.press("}", "minus", "minus")
        assert lanes_pane(app).shown.window is None
        await pilot.press("plus", "0")
        assert lanes_pane(app).shown.window is None


async def test_a_selection_from_elsewhere_comes_into_sight() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "g", *["plus"] * 5)
        await pilot.press("t")
        await type_text(pilot, "1 nov 2024")
        await pilot.press("enter")
        assert lanes_pane(app).has_focus
        assert lanes_pane(app).picture.cursor[0] > 0


async def test_silences_fold_and_unfold() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "z")
        assert "folded" in lanes_pane(app).picture.title
        assert not main_screen(app).two_lines
        await pilot.press("z")
        assert "folded" not in lanes_pane(app).picture.title


async def test_the_dot_goes_through_everything_that_lanes_can_be_by() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2")
        seen = []
        for _ in BY[:-1]:
            seen.append(lanes_pane(app).shown.by)
            assert f"by {seen[-1]}" in screen_text(app)
            await pilot.press("full_stop")
        assert tuple(seen) == BY[: BY.index("file")]
        assert lanes_pane(app).shown.by == "actor"


async def test_lanes_are_ordered_and_chosen_by_name() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("colon")
        await type_text(pilot, "lanes first")
        await pilot.press("enter")
        pane = lanes_pane(app)
        assert pane.shown.order == "first"
        await pilot.press("colon")
        await type_text(pilot, "lanes kind")
        await pilot.press("enter")
        assert pane.shown.by == "kind"
        assert pane.has_focus


async def test_enter_reads_and_escape_goes_back_step_by_step() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "enter")
        assert main_screen(app).event_pane.has_focus
        await pilot.press("escape")
        assert lanes_pane(app).has_focus
        await pilot.press("c")
        await pilot.press("escape")
        assert lanes_pane(app).has_focus
        await pilot.press("escape")
        assert main_screen(app).timeline.has_focus


async def test_a_window_of_time_is_a_filter_that_escape_clears_before_the_rest() -> None:
    app = timeline_app(BUNDLED, query="actor:russia")
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        assert screen.view is not None
        before = screen.view.count
        await pilot.press("2", "colon")
        await type_text(pilot, "window oct 2024..nov 2024")
        await pilot.press("enter")
        assert screen.view.query.values(DURING)
        assert 0 < screen.view.count < before
        await pilot.press("escape")
        assert str(screen.view.query) == "actor:russia"
        await pilot.press("escape")
        assert not screen.view.query
        assert lanes_pane(app).has_focus


async def test_a_drag_on_the_axis_makes_a_window_of_time() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2")
        pane, screen = lanes_pane(app), main_screen(app)
        place = pane.place
        assert place is not None
        assert screen.view is not None
        before = screen.view.count
        # The first line of the pane is its border.
        await pilot.mouse_down(pane, offset=(place.chart + 10, 1))
        await pilot.hover(pane, offset=(place.chart + 40, 1))
        await pilot.mouse_up(pane, offset=(place.chart + 40, 1))
        await pilot.pause()
        assert 0 < screen.view.count < before
        assert len(screen.view.query.values(DURING)) == 1
        assert screen.view.span[0] >= 0


async def test_a_drag_along_hours_shows_these_hours_of_the_days_that_they_are_on() -> None:
    app = timeline_app(INCIDENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "j", "right", "right", *["plus"] * 6)
        pane, screen = lanes_pane(app), main_screen(app)
        zoomed, place = pane.shown.window, pane.place
        assert zoomed is not None
        assert zoomed.days < 4 * 3600
        assert place is not None
        assert "14 April 1970 0" in str(pane.border_title)
        cell = pane.picture.cursor[1]
        await pilot.mouse_down(pane, offset=(cell - 6, 1))
        await pilot.hover(pane, offset=(cell + 12, 1))
        await pilot.mouse_up(pane, offset=(cell + 12, 1))
        await pilot.pause()
        assert screen.view is not None
        assert screen.view.query.values(DURING) == ("1970-04-14",)
        assert pane.shown.window is not None
        assert pane.shown.window.days < zoomed.days


async def test_a_drag_in_the_lanes_moves_the_days_and_selects_nothing() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "G", "plus", "plus")
        pane, here = lanes_pane(app), main_screen(app).selected
        before, place = pane.shown.window, pane.place
        assert before is not None
        assert place is not None
        await pilot.mouse_down(pane, offset=(place.chart + 10, 6))
        await pilot.hover(pane, offset=(place.chart + 30, 6))
        await pilot.mouse_up(pane, offset=(place.chart + 30, 6))
        await pilot.pause()
        assert pane.shown.window is not None
        assert pane.shown.window.first < before.first
        assert main_screen(app).selected == here


async def test_a_click_selects_the_event_of_a_cell_and_the_lane() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "g")
        pane = lanes_pane(app)
        place, view = pane.place, pane.view
        assert place is not None
        assert view is not None
        row = 6
        line = pane.picture.lines[row]
        at, target = 0, None
        for span in line.spans:
            if span.target is not None and span.target.leads == "event":
                target = span.target
                break
            at += len(span.text)
        assert target is not None
        await pilot.click(pane, offset=(at, row + 1))
        assert main_screen(app).selected == target.key
        assert pane.lanes(view).lanes[place.number_at(row)].name == lane(app)


async def test_back_leads_from_the_list_to_the_lanes_again() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "1", "b")
        assert lanes_pane(app).has_focus
        await pilot.press("b")
        assert main_screen(app).timeline.has_focus


async def test_the_overview_shows_which_days_are_in_sight() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "g")
        screen = main_screen(app)
        assert screen.view is not None
        assert screen.visible_range == (0, screen.view.count - 1)
        await pilot.press("plus", "plus")
        assert screen.visible_range[0] == 0
        assert screen.visible_range[1] < screen.view.count - 1
        await pilot.press("1")
        assert screen.visible_range == screen.timeline.visible_range


@pytest.mark.parametrize("query", ["nothing-like-this", "title"])
async def test_an_empty_view_says_what_to_do(query: str) -> None:
    app = timeline_app(HARBOUR, query=query)
    async with app.run_test(size=MEDIUM) as pilot:
        await pilot.press(
            "2", "j", "right", "plus", "z", "full_stop", "pagedown", "0", "}", "G", "enter", "escape"
        )
        assert "No event matches" in screen_text(app)


async def test_under_the_clock_and_without_a_source_lanes_show_the_events_of_the_view() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "v")
        await type_text(pilot, "3 nov 2024")
        await pilot.press("enter")
        pane = lanes_pane(app)
        assert pane.view is not None
        assert pane.view.known_on is not None
        assert f"{pane.view.count} events" in pane.picture.title
        assert pane.view.count < pane.view.total


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, (40, 12), (200, 60)])
async def test_lanes_fit_any_terminal(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "j", "right", "plus", "pagedown")
        assert lanes_pane(app).display
        assert "▌" in screen_text(app)
        await pilot.resize_terminal(100, 30)
        assert lanes_pane(app).picture.cursor[0] > 0

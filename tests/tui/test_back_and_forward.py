"""Every place that one has looked at can be gone back to, as it was left."""

from __future__ import annotations

import pytest

from tests.support.screens import (
    BUNDLED,
    WIDE,
    main_screen,
    selected_title,
    shows,
    timeline_app,
    type_text,
)
from tests.support.stories import event, story
from timeline_tui.tui.open_page import PageKind
from timeline_tui.tui.state import ScreenState

FIRST = "Russian forces enter Ukraine"


async def test_back_leads_to_the_event_where_a_jump_began_and_not_to_each_row_between() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        before = selected_title(app)
        await pilot.press("t")
        await type_text(pilot, "nov 2024")
        await pilot.press("enter", "j", "j", "j")
        there = selected_title(app)
        await pilot.press("b")
        assert selected_title(app) == before
        await pilot.press("B")
        assert selected_title(app) == there


@pytest.mark.parametrize("back", ["b", "ctrl+o"])
async def test_back_undoes_filters_clocks_and_pages_one_by_one(back: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)

        def shown() -> tuple[str, bool, bool]:
            view = screen.state.view
            return str(view.query), view.known_on is not None, screen.open_page is not None

        await pilot.press("f")
        await type_text(pilot, "kind:vote")
        await pilot.press("enter", "less_than_sign", "x")
        places = [shown()]
        for _ in range(3):
            await pilot.press(back)
            places.append(shown())
        assert places == [
            ("kind:vote", True, True),
            ("kind:vote", True, False),
            ("kind:vote", False, False),
            ("", False, False),
        ]
        assert selected_title(app) == FIRST
        await pilot.press("B", "B", "B")
        assert shown() == places[0]


async def test_back_to_a_page_finds_the_line_that_was_left() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        screen.go_to_event(screen.state.view.key_of("treaty-signing") or 0)
        await pilot.press("i", "j", "j", "j", "j")
        pane = screen.page_pane
        assert pane is not None
        left = pane.target
        await pilot.press("enter", "b")
        assert screen.page_pane is not None
        assert screen.page_pane.target == left


async def test_escape_on_a_page_leads_to_the_page_before_and_then_to_the_timeline() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("x", "l", "c")
        shown = []
        for _ in range(3):
            await pilot.press("escape")
            shown.append(screen.open_page and screen.open_page.kind)
        assert shown == [PageKind.LINKS, PageKind.SOURCES, None]
        assert screen.timeline.has_focus


async def test_turning_the_questions_of_a_page_is_no_way_to_walk_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("c", *"]]]", "escape")
        assert screen.open_page is None


async def test_what_a_cancelled_prompt_showed_is_no_place_to_go_back_to() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f")
        await type_text(pilot, "kind:vote")
        await pilot.press("escape", "b")
        await shows(pilot, "There is nothing further back.")
        await pilot.press("B")
        await shows(pilot, "There is nothing further forward.")


@pytest.mark.parametrize("size", [WIDE, (60, 20)])
async def test_half_a_page_down_and_up_leads_back_to_about_the_same_event(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        screen = main_screen(app)
        await pilot.press("pagedown")
        page = screen.selected
        await pilot.press("g", "ctrl+d")
        half = screen.selected
        assert 0 < half < page
        await pilot.press("ctrl+u")
        assert screen.selected < half


def test_a_place_is_found_again_in_a_file_that_was_read_again_and_changed() -> None:
    events = [event(f"2024-01-0{day}", f"Event {day}", id=f"e{day}") for day in range(1, 6)]
    state = ScreenState.first(story(*events), 0)
    place = state.select(2).visited()
    later = ScreenState.first(story(event("2023-12-01", "Before them", id="e0"), *events), 0)
    assert later.return_to(place).selected == 3
    gone = ScreenState.first(story(*events[:2]), 0)
    assert gone.return_to(place).selected == gone.selected

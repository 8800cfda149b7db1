"""Presenting: steps by keys and mouse, numbers, notes, a blank screen, and back to the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    NARROW,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    settled,
    shows,
    timeline_app,
    type_text,
    until,
)
from timeline_tui.tui.screens.present import PresentScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])


def step_of(pilot: Pilot[None]) -> int:
    """The number of the step that is shown."""
    assert isinstance(pilot.app.screen, PresentScreen)
    return pilot.app.screen.presented.number


@SIZES
async def test_a_story_is_told_step_by_step_with_a_number_notes_and_a_blank_screen(
    size: tuple[int, int],
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("P")
        await shows(pilot, "ONE PLEDGE IN ELEVEN")
        await pilot.press("space", "space")
        await shows(pilot, "2 of 9")
        await pilot.press("b")
        await shows(pilot, "CHOE TRAVELS FROM PYONGYANG")
        await pilot.press("n")
        await shows(pilot, "Sources differ on the days")
        await pilot.press("n", "full_stop")
        await settled(pilot)
        assert "CHOE TRAVELS" not in screen_text(app)
        await pilot.press("space")
        await shows(pilot, "CHOE TRAVELS")
        await pilot.press("6")
        await shows(pilot, "go to step 6 of 9: Enter")
        await pilot.press("enter")
        await shows(pilot, "UNSIGNED ARTICLE JOINS SATIRE")
        await pilot.press("4", "1", "backspace", "escape")
        await settled(pilot)
        assert step_of(pilot) == 6
        await pilot.press("G", "space")
        await settled(pilot)
        assert step_of(pilot) == 9
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_screen(app))


async def test_a_long_step_is_scrolled_before_the_next_one_comes() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("P", "3", "enter")
        await shows(pilot, "more lines")
        for _ in range(12):
            if step_of(pilot) == 4:
                break
            await pilot.press("space")
            await settled(pilot)
        assert step_of(pilot) == 4


async def test_enter_leads_to_the_event_of_the_step_in_the_timeline() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("P", "5", "enter")
        await shows(pilot, "LAVROV AND CHOE UNVEIL")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is main_screen(app))
        await until(pilot, lambda: selected_title(app).startswith("Lavrov and Choe unveil"))


async def test_without_stories_the_events_in_view_are_presented_from_the_selected_one_on() -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=MEDIUM) as pilot:
        await settled(pilot)
        await pilot.press("j", "P")
        await shows(pilot, selected_title(app).upper()[:30])
        assert step_of(pilot) == 2


async def test_the_mouse_goes_on_and_back_and_the_wheel_scrolls() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=MEDIUM) as pilot:
        await settled(pilot)
        await pilot.press("P")
        await settled(pilot)
        await pilot.click("StepPane", offset=(60, 5))
        await settled(pilot)
        assert step_of(pilot) == 1
        await pilot.click("StepPane", offset=(3, 5))
        await settled(pilot)
        assert step_of(pilot) == 0


async def test_a_story_is_chosen_from_the_list_of_stories_and_by_name() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_text(pilot, ":stories")
        await pilot.press("enter")
        await shows(pilot, "What was known when: the road to Kursk")
        await pilot.press("j", "enter")
        await shows(pilot, "WHAT WAS KNOWN WHEN")
        await pilot.press("q")
        await until(pilot, lambda: app.screen is main_screen(app))
        await type_text(pilot, ":present pledge")
        await pilot.press("enter")
        await shows(pilot, "ONE PLEDGE IN ELEVEN")


async def test_what_is_shown_is_added_as_a_step_after_it_was_shown_and_undone(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    file.write_bytes(BUNDLED.read_bytes())
    before = file.read_bytes()
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_text(pilot, ":story add Here it begins.")
        await pilot.press("enter")
        await shows(pilot, "Not written yet")
        assert file.read_bytes() == before
        await pilot.press("enter")
        await until(pilot, lambda: file.read_bytes() != before)
        added = file.read_bytes()
        assert b"      - event: invasion\n        text: Here it begins.\n" in added
        await until(pilot, lambda: app.screen is main_screen(app))
        await pilot.press("U")
        await shows(pilot, "Not written yet")
        await pilot.press("enter")
        await until(pilot, lambda: file.read_bytes() == before)

"""Keys that do nothing: what is said of them."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll

from tests.support.screens import MEDIUM, timeline_app
from timeline_tui.tui import dead_keys
from timeline_tui.tui.keys import COMMANDS, Pane

TIMELINE = (Pane.LIST, Pane.TIMELINE, Pane.SCREEN)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("f1", "?: keys and help"),
        ("ctrl+f", "/: find"),
        ("J", "Is Caps Lock on?"),
        ("space", "Space works"),
        ("right", "Right works"),
        ("f12", "? shows every key"),
        ("backspace", "Esc: one step back"),
    ],
)
def test_a_dead_key_says_what_it_may_have_meant(key: str, words: str) -> None:
    assert words in dead_keys.meaning(key, key, TIMELINE)


def test_no_habit_is_a_key_that_does_something_everywhere() -> None:
    bound = {key for command in COMMANDS if command.pane is Pane.SCREEN for key in command.keys.split(",")}
    assert not bound & set(dead_keys._HABITS)


def test_every_habit_names_a_command() -> None:
    for key in dead_keys._HABITS:
        assert dead_keys.meaning(key, key, TIMELINE)


async def test_ctrl_d_and_ctrl_u_scroll_the_help_by_half_a_page() -> None:
    app = timeline_app()
    async with app.run_test(size=MEDIUM) as pilot:
        await pilot.press("question_mark")
        page = app.screen.query_one(VerticalScroll)
        half = page.size.height // 2
        await pilot.press("ctrl+d", "ctrl+d")
        assert page.scroll_offset.y == 2 * half
        await pilot.press("ctrl+u")
        assert page.scroll_offset.y == half

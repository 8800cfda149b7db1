"""Text that is pasted into a prompt."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from tests.support.screens import WIDE, main_screen, shows, timeline_app

PASTED = [
    ("one line", "one line"),
    ("first\nsecond", "first second"),
    ("first\r\nsecond\r\n", "first second"),
    ("\n\nfirst\n\n\nsecond\tthird\n", "first second third"),
    ("a\x1b[31m\nb", "a‹U+001B›[31m b"),
    ("one\u2028two", "one‹U+2028›two"),
]


@pytest.mark.parametrize("prompt", ["slash", "f", "t", "v"])
async def test_all_lines_of_a_paste_are_kept(prompt: str) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        for pasted, value in PASTED:
            await pilot.press(prompt)
            app.post_message(events.Paste(pasted))
            await pilot.pause()
            assert main_screen(app).prompt.text == value
            await pilot.press("ctrl+u", "escape")


async def test_a_notice_says_that_lines_were_joined() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f")
        app.post_message(events.Paste("kind:vote\nwall\n"))
        await shows(pilot, "2 lines were pasted as one.")


async def test_a_paste_that_is_too_long_is_refused_and_keeps_what_was_typed() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f", "a")
        app.post_message(events.Paste("x" * 1000))
        await shows(pilot, "too long to paste: up to 1,000 characters")
        assert main_screen(app).prompt.text == "a"


async def test_the_palette_takes_all_lines_of_a_paste_too() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("ctrl+p")
        app.post_message(events.Paste("next\nevent"))
        await pilot.pause()
        assert app.screen.query_one(Input).value == "next event"


async def test_a_paste_outside_a_prompt_does_nothing() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        app.post_message(events.Paste("q\nq"))
        await pilot.pause()
        assert app.is_running

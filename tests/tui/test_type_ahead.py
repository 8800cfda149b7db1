"""Keys typed all at once do what the same keys do when they are typed one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.widgets import Input

from tests.support.random_walk import bytes_of, type_bytes
from tests.support.screens import BUNDLED, MEDIUM, WIDE, main_screen, selected_title, timeline_app

if TYPE_CHECKING:
    from timeline_tui.tui.app import TimelineApp


async def typed(app: TimelineApp, keys: str, *, at_once: bool) -> tuple[object, ...]:
    """Where one is after some keys: the screen, what has the focus, what is shown, selected and typed."""
    async with app.run_test(size=MEDIUM, notifications=True) as pilot:
        names = keys.split()
        if at_once:
            type_bytes(pilot, b"".join(map(bytes_of, names)))
            await pilot.pause()
        else:
            await pilot.press(*names)
        await pilot.pause()
        fields = [line.value for line in app.screen.query(Input)]
        return type(app.screen), type(app.focused), main_screen(app)._here(), fields


@pytest.mark.parametrize(
    "keys",
    [
        ": q u e s t i o n s enter j enter j",
        ": l a n e s enter right right",
        ": g o t o enter 2 0 2 4 enter j",
        "c j j enter j",
        "x j space j",
        "s j j",
        "w b j",
        "/ t r o o p s enter n j",
        "v 2 0 2 4 enter > j",
        "f t r o o p s enter f backspace backspace",
        "6 right down enter j",
        "a j space j space enter j",
        "? f i l t e r",
        "o j",
        "c c c j",
    ],
)
async def test_keys_in_one_burst_do_what_they_do_one_by_one(keys: str) -> None:
    slowly = await typed(timeline_app(BUNDLED), keys, at_once=False)
    assert await typed(timeline_app(BUNDLED), keys, at_once=True) == slowly


async def test_a_key_right_after_the_terminal_has_grown_again_reaches_the_timeline() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        before = selected_title(app)
        await pilot.resize_terminal(1, 1)
        assert isinstance(app._driver, HeadlessDriver)
        app._driver._size = WIDE
        app.post_message(events.Resize(Size(*WIDE), Size(*WIDE)))
        type_bytes(pilot, b"j")
        for _ in range(20):
            await pilot.pause()
        assert selected_title(app) != before

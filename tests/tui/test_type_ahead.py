"""Keys typed all at once do what the same keys do when they are typed one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.support.random_walk import bytes_of, type_bytes
from tests.support.screens import BUNDLED, MEDIUM, main_screen, timeline_app

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

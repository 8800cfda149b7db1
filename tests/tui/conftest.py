"""Applications under test are waited for no longer than they work, and paint when a test can look."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from tests.support.idle import FRAME, wait_for_answer, wait_for_idle

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    press = Pilot.press

    async def press_and_paint(pilot: Pilot[object], *keys: str) -> None:
        await press(pilot, *keys)
        await wait_for_idle()

    # Between the keys of one call nobody looks at the screen.
    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_answer)
    monkeypatch.setattr(Pilot, "press", press_and_paint)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", FRAME)


@pytest.fixture(autouse=True)
def _fewer_collections() -> Iterator[None]:
    """Objects come and go so fast in an application that a tenth of its time went into finding circles."""
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    yield
    gc.set_threshold(*usual)

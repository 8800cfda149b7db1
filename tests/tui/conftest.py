"""Applications under test paint as soon as there is something to paint, and are waited for no longer."""

from __future__ import annotations

import pytest

from tests.support.idle import FRAME, wait_for_idle


@pytest.fixture(autouse=True)
def _no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", FRAME)

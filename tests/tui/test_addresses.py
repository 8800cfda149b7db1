"""Sources are opened in a browser, whatever their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.addresses import NO_HOST, timeline
from tests.support.screens import WIDE, screen_text, shows, timeline_app
from timeline_tui.tui.screens.target_actions import open_source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("address", NO_HOST)
async def test_the_sources_of_an_event_are_listed_whatever_their_addresses_are(
    tmp_path: Path, address: str
) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(timeline(address), encoding="utf-8")
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("o", "O", "enter")
        open_source(app, address)
        await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize("fault", [OSError("no such browser"), ValueError("a dash in front")])
async def test_a_browser_that_cannot_be_started_is_reported(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    app = timeline_app()

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(app, "open_url", fail)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        open_source(app, "https://example.org/")
        await shows(pilot, str(fault))


async def test_a_source_without_an_address_is_listed_with_its_title_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(
        "title: T\nsources:\n  s: {title: Minutes of the council}\n"
        "events:\n- {date: 2024, title: E, sources: [s]}\n",
        encoding="utf-8",
    )
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("o")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        title = next(n for n, line in enumerate(lines) if "╭" in line and "ource" in line)
        assert "Minutes of the council" in lines[title + 1]
        assert "no address" in lines[title + 2]

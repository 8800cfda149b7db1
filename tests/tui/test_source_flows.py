"""The page of sources on the screen: sources are taken away and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import MEDIUM, SHIPMENT, WIDE, main_screen, screen_text, timeline_app, type_text
from timeline_tui.tui.open_page import PageKind

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from timeline_tui.tui.app import TimelineApp


def without(app: TimelineApp) -> frozenset[str]:
    return main_screen(app).state.view.without


@pytest.mark.parametrize("size", [WIDE, MEDIUM])
async def test_space_takes_the_source_of_the_line_away_and_gives_it_back(size: tuple[int, int]) -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=size) as pilot:
        await pilot.press("x")
        shown = screen_text(app)
        assert "what rests on each alone" in shown
        assert "Space: take it away" in shown
        await pilot.press("space")
        assert without(app) == {"wire"}
        assert "Taken away: Atlas Wire" in screen_text(app)
        assert "without Atlas Wire: 10 statements fallen" in screen_text(app)
        await pilot.press("space")
        assert without(app) == frozenset()
        await pilot.press("j", "space")
        assert without(app) == {"joint"}


async def test_escape_closes_the_page_then_gives_the_sources_back() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x", "space", "escape")
        assert main_screen(app).open_page is None
        assert without(app) == {"wire"}
        shown = screen_text(app)
        assert "∅ Northland ships shells" in shown
        await pilot.press("escape")
        assert without(app) == frozenset()
        assert "∅ Northland ships shells" not in screen_text(app)


async def test_enter_on_a_source_shows_the_events_that_cite_it() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x", "enter")
        view = main_screen(app).state.view
        assert str(view.query) == "source:wire"
        assert main_screen(app).open_page is None


async def test_enter_on_a_fallen_statement_goes_to_its_event() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x", "space", "G", "enter")
        screen = main_screen(app)
        assert screen.open_page is None
        assert screen.state.view.event(screen.selected).id == "list"


async def choose(pilot: Pilot[None], text: str) -> None:
    """Choose the first line that the palette finds."""
    await pilot.press("ctrl+p")
    await type_text(pilot, text)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.press("enter", "enter")
    await pilot.pause()


async def test_the_palette_takes_a_source_away_by_its_name_and_gives_it_back() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await choose(pilot, "take away atlas")
        assert without(app) == {"wire"}
        await choose(pilot, "give back atlas")
        assert without(app) == frozenset()


async def test_space_on_another_page_does_nothing() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "space")
        page = main_screen(app).open_page
        assert page is not None
        assert page.kind is PageKind.CLAIMS
        assert without(app) == frozenset()

"""The page of sources on the screen: sources are taken away and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import MEDIUM, SHIPMENT, WIDE, main_screen, screen_text, timeline_app, type_text
from timeline_tui.tui.open_page import PageKind

if TYPE_CHECKING:
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
        assert "Taken away: Atlas Wire." in screen_text(app)
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


async def test_the_palette_takes_a_source_away_by_its_name() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        names = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        names["Take away Atlas Wire"]()
        await pilot.pause()
        assert without(app) == {"wire"}
        names = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        assert "Take away Atlas Wire" not in names
        names["Give back Atlas Wire"]()
        await pilot.pause()
        assert without(app) == frozenset()


async def test_under_the_clock_the_palette_offers_no_source_that_was_published_later() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("v")
        await type_text(pilot, "2022-12-31")
        await pilot.press("enter")
        names = {command.title for command in app.get_system_commands(app.screen)}
        assert "Take away The Daily" in names
        assert "Take away Government of Southland" not in names


async def test_space_on_another_page_does_nothing() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "space")
        page = main_screen(app).open_page
        assert page is not None
        assert page.kind is PageKind.CLAIMS
        assert without(app) == frozenset()

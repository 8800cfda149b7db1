"""The user's settings on the screen, and keys that do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import WIDE, main_screen, timeline_app
from timeline_tui.storage.settings import Settings, parse_settings
from timeline_tui.tui.screens.help import HelpScreen
from timeline_tui.tui.themes import THEMES
from timeline_tui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.app import App


def notices(app: App[None]) -> str:
    return "\n".join(notice.message for notice in app._notifications)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES] + ["nord"])
async def test_the_theme_of_the_settings_is_shown(theme: str) -> None:
    app = timeline_app(settings=Settings({"theme": theme}))
    async with app.run_test(size=WIDE):
        assert app.theme == theme


async def test_a_theme_that_is_not_there_is_named_and_the_usual_one_is_shown() -> None:
    app = timeline_app(settings=Settings({"theme": "papr"}))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == "night"
        assert "there is no theme 'papr'; did you mean paper?" in notices(app)


async def test_a_mistake_in_the_settings_is_named_with_its_line() -> None:
    app = timeline_app(settings=parse_settings(b'theme = "paper"\nsort = "newset"\n'))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == "paper"
        assert "config.toml: line 2: sort: 'newset' is none of oldest, newest" in notices(app)


async def test_a_command_has_the_keys_of_the_settings_and_no_others() -> None:
    app = timeline_app(settings=Settings(keys={"next-event": "", "down": "ctrl+t", "theme": "f8"}))
    async with app.run_test(size=WIDE) as pilot:
        first = main_screen(app).selected
        await pilot.press("j")
        assert main_screen(app).selected == first
        await pilot.press("ctrl+t")
        assert main_screen(app).selected != first
        await pilot.press("f8")
        assert app.theme == "paper"


async def test_the_help_shows_the_keys_of_the_settings() -> None:
    app = timeline_app(settings=Settings(keys={"down": "ctrl+t"}))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("question_mark")
        await pilot.press(*"next event")
        await pilot.pause()
        assert "Ctrl+T" in str(app.screen.query_one("HelpScreen Static").render())


async def test_a_key_that_does_nothing_says_what_it_may_have_meant() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f1", "f1")
        await pilot.pause()
        assert notices(app) == "F1 does nothing here; ?: keys and help."


async def test_a_key_that_does_something_says_nothing() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("j", "k", "g", "z")
        await pilot.pause()
        assert notices(app) == ""


async def test_the_help_is_closed_by_the_key_that_opened_it() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("question_mark")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize(("width", "word"), [(60, "more"), (80, "more"), (240, "keys")])
async def test_the_key_bar_says_when_it_has_no_room_for_all_keys(width: int, word: str) -> None:
    app = timeline_app()
    async with app.run_test(size=(width, 24)):
        bar = app.screen.query_one(KeyBar).render_line(0).text
        assert f"? {word} " in bar
        assert "q quit" in bar


async def test_a_key_from_the_settings_keeps_its_place_in_the_key_bar_and_in_the_help() -> None:
    app = timeline_app(settings=Settings(keys={"find": "ctrl+g"}))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        bar = main_screen(app).query_one(KeyBar).render_line(0).text
        assert bar.startswith(" Ctrl+G find  f filter ")
        assert " ? more " in bar
        assert bar.rstrip().endswith("q quit")


async def test_the_keys_of_the_focused_pane_come_first_in_the_key_bar() -> None:
    app = timeline_app()
    async with app.run_test(size=(240, 24)) as pilot:
        await pilot.press("a")
        assert app.screen.query_one(KeyBar).render_line(0).text.startswith(" Space choose ")


@pytest.mark.parametrize(("layout", "is_beside"), [("auto", False), ("beside", True), ("below", False)])
async def test_the_event_pane_stands_where_the_settings_say(layout: str, is_beside: bool) -> None:
    app = timeline_app(settings=Settings({"layout": layout}))
    async with app.run_test(size=WIDE):
        screen = main_screen(app)
        assert (screen.event_pane.region.x > screen.timeline.region.x) == is_beside


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('filter = "f"\nfind = "f"', "line 3: find: f is also the key of filter"),
        ('quit = "j"', "line 2: quit: j is also the key of down"),
        ('help = "questoin_mark"', "line 2: help: there is no key 'questoin_mark'"),
        ('help = "f1,crtl+f"', "line 2: help: there is no key 'crtl+f'"),
        ('filter = "F"\nfind = "f"', ""),
        ('choose-actor = "d"\ntake-away = "d"', ""),
    ],
)
async def test_a_key_that_two_commands_have_in_one_place_is_named_with_its_line(keys: str, told: str) -> None:
    app = timeline_app(settings=parse_settings(f"[keys]\n{keys}\n".encode()))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        assert told in notices(app) if told else not notices(app)

"""What a newcomer meets: examples that can be read, keys that do something, a start that fits the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.color import Color
from textual.widgets import Input

from tests.support.screens import (
    BUNDLED,
    NARROW,
    WIDE,
    main_screen,
    screen_text,
    shows,
    timeline_app,
    type_text,
)
from tests.tui.test_clock_flows import set_clock
from timeline_tui.tui.contrast import READABLE, ratio
from timeline_tui.tui.themes import THEMES
from timeline_tui.tui.widgets.actors import ActorSidebar

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

EMPTY = "format: 1.1\ntitle: Nothing yet\nevents: []\n"
ONE = "format: 1.1\ntitle: One\nevents:\n  - id: a\n    date: 1789-07-14\n    title: Storming\n"


def last_line(app: App[None]) -> str:
    return screen_text(app).splitlines()[-1]


@pytest.mark.parametrize("name", [*(theme.name for theme in THEMES), "nord", "solarized-light"])
async def test_examples_in_lines_to_type_in_are_readable(name: str) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        app.theme = name
        await pilot.pause()
        for key in ("f", "question_mark", "ctrl+p"):
            await pilot.press(key)
            await pilot.pause()
            line = next(each for each in app.screen.query(Input) if each.placeholder and each.display)
            style = line.get_component_rich_style("input--placeholder")
            assert style.color is not None
            assert style.bgcolor is not None
            text, behind = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
            assert ratio(text, behind) >= READABLE, key
            await pilot.press("escape")
            await pilot.pause()


@pytest.mark.parametrize("key", ["f", "t", "v", "colon"])
async def test_examples_are_not_cut(key: str) -> None:
    app = timeline_app()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(key)
        await pilot.pause()
        line = main_screen(app).prompt.query_one(Input)
        assert line.placeholder.startswith("for example ")
        assert len(line.placeholder) < line.size.width
        assert not line.placeholder.endswith(("·", " "))


async def test_an_empty_list_offers_no_key_to_go_on_with() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        for name, can_go in (("marks", False), ("tags", True), ("notes", False)):
            await pilot.press("colon")
            await type_text(pilot, name)
            await pilot.press("enter")
            await pilot.pause()
            assert ("Enter go there" in last_line(app)) == can_go, name
            assert "Esc back" in last_line(app)


async def test_the_start_page_of_an_empty_file_says_how_to_add_an_event(tmp_path: Path) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text(EMPTY)
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        main_screen(app).action_about()
        await shows(pilot, "A add an event")
        assert "step through the events" not in screen_text(app)


async def test_the_start_page_of_one_event_offers_to_read_it_and_not_to_step(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(ONE)
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        main_screen(app).action_about()
        await shows(pilot, "Enter read the event")
        assert "step through the events" not in screen_text(app)


@pytest.mark.parametrize("width", [80, 120])
async def test_the_clock_line_names_new_events_whole_and_does_not_part_a_sign_from_its_words(
    width: int,
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(width, 30)) as pilot:
        await set_clock(pilot, "2024-11-03")
        text = screen_text(app)
        assert "+ Unsigned article joins satire, news and interview" in text
        assert "+ Guterres warns of a very dangerous escalation" in text
        assert "+ 30 quotes, 15 claims, 1 update" in text


async def test_where_nothing_matches_the_actors_are_shown_from_the_first_heading() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "troops")
        await shows(pilot, "42 of 115")
        await pilot.press("enter", "f")
        await type_text(pilot, "zzqq")
        await shows(pilot, "0 of 115")
        await pilot.pause()
        assert app.query_one(ActorSidebar).scroll_offset.y == 0

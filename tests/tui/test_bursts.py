"""Bursts of keys, clicks on widgets that are gone, and sizes of zero do no harm on any screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual.command import CommandList
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input
from textual.widgets._toast import Toast

from tests.support.examples import examples
from tests.support.import_loads import shown_by
from tests.support.pty_session import PROGRAM, PtySession
from tests.support.random_walk import KEYS, Walk, bytes_of, leave, story, type_bytes
from tests.support.screens import (
    HARBOUR,
    MEDIUM,
    TODAY,
    WIDE,
    screen_text,
    selected_title,
    timeline_app,
    until,
)
from timeline_tui.loading.loader import Loading
from timeline_tui.storage.settings import parse_settings
from timeline_tui.tui.screens.help import HelpScreen
from timeline_tui.tui.terminal.keyboard import Keyboard
from timeline_tui.tui.widgets.palette import Palette

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SCREENS = [
    "",
    "c",
    "w",
    "l",
    "s",
    "u",
    "i",
    "a",
    "\r",
    "f",
    "/",
    "t",
    "v",
    "ss",
    "o",
    "p",
    "?",
    "\x10",
    "\x10act",
]
"""The keys that open each screen, page, prompt and window; the first is none, for the timeline."""
TYPED = [*KEYS, "enter", "escape", "tab", "down", "up", "pagedown", "ctrl+p", "backspace"]
SIZES = [WIDE, MEDIUM, (40, 5), (1, 1)]


async def survives(opening: str, burst: list[str], size: tuple[int, int], *, settled: bool) -> None:
    """Open a screen, and then type all at once; or open it with the same burst."""
    app = timeline_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        await type_all(pilot, opening, burst, settled=settled)


async def survives_while_loading(opening: str, burst: list[str]) -> None:
    app = shown_by(Loading(HARBOUR, today=TODAY))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await type_all(pilot, opening, burst, settled=False)


async def type_all(pilot: Pilot[None], opening: str, burst: list[str], *, settled: bool) -> None:
    type_bytes(pilot, opening.encode())
    if settled:
        await pilot.pause()
    type_bytes(pilot, b"".join(map(bytes_of, burst)))
    await pilot.pause()
    await leave(pilot)
    assert pilot.app.return_code == 0


@pytest.mark.parametrize("opening", SCREENS)
def test_q_in_the_same_burst_as_an_opening_key_does_no_harm(opening: str) -> None:
    asyncio.run(survives(opening, ["q"], WIDE, settled=False))


@examples(25)
@given(
    opening=st.sampled_from(SCREENS),
    burst=st.lists(st.sampled_from(TYPED), max_size=12),
    size=st.sampled_from(SIZES),
    settled=st.booleans(),
)
@example(opening="c", burst=["q"], size=WIDE, settled=False)
@example(opening="\x10", burst=["escape", "ctrl+p", "escape", "ctrl+p"], size=WIDE, settled=True)
@example(opening="\x10act", burst=["escape", "escape", "q"], size=WIDE, settled=True)
@example(opening="o", burst=["escape", "o", "escape", "o", "enter"], size=WIDE, settled=True)
def test_a_burst_of_keys_does_no_harm_on_any_screen(
    opening: str, burst: list[str], size: tuple[int, int], *, settled: bool
) -> None:
    asyncio.run(survives(opening, burst, size, settled=settled))


@examples(10)
@given(st.sampled_from(SCREENS), st.lists(st.sampled_from(TYPED), max_size=12))
def test_a_burst_of_keys_does_no_harm_while_a_file_is_read(opening: str, burst: list[str]) -> None:
    asyncio.run(survives_while_loading(opening, burst))


async def test_keys_wait_for_a_screen_that_is_being_opened() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        app.push_screen(HelpScreen())
        type_bytes(pilot, b"jjj")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "jjj"


@pytest.mark.parametrize("seed", range(5))
def test_a_random_walk_through_the_program_ends_without_an_error(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Walk(seed, story(seed), tmp_path).go(150)


async def open_palette(pilot: Pilot[None], typed: bytes = b"") -> CommandList:
    type_bytes(pilot, b"\x10" + typed)
    await until(pilot, lambda: bool(pilot.app.screen.query(CommandList)))
    commands = pilot.app.screen.query_one(CommandList)
    await until(pilot, lambda: commands.content_region.height >= 6)
    return commands


async def test_a_click_on_an_option_that_is_gone_from_the_palette_does_nothing() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        commands = await open_palette(pilot)
        x, y = commands.content_region.x + 5, commands.content_region.y + 4
        for click in Keyboard().feed_bytes(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode()):
            await app.on_event(cast("events.Event", click))
        # The list has the click, has not acted on it yet, and stays as large as it was.
        with app.batch_update():
            commands.clear_options()
            await pilot.pause()
        assert isinstance(app.screen, Palette)


@pytest.mark.parametrize("size", [(40, 5), (20, 4), (4, 20), (3, 3), (1, 1)])
async def test_the_mouse_may_be_pressed_anywhere_in_a_palette_without_room(size: tuple[int, int]) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await open_palette(pilot, b"e")
        await pilot.resize_terminal(*size)
        for place in ((x, y) for x in range(1, size[0] + 2, 3) for y in range(1, size[1] + 2)):
            type_bytes(pilot, b"\x1b[<0;%d;%dM\x1b[<35;%d;%dM\x1b[<64;%d;%dM" % (place * 3))
        await pilot.pause()
        await leave(pilot)


async def test_a_click_on_a_notice_that_was_removed_does_no_harm() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        app.notify("Soon gone", markup=False)
        await until(pilot, lambda: bool(app.screen.query(Toast)))
        await pilot.pause()
        toast = app.screen.query_one(Toast)
        x, y = toast.region.x + 2, toast.region.y + 1
        down = events.MouseDown(None, x, y, 0, 0, button=1, shift=False, meta=False, ctrl=False)
        with app.batch_update():
            await toast.remove()
            app.screen._forward_event(down)
        await pilot.pause()


async def test_two_sizes_reported_at_once_do_not_alternate_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    app = timeline_app()
    layouts: list[Size | None] = []
    lay_out, most = Screen._refresh_layout, 50

    def count(screen: Screen[None], size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT002
        layouts.append(size)
        if len(layouts) < most:
            lay_out(screen, size, scroll)

    async with app.run_test(size=MEDIUM) as pilot:
        await pilot.pause()
        monkeypatch.setattr(Screen, "_refresh_layout", count)
        for size in (Size(80, 25), Size(80, 24)):
            app.screen.post_message(events.Resize(size, size))
            # Two of a kind that follow each other would become one.
            app.screen.call_later(lambda: None)
        await pilot.pause()
        assert app.screen.size == Size(*MEDIUM)
        assert len(layouts) < most


@pytest.mark.parametrize("size", [(0, 0), (0, 80), (24, 0)])
def test_a_terminal_without_a_size_is_painted_and_takes_keys(
    size: tuple[int, int], own_folders: Path
) -> None:
    environment = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "HOME": str(own_folders)}
    with PtySession([*PROGRAM, str(HARBOUR)], *size, environment) as session:
        session.wait_for("The harbour wall")
        mark = session.mark()
        session.write(b"j")
        session.wait_for("quote 1 of 2", mark)
        session.write(b"q")
        assert session.exit_code() == 0
        assert session.mark() < 100_000


@pytest.mark.parametrize(
    ("key", "shown"), [("w", "How each outlet"), ("?", "Signs, keys and help"), ("G", "2031")]
)
async def test_a_key_right_after_escape_counts_as_both(key: str, shown: str) -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "c")
        await until(pilot, lambda: "Question" in screen_text(app))
        for message in Keyboard()._sequence_to_key_events(key, alt=True):
            app.post_message(message)
        await until(pilot, lambda: "Question" not in screen_text(app) and shown in screen_text(app))


async def test_a_key_with_alt_that_has_a_command_is_that_command() -> None:
    app = timeline_app(HARBOUR, settings=parse_settings(b'[keys]\nlast = "alt+w"\n'))
    async with app.run_test(size=WIDE) as pilot:
        for message in Keyboard()._sequence_to_key_events("w", alt=True):
            app.post_message(message)
        await until(pilot, lambda: selected_title(app) == "The new wall is to be opened")


async def test_a_click_where_the_palette_paints_nothing_any_more_does_no_harm() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await open_palette(pilot)
        nowhere = events.Click(None, 5, 6, 0, 0, 1, False, False, False, screen_x=500, screen_y=500)  # noqa: FBT003
        app.screen.post_message(nowhere)
        await pilot.pause()
        assert isinstance(app.screen, Palette)

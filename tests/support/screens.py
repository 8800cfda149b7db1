"""The app as tests open it: a given file, a given today."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import SECONDS
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.bundled import bundled_timeline
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import parse_query
from timeline_tui.storage.settings import Settings
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import Start, TimelineApp
from timeline_tui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

    from timeline_tui.loading.opened import Opened

TODAY = parse_date("2026-01-15").earliest
HARBOUR = Path(__file__).parents[1] / "timelines" / "harbour.yaml"
SHIPMENT = HARBOUR.with_name("shipment.yaml")
"""A timeline in which everything has a history."""
BUNDLED = bundled_timeline()
INCIDENT = Path(__file__).parents[2] / "data" / "examples" / "incident.yaml"
"""A timeline with times of day."""
WIDE, MEDIUM, NARROW = (120, 36), (80, 24), (60, 20)

_LONGER, _LONGEST = 0.005, 0.05
"""Seconds by which each wait for another process is longer than the one before, and the longest."""
_KEYS = {" ": "space", '"': "quotation_mark", "/": "slash", ":": "colon", "-": "minus", "?": "question_mark"}


def timeline_app(path: Path = HARBOUR, query: str = "", settings: Settings | None = None) -> TimelineApp:
    """The app on a file, under a query, with a user's settings."""
    opened = _opened_once(path) if path in (BUNDLED, HARBOUR, INCIDENT) else open_timeline(path, today=TODAY)
    view = View(opened.index, today=TODAY)
    shown = view.with_query(parse_query(query, view.vocabulary).query)
    return TimelineApp(opened, lambda _: shown, Start(settings or Settings()))


@cache
def _opened_once(path: Path) -> Opened:
    """A file that no test changes; the index is only read."""
    return open_timeline(path, today=TODAY)


def main_screen(app: App[None]) -> MainScreen:
    """The screen with the timeline, whatever lies over it."""
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


def selected_title(app: App[None]) -> str:
    """The title of the selected event; empty where there is none."""
    screen = main_screen(app)
    if screen.view is None or not screen.view.count:
        return ""
    return screen.view.event(screen.selected).title


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Press the keys of a text."""
    await pilot.press(*(_KEYS.get(character, character) for character in text))


def screen_text(app: App[None]) -> str:
    """Everything on the screen, line by line, as the terminal would get it."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    return "\n".join(strip.crop(0, width).text for strip in lines[:height])


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the program go on until something holds. The limit only ends a test that fails.

    What is waited for is often done by another process, which needs the processor more than this one does.
    """
    wait = 0.0
    try:
        async with asyncio.timeout(SECONDS):
            while not holds():
                await pilot.pause()
                await asyncio.sleep(wait)
                wait = min(wait + _LONGER, _LONGEST)
    except TimeoutError:
        pytest.fail(f"waited {SECONDS} s in vain before this screen:\n{screen_text(pilot.app)}")


async def shows(pilot: Pilot[None], text: str) -> None:
    """Let the program go on until a text is on the screen: a notice comes some frames after its cause."""
    await until(pilot, lambda: text in screen_text(pilot.app))


async def answered(pilot: Pilot[None]) -> None:
    """Let the program go on until the main screen shows all that was requested."""
    await until(pilot, lambda: main_screen(pilot.app).state.request is None)
    await pilot.pause()


async def settled(pilot: Pilot[None]) -> None:
    """Let the program go on until nothing is under way: no request, no work, and twice the same screen."""
    before = ""

    def is_settled() -> bool:
        nonlocal before
        last, before = before, screen_text(pilot.app)
        is_working = any(not worker.is_finished for worker in pilot.app.workers)
        is_asked = any(isinstance(s, MainScreen) and s.state.request for s in pilot.app.screen_stack)
        return last == before and not is_working and not is_asked

    await until(pilot, is_settled)

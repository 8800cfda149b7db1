"""Opening a source where the user would not see a browser."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import WIDE, shows, timeline_app
from timeline_tui.tui.desktop import no_browser
from timeline_tui.tui.screens.target_actions import open_source

if TYPE_CHECKING:
    from timeline_tui.tui.app import TimelineApp

ADDRESS = "https://example.org/wire/wall"
VARIABLES = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY")


class Desktop(webbrowser.BackgroundBrowser):
    """A browser with a window of its own."""


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(webbrowser, "get", lambda: Desktop("firefox"))
    return monkeypatch


def missing() -> webbrowser.BaseBrowser:
    raise webbrowser.Error("could not locate runnable browser")


@pytest.mark.parametrize(
    ("environment", "browser", "word"),
    [
        ({"DISPLAY": ":0"}, Desktop("firefox"), ""),
        ({"WAYLAND_DISPLAY": "wayland-0"}, Desktop("firefox"), ""),
        ({}, Desktop("firefox"), "no display"),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a 1 b 22"}, Desktop("firefox"), "over SSH"),
        ({"SSH_TTY": "/dev/pts/1"}, Desktop("firefox"), "over SSH"),
        ({"SSH_TTY": "/dev/pts/1"}, webbrowser.GenericBrowser("lynx"), ""),
        ({}, webbrowser.GenericBrowser("lynx"), ""),
        ({"BROWSER": "remote-open", "SSH_TTY": "/dev/pts/1"}, Desktop("remote-open"), ""),
    ],
)
def test_no_browser_is_opened_where_the_user_would_not_see_it(
    environment: dict[str, str], browser: webbrowser.BaseBrowser, word: str, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.setattr(webbrowser, "get", lambda: browser)
    said = no_browser(environment)
    assert bool(said) == bool(word)
    assert word in said


def app_that_copies(monkeypatch: pytest.MonkeyPatch) -> tuple[TimelineApp, list[str], list[str]]:
    """The app, what it copies, and what it opens."""
    app = timeline_app()
    copied: list[str] = []
    opened: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
    monkeypatch.setattr(app, "open_url", opened.append)
    return app, copied, opened


@pytest.mark.parametrize("kind", ["over SSH", "no browser on", "no display"])
async def test_without_a_browser_the_address_is_shown_and_copied(
    kind: str, surroundings: pytest.MonkeyPatch
) -> None:
    if kind == "over SSH":
        surroundings.setenv("SSH_CONNECTION", "a 1 b 22")
    if kind == "no browser on":
        surroundings.setattr(webbrowser, "get", missing)
    app, copied, opened = app_that_copies(surroundings)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("j", "j", "o", "enter")
        await shows(pilot, kind)
        await shows(pilot, ADDRESS)
        assert (copied, opened) == ([ADDRESS], [])


async def test_in_a_browser_the_source_opens_in_that_browser(surroundings: pytest.MonkeyPatch) -> None:
    app, copied, opened = app_that_copies(surroundings)
    async with app.run_test(size=WIDE):
        surroundings.setattr(type(app), "is_web", True)
        open_source(app, ADDRESS)
        assert (copied, opened) == ([], [ADDRESS])

"""Every cell of every screen has a background of the theme, not that of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import HARBOUR, MEDIUM, NARROW, WIDE, screen_text, timeline_app, type_text
from timeline_tui.tui.screens.loading import LoadingScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App


MOST_ALIKE = 12
"""Where no more screens than these differ, keys did not lead to where they should."""


def bare(app: App[None]) -> list[str]:
    """What stands on no background of ours, by line."""
    width, height = app.size
    found = []
    for number, strip in enumerate(app.screen._compositor.render_strips()[:height]):
        for segment in strip.crop(0, width):
            style = segment.style
            if not segment.control and (style is None or style.bgcolor is None or style.bgcolor.is_default):
                found.append(f"{number}: {segment.text!r}")
    return found


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_every_screen_has_the_background_of_the_theme(size: tuple[int, int]) -> None:
    app = timeline_app()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.press("j", "j")
        seen = set()
        for key in ("", "f", "/", "t", "v", "c", "w", "l", "i", "u", "s", "p", "o", "?", "T", "z", "a"):
            await type_text(pilot, key)
            await pilot.pause()
            assert bare(app) == [], key
            seen.add(screen_text(app))
            if size == MEDIUM:
                await pilot.press("ctrl+p")
                assert bare(app) == [], f"the palette after {key}"
            await pilot.press("escape", "escape")
        assert len(seen) > MOST_ALIKE


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_an_empty_view_has_the_background_of_the_theme(size: tuple[int, int]) -> None:
    app = timeline_app(HARBOUR, "zzzqq")
    async with app.run_test(size=size):
        assert bare(app) == []


@pytest.mark.parametrize(
    "text", ["", "title: x\n", "title: x\nevents: []\n", "title: x\nevents:\n  - a\n", "- ["]
)
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_empty_file_has_the_background_of_the_theme(
    text: str, size: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text(text, encoding="utf-8")
    app = timeline_app(path)
    async with app.run_test(size=size):
        assert bare(app) == []


async def test_the_loading_screen_has_the_background_of_the_theme() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await app.push_screen(LoadingScreen("file", 10_000_000))
        await pilot.pause()
        assert bare(app) == []

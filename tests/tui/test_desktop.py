"""The editor and pictures of the screen."""

from __future__ import annotations

import shutil
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import HARBOUR, WIDE, main_screen, shows, timeline_app
from timeline_tui.tui.app import TimelineApp

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a story [b].yaml"
    shutil.copy(HARBOUR, path)
    return path


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that is called like vim and writes down what it was called with."""
    heard = tmp_path / "heard"
    vim = tmp_path / "vim"
    vim.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(heard)!r}, 'w').write('\\n'.join(sys.argv[1:]))\n"
    )
    vim.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(vim))
    monkeypatch.setattr(TimelineApp, "suspend", lambda _: nullcontext())
    return heard


async def test_e_opens_the_editor_at_the_line_of_the_selected_event(file: Path, editor: Path) -> None:
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", "e")
        screen = main_screen(app)
        assert screen.view is not None
        line = screen.view.event(screen.selected).line
    assert editor.read_text(encoding="utf-8").splitlines() == [f"+{line}", str(file)]


async def test_a_missing_editor_is_reported(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    monkeypatch.setattr(TimelineApp, "suspend", lambda _: nullcontext())
    app = timeline_app(file)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("e")
        await shows(pilot, "/no/such/editor")


async def test_in_a_browser_there_is_no_editor(
    file: Path, editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_SERVED", "1")
    app = timeline_app(file)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("e")
        await shows(pilot, "cannot open an editor")
    assert not editor.exists()


async def test_a_picture_of_the_screen_loads_no_fonts_from_the_web(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        app.action_save_picture()
        app.action_save_picture()
        await pilot.pause()
        await pilot.pause()
    picture, *_ = tmp_path.glob("a-story-b-*.svg")
    text = picture.read_text(encoding="utf-8")
    assert "harbour" in text
    assert "@font-face" not in text

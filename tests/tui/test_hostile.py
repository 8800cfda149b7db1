"""Hostile text from a file: it does not control the terminal, is not markup, and is shown visibly."""

from __future__ import annotations

import io
import re
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.examples import IS_DEEP
from tests.support.hostile_text import HOSTILE, TEMPLATE, assert_harmless, quoted
from tests.support.screens import HARBOUR, WIDE, main_screen, screen_text, timeline_app
from timeline_tui.cli.main import main
from timeline_tui.query.language import Query, Term
from timeline_tui.text.sanitize import has_hidden
from timeline_tui.tui.screens.target_actions import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from timeline_tui.tui.app import TimelineApp


PROMPTS = ("slash", "f", "t")


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hostile_file(hostile: str, tmp_path: Path) -> Path:
    path = tmp_path / "hostile.yaml"
    scalar = quoted(hostile)
    path.write_text(TEMPLATE.format(text=scalar, key=quoted(hostile[:200])), encoding="utf-8")
    return path


def assert_shown(hostile: str, shown: str, what: str) -> None:
    """Its visible form is there: each hidden character by number, each bracket as written."""
    flat = re.sub(r"\s+", "", shown)
    for character in hostile:
        if has_hidden(character):
            assert f"‹U+{ord(character):04X}›" in flat, f"{what} does not show {character!r}"
    for sign in ("[sic]", "[/", "[@click=app.quit]", "[link=file"):
        if sign in hostile:
            assert sign in flat, what


def test_the_file_says_what_the_test_means(hostile: str, hostile_file: Path) -> None:
    loaded = yaml.load(hostile_file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  plain text only
    assert loaded["events"][0]["quotes"][0]["text"] == hostile


@pytest.mark.parametrize("command", ["list", "check", "open"])
def test_every_printed_line_is_harmless(
    command: str, hostile: str, hostile_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(hostile_file)] if command == "open" else [command, str(hostile_file)]
    assert main(words) in (0, 1)
    printed = capsys.readouterr()
    assert_harmless(printed.out + printed.err, command)
    assert "Traceback" not in printed.err
    if command != "check":
        assert_shown(hostile.strip(), printed.out.replace("\n", " "), command)


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_every_report_of_problems_is_harmless(
    form: str, hostile_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--format", form, str(hostile_file)])
    assert_harmless(capsys.readouterr().out, form)


@pytest.mark.parametrize("option", ["--filter", "--goto"])
def test_a_hostile_option_is_answered_in_harmless_words(
    option: str, hostile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main([option, hostile, str(HARBOUR)])
    main(["check", f"{hostile}.yaml"])
    printed = capsys.readouterr()
    assert_harmless(printed.out + printed.err, option)


async def test_every_widget_shows_hostile_text_and_obeys_none_of_it(
    hostile: str, hostile_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = timeline_app(hostile_file)
    written = io.StringIO()
    monkeypatch.setattr(app, "copy_to_clipboard", written.write)
    async with app.run_test(size=(110, 70), notifications=True, tooltips=True) as pilot:
        assert_shown(hostile.strip()[:200], screen_text(app), "the screen")
        assert_columns_are_whole(app)
        for key in ("z", "o", "escape", "p", "escape", "y"):
            await pilot.press(key)
            assert_harmless(screen_text(app), f"the screen after {key}")
        assert_harmless(written.getvalue(), "the citation")
        await pilot.resize_terminal(*WIDE)
        assert_columns_are_whole(app)
        await assert_tags_are_harmless_in_the_prompt(pilot)
        assert app.is_running


def assert_columns_are_whole(app: TimelineApp) -> None:
    assert {strip.cell_length for strip in app.screen._compositor.render_strips()} == {app.size.width}


async def assert_tags_are_harmless_in_the_prompt(pilot: Pilot[None]) -> None:
    screen = main_screen(pilot.app)
    assert screen.view is not None
    for value in screen.view.vocabulary.values["tag"]:
        screen.show(screen.view.with_query(Query((Term("tag", value),))))
        assert screen.view.count == 1
    await pilot.press("f")
    assert_harmless(screen_text(pilot.app), "the prompt")


async def test_typing_hostile_text_into_a_prompt_is_harmless() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        for (name, hostile), one in zip(HOSTILE.items(), cycle(PROMPTS), strict=False):
            for prompt in PROMPTS if IS_DEEP else (one,):
                await pilot.press(prompt)
                field = main_screen(app).prompt.query_one("PromptInput")
                field.insert_text_at_cursor(hostile)  # type: ignore[attr-defined]  # queried by name
                await pilot.pause()
                assert_harmless(screen_text(app), f"{prompt} with {name}")
                await pilot.press("enter", "n", "escape", "escape", "escape")
            assert_harmless(screen_text(app), f"afterwards with {name}")
            app.clear_notifications()
        assert app.is_running


async def test_an_invalid_address_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    app = timeline_app()
    opened: list[str] = []
    monkeypatch.setattr(app, "open_url", opened.append)
    addresses = ["javascript:alert(1)", "file:///etc/passwd", "-h", "http://a\x1b]0;x", "https://[::1", ""]
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        for address in addresses:
            open_source(app, address)
            await pilot.pause()
            assert_harmless(screen_text(app), f"the answer to {address!r}")
    assert opened == []

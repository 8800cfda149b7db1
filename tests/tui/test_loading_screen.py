"""The screen while another process reads the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.import_loads import (
    Script,
    shown_by,
    shown_view,
    wait_until_gone,
)
from tests.support.screens import TODAY, screen_text, selected_title, shows, timeline_app, type_text, until
from tests.support.systems import needs_proc
from timeline_tui.errors import UsageError
from timeline_tui.loading.loader import Loading
from timeline_tui.loading.progress import Progress
from timeline_tui.query.language import parse_query
from timeline_tui.text.byte_sizes import format_size
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.screens.loading import LoadingScreen
from timeline_tui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.loading.opened import Opened

pytest_plugins = ["tests.support.loading_fixtures"]
# Whatever is opened, nothing is left behind.
pytestmark = pytest.mark.usefixtures("own_temporary_folder")


async def test_the_screen_waits_and_then_shows_the_timeline(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    app = shown_by(loading)
    async with app.run_test() as pilot:
        await shows(pilot, "500 events")
        text = screen_text(app)
        assert "Reading harbour.yaml" in text
        assert f"25 % of {format_size(script.path.stat().st_size)}" in text
        script.go_on()
        script.go_on()
        await until(pilot, lambda: loading.whole and "Timeline" in screen_text(app))
        await pilot.pause()
        assert shown_view(app).count == script.total


async def test_events_read_so_far_can_be_browsed_and_the_selected_event_stays(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    app = shown_by(loading)
    script.go_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await shows(pilot, "reading 25 %")
        assert shown_view(app).count == script.first
        await pilot.press("j", "j", "j")
        chosen = selected_title(app)
        script.go_on()
        await until(pilot, lambda: "reading" not in screen_text(app).splitlines()[0])
        assert shown_view(app).count == script.total
        assert selected_title(app) == chosen != ""


async def test_a_filter_being_typed_applies_to_events_read_later(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    app = shown_by(loading)
    script.go_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await shows(pilot, "reading 25 %")
        await pilot.press("f")
        await type_text(pilot, "kind:")
        script.go_on()
        await until(pilot, lambda: "reading" not in screen_text(app).splitlines()[0])
        await type_text(pilot, "statement")
        await pilot.press("enter")
        await pilot.pause()
        expected = [
            row for row in View(loading.opened().index, today=TODAY).rows(0, 99) if row.kind == "statement"
        ]
        assert str(shown_view(app).query) == "kind:statement"
        assert shown_view(app).count == len(expected) > 0
        await pilot.press("escape")
        await pilot.pause()
        assert shown_view(app).count == script.total


@needs_proc
async def test_quitting_while_a_file_is_read_quits(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    pid = loading.pid
    app = shown_by(loading)
    async with app.run_test() as pilot:
        await pilot.press("q")
    assert app.return_code == 0
    wait_until_gone(pid)


async def test_a_file_that_cannot_be_read_ends_the_program_with_the_reason(tmp_path: Path) -> None:
    app = shown_by(Loading(tmp_path / "none.yaml", today=TODAY))
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.return_code is not None)
    assert app.return_code == 2


def test_an_opened_file_needs_no_waiting() -> None:
    assert isinstance(timeline_app().get_default_screen(), MainScreen)


async def test_a_filter_for_an_actor_read_later_waits_for_it(script: Script) -> None:
    script.go_on()
    loading = Loading(script.path, today=TODAY)
    while loading.newest is None:
        loading.wait(0.01)

    def view_of(opened: Opened) -> View:
        view = View(opened.index, today=TODAY)
        parsed = parse_query("kind:opening", view.vocabulary)
        if parsed.problems:
            raise UsageError("there is no such kind")
        return view.with_query(parsed.query)

    app = TimelineApp(loading, view_of)
    async with app.run_test(size=(120, 36)) as pilot:
        await shows(pilot, "500 events")
        script.go_on()
        await shows(pilot, "Timeline")
        assert shown_view(app).count == 1


async def test_the_loading_screen_shows_nothing_until_it_has_taken_a_moment(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_tui.tui.screens.loading._UNNOTICED", 3600)
    app = shown_by(Loading(script.path, today=TODAY))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, LoadingScreen)
        assert not screen_text(app).strip()


@pytest.mark.parametrize("width", [40, 60, 81, 200])
async def test_the_bar_stands_in_the_middle_as_its_text_does(width: int) -> None:
    app = timeline_app()
    async with app.run_test(size=(width, 24)) as pilot:
        await app.push_screen(screen := LoadingScreen("file.yaml", 10_000_000))
        screen.remove_class("-unnoticed")
        screen.progress = Progress(1, 10_000_000, 2_000, 0)
        await pilot.pause()
        lines = [line for line in screen_text(app).splitlines() if line.strip()]
        assert any("2,000 events read" in line for line in lines)
        bar = next(line for line in lines if "█" in line)
        for line in lines:
            left, right = len(line) - len(line.lstrip()), len(line) - len(line.rstrip())
            assert abs(left - right) <= 1, line
        assert bar.count("█") == min(48, width * 4 // 5)

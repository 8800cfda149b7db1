"""The file is saved while it is shown: the screen shows the change, and everything else stays."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.support.import_loads import shown_by
from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    TODAY,
    main_screen,
    screen_text,
    selected_title,
    shows,
    timeline_app,
    type_text,
    until,
)
from timeline_tui.loading.loader import Loading
from timeline_tui.loading.opened import open_timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.widget import Widget

    from timeline_tui.loading.opened import Opened
    from timeline_tui.tui.app import TimelineApp

pytest_plugins = ["tests.support.loading_fixtures"]
pytestmark = pytest.mark.usefixtures("own_temporary_folder")

OLD, NEW = "The mayor promises a wall by winter", "The mayor promises a dyke by winter"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    shutil.copy(HARBOUR, path)
    return path


def in_place(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def by_rename(file: Path, text: str) -> None:
    other = file.with_name(".story.yaml.swp")
    other.write_text(text, encoding="utf-8")
    other.replace(file)


def after_deleting(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text, encoding="utf-8")


def is_shown(app: TimelineApp, title: str) -> bool:
    return title[:24] in screen_text(app)


def has_news(app: TimelineApp) -> bool:
    news = main_screen(app).changes
    return news is not None and bool(news.changed)


async def opened(pilot: Pilot[None], loading: Loading) -> None:
    await until(pilot, lambda: loading.whole and not loading.pid and "Timeline" in screen_text(pilot.app))


@pytest.mark.parametrize("save", [in_place, by_rename, after_deleting])
async def test_a_saved_change_is_shown_with_the_same_event_selected(
    file: Path, save: Callable[[Path, str], None]
) -> None:
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, loading)
        await pilot.press("j", "j", "j")
        chosen = selected_title(app)
        for text in (NEW, "The mayor promises a dam by winter"):
            save(file, HARBOUR.read_text(encoding="utf-8").replace(OLD, text))
            await until(pilot, partial(is_shown, app, text))
            assert selected_title(app) == chosen


async def test_filter_known_on_day_and_counted_days_stay_after_a_change(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    shutil.copy(BUNDLED, file)
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, loading)
        await pilot.press("v")
        await type_text(pilot, "2024-11-04")
        await pilot.press("enter", "f")
        await type_text(pilot, "actor:russia")
        await pilot.press("enter", "G", "k", "k", "T")
        screen = main_screen(app)
        before = (selected_title(app), screen.timeline.scroll_offset, screen.view and screen.view.sentence)
        text = BUNDLED.read_text(encoding="utf-8")
        added = "events:\n  - date: 2022-01-01\n    title: Something early\n    actors: [russia]\n"
        file.write_text(text.replace("events:\n", added, 1), encoding="utf-8")
        await until(pilot, lambda: screen.view is not None and screen.view.total == 116)
        await pilot.pause()
        assert selected_title(app) == before[0]
        assert screen.view is not None
        assert "known on 4 November 2024" in screen.view.sentence
        assert "actor: Russia" in screen.view.sentence
        assert screen.view.origin is not None


async def test_a_file_saved_with_errors_keeps_the_last_good_version_until_it_is_corrected(
    file: Path,
) -> None:
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    good = HARBOUR.read_text(encoding="utf-8")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, loading)
        in_place(file, good.replace("date: 2024-02-09", "date: 9 Feb"))
        await until(pilot, lambda: "problem" in screen_text(app).splitlines()[0])
        await shows(pilot, "7 events")
        await shows(pilot, "Still showing")
        await pilot.press("p")
        await shows(pilot, "9 Feb")
        await pilot.press("escape")
        in_place(file, good.replace(OLD, NEW))
        await until(pilot, lambda: NEW[:24] in screen_text(app))
        assert "problem" not in screen_text(app).splitlines()[0]


async def test_r_reads_the_file_again(file: Path) -> None:
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, loading)
        first = app._shown
        await pilot.press("r")
        await until(pilot, lambda: app._shown is not first)
        assert "7 events" in screen_text(app)


async def test_a_deleted_file_stays_on_the_screen(file: Path) -> None:
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, loading)
        file.unlink()
        await pilot.press("r")
        await until(pilot, lambda: "file not found" in screen_text(app))
        await shows(pilot, "7 events")
        await pilot.press("j")
        assert selected_title(app)


async def test_events_that_change_while_shown_are_marked_as_new(file: Path) -> None:
    first = Loading(file, today=TODAY)
    async with shown_by(first).run_test(size=(120, 36)) as pilot:
        await opened(pilot, first)
        await pilot.pause()
    loading = Loading(file, today=TODAY)
    app: TimelineApp = shown_by(loading)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, loading)
        for text in (NEW, "The mayor promises a dam by winter"):
            in_place(file, HARBOUR.read_text(encoding="utf-8").replace(OLD, text))
            await until(pilot, partial(is_shown, app, text))
            await until(pilot, partial(has_news, app))


ONE_EVENT = "title: Less\nevents:\n  - {date: 2024-01-01, title: The only one}\n"


@pytest.fixture
def less(tmp_path: Path) -> Opened:
    """The file as it is after most of it was deleted."""
    file = tmp_path / "less.yaml"
    file.write_text(ONE_EVENT, encoding="utf-8")
    return open_timeline(file, today=TODAY)


@pytest.mark.parametrize("key", ["i", "o", "y", "enter"])
async def test_a_page_that_has_no_room_leads_to_nothing_of_a_file_that_was_read_again(
    key: str, less: Opened
) -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=MEDIUM, notifications=True) as pilot:
        await pilot.press("G", "l")
        await shows(pilot, "Links of")
        await pilot.resize_terminal(4, 4)
        main_screen(app).show_index(less)
        await pilot.press(key)
        await pilot.resize_terminal(*MEDIUM)
        await shows(pilot, "The only one")


async def test_a_prompt_that_opens_while_the_file_is_read_again_asks_about_the_new_one(
    monkeypatch: pytest.MonkeyPatch, less: Opened
) -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=MEDIUM) as pilot:
        screen = main_screen(app)
        mount = screen.mount

        async def mount_meanwhile(widget: Widget, *, after: str) -> None:
            screen.show_index(less)
            await mount(widget, after=after)

        monkeypatch.setattr(screen, "mount", mount_meanwhile)
        await pilot.press("G", "slash")
        await type_text(pilot, "only")
        await pilot.press("enter")
        assert selected_title(app) == "The only one"

"""A file read by another process."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.screens import HARBOUR, TODAY, timeline_app
from timeline_tui.loading import Loading
from timeline_tui.opening import open_timeline
from timeline_tui.problems import TimelineError
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.loading_screen import LoadingScreen
from timeline_tui.tui.main_screen import MainScreen
from timeline_tui.view import View

if TYPE_CHECKING:
    from pathlib import Path


def test_what_arrives_is_what_reading_here_would_give(tmp_path: Path) -> None:
    path = tmp_path / "warned.yaml"
    path.write_bytes(HARBOUR.read_bytes().replace(b"by: council", b"by: counsil"))
    here = open_timeline(path, today=TODAY)
    there = Loading(path, today=TODAY).opened()
    assert there.path == here.path
    assert there.problems == here.problems != ()
    views = [View(opened.index, today=TODAY) for opened in (here, there)]
    assert views[0].rows(0, 99) == views[1].rows(0, 99)
    assert [views[0].event(key) for key in range(7)] == [views[1].event(key) for key in range(7)]


def test_the_reason_why_there_is_nothing_arrives_as_well(tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match="there is no such file"):
        Loading(tmp_path / "none.yaml", today=TODAY).opened()


def test_a_reader_that_is_killed_is_an_error_and_no_hang(tmp_path: Path) -> None:
    fifo = tmp_path / "big.yaml"
    fifo.write_bytes(b"title: T\nevents:\n" + b"- {date: 2024-01-01, title: x}\n" * 200_000)
    loading = Loading(fifo, today=TODAY)
    os.kill(loading.pid, signal.SIGKILL)
    with pytest.raises(TimelineError, match="broken off"):
        loading.opened()


def test_giving_up_leaves_no_process_behind(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"title: T\nevents:\n" + b"- {date: 2024-01-01, title: x}\n" * 200_000)
    loading = Loading(path, today=TODAY)
    pid = loading.pid
    assert not loading.wait(0)
    loading.stop()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


async def test_the_screen_waits_and_then_shows_the_timeline() -> None:
    loading = Loading(HARBOUR, today=TODAY)
    app = TimelineApp(loading, lambda opened: View(opened.index, today=TODAY))
    async with app.run_test() as pilot:
        assert isinstance(app.screen, LoadingScreen)
        while not isinstance(app.screen, MainScreen):
            await pilot.pause(0.02)
        assert app.screen.view is not None
        assert app.screen.view.count == 7


async def test_quitting_while_a_file_is_read_quits(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"title: T\nevents:\n" + b"- {date: 2024-01-01, title: x}\n" * 200_000)
    loading = Loading(path, today=TODAY)
    app = TimelineApp(loading, lambda opened: View(opened.index, today=TODAY))
    async with app.run_test() as pilot:
        await pilot.press("q")
    loading.stop()
    assert app.return_code == 0


async def test_a_file_that_cannot_be_read_after_all_ends_with_its_reason(tmp_path: Path) -> None:
    loading = Loading(tmp_path / "none.yaml", today=TODAY)
    app = TimelineApp(loading, lambda opened: View(opened.index, today=TODAY))
    async with app.run_test() as pilot:
        while app.return_code is None:
            await pilot.pause(0.02)
    assert app.return_code == 2


def test_an_opened_file_needs_no_waiting() -> None:
    assert isinstance(timeline_app().get_default_screen(), MainScreen)

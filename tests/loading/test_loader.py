"""A file opened by another process."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from functools import partial
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.support.import_loads import (
    COUNT,
    LONG,
    SHORT,
    loaded,
    settle,
    wait_until_gone,
)
from tests.support.pty_session import SECONDS
from tests.support.screens import HARBOUR, TODAY
from tests.support.systems import needs_proc
from timeline_tui.cli import show
from timeline_tui.cli.common import ViewOptions
from timeline_tui.errors import TimelineError
from timeline_tui.index.index import Index
from timeline_tui.loading import build_index as building
from timeline_tui.loading.build_index import Building
from timeline_tui.loading.loader import BROKEN_OFF, DAMAGED, Loading
from timeline_tui.loading.opened import open_timeline, opened_made
from timeline_tui.storage.cache_folder import CacheFolder
from timeline_tui.storage.settings import Settings
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.loading.progress import Progress

pytest_plugins = ["tests.support.loading_fixtures"]
# Whatever is opened, nothing is left behind.
pytestmark = pytest.mark.usefixtures("own_temporary_folder")


def test_the_child_process_delivers_what_reading_in_this_process_gives(tmp_path: Path) -> None:
    path = tmp_path / "warned.yaml"
    path.write_bytes(HARBOUR.read_bytes().replace(b"by: council", b"by: counsil"))
    here = open_timeline(path, today=TODAY)
    there = Loading(path, today=TODAY).opened()
    assert there.path == here.path
    assert there.problems == here.problems != ()
    views = [View(opened.index, today=TODAY) for opened in (here, there)]
    assert views[0].rows(0, 99) == views[1].rows(0, 99)
    assert [views[0].event(key) for key in range(7)] == [views[1].event(key) for key in range(7)]


def test_the_reason_for_a_failure_is_delivered(tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match="file not found"):
        Loading(tmp_path / "none.yaml", today=TODAY).opened()


def test_a_long_file_reports_progress_and_can_be_browsed_before_it_is_complete(
    long_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_FIRST_PREVIEW", 1)
    monkeypatch.setattr(building, "_EVERY", 0)
    told: list[Progress] = []
    looks = tmp_path / "looks"

    def look(file: Path) -> None:
        # In a process of its own.
        with looks.open("a", encoding="utf-8") as notes:
            notes.write(f"{Index.opened(file).total}\n")

    made = Building(long_file, TODAY, told.append, look).build()
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert {progress.size for progress in told} == {len(LONG.encode())}
    counts = [int(line) for line in looks.read_text(encoding="utf-8").splitlines()]
    assert counts == sorted(counts)
    assert 0 < counts[0] < COUNT
    assert opened_made(str(long_file), made).index.total == COUNT


def test_a_file_that_cannot_be_read_in_parts_reports_progress_too(
    short_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_FIRST_PREVIEW", 1)
    monkeypatch.setattr(building, "_EVERY", 0)
    short_file.write_text(SHORT.replace("language: en", "language: &mine en", 1), encoding="utf-8")
    told: list[Progress] = []
    looks = tmp_path / "looks"

    def look(file: Path) -> None:
        looks.write_text(str(Index.opened(file).total), encoding="utf-8")

    made = Building(short_file, TODAY, told.append, look).build()
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert sum(0 < share < 0.5 for share in shares) > 1
    assert [progress.events for progress in told][:2] == [500, 1_000]
    assert 0 < int(looks.read_text(encoding="utf-8")) < 2_000
    assert opened_made(str(short_file), made).index.total == 2_000


def test_a_cached_file_is_shown_at_once(short_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(short_file, monkeypatch)
    first = loaded(short_file).opened()
    again = Loading(short_file, today=TODAY)
    assert again.whole
    assert again.progress is None
    assert again.opened().index.event(7) == first.index.event(7)
    while again.pid:
        again.poll()
    assert not again.found_damaged()


def test_a_small_file_leaves_nothing_in_the_cache(cache_place: Path) -> None:
    loaded(HARBOUR)
    assert not cache_place.exists()


def test_a_killed_child_process_is_started_again(short_file: Path) -> None:
    loading = Loading(short_file, today=TODAY)
    os.kill(loading.pid, signal.SIGKILL)
    opened = loading.opened()
    assert opened.index.total == 2_000
    assert opened.notice == BROKEN_OFF
    loading.stop()


def test_a_child_process_killed_twice_is_an_error(short_file: Path) -> None:
    loading = Loading(short_file, today=TODAY)
    first = loading.pid
    os.kill(first, signal.SIGKILL)
    while loading.pid == first:
        assert not loading.wait(0.01)
    os.kill(loading.pid, signal.SIGKILL)
    with pytest.raises(TimelineError, match="interrupted"):
        loading.opened()


@needs_proc
def test_giving_up_leaves_no_process_and_no_file_behind(
    long_file: Path, cache_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What takes longer to end is swept up by the next program.
    monkeypatch.setattr("timeline_tui.loading.loader._PATIENCE", SECONDS)
    loading = Loading(long_file, today=TODAY)
    pid = loading.pid
    while loading.progress is None or not loading.progress.events:
        assert not loading.wait(0.01)
    assert [place for place in cache_place.iterdir() if place.is_dir()]
    loading.stop()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    wait_until_gone(pid)
    assert [place.name for place in cache_place.iterdir()] == ["lock"]


def test_an_index_that_cannot_be_cached_is_removed_when_the_program_ends(
    short_file: Path, own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "0")
    loading = Loading(short_file, today=TODAY)
    assert loading.opened().index.total == 2_000
    assert loading.opened().index.reader().event(5) == loading.opened().index.event(5)
    assert len(list(own_temporary_folder.iterdir())) == 1
    loading.stop()


def test_a_damaged_index_is_found_out_and_the_file_is_read_again(
    short_file: Path, cache_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(short_file, monkeypatch)
    event = loaded(short_file).opened().index.event(9)
    (kept,) = cache_place.glob("*.db")
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    kept.write_bytes(data)
    again = Loading(short_file, today=TODAY)
    assert again.whole
    verifier = again.pid
    while again.pid == verifier:
        again.poll()
    assert again.found_damaged()
    opened = again.opened()
    again.stop()
    assert opened.notice == DAMAGED
    assert opened.index.event(9) == event


def test_files_in_the_current_folder_are_not_imported_as_modules(
    short_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = short_file.with_name("msgspec.py")
    trap.write_text("from pathlib import Path\nPath('sprung').touch()\n", encoding="utf-8")
    monkeypatch.chdir(short_file.parent)
    loading = Loading(short_file, today=TODAY, damaged=True)
    assert loading.opened().index.total == 2_000
    assert loading.opened().notice == DAMAGED
    loading.stop()
    assert not short_file.with_name("sprung").exists()


def test_a_killed_child_process_leaves_nothing_behind(
    short_file: Path, own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "0")
    loading = Loading(short_file, today=TODAY)
    while not list(own_temporary_folder.iterdir()):
        assert not loading.wait(0.001)
    os.kill(loading.pid, signal.SIGKILL)
    assert loading.opened().index.total == 2_000
    assert len(list(own_temporary_folder.iterdir())) == 1
    loading.stop()


def test_an_index_removed_while_it_is_shown_is_not_reported_as_damaged(
    short_file: Path, cache_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(short_file, monkeypatch)
    loaded(short_file)
    again = Loading(short_file, today=TODAY)
    os.kill(again.pid, signal.SIGSTOP)
    (kept,) = cache_place.glob("*.db")
    kept.unlink()
    os.kill(again.pid, signal.SIGCONT)
    while again.pid:
        again.poll()
    assert not again.found_damaged()
    assert again.opened().index.event(9).title


def test_giving_up_waits_for_no_other_program(
    short_file: Path, cache_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = Loading(short_file, today=TODAY)
    while not cache_place.exists():
        assert not loading.wait(0.001)
    with CacheFolder(cache_place).changing():
        clock = SimpleNamespace(monotonic=partial(next, count()), sleep=pytest.fail)
        monkeypatch.setattr("timeline_tui.storage.cache_folder.time", clock)
        loading.stop()


def test_a_damaged_index_found_out_by_the_filter_is_read_again_and_no_crash(
    short_file: Path, cache_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(short_file, monkeypatch)
    loaded(short_file)
    (kept,) = cache_place.glob("*.db")
    with closing(sqlite3.connect(kept)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'facet'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(kept.read_bytes())
    data[(page - 1) * size : page * size] = bytes(size)
    kept.write_bytes(data)
    again = Loading(short_file, today=TODAY)
    start = show._Start(short_file, ViewOptions("kind:vote"), None, Settings())
    assert show._run_app(again, start) is None
    again.stop()
    assert not kept.exists()

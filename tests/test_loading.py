"""A file opened by another process, and what is shown of it meanwhile."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
import pytest

from bench.generate import timeline
from tests.screens import HARBOUR, TODAY, main_screen, screen_text, timeline_app, type_text
from timeline_tui import building
from timeline_tui.building import Building
from timeline_tui.frames import Beginning, Whole, send
from timeline_tui.index import Index
from timeline_tui.loading import BROKEN_OFF, DAMAGED, Loading
from timeline_tui.opening import open_timeline, opened_made
from timeline_tui.problems import TimelineError
from timeline_tui.progress import Progress
from timeline_tui.reader import read_timeline
from timeline_tui.records import Header
from timeline_tui.sizes import in_words
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.main_screen import MainScreen
from timeline_tui.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 10_000
LONG = "".join(timeline(COUNT))
"""Long enough to be read in parts."""
SHORT = "".join(timeline(2_000))
"""Long enough to be kept."""


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    path = tmp_path / "long.yaml"
    path.write_text(LONG, encoding="utf-8")
    return path


@pytest.fixture
def short_file(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


class Script:
    """A reader that says what there is of the harbour's file when it is told to go on, and then the rest."""

    first = 4
    total = 7
    path = HARBOUR

    def __init__(self, folder: Path) -> None:
        events = read_timeline(HARBOUR).events
        self._beginning, self._whole = folder / "beginning.db", folder / "whole.db"
        for place, count in ((self._beginning, self.first), (self._whole, self.total)):
            index = Index.build(Header(title="The harbour wall"), events[:count], str(place))
            index.keep("problems", msgspec.msgpack.encode([]))
            index.close()
        self._heard, self._told = os.pipe()

    def go_on(self) -> None:
        os.write(self._told, b".")

    def read(self, sink: int, path: Path, today: int) -> None:
        """In the other process, in place of `beside.read`."""
        assert (path, today) == (HARBOUR, TODAY)
        send(sink, Progress(0.25, path.stat().st_size, 500, 2))
        os.read(self._heard, 1)
        send(sink, Beginning(os.fsencode(self._beginning)))
        os.read(self._heard, 1)
        send(sink, Whole(os.fsencode(self._whole), kept=True, data=b"", notice=""))

    def close(self) -> None:
        os.close(self._heard)
        os.close(self._told)


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    script = Script(tmp_path)
    monkeypatch.setattr("timeline_tui.loading.read", script.read)
    yield script
    script.close()


@pytest.fixture
def cache(own_folders: Path) -> Path:
    return own_folders / "timeline-tui"


def loaded(path: Path) -> Loading:
    loading = Loading(path, today=TODAY)
    loading.opened()
    loading.stop()
    return loading


def shown_by(loading: Loading) -> TimelineApp:
    return TimelineApp(loading, lambda opened: View(opened.index, today=TODAY))


def shown_view(app: TimelineApp) -> View:
    return cast("View", main_screen(app).view)


def wait_until_gone(group: int) -> None:
    """Until no process of a group runs any more; who is dead may wait for whoever inherits it."""
    while any(
        fields[2] == str(group) and fields[0] != "Z" for fields in map(_status, Path("/proc").iterdir())
    ):
        os.sched_yield()


def processes() -> Iterator[Path]:
    return Path("/proc").glob("[0-9]*")


def _status(process: Path) -> list[str]:
    """State, parent and group of a process, among others."""
    try:
        return (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (OSError, UnicodeDecodeError):
        return ["", "", ""]


def age(path: Path) -> None:
    """Let a file have been changed long before it is looked at."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def settle(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time that a glance needs after a change have passed."""
    monkeypatch.setattr("timeline_tui.stamps._TICK", -(10**18))
    age(path)


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


def test_a_long_file_is_heard_of_and_can_be_looked_at_before_it_is_read_to_its_end(
    long_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_FIRST_LOOK", 1)
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


def test_a_file_that_cannot_be_read_in_parts_is_heard_of_as_well(
    short_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_FIRST_LOOK", 1)
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


def test_a_file_read_once_is_there_at_once(short_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(short_file, monkeypatch)
    first = loaded(short_file).opened()
    again = Loading(short_file, today=TODAY)
    assert again.whole
    assert again.progress is None
    assert again.opened().index.event(7) == first.index.event(7)
    while again.pid:
        again.poll()
    assert not again.found_damaged()


def test_a_small_file_leaves_nothing_in_the_cache(cache: Path) -> None:
    loaded(HARBOUR)
    assert not cache.exists()


def test_a_reader_that_is_killed_is_begun_again(short_file: Path) -> None:
    loading = Loading(short_file, today=TODAY)
    os.kill(loading.pid, signal.SIGKILL)
    opened = loading.opened()
    assert opened.index.total == 2_000
    assert opened.notice == BROKEN_OFF
    loading.stop()


def test_a_reader_that_is_killed_twice_is_an_error_and_no_hang(short_file: Path) -> None:
    loading = Loading(short_file, today=TODAY)
    first = loading.pid
    os.kill(first, signal.SIGKILL)
    while loading.pid == first:
        assert not loading.wait(0.01)
    os.kill(loading.pid, signal.SIGKILL)
    with pytest.raises(TimelineError, match="broken off"):
        loading.opened()


def test_giving_up_leaves_no_process_and_no_file_behind(long_file: Path, cache: Path) -> None:
    loading = Loading(long_file, today=TODAY)
    pid = loading.pid
    while loading.progress is None or not loading.progress.events:
        assert not loading.wait(0.01)
    assert [place for place in cache.iterdir() if place.is_dir()]
    loading.stop()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    wait_until_gone(pid)
    assert [place.name for place in cache.iterdir()] == ["lock"]


def test_where_nothing_can_be_kept_the_index_goes_when_the_program_ends(
    short_file: Path, own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "0")
    loading = Loading(short_file, today=TODAY)
    assert loading.opened().index.total == 2_000
    assert loading.opened().index.reader().event(5) == loading.opened().index.event(5)
    assert len(list(own_temporary_folder.iterdir())) == 1
    loading.stop()


def test_a_damaged_index_is_found_out_and_the_file_is_read_again(
    short_file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(short_file, monkeypatch)
    event = loaded(short_file).opened().index.event(9)
    (kept,) = cache.glob("*.db")
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


async def test_the_screen_waits_and_then_shows_the_timeline(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    app = shown_by(loading)
    async with app.run_test() as pilot:
        while "500 events" not in screen_text(app):
            await pilot.pause(0.01)
        text = screen_text(app)
        assert "Reading harbour.yaml" in text
        assert f"25 % of {in_words(script.path.stat().st_size)}" in text
        script.go_on()
        script.go_on()
        while not loading.whole or "Timeline" not in screen_text(app):
            await pilot.pause(0.01)
        await pilot.pause()
        assert shown_view(app).count == script.total


async def test_what_has_been_read_can_be_looked_at_and_what_is_selected_stays_so(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    app = shown_by(loading)
    script.go_on()
    async with app.run_test(size=(120, 36)) as pilot:
        while "reading 25 %" not in screen_text(app):
            await pilot.pause(0.01)
        screen = main_screen(app)
        assert shown_view(app).count == script.first
        await pilot.press("j", "j", "j")
        chosen = screen.selected_id()
        script.go_on()
        while "reading" in screen_text(app).splitlines()[0]:
            await pilot.pause(0.01)
        assert shown_view(app).count == script.total
        assert screen.selected_id() == chosen != ""


async def test_a_filter_being_typed_holds_for_what_comes_later(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    app = shown_by(loading)
    script.go_on()
    async with app.run_test(size=(120, 36)) as pilot:
        while "reading 25 %" not in screen_text(app):
            await pilot.pause(0.01)
        await pilot.press("f")
        await type_text(pilot, "kind:")
        script.go_on()
        while "reading" in screen_text(app).splitlines()[0]:
            await pilot.pause(0.01)
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


async def test_quitting_while_a_file_is_read_quits(script: Script) -> None:
    loading = Loading(script.path, today=TODAY)
    pid = loading.pid
    app = shown_by(loading)
    async with app.run_test() as pilot:
        await pilot.press("q")
    assert app.return_code == 0
    wait_until_gone(pid)


async def test_a_file_that_cannot_be_read_after_all_ends_with_its_reason(tmp_path: Path) -> None:
    app = shown_by(Loading(tmp_path / "none.yaml", today=TODAY))
    async with app.run_test() as pilot:
        while app.return_code is None:
            await pilot.pause(0.02)
    assert app.return_code == 2


def test_an_opened_file_needs_no_waiting() -> None:
    assert isinstance(timeline_app().get_default_screen(), MainScreen)

"""The folder of the cache: whom it trusts, who works in it, and what is told of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.support.cache_runs import LARGE, NOBODY, digest_file, keep, last_used, names, seen, story
from tests.support.screens import TODAY
from timeline_tui.cli.cache import cache_lines, cleared_lines
from timeline_tui.storage.cache_folder import Database, NoCache
from timeline_tui.storage.cache_setting import DEFAULT_BOUND
from timeline_tui.storage.index_cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytest_plugins = ["tests.support.cache_fixtures"]

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def test_a_build_folder_is_removed_after_use_even_after_an_error(cache: Cache, folder: Path) -> None:
    def interrupted() -> None:
        with cache.build_folder(1) as place:
            (place.folder / "whole.db").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(folder) == []


def test_a_build_folder_in_use_is_not_removed(cache: Cache, folder: Path) -> None:
    source, sink = os.pipe()
    with cache.build_folder(1) as place:
        pid = os.fork()
        if not pid:
            os.close(sink)
            os.read(source, 1)
            os._exit(0)
        kept = folder / "building-kept"
        place.folder.rename(kept)
    os.close(source)
    with cache.folder.changing():
        assert [place.busy for place in cache.folder.sweep().build_folders] == [True]
        os.close(sink)
        os.waitpid(pid, 0)
        assert cache.folder.sweep().build_folders == []
    assert not kept.exists()


def test_two_programs_do_not_change_the_folder_at_once(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline_tui.storage.cache_folder._PATIENCE", 0.05)
    with (
        cache.folder.changing(),
        pytest.raises(NoCache, match="in use by another program"),
        cache.folder.changing(),
    ):
        pass
    with cache.folder.changing():
        pass


def test_clearing_removes_only_unused_files_of_this_program(cache: Cache, folder: Path, file: Path) -> None:
    keep(cache, file, bytes(LARGE))
    (folder / "notes.txt").write_bytes(b"mine")
    (folder / "other.db").write_bytes(b"mine")
    (folder / "building-left").mkdir()
    (folder / "building-left" / "whole.db").write_bytes(b"x")
    with cache.build_folder(1) as place:
        lines = [*cleared_lines(cache)]
        assert lines[0].startswith("1 timeline, 10 kB, deleted from ")
        assert lines[1:] == ["1 being built, not deleted"]
        assert place.folder.exists()
        assert not (folder / "building-left").exists()
    assert names(folder) == [".db", ".txt"]


def test_cached_indexes_are_listed_with_the_last_used_first(cache: Cache, tmp_path: Path) -> None:
    for second, name in ((1_700_000_000, "b"), (1_600_000_000, "a\n")):
        place = keep(cache, story(tmp_path, name), bytes(LARGE))
        assert place
        last_used(place, second)
    lines = [*cache_lines(cache)]
    assert lines[0] == str(cache.folder.path)
    assert [line[:10].strip() for line in lines[1:3]] == ["10 kB", "10 kB"]
    assert [line[-6:] for line in lines[1:3]] == ["b.yaml", " .yaml"]
    assert "2023-11-1" in lines[1]
    assert lines[3:] == ["2 timelines, 21 kB of at most 4 GB (TIMELINE_TUI_CACHE)"]
    for mark in cache.folder.path.glob("*.mark"):
        mark.unlink()
    assert [line[-21:] for line in [*cache_lines(cache)][1:3]] == ["a file not seen since"] * 2


def test_a_missing_folder_is_listed_and_cleared_without_an_error(cache: Cache, folder: Path) -> None:
    assert [*cache_lines(cache)][1:] == ["0 timelines, 0 bytes of at most 4 GB (TIMELINE_TUI_CACHE)"]
    assert [*cleared_lines(cache)] == [f"0 timelines, 0 bytes, deleted from {folder}"]
    assert not folder.exists()


def test_cached_files_are_readable_by_their_owner_only_whatever_the_umask(
    cache: Cache, folder: Path, file: Path
) -> None:
    before = os.umask(0)
    try:
        keep(cache, file)
        with cache.build_folder(1) as place:
            assert place.folder.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.suffix or path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {".db": 0o600, ".mark": 0o600, "lock": 0o600}


def test_a_folder_open_to_others_is_closed(cache: Cache, folder: Path, file: Path) -> None:
    keep(cache, file)
    folder.chmod(0o755)
    assert cache.find(file, TODAY)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_of_ones_own_to_another_disk_is_followed(cache: Cache, folder: Path, file: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    keep(cache, file)
    assert cache.find(file, TODAY)
    assert names(elsewhere) == [".db", ".mark"]


def refused(cache: Cache, file: Path) -> str:
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file), TODAY) is None
    with pytest.raises(NoCache) as error:
        keep(cache, file)
    return str(error.value)


@needs_root
def test_a_folder_of_another_user_is_neither_used_nor_changed(cache: Cache, folder: Path, file: Path) -> None:
    keep(cache, file)
    folder.chmod(0o755)
    os.chown(folder, NOBODY, NOBODY)
    before = names(folder)
    assert "belongs to another user" in refused(cache, file)
    assert names(folder) == before
    assert folder.stat().st_mode & 0o777 == 0o755


@needs_root
def test_a_link_of_another_user_is_not_followed(cache: Cache, folder: Path, file: Path) -> None:
    precious = folder.with_name("precious")
    precious.mkdir(mode=0o755)
    folder.symlink_to(precious)
    os.lchown(folder, NOBODY, NOBODY)
    assert "belongs to another user" in refused(cache, file)
    assert list(precious.iterdir()) == []


@needs_root
def test_an_index_of_another_user_is_not_used(cache: Cache, file: Path) -> None:
    place = keep(cache, file)
    assert place
    os.chown(place, NOBODY, NOBODY)
    assert cache.find(file, TODAY) is None


@needs_root
def test_root_creates_no_folder_in_the_home_of_another_user(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    cache = Cache(home / ".cache" / "timeline-tui", version="2.one")
    assert "belongs to another user" in refused(cache, file)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (Path.touch, "is not a folder"),
        (lambda path: path.symlink_to("none"), "cannot be used"),
        (lambda path: path.symlink_to(path.name), "cannot be used"),
    ],
)
def test_a_path_that_is_not_a_folder_is_not_used(
    cache: Cache, folder: Path, file: Path, make: Callable[[Path], None], reason: str
) -> None:
    make(folder)
    assert reason in refused(cache, file)


@pytest.mark.parametrize("tell", [cache_lines, cleared_lines])
def test_a_path_that_is_not_a_folder_cannot_be_listed(
    cache: Cache, folder: Path, tell: Callable[[Cache], Iterator[str]]
) -> None:
    folder.touch()
    with pytest.raises(NoCache, match="is not a folder"):
        list(tell(cache))
    assert folder.exists()


def test_a_folder_cannot_be_created_below_a_file(file: Path) -> None:
    assert "cannot be used: not a directory" in refused(Cache(file / "cache", version="2.one"), file)


def test_control_characters_in_a_reason_are_visible(tmp_path: Path, file: Path) -> None:
    (tmp_path / "\x1b]0;x").touch()
    assert "‹U+001B›" in refused(Cache(tmp_path / "\x1b]0;x", version="2.one"), file)


def test_a_relative_folder_is_never_used(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "there is no home folder" in refused(Cache(Path("cache"), version="2.one"), file)
    assert not Path("cache").exists()


@pytest.mark.parametrize(
    ("wish", "bound", "warned"),
    [
        ("", DEFAULT_BOUND, False),
        (" ", DEFAULT_BOUND, False),
        ("500MB", 500_000_000, False),
        ("0", 0, False),
        ("a lot", DEFAULT_BOUND, True),
        ("-1", DEFAULT_BOUND, True),
        ("\x1b[2J", DEFAULT_BOUND, True),
    ],
)
def test_the_environment_limits_the_size_of_the_cache(
    wish: str, bound: int, own_folders: Path, monkeypatch: pytest.MonkeyPatch, *, warned: bool
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", wish)
    cache = Cache.of_user()
    assert cache.bound == bound
    assert ("TIMELINE_TUI_CACHE" in cache.notice) is warned
    assert "\x1b" not in cache.notice
    assert cache.folder.path == own_folders / "timeline-tui"


def test_the_file_name_of_an_index_holds_everything_about_it() -> None:
    database = Database("2.0a", "f" * 40, 1, 9_999_999, 10**17, "0" * 32)
    assert Database.named(database.name) == database
    assert len(database.name) < 255
    for name in (
        "../" + database.name,
        database.name + "\n",
        database.name[:-1],
        "x" + database.name[1:] + "x",
    ):
        assert Database.named(name) is None
    assert msgspec.structs.replace(database, size=1).name != database.name

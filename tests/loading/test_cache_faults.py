"""Whatever happens to the cache, the program shows what it would show without one."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.generate import timeline
from tests.support.cache_runs import (
    NOBODY,
    SHORT,
    build_folder,
    expected_list,
    keep_short_files,
    names,
    opened_fresh,
    run,
    size_of,
    start_building,
    told,
)
from tests.support.screens import TODAY
from timeline_tui.loading import build_index as building
from timeline_tui.loading import parts, source_file
from timeline_tui.loading.build_index import Building
from timeline_tui.loading.opened import open_timeline, opened_made
from timeline_tui.storage.index_cache import Cache

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from timeline_tui.loading.build_index import Built
    from timeline_tui.loading.progress import Progress

pytest_plugins = ["tests.support.disk_fixtures"]

NAMELESS = 54_321
"""A user of whom the system knows nothing but the number."""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else, or mount a disk")


@pytest.fixture(autouse=True)
def short_files_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_short_files(monkeypatch)


@pytest.fixture
def folder(own_folders: Path) -> Path:
    return own_folders / "timeline-tui"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, even short files are read in parts, and every part is reported."""
    monkeypatch.setattr(source_file, "LEAST_SIZE", 1)
    monkeypatch.setattr(parts, "_PART", 8_000)
    monkeypatch.setattr(building, "_EVERY", 0)


@pytest.fixture
def expected(file: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> bytes:
    return expected_list(file, capfdbinary, monkeypatch)


def assert_not_kept(done: subprocess.CompletedProcess[bytes], expected: bytes, reason: str) -> None:
    assert done.stdout == expected
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.startswith(b"timeline-tui: the index could not be cached: ")
    assert reason in done.stderr.decode()


def test_leftovers_of_a_killed_program_are_removed_and_the_file_is_read(
    file: Path,
    folder: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with start_building("list", file) as program:
        left = build_folder(folder)
        os.killpg(program.pid, signal.SIGKILL)
        # Nothing more to be read: all that were forked are gone as well.
        assert program.communicate()[0] == b""
    assert left.exists()
    done = run("list", file)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == expected_list(file, capfdbinary, monkeypatch)
    assert names(folder) == [".db", ".mark"]


def test_a_program_ended_by_a_signal_leaves_nothing_behind(file: Path, folder: Path) -> None:
    with start_building("list", file) as program:
        assert build_folder(folder).exists()
        os.killpg(program.pid, signal.SIGINT)
        os.killpg(program.pid, signal.SIGCONT)
        assert program.communicate() == (b"", b"")
    assert program.returncode == 130
    assert names(folder) == []


def test_a_limit_on_file_sizes_does_not_change_the_list(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is wrong with the file is told as well, though it is read more than once.
    file.write_bytes(SHORT.encode().replace(b"border", b"bor\x01der", 3))
    with monkeypatch.context() as without:
        without.setenv("TIMELINE_TUI_CACHE", "0")
        fresh = run("list", file)
    assert b"\x01" not in fresh.stderr
    assert fresh.stderr.count(b"bor") == 0 < fresh.stderr.count(b"error")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = run("list", file, before=limited)
    assert (done.returncode, done.stdout) == (fresh.returncode, fresh.stdout)
    notice, _, problems = done.stderr.partition(b"\n")
    assert b"the index could not be cached" in notice
    assert problems == fresh.stderr
    assert names(folder) == []


@needs_root
def test_a_disk_too_small_for_the_index_only_causes_a_notice(
    file: Path, folder: Path, expected: bytes, small_disk: Callable[..., None]
) -> None:
    small_disk("64k")
    assert_not_kept(run("list", file), expected, "is full")
    assert names(folder) == []


@pytest.mark.usefixtures("in_parts")
@needs_root
def test_a_disk_that_fills_up_during_reading_only_causes_a_notice(
    file: Path,
    folder: Path,
    small_disk: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_disk("400k")
    ballast = folder / "ballast"

    def fill_up(progress: Progress) -> None:
        if progress.events and not ballast.exists():
            with ballast.open("wb", buffering=0) as filler, suppress(OSError):
                while filler.write(bytes(4_096)):
                    continue

    opened = open_timeline(file, today=TODAY, report=fill_up)
    assert "the index could not be cached" in opened.notice
    assert names(folder) == ["ballast"]
    assert told(opened) == told(opened_fresh(file, monkeypatch))


def obey_modes() -> None:
    """In a child: let even root be kept out by the mode of a folder."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


def test_a_read_only_cache_is_read(folder: Path, file: Path, expected: bytes) -> None:
    os.utime(file, (1, 1))
    other = Path(shutil.copy(file, file.with_name("other.yaml")))
    assert run("list", file).stdout == expected
    folder.chmod(0o500)
    try:
        done = run("list", file, before=obey_modes)
        assert (done.returncode, done.stdout, done.stderr) == (0, expected, b"")
        assert_not_kept(run("list", other, before=obey_modes), expected, "permission denied")
        done = run("cache", "--clear", before=obey_modes)
        assert done.returncode == 2
        assert done.stderr.endswith(b"still holds 1 timeline: permission denied\n")
        assert done.stderr.count(b"\n") == 1
        assert names(folder) == [".db", ".mark"]
    finally:
        folder.chmod(0o700)


@needs_root
def test_a_user_without_a_name_or_a_home_gets_the_list(
    file: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("HOME", "XDG_"))}
    done = run("list", file, env=env, before=lambda: os.setresuid(NAMELESS, 0, 0))
    assert_not_kept(done, expected, "there is no home folder")
    assert names(file.parent) == [".yaml"]


@needs_root
def test_the_cache_of_another_user_is_not_touched(folder: Path, file: Path, expected: bytes) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    os.chown(folder, NOBODY, NOBODY)
    assert_not_kept(run("list", file), expected, "belongs to another user")
    done = run("cache")
    assert done.returncode == 2
    assert done.stderr.endswith(b"belongs to another user\n")
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o777 == 0o777


def test_a_file_in_the_place_of_the_folder_only_causes_a_notice(
    folder: Path, file: Path, expected: bytes
) -> None:
    folder.write_bytes(b"precious")
    assert_not_kept(run("list", file), expected, "is not a folder")
    assert folder.read_bytes() == b"precious"


def test_a_missing_folder_is_created_and_one_open_to_others_is_closed(
    folder: Path, file: Path, expected: bytes
) -> None:
    done = run("list", file)
    assert (done.stdout, done.stderr) == (expected, b"")
    folder.chmod(0o777)
    done = run("list", file)
    assert (done.stdout, done.stderr) == (expected, b"")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert names(folder) == [".db", ".mark"]


def test_two_programs_reading_one_file_cache_one_index(folder: Path, file: Path, expected: bytes) -> None:
    programs = [start_building("list", file) for _ in range(2)]
    for program in programs:
        os.killpg(program.pid, signal.SIGCONT)
    assert [program.communicate() for program in programs] == [(expected, b"")] * 2
    assert names(folder) == [".db", ".mark"]


def test_a_size_limit_of_zero_caches_nothing_without_a_notice(
    folder: Path, file: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "0")
    done = run("list", file)
    assert (done.stdout, done.stderr) == (expected, b"")
    assert not folder.exists()


def test_an_invalid_size_limit_is_reported_in_one_line_and_the_default_is_used(
    folder: Path, file: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "\x1bmuch")
    os.utime(file, (1, 1))
    for _ in range(2):
        done = run("list", file)
        assert done.stdout == expected
        assert done.stderr.decode() == (
            "timeline-tui: TIMELINE_TUI_CACHE=‹U+001B›much is not a size; use for example 500MB, 2GB or 0\n"
        )
    assert names(folder) == [".db", ".mark"]


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("times", [2.2, 3.3, 4.4])
def test_indexes_being_built_count_towards_the_size_limit(
    file: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: float
) -> None:
    # In a shorter file, the empty tables would be most of the index.
    file.write_text("".join(timeline(2_000)), encoding="utf-8")
    monkeypatch.setattr(building, "_FIRST_PREVIEW", 250)
    bound = int(file.stat().st_size * times)
    monkeypatch.setenv("TIMELINE_TUI_CACHE", str(bound))
    sizes: list[int] = []
    looks = tmp_path / "looks"

    def look(_: Path) -> None:
        with looks.open("a", encoding="utf-8") as notes:
            notes.write(f"{size_of(folder)}\n")

    made = Building(file, TODAY, lambda _: sizes.append(size_of(folder)), look).build()
    assert made.kept
    if looks.exists():
        sizes += map(int, looks.read_text(encoding="utf-8").split())
    assert looks.exists() is (times > 2.2)
    assert file.stat().st_size < max(sizes) <= bound
    assert size_of(folder) <= bound


def test_a_file_too_large_for_the_cache_is_shown_without_being_cached(
    folder: Path, file: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "100kB")
    assert_not_kept(run("list", file), expected, "all indexes may take 100 kB")
    assert not folder.exists()


def test_an_index_deleted_while_it_is_shown_stays_on_the_screen(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_timeline(file, today=TODAY)
    shutil.rmtree(folder)
    assert told(opened) == told(opened_fresh(file, monkeypatch))
    assert opened.index.reader().event(7) == opened.index.event(7)


def test_an_index_deleted_before_it_is_shown_is_built_again(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = Building.build

    def build_in_vain(self: Building) -> Built:
        made = build(self)
        if not folder.with_name("gone").exists():
            folder.rename(folder.with_name("gone"))
        return made

    monkeypatch.setattr(Building, "build", build_in_vain)
    opened = open_timeline(file, today=TODAY)
    assert told(opened) == told(opened_fresh(file, monkeypatch))


@pytest.mark.usefixtures("in_parts")
def test_an_index_whose_folder_is_deleted_during_building_is_built_elsewhere(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def take_away(progress: Progress) -> None:
        if progress.events:
            shutil.rmtree(folder, ignore_errors=True)

    made = Building(file, TODAY, take_away).build()
    assert "could not be cached" in made.notice
    assert told(opened_made(str(file), made)) == told(opened_fresh(file, monkeypatch))


def test_clearing_does_not_touch_an_index_that_another_program_builds(
    folder: Path,
    file: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with start_building("list", file) as program:
        place = build_folder(folder)
        done = run("cache", "--clear")
        assert place.exists()
        os.killpg(program.pid, signal.SIGCONT)
        said, complaints = program.communicate()
    assert done.stdout.endswith(b"1 being built, not deleted\n")
    assert complaints == b""
    assert said == expected_list(file, capfdbinary, monkeypatch)
    assert names(folder) == [".db", ".mark"]


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("elsewhere", [True, pytest.param(False, marks=needs_root)])
def test_an_index_without_room_in_the_cache_at_the_end_is_shown_and_then_removed(
    folder: Path,
    file: Path,
    tmp_path: Path,
    small_disk: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    *,
    elsewhere: bool,
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    if not elsewhere:
        small_disk("64k", spare)
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "420kB")
    with ExitStack() as others:

        def build_as_well(progress: Progress) -> None:
            if progress.events and len(list(folder.glob("building-*"))) == 1:
                # A program that was told of another bound.
                others.enter_context(Cache(folder, 10**9).build_folder(10**8))

        opened = open_timeline(file, today=TODAY, report=build_as_well)
    assert told(opened) == told(opened_fresh(file, monkeypatch))
    assert ("could not be cached" in opened.notice) is not elsewhere
    assert list(spare.iterdir()) == []
    assert names(folder) == []

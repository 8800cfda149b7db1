"""An index that is damaged or of a file that has changed since is never shown."""

from __future__ import annotations

import os
import random
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cache_runs import (
    SHORT,
    digest_file,
    keep_short_files,
    names,
    opened_fresh,
    seen,
    settle,
    told,
)
from tests.support.screens import TODAY
from timeline_tui.cli import main as cli
from timeline_tui.loading.loader import Loading
from timeline_tui.loading.opened import find_kept, open_timeline
from timeline_tui.storage.cache_folder import Database, Mark, pack, unpack
from timeline_tui.storage.index_cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.loading.opened import Opened

OFFSETS = 30
FIRST = b"A border post opens"
FIRST_BODY = zlib.compress(b"", 1)[:2]
"""What the compressed records of the first events begin with."""


@pytest.fixture(autouse=True)
def all_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_short_files(monkeypatch)


@pytest.fixture
def folder(own_folders: Path) -> Path:
    return own_folders / "timeline-tui"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    # With a problem, so that there is one to be lost.
    path.write_bytes(SHORT.encode().replace(b"title:", b"colour: red\ntitle:", 1))
    return path


def the_database(folder: Path) -> Path:
    (database,) = folder.glob("*.db")
    return database


def listed(path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[int, bytes, bytes]:
    code = cli.main(["list", str(path)])
    return code, *capfdbinary.readouterr()


def loaded(path: Path) -> Loading:
    """The file as the screen has it once all has been looked at that there is to look at."""
    loading = Loading(path, today=TODAY)
    loading.opened()
    while loading.pid:
        loading.poll()
        os.sched_yield()
    return loading


def _cut(share: float) -> Callable[[bytearray], None]:
    def cut(data: bytearray) -> None:
        del data[int(len(data) * share) :]

    return cut


def _turned(seed: int) -> Callable[[bytearray], None]:
    def turn(data: bytearray) -> None:
        chance = random.Random(seed)  # noqa: S311  places, no keys
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)

    return turn


def _lengthened(data: bytearray) -> None:
    data += b"\0"


def _zeroed_page(data: bytearray) -> None:
    data[4096:8192] = bytes(4096)


HARM = [_cut(share) for share in (0, 0.0001, 0.5, 0.99999)] + [_lengthened, _zeroed_page]


def harmed(kept: Path, folder: Path, harm: Callable[[bytearray], None]) -> None:
    """Put the cache back as it was kept, but for some harm."""
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    database = the_database(folder)
    data = bytearray(database.read_bytes())
    before = bytes(data)
    harm(data)
    assert data != before
    database.write_bytes(data)


def test_a_list_of_a_damaged_index_is_the_list_of_the_file(
    file: Path,
    folder: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settle(monkeypatch)
    fresh = listed(file, capfdbinary)
    assert fresh[0] == 0
    assert fresh[2].count(b"\n") == 1
    kept = Path(shutil.copytree(folder, folder.with_name("kept")))
    good = the_database(kept).read_bytes()
    for harm in [*HARM, *map(_turned, range(OFFSETS))]:
        harmed(kept, folder, harm)
        assert listed(file, capfdbinary) == fresh
        assert the_database(folder).read_bytes() == good
        assert names(folder) == [".db", ".mark"]


def test_a_damaged_index_found_by_content_is_not_shown_either(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(open_timeline(file, today=TODAY))
    for turn in range(5):
        database = the_database(folder)
        data = bytearray(database.read_bytes())
        data[data.index(FIRST_BODY) + 40 + turn] ^= 1
        database.write_bytes(data)
        opened = open_timeline(file, today=TODAY)
        assert told(opened) == before
        settle(monkeypatch)


def test_the_screen_ends_up_with_the_content_of_the_file_whatever_happens_to_the_index(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    fresh = told(open_timeline(file, today=TODAY))
    kept = Path(shutil.copytree(folder, folder.with_name("kept")))
    for harm in [*HARM, *map(_turned, range(OFFSETS // 3))]:
        harmed(kept, folder, harm)
        loading = loaded(file)
        assert told(loading.opened()) == fresh
        loading.stop()


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        (b"unknown-key", b"unknown\xffkey"),
        (b"\xa7warning", b"\xc1warning"),
        (b"\xa7warning", b"\xa7wakning"),
    ],
    ids=["no text", "no value", "no severity"],
)
def test_problems_that_cannot_be_understood_are_no_index(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, sound: bytes, broken: bytes
) -> None:
    def harm(data: bytearray) -> None:
        # Wherever it stands: SQLite leaves what it has moved lying about.
        data[:] = data.replace(sound, broken)

    settle(monkeypatch)
    fresh = told(open_timeline(file, today=TODAY))
    kept = Path(shutil.copytree(folder, folder.with_name("kept")))
    harmed(kept, folder, harm)
    assert find_kept(file, TODAY) is None
    harmed(kept, folder, harm)
    loading = loaded(file)
    assert told(loading.opened()) == fresh
    loading.stop()


def test_an_index_of_another_version_is_not_used(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    fresh = told(open_timeline(file, today=TODAY))
    database = the_database(folder)
    (mark,) = folder.glob("*.mark")
    named, found = Database.named(database.name), unpack(mark.read_bytes())
    assert named
    assert found
    other = folder / database.name.replace(named.version, "1.older")
    database.rename(other)
    mark.write_bytes(pack(Mark(found.seen, other.name)))
    os.utime(other, (1, 1))
    assert find_kept(file, TODAY) is None
    assert told(open_timeline(file, today=TODAY)) == fresh
    assert other.stat().st_mtime == 1
    assert database.exists()


def _same_size(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(FIRST, FIRST.upper(), 1))


def _other_size(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(FIRST, b"Nothing", 1))


def _times_put_back(path: Path) -> None:
    before = path.stat()
    _same_size(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _renamed_over(path: Path) -> None:
    new = Path(shutil.copy2(path, path.with_name("new.yaml")))
    _times_put_back(new)
    new.replace(path)


@pytest.mark.parametrize("change", [_same_size, _other_size, _times_put_back, _renamed_over])
@pytest.mark.parametrize(
    "opened", [lambda path: open_timeline(path, today=TODAY), lambda path: loaded(path).opened()]
)
def test_a_file_that_has_changed_is_read_again(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    opened: Callable[[Path], Opened],
) -> None:
    settle(monkeypatch)
    before = told(open_timeline(file, today=TODAY))
    assert find_kept(file, TODAY)
    change(file)
    assert find_kept(file, TODAY) is None
    after = told(opened(file))
    assert after == told(opened_fresh(file, monkeypatch))
    assert after != before


def test_a_change_within_one_tick_of_the_clock_is_noticed(file: Path) -> None:
    cache = Cache.of_user()
    before, known = seen(file), digest_file(file)
    _times_put_back(file)
    # As a file system with a coarse clock has it: before and after the change the same.
    before = before._replace(stamp=seen(file).stamp)
    with cache.build_folder(9) as place:
        built = place.folder / "whole.db"
        built.write_bytes(b"index")
        assert cache.publish(built, known, before, (TODAY, TODAY))
    assert seen(file).same(before)
    assert cache.find(file, TODAY) is None


def test_a_touched_but_unchanged_file_is_recognised_by_its_content(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    before = told(open_timeline(file, today=TODAY))
    database = the_database(folder)
    os.utime(database, (1, 1))
    inode = database.stat().st_ino
    os.utime(file, (1, 1))
    assert find_kept(file, TODAY) is None
    assert told(open_timeline(file, today=TODAY)) == before
    assert find_kept(file, TODAY)
    assert the_database(folder).stat().st_ino == inode


def test_a_file_moved_to_another_folder_is_recognised_and_its_problems_name_the_new_path(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    open_timeline(file, today=TODAY)
    inode = the_database(folder).stat().st_ino
    (file.parent / "new").mkdir()
    moved = file.rename(file.parent / "new" / file.name)
    opened = open_timeline(moved, today=TODAY)
    assert told(opened) == told(opened_fresh(moved, monkeypatch))
    assert {problem.path for problem in opened.problems} == {str(moved)}
    assert the_database(folder).stat().st_ino == inode


def test_a_copy_of_another_name_is_a_file_of_its_own(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    # Without a title of its own it is called by its name.
    file.write_bytes(file.read_bytes().replace(b"title:", b"titel:", 1))
    titles = []
    for path in (file, Path(shutil.copy(file, file.with_name("copy.yaml")))):
        opened = open_timeline(path, today=TODAY)
        titles.append(opened.index.title)
        assert told(opened) == told(opened_fresh(path, monkeypatch))
    assert titles[0] != titles[1]
    assert names(folder) == [".db", ".db", ".mark", ".mark"]

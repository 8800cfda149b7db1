"""The cache by itself: what is found in it, what it forgets, and whom it trusts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cache_runs import LARGE, digest_file, keep, last_used, names, seen, size_of, story
from tests.support.screens import TODAY
from timeline_tui.storage.cache_folder import Mark, NoCache, pack, unpack
from timeline_tui.storage.index_cache import Cache, Kept

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["tests.support.cache_fixtures"]


def found_at_a_glance(cache: Cache, *files: Path) -> list[str]:
    return [file.stem for file in files if cache.find(file, TODAY)]


def test_an_empty_cache_finds_nothing_and_creates_no_folder(cache: Cache, file: Path) -> None:
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file), TODAY) is None
    assert not cache.folder.path.exists()


def test_a_cached_index_is_found_by_the_stamp_of_its_file(cache: Cache, file: Path) -> None:
    place = keep(cache, file)
    found = cache.find(file, TODAY)
    assert found is not None
    assert found == Kept(found.path, digest_file(file))
    assert found.path == place
    assert found.path.read_bytes() == b"index"
    assert cache.verify(found)
    assert names(cache.folder.path) == [".db", ".mark"]


def test_a_file_read_right_after_a_change_is_found_by_content_first_and_later_by_its_stamp(
    cache: Cache, file: Path
) -> None:
    with cache.build_folder(9) as place:
        built = place.folder / "whole.db"
        built.write_bytes(b"index")
        assert cache.publish(built, digest_file(file), seen(file), (TODAY, TODAY))
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file), TODAY) is not None
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file, 60), TODAY) is not None
    assert cache.find(file, TODAY) is not None


@pytest.mark.parametrize(("day", "holds"), [(-1, False), (0, True), (9, True), (10, False)])
def test_an_index_is_found_only_on_the_days_for_which_it_is_valid(
    cache: Cache, file: Path, day: int, *, holds: bool
) -> None:
    keep(cache, file)
    assert (cache.find(file, TODAY + day) is not None) is holds
    assert (cache.find_content(digest_file(file), seen(file), TODAY + day) is not None) is holds


def test_an_outdated_index_is_replaced_by_the_new_one(cache: Cache, file: Path) -> None:
    keep(cache, file)
    keep(cache, file, b"newer", (TODAY + 10, TODAY + 99))
    found = cache.find(file, TODAY + 10)
    assert found is not None
    assert found.path.read_bytes() == b"newer"
    assert names(cache.folder.path) == [".db", ".mark"]


def test_an_index_that_never_ceases_to_hold_is_found(cache: Cache, file: Path) -> None:
    keep(cache, file, days=(TODAY, 10**12))
    assert cache.find(file, TODAY) is not None


def test_of_two_indexes_of_one_file_the_first_is_used(cache: Cache, file: Path) -> None:
    assert keep(cache, file, b"first") == keep(cache, file, b"second")
    found = cache.find(file, TODAY)
    assert found is not None
    assert found.path.read_bytes() == b"first"


def test_an_index_of_another_program_version_is_not_found(cache: Cache, folder: Path, file: Path) -> None:
    keep(cache, file)
    other = Cache(folder, version="2.two")
    assert other.find(file, TODAY) is None
    assert other.find_content(digest_file(file), seen(file), TODAY) is None
    keep(other, file, b"other")
    assert found_at_a_glance(other, file) == ["a"]


@pytest.mark.parametrize("size", [0, 4, 6])
def test_an_index_whose_size_differs_from_its_name_is_not_found(cache: Cache, file: Path, size: int) -> None:
    place = keep(cache, file)
    assert place
    os.truncate(place, size)
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file), TODAY) is None


def test_an_index_with_any_bit_turned_is_found_out(cache: Cache, file: Path) -> None:
    place = keep(cache, file)
    assert place
    kept = cache.find(file, TODAY)
    assert kept
    for offset in range(5):
        data = bytearray(b"index")
        data[offset] ^= 1
        place.write_bytes(data)
        assert not cache.verify(kept)
    cache.discard(kept)
    assert cache.find(file, TODAY) is None
    assert not cache.verify(kept)
    cache.discard(kept)


@pytest.mark.parametrize("kind", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/etc/hostname")])
def test_only_a_file_is_an_index(cache: Cache, file: Path, kind: Callable[[Path], None]) -> None:
    place = keep(cache, file)
    assert place
    place.unlink()
    kind(place)
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file), TODAY) is None


def the_mark(folder: Path) -> Path:
    (mark,) = folder.glob("*.mark")
    return mark


def _cut(mark: Path) -> None:
    os.truncate(mark, 30)


def _empty(mark: Path) -> None:
    mark.write_bytes(b"")


def _link(mark: Path) -> None:
    mark.rename(mark.with_name("moved"))
    mark.symlink_to("moved")


def _fifo(mark: Path) -> None:
    mark.unlink()
    os.mkfifo(mark)


def _folder(mark: Path) -> None:
    mark.unlink()
    mark.mkdir()


def _lead_out(mark: Path) -> None:
    found = unpack(mark.read_bytes())
    assert found
    mark.write_bytes(pack(Mark(found.seen, f"../{found.database}")))


def _lead_nowhere(mark: Path) -> None:
    found = unpack(mark.read_bytes())
    assert found
    mark.write_bytes(pack(Mark(found.seen, found.database.replace("2.one", "2.two"))))


def _turn(mark: Path) -> None:
    data = bytearray(mark.read_bytes())
    data[len(data) // 2] ^= 1
    mark.write_bytes(data)


@pytest.mark.parametrize("harm", [_cut, _empty, _link, _fifo, _folder, _lead_out, _lead_nowhere, _turn])
def test_without_a_valid_mark_an_index_is_found_by_content(
    cache: Cache, file: Path, harm: Callable[[Path], None]
) -> None:
    keep(cache, file)
    harm(the_mark(cache.folder.path))
    assert cache.find(file, TODAY) is None
    assert cache.find_content(digest_file(file), seen(file, 60), TODAY) is not None


def test_a_mark_is_valid_for_its_own_file_only(cache: Cache, folder: Path, file: Path) -> None:
    keep(cache, file)
    found = unpack(the_mark(folder).read_bytes())
    assert found
    other = story(file.parent, "b")
    keep(cache, other)
    (theirs,) = (mark for mark in folder.glob("*.mark") if unpack(mark.read_bytes()) != found)
    theirs.write_bytes(pack(found))
    assert cache.find(other, TODAY) is None


def test_marks_without_an_index_are_removed(cache: Cache, file: Path) -> None:
    place = keep(cache, file)
    assert place
    place.unlink()
    the_mark(cache.folder.path).with_suffix(".mark.new").write_bytes(b"half")
    keep(cache, story(file.parent, "b"))
    assert names(cache.folder.path) == [".db", ".mark"]


def test_one_index_serves_every_place_its_file_is_at(cache: Cache, folder: Path, file: Path) -> None:
    keep(cache, file)
    (file.parent / "other").mkdir()
    copy = Path(shutil.copy(file, file.parent / "other"))
    assert cache.find(copy, TODAY) is None
    assert cache.find_content(digest_file(copy), seen(copy, 60), TODAY) is not None
    assert cache.find(copy, TODAY) == cache.find(file, TODAY)
    assert names(folder) == [".db", ".mark", ".mark"]


def test_the_least_recently_used_index_is_removed_first(folder: Path, tmp_path: Path) -> None:
    cache = Cache(folder, 3 * LARGE + LARGE // 2, version="2.one")
    files = [story(tmp_path, name) for name in "abc"]
    for second, file in enumerate(files):
        place = keep(cache, file, bytes(LARGE))
        assert place
        last_used(place, second)
    assert cache.find(files[0], TODAY)
    files.append(story(tmp_path, "d"))
    keep(cache, files[3], bytes(LARGE))
    assert found_at_a_glance(cache, *files) == ["a", "c", "d"]
    assert names(folder).count(".mark") == 3


def test_indexes_of_other_program_versions_are_removed_first(folder: Path, tmp_path: Path) -> None:
    bound = 2 * LARGE + LARGE // 2
    old, new = Cache(folder, bound, version="2.old"), Cache(folder, bound, version="2.new")
    files = [story(tmp_path, name) for name in "abc"]
    place = keep(new, files[0], bytes(LARGE))
    assert place
    last_used(place, 1)
    keep(old, files[1], bytes(LARGE))
    keep(new, files[2], bytes(LARGE))
    assert found_at_a_glance(new, *files) == ["a", "c"]
    assert not list(folder.glob("2.old*"))


def test_no_more_indexes_are_removed_than_needed(folder: Path, tmp_path: Path) -> None:
    cache = Cache(folder, 4 * LARGE, version="2.one")
    files = [story(tmp_path, name) for name in "abcd"]
    for second, file in enumerate(files[:3]):
        place = keep(cache, file, bytes(LARGE))
        assert place
        last_used(place, second)
    keep(cache, files[3], bytes(LARGE // 10))
    assert found_at_a_glance(cache, *files) == ["a", "b", "c", "d"]
    with pytest.raises(NoCache), cache.build_folder(5 * LARGE):
        pass
    assert found_at_a_glance(cache, *files) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("bound", [1, 600, LARGE, 2 * LARGE + 1, 5 * LARGE])
def test_the_cache_never_grows_past_its_bound(folder: Path, tmp_path: Path, bound: int) -> None:
    cache = Cache(folder, bound, version="2.one")
    for name in "abcdefgh":
        for size in (LARGE, LARGE // 3, 5):
            file = story(tmp_path, f"{name}{size}")
            try:
                keep(cache, file, bytes(size))
            except NoCache:
                assert size + 100 > bound
            assert size_of(folder) <= bound


def test_an_index_that_has_become_too_large_is_not_cached(folder: Path, file: Path) -> None:
    cache = Cache(folder, LARGE, version="2.one")
    with cache.build_folder(100) as place:
        built = place.folder / "whole.db"
        built.write_bytes(bytes(LARGE + 1))
        assert cache.publish(built, digest_file(file), seen(file), (TODAY, TODAY)) is None
        assert built.exists()
    assert names(folder) == []


def test_two_programs_building_at_once_share_the_size_limit(folder: Path) -> None:
    cache = Cache(folder, LARGE, version="2.one")
    with cache.build_folder(LARGE // 3) as first, cache.build_folder(LARGE // 4) as second:
        assert first.most_bytes == 2 * (LARGE // 3)
        assert LARGE // 4 <= second.most_bytes <= LARGE - first.most_bytes
        with pytest.raises(NoCache, match="all indexes may take 10 kB"), cache.build_folder(LARGE // 2):
            pass
    with cache.build_folder(LARGE // 2) as third:
        assert third.most_bytes == LARGE


def test_a_size_limit_of_zero_caches_and_finds_nothing(folder: Path, cache: Cache, file: Path) -> None:
    keep(cache, file)
    none = Cache(folder, 0, version="2.one")
    assert none.find(file, TODAY) is None
    assert none.find_content(digest_file(file), seen(file), TODAY) is None
    with pytest.raises(NoCache), none.build_folder(1):
        pass

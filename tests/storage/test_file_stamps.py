"""A file told from another, at a glance and by its content."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.storage.cache_folder import Mark, pack, unpack
from timeline_tui.storage.file_stamps import ObservedFile, Stamp, checksum, digest, key, observe

if TYPE_CHECKING:
    from collections.abc import Callable

SEEN = ObservedFile(b"/a/\xff.yaml", Stamp(1, 2, 3, 4, 5), 6)
MARK = Mark(SEEN, "x.db")


def seen(path: Path) -> ObservedFile:
    found = observe(path)
    assert found is not None
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    path.write_bytes(b"title: A\n")
    return path


def test_an_untouched_file_has_the_same_stamp(file: Path) -> None:
    assert seen(file).same(seen(file))


def _grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"#")


def _other_content_of_the_same_age(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"title: B\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _age(path: Path) -> None:
    os.utime(path, (1, 1))


def _replace(path: Path) -> None:
    new = path.with_name("new")
    new.write_bytes(path.read_bytes())
    about = path.stat()
    os.utime(new, ns=(about.st_atime_ns, about.st_mtime_ns))
    new.replace(path)


@pytest.mark.parametrize("change", [_grow, _other_content_of_the_same_age, _age, _replace])
def test_a_change_alters_the_stamp(file: Path, change: Callable[[Path], None]) -> None:
    before = seen(file)
    # Until the file system's clock has ticked, a change can leave no trace: hence `settled`.
    while seen(file).stamp.changed == _touched(file.with_name("clock")):
        continue
    change(file)
    assert not seen(file).same(before)


def _touched(path: Path) -> int:
    path.write_bytes(b"")
    return path.stat().st_ctime_ns


def test_a_copy_is_another_file(file: Path) -> None:
    copy = file.with_name("copy.yaml")
    copy.write_bytes(file.read_bytes())
    assert not seen(copy).same(seen(file))


def test_a_stamp_taken_right_after_a_change_is_not_settled(file: Path) -> None:
    assert not seen(file).settled


@pytest.mark.parametrize(("modified", "changed"), [(0, 8), (8, 0), (9, 9), (12, 12)])
def test_a_stamp_is_not_settled_within_the_tick_of_a_recent_or_future_change(
    modified: int, changed: int
) -> None:
    second = 1_000_000_000
    stamp = Stamp(1, 2, 3, modified * second, changed * second)
    assert not ObservedFile(b"/a", stamp, 10 * second).settled
    assert ObservedFile(b"/a", stamp, 15 * second).settled


def test_the_time_of_a_sighting_is_taken_before_the_file_is_opened(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file, times = os.open, iter((7, 8))
    monkeypatch.setattr("timeline_tui.storage.file_stamps.time", SimpleNamespace(time_ns=times.__next__))

    def open_later(path: Path, flags: int) -> int:
        assert next(times) == 8
        return open_file(path, flags)

    monkeypatch.setattr(os, "open", open_later)
    assert seen(file).taken == 7


def test_a_link_is_observed_by_its_own_path_and_the_stamp_of_its_target(file: Path) -> None:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    assert seen(link).path == os.fsencode(link)
    assert seen(link).stamp == seen(file).stamp


def test_a_file_name_of_any_bytes_is_observed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\n.yaml"
    path = Path(os.fsdecode(name))
    path.write_bytes(b"")
    assert seen(path).path == name


def test_a_relative_path_is_the_same_as_the_whole_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    assert seen(Path("story.yaml")).same(seen(file))


def test_only_regular_files_are_observed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "circle").symlink_to("circle")
    for name in ("fifo", "circle", "none", "nul\0", "."):
        assert observe(tmp_path / name) is None
    assert observe(Path("/dev/null")) is None


def test_standard_input_is_not_observed_even_if_a_file_is_named_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(b"")
    assert observe(Path("-")) is None


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_file_is_known_by_its_bytes_and_its_name(data: bytes, other: bytes) -> None:
    known = digest(data, "same.yaml")
    assert len(known) == 40
    assert digest(bytearray(data), "same.yaml") == known
    assert digest(data, "other.yaml") != known
    assert (digest(other, "same.yaml") == known) is (data == other)


def test_content_and_name_are_known_apart() -> None:
    assert len({digest(b"b", "a"), digest(b"a", "b"), digest(b"", "ab"), digest(b"\0b", "a")}) == 4


def test_a_checksum_depends_on_every_byte_of_a_file_longer_than_a_block(tmp_path: Path) -> None:
    data = bytearray(os.urandom((1 << 20) + 10))
    path = tmp_path / "long"
    path.write_bytes(data)
    found = {checksum(path)}
    assert len(checksum(path)) == 32
    for place in (0, 1 << 20, len(data) - 1):
        data[place] ^= 1
        path.write_bytes(data)
        found.add(checksum(path))
        data[place] ^= 1
    path.write_bytes(data[:-1])
    found.add(checksum(path))
    assert len(found) == 5


def test_a_key_is_a_name_for_a_file_and_two_paths_have_two() -> None:
    keys = {key(path) for path in (b"", b"/a", b"/b", b"/a" * 300, b"/a" * 301)}
    assert len(keys) == 5
    assert {len(each) for each in keys} == {32}


def test_a_mark_is_read_as_it_was_written() -> None:
    assert unpack(pack(MARK)) == MARK


def test_a_truncated_mark_is_rejected() -> None:
    data = pack(MARK)
    assert [unpack(data[:end]) for end in range(len(data))] == [None] * len(data)
    assert unpack(data + b" ") is None


def test_a_mark_with_a_flipped_bit_is_rejected() -> None:
    data = bytearray(pack(MARK))
    for place in range(len(data)):
        for bit in range(8):
            data[place] ^= 1 << bit
            assert unpack(bytes(data)) is None, (place, bit)
            data[place] ^= 1 << bit


def test_a_mark_of_another_shape_is_rejected() -> None:
    other = pack(MARK)[9:].replace(b"database", b"datebase")
    assert unpack(b"%08x\n%b" % (crc32(other), other)) is None
    assert msgspec.json.decode(other)

"""A long file is left on disk while its pieces are read, and a change of it meanwhile is told."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.generate import timeline
from tests.support.examples import examples
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading import file_bytes, parts, source_file
from timeline_tui.loading.file_bytes import FileBytes
from timeline_tui.loading.source_file import SourceFile, read_and_check
from timeline_tui.reading.open_file import BeingWritten

if TYPE_CHECKING:
    from timeline_tui.loading.file_report import FileReport

TIMELINE = "".join(timeline(40)).encode()
TODAY = 739_000


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_bytes, "_LONG", 0)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("left") / "f.yaml"


@examples(50)
@given(st.text("ab:\n", max_size=60).map(str.encode), st.lists(st.integers(0, 60)))
def test_pieces_read_from_the_disk_are_those_of_the_file(place: Path, data: bytes, cuts: list[int]) -> None:
    place.write_bytes(b"#" + data)
    content = FileBytes(bytearray(b"#" + data), place)
    content.leave_on_disk(cut for cut in cuts if cut <= content.size)
    assert b"".join(content.pieces()) == b"#" + data
    ends = sorted({0, content.size, *(cut for cut in cuts if cut <= content.size)})
    assert [content.piece(*each) for each in pairwise(ends)] == [*content.pieces()]
    assert content.whole() == b"#" + data


@pytest.mark.parametrize("changed", [b"title: B\nevents: []\n", b"title: A\n", b"title: A\nevents: []\n\n"])
def test_a_file_that_changed_is_not_taken_for_what_it_was(place: Path, changed: bytes) -> None:
    place.write_bytes(b"title: A\nevents: []\n")
    content = FileBytes(bytearray(place.read_bytes()), place)
    content.leave_on_disk([9])
    place.write_bytes(changed)
    with pytest.raises(BeingWritten, match="another program is writing to it; try again"):
        content.whole()
    content.close()


def test_what_is_not_on_the_disk_as_it_is_stays_in_memory(place: Path) -> None:
    place.write_bytes(b"\x1f\x8b packed")
    content = FileBytes(bytearray(b"unpacked! "), place)
    content.leave_on_disk([3])
    place.unlink()
    assert content.whole() == b"unpacked! "


def test_what_came_through_a_pipe_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_bytes(b"other text")
    for disk in (tmp_path / "pipe", Path("-")):
        content = FileBytes(bytearray(b"title: A\n\n"), disk)
        content.leave_on_disk([3])
        assert [*content.pieces()] == [b"title: A\n\n"]


def read_in_parts(path: Path, monkeypatch: pytest.MonkeyPatch, disk: Path | None) -> FileReport:
    monkeypatch.setattr(source_file, "LEAST_SIZE", 0)
    monkeypatch.setattr(parts, "_PART", 700)
    file = SourceFile(FileBytes(bytearray(path.read_bytes()), disk), "f.yaml", TODAY)
    return read_and_check(file, IndexWriter, lambda *_: None)


@pytest.mark.parametrize("slip", [b"", b"\n  - date: 2024\n    title: New\n", b"\n  - &a\n    date: 2024\n"])
def test_a_file_left_on_disk_is_read_as_one_in_memory(
    place: Path, slip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write_bytes(TIMELINE + slip)
    assert read_in_parts(place, monkeypatch, place) == read_in_parts(place, monkeypatch, None)


def test_a_change_while_parts_are_read_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write_bytes(TIMELINE)
    leave = FileBytes.leave_on_disk

    def leave_and_change(content: FileBytes, cuts: list[int]) -> None:
        leave(content, cuts)
        place.write_bytes(TIMELINE.replace(b"title:", b"titel:"))

    monkeypatch.setattr(FileBytes, "leave_on_disk", leave_and_change)
    with pytest.raises(BeingWritten, match=r"f\.yaml: another program is writing to it; try again"):
        read_in_parts(place, monkeypatch, place)

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from timeline_tui.loading.file_watch import Watch
from timeline_tui.storage.file_stamps import stamp_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "story.yaml"
    file.write_text("one", encoding="utf-8")
    return file


def test_a_file_that_stays_the_same_has_not_changed(file: Path) -> None:
    watch = Watch(file, stamp_of(file))
    assert not watch.has_changed()
    assert not watch.has_changed()


def test_a_change_in_place_is_reported_once_after_writing_ends(file: Path) -> None:
    watch = Watch(file, stamp_of(file))
    file.write_text("three", encoding="utf-8")
    assert not watch.has_changed()
    assert watch.has_changed()
    assert not watch.has_changed()


def test_a_file_being_written_is_waited_for(file: Path) -> None:
    watch = Watch(file, stamp_of(file))
    for text in ("three", "fourteen", "a hundred"):
        file.write_text(text, encoding="utf-8")
        assert not watch.has_changed()
    assert watch.has_changed()


def test_each_of_two_replacements_is_noticed(file: Path) -> None:
    watch = Watch(file, stamp_of(file))
    for text in ("two", "six"):
        other = file.with_name("new")
        other.write_text(text, encoding="utf-8")
        other.replace(file)
        assert not watch.has_changed()
        assert watch.has_changed()


def test_a_file_deleted_and_written_again_has_changed_then(file: Path) -> None:
    watch = Watch(file, stamp_of(file))
    file.unlink()
    assert not watch.has_changed()
    assert not watch.has_changed()
    file.write_text("again", encoding="utf-8")
    assert not watch.has_changed()
    assert watch.has_changed()


def test_a_change_is_noticed_though_size_and_time_were_put_back(file: Path) -> None:
    before = file.stat()
    watch = Watch(file, stamp_of(file))
    file.write_text("two", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    watch.has_changed()
    assert watch.has_changed()

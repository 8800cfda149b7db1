"""Folders for what the cache has no room for."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from timeline_tui.storage.temp_folders import remove_temporary_folders, temporary_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_temporary_folder_is_new_and_closed_to_others(temporary: Path) -> None:
    first, second = temporary_folder(), temporary_folder()
    assert first != second
    assert {first.parent, second.parent} == {temporary}
    assert first.stat().st_mode & 0o777 == 0o700


def test_the_folders_of_one_process_go_and_those_of_others_stay(temporary: Path) -> None:
    mine = temporary_folder()
    (mine / "whole.db").write_bytes(b"x")
    pid = os.getpid()
    others = [temporary / f"timeline-tui-{number}-x" for number in (int(f"{pid}1"), pid + 1)]
    for other in others:
        other.mkdir()
    remove_temporary_folders(pid)
    assert sorted(temporary.iterdir()) == sorted(others)


def test_a_planted_link_never_leads_to_deleting_its_target(temporary: Path) -> None:
    precious = temporary / "precious"
    precious.mkdir()
    (precious / "file").write_bytes(b"x")
    (temporary / f"timeline-tui-{os.getpid()}-x").symlink_to(precious)
    remove_temporary_folders(os.getpid())
    assert (precious / "file").exists()


def test_a_folder_that_cannot_be_created_raises_the_error_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(OSError, match="No such file"):
        temporary_folder()
    remove_temporary_folders(os.getpid())

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from timeline_tui.editing.atomic_write import write_whole
from timeline_tui.errors import TimelineError

AS_ROOT = os.geteuid() == 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def only(folder: Path, *names: str) -> None:
    """Check that no other file is left."""
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


@pytest.mark.parametrize("replace", [False, True])
def test_a_new_file_has_the_text_and_the_mode_that_the_mask_leaves(tmp_path: Path, *, replace: bool) -> None:
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.yaml", "é\r\n", replace=replace)
    finally:
        os.umask(old)
    assert (tmp_path / "a.yaml").read_bytes() == "é\r\n".encode()
    assert mode(tmp_path / "a.yaml") == 0o640
    only(tmp_path, "a.yaml")


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    with pytest.raises(TimelineError, match="exists already and was not overwritten"):
        write_whole(path, "new", replace=False)
    assert path.read_text() == "old"
    only(tmp_path, "a.yaml")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_in_the_meantime_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    path = tmp_path / "a.yaml"
    real = os.fsync

    def fsync(descriptor: int) -> None:
        path.write_text("somebody else's")
        real(descriptor)

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "fsync", fsync)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    with pytest.raises(TimelineError, match="exists already"):
        write_whole(path, "new", replace=False)
    assert path.read_text() == "somebody else's"
    only(tmp_path, "a.yaml")


def test_a_new_file_is_written_on_a_disk_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    write_whole(tmp_path / "a.yaml", b"new", replace=False)
    assert (tmp_path / "a.yaml").read_bytes() == b"new"
    only(tmp_path, "a.yaml")


@pytest.mark.parametrize("before", [0o600, 0o644, 0o660])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, before: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(before)
    write_whole(path, "new", replace=True)
    assert (path.read_text(), mode(path)) == ("new", before)
    only(tmp_path, "a.yaml")


def test_a_symbolic_link_is_followed_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "a.yaml").write_text("old")
    link = tmp_path / "link.yaml"
    link.symlink_to("real/a.yaml")
    write_whole(link, "new", replace=True)
    assert link.is_symlink()
    assert (folder / "a.yaml").read_text() == "new"
    only(tmp_path, "link.yaml", "real")
    only(folder, "a.yaml")


def test_a_dangling_link_counts_as_a_file_unless_it_may_be_replaced(tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("a.yaml")
    with pytest.raises(TimelineError, match="exists already"):
        write_whole(link, "new", replace=False)
    write_whole(link, "new", replace=True)
    assert (tmp_path / "a.yaml").read_text() == "new"
    assert link.is_symlink()


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none/a.yaml", "there is no folder"),
        ("file/a.yaml", "a part of its path is not a folder"),
        ("round/a.yaml", "links form a circle"),
        ("a" * 300, "its name is too long"),
        ("a\0b", "its name is not a valid file name"),
    ],
)
def test_the_error_says_why_a_file_cannot_be_written(
    tmp_path: Path, name: str, words: str, *, replace: bool
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(TimelineError, match=words):
        write_whole(tmp_path / name, "new", replace=replace)
    only(tmp_path, "file", "round")


def test_folders_and_pipes_are_not_overwritten(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to("round")
    for name, words in (("pipe", "a pipe"), ("", "it is a folder"), ("round", "links form a circle")):
        with pytest.raises(TimelineError, match=words):
            write_whole(tmp_path / name, "new", replace=True)
    only(tmp_path, "pipe", "round")


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_permissions_are_respected(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(TimelineError, match="it may only be read"):
        write_whole(path, "new", replace=True)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(TimelineError, match="no permission"):
            write_whole(tmp_path / "b.yaml", "new", replace=False)
    finally:
        tmp_path.chmod(0o755)
    assert path.read_text() == "old"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod"])
def test_whatever_step_fails_the_old_file_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path if step == "replace" else os, step, fail)
    words = "the disk is full" if code == errno.ENOSPC else "input/output error"
    with pytest.raises(TimelineError, match=words):
        write_whole(path, "new", replace=True)
    assert path.read_text() == "old"
    only(tmp_path, "a.yaml")


def test_half_a_character_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match="half a character"):
        write_whole(tmp_path / "a.yaml", "\ud800", replace=True)
    only(tmp_path)


def test_a_hostile_name_is_made_visible_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(TimelineError) as error:
        write_whole(tmp_path / "\x1b[2J" / "a", "new", replace=True)
    assert "\x1b" not in str(error.value)


def test_the_mode_is_set_before_the_text_is_made_safe_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    steps: list[str] = []
    for owner, name in ((os, "fchmod"), (os, "fsync"), (Path, "replace")):
        real = getattr(owner, name)

        def heard(*words: object, _real: object = real, _name: str = name) -> object:
            steps.append(_name)
            assert callable(_real)
            return _real(*words)

        monkeypatch.setattr(owner, name, heard)
    write_whole(path, "new", replace=True)
    assert steps == ["fchmod", "fsync", "replace", "fsync"]

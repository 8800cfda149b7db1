"""Several programs change one file at the same time; the other programs are real processes."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import PROGRAM, PtySession
from timeline_tui.cli.main import main
from timeline_tui.editing import atomic_write as writing
from timeline_tui.editing.atomic_write import Changed, check_writable, rewrite, version_of, write_whole
from timeline_tui.editing.questions import questions
from timeline_tui.errors import TimelineError
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "title: x\nevents:\n  - title: one\n    date: 2021\n"
AS_ROOT = os.geteuid() == 0


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_QUIET", 0.01)


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*PROGRAM, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0, told
    return told


def titles(path: Path) -> list[str]:
    return [event.title for event in read_text(bytearray(path.read_bytes()), "x").events]


def only(path: Path) -> None:
    """Check that no other file is in the folder."""
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_eight_programs_at_once_add_eight_events(story: Path) -> None:
    added = [f"e{number}" for number in range(8)]
    running = [start("add", str(story), "--date", "2022", "--title", title) for title in added]
    for process in running:
        assert "added " in ended(process)
    assert sorted(titles(story)) == [*added, "one"]
    only(story)


def test_eight_events_of_one_title_get_eight_ids(story: Path) -> None:
    running = [start("add", str(story), "--date", "2022", "--title", "Same") for _ in range(8)]
    told = {re.findall(r"same\S*", ended(process))[0] for process in running}
    assert told == {"same", *(f"same-{number}" for number in range(2, 9))}
    ids = [event.id for event in read_text(bytearray(story.read_bytes()), "x").events]
    assert told <= set(ids)


@pytest.mark.parametrize("words", [["add", "--date", "2020", "--title", "zero"], ["fmt", "--write"]])
def test_a_program_that_waits_for_another_changes_the_file_that_the_other_wrote(
    story: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    with story.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        def while_it_waits(_: float) -> None:
            if not held.closed:
                held.write(TEXT.replace("one", "edited").encode() + b"  - title: early\n    date: 2019\n")
                held.close()

        monkeypatch.setattr(time, "sleep", while_it_waits)
        assert main([*words, str(story)]) == 0
        assert held.closed
    assert "edited" in titles(story)
    assert titles(story)[0] == ("early" if words[0] == "fmt" else "zero")
    only(story)


def _in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _by_rename(path: Path, text: str) -> None:
    other = path.with_name("other")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


def _with_backup(path: Path, text: str) -> None:
    path.rename(path.with_name("backup"))
    path.write_text(text, encoding="utf-8")
    path.with_name("backup").unlink()


@pytest.mark.parametrize("save", [_in_place, _by_rename, _with_backup])
def test_what_an_editor_saves_meanwhile_is_kept_and_changed(
    story: Path, save: Callable[[Path, str], None]
) -> None:
    seen: list[bytes] = []

    def change(data: bytes) -> bytes:
        seen.append(data)
        if len(seen) == 1:
            save(story, "edited\n")
        return data + b"added\n"

    done = rewrite(story, change)
    assert seen == [TEXT.encode(), b"edited\n"]
    assert done == (b"edited\n", b"edited\nadded\n")
    assert story.read_bytes() == done.new
    only(story)


def test_what_is_saved_at_the_last_moment_is_kept(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    saved: list[int] = []

    def fsync(descriptor: int) -> None:
        if not saved:
            story.write_text("edited\n", encoding="utf-8")
        saved.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    rewrite(story, lambda data: data + b"added\n")
    assert story.read_text(encoding="utf-8") == "edited\nadded\n"
    only(story)


def test_an_error_that_an_editor_is_just_fixing_does_not_stop_the_change(story: Path) -> None:
    story.write_text("", encoding="utf-8")

    def change(data: bytes) -> bytes:
        if not data:
            story.write_text("saved\n", encoding="utf-8")
            raise TimelineError("there is nothing in it")
        return data + b"added\n"

    assert rewrite(story, change).new == b"saved\nadded\n"


def test_a_file_that_keeps_changing_is_left_alone(story: Path) -> None:
    count = 0

    def change(data: bytes) -> bytes:
        nonlocal count
        count += 1
        story.write_text(f"{count}\n", encoding="utf-8")
        return data + b"added\n"

    with pytest.raises(TimelineError, match="other programs keep changing it"):
        rewrite(story, change)
    assert story.read_text(encoding="utf-8") == f"{count}\n"
    only(story)


def test_a_file_that_is_deleted_meanwhile_is_not_created_again(story: Path) -> None:
    def change(data: bytes) -> bytes:
        story.unlink()
        return data + b"added\n"

    with pytest.raises(TimelineError, match="file not found"):
        rewrite(story, change)
    assert not list(story.parent.iterdir())


def test_a_link_that_is_changed_meanwhile_is_followed_to_its_new_target(story: Path) -> None:
    link, other = story.with_name("link"), story.with_name("other")
    link.symlink_to(story.name)
    other.write_text("other\n", encoding="utf-8")

    def change(data: bytes) -> bytes:
        link.unlink()
        link.symlink_to(other.name)
        return data + b"added\n"

    def once(data: bytes) -> bytes:
        return change(data) if data == TEXT.encode() else data + b"added\n"

    assert rewrite(link, once).new == b"other\nadded\n"
    assert story.read_text(encoding="utf-8") == TEXT
    assert link.is_symlink()


def test_nothing_is_written_if_nothing_changes(story: Path) -> None:
    before = story.stat()
    assert rewrite(story, lambda data: data) == (TEXT.encode(), TEXT.encode())
    assert (story.stat().st_ino, story.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_lock_that_is_never_released_is_reported(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PATIENCE", 0.05)
    with story.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        with pytest.raises(TimelineError, match="another program has locked it"):
            rewrite(story, lambda data: data + b"#")
    assert rewrite(story, lambda data: data + b"#").new == TEXT.encode() + b"#"
    only(story)


def test_a_disk_without_locks_is_written_anyway(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    assert rewrite(story, lambda data: data + b"#").new.endswith(b"#")


def test_a_killed_process_releases_its_lock(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, 2); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(story)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        monkeypatch.setattr(time, "sleep", lambda _: holder.kill())
        assert rewrite(story, lambda data: data + b"#").new.endswith(b"#")
    only(story)


KILLED = """
import os, signal, sys
from pathlib import Path
from timeline_tui.editing import atomic_write
real = os.fsync
def fsync(descriptor):
    print("written", flush=True)
    sys.stdin.readline()
    real(descriptor)
os.fsync = fsync
atomic_write.write_whole(Path(sys.argv[1]), "new" * 999, replace=True)
"""


def in_the_middle_of_writing(path: Path) -> subprocess.Popen[str]:
    """A program that is in the middle of writing a file."""
    words = [sys.executable, "-c", KILLED, str(path)]
    program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout
    assert program.stdout.readline() == "written\n"
    return program


@pytest.mark.parametrize("is_new", [False, True])
def test_the_next_write_removes_what_a_killed_program_left(story: Path, *, is_new: bool) -> None:
    path = story.with_name("new.yaml") if is_new else story
    with in_the_middle_of_writing(path) as program:
        program.kill()
    assert len(list(story.parent.iterdir())) == 2
    write_whole(path, "title: whole\nevents: []\n", replace=True)
    assert {each.name for each in story.parent.iterdir()} == {story.name, path.name}


def test_the_file_of_a_program_that_is_still_writing_is_left_to_it(story: Path) -> None:
    path = story.with_name("new.yaml")
    with in_the_middle_of_writing(path) as program:
        write_whole(path, "first", replace=True)
        write_whole(story.with_name("other.yaml"), "other", replace=True)
        assert len(list(story.parent.glob(".timeline-tui-*"))) == 1
        assert program.stdin
        program.stdin.write("\n\n")
        program.stdin.flush()
        program.communicate()
    assert sorted(each.name for each in story.parent.iterdir()) == sorted(
        [story.name, path.name, "other.yaml"]
    )
    assert program.returncode != 0
    assert path.read_text() == "first"


def test_a_file_that_is_taken_for_abandoned_before_it_is_locked_is_made_again(
    story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing._lock
    taken: list[Path] = []

    def lock(descriptor: int) -> bool | None:
        found = [path for path in story.parent.iterdir() if path not in (story, *taken)]
        if found and not taken:
            taken.extend(found)
            found[0].unlink()
        return real(descriptor)

    monkeypatch.setattr(writing, "_lock", lock)
    write_whole(story, "new", replace=True)
    assert taken
    assert story.read_text(encoding="utf-8") == "new"
    only(story)


def test_what_was_left_of_another_file_or_planted_is_not_touched(story: Path) -> None:
    with in_the_middle_of_writing(story.with_name("other.yaml")) as program:
        program.kill()
    (left,) = story.parent.glob(".timeline-tui-*")
    rewrite(story, lambda data: data + b"#")
    assert left.exists()
    victim = story.with_name("victim")
    victim.write_text("kept")
    left.unlink()
    left.symlink_to(victim)
    write_whole(story.with_name("other.yaml"), "x", replace=True)
    assert victim.read_text() == "kept"


def test_standard_input_cannot_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["fmt", "--write", "-"]) == 2
    assert "give the name of a file" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_file_without_write_permission_is_reported_in_advance(story: Path) -> None:
    story.chmod(0o444)
    with pytest.raises(TimelineError, match="it may only be read"):
        check_writable(story)
    story.chmod(0o644)
    story.parent.chmod(0o555)
    try:
        with pytest.raises(TimelineError, match="no permission to write there"):
            check_writable(story)
        with pytest.raises(TimelineError, match="no permission to write there"):
            rewrite(story, lambda data: data + b"#")
    finally:
        story.parent.chmod(0o755)
    assert story.read_text(encoding="utf-8") == TEXT


def test_force_overwrites_only_the_version_that_was_there_at_the_start(story: Path) -> None:
    version = version_of(story)
    story.write_text("edited\n", encoding="utf-8")
    with pytest.raises(Changed, match="another program has changed it in the meantime"):
        write_whole(story, "new", replace=True, version=version)
    assert story.read_text(encoding="utf-8") == "edited\n"
    write_whole(story, "new", replace=True, version=version_of(story))
    assert story.read_text(encoding="utf-8") == "new"
    only(story)


def test_a_file_that_appears_or_disappears_meanwhile_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert version_of(path) == ""
    path.write_text("theirs", encoding="utf-8")
    with pytest.raises(Changed):
        write_whole(path, "new", replace=True, version="")
    version = version_of(path)
    path.unlink()
    with pytest.raises(Changed):
        write_whole(path, "new", replace=True, version=version)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["export", "import"])
def test_an_export_over_its_own_source_loses_no_edit(
    story: Path, monkeypatch: pytest.MonkeyPatch, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    real = write_whole

    def late(*words: object, **options: object) -> None:
        story.write_text("edited\n", encoding="utf-8")
        real(*words, **options)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(writing, "write_whole", late)
    assert main([command, str(story), "-o", str(story), "--force"]) == 2
    assert "changed it in the meantime" in capsys.readouterr().err
    assert story.read_text(encoding="utf-8") == "edited\n"


def test_fmt_asks_again_if_the_file_was_saved_while_it_asked(story: Path) -> None:
    late = "  - title: early\n    date: 2019\n"
    story.write_text(TEXT + late, encoding="utf-8")
    with PtySession([*PROGRAM, "fmt", str(story)]) as session:
        session.wait_for("Write it?")
        story.write_text(TEXT.replace("one", "edited") + late, encoding="utf-8")
        session.write(b"y\r")
        session.wait_for("has changed in the meantime")
        session.write(b"y\r")
        assert session.exit_code() == 0
    assert titles(story) == ["early", "edited"]
    only(story)


def test_add_keeps_what_was_saved_while_it_asked(story: Path) -> None:
    with PtySession([*PROGRAM, "add", str(story)]) as session:
        session.wait_for("Date")
        story.write_text(TEXT.replace("one", "edited"), encoding="utf-8")
        answers = {"date": "14 July 2020", "title": "zero"}
        for question in questions():
            if not question.after:
                session.write(f"{answers.get(question.name, '')}\r".encode())
        assert session.exit_code() == 0
    assert titles(story) == ["zero", "edited"]
    only(story)

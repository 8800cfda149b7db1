"""What a reader makes of a timeline is kept whole, privately, and never lost."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.storage.reader_notes import (
    LONGEST_NOTE,
    MOST_BYTES,
    NOTHING_MADE,
    Note,
    NotesFile,
    ReaderNotes,
    SavedView,
)
from timeline_tui.storage.visit_files import notes_folder

ids = st.sampled_from(["a", "b", "c"])
texts = st.text(st.characters(codec="utf-8"), max_size=8)
made = st.builds(
    ReaderNotes,
    st.dictionaries(ids, texts),
    st.dictionaries(ids, st.builds(Note, texts.filter(bool), texts)),
    st.dictionaries(texts, st.builds(SavedView, texts)),
)


def content(notes: ReaderNotes) -> tuple[object, ...]:
    return dict(notes.marks), dict(notes.notes), dict(notes.views)


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text("title: A story\n")
    return path


def stored(path: Path) -> Path:
    NotesFile(path).change("A story", lambda notes: notes)
    (found,) = notes_folder().glob("*.json")
    return found


@examples(100)
@given(made)
def test_what_is_kept_is_what_is_read_again(notes: ReaderNotes) -> None:
    file = NotesFile(Path("/nowhere/story.yaml"))
    kept = file.change("A story", lambda _: notes)
    assert (kept.notice, kept.is_done) == ("", True)
    again = file.read()
    assert content(again.notes) == content(notes)
    assert again.raw == kept.raw


@examples(100)
@given(made, made)
def test_joining_loses_no_mark_note_or_view(one: ReaderNotes, other: ReaderNotes) -> None:
    both = one.joined(other)
    assert both.marks.keys() == one.marks.keys() | other.marks.keys()
    for notes in (one, other):
        assert all(note.text in both.notes[id_].text for id_, note in notes.notes.items())
        assert all(view in both.views.values() for view in notes.views.values())
    assert both.has_all_of(one)
    assert both.has_all_of(other)
    assert one.has_all_of(one)


def test_a_file_can_be_read_by_people_and_by_nobody_else(timeline: Path) -> None:
    NotesFile(timeline).change("A story", lambda notes: notes.with_mark("vote", "The vote", marked=True))
    path = stored(timeline)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["path"] == str(timeline)
    assert told["title"] == "A story"
    assert told["marks"] == {"vote": "The vote"}
    assert len(path.read_text(encoding="utf-8").splitlines()) > 5


def test_two_programs_do_not_lose_each_others_marks(timeline: Path) -> None:
    def mark(number: int) -> None:
        kept = NotesFile(timeline).change("", lambda notes: notes.with_mark(f"e{number}", "", marked=True))
        assert kept.is_done, kept.notice

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(mark, range(40)))
    assert NotesFile(timeline).read().notes.marks.keys() == {f"e{number}" for number in range(40)}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 1}',
        b'{"version": "1", "path": "", "title": ""}',
        b'{"version": 1, "path": "", "title": "", "marks": []}',
        b'{"version": 1, "path": "", "title": "", "unknown": 1}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_broken_file_is_reported_and_set_aside_and_not_overwritten(timeline: Path, data: bytes) -> None:
    path = stored(timeline)
    path.write_bytes(data)
    file = NotesFile(timeline)
    kept = file.read()
    assert content(kept.notes) == content(NOTHING_MADE)
    assert str(path) in kept.notice
    assert path.read_bytes() == data
    changed = file.change("A story", lambda notes: notes.with_mark("a", "A", marked=True))
    assert changed.is_done
    aside = path.with_name(f"{path.name}.broken-1")
    assert aside.name in changed.notice
    assert aside.read_bytes() == data
    assert file.read().notes.marks == {"a": "A"}


def test_a_file_that_was_cut_short_anywhere_is_set_aside_or_whole(timeline: Path) -> None:
    NotesFile(timeline).change("A story", lambda notes: notes.with_note("vote", "The vote", "Odd."))
    path = stored(timeline)
    whole = path.read_bytes()
    for end in range(0, len(whole) - 2, 7):
        path.write_bytes(whole[:end])
        assert not NotesFile(timeline).read().is_done
    assert NotesFile(timeline).read().notice


def test_the_file_of_a_newer_version_stays_as_it_is(timeline: Path) -> None:
    path = stored(timeline)
    path.write_text('{"version": 2, "all": "new"}')
    kept = NotesFile(timeline).change("A story", lambda notes: notes.with_mark("a", "A", marked=True))
    assert not kept.is_done
    assert "newer version" in kept.notice
    assert path.read_text() == '{"version": 2, "all": "new"}'


def test_a_link_is_neither_followed_nor_replaced(timeline: Path, tmp_path: Path) -> None:
    path = stored(timeline)
    other = tmp_path / "other.json"
    path.rename(other)
    path.symlink_to(other)
    file = NotesFile(timeline)
    assert "link" in file.read().notice
    kept = file.change("A story", lambda notes: notes.with_mark("a", "A", marked=True))
    assert not kept.is_done
    assert path.is_symlink()


def test_too_much_is_refused_and_what_was_there_stays(timeline: Path) -> None:
    file = NotesFile(timeline)
    file.change("A story", lambda notes: notes.with_note("a", "A", "Short."))
    kept = file.change("A story", lambda notes: notes.with_note("a", "A", "x" * (LONGEST_NOTE + 1)))
    assert not kept.is_done
    assert "10,000" in kept.notice
    assert file.read().notes.notes["a"].text == "Short."
    path = stored(timeline)
    path.write_bytes(b" " * (MOST_BYTES + 1))
    assert "4 MB" in file.read().notice
    assert not file.change("A story", lambda notes: notes).is_done


def test_a_folder_that_cannot_be_written_is_a_notice(timeline: Path) -> None:
    notes_folder().parent.mkdir(parents=True, exist_ok=True)
    notes_folder().write_text("a file stands here")
    file = NotesFile(timeline)
    assert file.read().notes is NOTHING_MADE
    kept = file.change("A story", lambda notes: notes.with_mark("a", "A", marked=True))
    assert not kept.is_done
    assert kept.notice.startswith("This is not kept")


def test_a_change_that_fails_while_writing_leaves_the_old_file(
    timeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = NotesFile(timeline)
    file.change("A story", lambda notes: notes.with_mark("a", "A", marked=True))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    kept = file.change("A story", lambda notes: notes.with_mark("b", "B", marked=True))
    assert "no space left" in kept.notice
    assert file.read().notes.marks == {"a": "A"}
    assert [path.suffix for path in notes_folder().iterdir() if path.name != "lock"] == [".json"]


def test_of_standard_input_nothing_is_kept() -> None:
    file = NotesFile(Path("-"))
    assert file.read().is_done
    assert "standard input" in file.change("", lambda notes: notes).notice


def test_the_notes_of_another_path_say_whether_its_file_is_gone(timeline: Path, tmp_path: Path) -> None:
    NotesFile(timeline).change("A story", lambda notes: notes.with_mark("a", "A", marked=True))
    moved = timeline.rename(tmp_path / "moved.yaml")
    (other,) = NotesFile(moved).others()
    assert (other.path, other.title, other.is_gone) == (str(timeline), "A story", True)
    assert other.notes.marks == {"a": "A"}


def test_nothing_made_is_the_same_for_everybody_and_cannot_be_changed() -> None:
    assert isinstance(NOTHING_MADE.marks, MappingProxyType)
    assert not NOTHING_MADE

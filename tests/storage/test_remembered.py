"""Where a reader was is remembered as long as there is room, and is never an error."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.storage import remembered as module
from timeline_tui.storage.remembered import (
    LONGEST_TYPED,
    MOST_TYPED,
    Remembered,
    RememberedFile,
    joined,
)
from timeline_tui.storage.visit_files import places_folder

if TYPE_CHECKING:
    from pathlib import Path

texts = st.text(st.characters(codec="utf-8"), max_size=6)
typed = st.dictionaries(st.sampled_from(["find", ":"]), st.lists(texts, max_size=60))


@examples(100)
@given(typed, typed)
def test_what_was_typed_by_two_programs_is_joined_the_last_text_last(
    before: dict[str, list[str]], since: dict[str, list[str]]
) -> None:
    for kind, found in joined(before, since).items():
        assert len(found) <= MOST_TYPED
        assert set(found) <= {*before.get(kind, ()), *since.get(kind, ())}
        own = since.get(kind, [])
        assert found[-len(own) :] == own[-MOST_TYPED:] if own else True
    assert joined({"find": ["x" * (LONGEST_TYPED + 1)]}, {}) == {"find": []}


def test_what_is_remembered_is_read_again_and_private(tmp_path: Path) -> None:
    file = RememberedFile(tmp_path / "story.yaml")
    kept = file.write(Remembered(event="vote", line=7, two_lines=False, typed={"find": ["wall"]}))
    assert file.read() == kept
    assert (kept.remembered.event, kept.remembered.line) == ("vote", 7)
    assert kept.remembered.two_lines is False
    (path,) = places_folder().glob("*.json")
    assert path.stat().st_mode & 0o777 == 0o600
    file.write(Remembered(event="breach", typed={"find": ["mayor"]}))
    assert file.read().remembered.typed == {"find": ["wall", "mayor"]}


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"event": 1}', b'{"version": 9}', b"{}", b"\xff", b"[" * 99_999, b" " * (1 << 21)]
)
def test_a_broken_file_is_reported_and_counts_as_not_remembered(tmp_path: Path, data: bytes) -> None:
    file = RememberedFile(tmp_path / "story.yaml")
    file.write(Remembered(event="vote"))
    (path,) = places_folder().glob("*.json")
    path.write_bytes(data)
    kept = file.read()
    assert kept.remembered == Remembered()
    assert kept.notice.startswith("Where you were last time is not known")
    file.write(Remembered(event="breach"))
    assert file.read().remembered.event == "breach"


def test_a_folder_that_cannot_be_written_is_a_notice(tmp_path: Path) -> None:
    places_folder().parent.mkdir(parents=True, exist_ok=True)
    places_folder().write_text("")
    kept = RememberedFile(tmp_path / "story.yaml").write(Remembered(event="vote"))
    assert kept.raw == b""
    assert kept.notice.startswith("Where you are is not remembered")


def test_only_the_files_used_last_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 3)
    for number in range(5):
        RememberedFile(tmp_path / f"{number}.yaml").write(Remembered(event=f"e{number}"))
        for path in places_folder().glob("*.json"):
            os.utime(path, ns=(0, path.stat().st_mtime_ns - 10**9))
    found = [RememberedFile(tmp_path / f"{number}.yaml").read().remembered.event for number in range(5)]
    assert found == ["", "", "e2", "e3", "e4"]

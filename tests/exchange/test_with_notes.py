"""The reader's marks and notes go with an export where the format can hold them; else they are counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.stories import event, story
from timeline_tui.cli.main import main
from timeline_tui.exchange import registry
from timeline_tui.exchange.with_notes import MARK, NOTE
from timeline_tui.query.language import parse_query
from timeline_tui.storage.reader_notes import Note, NotesFile, ReaderNotes

if TYPE_CHECKING:
    from pathlib import Path

VIEW = story(
    event("2024-11-06", "The vote", id="vote", extra={NOTE: "the file's own"}),
    event("2024-11-07", "The day after", id="after"),
).with_reader(
    ReaderNotes(
        {"vote": "", "gone": ""},
        {"vote": Note("Whose figure? <b>=1+1</b>"), "after": Note("A quiet day"), "gone": Note("Lost")},
    )
)
HOLDS = [name for name, format_ in registry.FORMATS.items() if format_.has_own_fields]


@pytest.mark.parametrize("name", HOLDS)
def test_a_format_with_room_has_marks_and_notes_beside_what_the_file_says(name: str) -> None:
    exported = registry.write(VIEW, name, notes=True)
    for said in ("A quiet day", "Whose figure", "own"):
        assert said in exported.text.replace("\\", "")
    assert MARK.replace("-", "") in exported.text.replace("\\", "").replace("-", "").replace("_", "")
    assert "<b>" not in exported.text or name not in ("html", "markdown")
    assert exported.lost["marks and notes of the reader"] == 0
    assert exported.lost["marks and notes of the reader on events that are not exported"] == 2


@pytest.mark.parametrize("name", [name for name in registry.FORMATS if name not in HOLDS])
def test_a_format_without_room_counts_what_is_lost(name: str) -> None:
    exported = registry.write(VIEW, name, notes=True)
    assert "A quiet day" not in exported.text
    assert exported.lost["marks and notes of the reader"] == 3


@pytest.mark.parametrize("name", registry.FORMATS)
def test_nothing_of_the_reader_is_exported_unless_asked_for(name: str) -> None:
    exported = registry.write(VIEW, name)
    assert "A quiet day" not in exported.text
    assert not any("reader" in words for words in exported.lost)


def test_notes_on_events_outside_of_the_view_are_counted_and_not_listed() -> None:
    view = VIEW.with_query(parse_query("after").query)
    exported = registry.write(view, "json", notes=True)
    assert "Whose figure" not in exported.text
    assert exported.lost["marks and notes of the reader on events that are not exported"] == 4


def test_the_command_line_exports_and_filters_by_what_the_reader_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "story.yaml", tmp_path / "out.json"
    path.write_text("title: T\nevents:\n- {id: a, date: 2024, title: A}\n- {id: b, date: 2025, title: B}\n")
    NotesFile(path).change(
        "T", lambda notes: notes.with_mark("b", "B", marked=True).with_note("b", "B", "Hm.")
    )
    assert main(["export", str(path), "--notes", "-o", str(out)]) == 0
    assert [event.get(NOTE) for event in json.loads(out.read_text())["events"]] == [None, "Hm."]
    capsys.readouterr()
    assert main(["list", str(path), "--filter", "is:marked"]) == 0
    assert capsys.readouterr().out.splitlines()[3:] == ["2025        B"]
    assert main(["list", str(path), "--sort", "newest"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[3:]] == ["2025", "2024"]

"""The commands that write files: export, import, add, fmt, completion, and what they refuse."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import BUNDLED, HARBOUR, TODAY
from timeline_tui.cli.main import main
from timeline_tui.exchange.registry import FORMATS
from timeline_tui.loading.opened import open_timeline
from timeline_tui.reading.reader import read_timeline
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = sorted(FORMATS)
READ_BACK = [name for name in WRITTEN if name == "yaml" or FORMATS[name].reader]


def view_of(path: Path) -> View:
    return View(open_timeline(path, today=TODAY).index, today=TODAY)


def titles(path: Path) -> list[str]:
    view = view_of(path)
    return [row.title for row in view.rows(0, view.count)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    shutil.copy(HARBOUR, path)
    return path


@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_is_written_and_imported_again_with_every_event(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, back = tmp_path / "out", tmp_path / "back.yaml"
    assert main(["export", str(BUNDLED), "--to", name, "-o", str(out)]) == 0
    assert out.stat().st_size > 1000
    assert capsys.readouterr().out == ""
    if name in READ_BACK:
        assert main(["import", str(out), "--from", name, "-o", str(back)]) == 0
        read = sorted(event.title for event in read_timeline(back).events)
        assert read == sorted(titles(BUNDLED))


def test_an_export_says_what_its_program_shows_in_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "empty.yaml", tmp_path / "out.json"
    file.write_text("title: Nothing yet\nevents: []\n")
    assert main(["export", str(file), "--to", "timelinejs", "-o", str(out)]) == 0
    assert "TimelineJS shows an error for a timeline without events" in capsys.readouterr().err
    assert out.exists()


def test_an_export_obeys_filter_and_known_on(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    options = ["--filter", "kind:vote", "--known-on", "2024-11-03"]
    assert main(["export", str(BUNDLED), "-o", str(out), *options]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))["events"]
    assert told[-1]["id"] == "federation-council-vote"
    assert told[-1]["status"] == "scheduled"
    assert "outcome" not in told[-1]


def test_a_list_without_a_source_marks_what_falls_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(HARBOUR), "--without", "wire", "--without", "minutes"]) == 0
    printed = capsys.readouterr().out
    assert "without Coast Wire and 1 more source" in printed
    assert "∅ " in printed
    assert main(["list", str(HARBOUR)]) == 0
    assert "∅ " not in capsys.readouterr().out


def test_an_export_says_how_many_statements_have_fallen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert main(["export", str(HARBOUR), "-o", str(out), "--without", "wire"]) == 0
    assert "marks of statements that have lost all their sources" in capsys.readouterr().err


def test_what_a_format_does_not_support_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(BUNDLED), "-o", str(tmp_path / "out.mmd")]) == 0
    assert "quotes" in capsys.readouterr().err


def test_an_export_without_an_output_file_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(HARBOUR), "--to", "bibtex"]) == 0
    assert capsys.readouterr().out.startswith("@")


def test_an_export_that_is_there_already_says_how_it_can_be_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", str(HARBOUR), "-o", str(tmp_path / "out.csv")]
    assert main(words) == 0
    assert main(words) == 2
    assert "out.csv exists already and was not overwritten; --force overwrites it" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0


def test_add_says_first_that_most_answers_can_be_left_out(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(
        "timeline_tui.cli.edit.TerminalPrompt.ask", lambda *_: (_ for _ in ()).throw(EOFError)
    )
    main(["add", str(file)])
    assert "Only the date and the title are needed: Enter leaves out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "FILE", "-o", "out.xyz"], "cannot tell the format from the name"),
        (["export", "FILE", "-o", "out", "--to", "word"], "there is no format word"),
        (["import", "FILE", "-o", "out.yaml", "--from", "html"], "html cannot be imported"),
        (["export", "FILE", "-o", "no/such/out.json"], "there is no folder no/such"),
        (["add", "FILE", "--date", "soonish", "--title", "X"], "soonish"),
        (["add", "FILE", "--title", "X"], "needs a date"),
    ],
)
def test_a_failed_command_prints_one_line_and_changes_nothing(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(file.parent)
    before = file.read_bytes()
    assert main([str(file) if word == "FILE" else word for word in words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["story.yaml"]


@pytest.mark.parametrize("command", ["export", "import"])
def test_no_file_is_overwritten_without_force(file: Path, tmp_path: Path, command: str) -> None:
    source = file
    if command == "import":
        source = tmp_path / "in.csv"
        source.write_text("date,title\n2024-01-01,A\n", encoding="utf-8")
    out = tmp_path / "out.json"
    out.write_text("mine", encoding="utf-8")
    assert main([command, str(source), "-o", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert main([command, str(source), "-o", str(out), "--force"]) == 0
    assert out.read_text(encoding="utf-8") != "mine"


def test_rows_that_cannot_be_read_are_counted_and_reported_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"date": "2024-01-01", "title": "A"}\nnot json\n', encoding="utf-8")
    assert main(["import", str(source), "-o", str(tmp_path / "out.yaml")]) == 0
    told = capsys.readouterr().err
    assert "in.jsonl:2: left out" in told
    assert "1 left out in total" in told


def test_import_writes_its_guesses_as_comments(tmp_path: Path) -> None:
    source, out = tmp_path / "in.yaml", tmp_path / "out.yaml"
    source.write_text("- when: March 2021\n  event: A stone\n", encoding="utf-8")
    assert main(["import", str(source), "-o", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("#")
    assert "`when`" in text
    assert main(["check", str(out)]) == 0


def test_add_inserts_an_event_by_date_and_changes_no_other_byte(file: Path) -> None:
    before = file.read_bytes()
    assert (
        main(["add", str(file), "--date", "9 Feb 2024", "--title", "A gull: lands", "--tags", "birds"]) == 0
    )
    after = file.read_bytes()
    assert "A gull: lands" in titles(file)
    start = next(at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    assert before[start:] == after[len(after) - (len(before) - start) :]
    assert main(["check", str(file)]) == 0


def test_fmt_shows_the_changes_and_writes_them_only_on_request(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file.read_text(encoding="utf-8")
    late = "  - date: 1999-01-01\n    title: Long ago # a remark\n"
    file.write_text(text.rstrip("\n") + "\n" + late, encoding="utf-8")
    before = file.read_bytes()
    assert main(["fmt", str(file)]) == 1
    assert "+  - date: 1999-01-01" in capsys.readouterr().out
    assert file.read_bytes() == before
    assert main(["fmt", str(file), "--write"]) == 0
    assert titles(file)[0] == "Long ago"
    assert "# a remark" in file.read_text(encoding="utf-8")
    assert main(["fmt", str(file)]) == 0
    assert "already formatted" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_completion_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "complete-line" in capsys.readouterr().out


def test_completion_offers_the_ids_of_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["complete-line", "zsh", f"timeline-tui list {file} --filter actor:m"]) == 0
    assert "actor:mayor" in capsys.readouterr().out.splitlines()
    assert main(["complete-line", "zsh", "timeline-tui ex"]) == 0
    assert "export" in capsys.readouterr().out.splitlines()

"""What scripts rely on: the documented exit codes, and reports of what was left out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support.screens import HARBOUR
from timeline_tui.cli.main import main
from timeline_tui.cli.table import COMMANDS
from timeline_tui.exchange.registry import FORMATS

BROKEN = """\
title: A story
sources:
  gazette: {publisher: The Gazette}
events:
  - {id: first, date: 2024-13-01, title: There is no such month}
  - {date: 2024-02-30, title: There is no such day, kind: [vote]}
  - {id: second, date: 2024-02-01, title: Sound}
  - {id: second, date: 2024-02-02, title: The same id}
  - no map at all
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a valid file, one with errors, and one that is not formatted."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(HARBOUR, "sound.yaml")
    Path("broken.yaml").write_text(BROKEN, encoding="utf-8")
    untidy = "title: T\nevents:\n  - {date: 2024, title: B}\n  - {date: 2023, title: A}\n"
    Path("untidy.yaml").write_text(untidy, encoding="utf-8")
    Path("in.jsonl").write_text('{"date": "2024", "title": "A"}\nnot json\n', encoding="utf-8")
    return tmp_path


CASES = {
    ("", 0): "sound.yaml",
    ("", 1): "broken.yaml",
    ("list", 0): "list sound.yaml",
    ("list", 1): "list broken.yaml",
    ("present", 0): "present sound.yaml",
    ("present", 1): "present broken.yaml",
    ("export", 0): "export sound.yaml -o out.json",
    ("export", 1): "export broken.yaml -o out.json",
    ("import", 0): "import in.jsonl -o out.yaml",
    ("add", 0): "add sound.yaml --date 2024 --title X",
    ("fmt", 0): "fmt untidy.yaml --write",
    ("fmt", 1): "fmt untidy.yaml",
    ("check", 0): "check sound.yaml",
    ("check", 1): "check broken.yaml",
    ("new", 0): "new new.yaml",
    ("schema", 0): "schema",
    ("completion", 0): "completion fish",
    ("cache", 0): "cache",
    ("config", 0): "config",
    ("config", 1): "config",
}
NOT_DONE = {
    "present": "present absent.yaml",
    "": "gone.yaml",
    "list": "list gone.yaml",
    "export": "export sound.yaml -o sound.yaml",
    "import": "import gone.csv -o out.yaml",
    "add": "add sound.yaml --title X",
    "fmt": "fmt gone.yaml",
    "check": "check sound.yaml gone.yaml",
    "new": "new sound.yaml",
    "schema": "schema sound.yaml",
    "serve": "serve gone.yaml",
    "completion": "completion csh",
    "cache": "cache --empty",
    "config": "config --empty",
}


def test_every_documented_exit_code_is_tried() -> None:
    documented = {(name, code) for name, command in COMMANDS.items() for code in command.exits}
    # tests/web/test_serving.py ends a server.
    assert set(CASES) == documented - {("serve", 0)}
    assert set(NOT_DONE) == set(COMMANDS)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("command", "code"), CASES)
def test_a_command_ends_with_the_documented_code(command: str, code: int, own_folders: Path) -> None:
    if (command, code) == ("config", 1):
        file = own_folders / "timeline-tui" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("colour = 1\n", encoding="utf-8")
    assert main(CASES[command, code].split()) == code


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", NOT_DONE)
def test_a_failure_ends_with_2_and_one_line(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(NOT_DONE[command].split()) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", FORMATS)
def test_an_export_says_what_it_leaves_out_for_errors(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "broken.yaml", "--to", name, "-o", "out"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "timeline-tui: 6 errors in broken.yaml; left out because of this: 4 events, 1 source"
    lines = [line.split(":")[1] for line in told if line.startswith("broken.yaml:")]
    assert lines == ["3", "5", "6", "6", "8", "9"]


@pytest.mark.usefixtures("folder")
def test_a_list_says_how_much_it_leaves_out_for_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "broken.yaml"]) == 1
    assert "left out because of this: 4 events, 1 source" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_a_file_without_errors_is_exported_silently(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "sound.yaml", "-o", "out.html"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("folder")
def test_entries_that_cannot_be_converted_are_counted_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", "in.jsonl", "-o", "out.html"]) == 0
    told = capsys.readouterr().err
    assert "in.jsonl:2:1: warning left-out" in told
    assert "1 problem in in.jsonl; left out because of this: 1 event" in told


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", ["empty.yaml", "sound.yaml --filter kind:vote --known-on 2023-01-01"])
def test_an_export_without_events_is_valid_and_says_so(
    name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.yaml").write_text("title: Nothing\nevents: []\n", encoding="utf-8")
    assert main(["export", *words.split(), "--to", name, "-o", "out"]) == 0
    assert "the export contains no events: 0 " in capsys.readouterr().err
    written = Path("out").read_text(encoding="utf-8")
    match name:
        case "json" | "timelinejs" | "vis" | "csl-json":
            assert json.loads(written) is not None
        case "html":
            assert written.endswith("</html>\n")
        case "icalendar":
            assert written.endswith("END:VCALENDAR\n")
        case "yaml":
            assert main(["check", "out"]) == 0
        case _:
            assert written.isprintable() or written.endswith("\n")

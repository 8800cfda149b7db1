"""Every command in the documents does what is said: each page is followed from its first line to its last."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from timeline_tui.cli.main import main

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "decisions" not in path.parts)
_FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of code in a page."""

    kind: str
    file: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page that are files or commands, in its order."""
    found = [Block(*match.groups(default="")) for match in _FENCE.finditer(page.read_text(encoding="utf-8"))]
    return [block for block in found if block.file or block.kind == "sh"]


FOLLOWED = [page for page in PAGES if blocks(page)]


@pytest.mark.parametrize("page", FOLLOWED, ids=lambda page: page.stem)
def test_a_page_can_be_followed_line_by_line(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        if block.file:
            Path(block.file).write_text(block.text, encoding="utf-8")
            continue
        for line in block.text.splitlines():
            program, *words = shlex.split(line, comments=True)
            assert program == "timeline-tui", line
            code = main(words)
            assert code == 0, (line, capsys.readouterr().err)


def test_the_program_of_the_page_on_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (bridge,) = (block for block in blocks(DOCS / "tutorial.md") if "--new-source" in block.text)
    assert main(["new", "bridge.yaml", "--actors", "Ada Brown: person, Town council: organisation"]) == 0
    for line in bridge.text.splitlines():
        assert main(shlex.split(line)[1:]) == 0
    capsys.readouterr()
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    exec(_FENCE.findall(page)[0][2], {})  # noqa: S102  the program in the document
    assert "2024-05 Ada Brown says that the money is gone" in capsys.readouterr().out


def test_the_guides_are_followed() -> None:
    followed = {page.stem for page in FOLLOWED}
    assert {"tutorial", "spreadsheet", "docket", "log", "newsroom", "class"} <= followed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_commands_of_the_readme_make_check_and_export_a_timeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8").partition("## Make your own")[2]
    lines = [
        shlex.split(line, comments=True)[1:]
        for line in re.findall(r"^ {4}(timeline-tui .+)$", text, re.MULTILINE)
    ]
    assert [words[0] for words in lines] == ["new", "add", "mine.yaml", "check", "export"]
    monkeypatch.chdir(tmp_path)
    # What asks its questions is given the answers; what opens the screen prints the list.
    lines[1] += ["--date", "12 March 2019", "--title", "The council votes for a bridge"]
    lines[2].insert(0, "list")
    for words in lines:
        assert main(words) == 0, (words, capsys.readouterr().err)
    assert "The council votes for a bridge" in Path("mine.html").read_text(encoding="utf-8")

"""What `list --show` prints beside the events."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.loaded_modules import loaded_by
from tests.support.pty_session import PROGRAM
from tests.support.screens import BUNDLED, HARBOUR
from tests.support.stories import HEADER, event, story
from timeline_tui.cli.main import main
from timeline_tui.cli.table import EVENTS, SHOWN
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Claim
from timeline_tui.pages import printed
from timeline_tui.pages.page import NARROWEST
from timeline_tui.pages.printed import PageRequest, printed_page
from timeline_tui.storage.visits import Visits
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = SHOWN[1:]
NOTHING = {
    "events": "",
    "claims": "No event here has claims.",
    "wordings": "No quote here has other wordings.",
    "links": "No event here has links.",
    "actors": "Nobody is named in the events here.",
    "sides": "There are not two actors or languages here to compare.",
    "sources": "There are no events here.",
    "news": "No visit is remembered.",
}


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Shown:
    return Shown(capsys)


class Shown:
    """The lines that `list` prints of a file where nothing is wrong."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, path: Path, what: str, *words: str) -> list[str]:
        assert main(["list", str(path), "--show", what, *words]) == 0
        printed = self._capsys.readouterr()
        assert printed.err == ""
        return printed.out.splitlines()


def test_every_choice_of_show_has_a_page() -> None:
    assert {EVENTS, *printed._PAGES} == set(SHOWN)


@pytest.mark.parametrize("what", VIEWS)
@pytest.mark.parametrize("width", [NARROWEST, 72])
def test_every_page_of_the_bundled_timeline_fits_its_width(what: str, width: int, show: Shown) -> None:
    lines = show(BUNDLED, what, "--width", str(width))
    assert len(lines) > 5
    assert max(map(cells, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)


@pytest.mark.parametrize("what", SHOWN)
def test_every_page_of_an_empty_timeline_says_that_there_is_nothing(
    what: str, show: Shown, tmp_path: Path
) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("title: Nothing yet\nevents: []\n", encoding="utf-8")
    lines = show(path, what)
    assert lines[:3] == ["Nothing yet", "0 events", ""]
    assert NOTHING[what] in "\n".join(lines[3:])
    assert len(lines) <= 8


@pytest.mark.parametrize("what", SHOWN)
def test_if_no_event_matches_every_page_says_so_and_lists_none(what: str, show: Shown) -> None:
    lines = show(HARBOUR, what, "--filter", "nothing-like-this")
    assert lines[:3] == ["The harbour wall", "0 of 7 events · nothing-like-this", ""]
    assert NOTHING[what] in "\n".join(lines[3:])
    assert "wall" not in "\n".join(lines[3:])


@pytest.mark.parametrize("what", SHOWN)
def test_a_closed_pipe_ends_every_page_quietly(what: str) -> None:
    words = [*PROGRAM, "list", str(HARBOUR), "--show", what]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        assert writer.stderr.read() == b""
        assert writer.wait(timeout=120) == 0


def test_no_page_loads_textual() -> None:
    words = [["list", str(HARBOUR), "--show", what] for what in VIEWS]
    started = f"from timeline_tui.cli.main import main; assert not any(map(main, {words!r}))"
    assert not loaded_by(started) & {"textual", "rich"}


def test_the_plain_list_loads_no_page() -> None:
    script = (
        "import sys; from timeline_tui.cli.main import main; "
        f"main(['list', {str(HARBOUR)!r}]); print('timeline_tui.pages.printed' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_a_page_has_a_title_and_blank_lines_around_it(show: Shown) -> None:
    lines = show(HARBOUR, "claims")
    assert lines[:4] == ["The harbour wall", "7 events", "", "How high must the wall be?"]
    assert lines[4] == ""
    assert lines[lines.index("Why did the wall give way?") - 1] == ""
    assert lines[-1] == ""


def test_one_topic_is_shown_alone_by_its_id_or_question(show: Shown) -> None:
    alone = show(HARBOUR, "claims", "--topic", "blame")
    assert alone[3] == "Why did the wall give way?"
    assert not any("How high" in line for line in alone)
    assert any("the footing was never renewed" in line for line in alone)


def test_a_topic_without_claims_in_view_says_why(show: Shown) -> None:
    lines = show(HARBOUR, "claims", "--topic", "blame", "--filter", "kind:vote")
    assert lines[3] == "Why did the wall give way?"
    assert lines[5].startswith("None of the events shown has a claim on this")


def test_claims_on_a_topic_that_the_file_does_not_declare_can_be_asked_for() -> None:
    claim = Claim(about="wages", by="tass", value="12")
    view = story(event("2024-10-01", "A strike", claims=(claim,)), header=HEADER)
    lines = list(printed_page(view, PageRequest("claims", "-", topic="wages", width=60)))
    assert lines[3] == "wages"
    assert any("12" in line for line in lines[4:])


def test_the_given_sides_are_compared(show: Shown) -> None:
    lines = show(HARBOUR, "sides", "--sides", "actor:mayor | actor:engineer")
    assert lines[3] == "Two sides"
    assert lines[5:7] == ["◂ actor: Zoë Achterberg — 3 events", "▸ actor: 최민서 Choi Min-seo — 3 events"]


def test_by_default_the_sides_with_most_events_are_compared(show: Shown) -> None:
    lines = show(BUNDLED, "sides")
    assert lines[5:7] == ["◂ actor: North Korea — 33 events", "▸ actor: Russia — 29 events"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("claims", "Umerov"),
        ("wordings", "Choe Son-hui, 4 November 2024"),
        ("links", "small battles"),
        ("actors", "Umerov"),
        ("sides", "fires short-range missiles"),
        ("sources", "new page of instability"),
    ],
)
def test_no_page_reveals_what_was_not_known_yet(what: str, words: str, show: Shown) -> None:
    before = "\n".join(show(BUNDLED, what, "--width", "200", "--known-on", "2024-11-03"))
    assert "known on 3 November 2024" in before
    assert words not in before
    assert words in "\n".join(show(BUNDLED, what, "--width", "200"))


@pytest.mark.parametrize(
    ("what", "plain", "counted"),
    [
        ("claims", "When: 8 October 2024", "When: T-28"),
        ("wordings", "Choe Son-hui, 4 November 2024", "Choe Son-hui, T-1"),
        ("links", "1 November 2024  Choe and Lavrov meet", "T-4  Choe and Lavrov meet"),
        ("sides", "2024 Nov 5 ", "T "),
        ("sources", "1 November 2024 · Choe and Lavrov meet", "T-4 · Choe and Lavrov meet"),
    ],
)
def test_every_page_counts_its_dates(what: str, plain: str, counted: str, show: Shown) -> None:
    assert any(plain in line for line in show(BUNDLED, what))
    lines = show(BUNDLED, what, "--days-from", "us-election")
    assert lines[1] == "115 events · days from 5 November 2024"
    assert any(line.startswith(counted) or f" {counted}" in line for line in lines[3:])
    assert not any(plain in line for line in lines)


def test_a_list_does_not_count_as_a_visit(show: Shown, tmp_path: Path, own_folders: Path) -> None:
    path = tmp_path / "harbour.yaml"
    text = HARBOUR.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert "No visit is remembered. A visit is" in " ".join(show(path, "news"))
    assert not list(own_folders.rglob("*.visit"))
    opened = open_timeline(path, today=0)
    Visits.of_user().write(path, ((id_, print_) for _, id_, print_ in opened.index.fingerprints()))
    path.write_text(text.replace("votes for seven metres", "votes for nine metres"), encoding="utf-8")
    for _ in range(2):
        lines = show(path, "news")
        assert lines[3:6] == ["New since the last visit", "", "Events: 1 changed."]
        assert any("votes for nine metres" in line for line in lines)


def test_a_damaged_record_of_a_visit_is_reported(show: Shown, tmp_path: Path, own_folders: Path) -> None:
    path = tmp_path / "harbour.yaml"
    path.write_bytes(HARBOUR.read_bytes())
    Visits.of_user().write(path, [])
    (kept,) = own_folders.rglob("*.visit")
    kept.write_bytes(b"nonsense")
    lines = show(path, "news", "--width", "200")
    assert lines[5].startswith("What changed since the last visit is unknown: ")
    assert lines[5].endswith("a list does not count as one.")


def test_standard_input_has_no_last_visit() -> None:
    words = [*PROGRAM, "list", "-", "--show", "news"]
    done = subprocess.run(words, input=HARBOUR.read_bytes(), capture_output=True, timeout=120, check=True)
    assert b"Visits of standard input are not remembered." in done.stdout


def test_lines_have_a_hundred_cells_in_a_pipe_and_a_minimum_in_a_narrow_terminal(
    show: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def widest() -> int:
        return max(map(cells, show(BUNDLED, "sources")))

    assert 90 < widest() <= 100
    monkeypatch.setenv("COLUMNS", "64")
    assert 55 < widest() <= 64
    monkeypatch.setenv("COLUMNS", "4")
    assert widest() == NARROWEST

"""The command line, as a shell sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.generate import timeline
from tests.support.pty_session import PROGRAM
from tests.support.screens import BUNDLED, HARBOUR
from tests.support.systems import needs_full_device, needs_proc
from timeline_tui.cli.main import main

BEFORE_CHRIST = """\
title: BCE
events:
  - date: -0048-01-10
    title: He crosses the river
  - date: -0043-03-15
    title: He is killed
"""


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **variables},
    )


def test_the_bundled_timeline_has_no_problem() -> None:
    done = run("check", "--strict", str(BUNDLED))
    assert (done.returncode, done.stderr) == (0, "")
    assert all(": remark " in line for line in done.stdout.splitlines())


def test_a_pipe_gets_the_plain_list() -> None:
    done = run(str(HARBOUR))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "The harbour wall",
        "7 events",
        "",
        "2023-03     The council plans a higher wall  (1 claim)",
        "2023-03-20  The mayor promises a wall by winter  (revealed 1 day later, 2 quotes)",
        "2024-02-02T23:40  The wall gives way in the night 🌊  (2 claims)",
        (
            "2024-02-05~  The engineer is said to have warned twice"
            "  (disputed, claimed by Town council, 1 quote)"
        ),
        "2024-02-09  The council votes for seven metres  (moved once, 2 days, 1 claim)",
        "2024-02-10  The Morning builds a wall of its own  (1 quote)",
        "2031-05     The new wall is to be opened  (scheduled)",
    ]


def test_list_takes_a_filter_and_says_what_it_shows() -> None:
    done = run("list", str(HARBOUR), "--filter", "actor:council -kind:vote")
    assert "of 7 events · actor: Town council · not kind: vote" in done.stdout
    assert "votes for" not in done.stdout


def test_without_a_file_the_bundled_timeline_is_listed() -> None:
    assert "Choe" in run().stdout


def test_a_closed_pipe_ends_the_list_quietly() -> None:
    writer = subprocess.Popen([*PROGRAM, str(BUNDLED)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stderr is not None
    with writer.stdout, writer.stderr:
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.wait(timeout=120) == 0


def test_any_locale_can_print_any_script() -> None:
    done = run(
        "list",
        str(HARBOUR),
        "--filter",
        "speaker:engineer",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0
    assert run("list", str(HARBOUR), PYTHONIOENCODING="ascii").stdout.count("\\U0001f30a") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.yaml"], "missing.yaml"),
        (["check", "missing.yaml"], "missing.yaml"),
        (["list"], "FILE"),
        (["--filter", "actr:x", str(HARBOUR)], "did you mean"),
        (["--goto", "soonish", str(HARBOUR)], "--goto"),
        (["--known-on", "soonish", str(HARBOUR)], "--known-on: not a date"),
        (["list", str(HARBOUR), "--known-on", ""], "--known-on"),
        (["list", str(HARBOUR), "--known-on", "2024-02-31"], "--known-on"),
        (["list", str(HARBOUR), "--known-on", "May 9998"], "--known-on: May 9998 is in the future"),
        (["list", str(HARBOUR), "--without", "wires"], "no source wires — did you mean wire?"),
        (["export", str(HARBOUR), "--to", "csv", "--without", "nobody at all"], "--without"),
        (["--days-from", "soonish", str(HARBOUR)], "and no event has that id"),
        (["list", str(HARBOUR), "--days-from", "\udcff"], "--days-from"),
        (["list", str(HARBOUR), "--days-from", "../2024"], "has no known start date"),
        (["list", str(HARBOUR), "--show", "everything"], "--show"),
        (["list", str(HARBOUR), "--show", "links", "--width", "29"], "from 30 to 1000"),
        (["list", str(HARBOUR), "--show", "links", "--width", "wide"], "from 30 to 1000"),
        (["list", str(HARBOUR), "--topic", "height"], "--topic goes with --show claims"),
        (["list", str(HARBOUR), "--show", "claims", "--topic", "heigth"], "did you mean height?"),
        (["list", str(HARBOUR), "--sides", "wall | sea"], "--sides goes with --show sides"),
        (["list", str(HARBOUR), "--show", "sides", "--sides", "wall"], "--sides: type two queries"),
        (["list", str(HARBOUR), "--show", "sides", "--sides", "wall | actr:mayor"], "did you mean"),
        (["--no-such-option"], "--no-such-option"),
        (["check", "--format", "xml", str(HARBOUR)], "xml"),
        (["list", "\x1b]0;x\x07.yaml"], "‹U+001B›]0;x‹U+0007›.yaml"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_code_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err
    assert printed.out == ""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    text = HARBOUR.read_text(encoding="utf-8")
    path = tmp_path / "faulty.yaml"
    path.write_text(text.replace("date: 2024-02-10", "date: 10 Feb 2024"), encoding="utf-8")
    return path


def test_check_prints_each_problem_with_its_place(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(faulty)]) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if "bad-date" in line)
    number = faulty.read_text(encoding="utf-8").splitlines().index("    date: 10 Feb 2024") + 1
    assert line.startswith(f"{faulty}:{number}:11: error bad-date")
    assert "2024-02-10" in line


def test_check_as_json_prints_one_problem_per_line(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", str(faulty)]) == 1
    problems = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"path", "line", "column", "severity", "code", "message", "hint"} <= set(problems[0])


def test_check_for_github_annotates_the_line(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "github", str(faulty)]) == 1
    assert capsys.readouterr().out.startswith("::error file=")


def test_warnings_alone_fail_only_a_strict_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "warned.yaml"
    path.write_text("title: A\ncolour: red\nevents: []\n", encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "unknown-key" in capsys.readouterr().out
    assert main(["check", "--strict", str(path)]) == 1


def test_a_file_with_errors_is_listed_and_its_problems_go_to_standard_error(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", str(faulty)]) == 1
    printed = capsys.readouterr()
    assert "6 events" in printed.out
    assert "bad-date" in printed.err


def test_new_creates_a_valid_timeline_and_never_overwrites_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    assert main(["new", str(path)]) == 0
    written = path.read_bytes()
    capsys.readouterr()
    assert main(["check", "--strict", str(path)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["new", str(path)]) == 2
    assert path.read_bytes() == written


def test_new_without_a_folder_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "none" / "mine.yaml")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"]


def test_closed_streams_are_no_error() -> None:
    script = f"exec {sys.executable} -m timeline_tui list {HARBOUR} <&- 2>&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, timeout=120, check=False)
    assert done.returncode == 0
    assert b"The harbour wall" in done.stdout
    silent = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m timeline_tui list {HARBOUR} >&-"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in silent.stderr


@needs_full_device
def test_a_full_disk_is_reported_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "list", str(HARBOUR)], stdout=full, stderr=subprocess.PIPE, timeout=120, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_standard_input_can_be_a_pipe_and_a_closed_one_is_reported() -> None:
    done = subprocess.run(
        [*PROGRAM, "list", "-"], input=HARBOUR.read_bytes(), capture_output=True, timeout=120, check=False
    )
    assert done.stdout.startswith(b"The harbour wall\n7 events")
    closed = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m timeline_tui list - <&-"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert closed.returncode == 2
    assert closed.stderr == b"timeline-tui: -: standard input is closed\n"


def test_an_empty_file_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([""]) == 2
    assert capsys.readouterr().out == ""


def test_cache_lists_the_indexes_and_clear_deletes_them(tmp_path: Path, own_folders: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("".join(timeline(2_000)), encoding="utf-8")
    assert run("list", str(path)).returncode == 0
    told = run("cache")
    assert (told.returncode, told.stderr) == (0, "")
    folder, kept, amount = told.stdout.splitlines()
    assert folder == str(own_folders / "timeline-tui")
    assert kept.endswith(f"  {path}")
    assert amount.startswith("1 timeline, ")
    cleared = run("cache", "--clear")
    assert (cleared.returncode, cleared.stderr) == (0, "")
    assert cleared.stdout.startswith("1 timeline, ")
    assert run("cache").stdout.splitlines()[1:] == [
        "0 timelines, 0 bytes of at most 4 GB (TIMELINE_TUI_CACHE)"
    ]
    assert not list((own_folders / "timeline-tui").glob("*.db"))


def test_cache_reports_an_invalid_size_limit_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIMELINE_TUI_CACHE", "plenty")
    assert main(["cache"]) == 0
    printed = capsys.readouterr()
    notice = "TIMELINE_TUI_CACHE=plenty is not a size; use for example 500MB, 2GB or 0"
    assert printed.err == f"timeline-tui: {notice}\n"
    assert "of at most 4 GB" in printed.out


def test_a_cache_that_cannot_be_used_is_one_line_and_exit_code_2(
    own_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folders / "timeline-tui").write_bytes(b"")
    for words in (["cache"], ["cache", "--clear"]):
        assert main(words) == 2
        printed = capsys.readouterr()
        assert printed.err.count("\n") == 1
        assert printed.err.endswith("is not a folder\n")
        assert printed.out == ""


@needs_proc
def test_an_interrupted_check_names_the_file_and_goes_on_to_the_next(tmp_path: Path, faulty: Path) -> None:
    """The processes that the check starts are killed as soon as there are any."""
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(8_000)), encoding="utf-8")
    program = subprocess.Popen(
        [*PROGRAM, "check", str(path), str(faulty)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with program:
        children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
        while not (found := children.read_text(encoding="ascii").split()):
            assert program.poll() is None
        os.kill(int(found[0]), signal.SIGKILL)
        said, complaints = program.communicate()
    assert complaints.decode() == f"timeline-tui: {path}: reading was interrupted\n"
    assert b"bad-date" in said
    assert program.returncode == 2


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["--days-from", "-0043-03-15"], "2 events · days from 15 March 44 BC"),
        (["--known-on", "-0045"], "1 of 2 events · known on 31 December 46 BC"),
        (["--filter", "-0045.."], "1 of 2 events · -0045.."),
        (["--filter", "50 BC..45 BC"], "1 of 2 events · -0049..-0044"),
        (["--filter", "-killed"], "1 of 2 events · not killed"),
        (["--filter=-0045.."], "1 of 2 events · -0045.."),
    ],
)
def test_option_values_can_begin_with_a_dash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], shown: str
) -> None:
    path = tmp_path / "before-christ.yaml"
    path.write_text(BEFORE_CHRIST, "utf-8")
    assert main(["list", str(path), *words]) == 0
    assert capsys.readouterr().out.splitlines()[1] == shown
    assert main(["list", *words, str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == shown


def test_goto_and_add_accept_years_before_christ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "before-christ.yaml"
    path.write_text(BEFORE_CHRIST, "utf-8")
    assert main(["--goto", "-0045", str(path)]) == 0
    assert main(["add", str(path), "--date", "-0045-05", "--title", "He is dictator"]) == 0
    capsys.readouterr()
    assert main(["list", str(path), "--filter", "-0045-05..-0045-05"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["-0045-05", "He", "is", "dictator"]


def test_an_option_is_never_the_value_of_the_option_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--filter", "--known-on", "2024"], ["--filter", "-h"], ["--days-from"]):
        assert main(["list", str(HARBOUR), *words]) == 2
        assert "expected one argument" in capsys.readouterr().err

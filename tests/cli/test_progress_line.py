"""The line of progress: on a terminal, and nowhere else."""

from __future__ import annotations

import io
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cache_runs import PROGRAM, SHORT, run
from tests.support.pty_session import PtySession
from timeline_tui.checking.references import check
from timeline_tui.cli.progress_line import ProgressLine, fitted
from timeline_tui.loading.progress import Progress, Reporter
from timeline_tui.loading.source_file import check_file
from timeline_tui.reading.reader import read_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = 739_000
COLUMNS = 60
HALF = Progress(0.5, 2_000_000, 7, 10)


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown(output: str) -> list[str]:
    """The lines of a terminal after `output`, which contains only these control characters."""
    lines, column = [""], 0
    for sign in re.findall(r"\x1b\[K|.", output, re.DOTALL):
        line = lines[-1]
        if sign == "\r":
            column = 0
        elif sign == "\n":
            lines.append(" " * column)
        elif sign == "\x1b[K":
            lines[-1] = line[:column]
        else:
            assert sign.isprintable(), repr(sign)
            lines[-1] = line[:column].ljust(column) + sign + line[column + 1 :]
            column += 1
    return [line.rstrip() for line in lines]


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    path = tmp_path / "a-long-story.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def start() -> Iterator[Callable[..., PtySession]]:
    """Run a shell's command line in a terminal."""
    sessions: list[PtySession] = []

    def begin(line: str, term: str = "xterm") -> PtySession:
        env = {**os.environ, "TERM": term, "LANG": "C.UTF-8"}
        sessions.append(PtySession(["sh", "-c", line], 24, COLUMNS, env))
        return sessions[-1]

    yield begin
    for session in sessions:
        session.close()


def command(words: str, path: Path) -> str:
    return f"exec {shlex.join(PROGRAM)} {words} {path}"


@pytest.mark.parametrize("words", ["check", "list", ""])
def test_progress_is_one_line_on_a_terminal_and_is_erased(
    start: Callable[..., PtySession], long_file: Path, tmp_path: Path, words: str
) -> None:
    session = start(f"{command(words, long_file)} > {tmp_path / 'out'}")
    assert session.exit_code() == 0
    output = session.output.decode()
    lines = re.findall(r"\r([^\r\x1b]*)\x1b\[K", output)
    assert output == "".join(f"\r{line}\x1b[K" for line in lines)
    *told, last = lines
    assert last == ""
    assert shown(output) == [""]
    assert told
    assert all(re.match(r"Reading a-long-.*: \d+ % of \d\d kB · [0-9,]+ events", line) for line in told)
    assert max(map(len, told)) < COLUMNS
    shares = [int(line.split(":")[1].split()[0]) for line in told]
    assert shares == sorted(shares)
    events = (tmp_path / "out").read_text(encoding="utf-8").startswith("A made-up story of 100 events")
    assert events is (words != "check")


def test_a_terminal_that_cannot_rewrite_a_line_shows_no_progress(
    start: Callable[..., PtySession], long_file: Path
) -> None:
    session = start(command("check", long_file), "dumb")
    assert session.exit_code() == 0
    assert session.output == b""


@pytest.mark.parametrize("words", ["check", "list"])
def test_a_pipe_gets_no_progress(long_file: Path, words: str) -> None:
    assert run(words, long_file).stderr == b""


@pytest.mark.parametrize("words", ["check", "list"])
def test_ctrl_c_leaves_a_clean_line(
    start: Callable[..., PtySession],
    long_file: Path,
    own_folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
) -> None:
    monkeypatch.setenv("STOP_WHILE_READING", "1")
    session = start(command(words, long_file))
    session.wait_stopped()
    assert "Reading" in session.text
    # As the terminal does, for each process of the job.
    os.killpg(session.pid, signal.SIGINT)
    session.foreground()
    assert session.exit_code() == 130
    assert shown(session.output.decode()) == [""]
    cache = own_folders / "timeline-tui"
    assert not cache.exists() or [path.name for path in cache.iterdir()] == ["lock"]


def test_problems_replace_the_line_of_progress(start: Callable[..., PtySession], long_file: Path) -> None:
    text = long_file.read_text(encoding="utf-8")
    long_file.write_text(text.replace("title:", "colour: red\ntitle:", 1), encoding="utf-8")
    session = start(f"cd {long_file.parent} && {command('check', Path(long_file.name))}")
    assert session.exit_code() == 0
    problem, after = shown(session.output.decode())
    assert problem.startswith("a-long-story.yaml:")
    assert "unknown-key" in problem
    assert after == ""


def test_a_large_file_has_the_same_problems_when_read_in_parallel(
    long_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_tui.loading.source_file.LEAST_SIZE", 1)
    monkeypatch.setattr("timeline_tui.loading.parts._PART", 20_000)
    monkeypatch.setattr(Reporter.__init__, "__defaults__", (0,))
    text = long_file.read_text(encoding="utf-8").replace("kind: vote", "kind: vote\n    colour: red", 9)
    long_file.write_text(text.replace("date: 20", "date: 2O", 30).replace("leads", "le\x01ds", 2), "utf-8")
    told: list[Progress] = []
    problems = check_file(long_file, today=TODAY, report=told.append)
    assert problems == check(read_timeline(long_file), today=TODAY)
    assert len(problems) > 20
    assert {progress.size for progress in told} == {long_file.stat().st_size}


def test_check_needs_no_database(tmp_path: Path, long_file: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom timeline_tui.cli.main import main\nassert main(sys.argv[1:]) == 0\n"
        "assert not {'sqlite3', 'textual', 'platformdirs'} & set(sys.modules)\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script), "check", str(long_file)]
    done = subprocess.run(command, stderr=subprocess.PIPE, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("path", "columns", "line"),
    [
        ("/a/b.yaml", 80, "Reading b.yaml: 50 % of 2 MB · 7 events read · about 10 s left"),
        ("b" * 200 + ".yaml", 80, f"Reading {'b' * 20}…: 50 % of 2 MB · 7 events read · about 10 s left"),
        ("港" * 200, 80, f"Reading {'港' * 10}…: 50 % of 2 MB · 7 events read · about 10 s left"),
        ("b" * 200, 40, "Reading bbbbbbb…: 50 % of 2 MB · 7 e…"),
        ("\x1b[2J\n.yaml", 80, "Reading ‹U+001B›[2J .yaml: 50 % of 2 MB · 7 events read · about 10 s left"),
        ("b", 3, ""),
        ("b", 1, ""),
    ],
    ids=range(7),
)
def test_the_line_is_never_wider_than_the_terminal(
    path: str, columns: int, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(columns))
    terminal = Terminal()
    ProgressLine(Path(path), terminal).show(HALF)
    assert terminal.getvalue() == f"\r{line}\x1b[K"


def test_characters_outside_the_encoding_are_escaped_and_measured_as_such() -> None:
    assert fitted("港·x", 20, "ascii") == "港·x"
    assert fitted("港" * 9, 20, "ascii") == "港港…"
    assert fitted("e\u0301" * 9, 9, "utf-8") == "e\u0301" * 4 + "…"


@pytest.mark.parametrize(
    ("stream", "term", "progress"),
    [
        (None, "xterm", HALF),
        (io.StringIO(), "xterm", HALF),
        (Terminal(), "", HALF),
        (Terminal(), "unknown", HALF),
        (Terminal(), "xterm", Progress(0.5, 999_999, 7, 10)),
    ],
)
def test_small_files_show_no_progress(
    stream: io.StringIO | None, term: str, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    with ProgressLine(Path("b.yaml"), stream) as line:
        line.show(progress)
    assert stream is None or stream.getvalue() == ""


def test_nothing_is_erased_if_nothing_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with ProgressLine(Path("b.yaml"), terminal):
        pass
    assert terminal.getvalue() == ""


def test_reading_goes_on_when_the_terminal_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    master, slave = os.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream:
        with ProgressLine(Path("b.yaml"), stream) as line:
            line.show(HALF)
            os.close(master)
            line.show(HALF)
        with pytest.raises(OSError, match="Input/output"):
            stream.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), slave)

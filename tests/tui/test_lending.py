"""The terminal is lent to an editor, and is always taken back."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import PROGRAM, PtySession
from tests.support.screens import HARBOUR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Start = Callable[[str], PtySession]

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@pytest.fixture
def start(own_folders: Path) -> Iterator[Start]:
    """Start the program with a command as its editor, and wait until it shows the timeline."""
    sessions: list[PtySession] = []

    def run(editor: str) -> PtySession:
        environment = {**os.environ, **TERMINAL, "HOME": str(own_folders), "VISUAL": editor}
        sessions.append(PtySession([*PROGRAM, str(HARBOUR)], 36, 120, environment))
        sessions[-1].wait_for("The harbour wall")
        return sessions[-1]

    yield run
    for session in sessions:
        session.close()


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], str]:
    """Makes an editor out of lines of shell; it says that it is editing first."""

    def write(lines: str) -> str:
        path = tmp_path / "an editor"
        path.write_text(f"#!/bin/sh\necho editing $$.\n{lines}\n", encoding="utf-8")
        path.chmod(0o755)
        return f"'{path}'"

    return write


def pid_of_editor(session: PtySession) -> int:
    session.wait_for("editing ")
    session.wait_for(".", session.output.rindex(b"editing "))
    return int(session.output.rpartition(b"editing ")[2].split(b".")[0])


def assert_back(session: PtySession, mark: int) -> None:
    """The screen is there again, hears keys, and gives the terminal back as it was."""
    session.wait_for_bytes(b"\x1b[?1049h", mark)
    session.wait_for("The harbour wall", mark)
    mark = session.mark()
    session.write(b"j")
    session.wait_for("quote 1 of 2", mark)
    session.write(b"q")
    assert session.exit_code() == 0
    assert session.mode_ledger() == set()
    assert session.attributes() == session.at_rest


@pytest.mark.parametrize("kind", ["missing", "folder", "not executable", "not a program"])
def test_an_editor_that_cannot_be_started_is_reported_on_the_screen(
    start: Start, tmp_path: Path, kind: str
) -> None:
    editor = tmp_path / "editor"
    if kind == "folder":
        editor.mkdir()
    elif kind != "missing":
        editor.write_bytes(b"\x00\x01")
        editor.chmod(0o644 if kind == "not executable" else 0o755)
    session = start(str(editor))
    mark = session.mark()
    session.write(b"e")
    reasons = {"missing": "No such file", "not a program": "Exec format error"}
    session.wait_for(reasons.get(kind, "Permission denied"), mark)
    assert_back(session, mark)


def test_an_editor_that_fails_is_reported(start: Start, script: Callable[[str], str]) -> None:
    session = start(script("exit 3"))
    mark = session.mark()
    session.write(b"e")
    session.wait_for("ended with code 3", mark)
    assert_back(session, mark)


def test_an_editor_that_is_killed_leaves_nothing_behind(start: Start, script: Callable[[str], str]) -> None:
    modes = r"printf '\033[?1049h\033[?1002h\033[?1h\033[?25l\033[2;3r'"
    session = start(script(f"stty raw -echo -onlcr; {modes}; read line"))
    session.write(b"e")
    pid = pid_of_editor(session)
    session.wait_for_bytes(b"\x1b[2;3r")
    mark = session.mark()
    os.kill(pid, signal.SIGKILL)
    session.wait_for("was ended by signal 9", mark)
    assert_back(session, mark)


def test_an_editor_that_took_the_foreground_and_is_killed_gives_it_back(start: Start, tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import os, signal\n"
        "os.setpgid(0, 0)\n"
        "signal.signal(signal.SIGTTOU, signal.SIG_IGN)\n"
        "os.tcsetpgrp(0, os.getpgrp())\n"
        "print(f'editing {os.getpid()}.', flush=True)\n"
        "signal.pause()\n"
    )
    session = start(f"{sys.executable} '{editor}'")
    session.write(b"e")
    pid = pid_of_editor(session)
    mark = session.mark()
    os.kill(pid, signal.SIGKILL)
    assert_back(session, mark)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_a_signal_typed_while_an_editor_has_the_terminal_goes_to_the_editor(
    start: Start, script: Callable[[str], str], number: int
) -> None:
    session = start(script("read line"))
    session.write(b"e")
    pid_of_editor(session)
    session.signal(number)
    mark = session.mark()
    session.write(b"done\n")
    assert_back(session, mark)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_ending_signal_ends_the_program_while_an_editor_has_the_terminal(
    start: Start, script: Callable[[str], str], number: int
) -> None:
    session = start(script("read line"))
    session.write(b"e")
    pid = pid_of_editor(session)
    session.signal(number)
    assert session.exit_code() in (-number, 128 + number)
    assert session.mode_ledger() == set()
    assert session.attributes() == session.at_rest
    os.kill(pid, signal.SIGKILL)


def test_stopping_while_an_editor_has_the_terminal_stops_both(
    start: Start, script: Callable[[str], str]
) -> None:
    session = start(script("read line"))
    session.write(b"e")
    pid_of_editor(session)
    session.write(b"\x1a")
    session.wait_stopped()
    session.foreground()
    mark = session.mark()
    session.write(b"done\n")
    assert_back(session, mark)


def test_the_program_is_stopped_with_an_editor_that_stops_itself(
    start: Start, script: Callable[[str], str]
) -> None:
    session = start(script("kill -STOP $$; echo goes on; read line"))
    session.write(b"e")
    pid_of_editor(session)
    session.wait_stopped()
    session.foreground()
    session.wait_for("goes on")
    mark = session.mark()
    session.write(b"done\n")
    assert_back(session, mark)


def test_only_the_program_stopped_while_an_editor_has_the_terminal_goes_on_with_it(
    start: Start, script: Callable[[str], str]
) -> None:
    session = start(script("read line"))
    session.write(b"e")
    pid_of_editor(session)
    session.signal(signal.SIGTSTP)
    session.wait_stopped()
    session.foreground()
    mark = session.mark()
    session.write(b"done\n")
    assert_back(session, mark)


@pytest.mark.parametrize("size", [(20, 60), (1, 1), (0, 0)])
def test_a_terminal_may_be_resized_while_an_editor_has_it(
    start: Start, script: Callable[[str], str], size: tuple[int, int]
) -> None:
    session = start(script("read line"))
    session.write(b"e")
    pid_of_editor(session)
    session.resize(*size)
    mark = session.mark()
    session.write(b"done\n")
    session.wait_for_bytes(b"\x1b[?1049h", mark)
    session.resize(36, 120)
    assert_back(session, mark)

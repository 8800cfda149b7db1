"""The whole program in a pseudo-terminal."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import PROGRAM, PtySession
from tests.support.screens import HARBOUR
from tests.support.systems import needs_proc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@pytest.fixture
def start(own_folders: Path) -> Iterator[Callable[..., PtySession]]:
    """Start the program with arguments; it is ended with the test."""
    sessions: list[PtySession] = []

    def run(*words: str, rows: int = 36, cols: int = 120) -> PtySession:
        environment = {**os.environ, **TERMINAL, "HOME": str(own_folders)}
        argv = [*PROGRAM, *words]
        sessions.append(PtySession(argv, rows, cols, environment))
        return sessions[-1]

    yield run
    for session in sessions:
        session.close()


def test_it_opens_moves_and_quits_and_leaves_the_terminal_as_it_was(start: Callable[..., PtySession]) -> None:
    session = start(str(HARBOUR))
    session.wait_for("The harbour wall")
    mark = session.mark()
    session.write(b"j")
    session.wait_for("quote 1 of 2", mark)
    session.write(b"q")
    assert session.exit_code() == 0
    assert session.mode_ledger() == set()


def test_only_the_first_visit_of_a_file_begins_with_the_start_page(start: Callable[..., PtySession]) -> None:
    first = start(str(HARBOUR))
    first.wait_for("step through the events")
    mark = first.mark()
    first.write(b"j")
    first.wait_for("quote 1 of 2", mark)
    first.write(b"q")
    assert first.exit_code() == 0
    second = start(str(HARBOUR))
    second.wait_for(" Event ")
    second.write(b"q")
    assert second.exit_code() == 0
    assert "step through the events" not in second.text


def test_what_is_typed_ahead_of_a_prompt_goes_into_it(start: Callable[..., PtySession]) -> None:
    session = start(str(HARBOUR))
    session.wait_for("The harbour wall")
    mark = session.mark()
    session.write(b"/quest")
    session.wait_for("0 of 7 events match", mark)
    mark = session.mark()
    session.write(b"\r")
    session.wait_for("quit", mark)
    session.write(b"q")
    assert session.exit_code() == 0


def test_a_wrong_filter_is_reported_before_the_screen_is_taken(start: Callable[..., PtySession]) -> None:
    session = start("--filter", "actr:mayor", str(HARBOUR))
    assert session.exit_code() == 2
    assert "did you mean actor:mayor?" in session.text
    assert "something went wrong" not in session.text


def test_a_missing_event_is_reported_before_the_screen_is_taken(
    start: Callable[..., PtySession],
) -> None:
    session = start("--days-from", "no-such-event", str(HARBOUR))
    assert session.exit_code() == 2
    assert "and no event has that id" in session.text
    assert session.mode_ledger() == set()


def test_the_screen_shows_the_timeline_as_known_on_a_day_and_counts_days(
    start: Callable[..., PtySession],
) -> None:
    session = start("--known-on", "5 Feb 2024", "--days-from", "storm", str(HARBOUR))
    session.wait_for("T-319")
    session.write(b"q")
    assert session.exit_code() == 0
    assert "The council votes" in session.text
    assert "The new wall is to be opened" not in session.text


def test_a_missing_file_is_reported_in_one_line(start: Callable[..., PtySession]) -> None:
    session = start("missing.yaml")
    assert session.exit_code() == 2
    assert session.text.strip() == "timeline-tui: missing.yaml: file not found"


def test_a_timeline_is_not_read_from_the_keyboard(start: Callable[..., PtySession]) -> None:
    session = start("-")
    assert session.exit_code() == 2
    assert "pipe a timeline into it" in session.text


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"title: T\nevents:\n" + b"- {date: 2024-01-01, title: x}\n" * 400_000)
    return path


def test_a_large_file_has_a_loading_screen_and_quitting_is_quick(
    start: Callable[..., PtySession], big: Path
) -> None:
    session = start(str(big))
    session.wait_for("Reading big.yaml")
    session.write(b"q")
    assert session.exit_code() == 0
    assert session.mode_ledger() == set()


@needs_proc
def test_ending_while_a_file_is_read_leaves_no_reader_behind(
    start: Callable[..., PtySession], big: Path
) -> None:
    session = start(str(big))
    session.wait_for("Reading big.yaml")
    session.signal(signal.SIGTERM)
    assert session.exit_code() in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert not readers_of(big)


def readers_of(path: Path) -> list[str]:
    """The processes that were started on a file and still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes()
            if b"timeline_tui" in words and os.fsencode(path) in words and b"pty_session" not in words:
                found.append(process.name)
    return found

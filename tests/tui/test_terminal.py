from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.support.terminal_checks import (
    APP,
    CTRL_C,
    CTRL_Q,
    DEADLY,
    FAIL,
    PAGE_DOWN,
    PAGE_UP,
    PALETTE,
    ROOT,
    SIZE_REPORTS,
    SYNCHRONIZED_OUTPUT,
    assert_reacts,
    assert_restored,
    ends_while_pressing,
    make_hang,
    ready,
    reports,
    said_at_the_end,
    show_while_pressing,
)
from timeline_tui.cli.show import can_paint
from timeline_tui.tui.terminal import run as terminal
from timeline_tui.tui.terminal.crash import report_crash
from timeline_tui.tui.widgets.palette import Palette

if TYPE_CHECKING:
    from tests.support.terminal_checks import Start

pytest_plugins = ["tests.support.terminal_fixtures"]


@pytest.mark.parametrize("number", DEADLY)
def test_an_ending_signal_restores_the_terminal_and_ends_the_program(start: Start, number: int) -> None:
    session = ready(start(replies={**SYNCHRONIZED_OUTPUT, **SIZE_REPORTS}))
    session.wait_for_bytes(b"\x1b[?2048h")
    session.wait_for_bytes(b"\x1b[?1016h")
    session.signal(number)
    assert session.exit_code() == -number
    assert_restored(session)
    assert said_at_the_end(session) == ""


def test_a_signal_while_the_app_starts_restores_the_terminal(start: Start) -> None:
    session = start(replies={})
    session.wait_for_bytes(b"\x1b[?1049h")
    session.signal(signal.SIGTERM)
    assert session.exit_code() == -signal.SIGTERM
    assert_restored(session)
    assert said_at_the_end(session) == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_an_app_that_hangs(start: Start, number: int) -> None:
    session = ready(start())
    make_hang(session)
    session.signal(number)
    assert session.exit_code() == 128 + number
    assert_restored(session)


def test_a_signal_ends_an_app_whose_thread_never_ends(start: Start) -> None:
    session = ready(start("busy worker"))
    session.signal(signal.SIGTERM)
    assert session.exit_code() in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert_restored(session)


def test_repeated_control_c_ends_an_app_that_hangs(start: Start) -> None:
    session = ready(start())
    make_hang(session)
    assert ends_while_pressing(session, CTRL_C) == 128 + signal.SIGINT
    assert_restored(session)


def test_repeated_control_c_does_not_end_an_app_that_responds(start: Start) -> None:
    session = ready(start())
    for _ in range(20):
        before = session.mark()
        session.write(CTRL_C + b"x")
        session.wait_for("<key x>", before)
    session.write(CTRL_Q)
    assert session.exit_code() == 0


def test_a_signal_that_was_ignored_from_the_start_stays_ignored(start: Start) -> None:
    session = ready(start(argv=["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *APP]))
    session.signal(signal.SIGHUP)
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_an_app_without_a_terminal_ends(start: Start) -> None:
    session = ready(start())
    session.vanish()
    assert session.exit_code() == -signal.SIGHUP


def test_an_app_without_a_terminal_ends_though_hanging_up_is_ignored(start: Start) -> None:
    session = ready(start(argv=["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *APP]))
    session.vanish()
    assert session.exit_code() == -signal.SIGHUP


@pytest.mark.parametrize(
    "fault", ["compose", "mount", "worker", "thread worker", "thread", "task", "input", "unmount", "action"]
)
def test_an_exception_is_reported_in_one_line_with_a_crash_report(
    start: Start, environment: dict[str, str], fault: str
) -> None:
    session = start(fault, replies={})
    if fault in ("unmount", "action"):
        ready(session).write(CTRL_Q if fault == "unmount" else FAIL)
    assert session.exit_code() == terminal.EX_SOFTWARE
    assert_restored(session)
    (report,) = reports(environment)
    said = said_at_the_end(session)
    assert re.fullmatch(r"timeline-tui: something went wrong: [^\r\n]*fault[^\r\n]*\r\n", said)
    assert f"; a report is in {report}" in said
    assert "Traceback" not in session.text
    assert "\x1b" not in said
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    text = report.read_text()
    assert "Traceback (most recent call last)" in text
    assert "fault" in text.rstrip().splitlines()[-1]
    assert "TERM=xterm-256color" in text
    assert "size 80x24" in text
    assert "\x1b" not in text


def test_a_crash_report_that_cannot_be_written_is_mentioned(
    start: Start, environment: dict[str, str], tmp_path: Path
) -> None:
    environment["XDG_STATE_HOME"] = str(tmp_path / "file")
    (tmp_path / "file").write_text("")
    session = start("mount", replies={})
    assert session.exit_code() == terminal.EX_SOFTWARE
    assert "; no report could be written (Not a directory)\r\n" in said_at_the_end(session)
    assert_restored(session)


def test_a_report_is_not_written_below_a_folder_called_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr("platformdirs.user_log_path", lambda _: Path("~/log"))
    assert report_crash(ValueError("v")).endswith(
        "ValueError: v; no report could be written (there is no home folder)"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_message_of_an_app_that_exits_is_shown_without_control_characters(start: Start) -> None:
    session = start("message", replies={})
    assert session.exit_code() == 3
    assert said_at_the_end(session) == "farewell ‹U+001B›]0;x\r\n"
    assert_restored(session)


@pytest.mark.parametrize(("rows", "cols"), [(5, 20), (1, 1), (0, 0), (1, 200), (200, 1)])
def test_a_small_terminal_does_no_harm(start: Start, rows: int, cols: int) -> None:
    session = start(rows=rows, cols=cols)
    session.wait_for_bytes(b"\x1b[?2026h")
    session.write(b"\t\t" + PALETTE + PAGE_DOWN + PAGE_UP + b"\x1b[B\r\x1b")
    session.resize(24, 80)
    # What Enter has chosen in the palette may open something of its own, sooner or later.
    show_while_pressing(session, b"\x1b", "<size 80x24>")
    assert ends_while_pressing(session, CTRL_Q) == 0
    assert_restored(session)


def test_a_storm_of_resizes_does_no_harm(start: Start) -> None:
    session = ready(start())
    for i in range(200):
        session.resize(i % 40, (i * 7) % 120)
        session.write(PAGE_DOWN)
    session.resize(30, 90)
    session.wait_for("<size 90x30>")
    assert_reacts(session)


class PaletteApp(App[None]):
    # With a scrollbar that comes and goes, Textual never stops laying out a screen of one cell.
    CSS = "Screen { overflow: hidden; }"

    def compose(self) -> ComposeResult:
        yield Static("text")

    def action_command_palette(self) -> None:
        self.push_screen(Palette())


@pytest.mark.parametrize("size", [(20, 4), (4, 20), (3, 3), (1, 1), (80, 1)])
async def test_the_palette_survives_page_keys_where_it_has_no_room(size: tuple[int, int]) -> None:
    app = PaletteApp()
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+p", *["pagedown", "pageup", "down", "end"] * 2)
        await app.workers.wait_for_complete()
        await pilot.press("pagedown", "pageup", "down", "end", "pagedown")
        await pilot.resize_terminal(4, 4)
        await pilot.press("pagedown", "pageup")
        await pilot.resize_terminal(80, 24)
        await pilot.press("pagedown", "escape")
        assert not isinstance(app.screen, Palette)


async def test_closing_the_palette_twice_closes_nothing_else() -> None:
    app = PaletteApp()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        palette = app.screen
        palette.dismiss()
        palette.dismiss()
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(
    ("redirection", "reason"),
    [
        ("</dev/null", "standard input is not a terminal"),
        ("<&-", "standard input is not a terminal"),
        ("| cat", "standard output is not a terminal"),
    ],
)
def test_without_a_usable_terminal_the_reason_is_reported(
    start: Start, redirection: str, reason: str
) -> None:
    session = start(argv=["sh", "-c", f'"$@" {redirection}', "sh", *APP])
    session.exit_code()
    assert session.text.strip() == reason


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_a_movable_cursor_is_not_painted_on(
    start: Start, environment: dict[str, str], term: str
) -> None:
    environment["TERM"] = term
    session = start()
    assert session.exit_code() == 1
    assert "the terminal cannot move its cursor" in session.text
    assert session.mode_ledger() == set()


def test_a_web_server_needs_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert can_paint() == ""


def test_standard_error_may_go_elsewhere(start: Start, tmp_path: Path) -> None:
    session = ready(start(argv=["sh", "-c", f'exec "$@" 2>{tmp_path}/errors', "sh", *APP]))
    session.resize(30, 90)
    session.wait_for("<size 90x30>")
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)
    assert (tmp_path / "errors").read_text() == ""


async def test_an_app_under_test_keeps_its_signals_and_its_driver() -> None:
    before = {number: signal.getsignal(number) for number in (*DEADLY, signal.SIGTSTP, signal.SIGCONT)}
    app = PaletteApp()
    async with app.run_test():
        assert {number: signal.getsignal(number) for number in before} == before


def test_nothing_is_loaded_that_textual_has_not_loaded_anyway() -> None:
    program = (
        "import sys, textual.app, textual.command, textual.drivers.linux_driver;"
        "before = set(sys.modules);"
        "import timeline_tui.tui.terminal.run, timeline_tui.tui.terminal.driver;"
        "print(*sorted(n for n in set(sys.modules) - before if not n.startswith('timeline_tui')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    loaded = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    )
    assert loaded.stdout.strip() == ""

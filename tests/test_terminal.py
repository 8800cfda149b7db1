from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.widgets import Static

from tests.pty_session import PtySession
from timeline_tui.tui import terminal
from timeline_tui.tui.crash import tell
from timeline_tui.tui.keyboard import LONGEST_PASTE, Keyboard
from timeline_tui.tui.palette import Palette

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.message import Message

ROOT = Path(__file__).parents[1]
APP = [sys.executable, str(ROOT / "tests" / "terminal_app.py")]
SYNCHRONIZED_OUTPUT = {b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
SIZE_REPORTS = {b"\x1b[?2048$p": b"\x1b[?2048;2$y"}
DEADLY = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]
CTRL_C, CTRL_D, CTRL_Q, CTRL_Z = b"\x03", b"\x04", b"\x11", b"\x1a"
PAGE_UP, PAGE_DOWN = b"\x1b[5~", b"\x1b[6~"
EDIT, BLOCK, FAIL, PALETTE = b"\x05", b"\x02", b"\x0f", b"\x10"

Start = "Callable[..., PtySession]"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONPATH": f"{ROOT / 'src'}",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., PtySession]]:
    """Starts the small app with a fault, as a function; closes every session at the end."""
    sessions: list[PtySession] = []

    def begin(
        fault: str = "",
        *,
        argv: list[str] | None = None,
        rows: int = 24,
        cols: int = 80,
        replies: dict[bytes, bytes] = SYNCHRONIZED_OUTPUT,
    ) -> PtySession:
        arguments = argv or [*APP, *fault.split()]
        sessions.append(PtySession(arguments, rows, cols, environment, replies))
        return sessions[-1]

    yield begin
    for session in sessions:
        session.close()


def ready(session: PtySession) -> PtySession:
    session.wait_for("<ready")
    assert {"?1049", "?25", "?1000", "?1003", "?1006", "?1004", "?2004", "kitty"} <= session.mode_ledger()
    assert session.attributes() != session.at_rest
    return session


def assert_restored(session: PtySession) -> None:
    assert session.mode_ledger() == set()
    assert session.attributes() == session.at_rest


def assert_reacts(session: PtySession, key: str = "x") -> None:
    before = session.mark()
    session.write(key.encode())
    session.wait_for(f"<key {key}>", before)


def said_at_the_end(session: PtySession) -> str:
    return session.output.rpartition(b"\x1b[?25h")[2].decode()


def reports(environment: dict[str, str]) -> list[Path]:
    return list(Path(environment["XDG_STATE_HOME"]).rglob("crash-*.txt"))


@pytest.mark.parametrize("number", DEADLY)
def test_a_deadly_signal_restores_the_terminal_and_the_program_dies_of_it(start: Start, number: int):
    session = ready(start(replies={**SYNCHRONIZED_OUTPUT, **SIZE_REPORTS}))
    session.wait_for_bytes(b"\x1b[?2048h")
    session.wait_for_bytes(b"\x1b[?1016h")
    session.signal(number)
    assert session.exit_code(1.5) == -number
    assert_restored(session)
    assert said_at_the_end(session) == ""


def test_a_signal_while_the_app_starts_restores_the_terminal(start: Start):
    session = start()
    session.wait_for_bytes(b"\x1b[?1049h")
    session.signal(signal.SIGTERM)
    assert session.exit_code(1.5) == -signal.SIGTERM
    assert_restored(session)
    assert said_at_the_end(session) == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_an_app_that_hangs(start: Start, number: int):
    session = ready(start())
    make_hang(session)
    session.signal(number)
    assert session.exit_code(1.5) == 128 + number
    assert_restored(session)


def test_a_signal_ends_an_app_whose_thread_never_ends(start: Start):
    session = ready(start("busy worker"))
    session.signal(signal.SIGTERM)
    assert session.exit_code(1.5) in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert_restored(session)


def test_control_c_pressed_on_and_on_ends_an_app_that_hangs(start: Start):
    session = ready(start())
    make_hang(session)
    assert ends_while_pressing(session, CTRL_C) == 128 + signal.SIGINT
    assert_restored(session)


def test_control_c_pressed_on_and_on_leaves_an_app_alone_that_answers(start: Start):
    session = ready(start())
    for _ in range(20):
        before = session.mark()
        session.write(CTRL_C + b"x")
        session.wait_for("<key x>", before)
    session.write(CTRL_Q)
    assert session.exit_code() == 0


def test_a_signal_that_was_ignored_from_the_start_stays_ignored(start: Start):
    session = ready(start(argv=["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *APP]))
    session.signal(signal.SIGHUP)
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


@pytest.mark.parametrize("way", ["key", "signal"])
def test_suspending_gives_the_terminal_back_and_resuming_repaints_many_times(start: Start, way: str):
    session = ready(start())
    for _ in range(12):
        session.write(CTRL_Z) if way == "key" else session.signal(signal.SIGTSTP)
        session.wait_stopped()
        session.mark()
        assert_restored(session)
        before = session.mark()
        session.foreground()
        session.wait_for("line 3 ", before)
        assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_a_storm_of_stop_signals_does_not_lock_the_app(start: Start):
    session = ready(start())
    for key in "abcdefgh":
        for _ in range(5):
            session.signal(signal.SIGTSTP)
        session.write(key.encode())
        session.wait_stopped()
        session.foreground()
    session.write(CTRL_Q)
    assert ends_while_continued(session) == 0
    assert_restored(session)


def test_in_the_background_the_app_waits_for_the_terminal(start: Start):
    session = ready(start())
    session.write(CTRL_Z)
    session.wait_stopped()
    session.background()
    session.wait_stopped()
    assert_restored(session)
    before = session.mark()
    session.foreground()
    session.wait_for("line 3 ", before)
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_a_stopped_app_can_be_ended(start: Start):
    session = ready(start())
    session.write(CTRL_Z)
    session.wait_stopped()
    before = session.mark()
    session.signal(signal.SIGTERM)
    session.background()
    assert session.exit_code(1.5) == -signal.SIGTERM
    assert session.text[before:] == ""


def test_being_continued_without_a_stop_changes_nothing(start: Start):
    session = ready(start())
    for _ in range(3):
        before = session.mark()
        session.signal(signal.SIGCONT)
        session.wait_for("line 3 ", before)
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_a_stop_that_could_not_be_prepared_is_recovered_from(start: Start):
    session = ready(start())
    session.signal(signal.SIGSTOP)
    session.wait_stopped()
    before = session.mark()
    session.foreground()
    session.wait_for("line 3 ", before)
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_an_editor_gets_the_terminal_with_its_own_signals(start: Start):
    session = ready(start())
    session.write(EDIT)
    session.wait_for("editing")
    session.write(b"typed\n")
    session.wait_for("typed\r\ntyped")
    assert_restored(session)
    session.write(CTRL_Z)
    session.wait_stopped()
    session.foreground()
    session.write(CTRL_C)
    session.wait_for("<edited>")
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_an_app_without_a_terminal_ends(start: Start):
    session = ready(start())
    session.vanish()
    assert session.exit_code(1.5) == -signal.SIGHUP


def test_an_app_without_a_terminal_ends_though_hanging_up_is_ignored(start: Start):
    session = ready(start(argv=["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *APP]))
    session.vanish()
    assert session.exit_code(1.5) == -signal.SIGHUP


ODD_INPUT = {
    "not UTF-8": b"\xff\xfe\x80\xc3(\xf0\x9f",
    "C1": b"\x9b1;2m\xc2\x9b",
    "no such character": b"\x1b[99999999999u\x1b[1114112;1u\x1b[1;99999999999999999999u",
    "half a character": b"\x1b[55296;1;55296u",
    "impossible mouse": b"\x1b[<99999999999999999999;1;1M\x1b[<35;99999999999999999999;9999999M\x1b[<0;-5;-5M",
    "impossible size": b"\x1b[48;0;0;0;0t\x1b[48;99999;99999;1;1t\x1b[<35;5;5M",
    "cursor report": b"\x1b[99999;99999R",
    "half sequences": b"\x1b[\x1b[<\x1bO\x1b]52;c;aGk=\x1b\\\x1bPq\x1b_\x1b",
    "false mode report": b"\x1b[?2026;0$y\x1b[?2048;9$y\x1b[?9999999999;1$y",
    "end of a paste that was none": b"\x1b[201~",
}


@pytest.mark.parametrize("odd", ODD_INPUT.values(), ids=ODD_INPUT)
def test_odd_input_is_survived(start: Start, odd: bytes):
    session = ready(start())
    session.write(odd)
    session.write(b" z")
    session.wait_for("<key z>", seconds=2)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_half_a_sequence_at_the_end_of_the_terminal_is_survived(start: Start, environment: dict[str, str]):
    session = ready(start())
    session.write(b"\x1b[200~never ended\xc3")
    session.vanish()
    assert session.exit_code(1.5) == -signal.SIGHUP
    assert reports(environment) == []


def test_a_storm_of_mouse_reports_does_not_keep_keys_waiting(start: Start):
    session = ready(start())
    session.write(b"".join(b"\x1b[<35;%d;%dM" % (1 + i % 80, 1 + i % 24) for i in range(20_000)))
    session.write(b"z")
    session.wait_for("<key z>", seconds=2)


def test_an_enormous_paste_is_cut_and_does_not_keep_keys_waiting(start: Start):
    session = ready(start())
    session.write(b"\x1b[200~" + b"pasted\x1b]0;t\x07\r" * 400_000 + b"\x1b[201~")
    session.wait_for("<paste ", seconds=4)
    assert "<paste 65536 pasted‹U+001B›]0;t‹" in session.text or "<paste " in session.text
    session.write(b"z")
    session.wait_for("<key z>", seconds=2)


def test_a_paste_that_never_ends_does_not_swallow_the_keys_for_ever(start: Start):
    session = ready(start())
    session.write(b"\x1b[200~begun")
    session.wait_for("<paste 5 begun>")
    assert_reacts(session)


@pytest.mark.parametrize(
    "fault", ["compose", "mount", "worker", "thread worker", "thread", "task", "input", "unmount", "action"]
)
def test_an_exception_is_told_in_one_line_with_a_report(start: Start, environment: dict[str, str], fault: str):
    session = start(fault)
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


def test_a_report_that_cannot_be_written_is_told(start: Start, environment: dict[str, str], tmp_path: Path):
    environment["XDG_STATE_HOME"] = str(tmp_path / "file")
    (tmp_path / "file").write_text("")
    session = start("mount")
    assert session.exit_code() == terminal.EX_SOFTWARE
    assert "; no report could be written (Not a directory)\r\n" in said_at_the_end(session)
    assert_restored(session)


def test_a_report_is_not_written_below_a_folder_called_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr("platformdirs.user_log_path", lambda _: Path("~/log"))
    assert tell(ValueError("v")).endswith("ValueError: v; no report could be written (there is no home folder)")
    assert list(tmp_path.iterdir()) == []


def test_the_message_of_an_app_that_exits_is_shown_without_control_characters(start: Start):
    session = start("message")
    assert session.exit_code() == 3
    assert said_at_the_end(session) == "farewell ‹U+001B›]0;x\r\n"
    assert_restored(session)


@pytest.mark.parametrize(("rows", "cols"), [(5, 20), (1, 1), (0, 0), (1, 200), (200, 1)])
def test_a_small_terminal_is_survived(start: Start, rows: int, cols: int):
    session = start(rows=rows, cols=cols)
    session.wait_for_bytes(b"\x1b[?2026h")
    session.write(b"\t\t" + PALETTE + PAGE_DOWN + PAGE_UP + b"\x1b[B\r\x1b")
    session.resize(24, 80)
    session.wait_for("<size 80x24>")
    session.write(b"\x1b" + CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_a_storm_of_resizes_is_survived(start: Start):
    session = ready(start())
    for i in range(200):
        session.resize(i % 40, (i * 7) % 120)
        session.mark()
        session.write(PAGE_DOWN)
    session.resize(30, 90)
    session.wait_for("<size 90x30>")
    assert_reacts(session)


class PaletteApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("text")

    def action_command_palette(self) -> None:
        self.push_screen(Palette())


@pytest.mark.parametrize("size", [(20, 5), (20, 4), (4, 20), (4, 10), (3, 3), (1, 1), (80, 1), (0, 0)])
async def test_the_palette_survives_page_keys_where_it_has_no_room(size: tuple[int, int]):
    app = PaletteApp()
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+p", *["pagedown", "pageup", "down", "end"] * 2)
        await app.workers.wait_for_complete()
        await pilot.press("pagedown", "pageup", "down", "end", "pagedown")
        await pilot.resize_terminal(4, 4)
        await pilot.press("pagedown", "pageup")
        await pilot.resize_terminal(80, 24)
        await pilot.press("pagedown", "escape")
        assert not Palette.is_open(app)


@pytest.mark.parametrize(
    ("redirection", "reason"),
    [
        ("</dev/null", "standard input is not a terminal"),
        ("<&-", "standard input is not a terminal"),
        ("| cat", "standard output is not a terminal"),
    ],
)
def test_where_nothing_can_be_painted_the_reason_is_said(start: Start, redirection: str, reason: str):
    session = start(argv=["sh", "-c", f'"$@" {redirection}', "sh", *APP])
    session.exit_code()
    assert session.text.strip() == reason


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_a_movable_cursor_is_not_painted_on(start: Start, environment: dict[str, str], term: str):
    environment["TERM"] = term
    session = start()
    assert session.exit_code() == 1
    assert "the terminal cannot move its cursor" in session.text
    assert session.mode_ledger() == set()


def test_a_web_server_needs_no_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert terminal.can_paint() == ""


def test_standard_error_may_go_elsewhere(start: Start, tmp_path: Path):
    session = ready(start(argv=["sh", "-c", f'exec "$@" 2>{tmp_path}/errors', "sh", *APP]))
    session.resize(30, 90)
    session.wait_for("<size 90x30>")
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)
    assert (tmp_path / "errors").read_text() == ""


async def test_an_app_under_test_keeps_its_signals_and_its_driver():
    before = {number: signal.getsignal(number) for number in (*DEADLY, signal.SIGTSTP, signal.SIGCONT)}
    app = PaletteApp()
    async with app.run_test():
        assert {number: signal.getsignal(number) for number in before} == before


def test_nothing_is_loaded_that_textual_has_not_loaded_anyway():
    program = (
        "import sys, textual.app, textual.command, textual.drivers.linux_driver;"
        "before = set(sys.modules);"
        "import timeline_tui.tui.terminal, timeline_tui.tui.driver;"
        "print(*sorted(n for n in set(sys.modules) - before if not n.startswith('timeline_tui')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    loaded = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    )
    assert loaded.stdout.strip() == ""


def keys_of(messages: list[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, Key)]


SEQUENCES = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.sampled_from([b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[200~", b"\x1b[201~", b";", b":", b"M", b"u", b"t", b"R"]),
        st.integers(-(10**12), 10**25).map(lambda number: str(number).encode()),
        st.tuples(st.integers(0, 10**12), st.integers(0, 10**9)).map(lambda two: b"\x1b[%d;%du" % two),
        st.tuples(*[st.integers(0, 10**9)] * 3).map(lambda three: b"\x1b[<%d;%d;%dM" % three),
        st.tuples(*[st.integers(0, 10**9)] * 4).map(lambda four: b"\x1b[48;%d;%d;%d;%dt" % four),
    ),
    max_size=30,
)


@given(SEQUENCES)
def test_no_bytes_end_the_keyboard(chunks: list[bytes]):
    keyboard = Keyboard()
    for chunk in chunks:
        list(keyboard.feed_bytes(chunk))
    messages = list(keyboard.feed_bytes(b"\x1b[201~" + b" " * 40 + b"z"))
    assert keys_of(messages)[-1] == "z"


@given(st.binary(), st.data())
def test_a_paste_is_the_same_in_whatever_pieces_it_comes(text: bytes, data: st.DataObject):
    whole = b"\x1b[200~" + text.replace(b"\x1b", b"") + b"\x1b[201~q"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    keyboard = Keyboard()
    messages = [message for piece in pieces for message in keyboard.feed_bytes(piece)]
    pasted = [message.text for message in messages if isinstance(message, Paste)]
    assert pasted == [message.text for message in Keyboard().feed_bytes(whole) if isinstance(message, Paste)]
    assert len(pasted) == 1
    assert keys_of(messages) == ["q"]


def test_a_paste_is_cut_where_no_search_is_longer():
    keyboard = Keyboard()
    (paste,) = keyboard.feed_bytes(b"\x1b[200~" + b"a" * (LONGEST_PASTE + 1) + b"\x1b[201~")
    assert isinstance(paste, Paste)
    assert paste.text == "a" * LONGEST_PASTE


def make_hang(session: PtySession) -> None:
    before = len(session.output)
    session.write(BLOCK)
    session.wait_for_bytes(b"\x07", before)


def ends_while_pressing(session: PtySession, key: bytes) -> int:
    for _ in range(40):
        session.write(key)
        try:
            return session.exit_code(0.2)
        except AssertionError:
            continue
    raise AssertionError("it goes on hanging")


def ends_while_continued(session: PtySession) -> int:
    for _ in range(40):
        try:
            return session.exit_code(0.2)
        except AssertionError:
            session.foreground()
    raise AssertionError("it never ends")

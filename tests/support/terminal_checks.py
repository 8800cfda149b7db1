"""What every test of the terminal types, and expects of a session."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.support.pty_session import PtySession

ROOT = Path(__file__).parents[2]
APP = [sys.executable, str(ROOT / "tests" / "support" / "terminal_app.py")]
SYNCHRONIZED_OUTPUT = {b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
SIZE_REPORTS = {b"\x1b[?2048$p": b"\x1b[?2048;2$y"}
DEADLY = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]
CTRL_C, CTRL_D, CTRL_Q, CTRL_Z = b"\x03", b"\x04", b"\x11", b"\x1a"
PAGE_UP, PAGE_DOWN = b"\x1b[5~", b"\x1b[6~"
EDIT, BLOCK, FAIL, PALETTE = b"\x05", b"\x02", b"\x0f", b"\x10"

Start = Callable[..., PtySession]
"""Starts the small app: `start(fault, argv=..., rows=..., cols=..., replies=...)`."""


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


def make_hang(session: PtySession) -> None:
    before = session.mark()
    session.write(BLOCK)
    session.wait_for_bytes(b"\x07", before)


def show_while_pressing(session: PtySession, key: bytes, text: str) -> None:
    """Press a key now and then until a text is on the screen."""
    for _ in range(600):
        session.write(key)
        with suppress(AssertionError):
            session.wait_for(text, seconds=0.2)
            return
    raise AssertionError(f"{text!r} is never on the screen")


def ends_while_pressing(session: PtySession, key: bytes) -> int:
    for _ in range(600):
        with suppress(AssertionError):
            session.foreground()
        session.write(key)
        with suppress(AssertionError):
            return session.exit_code(0.2)
    raise AssertionError("it never ends")

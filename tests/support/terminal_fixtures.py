"""Sessions of the small app, closed when their test ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import PtySession
from tests.support.terminal_checks import APP, ROOT, SYNCHRONIZED_OUTPUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONPATH": str(ROOT / "src"),
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

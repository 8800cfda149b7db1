from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.support.terminal_checks import (
    CTRL_C,
    CTRL_Q,
    CTRL_Z,
    EDIT,
    assert_reacts,
    assert_restored,
    ends_while_pressing,
    ready,
)

if TYPE_CHECKING:
    from tests.support.terminal_checks import Start

pytest_plugins = ["tests.support.terminal_fixtures"]


@pytest.mark.parametrize("way", ["key", "signal"])
def test_suspending_gives_the_terminal_back_and_resuming_repaints_many_times(start: Start, way: str) -> None:
    session = ready(start())
    for _ in range(8):
        session.write(CTRL_Z) if way == "key" else session.signal(signal.SIGTSTP)
        session.wait_stopped()
        assert_restored(session)
        before = session.mark()
        session.foreground()
        session.wait_for("line 3 ", before)
        assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_a_storm_of_stop_signals_does_not_lock_the_app(start: Start) -> None:
    session = ready(start())
    for key in "abcdefgh":
        for _ in range(5):
            session.signal(signal.SIGTSTP)
        session.write(key.encode())
        session.wait_stopped()
        session.foreground()
    assert ends_while_pressing(session, CTRL_Q) == 0
    assert_restored(session)


def test_in_the_background_the_app_waits_for_the_terminal(start: Start) -> None:
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


def test_a_stopped_app_can_be_ended(start: Start) -> None:
    session = ready(start())
    session.write(CTRL_Z)
    session.wait_stopped()
    before = session.mark()
    session.signal(signal.SIGTERM)
    session.background()
    assert session.exit_code() == -signal.SIGTERM
    assert session.text_after(before) == ""


def test_being_continued_without_a_stop_changes_nothing(start: Start) -> None:
    session = ready(start())
    for _ in range(3):
        before = session.mark()
        session.signal(signal.SIGCONT)
        session.wait_for("line 3 ", before)
    assert_reacts(session)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_a_stop_that_could_not_be_prepared_is_recovered_from(start: Start) -> None:
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


def test_an_editor_gets_the_terminal_with_its_own_signals(start: Start) -> None:
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

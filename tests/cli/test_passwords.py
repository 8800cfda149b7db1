"""The password of a server is asked for where there is none, and only where somebody can type it."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("sqlglot")

from timeline_tui.cli.common import TableOptions, open_any
from timeline_tui.loading import opened_table
from timeline_tui.tables.errors import PasswordNeeded, TableError

if TYPE_CHECKING:
    from timeline_tui.tables.address import TableAddress

SERVER = "postgresql://me@host/db#events"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that the server was given; it takes none."""
    found: list[str] = []

    def refuse(address: TableAddress, chosen: object) -> None:  # noqa: ARG001  as it is called
        found.append(address.password)
        raise PasswordNeeded(f"{address.shown}: no password supplied; put it into ~/.pgpass")

    monkeypatch.setattr(opened_table, "open_table", refuse)
    return found


def typing(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """Have somebody at a terminal type; what they were asked."""
    prompts: list[str] = []
    words = iter(typed)

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(words)

    monkeypatch.setattr(getpass, "getpass", ask)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    return prompts


def test_nobody_is_asked_without_a_terminal(asked: list[str]) -> None:
    with pytest.raises(TableError, match="pgpass"):
        open_any(SERVER, TableOptions())
    assert asked == [""]


def test_a_wrong_password_is_asked_for_again_and_an_empty_one_ends_it(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = typing(monkeypatch, "wrong", "")
    with pytest.raises(TableError, match="pgpass") as caught:
        open_any(SERVER, TableOptions())
    assert asked == ["", "wrong"]
    assert "wrong" not in str(caught.value)
    assert prompts[0].startswith("Password for postgresql://me@host/db#events")
    assert prompts[1].startswith("That password is wrong.")


def test_after_three_passwords_the_server_has_the_last_word(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "one", "two", "three")
    with pytest.raises(PasswordNeeded):
        open_any(SERVER, TableOptions())
    assert asked == ["", "one", "two", "three"]

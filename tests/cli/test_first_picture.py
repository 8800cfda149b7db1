"""When a picture that was kept is shown at the next start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import HARBOUR, TODAY
from timeline_tui.cli import first_picture
from timeline_tui.cli.first_picture import FirstPicture, Stored
from timeline_tui.storage.kept_pictures import Picture, Style

if TYPE_CHECKING:
    from pathlib import Path

_PICTURE = Picture(120, 1, (Style(),), ((),))


@pytest.fixture(autouse=True)
def _same_conditions(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  its folders
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((120, 36)))
    monkeypatch.setattr(first_picture, "today", lambda: TODAY)
    monkeypatch.setattr(first_picture, "screen_version", lambda: "1")


def _start() -> FirstPicture:
    return FirstPicture(HARBOUR, (), "settings")


@pytest.mark.parametrize(("name", "other"), [("today", TODAY + 1), ("screen_version", "2")])
def test_a_picture_of_another_day_or_version_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, other: object
) -> None:
    _start().keep(_PICTURE, Stored(b"", b""))
    assert _start().read() == _PICTURE
    monkeypatch.setattr(first_picture, name, lambda: other)
    assert _start().read() is None

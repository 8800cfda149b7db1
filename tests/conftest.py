"""Every test runs as on a machine where nobody has been: own folders, one terminal, no clock from outside."""

from __future__ import annotations

import gc
import os
import sys
import webbrowser
from itertools import count
from typing import TYPE_CHECKING

import pytest

import tests.support.examples  # noqa: F401  loads the profile of hypothesis before any test is read
from tests.support.read_once import read_bundled_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OF_THE_USER = (
    "NO_COLOR", "FORCE_COLOR", "COLORFGBG", "COLUMNS", "LINES", "TMUX", "STY", "EDITOR", "VISUAL",
    "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER",
)  # fmt: skip
for name in OF_THE_USER:
    os.environ.pop(name, None)
os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
# Tests start the program hundreds of times; uncompiled, it takes several times as long to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


_LONGEST_ID = 60


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case that is a long text by its beginning, as names are copied often."""
    if not isinstance(val, str | bytes) or len(val) <= _LONGEST_ID:
        return None
    return f"{ascii(val[:_LONGEST_ID])[:_LONGEST_ID]} and so on to {len(val)}"


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of every later garbage collection, as they stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _read_bundled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        read_bundled_once(monkeypatch)
        yield


@pytest.fixture(scope="session")
def new_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths of folders that are not there yet.

    `mktemp` looks for a free number among all folders made before, thousands of them.
    """
    homes = tmp_path_factory.mktemp("homes")
    return (homes / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_folders(new_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the user's that no other test has written to, and a screen with a browser."""
    home = next(new_homes)
    home.mkdir(mode=0o700)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("BROWSER", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(webbrowser, "get", lambda _=None: webbrowser.BackgroundBrowser("a-browser"))
    return home

"""A cache as tests look into it, and the program run on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.generate import timeline
from tests.support.pty_session import SECONDS
from tests.support.screens import TODAY
from timeline_tui.cli import main as cli
from timeline_tui.loading.opened import open_timeline
from timeline_tui.storage.file_stamps import ObservedFile, digest, observe

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from timeline_tui.loading.opened import Opened
    from timeline_tui.storage.index_cache import Cache

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, str(ROOT / "tests" / "support" / "eager_program.py")]
"""The program, which treats short files as long ones."""
NOBODY = 65_534
SHORT = "".join(timeline(100))
"""Long enough to be kept once `keep_short_files()` is called."""


def digest_file(path: Path) -> str:
    """What the cache knows a file's content by."""
    return digest(path.read_bytes(), path.name)


def keep_short_files(patch: pytest.MonkeyPatch) -> None:
    """Let this process keep the index of any file."""
    for module in ("build_index", "loader"):
        patch.setattr(f"timeline_tui.loading.{module}.NOTICEABLE", 1)


def seen(path: Path, seconds: int = 0) -> ObservedFile:
    """The file as it would be seen so many seconds from now if nobody touched it."""
    found = observe(path)
    assert found is not None
    return found._replace(taken=found.taken + seconds * 10**9)


def settle(patch: pytest.MonkeyPatch) -> None:
    """Let every glance come long after the last change."""
    patch.setattr("timeline_tui.storage.file_stamps._TICK", -(10**18))


def keep(
    cache: Cache, file: Path, data: bytes = b"index", days: tuple[int, int] = (TODAY, TODAY + 9)
) -> Path | None:
    """Have a cache keep `data` as the index of a file last changed long ago."""
    found = seen(file, 60)
    with cache.build_folder(len(data)) as place:
        built = place.folder / "whole.db"
        built.write_bytes(data)
        return cache.publish(built, digest_file(file), found, days)


LARGE = 10_000
"""Bytes of an index beside which marks are nothing."""


def story(folder: Path, name: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"title: {name}\n", encoding="utf-8")
    return path


def last_used(path: Path, second: int) -> None:
    os.utime(path, (second, second))


def names(folder: Path) -> list[str]:
    """What lies in a folder, the ends of the names only where these are long; not the lock."""
    found = (path.suffix or path.name for path in folder.iterdir() if path.name != "lock")
    return sorted(found)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder and those in it."""
    size = 0
    for place, _, files in os.walk(folder):
        for name in files:
            try:
                size += (Path(place) / name).lstat().st_size
            except FileNotFoundError:
                continue
    return size


def told(opened: Opened) -> tuple[list[object], tuple[object, ...]]:
    """All events and problems of a file."""
    return [opened.index.event(key) for key in range(opened.index.total)], opened.problems


def opened_fresh(path: Path, patch: pytest.MonkeyPatch) -> Opened:
    """A file read without any cache."""
    with patch.context() as without:
        without.setenv("TIMELINE_TUI_CACHE", "0")
        return open_timeline(path, today=TODAY)


def run(
    *words: str | Path,
    env: dict[str, str] | None = None,
    before: Callable[[], object] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end, in the environment of the tests if none is given."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        capture_output=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
        env=env,
        preexec_fn=before,
    )


def start_building(*words: str | Path) -> subprocess.Popen[bytes]:
    """Start the program as the leader of a group of its own, and wait until it stops while it builds.

    It goes on with SIGCONT.
    """
    program = subprocess.Popen(
        [*PROGRAM, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "STOP_WHILE_READING": "1"},
        # A shell starts what runs in the background deaf to Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no threads here
    )
    stopped = os.waitid(os.P_PID, program.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    assert stopped is not None
    assert stopped.si_code == os.CLD_STOPPED
    return program


def build_folder(folder: Path) -> Path:
    """The only place in a cache where an index is being built."""
    (built,) = folder.glob("building-*/whole.db")
    return built.parent


def expected_list(path: Path, capfdbinary: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch) -> bytes:
    """What `list` prints of a file read without any cache."""
    with patch.context() as without:
        without.setenv("TIMELINE_TUI_CACHE", "0")
        assert cli.main(["list", str(path)]) == 0
    return capfdbinary.readouterr().out

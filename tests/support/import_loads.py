"""Files to be loaded, and a reader that does what a test tells it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from bench.generate import timeline
from tests.support.screens import HARBOUR, TODAY, main_screen
from timeline_tui.index.index import Index
from timeline_tui.loading.loader import Loading
from timeline_tui.loading.messages import Beginning, Whole, send
from timeline_tui.loading.progress import Progress
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_timeline
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import TimelineApp

if TYPE_CHECKING:
    import pytest


COUNT = 10_000
LONG = "".join(timeline(COUNT))
"""Long enough to be read in parts."""
SHORT = "".join(timeline(2_000))
"""Long enough to be kept."""


class Script:
    """A reader that says what there is of the harbour's file when it is told to go on, and then the rest."""

    first = 4
    total = 7
    path = HARBOUR

    def __init__(self, folder: Path) -> None:
        events = read_timeline(HARBOUR).events
        self._beginning, self._whole = folder / "beginning.db", folder / "whole.db"
        for place, count in ((self._beginning, self.first), (self._whole, self.total)):
            index = Index.build(Header(title="The harbour wall"), events[:count], str(place))
            index.keep("problems", msgspec.msgpack.encode([]))
            index.close()
        self._heard, self._told = os.pipe()

    def go_on(self) -> None:
        os.write(self._told, b".")

    def read(self, sink: int, path: Path, today: int) -> None:
        """In the other process, in place of `beside.read`."""
        assert (path, today) == (HARBOUR, TODAY)
        send(sink, Progress(0.25, path.stat().st_size, 500, 2))
        os.read(self._heard, 1)
        send(sink, Beginning(os.fsencode(self._beginning)))
        os.read(self._heard, 1)
        send(sink, Whole(os.fsencode(self._whole), kept=True, data=b"", notice=""))

    def close(self) -> None:
        os.close(self._heard)
        os.close(self._told)


def loaded(path: Path) -> Loading:
    loading = Loading(path, today=TODAY)
    loading.opened()
    loading.stop()
    return loading


def shown_by(loading: Loading) -> TimelineApp:
    return TimelineApp(loading, lambda opened: View(opened.index, today=TODAY))


def shown_view(app: TimelineApp) -> View:
    return cast("View", main_screen(app).view)


def wait_until_gone(group: int) -> None:
    """Until no process of a group runs any more; who is dead may wait for whoever inherits it."""
    while any(
        fields[2] == str(group) and fields[0] != "Z" for fields in map(_status, Path("/proc").iterdir())
    ):
        os.sched_yield()


def _status(process: Path) -> list[str]:
    """State, parent and group of a process, among others."""
    try:
        return (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (OSError, UnicodeDecodeError):
        return ["", "", ""]


def age(path: Path) -> None:
    """Let a file have been changed long before it is looked at."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def settle(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time that a glance needs after a change have passed."""
    monkeypatch.setattr("timeline_tui.storage.file_stamps._TICK", -(10**18))
    age(path)

"""The timelines that are measured, and the commands that open them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from bench.generate import FIRST_TITLE, write_timeline
from bench.vocabulary import COMMON_WORD, RARE_WORD
from timeline_tui.loading.bundled import bundled_timeline
from timeline_tui.reading.reader import read_timeline
from timeline_tui.text.byte_sizes import NOTICEABLE

if TYPE_CHECKING:
    from pathlib import Path


class Timeline(NamedTuple):
    """A file and what is known of it."""

    path: Path
    events: int
    shown: str
    """What its first full screen shows and no earlier one does: the title of its first event."""
    rare: str
    """A word that hardly any event holds."""
    common: str
    """A word that about half of them hold."""
    label: str
    kept: bool
    """Whether the program keeps an index of it."""

    def command(self) -> list[str]:
        """What opens it in the program."""
        return [sys.executable, "-m", "timeline_tui", str(self.path)]

    def rows_command(self) -> list[str]:
        """What opens a bare list of as many rows."""
        return [sys.executable, "-m", "bench.floors.rows", str(self.events)]


def bundled() -> Timeline:
    """The timeline that comes with the program."""
    path = bundled_timeline()
    events = read_timeline(path).events
    count = len(events)
    first = min(events, key=lambda event: event.date.earliest).title
    return Timeline(path, count, first, "luhansk", "russia", f"{count}", kept=False)


def changing(count: int, folder: Path) -> Timeline:
    """One of `count` events, a quarter of which change later."""
    path = folder / f"changing-{count}.yaml"
    if not path.exists():
        write_timeline(path, count, changing=True)
    return _made_up(count, path)


def generated(count: int, folder: Path) -> Timeline:
    """One of `count` events, made up once a run."""
    path = folder / f"timeline-{count}.yaml"
    if not path.exists():
        write_timeline(path, count)
    return _made_up(count, path)


def _made_up(count: int, path: Path) -> Timeline:
    return Timeline(
        path, count, FIRST_TITLE, RARE_WORD, COMMON_WORD, f"{count:,}", path.stat().st_size >= NOTICEABLE
    )

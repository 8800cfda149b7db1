"""Timelines of other people for tests: read, and opened as the native file that is made of them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from timeline_tui.exchange.native import yaml as native
from timeline_tui.exchange.unknown_shape import reader as foreign
from timeline_tui.model.problems import Severity
from timeline_tui.reading.reader import Reading, read_text

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported


def read(text: str, name: str = "theirs.yaml") -> Imported:
    """What is read of a file, which has been held to be sound."""
    imported = foreign.read(textwrap.dedent(text).encode(), name)
    assert len(imported.lines) == len(imported.events)
    opened(imported)
    return imported


def opened(imported: Imported) -> Reading:
    """The native file that is made of it, which has no errors and all the events."""
    reading = read_text(native.write(imported).encode(), "x.yaml")
    assert not [str(problem) for problem in reading.problems if problem.severity is Severity.ERROR]
    assert [event.title for event in reading.events] == [event["title"] for event in imported.events]
    return reading


def told(imported: Imported, *keys: str) -> list[tuple[Any, ...]]:
    """The values of each event under some keys, empty where there is none."""
    return [tuple(event.get(key, "") for key in keys) for event in imported.events]

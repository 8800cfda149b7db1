"""The index that the program keeps of a file, for what reads it without the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.index import Index
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Plain(NamedTuple):
    """An event, as other programs are given it."""

    day: str
    """The first on which it may have been, in ISO 8601."""
    title: str
    actor: str
    place: str


def database(path: Path, home: Path) -> Path:
    """The database of the timeline at `path`: the one kept in `home`, or one made there of a short file."""
    if kept := next(home.rglob("*.db"), None):
        return kept
    made = home / "made.db"
    reading = read_timeline(path)
    Index.build(reading.header or Header(title=""), reading.events, str(made)).close()
    return made


def plain_events(file: Path) -> Iterator[Plain]:
    """The events of a database, in chronological order."""
    index = Index.opened(file)
    for key in range(index.total):
        event = index.event(key)
        year, month, day = to_civil(event.date.earliest)
        yield Plain(f"{year:04}-{month:02}-{day:02}", event.title, next(iter(event.actors), ""), event.place)

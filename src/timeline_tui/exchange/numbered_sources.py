"""The sources that the events of a view cite, numbered in the order in which they are first cited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline_tui.model.histories import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Citation, Event, Record, Source
    from timeline_tui.timeline.view import View


@dataclass
class Cited:
    """A source, and what cites it."""

    id: str
    number: int
    """From 1, in the order in which they are first cited."""
    source: Source | None
    """None where the timeline has no source with that id."""
    keys: list[int] = field(default_factory=list)
    """The events that cite it, in the order of the view, each once."""
    places: int = 0
    """How many citations say where in the source."""


def citations_of(event: Event) -> Iterator[Citation]:
    """All citations of an event in the order in which they are told: its own, its quotes', its claims'."""
    for part in parts_of(event):
        yield from part.sources


def cited_in(view: View) -> dict[str, Cited]:
    """What the events of a view cite, by id; under its clock, nothing that was published later."""
    found: dict[str, Cited] = {}
    for key in view.keys:
        for citation in citations_of(view.event(key)):
            cited = found.get(citation.id)
            if cited is None:
                cited = Cited(citation.id, len(found) + 1, view.source(citation.id))
                found[citation.id] = cited
            cited.places += bool(citation.at)
            if cited.keys[-1:] != [key]:
                cited.keys.append(key)
    return found


def extras(record: Record | Citation) -> Iterator[tuple[str, str]]:
    """The keys of a record that the format does not know, each with its value as text; both raw."""
    for key, value in record.extra.items():
        yield key, _plain(value)


def _plain(value: object) -> str:
    match value:
        case dict():
            return "; ".join(f"{key}: {_plain(part)}" for key, part in value.items())
        case list():
            return ", ".join(_plain(part) for part in value)
        case _:
            return str(value)

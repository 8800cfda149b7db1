"""What records name: sources, actors, topics and places, by id; and what the events of a view name in all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from timeline_tui.exchange.contract import events_of
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Event, Record, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.model.records import Citation
    from timeline_tui.timeline.view import View


class Named:
    """What is named by the events of a view, and by whatever else is named, as known on the view's day.

    Args:
        view: Knows the records.
    """

    def __init__(self, view: View) -> None:
        self.ids: dict[str, dict[str, None]] = {"source": {}, "actor": {}, "topic": {}, "place": {}}
        """By kind of record, the ids in the order in which they were noted."""
        self._view = view

    def note(self, kind: str, id_: str) -> None:
        """Record that something is named, and everything that it names in turn."""
        ahead = [(kind, id_)]
        while ahead:
            kind, id_ = ahead.pop(0)
            if kind in self.ids and id_ and id_ not in self.ids[kind]:
                self.ids[kind][id_] = None
                if (record := self.record(kind, id_)) is not None:
                    ahead += named_in(record)

    def note_all(self, kind: str, ids: Iterable[str]) -> None:
        """As `note()`, for several."""
        for id_ in ids:
            self.note(kind, id_)

    def record(self, kind: str, id_: str) -> Record | None:
        """A record of the header as known on the view's day, naming no source that was published later."""
        if kind == "actor":
            return self._view.actor(id_)
        if kind == "topic":
            return self._view.topic(id_)
        if kind == "place":
            return self._view.place(id_)
        source = self._view.source(id_)
        if source is None:
            return None
        origins = tuple(filter(self._view.is_published, source.derived_from))
        return msgspec.structs.replace(source, derived_from=origins)


def named_by_events(view: View) -> Named:
    """What the events of a view name."""
    named = Named(view)
    for event in events_of(view):
        for kind, id_ in named_in(event):
            named.note(kind, id_)
    return named


def named_in(record: Record) -> Iterator[tuple[str, str]]:
    """The kind and id of everything that a record names, its parts included."""
    for part in parts_in(record):
        for field in fields_of(type(part)):
            yield from _ids(getattr(part, field.name), field.shape, field.refers)
        first = part.before_updates if isinstance(part, Event) else None
        places = getattr(part, "place", ""), first.place if first else ""
        yield from (("place", id_) for id_ in places if id_)


def citations_in(record: Record) -> Iterator[Citation]:
    """The sources that a record cites, in any of its fields and parts."""
    for part in parts_in(record):
        for field in fields_of(type(part)):
            if field.shape is Shape.CITATIONS:
                yield from getattr(part, field.name)


def parts_in(record: Record) -> Iterator[Record]:
    """A record, and all records in its fields, those of long forms included."""
    yield record
    for field in fields_of(type(record)):
        names = (field.name, field.long.name) if field.long is not None else (field.name,)
        for name in names:
            value = getattr(record, name)
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, Record):
                    yield from parts_in(inner)


def _ids(value: Any, shape: Shape, kind: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  as the shape says
    if kind and shape is Shape.CITATIONS:
        yield from ((kind, citation.id) for citation in value)
    elif kind and shape is Shape.ID:
        yield kind, value
    elif kind and shape is not Shape.LINKS:
        yield from ((kind, id_) for id_ in value)

"""A view as plain data under the keys of `docs/format.md`: its events, and what they name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.dates.date import Date
from timeline_tui.exchange.exported import events_of
from timeline_tui.model.fields import REFERS, fields_of
from timeline_tui.model.records import Actor, Citation, Record, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

Plain = dict[str, object]


class Story:
    """The plain data of a view.

    A view of everything has its whole header. Of any other, only those sources, actors and topics are there
    that its events name, and those that these name. Under a clock, what the header says of the whole story
    is not there either, as nobody can tell when that became known.

    Args:
        view: The events, in its order.
    """

    def __init__(self, view: View) -> None:
        self.lost: Counter[str] = Counter()
        """As in `Exported`."""
        self.events: list[Plain] = []
        """One for each event."""
        self._view = view
        self._named: dict[str, set[str]] = {"source": set(), "actor": set(), "topic": set()}
        for event in events_of(view):
            self.events.append(self._event(event))
        self.header = self._header()
        """Everything but the events."""

    def _event(self, event: Event) -> Plain:
        links = {}
        for relation, ids in event.links.items():
            kept = tuple(id_ for id_ in ids if self._is_here(id_))
            self.lost["links to events that are not among these"] += len(ids) - len(kept)
            if kept:
                links[relation] = kept
        event = msgspec.structs.replace(event, links=links)
        if not self._view.is_whole:
            for kind, id_ in named_in(event):
                self._note(kind, id_)
        return plain(event)

    def _is_here(self, id_: str) -> bool:
        key = self._view.key_of(id_)
        # A link into nothing is the file's own mistake, and kept as it is.
        return self._view.is_whole if key is None else self._view.has(key)

    def _note(self, kind: str, id_: str) -> None:
        """Put down that something is named, and so is what it rests on."""
        while kind != "event" and id_ and id_ not in self._named[kind]:
            self._named[kind].add(id_)
            if kind == "source":
                source = self._view.source(id_)
                id_ = source.derived_from if source and self._is_published(source.derived_from) else ""
            elif kind == "actor":
                actor = self._view.actor(id_)
                id_ = actor.of if actor else ""
            else:
                return

    def _is_published(self, id_: str) -> bool:
        source = self._view.source(id_)
        if self._view.known_on is None or source is None or source.date is None:
            return True
        return source.date.earliest <= self._view.as_of

    def _header(self) -> Plain:
        header = self._view.header
        if self._view.is_whole:
            return plain(header)
        if self._view.known_on is not None:
            self.lost["descriptions of the whole story"] += bool(header.description)
            self.lost["fields of the file's own"] += len(header.extra)
            updated = (
                header.updated if header.updated and header.updated.earliest <= self._view.as_of else None
            )
            header = msgspec.structs.replace(header, description="", extra={}, updated=updated)
        sources = {id_: source for id_, source in header.sources.items() if id_ in self._named["source"]}
        if self._view.known_on is not None:
            for id_, source in sources.items():
                if source.derived_from and source.derived_from not in sources:
                    sources[id_] = msgspec.structs.replace(source, derived_from="")
        actors: dict[str, Actor] = {
            id_: actor for id_, actor in header.actors.items() if id_ in self._named["actor"]
        }
        topics = {id_: topic for id_, topic in header.topics.items() if id_ in self._named["topic"]}
        return plain(msgspec.structs.replace(header, sources=sources, actors=actors, topics=topics))


def plain(record: Record) -> Plain:
    """The keys of a record that say something, in the order of their declaration, its own ones last."""
    found: Plain = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if field.required or (value and value != field.default):
            found[field.name] = _plain(value, field.shape)
    return {**found, **record.extra}


def named_in(record: Record) -> Iterator[tuple[str, str]]:
    """The kind and id of everything that a record names, those of its quotes and claims with them."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if field.shape is Shape.RECORDS:
            for part in value:
                yield from named_in(part)
        elif kind := REFERS.get(field.name):
            if field.shape is Shape.CITATIONS:
                yield from ((kind, citation.id) for citation in value)
            elif field.shape is Shape.ID:
                yield kind, value
            elif field.shape is not Shape.LINKS:
                yield from ((kind, id_) for id_ in value)


def _plain(value: object, shape: Shape) -> object:
    if isinstance(value, Date):
        return value.text
    if shape is Shape.CITATIONS and isinstance(value, tuple):
        return [_citation(citation) for citation in value]
    if shape is Shape.ROLES and isinstance(value, dict):
        return dict(value) if any(value.values()) else list(value)
    if isinstance(value, tuple):
        return [plain(item) if isinstance(item, Record) else item for item in value]
    if isinstance(value, dict):
        return {key: plain(item) if isinstance(item, Record) else list(item) for key, item in value.items()}
    return value


def _citation(citation: Citation) -> object:
    if not citation.at and not citation.extra:
        return citation.id
    return {"id": citation.id, **({"at": citation.at} if citation.at else {}), **citation.extra}

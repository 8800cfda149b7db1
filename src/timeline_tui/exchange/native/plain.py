"""A view as plain data under the keys of `docs/format.md`: its events, and the records that they name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from timeline_tui.dates.date import Date
from timeline_tui.exchange.contract import events_of
from timeline_tui.model.fields import SECTIONS, fields_of
from timeline_tui.model.histories import values_before_updates
from timeline_tui.model.records import Actor, Citation, Event, Record, Shape, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.model.records import Header
    from timeline_tui.timeline.view import View

Plain = dict[str, object]


class PlainTimeline:
    """A view as plain data.

    A view of the whole timeline has the whole header. Any other has only the sources, actors, topics and
    places that its events name, and those that these name. On a known-on day, the description and other
    texts on the whole timeline are left out too, as they bear no day.

    Args:
        view: The events, in its order.
    """

    def __init__(self, view: View) -> None:
        self.lost: Counter[str] = Counter()
        """As in `Exported`."""
        self.events: list[Plain] = []
        """The events in the order of the view."""
        self._view = view
        self._named: dict[str, set[str]] = {"source": set(), "actor": set(), "topic": set(), "place": set()}
        for event in events_of(view):
            self.events.append(self._event(event))
        self.header = self._header()
        """Everything except the events."""

    def _event(self, event: Event) -> Plain:
        links = {}
        for relation, ids in event.links.items():
            kept = tuple(id_ for id_ in ids if self._is_here(id_))
            self.lost["links to events that are not exported"] += len(ids) - len(kept)
            if kept:
                links[relation] = kept
        event = msgspec.structs.replace(event, links=links)
        if not self._view.is_whole:
            for kind, id_ in named_in(event):
                self._note(kind, id_)
        return plain_record(event)

    def _is_here(self, id_: str) -> bool:
        key = self._view.key_of(id_)
        # A link to an event that does not exist is a mistake of the file, and is kept as it is.
        return self._view.is_whole if key is None else self._view.has(key)

    def _note(self, kind: str, id_: str) -> None:
        """Record that something is named, and everything that it names in turn."""
        ahead = [(kind, id_)]
        while ahead:
            kind, id_ = ahead.pop()
            if kind in self._named and id_ and id_ not in self._named[kind]:
                self._named[kind].add(id_)
                if (record := self._record(kind, id_)) is not None:
                    ahead += named_in(record)

    def _record(self, kind: str, id_: str) -> Record | None:
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

    def _header(self) -> Plain:
        header, whole = self._view.header, self._view.whole_header
        if self._view.is_whole:
            return plain_record(header)
        if self._view.known_on is not None:
            self.lost["descriptions of the timeline"] += bool(whole.description)
            self.lost["custom fields"] += len(whole.extra)
            self.lost["step-by-step stories"] += len(whole.stories)
        return plain_record(msgspec.structs.replace(header, **self._registers(header)))

    def _registers(self, header: Header) -> dict[str, dict[str, Record]]:
        """The named sources, actors, topics and places, in file order, as known on the view's day."""
        return {
            section: {
                id_: record
                for id_ in getattr(header, section)
                if id_ in self._named[kind] and (record := self._record(kind, id_)) is not None
            }
            for section, kind in SECTIONS.items()
            if kind in self._named
        }


def plain_record(record: Record) -> Plain:
    """The keys of a record that are not empty, in the order of the format, with custom fields last."""
    if isinstance(record, Event):
        return _plain_fields(values_before_updates(record), record)
    if isinstance(record, Topic) and record.first_question:
        record = msgspec.structs.replace(record, question=record.first_question)
    return _plain_fields({name: getattr(record, name) for name in record.__struct_fields__}, record)


def _plain_fields(values: Mapping[str, Any], record: Record) -> Plain:
    found: Plain = {}
    replaced: set[str] = set()
    for field in fields_of(type(record)):
        value = values[field.name]
        if field.long is not None and (records := values[field.long.name]):
            # The long form of a field includes what version 1 of the format has in separate fields.
            found[field.key] = _plain(records, Shape.RECORDS)
            replaced.update(_REPLACED_BY.get((type(record), field.long.name), ()))
        elif field.shape is Shape.RECORDS and value:
            found[field.key] = _plain(value, field.shape)
            replaced.update(_REPLACED_BY.get((type(record), field.name), ()))
        elif field.required or (value and value != field.default) or isinstance(value, float):
            is_one = field.formerly is Shape.ID and isinstance(value, tuple) and len(value) == 1
            found[field.key] = value[0] if is_one else _plain(value, field.shape)
    return {**{key: value for key, value in found.items() if key not in replaced}, **record.extra}


_REPLACED_BY: dict[tuple[type[Record], str], tuple[str, ...]] = {
    (Event, "statuses"): ("by",),
    (Actor, "roles"): ("role", "of"),
}
"""The keys that a history replaces, and that must not be given along with it."""


def named_in(record: Record) -> Iterator[tuple[str, str]]:
    """The kind and id of everything that a record names, its parts included."""
    for field in fields_of(type(record)):
        if field.long is not None:
            yield from _named(getattr(record, field.long.name), Shape.RECORDS, "")
        yield from _named(getattr(record, field.name), field.shape, field.refers)
    place = getattr(record, "place", "")
    first = record.before_updates if isinstance(record, Event) else None
    yield from (("place", id_) for id_ in (place, first.place if first else "") if id_)


def _named(value: Any, shape: Shape, kind: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  as the shape says
    if isinstance(value, Record):
        yield from named_in(value)
    elif shape in (Shape.RECORDS, Shape.ONE_OR_MORE):
        for part in value or ():
            yield from named_in(part)
    elif kind and shape is Shape.CITATIONS:
        yield from ((kind, citation.id) for citation in value)
    elif kind and shape is Shape.ID:
        yield kind, value
    elif kind and shape is not Shape.LINKS:
        yield from ((kind, id_) for id_ in value)


def _plain(value: object, shape: Shape) -> object:
    if isinstance(value, tuple):
        if shape is Shape.CITATIONS:
            return [_citation(citation) for citation in value]
        return [plain_record(item) if isinstance(item, Record) else item for item in value]
    if isinstance(value, dict):
        if shape is Shape.ROLES:
            return dict(value) if any(value.values()) else list(value)
        return {
            key: plain_record(item) if isinstance(item, Record) else list(item) for key, item in value.items()
        }
    return plain_record(value) if isinstance(value, Record) else _scalar(value)


def _scalar(value: object) -> object:
    """A date, number or flag as text."""
    if isinstance(value, Date):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.12f}".rstrip("0")
    return value


def _citation(citation: Citation) -> object:
    if not citation.at and not citation.extra:
        return citation.id
    return {"id": citation.id, **({"at": citation.at} if citation.at else {}), **citation.extra}

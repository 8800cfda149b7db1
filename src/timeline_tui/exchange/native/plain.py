"""A view as plain data under the keys of `docs/format.md`: its events, and the records that they name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from timeline_tui.dates.date import Date
from timeline_tui.exchange.contract import events_of
from timeline_tui.exchange.losses import NO_STATUS, has_no_status
from timeline_tui.exchange.named import Named, named_in
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
        self._view = view
        self._named = Named(view)
        for event in events_of(view):
            self._note(event)
        self.header = self._header()
        """Everything except the events."""

    @property
    def events(self) -> list[Plain]:
        """All events, in the order of the view."""
        return list(self.each_event())

    def each_event(self) -> Iterator[Plain]:
        """The events in the order of the view, made one by one."""
        for event in events_of(self._view):
            yield plain_record(
                msgspec.structs.replace(event, links=self.links_of(event)) if event.links else event
            )

    def links_of(self, event: Event) -> dict[str, tuple[str, ...]]:
        """The links of an event to events that are exported too."""
        links = {relation: tuple(filter(self._is_here, ids)) for relation, ids in event.links.items()}
        return {relation: ids for relation, ids in links.items() if ids}

    def _note(self, event: Event) -> None:
        """Count what is left out of an event, and note what it names."""
        if event.links:
            kept = sum(map(len, self.links_of(event).values()))
            self.lost["links to events that are not exported"] += sum(map(len, event.links.values())) - kept
        self.lost[NO_STATUS] += has_no_status(self._view, event)
        if not self._view.is_whole:
            for kind, id_ in named_in(event):
                self._named.note(kind, id_)

    def _is_here(self, id_: str) -> bool:
        key = self._view.key_of(id_)
        # A link to an event that does not exist is a mistake of the file, and is kept as it is.
        return self._view.is_whole if key is None else self._view.has(key)

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
                if id_ in self._named.ids[kind] and (record := self._named.record(kind, id_)) is not None
            }
            for section, kind in SECTIONS.items()
            if kind in self._named.ids
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

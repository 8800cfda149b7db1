"""An event as flat names and values, for programs that have no actors and sources of their own.

Ids of actors and sources are replaced by names, titles and addresses, which people can read.
`flattened()` and `EventBuilder.fields()` are inverses of each other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.exchange.id_registry import EventIds, Register
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Event, Status
from timeline_tui.text.addresses import is_address
from timeline_tui.text.ids import is_id
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping

    from timeline_tui.timeline.view import View

FLAT = frozenset(
    ["kind", "status", "by", "known", "outcome", "place", "actors", "roles", "tags", "sources", "links"]
)
"""The fields that `flattened()` keeps, by the names of `losses.py`."""

_NATIVE = frozenset(field.name for field in fields_of(Event))
_TEXTS = frozenset(["text", "kind", "outcome", "place"])


def flattened(view: View, key: int, event: Event) -> dict[str, object]:
    """The fields of an event except date, title, text, quotes and claims; hidden characters are visible."""
    links: dict[str, list[str]] = {}
    for link in view.links(key):
        if link.outward and view.has(link.key):
            links.setdefault(link.relation, []).append(link.id)
    names = {visible(view.actor_name(id_)): visible(role) for id_, role in event.actors.items()}
    fields: dict[str, object] = {
        "id": event.id,
        "kind": visible(event.kind),
        "status": "" if event.status == "confirmed" else event.status,
        "by": [view.actor_name(id_) for id_ in event.by],
        "known": event.known.text if event.known else "",
        "place": visible(view.place_text(event)),
        "actors": names if any(names.values()) else list(names),
        "tags": [visible(tag) for tag in event.tags],
        "sources": [_source(view, citation.id) for citation in event.sources],
        "links": links,
        "outcome": visible(event.outcome),
    }
    return {name: value for name, value in fields.items() if value}


def address_of(source: dict[str, str]) -> str:
    """The address of a flat source; empty if it has none that can be opened."""
    return source.get("url", "")


def _source(view: View, id_: str) -> dict[str, str]:
    source = view.source(id_)
    if source is None:
        return {"title": id_}
    url = {"url": source.url} if is_address(source.url) else {}
    return {"title": visible(source.title), **url}


class EventBuilder:
    """Makes events of flat names and values, and records the actors and sources that they name.

    Args:
        prefix: Put before a name that has another meaning in the format.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.actors = Register("name")
        self.sources = Register("title")
        self.ids = EventIds()

    def fields(self, values: Mapping[str, object]) -> dict[str, object]:
        """The fields of an event; unknown ones keep their names, empty ones are left out."""
        event: dict[str, object] = {}
        for name, value in values.items():
            if value is None or value in ("", [], {}):
                continue
            made = self._made(name, value) if name in _NATIVE else value
            event[name if made is not None else f"{self.prefix}-{name}"] = value if made is None else made
        return event

    def source(self, title: str, url: str = "") -> str:
        """The id of a source."""
        return self.sources.id_of(title or url, url=url if is_address(url) else "")

    def header(self) -> dict[str, object]:
        """The actors and sources named so far."""
        parts = {"actors": self.actors.records, "sources": self.sources.records}
        return {name: records for name, records in parts.items() if records}

    def set_aside_dead_links(
        self, events: Iterable[dict[str, object]], there: Container[object] | None = None
    ) -> None:
        """Move links to events that do not exist to a name with the prefix.

        Args:
            events: Those whose links are looked at.
            there: The ids of all events of the file; None if `events` are all of them.
        """
        if there is None:
            events = list(events)
            there = {event.get("id") for event in events}
        for event in events:
            links = event.get("links")
            if not isinstance(links, dict):
                continue
            lost = {name: [id_ for id_ in ids if id_ not in there] for name, ids in links.items()}
            if not any(lost.values()):
                continue
            kept = {name: [id_ for id_ in ids if id_ in there] for name, ids in links.items()}
            for name, parts in (("links", kept), (f"{self.prefix}-links", lost)):
                event.pop(name, None)
                if parts := {relation: ids for relation, ids in parts.items() if ids}:
                    event[name] = parts

    def _made(self, name: str, value: object) -> object:
        """A value as the format has it; None if it is not valid for the field."""
        if name in _TEXTS or name in ("id", "status", "known"):
            return value if isinstance(value, str) and _fits(name, value) else None
        makers = {
            "actors": self._actors,
            "links": _links,
            "by": self._names,
            "tags": _tags,
            "sources": self._sources,
        }
        return makers[name](_plain(value)) if name in makers else None

    def _names(self, value: object) -> object:
        return [self.actors.id_of(name) for name in _texts(value)] or None

    def _actors(self, value: object) -> object:
        if isinstance(value, dict) and all(isinstance(role, str) for role in value.values()):
            return {self.actors.id_of(name): role for name, role in value.items() if name} or None
        return list(dict.fromkeys(map(self.actors.id_of, _texts(value)))) or None

    def _sources(self, value: object) -> object:
        """The ids of sources given by title, by address or by both."""
        found = []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and item:
                found.append(self.source("", item) if is_address(item) else self.source(item))
            elif isinstance(item, dict) and isinstance(item.get("title"), str) and item["title"]:
                url = item.get("url", "")
                found.append(self.source(item["title"], url if isinstance(url, str) else ""))
            else:
                return None
        return list(dict.fromkeys(found)) or None


def _tags(value: object) -> object:
    return list(dict.fromkeys(_texts(value))) or None


def _fits(name: str, value: str) -> bool:
    if name in _TEXTS:
        return True
    if name == "status":
        return value in get_args(Status)
    if name == "id":
        return is_id(value)
    try:
        parse_date(value)
    except DateError:
        return False
    return True


def _plain(value: object) -> object:
    """The value; a list or map if it was written as JSON in a cell."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return value
    try:
        found: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return found


def _texts(value: object) -> list[str]:
    """A list of texts; a single text is split at its commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    items: Collection[object] = value if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, str) and item]


def _links(value: object) -> object:
    """A map from relation to ids; None if the value is anything else."""
    if not isinstance(value, dict):
        return None
    links = {name: _texts(ids) for name, ids in value.items() if name}
    return links if all(ids and all(map(is_id, ids)) for ids in links.values()) else None

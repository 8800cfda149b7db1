"""Plain events, as `fields.EventMaker` makes them, as records of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline_tui.dates.date import parse_date
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Actor, Citation, Event, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

_NATIVE = frozenset(field.name for field in fields_of(Event))
_OF_SOURCES = frozenset(("title", "publisher", "author", "url", "archive_url", "language", "kind", "note"))
_OF_ACTORS = frozenset(("name", "kind", "role", "description"))
_TEXTS = frozenset(("title", "text", "kind", "status", "outcome", "place"))


def event_of(plain: Mapping[str, Any], line: int, words: dict[str, str]) -> Event:
    """A plain event as a record; without an id if it has none.

    Args:
        plain: As in `Imported`: keys that the format does not know are its own fields.
        line: The line of the file that it begins on, from 1.
        words: Equal words share the one that is kept here.
    """
    values: dict[str, Any] = {"line": line or 1, "column": 1}
    extra = None
    for key, value in plain.items():
        if key in _TEXTS:
            values[key] = value if key in ("title", "text") else words.setdefault(value, value)
        elif key == "date":
            values["date"] = parse_date(value)
        elif key not in _NATIVE:
            if extra is None:
                extra = {}
            extra[words.setdefault(key, key)] = value
        elif key != "id":
            values[key] = _made(key, value)
    if extra is not None:
        values["extra"] = extra
    if "id" in plain:
        values["id"] = plain["id"]
    return Event(**values)


def _made(key: str, value: Any) -> object:  # noqa: ANN401  any plain data
    if key == "actors":
        return value if isinstance(value, dict) else dict.fromkeys(value, "")
    if key == "sources":
        return tuple(
            Citation(item) if isinstance(item, str) else Citation(item["id"], item["at"]) for item in value
        )
    if key == "known":
        return parse_date(value)
    if key == "links":
        return {relation: tuple(ids) for relation, ids in value.items()}
    return tuple(value)


def is_plain_source(plain: Mapping[str, Any]) -> bool:
    """Whether a plain source has only texts under keys that every version of the format has."""
    return plain.keys() <= _OF_SOURCES


def is_plain_actor(plain: Mapping[str, Any]) -> bool:
    """Whether a plain actor has only texts under keys that every version of the format has."""
    return plain.keys() <= _OF_ACTORS


def source_of(plain: Mapping[str, Any]) -> Source:
    """A source of which `is_plain_source()` is true as a record."""
    return Source(**plain, line=1, column=1)


def actor_of(plain: Mapping[str, Any]) -> Actor:
    """An actor of whom `is_plain_actor()` is true as a record."""
    return Actor(**plain, line=1, column=1)

"""Gives the ids in plain records other names, wherever a field refers to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from timeline_tui.model.fields import SECTIONS, fields_of
from timeline_tui.model.records import Event, Header, Shape
from timeline_tui.query.language import parse_query

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from timeline_tui.model.fields import Field
    from timeline_tui.model.records import Record

Names: TypeAlias = "Mapping[str, Mapping[str, str]]"
"""By kind of record (`source`, `actor`, `topic`, `place`, `event`), the new id of each old one."""

RECORDS: dict[str, type[Record]] = {
    field.key: field.record
    for field in fields_of(Header)
    if field.key in SECTIONS and field.record is not None
}
"""By section of a file, the type of its records."""


def in_section(section: str, data: object, names: Names) -> object:
    """A record of a section of a file, which refers to others by their new ids; see `with_new_ids()`."""
    return with_new_ids(data, RECORDS[section], names) if isinstance(data, dict) else data


def with_new_ids(data: Mapping[str, Any], record: type[Record], names: Names) -> dict[str, Any]:
    """A record that refers to others by their new ids, as do the records in it; its own id stays.

    Args:
        data: The record as plain data, under the keys of a file.
        record: Its type.
        names: The new ids.
    """
    found = dict(data)
    for field in fields_of(record):
        if field.key in found:
            found[field.key] = _renamed(found[field.key], field, names)
    return found


def free_id(id_: str, *taken: Container[str]) -> str:
    """An id made of another one that is not taken yet; those made of different ids differ."""
    number = 2
    while any(f"{id_}-{number}" in each for each in taken):
        number += 1
    return f"{id_}-{number}"


def new_record_ids(
    both: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
    alike: Callable[[object, object], bool],
    known: Names,
) -> dict[str, dict[str, str]]:
    """By kind, new ids of records whose ids mean something else in the other register.

    Args:
        both: By section, the register of a timeline, and that of the one which is added.
        alike: Whether two records are the same one.
        known: New ids of records of other kinds.
    """
    names: dict[str, dict[str, str]] = {SECTIONS[name]: {} for name in both}
    while True:
        # A record that refers to one with a new id is another one than before.
        found = [
            (name, id_)
            for name, (register, records) in both.items()
            for id_, record in records.items()
            if id_ not in names[SECTIONS[name]]
            and id_ in register
            and not alike(register[id_], in_section(name, record, {**known, **names}))
        ]
        if not found:
            return names
        for name, id_ in found:
            names[SECTIONS[name]][id_] = free_id(id_, *both[name])


def new_event_ids(
    events: Sequence[Mapping[str, Any]],
    earlier: Mapping[str, Mapping[str, Any]],
    alike: Callable[[Mapping[str, Any], Mapping[str, Any]], bool],
) -> dict[str, str]:
    """New ids for the events whose id is that of another event.

    Args:
        events: Those of a file.
        earlier: Those of the files before it, by id.
        alike: Whether two events are the same one.
    """
    ids = {str(event["id"]) for event in events if event.get("id")}
    names: dict[str, str] = {}
    while True:
        # An event that is linked to one with a new id is another one than before.
        found = {
            id_
            for event in events
            if (id_ := str(event.get("id") or "")) in earlier
            and id_ not in names
            and not alike(earlier[id_], with_new_ids(event, Event, {"event": names}))
        }
        if not found:
            return names
        names |= {id_: free_id(id_, earlier, ids) for id_ in sorted(found)}


def _renamed(value: object, field: Field, names: Names) -> object:
    """The value of a field with the new ids."""
    # A place that is a text is the name of a place or the id of one.
    kind = "place" if field.key == "place" else field.refers
    if field.key == "filter" and isinstance(value, str):
        return _in_query(value, names)
    if kind:
        return _with_names(value, names.get(kind, {}), is_links=field.shape is Shape.LINKS)
    inner = field.record or (field.long.record if field.long is not None else None)
    return _in_records(value, inner, names) if inner is not None else value


def _with_names(value: object, names: Mapping[str, str], *, is_links: bool) -> object:
    """An id, a list of ids or of citations, a map from ids to roles, or one from relations to ids."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_with_names(each, names, is_links=is_links) for each in value]
    if not isinstance(value, dict):
        return value
    if is_links:
        return {relation: _with_names(ids, names, is_links=False) for relation, ids in value.items()}
    if "id" in value:
        return {**value, "id": _with_names(value["id"], names, is_links=False)}
    return {names.get(id_, id_): role for id_, role in value.items()}


def _in_query(text: str, names: Names) -> str:
    """A query with the new ids; as it is if it has none of the old ones, or a mistake."""
    query, problems = parse_query(text)
    new = query.with_new_ids(names)
    return text if problems or new == query else str(new)


def _in_records(value: object, record: type[Record], names: Names) -> object:
    if isinstance(value, list):
        return [_in_records(each, record, names) for each in value]
    return with_new_ids(value, record, names) if isinstance(value, dict) else value

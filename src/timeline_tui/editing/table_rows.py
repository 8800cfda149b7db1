"""A row of a table as an event of a timeline, with the table as its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.editing.adding import add_event, known_records
from timeline_tui.editing.naming import free_id, named
from timeline_tui.editing.registers import with_records
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Event, Source


def with_row(data: bytes, row: Event, table: Source, name: str) -> Iterator[bytes]:
    """A file with a row as a new event, after the table and the actors that it lacks, state by state.

    Args:
        data: The file, in UTF-8.
        row: The row, with names in the place of ids.
        table: The table as a source.
        name: The name of the file in error messages.

    Raises:
        TimelineError: Nothing can be added to the file; the text says why.
    """
    known = known_records(data, name)
    source = named(table.title, known.sources)
    if not source:
        source = free_id(table.title, "source", known.sources)
        data = with_records(data, "sources", {source: {"title": table.title, "kind": table.kind}}, name)
        yield data
    actors = dict(known.actors)
    new: dict[str, dict[str, str]] = {}
    ids = []
    for actor in map(one_line, row.actors):
        id_ = named(actor, actors)
        if not id_:
            id_ = free_id(actor, "actor", actors)
            actors[id_] = (actor,)
            new[id_] = {"name": actor}
        ids.append(id_)
    if new:
        data = with_records(data, "actors", new, name)
        yield data
    fields: dict[str, object] = {
        "id": free_id(one_line(row.id or row.title), "event", known.events),
        "date": row.date.text,
        "title": one_line(row.title),
        "kind": one_line(row.kind),
        "place": one_line(row.place),
        "actors": ids,
        "sources": [{"id": source, "at": one_line(row.id)}],
        "text": row.text,
    }
    yield add_event(data, {key: value for key, value in fields.items() if value}, name)

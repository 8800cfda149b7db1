"""Rows of a table as events of a timeline of their own, each with the table as its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from timeline_tui.model.records import FORMAT, Actor, Citation, Event, Header, Source
from timeline_tui.tables.errors import TableError
from timeline_tui.text.ids import UniqueIds, id_from_title
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.view import TableView
    from timeline_tui.timeline import View

MOST: Final = 100_000
"""Rows that are taken at most."""


class _Register:
    """Gives names ids, each the same one every time."""

    def __init__(self, *taken: str) -> None:
        self._unique = UniqueIds()
        for id_ in taken:
            self._unique.unique(id_)
        self.ids: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """The id of a name."""
        if name not in self.ids:
            self.ids[name] = self._unique.unique(id_from_title(name))
        return self.ids[name]


def source_of(address: TableAddress) -> tuple[str, Source]:
    """The table at an address as a source: an id, and the record."""
    url = address.shown if address.shown.startswith(("http://", "https://")) else ""
    title = f"Table {one_line(address.shown)}"
    return id_from_title(address.name), Source(title=title, url=url, kind="data")


def in_index(view: TableView) -> View:
    """The rows of a view as a timeline in an index, with all of it shown.

    Raises:
        TableError: As `taken()`.
    """
    from timeline_tui.index.index import Index  # noqa: PLC0415  where rows are written
    from timeline_tui.timeline import View  # noqa: PLC0415  where rows are written

    return View(Index.build(*taken(view)), today=view.today)


def taken(view: TableView) -> tuple[Header, list[Event]]:
    """The rows of a view as a timeline.

    Raises:
        TableError: They are too many, or the engine does not answer.
    """
    if view.count > MOST:
        raise TableError(
            f"{view.count:,} rows are too many to be written as events; filter to at most {MOST:,}"
        )
    own, table = source_of(view.table.described.address)
    actors, sources, ids = _Register(), _Register(own), UniqueIds()
    events = []
    for row in view.whole_rows():
        event = as_own(row, own, actors, sources)
        events.append(structs.replace(event, id=ids.unique(event.id)))
    header = Header(
        format=FORMAT,
        title=view.title,
        description=f"From {table.title}: {view.sentence}.",
        actors={id_: Actor(name=one_line(name)) for name, id_ in actors.ids.items()},
        sources={own: table} | {id_: Source(title=one_line(name)) for name, id_ in sources.ids.items()},
    )
    return header, events


def as_own(event: Event, table: str, actors: _Register, sources: _Register) -> Event:
    """A row as an event of a timeline, with ids in place of names.

    Args:
        event: The row.
        table: The id of the table as a source.
        actors: Gives ids for actors.
        sources: Gives ids for sources.
    """
    cited = tuple(Citation(id=sources.id_of(each.id)) for each in event.sources if each.id)
    extra = {key: value for key, value in event.extra.items() if key not in Event.__struct_fields__}
    return structs.replace(
        event,
        id=id_from_title(event.id if event.id.strip() else event.title),
        actors={actors.id_of(name): role for name, role in event.actors.items() if name.strip()},
        sources=(Citation(id=table, at=event.id), *cited),
        extra=extra,
    )

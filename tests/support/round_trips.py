"""What came back from another format, compared with the story that was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tests.support.screens import BUNDLED, TODAY
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.native.plain import PlainTimeline
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.exchange.contract import Imported
    from timeline_tui.model.records import Event

Records = dict[str, dict[str, str]]


def bundled() -> View:
    """The whole story that comes with the program."""
    return View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)


def cited_anywhere(view: View) -> set[str]:
    """The ids of all sources that anything in a timeline cites, found in its plain data by the key alone."""
    timeline = PlainTimeline(view)
    registers = (timeline.header.get(name) for name in ("actors", "topics", "places"))
    return set(_cited_in([*registers, timeline.events]))


def _cited_in(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for citation in part.get("sources", []):
            yield citation if isinstance(citation, str) else citation["id"]
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _cited_in(inner)


def fields_of(view: View, event: Event) -> dict[str, object]:
    """What a flat format keeps of an event, with names, titles and addresses for ids."""
    sources = [view.source(citation.id) for citation in event.sources]
    return {
        "id": event.id,
        "date": event.date.text,
        "title": event.title,
        "text": event.text,
        "kind": event.kind,
        "status": event.status,
        "by": [view.actor_name(id_) for id_ in event.by],
        "known": event.known.text if event.known else "",
        "outcome": event.outcome,
        "place": view.place_of(event),
        "tags": list(event.tags),
        "actors": {view.actor_name(id_): role for id_, role in event.actors.items()},
        "sources": sorted((source.title, source.url) for source in sources if source),
        "links": {relation: list(ids) for relation, ids in event.links.items()},
    }


def fields_back(imported: Imported, number: int) -> dict[str, object]:
    """The same of what was read."""
    event = imported.events[number]
    actors = cast("Records", imported.header.get("actors", {}))
    sources = cast("Records", imported.header.get("sources", {}))
    given = cast("dict[str, str] | list[str]", event.get("actors", {}))
    roles = given if isinstance(given, dict) else dict.fromkeys(given, "")
    cited = [sources[id_] for id_ in cast("list[str]", event.get("sources", []))]
    return {
        **{
            name: event.get(name, "")
            for name in ("id", "date", "title", "text", "kind", "known", "outcome", "place")
        },
        "status": event.get("status", "confirmed"),
        "by": [actors[id_]["name"] for id_ in cast("list[str]", event.get("by", []))],
        "tags": event.get("tags", []),
        "actors": {actors[id_]["name"]: role for id_, role in roles.items()},
        "sources": sorted((source["title"], source.get("url", "")) for source in cited),
        "links": event.get("links", {}),
    }


def assert_read_or_refused(read: Callable[[bytes, str], Imported], text: str) -> None:
    """Any text is refused, or each of its events has a title and a date that can be read."""
    try:
        imported = read(text.encode("utf-8", "replace"), "x")
    except CannotImport:
        return
    for each in imported.events:
        parse_date(str(each["date"]))
        assert each["title"]

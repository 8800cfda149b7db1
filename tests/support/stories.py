"""Small timelines for tests: `story(event("2024-11-01", "Choe and Lavrov meet"))`."""

from __future__ import annotations

from typing import Any

from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.model.records import Actor, Event, Header, Quote, Source, Topic
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

TODAY = parse_date("2024-11-04").earliest

HEADER = Header(
    title="A story",
    actors={
        "choe-son-hui": Actor(name="Choe Son-hui", kind="person", aliases=("최선희", "Choe Sŏn-hŭi")),
        "lavrov": Actor(name="Sergey Lavrov", kind="person", aliases=("Лавров",)),
        "russia": Actor(name="Russia", kind="state"),
        "tass": Actor(name="TASS", kind="media"),
    },
    sources={"tass-1": Source(title="A report", language="ru"), "nyt-1": Source(title="Another report")},
    topics={"troops": Topic(question="How many soldiers?", unit="soldiers")},
)


def event(date: str, title: str, **fields: Any) -> Event:  # noqa: ANN401  any field of an event
    """An event with an EDTF date."""
    return Event(date=parse_date(date), title=title, **fields)


def quote(speaker: str, text: str, **fields: Any) -> Quote:  # noqa: ANN401  any field of a quote
    """A quote."""
    return Quote(speaker=speaker, text=text, **fields)


def story(*events: Event, header: Header = HEADER) -> View:
    """A view of all these events, as of `TODAY`."""
    return View(Index.build(header, events), today=TODAY)


def shown(view: View, text: str = "") -> list[str]:
    """The titles that a query, typed without a mistake, shows."""
    parsed = parse_query(text, view.vocabulary)
    assert not parsed.problems
    found = view.with_query(parsed.query)
    return [row.title for row in found.rows(0, found.count)]

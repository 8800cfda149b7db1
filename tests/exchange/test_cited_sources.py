"""Every place of a timeline that can cite a source counts, in every list of sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.support.stories import TODAY
from timeline_tui.exchange import registry
from timeline_tui.exchange.named import citations_in
from timeline_tui.exchange.report_text import citations_of, cited_sources
from timeline_tui.index.index import Index
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Citation, Event, Header, Record, Shape
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = {
    "event": "events.0.sources",
    "status": "events.0.status.0.sources",
    "update": "events.0.updates.0.sources",
    "outcome": "events.0.outcome.0.sources",
    "quote": "events.0.quotes.0.sources",
    "status of a quote": "events.0.quotes.0.status.0.sources",
    "wording": "events.0.quotes.0.wordings.0.sources",
    "claim": "events.0.claims.0.sources",
    "status of a claim": "events.0.claims.0.status.0.sources",
    "role": "actors.ann.roles.0.sources",
    "role of an actor that no event names": "actors.ben.roles.0.sources",
    "answer": "topics.many.settled.0.sources",
}


def document() -> dict[str, Any]:
    """A timeline in which everything that can cite a source is there, and cites none."""
    return {
        "title": "T",
        "sources": {"root": {"title": "Root"}},
        "actors": {
            "ann": {"name": "Ann", "roles": [{"role": "Chair", "from": "2020"}]},
            "ben": {"name": "Ben", "roles": [{"role": "Clerk", "from": "2020"}]},
        },
        "topics": {"many": {"question": "How many?", "settled": [{"value": 4, "known": "2024-05-01"}]}},
        "events": [
            {
                "date": "2024-03-01",
                "title": "E",
                "status": [{"is": "confirmed"}],
                "updates": [{"known": "2024-04-01", "text": "More."}],
                "outcome": [{"text": "Done."}],
                "quotes": [
                    {
                        "speaker": "ann",
                        "text": "Yes.",
                        "status": [{"is": "confirmed"}],
                        "wordings": [{"text": "Ja."}],
                    }
                ],
                "claims": [{"about": "many", "by": "ann", "value": 3, "status": [{"is": "confirmed"}]}],
            }
        ],
    }


def view_citing(*places: str) -> View:
    """That timeline, with one citation of the source in each of these places."""
    made = document()
    for place in places:
        *way, last = PLACES[place].split(".")
        part: Any = made
        for step in way:
            part = part[int(step) if step.isdigit() else step]
        part[last] = [{"id": "root", "at": "p. 1"}]
    return view_of(made)


def view_of(made: dict[str, Any]) -> View:
    """A timeline of format 1.1."""
    reading = read_text(f"format: 1.1\n{yaml.safe_dump(made)}".encode(), "")
    assert reading.header is not None
    return View(Index.build(reading.header, reading.events), today=TODAY)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["bibtex", "csl-json", "html", "markdown"])
def test_a_source_is_listed_whatever_cites_it(place: str, name: str) -> None:
    assert "Root" in registry.write(view_citing(place), name).text


@pytest.mark.parametrize("place", PLACES)
def test_the_place_in_a_source_that_a_bibliography_loses_is_counted(place: str) -> None:
    assert registry.write(view_citing(place), "bibtex").lost["places in sources"] == 1


@pytest.mark.parametrize("place", ["role", "answer"])
def test_a_report_refers_to_the_source_of_an_office_and_of_an_answer(place: str) -> None:
    view = view_citing(place)
    assert len(re.findall(r"\[\^1\](?!:)", registry.write(view, "markdown").text)) == 1
    page = registry.write(view, "html").text
    # The script makes a link of the number, and tells below the source what cites it.
    assert 'id="s_1"' in page
    assert "<sup>1 <i>(p. 1)</i></sup>" in page


def test_a_source_of_an_office_that_is_not_in_the_view_is_not_listed() -> None:
    view = view_citing("role of an actor that no event names")
    assert cited_sources(view)
    assert not cited_sources(view.known_by(TODAY))


def citing(record: type[Record], seen: tuple[type[Record], ...] = ()) -> Iterator[str]:
    """The names of the records within a record that have a field for citations."""
    for field in fields_of(record):
        if field.shape is Shape.CITATIONS:
            yield record.__name__
        for inner in (field.record, field.long.record if field.long else None):
            if inner is not None and inner not in seen:
                yield from citing(inner, (*seen, inner))


def test_the_places_above_are_all_that_the_format_has() -> None:
    found = {*citing(Event), *citing(Header)}
    assert found == {
        "Event", "StatusEntry", "Update", "Outcome", "Quote", "StatementStatusEntry", "Wording", "Claim",
        "Role", "Settled",
    }  # fmt: skip


def test_the_report_numbers_every_citation_of_an_event() -> None:
    event = view_citing(*(place for place in PLACES if PLACES[place].startswith("events"))).event(0)
    assert list(citations_of(event)) == list(citations_in(event)) == [Citation("root", at="p. 1")] * 9


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_a_report_describes_the_places_that_an_event_was_thought_to_be_at(name: str) -> None:
    made = document()
    made["places"] = {
        "ford": {"name": "Ford", "lat": 51.5, "lon": 36.5, "within": "valley"},
        "valley": {"name": "Valley", "description": "A valley."},
        "hill": {"name": "Hill", "description": "A hill."},
    }
    made["events"][0]["place"] = "ford"
    made["events"][0]["updates"][0]["place"] = "hill"
    text = registry.write(view_of(made), name).text
    assert "51.5, 36.5" in text
    assert "A hill" in text
    assert "A valley" in text

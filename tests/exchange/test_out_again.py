"""Workbooks, Org and GeoJSON: what they hold comes back, for the story and for 2,000 events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.round_trips import bundled, fields_back, fields_of
from timeline_tui.exchange.registry import FORMATS, read, write
from timeline_tui.index import Index
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline import View

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Exported, Imported

FORMS = ["0044-03-15", "1850~", "199X", "2024-03", "2024-03-04", "2024-03-04T10:30", "2024-03-04T10:30:05Z",
         "[..1899]", "2024-03-04/2024-03-09", "1989/..", "2024-21", "XXXX"]  # fmt: skip


def many(count: int) -> View:
    """A timeline of events with dates of every form and texts that mean something in other formats."""
    events = "".join(
        f"- id: e{n}\n  date: '{FORMS[n % len(FORMS)]}'\n  title: '=Event {n} <2024-01-01> *:'\n"
        f"  text: |-\n    * a star\n    :END:\n    , comma {n}\n  place: p{n % 7}\n"
        f"  tags: [a b, c]\n  own: '{n}'\n"
        for n in range(count)
    )
    places = "".join(f"  p{n}: {{name: Place {n}, lat: {n}.5, lon: -{n}.25}}\n" for n in range(7))
    reading = read_text(
        bytearray(f"format: 1.1\ntitle: Many\nplaces:\n{places}events:\n{events}", "utf-8"), ""
    )
    assert reading.header is not None
    return View(Index.build(reading.header, reading.events))


def back(exported: Exported, name: str) -> Imported:
    return read(exported.data or exported.text.encode(), name)


@pytest.mark.parametrize("form", ["xlsx", "org", "geojson"])
def test_what_the_story_has_comes_back(form: str) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")
        pytest.importorskip("python_calamine")
    view = bundled()
    found = back(write(view, form), f"x.{form}")
    assert len(found.events) == view.count
    for number, key in enumerate(view.keys):
        before, after = fields_of(view, view.event(key)), fields_back(found, number)
        for name in ("id", "date", "title", "kind", "known", "tags"):
            assert after[name] == before[name], (name, number)


@pytest.mark.parametrize("form", ["xlsx", "org", "geojson"])
def test_two_thousand_events_of_every_date_come_back(form: str) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")
        pytest.importorskip("python_calamine")
    view = many(2000)
    exported = write(view, form)
    found = back(exported, f"x.{form}")
    for number, event in enumerate(map(view.event, view.keys)):
        after = found.events[number]
        assert after["date"] == event.date.text
        assert after["id"] == event.id
        assert after["own"] == event.extra["own"]
        assert after["tags"] == list(event.tags)
        if form != "org":
            assert after["title"] == event.title
        assert str(after["text"]).replace(",:", ":") == event.text


BOTH_WAYS = [name for name, each in FORMATS.items() if each.reader and each.writer and name != "org"]
"""Org writes titles in its own way."""


@pytest.fixture(scope="module")
def two_thousand() -> View:
    return many(2000)


@pytest.mark.parametrize("form", BOTH_WAYS)
def test_of_two_thousand_events_each_comes_back_or_is_counted(form: str, two_thousand: View) -> None:
    exported = write(two_thousand, form)
    suffixes = FORMATS[form].suffixes
    found = read(exported.text.encode(), f"x{suffixes[0] if suffixes else '.json'}", form)
    gone = sum(count for words, count in exported.lost.items() if words.startswith("events"))
    assert len(found.events) + gone == two_thousand.count == 2000
    before = {event.title: event.date.text for event in map(two_thousand.event, two_thousand.keys)}
    other = [event for event in found.events if before[str(event["title"])] != event["date"]]
    assert len(other) == exported.lost["dates that lose precision when imported again"]
    assert not found.left_out


def test_geojson_has_the_degrees_of_places_and_counts_what_no_map_shows() -> None:
    exported = write(many(14), "geojson")
    features = json.loads(exported.text)["features"]
    at = {feature["properties"]["id"]: feature["geometry"] for feature in features}
    assert at["e0"] == {"type": "Point", "coordinates": [-0.25, 0.5]}
    assert exported.lost["events without the degrees of a place, which no map shows"] == 0
    assert write(bundled(), "geojson").lost["quotes"]
    found = back(exported, "x.geojson")
    assert found.header["places"] == {
        f"place-{n}": {"name": f"Place {n}", "lat": f"{n}.5", "lon": f"-{n}.25"} for n in range(7)
    }


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import io  # noqa: PLC0415  for this alone

    book = openpyxl.load_workbook(io.BytesIO(write(many(3), "xlsx").data))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds

"""The export of sources to CSL-JSON, checked against the fields that its schema documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.report_views import JAVASCRIPT, bundled, hostile
from tests.support.round_trips import cited_anywhere
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.bibliography.csl_json import issued, names, write
from timeline_tui.model.records import Citation, Header, Source

# Types and fields that csl-data.json of https://github.com/citation-style-language/schema documents.
_TYPES = {"article-newspaper", "interview", "report", "dataset", "webpage", "document"}
_TEXTS = {"id", "type", "language", "title", "container-title", "publisher", "URL", "genre", "note"}
_TEXTS |= {"archive_location"}


def items_of(**sources: Source) -> list[dict[str, Any]]:
    cited = tuple(Citation(id_) for id_ in sources)
    view = story(event("2024-11-01", "Talks", sources=cited), header=Header(title="A story", sources=sources))
    found: list[dict[str, Any]] = json.loads(write(view).text)
    return found


def check_date(date: dict[str, Any]) -> None:
    assert date.keys() <= {"date-parts", "season", "circa", "literal"}
    assert ("date-parts" in date) is not ("literal" in date)
    parts = date.get("date-parts", [[1]])
    assert 1 <= len(parts) <= 2
    for part in parts:
        assert 1 <= len(part) <= 3
        assert all(type(number) is int and number for number in part)


@pytest.mark.parametrize("view", [bundled, hostile])
def test_every_item_keeps_to_the_schema(view: Any) -> None:  # noqa: ANN401  either of two functions
    for item in json.loads(write(view()).text):
        assert item["type"] in _TYPES
        assert item["id"]
        for name, value in item.items():
            if name == "author":
                assert all(each.keys() in ({"literal"}, {"family", "given"}) for each in value)
            elif name == "issued":
                check_date(value)
            else:
                assert name in _TEXTS
                assert type(value) is str
                assert value


def test_every_cited_source_is_exported_once() -> None:
    view = bundled()
    items = {item["id"]: item for item in json.loads(write(view).text)}
    assert len(items) == len(json.loads(write(view).text))
    assert items.keys() == cited_anywhere(view)
    for id_, item in items.items():
        assert item["title"] == view.header.sources[id_].title
        assert item.get("URL", "") == view.header.sources[id_].url


def test_a_wire_report_of_the_bundled_story() -> None:
    (item,) = [item for item in json.loads(write(bundled()).text) if item["id"] == "tag24-choe"]
    assert item["type"] == "article-newspaper"
    assert item["genre"] == "wire"
    assert item["author"] == [{"literal": "Agence France-Presse"}]
    assert item["container-title"] == "TAG24"
    assert item["issued"] == {"date-parts": [[2024, 11, 1]]}
    assert item["language"] == "en"
    assert "Repeats The Moscow Times" in item["note"]
    assert "accessed" not in item


def test_on_a_known_on_day_no_later_source_is_exported() -> None:
    view = bundled(known="2024-10-25")
    sources = view.header.sources
    for item in json.loads(write(view).text):
        date = sources[item["id"]].date
        assert date is None or date.earliest <= view.as_of
    assert len(json.loads(write(bundled("kind:vote")).text)) < len(json.loads(write(bundled()).text))


@pytest.mark.parametrize(
    ("kind", "url", "type_"),
    [
        ("report", "", "article-newspaper"),
        ("wire", "", "article-newspaper"),
        ("satire", "", "article-newspaper"),
        ("interview", "", "interview"),
        ("official", "", "report"),
        ("data", "", "dataset"),
        ("", "https://a.example", "webpage"),
        ("leaflet", "", "document"),
    ],
)
def test_the_kind_of_a_source_gives_its_type(kind: str, url: str, type_: str) -> None:
    (item,) = items_of(one=Source(title="One", kind=kind, url=url, publisher="Press"))
    assert item["type"] == type_
    assert item["publisher" if type_ in ("report", "dataset") else "container-title"] == "Press"
    assert item.get("genre", "") == kind


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2024-11-06", {"date-parts": [[2024, 11, 6]]}),
        ("2024-11-06T10:30:00Z", {"date-parts": [[2024, 11, 6]]}),
        ("2024-11", {"date-parts": [[2024, 11]]}),
        ("2024", {"date-parts": [[2024]]}),
        ("2024~", {"date-parts": [[2024]], "circa": True}),
        ("2024-11-06?", {"date-parts": [[2024, 11, 6]], "circa": True}),
        ("2024-21", {"date-parts": [[2024]], "season": 1}),
        ("2024-24", {"date-parts": [[2024]], "season": 4}),
        ("2024-29", {"date-parts": [[2024]], "season": 1}),
        ("2024-34", {"date-parts": [[2024, 4], [2024, 6]]}),
        ("2022-02/2024-11", {"date-parts": [[2022, 2], [2024, 11]]}),
        ("2024-01-01/2024-12-31", {"date-parts": [[2024, 1, 1], [2024, 12, 31]]}),
        ("[2024-11-01..2024-11-03]", {"date-parts": [[2024, 11, 1], [2024, 11, 3]], "circa": True}),
        ("201X", {"date-parts": [[2010], [2019]], "circa": True}),
        ("2024-11-XX", {"date-parts": [[2024, 11]], "circa": True}),
        ("-0043-03-15", {"date-parts": [[-44, 3, 15]]}),
        ("0000", {"date-parts": [[-1]]}),
        ("2024/..", {"literal": "from 2024 on"}),
        ("{2024-11-01,2024-11-03}", {"literal": "1 and 3 November 2024"}),
    ],
)
def test_a_date_is_no_more_precise_than_it_was_written(date: str, said: dict[str, object]) -> None:
    assert issued(parse_date(date)) == said
    check_date(said)


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("Reuters", [{"literal": "Reuters"}]),
        ("Brown, Ada", [{"family": "Brown", "given": "Ada"}]),
        ("Brown, Ada; Reuters", [{"family": "Brown", "given": "Ada"}, {"literal": "Reuters"}]),
        ("Kim Jong Un", [{"literal": "Kim Jong Un"}]),
        ("AP, AFP", [{"literal": "AP, AFP"}]),
        ("Ministry of Foreign Affairs, Russia", [{"literal": "Ministry of Foreign Affairs, Russia"}]),
        ("", []),
    ],
)
def test_only_names_that_look_like_persons_are_split(author: str, said: list[dict[str, str]]) -> None:
    assert names(author) == said


def test_only_web_addresses_are_exported_as_such() -> None:
    text = write(hostile()).text
    items = {item["id"]: item for item in json.loads(text)}
    assert JAVASCRIPT not in {item.get("URL") for item in items.values()}
    assert items["good"]["URL"] == "https://good.example/?a=1&b=2"
    assert "\u202e" not in text
    assert "Address: javascript:" in items["s"]["note"]
    assert items["nobody"] == {"id": "nobody", "type": "document", "title": "nobody"}


def test_places_in_sources_are_counted_as_lost() -> None:
    cited = (Citation("tass-1", at="para. 4"), Citation("nyt-1"))
    assert write(story(event("2024-11-01", "Talks", sources=cited))).lost == {"places in sources": 1}
    assert not write(bundled()).lost

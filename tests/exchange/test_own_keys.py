"""Keys of one's own whose names a later version of the format took for fields of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from tests.support.stories import TODAY
from timeline_tui.exchange import registry
from timeline_tui.exchange.native.yaml import write
from timeline_tui.index.index import Index
from timeline_tui.model.fields import fields_of
from timeline_tui.model.json_schema import json_schema
from timeline_tui.model.problems import Severity
from timeline_tui.model.records import Actor, Claim, Event, Header, Quote, Source, Topic, Wording
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.fields import Field
    from timeline_tui.model.records import Record

VALIDATOR = jsonschema.Draft7Validator(json_schema())

NEWER = [
    (record, field)
    for record in (Header, Source, Actor, Topic, Event, Quote, Wording, Claim)
    for field in fields_of(record)
    if (field.since or field.newer_form) and field.key != "format"
]
"""What version 1.1 added to the records that version 1 has."""
OWN: dict[str, object] = {"url": "<b>mine</b>", "n": ["1", {"two": "2"}]}


def document(record: type[Record], field: Field) -> dict[str, Any]:
    """A timeline of version 1 with a key of its own in one record."""
    event: dict[str, Any] = {"id": "a", "date": "2024-01-01", "title": "A", "sources": ["s"]}
    quote: dict[str, Any] = {"speaker": "ann", "text": "Yes."}
    wording: dict[str, Any] = {"text": "Ja."}
    claim: dict[str, Any] = {"about": "many", "by": "ann", "value": "3"}
    made: dict[str, Any] = {
        "title": "T",
        "sources": {"s": {"title": "S"}, "r": {"title": "R"}},
        "actors": {"ann": {"name": "Ann"}},
        "topics": {"many": {"question": "How many?"}},
        "events": [event | {"quotes": [quote | {"wordings": [wording]}], "claims": [claim]}],
    }
    event = made["events"][0]
    place: dict[type[Record], dict[str, Any]] = {
        Header: made,
        Source: made["sources"]["s"],
        Actor: made["actors"]["ann"],
        Topic: made["topics"]["many"],
        Event: event,
        Quote: event["quotes"][0],
        Wording: wording,
        Claim: claim,
    }
    place[record][field.key] = ["one", "two"] if field.newer_form is list else OWN
    return made


def plain(text: str) -> Any:  # noqa: ANN401  plain data
    """YAML in which every value is text."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes texts, lists and maps alone


def read(text: str) -> View:
    reading = read_text(bytearray(text, "utf-8"), "x.yaml")
    assert [problem for problem in reading.problems if problem.severity is Severity.ERROR] == []
    assert reading.header is not None
    return View(Index.build(reading.header, reading.events), today=TODAY)


@pytest.mark.parametrize(
    ("record", "field"), NEWER, ids=lambda part: getattr(part, "key", "") or part.__name__
)
class TestOwnKeys:
    def test_every_notation_brings_back_a_key_of_a_file_of_version_1(
        self, record: type[Record], field: Field
    ) -> None:
        made = document(record, field)
        view = read(yaml.safe_dump(made))
        for name, file in (("yaml", "x.yaml"), ("json", "x.json"), ("jsonl", "x.jsonl")):
            text = registry.write(view, name).text
            if name != "yaml":
                text = write(registry.read(text.encode(), file))
            assert plain(registry.write(read(text), "yaml").text) == made

    def test_the_schema_takes_what_is_written(self, record: type[Record], field: Field) -> None:
        view = read(yaml.safe_dump(document(record, field)))
        VALIDATOR.validate(json.loads(registry.write(view, "json").text))
        VALIDATOR.validate(plain(registry.write(view, "yaml").text))


@pytest.mark.parametrize("key", [field.key for field in fields_of(Event) if field.since])
@pytest.mark.parametrize("value", ["some text", {"url": "x"}, [{"x": "y"}], "3"], ids=repr)
def test_a_key_of_another_format_never_costs_its_event(key: str, value: object) -> None:
    events = [{"date": f"2024-01-0{n}", "title": f"A {n}", "status": "claimed", key: value} for n in (1, 2)]
    files = {
        "x.json": json.dumps({"entries": events}),
        "y.json": json.dumps({"events": [{**event, "headline": "H"} for event in events]}),
        "x.yaml": yaml.safe_dump(events),
        "x.csv": f"date,title,{key}\n2024-01-01,A 1,some text\n2024-01-02,A 2,3\n",
        "x.jsonl": "\n".join(map(json.dumps, events)),
    }
    for file, text in files.items():
        imported = registry.read(text.encode(), file)
        assert len(imported.events) == 2, file
        view = read(write(imported))
        assert view.count == 2, file


def test_what_is_renamed_is_told() -> None:
    event = {"date": "2024-01-01", "title": "A", "status": "claimed", "media": "a film"}
    imported = registry.read(json.dumps({"events": [event], "actors": {}}).encode(), "x.json")
    text = write(imported)
    assert "own-media: a film" in text
    assert "`media` has another meaning there, and is `own-media` here" in imported.guesses

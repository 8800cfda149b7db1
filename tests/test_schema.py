from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from timeline_tui import records
from timeline_tui.fields import Field, fields_of
from timeline_tui.schema import json_schema

if TYPE_CHECKING:
    import msgspec

SCHEMA: dict[str, Any] = json.loads(json.dumps(json_schema()))
RECORDS = [
    records.Source, records.Actor, records.Topic, records.Event, records.Quote, records.Wording,
    records.Claim, records.Postponement, records.Citation,
]  # fmt: skip


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return found
    return schema


def accepts(schema: dict[str, Any], value: object) -> bool:
    """The part of JSON Schema that the schema of timelines is made of."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return any(accepts(option, value) for option in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(_is(kind, value) for kind in kinds):
        return False
    if isinstance(value, list):
        return all(accepts(schema["items"], item) for item in value)
    if isinstance(value, dict):
        return _accepts_object(schema, value)
    return not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None


def _accepts_object(schema: dict[str, Any], value: dict[str, object]) -> bool:
    known, others = schema.get("properties", {}), schema["additionalProperties"]
    name = schema.get("propertyNames", {}).get("pattern", "")
    parts = {key: known.get(key, others) for key in value}
    return (
        set(schema.get("required", ())) <= set(value)
        and all(re.search(name, key) for key in value)
        and all(part is True or accepts(part, value[key]) for key, part in parts.items())
    )


def _is(kind: str, value: object) -> bool:
    types: dict[str, tuple[type, ...]] = {
        "string": (str,), "number": (int, float), "boolean": (bool,), "null": (type(None),), "array": (list,),
        "object": (dict,),
    }  # fmt: skip
    return isinstance(value, types[kind]) and (kind != "number" or not isinstance(value, bool))


EVENT = {"date": 2024, "title": "A"}


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"title": 1984, "date": "2024-11-06"},
        {"title": True},
        {"status": None, "known": None, "quotes": None},
        {"actors": ["kim"], "by": "kim", "links": {"leads-to": ["a"], "part-of": "b"}},
        {"actors": {"kim": "chair", "lee": None}, "by": ["kim", "чхве"]},
        {"sources": ["tass", {"id": "tass", "at": 4}], "tags": ["war", False]},
        {"quotes": [{"speaker": "kim", "text": "Yes.", "kind": "satire", "wordings": [{"text": "Da."}]}]},
        {"claims": [{"about": "troops", "by": "kim", "value": 8000}]},
        {"postponed": [{"date": 2024, "known": None}]},
        {"a key of one's own": {"with": ["anything"]}},
    ],
)
def test_what_yaml_tools_see_in_a_good_event_is_accepted(event: dict[str, object]) -> None:
    assert accepts(SCHEMA, {"title": "T", "events": [EVENT | event]})


@pytest.mark.parametrize(
    "event",
    [
        {"title": None},
        {"date": ["2024"]},
        {"status": "clamed"},
        {"id": "A"},
        {"actors": "kim"},
        {"tags": "war"},
        {"links": ["a"]},
        {"sources": [{"at": "p. 4"}]},
        {"quotes": [{"speaker": "kim"}]},
        {"quotes": {"speaker": "kim", "text": "x"}},
    ],
)
def test_what_the_reader_refuses_is_not(event: dict[str, object]) -> None:
    assert not accepts(SCHEMA, {"title": "T", "events": [EVENT | event]})


def test_a_timeline_needs_title_and_events() -> None:
    assert accepts(SCHEMA, {"title": "T", "events": []})
    assert not accepts(SCHEMA, {"title": "T"})
    assert not accepts(SCHEMA, {"events": []})


def test_addresses_are_those_of_the_web() -> None:
    def source(url: str) -> dict[str, object]:
        return {"title": "T", "events": [], "sources": {"a": {"title": "A", "url": url}}}

    assert accepts(SCHEMA, source("https://example.org"))
    assert not accepts(SCHEMA, source("javascript:alert(1)"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_every_record_is_described(record: type[msgspec.Struct]) -> None:
    schema = SCHEMA["$defs"][record.__name__]
    fields: tuple[Field, ...] = fields_of(record)
    assert list(schema["properties"]) == [field.name for field in fields]
    assert schema["required"] == [field.name for field in fields if field.required]
    for field in fields:
        assert schema["properties"][field.name]["description"] == field.description != ""
        assert schema["properties"][field.name].get("examples", []) == list(field.examples)


def test_it_says_which_schema_it_is() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(SCHEMA["$defs"]) == {record.__name__ for record in RECORDS}

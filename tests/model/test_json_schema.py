from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
import yaml

from tests.support.screens import BUNDLED, HARBOUR
from timeline_tui.editing.starter import STARTER
from timeline_tui.model import records
from timeline_tui.model.fields import Field, fields_of
from timeline_tui.model.json_schema import FILE_NAME, json_schema, schema_for, schema_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec

SCHEMA: dict[str, Any] = json.loads(json.dumps(json_schema()))
RECORDS = [
    records.Source, records.Actor, records.Topic, records.Event, records.Quote, records.Wording,
    records.Claim, records.Postponement, records.Citation, records.StatusEntry, records.StatementStatusEntry,
    records.Note, records.Update, records.Outcome, records.Role, records.TextUpdate, records.TopicUpdate,
    records.Settled, records.Retraction, records.Correction, records.Media, records.Place, records.Story,
    records.Step,
]  # fmt: skip


VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


class PlainLoader(yaml.SafeLoader):
    """YAML as editors read it: a date is a text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def accepts(schema: dict[str, Any], value: object) -> bool:
    return VALIDATOR.evolve(schema=schema).is_valid(value)


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
def test_a_valid_event_as_yaml_tools_read_it_is_accepted(event: dict[str, object]) -> None:
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
def test_a_file_that_the_reader_rejects_is_not_valid(event: dict[str, object]) -> None:
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
    schema = SCHEMA["definitions"][record.__name__]
    fields: tuple[Field, ...] = fields_of(record)
    assert list(schema["properties"]) == [field.key for field in fields]
    assert schema["required"] == [field.key for field in fields if field.required]
    for field in fields:
        assert schema["properties"][field.key]["description"] == field.description != ""


NEWER = [
    (record, field)
    for record in (*RECORDS, records.Header)
    for field in fields_of(record)
    if field.since or field.newer_form
]


def placed(record: str, key: str, value: object) -> dict[str, Any] | None:
    """A timeline of version 1 with a key in a record of that kind; None if version 1 has no such record."""
    event: dict[str, Any] = {"date": "2024", "title": "A"}
    quote: dict[str, Any] = {"speaker": "kim", "text": "Yes."}
    claim: dict[str, Any] = {"about": "many", "by": "kim", "value": 3}
    wording: dict[str, Any] = {"text": "Ja."}
    registers: dict[str, dict[str, Any]] = {
        "Source": {"title": "A"}, "Actor": {"name": "A"}, "Topic": {"question": "A?"},
    }  # fmt: skip
    header: dict[str, Any] = {"title": "T", "events": [event]}
    header |= {f"{name.lower()}s": {"kim": made} for name, made in registers.items()}
    event |= {"quotes": [quote | {"wordings": [wording]}], "claims": [claim]}
    there = {"Header": header, "Event": event, "Quote": event["quotes"][0], "Claim": claim}
    there |= {"Wording": wording, **registers}
    if record not in there:
        return None
    there[record][key] = value
    return header


@pytest.mark.parametrize("field", NEWER, ids=lambda pair: f"{pair[0].__name__}.{pair[1].key}")
def test_version_1_takes_anything_under_a_key_that_only_a_later_version_has(
    field: tuple[type[msgspec.Struct], Field],
) -> None:
    record, (_, key, *_) = field
    values = [{"url": "x"}, ["x"], [{"x": "y"}], "x"] if field[1].since else [field[1].newer_form()]  # type: ignore[misc]  # it is there, or the field is not among these
    for value in values:
        document = placed(record.__name__, key, value)
        if document is not None and key != "format":
            assert VALIDATOR.is_valid(document), value
    wrong = placed(record.__name__, key, {"nothing": {"like": "that"}})
    if wrong is not None and field[1].since and field[1].shape is not records.Shape.REGISTER:
        assert not VALIDATOR.is_valid({"format": "1.1", **wrong})


def parts(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field's schema, by its place."""
    for name, field in schema.get("properties", {}).items():
        if "description" in field:
            yield f"{path}.{name}", field
    for name, definition in schema.get("definitions", {}).items():
        yield from parts(definition, name)


def test_every_key_has_examples_that_may_be_written_there() -> None:
    found = dict(parts(SCHEMA))
    assert {".events", "Event.links", "Quote.to", "Citation.at"} <= set(found)
    for path, field in found.items():
        assert field["examples"], path
        for example in field["examples"]:
            assert accepts(field, example), (path, example)


def test_the_examples_of_a_declaration_go_first() -> None:
    claim = SCHEMA["definitions"]["Claim"]["properties"]
    assert claim["value"]["examples"] == ["8000..10000", "~8000", "no"]
    assert claim["date"]["examples"][0] == "2024-11-06"


def test_an_editor_can_complete_the_relations_of_links() -> None:
    links = SCHEMA["definitions"]["Event"]["properties"]["links"]
    assert list(links["properties"]) == list(records.RELATIONS)


def test_it_is_a_schema_that_takes_our_own_files() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    for text in (STARTER, BUNDLED.read_text(encoding="utf-8"), HARBOUR.read_text(encoding="utf-8")):
        VALIDATOR.validate(yaml.load(text, PlainLoader))  # noqa: S506  it is a safe loader


def test_the_schema_is_kept_for_the_user_and_named_by_address(tmp_path: Path) -> None:
    folder = tmp_path / "a b" / "data"
    named = schema_for(tmp_path / "story.yaml", folder)
    assert named.startswith("file:///")
    assert not any(character.isspace() for character in named)
    kept = Path(unquote(urlsplit(named).path))
    assert kept == folder / FILE_NAME
    assert kept.read_text(encoding="utf-8") == schema_text()
    assert list(folder.iterdir()) == [kept]


def test_a_kept_schema_of_another_version_is_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{}", encoding="utf-8")
    schema_for(tmp_path / "stories" / "a.yaml", tmp_path)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == schema_text()


def test_a_schema_in_the_folder_of_the_timeline_is_preferred(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(schema_text(), encoding="utf-8")
    assert schema_for(tmp_path / "story.yaml", tmp_path / "data") == FILE_NAME
    assert not (tmp_path / "data").exists()


def test_where_no_schema_can_be_kept_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert schema_for(tmp_path / "story.yaml", tmp_path / "file" / "data") == ""


def test_it_says_which_schema_it_is() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    changed = ("Source", "Actor", "Topic", "Event", "Quote", "Wording", "Claim")
    assert set(SCHEMA["definitions"]) == {
        *(record.__name__ for record in RECORDS),
        *(f"{name}InVersion1" for name in changed),
    }

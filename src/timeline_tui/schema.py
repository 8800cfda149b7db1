"""The format as a JSON Schema, for editors that complete and check YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline_tui.fields import Field, fields_of
from timeline_tui.records import Citation, Event, Header, Shape

if TYPE_CHECKING:
    import msgspec

# What is text to this program may be a number, a boolean or nothing to a YAML tool.
_SCALAR = ["string", "number", "boolean", "null"]
_ID = {"type": ["string", "number"], "pattern": "^[^\\s_A-Z-][^\\s_A-Z]*$"}
_IDS = {"type": "array", "items": _ID}

_OF_SHAPE: dict[Shape, dict[str, Any]] = {
    Shape.TEXT: {"type": _SCALAR},
    Shape.MARKDOWN: {"type": _SCALAR},
    Shape.WORD: {"type": _SCALAR},
    Shape.DATE: {"type": ["string", "number", "null"]},
    Shape.LANGUAGE: {"type": _SCALAR},
    Shape.ID: {"anyOf": [_ID, {"type": "null"}]},
    Shape.URL: {"type": ["string", "null"], "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s]+$"},
    Shape.IDS: {"anyOf": [_ID, _IDS, {"type": "null"}]},
    Shape.WORDS: {"type": ["array", "null"], "items": {"type": _SCALAR}},
    Shape.CITATIONS: {
        "type": ["array", "null"],
        "items": {"anyOf": [_ID, {"$ref": "#/$defs/Citation"}]},
    },
    Shape.ROLES: {
        "anyOf": [
            _IDS,
            {"type": "object", "additionalProperties": {"type": _SCALAR}},
            {"type": "null"},
        ]
    },
    Shape.LINKS: {
        "type": ["object", "null"],
        "additionalProperties": {"anyOf": [_ID, _IDS, {"type": "null"}]},
    },
}


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a timeline, from the declarations of `records`.

    It takes every file that the reader takes without an error; it does not know whether a date is
    one, or whether an id exists.
    """
    records: list[type[msgspec.Struct]] = [Event, Citation]
    schema = _of_record(Header, records)
    schema["properties"]["events"] = {
        "description": "What happened, in any order.",
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/Event"},
    }
    schema["required"].append("events")
    definitions = {}
    # The list grows by the records that are met in other records.
    for record in records:
        definitions[record.__name__] = _of_record(record, records)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Timeline",
        "description": "A timeline: what happened, in what order, and who says so.",
        "$defs": definitions,
    }


def _of_record(record: type[msgspec.Struct], records: list[type[msgspec.Struct]]) -> dict[str, Any]:
    fields = fields_of(record)
    for field in fields:
        if field.record is not None and field.record not in records:
            records.append(field.record)
    return {
        "description": (record.__doc__ or "").strip(),
        "type": "object",
        "properties": {field.name: _of_field(field) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": True,
    }


def _of_field(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": field.description}
    if field.examples:
        schema["examples"] = list(field.examples)
    if field.default and isinstance(field.default, str):
        schema["default"] = field.default
    if field.shape is Shape.CHOICE:
        return schema | {"enum": [*field.choices, None]}
    if field.required:
        return schema | _something(_OF_SHAPE[field.shape])
    if field.record is None:
        return schema | _OF_SHAPE[field.shape]
    of = {"$ref": f"#/$defs/{field.record.__name__}"}
    if field.shape is Shape.RECORDS:
        return schema | {"type": ["array", "null"], "items": of}
    return schema | {
        "type": ["object", "null"],
        "propertyNames": {"pattern": _ID["pattern"]},
        "additionalProperties": of,
    }


def _something(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` without nothing, which is as if the field were not there."""
    if "anyOf" in schema:
        return {"anyOf": [kind for kind in schema["anyOf"] if kind != {"type": "null"}]}
    return schema | {"type": [kind for kind in schema["type"] if kind != "null"]}

"""The format as a JSON Schema, for editors that complete and check YAML.

Draft 7 is the newest that yaml-language-server, which most of them use, has always understood.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from timeline_tui.model.fields import Field, fields_in, fields_of
from timeline_tui.model.records import FORMAT, RELATIONS, Citation, Event, Header, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    import msgspec

FILE_NAME: Final = "timeline.schema.json"
"""The file name of the schema; a schema in the folder of a timeline is used before any other."""

# YAML tools may read a text of this format as a number, a boolean or null.
_SCALAR = ["string", "number", "boolean", "null"]
_ID = {"type": ["string", "number"], "pattern": "^[^\\s_A-Z-][^\\s_A-Z]*$"}
_IDS = {"type": "array", "items": _ID}
_LINKED = {"anyOf": [_ID, _IDS, {"type": "null"}]}

_OF_SHAPE: dict[Shape, dict[str, Any]] = {
    Shape.TEXT: {"type": _SCALAR},
    Shape.MARKDOWN: {"type": _SCALAR},
    Shape.WORD: {"type": _SCALAR},
    Shape.DATE: {"type": ["string", "number", "null"]},
    Shape.FLAG: {"enum": ["true", "false", True, False, None]},
    Shape.NUMBER: {
        "anyOf": [
            {"type": "number"},
            {"type": "string", "pattern": r"^[-+]?[0-9]+(\.[0-9]+)?$"},
            {"type": "null"},
        ]
    },
    Shape.LANGUAGE: {"type": _SCALAR},
    Shape.ID: {"anyOf": [_ID, {"type": "null"}]},
    Shape.URL: {"type": ["string", "null"], "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s]+$"},
    Shape.IDS: {"anyOf": [_ID, _IDS, {"type": "null"}]},
    Shape.WORDS: {"type": ["array", "null"], "items": {"type": _SCALAR}},
    Shape.CITATIONS: {
        "type": ["array", "null"],
        "items": {"anyOf": [_ID, {"$ref": "#/definitions/Citation"}]},
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
        "properties": dict.fromkeys(RELATIONS, _LINKED),
        "additionalProperties": _LINKED,
    },
}

# Examples for fields without examples in their declaration: by name, or else by shape.
_NAMED: dict[str, tuple[Any, ...]] = {
    "at": ("para. 4", "00:12:30"),
    "author": ("Ada Brown",),
    "caption": ("The bridge in March",),
    "credit": ("The Gazette, CC BY 4.0",),
    "filter": ("actor:council",),
    "known_on": ("2024-11-06",),
    "lat": (51.73,),
    "lon": (36.19,),
    "path": ("pictures/bridge.jpg",),
    "sha256": ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",),
    "short": ("Council",),
    "name": ("Town council", "Ada Brown"),
    "outcome": ("Adopted by 11 to 8.",),
    "place": ("New York",),
    "publisher": ("The Gazette",),
    "question": ("What will the bridge cost?",),
    "title": ("The council votes for a new budget",),
    "unit": ("million", "soldiers"),
}
_SHAPED: dict[Shape, tuple[Any, ...]] = {
    Shape.TEXT: ("By spring you will walk across it.",),
    Shape.MARKDOWN: ("After a debate of *six hours*.",),
    Shape.WORD: ("statement",),
    Shape.ID: ("council",),
    Shape.FLAG: (True,),
    Shape.NUMBER: (12.5,),
    Shape.DATE: ("2024-11-06", "2024-11", "2024~", "2024-11-06T23:40", "2024-11-06/2024-11-09"),
    Shape.LANGUAGE: ("en", "pt-BR"),
    Shape.URL: ("https://example.org/minutes",),
    Shape.IDS: ("council", ["council", "engineer"]),
    Shape.WORDS: (["bridge", "budget"],),
    Shape.CITATIONS: (["gazette"], [{"id": "gazette", "at": "para. 4"}]),
    Shape.ROLES: (["council"], {"council": "votes"}),
    Shape.LINKS: ({"leads-to": ["council-vote"]},),
}


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 7) of a timeline, from the declarations in `records`.

    Every file that the reader accepts without an error is valid; whether dates are valid and ids exist is not
    checked. In a file that does not declare its version, a key of version 1.1 can have any value.
    """
    definitions: dict[str, Any] = {}
    newest = _records_of_version(FORMAT, definitions)
    first = _records_of_version("", definitions)
    header = _of_record(Header, FORMAT)
    events = {"description": "What happened, in any order.", "examples": [[_sketch(Event)]]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **header,
        "properties": {
            key: schema if key not in newest else _described(schema)
            for key, schema in [*header["properties"].items(), ("events", events)]
        },
        "required": [*header["required"], "events"],
        "if": {"properties": {"format": True}, "required": ["format"]},
        "then": {"properties": newest},
        "else": {"properties": first},
        "title": "Timeline",
        "description": "A timeline: what happened, in what order, and who says so.",
        "definitions": definitions,
    }


def _records_of_version(version: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """The sections of a file as a version of the format has them; their records go to `definitions`."""
    records: list[type[msgspec.Struct]] = [Event, Citation]
    sections = {
        field.key: _of_value(field, version)
        for field in fields_in(Header, version)
        if field.record is not None
    }
    records += [field.record for field in fields_in(Header, version) if field.record is not None]
    # The list grows while records in other records are found.
    for record in records:
        found = fields_in(record, version)
        parts = [field.record for field in found] + [
            field.long.record for field in found if field.long is not None and version
        ]
        records += [part for part in dict.fromkeys(parts) if part is not None and part not in records]
        if version or not _is_same_in_all(record):
            definitions[_name_of(record, version)] = _of_record(record, version)
    return sections | {"events": {"type": ["array", "null"], "items": _of(Event, version)}}


def _described(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a section in every version."""
    return {key: schema[key] for key in ("description", "examples")}


def _is_same_in_all(record: type[msgspec.Struct]) -> bool:
    """Whether a record, with the records in it, has the same fields and forms in all versions."""
    return all(
        not field.since
        and field.newer_form is None
        and (field.record is None or _is_same_in_all(field.record))
        for field in fields_of(record)
    )


def _name_of(record: type[msgspec.Struct], version: str) -> str:
    return record.__name__ if version or _is_same_in_all(record) else f"{record.__name__}InVersion1"


def schema_text() -> str:
    """The JSON Schema as the text of a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def schema_for(path: Path, folder: Path) -> str:
    """The reference to its schema that a timeline gives to editors; empty if there is no schema.

    A schema in the folder of the timeline is referred to by a relative path, which stays valid if both are
    moved. Otherwise it is the one in `folder`, which is created or updated.

    Args:
        path: Where the timeline is, or will be.
        folder: The user's folder for the data of this program.

    Returns:
        A relative path or a `file:` URL, without white space.
    """
    if (path.parent / FILE_NAME).is_file():
        return FILE_NAME
    kept = folder / FILE_NAME
    try:
        _write(kept, schema_text().encode())
        return kept.resolve().as_uri()
    except OSError:
        return ""  # without a schema, editors only complete less


def _write(path: Path, data: bytes) -> None:
    """Write a file, completely or not at all, unless it has this content already.

    Raises:
        OSError: The file cannot be written.
    """
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    try:
        Path(file.name).replace(path)
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise


def _of_record(record: type[msgspec.Struct], version: str) -> dict[str, Any]:
    fields = fields_in(record, version)
    return {
        "description": (record.__doc__ or "").strip(),
        "type": "object",
        "properties": {field.key: _of_field(field, version) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": True,
    }


def _of_field(field: Field, version: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": field.description}
    schema["examples"] = _examples(field)
    if field.default and isinstance(field.default, str):
        schema["default"] = field.default
    value = _of_value(field, version)
    forms = [value]
    if not version and field.newer_form is not None:
        forms.append({"type": "array" if field.newer_form is list else "object"})
    elif field.long is not None:
        full = _of(field.long.record, version)
        forms.append({"type": "array", "items": full} if field.long.many else full)
    return schema | (value if len(forms) == 1 else {"anyOf": forms})


def _of(record: type[msgspec.Struct], version: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{_name_of(record, version)}"}


def _of_value(field: Field, version: str) -> dict[str, Any]:
    if field.shape is Shape.CHOICE:
        return {"enum": [*field.choices, *[None] * (not field.required)]}
    if field.required and field.record is None:
        return _without_null(_OF_SHAPE[field.shape])
    if field.record is None:
        return _OF_SHAPE[field.shape]
    of = _of(field.record, version)
    records = {"type": ["array", "null"], "items": of}
    register = {
        "type": ["object", "null"],
        "propertyNames": {"pattern": _ID["pattern"]},
        "additionalProperties": of,
    }
    shapes: dict[Shape, dict[str, Any]] = {
        Shape.RECORDS: records,
        Shape.ONE_OR_MORE: {"anyOf": [of, records]},
        Shape.RECORD: {"anyOf": [of, {"type": "null"}]},
        Shape.REGISTER: register,
    }
    return shapes[field.shape]


def _examples(field: Field) -> list[Any]:
    """Examples of a field's value, each valid by its schema."""
    if field.shape is Shape.CHOICE:
        return list(field.choices)
    if field.record is not None:
        record = _sketch(field.record)
        one = {Shape.RECORDS: [record], Shape.RECORD: record, Shape.ONE_OR_MORE: record}
        return [one.get(field.shape, {"an-id": record})]
    # The examples of links are names of relations, which are keys.
    if field.examples and field.shape is not Shape.LINKS:
        return list(field.examples)
    return list(_NAMED.get(field.name, _SHAPED[field.shape]))


def _sketch(record: type[msgspec.Struct]) -> dict[str, Any]:
    """An example of a record, with its required fields only."""
    return {field.key: _examples(field)[0] for field in fields_of(record) if field.required}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` without null, which would count as a missing field."""
    if "anyOf" in schema:
        return {"anyOf": [kind for kind in schema["anyOf"] if kind != {"type": "null"}]}
    return schema | {"type": [kind for kind in schema["type"] if kind != "null"]}

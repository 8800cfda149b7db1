"""What ajv and yaml-language-server find wrong with what is written, by the schema of the format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from peers.programs import HERE, module, node, told
from timeline_tui.exchange import registry
from timeline_tui.model.json_schema import json_schema, schema_text

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.timeline.view import View


def test_ajv_finds_nothing_in_json(story: View) -> None:
    module("ajv")
    document = json.loads(registry.write(story, "json").text)
    assert _faults(node("schema.mjs", json.dumps([json_schema(), document]))) == []


def test_yaml_language_server_finds_nothing_in_yaml(story: View, tmp_path: Path) -> None:
    module("yaml-language-server")
    file, schema = tmp_path / "story.yaml", tmp_path / "schema.json"
    file.write_text(registry.write(story, "yaml").text)
    schema.write_text(schema_text())
    assert _faults(json.loads(told("node", HERE / "yaml.mjs", file, schema))) == []


def _faults(found: list[str]) -> list[str]:
    """What is wrong, but for the addresses of the hard story that are none, which `check` tells too.

    Beside each fault, ajv says in which branch of the schema it is.
    """
    known = ("[Hh][Tt][Tt][Pp]", 'must match "else" schema', 'must match "then" schema')
    return [fault for fault in found if not any(words in fault for words in known)]

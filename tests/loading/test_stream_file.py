"""A table that is read piece by piece shows what importing it as a whole gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from timeline_tui.exchange import csv as csv_table
from timeline_tui.exchange import registry
from timeline_tui.exchange.native import json as json_native
from timeline_tui.exchange.native.yaml import write
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.model.records import Event

TODAY = 739_900
NAMES = ["id", "date", "title", "notes", "who", "source_url", "lat", "lon", "place", "media"]
ROWS = [
    [
        "a",
        "03/04/2021",
        "One",
        "A text.",
        "Ann Bauer; Max Frisch",
        "https://a.example/1",
        "1.5",
        "2",
        "Ford",
        "x",
    ],
    ["a", "24/04/2021", "Two", "", "Ann Bauer", "https://a.example/1", "1.5", "2", "Ford", ""],
    ["", "May 1999", "One", "B", "", "https://a.example/" + "long-" * 20 + "1", "", "", "Elsewhere", ""],
    [
        "",
        "unknown",
        "",
        "Only a text.",
        "a crowd of people",
        "https://a.example/" + "long-" * 20 + "2",
        "",
        "",
        "",
        "",
    ],
]


def events_in(index: Index) -> list[Event]:
    """The events without their places in the file."""
    return [
        msgspec.structs.replace(event, line=0, column=0) for event in map(index.event, range(index.total))
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_what_is_opened_is_what_import_makes(
    name: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_table, "PIECE", size)
    monkeypatch.setattr(json_native, "PIECE", size)
    if name.endswith("csv"):
        text = "\n".join(",".join(row) for row in [NAMES, *ROWS])
    else:
        text = "\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in ROWS)
    file = tmp_path / name
    file.write_text(text)
    opened = open_timeline(file, today=TODAY)
    reading = read_text(bytearray(write(registry.read(file.read_bytes(), name)), "utf-8"), "")
    imported = Index.build(reading.header or Header(title=""), reading.events)
    assert events_in(opened.index) == events_in(imported)
    assert opened.index.header.places.keys() == imported.header.places.keys()
    assert opened.index.total == len(ROWS)
    assert sorted(opened.index.lines) == ([2, 3, 4, 5] if name.endswith("csv") else [1, 2, 3, 4])
    for event in events_in(opened.index):
        for citation in event.sources:
            assert opened.index.name("source", citation.id) == imported.name("source", citation.id)

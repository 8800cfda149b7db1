"""A table that is read piece by piece shows what importing it as a whole gives."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pytest

from timeline_tui.exchange import csv as csv_table
from timeline_tui.exchange import registry
from timeline_tui.exchange.native import json as json_native
from timeline_tui.exchange.native.yaml import write
from timeline_tui.index.index import Index
from timeline_tui.loading import build_index, stream_file
from timeline_tui.loading.build_index import Building
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Header
from timeline_tui.reading.open_file import CannotRead
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


@pytest.mark.parametrize(
    ("name", "begin", "entry", "count"),
    [
        ("a.csv", "date,title\n", "2021-03-04,A fire\n", 54),
        ("a.ics", "BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nDTSTART:20210304\nSUMMARY:A fire\nEND:VEVENT\n", 17),
        ("a.rss", "<rss><channel>\n", "<item><title>A fire</title></item>\n", 25),
    ],
)
def test_the_first_entries_of_a_long_file_are_shown_before_the_rest_is_read(  # noqa: PLR0917  a file in parts
    name: str, begin: str, entry: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[int, bool]] = []

    def show(file: Path) -> None:
        with closing(Index.opened(file)) as index:
            shown.append((index.total, index.is_foreign))

    def refuse(path: Path) -> bytearray:
        raise CannotRead(str(path), "it is not to be read yet")

    file = tmp_path / name
    file.write_text(begin + entry * 2_000)
    monkeypatch.setattr(build_index, "_LONG", 10_000)
    monkeypatch.setattr(stream_file, "_FEW", 5)
    monkeypatch.setattr(build_index, "_BEGINNING", 1_000)
    monkeypatch.setattr(build_index, "read_source", refuse)
    with pytest.raises(CannotRead, match="not to be read yet"):
        Building(file, TODAY, lambda _: None, show).build()
    assert shown == [(count, True)]
    assert not list(tmp_path.glob("*/beginning.db"))


@pytest.mark.parametrize("name", ["a.yaml", "a.csv.gz", "a.md"])
def test_only_a_file_that_is_read_piece_by_piece_has_its_first_entries_shown_early(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / name
    data = b"title: T\nevents:\n" + b"  - {date: 2021, title: A}\n" * 50
    file.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    monkeypatch.setattr(build_index, "_LONG", 10)
    shown: list[Path] = []
    building = Building(file, TODAY, lambda _: None, shown.append)
    assert building._show_first_rows() is None
    assert not shown


def test_the_first_rows_of_a_table_wait_for_no_parser_of_yaml(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("date,title\n" + "2021-03-04,A fire\n" * 250_000)
    program = f"""if True:
        import sys
        from pathlib import Path
        from timeline_tui.loading.build_index import Building
        Building(Path({str(file)!r}), {TODAY}, lambda _: None, lambda _: print("shown"))._show_first_rows()
        print("yaml" in sys.modules)
    """
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["shown", "False"]


def test_a_table_whose_first_row_is_long_has_its_first_rows_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("date,title\n" + f"2021-03-04,{'A fire ' * 50}\n" * 40)
    for name, value in (("_LONG", 100), ("_BEGINNING", 10), ("_LONG_ROWS", 2_000)):
        monkeypatch.setattr(build_index, name, value)
    shown: list[Path] = []
    assert Building(file, TODAY, lambda _: None, shown.append)._show_first_rows() is not None
    assert len(shown) == 1

"""What pandoc and LibreOffice make of a report and of a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from peers.programs import command, told
from timeline_tui.exchange import registry
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline_tui.timeline.view import View

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def test_pandoc_finds_every_event_in_a_report_and_no_html(story: View) -> None:
    text = registry.write(story, "markdown").text
    document = json.loads(
        told(command("pandoc"), "--fail-if-warnings", "-f", "gfm+footnotes", "-t", "json", given=text)
    )
    parts = list(_parts(document["blocks"]))
    assert [part for part in parts if part["t"] in ("RawInline", "RawBlock", "Image")] == []
    headings = "\n".join(_words(part["c"][2]) for part in parts if part["t"] == "Header")
    titles = {_plain(one_line(story.event(key).title)) for key in story.keys}
    assert [title for title in titles if title not in _plain(headings)] == []


def test_libreoffice_opens_a_table_with_a_row_an_event_and_no_formula(story: View, tmp_path: Path) -> None:
    office = command("soffice")
    table = tmp_path / "story.csv"
    table.write_text(registry.write(story, "csv").text, newline="")
    # Comma, quotation mark, UTF-8, from the first line on.
    told(
        office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "fods",
        "--infilter=CSV:44,34,76,1", "--outdir", tmp_path, table,
    )  # fmt: skip
    tree = ET.parse(tmp_path / "story.fods")  # noqa: S314  written by LibreOffice a moment ago
    assert [cell for cell in tree.iter(f"{_TABLE}table-cell") if f"{_TABLE}formula" in cell.attrib] == []
    rows = [row for row in tree.iter(f"{_TABLE}table-row") if "".join(row.itertext()).strip()]
    assert len(rows) == story.count + 1


def _parts(node: object) -> Iterator[dict[str, Any]]:
    """Every part of a document of pandoc, footnotes too."""
    if isinstance(node, dict):
        if "t" in node:
            yield node
        for value in node.values():
            yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)


def _words(node: object) -> str:
    """The text of some parts, without markup."""
    if isinstance(node, list):
        return "".join(map(_words, node))
    if not isinstance(node, dict):
        return ""
    if node["t"] in ("Str", "Code"):
        return str(node["c"] if node["t"] == "Str" else node["c"][1])
    return " " if "c" not in node else _words(node["c"])


def _plain(text: str) -> str:
    return "".join(text.split())

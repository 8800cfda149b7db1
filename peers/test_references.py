"""What reference managers read of the sources: pandoc's citeproc and biber."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from peers.programs import command, told
from tests.support.round_trips import cited_anywhere
from timeline_tui.exchange import registry

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.timeline.view import View


@pytest.mark.parametrize(("name", "reader"), [("bibtex", "biblatex"), ("csl-json", "csljson")])
def test_pandoc_reads_every_source(story: View, name: str, reader: str) -> None:
    pandoc = command("pandoc")
    text = registry.write(story, name).text
    found = json.loads(told(pandoc, "--fail-if-warnings", "-f", reader, "-t", "csljson", given=text))
    assert len(found) == len(cited_anywhere(story))
    assert len({each["id"] for each in found}) == len(found)


def test_citeproc_prints_every_source(story: View, tmp_path: Path) -> None:
    pandoc, file = command("pandoc"), tmp_path / "sources.json"
    file.write_text(registry.write(story, "csl-json").text)
    asked = "---\nnocite: '@*'\n---\n"
    words = ("--citeproc", "--bibliography", file, "-f", "markdown", "-t", "html")
    printed = told(pandoc, "--fail-if-warnings", *words, given=asked)
    assert printed.count('class="csl-entry"') == len(cited_anywhere(story))
    assert "<script" not in printed.lower()


def test_biber_reads_every_source_and_warns_of_none(story: View, tmp_path: Path) -> None:
    biber, file, made = command("biber"), tmp_path / "sources.bib", tmp_path / "made.bib"
    text = registry.write(story, "bibtex").text
    if not text:
        pytest.skip("there are no sources, and biber reads no file without any")
    file.write_text(text)
    said = told(
        biber, "--tool", "--validate-datamodel", "--logfile", tmp_path / "log", "--output-file", made, file
    )
    warnings = [line for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]
    # Of some sources nobody knows when they were published.
    assert [line for line in warnings if "one of 'date, year' must be defined" not in line] == []
    assert made.read_text().count("\n@") + made.read_text().startswith("@") == len(cited_anywhere(story))

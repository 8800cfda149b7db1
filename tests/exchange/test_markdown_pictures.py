"""Markdown with pictures: SVG files beside the report, none of which replaces what was there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from timeline_tui.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

STORY = "data/timeline.yaml"


def export(*words: str) -> int:
    return main(["export", STORY, "--filter", "tag:troops", *words])


def test_a_report_names_the_pictures_that_are_beside_it(tmp_path: Path) -> None:
    report = tmp_path / "my report.md"
    assert export("-o", str(report), "--pictures") == 0
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", report.read_text(encoding="utf-8"))
    assert named == ["my%20report-lanes.svg", "my%20report-clocks.svg", "my%20report-map.svg"]
    for name in named:
        picture = ET.parse(tmp_path / name.replace("%20", " "))  # noqa: S314  our own
        assert picture.getroot().tag.endswith("svg")


def test_no_picture_is_written_over_a_file_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "report-clocks.svg"
    mine.write_text("mine", encoding="utf-8")
    assert export("-o", str(tmp_path / "report.md"), "--pictures") == 2
    assert (
        "report-clocks.svg exists already and was not overwritten; --force overwrites it"
        in capsys.readouterr().err
    )
    assert [path.name for path in tmp_path.iterdir()] == ["report-clocks.svg"]
    assert mine.read_text(encoding="utf-8") == "mine"
    assert export("-o", str(tmp_path / "report.md"), "--pictures", "--force") == 0
    assert mine.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "markdown", "--pictures"], "say where to write it with -o FILE"),
        (["--to", "html", "--pictures"], "--pictures goes with --to markdown"),
    ],
)
def test_pictures_need_a_place_and_a_report(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(*words) == 2
    assert told in capsys.readouterr().err


def test_a_report_without_pictures_has_no_file_beside_it(tmp_path: Path) -> None:
    assert export("-o", str(tmp_path / "report.md")) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]

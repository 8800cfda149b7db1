from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import TODAY
from timeline_tui.editing.starter import STARTER, starter, write_starter
from timeline_tui.errors import TimelineError
from timeline_tui.loading.opened import open_timeline
from timeline_tui.loading.source_file import check_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("schema", ["", "timeline.schema.json", "file:///home/kim/timeline.schema.json"])
def test_the_starter_has_no_problems(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "story.yaml"
    write_starter(path, schema)
    assert check_file(path, today=TODAY) == []
    assert open_timeline(path, today=TODAY).index.total == 2


def test_the_first_line_names_the_schema() -> None:
    lines = starter("timeline.schema.json").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=timeline.schema.json"
    assert lines[1:] == STARTER.splitlines()


def test_a_schema_on_this_machine_comes_with_a_hint_about_sharing() -> None:
    lines = starter("file:///home/kim/timeline.schema.json").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=file:///home/kim/timeline.schema.json"
    assert "on this machine" in lines[1]
    assert lines[3:] == STARTER.splitlines()


def test_without_a_schema_no_line_names_one() -> None:
    assert starter() == STARTER


def test_the_starter_never_overwrites_a_file(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(TimelineError, match="exists already"):
        write_starter(path)
    assert path.read_text(encoding="utf-8") == "mine"

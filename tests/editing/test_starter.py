"""A new timeline: without events, or the example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.screens import TODAY
from timeline_tui.editing.adding import add_event
from timeline_tui.editing.starter import example, starter, write_starter
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.loading.opened import open_timeline
from timeline_tui.loading.source_file import check_file

HERE = "file:///home/kim/timeline.schema.json"
STORY = Path("french-revolution.yaml")
SCHEMAS = pytest.mark.parametrize("schema", ["", "timeline.schema.json", HERE])


@SCHEMAS
def test_a_new_timeline_has_no_events_and_no_problems(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "story.yaml"
    write_starter(path, starter(STORY, actors="Louis XVI: person, crowd", schema=schema))
    assert check_file(path, today=TODAY) == []
    index = open_timeline(path, today=TODAY).index
    assert index.total == 0
    assert index.header.title == "french revolution"
    assert set(index.header.actors) == {"louis-xvi", "crowd"}


@SCHEMAS
def test_the_example_has_two_events_and_no_problems(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "story.yaml"
    write_starter(path, example(schema))
    assert check_file(path, today=TODAY) == []
    assert open_timeline(path, today=TODAY).index.total == 2


@pytest.mark.parametrize("title", ["The fall: a story", "- [x]", "# 1789", "'", "Ünïcode, 2 €"])
def test_any_title_is_written_so_that_it_is_read_again(title: str, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    write_starter(path, starter(STORY, title))
    assert check_file(path, today=TODAY) == []
    assert open_timeline(path, today=TODAY).index.header.title == title


def test_it_begins_with_what_to_do_and_its_title_and_ends_with_what_editors_read() -> None:
    lines = starter(STORY, "Revolution", schema=HERE).splitlines()
    assert "timeline-tui french-revolution.yaml" in lines[0]
    assert lines[2] == "title: Revolution"
    assert lines[-3] == f"# yaml-language-server: $schema={HERE}"
    assert "on this machine" in lines[-2]
    assert "yaml-language-server" not in starter(STORY)


def test_the_event_in_its_comment_is_one_that_can_be_added() -> None:
    data = starter(STORY, schema=HERE).encode()
    for title in ("First", "Second"):
        data = add_event(data, {"date": "1789-07-14", "title": title}, "story.yaml")
    assert data.decode().count("\n  - date: 1789-07-14\n") == 2


def test_an_actor_of_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="the kinds are"):
        starter(STORY, actors="crowd: mob")


def test_a_new_timeline_never_overwrites_a_file(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(TimelineError, match="exists already"):
        write_starter(path, starter(path))
    assert path.read_text(encoding="utf-8") == "mine"

"""Fields of an event are changed, and nothing else in the file."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, HARBOUR
from tests.support.yaml_layouts import Layout, layouts
from timeline_tui.editing.changing import change_event, change_record, event_data
from timeline_tui.errors import TimelineError
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from pathlib import Path

STORY = """\
title: A
events:
  # first
  - id: a   # the id
    date: 2024-01-02  # the day
    title: "Old"   # a title
    text: >-
      folded
      text

    # between
    tags: [x, y]
    quotes:
      - text: words

  - date: 2024-02-02
    id: b
    title: Second
"""
TEXTS = st.one_of(
    st.sampled_from(("x: y", "# no", "- a", "two\nlines", "'\"", "…", " ")), st.text(max_size=12)
)


def change(story: str, event_id: str = "a", **changes: object) -> str:
    return change_event(story.encode(), event_id, changes).decode()


def changed_lines(before: str, after: str) -> list[str]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line for sign in "-+" for line in lines if line[0] == sign]


def test_a_text_on_one_line_is_replaced_before_the_comment_behind_it() -> None:
    assert changed_lines(STORY, change(STORY, title="New: title", date="2024-01-03")) == [
        "-     date: 2024-01-02  # the day",
        '-     title: "Old"   # a title',
        "+     date: 2024-01-03  # the day",
        '+     title: "New: title"   # a title',
    ]


def test_a_longer_value_is_written_anew_and_comments_below_it_stay() -> None:
    assert changed_lines(STORY, change(STORY, text="one\ntwo", tags=["z"])) == [
        "-     text: >-",
        "-       folded",
        "-       text",
        "-     tags: [x, y]",
        "+     text: |-",
        "+       one",
        "+       two",
        "+     tags: [z]",
    ]


def test_a_new_field_comes_after_those_that_stand_before_it_in_the_format() -> None:
    assert changed_lines(STORY, change(STORY, "b", kind="vote")) == ["+     kind: vote"]
    assert "title: Second\n    kind: vote\n" in change(STORY, "b", kind="vote")


def test_a_field_is_removed_with_its_lines() -> None:
    assert changed_lines(STORY, change(STORY, tags=None, quotes=None, place=None)) == [
        "-     tags: [x, y]",
        "-     quotes:",
        "-       - text: words",
    ]


def test_lines_that_are_added_or_removed_above_quotes_and_claims_are_no_change_of_these() -> None:
    assert changed_lines(STORY, change(STORY, tags=None)) == ["-     tags: [x, y]"]
    assert changed_lines(STORY, change(STORY, kind="vote")) == ["+     kind: vote"]


def test_no_change_changes_no_byte() -> None:
    assert change(STORY) == STORY
    assert change(STORY, title="Old", date="2024-01-02", text="folded text", tags=["x", "y"]) == STORY


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        (STORY, "c"),
        ("title: A\nevents: [{id: a, date: 2024, title: x}]\n", "a"),
        ("title: A\nevents:\n  - {id: a, date: 2024, title: x}\n", "a"),
        ("title: A\n", "a"),
        ("events: [\n", "a"),
    ],
)
def test_what_cannot_be_changed_in_place_is_an_error_and_changes_nothing(text: str, event_id: str) -> None:
    with pytest.raises(TimelineError):
        change(text, event_id, title="y")


@pytest.mark.parametrize("changes", [{"date": "yesterday-ish"}, {"id": None}, {"status": "no status"}])
def test_a_change_that_would_be_an_error_is_not_made(changes: dict[str, object]) -> None:
    with pytest.raises(TimelineError):
        change_event(STORY.encode(), "a", changes)


def test_an_event_is_given_as_it_is_written() -> None:
    assert event_data(STORY.encode(), "a") == {
        "id": "a",
        "date": "2024-01-02",
        "title": "Old",
        "text": "folded text",
        "tags": ["x", "y"],
        "quotes": [{"text": "words"}],
    }


SOURCES = """\
title: A
sources:
  # the first
  one:
    title: One   # its title
    url: https://example.org/1
    # below the address

  # the second
  "two":
    title: Two
    note: |
      long

  three: {title: Three}
events: []
"""


def test_a_field_of_a_source_is_added_in_its_place_or_replaced() -> None:
    one = change_record(SOURCES.encode(), "sources", "one", {"archive_url": "https://example.org/a"}).decode()
    assert changed_lines(SOURCES, one) == ["+     archive_url: https://example.org/a"]
    assert "url: https://example.org/1\n    archive_url: https://example.org/a\n    # below" in one
    two = change_record(SOURCES.encode(), "sources", "two", {"archive_url": "https://example.org/a"}).decode()
    assert "title: Two\n    archive_url: https://example.org/a\n    note: |\n      long\n" in two
    again = change_record(one.encode(), "sources", "one", {"archive_url": "https://example.org/b"}).decode()
    assert changed_lines(one, again) == [
        "-     archive_url: https://example.org/a",
        "+     archive_url: https://example.org/b",
    ]


@pytest.mark.parametrize("record", ["three", "four"])
def test_a_record_that_is_not_on_lines_of_its_own_is_left_to_the_editor(record: str) -> None:
    with pytest.raises(TimelineError, match="edit the file instead"):
        change_record(SOURCES.encode(), "sources", record, {"archive_url": "https://example.org/a"})


def test_any_source_of_a_whole_file_gets_one_more_line() -> None:
    data = BUNDLED.read_bytes()
    header = read_text(data, "x").header
    assert header is not None
    for id_ in [*header.sources][::160]:
        after = change_record(data, "sources", id_, {"publisher": "Another: one"})
        lines = changed_lines(data.decode(), after.decode())
        assert [line[0] for line in lines] in (["+"], ["-", "+"])


@given(layouts(), st.data(), TEXTS)
def test_every_other_byte_of_the_file_stays_the_same(layout: Layout, data: st.DataObject, text: str) -> None:
    before = layout.text.encode()
    events = read_text(before, "x").events
    if not events:
        return
    event = data.draw(st.sampled_from(events))
    field = data.draw(st.sampled_from(("text", "kind", "place")))
    try:
        after = change_event(before, event.id, {field: text})
    except TimelineError:
        return
    again = read_text(after, "x").events
    assert [one.id for one in again] == [one.id for one in events]
    others = [(one, other) for one, other in zip(events, again, strict=True) if one.id != event.id]
    assert all(
        (one.title, one.text, one.kind) == (other.title, other.text, other.kind) for one, other in others
    )
    comments = [line for line in layout.text.splitlines() if line.lstrip().startswith("# ")]
    kept = after.decode().splitlines()
    assert [line for line in comments if line not in kept and "no comment" not in line] == []


@pytest.mark.parametrize("path", [BUNDLED, HARBOUR], ids=["bundled", "harbour"])
def test_a_title_is_changed_on_its_own_line_in_whole_files(path: Path) -> None:
    data = path.read_bytes()
    for event in read_text(data, "x").events[::40]:
        after = change_event(data, event.id, {"title": "Another: title"})
        lines = changed_lines(data.decode(), after.decode())
        assert len([line for line in lines if line.startswith("+")]) == 1

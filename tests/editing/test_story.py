"""Steps and stories are added to a file, and nothing else in it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED
from timeline_tui.editing.story import with_step, with_story
from timeline_tui.errors import TimelineError
from timeline_tui.reading.plain_yaml import plain_documents

HEAD = 'format: "1.1"\ntitle: A ship\n'
EVENTS = "events:\n  - id: leaves\n    date: 1900-01-01\n    title: The ship leaves\n"
STORY = """stories:
  way:
    title: The way  # as told
    steps:
      # the first
      - event: leaves
        text: >-
          She leaves
          in the morning.
  other: {title: Another}

"""
STEP: dict[str, object] = {"event": "leaves", "text": "It is: over # now", "without": ["log"]}


def steps_of(data: bytes, story: str) -> list[object]:
    (plain,) = plain_documents(data).data
    assert isinstance(plain, dict)
    steps = plain["stories"][story].get("steps") or []
    assert isinstance(steps, list)
    return steps


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_step_comes_after_the_others_with_their_indent_and_every_other_line_stays(line_end: str) -> None:
    data = (HEAD + STORY + EVENTS).replace("\n", line_end).encode()
    after = with_step(data, "way", STEP)
    assert steps_of(after, "way")[-1] == STEP
    kept = iter(after.split(line_end.encode()))
    assert all(line in kept for line in data.split(line_end.encode()))
    assert b"      - event: leaves" in after.replace(b"      - event: leaves", b"", 1)


def test_the_first_step_of_a_story_makes_the_list_of_steps() -> None:
    data, story = with_story((HEAD + EVENTS).encode(), "The way home")
    assert story == "the-way-home"
    assert steps_of(with_step(with_step(data, story, STEP), story, {"topic": "cargo"}), story) == [
        STEP,
        {"topic": "cargo"},
    ]


@pytest.mark.parametrize(
    ("text", "story", "message"),
    [
        (HEAD + STORY + EVENTS, "other", "not on lines of its own|in braces"),
        (HEAD + STORY + EVENTS, "gone", "not on lines of its own"),
        (
            HEAD + "stories:\n  way:\n    title: W\n    steps: [{event: leaves}]\n" + EVENTS,
            "way",
            "with a dash",
        ),
    ],
)
def test_what_cannot_be_added_to_is_named(text: str, story: str, message: str) -> None:
    with pytest.raises(TimelineError, match=message):
        with_step(text.encode(), story, STEP)


def test_a_story_needs_the_version_of_the_format_that_has_stories() -> None:
    with pytest.raises(TimelineError, match=r"stories need version 1\.1"):
        with_story(("title: A ship\n" + EVENTS).encode(), "The way")


def test_a_second_story_of_one_title_is_refused() -> None:
    with pytest.raises(TimelineError, match="there is a story way already"):
        with_story((HEAD + STORY + EVENTS).encode(), "Way")


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_text_of_a_step_is_read_again_as_it_was_or_refused(text: str) -> None:
    try:
        after = with_step((HEAD + STORY + EVENTS).encode(), "way", {"event": "leaves", "text": text})
    except TimelineError:
        return
    assert steps_of(after, "way")[-1] == {"event": "leaves", "text": text}


def test_a_step_is_added_to_the_bundled_story() -> None:
    data = BUNDLED.read_bytes()
    after = with_step(data, "pledge", STEP)
    assert steps_of(after, "pledge") == [*steps_of(data, "pledge"), STEP]
    assert len(after.splitlines()) - len(data.splitlines()) < 8

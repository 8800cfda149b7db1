"""Steps: what each shows of the timeline, and what it says of what it cannot show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import BUNDLED, TODAY
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import parse_query
from timeline_tui.telling.path import EventsPath, NoSuchStory, StoryPath, story_or_events
from timeline_tui.timeline import View

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
format: "1.1"
title: A ship
sources:
  log: {title: The log, date: 1900-01-02}
  letter: {title: A letter, date: 1900-01-09}
actors:
  ann: {name: Ann, kind: person}
topics:
  cargo: {question: What was the cargo?}
events:
  - id: leaves
    date: 1900-01-01
    title: The ship leaves
    actors: [ann]
    sources: [log]
    quotes:
      - {id: first, speaker: ann, text: We sail., sources: [log]}
      - {id: second, speaker: ann, text: We sank., date: 1900-01-09, sources: [letter]}
  - id: sinks
    date: 1900-01-05
    title: The ship sinks
    sources: [letter]
"""


def view_of(folder: Path, *steps: str) -> View:
    """A timeline whose story has these steps."""
    told = "".join(f"      - {{{step}}}\n" for step in steps)
    stories = f"stories:\n  way:\n    title: The way\n    steps:\n{told}" if steps else ""
    (folder / "ship.yaml").write_text(HEAD + stories, encoding="utf-8")
    opened = open_timeline(folder / "ship.yaml", today=TODAY)
    assert not opened.errors
    return View(opened.index, today=TODAY)


def test_a_step_shows_its_event_with_the_quote_that_it_names(tmp_path: Path) -> None:
    view = view_of(tmp_path, "event: leaves, quote: second, text: Look., notes: Wait.")
    step = story_or_events(view).step(1)
    assert (step.key, step.quote, step.text, step.notes) == (view.key_of("leaves"), 1, "Look.", "Wait.")
    assert not step.problem


def test_a_step_has_its_own_filter_days_and_clocks_and_not_the_filter_of_the_reader(tmp_path: Path) -> None:
    view = view_of(
        tmp_path,
        "picture: lanes, filter: actor:ann",
        "picture: lanes, from: 1900-01-02",
        "picture: lanes, until: 1900-01-02",
        "picture: lanes, known_on: 1900-01-03",
        "picture: lanes, without: [letter]",
    )
    reader = view.with_query(parse_query("sinks", view.vocabulary).query)
    steps = [story_or_events(reader).step(number).view for number in range(1, 6)]
    shown = [[each.event(key).id for key in each.keys] for each in steps]
    assert shown == [["leaves"], ["sinks"], ["leaves"], ["leaves"], ["leaves", "sinks"]]
    assert steps[4].without == {"letter"}


def test_a_step_without_a_day_keeps_that_of_the_reader(tmp_path: Path) -> None:
    view = view_of(tmp_path, "event: leaves").known_by(TODAY - 1)
    assert story_or_events(view).step(1).view.known_on == TODAY - 1


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("event: sinks, known_on: 1900-01-03", "This event was not known yet on 3 January 1900."),
        (
            "event: leaves, quote: second, known_on: 1900-01-03",
            "The event has no quote second that was known then.",
        ),
    ],
)
def test_what_was_not_known_on_the_day_of_a_step_is_not_shown(
    tmp_path: Path, step: str, problem: str
) -> None:
    found = story_or_events(view_of(tmp_path, step)).step(1)
    assert (found.problem, found.quote) == (problem, -1)


def test_without_stories_the_events_of_the_view_are_the_steps(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    path = story_or_events(view)
    assert isinstance(path, EventsPath)
    assert (path.title, path.count) == ("A ship", 2)
    assert [path.step(number).quote for number in (1, 2)] == [0, -1]


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_there_is_no_step_before_the_first_and_after_the_last(tmp_path: Path, number: int) -> None:
    with pytest.raises(IndexError):
        story_or_events(view_of(tmp_path, "event: leaves")).step(number)


def test_a_story_is_found_by_id_and_by_title_and_a_wrong_name_gets_a_hint(tmp_path: Path) -> None:
    view = view_of(tmp_path, "event: leaves")
    assert isinstance(story_or_events(view, "way"), StoryPath)
    assert story_or_events(view, "The way").id == "way"
    with pytest.raises(NoSuchStory, match=r"no story wai; did you mean way\?"):
        story_or_events(view, "wai")
    with pytest.raises(NoSuchStory, match="these stories: way"):
        story_or_events(view, "qqqqqq")


def test_every_step_of_the_bundled_stories_can_be_shown() -> None:
    opened = open_timeline(BUNDLED, today=TODAY)
    view = View(opened.index, today=TODAY)
    stories = view.whole_header.stories
    assert len(stories) == 2
    for id_ in stories:
        path = story_or_events(view, id_)
        assert 8 <= path.count <= 12
        assert not [step.problem for step in map(path.step, range(1, path.count + 1)) if step.problem]

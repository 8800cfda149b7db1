"""Lists by name: what a view holds most of comes first, and every entry leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.report_views import bundled, hostile
from tests.support.stories import event, quote, story
from timeline_tui.answers.contested import MOST_READ, contested_questions, nearest_question
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Target
from timeline_tui.model.problems import Code, Problem, Severity
from timeline_tui.model.records import Claim, Wording
from timeline_tui.pages.lists import (
    MOST,
    actors_list,
    problems_page,
    questions_page,
    quotes_page,
    sources_list,
    values_page,
)
from timeline_tui.text.cells import cells
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.pages.page import Page
    from timeline_tui.timeline.view import View

BUILDERS: dict[str, Callable[[View, int], Page]] = {
    "questions": questions_page,
    "quotes": quotes_page,
    "sources": sources_list,
    "actors": actors_list,
    "places": lambda view, width: values_page(view, "place", width),
    "tags": lambda view, width: values_page(view, "tag", width),
    "kinds": lambda view, width: values_page(view, "kind", width),
}
EVERY_LIST = pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)


def targets(page: Page) -> list[Target]:
    return [target for line in page.lines for target in line.targets]


def said(by: str, about: str, value: str, day: str) -> Claim:
    return Claim(by=by, about=about, value=value, date=parse_date(day))


@EVERY_LIST
@pytest.mark.parametrize("width", [30, 57, 100])
def test_no_line_of_a_list_is_wider_than_asked_for(build: Callable[[View, int], Page], width: int) -> None:
    for view in (bundled(), hostile()):
        assert max(cells(line.text) for line in build(view, width).lines) <= width


@EVERY_LIST
def test_a_list_of_nothing_says_so(build: Callable[[View, int], Page]) -> None:
    page = build(story(), 60)
    assert page.lines[0].text.startswith("No event here")
    assert targets(page) == []


@pytest.mark.parametrize(("field", "build"), [("tag", 5), ("kind", 6), ("source", 2)])
@pytest.mark.parametrize("query", ["", "kind:statement", "troops"])
def test_the_number_before_an_entry_is_that_of_the_events_it_leads_to(
    field: str, build: int, query: str
) -> None:
    view = bundled(query)
    for line in list(BUILDERS.values())[build](view, 100).lines[:40]:
        for target in line.targets:
            assert target.leads == field
            found = view.with_query(view.query.without_field(field).with_term(field, target.id))
            if not view.query.values(field):
                assert int(line.text.split()[0]) == found.count


def test_a_question_with_most_speakers_is_the_most_contested_unless_they_agree() -> None:
    view = story(
        event("2024-01-01", "All agree", claims=tuple(said(by, "ships", "3", "2024-01-01") for by in "abcd")),
        event("2024-01-02", "Two differ", claims=(said("a", "men", "5", "2024-01-02"),)),
        event("2024-01-09", "One more", claims=(said("b", "men", "at least 7", "2024-01-09"),)),
    )
    men, ships = contested_questions(view)
    assert (men.topic, men.speakers, men.answers, men.last - men.first) == ("men", 2, 2, 7)
    assert (ships.topic, ships.speakers, ships.answers) == ("ships", 4, 1)


def test_only_the_latest_answer_of_a_speaker_counts() -> None:
    claims = (said("a", "men", "5", "2024-01-01"), said("a", "men", "7", "2024-01-02"))
    (found,) = contested_questions(story(event("2024-01-02", "Corrected", claims=claims)))
    assert (found.speakers, found.answers) == (1, 1)


def test_of_very_many_claims_the_last_are_read_and_the_list_says_so() -> None:
    claims = (said("a", "men", "5", "2024-01-01"),)
    view = story(*(event("2024-01-01", f"Event {number}", claims=claims) for number in range(MOST_READ + 5)))
    (found,) = contested_questions(view)
    assert found.unread == 5
    assert f"the last {MOST_READ:,} of {MOST_READ + 5:,} events" in "\n".join(
        line.text for line in questions_page(view, 100).lines
    )


def test_the_nearest_question_is_that_of_the_nearest_event() -> None:
    view = story(
        event("2024-01-01", "Ships", claims=(said("a", "ships", "3", "2024-01-01"),)),
        event("2024-01-02", "Nothing"),
        event("2024-01-03", "Nothing again"),
        event("2024-01-04", "Men", claims=(said("a", "men", "3", "2024-01-04"),)),
    )
    assert [nearest_question(view, key) for key in range(4)] == ["ships", "ships", "men", "men"]
    assert nearest_question(story(event("2024-01-02", "Nothing")), 0) == ""


def test_quotes_with_most_wordings_come_first_and_those_without_others_last() -> None:
    two = quote("a", "Two", wordings=(Wording(text="Zwei", language="de"), Wording(text="Two")))
    three = quote("a", "Three", wordings=(Wording(text="Drei"), Wording(text="Trois")))
    view = story(
        event("2024-01-01", "One", quotes=(quote("a", "One"),)),
        event("2024-01-02", "More", quotes=(two, three)),
    )
    found = [(target.key, target.quote, target.leads) for target in targets(quotes_page(view, 60))]
    assert found == [(1, 1, "wordings"), (1, 0, "wordings"), (0, 0, "wordings")]


@given(st.integers(MOST - 1, MOST + 3))
def test_a_list_shows_so_many_entries_and_how_many_it_left_out(count: int) -> None:
    problems = [Problem("x.yaml", 1, 1, Severity.ERROR, Code.BAD_ID, "Odd") for _ in range(count)]
    page = problems_page(problems, 60)
    assert len(targets(page)) == min(count, MOST)
    assert ("more problems" in page.lines[-1].text) == (count > MOST)


def test_a_problem_leads_to_its_line() -> None:
    page = problems_page([Problem("x.yaml", 12, 3, Severity.ERROR, Code.BAD_ID, "Odd\x1b[2J", "Mend it")], 60)
    assert targets(page) == [Target(leads="problem", id="12")]
    assert page.lines[0].text == "line 12, column 3: error bad-id"
    assert "Mend it" in page.lines[1].text
    assert "\x1b" not in page.lines[1].text


def test_places_are_listed_as_the_file_writes_them() -> None:
    names = [line.spans[1].text.strip() for line in values_page(bundled(), "place", 80).lines]
    assert {"Pyongyang", "UN Headquarters, New York"} <= set(names), names


@pytest.mark.parametrize("width", [40, 55, 75, 116])
def test_questions_are_whole_at_any_width_with_their_speakers(width: int) -> None:
    view = bundled()
    lines = [line.text.strip() for line in questions_page(view, width).lines]
    text = " ".join(lines)
    for topic in view.header.topics.values():
        assert one_line(topic.question) in text
    assert text.count("18 speakers") == 1


def test_how_long_a_question_was_answered_does_not_read_as_a_countdown() -> None:
    text = "\n".join(line.text for line in questions_page(bundled(), 116).lines)
    assert "18 answers over 202 days · last on 28 April 2025" in text


@pytest.mark.parametrize("width", [20, 40, 55, 75, 116])
def test_no_figure_or_day_in_a_list_of_questions_is_cut(width: int) -> None:
    assert not any("…" in line.text for line in questions_page(bundled(), width).lines)


def test_sources_of_one_publisher_are_told_apart_in_a_narrow_list() -> None:
    lines = [line.text for line in sources_list(bundled(), 55).lines]
    assert len([text for text in lines if "TASS" in text]) > 1
    assert len(set(lines)) > 0.9 * len(lines)


def test_what_a_state_is_is_said_once() -> None:
    (japan,) = [line.text for line in actors_list(bundled(), 116).lines if " Japan " in line.text]
    assert japan.split("  ")[-1].strip() == "state"

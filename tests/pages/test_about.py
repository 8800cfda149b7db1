"""The start page: what a timeline is about, as known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Citation, Claim, Header, Source, Topic
from timeline_tui.pages.about import about_page
from timeline_tui.query.language import Query
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View

TRIES = [("j", "step through the events"), ("/", "find words")]


def harbour(description: str = "What the town built.") -> View:
    header = Header(
        title="The harbour",
        description=description,
        topics={"cost": Topic(question="What did it cost?")},
        sources={
            "paper": Source(title="Paper", date=parse_date("2024-01-03")),
            "book": Source(title="Book", date=parse_date("2030-01-01")),
        },
    )
    return story(
        event(
            "2024-01-02",
            "A wall",
            status="disputed",
            sources=(Citation("paper"),),
            claims=(Claim(about="cost", by="ann", value="5"),),
        ),
        event("2024-03-04", "A speech", known=parse_date("2024-03-04"), quotes=(quote("ann", "Done"),)),
        header=header,
    )


def text(view: View, width: int = 70) -> str:
    return "\n".join(line.text.rstrip() for line in about_page(view, width, TRIES).lines)


def test_the_page_gives_title_counts_span_keys_signs_and_description() -> None:
    assert text(harbour()).splitlines() == [
        "The harbour",
        "2 events · 1 question · 2 sources · 2 January 2024 to 4 March 2024",
        "j step through the events · / find words",
        "",
        "● happened   ◇ disputed   2q two quotes   6c six claims",
        "",
        "What the town built.",
    ]


def test_a_filter_does_not_change_the_page() -> None:
    view = harbour()
    assert text(view.with_query(Query().with_term("status", "disputed"))) == text(view)


def test_under_a_known_on_day_nothing_later_is_told() -> None:
    shown = text(harbour().known_by(parse_date("2024-02-01").earliest), 100)
    assert "1 event · 1 question · 1 source · 2 January 2024" in shown
    assert "as known on 1 February 2024" in shown
    assert "quotes" not in shown
    assert "What the town built" not in shown


def test_a_timeline_without_events_says_so() -> None:
    assert "No events." in text(story(header=Header(title="New")))


@given(st.text(max_size=200), st.integers(4, 60))
def test_no_line_is_wider_than_asked(description: str, width: int) -> None:
    for line in about_page(harbour(description), width, TRIES).lines:
        assert cells(line.text) <= max(width, 14)


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\u202eb", "[/]"])
def test_the_description_is_made_visible(hostile: str) -> None:
    shown = text(harbour(hostile))
    assert "\x1b" not in shown
    assert "\u202e" not in shown

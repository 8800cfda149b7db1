"""Pages of a day on which nothing was known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stories import HEADER, event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Claim
from timeline_tui.pages.actor import actor_page
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.printed import PageRequest, printed_page
from timeline_tui.pages.sides import sides_page
from timeline_tui.query.language import Query

if TYPE_CHECKING:
    from timeline_tui.pages.page import Page
    from timeline_tui.timeline.view import View


BEFORE = parse_date("2023-05-01").earliest


BLANK_DAY = "Nothing was known yet on 1 May 2023."


SAID = event(
    "2024-03-01",
    "A figure",
    actors={"russia": "", "lavrov": ""},
    claims=(Claim(about="troops", by="russia", value="1"),),
    known=parse_date("2024-01-01"),
)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def pages(view: View) -> list[list[str]]:
    sides = Query().with_term("actor", "russia"), Query().with_term("actor", "lavrov")
    return [
        texts(actor_page(view, "lavrov", 80)),
        texts(claims_page(view, "troops", 80)),
        texts(sides_page(view, *sides, 80)),
    ]


def test_where_nothing_was_known_pages_name_the_day() -> None:
    view = story(SAID, header=HEADER)
    assert view.nothing_known == ""
    assert all(BLANK_DAY in page for page in pages(view.known_by(BEFORE)))
    assert not any("Nothing was known" in " ".join(page) for page in pages(view))


def test_an_actor_of_whom_nothing_was_known_is_said_not_to_be_known_on_that_day() -> None:
    then = story(SAID).known_by(parse_date("2024-02-01").earliest)
    assert "in none of these events, as known on 1 February 2024" in texts(actor_page(then, "tass", 80))


@pytest.mark.parametrize("what", ["claims", "wordings", "links", "actors", "sides", "sources"])
def test_where_nothing_was_known_what_is_printed_names_the_day(what: str) -> None:
    assert BLANK_DAY in list(
        printed_page(story(SAID).known_by(BEFORE), PageRequest(what, "x.yaml", width=80))
    )

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stories import HEADER, event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Claim, Postponement
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
PLANNED = event(
    "2024-05-01",
    "A visit",
    known=parse_date("2024-04-01"),
    postponed=(Postponement(date=parse_date("2024-02-01"), known=parse_date("2024-01-01")),),
)
SAID = event(
    "2024-03-01",
    "A figure",
    actors={"russia": "", "lavrov": ""},
    claims=(Claim(about="troops", by="russia", value="1"),),
    known=parse_date("2024-01-01"),
)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_events_stand_on_the_days_that_were_planned() -> None:
    view = story(PLANNED, SAID)
    then = view.known_by(parse_date("2024-01-15").earliest)
    assert [shown.date_of(1).text for shown in (view, then)] == ["2024-05-01", "2024-02-01"]
    assert [list(shown.chronological([0, 1])) for shown in (view, then)] == [[0, 1], [1, 0]]
    planned = parse_date("2024-02-01").earliest
    assert then.days_as_known()(1) == (planned, planned)
    russian = [list(shown.chronological(shown.keys_with("actor", "russia"))) for shown in (view, then)]
    assert russian == [[0], [0]]
    assert list(then.keys) == list(then.chronological(range(2)))


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

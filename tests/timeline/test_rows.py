from __future__ import annotations

import pytest

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Postponement
from timeline_tui.timeline.rows import remark
from timeline_tui.timeline.view import View


@pytest.mark.parametrize(
    ("date", "known", "said"),
    [
        ("2024-10-07", "2024-10-18", "revealed 11 days later"),
        ("2024-10-07", "2024-10-08", "revealed 1 day later"),
        ("2024-10-07", "2024-10-07", ""),
        ("2024-11-06", "2024-10-24", ""),
        ("2024-10-08/2024-10-13", "2024-10-18", "revealed 5 days later"),
        ("{2024-10-08,2024-10-13}", "2024-10-18", "revealed 5 days later"),
        ("2024-10-08/2024-10-20", "2024-10-18", ""),
        ("2024-10-08T23:30:00Z", "2024-10-18", "revealed 10 days later"),
        ("1971-06-01", "2024-06-01", "revealed 53 years later"),
        # Of what is not known to the day, only the least that it can be.
        ("2024-10", "2024-11-12", "revealed at least 12 days later"),
        ("2024-10-XX", "2024-11-12", "revealed at least 12 days later"),
        ("[2024-10-08,2024-10-13]", "2024-10-18", "revealed at least 5 days later"),
        ("../2024-10-13", "2024-10-18", "revealed at least 5 days later"),
        ("2024-10-07", "2024-11", "revealed at least 25 days later"),
        ("2024-10-07?", "2024-10-18", "revealed about 11 days later"),
        ("2024-10-07", "2024-10-18~", "revealed about 11 days later"),
        ("2024-10~", "2024-11-12", "revealed at least about 12 days later"),
        ("2024-10-08/..", "2024-10-18", ""),
        ("2024-10-07", "../2024-10-18", ""),
    ],
)
def test_a_row_shows_how_late_an_event_became_known(date: str, known: str, said: str) -> None:
    assert remark(event(date, "x", known=parse_date(known))) == said


@pytest.mark.parametrize(
    ("date", "plans", "said"),
    [
        ("2024-06-10", ["2024-05-28"], "moved once, 13 days"),
        ("2024-06-11", ["2024-05-01", "2024-05-28"], "moved twice, 41 days in all"),
        ("2024-05-01", ["2024-05-28"], "moved once, 27 days earlier"),
        (
            "2024-05-01",
            ["2024-05-05", "2024-04-20", "2024-06-01"],
            "moved three times, 4 days earlier in all",
        ),
        ("2024-05-01", ["2024-05-01", "2024-06-01"], "moved twice"),
        ("2024-06-10/2024-06-12", ["2024-05-28/2024-05-29"], "moved once, 13 days"),
        ("2024-06-01", ["2024-01-01"] * 5, "moved 5 times, 5 months in all"),
        ("2024-06-10~", ["2024-05-28"], "moved once, about 13 days"),
        # From a month to a day, nobody knows how far.
        ("2024-06-10", ["2024-05"], "moved once"),
        ("2024-06", ["2024-05-28"], "moved once"),
        ("[2024-06-10,2024-06-20]", ["2024-05-28"], "moved once"),
        ("2024-06-10", ["../2024-05-28"], "moved once"),
    ],
)
def test_a_row_shows_how_often_and_how_far_an_event_was_postponed(
    date: str, plans: list[str], said: str
) -> None:
    postponed = tuple(Postponement(date=parse_date(plan)) for plan in plans)
    assert remark(event(date, "x", postponed=postponed)) == said


def test_a_postponed_event_that_became_known_late_shows_both() -> None:
    found = event(
        "2024-06-10",
        "x",
        known=parse_date("2024-07-01"),
        postponed=(Postponement(date=parse_date("2024-05-28"), known=parse_date("2024-05-10")),),
    )
    assert remark(found) == "moved once, 13 days, revealed 3 weeks later"
    assert not remark(event("2024", "x"))


def test_a_row_shows_no_more_than_was_known() -> None:
    moved = event(
        "2024-06-11",
        "x",
        postponed=(
            Postponement(date=parse_date("2024-05-01"), known=parse_date("2024-04-01")),
            Postponement(date=parse_date("2024-05-28"), known=parse_date("2024-04-20")),
        ),
    )
    view = story(moved)
    said = {day: view.known_by(parse_date(day).earliest).rows(0, 1)[0].remark for day in (
        "2024-04-01", "2024-04-20", "2024-05-28", "2024-05-29",
    )}  # fmt: skip
    assert list(said.values()) == [
        "",
        "moved once, 27 days",
        "moved once, 27 days",
        "moved twice, 41 days in all",
    ]


def test_the_bundled_story_shows_which_events_became_known_late() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    said = {row.id: row.remark for row in view.rows(0, view.count) if row.remark}
    assert said["troop-shipment"] == "revealed 5 days later"
    assert said["kim-signs"] == "revealed 1 day later"
    assert "us-election" not in said

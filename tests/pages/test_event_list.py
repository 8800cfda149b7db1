"""The plain list of events: as known on a day, with dates counted from one, and with what dates tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import BUNDLED, HARBOUR
from tests.support.stories import TODAY, event, story
from timeline_tui.cli.main import main
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Postponement
from timeline_tui.pages.event_list import listing

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The lines of a list that is fine."""
    assert main(["list", *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out.splitlines()


def events(view: View) -> list[str]:
    return list(listing(view))[3:]


def test_a_story_known_on_the_eve_of_an_election_has_it_ahead_and_no_clash(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = printed(capsys, str(BUNDLED), "--known-on", "2024-11-03")
    assert lines[1].endswith("events · known on 3 November 2024")
    assert "2024-11-05  United States elects a president  (scheduled, 1 quote)" in lines
    assert not any("small battles" in line or "combat" in line for line in lines)
    everything = printed(capsys, str(BUNDLED))
    assert any("small battles" in line for line in everything)
    assert not any("elects a president  (scheduled" in line for line in everything)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3 Nov 2024", "3 November 2024"),
        ("Oct 2024", "31 October 2024"),
        ("2023", "31 December 2023"),
        ("2024-02-05/2024-02-07", "7 February 2024"),
    ],
)
def test_known_on_takes_dates_as_people_type_them_and_means_their_last_day(
    typed: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, str(HARBOUR), "--known-on", typed)[1].endswith(f"known on {day}")


def test_a_date_that_is_not_over_yet_means_today(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_tui.dates.date.today", lambda: TODAY)
    for typed in ("2024", "2024-11/..", "today"):
        assert printed(capsys, str(HARBOUR), "--known-on", typed)[1].endswith("known on 4 November 2024")
    assert main(["list", str(HARBOUR), "--known-on", "tomorrow"]) == 2
    assert "5 November 2024 is in the future" in capsys.readouterr().err


@pytest.mark.parametrize("origin", ["2024-02-09", "9 Feb 2024", "vote"])
def test_days_are_counted_from_a_date_or_an_event(origin: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, str(HARBOUR), "--days-from", origin)
    assert lines[1] == "7 events · days from 9 February 2024"
    assert lines[3:] == [
        "T-345..T-315  The council plans a higher wall  (1 claim)",
        "T-326       The mayor promises a wall by winter  (revealed 1 day later, 2 quotes)",
        "T-7         The wall gives way in the night 🌊  (2 claims)",
        "~T-4        The engineer is said to have warned twice  (disputed, claimed by Town council, 1 quote)",
        "T 0         The council votes for seven metres  (moved once, 2 days, 1 claim)",
        "T+1         The Morning builds a wall of its own  (1 quote)",
        "T+2,638..T+2,668  The new wall is to be opened  (scheduled)",
    ]


def test_days_are_counted_from_the_first_day_of_what_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, str(HARBOUR), "--days-from", "feb 2024")[1].endswith("from 1 February 2024")
    assert printed(capsys, str(HARBOUR), "--days-from", "plan")[1].endswith("from 1 March 2023")


@pytest.mark.parametrize(
    ("known_on", "origin"),
    [("2024-02-05", "7 February 2024"), ("2024-02-08", "9 February 2024"), ("2024-01-01", "9 February 2024")],
    ids=["planned", "put off", "not known yet"],
)
def test_days_are_counted_from_the_planned_date_of_a_rescheduled_event(
    known_on: str, origin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, str(HARBOUR), "--known-on", known_on, "--days-from", "vote")
    assert lines[1].endswith(f"days from {origin}")


def test_filter_known_on_and_counted_days_can_be_combined(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--filter", "actor:council", "--known-on", "2024-02-05", "--days-from", "2 Feb 2024")
    lines = printed(capsys, str(HARBOUR), *words)
    assert lines[1] == (
        "4 of 7 events · actor: Town council · known on 5 February 2024 · days from 2 February 2024"
    )
    assert lines[-1] == "T+5         The council votes for seven metres  (scheduled)"


def test_delays_and_postponements_stand_between_status_and_counts() -> None:
    plans = tuple(
        Postponement(date=parse_date(date), known=parse_date(known))
        for date, known in (("2024-09-01", "2024-08"), ("2024-09-20", "2024-08-30"))
    )
    view = story(
        event("2024-10-01", "A deal", known=parse_date("2024-10-12"), status="claimed", by=("tass",)),
        event("2024-10-12", "A launch", postponed=plans),
    )
    assert events(view) == [
        "2024-10-01  A deal  (claimed by TASS, revealed 11 days later)",
        "2024-10-12  A launch  (moved twice, 41 days in all)",
    ]


def test_dates_stay_as_written_unless_they_are_counted() -> None:
    view = story(event("2024-10?", "A rumour"))
    assert events(view) == ["2024-10?    A rumour"]
    assert events(view.counted_from(parse_date("2024-11-01").earliest)) == ["T-31?..T-1?  A rumour"]

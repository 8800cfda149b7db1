from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.disclosures import FIRST, HEADER, LAST, events
from tests.support.stories import event, quote
from timeline_tui.dates.date import BEGINNING, END, parse_date
from timeline_tui.model.histories import day_known
from timeline_tui.model.known_on import (
    actor_as_known,
    disclosures,
    event_as_known,
    planned_dates,
    publication_days,
    source_as_known,
)
from timeline_tui.model.records import (
    Actor,
    BeforeUpdates,
    Citation,
    Claim,
    Correction,
    Event,
    Media,
    Outcome,
    Postponement,
    Role,
    Source,
    Update,
    Wording,
)
from timeline_tui.model.validity import known_statements

SOURCES = publication_days(
    {
        "undated": Source(title="a"),
        "paper": Source(title="b", date=parse_date("2024-11-04")),
        "monthly": Source(title="c", date=parse_date("2024-11")),
        "book": Source(title="d", date=parse_date("2025")),
    }
)


def day(text: str) -> int:
    return parse_date(text).earliest


def on(found: Event, text: str) -> Event:
    return event_as_known(found, day(text), SOURCES)


def claim(text: str, **fields: Any) -> Claim:  # noqa: ANN401  any field of a claim
    return Claim(about="troops", by="lavrov", value=text, **fields)


def planned(date: str, known: str = "") -> Postponement:
    return Postponement(date=parse_date(date), known=parse_date(known) if known else None)


def moved(date: str, *plans: Postponement, known: str = "") -> Event:
    return event(date, "x", known=parse_date(known) if known else None, postponed=plans)


def dated(found: Event) -> list[tuple[str, str]]:
    """Its plans: date, and the day from which each is shown."""
    days = {day(f"2024-{month:02}-{of:02}"): f"{month}-{of}" for month in range(4, 8) for of in range(1, 31)}
    return [(plan.date.text[5:], days[plan.announced]) for plan in planned_dates(found)]


@pytest.mark.parametrize(
    ("date", "known", "first"),
    [
        ("2024-11-06", "", "2024-11-06"),
        ("2024-11-06", "2024-10-24", "2024-10-24"),
        ("2024-10-08", "2024-10-18", "2024-10-18"),
        ("2024-11-06", "[2024-10-24..2024-11-03]", "2024-11-03"),
        ("2024-11-06", "2024-10", "2024-10-31"),
        ("2024-11", "", "2024-11-30"),
        ("2024", "", "2024-12-31"),
        ("2024-11-03/..", "", "2024-11-03"),
        ("2024-02/2024-11", "", "2024-02-29"),
        ("/2024-11-05", "", "2024-11-05"),
        ("[2024-11-02,2024-11-09]", "", "2024-11-09"),
        ("{2024-11-02,2024-11-09}", "", "2024-11-02"),
    ],
)
def test_an_event_is_known_from_the_last_day_that_its_date_may_mean(
    date: str, known: str, first: str
) -> None:
    assert planned_dates(event(date, "x", known=parse_date(known) if known else None))[0].announced == day(
        first
    )


def test_an_event_without_a_beginning_was_always_known() -> None:
    assert planned_dates(event("../2024", "x"))[0].announced == BEGINNING
    assert planned_dates(event("2024", "x", known=parse_date("../2023")))[0].announced == BEGINNING


VOTE = event(
    "2024-11-06",
    "vote",
    known=parse_date("2024-10-24"),
    outcome="Approved",
    quotes=(quote("lavrov", "aye"), quote("lavrov", "we will", date=parse_date("2024-10-30"))),
    claims=(
        claim("150"),
        claim("on the 6th", date=parse_date("2024-11")),
        claim("8th", date=parse_date("2025")),
    ),
)


def test_an_event_to_come_is_scheduled_and_has_no_outcome_yet() -> None:
    for text in ("2024-10-24", "2024-11-05"):
        assert (on(VOTE, text).status, on(VOTE, text).outcome) == ("scheduled", "")
    assert (on(VOTE, "2024-11-06").status, on(VOTE, "2024-11-06").outcome) == ("confirmed", "Approved")


def test_a_tally_without_a_date_is_not_known_before_the_vote() -> None:
    said = {text: [claim.value for claim in on(VOTE, text).claims] for text in ("2024-10-31", "2024-11-05")}
    assert said == {"2024-10-31": [], "2024-11-05": []}
    assert [claim.value for claim in on(VOTE, "2024-11-06").claims] == ["150"]
    assert [claim.value for claim in on(VOTE, "2024-11-30").claims] == ["150", "on the 6th"]


def test_what_is_said_before_an_event_is_known_from_its_own_day() -> None:
    assert on(VOTE, "2024-10-29").quotes == ()
    assert [said.text for said in on(VOTE, "2024-10-30").quotes] == ["we will"]
    assert [said.text for said in on(VOTE, "2024-11-06").quotes] == ["aye", "we will"]


def test_what_is_said_in_secret_is_not_known_before_the_event_is() -> None:
    shipment = event(
        "2024-10-08",
        "shipment",
        known=parse_date("2024-10-18"),
        quotes=(quote("lavrov", "go"), quote("lavrov", "gone", date=parse_date("2024-10-12"))),
        claims=(claim("1500"), claim("3000", date=parse_date("2024-10-23"))),
    )
    assert planned_dates(shipment)[0].announced == day("2024-10-18")
    assert [kind for when, kind in disclosures(shipment, SOURCES) if when == day("2024-10-18")] == [
        "event", "quote", "quote", "claim",
    ]  # fmt: skip
    assert [said.value for said in on(shipment, "2024-10-18").claims] == ["1500"]
    assert on(shipment, "2024-10-18").status == "confirmed"
    assert on(shipment, "2024-10-23") == shipment


@pytest.mark.parametrize("status", ["confirmed", "claimed", "postponed", "cancelled"])
def test_nobody_knew_before_the_day_that_a_plan_would_change(status: str) -> None:
    plan = event("2024-11-06", "x", known=parse_date("2024-10-01"), status=status)
    assert on(plan, "2024-11-05").status == "scheduled"
    assert on(plan, "2024-11-06").status == status


def test_sources_published_later_are_not_cited() -> None:
    cited = tuple(map(Citation, ("undated", "paper", "monthly", "book", "stranger")))
    found = event(
        "2024-10-08",
        "x",
        sources=cited,
        quotes=(quote("lavrov", "y", sources=cited[1:2]),),
        claims=(claim("1", sources=cited[3:]),),
    )
    then = on(found, "2024-11-03")
    assert [source.id for source in then.sources] == ["undated", "stranger"]
    assert then.quotes[0].sources == ()
    assert [source.id for source in then.claims[0].sources] == ["stranger"]
    assert [source.id for source in on(found, "2024-11-29").sources] == ["undated", "paper", "stranger"]
    assert [source.id for source in on(found, "2024-11-30").sources] == [
        "undated", "paper", "monthly", "stranger",
    ]  # fmt: skip
    assert on(found, "2025-12-31") == found
    assert {when for when, kind in disclosures(found, SOURCES) if kind == "source"} == {
        day("2024-11-04"),
        day("2024-11-30"),
        day("2025-12-31"),
    }


def test_a_wording_printed_later_only_was_not_there() -> None:
    wordings = (
        Wording(text="own"),
        Wording(text="later", sources=(Citation("paper"), Citation("book"))),
        Wording(text="both", sources=(Citation("undated"), Citation("book"))),
    )
    found = event("2024-10-08", "x", quotes=(quote("lavrov", "y", wordings=wordings),))
    (then,) = on(found, "2024-11-03").quotes
    assert [(wording.text, len(wording.sources)) for wording in then.wordings] == [("own", 0), ("both", 1)]
    (then,) = on(found, "2024-11-04").quotes
    assert [(wording.text, len(wording.sources)) for wording in then.wordings] == [
        ("own", 0),
        ("later", 1),
        ("both", 1),
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            moved("2024-06-10", planned("2024-05-28", "2024-05-10"), known="2024-05-20"),
            [("05-28", "5-10"), ("06-10", "5-20")],
            id="all is told",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-28", "2024-05-10")),
            [("05-28", "5-10"), ("06-10", "5-29")],
            id="when the last date was announced is not told: when the old one has passed",
        ),
        pytest.param(
            moved("2024-05-20", planned("2024-05-28", "2024-05-10")),
            [("05-28", "5-10"), ("05-20", "5-20")],
            id="when an earlier date was announced is not told: when it comes",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-28"), known="2024-05-02"),
            [("05-28", "5-2"), ("06-10", "5-29")],
            id="the event is known, and with it its first date",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-28", "2024-05-10"), known="2024-05-02"),
            [("05-28", "5-2"), ("06-10", "5-29")],
            id="the event is known before its first date",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-28")),
            [("05-28", "5-28"), ("06-10", "5-29")],
            id="nothing is told",
        ),
        pytest.param(
            moved("2024-05-20", planned("2024-06-10")),
            [("06-10", "5-20"), ("05-20", "5-20")],
            id="nothing is told of what came earlier",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05", "2024-04-10")),
            [("05", "4-10"), ("06-10", "6-1")],
            id="a month has passed with its last day",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-03/..", "2024-04-10")),
            [("05-03/..", "4-10"), ("06-10", "6-10")],
            id="what has no end does not pass",
        ),
        pytest.param(
            moved(
                "2024-07-01", planned("2024-05-01", "2024-04-01"), planned("2024-05-20"), planned("2024-06")
            ),
            [("05-01", "4-1"), ("05-20", "5-2"), ("06", "5-21"), ("07-01", "7-1")],
            id="one after the other passes",
        ),
        pytest.param(
            moved(
                "2024-06-10", planned("2024-05-01", "2024-04-01"), planned("2024-05-20"), known="2024-04-15"
            ),
            [("05-01", "4-1"), ("05-20", "4-15"), ("06-10", "4-15")],
            id="a date in between was given up before the last was announced",
        ),
        pytest.param(
            moved(
                "2024-06-10",
                planned("2024-05-01", "2024-04-01"),
                planned("2024-05-20", "2024-05-02"),
                known="2024-04-15",
            ),
            [("05-01", "4-1"), ("05-20", "5-2"), ("06-10", "5-21")],
            id="what was known before another plan is not when the last date was announced",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-28", "2024-05-10"), known="2024-07-01"),
            [("05-28", "5-10"), ("06-10", "7-1")],
            id="that it came was revealed",
        ),
        pytest.param(
            moved("2024-06-10", planned("2024-05-28", "2024-07-01")),
            [("05-28", "6-10"), ("06-10", "6-10")],
            id="what has come is known, whatever its plans say",
        ),
    ],
)
def test_a_date_is_shown_from_its_announcement(found: Event, expected: list[tuple[str, str]]) -> None:
    assert dated(found) == expected


def test_of_its_dates_the_one_announced_last_is_shown() -> None:
    visit = event(
        "2024-06-10/2024-06-12",
        "visit",
        known=parse_date("2024-05-20"),
        outcome="Signed",
        postponed=(planned("2024-05-01", "2024-04-10"), planned("2024-05-28", "2024-04-30")),
    )
    days = ("2024-04-10", "2024-04-30", "2024-05-19", "2024-05-20", "2024-06-10")
    states = {text: on(visit, text) for text in days}
    shown = {
        text: (then.date.text, then.status, len(then.postponed), then.known is not None)
        for text, then in states.items()
    }
    assert shown == {
        "2024-04-10": ("2024-05-01", "scheduled", 0, False),
        "2024-04-30": ("2024-05-28", "scheduled", 1, False),
        "2024-05-19": ("2024-05-28", "scheduled", 1, False),
        "2024-05-20": ("2024-06-10/2024-06-12", "scheduled", 2, True),
        "2024-06-10": ("2024-06-10/2024-06-12", "confirmed", 2, True),
    }
    assert [(kind, when) for when, kind in disclosures(visit, SOURCES)] == [
        ("event", day("2024-04-10")),
        ("plan", day("2024-04-30")),
        ("plan", day("2024-05-20")),
        ("came", day("2024-06-10")),
    ]


def test_a_plan_that_has_passed_is_scheduled_until_its_last_date_comes() -> None:
    found = event("2024-06-10", "x", outcome="y", postponed=(planned("2024-05-28", "2024-05-10"),))
    states = [on(found, text) for text in ("2024-05-28", "2024-05-29", "2024-06-09")]
    assert [(then.date.text, then.status, then.outcome) for then in states] == [
        ("2024-05-28", "scheduled", ""),
        ("2024-06-10", "scheduled", ""),
        ("2024-06-10", "scheduled", ""),
    ]
    assert on(found, "2024-06-10") == found


def test_what_was_said_when_it_came_is_revealed_with_its_coming() -> None:
    found = event(
        "2024-06-10",
        "x",
        known=parse_date("2024-07-01"),
        claims=(claim("1"), claim("2", date=parse_date("2024-06-20"))),
        postponed=(planned("2024-05-28", "2024-05-10"),),
    )
    assert [said.value for said in on(found, "2024-06-30").claims] == ["2"]
    assert on(found, "2024-07-01") == found
    assert (day("2024-07-01"), "came") in disclosures(found, SOURCES)


@given(events)
def test_all_is_known_in_the_end_and_nothing_before_the_beginning(found: Event) -> None:
    cited = publication_days(HEADER.sources)
    assert event_as_known(found, END, cited) == found
    assert planned_dates(found)[0].announced == min(day for day, _ in disclosures(found, cited))


@given(events, st.integers(FIRST, LAST))
def test_an_event_changes_only_with_news_of_it(found: Event, day: int) -> None:
    cited = publication_days(HEADER.sources)
    if planned_dates(found)[0].announced > day:
        return
    if all(when != day + 1 for when, _ in disclosures(found, cited)):
        assert event_as_known(found, day + 1, cited) == event_as_known(found, day, cited)
    if all(when <= day for when, _ in disclosures(found, cited)):
        assert event_as_known(found, day, cited) == found


@given(events, st.integers(FIRST, LAST))
def test_what_was_known_stays_known(found: Event, day: int) -> None:
    cited = publication_days(HEADER.sources)
    before, after = event_as_known(found, day, cited), event_as_known(found, day + 1, cited)
    for name in ("sources", "quotes", "claims", "postponed"):
        assert len(getattr(before, name)) <= len(getattr(after, name))
    assert before.date == found.date or before.status == "scheduled"
    assert before.status in ("scheduled", found.status)
    if before.status != found.status:
        assert not before.outcome
    announced = [plan.announced for plan in planned_dates(found)]
    assert announced == sorted(announced)
    assert planned_dates(found)[-1].date == found.date
    if found.known is None:
        assert announced[-1] <= day_known(found.date)


def test_what_was_announced_on_the_first_day_of_its_month_is_known_to_have_come() -> None:
    found = event("2024-11", "x", known=parse_date("2024-11-01"), outcome="Done")
    assert (on(found, "2024-11-02").status, on(found, "2024-11-02").outcome) == ("confirmed", "Done")


def test_a_picture_without_a_date_is_not_shown_before_the_event_took_place() -> None:
    found = event("2024-11-06", "x", known=parse_date("2024-10-24"), media=(Media(path="a.jpg"),))
    assert on(found, "2024-11-05").media == ()
    assert on(found, "2024-11-06").media == found.media


@pytest.mark.parametrize(("text", "role"), [("2024-11-06", "Minister"), ("2024-11-07", "")])
def test_a_role_is_held_on_its_last_day(text: str, role: str) -> None:
    held = Role(role="Minister", from_=parse_date("2024-01-01"), until=parse_date("2024-11-06"))
    actor = Actor(name="Ann", role="Minister", roles=(held,))
    assert actor_as_known(actor, day(text), SOURCES).role == role


@pytest.mark.parametrize(("text", "is_told"), [("2024-11-05", False), ("2024-11-06", True)])
def test_the_end_of_an_office_and_a_correction_are_told_from_their_own_day(text: str, is_told: bool) -> None:
    held = Role(role="Minister", from_=parse_date("2024-01-01"), until=parse_date("2024-11-06"))
    (role,) = actor_as_known(Actor(name="Ann", roles=(held,)), day(text), SOURCES).roles
    assert (role.until is not None) == is_told
    correction = Correction(known=parse_date("2024-11-06"), text="It was two ships.")
    source = source_as_known(Source(title="a", corrections=(correction,)), day(text))
    assert bool(source.corrections) == is_told


def test_an_event_put_off_again_after_it_came_has_no_outcome_among_its_statements() -> None:
    put_off = Update(known=parse_date("2024-05-03"), date=parse_date("2024-05-20"))
    found = event(
        "2024-05-20",
        "x",
        outcome="Done",
        outcomes=(Outcome(text="Done", known=parse_date("2024-05-02")),),
        before_updates=BeforeUpdates(date=parse_date("2024-05-01")),
        updates=(put_off,),
    )
    kinds = {
        text: [each.kind for each in known_statements(found, on(found, text), day(text), SOURCES)]
        for text in ("2024-05-02", "2024-05-10", "2024-05-20")
    }
    assert kinds == {
        "2024-05-02": ["event", "outcome"],
        "2024-05-10": ["event", "update"],
        "2024-05-20": ["event", "update", "outcome"],
    }

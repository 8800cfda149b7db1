from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED
from tests.support.screens import TODAY as READ_ON
from tests.support.stories import TODAY, event, quote, story
from timeline_tui.answers.silences import (
    Silence,
    gaps,
    silence_in_brief,
    silence_in_words,
    silence_of,
    silence_reference,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Postponement
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Event

CHOE = "choe-son-hui"
LAST_DAY = event("2024-11-04", "The day on which the story is read")


def of_choe(*dates: str) -> list[Event]:
    return [event(date, f"Choe acts, {number}", actors={CHOE: ""}) for number, date in enumerate(dates)]


def said(view: View, actor: str = CHOE) -> str:
    found = silence_of(view, actor)
    assert found is not None
    return silence_in_words(found)


def dated(day: int) -> str:
    return "{:04}-{:02}-{:02}".format(*to_civil(day))


def test_a_silence_is_compared_with_what_is_usual() -> None:
    view = story(*of_choe("2024-09-28", "2024-10-02", "2024-10-04", "2024-10-08", "2024-10-12"), LAST_DAY)
    found = silence_of(view, CHOE)
    assert found is not None
    assert (
        silence_in_words(found)
        == "last seen 12 October 2024, 23 days ago: unusually long (usual gap: 4 days)"
    )
    assert found[:5] == (parse_date("2024-10-12").earliest, 23, 4, True, TODAY)
    assert view.event(found.key).title == "Choe acts, 4"


@pytest.mark.parametrize(
    ("every", "silent", "is_unusual"),
    [
        (1, 6, False),
        (1, 7, True),
        (2, 7, True),
        (3, 9, False),
        (3, 10, True),
        (10, 30, False),
        (10, 31, True),
    ],
)
def test_unusual_is_more_than_three_times_as_long_and_a_week(
    every: int, silent: int, is_unusual: bool
) -> None:
    last = TODAY - silent
    found = silence_of(story(*of_choe(*(dated(last - every * step) for step in range(4))), LAST_DAY), CHOE)
    assert found is not None
    assert (found.usual, found.days, found.is_unusual) == (every, silent, is_unusual)


def test_one_long_silence_does_not_change_what_is_usual() -> None:
    view = story(*of_choe("2020-01-01", "2024-10-01", "2024-10-03", "2024-10-05", "2024-10-07"), LAST_DAY)
    assert said(view) == "last seen 7 October 2024, 28 days ago: unusually long (usual gap: 2 days)"


def test_several_events_on_one_day_count_once() -> None:
    dates = ["2024-10-01"] * 5 + ["2024-10-11", "2024-10-21", "2024-10-31"]
    words = "last seen 31 October 2024, 4 days ago (usual gap: 10 days)"
    assert said(story(*of_choe(*dates), LAST_DAY)) == words


@pytest.mark.parametrize("dates", [["2024-11-01"], ["2024-10-28", "2024-10-30", "2024-11-01"]])
def test_too_few_days_have_no_usual_gap(dates: list[str]) -> None:
    assert said(story(*of_choe(*dates), LAST_DAY)) == "last seen 1 November 2024, 3 days ago"


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2024-11-03"], "last seen 3 November 2024, 1 day ago"),
        (["2024-11-04"], "last seen 4 November 2024, this very day"),
        (["2024-10-28", "2024-10-29", "2024-10-30", "2024-10-31"],
         "last seen 31 October 2024, 4 days ago (usual gap: 1 day)"),
        (["2024-10-28", "2024-10-30", "2024-11-02", "2024-11-04"],
         "last seen 4 November 2024, this very day (usual gap: 2 days)"),
        (["2024-10-01", "2024-10-03", "2024-10-06", "2024-10-08", "2024-10-11"],
         "last seen 11 October 2024, 24 days ago: unusually long (usual gap: 2.5 days)"),
        (["2004-10-01", "2004-10-03", "2004-10-05", "2004-10-07"],
         "last seen 7 October 2004, 20 years ago: unusually long (usual gap: 2 days)"),
    ],
)  # fmt: skip
def test_lengths_are_given_as_people_give_them(dates: list[str], words: str) -> None:
    assert said(story(*of_choe(*dates), LAST_DAY)) == words


def test_after_the_end_of_the_story_there_is_no_silence() -> None:
    view = story(*of_choe("2022-01-01", "2022-01-03"), event("2022-01-13", "The last event"))
    assert said(view) == "last seen 3 January 2022, 10 days before the story ends"
    found = silence_of(view, CHOE)
    assert found is not None
    assert silence_in_brief(found) == "silent for 10 days"
    assert said(story(*of_choe("2022-01-13"))) == "last seen 13 January 2022, the day the story ends"


def test_a_plan_for_the_future_does_not_prolong_the_story() -> None:
    view = story(*of_choe("2022-01-03"), event("2022-01-13", "The last event"), event("2030-01-01", "A plan"))
    assert said(view) == "last seen 3 January 2022, 10 days before the story ends"


def test_a_filter_does_not_change_where_the_story_ends() -> None:
    view = story(*of_choe("2022-01-03"), event("2022-01-13", "The last event"))
    filtered = view.with_query(parse_query("Choe", view.vocabulary).query)
    assert filtered.count == 1
    assert said(filtered) == "last seen 3 January 2022, 10 days before the story ends"


def test_an_event_outside_the_filter_does_not_count() -> None:
    view = story(*of_choe("2024-10-01", "2024-11-01"), LAST_DAY)
    filtered = view.with_query(parse_query("until:2024-10", view.vocabulary).query)
    assert said(filtered) == "last seen 1 October 2024, 34 days ago"


def test_as_known_on_a_day_silences_are_measured_from_it() -> None:
    view = story(*of_choe("2022-01-01", "2022-01-20"), event("2022-03-01", "The last event"))
    assert said(view.known_by(parse_date("2022-01-11").earliest)) == "last seen 1 January 2022, 10 days ago"
    assert said(view.known_by(parse_date("2023-01-01").earliest)) == said(view)
    assert said(view).endswith("before the story ends")


def test_as_known_on_a_day_silences_use_the_dates_known_then() -> None:
    visit = event(
        "2024-06-01",
        "A visit",
        actors={CHOE: ""},
        known=parse_date("2024-03-01"),
        postponed=(Postponement(date=parse_date("2024-01-20"), known=parse_date("2024-01-01")),),
    )
    view = story(visit, *of_choe("2024-01-02", "2024-01-10"), LAST_DAY)
    then = view.known_by(parse_date("2024-02-01").earliest)
    assert said(then) == "last seen 20 January 2024, 12 days ago"
    assert said(view.known_by(parse_date("2024-01-19").earliest)) == "last seen 10 January 2024, 9 days ago"
    vague = event(
        "2024-06-01",
        "A visit",
        actors={CHOE: ""},
        known=parse_date("2024-03-01"),
        postponed=(Postponement(date=parse_date("2023"), known=parse_date("2023-01-01")),),
    )
    assert said(story(vague, LAST_DAY).known_by(parse_date("2024-02-01").earliest)) == (
        "last seen 2023, no closer date"
    )


def test_an_event_in_the_future_does_not_count() -> None:
    assert silence_of(story(*of_choe("2024-12-01"), LAST_DAY), CHOE) is None
    assert (
        said(story(*of_choe("2024-11-01", "2024-12-01"), LAST_DAY)) == "last seen 1 November 2024, 3 days ago"
    )
    assert silence_of(story(LAST_DAY), CHOE) is None
    assert silence_of(story(), "nobody") is None


def test_an_event_that_was_called_off_does_not_count_except_for_those_quoted_in_it() -> None:
    off = event("2024-11-01", "A visit", status="cancelled", actors={CHOE: "", "lavrov": ""})
    off_with_words = event(
        "2024-11-02", "A call", status="postponed", actors={CHOE: ""}, quotes=(quote("lavrov", "Later."),)
    )
    view = story(*of_choe("2024-10-30"), off, off_with_words, LAST_DAY)
    assert said(view) == "last seen 30 October 2024, 5 days ago"
    assert said(view, "lavrov") == "last seen 2 November 2024, 2 days ago"


def test_an_actor_is_last_seen_on_the_last_day_that_the_date_can_mean() -> None:
    assert said(story(*of_choe("2024-10-28/2024-10-30"), LAST_DAY)) == (
        "last seen 28–30 October 2024, 5 days ago"
    )
    assert said(story(*of_choe("2024-10"), LAST_DAY)) == "last seen October 2024, 4 days ago"
    assert said(story(*of_choe("2024-11"), LAST_DAY)) == "last seen November 2024, this very day"


def test_a_date_of_a_year_neither_counts_as_a_gap_nor_hides_a_more_exact_date() -> None:
    days = ["2024-10-01", "2024-10-05", "2024-10-09", "2024-10-13"]
    with_years = story(*of_choe("2010", "2021", "2024", "2022-02-24/..", "../2020", *days), LAST_DAY)
    assert said(with_years) == said(story(*of_choe(*days), LAST_DAY))


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2024"], "last seen 2024, no closer date"),
        (["2020", "2023~"], "last seen about 2023, no closer date"),
        (["2020-01-05", "2023"], "last seen 2023, no closer date"),
        (["2022-02-24/.."], "last seen from 24 February 2022 on, no closer date"),
        (["../2020"], "last seen until 2020, no closer date"),
    ],
)
def test_a_rough_date_is_shown_as_it_is_written(dates: list[str], words: str) -> None:
    view = story(*of_choe(*dates), LAST_DAY)
    found = silence_of(view, CHOE)
    assert found is not None
    assert silence_in_words(found) == words
    assert not found.is_unusual
    assert found.days >= 0


def test_a_story_of_years_ends_in_its_last_year() -> None:
    view = story(*of_choe("1990-05-05"), event("1995", "Something"))
    assert silence_reference(view)[:2] == (parse_date("1995-01-01").earliest, True)
    assert said(view) == "last seen 5 May 1990, 5 years before the story ends"


def test_dates_are_counted_from_a_day_if_the_view_counts_them() -> None:
    view = story(*of_choe("2023"), LAST_DAY).counted_from(parse_date("2024-01-01").earliest)
    assert "2023" not in said(view)


@given(st.lists(st.integers(-(10**6), 10**6)))
def test_gaps_lead_from_the_first_day_to_the_last(days: list[int]) -> None:
    found = gaps(days)
    assert len(found) == max(len(set(days)) - 1, 0)
    assert all(gap > 0 for gap in found)
    assert sum(found) == (max(days) - min(days) if days else 0)


@given(st.lists(st.integers(TODAY - 400, TODAY + 50), min_size=1, max_size=12), st.integers(0, 400))
def test_a_silence_is_arithmetic_on_the_days_of_events(days: list[int], end: int) -> None:
    view = story(*of_choe(*map(dated, days)), event(dated(TODAY - end), "The story goes on"))
    found = silence_of(view, CHOE)
    past = sorted({day for day in days if day <= TODAY})
    if not past:
        assert found is None
        return
    reference = max(TODAY - end, past[-1])
    between = [later - earlier for earlier, later in pairwise(past)]
    usual = median(between) if len(between) >= 3 else None
    silent = reference - past[-1]
    assert found is not None
    assert found[:3] == (past[-1], silent, usual)
    assert found.is_unusual == (usual is not None and silent > 3 * usual and silent >= 7)
    assert (found.reference, found.is_over) == (reference, reference < TODAY)


@given(
    st.integers(0, 10**13),
    st.none() | st.integers(1, 10**13).map(lambda twice: twice / 2),
    st.booleans(),
)
def test_every_silence_has_words(days: int, usual: float | None, is_over: bool) -> None:
    silence = Silence(-days, days, usual, is_unusual=False, reference=0, is_over=is_over, key=0, date="then")
    assert silence_in_words(silence).startswith("last seen then, ")
    for words in (silence_in_words(silence), silence_in_brief(silence)):
        assert ("usual" in words) == (usual is not None)
        assert "e+" not in words


def test_the_bundled_story_ends_in_2025() -> None:
    view = View(open_timeline(BUNDLED, today=READ_ON).index, today=READ_ON)
    reference = silence_reference(view)
    assert view.day_in_words(reference.reference) == "28 April 2025"
    assert reference.is_over
    found = silence_of(view, "choe-son-hui", reference)
    assert found is not None
    assert silence_in_words(found) == (
        "last seen 4 November 2024, 175 days before the story ends: unusually long (usual gap: 22.5 days)"
    )
    troops = silence_of(view, "north-korean-troops", reference)
    assert troops is not None
    assert (troops.days, troops.is_unusual, found.is_unusual) == (0, False, True)

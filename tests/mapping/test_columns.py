"""What columns are taken for, by their names and what they hold, and what a person may change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.errors import UsageError
from timeline_tui.mapping.columns import Mapping, check_names, choices, decide, explain, filled_in
from timeline_tui.mapping.fields import compiled
from timeline_tui.mapping.walk import flat_entry

ROWS = [
    {"Was": "Treffen in Rom", "Дата": "2021-03-04", "kind": "talk", "lat": "41.9", "who": "Anna Bauer"},
    {"Was": "Abreise", "Дата": "2021-03-05", "kind": "travel", "lat": "41.9", "who": "Max Frisch"},
    {"Was": "Ankunft", "Дата": "2021-03-06", "kind": "travel", "lat": "48.1", "who": ""},
]
NAMES = list(ROWS[0])


def taken(mapping: Mapping) -> dict[str, str | None]:
    return {column.name: column.taken_for for column in mapping.columns}


def test_a_column_of_dates_is_known_by_what_it_holds_in_any_language() -> None:
    mapping = decide(NAMES, ROWS)
    assert taken(mapping)["Дата"] == "date"
    assert mapping.columns[1].why == "3 of 3 values are dates"
    events = [compiled(mapping, ROWS, "csv").event(flat_entry(dict(row))) for row in ROWS]
    assert [event["date"] for event in events] == ["2021-03-04", "2021-03-05", "2021-03-06"]


def test_columns_are_known_by_their_names_if_what_they_hold_fits() -> None:
    found = taken(decide(NAMES, ROWS))
    assert (found["kind"], found["lat"], found["who"]) == ("kind", "lat", "actors")
    assert taken(decide(["lat"], [{"lat": "north"}]))["lat"] is None


def test_what_a_person_chooses_comes_before_what_was_guessed() -> None:
    mapping = decide(
        ["date", "seen", "title"], [{"date": "2020", "seen": "2021", "title": "A"}], {"date": "seen"}
    )
    assert taken(mapping) == {"date": None, "seen": "date", "title": "title"}
    event = compiled(mapping, [], "csv").event(flat_entry({"date": "2020", "seen": "2021", "title": "A"}))
    assert event == {"date": "2021", "title": "A", "csv-date": "2020"}


def test_a_title_can_be_made_of_several_columns() -> None:
    mapping = decide(["date", "kind", "place"], [], choices(["title={kind}: {place}"]))
    maker = compiled(mapping, [{"date": "2020"}], "csv")
    event = maker.event(flat_entry({"date": "2020", "kind": "Raid", "place": "Lyon"}))
    assert (event["title"], event["kind"], event["place"]) == ("Raid: Lyon", "Raid", "Lyon")


@pytest.mark.parametrize(
    ("template", "title"),
    [("{a}: {b}", "x: y"), ("{a}: {c}", "x"), ("{c}: {b}", "y"), ("{c}", ""), ("({a})", "(x)")],
)
def test_what_stands_before_a_missing_value_is_left_out_with_it(template: str, title: str) -> None:
    assert filled_in(template, {"a": "x", "b": "y", "c": ""}) == title


@pytest.mark.parametrize("text", ["date", "dat=x", "=x"])
def test_a_choice_that_says_nothing_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        choices([text])


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    mapping = decide(["date", "occurred_at"], [], {"date": "ocurred_at"})
    with pytest.raises(UsageError, match="occurred_at"):
        check_names(mapping)


def test_each_column_is_explained_with_why_what_else_and_some_values() -> None:
    lines = list(explain(decide(NAMES, ROWS)))
    assert "Дата: the date (3 of 3 values are dates)" in lines
    assert "    holds: talk | travel" in lines


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("time_precision", "2", "it says how exact the dates beside it are"),
        ("fatalities_best", "", "it is empty"),
        ("xyz", "17", "neither its name nor its values say more"),
    ],
)
def test_it_is_said_why_a_column_is_kept_as_a_field_of_its_own(name: str, value: str, why: str) -> None:
    (column,) = (each for each in decide([*NAMES, name], [{**row, name: value} for row in ROWS]).columns[-1:])
    assert (column.taken_for, column.why) == (None, why)


@given(
    st.lists(st.times(timezones=st.none()).map(lambda each: each.strftime("%H:%M:%S")), min_size=1),
    st.booleans(),
)
def test_times_of_day_belong_to_the_days_beside_them_unless_all_are_midnight(
    times: list[str], chosen: bool
) -> None:
    rows = [{"day of it": "2021-03-04", "clock": time, "what": "A"} for time in times]
    mapping = decide(list(rows[0]), rows, {"time": "clock"} if chosen else None)
    maker = compiled(mapping, rows, "csv")
    made = [maker.event(flat_entry(dict(row))) for row in rows]
    if chosen or any(time != "00:00:00" for time in times):
        assert [event["date"] for event in made] == [f"2021-03-04T{time}" for time in times]
        assert not any("clock" in event for event in made)
    else:
        assert {event["date"] for event in made} == {"2021-03-04"}


@given(st.lists(st.dates(min_value=date(1000, 1, 1)), min_size=1), st.sampled_from(["known", "learned"]))
def test_a_column_says_when_events_became_known(days: list[date], name: str) -> None:
    rows = [{"date": "0950", name: day.isoformat(), "what": "A"} for day in days]
    mapping = decide(list(rows[0]), rows, {"known": name})
    maker = compiled(mapping, rows, "csv")
    made = [maker.event(flat_entry(dict(row))) for row in rows]
    assert made == [{"date": "0950", "known": day.isoformat(), "title": "A"} for day in days]

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import BEGINNING, parse_date
from timeline_tui.timeline.breaks import Break, RowLayout, find_breaks


def breaks(*texts: str) -> list[tuple[int, str, str]]:
    dates = sorted((parse_date(text) for text in texts), key=lambda date: date.key)
    found = find_breaks([date.earliest for date in dates], [date.latest for date in dates])
    return [(place.before, place.kind, place.label) for place in found]


@st.composite
def layouts(draw: st.DrawFn) -> RowLayout:
    count = draw(st.integers(1, 30))
    befores = sorted(draw(st.lists(st.integers(0, count - 1), max_size=20)))
    return RowLayout(count, [Break(before, "year", "", 0) for before in befores])


@given(layouts())
def test_every_row_is_one_event_or_one_break(layout: RowLayout) -> None:
    rows = [layout.at(row) for row in range(layout.rows)]
    assert [place for place in rows if isinstance(place, int)] == list(range(layout.count))
    assert [place for place in rows if isinstance(place, Break)] == list(layout.breaks)


@given(layouts())
def test_an_event_is_found_on_its_row_with_its_breaks_above_it(layout: RowLayout) -> None:
    for position in range(layout.count):
        row = layout.row_of(position)
        assert layout.at(row) == position
        above = sum(place.before == position for place in layout.breaks)
        assert all(isinstance(layout.at(row - step), Break) for step in range(1, above + 1))


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=40).map(sorted), st.integers(0, 3))
def test_turned_round_the_same_headings_stand_above_the_same_events(days: list[int], undated: int) -> None:
    earliest = [*[BEGINNING] * undated, *days]
    breaks_ = find_breaks(earliest, earliest)
    old, new = RowLayout(len(earliest), breaks_), RowLayout(len(earliest), breaks_, newest=True)
    rows = [new.at(row) for row in range(new.rows)]
    assert [place for place in rows if isinstance(place, int)] == list(range(len(earliest)))[::-1]
    assert headings(old) == {
        position: label for position, label in headings(new).items() if position >= undated
    }
    assert silences(old) == silences(new)
    for position in range(len(earliest)):
        assert new.at(new.row_of(position)) == position


def headings(layout: RowLayout) -> dict[int, str]:
    """By position, the heading that an event stands under."""
    found, label = {}, ""
    for row in range(layout.rows):
        place = layout.at(row)
        if isinstance(place, int):
            found[place] = label
        elif place.kind != "silence":
            label = place.label
    return {position: label for position, label in found.items() if label}


def silences(layout: RowLayout) -> set[tuple[frozenset[int], str]]:
    """Each silence with the events above and below it."""
    events = [(row, place) for row in range(layout.rows) if isinstance(place := layout.at(row), int)]
    found = set()
    for row in range(layout.rows):
        place = layout.at(row)
        if not isinstance(place, int) and place.kind == "silence":
            above = max(each for each in events if each[0] < row)[1]
            below = min(each for each in events if each[0] > row)[1]
            found.add((frozenset((above, below)), place.label))
    return found


def test_from_the_newest_on_the_next_break_is_further_down() -> None:
    layout = RowLayout(6, [Break(0, "year", "2023", 0), Break(3, "year", "2024", 0)], newest=True)
    assert [layout.beyond_break(position, 1) for position in (5, 3, 2)] == [2, 2, 0]
    assert [layout.beyond_break(position, -1) for position in (0, 2, 4)] == [2, 5, 5]


def test_a_row_outside_of_the_list_is_an_error() -> None:
    layout = RowLayout(2, ())
    for row in (-1, 2):
        with pytest.raises(IndexError):
            layout.at(row)


def test_a_list_without_events_has_no_breaks() -> None:
    assert find_breaks([], []) == ()


def test_years_are_headings_where_they_change() -> None:
    dates = [f"{year}-{month:02}-15" for year in (2022, 2024) for month in range(1, 13)]
    assert [place for place in breaks(*dates) if place[1] == "year"] == [
        (0, "year", "2022"),
        (12, "year", "2024"),
    ]


def test_a_silence_comes_before_the_heading_of_the_period_that_ends_it() -> None:
    dates = [f"2022-01-{day:02}" for day in range(1, 31)] + ["2023-01-10"]
    assert breaks(*dates) == [
        (0, "year", "2022"),
        (30, "silence", "11 months without an entry"),
        (30, "year", "2023"),
    ]


def test_there_is_no_silence_in_which_an_imprecise_date_may_be() -> None:
    dates = [f"2022-01-{day:02}" for day in range(1, 31)] + ["2022", "2022-12-30"]
    assert not [place for place in breaks(*dates) if place[1] == "silence"]


def test_less_than_a_week_is_not_a_silence() -> None:
    dates = [f"2022-01-01T{hour:02}:00:00" for hour in range(24)] + ["2022-01-07"]
    assert not [place for place in breaks(*dates) if place[1] == "silence"]


def test_days_are_headings_within_one_month() -> None:
    dates = ["2024-11-01"] * 20 + ["2024-11-03"] * 20
    assert breaks(*dates) == [(0, "day", "1 November 2024"), (20, "day", "3 November 2024")]


def test_months_are_headings_within_one_year() -> None:
    dates = ["2024-01-05"] * 10 + ["2024-02"] * 10 + ["2024-11-30"] * 10
    assert [label for _, kind, label in breaks(*dates) if kind == "month"] == [
        "January 2024", "February 2024", "November 2024",
    ]  # fmt: skip


def test_no_heading_is_more_precise_than_the_dates_below_it() -> None:
    assert breaks("1990", "1990-01-05", "1990-01-06", "1990-01-09") == [(0, "year", "1990")]


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        (range(1901, 1999, 2), [f"{year}s" for year in range(1900, 2000, 10)]),
        (range(1000, 2000, 25), [f"{n}th century" for n in range(11, 21)]),
        (range(-98, 100, 40), ["1st century BC", "1st century"]),
        (range(-12, 8, 4), ["10s BC", "0s BC", "0s"]),
    ],
)
def test_longer_periods_divide_longer_stories(years: range, labels: list[str]) -> None:
    found = breaks(*(f"{year:05}" if year < 0 else f"{year:04}" for year in years))
    assert [label for _, kind, label in found if kind != "silence"] == labels


def test_the_age_of_the_universe_takes_few_headings() -> None:
    found = breaks("Y-13800000000", "Y-4540000000", "Y-3700000000", "Y-66000000", "Y-300000", "1969")
    assert len(found) <= 3


def test_an_event_without_a_start_has_no_heading() -> None:
    assert breaks("../2020", "2021-05-01") == [(1, "year", "2021")]


@given(st.lists(st.tuples(st.integers(-(10**7), 10**7), st.integers(0, 4000)), min_size=1))
def test_breaks_are_ordered_few_and_silences_are_empty(events: list[tuple[int, int]]) -> None:
    events.sort()
    earliest = [BEGINNING, *(start for start, _ in events)]
    reached = [BEGINNING, *(start + length for start, length in events)]
    found = find_breaks(earliest, reached)
    assert [place.before for place in found] == sorted(place.before for place in found)
    assert sum(place.kind != "silence" for place in found) <= max(len(earliest) // 3, 3)
    so_far = list(accumulate(reached, max))
    for place in found:
        if place.kind == "silence":
            assert place.days == earliest[place.before] - so_far[place.before - 1] - 1 >= 7


def test_one_day_is_headed_by_its_year() -> None:
    assert breaks("2024-11-06T10:00:00", "2024-11-06T11:00:00") == [(0, "year", "2024")]

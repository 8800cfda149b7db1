"""Day numbers agree with the standard library where it goes, and with themselves beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.day_numbers import add_months, days_in_month, from_civil, is_leap, to_civil, weekday

if TYPE_CHECKING:
    from datetime import date

any_day = st.integers(-(10**18), 10**18)
any_year = st.integers(-(10**15), 10**15)
any_month = st.integers(1, 12)


@given(st.dates())
def test_days_are_numbered_as_by_the_standard_library(day: date) -> None:
    number = day.toordinal()
    assert from_civil(day.year, day.month, day.day) == number
    assert to_civil(number) == (day.year, day.month, day.day)
    assert weekday(number) == day.weekday()


@given(any_day)
def test_every_day_number_has_one_calendar_day(number: int) -> None:
    assert from_civil(*to_civil(number)) == number


@given(any_year, any_month, st.data())
def test_every_calendar_day_has_one_number(year: int, month: int, data: st.DataObject) -> None:
    day = data.draw(st.integers(1, days_in_month(year, month)))
    assert to_civil(from_civil(year, month, day)) == (year, month, day)


@given(any_day)
def test_the_calendar_goes_on_without_a_gap(number: int) -> None:
    year, month, day = to_civil(number)
    following = to_civil(number + 1)
    if day < days_in_month(year, month):
        assert following == (year, month, day + 1)
    else:
        assert following == ((year + 1, 1, 1) if month == 12 else (year, month + 1, 1))


@given(any_year)
def test_a_year_has_365_days_or_366_if_it_is_a_leap_year(year: int) -> None:
    assert from_civil(year + 1, 1, 1) - from_civil(year, 1, 1) == (366 if is_leap(year) else 365)
    assert sum(days_in_month(year, month) for month in range(1, 13)) == (366 if is_leap(year) else 365)


def test_the_year_before_year_one_is_year_zero_and_a_leap_year() -> None:
    assert to_civil(0) == (0, 12, 31)
    assert from_civil(0, 2, 29) == -306


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0), (1, 32)])
@pytest.mark.parametrize("year", [-44, 2024, 17_000])
def test_a_day_that_does_not_exist_has_no_number(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match=r"month|day"):
        from_civil(year, month, day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2023, 1, 31), 1, (2023, 2, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2024, 1, 15), -1, (2023, 12, 15)),
        ((2024, 11, 6), 14, (2026, 1, 6)),
        ((1, 1, 1), -12, (0, 1, 1)),
    ],
)
def test_months_are_added_within_the_length_of_a_month(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert to_civil(add_months(from_civil(*start), months)) == end


@given(any_day, st.integers(-(10**6), 10**6))
def test_adding_months_moves_by_that_many_months(number: int, months: int) -> None:
    year, month, day = to_civil(number)
    later_year, later_month, later_day = to_civil(add_months(number, months))
    assert (later_year - year) * 12 + later_month - month == months
    assert later_day == min(day, days_in_month(later_year, later_month))

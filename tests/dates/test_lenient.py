"""Dates as other people write them, alone and in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import (
    edtf_of,
    edtf_of_all,
    edtf_of_column,
    interval_between,
    is_kept_in_full,
    with_precision,
)

if TYPE_CHECKING:
    from datetime import date, datetime


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2021-03", "2021-03"),
        ("March 2021", "2021-03"),
        ("c. 1990", "1990~"),
        ("circa March 1990", "1990-03~"),
        ("1831–1836", "1831/1836"),
        ("1914–18", "1914/1918"),
        ("2001–09", "2001/2009"),
        ("1939-45", "1939/1945"),
        ("~4004 BC", "-4003~"),
        ("ca. 3000 B.C.E.", "-2999~"),
        ("-500", "-0499"),
        ("65 mya", "Y-65000000"),
        ("31 Aug 2026 00:00 CEST", "2026-08-31T00:00+02:00"),
        ("Early 1985", "1985-37"),
        ("early March 2020", "2020-03-01/2020-03-10"),
        ("late 19th century", "1867/1899"),
        ("2021-03-04 10:00:00+00:00", "2021-03-04T10:00:00+00:00"),
        ("2017-03-01 00:00:00 +0000 UTC", "2017-03-01T00:00:00+00:00"),
        ("2024-11-06T10:30:00.123456Z", "2024-11-06T10:30:00.123456Z"),
        ("20240106T103000Z", "2024-01-06T10:30:00Z"),
        ("20210304", "2021-03-04"),
        ("May 2019", "2019-05"),
        ("Mon, 01 Jan 2024 10:00:00 GMT", "2024-01-01T10:00:00Z"),
        ("Tue Nov  5 12:00:00 2024", "2024-11-05T12:00:00"),
        ("Thursday, November 6, 2024 at 10:30 AM", "2024-11-06T10:30"),
        ("Dec. 7, 1941, 12:48 a.m.", "1941-12-07T00:48"),
        ("November 12-16, 2024", "2024-11-12/2024-11-16"),
        ("January 1, 2024 – Present", "2024-01-01/.."),
        ("circa 1990-1995", "1990~/1995~"),
        ("1990s–2000s", "199X/200X"),
        ("before 1900", "[..1899]"),
        ("by 1900", "[..1900]"),
        ("2024-Q3", "2024-35"),
        ("2024-W05", "2024-01-29/2024-02-04"),
        ("2024-06-00", "2024-06"),
        ("1066 (approx.)", "1066~"),
        ("On March 3, 1999", "1999-03-03"),
        ("Februry 18, 2005", "2005-02-18"),
        ("4. März 2021", "2021-03-04"),
        ("1er janvier 2020", "2020-01-01"),
        ("15 de marzo de 2020", "2020-03-15"),
        ("5 ноября 2024", "2024-11-05"),
        ("2021年3月4日", "2021-03-04"),
        ("03.04.2021", "2021-04-03"),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, edtf: str) -> None:
    assert edtf_of(written) == edtf


@pytest.mark.parametrize(
    "written",
    [
        "",
        "03/04/2021",
        "1/2/20",
        "TBD",
        "?",
        "today",
        "May",
        "12",
        "v1.2",
        "36",
        "10:30",
        "2024-13-45",
        "1 " * 99,
    ],
)
def test_an_ambiguous_date_is_not_made_a_single_date(written: str) -> None:
    assert edtf_of(written) == ""


@pytest.mark.parametrize(
    "written",
    [
        "30/02/2024",
        "29/02/2023",
        "02/30/2024",
        "04/31/2024",
        "29-02-2023",
        "30/02/2024 10:00",
        "c. 30/02/2024",
        "Mon 30/02/2024",
    ],
)
def test_a_day_that_does_not_exist_is_neither_its_month_nor_a_season(written: str) -> None:
    assert edtf_of(written) == ""
    assert edtf_of_all([written, "13/01/2024"]) == ["", "2024-01-13"]


def test_one_date_that_can_only_be_month_first_decides_for_its_column() -> None:
    column = edtf_of_column(["03/04/2021", "03/24/2021", ""])
    assert column.dates == ["2021-03-04", "2021-03-24", ""]
    assert column.guess == "dates like 03/04/2021 are read month first, as 1 other must be"
    assert edtf_of_all(["03/04/2021 10:00", "24/03/2021 11:00"]) == ["2021-04-03T10:00", "2021-03-24T11:00"]


def test_dates_that_contradict_the_others_of_their_column_are_named() -> None:
    column = edtf_of_column(["13/02/2024", "01/02/2024", "14/02/2024", "02/15/2024"])
    assert column.dates == ["2024-02-13", "2024-02-01", "2024-02-14", "2024-02-15"]
    assert column.guess == (
        "dates like 01/02/2024 are read day first, as 2 others must be, "
        "though 1 can only be month first, such as 02/15/2024"
    )


def test_the_order_of_a_column_decides_what_its_dates_do_not() -> None:
    column = edtf_of_column(["01/12/2020", "03/02/2021", "04/01/2021"])
    assert column.dates == ["2020-01-12", "2021-03-02", "2021-04-01"]
    assert column.guess.endswith("month first, because then they are in order")


def test_an_ambiguous_date_without_any_hint_is_one_of_two() -> None:
    column = edtf_of_column(["03/04/2021"])
    assert column.dates == ["[2021-03-04,2021-04-03]"]
    assert "day first or month first" in column.guess


def test_two_digit_years_are_a_reported_guess() -> None:
    column = edtf_of_column(["1/2/20", "3/14/21"])
    assert column.dates == ["2020-01-02", "2021-03-14"]
    assert column.guess.startswith("two-digit years")


def test_a_column_decides_between_bc_and_astronomical_and_between_quarters_and_ranges() -> None:
    assert edtf_of_all(["-4000", "-500"]) == ["-3999", "-0499"]
    assert edtf_of_all(["-4000"]) == ["-4000"]
    assert edtf_of_all(["1831-36", "1914-18"]) == ["1831/1836", "1914/1918"]
    assert edtf_of_all(["1831-36"]) == ["1831-36"]


def test_a_column_of_large_numbers_counts_seconds() -> None:
    assert edtf_of_all(["1700000000", ""]) == ["2023-11-14T22:13:20Z", ""]
    assert edtf_of("1700000000") == ""


@pytest.mark.parametrize(
    ("edtf", "precision", "cut"),
    [
        ("2021-01-01", "year", "2021"),
        ("2021-03-04T10:00", "month", "2021-03"),
        ("2021-03-04T10:00Z", "day", "2021-03-04"),
        ("1985-05-05", "decade", "198X"),
        ("2021-01-01/2022-01-01", "year", "2021/2022"),
        ("2021-03-04", "approximate", "2021-03-04~"),
        ("1993~", "contested", "1993%"),
        ("2021-03-04", "exact", "2021-03-04"),
        ("198X", "year", "198X"),
        ("", "year", ""),
    ],
)
def test_a_date_is_no_more_precise_than_the_word_beside_it(edtf: str, precision: str, cut: str) -> None:
    assert with_precision(edtf, precision) == cut


def test_an_interval_that_would_end_before_its_start_is_refused() -> None:
    assert interval_between("2024-01", "2024-03-02") == "2024-01/2024-03-02"
    assert interval_between("2024-01", "..") == "2024-01/.."
    assert interval_between("2024-01-01", "2024-01-01") == "2024-01-01"
    assert interval_between("2024-03", "2023-03") == ""


def test_it_is_known_whether_edtf_expresses_all_that_was_written() -> None:
    assert is_kept_in_full("August 6, 1991")
    assert is_kept_in_full("31 Aug 2026 00:00 CEST")
    assert not is_kept_in_full("Early 1985")
    assert not is_kept_in_full("March 2020 (announced)")


@given(st.text(alphabet="0123456789 -/.,:~?cBbCAaDdEeTZ+mayjunUuXx()[]{}–'", max_size=30))
def test_everything_that_is_read_is_a_valid_date(text: str) -> None:
    for edtf in (edtf_of(text), *edtf_of_all([text, "13/04/2021"])):
        if edtf:
            parse_date(edtf)
            parse_date(with_precision(edtf, "contested"))
            parse_date(with_precision(edtf, "year"))


@given(st.dates())
def test_every_notation_of_a_day_means_that_day(day: date) -> None:
    english = day.strftime("%B")
    for written in (f"{day.day} {english} {day.year:04}", f"{english} {day.day}, {day.year:04}", str(day)):
        assert edtf_of(written) == str(day)


@given(
    st.datetimes(),
    st.sampled_from(["%d/%m/%Y, %H:%M", "%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y, %H:%M"]),
)
def test_a_day_in_numbers_with_a_time_means_what_the_day_means(at: datetime, form: str) -> None:
    text = at.strftime(form)
    day, time = re.split(",? ", text, maxsplit=1)
    days = edtf_of_column([day])
    clock = f"{at:%H:%M}" if "%S" not in form else f"{at:%H:%M:%S}"
    (found,) = edtf_of_column([text]).dates
    assert time
    if len(at.strftime("%Y")) == 4 and days.dates[0]:
        parts = days.dates[0].strip("[]").split(",")
        timed = [f"{part}T{clock}" for part in parts]
        assert found == (timed[0] if len(timed) == 1 else f"[{','.join(timed)}]")


@pytest.mark.parametrize("text", ["a \\u - 4 May 2020", "\\1 to 5 May 2020", "\\g<9> - 2020"])
def test_a_backslash_in_a_range_of_dates_is_no_syntax(text: str) -> None:
    assert edtf_of(text) == ""

"""Dates as people write and type them."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import BEGINNING, END, DateError, parse_date
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.dates.informal import suggestions
from timeline_tui.dates.typed import EXAMPLES, read_typed, suggest_edtf

TODAY = from_civil(2024, 11, 7)  # a Thursday
BASE = from_civil(2023, 1, 31)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Nov 1, 2024", "2024-11-01"),
        ("November 1st, 2024", "2024-11-01"),
        ("the 1st of November 2024", "2024-11-01"),
        ("6 November 2024", "2024-11-06"),
        ("6nov2024", "2024-11-06"),
        ("06-Nov-2024", "2024-11-06"),
        ("Wed, 6 Nov. 2024", "2024-11-06"),
        ("2024 Nov 6", "2024-11-06"),
        ("  SEPT   2024 ", "2024-09"),
        ("2024/11/01", "2024-11-01"),
        ("2024.11.01", "2024-11-01"),
        ("2024-11-6", "2024-11-06"),
        ("20241106", "2024-11-06"),
        ("2024/11", "2024-11"),
        ("11/2024", "2024-11"),
        ("13.11.2024", "2024-11-13"),
        ("11/13/2024", "2024-11-13"),
        ("5/5/2024", "2024-05-05"),
        ("2024-11-06 10:30", "2024-11-06T10:30"),
        ("2024-11-06 10:30:05.123 UTC", "2024-11-06T10:30:05.123Z"),
        ("2024-11-06T10:30:05+0200", "2024-11-06T10:30:05+02:00"),
        ("c. 1990", "1990~"),
        ("about 1990?", "1990%"),
        ("perhaps May 1990", "1990-05?"),
        ("1990s", "199X"),
        ("the 1990's", "199X"),
        ("19th century", "18XX"),
        ("5th century B.C.", "-04XX"),
        ("44 BC", "-0043"),
        ("-44 BCE", "-0043"),
        ("15 March 44 BC", "-0043-03-15"),
        ("1 BC", "0000"),
        ("AD 70", "0070"),
        ("70 CE", "0070"),
        ("17,000 BC", "Y-17000"),
        ("66 million years ago", "Y-66000000"),
        ("13.8 billion BC", "Y-13800000000"),
        ("spring 2024", "2024-21"),
        ("winter 2024/25", "2024-24"),
        ("Q4 2024", "2024-36"),
        ("4th quarter of 2024", "2024-36"),
        ("second half of 2024", "2024-41"),
        ("October 23-27, 2022", "2022-10-23/2022-10-27"),
        ("23–27 October 2024", "2024-10-23/2024-10-27"),
        ("September, 7-8, 2023", "2023-09-07/2023-09-08"),
        ("October 28 - November 1, 2024", "2024-10-28/2024-11-01"),
        ("October to December 2024", "2024-10/2024-12"),
        ("between 2022 and 2024", "2022/2024"),
        ("500-400 BC", "-0499/-0399"),
        ("since 24 Feb 2022", "2022-02-24/.."),
        ("2022 - present", "2022/.."),
        ("from 2022 to now", "2022/.."),
        ("until 2024", "../2024"),
        ("23 or 24 October 2024", "[2024-10-23,2024-10-24]"),
        ("23 and 24 October 2024", "{2024-10-23,2024-10-24}"),
        ("[2024-10-23, 2024-10-24]", "[2024-10-23,2024-10-24]"),
        ("2024-11-06/open", "2024-11-06/.."),
        ("199u", "199X"),
        ("y17000", "Y17000"),
    ],
)
def test_a_written_date_has_its_edtf(text: str, edtf: str) -> None:
    assert suggest_edtf(text) == edtf
    assert read_typed(text, today=TODAY) == (parse_date(edtf), "")


@pytest.mark.parametrize(
    "text",
    [
        "1.11.2024", "5/11/2024", "5-11-2024", "1900s", "2000s", "11/24", "6/11/24", "November", "Nov 6",
        "yesterday", "last month", "+2 weeks", "early 2024", "30 February 2024", "2024-13-40", "13/13/2024",
        "202411", "0 BC", "6 Nov 12024", "soon", "", "2024", "2024-11-06", "١ نوفمبر ٢٠٢٤", "1" * 5000,
    ],
)  # fmt: skip
def test_nothing_is_suggested_for_an_ambiguous_or_unknown_text(text: str) -> None:
    assert suggest_edtf(text) == ""


def test_all_that_an_ambiguous_date_may_mean_is_listed_day_first() -> None:
    assert suggestions("1.11.2024") == ("2024-11-01", "2024-01-11")
    assert suggestions("1900s") == ("19XX", "190X")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2024-10", "2024-10"),
        (" 2024? ", "2024?"),
        ("today", "2024-11-07"),
        ("Yesterday", "2024-11-06"),
        ("tomorrow", "2024-11-08"),
        ("last week", "2024-10-28/2024-11-03"),
        ("this week", "2024-11-04/2024-11-10"),
        ("last month", "2024-10"),
        ("this month", "2024-11"),
        ("next year", "2025"),
        ("last quarter", "2024-35"),
        ("next quarter", "2025-33"),
        ("next decade", "203X"),
        ("last century", "19XX"),
        ("last monday", "2024-11-04"),
        ("last thursday", "2024-10-31"),
        ("this thursday", "2024-11-07"),
        ("next thursday", "2024-11-14"),
        ("next friday", "2024-11-08"),
        ("last november", "2023-11"),
        ("last oct", "2024-10"),
        ("next november", "2025-11"),
        ("last summer", "2024-22"),
        ("next winter", "2024-24"),
        ("3 days ago", "2024-11-04"),
        ("two weeks ago", "2024-10-24"),
        ("in 3 months", "2025-02"),
        ("a year ago", "2023"),
        ("two centuries ago", "1824"),
        ("in 6 centuries", "2624"),
        ("in 9000 years", "Y11024"),
        ("+2 weeks", "2023-02-14"),
        ("-3 days", "2023-01-28"),
        ("− 3 d", "2023-01-28"),
        ("+1m", "2023-02-28"),
        ("+1 year", "2024-01-31"),
        ("two weeks later", "2023-02-14"),
        ("a month earlier", "2022-12-31"),
    ],
)
def test_a_date_can_be_relative_to_today_or_to_the_selected_day(text: str, edtf: str) -> None:
    assert read_typed(text, today=TODAY, base=BASE) == (parse_date(edtf), "")


@pytest.mark.parametrize("base", [None, BEGINNING, END])
def test_without_a_day_to_stand_on_steps_count_from_today(base: int | None) -> None:
    assert read_typed("+2 weeks", today=TODAY, base=base).date == parse_date("2024-11-21")


@pytest.mark.parametrize(
    ("text", "edtf", "note"),
    [
        ("5/11/2024", "2024-11-05", "read as 5 November 2024, day first"),
        ("5.11.2024", "2024-11-05", "read as 5 November 2024, day first"),
        ("5/11/24", "2024-11-05", "read as 5 November 2024, day first"),
        ("5/11/98", "1998-11-05", "read as 5 November 1998, day first"),
        ("5/11", "2024-11-05", "read as 5 November 2024, day first"),
        ("11/24", "2024-11", "read as November 2024"),
        ("1900s", "19XX", "read as the 1900s"),
        ("november", "2024-11", "read as November 2024"),
        ("6 Nov", "2024-11-06", "read as 6 November 2024"),
        ("Q3", "2024-35", "read as third quarter of 2024"),
        ("oct-nov", "2024-10/2024-11", "read as October–November 2024"),
        ("thursday", "2024-11-07", "read as 7 November 2024"),
        ("friday", "2024-11-01", "read as 1 November 2024"),
        ("last week of October 2024", "2024-10-25/2024-10-31", "read as 25–31 October 2024"),
        ("the second week of October", "2024-10-08/2024-10-14", "read as 8–14 October 2024"),
        ("early 2024", "2024-37", "read as January–April 2024"),
        ("mid-2024", "2024-38", "read as May–August 2024"),
        ("late October 2024", "2024-10-21/2024-10-31", "read as 21–31 October 2024"),
        ("end of 2024", "2024-12", "read as December 2024"),
        ("beginning of October 2024", "2024-10-01/2024-10-07", "read as 1–7 October 2024"),
        ("end of last month", "2024-10-25/2024-10-31", "read as 25–31 October 2024"),
        ("early 1990s", "1990/1993", "read as 1990–1993"),
        ("late 1990s", "1997/1999", "read as 1997–1999"),
        ("mid 19th century", "1834/1866", "read as 1834–1866"),
        ("end of the 1990s", "1999", "read as 1999"),
    ],
)
def test_a_guess_is_reported(text: str, edtf: str, note: str) -> None:
    assert read_typed(text, today=TODAY) == (parse_date(edtf), note)


def test_a_month_without_a_year_is_in_the_year_of_the_selected_day() -> None:
    assert read_typed("november", today=TODAY, base=BASE).date == parse_date("2023-11")


@pytest.mark.parametrize(
    "text", ["", "foo", "+2", "in weeks", "early", "the 32nd", "٢٠٢٤", "early soon", "a" * 5000]
)
def test_a_text_that_is_not_understood_is_answered_with_examples(text: str) -> None:
    with pytest.raises(DateError) as caught:
        read_typed(text, today=TODAY)
    assert caught.value.hint == EXAMPLES


def test_every_example_given_is_understood() -> None:
    for example in re.split(r", | or ", EXAMPLES.removeprefix("try ")):
        assert read_typed(example, today=TODAY, base=BASE).note == ""


@pytest.mark.parametrize("text", ["30 Feb 2024", "2024-02-30", "february 30", "30.2.2024"])
def test_a_day_that_does_not_exist_is_named(text: str) -> None:
    with pytest.raises(DateError, match="this month has only 29 days, not 30"):
        read_typed(text, today=TODAY)


@given(st.integers(-99_999, 99_999), st.sampled_from(["days", "weeks", "months", "years"]))
def test_steps_of_any_length_can_be_typed(count: int, unit: str) -> None:
    moved = read_typed(f"{count:+} {unit}", today=TODAY).date.earliest - TODAY
    if unit in ("days", "weeks"):
        assert moved == count * (7 if unit == "weeks" else 1) or abs(moved) > 2_900_000
    else:
        assert (moved > 0) == (count > 0) or count == 0


WORDS = """
in ago last next this early mid late end week weeks month year century decade monday november 6 06 31 2024
24 99 1990s 1900s 19th bc ad million billion 999999 +2 -3 - / . , of the or and to since until about ? q4
h1 spring winter first second later 1.5 0 ٣ 2024-11 201X .. X a present 123456789012
"""
words = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(), st.lists(words, max_size=7).map(" ".join), st.lists(words, max_size=5).map("".join))
)
def test_whatever_is_typed_it_is_a_date_or_not_understood(text: str) -> None:
    suggested = suggest_edtf(text)
    assert suggested == "" or parse_date(suggested).text == suggested
    try:
        typed = read_typed(text, today=TODAY, base=BASE)
    except DateError:
        return
    assert typed.date.earliest <= typed.date.latest


@given(
    st.sampled_from(
        ["+999999 centuries", "in 3 days", "last week", "this decade", "last november", "friday", "q2"]
    ),
    st.integers(-(10**15), 10**15),
)
def test_today_and_the_place_where_one_stands_may_be_any_day(text: str, day: int) -> None:
    with suppress(DateError):
        read_typed(text, today=day, base=day)

"""Dates in words and in narrow cells: as precise as written, never more so."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import BEGINNING, END, DateError, Precision, parse_date
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.dates.months import MONTHS, SHORT_MONTHS
from timeline_tui.dates.wording import (
    cells,
    day_in_words,
    in_words,
    span_in_words,
    year_in_words,
)

WORDS = [
    ("2024-11-06", "6 November 2024"),
    ("2024-11", "November 2024"),
    ("2024", "2024"),
    ("2024-11-06T10:30:00Z", "6 November 2024, 10:30 UTC"),
    ("2024-11-06T10:30:05+05:30", "6 November 2024, 10:30:05 UTC+5:30"),
    ("2024-11-06T10:30-04", "6 November 2024, 10:30 UTC-4"),
    ("2024-11-06T10:30", "6 November 2024, 10:30"),
    ("0070-03", "March AD 70"),
    ("-0043-03-15", "15 March 44 BC"),
    # Qualifiers
    ("2024?", "2024 (uncertain)"),
    ("2024~", "about 2024"),
    ("2024%", "about 2024 (uncertain)"),
    ("2024-11-06~", "about 6 November 2024"),
    ("2024-?11", "November 2024 (month uncertain)"),
    ("2024?-11", "November 2024 (year uncertain)"),
    ("2004-06~-11", "11 June 2004 (year and month approximate)"),
    ("?2004-06-~11", "11 June 2004 (year uncertain, day approximate)"),
    ("2004-%06-11", "11 June 2004 (month uncertain and approximate)"),
    ("2024-~23", "autumn 2024 (season approximate)"),
    # Digits not known
    ("201X", "the 2010s"),
    ("15XX", "the 1500s"),
    ("200X", "2000–2009"),
    ("20XX", "2000–2099"),
    ("10XX", "1000–1099"),
    ("1XXX", "1000–1999"),
    ("005X", "AD 50–59"),
    ("-004X", "50–41 BC"),
    ("XXXX", "an unknown year"),
    ("1X84", "a year like 1X84"),
    ("2024-XX", "some month in 2024"),
    ("2024-11-XX", "some day in November 2024"),
    ("2024-XX-XX", "some day in 2024"),
    ("2024-11-1X", "some day in November 2024 (day 1X)"),
    ("1984-1X", "some month in 1984 (month 1X)"),
    ("2024-XX-15", "day 15 of some month in 2024"),
    ("156X-12-25", "some 25 December in the 1560s"),
    ("156X-12", "some December in the 1560s"),
    ("156X-23", "some autumn in the 1560s"),
    ("1950S2", "about 1950 (between 1900 and 1999)"),
    ("1950S2~", "about 1950 (between 1900 and 1999)"),
    # Seasons
    ("2024-23", "autumn 2024"),
    ("2024-24", "winter 2024–25"),
    ("-0043-24", "winter 44 BC to 43 BC"),
    ("2024-30", "summer 2024–25 (southern hemisphere)"),
    ("2024-35", "third quarter of 2024"),
    ("2024-38", "May–August 2024"),
    ("2024-41", "second half of 2024"),
    # Intervals
    ("2024-10-23/2024-10-27", "23–27 October 2024"),
    ("2024-10/2024-12", "October–December 2024"),
    ("2024-10-30/2024-11-02", "30 October to 2 November 2024"),
    ("2022-02-24/2024-11", "24 February 2022 to November 2024"),
    ("1964/2008", "1964–2008"),
    ("2024/2024", "2024"),
    ("-0043/0014", "44 BC to AD 14"),
    ("1984~/2004-06", "about 1984 to June 2004"),
    ("2022-02-24/..", "from 24 February 2022 on"),
    ("2022-02-24/", "from 24 February 2022, end unknown"),
    ("../2024", "until 2024"),
    ("/2024", "until 2024, beginning unknown"),
    ("2024-11-06T10:30Z/2024-11-06T12:00Z", "6 November 2024, 10:30–12:00 UTC"),
    # Sets
    ("[2024-10-23,2024-10-24]", "23 or 24 October 2024"),
    ("{2024-10-23,2024-10-24}", "23 and 24 October 2024"),
    ("[2024-10-23,2024-10-24,2024-10-27]", "23, 24 or 27 October 2024"),
    ("[2023-10-23,2024-10-23]", "23 October 2023 or 23 October 2024"),
    ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672"),
    ("{1960,1961-12}", "1960 and December 1961"),
    ("[2024]", "2024"),
    ("[2024,2024]", "2024"),
    ("{..1984}", "until 1984"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_date_is_shown_in_words(text: str, words: str) -> None:
    assert in_words(parse_date(text)) == words


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2024, "2024"),
        (1000, "1000"),
        (999, "AD 999"),
        (1, "AD 1"),
        (0, "1 BC"),
        (-43, "44 BC"),
        (-9998, "9999 BC"),
        (-10_000, "10,000 BC"),
        (-17_000, "17,000 BC"),
        (-17_001, "17,002 BC"),
        (-66_000_000, "66 million BC"),
        (-13_800_000_000, "13.8 billion BC"),
        (-1_050_000, "1.05 million BC"),
        (12_024, "AD 12,024"),
        (170_000_002, "AD 170,000,002"),
        (5_000_000_000, "AD 5 billion"),
    ],
)
def test_years_are_shown_in_common_words(year: int, words: str) -> None:
    assert year_in_words(year) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (7, "7 days"),
        (14, "2 weeks"),
        (21, "3 weeks"),
        (23, "23 days"),
        (-23, "23 days"),
        (60, "60 days"),
        (61, "2 months"),
        (244, "8 months"),
        (365, "1 year"),
        (400, "13 months"),
        (731, "2 years"),
        (36_524_250, "100,000 years"),
        (13_800_000_000 * 365_2425 // 10_000, "13.8 billion years"),
    ],
)
def test_a_length_of_time_is_shown_in_a_suitable_unit(days: int, words: str) -> None:
    assert span_in_words(days) == words


def test_a_day_number_is_shown_in_words() -> None:
    assert day_in_words(from_civil(2024, 11, 6)) == "6 November 2024"
    assert day_in_words(from_civil(-43, 3, 15)) == "15 March 44 BC"
    assert day_in_words(from_civil(-13_800_000_000, 12, 31)) == "13.8 billion BC"
    assert (day_in_words(BEGINNING), day_in_words(END)) == ("the beginning", "the end")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("2024-11-06", ("2024", "Nov", "6")),
        ("2024-11-06T10:30Z", ("2024", "Nov", "6")),
        ("2024-11", ("2024", "Nov", "")),
        ("2024-11-XX", ("2024", "Nov", "")),
        ("2024", ("2024", "", "")),
        ("2024-XX", ("2024", "", "")),
        ("2024-XX-15", ("2024", "", "")),
        ("2024-11-06~", ("2024", "Nov", "~6")),
        ("2024-11-06?", ("2024", "Nov", "6?")),
        ("2024-11-16%", ("2024", "Nov", "~16?")),
        ("2024-11~", ("2024", "Nov", "~")),
        ("2024?", ("2024", "", "?")),
        ("-0043-03-15", ("44 BC", "Mar", "15")),
        ("201X", ("2010s", "", "")),
        ("1XXX", ("1XXX", "", "")),
        ("20XX", ("20XX", "", "")),
        ("XXXX-12-25", ("XXXX", "Dec", "25")),
        ("-9XXX", ("-9XXX", "", "")),
        ("1950S2", ("~1950", "", "")),
        ("Y-13800000000", ("13.8 bn BC", "", "")),
        ("Y-123456789", ("123 m BC", "", "")),
        ("Y170000002", ("170,000,002", "", "")),
        ("2024-23", ("2024", "", "autumn")),
        ("2024-23%", ("2024", "", "~aut?")),
        ("2024-36", ("2024", "", "Q4")),
        ("2024-38", ("2024", "", "2/3")),
        ("2024-41", ("2024", "", "H2")),
        ("2024-10-23/2024-10-27", ("2024", "Oct", "23–27")),
        ("2024-10-30/2024-11-02", ("2024", "Oct", "30→")),
        ("2024-10-23/2025-10-27", ("2024", "Oct", "23→")),
        ("2022-02-24/..", ("2022", "Feb", "24→")),
        ("2022-02-24/", ("2022", "Feb", "24→")),
        ("../2024-11-06", ("2024", "Nov", "→6")),
        ("2024-23/2025", ("2024", "", "aut→")),
        ("2024-11-06T10:30/2024-11-06T12:00", ("2024", "Nov", "6")),
        ("[2024-10-23,2024-10-24]", ("2024", "Oct", "23/24")),
        ("{2024-10-23,2024-10-24}", ("2024", "Oct", "23+24")),
        ("[2024-10-23,2024-10-24,2024-10-27]", ("2024", "Oct", "23…")),
        ("[2024-10-23..2024-10-25]", ("2024", "Oct", "23–25")),
        ("[2024-10-23,2024-10-23]", ("2024", "Oct", "23")),
        ("[1667,1668]", ("1667", "", "…")),
    ],
)
def test_a_date_fits_three_narrow_columns(text: str, row: tuple[str, str, str]) -> None:
    assert tuple(cells(parse_date(text))) == row


part = st.sampled_from(["", "?", "~", "%"])
years = st.one_of(
    st.from_regex(r"\A-?[0-9X]{4}\Z"),
    st.builds("Y{}".format, st.one_of(st.integers(10_000, 10**12), st.integers(-(10**12), -10_000))),
    st.builds("Y{}E{}S2".format, st.integers(1000, 9999), st.integers(1, 8)),
)
months = st.sampled_from([f"{month:02}" for month in (*range(1, 13), *range(21, 42))] + ["XX", "1X", "0X"])
moments = st.one_of(
    st.builds("{}{}".format, years, part),
    st.builds("{}-{}{}{}".format, years, part, months, part),
    st.builds(
        "{}{}-{}-{}{}".format, years, part, months, part, st.sampled_from(["01", "28", "31", "XX", "2X"])
    ),
    st.builds("{}T{:02}:30Z".format, st.dates().map(str), st.integers(0, 23)),
)
ends = st.one_of(moments, st.sampled_from(["", ".."]))
any_date = st.one_of(
    moments,
    st.builds("{}/{}".format, ends, ends),
    st.builds("[{},{}]".format, moments, moments),
    st.builds("{{{}..{},{}}}".format, moments, ends, moments),
)


@given(any_date)
def test_every_date_has_words_and_its_cells_fit(text: str) -> None:
    try:
        date = parse_date(text)
    except DateError:
        return
    assert re.fullmatch(r"\S.*\S|\S", in_words(date))
    year, month, day = cells(date)
    assert 1 <= len(year) <= 12
    assert month in {"", *SHORT_MONTHS}
    assert len(day) <= 6


@given(any_date)
def test_words_never_name_a_finer_unit_than_the_precision(text: str) -> None:
    try:
        date = parse_date(text)
    except DateError:
        return
    # Where a coarse unit is unknown a finer one may well be known: some 25 December in the 1560s.
    if "X" in text or "S" in text or "/" in text or "," in text:
        return
    words = in_words(date)
    names = [name for name in MONTHS if name in words]
    if date.precision < Precision.MONTH and not re.search(r"-[?~%]?3[789]", text):
        assert not names
    if date.precision < Precision.DAY:
        assert not re.search(r"\b[0-9]{1,2} (?:January|February|March|April|May|Ju|A|S|O|N|D)", words)
    if date.precision < Precision.TIME:
        assert ":" not in words

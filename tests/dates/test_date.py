"""EDTF, levels 0 to 2: what is a date, which days it may mean, and in which order dates stand."""

from __future__ import annotations

import copy
import pickle
import re
import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import BEGINNING, END, Date, DateError, Precision, parse_date, today
from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import DAY, SECOND
from timeline_tui.dates.wording import in_words
from timeline_tui.errors import TimelineError

if TYPE_CHECKING:
    from datetime import date

DAYS = [
    # The examples of https://www.loc.gov/standards/datetime/, level 0
    ("1985-04-12", "1985-04-12", "1985-04-12", Precision.DAY),
    ("1985-04", "1985-04-01", "1985-04-30", Precision.MONTH),
    ("1985", "1985-01-01", "1985-12-31", Precision.YEAR),
    ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12", Precision.TIME),
    ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", Precision.TIME),
    ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12", Precision.TIME),
    ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12", Precision.TIME),
    ("1964/2008", "1964-01-01", "2008-12-31", Precision.YEAR),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31", Precision.MONTH),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", Precision.DAY),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", Precision.MONTH),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31", Precision.YEAR),
    ("2005/2006-02", "2005-01-01", "2006-02-28", Precision.YEAR),
    # Level 1
    ("Y170000002", "170000002-01-01", "170000002-12-31", Precision.YEAR),
    ("Y-170000002", "-170000002-01-01", "-170000002-12-31", Precision.YEAR),
    ("2001-21", "2001-03-01", "2001-05-31", Precision.SEASON),
    ("1984?", "1984-01-01", "1984-12-31", Precision.YEAR),
    ("2004-06~", "2004-06-01", "2004-06-30", Precision.MONTH),
    ("2004-06-11%", "2004-06-11", "2004-06-11", Precision.DAY),
    ("201X", "2010-01-01", "2019-12-31", Precision.DECADE),
    ("20XX", "2000-01-01", "2099-12-31", Precision.CENTURY),
    ("2004-XX", "2004-01-01", "2004-12-31", Precision.YEAR),
    ("1985-04-XX", "1985-04-01", "1985-04-30", Precision.MONTH),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", Precision.YEAR),
    ("1985-04-12/..", "1985-04-12", "END", Precision.DAY),
    ("1985-04/..", "1985-04-01", "END", Precision.MONTH),
    ("1985/..", "1985-01-01", "END", Precision.YEAR),
    ("../1985-04-12", "BEGINNING", "1985-04-12", Precision.DAY),
    ("../1985-04", "BEGINNING", "1985-04-30", Precision.MONTH),
    ("../1985", "BEGINNING", "1985-12-31", Precision.YEAR),
    ("1985-04-12/", "1985-04-12", "END", Precision.DAY),
    ("1985-04/", "1985-04-01", "END", Precision.MONTH),
    ("1985/", "1985-01-01", "END", Precision.YEAR),
    ("/1985-04-12", "BEGINNING", "1985-04-12", Precision.DAY),
    ("/1985-04", "BEGINNING", "1985-04-30", Precision.MONTH),
    ("/1985", "BEGINNING", "1985-12-31", Precision.YEAR),
    ("1984~/2004-06", "1984-01-01", "2004-06-30", Precision.YEAR),
    ("1984?/2004%", "1984-01-01", "2004-12-31", Precision.YEAR),
    ("-1985", "-1985-01-01", "-1985-12-31", Precision.YEAR),
    # Level 2
    ("Y-17E7", "-170000000-01-01", "-170000000-12-31", Precision.YEAR),
    ("1950S2", "1900-01-01", "1999-12-31", Precision.CENTURY),
    ("Y171010000S3", "171000000-01-01", "171999999-12-31", Precision.AGE),
    ("Y3388E2S3", "338000-01-01", "338999-12-31", Precision.MILLENNIUM),
    ("2001-34", "2001-04-01", "2001-06-30", Precision.SEASON),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", Precision.YEAR),
    ("[..1760-12-03]", "BEGINNING", "1760-12-03", Precision.DAY),
    ("[1760-12..]", "1760-12-01", "END", Precision.MONTH),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", "END", Precision.MONTH),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31", Precision.YEAR),
    ("[..1984]", "BEGINNING", "1984-12-31", Precision.YEAR),
    ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", Precision.YEAR),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", Precision.YEAR),
    ("{..1984}", "BEGINNING", "1984-12-31", Precision.YEAR),
    ("2004-06~-11", "2004-06-11", "2004-06-11", Precision.DAY),
    ("2004?-06-11", "2004-06-11", "2004-06-11", Precision.DAY),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", Precision.DAY),
    ("2004-%06-11", "2004-06-11", "2004-06-11", Precision.DAY),
    ("156X-12-25", "1560-12-25", "1569-12-25", Precision.DECADE),
    ("15XX-12-25", "1500-12-25", "1599-12-25", Precision.CENTURY),
    ("XXXX-12-XX", "0-12-01", "9999-12-31", Precision.AGE),
    ("1XXX-XX", "1000-01-01", "1999-12-31", Precision.MILLENNIUM),
    ("1XXX-12", "1000-12-01", "1999-12-31", Precision.MILLENNIUM),
    ("1984-1X", "1984-10-01", "1984-12-31", Precision.YEAR),
    ("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20", Precision.DAY),
    ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", Precision.MONTH),
    # And beyond the examples
    ("0000", "0-01-01", "0-12-31", Precision.YEAR),
    ("-0043-03-15", "-43-03-15", "-43-03-15", Precision.DAY),
    ("-004X", "-49-01-01", "-40-12-31", Precision.DECADE),
    ("-04XX", "-499-01-01", "-400-12-31", Precision.CENTURY),
    ("-1950S2", "-1999-01-01", "-1900-12-31", Precision.CENTURY),
    ("Y-13800000000", "-13800000000-01-01", "-13800000000-12-31", Precision.YEAR),
    ("156X-02-29", "1560-02-29", "1568-02-29", Precision.DECADE),
    ("2024-XX-31", "2024-01-31", "2024-12-31", Precision.YEAR),
    ("2023-02-2X", "2023-02-20", "2023-02-28", Precision.MONTH),
    ("2024-11-06T10:30", "2024-11-06", "2024-11-06", Precision.TIME),
    ("2024-11-06T10:30/2024-11-06T12:00", "2024-11-06", "2024-11-06", Precision.TIME),
    ("2024-06/2024", "2024-06-01", "2024-12-31", Precision.YEAR),
]


def days(text: str) -> int:
    if text in ("BEGINNING", "END"):
        return BEGINNING if text == "BEGINNING" else END
    year, month, day = text.rsplit("-", 2)
    return from_civil(int(year), int(month), int(day))


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), DAYS)
def test_a_date_lies_between_its_earliest_and_its_latest_day(
    text: str, earliest: str, latest: str, precision: Precision
) -> None:
    date_ = parse_date(text)
    assert (date_.earliest, date_.latest) == (days(earliest), days(latest))
    assert date_.precision is precision
    assert date_.text == str(date_) == text


@pytest.mark.parametrize(
    ("numbers", "first", "last"),
    [
        ((21, 25, 31), (2024, 3, 1), (2024, 5, 31)),
        ((22, 26, 32), (2024, 6, 1), (2024, 8, 31)),
        ((23, 27, 29), (2024, 9, 1), (2024, 11, 30)),
        ((24, 28, 30), (2024, 12, 1), (2025, 2, 28)),
        ((33,), (2024, 1, 1), (2024, 3, 31)),
        ((36,), (2024, 10, 1), (2024, 12, 31)),
        ((37,), (2024, 1, 1), (2024, 4, 30)),
        ((39,), (2024, 9, 1), (2024, 12, 31)),
        ((40,), (2024, 1, 1), (2024, 6, 30)),
        ((41,), (2024, 7, 1), (2024, 12, 31)),
    ],
)
def test_seasons_and_parts_of_a_year_are_whole_months(
    numbers: tuple[int, ...], first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    for number in numbers:
        season = parse_date(f"2024-{number}")
        assert to_civil(season.earliest) == first
        assert to_civil(season.latest) == last
        assert season.precision is Precision.SEASON


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2024", False, False),
        ("2024?", True, False),
        ("2024~", False, True),
        ("2024%", True, True),
        ("2024-?11", True, False),
        ("2024~-11", False, True),
        ("?2004-06-~11", True, True),
        ("1984?/2004~", True, True),
        ("1984/2004~", False, True),
        ("[2023,2024?]", True, False),
        ("Y-13800000000~", False, True),
        ("2024-21~", False, True),
    ],
)
def test_a_date_knows_its_qualifiers(text: str, *, uncertain: bool, approximate: bool) -> None:
    assert (parse_date(text).uncertain, parse_date(text).approximate) == (uncertain, approximate)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-02-30", "this month has only 29 days, not 30"),
        ("2023-02-29", "this month has only 28 days, not 29"),
        ("2024-00-01", "00 is not a month"),
        ("2024-13-01", "13 is not a month"),
        ("2024-20", "20 is not a month"),
        ("2024-42", "42 is not a month"),
        ("2024-21-03", "21 is not a month: 21 to 41 are seasons and cannot have a day"),
        ("2024-11-06T24:00", "24:00 is not a valid time of day"),
        ("2024-11-06T10:60:00", "10:60:00 is not a valid time of day"),
        ("2024-11-06T23:59:60Z", "23:59:60Z is not a valid time of day"),
        ("2024-11-06T10:30+19:00", "+19:00 is not a valid offset from UTC"),
        ("2024-11-06T10:30-05:75", "-05:75 is not a valid offset from UTC"),
        ("2024-11-XXT10:30", "a time of day needs a full date before it, without X, ?, ~ or %"),
        ("2024-11T10:30", "a time of day needs a full date before it, without X, ?, ~ or %"),
        ("2024-11/2024-10", "this interval ends before it begins"),
        ("2024-11-06T12:00/2024-11-06T11:00", "this interval ends before it begins"),
        ("[2024..2023]", "this interval ends before it begins"),
        ("../..", "this interval has neither a beginning nor an end"),
        ("/", "this interval has neither a beginning nor an end"),
        ("1XX1-02-29", "no existing day fits these digits"),
        ("2024-02-3X", "no existing day fits these digits"),
        ("Y2024", "Y is for years of more than four digits"),
        ("-0000", "year 0 cannot have a sign"),
        ("1950S5", "a year of 4 digits cannot have 5 significant digits"),
        ("1950S0", "a year of 4 digits cannot have 0 significant digits"),
        ("Y-17E99999", "years are limited to a million million"),
        ("Y9E12", "years are limited to a million million"),
        ("Y" + "9" * 1000, "years are limited to a million million"),
        ("[" + "2024," * 500 + "2024]", "this date is too long (2,506 characters)"),
    ],
)
def test_an_impossible_date_is_an_error_that_says_why(text: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.message == message
    assert isinstance(caught.value, TimelineError)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "no", "2024 ", " 2024", "2024\n", "2024-11-06\n", "24", "2024-1", "2024-11-6", "20241106",
        "2024-W45", "2024-W45-3", "2024-311", "+2024", "2024-11-06 10:30", "2024-11-06T", "2024-11-06T10",
        "2024-11-06T10:30z", "2024-11-06T10:30.5", "2024-11-06T10:30:00.", "2024-11-06T10:30:00.0123456789",
        "2024-11-06T10:30Z?", "2024/2025/2026", "2024//2025",
        "[2024/2025]", "[2024", "2024]", "[2024}", "[]", "{}", "[2024,]", "[2024, 2025]", "[[2024]]",
        "2024??", "2024-11-06-01", "Y", "Y-", "Y1.5E9", "Y017000", "1950S", "201x", "2024-11-06/...",
        "٢٠٢٤", "٢٠٢٤-١١-٠٦", "２０２４-11-06", "2024‐11‐06", "201X-1", "YXXXXX", "2024-11-06T10:30:00+0200",
    ],
)  # fmt: skip
def test_a_text_that_is_not_edtf_is_not_a_date(text: str) -> None:
    with pytest.raises(DateError, match=r"not a date|an interval"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Nov 1, 2024", "write 2024-11-01"),
        ("2024/11/01", "write 2024-11-01"),
        ("2024/11", "write 2024-11"),
        ("13.11.2024", "write 2024-11-13"),
        ("1.11.2024", "write 2024-11-01 or 2024-01-11"),
        ("6 November 2024", "write 2024-11-06"),
        ("2024-11-6", "write 2024-11-06"),
        ("c. 1990", "write 1990~"),
        ("1990s", "write 199X"),
        ("44 BC", "write -0043"),
        (" 2024", "write 2024"),
        ("2024-11-06/open", "write 2024-11-06/.."),
        ("Y2024", "write 2024"),
        ("2024-02-30", ""),
        ("30 February 2024", ""),
        ("soon", ""),
    ],
)
def test_the_hint_gives_the_edtf_for_an_informal_date(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.hint == hint
    assert str(caught.value) == (f"{caught.value.message} ({hint})" if hint else caught.value.message)


@given(st.text())
def test_no_text_does_worse_than_being_no_date(text: str) -> None:
    try:
        date_ = parse_date(text)
    except DateError:
        return
    assert date_.earliest <= date_.latest


edtf_like = st.text("0123456789XYESTZ?~%/.,[]{}:+-", max_size=30)
component = st.sampled_from(["", "?", "~", "%"])
digits = st.builds(
    "{}{}-{}{}{}-{}{}{}".format,
    component,
    st.from_regex(r"\A-?[0-9X]{4}[?~%]?\Z"),
    component,
    st.from_regex(r"\A[0-3X][0-9X]\Z"),
    component,
    component,
    st.from_regex(r"\A[0-3X][0-9X]\Z"),
    component,
)
ends = st.one_of(digits, st.sampled_from(["", "..", "2024", "201X", "2024-11", "-0043", "Y-17E7", "2024-24"]))
forms = st.one_of(
    edtf_like,
    digits,
    st.builds("{}/{}".format, ends, ends),
    st.builds("[{}..{},{}]".format, ends, ends, ends),
)


@given(forms)
def test_what_looks_like_a_date_is_one_or_is_refused(text: str) -> None:
    try:
        date_ = parse_date(text)
    except DateError:
        return
    assert BEGINNING <= date_.earliest <= date_.latest <= END
    assert abs(date_.key[0] - date_.earliest) <= 1
    assert abs(date_.key[2] - date_.latest) <= 1
    assert date_.key[:2] <= date_.key[2:]


@given(st.dates())
def test_every_plain_day_is_read_as_the_standard_library_reads_it(day: date) -> None:
    read = parse_date(day.isoformat())
    assert read.earliest == read.latest == day.toordinal()
    assert read.key == (day.toordinal(), 0, day.toordinal(), DAY - 1)


@given(st.integers(-(10**12), 10**12))
def test_every_year_within_a_million_million_can_be_written(year: int) -> None:
    sign = "-" if year < 0 else ""
    text = f"Y{year}" if abs(year) > 9999 else f"{sign}{abs(year):04}"
    assert to_civil(parse_date(text).earliest) == (year, 1, 1)
    assert to_civil(parse_date(text).latest) == (year, 12, 31)


@given(st.from_regex(r"\A[0-9X]{4}-[01X][0-9X]-[0-3X][0-9X]\Z"))
def test_the_days_that_fit_unknown_digits_are_found_as_by_trying_all(text: str) -> None:
    year = text[:4].replace("X", "0")  # one year of each pattern is enough to try all of its days by hand
    text = year + text[4:]
    start = from_civil(int(year), 1, 1)
    written = ["{:04}-{:02}-{:02}".format(*to_civil(start + ahead)) for ahead in range(366)]
    fitting = [
        start + ahead
        for ahead, day in enumerate(written)
        if day[:4] == year and all(digit in ("X", known) for digit, known in zip(text, day, strict=True))
    ]
    if fitting:
        assert (parse_date(text).earliest, parse_date(text).latest) == (fitting[0], fitting[-1])
    else:
        with pytest.raises(DateError):
            parse_date(text)


CHRONOLOGY = [
    "../2024", "Y-13800000000", "-0044", "-0043", "0000", "0001", "201X", "2024-01-01", "2024-01", "2024",
    "2024/..",
    "2024-11-05", "2024-11-05T23:59:59.999Z", "2024-11-06T00:00:00.000000000Z", "2024-11-06T00:00:00Z",
    "2024-11-06", "2024-11-06T00:30:00Z", "2024-11-05T20:00:00-05:00", "2024-11-06T10:30+09:00",
    "2024-11-06T08:29:59Z", "2024-11-06T10:30+02:00", "2024-11-07T00:00+14:00", "2024-11-06T10:30:00.250Z",
    "2024-11-06T10:30:00.5", "2024-11-06T10:30:01Z", "2024-11-06T10:31Z", "2024-11-07T00:00+09:00",
    "2024-11-07", "2024-11-06T23:00-05:00", "Y170000002",
]  # fmt: skip


def test_dates_sort_by_the_first_instant_then_by_the_last() -> None:
    dates = [parse_date(text) for text in CHRONOLOGY]
    shuffled = dates[1::2] + dates[::2][::-1]
    assert [str(date_) for date_ in sorted(shuffled, key=lambda date_: date_.key)] == CHRONOLOGY


def test_a_time_of_day_is_an_instant_in_utc_and_keeps_the_day_it_is_written_on() -> None:
    day = from_civil(2024, 11, 6)
    assert parse_date("2024-11-06T10:30:05Z").key == (day, 37_805 * SECOND, day, 37_806 * SECOND - 1)
    assert parse_date("2024-11-06T10:30").key == (day, 37_800 * SECOND, day, 37_860 * SECOND - 1)
    early = parse_date("2024-11-06T01:00:00+09:00")
    assert early.key == (day - 1, 57_600 * SECOND, day - 1, 57_601 * SECOND - 1)
    late = parse_date("2024-11-06T23:00:00-05:00")
    assert late.key == (day + 1, 14_400 * SECOND, day + 1, 14_401 * SECOND - 1)
    assert {early.earliest, early.latest, late.earliest, late.latest} == {day}


def test_a_fraction_of_a_second_is_as_exact_as_it_is_written() -> None:
    day = from_civil(2024, 11, 6)
    assert parse_date("2024-11-06T10:30:00.250Z").key == (day, 37_800_250_000_000, day, 37_800_250_999_999)
    assert parse_date("2024-11-06T10:30:00.25Z").key == (day, 37_800_250_000_000, day, 37_800_259_999_999)
    assert in_words(parse_date("2024-11-06T10:30:00.250Z")) == "6 November 2024, 10:30:00.250 UTC"
    with pytest.raises(DateError, match=r"write 2024-11-06T10:30:00\.5Z"):
        parse_date("2024-11-06 10:30:00,5 UTC")


def test_an_interval_is_measured_by_its_instants() -> None:
    short = parse_date("2024-11-06T00:30+09:00/2024-11-05T16:00Z")
    assert (short.earliest, short.latest) == (from_civil(2024, 11, 5), from_civil(2024, 11, 6))
    with pytest.raises(DateError, match="ends before it begins"):
        parse_date("2024-11-05T20:00-05:00/2024-11-06T00:30Z")


moments = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001  hypothesis puts the zone in
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-1080, 1080).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(moments, moments)
def test_two_times_with_offsets_stand_in_the_order_of_their_instants(one: datetime, other: datetime) -> None:
    first, second = (parse_date(each.isoformat(timespec="microseconds")) for each in (one, other))
    assert (first.key < second.key) == (one < other)
    assert (first.key == second.key) == (one == other)
    assert first.earliest == first.latest == one.toordinal()


@given(st.lists(moments, min_size=1, max_size=3), st.lists(forms, max_size=3))
def test_times_between_other_dates_stay_in_the_order_of_their_instants(
    times: list[datetime], others: list[str]
) -> None:
    dates = [parse_date(each.isoformat(timespec="microseconds")) for each in times]
    for text in others:
        with suppress(DateError):
            dates.append(parse_date(text))
    ordered = [str(each) for each in sorted(dates, key=lambda each: each.key)]
    instants = [datetime.fromisoformat(text) for text in ordered if re.fullmatch(".*[.][0-9]{6}[+-].*", text)]
    assert instants == sorted(times)


def test_dates_are_equal_by_their_text() -> None:
    assert parse_date("2024-11") == parse_date("2024-11")
    assert parse_date("2024-11") != parse_date("2024-11-XX")
    assert parse_date("2024-11") != "2024-11"
    assert len({parse_date("2024"), parse_date("2024"), parse_date("2024~")}) == 2
    # Two objects, not one out of the cache.
    assert parse_date.__wrapped__("2024-11-06") == parse_date("2024-11-06")


def test_a_date_does_not_change() -> None:
    for name in ("text", "earliest", "precision", "other"):
        with pytest.raises(AttributeError):
            setattr(parse_date("2024"), name, 1)


@pytest.mark.parametrize("text", ["2024-11-06", "[2023,2024?]", "Y-17E7"])
def test_a_date_can_be_copied_and_stored(text: str) -> None:
    date_ = parse_date(text)
    for other in (copy.deepcopy(date_), pickle.loads(pickle.dumps(date_))):  # noqa: S301  (our own pickle)
        assert isinstance(other, Date)
        assert (other, other.key) == (date_, date_.key)


@pytest.mark.parametrize("zone", ["UTC0", "AHEAD-24", "BEHIND24"])  # a whole day to each side of UTC
def test_today_is_the_local_day(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before, now, after = (time.localtime()[:3], today(), time.localtime()[:3])
    finally:
        monkeypatch.undo()
        time.tzset()
    assert from_civil(*before) <= now <= from_civil(*after)


def test_a_date_with_two_slashes_is_named_whole() -> None:
    with pytest.raises(DateError, match="“2024/11/01”"):
        parse_date("2024/11/01")


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2024-11-05", "2024-11-06", True),
        ("2024-11", "2024-11-06", False),
        ("2024-11-06T10:00Z", "2024-11-06T11:00Z", True),
        ("2024-11-05T20:00Z", "2024-11-06T00:30+09:00", False),
        ("2024-11-06T00:30+09:00", "2024-11-05T20:00Z", True),
        ("2024-11-05", "2024-11-05T20:00-05:00", False),
        ("2024-11-05", "2024-11-06T00:30+09:00", False),
        ("2024-11-04", "2024-11-05T20:00-05:00", True),
    ],
)
def test_a_date_is_before_another_if_nobody_can_place_it_otherwise(
    one: str, other: str, before: bool
) -> None:
    assert parse_date(one).is_before(parse_date(other)) is before
    assert not (before and parse_date(other).is_before(parse_date(one)))

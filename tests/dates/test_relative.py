from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline_tui.dates.date import BEGINNING, END, Date, DateError, parse_date
from timeline_tui.dates.relative import relative_cells, relative_date, relative_day

ORIGIN = parse_date("2024-11-06").earliest
MARKS = st.sampled_from(["", "?", "~", "%"])
YEARS = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.sampled_from(["201X", "20XX", "-0043", "Y-17000", "Y-13800000000", "Y170000002", "1950S2"]),
)
DAYS = st.dates().map(str)
MOMENTS = st.one_of(
    st.builds("{}{}".format, YEARS, MARKS),
    st.builds("{:04}-{:02}{}".format, st.integers(0, 9999), st.integers(1, 12), MARKS),
    st.builds("{}{}".format, DAYS, MARKS),
    st.builds("{}T{:02}:30Z".format, DAYS, st.integers(0, 23)),
)
ENDS = st.one_of(MOMENTS, st.sampled_from(["", ".."]))
TEXTS = st.one_of(
    MOMENTS,
    st.builds("{}/{}".format, ENDS, ENDS),
    st.builds("[{},{}]".format, MOMENTS, MOMENTS),
    st.builds("{{{},{}..{}}}".format, MOMENTS, MOMENTS, ENDS),
)
ORIGINS = st.one_of(st.integers(-(10**6), 10**6), st.integers(-(10**14), 10**14))


def date_of(text: str) -> Date:
    """The date; a text that is none is no case."""
    try:
        return parse_date(text)
    except DateError:
        assume(False)  # noqa: FBT003  as hypothesis has it
        raise


def day_of(text: str, origin: int, *, opened: int) -> int:
    """The day number that one end of what `relative_date()` says stands for."""
    if not text:
        return opened
    number = re.fullmatch(r"~?T([+-][0-9,]+| 0)\??", text)
    assert number is not None, text
    return origin + int(number[1].replace(",", ""))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-10-29", "T-8"),
        ("2024-11-11", "T+5"),
        ("2024-11-06", "T 0"),
        ("2024-11-06T10:30Z", "T 0"),
        ("2024-10-06/2024-11-05", "T-31..T-1"),
        ("2024-11", "T-5..T+24"),
        ("2024", "T-310..T+55"),
        ("2024-10-29/..", "T-8.."),
        ("2024-10-29/", "T-8.."),
        ("../2024-11-09", "..T+3"),
        ("2024-10-29?", "T-8?"),
        ("2024-10-29~", "~T-8"),
        ("2024-10-29%", "~T-8?"),
        ("2024-11~", "~T-5..~T+24"),
        ("2024-10-29?/2024-11-06", "T-8?..T 0"),
        ("2024-10-29/2024-11-06~", "T-8..~T 0"),
        ("2024-10-29~/..", "~T-8.."),
        ("[2024-10-23,2024-10-24]", "T-14..T-13"),
        ("{2024-10-23,2024-10-24,2024-11-07}", "T-14..T+1"),
        ("[..2024-11-05]", "..T-1"),
        ("0001-01-01", "T-739,195"),
    ],
)
def test_a_date_is_shown_as_days_relative_to_another(text: str, words: str) -> None:
    assert relative_date(parse_date(text), ORIGIN) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (ORIGIN, "T 0"),
        (ORIGIN - 1, "T-1"),
        (ORIGIN + 1000, "T+1,000"),
        (BEGINNING, "the beginning"),
        (END, "the end"),
    ],
)
def test_a_day_is_shown_as_days_relative_to_another(day: int, words: str) -> None:
    assert relative_day(day, ORIGIN) == words


@given(TEXTS, ORIGINS)
def test_what_is_told_is_the_first_and_the_last_day_and_no_other(text: str, origin: int) -> None:
    date = date_of(text)
    words = relative_date(date, origin)
    first, dots, last = words.partition("..")
    assert day_of(first, origin, opened=BEGINNING) == date.earliest
    assert day_of(last if dots else first, origin, opened=END) == date.latest
    assert words.isascii()
    assert "T-0" not in words


@given(TEXTS, ORIGINS)
def test_doubt_is_shown_where_there_is_some_and_only_there(text: str, origin: int) -> None:
    date = date_of(text)
    words = relative_date(date, origin)
    assert ("?" in words) == date.uncertain
    assert ("~" in words) == date.approximate


@given(DAYS, DAYS)
def test_days_of_history_take_no_more_than_twelve_cells(day: str, origin: str) -> None:
    assert len(relative_date(parse_date(day), parse_date(origin).earliest)) <= 12


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("2025-05-18/2025-05-19", "T+193–194"),
        ("2024-10-29", "      T-8"),
        ("2024-11-06", "      T 0"),
        ("2024-11-03/2024-11-07", " T-3..T+1"),
        ("2024-10-06/2024-11-05", "T-31..T-1"),
        ("2024-10-06/2024-12-05", " T-31–+29"),
        ("2024-10-06/2025-12-05", "T-31–+394"),
        ("2024-11~", "~T-5–~+24"),
        ("2024", "T-310–+55"),
        ("2024-10-29/..", "    T-8.."),
        ("../2024-11-09", "    ..T+3"),
        ("../3024-11-06", "→T+365242"),
        ("0001-01-01", "T-739,195"),
        ("0001-01-01?", "T-739195?"),
        ("0001-01-01%", "~T-739k…?"),
        ("-1500-01-01", "T-1287424"),
        ("-1500-01-01?", " T-1.2m…?"),
        ("Y-13800000000", " T-5.0tn…"),
        ("Y-13800000000%", " ~T-5tn…?"),
    ],
)
def test_a_date_fits_a_column_to_the_right(text: str, cell: str) -> None:
    assert relative_cells(parse_date(text), ORIGIN, 9) == cell


@given(TEXTS, ORIGINS, st.integers(-1, 30))
def test_a_column_is_as_wide_as_asked_for(text: str, origin: int, room: int) -> None:
    assert len(relative_cells(date_of(text), origin, room)) == max(room, 0)


@given(TEXTS, ORIGINS, st.integers(1, 30))
def test_a_number_in_a_column_is_whole_or_says_that_it_is_cut(text: str, origin: int, room: int) -> None:
    date = date_of(text)
    words, cell = relative_date(date, origin), relative_cells(date, origin, room).strip()
    if "…" not in cell and "→" not in cell:
        # Only commas, the second T and a second plus may be left out.
        signed = re.sub("–(?=~?[0-9])", "–+", cell)
        numbers = [re.findall("[+-][0-9]+", text.replace(",", "")) for text in (signed, words)]
        assert numbers[0] == numbers[1]
        return
    assert len(words) > room
    day = date.latest if date.earliest == BEGINNING else date.earliest
    number = re.search(r"[+-][0-9][0-9,.]*(?:k|m|bn|tn)?", cell)
    if number is None:
        return
    size = {"k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}.get(number[0].lstrip("+-0123456789.,"), 1)
    shown = round(float(re.sub(r"[^0-9.+-]", "", number[0])) * size)
    step = 1 if size == 1 else size // 10 if "." in number[0] else size
    assert 0 <= abs(day - origin) - abs(shown) < step
    assert (day < origin) == (shown < 0)

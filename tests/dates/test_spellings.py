"""Spellings of dates that are not the common ones, in English and in other languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import edtf_of, edtf_of_all
from timeline_tui.dates.months import MONTHS
from timeline_tui.dates.spellings import respelt

CENTURIES = st.integers(1, 10)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("last quarter of the 19th century", "1875/1899"),
        ("second third of the 1850s", "1854/1856"),
        ("first half of the 3rd century BC", "-0299/-0250"),
        ("second half of May 2024", "2024-05-16/2024-05-31"),
        ("first half of 2024", "2024-40"),
        ("late C19", "1867/1899"),
        ("third millennium BC", "-2999/-2000"),
        ("2nd millennium", "1001/2000"),
        ("12 ka", "Y-10050~"),
        ("5,000 BP", "-3050~"),
        ("1850 or later", "[1850..]"),
        ("no later than 1850", "[..1850]"),
        ("not before 1850", "[1850..]"),
        ("1914–", "1914/.."),
        ("–1914", "../1914"),
        ("1850-60s", "185X/186X"),
        ("b. 1914", "1914"),
        ("* 5 May 1914", "1914-05-05"),
        ("week of 8 May 2024", "2024-05-06/2024-05-12"),
        ("w/c 6 May 2024", "2024-05-06/2024-05-12"),
        ("week ending 12 May 2024", "2024-05-06/2024-05-12"),
        ("Week 5, 2024", "2024-01-29/2024-02-04"),
        ("KW 5 2024", "2024-01-29/2024-02-04"),
        ("2Q 2024", "2024-34"),
        ("1H 2024", "2024-40"),
        ("2024/Q2", "2024-34"),
        ("5 & 6 May 2024", "{2024-05-05,2024-05-06}"),
        ("from 5 to 7 May 2024", "2024-05-05/2024-05-07"),
        ("2024-05-05/07", "2024-05-05/2024-05-07"),
        ("night of 5-6 May 2024", "2024-05-05/2024-05-06"),
        ("early in the morning of 5 May 2024", ""),
        ("5 May 2024, early morning", "2024-05-05"),
        ("5 May 2024, 3:00 in the afternoon", ""),
        ("2024-05-13T24:00", "2024-05-14T00:00"),
        ("31.12.2023 24:00", "2024-01-01T00:00"),
        ("31.12.2023 24:01", ""),
        ("5. 5. 2024", "2024-05-05"),
        ("05.05.2024.", "2024-05-05"),
        ("30.5.-2.6.2024", "2024-05-30/2024-06-02"),
        ("5.-7. Mai 2024", "2024-05-05/2024-05-07"),
        ("vom 5. bis 7. Mai 2024", "2024-05-05/2024-05-07"),
        ("du 5 au 7 mai 2024", "2024-05-05/2024-05-07"),
        ("del 5 al 7 de mayo de 2024", "2024-05-05/2024-05-07"),
        ("dal 5 al 7 maggio 2024", "2024-05-05/2024-05-07"),
        ("с 5 по 7 мая 2024", "2024-05-05/2024-05-07"),
        ("5 мая 2024 г.", "2024-05-05"),
        ("1 січня 1900 року", "1900-01-01"),
        ("1. ledna 1900", "1900-01-01"),
        ("5 Mayıs 2024", "2024-05-05"),
        ("2024. május 5.", "2024-05-05"),
        ("1. tammikuuta 1900", "1900-01-01"),
        ("1 Ιανουαρίου 1900", "1900-01-01"),
        ("٥ مايو ٢٠٢٤", "2024-05-05"),
        ("5 בינואר 2024", "2024-01-05"),
        ("1º de enero de 1900", "1900-01-01"),
        ("le 5 mai 2024 à 14 h 30", "2024-05-05T14:30"),
        ("1 gennaio 1900, ore 14:30", "1900-01-01T14:30"),
        ("mi-mai 2024", "2024-05-11/2024-05-20"),
        ("1. Hälfte 19. Jh.", "1800/1849"),
        ("première moitié du XIXe siècle", "1800/1849"),
        ("segunda mitad del siglo XIX", "1850/1899"),
        ("вторая половина XIX века", "1850/1899"),
        ("18.–19. Jh.", "17XX/18XX"),
        ("XVIII–XIX вв.", "17XX/18XX"),
        ("19世纪末", "1867/1899"),
        ("1990年代", "199X"),
        ("公元前44年", "-0043"),
        ("約1850年", "1850~"),
        ("2024年5月上旬", "2024-05-01/2024-05-10"),
        ("2024년 봄", "2024-21"),
    ],
)  # fmt: skip
def test_other_spellings_have_their_meaning(written: str, edtf: str) -> None:
    assert edtf_of(written) == edtf


@pytest.mark.parametrize("written", ["C19", "2024-130", "AB-1234-", "b12345", "no. 12 to 14", "3 BP 4"])
def test_the_number_of_something_is_no_date(written: str) -> None:
    assert edtf_of(written) == ""


@given(CENTURIES, st.sampled_from([("first", 0, 49), ("second", 50, 99)]))
def test_half_a_century_has_fifty_years_in_every_language(number: int, half: tuple[str, int, int]) -> None:
    word, first, last = half
    years = f"{number - 1:02}{first:02}/{number - 1:02}{last:02}"
    nth = 1 if word == "first" else 2
    for written in (
        f"{word} half of the {number} century",
        f"{nth}. Hälfte des {number}. Jahrhunderts",
        f"{nth}-я половина {ROMAN[number - 1].upper()} века",
        f"{number}世紀{'前半' if nth == 1 else '後半'}",
    ):
        assert edtf_of(written) == years


@given(st.dates(), st.sampled_from(["{d:02}-{m}-{y:02}", "{d} {m} {y:02}", "{d:02}-{M}-{y:02}"]))
def test_a_named_month_with_a_short_year_is_within_fifty_years_of_today(day: object, form: str) -> None:
    year, month, of_month = map(int, str(day).split("-"))
    name = MONTHS[month - 1][:3]
    written = form.format(d=of_month, m=name, M=name.upper(), y=year % 100)
    (edtf,) = edtf_of_all([written])
    # 29 February is not in every year.
    assert not edtf or (edtf[2:4], edtf[5:]) == (f"{year % 100:02}", f"{month:02}-{of_month:02}")
    assert edtf or (month, of_month) == (2, 29)


@given(st.text("0123456789./-–:, abcdefhkmrtwqöéгв年世紀", max_size=20))
def test_whatever_is_written_another_spelling_is_a_date_or_none(text: str) -> None:
    assert isinstance(respelt(text), str)
    if edtf := edtf_of(text):
        parse_date(edtf)

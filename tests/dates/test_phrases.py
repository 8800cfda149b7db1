"""Dates of genealogists, librarians, databases and other languages, and columns of them."""

from __future__ import annotations

from datetime import date, timedelta
from datetime import datetime as date_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.calendars import from_julian
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import edtf_of, edtf_of_column, is_kept_in_full
from timeline_tui.dates.phrases import of_wikidata

YEARS = st.integers(1000, 2090)
BEFORE = (
    "BEF", "bef", "Bef.", "before", "pre-", "vor", "avant", "antes de", "prima del", "voor", "före", "før",
    "przed", "до",
)  # fmt: skip
AFTER = (
    "AFT", "after", "post", "nach", "après", "después de", "dopo il", "depois de", "na", "efter", "etter",
    "po", "после",
)  # fmt: skip
BETWEEN = (
    "zwischen {} und {}", "entre {} et {}", "entre {} y {}", "tra {} e {}", "tussen {} en {}",
    "mellan {} och {}", "między {} a {}", "между {} и {}", "between {} and {}",
)  # fmt: skip
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@given(YEARS, st.sampled_from(BEFORE))
def test_what_is_before_a_year_excludes_it(year: int, word: str) -> None:
    assert edtf_of(f"{word} {year}".replace("- ", "-")) == f"[..{year - 1:04}]"


@given(YEARS, st.sampled_from(AFTER))
def test_what_is_after_a_year_excludes_it(year: int, word: str) -> None:
    assert edtf_of(f"{word} {year}") == f"[{year + 1}..]"


@given(st.dates(date(1000, 1, 2), date(2090, 12, 30)))
def test_before_and_after_a_day_end_and_begin_beside_it(day: date) -> None:
    written = f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}"
    assert edtf_of(f"BEF {written}") == f"[..{day - timedelta(1)}]"
    assert edtf_of(f"AFT {written}") == f"[{day + timedelta(1)}..]"


@given(YEARS, st.integers(1, 9))
def test_genealogists_words_have_their_meaning(year: int, years: int) -> None:
    end = year + years
    assert edtf_of(f"BET {year} AND {end}") == f"[{year}..{end}]"
    assert edtf_of(f"FROM {year} TO {end}") == f"{year}/{end}"
    assert edtf_of(f"TO {end}") == f"../{end}"
    assert edtf_of(f"FROM {year}") == f"{year}/.."
    assert edtf_of(f"INT {year} (about {year})") == f"{year}~"
    assert edtf_of(f"EITHER {year} OR {end}") == f"[{year},{end}]"
    for word in ("ABT", "EST", "CAL", "fl.", "um", "vers", "hacia", "circa", "około", "около", "omkring"):
        assert edtf_of(f"{word} {year}") == f"{year}~"
    assert edtf_of(f"after {year} and before {end + 2}") == f"[{year + 1}..{end + 1}]"


@given(YEARS, st.sampled_from(BETWEEN))
def test_between_is_read_in_other_languages(year: int, words: str) -> None:
    assert edtf_of(words.format(year, year + 3)) == f"{year}/{year + 3}"


@given(st.integers(1600, 1899), st.sampled_from(["Jan", "FEB", "March"]), st.integers(1, 24), st.booleans())
def test_a_dual_year_is_its_second_one_and_its_words_are_kept(
    year: int, month: str, day: int, short: bool
) -> None:
    tail = str(year + 1)[-1 if short and (year + 1) % 10 else -2 :]
    written = f"{day} {month} {year}/{tail}"
    assert edtf_of(written).startswith(f"{year + 1}-0")
    assert not is_kept_in_full(written)


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ("1917-10-25", "1917-11-07"),
        ("1582-10-05", "1582-10-15"),
        ("1290-11-29", "1290-12-06"),
        ("1700-02-29", "1700-03-11"),
        ("-0043-03-15", "-0043-03-13"),
        ("1917-10", "1917-10"),
        ("1917-10-25/1917-10-26", "1917-11-07/1917-11-08"),
    ],
)
def test_a_julian_day_is_converted(julian: str, gregorian: str) -> None:
    assert from_julian(julian) == gregorian


@given(
    st.dates(date(1600, 1, 1), date(1923, 1, 1)),
    st.sampled_from(
        ["@#DJULIAN@ {}", "{} (Julian)", "{} O.S.", "{} (O.S.)", "{} (Old Style)", "JULIAN {}", "{} OS"]
    ),
)
def test_a_day_in_old_style_is_converted_and_its_words_are_kept(day: date, words: str) -> None:
    written = words.format(f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}")
    assert edtf_of(written) == from_julian(day.isoformat())
    assert not is_kept_in_full(written)


def test_a_day_given_in_both_styles_counts_in_the_new_one() -> None:
    assert edtf_of("7 November 1917 (25 October O.S.)") == "1917-11-07"
    assert edtf_of("7 November 1917 (N.S.)") == "1917-11-07"


@given(st.integers(10, 20), st.integers(0, 9), st.sampled_from("?-*_"))
def test_unknown_last_digits_are_unknown(century: int, decade: int, sign: str) -> None:
    assert edtf_of(f"{century}{decade}{sign}") == f"{century}{decade}X"
    assert edtf_of(f"{century}{sign}{sign}") == f"{century}XX"
    assert edtf_of(f"[{century}{decade}-?]") == f"{century}{decade}X?"
    assert edtf_of(f"c. {century}{decade}-") == f"{century}{decade}X~"
    assert edtf_of(f"{century}{decade}5?") == f"{century}{decade}5?"
    assert edtf_of(f"{century}{decade}5-??-??") == f"{century}{decade}5"


@given(st.integers(1, 9))
def test_a_part_of_a_decade_is_a_part_of_a_decade(decade: int) -> None:
    for years in (1900 + 10 * decade, 2000):
        assert edtf_of(f"early {years}s") == f"{years}/{years + 3}"
        assert edtf_of(f"mid {years}s") == edtf_of(f"mid-{years}s") == f"{years + 4}/{years + 6}"
        assert edtf_of(f"late {years}s") == f"{years + 7}/{years + 9}"


@given(st.integers(1, 900), st.integers(1, 90))
def test_an_era_after_two_years_is_that_of_both(first: int, length: int) -> None:
    last = first + length
    assert edtf_of(f"{first}-{last} AD") == f"{first:04}/{last:04}"
    assert edtf_of(f"~{first}–{last} AD") == f"{first:04}~/{last:04}~"
    before = [f"-{year - 1:04}" if year > 1 else "0000" for year in (last, first)]
    assert edtf_of(f"{last}-{first} BC") == "/".join(before)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("19. Jahrhundert", "18XX"),
        ("XIXe siècle", "18XX"),
        ("siglo XIX", "18XX"),
        ("XX secolo", "19XX"),
        ("19e eeuw", "18XX"),
        ("XIX wiek", "18XX"),
        ("XX век", "19XX"),
        ("Frühling 1848", "1848-21"),
        ("printemps 1968", "1968-21"),
        ("otoño de 1934", "1934-23"),
        ("весна 1945", "1945-21"),
        ("Anfang 1914", "1914-37"),
        ("fin 1914", "1914-39"),
        ("début des années 1990", "1990/1993"),
        ("44 v. Chr.", "-0043"),
        ("44 av. J.-C.", "-0043"),
        ("May/June 2019", "2019-05/2019-06"),
        ("between 5 and 7 May 2020", "2020-05-05/2020-05-07"),
        ("令和6年5月6日", "2024-05-06"),
        ("6 พฤษภาคม 2567", "2024-05-06"),
        ("٢٠٢٤-٠٥-٠٦", "2024-05-06"),
        ("13 octobre 2023 à 14h30", "2023-10-13T14:30"),
        ("1445 AH", "2023-07-19~/2024-07-07~"),
        ("1 Muharram 1445 AH", "2023-07-19~"),
        ("Ramadan 1445 AH", "2024-03-11~/2024-04-09~"),
        ("1445 AM", ""),
        ("10 Thermidor an II", "1794-07-28"),
        ("18 Brumaire, an VIII", "1799-11-09"),
        ("1er vendemiaire an I", "1792-09-22"),
        ("11 Frimaire an XIII", "1804-12-02"),
        ("10 Wintermonth an II", ""),
        ("n.d.", ""),
    ],
)
def test_dates_of_other_languages_and_calendars_are_read(written: str, edtf: str) -> None:
    assert edtf_of(written) == edtf


@pytest.mark.parametrize(
    ("written", "precision", "edtf"),
    [
        ("+1990-05-06T00:00:00Z", 11, "1990-05-06"),
        ("+1990-05-00T00:00:00Z", 10, "1990-05"),
        ("+1990-01-01T00:00:00Z", 9, "1990"),
        ("+1990-00-00T00:00:00Z", 8, "199X"),
        ("+1900-00-00T00:00:00Z", 7, "18XX"),
        ("+1801-00-00T00:00:00Z", 7, "18XX"),
        ("-0500-00-00T00:00:00Z", 7, "-04XX"),
        ("-0001-01-01T00:00:00Z", 9, "0000"),
        ("-0044-03-15T00:00:00Z", 11, "-0043-03-15"),
        ("-00002500000-01-01T00:00:00Z", 4, "Y-2500000S2"),
        ("-13798000000-00-00T00:00:00Z", 3, "Y-13798000000S5"),
        ("+2001-00-00T00:00:00Z", 6, "2001/3000"),
    ],
)
def test_a_time_of_wikidata_is_as_precise_as_it_says(written: str, precision: int, edtf: str) -> None:
    assert of_wikidata(written, precision) == edtf
    parse_date(edtf)


@given(st.integers(1, 9999), st.sampled_from("+-"), st.integers(0, 12), st.integers(0, 14))
def test_every_time_of_wikidata_is_a_date_in_its_year(
    year: int, sign: str, month: int, precision: int
) -> None:
    found = parse_date(of_wikidata(f"{sign}{year:04}-{month:02}-00T00:00:00Z", precision))
    exact = parse_date(of_wikidata(f"{sign}{year:04}-00-00T00:00:00Z", 9))
    assert found.earliest <= exact.latest
    assert exact.earliest <= found.latest


@given(st.lists(st.integers(1990, 2060), min_size=3, max_size=9, unique=True), st.booleans())
def test_a_column_of_seasons_has_years_and_no_months(years: list[int], short: bool) -> None:
    texts = [f"{year}-{str(year + 1)[-1 if short and (year + 1) % 10 else -2 :]}" for year in years]
    assert edtf_of_column(texts).dates == [f"{year}/{year + 1}" for year in years]


def test_a_year_and_month_alone_is_one_and_a_column_of_years_says_otherwise() -> None:
    assert edtf_of_column(["2008-09", "2008-11"]).dates == ["2008-09", "2008-11"]
    assert edtf_of_column(["2008-09", "2008-10"], years=True).dates == ["2008/2009", "2008/2010"]
    assert edtf_of_column(["1984-5"], years=True).dates == ["1984/1985"]


@given(st.lists(st.dates(date(1930, 1, 1), date(2100, 1, 1)), min_size=2, max_size=6), st.sampled_from(
    ["{:%Y-%m-%d} 00:00:00", "{:%Y-%m-%d}T00:00:00Z", "{:%m/%d/%Y} 0:00", "{:%d.%m.%Y} 00:00",
     "{:%Y-%m-%d}T00:00:00.000+02:00"]))  # fmt: skip
def test_times_that_are_all_midnight_are_days(days: list[date], form: str) -> None:
    days = [*days, date(2020, 12, 31)]
    column = edtf_of_column([form.format(day) for day in days])
    assert column.dates == [day.isoformat() for day in days]
    assert "00:00" in column.guess


def test_a_midnight_among_other_times_is_a_time() -> None:
    assert edtf_of_column(["2020-01-01 00:00", "2020-01-01 10:30"]).dates == [
        "2020-01-01T00:00",
        "2020-01-01T10:30",
    ]


@given(
    st.lists(st.integers(631_152_000, 4_000_000_000), min_size=1, max_size=5),
    st.sampled_from([("seconds", 0), ("milliseconds", 3), ("microseconds", 6), ("nanoseconds", 9)]),
)
def test_numbers_since_1970_are_read_in_the_unit_that_makes_them_plausible(
    seconds: list[int], unit: tuple[str, int]
) -> None:
    name, zeros = unit
    column = edtf_of_column([f"{second}{'0' * zeros}" for second in seconds])
    assert [parse_date(edtf).key[:2] for edtf in column.dates] == [
        (719_163 + second // 86_400, second % 86_400 * 10**9) for second in seconds
    ]
    assert name in column.guess or "00:00" in column.guess


@given(st.lists(st.dates(date(1930, 1, 1), date(2100, 1, 1)), min_size=1, max_size=5))
def test_days_of_a_spreadsheet_are_days(days: list[date]) -> None:
    serials = [str((day - date(1899, 12, 30)).days) for day in days]
    column = edtf_of_column(serials)
    assert column.dates == [day.isoformat() for day in days]
    assert "1899-12-30" in column.guess
    assert edtf_of_column(["45000.75", "45001"]).dates == ["2023-03-15T18:00", "2023-03-16"]


@given(st.datetimes(date_time(1900, 1, 1), date_time(2999, 1, 1)))  # noqa: DTZ001  such digits have no zone
def test_fourteen_digits_are_a_moment(at: date_time) -> None:
    assert edtf_of(f"{at:%Y%m%d%H%M%S}") == f"{at:%Y-%m-%dT%H:%M:%S}"


@given(st.text("BEFAT 0123456789/-?()OS.@#DJULIN+TZ:abcdefxuntilvor", max_size=40))
def test_whatever_is_written_a_date_is_valid_or_none(text: str) -> None:
    for edtf in (
        edtf_of(text),
        *edtf_of_column([text, "1990"]).dates,
        *edtf_of_column([text], years=True).dates,
    ):
        if edtf:
            parse_date(edtf)

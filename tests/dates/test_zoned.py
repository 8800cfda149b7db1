"""Times of day as clocks in one time zone show them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.zoned import in_zone
from timeline_tui.dates.zones import find_zone, zone_names

zones = st.sampled_from(["Europe/Kyiv", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "UTC"])
offsets = st.integers(-14 * 60, 14 * 60)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024-11-06T23:30Z", "2024-11-07T01:30+02:00"),
        ("2024-07-06T21:30:05.25Z", "2024-07-07T00:30:05.25+03:00"),
        ("2024-11-06T18:00-05:00/2024-11-06T20:00-05:00", "2024-11-07T01:00+02:00/2024-11-07T03:00+02:00"),
        ("2024-11-06T18:00Z/..", "2024-11-06T20:00+02:00/.."),
        ("2024-11-06T18:00", "2024-11-06T18:00"),
        ("2024-11-06", "2024-11-06"),
        ("2024-11-06T18:00Z/", "2024-11-06T20:00+02:00/"),
        ("[2024-11-06,2024-11-08]", "[2024-11-06,2024-11-08]"),
        ("-0044-03-15T10:00Z", "-0044-03-15T10:00Z"),
        ("2024-11-06T23:30Z/2024-11-06", "2024-11-06T23:30Z/2024-11-06"),
    ],
)
def test_a_time_with_an_offset_is_shown_in_the_zone_and_others_as_they_are(written: str, shown: str) -> None:
    assert in_zone(parse_date(written), "Europe/Kyiv").text == shown


@examples(300)
@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)), offsets, zones)  # noqa: DTZ001  the offset follows
def test_the_instant_stays_the_same(moment: datetime, offset: int, zone: str) -> None:
    hours, minutes = divmod(abs(offset), 60)
    written = f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0")
    date = parse_date(f"{written}{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}")
    shown = in_zone(date, zone)
    assert shown.key == date.key
    assert in_zone(shown, zone) == shown
    assert in_zone(shown, "UTC").key == date.key


@examples(100)
@given(st.datetimes(datetime(1980, 1, 1), datetime(2037, 1, 1)), zones)  # noqa: DTZ001  it is made one of UTC
def test_the_clock_is_that_of_the_zone(moment: datetime, zone: str) -> None:
    shown = in_zone(parse_date(f"{moment:%Y-%m-%dT%H:%M}Z"), zone)
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert shown.text[:16] == f"{local:%Y-%m-%dT%H:%M}"


def test_an_unknown_zone_changes_nothing() -> None:
    date = parse_date("2024-11-06T23:30Z")
    assert in_zone(date, "Nowhere/Else") is date
    assert in_zone(date, "") is date


def test_the_names_of_zones_are_those_that_are_found() -> None:
    names = zone_names()
    assert names.index("Europe/Kyiv") < names.index("UTC")
    assert all(find_zone(name) for name in names[:20])

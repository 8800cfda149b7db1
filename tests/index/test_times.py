from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.day_numbers import SECONDS

if TYPE_CHECKING:
    from timeline_tui.index.index import Index

DATES = st.sampled_from(
    [
        "2024-10-31", "2024-11-01", "2024-11", "2024-11-02", "../2024-11-01", "Y-13800000000",
        "2024-11-01T05:00:00+09:00", "2024-11-01T23:30-05:00", "2024-11-01T10:00:10Z", "2024-11-01T10:00:10",
        "2024-11-02T00:00:00+02:00", "2024-11-02T00:00:00Z/2024-11-02T12:00:00Z", "2024-11-01T23:59:59Z",
        "[2024-11-01T12:00Z,2024-11-01T11:00Z]",
    ]
)  # fmt: skip


def index_of(*dates: str) -> Index:
    return story(*(event(date, date) for date in dates)).index


@given(st.lists(DATES, min_size=1, max_size=12), st.integers(-3, 3), st.integers(0, SECONDS))
@examples(500)
def test_moments_ascend_within_the_days_of_their_events(dates: list[str], days: int, second: int) -> None:
    index = index_of(*dates)
    moments = [index.moments[key] for key in range(index.total)]
    assert moments == sorted(moments)
    per_day = index.moments.per_day
    assert per_day == (SECONDS if any("T" in date for date in dates) else 1)
    assert [moment // per_day for moment in moments] == list(index.standing)
    asked = (parse_date("2024-11-01").earliest + days) * per_day + second
    assert index.moments.first_from(asked) == sum(moment < asked for moment in moments)


def test_a_moment_is_the_time_as_written_where_the_clocks_of_a_day_agree() -> None:
    index = index_of("2024-11-01T05:00:07+09:00", "2024-11-01T23:30+09:00", "2024-11-03T01:00-05:00")
    day = parse_date("2024-11-01").earliest
    times = [divmod(index.moments[key] - day * SECONDS, SECONDS) for key in range(3)]
    assert times == [(0, 5 * 3600 + 7), (0, 23 * 3600 + 1800), (2, 3600)]
    assert not index.moments.is_in_utc(day, day + 9)


def test_a_moment_is_in_utc_where_the_clocks_of_a_day_differ() -> None:
    index = index_of("2024-11-01T10:00:00+02:00", "2024-11-01T09:00:00Z", "2024-11-05T09:00:00+01:00")
    day = parse_date("2024-11-01").earliest
    assert [index.moments[key] - day * SECONDS for key in range(2)] == [8 * 3600, 9 * 3600]
    assert index.moments.is_in_utc(day, day + 1)
    assert not index.moments.is_in_utc(day + 1, day + 9)

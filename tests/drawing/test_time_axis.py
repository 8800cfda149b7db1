"""The axis of days in cells."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.drawing.time_axis import TimeAxis

DAYS = st.integers(-5_000_000_000_000, 5_000_000)
SCALES = st.builds(
    lambda first, days, width: TimeAxis(first, first + days, width),
    DAYS,
    st.one_of(st.integers(0, 4000), st.integers(0, 5_000_000_000_000)),
    st.integers(1, 300),
)


@given(SCALES, st.integers())
def test_every_day_has_a_cell_of_the_axis(scale: TimeAxis, day: int) -> None:
    assert 0 <= scale.cell(day) < scale.width


@given(SCALES)
def test_the_first_and_last_day_have_the_first_and_last_cell(scale: TimeAxis) -> None:
    assert scale.cell(scale.first) == 0
    assert scale.cell(scale.last) == scale.width - 1 or scale.last - scale.first + 1 < scale.width


@given(SCALES, st.data())
def test_the_day_of_a_cell_is_drawn_in_it_if_any_day_is(scale: TimeAxis, data: st.DataObject) -> None:
    cell = data.draw(st.integers(0, scale.width - 1))
    if scale.last - scale.first + 1 >= scale.width:
        assert scale.cell(scale.day(cell)) == cell


@given(SCALES)
def test_ticks_rise_and_never_overlap(scale: TimeAxis) -> None:
    ticks = scale.ticks()
    for left, right in pairwise(ticks):
        assert left.cell + len(left.label) < right.cell
    assert all(0 <= tick.cell < scale.width for tick in ticks)
    assert len(ticks) <= scale.width


def test_years_are_marked_on_a_long_axis() -> None:
    scale = TimeAxis(from_civil(2022, 2, 24), from_civil(2024, 12, 4), 100)
    labels = [tick.label for tick in scale.ticks()]
    assert "2023" in " ".join(labels)
    assert "2024" in " ".join(labels)


def test_days_are_marked_on_a_short_axis() -> None:
    scale = TimeAxis(from_civil(2024, 11, 1), from_civil(2024, 11, 6), 100)
    assert [tick.label for tick in scale.ticks()] == ["Nov 1", "2", "3", "4", "5", "6"]


def test_ticks_of_seconds_are_times_of_day_and_the_first_of_a_day_has_its_name() -> None:
    day = from_civil(2024, 11, 1)
    minutes = TimeAxis(day * 86_400 + 3 * 3600, day * 86_400 + 4 * 3600 - 1, 60, 86_400)
    assert minutes.ticks() == [(0, "Nov 1 03:00"), (20, "03:20"), (30, "03:30"), (40, "03:40"), (50, "03:50")]
    assert minutes.ticks(origin=day - 2)[0].label == "T+2 03:00"
    nights = TimeAxis(day * 86_400 + 43_200, (day + 2) * 86_400 - 1, 40, 86_400)
    assert [tick.label for tick in nights.ticks()] == ["Nov 1 12:00", "Nov 2", "12:00"]
    seconds = TimeAxis(day * 86_400, day * 86_400 + 19, 40, 86_400)
    assert [tick.label for tick in seconds.ticks()][:2] == ["Nov 1", "00:00:05"]

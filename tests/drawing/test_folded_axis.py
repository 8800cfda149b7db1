"""An axis on which long times without an event are folded."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.drawing.folded_axis import FoldedAxis
from timeline_tui.drawing.time_axis import TimeAxis


@st.composite
def gapped(draw: st.DrawFn) -> tuple[FoldedAxis, list[tuple[int, int]]]:
    cuts = sorted(draw(st.sets(st.integers(-5_000, 5_000), min_size=2, max_size=20)))
    inner = cuts[1:-1]
    gaps = [(one, other - 1) for one, other in zip(inner[::2], inner[1::2], strict=False) if other - one > 1]
    return FoldedAxis(cuts[0], cuts[-1], draw(st.integers(1, 240)), gaps), gaps


@given(gapped())
def test_days_go_from_left_to_right_within_the_width(
    example: tuple[FoldedAxis, list[tuple[int, int]]],
) -> None:
    axis, _ = example
    cells = [axis.cell(day) for day in range(axis.first, axis.last + 1)]
    assert cells[0] == 0
    assert all(0 <= cell < axis.width for cell in cells)
    assert all(one <= other for one, other in pairwise(cells))


@given(gapped())
def test_days_with_events_are_never_folded(example: tuple[FoldedAxis, list[tuple[int, int]]]) -> None:
    axis, gaps = example
    empty = {day for gap in gaps for day in range(gap[0], gap[1] + 1)}
    folds = set(axis.folds)
    assert not any(axis.cell(day) in folds for day in range(axis.first, axis.last + 1) if day not in empty)


@given(gapped())
def test_the_day_of_a_cell_is_drawn_there_or_after_it(
    example: tuple[FoldedAxis, list[tuple[int, int]]],
) -> None:
    axis, _ = example
    for cell in range(axis.width):
        day = axis.day(cell)
        assert axis.cell(day) >= cell or day >= axis.last
        assert axis.cell(day - 1) < cell or cell == 0 or axis.cell(day - 1) in axis.folds


@given(gapped())
def test_each_fold_takes_one_cell_and_there_are_few(
    example: tuple[FoldedAxis, list[tuple[int, int]]],
) -> None:
    axis, gaps = example
    assert len(axis.folds) == len(set(axis.folds)) <= len(gaps)
    assert len(axis.folds) <= axis.width // 8


@given(gapped())
def test_labels_do_not_overlap_and_are_whole(example: tuple[FoldedAxis, list[tuple[int, int]]]) -> None:
    axis, _ = example
    for ticks in (axis.ticks(), axis.ticks(axis.first)):
        assert all(one.cell + len(one.label) + 1 < other.cell for one, other in pairwise(ticks))
        assert all(tick.cell + len(tick.label) < axis.width for tick in ticks)


def test_without_gaps_it_is_the_plain_axis() -> None:
    axis, plain = FoldedAxis(0, 999, 80), TimeAxis(0, 999, 80)
    assert [axis.cell(day) for day in range(1000)] == [plain.cell(day) for day in range(1000)]


def test_a_late_event_leaves_the_others_their_room() -> None:
    axis = FoldedAxis(0, 3_000, 100, [(1_000, 2_999)])
    assert axis.cell(999) >= 90
    assert axis.folds == [97]


@pytest.mark.parametrize("width", [80, 160, 240, 400])
def test_on_an_axis_of_years_the_first_label_of_each_stretch_names_its_year(width: int) -> None:
    axis = FoldedAxis(
        from_civil(2022, 2, 24),
        from_civil(2025, 1, 7),
        width,
        [(from_civil(2022, 9, 5), from_civil(2024, 5, 3))],
    )
    (fold,) = axis.folds
    labels = [[tick.label for tick in axis.ticks() if (tick.cell > fold) is after] for after in (False, True)]
    assert all(re.search("20[0-9]{2}$", first) for first, *_ in labels)

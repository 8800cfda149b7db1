"""Where the panes of the main screen stand."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.drawing.panes import (
    BESIDE_FROM,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    ROOMY_FROM,
    SLIM_FROM,
    Box,
    EventPlace,
    PaneName,
    Panes,
    arrange,
    overview_lines,
    sidebar_width,
)
from timeline_tui.drawing.row_cells import RowTexts, counts_in_cells, date_cells, row_cells
from timeline_tui.text.cells import cells

ALL: tuple[PaneName, ...] = ("actors", "timeline", "event")
WIDTHS, HEIGHTS = st.integers(LEAST_WIDTH, 400), st.integers(8, 200)


def room_for_titles(width: int, quotes: int = 9, claims: int = 9) -> int:
    """Cells of a long title in a terminal of `width` columns; from 100 on, the list has a scroll bar."""
    timeline = arrange(width, 20, ALL).timeline
    assert timeline is not None
    row = timeline.width - (width >= ROOMY_FROM)
    texts = RowTexts("x" * row, counts_in_cells(quotes, claims, row))
    return cells(row_cells(row, date_cells(row), texts).titles[0])


def boxes(panes: Panes) -> list[Box]:
    return [box for box in panes if box is not None]


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@given(st.integers(ROOMY_FROM, 400), st.integers(0, 99), st.integers(0, 99))
def test_from_100_columns_on_a_title_has_56_cells(width: int, quotes: int, claims: int) -> None:
    counts = (quotes, claims) if quotes or claims else (1, 1)
    assert room_for_titles(width, *counts) >= 56


@given(st.integers(SLIM_FROM, ROOMY_FROM - 1), st.integers(1, 99), st.integers(1, 99))
def test_from_80_columns_on_a_title_has_52_cells(width: int, quotes: int, claims: int) -> None:
    assert room_for_titles(width, quotes, claims) >= 52


@given(st.integers(SLIM_FROM, 400), st.integers(18, 200))
def test_actors_timeline_and_event_are_in_sight_from_80_columns_on(width: int, height: int) -> None:
    panes = arrange(width, height - 1 - overview_lines(height) - 1, ALL)
    assert len(boxes(panes)) == 3
    assert panes.timeline is not None
    assert panes.timeline.height >= 6
    assert panes.event is not None
    assert panes.event.height >= 5
    assert panes.event.width >= 40


@given(WIDTHS, HEIGHTS)
def test_panes_fill_the_area_without_overlapping(width: int, height: int) -> None:
    found = boxes(arrange(width, height, ALL))
    assert sum(box.width * box.height for box in found) == width * height
    assert not any(overlap(one, other) for one, other in combinations(found, 2))
    assert all(0 <= box.x <= box.x + box.width <= width for box in found)
    assert all(0 <= box.y <= box.y + box.height <= height for box in found)


@given(WIDTHS, HEIGHTS)
def test_widened_actors_move_nothing_else(width: int, height: int) -> None:
    slim, wide = arrange(width, height, ALL), arrange(width, height, ALL, widened=True)
    assert slim[1:] == wide[1:]
    assert wide.sidebar is not None
    assert wide.sidebar.width >= min(width, 40)


@given(WIDTHS, HEIGHTS)
def test_without_actors_their_room_goes_to_the_others(width: int, height: int) -> None:
    panes = arrange(width, height, ("timeline", "event"), widened=True)
    assert panes.sidebar is None
    assert sum(box.width * box.height for box in boxes(panes)) == width * height


@given(WIDTHS, HEIGHTS, st.sampled_from(ALL[1:]))
def test_one_of_timeline_and_event_alone_takes_the_room_of_both(
    width: int, height: int, pane: PaneName
) -> None:
    found = boxes(arrange(width, height, ("actors", pane)))
    assert sum(box.width * box.height for box in found) == width * height


@given(st.integers(LEAST_WIDTH, 399))
def test_a_wider_terminal_never_has_a_narrower_sidebar_in_the_same_arrangement(width: int) -> None:
    if width + 1 != BESIDE_FROM:
        assert sidebar_width(width + 1) >= sidebar_width(width)


@pytest.mark.parametrize(("width", "titles"), [(40, 23), (60, 43), (79, 57)])
def test_narrow_terminals_keep_titles_readable(width: int, titles: int) -> None:
    assert room_for_titles(width) == titles


@pytest.mark.parametrize(("height", "lines"), [(LEAST_HEIGHT, 0), (17, 0), (18, 2), (29, 2), (30, 3)])
def test_the_overview_is_lower_in_a_low_terminal(height: int, lines: int) -> None:
    assert overview_lines(height) == lines


@given(st.integers(40, 320), st.integers(12, 100), st.sampled_from(EventPlace))
def test_the_event_stands_where_the_reader_wants_it(width: int, height: int, place: EventPlace) -> None:
    panes = arrange(width, height, ("actors", "timeline", "event"), event_place=place)
    assert panes.timeline is not None
    assert panes.event is not None
    is_beside = panes.event.y == 0
    assert (
        is_beside
        == {
            EventPlace.AUTO: width >= BESIDE_FROM,
            EventPlace.BESIDE: width >= ROOMY_FROM,
            EventPlace.BELOW: False,
        }[place]
    )
    if is_beside:
        assert panes.timeline.x + panes.timeline.width == panes.event.x
        assert panes.event.x + panes.event.width == width

"""Lines of braille dots: every dot of a line that lies within the field is set, and no other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.drawing.braille import ACROSS, DOWN, Dots, letter, stroke

WIDTH, HEIGHT = 5, 3


def dots_of(dots: Dots) -> set[tuple[int, int]]:
    """The dots that are set, read back from the letters."""
    places = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
    return {
        (cell * ACROSS + places[bit][0], line * DOWN + places[bit][1])
        for line in range(dots.height)
        for cell, bits in dots.row(line)
        for bit in range(8)
        if bits >> bit & 1
    }


@given(st.integers(-3, WIDTH * ACROSS + 3), st.integers(-3, HEIGHT * DOWN + 3))
def test_a_dot_is_where_it_was_put_if_that_is_within_the_field(x: int, y: int) -> None:
    dots = Dots(WIDTH, HEIGHT)
    dots.put(x, y)
    is_within = 0 <= x < WIDTH * ACROSS and 0 <= y < HEIGHT * DOWN
    assert dots_of(dots) == ({(x, y)} if is_within else set())


def test_dots_are_unicode_braille() -> None:
    assert letter(0x01) == "⠁"
    assert letter(0xFF) == "⣿"


places = st.tuples(st.integers(-60, 60), st.integers(-60, 60))


@examples(500)
@given(places, places)
def test_a_line_has_the_dots_within_the_field_that_the_whole_line_has(
    start: tuple[int, int], end: tuple[int, int]
) -> None:
    field = WIDTH * ACROSS, HEIGHT * DOWN
    within = list(stroke(start, end, field))
    assert all(0 <= x < field[0] and 0 <= y < field[1] for x, y in within)
    for one, other in pairwise(within):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1
    across, down = end[0] - start[0], end[1] - start[1]
    for x, y in within:
        # No dot is farther than one from the exact line.
        away = abs((x - start[0]) * down - (y - start[1]) * across)
        assert away <= max(abs(across), abs(down), 1) * 1.01
    for place in (start, end):
        if 0 <= place[0] < field[0] and 0 <= place[1] < field[1]:
            assert place in within


@given(st.lists(places, min_size=2, max_size=6))
def test_a_line_through_points_has_all_of_them_that_are_within_the_field(
    points: list[tuple[int, int]],
) -> None:
    dots = Dots(WIDTH, HEIGHT)
    dots.put_line([x for x, _ in points], [y for _, y in points])
    within = {(x, y) for x, y in points if 0 <= x < WIDTH * ACROSS and 0 <= y < HEIGHT * DOWN}
    assert within <= dots_of(dots)


@pytest.mark.parametrize("far", [1e9, -1e9])
def test_a_line_from_far_outside_costs_no_more_than_what_is_in_sight(far: float) -> None:
    dots = Dots(WIDTH, HEIGHT)
    dots.put_line([far, 3], [4, 4])
    assert {y for _, y in dots_of(dots)} == {4}

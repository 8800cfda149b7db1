"""On which line a row is, with one row taller than the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.drawing.row_lines import RowLines


@st.composite
def row_lines(draw: st.DrawFn) -> RowLines:
    rows, height = draw(st.integers(0, 40)), draw(st.integers(1, 3))
    tall = draw(st.integers(-1, rows - 1))
    return RowLines(rows, height, tall, draw(st.integers(0, 3)) if tall >= 0 else 0)


@given(row_lines())
def test_each_line_belongs_to_the_row_that_it_is_counted_to(lines: RowLines) -> None:
    written = [(row, part) for row in range(lines.rows) for part in range(lines.lines_in(row))]
    assert [lines.at(line) for line in range(lines.total)] == written


@given(row_lines())
def test_a_row_begins_on_the_first_of_its_lines(lines: RowLines) -> None:
    for row in range(lines.rows):
        assert lines.at(lines.line_of(row)) == (row, 0)


@given(row_lines(), st.integers(0, 20))
def test_lines_after_the_last_row_belong_to_rows_that_are_not_there(lines: RowLines, beyond: int) -> None:
    assert lines.at(lines.total + beyond)[0] >= lines.rows


def test_a_row_among_ten_million_is_found_at_once() -> None:
    lines = RowLines(10_000_000, 2, 4_000_000, 1)
    assert lines.at(lines.line_of(9_999_999)) == (9_999_999, 0)
    assert lines.total == 20_000_001

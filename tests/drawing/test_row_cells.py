"""How the row of an event is divided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from timeline_tui.drawing.panes import ROOMY_FROM, arrange
from timeline_tui.drawing.row_cells import RowTexts, counts_in_cells, date_cells, row_cells, title_room
from timeline_tui.loading.opened import open_timeline
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

TITLES = st.text(st.sampled_from("abc é漢 "), max_size=90).map(lambda text: " ".join(text.split()))
WORDS = st.sampled_from(["", "happened", "disputed"])
REMARKS = st.sampled_from(["", "revealed 2 days later"])


@given(st.integers(20, 200), TITLES, st.tuples(st.integers(0, 150), st.integers(0, 150)), WORDS, REMARKS)
def test_all_parts_of_a_row_fit_its_width(
    width: int, title: str, numbers: tuple[int, int], word: str, remark: str
) -> None:
    date, counts = date_cells(width), counts_in_cells(*numbers, width)
    for most in (1, 2, 3):
        row = row_cells(width, date, RowTexts(title, counts, word, remark), most)
        assert 1 <= len(row.titles) <= most
        room = title_room(width, date, row.counts)
        assert all(cells(piece) <= room for piece in row.titles)
        asides = sum(cells(part) + gap for part, gap in ((row.word, 1), (row.remark, 2)) if part)
        assert cells(row.titles[-1]) + asides <= room


@given(st.integers(40, 200), TITLES)
def test_a_wrapped_title_is_whole(width: int, title: str) -> None:
    row = row_cells(width, date_cells(width), RowTexts(title), 20)
    assert "".join(row.titles).replace(" ", "") == title.replace(" ", "")


def test_a_title_that_needs_more_lines_than_there_are_is_cut_at_the_end_of_the_last() -> None:
    row = row_cells(40, 7, RowTexts("word " * 30), 2)
    assert len(row.titles) == 2
    assert row.titles[0].endswith("word")
    assert row.is_cut


@pytest.mark.parametrize(
    ("numbers", "narrow", "roomy"),
    [
        ((0, 0), (), ()),
        ((3, 4), ("3q4c", "qc", ""), ("3q  4c", "qc")),
        ((0, 12), ("12c", "c", ""), ("12c", "c")),
        ((28, 0), ("28q", "q", ""), ("28q    ", "q")),
        ((13, 12), ("13q12c", "qc", ""), ("13q 12c", "qc")),
        ((130, 12), ("99+12c", "qc", ""), ("99+ 12c", "qc")),
    ],
)
def test_quotes_and_claims_are_counted_in_few_cells(
    numbers: tuple[int, int], narrow: tuple[str, ...], roomy: tuple[str, ...]
) -> None:
    assert counts_in_cells(*numbers, 70) == narrow
    assert counts_in_cells(*numbers, 80) == roomy


def test_counts_give_way_where_they_would_cut_the_title() -> None:
    counts = counts_in_cells(3, 4, 69)
    shown = {length: row_cells(69, 7, RowTexts("x" * length, counts)).counts for length in (52, 54, 57, 58)}
    assert shown == {52: "3q4c", 54: "qc", 57: "", 58: "3q4c"}


@pytest.mark.parametrize(("width", "most_cut"), [(80, 3), (100, 0), (120, 0), (150, 0), (180, 0), (240, 0)])
def test_titles_of_the_bundled_story_are_whole(width: int, most_cut: int) -> None:
    timeline = arrange(width, 30, ("actors", "timeline", "event")).timeline
    assert timeline is not None
    row = timeline.width - (width >= ROOMY_FROM)
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    cut = [
        shown.title
        for shown in view.rows(0, view.count)
        if row_cells(
            row,
            date_cells(row),
            RowTexts(shown.title, counts_in_cells(shown.quotes, shown.claims, row)),
        ).is_cut
    ]
    assert len(cut) <= most_cut, cut

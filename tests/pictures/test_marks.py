"""The marks of cells with several events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.stories import event, story
from timeline_tui.drawing.symbols import BARS
from timeline_tui.pictures.marks import merged
from timeline_tui.pictures.printed import whole_picture


@pytest.mark.parametrize(
    ("number", "sign"), [(4000, "█"), (1000, "▄"), (250, "▂"), (100, "▁"), (10, "▁"), (9, "9")]
)
def test_half_as_high_is_a_quarter_as_many(number: int, sign: str) -> None:
    assert merged(number, 0, 4000)[0] == sign


@given(st.integers(1000, 10**9), st.data())
def test_more_events_are_never_a_lower_bar(most: int, data: st.DataObject) -> None:
    few, many = sorted(data.draw(st.tuples(st.integers(10, most), st.integers(10, most))))
    assert BARS.index(merged(few, 0, most)[0]) <= BARS.index(merged(many, 0, most)[0])


def test_very_many_events_are_measured_by_the_fullest_cell_and_the_title_has_its_number() -> None:
    days = [("2024-01-01", 1600), ("2024-03-01", 400), ("2024-05-01", 100)]
    found = [event(day, f"Event {number}", kind="x") for day, count in days for number in range(count)]
    picture = whole_picture(story(*found), "lanes", "kind", 80)
    assert "· ▄ 400 █ 1,600 ·" in picture.title
    shown = "".join(line.text for line in picture.lines)
    assert [sign for sign in shown if sign in BARS.strip()] == ["█", "▄", "▂"]

"""The selected cell of a picture can be told from the others and says nothing wrong."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from timeline_tui.drawing.symbols import BARS
from timeline_tui.tui.widgets.picture import selected_cell


@pytest.mark.parametrize("sign", ["●", "3", "◇", "a"])
def test_light_and_dark_of_the_selected_cell_are_exchanged(sign: str) -> None:
    strip = selected_cell(Strip([Segment(f"·{sign}·")]), 1)
    assert [(segment.text, bool(segment.style and segment.style.reverse)) for segment in strip] == [
        ("·", False),
        (sign, True),
        ("·", False),
    ]


@pytest.mark.parametrize("bar", BARS.strip())
def test_a_selected_bar_does_not_look_like_one_of_another_height(bar: str) -> None:
    style = Style(color="red")
    strip = selected_cell(Strip([Segment(f"{bar}{bar}", style)]), 0)
    assert strip.text == f"+{bar}"

"""Drawings in fewer bytes show the same letters and the same boxes."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.drawing.lines import Line, Part, Span
from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.drawing.svg import svg
from timeline_tui.exchange.html.shortened import shortened

_parts: st.SearchStrategy[Part] = st.sampled_from(["text", "faint", "doubt"])
_lines = st.lists(
    st.lists(st.tuples(st.text("ab<& ●◇⠿⣀━─┄█漢", max_size=12), _parts), max_size=4).map(
        lambda spans: Line(tuple(Span(text, part) for text, part in spans))
    ),
    max_size=4,
)


def letters(drawing: str) -> Counter[tuple[str, float, str]]:
    """Each letter with where it stands: the middle of its cell if it is a sign, else its left edge."""
    found: Counter[tuple[str, float, str]] = Counter()
    for attributes, inner in re.findall(r"<text ([^>]*)>([^<]*)</text>", drawing):
        places, y = re.findall(r'[xy]="([^"]*)"', attributes)
        text, (first, *others) = unescape(inner), map(float, places.split())
        at = [first + 9 * number for number in range(len(text))] if not others else [first, *others]
        found.update((y, x, letter) for x, letter in zip(at, text, strict=True) if letter != " ")
    return found


def painted(drawing: str) -> set[tuple[int, int]]:
    """The tenths of a unit that boxes cover along their upper edges."""
    boxes = re.findall(r"M([0-9.]+) ([0-9.]+)h([0-9.]+)v", drawing)
    return {
        (round(float(y) * 10), tenth)
        for x, y, width in boxes
        if width != "2.6"
        for tenth in range(round(float(x) * 10), round(float(x) * 10 + float(width) * 10))
    }


@given(_lines)
def test_each_letter_and_each_box_stays_where_it_is(lines: list[Line]) -> None:
    drawing = svg(lines, 60, 4, THEME_COLOURS["paper"], title="A title", description="What it shows")
    short = shortened(drawing)
    assert letters(short) == letters(drawing)
    assert painted(short) == painted(drawing)
    assert len(short) < len(drawing)


def test_a_line_of_boxes_is_one_box_and_a_row_of_signs_one_text() -> None:
    line = Line((Span("━━━━"), Span("●  ◇ ●"), Span(" two words")))
    drawing = svg([line], 60, 1, THEME_COLOURS["paper"], title="", description="")
    short = shortened(drawing)
    assert short.count("<path") == 1
    assert re.findall(r'd="([^"]*)"', short) == ["M0 7.8h36v2.4h-36z"]
    assert re.findall(r">([^<]+)</text>", short) == ["●◇●", "two words"]

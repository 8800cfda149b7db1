"""Lines as SVG: well-formed whatever they say, every letter in its own cell, every sign drawn or written."""

from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.hostile_text import HOSTILE
from timeline_tui.drawing.lines import Line, Part, Span
from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.drawing.svg import CELL_HEIGHT, CELL_WIDTH, svg
from timeline_tui.text.cells import cells, letters
from timeline_tui.text.sanitize import one_line

NAMESPACE = "{http://www.w3.org/2000/svg}"
PAPER = THEME_COLOURS["paper"]
PARTS: tuple[Part, ...] = get_args(Part)
ELEMENTS = {"svg", "title", "desc", "rect", "g", "path", "text"}


def drawn(*lines: Line, columns: int = 40, rows: int | None = None, title: str = "A title") -> ET.Element:
    text = svg(lines, columns, rows or len(lines), PAPER, title=title, description="What it shows")
    return ET.fromstring(text)  # noqa: S314  our own output


def texts(root: ET.Element) -> list[ET.Element]:
    return list(root.iter(f"{NAMESPACE}text"))


@examples(300)
@given(
    st.lists(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(PARTS)), max_size=5), max_size=4),
    st.text(max_size=20),
    st.integers(1, 30),
    st.sampled_from(sorted(THEME_COLOURS)),
)
def test_any_text_makes_a_well_formed_document_of_known_elements_within_its_size(
    content: list[list[tuple[str, Part]]], title: str, columns: int, theme: str
) -> None:
    lines = [Line(tuple(Span(one_line(text), part) for text, part in spans)) for spans in content]
    document = svg(lines, columns, len(lines), THEME_COLOURS[theme], title=title, description=title)
    root = ET.fromstring(document)  # noqa: S314  our own output
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= ELEMENTS
    for element in texts(root):
        x, length = float(element.attrib["x"]), float(element.get("textLength", 0))
        assert x >= 0
        assert x + length <= columns * CELL_WIDTH


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(hostile: str) -> None:
    root = drawn(Line((Span(one_line(hostile), "name"),)), columns=10_000, title=hostile)
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= ELEMENTS
    shown = "".join(text.text or "" for text in texts(root))
    assert shown == re.sub(" ", "", one_line(hostile))
    assert not any(name.startswith("on") or "href" in name for each in root.iter() for name in each.attrib)


def test_markup_in_a_name_is_escaped() -> None:
    root = drawn(Line((Span("</text><script>alert(1)</script>&amp;"),)), title="<b>&")
    assert "".join(text.text or "" for text in texts(root)) == "</text><script>alert(1)</script>&amp;"
    assert [child.text for child in root[:2]] == ["<b>&", "What it shows"]


def test_what_xml_cannot_have_is_replaced() -> None:
    root = drawn(Line((Span("a\x00b\ud800c\ufffe"),)), title="\x01")
    assert "".join(text.text or "" for text in texts(root)) == "a�b�c�"


def test_each_word_begins_at_its_cell_and_is_as_long_as_its_cells() -> None:
    root = drawn(Line((Span("  ab  漢字 "), Span("x≈y", "doubt"))))
    found = {text.text: (float(text.attrib["x"]), text.get("textLength")) for text in texts(root)}
    assert found == {
        "ab": (2 * CELL_WIDTH, str(2 * CELL_WIDTH)),
        "漢字": (6 * CELL_WIDTH, str(4 * CELL_WIDTH)),
        "x": (11.5 * CELL_WIDTH, None),
        "≈": (12.5 * CELL_WIDTH, None),
        "y": (13.5 * CELL_WIDTH, None),
    }


@pytest.mark.parametrize("sign", "─│╷┤╭█▁▌░▓━┄┊⠁⣿")
def test_signs_that_join_with_their_neighbours_are_shapes_within_their_cell(sign: str) -> None:
    root = drawn(Line((Span(" " + sign),)))
    assert not texts(root)
    (path,) = root.iter(f"{NAMESPACE}path")
    for x, y, width, height in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", path.attrib["d"]):
        assert float(x) >= CELL_WIDTH
        assert float(x) + float(width) <= 2 * CELL_WIDTH + 0.01
        assert float(y) + float(height) <= CELL_HEIGHT + 0.01


def test_what_goes_beyond_the_size_is_left_out() -> None:
    line = Line((Span("abcdef"), Span("ghi")))
    root = drawn(line, line, columns=7, rows=1)
    assert [text.text for text in texts(root)] == ["abcdef", "g"]


def test_looks_are_attributes_of_a_group_with_the_name_of_the_style() -> None:
    (group,) = drawn(Line((Span("gone", "fallen"),))).iter(f"{NAMESPACE}g")
    assert group.attrib == {"class": "fallen", "fill": PAPER.muted, "text-decoration": "line-through"}


def test_the_letters_of_a_line_are_all_there() -> None:
    text = "Zażółć gęślą jaźń · مرحبا بالعالم · ไทย · 한국"
    assert cells(text) == sum(width for _, width in letters(text))
    root = drawn(Line((Span(text),)), columns=80)
    assert "".join(each.text or "" for each in texts(root)) == text.replace(" ", "")

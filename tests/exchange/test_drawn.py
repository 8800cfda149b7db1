"""Pictures to take away, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.support.stories import event, story
from timeline_tui.cli.table import PICTURES
from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.drawing.svg import CELL_WIDTH
from timeline_tui.exchange.drawn import Size, picture_svg

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View

NAMESPACE = "{http://www.w3.org/2000/svg}"


def a_story(events: int) -> View:
    return story(
        *(event(f"2024-01-{day:02}", f"Day {day}", actors={"lavrov": ""}) for day in range(1, events + 1))
    )


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  our own output


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("events", [0, 1, 12])
def test_every_picture_is_a_drawing_with_a_title_and_a_description(name: str, events: int) -> None:
    root = parsed(picture_svg(a_story(events), name))
    title, desc = root.find(f"{NAMESPACE}title"), root.find(f"{NAMESPACE}desc")
    assert title is not None
    assert title.text
    assert desc is not None
    assert desc.text


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_has_the_size_and_the_theme_that_are_asked_for(name: str) -> None:
    view = a_story(3)
    small, tall = (parsed(picture_svg(view, name, Size(60, rows), "night")) for rows in (20, 40))
    assert small.attrib["width"] == tall.attrib["width"] == str(62 * CELL_WIDTH)
    assert float(small.attrib["height"]) < float(tall.attrib["height"])
    background = small.find(f"{NAMESPACE}rect")
    assert background is not None
    assert background.attrib["fill"] == THEME_COLOURS["night"].background


def test_a_drawing_for_a_page_has_no_words_of_its_own_around_the_picture() -> None:
    view = a_story(3)
    assert view.title in "".join(parsed(picture_svg(view, "lanes")).itertext())
    root = parsed(picture_svg(view, "lanes", with_words=False))
    assert view.title not in [text.text for text in root.iter(f"{NAMESPACE}text")]

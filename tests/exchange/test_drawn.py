"""Pictures, pages and the list to take away, as SVG, text and PNG."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.support.hostile_text import HOSTILE
from tests.support.screens import HARBOUR
from tests.support.stories import event, story
from timeline_tui.cli.main import main
from timeline_tui.cli.table import FAILED, PICTURES, SHOWN, THEMES
from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.drawing.svg import CELL_WIDTH
from timeline_tui.exchange.drawn import (
    THEME,
    CannotDraw,
    Drawing,
    Size,
    picture_svg,
    png,
    write_svg,
    write_text,
)
from timeline_tui.model.records import Actor, Header, Place
from timeline_tui.pages.printed import PageRequest
from timeline_tui.pictures.printed import printed_picture
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from pathlib import Path

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


def described(text: str) -> str:
    desc = parsed(text).find(f"{NAMESPACE}desc")
    assert desc is not None
    assert desc.text is not None
    return desc.text


def test_a_drawing_says_in_words_what_it_shows() -> None:
    view = a_story(3)
    assert described(picture_svg(view, "lanes")) == (
        "3 events\nSergey Lavrov: 3 events, 1 January 2024 to 3 January 2024"
    )
    assert "Jan 2024: " in described(picture_svg(view, "calendar", by="days"))
    nobody = view.with_query(parse_query("kind:vote").query)
    assert "There are no events here." in described(picture_svg(nobody, "map"))


@pytest.mark.parametrize("what", SHOWN[1:])
def test_every_page_is_a_drawing_with_its_text_for_screen_readers(what: str) -> None:
    view = a_story(3)
    drawing = Drawing(page=PageRequest(what, "story.yaml"), size=Size(60))
    description = described(write_svg(view, drawing).text)
    text = write_text(view, drawing).text
    assert view.title in text
    assert [line.strip() for line in text.rstrip().splitlines()] == description.rstrip().splitlines()
    assert all(cells(line) <= 60 for line in text.splitlines())


def test_without_a_picture_or_a_page_the_list_is_drawn() -> None:
    assert "2024-01-02  Day 2" in write_text(a_story(3)).text
    assert "2024-01-02  Day 2" in described(write_svg(a_story(3)).text)


def test_what_has_no_room_in_a_height_is_counted() -> None:
    text = write_text(a_story(12), Drawing(size=Size(60, 6))).text
    assert len(text.splitlines()) == 6
    assert text.endswith("… and 10 lines more\n")


def test_the_text_of_a_picture_is_that_of_list_picture() -> None:
    view = a_story(5)
    drawing = Drawing("lanes", size=Size(70))
    assert write_text(view, drawing).text.splitlines() == list(printed_picture(view, "lanes", "", 70))


def test_a_png_is_made_of_the_drawing() -> None:
    pytest.importorskip("cairosvg")
    data = png(picture_svg(a_story(3), "lanes", Size(40, 10)))
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * 42 * CELL_WIDTH


def test_without_its_library_a_png_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(CannotDraw, match=r"pip install timeline-tui\[png\], or use --to svg"):
        png("<svg/>")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", PICTURES)
def test_hostile_names_stay_text_in_every_picture(name: str, hostile: str) -> None:
    header = Header(
        title=hostile,
        actors={"a": Actor(name=hostile, kind=hostile), "b": Actor(name=hostile)},
        places={"p": Place(name=hostile, lat=1.0, lon=2.0)},
    )
    events = [event("2024-01-01", hostile, actors={"a": hostile, "b": ""}, place="p", kind=hostile)] * 2
    text = picture_svg(story(*events, header=header), name)
    tags = {element.tag.removeprefix(NAMESPACE) for element in parsed(text).iter()}
    assert tags <= {"svg", "title", "desc", "rect", "g", "path", "text"}
    assert not any(attribute not in ATTRIBUTES for each in parsed(text).iter() for attribute in each.attrib)


ATTRIBUTES = {
    "role", "width", "height", "viewBox", "font-family", "font-size", "class", "x", "y", "fill", "d",
    "fill-opacity", "text-anchor", "textLength", "lengthAdjust", "font-weight", "font-style",
    "text-decoration",
}  # fmt: skip


def test_the_command_offers_every_theme_the_usual_one_first() -> None:
    assert THEMES[0] == THEME
    assert set(THEMES) == set(THEME_COLOURS)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--to", "csv", "--page", "claims"], "--page goes with --to svg or text or png"),
        (["--to", "cast", "--theme", "night"], "--theme goes with --to svg or text or png"),
        (["--to", "svg", "--page", "claims", "--picture", "lanes"], "name two different things"),
        (["--to", "svg", "--page", "claims", "--by", "kind"], "name two different things"),
        (["--to", "svg", "--page", "claims", "--sides", "a | b"], "--sides goes with --page sides"),
        (["--to", "svg", "--picture", "lanes", "--topic", "t"], "--topic goes with --page claims"),
        (["--to", "svg", "--picture", "map", "--by", "kind"], "--picture map cannot be --by kind"),
        (["--to", "png", "--picture", "map"], "say where to write it with -o FILE"),
        (["--to", "svg", "--page", "claims", "--topic", "nothing"], "there is no topic nothing"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(HARBOUR), *options]) == FAILED
    assert message in capsys.readouterr().err


def test_a_drawing_is_written_as_the_name_of_its_file_says(tmp_path: Path) -> None:
    pytest.importorskip("cairosvg")
    for name, start in (("a.svg", b"<svg"), ("a.png", b"\x89PNG")):
        file = tmp_path / name
        assert main(["export", str(HARBOUR), "--picture", "who", "--theme", "night", "-o", str(file)]) == 0
        assert file.read_bytes().startswith(start)


def test_a_page_is_exported_with_the_sides_that_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    sides = ["--page", "sides", "--sides", "has:quotes | has:claims"]
    assert main(["export", str(HARBOUR), "--to", "text", *sides]) == 0
    assert "has: claims" in capsys.readouterr().out

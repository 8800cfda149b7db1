"""A film of the known-on clock as an asciicast."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.support.hostile_text import HOSTILE
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, story
from timeline_tui.cli.main import main
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.cast import write
from timeline_tui.exchange.drawn import Drawing, Size
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pictures.printed import picture_with_words
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r"\x1b\[(\d+);1H(.*?)\x1b\[K", re.DOTALL)
_CLEAR = "\x1b[?25l\x1b[2J"


def frames(text: str, rows: int) -> list[tuple[float, list[str]]]:
    """What a terminal shows after each time that something is written to it."""
    screen, found = [""] * rows, []
    for line in text.splitlines()[1:]:
        seconds, kind, data = json.loads(line)
        assert kind == "o"
        written = data.removeprefix(_CLEAR)
        for number, content in _PLACE.findall(written):
            screen[int(number) - 1] = _COLOUR.sub("", content)
        assert not _PLACE.sub("", written)
        found.append((seconds, [*screen]))
    return found


def whole(path: Path = BUNDLED) -> View:
    return View(open_timeline(path, today=TODAY).index, today=TODAY)


@pytest.mark.parametrize("name", ["list", "lanes", "clocks", "who", "calendar"])
def test_the_film_goes_on_in_time_and_ends_with_what_is_known(name: str) -> None:
    view = whole()
    text = write(view, Drawing(name, size=Size(90, 30))).text
    header = json.loads(text.splitlines()[0])
    assert (header["version"], header["width"], header["height"]) == (2, 90, 30)
    shown = frames(text, 30)
    times = [seconds for seconds, _ in shown]
    assert times == sorted(set(times))
    assert times[-1] == header["duration"]
    assert all(cells(line) <= 90 for _, lines in shown for line in lines)
    assert "known on 24 February 2022" in "\n".join(shown[0][1])
    last = [line.rstrip() for line in shown[-1][1]]
    assert "known on" not in "\n".join(last)
    if name != "list":
        drawn = picture_with_words(view, name, "", 90, 30)[:30]
        assert [line for line in last if line] == [line.text.rstrip() for line in drawn if line.text.strip()]


def test_no_frame_tells_what_was_not_known_yet() -> None:
    view = story(
        event("2022-01-01", "First"),
        event("2022-02-01", "Told late", known=parse_date("2022-06-01")),
        event("2022-05-01", "Second"),
    )
    shown = frames(write(view).text, 30)
    texts = ["\n".join(lines) for _, lines in shown]
    assert "Second" in texts[1]
    assert "Told late" not in texts[1]
    assert "Told late" in texts[-1]


def test_a_film_under_the_clock_ends_with_its_day() -> None:
    view = story(event("2022-01-01", "First"), event("2022-05-01", "Second")).known_by(
        parse_date("2022-03-01").earliest
    )
    text = "\n".join(line for _, lines in frames(write(view).text, 30) for line in lines)
    assert "Second" not in text


@pytest.mark.parametrize("name", ["list", "lanes", "clocks"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(name: str, text: str) -> None:
    view = story(event("2022-01-01", text, kind=text), event("2022-05-01", text))
    cast = write(view, Drawing(name, "kind" if name == "lanes" else "", Size(60, 20))).text
    for line in cast.splitlines()[1:]:
        data = json.loads(line)[2].removeprefix(_CLEAR)
        plain = _COLOUR.sub("", _PLACE.sub(r"\2", data))
        assert all(unicodedata.category(letter) != "Cc" for letter in plain)


def test_an_empty_timeline_is_a_film_of_one_picture() -> None:
    shown = frames(write(story()).text, 30)
    assert len(shown) == 2
    assert "0 events" in "\n".join(shown[0][1])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "csv", "--picture", "lanes"], "--picture goes with --to cast or svg or text"),
        (
            ["--to", "cast", "--picture", "lanes", "--by", "together"],
            "--picture lanes cannot be --by together",
        ),
        (["--to", "cast", "--size", "wide"], "a size is columns and rows"),
        (["--to", "cast", "--size", "5x5"], "a size is from 20x5"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(BUNDLED), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_film_of_a_picture_is_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "story.cast"
    assert main(["export", str(BUNDLED), "--picture", "clocks", "--size", "80x24", "-o", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["width"] == 80

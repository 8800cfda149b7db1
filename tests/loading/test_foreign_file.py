"""Files of other makes, opened as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import TODAY, main_screen, selected_title, shows, timeline_app
from timeline_tui.cli import main as cli
from timeline_tui.dates.date import parse_date
from timeline_tui.errors import TimelineError
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

HISTORY = """\
# Somebody's history
milestones:
  - when: March 2021
    event: The first stone
    people: [Ada Brown, Bob Green]
    link: https://example.org/stone
  - when: c. 1990
    event: A plan
    participants: 36
  - when: nobody remembers
    event: A quarrel
"""


def opened(path: Path) -> View:
    return View(open_timeline(path, today=TODAY).index, today=TODAY)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_of_another_format_is_opened_without_loss(tmp_path: Path) -> None:
    view = opened(written(tmp_path / "history.yaml", HISTORY))
    rows = view.rows(0, view.count)
    assert [(row.title, row.date.text) for row in rows] == [
        ("A quarrel", "XXXX"),
        ("A plan", "1990~"),
        ("The first stone", "2021-03"),
    ]
    plan, stone = view.event(1), view.event(2)
    assert plan.extra["participants"] == "36"
    assert sorted(view.actor_name(id_) for id_ in stone.actors) == ["Ada Brown", "Bob Green"]
    assert view.source(stone.sources[0].id).url == "https://example.org/stone"  # type: ignore[union-attr]


def test_an_undated_event_does_not_stretch_the_time_axis(tmp_path: Path) -> None:
    view = opened(written(tmp_path / "history.yaml", HISTORY))
    assert view.span[0] >= parse_date("1990").earliest
    assert view.span[1] <= parse_date("2021-03").latest
    only = opened(
        written(
            tmp_path / "only.yaml", "stones:\n  - date: never\n    title: A\n  - date: 1990\n    title: B\n"
        )
    )
    assert only.count == 2


def test_guesses_are_reported_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", str(written(tmp_path / "history.yaml", HISTORY))]) == 0
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert "imported from another format" in told[0]
    assert "dates are taken from `when`" in told[0]
    assert "titles are taken from `event`" in told[0]


def test_lines_are_those_of_the_file_itself(tmp_path: Path) -> None:
    text = "events:\n" + "".join(f"- title: Event {n}\n  year: {1900 + n}\n" for n in range(3))
    found = open_timeline(written(tmp_path / "years.yaml", text), today=TODAY)
    assert [found.index.event(key).line for key in range(3)] == [2, 4, 6]


def test_a_file_of_this_format_with_errors_is_not_taken_for_another_format(tmp_path: Path) -> None:
    broken = "title: T\nactors:\n  a: {name: A}\nevents:\n  - date: 9 Feb 2024\n    title: X\n"
    found = open_timeline(written(tmp_path / "ours.yaml", broken), today=TODAY)
    assert "bad-date" in [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps([{"date": "2024-01-01", "title": "A"}, {"date": "2024-01-02", "title": "B"}])),
        ("a.csv", "date,title\n2024-01-01,A\n2024-01-02,B\n"),
        ("a.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(
            f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;VALUE=DATE:2024010{day}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n"
            for day, name in ((1, "A"), (2, "B"))) + "END:VCALENDAR\r\n"),
        ("a.mmd", "timeline\n    2024-01-01 : A\n    2024-01-02 : B\n"),
        ("a.mw", "2024-01-01: A\n2024-01-02: B\n"),
    ],
)  # fmt: skip
def test_formats_of_other_programs_open_by_their_names(tmp_path: Path, name: str, text: str) -> None:
    view = opened(written(tmp_path / name, text))
    assert [row.title for row in view.rows(0, 9)] == ["A", "B"]


def test_a_folder_of_files_with_an_event_each_is_one_timeline(tmp_path: Path) -> None:
    for number in (1, 2):
        written(tmp_path / f"{number}.md", f"---\ndate: 2024-01-0{number}\ntitle: Day {number}\n---\nText\n")
    assert [row.title for row in opened(tmp_path).rows(0, 9)] == ["Day 1", "Day 2"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"{"),
        ("a.ics", b"BEGIN:VCALENDAR\n"),
        ("a.csv", b"one,two\n1,2\n"),
        ("a.html", b"<html>"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ],
)
def test_a_file_that_cannot_be_converted_is_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TimelineError) as caught:
        opened(tmp_path / name)
    assert len(str(caught.value).splitlines()) == 1
    assert name in str(caught.value)


async def test_the_screen_shows_what_was_guessed(tmp_path: Path) -> None:
    app = timeline_app(written(tmp_path / "history.yaml", HISTORY))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await shows(pilot, "imported from another format")
        await pilot.press("G")
        assert selected_title(app) == "The first stone"
        assert main_screen(app).timeline.has_focus

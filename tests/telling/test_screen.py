"""The screen of a step: always as large as it is asked for, and nothing of a step is lost."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from tests.telling.test_path import view_of
from timeline_tui.loading.opened import open_timeline
from timeline_tui.telling.path import Path, story_or_events
from timeline_tui.telling.printed import printed_steps
from timeline_tui.telling.screen import opening_screen, step_lines, step_screen
from timeline_tui.text.cells import cells
from timeline_tui.timeline import View

if TYPE_CHECKING:
    import pathlib


@cache
def bundled(story: str) -> Path:
    return story_or_events(View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY), story)


@given(
    st.sampled_from(["pledge", "road-to-kursk"]),
    st.integers(1, 9),
    st.integers(8, 200),
    st.integers(2, 70),
    st.integers(0, 99),
)
def test_a_screen_has_the_size_that_was_asked_for(
    story: str, number: int, width: int, height: int, top: int
) -> None:
    screen = step_screen(bundled(story), number, width, height, top)
    assert len(screen.lines) == height
    assert max(cells(line.text) for line in screen.lines) <= width
    assert 0 <= screen.top <= screen.last_top


@pytest.mark.parametrize("number", [1, 2, 3, 7, 8])
def test_scrolling_shows_each_line_of_a_step(number: int) -> None:
    path = bundled("pledge")
    whole = [line.text for line in step_lines(path, number, 60)]
    seen: set[str] = set()
    top, last = 0, 1
    while top <= last:
        screen = step_screen(path, number, 60, 10, top)
        seen |= {line.text for line in screen.lines}
        top, last = top + 1, screen.last_top
    assert set(whole) <= seen


def test_date_status_title_quote_and_speaker_stand_in_this_order() -> None:
    text = "\n".join(line.text for line in step_screen(bundled("pledge"), 2, 80, 24).lines)
    places = [
        text.index(each)
        for each in (
            "1 November 2024 · Moscow",
            "● happened",
            "CHOE AND LAVROV MEET IN MOSCOW",
            "“Мы уверяем",
            "Choe Son-hui, Foreign Minister",
            "13 versions",
            "She spoke Korean",
        )
    ]
    assert places == sorted(places)


def test_an_answer_that_falls_without_a_source_is_marked() -> None:
    text = "\n".join(line.text for line in step_screen(bundled("pledge"), 8, 100, 40).lines)
    assert "D  ∅ Victory Day, with capitals" in text
    assert "∅ without 2 sources: [News part of the article" in text


def test_the_day_of_the_clock_stands_below_the_strip_of_time() -> None:
    lines = step_screen(bundled("road-to-kursk"), 1, 80, 24).lines
    assert lines[-1].text.strip() == "◷ as known on 10 October 2024"
    assert any("▼" in line.text for line in lines)


def test_the_title_comes_before_the_steps() -> None:
    text = "\n".join(line.text for line in opening_screen(bundled("pledge"), 60, 20).lines)
    assert "ONE PLEDGE IN ELEVEN VERSIONS" in text
    assert "9 steps" in text


def test_hostile_text_is_made_visible(tmp_path: pathlib.Path) -> None:
    view = view_of(tmp_path, r'event: leaves, text: "a\x1b[31mb\u202ec"')
    path = story_or_events(view)
    for text in (*(line.text for line in step_lines(path, 1, 80)), *printed_steps(path, 80)):
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_pipe_gets_every_step_with_its_notes() -> None:
    text = "\n".join(printed_steps(bundled("pledge"), 80))
    assert text.count(" of 9 ──") == 9
    assert "Notes: Sources differ on the days of her journey." in text


def test_a_quote_that_falls_without_a_source_is_struck_with_the_reason(tmp_path: pathlib.Path) -> None:
    view = view_of(tmp_path, "event: leaves, quote: first, without: [log]")
    text = "\n".join(line.text for line in step_lines(story_or_events(view), 1, 80))
    assert "∅ “We sail.”" in text
    assert "taken away" in text


def test_a_question_shows_who_said_what_when_and_leaves_its_details_to_its_page() -> None:
    shown = [line.text.strip() for line in step_lines(bundled("road-to-kursk"), 3, 76)]
    assert any(text.startswith("When: ") for text in shown)
    assert "A  A deployment is highly likely" in shown
    assert "Who gave which answer" not in shown
    for number in (5, 7):
        assert step_screen(bundled("road-to-kursk"), number, 120, 36).last_top == 0

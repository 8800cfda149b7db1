"""What is measured of a view: the right event, and the last frame that has the view on it."""

from __future__ import annotations

import re

import pytest

from bench.probe import Chunk, Screen
from bench.views import Subject, finished, openings, subject_of
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Claim, Wording

PAGE = "╭─ Links of: A vote ─╮"
BEFORE = "╭─ 1 of 2 [ ] · Who holds what? ─╮"
FULL = {
    "quotes": (quote("lavrov", "Yes.", wordings=(Wording(text="Да."),)),),
    "claims": (Claim(about="troops", by="russia", value="100"),),
}
LINKS = {"responds-to": ("start",)}


def test_a_view_is_finished_with_the_last_frame_that_changed_something() -> None:
    screen = Screen()
    chunks = [
        Chunk(1.0, b"\x1b[H" + BEFORE.encode()),
        Chunk(2.0, b"\x1b[H\x1b[2J" + PAGE.encode()),
        Chunk(3.0, b"\r\nits lines"),
        Chunk(4.0, b"\x1b[H" + PAGE.encode()),
    ]
    assert finished(screen.paint(chunks), "╭─ Links of: ") == 3.0


@pytest.mark.parametrize("chunks", [[], [Chunk(1.0, BEFORE.encode())], [Chunk(1.0, b"\x1b[0m")]])
def test_a_view_that_is_not_to_be_seen_is_not_finished(chunks: list[Chunk]) -> None:
    assert finished(Screen().paint(chunks), "╭─ Links of: ") is None


def test_the_page_that_was_there_before_is_not_taken_for_the_new_one() -> None:
    shown = {one.key: one.shown for one in openings(Subject("", 0, "A vote", "Lavrov"), 0)}
    assert re.search(shown["c"], BEFORE)
    assert [key for key in "wlsui" if re.search(shown[key], BEFORE)] == []
    assert re.search(shown["u"], "╭─ New since the last visit ─╮\n│ + 1 event │")
    assert not re.search(
        shown["u"], "╭─ New since the last visit ─╮\n│ The last visit is being looked up … │"
    )


def test_a_step_back_is_one_to_another_day() -> None:
    day = parse_date("2024-11-01").earliest
    *_, known, step = openings(Subject("", 0, "", ""), day)
    assert re.search(known.shown, "◷ 1 November 2024 · − 3 events")
    assert not re.search(step.shown, "◷ 1 November 2024 · − 3 events")
    assert re.search(step.shown, "◷ 31 October 2024 · − 1 event")


def test_the_event_has_something_for_every_view_and_is_near_to_its_date() -> None:
    view = story(
        event("2024-10-01", "Nothing", id="start"),
        event("2024-11-01", "Nothing either", id="first"),
        event("2024-11-01", "A full one, later on its day", id="late", links=LINKS, **FULL),
        event("2024-11-02", "A full one", id="full", links=LINKS, **FULL),
        event("2024-11-03", "No links", id="last", **FULL),
    )
    assert subject_of(view) == Subject("2024-11-02", 0, "A full one", "Sergey Lavrov")


def test_without_such_an_event_the_next_best_is_taken() -> None:
    view = story(event("2024-11-01", "Nothing", actors={"russia": ""}), event("2024-11-01", "Talk", **FULL))
    found = subject_of(view)
    assert (found.title, found.presses) == ("Talk", 1)

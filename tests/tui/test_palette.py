"""The palette finds commands by name, and what there is in the timeline."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.report_views import bundled, hostile
from tests.support.screens import (
    BUNDLED,
    NARROW,
    SHIPMENT,
    WIDE,
    main_screen,
    screen_text,
    timeline_app,
    type_text,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Target
from timeline_tui.tui.command_line import NAMED
from timeline_tui.tui.open_page import PageKind
from timeline_tui.tui.palette_entries import PaletteEntries

VIEW = bundled()


def found(text: str) -> list[tuple[str, str]]:
    return [(entry.title, entry.right) for entry in PaletteEntries(VIEW, {}).found(text)]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("how many kursk", ("How many North Korean soldiers are in Russia's Kursk region?", "claims")),
        ("3 nov 2024", ("Go to 3 November 2024", "date")),
        ("choe", ("Choe Son-hui", "who this is")),
        ("treaty partnership", ("Putin and Kim sign a strategic partnership treaty", "19 June 2024")),
        ("yonhap", ("Take away Yonhap", "source of 22 September 2022")),
        ("light", ("Switch to the theme paper (light)", "theme")),
    ],
)
def test_what_is_in_the_timeline_is_found_by_the_beginnings_of_its_words(
    text: str, entry: tuple[str, str]
) -> None:
    assert entry in found(text)


def test_a_filter_is_found_with_the_number_of_its_events() -> None:
    count = VIEW.with_query(VIEW.query.with_term("kind", "vote")).count
    assert ("Filter kind:vote", f"{count} events") in found("kind:vote")


def test_names_with_brackets_are_found() -> None:
    entries = PaletteEntries(hostile(), {})
    assert any(
        "[" in entry.title for letter in "abcdefghijklmnopqrstuvwxyz" for entry in entries.found(letter)
    )


def test_every_command_has_its_key_or_its_name_at_the_right_edge() -> None:
    entries = {entry.does: entry.right for entry in PaletteEntries(VIEW, {"find": "ctrl+f"}).commands()}
    assert entries[NAMED["find"]] == "Ctrl+F"
    assert entries[NAMED["links"]] == "l"
    assert entries[NAMED["questions"]] == ":questions"


def test_under_the_clock_nothing_is_found_that_was_published_later() -> None:
    app = timeline_app(SHIPMENT)
    view = app._view_of(app._source)
    early = view.known_by(parse_date("2022-12-31").earliest)
    titles = [entry.title for entry in PaletteEntries(early, {}).found("take away")]
    assert "Take away The Daily" in titles
    assert "Take away Government of Southland" not in titles


@given(st.text(max_size=12))
def test_any_text_can_be_looked_for(text: str) -> None:
    for entry in PaletteEntries(VIEW, {}).found(text):
        assert isinstance(entry.does, Target) or entry.does in NAMED.values()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_command_is_one_line_with_its_key_at_the_right_edge(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+p")
        await type_text(pilot, "next match")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        line = next(line for line in screen_text(app).splitlines() if "Next match" in line)
        assert re.search(r"Next match +n\b", line)


async def test_a_question_chosen_in_the_palette_opens_its_claims() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p")
        await type_text(pilot, "how many kursk")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        page = main_screen(app).open_page
        assert page is not None
        assert page.kind is PageKind.CLAIMS

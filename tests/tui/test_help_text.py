"""The text of the help: what stands in it, what a search leaves, and its columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.text.cells import cells
from timeline_tui.timeline.signs import LEGEND
from timeline_tui.tui.help_text import Section, found, help_lines, sections
from timeline_tui.tui.keys import COMMANDS, Pane


def text(shown: list[Section], width: int) -> str:
    return "\n".join(line.text for line in help_lines(shown, width))


def test_the_signs_and_the_keys_of_where_one_is_come_first() -> None:
    signs, here, *_ = sections([Pane.PAGE])
    assert (signs.heading, here.heading) == ("Signs", f"Keys {Pane.PAGE}")


@pytest.mark.parametrize("width", [36, 76, 100, 136])
def test_every_sign_and_every_key_is_in_it_at_every_width(width: int) -> None:
    shown = text(sections([Pane.TIMELINE]), width)
    keys = [command.shown for command in COMMANDS if command.shown]
    assert [sign for sign in (*keys, *(sign for sign, _ in LEGEND)) if sign not in shown] == []


@examples(200)
@given(st.integers(20, 200), st.sampled_from(Pane))
def test_no_line_is_wider_than_the_help(width: int, pane: Pane) -> None:
    assert max(cells(line.text) for line in help_lines(sections([pane]), width)) <= width


def test_two_columns_take_little_more_than_half_the_lines_of_one() -> None:
    everything = sections([Pane.TIMELINE])
    assert len(help_lines(everything, 130)) < 0.65 * len(help_lines(everything, 90))


def test_a_search_leaves_only_the_entries_that_have_its_words() -> None:
    left = found(sections([Pane.TIMELINE]), "next quote")
    assert {does for section in left for _, does in section.entries} >= {"next quote of the event"}
    assert all(
        "quote" in f"{section.heading} {entry}".lower() for section in left for entry in section.entries
    )


def test_a_sign_is_found_as_it_is_typed() -> None:
    (section,) = [section for section in found(sections([]), "∅") if section.heading == "Signs"]
    assert [sign for sign, _ in section.entries] == ["∅"]


def test_nothing_is_left_of_a_search_for_what_is_not_there() -> None:
    assert found(sections([]), "zebra") == []

"""Texts clipped, padded and wrapped to a number of cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.scripts import SCRIPTS
from timeline_tui.text.cells import cells, clipped, padded, shortened, wrapped

ALL = " ".join(text for text, _ in SCRIPTS.values())


@given(st.text(st.sampled_from(ALL) | st.sampled_from("ab …│"), max_size=30), st.integers(1, 30))
def test_what_is_clipped_padded_or_wrapped_fits_its_cells(text: str, room: int) -> None:
    assert cells(clipped(text, room)) <= room
    assert cells(padded(text, room)) == room
    assert all(cells(line) <= max(room, 2) for line in wrapped(text, max(room, 2)) if len(line) > 1)


@pytest.mark.parametrize(
    ("name", "room", "short"),
    [
        ("Fed. Cncl", 9, "Fed. Cncl"),
        ("Fed. Cncl", 8, "Fed."),
        ("StateDept", 8, "State"),
        ("DonetskPR", 8, "Donetsk"),
        ("Federation Council of Russia", 8, "FCOR"),
        ("Rosoboronexport", 8, "Rosobor…"),
        ("Blue/Yel.", 8, "Blue"),
        ("DPRK (UN)", 8, "DPRK"),
        ("The Morning Post", 8, "Morning"),
        ("A Wave", 5, "Wave"),
    ],
)
def test_a_name_is_shortened_between_its_parts(name: str, room: int, short: str) -> None:
    assert shortened(name, room) == short


@given(st.text(st.sampled_from(ALL) | st.sampled_from("Ab (-/…│"), max_size=30), st.integers(1, 30))
def test_a_shortened_name_fits_its_cells(name: str, room: int) -> None:
    assert cells(shortened(name, room)) <= room


def test_a_letter_with_more_marks_than_fit_into_a_line_goes_on_in_the_next() -> None:
    assert wrapped("1\N{TAMIL VOWEL SIGN AA}\N{TAMIL VOWEL SIGN AA}", 2) == [
        "1\N{TAMIL VOWEL SIGN AA}",
        "\N{TAMIL VOWEL SIGN AA}",
    ]


@pytest.mark.parametrize("text", [text for text, width in SCRIPTS.values() if width == 2])
def test_nothing_is_cut_inside_of_a_letter_with_all_that_belongs_to_it(text: str) -> None:
    kept = clipped(f"{text}{text}{text}", 5).removesuffix("…")
    assert kept in (text * 2, text[: len(kept)])
    assert clipped(f"ab{text}", 3) == "ab…"

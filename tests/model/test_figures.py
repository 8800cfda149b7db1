"""Figures of claims."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.model.figures import Figure, parse_figure


@pytest.mark.parametrize(
    ("text", "low", "high", "about", "words"),
    [
        ("8000", 8000, 8000, False, "8,000"),
        ("8_000", 8000, 8000, False, "8,000"),
        ("8000..10000", 8000, 10000, False, "8,000 to 10,000"),
        ("..8000", None, 8000, False, "at most 8,000"),
        ("8000..", 8000, None, False, "at least 8,000"),
        ("~8000", 8000, 8000, True, "about 8,000"),
        ("~8000..10000", 8000, 10000, True, "about 8,000 to 10,000"),
        ("-3.5", "-3.5", "-3.5", False, "-3.5"),
        ("-3..-1", -3, -1, False, "-3 to -1"),
    ],
)
def test_a_figure_says_its_bounds(
    text: str, low: int | str | None, high: int | str | None, about: bool, words: str
) -> None:
    figure = parse_figure(text)
    expected = Figure(None if low is None else Decimal(low), None if high is None else Decimal(high), about)
    assert figure == expected
    assert str(figure) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "~",
        "~..",
        "10..8",
        "8,000",
        "eight",
        "8..9..10",
        "1e9",
        "8__0",
        "_8",
        "8_",
        "٨٠٠٠",
        ".5",
        "8.",
        "8 000",
    ],
)
def test_anything_else_is_a_text_answer(text: str) -> None:
    assert parse_figure(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20), max_value=10**20))
def test_a_number_is_kept_to_the_last_digit(number: Decimal) -> None:
    figure = parse_figure(f"{number:f}")
    assert figure is not None
    assert figure.low == figure.high == number


@given(st.text())
def test_no_text_is_too_odd_to_be_refused(text: str) -> None:
    figure = parse_figure(text)
    assert figure is None or str(figure)

"""Figures as signs, and drawn on a scale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.drawing.figure_axis import (
    FIGURE_DRAWINGS,
    FIGURE_SIGNS,
    FigureAxis,
    figure_kind,
    figure_without_sign,
)
from timeline_tui.model.figures import Figure, parse_figure


def figure(text: str) -> Figure:
    found = parse_figure(text)
    assert found is not None
    return found


DRAWN = st.sampled_from(["5", "~5", "..5", "5..", "3..9", "-4", "0.25", "1000000", "-3..-1", "~3..9"]).map(
    figure
)


def test_no_two_kinds_of_figures_look_the_same() -> None:
    assert len(set(FIGURE_SIGNS.values())) == len(FIGURE_SIGNS)
    assert len(set(FIGURE_DRAWINGS.values())) == len(FIGURE_DRAWINGS)
    figures = [figure(text) for text in ("8000", "~8000", "..8000", "8000..", "8000..10000")]
    axis = FigureAxis(figures, 40)
    drawn = [axis.draw(one).strip() for one in figures]
    assert drawn[:2] == ["●", "≈"]
    assert [row[0] + row[-1] for row in drawn[2:]] == ["◂┤", "├▸", "├┤"]


def test_an_approximate_bound_differs_from_an_exact_one() -> None:
    exact, about = figure("..5"), figure("~..5")
    axis = FigureAxis([exact, about, figure("9")], 40)
    assert axis.draw(exact) == axis.draw(about).replace("≈", "┤") != axis.draw(about)
    assert figure_without_sign(about) == "≈5"


def test_a_range_within_one_cell_does_not_look_exact() -> None:
    narrow = figure("8000..8001")
    assert FigureAxis([narrow, figure("1")], 30).draw(narrow).strip() == "↔"


@pytest.mark.parametrize(
    ("texts", "low", "high"),
    [
        (["8000"], "0", "8000"),
        (["0"], "0", "1"),
        (["-5"], "-5", "0"),
        (["-31", "74"], "-40", "80"),
        (["1500", "12000"], "0", "12000"),
        (["5100", "5160"], "5100", "5160"),
        (["1..", "2"], "0", "2"),
        (["0.2", "0.31"], "0.0", "0.35"),
    ],
)
def test_an_axis_ends_at_round_numbers_and_includes_0_if_possible(
    texts: list[str], low: str, high: str
) -> None:
    axis = FigureAxis(map(figure, texts), 80)
    assert (axis.low, axis.high) == (Decimal(low), Decimal(high))


def test_an_axis_of_whole_figures_has_no_fractions() -> None:
    assert FigureAxis([figure("1"), figure("2")], 90).text().split() == ["╷0", "╷1", "╷2"]
    assert "╷0.5" in FigureAxis([figure("1"), figure("2.5")], 90).text()


@given(st.lists(DRAWN, min_size=1), st.integers(26, 200))
def test_an_axis_keeps_figures_in_order_and_within_its_width(drawn: list[Figure], width: int) -> None:
    axis = FigureAxis(drawn, width)
    values = sorted(value for figure in drawn for value in (figure.low, figure.high) if value is not None)
    assert axis.low <= values[0] <= values[-1] <= axis.high
    places = [axis.cell(value) for value in values]
    assert places == sorted(places)
    assert len(axis.text()) <= width
    for figure in drawn:
        assert len(axis.draw(figure)) <= width
        assert figure_kind(figure) != "at most" or axis.draw(figure).startswith("◂─")
        assert figure_kind(figure) != "at least" or axis.draw(figure).endswith("─▸")


@given(st.lists(DRAWN, min_size=1), st.integers(26, 200))
def test_the_numbers_on_an_axis_stand_at_their_places(drawn: list[Figure], width: int) -> None:
    axis = FigureAxis(drawn, width)
    text = axis.text()
    ticks = [cell for cell, sign in enumerate(text) if sign == "╷"]
    assert axis.cell(axis.low) in ticks
    assert axis.cell(axis.high) in ticks
    for tick in ticks[:-1]:
        label = text[tick + 1 :].split("╷")[0].split()[0]
        assert axis.cell(Decimal(label.replace(",", ""))) == tick

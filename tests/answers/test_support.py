"""What rests on each source alone, and what falls without it: on the page of sources and in words."""

from __future__ import annotations

import pytest

from tests.support.shipment import shipment, weights
from timeline_tui.answers.support import fallen_counts, fallen_statements, source_weights


def test_the_source_that_most_rests_on_alone_comes_first() -> None:
    found = source_weights(shipment())
    assert found[0].id == "wire"
    assert [weight.alone for weight in found] == sorted((weight.alone for weight in found), reverse=True)


@pytest.mark.parametrize("known_on", ["2022-09-10", "2022-12-31", "2023-04-01", "2023-06-01", "2024-12-31"])
def test_as_many_statements_fall_with_a_source_as_its_line_says(known_on: str) -> None:
    view = shipment(known_on)
    before = sum(fallen_counts(view).values())
    for weight in source_weights(view):
        after = sum(fallen_counts(view.taking_away(weight.id)).values())
        assert after - before == weight.alone


def test_a_source_and_what_repeats_it_are_counted_as_one_origin() -> None:
    assert weights(shipment("2022-09-10"))["wire"] == (6, 6)
    assert weights(shipment("2022-09-10"))["daily"] == (1, 2)


def test_at_most_as_many_fallen_statements_are_listed_as_asked_for() -> None:
    assert len(fallen_statements(shipment().taking_away("wire"), 3)) == 3

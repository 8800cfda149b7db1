"""Which statements fall with a source that is taken away, on the pages and in the event pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.shipment import shipment, weights
from timeline_tui.answers.support import source_weights
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.event_card import event_card
from timeline_tui.pages.sources import sources_page
from timeline_tui.pages.wordings import wordings_page
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View


def page(view: View, width: int = 100) -> str:
    return "\n".join(line.text.rstrip() for line in sources_page(view, width).lines)


def card(view: View, id_: str) -> list[str]:
    key = view.key_of(id_)
    assert key is not None
    return [paragraph.text for paragraph in event_card(view, view.event(key), 0)]


def test_a_source_that_is_taken_away_keeps_its_number_and_gets_a_sign() -> None:
    before = weights(shipment())["wire"]
    without = shipment().taking_away("wire")
    assert weights(without)["wire"] == before
    assert f"∅ {before[0]} of {before[1]}  Atlas Wire · taken away" in page(without)


def test_the_page_says_how_many_statements_fall_and_lists_each_with_the_reason() -> None:
    shown = page(shipment().taking_away("wire"))
    assert (
        "10 statements fall: 2 events, 1 quote, 3 claims, 1 status, 2 updates, 1 outcome. Taken away: Atlas"
        in " ".join(shown.split())
    )
    assert "∅ claim by Institute for Freight: 6,000 shells\n    rests only on Atlas Wire, taken away" in shown
    assert (
        "∅ outcome: The cargo arrived.\n    rests only on The Daily, which repeats Atlas Wire, taken away"
        in shown
    )
    assert "update of 1 February 2023\n    rests only on Open Ledger, retracted" in shown


def test_a_retracted_source_falls_by_itself_from_its_day() -> None:
    assert "Fallen" not in page(shipment("2023-04-30"))
    assert "∅ 0 of 3  Open Ledger · retracted on 1 May 2023" in page(shipment("2023-05-01"))


def test_only_the_events_of_the_view_count() -> None:
    view = shipment()
    view = view.with_query(parse_query("satire-nobody", view.vocabulary).query)
    assert source_weights(view) == []
    assert "No statement here has a source." in page(view)


def test_a_later_source_that_is_taken_away_is_not_named_under_the_clock() -> None:
    view = shipment("2022-12-31").taking_away("joint")
    assert "Southland ·" not in page(view)
    assert "communiqué" not in page(view)
    assert "a later source" in view.sentence
    assert "Government" not in view.sentence


def test_what_has_fallen_stays_in_its_event_struck_with_sign_and_reason() -> None:
    view = shipment().taking_away("wire")
    shown = card(view, "accusation")
    place = shown.index("∅ “There is no ship.”")
    assert shown[place + 1] == "rests only on Evening Post, which repeats Atlas Wire, taken away"
    assert "∅ Institute for Freight: 6,000 shells" in shown
    assert not any("∅" in text for text in card(shipment("2023-04-30"), "accusation"))


def test_a_fallen_status_gives_way_and_is_listed_as_fallen() -> None:
    view = shipment("2022-12-31").taking_away("denial")
    shown = card(view, "accusation")
    assert shown[1:3] == ["◐ claimed · 1 September 2022 · Lowport", "by Institute for Freight"]
    assert any(text.startswith("∅ Disputed since 22 September 2022") for text in card(view, "accusation"))


def test_fallen_claims_and_wordings_are_marked_on_their_pages() -> None:
    view = shipment().taking_away("wire")
    claims = "\n".join(line.text for line in claims_page(view, "shells", 100).lines)
    assert "6,000, ∅ fallen" in claims
    assert "6 September 2022   1 speaker" not in claims
    view = shipment().taking_away("denial")
    key = view.key_of("accusation")
    assert key is not None
    wordings = "\n".join(line.text for line in wordings_page(view, key, 0, 100).lines)
    assert "∅ fallen: rests only on Northland Gazette, taken away" in wordings


@pytest.mark.parametrize("width", [30, 47, 80, 100])
def test_no_line_of_the_page_is_wider_than_the_page(width: int) -> None:
    for view in (shipment(), shipment().taking_away("wire")):
        assert all(cells(line.text) <= width for line in sources_page(view, width).lines)

"""Events at a place: by its id alone, or by the words of all that contains it."""

from __future__ import annotations

import pytest

from tests.support.stories import event, shown
from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.model.records import Header, Place, Update
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

HEADER = Header(
    title="Places",
    places={
        "moscow": Place(name="Moscow", aliases=("Moskva", "The City")),
        "kremlin": Place(name="Kremlin, Moscow", within="moscow"),
        "city": Place(name="The City"),
    },
)
VIEW = View(
    Index.build(
        HEADER,
        [
            event("2024-01-01", "In the city", place="moscow"),
            event("2024-01-02", "Behind walls", place="kremlin"),
            event("2024-01-03", "In both", places=("kremlin", "moscow")),
            event("2024-01-04", "Told as text", place="Moscow"),
            event("2024-01-06", "Elsewhere", place="city"),
            event(
                "2024-01-05",
                "Moved",
                place="kremlin",
                updates=(Update(known=parse_date("2024-02-01"), place="kremlin"),),
            ),
        ],
    ),
    today=parse_date("2024-03-01").earliest,
)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("at:moscow", ["In the city", "In both"]),
        ("at:Moskva", ["In the city", "In both"]),
        ('at:"kremlin moscow"', ["Behind walls", "In both", "Moved"]),
        ("at:moscow+kremlin", ["In both"]),
        ("at:moscow at:kremlin", ["In the city", "Behind walls", "In both", "Moved"]),
        ("place:moscow", ["In the city", "Behind walls", "In both", "Told as text", "Moved"]),
    ],
)
def test_a_place_is_found_by_its_id_or_name_without_what_lies_within_it(text: str, titles: list[str]) -> None:
    assert shown(VIEW, text) == titles


def test_a_name_that_two_places_share_means_neither() -> None:
    assert parse_query('at:"the city"', VIEW.vocabulary).problems


def test_a_query_for_a_place_is_shown_with_its_name() -> None:
    view = VIEW.with_query(parse_query("at:kremlin", VIEW.vocabulary).query)
    assert view.sentence == "3 of 6 events · at: Kremlin, Moscow"

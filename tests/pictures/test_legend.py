"""The signs of pictures: each one that is drawn is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Actor, Claim, Event, Header, Place, Postponement
from timeline_tui.pictures.calendar import whole_calendar
from timeline_tui.pictures.clocks import BY as CLOCKS_BY
from timeline_tui.pictures.clocks import Clocks, ClocksShown, clocks_picture
from timeline_tui.pictures.lane_groups import BY as LANES_BY
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.pictures.legend import legend, legend_beneath
from timeline_tui.pictures.map_counted import places_of
from timeline_tui.pictures.map_picture import map_picture
from timeline_tui.pictures.map_shown import MapShown, layout
from timeline_tui.pictures.printed import picture_with_words
from timeline_tui.pictures.who import whole_matrix

if TYPE_CHECKING:
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.timeline.view import View

DATES = [
    "2022-02-24", "2022-02-24", "2022-03", "2022", "2022-02-24/2022-06-03", "2023-01-01/..", "../2021-04-05",
    "2022-03-01", "2030-01-01", "1998-05-05",
]  # fmt: skip
STATUSES = ["confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled"]
ACTORS = ("ann", "ben", "carl")
PLACES = {
    "here": Place(name="Here", lat=10.0, lon=20.0),
    "there": Place(name="There", lat=-40.0, lon=170.0),
    "around": Place(name="Around", lat=60.0, lon=-100.0, precision=900.0),
}
HEADER = Header(title="Signs", actors={name: Actor(name=name.title()) for name in ACTORS}, places=PLACES)
FRAME = "╷▌"
"""The tick of an axis, and the mark of what is selected, which is the same on every list."""
FIRST_SIGN = 0x2190
"""The code of the first arrow; signs follow from there on, before the letters of the Far East."""
BRAILLE = range(0x2800, 0x2900)


def made(number: int, date: str, status: str, actor: str, traits: frozenset[str]) -> Event:
    """An event, and what a picture may draw about it."""
    fields: dict[str, object] = {"id": f"e{number}", "actors": {actor: ""}, "place": "here"}
    if "linked" in traits and number:
        fields["links"] = {"responds-to": (f"e{number - 1}",)}
    if "slipped" in traits:
        fields["known"] = parse_date("2022-08-01")
        fields["postponed"] = (Postponement(date=parse_date("2021-05-01"), known=parse_date("2021-02-01")),)
    if "claims" in traits:
        fields["claims"] = (Claim(about="troops", by=actor, value=str(number)),)
    if "away" in traits:
        fields["place"] = "there" if number % 2 else "around"
    return event(date, f"Event {number}", status=status, **fields)


@st.composite
def views(draw: st.DrawFn) -> View:
    traits = st.frozensets(st.sampled_from(["linked", "slipped", "claims", "away"]))
    told = st.tuples(st.sampled_from(DATES), st.sampled_from(STATUSES), st.sampled_from(ACTORS), traits)
    events = [
        made(number, *each) for number, each in enumerate(draw(st.lists(told, min_size=1, max_size=14)))
    ]
    events += [event("2022-02-24", f"Crowd {number}") for number in range(draw(st.sampled_from([0, 0, 40])))]
    view = story(*events, header=HEADER)
    if draw(st.booleans()):
        view = view.known_by(parse_date(draw(st.sampled_from(["2022-06-01", "2024-01-01"]))).earliest)
    return view


def drawn(view: View, name: str, place: int, width: int, *, folded: bool) -> list[Picture]:
    """The picture by everything that it can be by, with an event selected."""
    key = view.keys[place % view.count] if view.count and place >= 0 else -1
    match name:
        case "lanes":
            shown = [LanesShown(by, folded=folded) for by in LANES_BY]
            return [lanes_picture(Lanes(view, each.by), each, key, width, 20) for each in shown]
        case "clocks":
            clocks = Clocks(view)
            return [clocks_picture(clocks, ClocksShown(by, None, folded), key, width, 20) for by in CLOCKS_BY]
        case "map":
            places = places_of(view, None, layout(width, 20).size)
            return [map_picture(places, MapShown(actor=actor), key, width, 20) for actor in (None, *ACTORS)]
        case "who":
            return [whole_matrix(view, width, "together")]
        case _:
            return [whole_calendar(view, width, by) for by in ("months", "days")]


def signs_in(text: str) -> set[str]:
    """The characters of a text that are neither letters nor punctuation nor dots of a map."""
    return {
        sign
        for sign in text
        if ord(sign) >= FIRST_SIGN and not sign.isalnum() and ord(sign) not in BRAILLE and sign not in FRAME
    }


def explained(name: str) -> set[str]:
    """The signs that a legend explains, with those between the ends of a range."""
    found: set[str] = set()
    for each in legend(name):
        signs = each.signs.split()
        if "…" in signs:
            first, last = ord(signs[0]), ord(signs[-1])
            found.update(map(chr, range(first, last + 1)))
        found.update(*signs)
    return found


@pytest.mark.parametrize("name", ["lanes", "clocks", "map", "who", "calendar"])
@given(views(), st.integers(-1, 30), st.integers(40, 160), st.booleans())
@examples(20)
def test_each_sign_that_a_picture_draws_is_explained(
    name: str, view: View, place: int, width: int, folded: bool
) -> None:
    for picture in drawn(view, name, place, width, folded=folded):
        text = "".join(line.text for line in picture.lines)
        assert signs_in(text) <= explained(name)


@pytest.mark.parametrize("name", ["lanes", "clocks", "map"])
@given(views())
@examples(5)
def test_a_printed_picture_explains_each_of_its_signs_below_it(name: str, view: View) -> None:
    printed = "\n".join(line.text for line in picture_with_words(view, name, "", 300))
    above, _, words = printed.rpartition("\n\n")
    assert not view.count or signs_in(above) <= signs_in(words) | set("▁▂▃▄▅▆▇█")


def test_a_picture_without_a_selected_event_does_not_explain_what_is_drawn_about_it() -> None:
    words = " ".join(legend_beneath("clocks"))
    assert "a plan: up for as long as it stood" in words
    assert "its revision" not in words


def test_of_a_drawing_only_the_signs_that_it_has_are_explained() -> None:
    words = list(legend_beneath("map", "•◎"))
    assert "◎ somewhere in this area" in words
    assert "∅ fallen" not in words
    assert list(legend_beneath("who")) == []

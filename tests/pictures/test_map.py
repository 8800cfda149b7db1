"""The map: where places are, what is fitted in, how one goes from place to place, what every size shows."""

from __future__ import annotations

from math import cos, isclose, radians
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.hostile_text import HOSTILE
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.braille import ACROSS, DOWN
from timeline_tui.index.index import Index
from timeline_tui.model.records import Actor, Citation, Header, Place, Source
from timeline_tui.pictures.map_picture import AREA, arrow, map_picture, whole_map
from timeline_tui.pictures.map_places import MapPlaces
from timeline_tui.pictures.map_shown import (
    Direction,
    MapShown,
    following,
    layout,
    next_actor,
    next_place,
    panned,
    window_of,
    zoomed,
)
from timeline_tui.pictures.map_window import (
    MapSize,
    MapWindow,
    fitted,
    in_words,
    smallest_arc,
    turned,
    widest,
)
from timeline_tui.pictures.printed import printed_picture
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.pictures.picture import Picture

TODAY = parse_date("2024-12-01").earliest
SIZE = MapSize(60, 20)
latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
coordinates = st.tuples(latitudes, longitudes)
sizes = st.builds(MapSize, st.integers(10, 200), st.integers(3, 60))


def told(places: dict[str, tuple[float, float]], *events: tuple[str, dict[str, Any]], **more: Place) -> View:
    """A view of events, each a title and its fields, at places by their names and coordinates."""
    header = Header(
        title="A story",
        actors={"anna": Actor(name="Anna"), "boris": Actor(name="Boris")},
        places={id_: Place(name=id_.title(), lat=lat, lon=lon) for id_, (lat, lon) in places.items()} | more,
    )
    found = [
        event(f"2024-01-{day:02}", title, **fields) for day, (title, fields) in enumerate(events, start=1)
    ]
    return View(Index.build(header, found), today=TODAY)


FAR = {"tokyo": (35.7, 139.7), "honolulu": (21.3, -157.9), "moscow": (55.75, 37.6), "quito": (-0.2, -78.5)}
VIEW = told(
    FAR,
    ("First", {"place": "tokyo", "actors": {"anna": ""}, "status": "claimed"}),
    ("Second", {"place": "honolulu", "actors": {"anna": "", "boris": ""}}),
    ("Third", {"places": ("tokyo", "moscow"), "actors": {"anna": ""}, "status": "disputed"}),
    ("Fourth", {"place": "Somewhere"}),
    ("Fifth", {"place": "nowhere"}),
    ("Sixth", {}),
    ("Seventh", {"place": "moscow", "actors": {"boris": ""}}),
    nowhere=Place(name="A village"),
)
PLACES = MapPlaces(VIEW)


def key_of(title: str, view: View = VIEW) -> int:
    return next(key for key in view.keys if view.title_of(key) == title)


def number_of(id_: str, places: MapPlaces = PLACES) -> int:
    return places.numbers[id_]


def text(picture: Picture) -> str:
    return "\n".join(line.text for line in picture.lines)


def drawn(view: View, width: int = 100, height: int | None = 30, shown: MapShown = MapShown()) -> Picture:  # noqa: B008  a value
    selected = view.key_at(0) if view.count else -1
    return map_picture(MapPlaces(view), shown, selected, width, height)


@examples(300)
@given(st.lists(coordinates, min_size=1, max_size=8), sizes)
def test_all_places_are_in_sight_where_they_are_fitted_in(
    places: list[tuple[float, float]], size: MapSize
) -> None:
    window = fitted(places, size)
    for lat, lon in places:
        assert window.cell(lat, lon, size) is not None
    across, up = window.degrees(size)
    # No more beyond the poles than there must be.
    assert up >= 180 or (window.lat + up / 2 <= 90.001 and window.lat - up / 2 >= -90.001)
    assert across > 0


@given(st.lists(longitudes, min_size=1, max_size=8))
def test_the_smallest_arc_has_all_longitudes_and_no_smaller_one_does(lons: list[float]) -> None:
    west, arc = smallest_arc(lons)
    assert 0 <= arc <= 360
    away = [(lon - west) % 360 for lon in lons]
    assert all(each <= arc + 1e-6 or each >= 360 - 1e-6 for each in away)
    for lon in lons:
        # An arc that begins at any of them is as long at least.
        assert max((other - lon) % 360 for other in lons) >= arc - 1e-6


def test_places_on_both_sides_of_180_degrees_are_fitted_in_across_it() -> None:
    window = fitted([(52.0, 177.0), (52.0, -177.0)], SIZE)
    assert abs(window.lon) > 179
    assert window.degrees(SIZE)[0] < 30
    across = [window.dot(52.0, lon, SIZE)[0] for lon in (177.0, 180.0, -180.0, -177.0)]
    assert across[0] < across[1] == across[2] < across[3]
    assert all(window.cell(52.0, lon, SIZE) for lon in (177.0, 180.0, -180.0, -177.0))


@pytest.mark.parametrize("lat", [90.0, -90.0, 89.99])
def test_a_place_at_a_pole_is_in_sight(lat: float) -> None:
    assert fitted([(lat, 45.0)], SIZE).cell(lat, 45.0, SIZE) is not None


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north_in_the_middle() -> None:
    window = MapWindow(60, 10, 0.1)
    x, y = window.dot(60, 10 + 1 / cos(radians(60)), SIZE)
    middle = window.dot(60, 10, SIZE)
    assert isclose(x - middle[0], 10)
    assert isclose(middle[1] - window.dot(61, 10, SIZE)[1], 10)
    assert y == middle[1]
    assert middle == (SIZE.width * ACROSS / 2, SIZE.height * DOWN / 2)


@given(st.floats(-1000, 1000))
def test_degrees_are_turned_to_the_same_meridian(lon: float) -> None:
    assert -180 <= turned(lon) < 180
    assert isclose((turned(lon) - lon) % 360 % 360, 0, abs_tol=1e-6) or isclose(
        (turned(lon) - lon) % 360, 360, abs_tol=1e-6
    )


@given(coordinates, sizes, st.integers(1, 6))
def test_zooming_in_and_out_again_about_the_middle_shows_the_same(
    middle: tuple[float, float], size: MapSize, times: int
) -> None:
    window = MapWindow(middle[0], turned(middle[1]), 0.2).within(size)
    there = window
    for _ in range(times):
        there = there.zoomed(1, (there.lat, there.lon), size)
    assert isclose(there.step, window.step / 2**times)
    for _ in range(times):
        there = there.zoomed(-1, (there.lat, there.lon), size)
    assert isclose(there.step, window.step)
    assert isclose(there.lat, window.lat, abs_tol=1e-6)


@given(coordinates, sizes, st.sampled_from([1, -1]))
def test_a_place_in_sight_stays_in_sight_when_zoomed_in_on(
    place: tuple[float, float], size: MapSize, direction: int
) -> None:
    window = fitted([place, (0.0, 0.0)], size)
    assume(window.cell(*place, size) is not None)
    assert window.zoomed(direction, place, size).cell(*place, size) is not None


@given(coordinates, sizes)
def test_zooming_out_ends_with_the_world(place: tuple[float, float], size: MapSize) -> None:
    window = fitted([place], size)
    for _ in range(30):
        window = window.zoomed(-1, place, size)
    assert window.step == widest(size)
    across, up = window.degrees(size)
    assert max(across / 360, up / 180) >= 0.999


@given(coordinates, sizes)
def test_a_cell_is_at_the_place_in_its_middle(middle: tuple[float, float], size: MapSize) -> None:
    window = MapWindow(middle[0], turned(middle[1]), 0.05).within(size)
    for line, cell in ((0, 0), (size.height // 2, size.width // 2), (size.height - 1, size.width - 1)):
        assert window.cell(*window.place(line, cell, size), size) == (line, cell)


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        (55.7558, 37.6173, "55.76° N 37.62° E"),
        (-33.9, -70.6, "33.90° S 70.60° W"),
        (0, 0, "0.00° 0.00°"),
        (-0.001, 180, "0.00° 180.00° E"),
    ],
)
def test_coordinates_in_words(lat: float, lon: float, words: str) -> None:
    assert in_words(lat, lon) == words


def test_events_are_counted_at_each_of_their_places_and_at_no_other() -> None:
    found = {spot.id: (spot.events, spot.doubtful) for spot in PLACES.spots}
    assert found == {"tokyo": (2, 2), "moscow": (2, 1), "honolulu": (1, 0)}
    assert PLACES.on_map == 4
    for spot in PLACES.spots:
        query = parse_query(PLACES.target(spot.id).id, VIEW.vocabulary).query
        assert list(VIEW.with_query(query).keys) == list(spot.keys)


def test_what_has_no_coordinates_is_listed_with_its_number_of_events() -> None:
    assert [(each.name, each.events) for each in PLACES.unplaced] == [
        ("A village", 1),
        ("Somewhere", 1),
        ("no place told", 1),
    ]
    assert "Not on the map: A village 1, Somewhere 1, no place told 1" in text(whole_map(VIEW, 200))


def test_a_place_within_another_one_is_not_counted_there() -> None:
    inner = Place(name="Inner", lat=1.0, lon=1.0, within="outer")
    view = told({"outer": (0.0, 0.0)}, ("In", {"place": "inner"}), ("Out", {"place": "outer"}), inner=inner)
    assert {spot.id: spot.events for spot in MapPlaces(view).spots} == {"inner": 1, "outer": 1}


def test_the_filter_and_the_clocks_decide_what_is_counted() -> None:
    anna = VIEW.with_query(parse_query("actor:boris", VIEW.vocabulary).query)
    assert {spot.id: spot.events for spot in MapPlaces(anna).spots} == {"honolulu": 1, "moscow": 1}
    early = VIEW.known_by(parse_date("2024-01-02").earliest)
    assert {spot.id: spot.events for spot in MapPlaces(early).spots} == {"tokyo": 1, "honolulu": 1}


def test_a_place_of_which_all_has_fallen_says_so() -> None:
    header = Header(
        title="A story",
        places={"a": Place(name="Aby", lat=0.0, lon=0.0), "b": Place(name="Bey", lat=9.0, lon=9.0)},
        sources={"one": Source(title="One"), "two": Source(title="Two")},
    )
    events = [
        event("2024-01-01", "Fallen", place="a", sources=(Citation(id="one"),), status="claimed"),
        event("2024-01-02", "Standing", place="b", sources=(Citation(id="two"),)),
    ]
    view = View(Index.build(header, events), today=TODAY)
    assert "∅ Aby" not in text(drawn(view))
    assert "∅ Aby" in text(drawn(view.taking_away("one")))
    assert "∅ Bey" not in text(drawn(view.taking_away("one")))


def test_places_that_are_only_named_are_listed_without_any_register() -> None:
    view = story(
        event("2024-01-01", "A", place="Here"), event("2024-01-02", "B", place="here"), event("2024", "C")
    )
    assert [(each.name, each.events) for each in MapPlaces(view).unplaced] == [
        ("Here", 2),
        ("no place told", 1),
    ]


def test_the_map_stands_still_while_the_clock_goes_on() -> None:
    windows = {
        window_of(MapPlaces(VIEW.known_by(parse_date(f"2024-01-{day:02}").earliest)), MapShown(), SIZE)
        for day in range(1, 8)
    }
    assert windows == {window_of(PLACES, MapShown(), SIZE)}


@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        ("tokyo", "right", "honolulu"),
        ("honolulu", "left", "tokyo"),
        ("tokyo", "left", "moscow"),
        ("moscow", "right", "tokyo"),
        ("tokyo", "up", "moscow"),
        ("honolulu", "down", "honolulu"),
    ],
)
def test_an_arrow_goes_to_the_nearest_place_there_the_shorter_way_around(
    start: str, direction: Direction, end: str
) -> None:
    assert next_place(PLACES, number_of(start), direction) == number_of(end)


@examples(100)
@given(st.lists(coordinates, min_size=1, max_size=7))
def test_every_place_can_be_reached_with_the_arrows(places: list[tuple[float, float]]) -> None:
    named = {f"p{number}": place for number, place in enumerate(places)}
    found = MapPlaces(told(named, *((id_, {"place": id_}) for id_ in named)))
    reached, open_ = {0}, [0]
    while open_:
        here = open_.pop()
        for direction in get_args(Direction):
            there = next_place(found, here, direction)
            if there not in reached:
                reached.add(there)
                open_.append(there)
    assert reached == set(range(len(found.spots)))


def test_places_with_the_same_coordinates_are_told_apart() -> None:
    view = told({"a": (1.0, 1.0), "b": (1.0, 1.0)}, ("One", {"place": "a"}), ("Two", {"place": "b"}))
    found = MapPlaces(view)
    assert next_place(found, 0, "right") == 1
    assert next_place(found, 1, "left") == 0
    assert "A +1" in text(drawn(view))
    assert "2 places here: + zooms in" in drawn(view).note


def test_the_selected_event_is_at_the_place_that_one_came_from_if_it_is_there() -> None:
    third = key_of("Third")
    assert PLACES.number_of("moscow", third) == number_of("moscow")
    assert PLACES.number_of("honolulu", third) in (number_of("tokyo"), number_of("moscow"))
    assert PLACES.number_of(None, key_of("Sixth")) == -1


def test_at_a_place_the_event_nearest_in_time_is_selected_and_one_walks_in_order() -> None:
    moscow = number_of("moscow")
    first, last = key_of("Third"), key_of("Seventh")
    assert PLACES.nearest(moscow, key_of("Sixth"), PLACES.day_of(key_of("Sixth"))) == last
    assert PLACES.nearest(moscow, key_of("First"), PLACES.day_of(key_of("First"))) == first
    assert PLACES.along(moscow, first, 1) == last
    assert PLACES.along(moscow, last, -(10**9)) == first


def test_the_moves_of_an_actor_are_in_order_and_staying_is_no_move() -> None:
    found = [(PLACES.spots[move.spot].id, VIEW.title_of(move.key)) for move in PLACES.moves("anna")]
    assert found[0] == ("tokyo", "First")
    assert found[1] == ("honolulu", "Second")
    assert len(found) == 3
    assert [PLACES.spots[move.spot].id for move in PLACES.moves("boris")] == ["honolulu", "moscow"]
    picture = map_picture(PLACES, MapShown(actor="boris"), key_of("First"), 120, 30)
    assert "moves of Boris" in picture.title
    assert "→1" in text(picture)
    assert "→2" in text(picture)


def test_a_move_that_goes_on_beyond_the_edge_comes_in_on_the_other_side() -> None:
    window = MapWindow(0, 0, widest(layout(71, 30).size))
    without, with_moves = (
        [line.text for line in map_picture(PLACES, MapShown(window, actor=actor), 0, 71, 30).lines]
        for actor in ("", "anna")
    )
    changed = {
        cell
        for one, other in zip(without, with_moves, strict=True)
        for cell in range(71)
        if one.ljust(71)[cell] != other.ljust(71)[cell]
    }
    assert min(changed) == 0
    assert max(changed) == 70


def test_of_many_moves_those_about_the_selected_event_are_drawn() -> None:
    events = [(f"E{number}", {"place": "ab"[number % 2], "actors": {"anna": ""}}) for number in range(28)]
    view = told({"a": (0.0, 0.0), "b": (1.0, 1.0)}, *events)
    found = MapPlaces(view)
    assert len(found.moves("anna")) == 28
    title = map_picture(found, MapShown(actor="anna"), view.key_at(27), 120, 30).title
    assert "moves of Anna 5–28 of 28" in title


def test_the_moves_of_an_actor_by_whom_the_view_is_filtered_are_drawn() -> None:
    view = VIEW.with_query(parse_query("actor:anna", VIEW.vocabulary).query)
    assert "moves of Anna" in drawn(view).title
    assert "moves" not in drawn(VIEW).title


def test_the_moves_go_from_actor_to_actor_of_the_event_and_to_nobody() -> None:
    shown, seen = MapShown(), []
    for _ in range(4):
        shown = next_actor(PLACES, shown, key_of("Second"))
        seen.append(shown.moving(PLACES))
    assert seen == ["anna", "boris", "", "anna"]


@pytest.mark.parametrize(
    ("east", "north", "sign"), [(1, 0, "→"), (0, 1, "↑"), (-1, 0, "←"), (0, -1, "↓"), (-1, -1, "↙")]
)
def test_an_arrow_points_where_a_move_goes(east: float, north: float, sign: str) -> None:
    assert arrow(east, north) == sign


def test_an_area_is_drawn_only_where_it_is_larger_than_a_point() -> None:
    view = told({}, ("In", {"place": "land"}), land=Place(name="Land", lat=10.0, lon=10.0, precision=300.0))
    places = MapPlaces(view)
    close = map_picture(places, MapShown(MapWindow(10, 10, 0.2)), 0, 60, 20)
    assert AREA in text(close)
    far = map_picture(places, MapShown(MapWindow(10, 10, 2)), 0, 60, 20)
    assert AREA not in text(far)
    assert "within 300 km" in close.note


def test_a_dot_of_doubt_says_so_with_a_sign_too() -> None:
    assert "Tokyo 2◇" in text(drawn(VIEW))
    parts = [span.part for line in drawn(VIEW, height=None).lines for span in line.spans if span.text == "●"]
    assert "doubt" in parts


def test_the_selected_place_is_followed_and_zoomed_in_on() -> None:
    shown = MapShown(window=MapWindow(0, 0, 0.05))
    shown = following(PLACES, shown, key_of("Second"), SIZE)
    assert shown.place == "honolulu"
    assert shown.window is not None
    assert shown.window.cell(*FAR["honolulu"], SIZE) is not None
    for _ in range(12):
        shown = zoomed(PLACES, shown, 1, SIZE, number_of("honolulu"))
        assert shown.window is not None
        assert shown.window.cell(*FAR["honolulu"], SIZE) is not None
    assert shown.window is not None
    across, _ = shown.window.degrees(SIZE)
    east = panned(PLACES, shown, 0.5, 0, SIZE).window
    assert east is not None
    assert isclose(turned(east.lon - shown.window.lon), across / 2, rel_tol=1e-6)


def test_names_do_not_overlap_and_the_selected_one_is_there() -> None:
    crowd = {f"place-{number}": (number % 7 * 0.9, number // 7 * 1.3) for number in range(70)}
    view = told(crowd, *((id_, {"place": id_}) for id_ in crowd if int(id_[6:]) < 28))
    places = MapPlaces(view)
    for key in list(view.keys)[:10]:
        picture = map_picture(places, MapShown(), key, 71, 20)
        names = [
            (line, span.text.strip(), span.target)
            for line, each in enumerate(picture.lines)
            for span in each.spans
            if span.text.startswith("Place") or span.text.startswith("Pla")
        ]
        assert any(name == view.place_of(view.event(key)) for _, name, _ in names)


STORIES = {
    "none": told({}),
    "one": told({"a": (0.0, 0.0)}, ("One", {"place": "a"})),
    "no coordinates": told({}, ("One", {"place": "a"}), ("Two", {}), a=Place(name="A")),
    "a pole": told({"a": (90.0, 0.0), "b": (-90.0, 12.0)}, ("N", {"place": "a"}), ("S", {"place": "b"})),
    "180": told({"a": (0.0, 180.0), "b": (0.0, -180.0)}, ("E", {"place": "a"}), ("W", {"place": "b"})),
    "scripts": told(
        {},
        *((f"E{number}", {"place": f"p{number}"}) for number in range(len(HOSTILE))),
        **{
            f"p{number}": Place(name=name, lat=number * 3.0 - 40, lon=number * 11.0 - 150, precision=99.0)
            for number, name in enumerate(HOSTILE.values())
        },
    ),
    "far": VIEW,
}


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("width", [40, 60, 71, 72, 100, 180, 300])
def test_in_every_width_something_true_is_shown_and_no_line_is_too_wide(name: str, width: int) -> None:
    view = STORIES[name]
    places = MapPlaces(view)
    for height in (1, 2, 5, 12, 24, None):
        for actor in (None, "anna"):
            picture = map_picture(
                places, MapShown(actor=actor), view.key_at(0) if view.count else -1, width, height
            )
            assert all(cells(line.text) <= width for line in picture.lines)
            assert height is None or len(picture.lines) <= height
            assert all(
                letter.isprintable() or letter == "\u200d" for line in picture.lines for letter in line.text
            )
            assert picture.title.startswith("Map")
            assert text(picture).strip() or not view.count


def test_without_coordinates_it_is_said_and_what_there_is_is_listed() -> None:
    picture = drawn(STORIES["no coordinates"])
    assert "No event here is at a place with coordinates." in text(picture)
    assert "Not on the map: A 1, no place told 1" in text(picture)


def test_before_anything_was_known_the_map_says_so() -> None:
    assert "Nothing was known yet" in text(drawn(VIEW.known_by(parse_date("2020").earliest)))


def test_the_list_beside_the_map_shows_the_selected_place() -> None:
    crowd = {f"p{number:02}": (number * 1.0, 0.0) for number in range(28)}
    view = told(crowd, *((id_, {"place": id_}) for id_ in crowd))
    places = MapPlaces(view)
    picture = map_picture(places, MapShown(), view.key_at(27), 100, 14)
    assert any("▌P27" in line.text for line in picture.lines)


def test_the_printed_map_lists_every_place_with_its_events_and_coordinates() -> None:
    lines = list(printed_picture(VIEW, "map", "", 80))
    assert "Tokyo · 2 events, 2 in doubt · 35.70° N 139.70° E" in lines
    assert "the more in the colour of doubt, the more are claimed, disputed or denied" in " ".join(lines)


def test_five_thousand_places_are_drawn_with_the_most_important_names() -> None:
    crowd = {f"p{number}": (number % 170 - 85.0, number / 5000 * 360 - 180) for number in range(5000)}
    header = Header(
        title="Many", places={id_: Place(name=id_, lat=lat, lon=lon) for id_, (lat, lon) in crowd.items()}
    )
    events = [event("2024-01-01", id_, place=id_) for id_ in crowd]
    events += [event("2024-01-02", "Again", place="p4321")] * 20
    view = View(Index.build(header, events), today=TODAY)
    places = MapPlaces(view)
    picture = map_picture(places, MapShown(), places.spots[0].keys[0], 120, 40)
    assert "5,020 events at 5,000 places" in picture.title
    assert "p4321 21" in text(picture)

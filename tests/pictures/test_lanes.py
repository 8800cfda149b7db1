from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.changing_readings import header_of, read
from tests.support.examples import examples
from tests.support.histories import changing_files, days
from tests.support.hostile_text import HOSTILE
from tests.support.stories import TODAY, event, story
from timeline_tui.dates.date import BEGINNING, parse_date
from timeline_tui.drawing.lines import Target
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Citation, Event
from timeline_tui.pictures.date_bars import Bar, bar_of
from timeline_tui.pictures.lane_groups import BY, OTHERS, Lanes, view_window
from timeline_tui.pictures.lanes import cell_counts, lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown, axis_of, following, layout, window_of
from timeline_tui.pictures.picture import Window
from timeline_tui.pictures.printed import printed_picture
from timeline_tui.query.language import Query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from tests.support.histories import Plain

ACTORS = ["ann", "ben", "北京市政府", "Ελλάδα", "مرحبا"]
DATES = [
    "2022-02-24", "2022-03", "2022", "2022-02-24/2022-06-03",
    "2023-01-01/..", "../2021-04-05", "2022-05/2022-08~",
    "2023-01-01/", "2024-02-29T10:00:00+02:00", "2022-03-01", "2021", "[2022-01-01,2023-01-01]", "2030-01-01",
    "Y-13800000000", "198X", "2022-02-25",
]  # fmt: skip
STATUSES = ["confirmed", "claimed", "disputed", "denied", "postponed"]


@st.composite
def events(draw: st.DrawFn) -> Event:
    return event(
        draw(st.sampled_from(DATES)),
        draw(st.sampled_from(["One", "二" * 30, "x" * 200])),
        status=draw(st.sampled_from(STATUSES)),
        actors=dict.fromkeys(draw(st.lists(st.sampled_from(ACTORS), max_size=3)), ""),
        kind=draw(st.sampled_from(["", "vote", "talk"])),
        tags=tuple(draw(st.lists(st.sampled_from(["aid", "arms"]), max_size=2, unique=True))),
    )


@st.composite
def views(draw: st.DrawFn) -> View:
    view = story(*draw(st.lists(events(), min_size=1, max_size=14)))
    query = draw(
        st.sampled_from([Query(), Query().with_term("status", "claimed"), Query().with_term("tag", "aid")])
    )
    return view.with_query(query)


SHIPMENT = Path(__file__).parents[1] / "timelines" / "shipment.yaml"


def window_in(view: View, first: float, last: float) -> Window:
    """A window of a view, by shares of its days."""
    whole = view_window(view)
    days = sorted(whole.first + int(share * (whole.days - 1)) for share in (first, last))
    return Window(*days)


shares = st.floats(0, 1)


def naive_counts(moments: list[int], edges: list[int]) -> list[int]:
    """How many moments are in each cell, found one moment after another."""
    counts = [0] * (len(edges) - 1)
    for moment in moments:
        cell = sum(edge <= moment for edge in edges) - 1
        if 0 <= cell < len(counts):
            counts[cell] += 1
    return counts


asked_windows = st.tuples(st.tuples(shares, shares), st.integers(1, 300), st.booleans())


@given(views(), st.sampled_from(BY), st.lists(asked_windows, min_size=8, max_size=8))
@examples(125)
def test_each_lane_counts_what_a_naive_count_counts_in_any_window(
    view: View, by: str, asked: list[tuple[tuple[float, float], int, bool]]
) -> None:
    lanes = Lanes(view, BY[BY.index(by)])
    if not lanes.lanes:
        assert not view.count
        return
    moments = [list(map(view.moment_of, lane.keys)) for lane in lanes.lanes]
    for window_shares, width, folded in asked:
        window = window_in(view, *window_shares)
        axis = axis_of(lanes, LanesShown(window=window, folded=folded), width)
        edges = lanes.bounds(window, axis.starts())
        for number, lane in enumerate(lanes.lanes):
            naive = naive_counts(moments[number], edges)
            assert cell_counts(lanes, number, axis) == naive
            if window == lanes.whole:
                assert sum(naive) == len(lane.keys)


@given(views(), st.sampled_from(BY))
@examples(300)
def test_the_lanes_have_every_event_of_the_view_and_no_other(view: View, by: str) -> None:
    lanes = Lanes(view, BY[BY.index(by)]).lanes
    assert {key for lane in lanes for key in lane.keys} == set(view.keys)
    named = {key for lane in lanes if lane.value != OTHERS for key in lane.keys}
    others = [lane for lane in lanes if lane.value == OTHERS]
    assert [set(lane.keys) for lane in others] == ([set(view.keys) - named] if set(view.keys) - named else [])


asked_sizes = st.tuples(st.integers(40, 300), st.integers(1, 60), st.booleans(), st.integers(0, 9))


@given(views(), st.sampled_from(BY), st.tuples(shares, shares), st.lists(asked_sizes, min_size=3, max_size=3))
@examples(130)
def test_no_line_is_wider_or_lower_than_there_is_room_for(
    view: View, by: str, window_shares: tuple[float, float], sizes: list[tuple[int, int, bool, int]]
) -> None:
    lanes = Lanes(view, BY[BY.index(by)])
    window = window_in(view, *window_shares) if view.count else None
    for selected, (width, height, folded, top) in zip((-1, *view.keys), sizes, strict=False):
        asked = LanesShown(lanes.by, window=window, folded=folded, top=top)
        for asks in (asked, following(lanes, asked, selected, height)):
            picture = lanes_picture(lanes, asks, selected, width, height)
            assert all(cells(line.text) <= width for line in picture.lines)
            assert len(picture.lines) <= max(height, 2)
            line, cell = picture.cursor
            assert cell < width
            assert line < len(picture.lines)


@given(views(), st.integers(40, 200), st.integers(10, 40), st.tuples(shares, shares), st.integers(0, 9))
@examples(60)
def test_the_selected_event_is_in_sight_where_one_follows_it(
    view: View, width: int, height: int, window_shares: tuple[float, float], top: int
) -> None:
    if not view.count:
        return
    lanes = Lanes(view)
    window = window_in(view, *window_shares)
    for selected in view.keys:
        asks = following(lanes, LanesShown(window=window, top=top), selected, height)
        picture = lanes_picture(lanes, asks, selected, width, height)
        line, cell = picture.cursor
        assert line >= 1
        assert cell >= 0
        place = layout(lanes, asks, selected, width, height)
        assert place.number_at(line) == place.selected


@given(
    views(), st.integers(40, 120), st.lists(st.tuples(shares, st.booleans(), shares), min_size=3, max_size=4)
)
@examples(100)
def test_a_picture_is_the_same_whatever_was_drawn_before_it(
    view: View, width: int, steps: list[tuple[float, bool, float]]
) -> None:
    if not view.count:
        return
    lanes = Lanes(view)
    for share, folded, edge in steps:
        selected = view.keys[int(share * (view.count - 1))]
        asks = LanesShown(window=window_in(view, edge, share), folded=folded)
        drawn = lanes_picture(lanes, asks, selected, width, 20)
        assert drawn == lanes_picture(Lanes(view), asks, selected, width, 20)


@given(st.integers(1, 10**13), st.integers(0, 2**40), st.integers(0, 50))
@examples(500)
def test_zooming_in_and_out_again_shows_all_days(days: int, about: int, steps: int) -> None:
    whole = window = Window(100, 99 + days)
    day = 100 + about % days
    for _ in range(steps):
        before, window = window, window.zoomed(1, day, whole)
        assert window.first <= day <= window.last
        assert window.days <= max(1, (before.days + 1) // 2)
    for _ in range(steps):
        window = window.zoomed(-1, day, whole)
        assert whole.first <= window.first <= day <= window.last <= whole.last
    assert window == whole


@given(st.integers(1, 10**6), st.integers(-(10**6), 10**6), st.integers(1, 10**6), st.sampled_from([1, -1]))
@examples(200)
def test_a_window_never_leaves_the_days_of_the_view(days: int, first: int, own: int, direction: int) -> None:
    whole = Window(0, days - 1)
    for window in (Window(first, first + own).within(whole), Window(0, 0).panned(direction, whole)):
        assert whole.first <= window.first <= window.last <= whole.last
        moved = window.panned(direction, whole)
        assert moved.days == window.days
        assert (
            window.containing(days // 2, whole).first <= days // 2 <= window.containing(days // 2, whole).last
        )


def rows(view: View, width: int = 100, window: Window | None = None) -> list[str]:
    lanes = Lanes(view)
    picture = lanes_picture(lanes, LanesShown(window=window), -1, width, None)
    return [line.text for line in picture.lines]


def test_a_single_event_has_the_sign_of_its_status_and_more_have_their_number() -> None:
    view = story(
        event("2022-01-01", "A", actors={"ann": ""}, status="claimed"),
        event("2022-06-01", "B", actors={"ann": ""}),
        event("2022-06-01", "C", actors={"ann": ""}),
        event("2022-12-31", "D", actors={"ann": ""}, status="denied"),
    )
    assert rows(view)[1].split()[1:] == ["4", "◐", "2", "⊘"]


@pytest.mark.parametrize(("number", "sign"), [(9, "9"), (10, "▂"), (32, "▄"), (100, "▆"), (1000, "█")])
def test_many_events_in_a_cell_are_a_height(number: int, sign: str) -> None:
    view = story(*(event("2022-01-01", f"{n}", actors={"ann": ""}) for n in range(number)))
    assert rows(view)[1].split()[-1] == sign


def test_a_cell_has_the_more_of_the_colour_of_doubt_the_more_of_its_events_are_doubtful() -> None:
    def part(*statuses: str) -> str:
        view = story(*(event("2022-01-01", str(n), status=each) for n, each in enumerate(statuses)))
        line = lanes_picture(Lanes(view), LanesShown(), -1, 60, None).lines[1]
        return next(span.part for span in line.spans if span.target is not None)

    assert part("confirmed", "confirmed") == "figure"
    assert part("disputed", *["confirmed"] * 99) == "doubt-1"
    assert part("disputed", "confirmed") == "doubt-2"
    assert part("disputed", "claimed", "confirmed") == "doubt-3"
    assert part("disputed", "claimed") == "doubt"


def test_what_lasted_is_a_bar_and_what_is_uncertain_is_dotted() -> None:
    view = story(
        event("2022-01-01", "edge", tags=("x",)),
        event("2022-02-01/2022-04-30", "lasted", actors={"ann": ""}),
        event("2022-07", "in July", actors={"ben": ""}),
        event("2022-12-31", "edge", tags=("x",)),
    )
    lanes = {row.split()[0]: row for row in rows(view)[1:]}
    assert "●━━━━" in lanes["ann"]
    assert "┄" not in lanes["ann"]
    assert "●┄┄" in lanes["ben"]
    assert "━" not in lanes["ben"]


def test_open_ends_point_on() -> None:
    view = story(
        event("2022-01-01", "edge"),
        event("../2022-06-01", "since ever", actors={"ann": ""}),
        event("2022-07-01/..", "for ever", actors={"ben": ""}),
        event("2022-12-31", "edge"),
    )
    lanes = {row.split()[0]: row.rstrip() for row in rows(view)[1:]}
    assert lanes["ben"].endswith("●▸")
    assert "◂" in lanes["ann"]


def test_what_begins_before_the_window_and_reaches_into_it_points_back() -> None:
    view = story(
        event("2020-01-01/2022-06-30", "long", actors={"ann": ""}),
        event("2022-12-31", "edge", actors={"ben": ""}),
    )
    first, last = (parse_date(day).earliest for day in ("2022-01-01", "2022-12-31"))
    lanes = {row.split()[0]: row for row in rows(view, window=Window(first, last))[1:]}
    assert "◂━━" in lanes["ann"]


@pytest.mark.parametrize(
    ("date", "bar"),
    [
        ("2022-01-01/2022-01-09", ("2022-01-01", "2022-01-09", "2022-01-01", "2022-01-09")),
        ("2022-01/2022-03", ("2022-01-01", "2022-03-31", "2022-01-31", "2022-03-01")),
        ("2022-01", ("2022-01-01", "2022-01-31", "", "")),
        ("2022-01-01~/2022-01-09", ("2022-01-01", "2022-01-09", "", "")),
        ("2022-01/2022-01", ("2022-01-01", "2022-01-31", "", "")),
    ],
)
def test_a_bar_is_certain_only_where_the_date_is(date: str, bar: tuple[str, ...]) -> None:
    first, last, sure_first, sure_last = (parse_date(day).earliest if day else 0 for day in bar)
    assert bar_of(parse_date(date)) == Bar(first, last, (sure_first, sure_last) if bar[2] else None)


def test_the_picture_says_that_one_can_zoom_in_or_that_it_would_not_help() -> None:
    near = [event("2022-01-01", "A"), event("2022-01-02", "B"), event("2023-12-31", "edge")]
    same = [event("2022-01-01", "A"), event("2022-01-01", "B"), event("2023-12-31", "edge")]
    pictures = [lanes_picture(Lanes(story(*each)), LanesShown(), 0, 60, 20) for each in (near, same)]
    assert [picture.note for picture in pictures] == [
        "2 events in this cell: + zooms in",
        "2 events on 1 January 2022: ← → go from one to the next",
    ]


def test_silences_are_folded_with_marks_and_the_title_says_how_many() -> None:
    view = story(*(event(f"20{year}-0{month}-01", "x") for year in (10, 30) for month in range(1, 8)))
    lanes = Lanes(view)
    plain, folded = (lanes_picture(lanes, LanesShown(folded=fold), -1, 80, None) for fold in (False, True))
    assert "┊" not in plain.lines[1].text
    assert "┊" in folded.lines[1].text
    assert folded.title.endswith("1 silence folded (┊)")
    assert folded.lines[1].text.count("●") > plain.lines[1].text.count("●")


def test_lanes_are_ordered_by_count_or_by_their_first_event() -> None:
    view = story(
        event("2022-01-01", "A", actors={"ann": ""}),
        event("2022-02-01", "B", actors={"ben": ""}),
        event("2022-03-01", "C", actors={"ben": ""}),
        event("2021-01-01", "D"),
    )
    assert [lane.name for lane in Lanes(view, "actor", "count").lanes] == ["ben", "ann", "nobody named"]
    assert [lane.name for lane in Lanes(view, "actor", "first").lanes] == ["ann", "ben", "nobody named"]


def test_the_selected_lane_shows_titles() -> None:
    view = story(*(event(f"2022-0{month}-01", f"Title {month}", actors={"ann": ""}) for month in range(1, 9)))
    lines = lanes_picture(Lanes(view), LanesShown(), 3, 100, 20).lines
    lens = "\n".join(line.text for line in lines[2:5])
    assert "╰ Title 4" in lens
    assert "Title 5" in lens
    spans = [span for line in lines[2:5] for span in line.spans if span.part == "title"]
    assert [span.target.key for span in spans if span.target] == [3]


def test_links_of_the_selected_event_are_drawn_to_their_lanes_with_their_word() -> None:
    view = story(
        event("2022-01-01", "Said", id="said", actors={"ann": ""}),
        event("2022-02-01", "Between", actors={"carl": ""}),
        event("2022-06-01", "Denied", actors={"ben": ""}, links={"denies": ("said",)}),
        event("2022-12-31", "edge", actors={"ben": "", "carl": "", "ann": ""}),
    )
    lanes = Lanes(view, "actor", "first")
    assert [lane.name for lane in lanes.lanes] == ["ann", "carl", "ben"]
    lines = lanes_picture(lanes, LanesShown(order="first"), 2, 80, 20).lines
    assert "●╴denies" in lines[1].text
    assert lines[2].text.index("│") == lines[1].text.index("●")
    spans = [span for span in lines[1].spans if span.text == "╴denies"]
    assert [(span.part, span.target) for span in spans] == [("found", Target(0, leads="link"))]
    back = lanes_picture(lanes, LanesShown(order="first"), 0, 80, 20).lines
    assert "denied by" in back[-1].text
    assert "│" in back[-2].text


def test_one_goes_along_a_lane_and_across_to_the_nearest_event() -> None:
    view = story(
        event("2022-01-01", "0", actors={"ann": "", "ben": ""}),
        event("2022-02-01", "1", actors={"ann": ""}),
        event("2022-03-01", "2", actors={"ben": ""}),
        event("2022-04-01", "3", actors={"ann": ""}),
    )
    lanes = Lanes(view)
    ann, ben = (lanes.number_of(value, 0) for value in ("ann", "ben"))
    assert [lanes.along(ann, key, steps) for key, steps in ((0, 1), (1, 1), (3, 1), (3, -9))] == [1, 3, 3, 0]
    assert lanes.nearest(ben, 1, lanes.moment_of(1)) == 2
    assert lanes.nearest(ben, 0, lanes.moment_of(0)) == 0
    assert lanes.along(ann, 2, 1) == 3
    assert lanes.along(ann, 2, -1) == 1


@pytest.mark.parametrize("day", ["2024-01-01", "2024-03-12", "2025-06-01"])
def test_under_the_clock_an_event_is_where_it_was_planned_and_has_the_status_of_that_day(day: str) -> None:
    view = View(open_timeline(SHIPMENT, today=TODAY).index, today=parse_date("2026-01-15").earliest)
    view = view.known_by(parse_date(day).earliest)
    lanes = Lanes(view, "status")
    assert sum(len(lane.keys) for lane in lanes.lanes) == view.count
    for number, lane in enumerate(lanes.lanes):
        assert {row.status for row in view.rows(0, view.count) if row.key in lane.keys} == {lane.value}
        track = lanes.events(number).track
        days = [track.day(place) for place in range(len(track))]
        assert days == sorted(days)
        assert days == [view.sort_key(key)[0] for key in track.keys]
        assert all(track.place_of(key) == place for place, key in enumerate(track.keys))


def test_a_day_beside_the_age_of_the_universe_can_be_reached_by_zooming() -> None:
    view = story(event("Y-13800000000", "The beginning"), event("2022-01-01", "A"), event("2022-01-02", "B"))
    lanes, asked = Lanes(view), LanesShown()
    for _ in range(50):
        asked = replace(asked, window=window_of(lanes, asked).zoomed(1, view.sort_key(2)[0], lanes.whole))
        assert rows(view, window=asked.window)
    assert asked.window is not None
    assert asked.window.days == 1
    assert "1 of 3 events · 2 January 2022" in lanes_picture(lanes, asked, 2, 80, 20).title


def test_what_falls_without_a_source_is_marked() -> None:
    cited = event("2022-01-01", "A", sources=(Citation("tass-1"),), actors={"ann": ""})
    view = story(cited, event("2022-12-01", "B", actors={"ann": ""})).without_sources(["tass-1"])
    assert "∅" in rows(view)[1]
    assert "●" in rows(view)[1]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("width", [40, 97])
def test_names_and_titles_in_any_script_never_break_a_line(text: str, width: int) -> None:
    tags = (text.replace("\x00", ""),)
    view = story(event("2022-01-01", text, tags=tags), event("2022-02-01", "B", tags=tags))
    picture = lanes_picture(Lanes(view, "tag"), LanesShown("tag"), 0, width, 20)
    for line in picture.lines:
        assert cells(line.text) <= width
        assert "\x1b" not in line.text
        assert "\n" not in line.text


def test_five_thousand_lanes_scroll() -> None:
    view = story(*(event("2022-01-01", "x", actors={f"actor-{number}": ""}) for number in range(5000)))
    lanes = Lanes(view)
    assert len(lanes.lanes) == 5000
    asked = following(lanes, LanesShown(), view.keys[-1], 30)
    assert lanes_picture(lanes, asked, view.keys[-1], 80, 30).cursor[0] > 0


def test_without_events_the_picture_says_so() -> None:
    view = story()
    assert [line.text for line in lanes_picture(Lanes(view), LanesShown(), -1, 60, 9).lines] == [
        "There are no events here."
    ]
    early = story(event("2022-01-01", "A")).known_by(BEGINNING + 1)
    assert "Nothing was known yet" in " ".join(printed_picture(early, "lanes", "actor", 300))


def test_a_printed_picture_has_all_lanes_and_says_what_its_signs_mean() -> None:
    view = story(*(event("2022-01-01", "x", actors={name: ""}) for name in ACTORS))
    lines = list(printed_picture(view, "lanes", "actor", 60))
    assert lines[0] == view.title
    assert all(any(name[:8] in line for line in lines) for name in ACTORS)
    assert "● happened" in " ".join(lines)
    assert all(cells(line) <= 60 for line in lines)


DAY = parse_date("2024-11-01").earliest


@given(
    st.lists(st.integers(0, 4 * 86_399), min_size=1, max_size=40),
    st.lists(
        st.tuples(shares, st.integers(0, 20), st.integers(1, 300), st.booleans()), min_size=8, max_size=8
    ),
)
@examples(125)
def test_windows_of_days_down_to_a_millionth_of_them_count_to_the_second(
    seconds: list[int], asked: list[tuple[float, int, int, bool]]
) -> None:
    def when(second: int) -> str:
        day, second = divmod(second, 86_400)
        return f"2024-11-0{day + 1}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"

    view = story(*(event(when(second), str(second)) for second in seconds))
    lanes = Lanes(view)
    moments = [DAY * 86_400 + second for second in seconds]
    for share, halvings, width, folded in asked:
        days = max(1, lanes.whole.days >> halvings)
        first = lanes.whole.first + int(share * (lanes.whole.days - days))
        window = Window(first, first + days - 1)
        axis = axis_of(lanes, LanesShown(window=window, folded=folded), width)
        assert cell_counts(lanes, 0, axis) == naive_counts(moments, lanes.bounds(window, axis.starts()))


INCIDENT = View(
    open_timeline(Path(__file__).parents[2] / "data" / "examples" / "incident.yaml", today=TODAY).index,
    today=TODAY,
)


def test_zooming_spreads_an_incident_over_minutes_with_times_on_the_axis() -> None:
    lanes = Lanes(INCIDENT)
    key = next(key for key in INCIDENT.keys if INCIDENT.title_of(key) == "Haise reports a bang")
    window = lanes.whole
    for _ in range(8):
        window = window.zoomed(1, lanes.moment_of(key), lanes.whole)
    picture = lanes_picture(lanes, LanesShown(window=window), key, 110, 20)
    assert "14 April 1970 02:51:33 – 03:30:56" in picture.title
    axis, houston = picture.lines[0].text, picture.lines[1].text
    assert "╷03:05    ╷03:10    ╷03:15" in axis
    assert houston.count("●") + houston.count("◐") == 7


def test_folding_silences_shows_the_minutes_of_an_incident_among_its_days() -> None:
    lanes = Lanes(INCIDENT)
    axis = axis_of(lanes, LanesShown(folded=True), 100)
    houston = cell_counts(lanes, 0, axis)
    assert sum(houston) == len(lanes.lanes[0].keys)
    assert max(houston) < max(cell_counts(lanes, 0, axis_of(lanes, LanesShown(), 100)))


def test_an_event_without_a_time_is_dotted_over_its_day_among_events_with_times() -> None:
    view = story(
        event("2024-11-01", "some time", actors={"ann": ""}),
        event("2024-11-01T06:00:00Z/2024-11-01T12:00:00Z", "a morning", actors={"ben": ""}),
        event("2024-11-02T23:00:00Z", "late", actors={"cay": ""}),
    )
    ann, ben, cay = (
        line.text.split(" 1 ")[1] for line in lanes_picture(Lanes(view), LanesShown(), -1, 60, None).lines[1:]
    )
    assert ann.startswith("●┄┄┄┄┄┄┄┄┄┄")
    assert ann.count("┄") * 2 < len(ann)
    assert ben.strip().startswith("●━━━━━")
    assert cay.count("●") == 1


@given(changing_files(), days)
@examples(100)
def test_a_frame_of_a_film_has_the_bars_of_its_own_day(file: Plain, day: int) -> None:
    reading = read(file)
    whole = View(Index.build(header_of(reading), reading.events))
    frame = whole.known_by(day)
    own, played = Lanes(frame), Lanes(frame, stage=Lanes(whole))
    for key in frame.keys:
        assert played.bar(key) == own.bar(key)

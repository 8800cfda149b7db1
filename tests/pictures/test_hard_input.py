"""Every picture of what is hard to draw: nothing, one event, one day, ages beside a day, many actors."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import IS_DEEP, examples
from tests.support.stories import event, story
from timeline_tui.cli.table import PICTURES
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Actor, Header
from timeline_tui.pictures.clocks import BY, Clocks, ClocksShown
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes import cell_counts
from timeline_tui.pictures.lanes_shown import LanesShown, axis_of
from timeline_tui.pictures.picture import Window
from timeline_tui.pictures.printed import picture_with_words, whole_picture
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

NAMES = [
    "Choe Son-hui", "최선희", "Лавров", "رجب طيب أردوغان", "בנימין נתניהו", "นายกรัฐมนตรี", "अमित शाह",
    "北京市政府", "Ελλάδα", "👩‍👩‍👧‍👦", "x" * 90, "é" * 40,
]  # fmt: skip


def named(number: int) -> Event:
    """An event of two actors whose names are in one of many scripts."""
    who = {f"a{number % len(NAMES)}": "", f"a{(number * 5 + 1) % len(NAMES)}": ""}
    return event(f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}", NAMES[number % len(NAMES)], actors=who)


SCRIPTS = Header(
    title="名" * 60, actors={f"a{number}": Actor(name=name) for number, name in enumerate(NAMES)}
)
CROWD = Header(
    title="A crowd", actors={f"a{number}": Actor(name=f"Actor {number}") for number in range(5_000)}
)


def crowd() -> View:
    """Five thousand actors, each in an event."""
    together = (
        event(
            f"20{number % 20 + 10}-0{number % 9 + 1}",
            f"Meeting {number}",
            actors=dict.fromkeys([f"a{number * 10 + one}" for one in range(10)], ""),
        )
        for number in range(500)
    )
    return story(*together, header=CROWD)


HARD: dict[str, View] = {
    "nothing": story(),
    "one event": story(event("2022-02-24", "One")),
    "no beginning and no end": story(event("../2022", "Before"), event("2021/..", "After")),
    "all on one day": story(*(event("2022-02-24", f"{number}", kind="vote") for number in range(300))),
    "ages beside a day": story(event("Y-13800000000", "A big bang"), event("2022-02-24", "A day")),
    "no actors": story(*(event(f"2022-0{number}-01", f"{number}") for number in range(1, 9))),
    "names in every script": story(*map(named, range(40)), header=SCRIPTS),
    "five thousand actors": crowd(),
    "hours of a day": story(
        *(event(f"2022-02-24T{hour:02}:15:00Z", f"Hour {hour}", actors={"russia": ""}) for hour in range(24))
    ),
}
VIEWS = pytest.mark.parametrize("view", HARD.values(), ids=HARD)
SMALL = {name: view for name, view in HARD.items() if view.total < 500}


@pytest.mark.parametrize("view", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("name", PICTURES)
@given(st.integers(40, 300), st.integers(8, 60))
@examples(15)
def test_every_picture_fits_and_says_something(view: View, name: str, width: int, height: int) -> None:
    fits_and_says_something(view, name, width, height)


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_of_five_thousand_actors_fits_and_says_something(name: str) -> None:
    fits_and_says_something(HARD["five thousand actors"], name, 40, 8)
    fits_and_says_something(HARD["five thousand actors"], name, 300, 60)


def fits_and_says_something(view: View, name: str, width: int, height: int) -> None:
    for by in ("", *PICTURES[name]):
        picture = whole_picture(view, name, by, width, height)
        assert picture.title
        assert any(line.text.strip() for line in picture.lines)
        assert all(cells(line.text) <= width for line in picture.lines)
        assert len(picture.lines) <= height


@VIEWS
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_printed_within_its_width(view: View, name: str) -> None:
    for width in (40, 300) if view.total >= 500 else (40, 79, 300):
        lines = picture_with_words(view, name, "", width)
        assert all(cells(line.text) <= width for line in lines)


@VIEWS
@given(st.integers(40, 300))
@examples(15)
def test_the_cells_of_lanes_and_clocks_add_up_to_the_view(view: View, width: int) -> None:
    lanes = Lanes(view)
    if lanes.lanes:
        axis = axis_of(lanes, LanesShown(), width)
        for number, lane in enumerate(lanes.lanes[:50]):
            assert sum(cell_counts(lanes, number, axis)) == len(lane.keys)
        assert {key for lane in lanes.lanes for key in lane.keys} == set(view.keys)
    clocks = Clocks(view)
    for by in BY[:1] + BY[4:5]:
        if clocks.points("events").count:
            scene = clocks.scene(ClocksShown(by), width, 30)
            assert sum(count.points for column in scene.counts for count in column) == view.count


SOME_DATES = (
    "2022",
    "2022-03",
    "2021-11-01/2022-02-01",
    "2019",
    "2023-05-05",
    "198X",
    "2022-03-01",
    "1999-12",
)
MANY = story(
    *(
        event(
            f"20{number % 23:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            if number % 5
            else SOME_DATES[number // 5 % len(SOME_DATES)],
            f"{number}",
            actors={f"a{number % 7}": ""},
            **({"known": parse_date(f"2023-{number % 12 + 1:02}")} if number % 11 == 0 else {}),
        )
        for number in range(400)
    )
)
NUMBER = 20 if IS_DEEP else 4
WINDOWS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=NUMBER, max_size=NUMBER)


@given(WINDOWS, st.integers(2, 300), st.booleans())
@examples(500)
def test_lanes_and_clocks_count_as_a_naive_count_does_in_ten_thousand_windows(
    shares: list[tuple[float, float]], width: int, folded: bool
) -> None:
    lanes, clocks = Lanes(MANY), Clocks(MANY)
    # Blocks of so few points that columns have several, and parts of some at their ends.
    clocks.points("events").block = 5
    days = [MANY.sort_key(key)[0] for key in lanes.lanes[0].keys]
    points = [
        (day, known)
        for run in clocks.points("events").runs
        for day, known in zip(run.moments, run.known, strict=True)
    ]
    for one, other in shares:
        window = _window(lanes.whole, one, other)
        axis = axis_of(lanes, LanesShown(window=window, folded=folded), width)
        edges = lanes.bounds(window, axis.starts())
        inside = [day for day in days if edges[0] <= day < edges[-1]]
        assert cell_counts(lanes, 0, axis) == [
            sum(first <= day < after for day in inside) for first, after in pairwise(edges)
        ]
        scene = clocks.scene(
            ClocksShown("events", _window(clocks.whole(ClocksShown()), one, other), folded), width + 20, 20
        )
        naive = Counter(
            (scene.column_of(day), scene.row_of(day, known))
            for day, known in points
            if scene.edges[0] <= day < scene.edges[-1]
        )
        counted = {
            (column, row): count.points
            for column, counts in enumerate(scene.counts)
            for row, count in enumerate(counts)
            if count.points
        }
        assert counted == naive


def _window(whole: Window, one: float, other: float) -> Window:
    return Window(*sorted(whole.first + int(share * (whole.days - 1)) for share in (one, other)))

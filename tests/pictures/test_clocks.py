from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.hostile_text import HOSTILE
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import BEGINNING, END, parse_date
from timeline_tui.index.searched import second_of
from timeline_tui.loading.bundled import bundled_timeline
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.known_on import disclosures
from timeline_tui.model.records import Citation, Claim, Event, Postponement
from timeline_tui.pictures.clock_axes import delay_bands, silences
from timeline_tui.pictures.clocks import BY, Clocks, ClocksShown, clocks_picture
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.pictures.picture import Window
from timeline_tui.pictures.printed import printed_picture
from timeline_tui.query.language import Query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

DATES = [
    "2022-02-24", "2022-03", "2022", "2022-02-24/2022-06-03", "2023-01-01/..", "../2021-04-05",
    "2024-02-29T10:00:00+02:00", "2022-03-01", "Y-13800000000", "198X", "2022-02-25", "2030-01-01",
]  # fmt: skip
KNOWN = [None, None, "2022-02-24", "2022-03-05", "2023-06", "2024-10-01", "1990"]
STATUSES = ["confirmed", "claimed", "disputed", "denied"]


def made(date: str, told: tuple[str, str, str | None], slipped: str | None, said: tuple[bool, bool]) -> Event:
    """An event with what may become known of it: its title, status and the day it became known."""
    title, status, known = told
    fields: dict[str, object] = {} if known is None else {"known": parse_date(known)}
    if slipped is not None:
        planned = parse_date(slipped)
        fields |= {"postponed": (Postponement(date=planned, known=parse_date("2021-12-01")),)}
    quotes = (quote("lavrov", "So be it"),) if said[0] else ()
    claims = (Claim(about="troops", by="russia", value="8000"),) if said[1] else ()
    return event(date, title, status=status, quotes=quotes, claims=claims, **fields)


events = st.builds(
    made,
    st.sampled_from(DATES),
    st.tuples(
        st.sampled_from(["One", "二" * 30, "مرحبا", "x" * 200]),
        st.sampled_from(STATUSES),
        st.sampled_from(KNOWN),
    ),
    st.sampled_from([None, None, "2022-01-15"]),
    st.tuples(st.booleans(), st.booleans()),
)


@st.composite
def views(draw: st.DrawFn) -> View:
    view = story(*draw(st.lists(events, max_size=12)))
    if draw(st.booleans()):
        view = view.known_by(parse_date(draw(st.sampled_from(["2022-06-01", "2024-01-01"]))).earliest)
    return view.with_query(draw(st.sampled_from([Query(), Query().with_term("status", "claimed")])))


shares = st.floats(0, 1)
sizes = st.tuples(st.integers(20, 300), st.integers(1, 60))


def window_in(whole: Window, first: float, last: float) -> Window:
    """A window of some days, by shares of them."""
    return Window(*sorted(whole.first + int(share * (whole.days - 1)) for share in (first, last)))


def naive_points(view: View, what: str) -> list[tuple[int, int]]:
    """When each point happened, and when it became known, from the records alone."""
    kinds = {
        "events": {"event"},
        "claims": {"claim"},
        "quotes": {"quote"},
        "changes": {"status", "update", "outcome", "plan", "came"},
    }[what]
    last = END if view.known_on is None else view.known_on
    found = []
    for key in view.keys:
        date = view.event(key).date
        for known, kind in disclosures(view.whole_event(key), view.index.published):
            if kind in kinds and known <= last:
                day = min(max(known, date.earliest), date.latest)
                second = second_of(date) if date.earliest == date.latest else 0
                found.append((day * view.per_day + max(second, 0), known))
    return found


@given(
    views(),
    st.sampled_from(BY),
    st.tuples(shares, shares),
    sizes,
    st.booleans(),
)
@examples(1000)
def test_each_cell_counts_what_a_naive_count_counts_in_any_window(
    view: View, by: str, window: tuple[float, float], size: tuple[int, int], folded: bool
) -> None:
    clocks = Clocks(view)
    shown = ClocksShown(BY[BY.index(by)], folded=folded)
    naive = naive_points(view, shown.what)
    assert clocks.points(shown.what).count == len(naive)
    if not naive:
        return
    whole = clocks.whole(shown)
    days = window_in(whole, *window)
    scene = clocks.scene(ClocksShown(shown.by, days, folded), *size)
    cells_of = Counter(
        (column, row)
        for moment, known in naive
        for column, (first, after) in enumerate(pairwise(scene.edges))
        if first <= moment < after
        for row, band in enumerate(scene.bands)
        if band.first <= known - (moment // view.per_day if shown.is_delayed else 0) < band.after
    )
    found = {
        (column, row): count.points
        for column, counts in enumerate(scene.counts)
        for row, count in enumerate(counts)
        if count.points
    }
    assert found == cells_of
    counted = sum(found.values())
    assert counted == sum(scene.edges[0] <= moment < scene.edges[-1] for moment, _ in naive)
    if days == whole:
        assert counted == len(naive)


@given(views(), st.sampled_from(BY), sizes, st.booleans(), st.data())
@examples(400)
def test_no_line_is_wider_or_lower_than_there_is_room_for(
    view: View, by: str, size: tuple[int, int], folded: bool, data: st.DataObject
) -> None:
    selected = data.draw(st.sampled_from([-1, *view.keys]))
    shown = ClocksShown(BY[BY.index(by)], folded=folded)
    width, height = size
    picture = clocks_picture(Clocks(view), shown, selected, width, height)
    assert picture.lines
    assert all(cells(line.text) <= max(width, 12) for line in picture.lines)
    assert len(picture.lines) <= max(height, 3)
    line, cell = picture.cursor
    assert line < len(picture.lines)
    assert cell < width


@given(views(), st.sampled_from(BY), st.integers(40, 120), st.integers(4, 40))
@examples(200)
def test_every_event_with_a_point_can_be_gone_to_and_has_a_cell(
    view: View, by: str, width: int, height: int
) -> None:
    clocks, shown = Clocks(view), ClocksShown(BY[BY.index(by)])
    points = clocks.points(shown.what)
    if not points.count:
        assert points.beside(0, 1) == -1
        return
    held = {key for run in points.runs for key in run.keys}
    key = points.beside(-1, -(10**9))
    walked = [key]
    while (following := points.beside(walked[-1], 1)) != walked[-1]:
        walked.append(following)
    assert set(walked) == held
    scene = clocks.scene(shown, width, height)
    for key in held:
        row, column = scene.place_of(key)
        assert scene.counts[column][row].points
        first = scene.key_in(row, column)
        assert scene.place_of(first)[1] == column or by != "events"


@given(views(), st.integers(4, 40))
@examples(100)
def test_up_and_down_go_through_rows_in_the_order_in_which_they_became_known(view: View, height: int) -> None:
    clocks, shown = Clocks(view), ClocksShown()
    if not view.count:
        return
    scene = clocks.scene(shown, 80, height)
    lowest = scene.above(-1, 0, 1)
    rows = [scene.place_of(lowest)[0]]
    key = lowest
    while (higher := scene.above(key, 0, 1)) != key:
        key = higher
        rows.append(scene.place_of(key)[0])
    filled = [row for row in range(len(scene.bands)) if any(column[row].points for column in scene.counts)]
    assert rows == filled


def lines(view: View, by: str = "events", width: int = 80, height: int = 12, selected: int = -1) -> list[str]:
    picture = clocks_picture(
        Clocks(view), ClocksShown(BY[BY.index(by)], folded=False), selected, width, height
    )
    return [line.text for line in picture.lines]


TOLD_LATER = story(
    event("2022-01-01", "Told at once"),
    event("2022-03-01", "Told late", known=parse_date("2022-12-01"), status="claimed"),
    event("2022-12-31", "Told at once again"),
)


def test_what_was_known_at_once_is_on_the_diagonal_and_what_was_revealed_later_above_it() -> None:
    drawn = lines(TOLD_LATER)
    bottom, top = drawn[-2], drawn[0]
    assert "●" in bottom
    assert bottom.index("●") < 20
    assert top.index("●") > 50
    late = next(line for line in drawn if "◐" in line)
    assert late.index("◐") < top.index("●") - 10
    assert drawn.index(late) < 2


def test_the_title_counts_what_was_known_before_on_the_day_and_later() -> None:
    picture = clocks_picture(Clocks(TOLD_LATER), ClocksShown(), -1, 80, 12)
    assert "3 events: 2 the same day, 1 later" in picture.title


def test_no_row_is_named_after_a_day_on_which_nothing_can_be() -> None:
    view = story(event("2022-01-01", "A"), event("2022-01-02", "B"))
    labels = [line[:12].strip() for line in lines(view, height=12)[:-1]]
    assert set(labels) <= {"", "1 Jan 2022", "2 Jan 2022"}


def test_the_selected_event_says_when_it_became_known() -> None:
    picture = clocks_picture(Clocks(TOLD_LATER), ClocksShown(), 1, 80, 12)
    assert picture.note == "known on 1 December 2022, 9 months later"
    assert picture.cursor[0] >= 0


def test_a_cell_with_several_says_how_many_of_them_are_in_doubt() -> None:
    view = story(*(event("2022-01-01", f"{n}", status="claimed" if n else "confirmed") for n in range(3)))
    picture = clocks_picture(Clocks(view), ClocksShown(), 0, 80, 12)
    assert picture.note.endswith("3 in this cell, 2 in doubt")
    lanes = Lanes(view)
    note = lanes_picture(lanes, LanesShown(), 0, 80, 12).note
    assert note == "3 events on 1 January 2022, 2 in doubt: ← → go from one to the next"


def test_delays_stand_in_growing_steps() -> None:
    drawn = lines(TOLD_LATER, "event-delays", height=30)
    assert next(line for line in drawn if "◐" in line).split()[0] == "+1"
    assert next(line for line in drawn if "●" in line).startswith(" same day")
    assert not any(line.lstrip().startswith("-") for line in drawn)


def test_a_plan_that_slipped_is_a_path_from_the_day_it_was_planned_for() -> None:
    view = story(
        event("2022-01-01", "Start"),
        event(
            "2022-12-01",
            "Exercise",
            known=parse_date("2022-08-01"),
            postponed=(Postponement(date=parse_date("2022-05-01"), known=parse_date("2022-02-01")),),
        ),
        event("2022-12-31", "End"),
    )
    drawn = "\n".join(lines(view, height=20))
    assert "○" in drawn
    assert "│" in drawn
    assert "┌" in drawn
    assert "1 known before" in clocks_picture(Clocks(view), ClocksShown(), -1, 80, 20).title


def test_a_claim_that_was_revised_is_a_step() -> None:
    def claim(day: str, value: str) -> Event:
        return event(
            day, value, claims=(Claim(about="troops", by="russia", value=value),), actors={"russia": ""}
        )

    view = story(claim("2022-01-01", "8000"), claim("2022-06-01", "12000"), event("2022-12-31", "End"))
    assert "│" not in "\n".join(lines(view, "claims", height=20))
    chosen = "\n".join(lines(view, "claims", height=20, selected=0))
    assert "│" in chosen
    assert "─" in chosen


def test_an_event_of_which_only_the_year_is_known_counts_as_known_at_once() -> None:
    points = Clocks(story(event("2022", "Some day of a year"), event("2022-05-01", "A day"))).points("events")
    assert points.told(BEGINNING, END) == (0, 2, 0)


def test_what_falls_with_a_source_fades() -> None:
    view = story(
        event("2022-01-01", "One", sources=(Citation(id="tass-1"),)),
        event("2022-06-01", "Two", sources=(Citation(id="nyt-1"),)),
    ).taking_away("tass-1")
    picture = clocks_picture(Clocks(view), ClocksShown(), -1, 80, 12)
    faded = [span.text for line in picture.lines for span in line.spans if span.part == "fallen"]
    assert faded == ["∅"]


def test_nothing_known_later_is_shown_under_the_clock() -> None:
    view = TOLD_LATER.known_by(parse_date("2022-06-01").earliest)
    points = Clocks(view).points("events")
    assert points.count == 1
    assert max(known for run in points.runs for known in run.known) <= parse_date("2022-06-01").earliest


def test_long_silences_are_folded_on_both_axes() -> None:
    view = story(
        event("1900-01-01", "A"), event("1900-02-01", "B"), event("2020-01-01", "C"), event("2020-02-01", "D")
    )
    picture = clocks_picture(Clocks(view), ClocksShown(), -1, 80, 20)
    assert "2 silences folded" in picture.title
    assert "folded" not in clocks_picture(Clocks(view), ClocksShown(folded=False), -1, 80, 20).title


@given(st.lists(st.integers(-1000, 10**12), min_size=2, max_size=30), st.integers(2, 100), st.integers(1, 3))
@examples(500)
def test_nothing_is_in_a_silence(days: list[int], room: int, runs: int) -> None:
    found = silences([sorted(days[start::runs]) for start in range(runs)], Window(min(days), max(days)), room)
    for first, last in found:
        assert first <= last
        assert not any(first <= day <= last for day in days)
    assert all(first[1] < other[0] for first, other in pairwise(found))


@given(st.integers(-(10**13), 10**13), st.integers(0, 10**13), st.integers(1, 60))
@examples(300)
def test_bands_of_delays_cover_all_without_a_gap(least: int, further: int, rows: int) -> None:
    bands = delay_bands(least, least + further, rows)
    assert len(bands) <= rows
    assert all(band.after == other.first for band, other in pairwise(bands))
    assert bands[0].first <= min(least, 0)
    assert bands[-1].after > max(least + further, 0)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_the_bundled_story_is_printed_within_its_width(by: str, width: int) -> None:
    view = View(open_timeline(bundled_timeline(), today=parse_date("2026-01-15").earliest).index)
    printed = list(printed_picture(view, "clocks", by, width))
    assert all(cells(line) <= width for line in printed)
    assert any("Two clocks" in line for line in printed)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_title_does_not_reach_the_picture_as_it_is(text: str) -> None:
    view = story(event("2022-01-01", text))
    assert all(character.isprintable() for line in lines(view, selected=0) for character in line)


@pytest.mark.parametrize("count", [0, 1, 300])
def test_no_event_one_event_and_many_on_one_day_are_drawn(count: int) -> None:
    view = story(*(event("2022-01-01", f"{number}") for number in range(count)))
    drawn = lines(view)
    if not count:
        assert "No event here has a day" in drawn[0]
    else:
        assert sum("●" in line or "▆" in line for line in drawn) == 1


def test_no_diagonal_stands_where_there_is_no_day() -> None:
    assert not any("╱" in line for line in lines(story(event("2022-02-24", "One"))))
    days = story(*(event(f"2022-01-0{number}", "One") for number in range(1, 5)))
    assert not any("╱" in line for line in lines(days))


def test_a_narrow_row_of_days_names_the_day_and_not_only_the_month() -> None:
    days = story(*(event(f"2022-01-0{number}", "One") for number in range(1, 5)))
    assert [line[1:6] for line in lines(days, width=40, height=5) if line[1].isdigit()] == ["3 Jan", "1 Jan"]

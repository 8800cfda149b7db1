"""The calendar counts what certainly lies in a cell, and each cell leads to exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.changing_readings import header_of, read
from tests.support.examples import examples
from tests.support.histories import SOURCES, changing_files, days
from tests.support.hostile_text import HOSTILE
from tests.support.stories import event, story
from timeline_tui.index.index import Index
from timeline_tui.pictures.calendar import DAYS, MONTHS, WEEK, Calendar, whole_calendar
from timeline_tui.pictures.grid import (
    Grid,
    GridCell,
    GridRow,
    cell_events,
    cell_text,
    grid_layout,
    grid_picture,
)
from timeline_tui.query.language import Query, Term, parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from tests.support.histories import Plain

DATES = (
    "2024-11-01", "2024-11-01T09:30", "2024-11-01T09:45Z", "2024-11", "2024", "2023-12-31/2024-01-01",
    "2024-11-XX", "2024-02-29", "-0043-03-15", "0000", "Y-13800000000", "1969~", "2024-11-02/..", "199X",
    "2024-24", "2024-11-01T23:59-05:00", "[2024-11-01,2024-11-03]",
)  # fmt: skip
QUERIES = (
    "",
    "within:2024",
    "within:2024-11-01..2024-12",
    "hour:fri",
    "-within:2024-11-01",
    "status:claimed",
    "2024",
)
SIZES = ((40, 10), (60, 20), (80, 24), (120, 36), (300, 60))


def view_of(dates: list[tuple[str, str]]) -> View:
    return story(
        *(event(date, f"Number {number}", status=status) for number, (date, status) in enumerate(dates))
    )


def check(view: View, grid: Grid) -> None:
    """Each cell leads to as many events as it says, of which as many are in doubt."""
    for row in grid.rows:
        for cell in row.cells:
            target = grid.target(cell)
            if cell is None or not cell.events:
                assert target is None
                continue
            assert target is not None
            parsed = parse_query(target.id, view.vocabulary)
            assert not parsed.problems
            found = view.with_query(parsed.query)
            assert found.count == cell.events
            assert len(found.doubtful) == cell.doubtful


events = st.tuples(st.sampled_from(DATES), st.sampled_from(("confirmed", "claimed", "denied")))


@examples(200)
@given(st.lists(events, min_size=1, max_size=8), st.sampled_from(QUERIES))
def test_a_cell_leads_to_exactly_the_events_that_it_counts(dates: list[tuple[str, str]], typed: str) -> None:
    view = view_of(dates)
    view = view.with_query(parse_query(typed).query)
    calendar = Calendar(view)
    for name in calendar.names if view.count else ():
        check(view, calendar.grid(name))


@examples(200)
@given(changing_files(), days | st.none(), st.frozensets(st.sampled_from(SOURCES)))
def test_under_the_clocks_a_cell_leads_to_the_events_as_known(
    file: Plain, day: int | None, without: frozenset[str]
) -> None:
    reading = read(file)
    view = View(Index.build(header_of(reading), reading.events)).known_by(day).without_sources(without)
    if view.count:
        calendar = Calendar(view)
        for name in calendar.names:
            check(view, calendar.grid(name))


@examples(200)
@given(st.lists(events, min_size=1, max_size=8))
def test_every_event_is_counted_once_or_listed_below(dates: list[tuple[str, str]]) -> None:
    view = view_of(dates)
    calendar = Calendar(view)
    for name in calendar.names:
        grid = calendar.grid(name)
        told = int(grid.beneath[0].split()[0]) if grid.beneath else 0
        assert grid.total + told == view.count


@examples(100)
@given(st.lists(events, min_size=1, max_size=8), st.sampled_from(SIZES))
def test_a_calendar_fits_its_size_and_the_selected_cell_is_in_sight(
    dates: list[tuple[str, str]], size: tuple[int, int]
) -> None:
    calendar = Calendar(view_of(dates))
    for name in calendar.names:
        grid = calendar.grid(name)
        for number, row in enumerate(grid.rows):
            if not row.cells:
                continue
            layout = grid_layout(grid, *size, (number, 0))
            picture = grid_picture(grid, (number, 0), layout, *size)
            assert len(picture.lines) <= size[1]
            assert all(cells(line.text) <= size[0] for line in picture.lines)
            line, cell = picture.cursor
            assert layout.place(line, cell) == (number, 0)


@examples(100)
@given(st.lists(events, min_size=1, max_size=8))
def test_the_cell_of_an_event_is_the_one_that_counts_it(dates: list[tuple[str, str]]) -> None:
    view = view_of(dates)
    calendar = Calendar(view)
    for name in calendar.names:
        grid = calendar.grid(name)
        for key in view.keys:
            cell = grid.cell(*calendar.place_of(name, key))
            target = grid.target(cell)
            if target is not None:
                assert view.with_query(parse_query(target.id).query).has(key)
        placed = sum(calendar.place_of(name, key) != (-1, -1) for key in view.keys)
        assert placed == grid.total


@pytest.mark.parametrize(
    ("dates", "name"),
    [
        (("2024-11-01",), DAYS.name),
        (("2024-11-01", "2025-11-01"), DAYS.name),
        (("2020", "2024-11-01"), MONTHS.name),
        (("1900", "2024-11-01"), "decades by years"),
        (("0900", "2024-11-01"), "centuries by decades"),
        (("Y-13800000000", "2024-11-01"), "1bn years by 100M years"),
    ],
)
def test_the_first_calendar_follows_from_the_span(dates: tuple[str, ...], name: str) -> None:
    calendar = Calendar(view_of([(date, "confirmed") for date in dates]))
    assert calendar.first_name == name
    assert name in calendar.names


def test_a_calendar_of_hours_is_offered_only_where_there_are_times() -> None:
    assert WEEK not in Calendar(view_of([("2024-11-01", "confirmed")])).names
    assert WEEK in Calendar(view_of([("2024-11-01T10:00", "confirmed")])).names


def test_what_is_wider_than_a_cell_is_told_beneath() -> None:
    calendar = Calendar(view_of([("2024-11-01", "confirmed"), ("2024-11", "claimed"), ("2024", "denied")]))
    assert calendar.grid(MONTHS.name).beneath == ("1 event is wider than a month",)
    assert calendar.grid(DAYS.name).beneath == ("2 events are wider than a day",)


def test_a_month_has_as_many_cells_as_days_and_empty_months_are_counted_in_words() -> None:
    grid = Calendar(view_of([("2024-02-29", "claimed"), ("2024-11-01", "confirmed")])).grid(DAYS.name)
    february, left_out, november = grid.rows
    assert [cell is None for cell in february.cells] == [False] * 29 + [True] * 2
    assert left_out.heading == "┊ 8 months empty"
    assert november.cells[0] is not None
    assert november.cells[0].events == 1
    assert grid.moved(0, 30, 0, 1) == (0, 30)
    assert grid.moved(0, 0, 1, 0) == (2, 0)
    assert grid.moved(2, 29, -1, 0) == (2, 29)


def test_a_calendar_in_text_has_the_same_lines() -> None:
    view = view_of([("2024-11-01", "confirmed"), ("2024-11-01", "claimed"), ("2024-11", "denied")])
    assert [line.text.rstrip() for line in whole_calendar(view, 50).lines] == [
        "         1   5    10   15   20   25   30",
        "Nov 2024 █·····························",
        "1 event is wider than a day",
        "▒ 1 █ 2 · colour: part in doubt, ◇ half or more",
    ]


def test_without_events_a_calendar_says_so() -> None:
    view = view_of([("2024-11-01", "confirmed")]).with_query(Query((Term("word", "nothing"),)))
    assert [line.text for line in whole_calendar(view, 60).lines] == ["There are no events here."]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_calendar_shows_no_text_of_the_file(text: str) -> None:
    view = story(event("2024-11-01", text, kind=text))
    shown = "".join(line.text for line in whole_calendar(view, 60).lines)
    assert shown.isprintable()


@given(st.integers(0, 9), st.integers(1, 90), st.integers(0, 14))
def test_below_a_grid_the_events_of_a_cell_fill_the_lines_and_the_rest_is_counted(
    events: int, width: int, height: int
) -> None:
    view = view_of([("2024-11-01", "claimed")] * events)
    lines = cell_events(view, view.find(parse_query("within:2024-11").query), width, height)
    assert len(lines) <= height
    assert all(cells(line.text) <= max(width, 12) for line in lines)
    named = [line.targets[0].key for line in lines if line.targets]
    assert named == list(range(len(named)))
    assert height < 3 or len(named) == events or f"and {events - len(named)} more" in lines[-1].text


@pytest.mark.parametrize(
    ("events", "width", "text"),
    [
        (9_999, 7, "░9,999"),
        (12_345, 7, "▒ 12k"),
        (12_345, 5, "▒12k"),
        (12_345_678, 6, "█ 12M"),
        (12_345, 3, "▒▒"),
    ],
)
def test_a_count_without_room_is_told_in_thousands(events: int, width: int, text: str) -> None:
    most = max(events, 40_000)
    assert cell_text(GridCell(events), most, width, "heat") == text


def test_long_names_of_rows_leave_the_columns_their_width() -> None:
    cell = GridCell(1, 0, (Term("word", "x"),))
    grid = Grid("T", Query(), ("a", "b", "c"), (GridRow("n" * 90, (cell,) * 3),))
    layout = grid_layout(grid, 68, 20)
    assert (layout.column, layout.columns) == (8, 3)


def test_words_below_a_grid_that_are_cut_for_want_of_lines_say_so() -> None:
    grid = Calendar(view_of([("2024-11-01", "claimed")])).grid(MONTHS.name)
    grid = grid._replace(beneath=("one two three four five six seven eight nine ten eleven twelve",))
    layout = grid_layout(grid, 40, 3, (0, 0))
    shown = [line.text for line in grid_picture(grid, (0, 0), layout, 40, 3).lines]
    assert len(shown) == 3
    assert shown[-1].startswith("one two")
    assert shown[-1].endswith("…")


def test_the_legend_of_doubt_stands_only_where_something_is_in_doubt() -> None:
    for status, told in (("confirmed", False), ("claimed", True)):
        grid = Calendar(view_of([("2024-11-01", status)])).grid(MONTHS.name)
        layout = grid_layout(grid, 120, 20, (0, 0))
        shown = "\n".join(line.text for line in grid_picture(grid, (0, 0), layout, 120, 20).lines)
        assert ("in doubt, ◇" in shown) is told

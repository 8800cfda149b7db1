"""The newest event first, and all times of day in one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.screens import (
    HARBOUR,
    TODAY,
    WIDE,
    answered,
    main_screen,
    screen_text,
    selected_title,
    shows,
    timeline_app,
    type_text,
)
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pages.event_list import listing
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View
from timeline_tui.tui.state import ScreenState

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def command(pilot: Pilot[None], text: str) -> None:
    await pilot.press(":")
    await type_text(pilot, text)
    await pilot.press("enter")
    await answered(pilot)


def titles(text: str) -> list[str]:
    """The titles of the harbour's events in the order in which a text has them."""
    view = View(open_timeline(HARBOUR, today=TODAY).index)
    found = [view.title_of(key)[:24] for key in range(view.total)]
    return sorted((title for title in found if title in text), key=text.index)


async def test_the_newest_event_comes_first_and_j_goes_down_the_screen() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        oldest = titles(screen_text(app))
        selected = selected_title(app)
        await command(pilot, "sort newest")
        lines = screen_text(app).splitlines()
        rows = "\n".join(line[23:] for line in lines[4:20])
        assert titles(rows) == oldest[::-1]
        assert selected_title(app) == selected
        assert "newest first" in lines[0]
        assert (
            rows.index("── 2031")
            < rows.index("7 years without")
            < rows.index("── 2024")
            < rows.index("── 2023")
        )
        await pilot.press("g")
        assert selected_title(app).startswith(oldest[-1])
        await pilot.press("j")
        assert selected_title(app).startswith(oldest[-2])
        await pilot.press("}")
        assert selected_title(app).startswith(oldest[1])
        await pilot.press("{")
        assert selected_title(app).startswith(oldest[-2])
        await command(pilot, "sort")
        assert titles("\n".join(line[23:] for line in screen_text(app).splitlines()[4:20])) == oldest


async def test_matches_follow_one_another_down_the_screen_in_both_orders() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await command(pilot, "sort newest")
        await pilot.press("g", "/")
        await type_text(pilot, "wall")
        await pilot.press("enter")
        await answered(pilot)
        main = main_screen(app)
        seen = [main.state.selected]
        await shows(pilot, f"1 of {len(main.state.matches)}")
        while True:
            await pilot.press("n")
            if main.state.selected == seen[0]:
                break
            seen.append(main.state.selected)
        assert seen == sorted(main.state.view.key_at(place) for place in main.state.matches)[::-1]


def test_a_start_with_the_newest_first_begins_at_the_top() -> None:
    view = View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY).sorted_by(newest=True)
    assert ScreenState.first(view, -(2**62)).selected == view.key_at(view.count - 1)
    day = parse_date("2024-02-05").earliest
    assert ScreenState.first(view, day).selected == view.key_at(view.position_at(day))


def test_a_list_is_printed_in_the_order_and_the_zone_of_the_view() -> None:
    view = View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY)
    assert list(listing(view.sorted_by(newest=True)))[3:] == list(listing(view))[3:][::-1]
    late = story(event("2024-11-06T23:30Z", "late"), event("2024-11-06", "day"))
    lines = list(listing(late.in_zone("Europe/Kyiv")))
    assert "times in Europe/Kyiv" in lines[1]
    assert [line.split()[0] for line in lines[3:]] == ["2024-11-06", "2024-11-07T01:30+02:00"]


def test_a_zone_changes_what_is_shown_of_times_and_not_their_order() -> None:
    dates = ("2024-11-06T23:30Z", "2024-11-06T23:00-05:00", "2024-11-06T10:00", "2024-11-07")
    view = story(*(event(date, f"e{number}") for number, date in enumerate(dates)))
    shown = view.in_zone("Asia/Tokyo")
    assert [row.key for row in shown.rows(0, 9)] == [row.key for row in view.rows(0, 9)]
    words = {row.title: shown.date_in_words(row.date) for row in shown.rows(0, 9)}
    assert words["e0"] == "7 November 2024, 08:30 UTC+9"
    assert words["e2"] == "6 November 2024, 10:00"
    assert shown.in_zone("") == view


async def test_a_zone_is_chosen_by_name_and_given_up_again() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await command(pilot, "zone Europe/Kyiv")
        await shows(pilot, "times in Europe/Kyiv")
        await pilot.press(":")
        await type_text(pilot, "zone Europe/Kyiw")
        await shows(pilot, "did you mean Europe/Kyiv")
        await pilot.press("escape")
        await command(pilot, "zone")
        assert "times in" not in screen_text(app)


async def test_near_is_counted_from_the_event_that_was_selected_when_it_was_typed() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        await command(pilot, "filter near:10d")
        main = main_screen(app)
        assert main.state.view.query == parse_query("2024-01-23..2024-02-12").query
        await pilot.press("G")
        assert main.state.view.query == parse_query("2024-01-23..2024-02-12").query

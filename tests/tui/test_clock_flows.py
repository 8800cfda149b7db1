"""The known-on day on the screen, and days counted from an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    BUNDLED,
    MEDIUM,
    NARROW,
    SHIPMENT,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    timeline_app,
    type_text,
)
from timeline_tui.dates.date import parse_date

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from timeline_tui.tui.app import TimelineApp

VOTE = "Federation Council votes on North Korea treaty"
ELECTION = "United States elects a president"
COMBAT = "North Koreans are to fight Ukrainian troops"
CLASH = "Ukraine says first small battles have taken place"


async def set_clock(pilot: Pilot[None], day: str) -> None:
    """Type a day and enter it."""
    await pilot.press("v")
    await type_text(pilot, day)
    await pilot.press("enter")


async def filter_by(pilot: Pilot[None], text: str) -> None:
    """Type a filter and enter it."""
    await pilot.press("f")
    await type_text(pilot, text)
    await pilot.press("enter")


def step_words(app: TimelineApp) -> str:
    """What the last step of the clock brought, in words."""
    step = main_screen(app).clock_step
    return step.words if step is not None else ""


def statuses(app: TimelineApp) -> dict[str, str]:
    """The status of every event shown, by its title."""
    view = main_screen(app).view
    assert view is not None
    return {row.title: row.status for row in view.rows(0, view.count)}


async def test_on_3_november_the_vote_and_the_election_are_ahead_and_the_clashes_are_unknown() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-03")
        shown = statuses(app)
        assert shown[VOTE] == shown[ELECTION] == "scheduled"
        assert CLASH not in shown
        assert "known on 3 November 2024" in screen_text(app)
        await filter_by(pilot, "trump wins")
        assert main_screen(app).view is not None
        assert not statuses(app)


async def test_stepping_to_12_november_the_account_changes_as_the_facts_did() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-03")
        await pilot.press(">")
        assert CLASH not in statuses(app)
        await pilot.press(">")
        assert statuses(app)[CLASH] == "claimed"
        assert statuses(app)[ELECTION] == "confirmed"
        assert statuses(app)[VOTE] == "scheduled"
        assert "2 more new events" in screen_text(app)
        assert f"~ {ELECTION}: now happened" in step_words(app)
        while (known_on := _known_on(app)) is not None and known_on < parse_date("2024-11-12").earliest:
            await pilot.press(">")
        assert _known_on(app) == parse_date("2024-11-12").earliest
        assert statuses(app)[VOTE] == "confirmed"
        assert "State Department says North Koreans are in combat" in statuses(app)


async def test_a_step_back_removes_what_the_step_forward_added() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-04")
        before = statuses(app)
        await pilot.press(">")
        assert statuses(app) != before
        brought = step_words(app)
        assert "2 more new events" in brought
        await pilot.press("<")
        assert statuses(app) == before
        await pilot.press(">")
        assert step_words(app) == brought


async def test_the_last_step_shows_all_that_is_known_and_hides_the_clock_line() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("<")
        assert "◷ 28 April 2025 · " in screen_text(app)
        await pilot.press(">")
        assert _known_on(app) is None
        assert "◷" not in screen_text(app)
        await pilot.press(">")
        assert _known_on(app) is None


async def test_a_day_that_changed_nothing_keeps_the_selected_event() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "j")
        selected = selected_title(app)
        await set_clock(pilot, "2022-12-31")
        assert "nothing became known" in step_words(app)
        assert selected_title(app) == selected


async def test_a_step_selects_the_first_event_that_it_changed_marks_the_rows_and_enter_walks_on() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-05")
        step = main_screen(app).clock_step
        assert step is not None
        assert main_screen(app).selected == next(iter(step.events))
        shown = screen_text(app)
        assert any(ELECTION in line and "~" in line for line in shown.splitlines())
        assert any(CLASH[:20] in line and "+" in line for line in shown.splitlines())
        walked = [main_screen(app).selected]
        for _ in range(len(step.events) - 1):
            await pilot.press("enter")
            walked.append(main_screen(app).selected)
        assert walked == list(step.events)
        await pilot.press("enter")
        assert main_screen(app).event_pane.has_focus


async def test_the_clock_line_says_what_enter_does_if_the_day_changed_several_events() -> None:
    app = timeline_app(SHIPMENT)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-06-19")
        assert "Enter next" in screen_text(app)
        await set_clock(pilot, "2024-07-01")
        assert "Enter next" not in screen_text(app)


async def test_enter_reads_an_event_that_no_step_changed() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-05")
        await pilot.press("g", "enter")
        assert main_screen(app).event_pane.has_focus


async def test_steps_are_those_of_the_filter() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await filter_by(pilot, "kind:vote")
        days = []
        for _ in range(4):
            await pilot.press("<")
            days.append(_known_on(app))
        concerned = main_screen(app).view
        assert concerned is not None
        assert all(day is not None for day in days)
        assert days == sorted(days, key=lambda day: -(day or 0))
        assert "vote" in concerned.sentence


async def test_a_day_before_everything_says_so_and_how_to_go_on() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=MEDIUM) as pilot:
        await set_clock(pilot, "1999-01-01")
        assert "Nothing was known yet on 1 January 1999" in screen_text(app)
        await pilot.press(">")
        assert selected_title(app) == "Russian forces enter Ukraine"


async def test_a_future_day_is_refused_as_a_known_on_day() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2099-01-01")
        assert "is in the future; type a past day" in screen_text(app)
        assert _known_on(app) is None
        await pilot.press("escape")
        assert main_screen(app).timeline.has_focus


async def test_escape_lets_the_clock_run_after_the_filter_is_cleared() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-03")
        await filter_by(pilot, "kind:vote")
        await pilot.press("escape")
        assert _known_on(app) is not None
        await pilot.press("escape")
        assert _known_on(app) is None


async def test_what_was_revealed_late_says_how_late() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(200, 50)) as pilot:
        assert "revealed 9 weeks later" in screen_text(app) or "revealed 2 months later" in screen_text(app)
        await set_clock(pilot, "2022-12-30")
        assert "Railcars said to carry" not in screen_text(app)


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_days_are_counted_from_the_selected_event_until_switched_off(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        screen = main_screen(app)
        assert screen.view is not None
        screen.go_to_event(screen.view.key_of("choe-lavrov-talks") or 0)
        await pilot.press("T")
        shown = screen_text(app)
        assert "T-1" in shown
        assert "days from 1 November 2024" in shown
        assert " T " in shown
        await pilot.press("G")
        assert "T+178" in screen_text(app)
        await pilot.press("T")
        assert "T+178" not in screen_text(app)
        assert selected_title(app) == "Putin thanks Pyongyang for its troops in Kursk"


def _known_on(app: TimelineApp) -> int | None:
    view = main_screen(app).view
    assert view is not None
    return view.known_on


async def test_steps_under_a_filter_by_status_stop_where_a_status_changes() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await set_clock(pilot, "2024-11-03")
        await filter_by(pilot, "status:scheduled")
        assert set(statuses(app)) == {COMBAT, ELECTION, VOTE}
        while ELECTION in statuses(app):
            await pilot.press(">")
        assert _known_on(app) == parse_date("2024-11-05").earliest
        assert "now happened" in step_words(app)
        await pilot.press(">")
        assert _known_on(app) == parse_date("2024-11-06").earliest
        assert not statuses(app)

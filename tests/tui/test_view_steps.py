"""Which view or event a key leads to, without a screen."""

from __future__ import annotations

from functools import cache

from tests.support.screens import HARBOUR, TODAY
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import Query, parse_query
from timeline_tui.timeline.background import steps
from timeline_tui.timeline.view import View
from timeline_tui.tui.state import ScreenState
from timeline_tui.tui.view_steps import (
    clock_stepped,
    counted_from_selected,
    one_step_wider,
    sorted_in,
    to_match,
    with_actor_alone,
    with_source_switched,
    within_dates,
)


@cache
def whole() -> View:
    return View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY)


def query(text: str) -> Query:
    return parse_query(text, whole().vocabulary).query


def searched(text: str) -> ScreenState:
    """The first state of the timeline with the matches of a search."""
    state = ScreenState.first(whole(), -10_000_000).request_search(query(text), 0)
    assert state.request is not None
    for results in steps(state.request, state.request.view):
        state = state if results is None else state.receive(results)
    return state


def test_an_actor_alone_takes_the_place_of_other_actors_and_keeps_the_other_terms() -> None:
    view = whole().with_query(query("kind:statement actor:mayor"))
    assert with_actor_alone(view, "council").query == query("kind:statement actor:council")
    assert with_actor_alone(view, "mayor").query == query("kind:statement")


def test_a_window_of_time_takes_the_place_of_the_one_before() -> None:
    first = within_dates(whole(), "2023")
    assert within_dates(first, "2024..2025").query == within_dates(whole(), "2024..2025").query
    assert within_dates(first, "") == whole()


def test_a_source_that_was_taken_away_is_given_back_by_the_same_step() -> None:
    away = with_source_switched(whole(), "council")
    assert away.without == {"council"}
    assert not with_source_switched(away, "council").without


def test_without_a_word_the_order_is_turned_round() -> None:
    assert sorted_in(whole(), "").newest
    assert not sorted_in(whole(), "oldest").newest
    assert not sorted_in(sorted_in(whole(), "newest"), "").newest


def test_days_are_counted_from_the_selected_event_and_then_no_longer() -> None:
    state = ScreenState.first(whole(), -10_000_000)
    counted = counted_from_selected(state)
    assert counted is not None
    assert counted.origin == whole().day_of(0)


def test_the_clock_steps_back_to_the_first_day_and_forward_to_all_that_is_known() -> None:
    assert isinstance(clock_stepped(whole(), 1), str)
    days, view = [], whole()
    while isinstance(step := clock_stepped(view, -1), View):
        view = step
        assert view.known_on is not None
        days.append(view.known_on)
    assert days == sorted(days, reverse=True)
    for day in [*days[-2::-1], None]:
        step = clock_stepped(view, 1)
        assert isinstance(step, View)
        view = step
        assert view.known_on == day


def test_a_view_is_widened_one_step_at_a_time_until_it_is_whole() -> None:
    view = (
        within_dates(whole().with_query(query("kind:statement")), "2023").taking_away("council").known_by(0)
    )
    steps_to_the_whole = []
    while (wider := one_step_wider(view, keeps_window=True)) is not view:
        view = wider
        steps_to_the_whole.append((str(view.query), sorted(view.without), view.known_on))
    assert steps_to_the_whole == [
        ("kind:statement", ["council"], 0),
        ("", ["council"], 0),
        ("", [], 0),
        ("", [], None),
    ]


def test_the_next_match_is_found_round_the_ends_and_it_is_said() -> None:
    state = searched("wall")
    count = len(state.matches)
    assert count > 1
    seen, notices = {state.selected}, []
    for _ in range(count):
        step = to_match(state, 1)
        state = step.state
        seen.add(state.selected)
        notices.append(step.notice)
    assert len(seen) == count
    assert notices.count("After the last match comes the first again.") == 1


def test_a_search_without_matches_says_so_and_stays() -> None:
    state = searched("nothing-like-this")
    step = to_match(state, 1)
    assert step.state is state
    assert step.notice == "No event in view matches nothing-like-this"
    assert to_match(ScreenState.first(whole(), 0), 1).notice == ""

"""The state of the main screen: each transition makes another state, without a screen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import HARBOUR, SHIPMENT, TODAY
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import Query, parse_query
from timeline_tui.timeline.background import steps
from timeline_tui.timeline.view import View
from timeline_tui.tui.open_page import OpenPage, PageKind
from timeline_tui.tui.state import ScreenState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUERIES = ("", "kind:vote", "kind:statement", "wall", "actor:mayor", "has:quotes", "nothing-like-this")
START = -10_000_000
"""A day number before every event."""


@cache
def whole() -> View:
    return View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY)


@cache
def shipment() -> View:
    return View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)


def query(text: str) -> Query:
    return parse_query(text, whole().vocabulary).query


def answered(state: ScreenState) -> ScreenState:
    """The state once its request is worked out."""
    if state.request is not None:
        for results in steps(state.request, state.request.view):
            if results is not None:
                state = state.receive(results)
    return state


def first() -> ScreenState:
    return ScreenState.first(whole(), START)


def filtered(state: ScreenState, text: str) -> ScreenState:
    return answered(state.request_view(state.next_view.with_query(query(text))))


def title(state: ScreenState) -> str:
    return state.view.title_of(state.selected)


def test_a_timeline_begins_at_the_first_event_on_or_after_the_day() -> None:
    assert first().selected == 0
    day = whole().day_of(3)
    assert ScreenState.first(whole(), day).selected == whole().key_at(whole().position_at(day))


def test_a_transition_leaves_the_state_before_it_as_it_was() -> None:
    state = first()
    state.select(3)
    filtered(state, "kind:vote")
    assert (state.selected, state.view, state.request) == (0, whole(), None)


def test_a_requested_view_is_not_shown_before_its_results_are_there() -> None:
    state = first().request_view(whole().with_query(query("kind:vote")))
    assert state.view is whole()
    assert state.next_view.query == query("kind:vote")
    assert state.rows_are_pending
    assert answered(state).view.query == query("kind:vote")
    assert answered(state).request is None


def test_results_of_an_earlier_request_change_nothing() -> None:
    old = first().request_view(whole().with_query(query("kind:vote")))
    new = old.request_view(whole().with_query(query("kind:statement")))
    assert old.request is not None
    for results in steps(old.request, old.request.view):
        assert results is None or new.receive(results) is new


def test_an_event_that_a_filter_excludes_is_selected_again_when_the_filter_is_cleared() -> None:
    state = first().select(1)
    narrow = filtered(state, "kind:vote")
    assert narrow.selected != 1
    assert filtered(narrow, "").selected == 1


def test_an_event_chosen_while_a_filter_is_worked_out_stays_selected() -> None:
    state = first().request_view(whole().with_query(query("wall")), selected=0)
    key = whole().find(query("wall"))[-1]
    assert answered(state.select(key)).selected == key


def test_a_search_selects_the_first_match_from_the_event_on_and_its_quote() -> None:
    state = answered(first().request_search(query("stone"), 0))
    assert title(state) == "The mayor promises a wall by winter"
    assert state.quote_number == 1


def test_a_search_without_matches_selects_an_event_of_the_filter_that_was_requested_before() -> None:
    state = first().request_view(whole().with_query(query("kind:vote")))
    found = answered(state.request_search(query("nothing-like-this"), state.selected))
    assert found.view.query == query("kind:vote")
    assert found.view.has(found.selected)


def test_matches_go_round_at_both_ends() -> None:
    state = answered(first().request_search(query("wall"), 0))
    count = len(state.matches)
    keys = [state.selected]
    for _ in range(count):
        state = state.select_match(1)
        keys.append(state.selected)
    assert keys[0] == keys[-1]
    assert len(set(keys)) == count
    assert state.select_match(-1).selected == keys[-2]


def test_quotes_go_round_and_an_event_without_quotes_has_none_to_turn_to() -> None:
    state = first().select(1)
    assert [state.quote_number, state.turn_quote(1).quote_number] == [0, 1]
    assert state.turn_quote(1).turn_quote(1).quote_number == 0
    quoteless = first().select(next(key for key in range(7) if not whole().event(key).quotes))
    assert quoteless.turn_quote(1) is quoteless


def test_an_event_outside_the_filter_is_selected_with_its_quote_when_the_filter_is_gone() -> None:
    state = filtered(first(), "kind:vote").select_event(1, 1)
    assert state.view.query
    done = answered(state)
    assert (done.selected, done.quote_number, done.view.query) == (1, 1, Query())


def test_a_line_before_the_first_event_belongs_to_none() -> None:
    assert first().select_line(1) is None
    line = whole().event(2).line
    selected = first().select_line(line)
    assert selected is not None
    assert selected.selected == 2


def test_ending_a_search_keeps_the_event_and_the_view() -> None:
    state = answered(filtered(first(), "kind:statement").request_search(query("wall"), 0))
    ended = state.without_search()
    assert ended.request is None
    assert (ended.search, list(ended.matches)) == (Query(), [])
    assert (ended.selected, ended.view) == (state.selected, state.view)


def test_topics_are_turned_on_a_page_of_claims_only_and_the_last_one_is_remembered() -> None:
    links = first().with_page(OpenPage(PageKind.LINKS))
    assert links.turn_topic(1).open_page == OpenPage(PageKind.LINKS)
    claims = first().with_page(OpenPage(PageKind.CLAIMS)).turn_topic(1)
    assert claims.open_page == claims.last_topic
    assert claims.with_page(None).last_topic == claims.last_topic


def test_what_a_day_brought_is_shown_until_the_known_on_day_is_cleared() -> None:
    day = parse_date("2024-02-09").earliest
    later = parse_date("2024-12-31").earliest
    state = answered(first().request_view(whole().known_by(day)))
    step = answered(state.request_view(state.view.known_by(later)))
    assert step.clock_step is not None
    assert answered(step.request_view(step.view.known_by(None))).clock_step is None


def test_a_step_of_the_clock_selects_new_events_first_and_then_those_that_changed() -> None:
    day = parse_date("2024-06-19").earliest
    timeline = shipment()
    state = answered(ScreenState.first(timeline, START).request_view(timeline.known_by(day)))
    assert state.clock_step is not None
    changed = list(state.clock_step.events)
    walked = [state.selected]
    while (after := state.next_change()) is not None:
        state = after
        walked.append(state.selected)
    assert walked == changed
    assert [title(state.select(key)) for key in changed] == [
        "Both states admit the shipment",
        "Northland ships shells to Southland",
    ]


def test_an_event_that_no_step_changed_leads_to_no_next_change() -> None:
    day = parse_date("2024-06-19").earliest
    timeline = shipment()
    assert ScreenState.first(timeline, START).next_change() is None
    state = answered(ScreenState.first(timeline, START).request_view(timeline.known_by(day)))
    assert state.clock_step is not None
    unchanged = next(key for key in state.view.keys if key not in state.clock_step.events)
    assert state.select(unchanged).next_change() is None


def test_the_same_day_under_another_filter_keeps_the_event_that_was_selected() -> None:
    day = parse_date("2024-06-19").earliest
    timeline = shipment()
    state = answered(ScreenState.first(timeline, START).request_view(timeline.known_by(day)))
    moved = state.select(state.view.key_at(1))
    query = parse_query("has:sources", timeline.vocabulary).query
    again = answered(moved.request_view(moved.view.with_query(query)))
    assert again.selected == moved.selected


def test_after_the_file_was_read_again_the_same_event_and_quote_are_selected(tmp_path: Path) -> None:
    path = tmp_path / "grown.yaml"
    text = HARBOUR.read_text(encoding="utf-8")
    path.write_text(
        text.replace("events:\n", "events:\n  - date: 1900\n    title: Before\n", 1), encoding="utf-8"
    )
    state = first().select(1).turn_quote(1)
    again = answered(state.request_index(open_timeline(path, today=TODAY).index, None))
    assert again.view.total == 8
    assert (title(again), again.quote_number) == (title(state), 1)


def holds(state: ScreenState) -> None:
    """What is true of every state without a request."""
    view = state.view
    assert state.request is None
    assert not view.count or view.has(state.selected)
    quotes = len(view.event(state.selected).quotes)
    assert 0 <= state.quote_number < max(quotes, 1)
    assert list(state.matches) == (list(view.find(state.search)) if state.search else [])
    assert state.actor_counts == view.actors()


TRANSITIONS = st.one_of(
    st.sampled_from(QUERIES).map(
        lambda text: lambda state: state.request_view(state.next_view.with_query(query(text)))
    ),
    st.sampled_from(QUERIES).map(
        lambda text: lambda state: state.request_search(query(text), state.selected)
    ),
    st.integers(0, 6).map(
        lambda place: (
            lambda state: (
                state.select(state.view.key_at(place % state.view.count)) if state.view.count else state
            )
        )
    ),
    st.integers(0, 6).map(lambda key: lambda state: state.select_event(key, 0)),
    st.sampled_from((-1, 1)).map(lambda way: lambda state: state.select_match(way)),
    st.sampled_from((-1, 1)).map(lambda way: lambda state: state.turn_quote(way)),
    st.just(lambda state: state.without_search()),
    st.just(answered),
)


@given(st.lists(TRANSITIONS, max_size=12))
def test_however_keys_and_results_follow_each_other_the_selected_event_is_in_view(
    transitions: list[Callable[[ScreenState], ScreenState]],
) -> None:
    state = first()
    for transition in transitions:
        state = transition(state)
        assert not state.view.count or state.view.has(state.selected)
    holds(answered(state))


@given(st.lists(TRANSITIONS, max_size=6), st.lists(TRANSITIONS, max_size=6))
def test_going_back_leads_to_the_saved_place_whatever_happened_since(
    before: list[Callable[[ScreenState], ScreenState]], since: list[Callable[[ScreenState], ScreenState]]
) -> None:
    state = first()
    for transition in before:
        state = transition(state)
    state = answered(state)
    place = state.saved_place(0)
    later = state
    for transition in since:
        later = transition(later)
    back = answered(later.go_back(place))
    assert back.request is None
    assert (back.view, back.selected, back.quote_number) == (state.view, state.selected, state.quote_number)
    assert (back.search, list(back.matches)) == (state.search, list(state.matches))


def test_nothing_is_selected_in_a_file_that_has_lost_its_events_until_they_are_back(tmp_path: Path) -> None:
    (file := tmp_path / "none.yaml").write_text("title: Nothing yet\nevents: []\n", encoding="utf-8")
    state = filtered(first(), "kind:vote")
    chosen = state.view.event(state.selected).id
    empty = answered(state.request_index(open_timeline(file, today=TODAY).index, None))
    assert empty.selected == -1
    assert answered(empty.request_search(query("wall"), empty.saved_place(0).selected)).selected == -1
    again = answered(empty.request_index(whole().index, None))
    assert again.view.event(again.selected).id == chosen


def test_the_place_to_go_back_to_names_the_event_in_the_file_that_is_being_read_again(
    tmp_path: Path,
) -> None:
    old = filtered(first(), "").select(whole().key_at(whole().count - 1))
    earlier = "events:\n  - {date: 1900-01-01, title: Long before, id: before}\n"
    (file := tmp_path / "more.yaml").write_text(
        HARBOUR.read_text(encoding="utf-8").replace("events:\n", earlier, 1), encoding="utf-8"
    )
    pending = old.request_index(open_timeline(file, today=TODAY).index, None)
    place = pending.saved_place(0)
    assert place.view.event(place.selected).title == whole().event(old.selected).title

"""Places that were left can be gone back to, and forward again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.tui.history import MOST, History

PLACES = st.lists(st.integers(0, 5), min_size=1, max_size=20).map(
    lambda found: [place for number, place in enumerate(found) if found[number - 1 : number] != [place]]
)


def visited(places: list[int]) -> tuple[int, History[int]]:
    """The place where one is after a jump from each place to the next, and the history there."""
    history: History[int] = History()
    for place in places[:-1]:
        history = history.leave(place)
    return places[-1], history


@given(PLACES)
def test_going_back_visits_every_place_in_reverse(places: list[int]) -> None:
    here, history = visited(places)
    seen = [here]
    while (step := history.back(here)) is not None:
        here, history = step
        seen.append(here)
    assert seen == places[::-1]


@given(PLACES, st.integers(0, 20))
def test_forward_undoes_back(places: list[int], steps: int) -> None:
    start = visited(places)
    here, history = start
    gone = 0
    for _ in range(steps):
        if (step := history.back(here)) is not None:
            here, history = step
            gone += 1
    for _ in range(gone):
        step = history.forward(here)
        assert step is not None
        here, history = step
    assert (here, history.past) == (start[0], start[1].past)
    assert history.forward(here) is None


@given(PLACES, st.integers(0, 5))
def test_a_jump_forgets_what_was_ahead(places: list[int], other: int) -> None:
    here, history = visited(places)
    if (step := history.back(here)) is not None:
        here, history = step
    assert history.leave(here).forward(other) is None


@given(PLACES)
def test_a_step_back_never_leads_to_where_one_is(places: list[int]) -> None:
    here, history = visited([*places, *places[-1:]])
    step = history.leave(here).back(here)
    assert step is None or step[0] != here


def test_the_small_moves_since_a_jump_are_kept_for_the_way_forward() -> None:
    history = History[str]().leave("the list at event 3")
    back = history.back("the page at its fifth line")
    assert back is not None
    assert back[1].forward("the list at event 3") == (
        "the page at its fifth line",
        History(("the list at event 3",)),
    )


def test_only_so_many_places_are_remembered() -> None:
    history: History[int] = History()
    for place in range(3 * MOST):
        history = history.leave(place)
    assert history.past == tuple(range(2 * MOST, 3 * MOST))

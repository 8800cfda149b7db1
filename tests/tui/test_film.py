"""The film of the known-on clock: days against time, and what keys do while it is played."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.screens import (
    BUNDLED,
    WIDE,
    answered,
    main_screen,
    screen_text,
    timeline_app,
    type_text,
)
from timeline_tui.pictures.film import FRAME, PACES, STEPS, film_of
from timeline_tui.tui.widgets.axis_pane import AxisPane
from timeline_tui.tui.widgets.clocks import ClocksPane

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

days_of_stories = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=400, unique=True).map(sorted)


@given(days_of_stories, st.sampled_from(["", *PACES, *STEPS]), st.integers(0, 400))
@examples(300)
def test_a_film_goes_forward_to_its_last_day_and_then_ends(days: list[int], how: str, place: int) -> None:
    after = days[place % len(days)] if place else None
    film = film_of(days, after, how)
    assert film.days[-1] == days[-1]
    assert all(first < then for first, then in pairwise(film.days))
    length = film.seconds * len(film.days)
    assert length <= 61
    assert film.day_at(0) == film.days[0]
    assert film.day_at(length - film.seconds / 2) == days[-1]
    assert film.day_at(length + film.seconds) is None
    if after is not None and after != days[-1]:
        assert film.days[0] > after


def test_few_days_are_shown_for_half_a_second_and_many_are_passed_over() -> None:
    assert film_of([1, 2, 3], None).seconds == 0.5
    assert film_of([1, 2, 3], None, "fast").seconds == 0.25
    assert film_of([1, 2, 3], None, "slow").seconds == 1.0
    many = film_of(range(3000), None)
    shown = [many.day_at(frame * FRAME) for frame in range(300)]
    assert len(set(shown)) == 300
    assert many.day_at(30.1) is None


def test_a_film_by_the_month_shows_the_same_day_of_each() -> None:
    film = film_of([738886, 738900, 739000], None, "month")
    assert [after - before for before, after in pairwise(film.days)][:2] == [31, 29]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def held(app: App[None]) -> Clock:
    """A clock for the film of an app."""
    clock = Clock()
    main_screen(app).film.clock = clock
    return clock


async def shown_at(pilot: Pilot[None], clock: Clock, seconds: float) -> int | None:
    """The day that is shown so many seconds after the beginning of the film."""
    clock.now = seconds
    main_screen(pilot.app).film.tick()
    await answered(pilot)
    view = main_screen(pilot.app).view
    assert view is not None
    return view.known_on


def axes_of(pane: AxisPane) -> tuple[object, ...]:
    """What the axes of a picture show."""
    place = pane.axis_place
    assert place is not None
    scene = pane.scene if isinstance(pane, ClocksPane) else None
    rows = scene.bands if scene is not None else ()
    return place.axis.first, place.axis.last, *place.axis.folds, *rows


@pytest.mark.parametrize("key", ["2", "3"])
async def test_space_plays_the_clock_in_a_picture_on_axes_that_stay(key: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        clock = held(app)
        await pilot.press(key, "space")
        await answered(pilot)
        film = main_screen(app).film
        assert film.is_playing
        pane = main_screen(app).main_pane
        assert isinstance(pane, AxisPane)
        days, axes = [], set()
        for seconds in (0.0, 2.0, 4.0, 6.0):
            days.append(await shown_at(pilot, clock, seconds))
            axes.add(axes_of(pane))
        assert None not in days
        assert days == sorted(set(filter(None, days)))
        assert len(axes) == 1


async def test_any_key_stops_the_film_and_the_clock_stays_where_it_stopped() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        clock = held(app)
        await pilot.press("3", "space")
        day = await shown_at(pilot, clock, 3.0)
        await pilot.press("space")
        assert not main_screen(app).film.is_playing
        assert await shown_at(pilot, clock, 9.0) == day
        await pilot.press("space")
        assert await shown_at(pilot, clock, 9.0) != day
        await pilot.press("escape")
        assert not main_screen(app).film.is_playing
        view = main_screen(app).view
        assert view is not None
        assert view.known_on is not None
        await pilot.press("space", "2")
        assert not main_screen(app).film.is_playing
        assert "Lanes by actor" in screen_text(app)


async def test_the_film_ends_with_all_that_is_known() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        clock = held(app)
        await pilot.press("3", "space")
        assert await shown_at(pilot, clock, 1.0) is not None
        assert await shown_at(pilot, clock, 10_000.0) is None
        assert not main_screen(app).film.is_playing


async def test_a_frame_that_is_late_is_passed_over() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        clock = held(app)
        await pilot.press("3", "space")
        await answered(pilot)
        first = await shown_at(pilot, clock, 0.0)
        later = await shown_at(pilot, clock, 20.0)
        assert first is not None
        assert later is not None
        days = main_screen(app).film._film
        assert days is not None
        assert days.days.index(later) - days.days.index(first) > 10


async def test_play_plays_the_list_by_the_step_that_is_named() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        clock = held(app)
        await pilot.press(":")
        await type_text(pilot, "play month")
        await pilot.press("enter")
        await answered(pilot)
        first = await shown_at(pilot, clock, 0.0)
        then = await shown_at(pilot, clock, 0.6)
        assert first is not None
        assert then is not None
        assert then - first in range(28, 32)
        assert main_screen(app).timeline.has_focus
        await pilot.press("j")
        assert not main_screen(app).film.is_playing


async def test_space_does_nothing_in_the_calendar() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("6", "space")
        assert not main_screen(app).film.is_playing

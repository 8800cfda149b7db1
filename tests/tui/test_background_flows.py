"""A key never waits for a view: results appear when the background thread has worked them out."""

from __future__ import annotations

import re
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    WIDE,
    answered,
    main_screen,
    screen_text,
    selected_title,
    timeline_app,
    type_text,
    until,
)
from timeline_tui.timeline import background
from timeline_tui.timeline.background import ViewRequest, ViewResult, steps
from timeline_tui.timeline.view import View
from timeline_tui.tui.screens import request_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.actor_counts import ActorCount


class Gate:
    """Holds the background thread back before each request, until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = Event()
        self.requests: SimpleQueue[ViewRequest] = SimpleQueue()
        monkeypatch.setattr(background, "steps", self._steps)
        monkeypatch.setattr(request_flow, "AT_ONCE", 0)

    def _steps(self, request: ViewRequest, view: View) -> Iterator[ViewResult | None]:
        self.requests.put(request)
        self._open.wait()
        return steps(request, view)

    def open(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.clear()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate(monkeypatch)
    yield gate
    gate.open()


async def test_keys_work_while_a_filter_is_worked_out(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("f")
        await type_text(pilot, "kind:statement")
        assert "searching" in screen_text(app)
        assert screen.view is not None
        assert screen.view.count == 7
        await pilot.press("enter", "j", "j")
        assert selected_title(app) == screen.view.event(2).title
        gate.open()
        await answered(pilot)
        assert screen.view.count == 2
        assert "2 of 7 events" in screen_text(app)


async def test_a_filter_that_is_cancelled_before_its_results_is_never_shown(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("j", "f")
        await type_text(pilot, "kind:vote")
        await pilot.press("escape")
        gate.open()
        await answered(pilot)
        await pilot.pause()
        assert screen.view is not None
        assert screen.view.count == 7
        assert screen.selected == 1


async def test_actors_chosen_before_the_first_results_are_both_chosen(
    gate: Gate,
) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("a", "g", "space", "j", "space")
        gate.open()
        await answered(pilot)
        assert screen.view is not None
        assert len(screen.view.query.values("actor")) == 2


async def test_rows_are_shown_while_actors_are_still_counted(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Event()
    count = View.counting

    def held_back(view: View) -> Iterator[ActorCount]:
        if str(view.query) == "kind:statement":
            counting.wait()
        return count(view)

    monkeypatch.setattr(View, "counting", held_back)
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        gate.open()
        await pilot.press("f")
        await type_text(pilot, "kind:statement")
        await until(pilot, lambda: screen.view is not None and screen.view.count == 2)
        await pilot.pause()
        assert {actor.count for actor in screen.actor_counts} == {None}
        uncounted = re.compile(r"Town council +…")
        assert uncounted.search(screen_text(app))
        counting.set()
        await answered(pilot)
        assert None not in {actor.count for actor in screen.actor_counts}
        assert not uncounted.search(screen_text(app))


async def test_a_search_in_progress_is_shown_and_then_leads_to_the_first_match(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("slash")
        await type_text(pilot, "vote")
        assert "searching" in screen_text(app)
        gate.open()
        await answered(pilot)
        assert "of 7 events match" in screen_text(app)
        first = selected_title(app)
        await pilot.press("enter")
        await pilot.pause()
        assert selected_title(app) == first
        assert "vote" in screen_text(app)
        await pilot.press("escape")
        assert not screen.search


async def test_quitting_does_not_wait_for_the_background_thread(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "wall")
        gate.requests.get()
        await pilot.press("escape", "q")
    assert app.return_code == 0


async def test_the_header_shows_a_search_that_takes_long(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_flow, "_UNNOTICED", 0.001)
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "g", "space")
        await until(pilot, lambda: "searching" in screen_text(app).splitlines()[0])
        gate.open()
        await answered(pilot)
        assert "searching" not in screen_text(app)

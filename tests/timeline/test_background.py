"""What takes long is worked out beside the screen, and only the last that was wished for is shown."""

from __future__ import annotations

import re
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

import pytest

from bench.generate import timeline
from tests.support.screens import (
    HARBOUR,
    TODAY,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    timeline_app,
    type_text,
)
from timeline_tui.loading.open_timeline import open_timeline
from timeline_tui.query.language import Query, parse_query
from timeline_tui.timeline import background as research
from timeline_tui.timeline.background import ViewRequest, ViewResult, ViewWorker, steps
from timeline_tui.timeline.view import View
from timeline_tui.tui.screens import main as main_module

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from timeline_tui.timeline.actor_counts import ActorCount
    from timeline_tui.tui.screens.main import MainScreen


class Gate:
    """Lets the thread that works things out go on, a wish at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = Event()
        self.asked: SimpleQueue[ViewRequest] = SimpleQueue()
        monkeypatch.setattr(research, "steps", self._steps)
        monkeypatch.setattr(main_module, "AT_ONCE", 0)

    def _steps(self, wish: ViewRequest, view: View) -> Iterator[ViewResult | None]:
        self.asked.put(wish)
        self._open.wait()
        return steps(wish, view)

    def open(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.clear()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate(monkeypatch)
    yield gate
    gate.open()


async def until_shown(pilot: Pilot[None], screen: MainScreen) -> None:
    """Until all that was wished for is on the screen."""
    while screen.state.request is not None:
        await pilot.pause(0.005)
    await pilot.pause()


def query(text: str, view: View) -> Query:
    return parse_query(text, view.vocabulary).query


def test_what_is_worked_out_is_what_the_view_itself_would_say(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(2_000)), encoding="utf-8")
    whole = View(open_timeline(path, today=TODAY).index, today=TODAY)
    heard: SimpleQueue[ViewResult] = SimpleQueue()
    researcher = ViewWorker(heard.put)
    for filter_, find in (("convoy", ""), ("actor:actor-1 has:quotes", "harbour"), ("", "convoy")):
        wished = whole.with_query(query(filter_, whole))
        researcher.request(ViewRequest(wished, query(find, whole)))
        findings = heard.get()
        while not findings.counted:
            assert findings.view.is_ready
            findings = heard.get()
        here = View(whole.index, wished.query, TODAY)
        assert findings.view is wished
        assert (wished.keys, wished.span, wished.breaks) == (here.keys, here.span, here.breaks)
        assert wished.actors() == here.actors()
        assert list(findings.found) == (list(here.find(query(find, whole))) if find else [])


def test_of_many_wishes_the_last_is_answered_and_no_overtaken_one_after_it(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(2_000)), encoding="utf-8")
    whole = View(open_timeline(path, today=TODAY).index, today=TODAY)
    heard: SimpleQueue[ViewResult] = SimpleQueue()
    researcher = ViewWorker(heard.put)
    views = [whole.with_query(query("convoy"[:size], whole)) for size in range(1, 7)] * 5
    wishes = [ViewRequest(view, Query()) for view in views]
    for wish in wishes:
        researcher.request(wish)
    while (findings := heard.get()).request is not wishes[-1] or not findings.counted:
        pass
    assert heard.empty()
    assert findings.view.count == View(whole.index, query("convoy", whole), TODAY).count


async def test_keys_are_heard_while_a_filter_is_worked_out(gate: Gate) -> None:
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
        await until_shown(pilot, screen)
        assert screen.view.count == 2
        assert "2 of 7 events" in screen_text(app)


async def test_a_filter_that_is_given_up_before_it_is_worked_out_is_never_shown(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("j", "f")
        await type_text(pilot, "kind:vote")
        await pilot.press("escape")
        gate.open()
        await until_shown(pilot, screen)
        await pilot.pause()
        assert screen.view is not None
        assert screen.view.count == 7
        assert screen.selected == 1


async def test_actors_chosen_one_after_the_other_before_the_first_is_worked_out_are_both_chosen(
    gate: Gate,
) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("a", "g", "space", "j", "space")
        gate.open()
        await until_shown(pilot, screen)
        assert screen.view is not None
        assert len(screen.view.query.values("actor")) == 2


async def test_the_actors_are_still_being_counted_when_the_rows_are_there(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Event()
    count = View.counting

    def count_when_told(view: View) -> Iterator[ActorCount]:
        if str(view.query) == "kind:statement":
            counting.wait()
        return count(view)

    monkeypatch.setattr(View, "counting", count_when_told)
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        gate.open()
        await pilot.press("f")
        await type_text(pilot, "kind:statement")
        while screen.view is None or screen.view.count != 2:
            await pilot.pause(0.005)
        await pilot.pause()
        assert {actor.count for actor in screen.actor_counts} == {None}
        uncounted = re.compile(r"Town council +…")
        assert uncounted.search(screen_text(app))
        counting.set()
        await until_shown(pilot, screen)
        assert None not in {actor.count for actor in screen.actor_counts}
        assert not uncounted.search(screen_text(app))


async def test_a_find_is_said_to_be_going_on_and_then_leads_to_what_was_found(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("slash")
        await type_text(pilot, "vote")
        assert "searching" in screen_text(app)
        gate.open()
        await until_shown(pilot, screen)
        assert "of 7 events match" in screen_text(app)
        first = selected_title(app)
        await pilot.press("enter")
        await pilot.pause()
        assert selected_title(app) == first
        assert "vote" in screen_text(app)
        await pilot.press("escape")
        assert not screen.search


async def test_leaving_the_program_does_not_wait_for_what_is_worked_out(gate: Gate) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "wall")
        gate.asked.get()
        await pilot.press("escape", "q")
    assert app.return_code == 0


async def test_a_search_that_takes_long_is_said_in_the_header(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_module, "_UNNOTICED", 0.001)
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("a", "g", "space")
        while "searching" not in screen_text(app).splitlines()[0]:
            await pilot.pause(0.005)
        gate.open()
        await until_shown(pilot, screen)
        assert "searching" not in screen_text(app)


def test_the_whole_timeline_knows_its_answers_without_working_them_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(500)), encoding="utf-8")
    index = open_timeline(path, today=TODAY).index
    view = View(index, today=TODAY)
    assert view.is_ready
    assert view.is_counted
    known = (view.span, view.breaks, view.actors())
    monkeypatch.setattr(index, "kept", lambda _: None)
    afresh = View(index, today=TODAY)
    assert not afresh.is_ready
    assert known == (afresh.span, afresh.breaks, afresh.actors())


def test_an_index_that_both_threads_ask_is_never_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_timeline(HARBOUR, today=TODAY).index
    interrupted: list[None] = []
    monkeypatch.setattr(index, "interrupt", lambda: interrupted.append(None))
    heard: SimpleQueue[ViewResult] = SimpleQueue()
    researcher = ViewWorker(heard.put)
    for word in ("wall", "vote", "mayor"):
        researcher.request(ViewRequest(View(index, query(word, View(index)), TODAY), Query()))
        while not heard.get().counted:
            pass
    researcher.close()
    assert interrupted == []


def test_counting_the_actors_is_given_up_between_two_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY)
    counted: list[str] = []
    count = View.counting
    researcher = ViewWorker(lambda _: None)
    first, second = (ViewRequest(whole.with_query(query(word, whole)), Query()) for word in ("wall", "vote"))
    done = Event()

    def counting(view: View) -> Iterator[ActorCount]:
        for actor in count(view):
            counted.append(f"{view.query} {actor.id}")
            if len(counted) == 1:
                researcher.request(second)
            yield actor
        done.set()

    monkeypatch.setattr(View, "counting", counting)
    researcher.request(first)
    done.wait()
    researcher.close()
    assert [line.split()[0] for line in counted].count("wall") == 1
    assert [line.split()[0] for line in counted].count("vote") == len(whole.actors())

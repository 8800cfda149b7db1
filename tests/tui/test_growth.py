"""A timeline that grows while it is shown: place, quote, search and prompt stay."""

from __future__ import annotations

from dataclasses import replace
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    TODAY,
    WIDE,
    answered,
    main_screen,
    screen_text,
    selected_title,
    type_text,
    until,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import Query, parse_query
from timeline_tui.timeline import background as research
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import Start, TimelineApp
from timeline_tui.tui.screens import request_flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from timeline_tui.loading.opened import Opened
    from timeline_tui.timeline.actor_counts import ActorCount
    from timeline_tui.timeline.background import ViewRequest, ViewResult

Grown = tuple[str, str, int]
"""Date, title and number of quotes of an event."""

TALKS: list[Grown] = [(f"2024-02-{day:02}", f"Talk {day}", 0) for day in range(1, 10)]
EARLIER: list[Grown] = [(f"2024-01-{day:02}", f"Earlier {day}", 0) for day in range(1, 7)]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[list[Grown]], Opened]:
    def opened(events: list[Grown]) -> Opened:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yaml"
        lines = ["title: T", "actors: {ann: {name: Ann}}", "events:"]
        for date, title, quotes in events:
            said = ", ".join(f"{{speaker: ann, text: words {number}}}" for number in range(quotes))
            kind = "vote" if title.startswith("Vote") else "talk"
            lines.append(f"- {{date: {date}, title: {title}, kind: {kind}, quotes: [{said}]}}")
        path.write_text("\n".join(lines), encoding="utf-8")
        return open_timeline(path, today=TODAY)

    return opened


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Nothing is worked out at once, and nothing while this is not set."""
    gate = Event()
    gate.set()
    steps = research.steps

    def gated(wish: ViewRequest, view: View) -> Iterator[ViewResult | None]:
        gate.wait()
        return steps(wish, view)

    monkeypatch.setattr(request_flow, "AT_ONCE", 0)
    monkeypatch.setattr(research, "steps", gated)
    yield gate
    gate.set()


def app_on(opened: Opened, query: Query | None = None, go_to: str = "") -> TimelineApp:
    return TimelineApp(
        opened,
        lambda found: View(found.index, query or Query(), TODAY),
        Start(go_to=parse_date(go_to) if go_to else None),
    )


async def test_the_quote_stays_when_the_event_gets_another_key(
    opened: Callable[[list[Grown]], Opened],
) -> None:
    old: list[Grown] = [("2024-02-01", "Second", 3), ("2024-03-01", "Third", 0)]
    app = app_on(opened(old))
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("j", "k", "j", "k", "]", "]")
        screen.state = replace(screen.state, initial=None)  # the user has moved
        screen.show_index(opened([("2024-01-01", "First", 1), *old]))
        await pilot.pause()
        assert selected_title(app) == "Second"
        assert screen.quote_number == 2


async def test_another_event_with_the_same_key_is_shown_from_its_first_quote(
    opened: Callable[[list[Grown]], Opened],
) -> None:
    old: list[Grown] = [("2024-02-01", "Second", 3)]
    app = app_on(opened(old))
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("]", "]")
        screen.show_index(opened([("2024-01-01", "First", 1), *old]))
        await pilot.pause()
        assert selected_title(app) == "First"
        assert screen.quote_number == 0
        await pilot.press("y")
        assert "words 0" in app.clipboard


async def test_escape_while_a_grown_timeline_is_worked_out_keeps_the_event(
    opened: Callable[[list[Grown]], Opened], gate: Event
) -> None:
    app = app_on(opened(TALKS))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "talk")
        await pilot.press("enter")
        await answered(pilot)
        await pilot.press("n", "n")
        assert selected_title(app) == "Talk 3"
        gate.clear()
        main_screen(app).show_index(opened([*EARLIER, *TALKS]))
        await pilot.press("escape")
        gate.set()
        await answered(pilot)
        assert selected_title(app) == "Talk 3"
        assert not main_screen(app).search


async def test_a_line_is_looked_up_in_the_timeline_that_is_being_worked_out(
    opened: Callable[[list[Grown]], Opened], gate: Event
) -> None:
    app = app_on(opened(TALKS))
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("slash")
        await type_text(pilot, "talk")
        await pilot.press("enter")
        await answered(pilot)
        gate.clear()
        grown = opened([*EARLIER, *TALKS])
        screen.show_index(grown)
        key = grown.index.key_of("talk-7")
        assert key is not None
        screen.go_to_line(grown.index.event(key).line)
        await pilot.pause()
        assert selected_title(app) == "Talk 1"
        gate.set()
        await answered(pilot)
        assert selected_title(app) == "Talk 7"


async def test_matches_are_found_again_when_a_prompt_is_cancelled_after_the_timeline_grew(
    opened: Callable[[list[Grown]], Opened],
) -> None:
    app = app_on(opened(TALKS))
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("slash")
        await type_text(pilot, "talk")
        await pilot.press("enter", "n", "n", "t")
        screen.show_index(opened([*EARLIER, *TALKS]))
        await pilot.press("escape")
        await pilot.pause()
        assert selected_title(app) == "Talk 3"
        assert len(screen.matches) == len(TALKS)
        assert "Talk 3" in screen_text(app)
        await pilot.press("n")
        assert selected_title(app) == "Talk 4"


async def test_cancelling_a_prompt_opened_during_a_search_keeps_that_search(
    opened: Callable[[list[Grown]], Opened], gate: Event
) -> None:
    app = app_on(opened(TALKS))
    async with app.run_test(size=WIDE) as pilot:
        gate.clear()
        await pilot.press("slash")
        await type_text(pilot, "talk")
        await pilot.press("enter", "slash", "escape")
        gate.set()
        await answered(pilot)
        assert str(main_screen(app).search) == "talk"
        assert len(main_screen(app).matches) == len(TALKS)


async def test_the_start_date_is_kept_until_events_have_been_read(
    opened: Callable[[list[Grown]], Opened],
) -> None:
    votes: list[Grown] = [(f"2024-{month:02}-15", f"Vote {month}", 0) for month in range(3, 9)]
    whole = opened([*TALKS, *votes])
    query = parse_query("kind:vote", whole.index.vocabulary).query
    app = app_on(opened(TALKS[:1]), query, go_to="2024-06")
    async with app.run_test(size=WIDE) as pilot:
        main_screen(app).show_index(opened(TALKS[:2]))
        await pilot.pause()
        main_screen(app).show_index(whole)
        await pilot.pause()
        assert selected_title(app) == "Vote 6"


async def test_n_goes_to_the_next_match_while_the_actors_are_still_being_counted(
    opened: Callable[[list[Grown]], Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_flow, "AT_ONCE", 0)
    counting = Event()
    count, asked = View.counting, SimpleQueue[View]()

    def count_when_told(view: View) -> Iterator[ActorCount]:
        if view.query:
            asked.put(view)
            counting.wait()
        return count(view)

    app = app_on(opened(TALKS))
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("slash")
        await type_text(pilot, "talk")
        await pilot.press("enter")
        await answered(pilot)
        monkeypatch.setattr(View, "counting", count_when_told)
        assert screen.view is not None
        screen.show(screen.view.with_query(parse_query("until:2024-02-05").query))
        asked.get()
        await until(pilot, lambda: len(screen.matches) == 5)
        await pilot.press("n")
        assert selected_title(app) == "Talk 2"
        counting.set()
        await answered(pilot)

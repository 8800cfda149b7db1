"""The event pane: what it begins with, and the walk through what can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Callback

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    NARROW,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    shows,
    timeline_app,
    type_text,
    until,
)
from timeline_tui.pages.event_card import event_card
from timeline_tui.tui.screens.dialogs import ChoiceDialog
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.page import PagePane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from timeline_tui.drawing.lines import Target
    from timeline_tui.model.records import Event
    from timeline_tui.pages.event_card import Paragraph
    from timeline_tui.timeline.view import View
    from timeline_tui.tui.app import TimelineApp

TALL = (120, 60)


def pane_of(app: TimelineApp) -> EventPane:
    return app.query_one(EventPane)


def first_line(app: TimelineApp) -> str:
    """The first line of the pane, without the sign of the cursor."""
    pane = pane_of(app)
    row = screen_text(app).splitlines()[pane.content_region.y]
    return row[pane.content_region.x + 1 : pane.content_region.right].strip()


async def walk_to(pilot: Pilot[None], app: TimelineApp, leads: str) -> Target:
    """Go into the pane, and down to the first thing that leads there."""
    pane_of(app).focus()
    await pilot.press("home")
    for _ in range(200):
        target = pane_of(app).target
        if target is not None and target.leads == leads:
            return target
        await pilot.press("down")
    raise AssertionError(f"nothing in the pane leads to a {leads}")


@pytest.mark.parametrize("size", [NARROW, MEDIUM, WIDE, (180, 50)])
async def test_stepping_keeps_the_title_on_the_first_line(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        for _ in range(30):
            await pilot.press("j")
            assert selected_title(app).startswith(first_line(app))
            assert " Event " in screen_text(app)


async def test_an_actor_leads_to_its_page_and_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        target = await walk_to(pilot, app, "actor")
        assert "Enter: who this is" in screen_text(app)
        await pilot.press("enter")
        page = app.query_one(PagePane)
        assert page.has_focus
        assert page.border_title == main_screen(app).state.view.actor_name(target.id)


@pytest.mark.parametrize("leads", ["tag", "kind", "place"])
async def test_a_tag_a_kind_or_a_place_shows_the_events_that_share_it(leads: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        title = selected_title(app)
        target = await walk_to(pilot, app, leads)
        await pilot.press("enter")
        view = main_screen(app).state.view
        assert view.query.values(leads) == (target.id,)
        assert 0 < view.count < view.total
        assert selected_title(app) == title


async def test_a_question_leads_to_its_claims_and_a_quote_to_its_wordings() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        await walk_to(pilot, app, "topic")
        await pilot.press("enter")
        assert "to turn)" in screen_text(app)
        await pilot.press("escape")
        await walk_to(pilot, app, "wordings")
        await pilot.press("enter")
        assert "How each outlet prints it" in screen_text(app)


async def test_a_source_opens_the_dialog_with_its_address_first() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        target = await walk_to(pilot, app, "addresses")
        await pilot.press("enter")
        assert isinstance(app.screen, ChoiceDialog)
        url = main_screen(app).state.view.header.sources[target.id].url
        assert url in screen_text(app)


async def test_a_link_leads_to_the_event_at_its_other_end() -> None:
    app = timeline_app(BUNDLED, "has:links")
    async with app.run_test(size=TALL) as pilot:
        target = await walk_to(pilot, app, "link")
        await pilot.press("enter")
        assert selected_title(app) == main_screen(app).state.view.event(target.key).title


async def test_a_click_follows_what_is_under_it_and_elsewhere_nothing() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        pane = pane_of(app)
        lines = screen_text(app).splitlines()
        word = "military"
        row = next(y for y in range(pane.region.y, pane.region.bottom) if word in lines[y])
        column = lines[row].index(word)
        await pilot.click(offset=(pane.content_region.right - 1, row))
        assert not main_screen(app).state.view.query
        await pilot.click(offset=(column + 1, row))
        assert str(main_screen(app).state.view.query) == "kind:military"


async def test_the_walk_scrolls_to_what_is_out_of_sight_and_back_to_the_title() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=MEDIUM) as pilot:
        title = selected_title(app)
        await walk_to(pilot, app, "addresses")
        assert f" {title[:20]}" in screen_text(app)
        assert "▴" in screen_text(app)
        for _ in range(120):
            await pilot.press("up")
        assert first_line(app) == title


async def test_the_cursor_is_seen_without_colour() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        await walk_to(pilot, app, "kind")
        pane = pane_of(app)
        rows = [pane.render_line(y) for y in range(pane.size.height)]
        marked = [row for row in rows if row.text.startswith("▌")]
        assert len(marked) == 1
        reversed_ = [text for text, style, _ in marked[0] if style is not None and style.reverse]
        assert reversed_ == ["military"]


async def test_another_event_stays_in_the_pane_and_begins_at_its_first_target() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await walk_to(pilot, app, "addresses")
        title = selected_title(app)
        await pilot.press("j")
        assert selected_title(app) != title
        assert pane_of(app).has_focus
        assert pane_of(app).target is not None
        assert first_line(app) == selected_title(app)


async def test_the_first_visit_begins_with_the_start_page_until_a_key_moves_on() -> None:
    app = timeline_app(BUNDLED)
    app._first_visit = True
    async with app.run_test(size=WIDE) as pilot:
        assert " About " in screen_text(app)
        assert "step through the events" in screen_text(app)
        await pilot.press("j")
        assert " About " not in screen_text(app)
        assert first_line(app) == selected_title(app)


@pytest.mark.parametrize("size", [NARROW, MEDIUM, (60, 14)])
async def test_about_shows_the_start_page_again_and_escape_closes_it(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        main_screen(app).action_about()
        await pilot.pause()
        assert "step through the events" in screen_text(app)
        await pilot.press("escape", "escape")
        assert "step through the events" not in screen_text(app)
        assert main_screen(app).timeline.has_focus


async def test_the_key_bar_of_claims_says_how_to_turn_questions_and_to_go_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        keys = screen_text(app).splitlines()[-1]
        assert "Esc back" in keys
        assert "] question" in keys
        before = app.query_one(PagePane).border_title
        await pilot.press("]")
        assert app.query_one(PagePane).border_title != before
        await pilot.press("escape", "l")
        assert "] question" not in screen_text(app).splitlines()[-1]


async def test_on_the_page_of_links_a_link_leads_on_and_the_event_itself_to_the_timeline() -> None:
    app = timeline_app(BUNDLED, "has:links")
    async with app.run_test(size=TALL) as pilot:
        await pilot.press("l")
        page = app.query_one(PagePane)
        while page.target is not None and page.target.leads != "link":
            await pilot.press("j")
        assert page.target is not None
        key = page.target.key
        await pilot.press("enter")
        assert main_screen(app).selected == key
        assert page.has_focus
        while page.target is not None and page.target.leads == "link":
            await pilot.press("k")
        await pilot.press("enter")
        assert main_screen(app).selected == key
        assert main_screen(app).timeline.has_focus


async def test_an_event_is_given_up_where_the_next_key_is_already_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []

    def counted(view: View, event: Event, quote_number: int) -> Iterator[Paragraph]:
        made.append(event.title)
        return event_card(view, event, quote_number)

    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        monkeypatch.setattr("timeline_tui.tui.widgets.event.event_card", counted)
        pane = pane_of(app)
        screen = main_screen(app)
        screen.change(screen.state.select(5))
        app.post_message(Callback(lambda: None))
        assert app.message_queue_size
        pane.render_lines(pane.size.region)
        assert not made
        await pilot.pause()
        assert made == [selected_title(app)]


async def test_a_key_pressed_before_the_event_is_painted_acts_on_that_event() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=TALL) as pilot:
        await walk_to(pilot, app, "kind")
        pane, screen = pane_of(app), main_screen(app)
        screen.change(screen.state.select(5))
        before = pane.target
        pane.action_walk_down()
        assert before is None
        assert pane.target is not None
        assert pane.text.startswith(selected_title(app)[:20])


async def test_enter_on_the_start_page_begins_in_the_timeline() -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("colon")
        await type_text(pilot, "about")
        await pilot.press("enter")
        await shows(pilot, "About · Enter: begin")
        await pilot.press("enter")
        await shows(pilot, "─ Event ─")
        assert main_screen(app).timeline.has_focus


async def test_an_event_pane_without_an_event_says_so() -> None:
    app = timeline_app(HARBOUR, "nothing-like-this")
    async with app.run_test(size=WIDE) as pilot:
        await shows(pilot, "No event is selected.")


async def test_the_border_names_the_event_only_where_its_title_is_out_of_sight() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "kyiv")
        await pilot.press("enter")
        for _ in range(12):
            await pilot.press("j")
            await pilot.pause()
            pane = main_screen(app).event_pane
            title = selected_title(app)
            lines = screen_text(app).splitlines()
            border = next(line for line in lines if f"─ {title[:20]}" in line or "─ Event ─" in line)
            assert ("─ Event ─" in border) == (pane._top == 0)


async def test_the_border_says_what_enter_does_as_long_as_the_pane_has_the_focus() -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("tab")
        await shows(pilot, "─ Event · Enter: ")
        await pilot.press("escape")
        await until(pilot, lambda: "─ Event · Enter: " not in screen_text(app))

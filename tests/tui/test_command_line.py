"""Every command can be typed by its name, completed, and brought back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    SHIPMENT,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    shows,
    timeline_app,
    type_text,
)
from timeline_tui.tui.command_line import NAMED, completions, read_command, split
from timeline_tui.tui.open_page import PageKind
from timeline_tui.tui.recall import TypedBefore
from timeline_tui.tui.widgets.prompt import PromptInput, shared_beginning

VIEW = timeline_app(HARBOUR)._view_of(timeline_app(HARBOUR)._source)


@pytest.mark.parametrize("name", NAMED)
def test_every_command_is_typed_by_its_name_and_completed_to_it(name: str) -> None:
    assert read_command(name, VIEW, 0).command is NAMED[name]
    assert name in [text.rstrip() for text in completions(name[:-1], VIEW)]


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("quest", "questions", ""),
        (": questions", "questions", ""),
        ("actor zoë achterberg", "actor", "mayor"),
        ("actor may", "actor", "mayor"),
        ("goto nov 2024", "goto", "nov 2024"),
        ("filter kind:vote", "filter", "kind:vote"),
    ],
)
def test_a_line_is_read_as_a_command_and_what_it_acts_on(text: str, name: str, argument: str) -> None:
    meaning = read_command(text, VIEW, 0)
    assert not meaning.mistake
    assert meaning.command is NAMED[name]
    assert meaning.argument == argument


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("qestions", "There is no command qestions; did you mean questions?"),
        ("quit now", "quit takes nothing after it."),
        ("actor nobody", "There is no actor nobody here"),
        ("goto sometime", "sometime"),
        ("filter kind:", "kind"),
    ],
)
def test_a_mistake_is_reported_with_what_to_do(text: str, said: str) -> None:
    meaning = read_command(text, VIEW, 0)
    assert meaning.mistake
    assert said in meaning.answer


def test_what_a_command_acts_on_is_completed_by_id_and_by_name() -> None:
    assert completions("actor zo", VIEW) == ["actor mayor"]
    assert completions("actor mo", VIEW) == ["actor morning"]
    assert "filter kind:" in completions("filter ki", VIEW)
    assert completions("quit n", VIEW) == []


def test_a_day_of_the_clock_is_not_told_by_completion_what_came_later() -> None:
    app = timeline_app(SHIPMENT)
    view = app._view_of(app._source)
    early = view.known_by(view.known_from[0])
    known, all_ = (set(completions("without ", shown)) for shown in (early, view))
    assert known < all_


@given(st.text(max_size=20))
def test_any_line_is_read_and_completed(text: str) -> None:
    typed = split(text)
    assert typed.start < 0 or text[typed.start :].startswith(typed.argument)
    read_command(text, VIEW, 0)
    completions(text, VIEW)


@given(st.lists(st.text("ab", max_size=4), min_size=1))
def test_the_shared_beginning_begins_every_text_and_cannot_be_longer(texts: list[str]) -> None:
    shared = shared_beginning(texts)
    assert all(text.startswith(shared) for text in texts)
    longer = {text[: len(shared) + 1] for text in texts}
    assert len(longer) > 1 or longer == {shared}


@given(st.lists(st.text("abc", min_size=1, max_size=2), max_size=6), st.text("xy", max_size=2))
def test_older_and_then_newer_leads_back_to_what_was_being_typed(texts: list[str], draft: str) -> None:
    before = TypedBefore()
    for text in texts:
        before.add(text)
    steps = 0
    while before.older(draft) is not None:
        steps += 1
    assert steps == len(set(texts)) == len(before.texts)
    shown: str | None = None
    for _ in range(steps):
        shown = before.newer()
    assert shown == (draft if steps else None)


async def test_a_typed_command_does_what_its_key_does() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("colon")
        await type_text(pilot, "quest")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert screen.open_page is not None
        assert screen.open_page.kind is PageKind.QUESTIONS
        await pilot.press("enter")
        assert screen.open_page.about == "troops-presence"


async def test_a_typed_filter_is_shown_while_it_is_typed_and_taken_back_by_escape() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("colon")
        await type_text(pilot, "filter kind:vo")
        await pilot.press("tab")
        assert str(screen.state.view.query) == "kind:vote"
        await pilot.press(*["backspace"] * 10)
        assert not screen.state.view.query
        await type_text(pilot, "kind:vote")
        await pilot.press("escape")
        assert not screen.state.view.query
        assert screen.timeline.has_focus


async def test_a_typed_date_and_a_typed_day_lead_where_the_prompts_lead() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        first = selected_title(app)
        await pilot.press("colon")
        await type_text(pilot, "goto nov 2024")
        await pilot.press("enter")
        assert selected_title(app) != first
        await pilot.press("colon")
        await type_text(pilot, "known 3 nov 2024")
        await pilot.press("enter")
        assert screen.state.view.known_on is not None
        await pilot.press("b", "b")
        assert selected_title(app) == first
        assert screen.state.view.known_on is None


async def test_a_wrong_command_keeps_the_prompt_open_and_says_what_was_meant() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("colon")
        await type_text(pilot, "qestions")
        await pilot.press("enter")
        assert "did you mean questions?" in screen_text(app)
        assert main_screen(app).prompt_is_open
        await pilot.press("escape")


@pytest.mark.parametrize(("key", "text"), [("slash", "troops"), ("f", "kind:vote"), ("colon", "questions")])
async def test_up_brings_back_what_was_entered_and_down_what_was_being_typed(key: str, text: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press(key)
        await type_text(pilot, text)
        await pilot.press("enter", *["escape"] * 3, key, "x", "up")
        line = screen.query_one(PromptInput)
        assert line.value == text
        await pilot.press("down")
        assert line.value.endswith("x")
        await pilot.press("escape")


async def test_tab_steps_through_what_a_query_can_become() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "actor:kim")
        line = main_screen(app).query_one(PromptInput)
        await pilot.press("tab")
        assert line.value == "actor:kim-"
        await pilot.press("tab")
        first = line.value
        await pilot.press("tab")
        assert line.value != first
        await pilot.press("shift+tab")
        assert line.value == first
        await pilot.press("escape")


async def test_a_typed_command_without_its_argument_asks_for_it() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("colon")
        await type_text(pilot, "goto")
        await pilot.press("enter")
        await shows(pilot, "type a date")
        assert main_screen(app).prompt_is_open
        await pilot.press("escape")


async def test_a_message_never_covers_the_prompt() -> None:
    app = timeline_app(HARBOUR)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        app.notify("A message of several words that takes two lines here", timeout=60)
        await pilot.pause()
        await pilot.press(":")
        await type_text(pilot, "export")
        await pilot.pause()
        toast = app.screen.query_one("Toast").region
        assert toast.bottom <= app.screen.query_one("Prompt").region.y
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one("Toast").region.bottom > toast.bottom

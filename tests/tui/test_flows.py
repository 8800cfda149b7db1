"""What a person does with the program, from key to screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.keys import _character_to_key

from tests.support.examples import IS_DEEP
from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    NARROW,
    WIDE,
    answered,
    main_screen,
    screen_text,
    selected_title,
    timeline_app,
    type_text,
)
from timeline_tui.tui.keys import COMMANDS
from timeline_tui.tui.screens.dialogs import ChoiceDialog
from timeline_tui.tui.screens.help import HelpScreen
from timeline_tui.tui.screens.main import MainScreen
from timeline_tui.tui.widgets.key_bar import KeyBar
from timeline_tui.tui.widgets.palette import Palette
from timeline_tui.tui.widgets.prompt import PromptInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget


async def test_the_timeline_opens_on_its_first_event() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE):
        assert selected_title(app) == "The council plans a higher wall"
        assert main_screen(app).timeline.has_focus
        shown = screen_text(app)
        assert "The harbour wall" in shown
        assert "7 events" in shown


async def test_keys_go_through_the_events_and_stop_at_the_ends() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "down")
        assert selected_title(app) == "The wall gives way in the night 🌊"
        await pilot.press("k")
        assert selected_title(app) == "The mayor promises a wall by winter"
        await pilot.press("G", "j", "j")
        assert selected_title(app) == "The new wall is to be opened"
        await pilot.press("home", "k", "up")
        assert selected_title(app) == "The council plans a higher wall"


async def test_page_down_stops_at_the_last_event() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("pagedown", "pagedown")
        assert selected_title(app) == "The new wall is to be opened"
        await pilot.press("pageup", "pageup")
        assert selected_title(app) == "The council plans a higher wall"


async def test_breaks_lead_from_period_to_period() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        assert screen.view is not None
        firsts = sorted({place.before for place in screen.view.breaks})
        for first in firsts[1:]:
            await pilot.press("}")
            assert screen.selected == first
        await pilot.press("{")
        assert screen.selected == firsts[-2]


async def test_brackets_go_round_the_quotes_of_an_event() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        assert "quote 1 of 2" in screen_text(app)
        await pilot.press("]")
        assert "quote 2 of 2" in screen_text(app)
        assert "A wall is a promise" in screen_text(app)
        assert "[sic]" in screen_text(app)
        await pilot.press("]")
        assert "quote 1 of 2" in screen_text(app)
        await pilot.press("[")
        assert "quote 2 of 2" in screen_text(app)


async def test_find_leads_to_the_quote_with_the_words_and_n_to_the_next_event() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "stone")
        assert selected_title(app) == "The mayor promises a wall by winter"
        assert main_screen(app).quote_number == 1
        await pilot.press("enter", "slash")
        main_screen(app).prompt.query_one(PromptInput).clear()
        await type_text(pilot, "council")
        await pilot.press("enter")
        first = selected_title(app)
        await pilot.press("n")
        assert selected_title(app) != first
        await pilot.press("N")
        assert selected_title(app) == first


async def test_cancelling_a_search_goes_back_to_where_it_began() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "slash")
        await type_text(pilot, "editorials")
        assert selected_title(app) == "The Morning builds a wall of its own"
        await pilot.press("escape")
        assert selected_title(app) == "The mayor promises a wall by winter"
        assert not main_screen(app).search


async def test_a_filter_counts_while_it_is_typed_and_keeps_the_selected_event() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("G", "k", "k", "f")
        assert selected_title(app) == "The council votes for seven metres"
        await type_text(pilot, "tag:harbour")
        assert "5 of 7 events" in screen_text(app)
        assert selected_title(app) == "The council votes for seven metres"
        await pilot.press("enter", "escape")
        assert "7 events" in screen_text(app)
        assert selected_title(app) == "The council votes for seven metres"


async def test_a_mistake_in_a_filter_is_reported_as_it_is_typed() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "actor:mayr")
        assert "did you mean actor:mayor?" in screen_text(app)


@pytest.mark.parametrize(
    ("before", "typed", "shown", "said"),
    [
        ("", "actr:mayor", "7 events", "did you mean actor:mayor?"),
        ("kind:vote", "actr:mayor", "1 of 7 events · kind: vote", "did you mean actor:mayor?"),
        ("", "tag:harbour 2024-05..2024-99", "5 of 7 events · tag: harbour", "99 is not a month"),
        ("tag:harbour", '"no such words', "5 of 7 events · tag: harbour", "quotation mark is missing"),
    ],
)
async def test_a_wrong_term_in_a_filter_keeps_the_view_before_it(
    before: str, typed: str, shown: str, said: str
) -> None:
    app = timeline_app(query=before)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, typed)
        assert shown in screen_text(app)
        assert "0 of 7 events" not in screen_text(app)
        assert said in screen_text(app)


async def test_a_term_changed_into_a_wrong_one_keeps_the_view_before_it() -> None:
    app = timeline_app(query="kind:vote")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "backspace", "backspace")
        assert "did you mean kind:vote?" in screen_text(app)
        assert "1 of 7 events · kind: vote" in screen_text(app)


async def test_a_wrong_term_in_a_search_keeps_the_matches_before_it() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "wall")
        selected, found = selected_title(app), list(main_screen(app).matches)
        await type_text(pilot, " actr:mayor")
        assert (selected_title(app), list(main_screen(app).matches)) == (selected, found)
        assert "did you mean actor:mayor?" in screen_text(app)


async def test_a_year_is_filtered_and_found_as_the_year_and_offered_as_a_word() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "2023")
        assert '13 of 115 events · 2023 is read as a date; as words, "2023": 1' in screen_text(app)
        await pilot.press("escape", "slash")
        await type_text(pilot, "2023")
        assert (
            '13 of 115 events match; n and N go through them · 2023 is read as a date; as words, "2023": 1'
            in (screen_text(app))
        )
        await pilot.press("escape", "f")
        await type_text(pilot, '"2023"')
        assert "1 of 115 events" in screen_text(app)
        assert "read as a date" not in screen_text(app)


async def test_cancelling_a_filter_restores_the_one_before() -> None:
    app = timeline_app(query="kind:vote")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, " tag:none")
        await pilot.press("escape")
        assert "1 of 7 events · kind: vote" in screen_text(app)


async def test_no_match_says_so_and_how_to_go_on() -> None:
    app = timeline_app(query="nothing-like-this")
    async with app.run_test(size=WIDE) as pilot:
        shown = screen_text(app)
        assert "No event matches" in shown
        assert "Esc shows all events" in shown
        await pilot.press("j", "k", "G", "g", "pagedown", "}", "{", "]", "n", "o", "y", "enter", "z")
        await pilot.press("escape", "escape")
        assert selected_title(app) == "The council plans a higher wall"


async def test_a_typed_date_leads_to_the_first_event_on_or_after_it() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        await type_text(pilot, "feb 2024")
        assert "The wall gives way" in screen_text(app)
        await pilot.press("enter")
        assert selected_title(app) == "The wall gives way in the night 🌊"


async def test_an_invalid_date_keeps_the_prompt_open() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        await type_text(pilot, "soonish")
        await pilot.press("enter")
        assert main_screen(app).prompt_is_open
        await pilot.press("escape")
        assert main_screen(app).timeline.has_focus


async def test_relative_dates_count_from_the_selected_event() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", "t")
        await type_text(pilot, "+5 days")
        await pilot.press("enter")
        assert selected_title(app) == "The council votes for seven metres"


async def test_actors_are_chosen_together_and_kept_with_the_number_of_events_beside_each() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("a")
        assert screen.actors.has_focus
        names = {actor.name: actor for actor in screen.view.actors()} if screen.view else {}
        await pilot.press("g", "space")
        assert screen.view is not None
        assert screen.view.count == names["Seaborough"].count
        await pilot.press("j", "space")
        assert screen.view.query.values("actor") == ("town", "council")
        await pilot.press("enter")
        assert screen.timeline.has_focus
        assert screen.view.query.values("actor") == ("town", "council")
        await pilot.press("b", "b")
        assert not screen.view.query


async def test_enter_on_an_actor_chooses_it_where_none_is_chosen() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("a", "g", "j", "enter")
        assert screen.timeline.has_focus
        assert screen.view is not None
        assert screen.view.query.values("actor") == ("council",)


async def test_enter_reads_the_quote_and_escape_comes_back() -> None:
    app = timeline_app()
    async with app.run_test(size=(60, 14)) as pilot:
        screen = main_screen(app)
        assert not screen.event_pane.display
        await pilot.press("j", "enter")
        assert screen.event_pane.has_focus
        assert "Before the first storm" in screen_text(app)
        await pilot.press("down", "up", "end", "home", "escape")
        assert screen.timeline.has_focus
        assert not screen.event_pane.display


async def test_j_and_k_change_the_event_while_the_quote_has_the_focus() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "j")
        assert selected_title(app) == "The wall gives way in the night 🌊"
        await pilot.press("k")
        assert selected_title(app) == "The mayor promises a wall by winter"
        assert main_screen(app).event_pane.has_focus


async def test_two_lines_a_row_show_more_of_each_event() -> None:
    app = timeline_app()
    async with app.run_test(size=(150, 36)) as pilot:
        assert "accident · Seaborough" not in screen_text(app)
        await pilot.press("z")
        assert "accident · Seaborough — Forty metres" in screen_text(app)


async def test_the_sources_are_shown_with_their_addresses_before_one_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = timeline_app()
    opened: list[str] = []
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", "o")
        assert isinstance(app.screen, ChoiceDialog)
        assert "https://example.org/wire/wall" in screen_text(app)
        assert opened == []
        await pilot.press("enter")
        assert opened == ["https://example.org/wire/wall"]


async def test_the_citation_of_the_quote_that_is_read_is_copied() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("j", "]", "y")
        assert app.clipboard == (
            "“A wall is a promise made of stone [sic].” — Zoë Achterberg, 20 March 2023.\n"
            "The Gazette, “Wall to be raised”, 21 March 2023, https://example.org/gazette/wall."
        )


async def test_keys_of_the_help_are_shown_and_close_again() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("question_mark")
        assert shows(app, HelpScreen)
        await pilot.press("escape")
        assert shows(app, MainScreen)


async def test_the_palette_runs_a_command_by_name() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        await type_text(pilot, "last event")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert selected_title(app) == "The new wall is to be opened"


async def test_the_palette_finds_an_actor_by_name() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p")
        await type_text(pilot, "achterberg")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        view = main_screen(app).view
        assert view is not None
        assert view.query.values("actor") == ("mayor",)


async def test_a_file_without_problems_says_so() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "There are no problems in this file." in screen_text(app)


async def test_a_click_selects_an_event_and_the_wheel_scrolls() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.click(screen.timeline, offset=(20, 4))
        assert screen.selected == 2
        before = screen.timeline.scroll_offset.y
        screen.timeline.post_message(scroll := wheel_down(screen.timeline))
        assert scroll.button == 0
        await pilot.pause()
        assert screen.timeline.scroll_offset.y > before
        assert screen.selected == 2


async def test_a_click_on_the_overview_and_a_drag_go_to_that_day() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.mouse_down("OverviewStrip", offset=(118, 1))
        assert screen.view is not None
        assert screen.selected == screen.view.total - 2, "two events stand in the last cell"
        await pilot.hover("OverviewStrip", offset=(1, 1))
        await pilot.mouse_up("OverviewStrip", offset=(1, 1))
        assert screen.selected == 0


def shows(app: App[None], screen: type[Screen[Any]]) -> bool:
    """Whether a screen of that kind is on top."""
    return isinstance(app.screen, screen)


EVERY_KEY = [
    key if len(key) > 1 or key.isalnum() else _character_to_key(key)
    for command in COMMANDS
    for key in command.key_names
    if command.action != "app.quit" and key != "q"
]


SIZES = [(80, 24), (40, 12), (20, 5), (1, 1)]


@pytest.mark.parametrize("number", range(len(SIZES)))
async def test_no_key_does_harm_at_any_size_with_any_pane_focused(number: int) -> None:
    size, shares = SIZES[number], 1 if IS_DEEP else len(SIZES)
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.resize_terminal(*size)
        for pane in range(3):
            await pilot.press("tab")
            # Each key with each pane; at each size all of them in a deep run only.
            for key in EVERY_KEY[(number + pane) % shares :: shares]:
                app.simulate_key(key)
                app.simulate_key("pagedown")
                app.simulate_key("escape")
            await pilot.pause()
        assert app.is_running
        await pilot.resize_terminal(*WIDE)
        await pilot.press(*["escape"] * 6, "g", "j")
        assert selected_title(app) == "The mayor promises a wall by winter"


async def test_resizing_keeps_the_selected_event_in_sight() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("G", *["k"] * 6)
        title = selected_title(app)
        for size in (NARROW, (40, 12), MEDIUM, (200, 50), WIDE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert selected_title(app) == title
            top = screen.timeline.scroll_offset.y
            assert top <= screen.timeline.cursor < top + screen.timeline.scrollable_content_region.height


async def test_too_small_a_terminal_shows_the_size_needed_and_nothing_else() -> None:
    app = timeline_app()
    async with app.run_test(size=(36, 10)):
        assert screen_text(app).startswith("Too small: needs 40 × 12")
        assert not app.screen.query_one(KeyBar).display


async def test_victory_day_is_found_in_the_bundled_timeline_with_its_other_wordings() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("slash")
        await type_text(pilot, '"comrades until victory day"')
        await pilot.press("enter")
        shown = screen_text(app)
        assert "Choe Son-hui" in shown
        assert "other wordings" in shown


async def test_the_bundled_timeline_can_be_filtered_by_choe_alone() -> None:
    app = timeline_app(BUNDLED, "actor:choe-son-hui")
    async with app.run_test(size=WIDE):
        screen = main_screen(app)
        assert screen.view is not None
        assert 0 < screen.view.count < screen.view.total
        assert "actor: Choe Son-hui" in screen_text(app)


async def test_a_file_with_problems_lists_them_and_leads_to_their_events(tmp_path: Path) -> None:
    good = HARBOUR.read_text(encoding="utf-8")
    file = tmp_path / "broken.yaml"
    file.write_text(
        good.replace("title: The council votes for", "titel: The council votes for"), encoding="utf-8"
    )
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        shown = screen_text(app)
        assert "6 events" in shown
        assert "(p)" in shown
        await pilot.press("p")
        assert "missing-key" in screen_text(app)
        await pilot.press("enter")
        assert main_screen(app).timeline.has_focus
        assert selected_title(app) in (
            "The engineer is said to have warned twice",
            "The Morning builds a wall of its own",
        )


def wheel_down(widget: Widget) -> events.MouseScrollDown:
    """A turn of the wheel over a widget."""
    x, y = widget.region.center
    return events.MouseScrollDown(
        widget, int(x), int(y), 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=int(x), screen_y=int(y)
    )


def send(app: App[None], *keys: str) -> None:
    """Keys that arrive together, faster than any of them is answered."""
    for key in keys:
        app.simulate_key(key)


async def test_no_key_is_lost_when_keys_come_fast() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        send(app, *"jjjjj")
        await pilot.pause()
        assert main_screen(app).selected == 5


@pytest.mark.parametrize("opener", ["o", "question_mark", "ctrl+p"])
@pytest.mark.parametrize("first", ["enter", "escape", "q"])
@pytest.mark.parametrize("second", ["enter", "escape"])
async def test_two_fast_keys_close_a_window_once(
    opener: str, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = timeline_app()
    monkeypatch.setattr(app, "open_url", lambda *_, **__: None)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", opener)
        send(app, first, second)
        await pilot.pause()
        assert app.is_running
        assert selected_title(app) == "The wall gives way in the night 🌊"


async def test_a_filter_with_a_mistake_keeps_the_prompt_and_what_was_shown() -> None:
    app = timeline_app(query="kind:vote")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f")
        await type_text(pilot, "actor:mayr")
        await pilot.press("enter")
        assert main_screen(app).prompt_is_open
        assert "1 of 7 events · kind: vote" in screen_text(app)


async def test_cancelling_a_prompt_restores_the_same_lines_and_quote() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("pagedown", "pagedown", "pagedown", *"kkkk", "]")
        before = (screen.timeline.scroll_offset.y, screen.selected, screen.quote_number)
        for prompt, text in (("f", "kind:vote"), ("f", "zzzz"), ("slash", "victory"), ("t", "2022")):
            await pilot.press(prompt)
            await type_text(pilot, text)
            await pilot.press("escape")
            assert (screen.timeline.scroll_offset.y, screen.selected, screen.quote_number) == before


async def test_cancelling_a_search_keeps_the_one_before() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "council")
        await pilot.press("enter", "slash", "x", "escape")
        assert str(main_screen(app).search) == "council"
        assert "council: " in screen_text(app)


async def test_moving_to_another_pane_applies_what_was_typed() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        await pilot.press("f")
        await type_text(pilot, "kind:vote")
        await pilot.press("tab")
        assert not screen.prompt_is_open
        assert screen.view is not None
        assert screen.view.count == 1


async def test_a_prompt_stays_open_in_a_terminal_too_small_for_it() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "w")
        await pilot.resize_terminal(30, 8)
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        await pilot.press("escape", "escape", "g", "j")
        assert selected_title(app) == "The mayor promises a wall by winter"


async def test_an_event_excluded_by_a_filter_is_selected_again_without_it() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "g", "enter")
        assert selected_title(app) != "The council plans a higher wall"
        await pilot.press("escape")
        assert selected_title(app) == "The council plans a higher wall"


async def test_events_of_one_day_show_their_times(tmp_path: Path) -> None:
    file = tmp_path / "day.yaml"
    file.write_text(
        "title: A day\nevents:\n  - {date: 2024-01-05T07:00, title: Dawn}\n"
        "  - {date: 2024-01-05T23:59, title: Night}\n",
        encoding="utf-8",
    )
    app = timeline_app(file)
    async with app.run_test(size=WIDE):
        assert "23:59 ● Night" in screen_text(app)


async def test_a_file_without_a_readable_event_shows_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("title: T\nevents:\n  - {title: No date}\n", encoding="utf-8")
    app = timeline_app(file)
    async with app.run_test(size=WIDE):
        shown = screen_text(app)
        assert "No event could be read" in shown
        assert "line 3" in shown


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["n"] * 7, "After the last match comes the first again."),
        (["N"], "After the first match comes the last again."),
    ],
)
async def test_a_search_that_begins_again_says_so(keys: list[str], said: str) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await type_text(pilot, "/council")
        await pilot.press("enter")
        await pilot.press(*keys)
        assert said in [notice.message for notice in app._notifications]


async def test_a_search_says_that_a_question_has_the_word_which_few_events_have() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "pledge")
        await answered(pilot)
        assert "1 question has it: Ctrl+P finds it" in screen_text(app)


async def test_the_prompt_says_that_there_is_no_match_from_here_on() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("G")
        await type_text(pilot, "/gives way")
        assert "none from here on, so this is the first from the top" in screen_text(app)
        assert selected_title(app).startswith("The wall gives way")

"""Pages: opened by a key, browsed with the cursor, and left for an event."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    MEDIUM,
    NARROW,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    settled,
    shows,
    timeline_app,
    type_text,
    until,
)
from timeline_tui.answers.claims import topics_in
from timeline_tui.text.cells import cells
from timeline_tui.tui.open_page import OpenPage, PageContext, PageKind, build_page
from timeline_tui.tui.screens.dialogs import ChoiceDialog
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.page import PagePane

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from timeline_tui.tui.app import TimelineApp

MEETING = "choe-lavrov-talks"
SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])


def select(app: TimelineApp, id_: str) -> None:
    """Select the event with that id."""
    screen = main_screen(app)
    assert screen.view is not None
    screen.go_to_event(screen.view.key_of(id_) or 0)


def page_text(app: TimelineApp) -> str:
    """All lines of the page that is open."""
    page = main_screen(app).page_pane
    assert page is not None
    return "\n".join(line.text for line in page._content.lines)


async def looked_up(pilot: Pilot[None]) -> None:
    """Let the program go on until it knows what is new since the last visit."""
    await until(pilot, lambda: main_screen(pilot.app).changes is not None)


async def ask(pilot: Pilot[None], key: str, text: str) -> None:
    """Type an answer to what a key asks."""
    await pilot.press(key)
    await type_text(pilot, text)
    await pilot.press("enter")


@SIZES
async def test_one_page_shows_claims_by_speaker_and_day(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED, "topic:troops-in-russia")
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        assert "How many North Korean sol" in screen_text(app)
        said = page_text(app)
        assert "Pat Ryder" in said
        assert "11,000 to 12,000" in said
        assert "The spread, day by day" in said


async def test_a_claim_leads_to_its_event_its_source_and_back() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        select(app, "choe-lavrov-talks")
        await ask(pilot, "f", "topic:troops-in-kursk")
        await pilot.press("c")
        screen = main_screen(app)
        assert screen.page_pane is not None
        await pilot.press("j", "j")
        target = screen.page_pane.target
        assert target is not None
        await pilot.press("o")
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.press("escape", "enter")
        assert screen.selected == target.key
        assert screen.timeline.has_focus
        await pilot.press("c")
        assert "Kursk region" in screen_text(app)


async def test_on_a_claim_keys_act_on_the_claim_and_not_on_a_quote_of_its_event() -> None:
    app = timeline_app(BUNDLED, "topic:troops-in-kursk")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "j")
        page = main_screen(app).page_pane
        assert page is not None
        said = page._content.lines[page.cursor].text
        assert said.startswith("Pat Ryder")
        await pilot.press("y")
        assert "about 2,000 soldiers — Pat Ryder, 29 October 2024." in app.clipboard
        await pilot.press("i")
        assert str(page.border_title) == "Pat Ryder"


async def test_brackets_turn_the_topics_of_claims() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        first = main_screen(app).open_page
        await pilot.press("]")
        assert main_screen(app).open_page != first
        await pilot.press("[")
        assert main_screen(app).open_page == first


async def test_claims_not_made_yet_are_on_no_page() -> None:
    app = timeline_app(BUNDLED, "topic:troops-in-russia")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        assert "Vedant Patel" in page_text(app)
        await ask(pilot, "v", "2024-11-03")
        assert main_screen(app).page_pane is not None
        assert "Vedant Patel" not in page_text(app)
        assert "Antony Blinken" in page_text(app)


@SIZES
async def test_one_pledge_is_three_outlets_and_not_three_promises(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        select(app, MEETING)
        await pilot.press("w")
        said = page_text(app)
        for words in ("“until Victory Day”", "“until victory”", "“until the day of"):
            assert words in said
        assert "re-posted by TAG24" in said
        await pilot.press("]")
        assert main_screen(app).quote_number == 1
        assert "great victory" in page_text(app)


async def test_a_paraphrase_is_not_a_quote_among_its_wordings() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        select(app, MEETING)
        await pilot.press("w", "]", "]", "]", "]", "]", "]")
        assert "“affirmed her country" not in page_text(app)
        assert "paraphrase" in page_text(app).lower()


@SIZES
async def test_links_are_walked_both_ways(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        select(app, "treaty-signing")
        await pilot.press("l")
        assert "What it led to" in screen_text(app)
        await pilot.press("j", "enter")
        assert selected_title(app) == "North Korea publishes the text of the treaty"
        page = main_screen(app).page_pane
        assert page is not None
        assert "follows" in page_text(app)
        await pilot.press("k", "enter")
        assert selected_title(app) == "Putin and Kim sign a strategic partnership treaty"
        await pilot.press("escape")
        assert selected_title(app) == "North Korea publishes the text of the treaty"
        assert main_screen(app).page_pane is not None
        await pilot.press("escape", "escape")
        assert main_screen(app).timeline.has_focus
        assert selected_title(app) == "Putin and Kim sign a strategic partnership treaty"


async def test_a_link_out_of_the_filter_clears_it_and_says_so() -> None:
    app = timeline_app(BUNDLED, "kind:vote")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        select(app, "federation-council-vote")
        await pilot.press("l")
        page = main_screen(app).page_pane
        assert page is not None
        assert "outside the filter" in page_text(app)
        while page.target is not None and main_screen(app).view.has(page.target.key):  # type: ignore[union-attr]
            await pilot.press("j")
        await pilot.press("enter")
        view = main_screen(app).view
        assert view is not None
        assert not view.query
        await shows(pilot, "so the filter")


@SIZES
async def test_two_sides_are_suggested_and_two_queries_are_enough(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("s")
        assert "North Korea" in page_text(app)
        assert "both: 21" in page_text(app)
        await pilot.press("s")
        prompt = main_screen(app).prompt
        prompt.query_one("PromptInput").clear()  # type: ignore[attr-defined]
        await type_text(pilot, "publisher:tass | publisher:yonhap")
        await pilot.press("enter")
        assert "publisher: tass" in page_text(app).lower()
        assert main_screen(app).page_pane is not None
        assert main_screen(app).page_pane.has_focus  # type: ignore[union-attr]


async def test_a_mistake_in_two_queries_is_reported_and_can_be_corrected() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("s", "s")
        prompt = main_screen(app).prompt
        prompt.query_one("PromptInput").clear()  # type: ignore[attr-defined]
        await type_text(pilot, "actor:rusia | kind:vote")
        await pilot.press("enter")
        assert "did you mean actor:russia?" in screen_text(app)
        await pilot.press("escape")
        assert main_screen(app).page_pane is not None


async def test_a_suggestion_is_taken_with_enter() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("s", "G")
        page = main_screen(app).page_pane
        assert page is not None
        assert page.target is not None
        assert page.target.id == "language:en | language:ko"
        await pilot.press("enter")
        assert "language: English" in page_text(app) or "language: en" in page_text(app)


@SIZES
async def test_an_actor_has_a_page_with_silence_company_quotes_and_claims(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        select(app, MEETING)
        await pilot.press("i")
        said = page_text(app)
        assert "崔善姬" in said
        assert "last seen" in said
        assert "usual gap:" in said
        assert "appears with" in said
        assert "12 quotes" in said
        page = main_screen(app).page_pane
        assert page is not None
        while page.target is not None and page.target.leads != "actor":
            await pilot.press("j")
        assert page.target is not None
        assert page.target.id == "lavrov"
        await pilot.press("enter")
        assert "Лавров" in page_text(app)


async def test_the_sidebar_shows_when_its_actor_was_last_seen() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "j")
        assert "silent for 2 days, usually 29 days" in screen_text(app)
        await pilot.press("i")
        assert "Russian Federation" in page_text(app)


async def test_what_changed_since_the_last_visit_is_marked_and_listed_field_by_field(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    shutil.copy(HARBOUR, file)
    async with timeline_app(file).run_test(size=WIDE) as pilot:
        await looked_up(pilot)
        await pilot.press("u")
        assert "This is the first visit." in page_text(pilot.app)  # type: ignore[arg-type]
    text = file.read_text(encoding="utf-8").replace("A wall is a promise", "A wall is a threat")
    added = "  - date: 2024-03-03\n    title: A gull lands on the wall\n"
    file.write_text(text.replace("events:\n", f"events:\n{added}", 1), encoding="utf-8")
    before = file.read_bytes()
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        await looked_up(pilot)
        await pilot.pause()
        rows = [line for line in screen_text(app).splitlines() if "A gull lands" in line]
        assert "+" in rows[0]
        await pilot.press("u")
        said = page_text(app)
        assert "+ added" in said
        assert "A gull lands on the wall" in said
        assert "quote 2 changed: text" in said
        await pilot.press("j", "enter")
    async with timeline_app(file).run_test(size=WIDE) as pilot:
        await looked_up(pilot)
        await pilot.press("u")
        assert "Nothing was added" in page_text(pilot.app)  # type: ignore[arg-type]
    assert file.read_bytes() == before


async def test_a_damaged_record_of_visits_is_only_a_notice(own_folders: Path, tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    shutil.copy(HARBOUR, file)
    async with timeline_app(file).run_test(size=WIDE) as pilot:
        await looked_up(pilot)
    (kept,) = own_folders.rglob("*.visit")
    kept.write_bytes(b"\0" * 100)
    app = timeline_app(file)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await shows(pilot, "last visit is unknown")
        assert selected_title(app) == "The council plans a higher wall"


async def test_a_visit_that_cannot_be_recorded_is_a_notice(own_folders: Path, tmp_path: Path) -> None:
    (own_folders / "timeline-tui").write_text("in the way", encoding="utf-8")
    file = tmp_path / "story.yaml"
    shutil.copy(HARBOUR, file)
    app = timeline_app(file)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await shows(pilot, "this visit is not remembered")


async def test_the_event_pane_says_in_plain_words_what_a_statement_rests_on() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(160, 60)) as pilot:
        select(app, MEETING)
        await pilot.press("]")
        said = " ".join(app.query_one(EventPane).text.split())
        assert "2 reports, one source: The Moscow Times." in said
        assert "└ North Korea vows" in said
        await pilot.press("end")


@pytest.mark.parametrize("key", ["c", "w", "l", "s", "u", "i"])
async def test_the_same_key_and_escape_lead_back_with_the_same_event_selected(key: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        select(app, MEETING)
        title = selected_title(app)
        await pilot.press(key)
        assert app.query_one(PagePane).has_focus
        await pilot.press("j", "j", "k", "G", "g", "pagedown", "right", "left")
        await pilot.press("escape")
        assert main_screen(app).timeline.has_focus
        assert main_screen(app).page_pane is None
        assert selected_title(app) == title
        if key != "s":
            await pilot.press(key, key)
            assert main_screen(app).page_pane is None
            assert selected_title(app) == title


@pytest.mark.parametrize("key", ["c", "w", "l", "s", "u", "i"])
async def test_every_page_has_a_text_for_an_empty_file(key: str, tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("title: Nothing yet\nevents: []\n", encoding="utf-8")
    app = timeline_app(tmp_path / "empty.yaml")
    async with app.run_test(size=MEDIUM, notifications=True) as pilot:
        await pilot.press(key)
        if key == "i":
            await shows(pilot, "No event is selected")
        else:
            assert page_text(app).strip()
        await pilot.press("j", "enter", "escape")
        assert main_screen(app).timeline.has_focus


async def test_the_palette_opens_pages() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        select(app, MEETING)
        await pilot.press("ctrl+p")
        await type_text(pilot, "wordings of the quote")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        await pilot.pause()
        assert "until Victory Day" in page_text(app)


async def test_each_page_is_built_anew_whichever_was_open_before() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        select(app, MEETING)
        titles = []
        for key in "cwlsui":
            await pilot.press(key)
            await pilot.pause()
            titles.append(str(app.query_one(PagePane).border_title))
            assert titles[-1] in screen_text(app)
            await pilot.press("escape")
        assert len(set(titles)) == 6
        await pilot.press("w", "l")
        assert "Links of:" in screen_text(app)


@pytest.mark.parametrize("key", ["c", "s", "i", "l"])
async def test_an_event_chosen_on_a_page_is_in_sight_in_the_timeline(key: str) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=MEDIUM) as pilot:
        screen = main_screen(app)
        await pilot.press(key, "G", "k", "k", "enter", *["l"] * (key == "l"))
        assert screen.page_pane is None
        assert screen.view is not None
        first, last = screen.timeline.visible_range
        assert first <= screen.view.position_of(screen.selected) <= last
        assert selected_title(app)[:12] in screen_text(app)


async def test_a_page_stays_open_in_a_terminal_too_small_for_it() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert main_screen(app).page_pane is not None
        assert main_screen(app).page_pane.has_focus  # type: ignore[union-attr]


async def test_a_page_follows_the_width_of_the_terminal() -> None:
    app = timeline_app(BUNDLED, "topic:troops-in-russia")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        page = main_screen(app).page_pane
        assert page is not None
        assert max(len(line.text) for line in page._content.lines) <= 60
        assert page.has_focus


async def test_the_archived_copy_of_a_source_is_opened_with_shift(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    text = (
        "title: T\nsources:\n  a:\n    title: A\n    url: https://example.org/a\n{}"
        "  b:\n    title: B\n    url: https://example.org/b\n"
        "events:\n  - date: 2024\n    title: X\n    sources: [a, b]\n"
    )
    file.write_text(text.format("    archive_url: https://archive.example/a\n"), encoding="utf-8")
    app = timeline_app(file)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("O")
        assert isinstance(app.screen, ChoiceDialog)
        shown = screen_text(app)
        assert "https://archive.example/a" in shown
        assert "https://web.archive.org/web/20240101/https://example.org/b" in shown
        await pilot.press("escape")
    file.write_text(text.format(""), encoding="utf-8")
    app = timeline_app(file)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("O")
        assert isinstance(app.screen, ChoiceDialog)
        assert "https://web.archive.org/web/20240101/https://example.org/a" in screen_text(app)


async def test_where_the_event_has_no_claims_the_list_of_questions_begins_at_the_nearest() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        view = screen.state.view
        key = next(key for key in view.keys if key > 8 and not view.event(key).claims)
        screen.go_to_event(key)
        await pilot.press("c")
        page = screen.page_pane
        assert page is not None
        assert page.target is not None
        assert screen.open_page == OpenPage(PageKind.QUESTIONS, page.target.id)
        await pilot.press("c")
        assert screen.page_pane is None
        assert screen.selected == key


async def test_where_the_event_has_no_quote_the_list_of_quotes_begins_at_the_nearest() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        screen = main_screen(app)
        view = screen.state.view
        key = next(key for key in view.keys if key > 8 and not view.event(key).quotes)
        screen.go_to_event(key)
        await pilot.press("w")
        page = screen.page_pane
        assert page is not None
        assert page.target is not None
        assert abs(page.target.key - key) <= 2
        await pilot.press("enter")
        await pilot.pause()
        assert screen.open_page == OpenPage(PageKind.WORDINGS)
        await pilot.press("escape", "escape")
        assert screen.page_pane is None


async def test_a_page_with_one_claim_or_one_wording_says_where_there_are_more() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        select(app, "wood-8000")
        await pilot.press("w")
        assert ":quotes lists them" in page_text(app)
        select(app, "same-trench")
        await pilot.pause()
        assert ":quotes lists them" not in page_text(app)


async def test_a_page_that_nobody_moved_begins_at_its_first_line_in_every_size() -> None:
    app = timeline_app(BUNDLED, "topic:troops-in-kursk")
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        for size in [(60, 20), (100, 12), (80, 24)]:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            pane = main_screen(app).page_pane
            assert pane is not None
            assert pane.is_at_rest
            assert pane.scroll_offset.y == 0 or pane.lines.line_of(pane.cursor) > pane.size.height // 2


async def test_a_page_keeps_its_cursor_at_its_height_when_the_width_changes() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("x", *["pagedown"] * 2, *["up"] * 7)
        await settled(pilot)
        pane = main_screen(app).page_pane
        assert pane is not None
        before = pane.lines.line_of(pane.cursor) - pane.scroll_offset.y
        await pilot.resize_terminal(110, 36)
        await settled(pilot)
        assert pane.lines.line_of(pane.cursor) - pane.scroll_offset.y == before


async def test_the_question_is_readable_in_full_where_the_border_has_no_room_for_it() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(60, 20)) as pilot:
        await type_text(pilot, "/12,000")
        await pilot.press("enter", "c")
        await settled(pilot)
        shown = screen_text(app)
        assert "4/42 · How many North Korean soldiers are in Russia?" in shown
        assert "Question 4 of 42" not in shown


def test_a_page_begins_with_a_question_that_the_border_does_not_hold() -> None:
    view = timeline_app(BUNDLED)._view_of(timeline_app(BUNDLED)._source)
    context = PageContext(selected=-1, quote_number=0, changes=None)
    pages = (OpenPage(PageKind.CLAIMS, topic) for topic, _ in topics_in(view))
    for page in (build_page(page, view, context, 54) for page in pages):
        question = page.title.partition(" · ")[2]
        whole = " ".join(line.text for line in page.lines[:2]).startswith(question)
        assert whole is (cells(page.title) > 52)

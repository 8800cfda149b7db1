"""The program begins where the reader was, as the reader left it, and knows what was typed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    TODAY,
    WIDE,
    answered,
    main_screen,
    screen_text,
    selected_title,
    shows,
    type_text,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.storage.remembered import Remembered, RememberedFile
from timeline_tui.storage.visit_files import places_folder
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import Start, TimelineApp
from timeline_tui.tui.prompts import PromptKind

if TYPE_CHECKING:
    from pathlib import Path


def remembering(path: Path, go_to: str = "", *, newest: bool = False) -> TimelineApp:
    """The app on a file, as the command line starts it."""
    opened = open_timeline(path, today=TODAY)
    place = RememberedFile(path)
    kept = place.read()
    view = View(opened.index, today=TODAY).sorted_by(newest=newest or kept.remembered.sort == "newest")
    date = parse_date(go_to) if go_to else None
    start = Start(go_to=date, place=place, kept=kept, is_taken_up=date is None)
    return TimelineApp(opened, lambda _: view, start)


async def test_the_next_start_begins_at_the_same_event_on_the_same_line() -> None:
    app = remembering(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*"j" * 30, *"k" * 4)
        await pilot.pause()
        title, line = selected_title(app), main_screen(app).timeline.cursor_line
        top = main_screen(app).timeline.scroll_offset.y
        await pilot.press("q")
    assert top > 0
    again = remembering(BUNDLED)
    async with again.run_test(size=WIDE) as pilot:
        await pilot.pause()
        timeline = main_screen(again).timeline
        assert (selected_title(again), timeline.cursor_line) == (title, line)
        assert timeline.scroll_offset.y == top


async def test_density_order_zone_and_theme_are_as_they_were_left() -> None:
    app = remembering(HARBOUR)
    async with app.run_test(size=WIDE) as pilot:
        main = main_screen(app)
        await pilot.press("z")
        main.action_sort("newest")
        main.action_zone("Europe/Kyiv")
        app.action_theme("paper")
        await answered(pilot)
        await pilot.press("q")
    kept = RememberedFile(HARBOUR).read().remembered
    assert (kept.two_lines, kept.sort, kept.zone, kept.theme) == (True, "newest", "Europe/Kyiv", "paper")
    again = remembering(HARBOUR)
    async with again.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert main_screen(again).two_lines
        assert main_screen(again).timeline.row_height == 2
        assert again.theme == "paper"
        await pilot.press("z", "q")
    assert RememberedFile(HARBOUR).read().remembered.two_lines is False


async def test_what_was_typed_is_recalled_in_the_next_start() -> None:
    app = remembering(HARBOUR)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("/")
        await type_text(pilot, "mayor")
        await pilot.press("enter", "escape")
        await pilot.pause()
        await pilot.press("q")
    again = remembering(HARBOUR)
    async with again.run_test(size=WIDE) as pilot:
        await pilot.press("/", "up")
        await pilot.pause()
        assert main_screen(again).prompt.text == "mayor"


async def test_a_date_that_was_asked_for_comes_before_where_one_was() -> None:
    RememberedFile(HARBOUR).write(Remembered(event="opening"))
    app = remembering(HARBOUR, "2024-02-09")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert selected_title(app).startswith("The council votes")
        await pilot.press("q")
    assert RememberedFile(HARBOUR).read().remembered.event == "opening"


async def test_an_event_that_is_gone_gives_way_to_the_first_and_hostile_values_to_the_usual_ones(
    tmp_path: Path,
) -> None:
    path = tmp_path / "harbour.yaml"
    shutil.copy(HARBOUR, path)
    hostile = "\x1b]0;x\x07"
    typed = {str(PromptKind.FIND): [hostile, "a\nb"], hostile: [hostile]}
    RememberedFile(path).write(
        Remembered(event=hostile, line=10**9, theme=hostile, sort=hostile, zone=hostile, typed=typed)
    )
    app = remembering(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert main_screen(app).state.is_untouched
        await pilot.press("/", "up")
        await pilot.pause()
        assert main_screen(app).prompt.text == "a b"
        assert "\x1b]" not in screen_text(app)


async def test_a_line_that_is_out_of_sight_now_shows_the_event_anyway() -> None:
    ids = [View(open_timeline(BUNDLED, today=TODAY).index).event(key).id for key in (0, 40)]
    for event in ids:
        for line in (0, 10**9):
            RememberedFile(BUNDLED).write(Remembered(event=event, line=line))
            app = remembering(BUNDLED)
            async with app.run_test(size=(60, 20)) as pilot:
                await pilot.pause()
                timeline = main_screen(app).timeline
                assert main_screen(app).state.visited().event == event
                assert 0 <= timeline.cursor_line < timeline.scrollable_content_region.height


async def test_a_file_that_cannot_be_read_is_reported() -> None:
    RememberedFile(HARBOUR).write(Remembered(event="opening"))
    (path,) = places_folder().glob("*.json")
    path.write_text("{")
    app = remembering(HARBOUR)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await shows(pilot, "Where you were last time is not known")

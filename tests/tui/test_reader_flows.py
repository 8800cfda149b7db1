"""A reader marks, writes notes and saves views: each is kept, shown as the reader's, and found again."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from tests.support.screens import (
    HARBOUR,
    SHIPMENT,
    TODAY,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    shows,
    timeline_app,
    type_text,
    until,
)
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pictures.picture import Window
from timeline_tui.query.language import parse_query
from timeline_tui.storage.reader_notes import NOTHING_MADE, NotesFile, ReaderNotes, SavedView
from timeline_tui.storage.visit_files import notes_folder
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import Start, TimelineApp
from timeline_tui.tui.open_page import PageKind
from timeline_tui.tui.saved_views import ShownAs, opened_view, saved_view, shown_as

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def command(pilot: Pilot[None], text: str) -> None:
    await pilot.press(":")
    await type_text(pilot, text)
    await pilot.press("enter")
    await pilot.pause()


def row_of(pilot: Pilot[None], title: str) -> str:
    """The line of the timeline with a title."""
    lines = (line for line in screen_text(pilot.app).splitlines() if title in line)
    return next(line for line in lines if "  " in line)


async def test_a_mark_is_shown_in_its_row_and_is_there_at_the_next_start() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "m")
        await pilot.pause()
        title = selected_title(app)
        assert "★" in row_of(pilot, title[:20])
        assert "You have marked this" in screen_text(app)
    again = timeline_app()
    async with again.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "★" in row_of(pilot, title[:20])
        await pilot.press("j", "m")
        await pilot.pause()
        assert "★" not in screen_text(again)
    assert not NotesFile(HARBOUR).read().notes.marks


async def test_marked_events_are_found_filtered_and_counted() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "m", "j", "j", "m", "f")
        await type_text(pilot, "is:marked")
        await shows(pilot, "2 of 7 events")
        await pilot.press("enter")
        view = main_screen(app).state.view
        assert view.count == 2
        assert {actor.id: actor.count for actor in view.actors()} == {
            actor.id: len(view.keys_with("actor", actor.id)) for actor in view.actors()
        }
        await pilot.press("m")
        await pilot.pause()
        assert main_screen(app).state.view.count == 1


async def test_the_marks_are_a_list_in_the_order_of_time_and_say_what_is_gone() -> None:
    NotesFile(HARBOUR).change(
        "The harbour wall", lambda notes: notes.with_mark("lost", "A lost event", marked=True)
    )
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("G", "m", "g", "m")
        last, first = main_screen(app).state.view.title_of(6), selected_title(app)
        await command(pilot, "marks")
        await shows(pilot, "Marks · 3")
        text = screen_text(app)
        assert text.index(first[:20]) < text.index(last[:20]) < text.index("no longer in this file: A lost")
        await pilot.press("enter")
        assert main_screen(app).open_page is None
        assert selected_title(app) == first
    assert "lost" in NotesFile(HARBOUR).read().notes.marks


async def test_a_note_is_typed_shown_as_the_readers_changed_and_taken_away() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await command(pilot, "note who says so?")
        await shows(pilot, "✎ Your note: who says so?")
        assert "✎" in row_of(pilot, selected_title(app)[:20])
        await command(pilot, "note")
        assert main_screen(app).prompt.text.strip() == "who says so?"
        await type_text(pilot, "really")
        await pilot.press("enter")
        await shows(pilot, "✎ Your note: who says so? really")
        await command(pilot, "notes")
        await shows(pilot, "Notes · 1")
        assert "who says so? really" in screen_text(app)
        await pilot.press("escape")
        await command(pilot, "note")
        await pilot.press("ctrl+u", "enter")
        await pilot.pause()
        assert "✎" not in screen_text(app)
    assert not NotesFile(HARBOUR).read().notes.notes


async def test_a_hostile_note_writes_nothing_but_text() -> None:
    NotesFile(HARBOUR).change(
        "",
        lambda notes: notes.with_note("breach", "\x1b[31m", "\x1b]0;owned\x07\u202e [red]no[/red]\nsecond"),
    )
    app = timeline_app(query="wall")
    async with app.run_test(size=WIDE) as pilot:
        for page in ("notes", "marks", "views"):
            await command(pilot, page)
            assert "\x1b]" not in screen_text(app)
        await command(pilot, "notes")
        await shows(pilot, "‹")


async def test_a_view_is_saved_under_a_name_listed_shown_again_and_removed() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await command(pilot, "filter has:quotes")
        await command(pilot, "known 2024-02-08")
        view = main_screen(app).state.view
        await command(pilot, "view the quotes")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert main_screen(app).state.view.is_whole
        await command(pilot, "views")
        await shows(pilot, "has:quotes · known on 2024-02-08")
        await pilot.press("enter")
        await pilot.pause()
        shown = main_screen(app).state.view
        assert (shown.query, shown.known_on) == (view.query, view.known_on)
        assert main_screen(app).open_page is None
        await command(pilot, "forget-view the quotes")
        await command(pilot, "views")
        await shows(pilot, "No view is saved")


async def test_a_saved_view_is_shown_in_its_picture_with_its_days() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await command(pilot, "lanes kind")
        await pilot.press("plus")
        main = main_screen(app)
        saved = main.shown_as
        assert saved.days is not None
        await command(pilot, "view by kind")
        await pilot.press("0", "full_stop", "1")
        await command(pilot, "view by kind")
        await pilot.pause()
        assert main.shown_as == saved
        await command(pilot, "views")
        await shows(pilot, "lanes by kind 20")


async def test_a_saved_view_that_is_not_possible_any_more_says_why() -> None:
    NotesFile(HARBOUR).change(
        "",
        lambda notes: (
            notes.with_view("a", SavedView("kind:"))
            .with_view("b", SavedView(without=("nowhere",)))
            .with_view("c", SavedView(known_on="soon"))
            .with_view("d", SavedView(picture="clouds"))
            .with_view("e", SavedView(picture="lanes", by="mood"))
            .with_view("f", SavedView(picture="lanes", days="then..now"))
        ),
    )
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        for name, said in (
            ("a", "needs a value"),
            ("b", "no source nowhere"),
            ("c", "soon"),
            ("d", "no picture clouds"),
            ("e", "lanes cannot be by mood"),
            ("f", "then"),
        ):
            await command(pilot, f"view {name}")
            await shows(pilot, f"{name}: ")
            assert said in screen_text(app)
            assert main_screen(app).state.view.is_whole
            app.clear_notifications()


async def test_notes_of_a_file_that_moved_are_offered_and_taken_over(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    shutil.copy(HARBOUR, old)
    view = View(open_timeline(HARBOUR, today=TODAY).index)
    id_ = view.event(2).id
    NotesFile(old).change("The harbour wall", lambda notes: notes.with_note(id_, "t", "Keep me."))
    old.rename(new)
    app = timeline_app(new)
    app._first_visit = True
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await shows(pilot, "There are marks or notes of")
        await command(pilot, "notes")
        await shows(pilot, "which is gone")
        main = main_screen(app)
        pane = main.page_pane
        assert pane is not None
        await pilot.press("G", "enter")
        await shows(pilot, "Notes · 1")
        assert main.open_page is not None
        assert main.open_page.kind is PageKind.NOTES
        await until(pilot, lambda: "which is gone" not in screen_text(app))
    assert NotesFile(new).read().notes.notes[id_].text == "Keep me."
    assert NotesFile(old).read().notes.notes[id_].text == "Keep me."


async def test_broken_notes_are_reported_at_the_start_and_nothing_is_lost() -> None:
    NotesFile(HARBOUR).change("", lambda notes: notes)
    (path,) = notes_folder().glob("*.json")
    path.write_text('{"version": 1, "marks"')
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await shows(pilot, "cannot be read")
        assert path.read_text() == '{"version": 1, "marks"'
        await pilot.press("m")
        await pilot.pause()
        assert "★" in screen_text(app)
    assert path.with_name(f"{path.name}.broken-1").read_text() == '{"version": 1, "marks"'
    assert len(json.loads(path.read_text())["marks"]) == 1


@pytest.mark.parametrize("day", [None, from_civil(2024, 2, 8), from_civil(2020, 1, 1)])
def test_a_mark_is_found_among_what_is_known(day: int | None) -> None:
    view = View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY).known_by(day)
    ids = [view.whole_event(key).id for key in (0, view.total - 1)]
    marked = view.with_reader(ReaderNotes(dict.fromkeys([*ids, "gone"], "")))
    query = parse_query("is:marked").query
    known = [key for key in (0, view.total - 1) if view.is_known(key)]
    assert list(marked.with_query(query).keys) == known
    assert marked.count_of(query) == len(known)
    assert [marked.key_at(position) for position in marked.find(query)] == known
    assert marked.with_query(parse_query("-is:marked").query).count == view.count - len(known)
    assert view.with_query(query).count == 0
    asked = marked.with_query(query)
    assert asked.with_reader(NOTHING_MADE).count == 0


def test_a_view_shown_again_is_the_view_that_was_saved() -> None:
    view = View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)
    source = next(iter(view.header.sources))
    shown = view.known_by(from_civil(2024, 5, 1)).taking_away(source).counted_from(from_civil(2024, 1, 2))
    shown = shown.with_query(parse_query('"the day" -has:quotes 2024').query)
    assert opened_view(view, saved_view(shown, ShownAs())) == shown


@pytest.mark.parametrize("per_day", [1, 86_400])
def test_days_and_seconds_in_sight_are_those_that_were_saved(per_day: int) -> None:
    view = View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)
    day = from_civil(2024, 5, 1)
    windows = [Window(day * per_day, (day + 3) * per_day - 1)]
    windows += [Window(day * per_day + 7, day * per_day + 4_000)] if per_day > 1 else []
    for window in windows:
        shown = ShownAs("lanes", "actor", window)
        with mock.patch.object(View, "per_day", per_day):
            assert shown_as(saved_view(view, shown), per_day) == shown


async def test_in_a_browser_the_notes_of_the_user_are_neither_shown_nor_changed() -> None:
    NotesFile(HARBOUR).change("", lambda notes: notes.with_note("plan", "t", "for me alone"))
    opened = open_timeline(HARBOUR, today=TODAY)
    view = View(opened.index, today=TODAY)
    app = TimelineApp(opened, lambda _: view, Start(has_notes=False))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("m")
        await shows(pilot, "Nothing is kept")
        await command(pilot, "notes")
        await shows(pilot, "There are no notes")
    assert not NotesFile(HARBOUR).read().notes.marks

"""An event is added and changed in a form, the change is shown before it is written, and undone after it."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest

from tests.support.import_loads import shown_by
from tests.support.pty_session import SECONDS
from tests.support.random_walk import type_bytes
from tests.support.screens import (
    HARBOUR,
    NARROW,
    TODAY,
    WIDE,
    main_screen,
    screen_text,
    selected_title,
    shows,
    type_text,
    until,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.loader import Loading
from timeline_tui.reading.reader import read_text
from timeline_tui.tui.screens.event_form import EventForm
from timeline_tui.tui.screens.target_actions import capture_address
from timeline_tui.tui.screens.writing import ChangeDialog, KeysMeanwhile, Press
from timeline_tui.tui.widgets.form_page import FieldInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual import events
    from textual.pilot import Pilot

    from timeline_tui.tui.app import TimelineApp

pytest_plugins = ["tests.support.loading_fixtures"]
pytestmark = pytest.mark.usefixtures("own_temporary_folder")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    shutil.copy(HARBOUR, path)
    return path


@asynccontextmanager
async def opened(file: Path, size: tuple[int, int] = WIDE) -> AsyncIterator[tuple[TimelineApp, Pilot[None]]]:
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: loading.whole and not loading.pid)
        await shows(pilot, "The council plans")
        yield app, pilot


async def fill_in(pilot: Pilot[None], *texts: str) -> None:
    """Type texts into the fields from the first on; an empty one leaves a field as it is."""
    for number, text in enumerate(texts):
        if number:
            await pilot.press("tab")
        await type_text(pilot, text)


async def agree(pilot: Pilot[None]) -> None:
    await shows(pilot, "Not written yet")
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is main_screen(pilot.app))


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_event_is_added_after_its_change_was_shown_and_is_selected(
    file: Path, size: tuple[int, int]
) -> None:
    before = file.read_bytes()
    async with opened(file, size) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await fill_in(pilot, "5 nov 2024", "The wall holds", "", "", "", "mayor: says so")
        await pilot.press("ctrl+s")
        await shows(pilot, "+   - id: the-wall-holds")
        assert file.read_bytes() == before
        await agree(pilot)
        await shows(pilot, "“The wall holds” is added. U undoes")
        await until(pilot, lambda: selected_title(app) == "The wall holds")
        event = next(each for each in read_text(file.read_bytes(), "x").events if each.id == "the-wall-holds")
        assert event.date.text == "2024-11-05"
        assert event.actors == {"mayor": "says so"}


async def test_no_message_of_before_covers_the_keys_of_the_form(file: Path) -> None:
    async with opened(file) as (app, pilot):
        app.notify("A message of before", timeout=SECONDS)
        await shows(pilot, "A message of before")
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        assert "A message of before" not in screen_text(app)


async def test_a_field_of_the_selected_event_is_changed_and_both_writes_are_undone(file: Path) -> None:
    before = file.read_bytes()
    async with opened(file) as (app, pilot):
        for title in ("First title", "Second title"):
            await pilot.press("E")
            await shows(pilot, "Change this event")
            await shows(pilot, "Ctrl+S: show the change")
            await pilot.press("tab", "ctrl+u")
            await type_text(pilot, title)
            await pilot.press("ctrl+s")
            await agree(pilot)
            await until(pilot, lambda title=title: selected_title(app) == title)  # type: ignore[misc]
        for title in ("First title", "The council plans a higher wall"):
            await pilot.press("U")
            await shows(pilot, title)
            assert isinstance(app.screen, ChangeDialog)
            app.screen.file_changed()
            await pilot.pause()
            assert "What you typed" not in screen_text(app)
            await agree(pilot)
            await until(pilot, lambda title=title: selected_title(app) == title)  # type: ignore[misc]
        assert file.read_bytes() == before
        await pilot.press("U")
        await shows(pilot, "nothing to undo")


async def test_nothing_is_undone_after_the_file_was_saved_by_another_program(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("E")
        await shows(pilot, "Ctrl+S: show the change")
        await pilot.press("tab")
        await type_text(pilot, " and more")
        await pilot.press("ctrl+s")
        await agree(pilot)
        await until(pilot, lambda: "and more" in selected_title(app))
        file.write_bytes(file.read_bytes() + b"# a remark\n")
        saved = file.read_bytes()
        await pilot.press("U")
        await shows(pilot, "changed since, so nothing was undone")
        await pilot.press("enter", "escape")
        assert file.read_bytes() == saved


async def test_an_actor_and_a_source_that_are_not_in_the_file_are_asked_about_and_added(file: Path) -> None:
    async with opened(file) as (_, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await fill_in(pilot, "2024", "News", "", "", "", "Kim", "", "https://example.org/news")
        await shows(pilot, "not in the file yet and can be added")
        await pilot.press("ctrl+s")
        await shows(pilot, "There is no actor Kim in the file yet")
        await fill_in(pilot, " Jong Un", "robot")
        await pilot.press("ctrl+s")
        await shows(pilot, "type one of: person")
        await pilot.press("ctrl+u")
        await type_text(pilot, "person")
        await pilot.press("enter")
        await shows(pilot, "There is no source https://example.org/news")
        await fill_in(pilot, "A report", "Daily", "6 nov 2024")
        await pilot.press("ctrl+s")
        await agree(pilot)
    reading = read_text(file.read_bytes(), "x")
    assert reading.header is not None
    assert reading.header.actors["kim-jong-un"].kind == "person"
    source = reading.header.sources["a-report"]
    assert (source.publisher, source.url) == ("Daily", "https://example.org/news")
    assert source.date is not None
    assert source.date.text == "2024-11-06"


async def test_a_file_that_changes_below_the_form_is_said_and_what_was_typed_goes_into_it(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await fill_in(pilot, "2024-11", "Typed before")
        file.write_text(file.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
        await shows(pilot, "The file has changed meanwhile. What you typed stays")
        await pilot.press("ctrl+s")
        await shows(pilot, "Not written yet")
        file.write_text("# more\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
        await pilot.press("enter")
        await shows(pilot, "This is the change in it as it is now")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is main_screen(app))
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# more\n")
    assert text.endswith("# a remark\n")
    assert "title: Typed before" in text


async def test_an_event_that_is_gone_is_said_and_what_was_typed_stays(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("j", "E")
        await shows(pilot, "Ctrl+S: show the change")
        await pilot.press("tab")
        await type_text(pilot, " and typed")
        name = main_screen(app).state.view.event(main_screen(app).selected).id
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"id: {name}\n", "id: another\n"), encoding="utf-8")
        await pilot.press("ctrl+s")
        await shows(pilot, f"there is no event {name}")
        assert "and typed" in screen_text(app)


async def test_escape_asks_before_what_was_typed_is_thrown_away(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await pilot.press("escape")
        assert app.screen is main_screen(app)
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await type_text(pilot, "2024")
        await pilot.press("escape")
        await shows(pilot, "Esc again throws away")
        await type_text(pilot, "-11")
        await pilot.press("escape")
        await shows(pilot, "Esc again throws away")
        await pilot.press("escape")
        assert app.screen is main_screen(app)


async def test_mistakes_are_said_below_their_fields(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await type_text(pilot, "someday")
        await shows(pilot, "not a date")
        await pilot.press("ctrl+s")
        await shows(pilot, "2 fields are not right yet")
        await shows(pilot, "an event needs a title")
        await pilot.press("ctrl+u")
        await type_text(pilot, "3 jan 2024")
        await shows(pilot, "2024-01-03: 3 January 2024")
        assert "not a date" not in screen_text(app)


async def test_arrows_walk_through_the_fields_and_in_the_text_through_its_lines(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await pilot.press(*["down"] * 4)
        await type_text(pilot, "one")
        await pilot.press("enter")
        await type_text(pilot, "two")
        await pilot.press("up", "up")
        await type_text(pilot, "Harbour")
        await pilot.press("down", "down", "down")
        await type_text(pilot, "mayor")
        form = app.screen
        assert isinstance(form, EventForm)
        answers = {name: answer for name, answer in form._page.answers.items() if answer}
        assert answers == {"text": "one\ntwo", "place": "Harbour", "actors": "mayor"}


async def test_the_form_works_with_the_mouse(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("E")
        await shows(pilot, "Ctrl+S: show the change")
        inputs = list(app.screen.query("FieldInput"))
        await pilot.click(inputs[2])
        await type_text(pilot, "x")
        await pilot.click(Press)
        await shows(pilot, "Not written yet")
        await pilot.click(list(app.screen.query(Press))[1])
        await shows(pilot, "Ctrl+S: show the change")


async def test_the_right_arrow_completes_with_what_the_file_has(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await fill_in(pilot, "", "", "", "", "", "zoe")
        await shows(pilot, "→ Zoë Achterberg")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("right")
        form = app.screen
        assert isinstance(form, EventForm)
        assert form._page.answers["actors"] == "Zoë Achterberg"


async def test_keys_pressed_while_the_file_is_read_reach_the_form(file: Path) -> None:
    async with opened(file) as (app, pilot):
        await pilot.press("A", "2", "0", "2", "4")
        await shows(pilot, "Ctrl+S: show the change")
        form = app.screen
        assert isinstance(form, EventForm)
        await until(pilot, lambda: form._page.answers["date"] == "2024")


async def test_a_read_only_file_is_refused_with_a_reason(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline_tui.editing.atomic_write.os.access", lambda *_: False)
    async with opened(file) as (app, pilot):
        for key in ("A", "E", "U"):
            await pilot.press(key)
            assert app.screen is main_screen(app)
        await shows(pilot, "read-only")


async def test_nothing_is_written_from_a_browser(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMELINE_TUI_SERVED", "1")
    async with opened(file) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Nothing is written from the browser")
        assert app.screen is main_screen(app)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.csv", "date,title\n2024-01-01,One\n2024-01-02,Two\n", "This file is in another format"),
        ("x.yaml", "title: A\nevents: [{id: one, date: 2024, title: One}]\n", "cannot be changed here"),
        ("x.yaml", "title: A\nevents:\n  - {id: one, date: 2024, title: One}\n", "written in braces"),
    ],
)
async def test_what_cannot_be_changed_here_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    loading = Loading(file, today=TODAY)
    app = shown_by(loading)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: loading.whole and not loading.pid)
        await shows(pilot, "One")
        await pilot.press("E")
        await shows(pilot, said)
        await pilot.press("escape")
        assert app.screen is main_screen(app)
    assert file.read_text(encoding="utf-8") == text


async def test_the_address_of_an_archived_copy_is_written_for_the_source_that_was_opened(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses: list[str] = []
    monkeypatch.setattr(
        "timeline_tui.tui.screens.target_actions.open_source", lambda _, address: addresses.append(address)
    )
    async with opened(file) as (app, pilot):
        await pilot.press("colon")
        await type_text(pilot, "archived https://archive.example.org/1")
        await pilot.press("enter")
        await shows(pilot, "Open a source first")
        await pilot.press("j", "O")
        await shows(pilot, "look for it in the web archive")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is main_screen(app))
        assert addresses[0].startswith("https://web.archive.org/web/2")
        before = file.read_text(encoding="utf-8")
        await pilot.press("colon")
        await type_text(pilot, "archived https://archive.example.org/1")
        await pilot.press("enter")
        await agree(pilot)
        after = file.read_text(encoding="utf-8")
        added = [line for line in after.splitlines() if line not in before.splitlines()]
        assert added == ["    archive_url: https://archive.example.org/1"]
        assert len(after.splitlines()) == len(before.splitlines()) + 1


@pytest.mark.parametrize(
    ("address", "day", "capture"),
    [
        (
            "https://example.org/a?b=c",
            "2024-11-06",
            "https://web.archive.org/web/20241106/https://example.org/a?b=c",
        ),
        ("https://example.org/a", "2024-11", "https://web.archive.org/web/20241101/https://example.org/a"),
        ("https://example.org/a", "1789-07-14", "https://web.archive.org/web/https://example.org/a"),
        ("https://example.org/a", "-0043", "https://web.archive.org/web/https://example.org/a"),
        ("https://example.org/a", "../2020", "https://web.archive.org/web/https://example.org/a"),
        ("file:///etc/passwd", "2024", ""),
        ("", "2024", ""),
    ],
)
def test_a_capture_is_looked_for_on_the_day_of_the_source(address: str, day: str, capture: str) -> None:
    assert capture_address(address, parse_date(day)) == capture


@pytest.mark.parametrize("key", ["A", "E"])
@pytest.mark.parametrize("is_slow", [False, True])
async def test_what_is_typed_in_one_burst_with_the_key_of_the_form_stands_in_its_fields(
    file: Path, key: str, monkeypatch: pytest.MonkeyPatch, *, is_slow: bool
) -> None:
    kept = Event()
    if is_slow:
        keep, read = KeysMeanwhile.keep, EventForm.read

        def keep_until_the_last(keys: KeysMeanwhile, pressed: events.Key) -> None:
            keep(keys, pressed)
            if len(keys._keys) > len("2025-05-01\t"):
                kept.set()

        def read_late(form: EventForm) -> bytes:
            kept.wait(SECONDS)
            return read(form)

        monkeypatch.setattr(KeysMeanwhile, "keep", keep_until_the_last)
        monkeypatch.setattr(EventForm, "read", read_late)
    async with opened(file) as (app, pilot):
        burst = b"\x05\x15" if key == "E" else b""
        type_bytes(pilot, key.encode() + burst + b"2025-05-01\t" + burst + b"A happy hobby of jj and kk")
        await shows(pilot, "jj and kk")
        date, title = list(app.screen.query(FieldInput))[:2]
        assert (date.value, title.value) == ("2025-05-01", "A happy hobby of jj and kk")

"""Pictures of the screen. After a change, look at each before accepting it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import msgspec
import pytest
import rich.console
from rich._export_format import CONSOLE_SVG_FORMAT
from textual.widgets import Input, TextArea

from tests.support.screens import (
    BUNDLED,
    HARBOUR,
    INCIDENT,
    MEDIUM,
    NARROW,
    SHIPMENT,
    TODAY,
    WIDE,
    settled,
    shows,
    timeline_app,
    type_text,
)
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.fingerprints import event_fingerprint
from timeline_tui.storage.visits import Visits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from textual.app import App
    from textual.pilot import Pilot


EVERY_SIZE = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])
DEFAULTS = rich.console.Console.export_svg.__kwdefaults__ or {}


class Compare(Protocol):
    """The snapshot fixture."""

    def __call__(
        self,
        app: App[None],
        *,
        press: Iterable[str] = (),
        run_before: Callable[[Pilot[None]], Awaitable[None]] | None = None,
        terminal_size: tuple[int, int] = WIDE,
    ) -> bool: ...


@pytest.fixture(autouse=True)
def steady_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """No blinking cursor, and no font from somewhere on the web."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _: None)
    plain = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    assert "http" not in plain.replace("http://www.w3.org", "").replace("https://www.textualize.io", "")
    monkeypatch.setattr(rich.console.Console.export_svg, "__kwdefaults__", {**DEFAULTS, "code_format": plain})


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that says that its background is light."""
    monkeypatch.setenv("COLORFGBG", "0;15")


@pytest.fixture
def snap_compare(snap_compare: Callable[..., bool]) -> Compare:
    """A picture taken once the screen has settled after each key, however busy the machine is."""

    def compare(
        app: App[None],
        *,
        press: Iterable[str] = (),
        run_before: Callable[[Pilot[None]], Awaitable[None]] | None = None,
        terminal_size: tuple[int, int] = WIDE,
    ) -> bool:
        async def walk(pilot: Pilot[None]) -> None:
            await settled(pilot)
            if run_before is not None:
                await run_before(pilot)
            for key in press:
                await pilot.press(key)
                await settled(pilot)
            await settled(pilot)

        return snap_compare(app, run_before=walk, terminal_size=terminal_size)

    return compare


@EVERY_SIZE
def test_the_timeline(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(), press=["j"], terminal_size=size)


@EVERY_SIZE
def test_lanes(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = ["2", "g", *["right"] * 14]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@EVERY_SIZE
@pytest.mark.usefixtures("light")
def test_lanes_by_kind_zoomed_and_folded_in_the_light_theme(
    snap_compare: Compare, size: tuple[int, int]
) -> None:
    keys = [*TO_THE_MEETING, "2", "full_stop", "plus", "z"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


def test_lanes_of_minutes(snap_compare: Compare) -> None:
    keys = ["2", "j", "right", "right", *["plus"] * 7]
    assert snap_compare(timeline_app(INCIDENT), press=keys, terminal_size=MEDIUM)


@EVERY_SIZE
def test_the_map(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = [*TO_THE_MEETING, "4"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@EVERY_SIZE
@pytest.mark.usefixtures("light")
def test_the_moves_of_an_actor_on_the_map_in_the_light_theme(
    snap_compare: Compare, size: tuple[int, int]
) -> None:
    keys = [*TO_THE_MEETING, "4", "plus", "full_stop"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@EVERY_SIZE
def test_two_clocks(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=[*TO_THE_MEETING, "3"], terminal_size=size)


@EVERY_SIZE
@pytest.mark.usefixtures("light")
def test_two_clocks_by_delay_in_the_light_theme(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = [*TO_THE_MEETING, "3", *["full_stop"] * 4]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@EVERY_SIZE
def test_the_calendar(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = [*TO_THE_MEETING, "6"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@EVERY_SIZE
@pytest.mark.usefixtures("light")
def test_a_calendar_of_days_in_the_light_theme(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["6", "plus", "G"], terminal_size=size)


@EVERY_SIZE
def test_who_is_together(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["5"], terminal_size=size)


@EVERY_SIZE
@pytest.mark.usefixtures("light")
def test_who_contradicts_whom_in_the_light_theme(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = ["5", *["full_stop"] * 3]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=["wide", "medium"])
def test_the_start_page(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    app._first_visit = True
    assert snap_compare(app, terminal_size=size)


@EVERY_SIZE
def test_a_step_of_a_story(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["P", "7", "enter", "n"], terminal_size=size)


@pytest.mark.usefixtures("light")
def test_claims_as_a_step_in_the_light_theme(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["P", "3", "enter"], terminal_size=MEDIUM)


@pytest.mark.parametrize("size", [(180, 50), MEDIUM], ids=["beside", "below"])
def test_a_walk_in_the_event_pane(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["tab", "down", "down", "down"], terminal_size=size)


@pytest.mark.usefixtures("light")
def test_the_light_theme(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["j", "j", "z"], terminal_size=WIDE)


def test_a_filter_with_a_mistake(snap_compare: Compare) -> None:
    keys = ["a", "j", "space", "escape", "f", "space", *"kindx", "colon", "y"]
    assert snap_compare(timeline_app(), press=keys, terminal_size=WIDE)


def test_a_find_in_several_scripts(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["slash", "최", "민", "서", "enter", "n"], terminal_size=WIDE)


def test_no_match(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(query="nothing-like-this"), terminal_size=MEDIUM)


def test_the_problems(snap_compare: Compare, tmp_path: Path) -> None:
    good = HARBOUR.read_text(encoding="utf-8")
    bad = good.replace("date: 2024-02-09\n    title: The", "date: 9 Feb 2024\n    title: The").replace(
        "by: council", "by: counsil"
    )
    (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")
    assert snap_compare(timeline_app(tmp_path / "bad.yaml"), press=["p", "down"], terminal_size=WIDE)


def test_an_empty_file(snap_compare: Compare, tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("title: Nothing yet\nevents: []\n", encoding="utf-8")
    assert snap_compare(timeline_app(tmp_path / "empty.yaml"), terminal_size=MEDIUM)


def test_the_help(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["question_mark"], terminal_size=WIDE)


def test_the_palette(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["ctrl+p"], terminal_size=WIDE)


@pytest.mark.parametrize(
    ("name", "size"),
    [("questions", WIDE), ("questions", NARROW), ("quotes", MEDIUM), ("sources", MEDIUM), ("tags", NARROW)],
    ids=["questions-wide", "questions-narrow", "quotes", "sources", "tags"],
)
def test_a_list_by_name(snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    keys = ["colon", *name, "enter", "j", "j"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


def test_the_command_line(snap_compare: Compare) -> None:
    keys = ["colon", *"filter", "space", *"kind", "colon", "tab"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=MEDIUM)


def test_the_sources(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["j", "j", "o"], terminal_size=MEDIUM)


TO_THE_MEETING = ["t", "2", "0", "2", "4", "minus", "1", "1", "minus", "0", "1", "enter", "j"]
"""Keys that lead to the meeting of Choe and Lavrov in the bundled timeline."""
ON_3_NOVEMBER = ["v", "2", "0", "2", "4", "minus", "1", "1", "minus", "0", "3", "enter"]


@EVERY_SIZE
def test_the_story_as_known_on_3_november(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = [*TO_THE_MEETING, *ON_3_NOVEMBER, "G", "greater_than_sign"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=size)


@EVERY_SIZE
def test_the_claims_on_troops_in_kursk(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED, "topic:troops-in-kursk")
    assert snap_compare(app, press=["c"], terminal_size=size)


def test_the_answers_in_words(snap_compare: Compare) -> None:
    app = timeline_app(BUNDLED, "topic:troops-presence")
    assert snap_compare(app, press=["c"], terminal_size=WIDE)


@EVERY_SIZE
def test_the_wordings_of_a_pledge(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=[*TO_THE_MEETING, "w"], terminal_size=size)


def test_the_links_of_the_meeting(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=[*TO_THE_MEETING, "l"], terminal_size=WIDE)


def test_the_page_of_an_actor(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=[*TO_THE_MEETING, "i"], terminal_size=WIDE)


def test_the_silence_of_an_actor_in_the_sidebar(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["a", "j", "j"], terminal_size=WIDE)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_two_sides(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=["s"], terminal_size=size)


def test_days_from_the_meeting(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(BUNDLED), press=[*TO_THE_MEETING, "T"], terminal_size=WIDE)


@pytest.mark.parametrize("keys", [(), ("u",)], ids=["marked", "listed"])
def test_what_is_new_since_the_last_visit(snap_compare: Compare, keys: tuple[str, ...]) -> None:
    index = open_timeline(BUNDLED, today=TODAY).index
    before = {id_: print_ for _, id_, print_ in index.fingerprints()}
    del before["choe-on-nuclear-forces"], before["hur-7000-near-border"]
    meeting = index.event(index.key_of("choe-lavrov-talks") or 0)
    before["choe-lavrov-talks"] = event_fingerprint(
        msgspec.structs.replace(meeting, quotes=meeting.quotes[1:])
    )
    assert not Visits.of_user().write(BUNDLED, before.items())
    assert snap_compare(timeline_app(BUNDLED), press=[*TO_THE_MEETING, *keys], terminal_size=WIDE)


def test_where_a_statement_comes_from(snap_compare: Compare) -> None:
    keys = [*TO_THE_MEETING, "right_square_bracket", "tab", "pagedown", "pagedown"]
    assert snap_compare(timeline_app(BUNDLED), press=keys, terminal_size=WIDE)


@pytest.mark.parametrize("size", [WIDE, MEDIUM], ids=["wide", "medium"])
def test_the_page_of_sources_without_one(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(SHIPMENT), press=["x", "space"], terminal_size=size)


def test_an_event_with_a_history(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(SHIPMENT), press=["g", "enter", "end"], terminal_size=WIDE)


def test_a_step_of_the_clock(snap_compare: Compare) -> None:
    keys = ["v", *"2024", "minus", *"06", "minus", *"19", "enter"]
    assert snap_compare(timeline_app(SHIPMENT), press=keys, terminal_size=WIDE)


@EVERY_SIZE
def test_the_form_of_an_event(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def open_form(pilot: Pilot[None]) -> None:
        await pilot.press("j", "E")
        await shows(pilot, "Ctrl+S: show the change")
        await pilot.press("tab", "tab")

    assert snap_compare(timeline_app(), run_before=open_form, terminal_size=size)


def test_a_form_with_a_mistake(snap_compare: Compare) -> None:
    async def fill_in(pilot: Pilot[None]) -> None:
        await pilot.press("A")
        await shows(pilot, "Ctrl+S: show the change")
        await type_text(pilot, "someday")
        await pilot.press("ctrl+s")
        await shows(pilot, "2 fields are not right yet")

    assert snap_compare(timeline_app(), run_before=fill_in, terminal_size=MEDIUM)


def test_a_change_before_it_is_written(snap_compare: Compare) -> None:
    async def change(pilot: Pilot[None]) -> None:
        await pilot.press("E")
        await shows(pilot, "Ctrl+S: show the change")
        await pilot.press("tab")
        await type_text(pilot, " of stone")
        await pilot.press("ctrl+s")
        await shows(pilot, "Not written yet")

    assert snap_compare(timeline_app(), run_before=change, terminal_size=MEDIUM)

"""What a key changes is painted in the order in which people look at it, and nothing is painted twice."""

from __future__ import annotations

from typing import Any

import pytest
from rich.text import Text
from textual import events

from tests.support.screens import BUNDLED, NARROW, WIDE, main_screen, screen_text, timeline_app

_SCROLLBARS = 120
"""Cells within which two scrollbars are painted: Textual paints each once more when it is mounted."""


async def test_the_cursor_moves_with_the_key_and_not_back_when_an_earlier_key_is_carried_out() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        screen = main_screen(app)
        pane, first = screen.timeline, screen.timeline.cursor
        pane.action_cursor_down()
        second = pane.cursor
        pane.action_cursor_down()
        third = pane.cursor
        assert first < second < third
        screen.change(screen.state.select(1))
        assert pane.cursor == third
        await pilot.pause()
        assert (pane.cursor, screen.state.selected) == (third, 2)


async def test_a_selection_made_elsewhere_moves_the_cursor_after_one_that_changed_nothing() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        screen = main_screen(app)
        await pilot.press("g")
        await pilot.pause()
        before = screen.timeline.cursor
        screen.change(screen.state.select(3))
        assert screen.timeline.cursor > before


async def test_a_screen_is_not_laid_out_again_for_the_size_that_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        screen = main_screen(app)
        sizes: list[object] = []
        real = screen._refresh_layout

        def lay_out(size: object = None, scroll: bool = False) -> None:  # noqa: FBT002  as Textual's
            sizes.append(size)
            real(size, scroll)  # type: ignore[arg-type]

        monkeypatch.setattr(screen, "_refresh_layout", lay_out)
        screen.post_message(events.Resize(app.size, app.size))
        await pilot.pause()
        assert sizes == []
        await pilot.resize_terminal(WIDE[0] - 10, WIDE[1])
        assert sizes


async def test_the_row_of_a_key_is_painted_before_anything_else_that_the_key_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        screen, done = main_screen(app), []
        display, change = app._display, screen.change

        def shown(*arguments: Any) -> None:  # noqa: ANN401  as Textual's
            done.append("painted")
            display(*arguments)

        def changed(*arguments: Any, **named: Any) -> None:  # noqa: ANN401  as the screen's
            done.append("changed")
            change(*arguments, **named)

        monkeypatch.setattr(app, "_display", shown)
        monkeypatch.setattr(screen, "change", changed)
        await pilot.press("j")
        assert done[:2] == ["painted", "changed"]


async def test_of_keys_that_come_together_only_the_last_step_is_painted_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        await pilot.pause()
        screen, rows = main_screen(app), list[int]()
        monkeypatch.setattr(screen, "paint_at_once", lambda pane: rows.append(pane.cursor))
        first = screen.timeline.cursor
        for _ in range(3):
            app.post_message(events.Key("j", "j"))
        await pilot.pause()
        assert screen.timeline.cursor >= first + 3
        assert rows == [screen.timeline.cursor]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("first_visit", [False, True])
async def test_the_first_frame_is_written_once_and_nothing_after_it_while_nothing_is_typed(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], *, first_visit: bool
) -> None:
    app, written = timeline_app(BUNDLED), list[int]()
    app._first_visit = first_visit
    display = app._display

    def shown(screen: Any, frame: Any) -> None:  # noqa: ANN401  as Textual's
        if hasattr(frame, "render_segments"):
            written.append(len(Text.from_ansi(frame.render_segments(app.console)).plain))
        display(screen, frame)

    monkeypatch.setattr(app, "_display", shown)
    async with app.run_test(size=size) as pilot:
        for _ in range(3):
            await pilot.pause()
        assert screen_text(app).strip()
        frames = [number for number in written if number]
    assert frames[0] > 2 * _SCROLLBARS
    assert sum(frames[1:]) < _SCROLLBARS

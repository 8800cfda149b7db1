"""What a key changes is painted in the order in which people look at it, and nothing is painted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tests.support.screens import BUNDLED, WIDE, main_screen, timeline_app

if TYPE_CHECKING:
    import pytest


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

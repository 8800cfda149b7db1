"""Painting only what has changed: the same screen, from fewer lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyte
import pytest
from rich.color import ColorSystem

from tests.support.screens import BUNDLED, NARROW, WIDE, main_screen, timeline_app
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.overview import OverviewStrip
from timeline_tui.tui.widgets.panes import PaneArea
from timeline_tui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.app import App
    from textual.geometry import Region
    from textual.screen import Screen
    from textual.strip import Strip
    from textual.widget import Widget

KEYS = (
    *"jjjjkjj", "pagedown", "z", "j", "k", "tab", "down", "down", "shift+tab", "c", "j", "escape",
    "a", "space", "escape", "f", *"ukraine", "enter", "escape", "G", "g", "question_mark", "escape",
)  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_is_painted_bit_by_bit_is_what_would_be_painted_at_once(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = pyte.Screen(*size)
    stream = pyte.Stream(shown)

    def display(app: App[object], _screen: Screen[object], update: RenderableType | None) -> None:
        if update is not None and app.console.color_system:
            stream.feed(update.render_segments(app.console))  # type: ignore[union-attr]  # it is Textual's own

    monkeypatch.setattr("textual.app.App._display", display)
    app = timeline_app(BUNDLED)
    app.console._color_system = ColorSystem.TRUECOLOR
    async with app.run_test(size=size) as pilot:
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert [line.rstrip() for line in shown.display] == [strip.text.rstrip() for strip in strips], key


async def test_another_row_is_painted_without_asking_the_other_panes() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        main = main_screen(app)
        asked: list[str] = []
        for kind in (TimelinePane, ActorSidebar, OverviewStrip):
            pane = main.query_one(kind)

            def render(crop: object, pane: object = pane, real: object = pane.render_lines) -> object:
                asked.append(type(pane).__name__)
                return real(crop)  # type: ignore[operator]

            pane.render_lines = render  # type: ignore[method-assign, assignment]
        main._compositor.update_widgets({main.timeline})
        main.timeline.refresh_lines(0)
        main._compositor.update_widgets({main.timeline})
        assert main._compositor.render_partial_update() is not None
        assert asked == ["TimelinePane"]


async def test_what_is_hidden_behind_what_has_changed_is_not_asked_for_its_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        main = main_screen(app)
        asked: set[str] = set()
        for kind in (EventPane, OverviewStrip, PaneArea, type(main)):
            real = kind.render_lines

            def render(widget: Widget, crop: Region, real: Callable[..., list[Strip]] = real) -> list[Strip]:
                asked.add(type(widget).__name__)
                return real(widget, crop)

            monkeypatch.setattr(kind, "render_lines", render)
        main.event_pane.refresh()
        main.query_one(OverviewStrip).refresh()
        main._compositor.update_widgets({main.event_pane, main.query_one(OverviewStrip)})
        assert main._compositor.render_partial_update() is not None
        assert asked == {"EventPane", "OverviewStrip"}

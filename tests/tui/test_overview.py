"""The overview above the panes."""

from __future__ import annotations

import re

import pytest
from textual.color import Color

from tests.support.screens import BUNDLED, TODAY, main_screen, screen_text, timeline_app
from timeline_tui.drawing.folded_axis import FOLD
from timeline_tui.drawing.time_axis import TimeAxis
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View
from timeline_tui.tui.widgets.overview import OverviewStrip

BARS = "▁▂▃▄▅▆▇█"


@pytest.mark.parametrize(("height", "lines"), [(20, 2), (24, 2), (30, 3), (50, 3)])
async def test_folding_gives_the_events_more_room_than_a_plain_axis(height: int, lines: int) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(120, height)) as pilot:
        await pilot.pause()
        strip = app.screen.query_one(OverviewStrip)
        assert strip.size.height == lines
        bars = screen_text(app).splitlines()[lines - 1]
        assert FOLD in bars
        view = main_screen(app).state.view
        axis, plain = strip.axis(), TimeAxis(*view.span, strip.size.width)
        days = [view.day_of(position) for position in range(view.count)]
        assert len(set(map(axis.cell, days))) > 1.15 * len(set(map(plain.cell, days)))
        middle = days[view.count // 2]
        assert axis.cell(middle) < plain.cell(middle)


@pytest.mark.parametrize("query", ["status:disputed", "status:claimed", "status:confirmed", ""])
async def test_bars_have_the_colour_of_doubt_as_far_as_events_are_doubtful(query: str) -> None:
    app = timeline_app(BUNDLED, query)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        warning = Color.parse(app.theme_variables["warning"]).rich_color
        plain = Color.parse(app.theme_variables["secondary"]).rich_color
        line = app.screen._compositor.render_strips()[2]
        found = {
            segment.style.color
            for segment in line
            if segment.style is not None and re.search(f"[{BARS}]", segment.text)
        }
        if query == "":
            assert {plain, warning} < found
        else:
            assert found == {plain if query == "status:confirmed" else warning}


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_dates_on_the_axis_are_whole_while_one_walks_through_the_story(width: int) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(width, 24)) as pilot:
        words = {tick.label for tick in app.screen.query_one(OverviewStrip).axis().ticks()}
        for _ in range(25):
            await pilot.pause()
            line = screen_text(app).splitlines()[2]
            for label in re.findall(r"╷([A-Z0-9][\w ]*?)(?= *[━▲╷]|  |$)", line):
                assert label.strip() in words
            after = line.split("▲")[1] if "▲" in line else ""
            assert not re.match(r" \d+ [A-Z][a-z]+ \d{4} \w", after), line
            await pilot.press("j", "j", "j", "j")


def test_the_doubtful_events_of_a_view_are_those_that_a_filter_finds() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    query = parse_query("status:claimed status:disputed status:denied", view.vocabulary).query
    assert list(view.doubtful) == list(view.find(query)) != []

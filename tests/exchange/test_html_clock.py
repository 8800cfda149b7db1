"""The clock of the HTML page: each of its steps shows what an export as known on that day shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.pages import PageAt
from tests.support.report_views import bundled
from timeline_tui.exchange.html.clock import Clock
from timeline_tui.exchange.html.context import Page, PageContext
from timeline_tui.exchange.html.page import write

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View


def steps_of(view: View) -> list[int]:
    return list(Clock(PageContext(view, Page(view))).days)


def without_elsewhere(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(id_, re.sub(r" ?\[\]", "", text)) for id_, text in texts]


def assert_same_at_each_step(view: View, every: int = 1) -> None:
    """A page at each step of its clock is the page of the view as known on that day."""
    text = write(view).text
    for step, day in list(enumerate(steps_of(view)))[::every]:
        there, then = PageAt(text, step), PageAt(write(view.known_by(day)).text)
        assert there.articles() == then.articles(), view.day_in_words(day)
        for name in ("actors", "places", "unsupported"):
            assert sorted(there.items(name)) == sorted(then.items(name)), (name, view.day_in_words(day))


def test_each_step_of_the_bundled_story_shows_what_was_known_on_its_day() -> None:
    assert_same_at_each_step(bundled(), every=7)

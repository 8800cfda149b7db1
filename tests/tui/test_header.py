"""The top line counts what is wrong with a file."""

from __future__ import annotations

import pytest

from tests.support.screens import BUNDLED, screen_text, timeline_app
from timeline_tui.model.problems import Code, Problem, Severity
from timeline_tui.tui.widgets.header import TimelineHeader, notice_of

ERROR, WARNING, REMARK = (
    Problem("a.yaml", 1, 1, severity, Code.SAME_WORDS, "words")
    for severity in (Severity.ERROR, Severity.WARNING, Severity.REMARK)
)


@pytest.mark.parametrize(
    ("problems", "notice"),
    [
        ((), ""),
        ((REMARK, REMARK), ""),
        ((WARNING, REMARK), " · 1 problem (p)"),
        ((ERROR, WARNING), " · 2 problems (p)"),
    ],
)
def test_errors_and_warnings_are_counted_and_remarks_are_not(
    problems: tuple[Problem, ...], notice: str
) -> None:
    assert notice_of(problems) == notice


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("query", ["", "actor:choe", "actor:choe kind:statement status:confirmed north"])
async def test_the_header_is_never_cut_within_a_word(width: int, query: str) -> None:
    app = timeline_app(BUNDLED, query)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("T")
        await pilot.pause()
        view = app.screen.query_one(TimelineHeader).view
        assert view is not None
        words = {*view.title.split(), *view.sentence.split(), "…"}
        shown = screen_text(app).splitlines()[0]
        assert set(shown.split()) <= words
        assert shown.endswith(" ")

"""The top line counts what is wrong with a file."""

from __future__ import annotations

import pytest

from timeline_tui.model.problems import Code, Problem, Severity
from timeline_tui.tui.widgets.header import notice_of

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

from __future__ import annotations

import pytest

from timeline_tui.cli.check import reporter
from timeline_tui.model.problems import Problem, Severity


def annotated(path: str = "a.yaml", line: int = 3, message: str = "m", hint: str = "") -> str:
    [text] = reporter("github")([Problem(path, line, 4, Severity.ERROR, "bad-date", message, hint)])
    return text


def test_an_annotation_has_the_place_the_code_and_the_hint() -> None:
    assert annotated(hint="h") == "::error file=a.yaml,line=3,col=4,title=bad-date::m (h)"
    assert annotated(line=0) == "::error file=a.yaml,title=bad-date::m"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("a:b,c%.yaml", "a%3Ab%2Cc%25.yaml"),
        ("a  b.yaml", "a  b.yaml"),
        ("a\nb.yaml", "a%0Ab.yaml"),
        ("%0A.yaml", "%250A.yaml"),
        ("a\x1b[1m.yaml", "a‹U+001B›[1m.yaml"),
    ],
)
def test_an_annotation_keeps_the_name_of_the_file(path: str, written: str) -> None:
    assert annotated(path) == f"::error file={written},line=3,col=4,title=bad-date::m"


def test_a_message_neither_ends_nor_starts_a_workflow_command() -> None:
    text = annotated(message="50% of\r\n::error file=b::this, \x1b[1m", hint="100%")
    assert text.endswith("::50%25 of ::error file=b::this, ‹U+001B›[1m (100%25)")
    assert text.isprintable()

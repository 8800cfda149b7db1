"""Files made to cost more than they are worth: little time, little memory, one clear message."""

from __future__ import annotations

import pytest

from tests.support.work import counted_calls
from timeline_tui.model.problems import Severity
from timeline_tui.reading.reader import Reading, read_text


def read(text: str) -> Reading:
    return read_text(text.encode(), "f.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "title: x\nevents:\n- " + "[" * 100_000 + "\n",
        "title: x\nfoo: " + "{a: " * 100_000 + "\nevents: []\n",
        "title: x\nfoo:\n" + "- " * 100_000 + "\nevents: []\n",
        "title: x\na: &a ["
        + "x," * 999
        + "x]\nb: &b ["
        + "*a," * 999
        + "*a]\nc: ["
        + "*b," * 999
        + "*b]\nevents: []\n",
    ],
    ids=["lists", "maps", "dashes", "bomb"],
)
def test_a_trap_is_one_error_with_little_work(text: str) -> None:
    with counted_calls() as calls:
        reading = read(text)
    assert calls.count < 50_000
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert 1 <= len(errors) <= 2


def test_reading_stops_after_a_thousand_syntax_errors() -> None:
    rows = "".join(f"- id: e{number}\n  date: 2024\n  title: a: b\n" for number in range(20_000))
    with counted_calls() as calls:
        reading = read("title: x\nevents:\n" + rows)
    assert calls.count < 1_000_000
    assert [problem.code for problem in reading.problems] == ["yaml-syntax"] * 1_000 + ["too-many"]


def test_reading_stops_after_a_thousand_misplaced_lines() -> None:
    reading = read("title: x\nevents:\n  - id: a\n    date: 2024\n    title: b\n" + " - foo bar\n" * 5_000)
    assert len(reading.events) == 1
    assert [problem.code for problem in reading.problems] == ["bad-indent"] * 1_000 + ["too-many"]


def test_bytes_of_another_encoding_are_one_error() -> None:
    reading = read_text(bytes(range(256)) * 40, "f.yaml")
    assert [problem.code for problem in reading.problems] == ["bad-encoding"]
    assert reading.header is None


def test_problems_without_end_are_counted() -> None:
    reading = read("title: x\nevents:\n" + "- \n" * 10_050)
    assert len(reading.problems) == 10_001
    assert "50 more" in reading.problems[0].message + reading.problems[-1].message

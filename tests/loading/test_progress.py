"""How far the reading of a file has come."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.loading import progress as module
from timeline_tui.loading.progress import (
    Progress,
    Reporter,
    bar,
    percent,
    progress_in_words,
    reading_in_words,
)


def test_the_time_left_follows_from_what_is_done() -> None:
    assert Progress(0.25, 0, 0, 10).left == 30
    assert Progress(1, 0, 0, 10).left == 0


@pytest.mark.parametrize(
    "progress", [Progress(0, 0, 0, 10), Progress(0.01, 0, 0, 10), Progress(0.5, 0, 0, 0.9)]
)
def test_no_remaining_time_is_shown_before_it_can_be_estimated(progress: Progress) -> None:
    assert progress.left is None
    assert "left" not in progress_in_words(progress)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (
            Progress(0.43, 573_000_000, 430_000, 18.9),
            "43 % of 573 MB · 430,000 events read · about 25 s left",
        ),
        (Progress(0.5, 0, 7, 0.5), "50 % · 7 events read"),
        (Progress(0.999, 2_000_000, 9, 2), "99 % of 2 MB · 9 events read · about 1 s left"),
        (Progress(0.1, 0, 9, 10), "10 % · 9 events read · about 2 min left"),
        (Progress(0.5, 0, 9, 89), "50 % · 9 events read · about 89 s left"),
    ],
)
def test_progress_is_put_into_words(progress: Progress, words: str) -> None:
    assert progress_in_words(progress) == words


def test_control_characters_in_a_file_name_are_visible() -> None:
    words = reading_in_words("\x1b]0;x\x07\nb.yaml", Progress(0.5, 0, 7, 0))
    assert words == "Reading ‹U+001B›]0;x‹U+0007› b.yaml: 50 % · 7 events read"


def test_not_all_is_done_until_all_is_done() -> None:
    assert (percent(0), percent(0.9999), percent(1)) == ("0 %", "99 %", "100 %")


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "    "), (0.5, "██  "), (0.53125, "██▏ "), (0.9, "███▋"), (1, "████"), (7, "████")],
)
def test_a_bar_is_filled_to_an_eighth_of_a_cell(share: float, shown: str) -> None:
    assert bar(share, 4) == shown


@given(st.floats(min_value=-1, max_value=2), st.integers(min_value=0, max_value=200))
def test_a_bar_is_as_wide_as_it_was_asked_to_be(share: float, cells: int) -> None:
    assert len(bar(share, cells)) == cells


def test_reports_are_no_more_frequent_than_requested_except_for_forced_ones() -> None:
    told: list[Progress] = []
    reporter = Reporter(told.append, every=3_600)
    reporter.report(0.1, 1)
    assert told == []
    reporter.size = 5
    reporter.report_now(0.5, 2)
    reporter.report(0.6, 3)
    assert [(progress.share, progress.size, progress.events) for progress in told] == [(0.5, 5, 2)]


def test_reports_are_as_frequent_as_requested(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Progress] = []
    clock = SimpleNamespace(now=0)
    monkeypatch.setattr(module, "monotonic", lambda: clock.now)
    reporter = Reporter(told.append, every=3)
    for second in range(1, 10):
        clock.now = second
        reporter.report(0.5, 1)
    assert [progress.seconds for progress in told] == [3, 6, 9]

"""Under the clock no page holds a word that only something of a later day says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.everything_shown import exports, pages
from tests.support.screens import SHIPMENT, TODAY
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID_FROM = {
    "cargo arrived": "2022-09-10",
    "Lowport": "2022-09-20",
    "another one": "2022-09-20",
    "wire-correction": "2022-09-20",
    "disputed": "2022-09-22",
    "Northland Gazette": "2022-09-22",
    "Statement of the ministry": "2022-09-22",
    "example.org/denial": "2022-09-22",
    "Es gibt": "2022-09-22",
    "at most 100": "2022-09-22",
    "Jester": "2022-10-01",
    "brass band": "2022-10-01",
    "1,000,000": "2022-10-01",
    "two ships": "2023-02-01",
    "cargo list": "2023-02-01",
    "Open Ledger": "2023-02-01",
    "8,000 to 10,000": "2023-02-01",
    "The list names": "2023-02-10",
    "Foreign Minister": "2023-04-01",
    "31 March 2023": "2023-03-31",
    "etracted on": "2023-05-01",
    "forged": "2023-05-01",
    "Half of": "2024-06-19",
    "communiqué": "2024-06-19",
    "Government of Southland": "2024-06-19",
    "confirmed it": "2024-06-19",
    "Both states": "2024-06-19",
    "Settled on": "2024-06-19",
    "9,000 shells": "2024-06-19",
    "For training": "2024-06-20",
    "ithdrawn": "2024-06-21",
    "own figure": "2024-07-01",
    "12,000": "2024-07-01",
}
"""Words of the file, and the day from which something that holds them is known."""

DAYS = [
    "2022-09-05", "2022-09-06", "2022-09-12", "2022-09-20", "2022-09-22", "2022-12-31", "2023-02-05",
    "2023-04-15", "2024-06-18", "2024-06-19", "2024-06-30", "2024-07-01",
]  # fmt: skip


def whole() -> View:
    return View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)


def on(day: str) -> View:
    return whole().known_by(parse_date(day).earliest)


_LOOKS = re.compile(r"<style>.*?</style>|<script>.*?</script>| class=\"[^\"]*\"", re.DOTALL)


def everything(view: View) -> Iterator[tuple[str, str]]:
    yield from pages(view, SHIPMENT)
    for name, text in exports(view):
        # The looks and the script of a page are the same on every day, and name every status.
        yield name, _LOOKS.sub("", text) if name == "html" else text


def told_later(view: View, day: str) -> list[tuple[str, str]]:
    later = [words for words, known in SAID_FROM.items() if known > day]
    return [(name, words) for name, text in everything(view) for words in later if words in text]


@pytest.mark.parametrize("day", DAYS)
def test_no_page_says_what_was_known_only_later(day: str) -> None:
    assert told_later(on(day), day) == []


@pytest.mark.parametrize("day", DAYS)
def test_no_page_says_what_was_known_only_later_without_a_source_that_came_later(day: str) -> None:
    assert told_later(on(day).without_sources(["wire", "joint"]), day) == []


def test_the_words_are_there_from_their_day_on() -> None:
    # Otherwise the tests above would prove nothing.
    for words, day in SAID_FROM.items():
        assert any(words in text for _, text in everything(on(day))), words

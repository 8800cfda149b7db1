"""The timelines that the program is measured with are timelines as the program wants them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.dating import Calendar
from bench.generate import LINKED, timeline, title_of, write_timeline
from bench.vocabulary import COMMON_WORD, PLACES, RARE_WORD, TITLES
from timeline_tui.checking.references import check
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.reading.reader import read_timeline
from timeline_tui.text.similar import similar_titles

if TYPE_CHECKING:
    from pathlib import Path

TODAY = from_civil(2026, 1, 1)
COUNT = 200


@pytest.mark.parametrize("count", [0, 1, 7, COUNT, 3_000])
def test_a_made_up_timeline_of_any_length_has_that_many_events_and_no_problems(
    tmp_path: Path, count: int
) -> None:
    path = tmp_path / "made-up.yaml"
    write_timeline(path, count)
    reading = read_timeline(path)
    assert list(map(str, check(reading, today=TODAY))) == []
    assert len(reading.events) == count


@pytest.mark.parametrize("count", [0, 1, 7, 3_000])
def test_a_made_up_timeline_that_changes_has_no_problems_either(tmp_path: Path, count: int) -> None:
    path = tmp_path / "made-up.yaml"
    write_timeline(path, count, changing=True)
    reading = read_timeline(path)
    assert list(map(str, check(reading, today=TODAY))) == []
    assert len(reading.events) == count


@pytest.mark.parametrize("number", range(3, 300, LINKED))
def test_an_event_that_answers_another_one_of_its_day_is_never_dated_before_it(number: int) -> None:
    calendar = Calendar(100_000, Random(number))  # noqa: S311  it makes up stories, not keys
    assert "+09:00" not in calendar.date(number, answers=True)


def test_the_same_seed_makes_up_the_same_story_and_another_seed_another_one() -> None:
    assert "".join(timeline(COUNT, seed=3)) == "".join(timeline(COUNT, seed=3))
    assert "".join(timeline(COUNT, seed=3)) != "".join(timeline(COUNT, seed=4))


def test_half_of_the_texts_hold_the_common_word_and_one_in_five_thousand_the_rare_one() -> None:
    story = "".join(timeline(10_000))
    assert story.count(COMMON_WORD) == pytest.approx(5_000, rel=0.05)
    assert story.count(RARE_WORD) == 2


def test_an_event_takes_about_580_bytes() -> None:
    assert len("".join(timeline(10_000)).encode()) / 10_000 == pytest.approx(580, rel=0.05)


def test_some_actors_are_in_many_events_and_most_in_few(tmp_path: Path) -> None:
    path = tmp_path / "made-up.yaml"
    write_timeline(path, 3_000)
    events = read_timeline(path).events
    first, middle = (sum(f"actor-{number}" in event.actors for event in events) for number in (0, 100))
    assert first > 20 * middle


def test_texts_and_quotes_are_of_every_length(tmp_path: Path) -> None:
    path = tmp_path / "made-up.yaml"
    write_timeline(path, 3_000)
    events = read_timeline(path).events
    texts = sorted(len(event.text) for event in events)
    quotes = sorted(len(quote.text) for event in events for quote in event.quotes)
    assert texts[0] == 0
    assert min(filter(None, texts)) < 60
    assert texts[-1] > 3_000
    assert quotes[0] < 70
    assert quotes[-1] > 400


@pytest.mark.parametrize("turns", [1, 2, 24])
def test_titles_stay_apart_when_their_words_come_again(turns: int) -> None:
    numbers = range(1, 31)
    again = [number + turns * TITLES for number in numbers]
    titles = [title_of(number, "Arkadia", PLACES[number % len(PLACES)]) for number in (*numbers, *again)]
    assert similar_titles(titles) == []

"""Texts that are kept compressed are given back by number, and found by what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.text import kept_texts
from timeline_tui.text.kept_texts import KeptTexts, Repeats

RUNS = st.lists(st.lists(st.text("abc", max_size=2), max_size=5), max_size=6)


@pytest.fixture(autouse=True)
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_texts, "_RUN", 3)


@examples(100)
@given(RUNS, st.sets(st.integers(0, 29)), st.sets(st.text("abc", max_size=2)))
def test_texts_are_as_they_were_added(runs: list[list[str]], numbers: set[int], wanted: set[str]) -> None:
    texts = [text for run in runs for text in run]
    kept, repeats = KeptTexts(), Repeats()
    for run in runs:
        kept.add(run)
        repeats.add(run)
    assert [*kept] == texts
    assert len(kept) == len(texts)
    there = {number for number in numbers if number < len(texts)}
    assert kept.at(there) == {number: texts[number] for number in there}
    assert kept.numbers_of(wanted) == {text: texts.index(text) for text in wanted if text in texts}
    assert repeats.found() == (len(set(texts)) < len(texts))


def test_a_repeated_text_is_noticed_long_before_the_end() -> None:
    repeats = Repeats()
    for number in range(10):
        repeats.add([f"{number}-{offset}" for offset in range(100)])
        repeats.add(["the same"])
    assert repeats.found_early()
    assert not repeats.found_early()

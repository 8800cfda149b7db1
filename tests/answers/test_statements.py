from __future__ import annotations

import pytest

from tests.support.stories import story
from timeline_tui.answers.statements import claim_in_words, quoted
from timeline_tui.model.records import Claim, QuoteKind


@pytest.mark.parametrize(("kind", "shown"), [("direct", "“Go”"), ("satire", "“Go”"), ("paraphrase", "Go")])
def test_a_paraphrase_is_never_quoted(kind: QuoteKind, shown: str) -> None:
    assert quoted(kind, "Go") == shown


@pytest.mark.parametrize(
    ("about", "value", "words"),
    [
        ("troops", "8000..", "at least 8,000 soldiers"),
        ("troops", "no\ncomment\u202e", "no comment‹U+202E›"),
        ("unknown", "~5", "about 5"),
    ],
)
def test_figures_have_the_unit_of_their_topic_and_texts_have_none(about: str, value: str, words: str) -> None:
    assert claim_in_words(story(), Claim(about=about, by="russia", value=value)) == words


def test_a_very_long_answer_is_cut() -> None:
    assert claim_in_words(story(), Claim(about="troops", by="russia", value="never " * 1_000), 5) == "never"

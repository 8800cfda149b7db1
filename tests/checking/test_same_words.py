from __future__ import annotations

import re

import msgspec
import pytest

from timeline_tui.checking.references import check
from timeline_tui.checking.same_words import LEAST, printed_in, report_same_words
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.loading.bundled import bundled_timeline
from timeline_tui.model.problems import Problem, ProblemLog, Severity
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_text

SAID = "we will always stand firmly by our comrades until the day of victory"


def remarks(
    *,
    derived: str = "",
    language: str = "en",
    quote: str = "translated_from: ko, ",
    said: str = f"They say: {SAID}!",
    kind: str = "wire",
) -> list[Problem]:
    text = f"""\
format: 1.1
title: T
sources:
  early: {{title: A, date: 2024-11-01, url: "https://example.org/1", language: en, kind: {kind}}}
  late: {{title: B, date: 2024-11-02, url: "https://example.org/2", language: {language}{derived}}}
actors:
  choe: {{name: Choe}}
events:
  - date: 2024-11-01
    title: Talks
    quotes:
      - {{speaker: choe, text: "{SAID}", language: en, {quote}sources: [early], wordings: [
          {{text: "{said}", language: en, sources: [late]}},
          {{text: "승리의 날까지", language: ko, original: true}}]}}
"""
    reading = read_text(text.encode(), "f.yaml")
    assert not reading.problems
    return [one for one in check(reading, today=from_civil(2025, 1, 1)) if one.code == "same-words"]


def test_two_sources_with_the_same_translation_are_named_in_their_likely_order() -> None:
    (remark,) = remarks()
    assert (remark.line, remark.severity) == (5, Severity.REMARK)
    assert remark.message.startswith("the sources early and late print the same words: “we will always stand")
    assert remark.hint == "if it repeats early, which is earlier (2024-11-01), write derived_from: early"


def test_a_re_post_that_the_file_names_is_not_remarked_on() -> None:
    assert remarks(derived=", derived_from: early") == []


def test_sources_of_different_languages_do_not_repeat_each_other() -> None:
    assert remarks(language="fr") == []


def test_two_who_put_a_sentence_into_words_agree_on_a_part_of_it() -> None:
    assert remarks(said="she said we will always stand firmly by our comrades in war and in peace") == []


@pytest.mark.parametrize(("kind", "number"), [("official", 0), ("report", 1)])
def test_who_prints_the_words_of_an_official_page_quotes_it(kind: str, number: int) -> None:
    assert len(remarks(kind=kind)) == number


def runs_of(text: str) -> set[tuple[str, ...]]:
    split = text.split(" ")
    return {tuple(split[start : start + LEAST]) for start in range(len(split) - LEAST + 1)}


def test_hidden_re_posts_of_the_story_are_found_again_wherever_it_has_words_of_both() -> None:
    reading = read_text(bundled_timeline().read_bytes(), "timeline.yaml")
    header, log = reading.header, ProblemLog("timeline.yaml")
    assert isinstance(header, Header)
    named = {(parent, id_) for id_, source in header.sources.items() for parent in source.derived_from}
    bare = {id_: msgspec.structs.replace(each, derived_from=()) for id_, each in header.sources.items()}
    printed = [each for event in reading.events for each in printed_in(event)]
    report_same_words(msgspec.structs.replace(header, sources=bare), printed, log)
    found = {
        tuple(sorted(re.findall(r"the sources (\S+) and (\S+) print", one.message)[0]))
        for one in log.by_line()
    }
    runs: dict[str, set[tuple[str, ...]]] = {}
    for each in printed:
        runs.setdefault(each.source, set()).update(runs_of(each.text))
    alike = {tuple(sorted(pair)) for pair in named if runs.get(pair[0], set()) & runs.get(pair[1], set())}
    assert len(alike) >= 4
    assert alike <= found
    # The figures that the page on the story gives.
    assert (len(named), len(found), len(found & {tuple(sorted(pair)) for pair in named})) == (19, 11, 7)

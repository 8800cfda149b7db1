"""What has lost all its sources: marked in reports, and told where a format has no mark."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import HARBOUR, TODAY
from timeline_tui.answers.support import fallen_counts
from timeline_tui.exchange import registry
from timeline_tui.exchange.registry import FALLEN_MARKS
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = """
format: 1.1
title: T
sources:
  gone: {title: Blue report, publisher: Blue, date: 2024-01-01, url: "https://example.org/"}
  left: {title: Green report, publisher: Green, date: 2024-01-01, url: "https://example.org/2"}
  back: {title: Red report, date: 2024-01-01, retracted: {known: 2024-03-01, by: Red}}
actors: {ann: {name: Ann}}
topics: {many: {question: How many?}}
events:
  - date: 2024-01-02
    title: All of it
    sources: [gone]
    status:
      - {is: claimed, by: ann, sources: [left]}
      - {is: confirmed, known: 2024-02-01, sources: [gone]}
    updates: [{known: 2024-02-02, title: "Renamed", text: More., sources: [gone]}]
    outcome: [{text: One., sources: [left]}, {text: Two., known: 2024-02-03, sources: [gone]}]
    quotes:
      - speaker: ann
        text: Yes.
        sources: [gone]
        status: [{is: withdrawn, sources: [gone]}]
        wordings: [{text: Ja., sources: [left]}, {text: Oui., sources: [gone]}]
      - {speaker: ann, text: Stands., sources: [left], status: confirmed}
    claims:
      - {about: many, by: ann, value: 3, sources: [gone], status: [{is: disputed, sources: [gone]}]}
      - {about: many, by: ann, value: 4, sources: [left]}
  - {date: 2024-01-03, title: Retracted, sources: [back]}
  - {date: 2024-01-04, title: Stands, sources: [left]}
"""


@pytest.fixture
def view(tmp_path: Path) -> View:
    file = tmp_path / "t.yaml"
    file.write_text(EVERYTHING, encoding="utf-8")
    return View(open_timeline(file, today=TODAY).index, today=TODAY)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_report_marks_each_statement_that_has_fallen_and_no_other(view: View, name: str) -> None:
    events, _, _ = registry.write(view, name).text.partition("</main>")
    assert events.count("∅ rests only on") == 1
    without = view.taking_away("gone")
    exported = registry.write(without, name)
    # An update with a text and a title is two sentences, each with the mark.
    events, _, _ = exported.text.partition("</main>")
    assert events.count("∅ rests only on") == fallen_counts(without).total() + 1 == 11
    assert "∅ rests only on Blue, taken away" in exported.text
    assert not exported.lost[FALLEN_MARKS]


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_report_of_a_real_story_marks_all_that_falls(name: str) -> None:
    whole = View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY)
    without = whole.taking_away("wire").taking_away("minutes")
    marks = registry.write(without, name).text.count("∅ rests only on")
    assert marks >= fallen_counts(without).total() > 0


@pytest.mark.parametrize("name", [name for name, each in registry.FORMATS.items() if each.fallen == "lost"])
def test_a_format_without_a_mark_counts_what_has_fallen_in_its_view(view: View, name: str) -> None:
    assert registry.write(view, name).lost[FALLEN_MARKS] == 1
    without = view.taking_away("gone")
    assert registry.write(without, name).lost[FALLEN_MARKS] == fallen_counts(without).total() == 10
    stands = without.with_query(parse_query("2024-01-04", without.vocabulary).query)
    assert stands.count == 1
    assert registry.write(stands, name).lost[FALLEN_MARKS] == 0


@pytest.mark.parametrize("name", ["yaml", "json", "jsonl"])
def test_our_own_formats_have_the_retractions_and_lose_only_what_was_taken_away(
    view: View, name: str
) -> None:
    exported = registry.write(view, name)
    assert "retracted" in exported.text
    assert not exported.lost[FALLEN_MARKS]
    assert registry.write(view.taking_away("gone"), name).lost[FALLEN_MARKS] == 10


@pytest.mark.parametrize("name", ["csl-json", "bibtex", "markdown", "html"])
def test_a_list_of_sources_says_which_are_taken_away_and_retracted(view: View, name: str) -> None:
    text = registry.write(view.taking_away("gone"), name).text
    assert text.count("Taken away in this view") == 1
    assert "Retracted on 1 March 2024 by Red" in text


def test_corrections_of_a_source_are_in_the_notes_of_a_bibliography(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    correction = "corrections: [{known: 2024-02-01, text: Not nine.}]"
    head = "format: 1.1\ntitle: T\nsources: {s: {title: S, " + correction + "}}\n"
    file.write_text(f"{head}events: [{{date: 2024, title: A, sources: [s]}}]\n", encoding="utf-8")
    view = View(open_timeline(file, today=TODAY).index, today=TODAY)
    (item,) = json.loads(registry.write(view, "csl-json").text)
    assert "Corrected on 1 February 2024: Not nine" in item["note"]
    assert "Corrected on 1 February 2024: Not nine" in registry.write(view, "bibtex").text

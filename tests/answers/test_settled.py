"""What a question came to, beside what had been said about it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.support.screens import SHIPMENT, TODAY
from timeline_tui.answers.claims import topic_claims
from timeline_tui.answers.settled import Settlement, distance_in_words, settlement_of
from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.figures import parse_figure
from timeline_tui.pages.claims import claims_page
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View


def shipment() -> View:
    return View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)


def on(text: str) -> View:
    return shipment().known_by(parse_date(text).earliest)


def settled(view: View, topic: str = "shells") -> Settlement:
    found = settlement_of(topic_claims(view, topic))
    assert found is not None
    return found


def page(view: View, topic: str = "shells") -> str:
    return "\n".join(line.text.rstrip() for line in claims_page(view, topic, 100).lines)


def test_a_question_is_not_settled_before_its_day() -> None:
    assert settlement_of(topic_claims(on("2024-06-18"), "shells")) is None
    assert "Settled" not in page(on("2024-06-18"))
    assert "Settled on 19 June 2024: 9,000 shells" in page(on("2024-06-19"))


def test_it_says_who_had_said_what_how_far_off_and_how_long_before() -> None:
    view = shipment()
    said = [
        (view.actor_name(each.claim.claim.by), each.claim.claim.value, each.distance, each.ahead)
        for each in settled(view).before
    ]
    assert said == [
        ("Institute for Freight", "6000", "3,000 below", "21 months before"),
        ("Southland", "..100", "8,900 below", "21 months before"),
    ]


def test_satire_stands_apart_and_dissent_since_then_stays_beside_the_answer() -> None:
    found = settled(shipment())
    assert [one.claim.value for one in found.satire] == ["1_000_000"]
    assert [one.claim.value for one in found.since] == ["12000"]
    assert not any(one in found.satire for each in found.before for one in (each.claim, *each.revised))


def test_text_answers_are_listed_and_not_compared() -> None:
    (earlier,) = settled(shipment(), "purpose").before
    assert (earlier.claim.claim.value, earlier.distance) == ("For the front", "")


def test_an_answer_whose_sources_are_taken_away_says_so() -> None:
    assert "∅ rests only on Government of Southland, taken away." in page(shipment().taking_away("joint"))


STORY = """\
format: 1.1
title: T
sources:
  wire: {title: A wire, date: 2024-01-01, url: https://example.org/1}
  copy: {title: A copy, date: 2024-01-01, url: https://example.org/2, derived_from: wire}
actors:
  ann: {name: Ann}
  ben: {name: Ben}
topics:
  many: {question: How many?, settled: SETTLED}
events:
  - date: 2024-01-01
    title: They count
    claims:
      - {about: many, by: ann, value: 5, date: 2024-01-02}
      - {about: many, by: ann, value: 8..12, date: 2024-01-05}
      - {about: many, by: ben, value: 10, date: 2024-01-03, sources: [copy]}
      - {about: many, by: ben, value: 20, date: 2024-01-20}
"""


def story(answers: str) -> View:
    text = dedent(STORY).replace("SETTLED", answers).encode()
    reading = read_text(text, "x.yaml")
    assert reading.header is not None
    return View(Index.build(reading.header, reading.events), today=TODAY)


def test_a_speakers_last_word_is_compared_and_what_was_revised_is_named() -> None:
    (earlier,) = settled(story("{value: 10, as_of: 2024-01-10, known: 2024-02-01}"), "many").before
    assert earlier.claim.claim.value == "8..12"
    assert [one.claim.value for one in earlier.revised] == ["5"]
    assert earlier.distance == "a range that includes it"
    shown = page(story("{value: 10, as_of: 2024-01-10, known: 2024-02-01}"), "many")
    assert "revised from 5 (2 January 2024)" in " ".join(shown.split())


def test_re_posts_and_claims_of_later_days_stand_apart() -> None:
    found = settled(story("{value: 10, as_of: 2024-01-10, known: 2024-02-01}"), "many")
    assert [one.claim.value for one in found.reposts] == ["10"]
    assert [one.claim.value for one in found.other_days] == ["20"]


def test_what_is_said_on_the_day_of_the_answer_is_no_earlier_claim() -> None:
    found = settled(story("{value: 10, as_of: 2024-01-20, known: 2024-01-20}"), "many")
    assert [one.claim.value for one in found.since] == ["20"]
    assert [each.claim.claim.value for each in found.before] == ["8..12"]


def test_without_a_day_all_earlier_claims_are_compared() -> None:
    found = settled(story("{value: 10, known: 2024-02-01}"), "many")
    assert [each.claim.claim.value for each in found.before] == ["8..12", "20"]


def test_a_question_that_is_opened_again_compares_nothing() -> None:
    view = story("[{value: 10, known: 2024-02-01}, {open: true, known: 2024-03-01}]")
    assert settlement_of(topic_claims(view, "many")) is None
    shown = page(view, "many")
    assert "Open again since 1 March 2024" in shown
    assert "What each had said last" not in shown
    earlier = view.known_by(parse_date("2024-02-15").earliest)
    assert settlement_of(topic_claims(earlier, "many")) is not None


@pytest.mark.parametrize(
    ("claimed", "answer", "words"),
    [
        ("9000", "9000", "the same figure"),
        ("8000..10000", "9000", "a range that includes it"),
        ("8000..", "9000", "a range that includes it"),
        ("..8000", "9000", "1,000 below"),
        ("12000", "8000..10000", "2,000 above"),
        ("9000", "8000..10000", "within that range"),
        ("9000..11000", "8000..10000", "a range that overlaps it"),
        ("1.5", "2.25", "0.75 below"),
    ],
)
def test_the_distance_of_figures_is_given_in_figures_and_words(claimed: str, answer: str, words: str) -> None:
    first, second = parse_figure(claimed), parse_figure(answer)
    assert first is not None
    assert second is not None
    assert distance_in_words(first, second) == words

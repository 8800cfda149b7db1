from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.checking.mentions import mentions
from timeline_tui.checking.references import check
from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.reading.reader import read_text

TODAY = from_civil(2026, 1, 1)
HEAD = """\
format: 1.1
title: T
sources:
  tass: {title: Tass, date: 2024-06-20, url: "https://example.org/x"}
actors:
  putin: {name: Vladimir Putin}
"""


def found(text: str) -> list[str]:
    """Line and words of each warning of hindsight in a file."""
    reading = read_text(text.encode(), "f.yaml")
    assert not reading.problems
    problems = check(reading, today=TODAY)
    return [
        f"{problem.line} {', '.join(re.findall('“(.+?)”', problem.message))}"
        for problem in problems
        if problem.code == "hindsight"
    ]


def in_event(row: str) -> list[str]:
    return [line.partition(" ")[2] for line in found(f"{HEAD}events:\n  - {{{row}}}\n")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kim leaves on 18 June and is in Hanoi on 22 June.", ["22 June"]),
        ("KCNA follows with the news the next morning.", ["the next morning"]),
        ("Kim sees him a day later.", ["a day later"]),
        ("He speaks of it on the 22nd.", ["the 22nd"]),
        ("It is in force since December 2024.", ["December 2024"]),
        ("The pact of 2025 goes further.", ["of 2025"]),
        ("The vote and any fighting are still to come.", ["still to come"]),
        ("The later figures are higher.", ["later"]),
        ("He sees the then secretary of the council.", ["the then secretary"]),
        ("The parliament votes on 24 October.", ["24 October"]),
    ],
)
def test_a_text_that_tells_what_came_later_is_hindsight(text: str, words: list[str]) -> None:
    assert in_event(f"date: 2024-06-19, title: A, text: {text!r}") == words


@pytest.mark.parametrize(
    "text",
    [
        "The council is to vote on 6 November.",
        "A visit is planned for 2025.",
        "The deadline is 1 July.",
        "He says: “We meet again on 1 July, and later too.”",
        "He comes back later that day.",
        "It is the first since February 2022.",
        "A Jun of the 38th parallel speaks; 2,025 soldiers march.",
        "It happened in December.",
    ],
)
def test_what_was_known_or_announced_on_the_day_is_no_hindsight(text: str) -> None:
    expected = ["in December"] if "December" in text else []
    assert in_event(f"date: 2024-06-19, title: A, text: {text!r}") == expected


def test_what_has_its_own_day_is_measured_by_that_day() -> None:
    row = "date: 2024-06-19, title: A, text: Signed., "
    assert in_event(row + "updates: [{known: 2024-06-22, text: On 22 June he speaks of it.}]") == []
    assert in_event(row + "updates: [{known: 2024-06-22, text: On 23 June he speaks of it.}]") == ["23 June"]
    quote = "quotes: [{speaker: putin, text: It is good on 1 July 2030., note: "
    assert in_event(row + quote + "Printed on 5 July.}]") == ["5 July"]
    assert in_event(row + quote + "{text: Later printed on 5 July., known: 2024-07-05}}]") == []


def test_a_plan_that_is_known_by_then_may_be_named() -> None:
    rows = "  - {date: 2024-06-19, title: A, text: Of the vote on 6 November.}\n"
    plan = "  - {date: 2024-11-06, known: 2024-06-01, title: The council votes}\n"
    assert found(f"{HEAD}events:\n{rows}") == ["8 6 November"]
    assert found(f"{HEAD}events:\n{rows}{plan}") == []


def test_an_actor_is_shown_from_the_first_event_that_names_it() -> None:
    head = """\
format: 1.1
title: T
actors:
  a: {name: Russia, role: Party to the treaty}
  b: {name: Kuleba, role: Foreign Minister (2022)}
  c: {name: Shoigu, role: "Defence Minister, then secretary"}
  d: {name: Kim, description: Misprinted in a report of December 2024.}
  e: {name: Trump, roles: [{role: President-elect, from: 2024-11-06}]}
topics:
  shells: {question: How many?, description: The later figures are estimates.}
events:
  - {date: 2022-07-13, title: Talks of Trump the president-elect, actors: [a, b, c, d, e]}
  - {date: 2022-07-14, title: A, claims: [{about: shells, by: a, value: 7}]}
  - {date: 2024-06-19, title: The treaty is signed}
"""
    assert found(head) == [
        "4 the treaty", "5 2022", "6 then", "7 December 2024", "10 later", "12 President-elect",
    ]  # fmt: skip


def test_a_status_that_rests_on_a_later_denial_is_hindsight() -> None:
    text = """\
format: 1.1
title: T
events:
  - {id: a, date: 2022-09-05, title: A, STATUS}
  - {date: 2022-09-22, title: B, links: {denies: a}}
"""
    assert found(text.replace("STATUS", "status: disputed")) == ["4 "]
    assert found(text.replace("STATUS", "known: 2022-09-22, status: disputed")) == []
    history = "status: [{is: claimed}, {is: disputed, known: 2022-09-22}]"
    assert found(text.replace("STATUS", history)) == []


def test_other_languages_are_looked_at_for_iso_dates_only() -> None:
    text = "title: T\nlanguage: de\nevents:\n  - {date: 2024-06-19, title: A, text: later then 2024-07-01}\n"
    assert found(text) == ["4 2024-07-01"]


PHRASES = (
    "on 24 October", "in May", "the next day", "a week later", "later", "by then", "in 2025", "2024-12-31",
    "the 22nd", "March 2023", "x.",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PHRASES), max_size=6).map(" ".join)


@given(TEXTS, st.integers(0, 900), st.integers(0, 900))
def test_what_becomes_known_later_never_has_more_hindsight(text: str, first: int, more: int) -> None:
    def written(day: int) -> list[str]:
        year, month, number = to_civil(from_civil(2023, 6, 1) + day)
        words = in_event(f"date: 2023-06-01, known: {year}-{month:02}-{number:02}, title: A, text: {text!r}")
        return [each for line in words for each in line.split(", ")]

    assert set(written(first + more)) <= set(written(first))


@given(st.text(max_size=60), st.integers(-3_000_000, 3_000_000))
def test_any_text_is_understood(text: str, start: int) -> None:
    for mention in mentions(f"on 31 {text} the 31st of June, a year later {text}", start):
        assert mention.first <= mention.last

"""How a record came to stand as it does, in words."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from timeline_tui.answers.history import (
    actor_history,
    claimed_and_disputed,
    corrections_of,
    event_history,
    offices_after,
    statement_history,
    topic_history,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Event

HEAD = """\
format: 1.1
title: A story
sources:
  paper:
    title: A report
    publisher: The Paper
    date: 2024-05-02
    url: https://example.org/1
    corrections: [{known: 2024-05-10, text: It was two ships.}]
  wire: {title: A wire, date: 2024-05-02, url: https://example.org/2}
actors:
  us: {name: United States}
  nk: {name: North Korea}
  ru: {name: Russia}
  ann:
    name: Ann
    roles:
      - {role: Deputy, of: us, from: 2022-01-01, until: 2024-06-01}
      - {role: Minister, of: us, from: 2024-06-01}
  ben:
    name: Ben
    roles: [{role: Speaker of North Korea, of: nk, from: 2022-01-01, until: 2024-06-01}]
topics:
  ships:
    question: How many ships?
    updates: [{known: 2024-05-12, question: How many ships and boats?}]
    settled: [{value: '2', by: [us, nk], as_of: 2024-05-01, known: 2024-06-01}]
"""


def view_of(text: str, known_on: str = "2025-01-01") -> View:
    reading = read_text((HEAD + dedent(text)).encode(), "x.yaml")
    assert reading.header is not None
    today = parse_date("2026-01-01").earliest
    index = Index.build(reading.header, reading.events)
    return View(index, today=today).known_by(parse_date(known_on).earliest)


def history(view: View) -> list[str]:
    return [entry.text for entry in event_history(view, the_event(view))]


def the_event(view: View) -> Event:
    return view.event(view.key_at(0))


STATUSES = """\
events:
  - date: 2024-05-01
    title: Ships leave
    status:
      - {is: claimed, by: us, known: 2024-05-02, sources: [paper]}
      - {is: disputed, by: nk, known: 2024-05-04, sources: [wire], note: Slander.}
      - {is: disputed, by: ru, known: 2024-05-05}
      - {is: confirmed, by: [us, nk], known: 2024-06-01}
"""


def test_a_status_is_shown_with_its_day_and_who_gave_it_and_what_stood_before() -> None:
    assert history(view_of(STATUSES, "2024-05-04")) == [
        "Disputed since 4 May 2024, when North Korea disputed it (Slander)",
        "Before: claimed by United States, since 2 May 2024",
    ]


def test_those_who_join_a_status_later_are_named_with_their_day() -> None:
    assert history(view_of(STATUSES)) == [
        "Held to have happened since 1 June 2024, when United States and North Korea confirmed it",
        "Before: disputed by North Korea, since 4 May 2024 (Slander)",
        "5 May 2024: Russia disputed it too",
        "Before: claimed by United States, since 2 May 2024",
    ]


def test_each_status_keeps_its_sources_and_its_place_in_the_event() -> None:
    view = view_of(STATUSES, "2024-05-04")
    entries = list(event_history(view, the_event(view)))
    assert [entry.path for entry in entries] == [("statuses", 1), ("statuses", 0)]
    assert [[cited.id for cited in entry.sources] for entry in entries] == [["wire"], ["paper"]]


def test_those_who_claim_and_those_who_dispute_are_named_apart() -> None:
    view = view_of(STATUSES, "2024-05-05")
    said = claimed_and_disputed(view, the_event(view))
    assert said == "claimed by United States, disputed by North Korea and Russia"


def test_an_update_shows_what_it_replaced() -> None:
    view = view_of("""\
        events:
          - date: 2024-05-01
            title: A ship leaves
            place: The port
            outcome: It arrived.
            updates:
              - {known: 2024-05-10, text: It was two., title: Two ships leave, place: The bay}
              - {known: 2024-05-20, title: Three ships leave, date: 2024-04-30, outcome: They sank.}
        """)
    assert history(view) == [
        "Learned on 10 May 2024: It was two",
        "Title since 10 May 2024: “Two ships leave”; before: “A ship leaves”",
        "Place since 10 May 2024: The bay; before: The port",
        "Title since 20 May 2024: “Three ships leave”; before: “Two ships leave”",
        "Date since 20 May 2024: 30 April 2024; before: 1 May 2024",
        "Outcome since 20 May 2024: They sank; before: It arrived",
    ]


def test_an_update_that_gives_what_the_event_has_replaced_nothing() -> None:
    view = view_of("""\
        events:
          - date: 2024-05-20
            title: A vote
            known: 2024-05-01
            postponed:
              - {date: 2024-06, known: 2024-05-01}
            updates:
              - {known: 2024-05-10, date: 2024-05-20}
        """)
    assert history(view) == []


def test_a_recount_is_shown_beside_the_first_outcome() -> None:
    view = view_of("""\
        events:
          - date: 2024-05-01
            title: The vote
            outcome:
              - {text: 40 for., known: 2024-05-02}
              - {text: 41 for., known: 2024-05-09}
        """)
    assert history(view) == [
        "Outcome since 2 May 2024: 40 for",
        "Outcome since 9 May 2024: 41 for; before: 40 for",
    ]


def test_a_quote_that_was_taken_back_says_when_and_by_whom() -> None:
    view = view_of("""\
        events:
          - date: 2024-05-01
            title: Ann speaks
            quotes:
              - {speaker: ann, text: Never., status: [{is: withdrawn, by: ann, known: 2024-05-03}]}
        """)
    (quote,) = the_event(view).quotes
    (entry,) = statement_history(view, quote, ("quotes", 0))
    assert entry.text == "Withdrawn since 3 May 2024, when Ann withdrew it"
    assert entry.path == ("quotes", 0, "statuses", 0)


def test_a_correction_names_its_source_and_is_not_shown_before_its_day() -> None:
    event = """\
        events:
          - {date: 2024-05-01, title: A ship leaves, sources: [paper, paper]}
        """
    view = view_of(event)
    assert list(corrections_of(view, the_event(view).sources)) == [
        "The Paper: corrected on 10 May 2024: It was two ships"
    ]
    view = view_of(event, "2024-05-09")
    assert list(corrections_of(view, the_event(view).sources)) == []


def test_offices_that_follow_an_event_are_shown_once_they_are_held() -> None:
    event = "events: [{date: 2024-05-01, title: Ann speaks, actors: [ann]}]\n"
    day = parse_date("2024-05-01").earliest
    assert list(offices_after(view_of(event), "ann", day)) == ["Minister since 1 June 2024"]
    assert list(offices_after(view_of(event, "2024-05-31"), "ann", day)) == []
    actor = view_of(event).actor("ann")
    assert actor is not None
    assert list(actor_history(view_of(event), actor)) == [
        "Deputy (for United States) from 1 January 2022 until 1 June 2024",
        "Minister (for United States) from 1 June 2024",
    ]


def test_a_body_that_an_office_names_is_not_named_twice() -> None:
    view = view_of("events: [{date: 2024-05-01, title: Ben speaks, actors: [ben]}]\n")
    ben = view.actor("ben")
    assert ben is not None
    assert list(actor_history(view, ben)) == ["Speaker of North Korea from 1 January 2022 until 1 June 2024"]


def test_who_says_that_something_is_planned_announces_it() -> None:
    event = """\
        events:
          - date: 2024-05-20
            known: 2024-05-02
            title: Ships are to leave
            status:
              - {is: scheduled, by: us, known: 2024-05-02}
              - {is: cancelled, by: nk, known: 2024-05-10}
        """
    assert history(view_of(event, "2024-05-15")) == [
        "Cancelled since 10 May 2024, when North Korea announced it",
        "Before: scheduled as announced by United States, since 2 May 2024",
    ]


def test_a_question_shows_how_it_was_put_before_and_what_it_came_to() -> None:
    view = view_of("events: []\n")
    topic = view.topic("ships")
    assert topic is not None
    assert list(topic_history(view, topic)) == [
        "Question since 12 May 2024: How many ships and boats?; before: How many ships?",
        "Settled on 1 June 2024: 2, as of 1 May 2024, by United States and North Korea",
    ]

"""What changes carries its day: cases written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.history_files import HEAD, TODAY, header_of, problems, read
from timeline_tui.answers.history import claimed_and_disputed, event_history
from timeline_tui.dates.date import END, parse_date
from timeline_tui.exchange.html import page as html_page
from timeline_tui.exchange.markdown import report as markdown
from timeline_tui.index.index import Index
from timeline_tui.model.histories import claimed_by, day_known, disputed_by
from timeline_tui.model.known_on import (
    actor_as_known,
    disclosures,
    event_as_known,
    publication_days,
    topic_as_known,
)
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Event
    from timeline_tui.reading.reader import Reading


def day(text: str) -> int:
    return parse_date(text).earliest


def view_of(reading: Reading, known_on: str = "") -> View:
    index = Index.build(header_of(reading), reading.events)
    return View(index, today=TODAY, known_on=day(known_on) if known_on else None)


def on(reading: Reading, text: str, number: int = 0) -> Event:
    return event_as_known(reading.events[number], day(text), publication_days(header_of(reading).sources))


SHIPMENT = """\
    sources:
      nyt: {title: Shells, date: 2022-09-06, url: 'https://example.org/1'}
      kcna: {title: No shells, date: 2022-09-22, url: 'https://example.org/2'}
      both: {title: Shells after all, date: 2024-06-19, url: 'https://example.org/3'}
    events:
      - id: shells
        date: 2022-09
        title: North Korea sells shells
        status:
          - {is: claimed, by: us, known: 2022-09-06, sources: [nyt]}
          - {is: disputed, by: nk, known: 2022-09-22, sources: [kcna]}
          - {is: confirmed, by: [us, nk], known: 2024-06-19, sources: [both]}
"""


def test_an_accusation_is_claimed_then_disputed_then_confirmed_by_both() -> None:
    reading = read(SHIPMENT)
    assert problems(SHIPMENT) == []
    seen = {text: on(reading, text) for text in ("2022-09-06", "2022-09-21", "2022-09-22", "2024-06-19")}
    assert [each.status for each in seen.values()] == ["claimed", "claimed", "disputed", "confirmed"]
    assert claimed_by(seen["2022-09-22"].statuses) == ("us",)
    assert disputed_by(seen["2022-09-21"].statuses) == ()
    assert disputed_by(seen["2022-09-22"].statuses) == ("nk",)
    assert claimed_by(seen["2024-06-19"].statuses) == ("us", "nk")
    assert disputed_by(seen["2024-06-19"].statuses) == ()
    assert reading.events[0].status == "confirmed"
    assert [kind for _, kind in disclosures(reading.events[0], {})] == ["event", "status", "status"]


def test_an_event_is_known_from_its_first_status_and_not_before() -> None:
    view = view_of(read(SHIPMENT), "2022-09-05")
    assert view.count == 0
    row = view_of(read(SHIPMENT), "2022-09-10").rows(0, 1)[0]
    assert (row.status, row.by) == ("claimed", ("United States",))


def test_the_history_is_shown_in_words() -> None:
    reading = read(SHIPMENT)
    view = view_of(reading, "2022-09-22")
    event = view.event(0)
    assert claimed_and_disputed(view, event) == "claimed by United States, disputed by North Korea"
    assert [told.text for told in event_history(view, event)] == [
        "Disputed since 22 September 2022, when North Korea disputed it",
        "Before: claimed by United States, since 6 September 2022",
    ]


def test_an_actor_is_on_the_side_of_its_last_word_and_only_there() -> None:
    then, now = (view_of(read(SHIPMENT), text) for text in ("2024-06-18", "2024-06-19"))
    assert claimed_and_disputed(then, then.event(0)) == "claimed by United States, disputed by North Korea"
    assert claimed_and_disputed(now, now.event(0)) == "claimed by United States and North Korea"
    assert "Before: disputed by North Korea, since 22 September 2022" in [
        told.text for told in event_history(now, now.event(0))
    ]


OFFICES = """\
    sources:
      ministry: {title: A list, date: 2023-01-01, url: 'https://example.org/1'}
    topics:
      t: {question: Who?}
    events:
      - date: 2020-05-05
        title: Ann speaks
        sources: [ministry]
        quotes: [{speaker: bea, text: A.}]
      - date: 2022-06-06
        title: Bea speaks again
        quotes: [{speaker: bea, text: B.}]
"""


MINISTER = (
    HEAD
    + """\
  bea:
    name: Bea
    roles:
      - {role: Envoy, of: us, from: 2019, until: 2020-12-31}
      - {role: Vice Minister, of: us, from: 2021-02-01, until: 2022-06-10}
      - {role: Minister, of: us, from: 2022-06-11, known: 2022-06-11, sources: [ministry]}
"""
)


def test_a_minister_with_three_offices_has_on_each_day_that_of_the_day() -> None:
    reading = read(OFFICES, MINISTER)
    bea = header_of(reading).actors["bea"]
    assert (bea.role, bea.of) == ("Minister", "us")
    held = {
        text: actor_as_known(bea, day(text), {}).role
        for text in ("2019-06-01", "2020-05-05", "2021-01-15", "2021-03-01", "2022-06-11")
    }
    assert held == {
        "2019-06-01": "",
        "2020-05-05": "Envoy",
        "2021-01-15": "",
        "2021-03-01": "Vice Minister",
        "2022-06-11": "Minister",
    }
    beside = actor_as_known(bea, END, {}, day("2020-05-05"))
    assert beside.role == "Envoy"
    then = actor_as_known(bea, day("2022-06-01"), {})
    assert [(role.role, role.until is None) for role in then.roles] == [
        ("Envoy", False),
        ("Vice Minister", True),
    ]


def test_an_actor_is_shown_with_the_role_held_on_the_day_of_the_event() -> None:
    view = view_of(read(OFFICES, MINISTER))
    text = markdown.write(view).text
    assert "— Bea (Envoy)" in text
    assert "— Bea (Vice Minister)" in text


RETRACTED = """\
    sources:
      report:
        title: Report
        date: 2024-01-01
        url: https://example.org/1
        retracted: {known: 2024-03-01, by: Its editor, note: The document was forged.}
      second: {title: Second, date: 2024-01-02, url: 'https://example.org/2'}
      copy: {title: Copy, date: 2024-01-03, url: 'https://example.org/3', derived_from: report}
      mixed: {title: Mixed, date: 2024-01-04, url: 'https://example.org/4', derived_from: [report, second]}
    events:
      - date: 2024-01-01
        title: A deal is made
        sources: [report, copy, mixed]
      - date: 2024-04-01
        title: A deal is told again
        sources: [report, second]
"""


def test_a_retracted_report_that_two_others_repeat_is_retracted_from_its_day() -> None:
    reading = read(RETRACTED)
    assert "20 warning retracted-source" in problems(RETRACTED)
    assert header_of(reading).sources["mixed"].derived_from == ("report", "second")
    assert header_of(reading).sources["copy"].derived_from == ("report",)
    before, after = (view_of(reading, text).source("report") for text in ("2024-02-29", "2024-03-01"))
    assert before is not None
    assert before.retracted is None
    assert after is not None
    assert after.retracted is not None
    for text in (markdown.write(view_of(reading)).text, html_page.write(view_of(reading)).text):
        assert "etracted on 1 March 2024 by Its editor" in text
        assert "forged" in text
    early = markdown.write(view_of(reading, "2024-02-29")).text
    assert "etracted" not in early


TITLE = """\
    events:
      - id: talks
        date: 2024-05-05
        title: Talks of an unknown kind
        place: Moscow
        updates:
          - {known: 2024-06-01, title: Talks on a treaty, text: A treaty was its subject.}
          - {known: 2024-07-01, place: Khabarovsk, date: 2024-05-06, actors: [us]}
      - date: 2024-06-19
        title: A treaty
        links: {responds-to: talks}
"""


def test_a_title_that_changed_is_on_each_day_that_of_the_day() -> None:
    reading = read(TITLE)
    now, then = reading.events[0], on(reading, "2024-05-31")
    assert (now.title, now.place, now.date.text, now.actors) == (
        "Talks on a treaty", "Khabarovsk", "2024-05-06", {"us": ""},
    )  # fmt: skip
    assert (then.title, then.place, then.date.text, then.updates) == (
        "Talks of an unknown kind", "Moscow", "2024-05-05", (),
    )  # fmt: skip
    assert on(reading, "2024-06-01").title == "Talks on a treaty"
    assert on(reading, "2024-06-01").place == "Moscow"
    view = view_of(reading, "2024-05-20")
    assert [row.title for row in view.rows(0, 9)] == ["Talks of an unknown kind"]
    later = view_of(reading, "2024-06-20")
    assert [link.title for link in later.links(1)] == ["Talks on a treaty"]


def test_an_outcome_known_a_day_later_and_recounted_is_the_last_one_known() -> None:
    reading = read(
        """\
        events:
          - date: 2024-11-05
            title: A vote
            known: 2024-01-01
            outcome:
              - {text: 50 to 49., known: 2024-11-06}
              - {text: 51 to 48 after a recount., known: 2024-11-20}
        """
    )
    seen = [on(reading, text) for text in ("2024-11-04", "2024-11-05", "2024-11-06", "2024-11-20")]
    assert [each.outcome for each in seen] == ["", "", "50 to 49.", "51 to 48 after a recount."]
    assert [each.status for each in seen] == ["scheduled", "confirmed", "confirmed", "confirmed"]


def test_a_quote_has_its_original_and_two_translations_one_by_way_of_the_other() -> None:
    text = """\
        events:
          - date: 2024-11-01
            title: Ann speaks
            quotes:
              - speaker: ann
                text: We stand by you.
                language: en
                translated_from: ru
                wordings:
                  - {text: 우리는 함께한다., language: ko, original: true}
                  - {text: Мы с вами., language: ru, translated_from: ko, kind: paraphrase}
        """
    reading = read(text)
    assert problems(text) == []
    (quote,) = reading.events[0].quotes
    assert [(each.language, each.translated_from, each.original) for each in quote.wordings] == [
        ("ko", "", True),
        ("ru", "ko", False),
    ]
    told = markdown.write(view_of(reading)).text
    assert "Translated from Korean." in told
    assert "The words as spoken." in told


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        ("{text: Да., original: true}", []),
        ("{text: 네., language: ko}", []),
        ("{text: Да., original: false}", ["11 remark no-original"]),
        ("{text: 네., language: ko, kind: paraphrase}", ["11 remark no-original"]),
        ("{text: 네., language: ko, translated_from: ru}", ["11 remark no-original"]),
    ],
)
def test_a_translation_needs_a_wording_that_can_be_what_was_said(wording: str, found: list[str]) -> None:
    text = f"""\
        events:
          - date: 2024-11-01
            title: Ann speaks
            quotes:
              - {{speaker: ann, text: Yes., translated_from: ko, wordings: [{wording}]}}
        """
    assert problems(text) == found


SETTLED = """\
    topics:
      troops:
        question: How many soldiers?
        unit: soldiers
        updates: [{known: 2025-01-01, question: How many soldiers were there?}]
        settled:
          - {value: 11000, by: nk, as_of: 2024-11-01, known: 2025-04-28, note: An admission.}
          - {known: 2025-06-01, open: true}
    events:
      - date: 2024-11-01
        title: Figures
        claims:
          - {about: troops, by: us, value: 8000}
      - date: 2025-05-05
        title: Dissent
        claims: [{about: troops, by: ann, value: 0}]
"""


def test_a_topic_settled_by_an_admission_is_still_disputed_by_others() -> None:
    reading = read(SETTLED)
    assert problems(SETTLED) == []
    topic = header_of(reading).topics["troops"]
    then = {text: topic_as_known(topic, day(text), {}) for text in ("2024-12-31", "2025-04-28", "2025-06-01")}
    assert [each.question for each in then.values()] == [
        "How many soldiers?",
        "How many soldiers were there?",
        "How many soldiers were there?",
    ]
    assert [[(each.value, each.open) for each in one.settled] for one in then.values()] == [
        [],
        [("11000", False)],
        [("11000", False), ("", True)],
    ]
    later = view_of(reading, "2025-05-05")
    assert [claim.value for key in later.keys for claim in later.event(key).claims] == ["8000", "0"]


def test_a_claim_withdrawn_by_its_own_speaker_is_still_there() -> None:
    reading = read(
        """\
        topics:
          t: {question: Who?}
        events:
          - date: 2024-11-01
            title: Figures
            claims:
              - about: t
                by: ann
                value: The baker.
                status: [{is: claimed}, {is: withdrawn, by: ann, known: 2024-12-01}]
        """
    )
    before, after = on(reading, "2024-11-30").claims[0], on(reading, "2024-12-01").claims[0]
    assert (before.status, after.status) == ("claimed", "withdrawn")
    assert after.value == "The baker."


@pytest.mark.parametrize("own", ["", "date: 2024-11-02, "])
def test_what_was_said_is_known_from_its_own_day_whenever_somebody_disputed_it(own: str) -> None:
    reading = read(
        f"""\
        topics:
          t: {{question: Who?}}
        events:
          - date: 2024-11-01
            title: Figures
            quotes: [{{speaker: ann, text: A., {own}status: [{{is: denied, known: 2024-12-01}}]}}]
            claims: [{{about: t, by: ann, value: B., {own}status: [{{is: denied, known: 2024-12-01}}]}}]
        """
    )
    before, after = on(reading, "2024-11-30"), on(reading, "2024-12-01")
    assert [before.quotes[0].status, before.claims[0].status] == [None, None]
    assert [after.quotes[0].status, after.claims[0].status] == ["denied", "denied"]
    early = on(reading, "2024-11-01")
    assert len(early.quotes) == len(early.claims) == (0 if own else 1)


def test_words_that_somebody_made_public_later_are_known_from_that_day() -> None:
    reading = read(
        """\
        topics:
          t: {question: Who?}
        events:
          - date: 2024-11-29
            title: A visit
            quotes: [{speaker: ann, text: A., status: [{is: claimed, by: nk, known: 2024-11-30}]}]
            claims: [{about: t, by: ann, value: B., status: [{is: claimed, by: nk, known: 2024-12-01}]}]
        """
    )
    counts = [
        (len(event.quotes), len(event.claims))
        for event in (on(reading, day) for day in ("2024-11-29", "2024-11-30", "2024-12-01"))
    ]
    assert counts == [(0, 0), (1, 0), (1, 1)]


@pytest.mark.parametrize("word", ["cancelled", "postponed"])
def test_a_dated_cancellation_is_shown_before_the_day_of_the_event(word: str) -> None:
    reading = read(
        f"""\
        events:
          - date: 2024-11-05
            title: A visit
            known: 2024-01-01
            status: [{{is: scheduled}}, {{is: {word}, known: 2024-10-01}}]
        """
    )
    assert on(reading, "2024-09-30").status == "scheduled"
    assert on(reading, "2024-10-01").status == word


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2024", "2024-12-31"),
        ("2024-02/2024-11", "2024-02-29"),
        ("2024-02-24/..", "2024-02-24"),
        ("2024/..", "2024-12-31"),
        ("[2024-01-01,2024-05-05]", "2024-05-05"),
        ("{2024-01-01,2024-05-05}", "2024-01-01"),
        ("2024-21", "2024-05-31"),
        ("/2024", "2024-12-31"),
    ],
)
def test_an_inexact_date_is_known_on_the_last_day_on_which_it_may_begin(date: str, known: str) -> None:
    assert day_known(parse_date(date)) == day(known)

"""What changes carries its day: cases written by hand."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from timeline_tui.answers.history import claimed_and_disputed, event_history
from timeline_tui.checking.references import check
from timeline_tui.dates.date import END, parse_date
from timeline_tui.editing.formatting import formatted
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
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Event, Header
    from timeline_tui.reading.reader import Reading

TODAY = parse_date("2026-01-01").earliest
HEAD = """\
format: 1.1
title: A story
actors:
  us: {name: United States, short: USA}
  nk: {name: North Korea, short: DPRK}
  ann: {name: Ann, of: us}
"""


def day(text: str) -> int:
    return parse_date(text).earliest


def read(text: str, head: str = HEAD) -> Reading:
    return read_text((head + dedent(text)).encode(), "x.yaml")


def header_of(reading: Reading) -> Header:
    assert reading.header is not None
    return reading.header


def problems(text: str, head: str = HEAD) -> list[str]:
    found = check(read(text, head), today=TODAY)
    return [f"{each.line} {each.severity.value} {each.code}" for each in found if each.code != "unused-id"]


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


CIRCLE = """\
sources:
  a: {title: A, url: 'https://a.b', derived_from: [b, c]}
  b: {title: B, url: 'https://a.b'}
  c: {title: C, url: 'https://a.b', derived_from: a}
events: []
"""
EVENT = "events:\n  - {date: 2024-05-05, title: A, "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            EVENT + "status: [{is: claimed}, {is: denied, known: 2024-07}, {is: claimed, known: 2024-06}]}",
            ["8 warning out-of-order"],
        ),
        (
            EVENT + "status: [{is: claimed}, {is: denied, known: 2024-07}, {is: disputed, known: 2024-07}]}",
            ["8 warning same-day"],
        ),
        (EVENT + "status: [{is: claimed}, {is: denied}]}", ["8 error missing-key"]),
        (EVENT + "status: [{is: claimed}, {is: denied, known: 2024-04-01}]}", ["8 error early-entry"]),
        (EVENT + "updates: [{known: 2024-04-01, text: x}]}", ["8 error early-entry"]),
        (EVENT + "by: us, status: [{is: claimed}]}", ["8 error twice-said"]),
        (EVENT + "status: [{is: withdrawn}]}", ["8 error bad-word"]),
        (EVENT + "status: [{is: maybe}], outcome: [{}]}", ["8 error bad-word", "8 error missing-key"]),
        (EVENT + "status: [{is: claimed, by: nobody}]}", ["8 error dangling-id"]),
        (EVENT + "places: [nowhere]}", ["8 error dangling-id"]),
        (
            EVENT + "quotes: [{speaker: us, text: x, id: q}, {speaker: us, text: y, id: q}]}",
            ["8 error duplicate-id"],
        ),
        (
            EVENT + "quotes: [{speaker: us, text: x, status: [{is: claimed}, {is: denied, known: 2023}]}]}",
            ["8 error early-entry"],
        ),
        (
            "sources:\n  a:\n    title: A\n    date: 2024-05-05\n    retracted: {known: 2024-01}\nevents: []",
            ["11 error early-retraction"],
        ),
        (
            "topics:\n  t: {question: Q, settled: [{known: 2024-01-01}]}\nevents: []",
            ["8 error missing-key"],
        ),
        (
            "topics:\n  t: {question: Q, unit: u, settled: {value: many, known: 2024-06-01}}\n"
            + EVENT
            + "claims: [{about: t, by: us, value: 3}]}",
            ["8 error not-a-figure"],
        ),
        (
            "topics:\n  t: {question: Q, settled: {value: many, known: 2024-01-01}}\n"
            + EVENT
            + "claims: [{about: t, by: us, value: 3}]}",
            ["8 warning early-answer"],
        ),
        ("places:\n  a: {name: A, lat: 91, lon: 0}\nevents: []", ["8 error bad-number"]),
        ("places:\n  a: {name: A, lat: 45}\nevents: []", ["8 error bad-number"]),
        ("places:\n  a: {name: A, lat: '45,5', lon: 0}\nevents: []", ["8 error bad-number"]),
        ("places:\n  a: {name: A, precision: 0}\nevents: []", ["8 error bad-number"]),
        ("places:\n  a: {name: A, within: b}\n  b: {name: B, within: a}\nevents: []", ["8 error circle"]),
        ("places:\n  a: {name: A, within: b}\nevents: []", ["8 error dangling-id"]),
        ("places:\n  a: {name: Kursk (RU)}\n  b: {name: kursk}\nevents: []", ["9 warning near-spelling"]),
        ("stories:\n  a: {title: A, steps: [{text: x}]}\nevents: []", ["8 error empty-step"]),
        ("stories:\n  a: {title: A, steps: [{quote: q}]}\nevents: []", ["8 error empty-step"]),
        ("stories:\n  a: {title: A, steps: [{event: gone}]}\nevents: []", ["8 error dangling-id"]),
        ("stories:\n  a: {title: A, steps: [{topic: gone}]}\nevents: []", ["8 error dangling-id"]),
        (
            "stories:\n  a: {title: A, steps: [{event: a, quote: q}]}\n" + EVENT + "id: a}",
            ["8 error dangling-id"],
        ),
        (
            CIRCLE,
            ["8 error circle"],
        ),
    ],
)  # fmt: skip
def test_contradictions_are_reported_with_their_line(text: str, found: list[str]) -> None:
    assert problems(text) == found


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ("[{role: A, from: 2022, until: 2020}]", ["8 error ends-first"]),
        ("[{role: A}], role: B", ["8 error twice-said"]),
        ("[{role: A, of: nobody}]", ["8 error dangling-id"]),
        ("[{role: A, of: bea}]", ["8 error circle"]),
        ("[], short: A name that is too long", ["8 warning long-name"]),
    ],
)
def test_contradictions_in_an_actor_are_reported_with_their_line(roles: str, found: list[str]) -> None:
    head = HEAD + f"  bea:\n    {{name: Bea, roles: {roles}}}\n"
    assert [each.replace("7 ", "8 ") for each in problems("events: []\n", head)] == found


def test_only_the_invalid_entry_is_left_out() -> None:
    reading = read(EVENT + "status: [{is: claimed, by: us}, {is: maybe}, {is: denied, known: 2024-06-01}]}")
    assert [entry.is_ for entry in reading.events[0].statuses] == ["claimed", "denied"]
    assert reading.events[0].status == "denied"


def test_entries_out_of_order_are_sorted() -> None:
    text = (
        EVENT + "status: [{is: claimed}, {is: denied, known: 2024-07-01}, {is: claimed, known: 2024-06-01}]}"
    )
    assert [entry.is_ for entry in read(text).events[0].statuses] == ["claimed", "claimed", "denied"]


NEW = {
    "status": "status: [{is: claimed}]",
    "outcome": "outcome: [{text: x}]",
    "updates": "updates: [{known: 2024-06-01, text: x}]",
    "places": "places: [kursk]",
    "media": "media: [{path: a.jpg}]",
}


@pytest.mark.parametrize("key", NEW)
def test_without_its_version_a_new_key_is_one_of_the_authors_own(key: str) -> None:
    text = f"title: T\nevents:\n  - date: 2024-05-05\n    title: A\n    {NEW[key]}\n"
    reading = read_text(text.encode(), "x.yaml")
    (problem,) = reading.problems
    assert (problem.code, problem.line, problem.severity.value) == ("newer-key", 5, "warning")
    assert "format: 1.1" in problem.hint
    (event,) = reading.events
    assert [*event.extra] == [key]
    assert (event.status, event.outcome, event.statuses, event.updates) == ("confirmed", "", (), ())


def test_without_its_version_a_register_and_a_note_are_the_authors_own() -> None:
    text = """\
        title: T
        places: {a: {name: A}}
        sources:
          s: {title: S, url: 'https://example.org', note: {text: x, known: 2024}, derived_from: [s]}
        events: [{date: 2024, title: A, sources: [s]}]
        """
    reading = read_text(dedent(text).encode(), "x.yaml")
    assert {problem.code for problem in reading.problems} == {"newer-key"}
    assert header_of(reading).extra == {"places": {"a": {"name": "A"}}}
    assert header_of(reading).places == {}
    source = header_of(reading).sources["s"]
    assert source.extra == {"note": {"text": "x", "known": "2024"}, "derived_from": ["s"]}
    assert (source.note, source.derived_from) == ("", ())


@pytest.mark.parametrize("version", ["2", "1.2", "soon"])
def test_an_unknown_version_is_an_error_with_a_hint(version: str) -> None:
    (problem,) = read_text(f"format: {version}\ntitle: T\nevents: []\n".encode(), "x.yaml").problems
    assert (problem.code, problem.line, problem.hint) == ("bad-version", 1, "write format: 1.1")


@pytest.mark.parametrize(
    "text", ["{format: 1.1, title: T, events: []}\n", "title: T\n? format\n: 1.1\nevents: []\n"]
)
def test_a_version_that_is_not_seen_in_time_is_an_error(text: str) -> None:
    (problem,) = read_text(text.encode(), "x.yaml").problems
    assert problem.code == "bad-version"


@pytest.mark.parametrize(
    "first", ["format: 1.1\n", "format: '1.1'  # ours\n", '"format" : 1.1\n', "# x\nformat: 1.1\n"]
)
def test_a_version_may_be_written_in_any_way_that_yaml_has(first: str) -> None:
    reading = read_text(f"{first}title: T\nplaces: {{a: {{name: A}}}}\nevents: []\n".encode(), "x.yaml")
    assert not reading.problems
    assert [*header_of(reading).places] == ["a"]


def test_an_error_in_a_place_leaves_out_this_place_only() -> None:
    text = 'format: 1.1\ntitle: T\nplaces:\n  a:\n    name: "A\n  b:\n    name: B\nevents: []\n'
    reading = read_text(text.encode(), "x.yaml")
    assert [*header_of(reading).places] == ["b"]


def test_putting_a_file_in_order_keeps_every_byte_of_its_histories() -> None:
    text = """\
        format: 1.1
        title: T
        events:
          - date: 2024-05-06
            title: B
            status:
              - {is: claimed}  # by nobody
              - {is: denied, known: "2024-06-01"}
          - date: 2024-05-05
            title: A
            note-of-mine: {known: "2024-06-01"}
            outcome: {text: mine}
        """
    data = dedent(text).encode().replace(b"    outcome: {text: mine}\n", b"")
    done = formatted(data).decode()
    assert done.index("title: A") < done.index("title: B")
    assert "- {is: denied, known: 2024-06-01}" in done
    assert 'note-of-mine: {known: "2024-06-01"}' in done
    assert sorted(done.replace('"2024-06-01"', "2024-06-01").split()) == sorted(
        data.decode().replace('"2024-06-01"', "2024-06-01").split()
    )


def test_in_a_file_of_version_1_the_authors_own_histories_stay_as_they_are() -> None:
    text = 'title: T\nevents:\n  - {date: 2024-05-05, title: A, updates: [{known: "2024-06-01"}]}\n'
    assert formatted(text.encode()).decode() == text


def test_a_place_is_found_by_its_name_and_by_the_places_that_contain_it() -> None:
    reading = read(
        """\
        places:
          sudzha: {name: Sudzha, within: kursk}
          kursk: {name: Kursk Oblast}
        events:
          - {date: 2024-08-06, title: In the town, place: sudzha}
          - {date: 2024-08-07, title: Somewhere else, place: Moscow}
          - {date: 2024-08-08, title: In both, places: [kursk, sudzha]}
        """
    )
    assert not reading.problems
    view = view_of(reading)
    assert [row.place for row in view.rows(0, 3)] == ["Sudzha", "Moscow", "Kursk Oblast, Sudzha"]
    assert len(view.index.keys_with("place", "sudzha")) == 2
    assert len(view.index.keys_with("place", "kursk oblast")) == 2
    assert len(view.index.keys_with("place", "moscow")) == 1

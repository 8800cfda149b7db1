"""Histories in a file are read in order; mistakes are reported; only version 1.1 has histories."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.support.history_files import HEAD, header_of, problems, read
from timeline_tui.reading.reader import read_text

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
        (EVENT + "outcome: [{known: 2024-04-01, text: x}]}", ["8 warning early-entry"]),
        (
            EVENT + "outcome: [{known: 2024-04-01, text: x}], "
            "updates: [{known: 2024-06-01, date: 2024-04-01}]}",
            [],
        ),
        (
            EVENT + "updates: [{known: 2024-06-01, title: x}, {known: 2024-06-01, title: y}]}",
            ["8 warning same-day"],
        ),
        (EVENT + "updates: [{known: 2024-06-01, title: x}, {known: 2024-06-01, text: y}]}", []),
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
            "sources:\n  a: {title: A, date: 2024-05-05, corrections: [{known: 2023, text: x}]}\nevents: []",
            ["8 error early-entry"],
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

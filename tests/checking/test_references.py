from __future__ import annotations

import pytest

from tests.support.work import counted_calls
from timeline_tui.checking.references import check
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.reading.reader import read_text
from timeline_tui.text.similar import similar_titles, spelling_variants

TODAY = from_civil(2024, 11, 6)
HEAD = """\
title: T
sources:
  tass: {title: Tass, date: 2024-11-01, url: "https://example.org/x"}
  onion: {title: The Onion, date: 2024-11-01, kind: satire}
actors:
  kim: {name: Kim}
topics:
  troops: {question: How many?, unit: soldiers}
  why: {question: Why?}
"""
EVERYTHING_IS_USED = """\
  - {id: use, date: 2024-10-31, title: Use it all, actors: [kim], sources: [tass, onion], claims: [
      {about: troops, by: kim, value: 7}, {about: why, by: kim, value: Because.}]}
"""


def problems(text: str) -> list[str]:
    reading = read_text(text.encode(), "f.yaml")
    assert reading.problems == ()
    return [f"{problem.line} {problem.severity} {problem.code}" for problem in check(reading, today=TODAY)]


def events(*rows: str) -> list[str]:
    """The first of `rows` is line 13 of the file."""
    return problems(HEAD + "events:\n" + EVERYTHING_IS_USED + "".join(f"  - {row}\n" for row in rows))


def test_a_sound_timeline_has_no_problems() -> None:
    assert events("{id: a, date: 2024-11-05, title: A}") == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{date: 2024-11-05, title: A, actors: [kin]}", "13 error dangling-id"),
        ("{date: 2024-11-05, title: A, sources: [tas]}", "13 error dangling-id"),
        ("{date: 2024-11-05, title: A, links: {leads-to: uze}}", "13 error dangling-id"),
        ("{date: 2024-11-05, title: A, claims: [{about: x, by: kim, value: 7}]}", "13 error dangling-id"),
        (
            "{date: 2024-11-05, title: A, claims: [{about: troops, by: kim, value: many}]}",
            "13 error not-a-figure",
        ),
        ("{date: 2024-11-05, title: A, status: scheduled}", "13 warning stale-plan"),
        ("{date: 2024-11-07, title: A}", "13 warning future-confirmed"),
        ("{date: 2024-10-30, title: A, links: {responds-to: use}}", "13 warning effect-first"),
        ("{date: 2024-11-05, title: A, links: {leads-to: use}}", "13 warning effect-first"),
        ("{date: 2024-11-05, title: A, sources: [tass]}", "13 warning early-source"),
        (
            "{date: 2024-11-05, title: A, quotes: [{speaker: kim, text: x, sources: [tass]}]}",
            "13 warning early-source",
        ),
        ("{date: 2024-11-05, title: A, text: 'He said “no”.'}", "13 warning unmarked-quote"),
        ("{date: 2024-11-05, title: A, text: 'He said \"no\".'}", "13 warning unmarked-quote"),
        ("{date: 2024-11-05, title: A, text: Он сказал «нет».}", "13 warning unmarked-quote"),
        (
            "{date: 2024-11-05, title: A, quotes: [{speaker: kim, text: x, translated_from: ko}]}",
            "13 remark no-original",
        ),
        (
            "{date: 2024-10-31, title: A, claims: [{about: why, by: kim, value: x, sources: [onion]}]}",
            "13 warning satire-only",
        ),
        ("{date: 2024-10-31, title: It all - use it!}", "13 warning twin-event"),
        ("{date: 2024-11-05, title: A, tags: [War, war]}", "13 warning near-spelling"),
        ("{date: 2024-11-05, title: A, tags: [Kyïv, Kyiv (city)]}", "13 warning near-spelling"),
    ],
)
def test_a_doubtful_record_is_reported_on_its_line(row: str, problem: str) -> None:
    assert events(row) == [problem]


@pytest.mark.parametrize(
    "row",
    [
        "{date: 2024-11-06, title: A}",
        "{date: 2024-11, title: A, status: scheduled}",
        "{date: 2024-11-05, title: A, known: 2024-10-01, sources: [tass]}",
        "{date: 2024-11-07, title: A, status: scheduled, sources: [tass]}",
        "{date: 2024-10, title: A, links: {responds-to: use, leads-to: use}}",
        "{date: 2024-10-30, title: A, links: {part-of: use}}",
        "{date: 2024-11-05, title: A, text: It's the people's}",
        "{date: 2024-11-05, title: A, text: '“No.”', quotes: [{speaker: kim, text: No.}]}",
        (
            "{date: 2024-11-05, title: A, quotes: [{speaker: kim, text: x, translated_from: ko-KP, "
            "wordings: [{text: y, language: ko}]}]}"
        ),
        "{date: 2024-10-31, title: A, claims: [{about: why, by: kim, value: x, sources: [onion, tass]}]}",
        "{date: 2024-10-31, title: Something else}",
        "{date: 2024-11-05, title: Use it all}",
        "{date: 2024-11-05, title: A, tags: [war, warm]}",
    ],
)
def test_consistent_records_have_no_problems(row: str) -> None:
    assert events(row) == []


@pytest.mark.parametrize(
    ("status", "update", "found"),
    [
        (
            "postponed, known: 2024-05-01",
            "known: 2024-05-10, date: 2024-06-01",
            ["postponed since 2024-05-01"],
        ),
        ("postponed, known: 2024-05-10", "known: 2024-05-10, date: 2024-06-01", []),
        (
            "confirmed, known: 2024-05-02",
            "known: 2024-05-10, date: 2024-06-01",
            ["confirmed since 2024-05-02"],
        ),
        ("confirmed, known: 2024-06-01", "known: 2024-05-10, date: 2024-06-01", []),
        ("confirmed, known: 2024-05-02", "known: 2024-05-10, date: 2024-04-30", []),
    ],
)
def test_a_last_status_that_the_last_date_contradicts_is_reported(
    status: str, update: str, found: list[str]
) -> None:
    text = f"""\
format: 1.1
title: T
events:
  - date: 2024-05-02
    known: 2024-04-01
    title: A visit
    status: [{{is: scheduled}}, {{is: {status}}}]
    updates: [{{{update}}}]
"""
    told = [
        one for one in check(read_text(text.encode(), "f.yaml"), today=TODAY) if one.code == "changed-plan"
    ]
    assert [one.message.partition(",")[0] for one in told] == found
    assert all(one.line == 8 and "to its statuses" in one.hint for one in told)


def test_the_nearest_id_is_offered() -> None:
    reading = read_text(f"{HEAD}events: [{{date: 2024, title: A, actors: [kin]}}]".encode(), "f.yaml")
    assert "did you mean kim?" in [problem.hint for problem in check(reading, today=TODAY)]


def test_three_first_days_of_a_year_in_a_row_are_too_exact() -> None:
    rows = [f"{{date: {year}-01-01, title: Year {year}}}" for year in (2001, 2002, 2003)]
    assert events(*rows) == ["13 warning false-precision"]
    assert events(*rows[:2]) == []
    assert events(*rows[:2], "{date: 2003, title: Year}") == []


@pytest.mark.parametrize(
    ("register", "problem"),
    [
        ("sources:\n  a: {title: A}\n", ["3 warning unfindable-source", "3 warning unused-id"]),
        ("actors:\n  a: {name: A}\n", ["3 warning unused-id"]),
        ("topics:\n  a: {question: A?}\n", ["3 warning unused-id"]),
        ("actors:\n  a: {name: A, of: b}\n  b: {name: B, of: a}\n", ["3 error circle"]),
        ("actors:\n  a: {name: A, of: a}\n", ["3 error circle"]),
        (
            (
                "sources:\n  a: {title: A, date: 2024, derived_from: b}\n"
                "  b: {title: B, date: 2024, derived_from: a}\n"
            ),
            ["3 error circle"],
        ),
        (
            "actors:\n  a: {name: Kim (KP), of: b}\n  b: {name: kím, of: c}\n  c: {name: C}\n",
            ["3 warning unused-id", "4 warning near-spelling"],
        ),
    ],
)
def test_sources_actors_and_topics_are_checked_in_themselves(register: str, problem: list[str]) -> None:
    assert problems(f"title: T\n{register}events: [{{date: 2024, title: A}}]\n") == problem


@pytest.mark.parametrize(
    ("often", "once", "is_reported"),
    [
        ("vote", "voet", True),
        ("strikes", "strike", True),
        ("statement", "statememt", True),
        ("Iran", "Iraq", False),
        ("vote", "votes", True),
        ("talk", "tal", False),
        ("phase-1", "phase-2", False),
        ("statement", "sentiment", False),
    ],
)
@pytest.mark.parametrize("field", ["kind", "place", "tags"])
def test_a_word_used_once_that_resembles_a_frequent_one_is_remarked(
    field: str, often: str, once: str, *, is_reported: bool
) -> None:
    value = "[{}]" if field == "tags" else "{}"
    rows = [
        f"{{date: 2024-10-0{day}, title: On day {day}, {field}: {value.format(word)}}}"
        for day, word in enumerate([often, once, often, often], start=1)
    ]
    assert events(*rows) == (["14 remark near-miss"] if is_reported else [])


def test_before_there_are_events_nothing_counts_as_unused() -> None:
    assert problems("title: T\nactors:\n  a: {name: A}\nevents: []\n") == []


def test_a_record_that_was_left_out_is_not_missed_elsewhere() -> None:
    text = "title: T\nactors:\n  kim: {nome: Kim}\nevents:\n- {id: a, date: x, title: A}\n"
    text += "- {id: b, date: 2024, title: B: C}\n"
    text += "- {date: 2024, title: D, actors: [kim], links: {leads-to: [a, b]}}\n"
    found = check(read_text(text.encode(), "f.yaml"), today=TODAY)
    assert "dangling-id" not in [problem.code for problem in found]


def test_a_partly_unread_file_is_not_checked_for_unused_ids() -> None:
    text = "title: T\nactors:\n  kim: {name: Kim}\nevents:\n- {date: 2024, title: B: C, actors: [kim]}\n"
    found = check(read_text(text.encode(), "f.yaml"), today=TODAY)
    assert [problem.code for problem in found] == ["yaml-syntax"]


def test_problems_of_reading_and_of_checking_are_one_list_by_line() -> None:
    text = "title: T\nevents:\n- {date: 2024, title: A, actors: [x]}\n- {date: z, title: B}\n"
    text += "- {date: 2024, title: C, actors: [y]}\n"
    found = check(read_text(text.encode(), "f.yaml"), today=TODAY)
    assert [problem.line for problem in found] == [3, 4, 5]


def test_a_file_that_is_no_timeline_has_the_problems_of_reading_only() -> None:
    assert len(check(read_text(b"", "f.yaml"), today=TODAY)) == 1


def test_more_unknown_references_than_are_listed_are_checked_quickly() -> None:
    rows = "".join(
        f"- {{id: e{n}, date: 2024, title: Same, links: {{leads-to: x{n}}}}}\n" for n in range(10_500)
    )
    reading = read_text(f"title: T\nevents:\n{rows}".encode(), "f.yaml")
    with counted_calls() as calls:
        assert len(check(reading, today=TODAY)) == 10_001
    assert calls.count < 1_600_000


def test_names_are_alike_without_case_accents_punctuation_and_brackets() -> None:
    names = ["Zelensky", "Zelenský", "zelensky (president)", "Zelenska", "(a)", "(b)"]
    assert spelling_variants({name: name for name in names}) == [names[:3]]


def test_titles_are_near_by_their_words() -> None:
    titles = [
        "Putin and Kim sign the treaty",
        "Kim and Putin sign the treaty",
        "Kim leaves",
        "Putin, Kim sign the treaty",
    ]
    assert similar_titles(titles) == [(1, 0), (3, 0)]
    assert similar_titles(["?", "!"]) == []


def test_days_of_other_places_are_compared_by_the_instant() -> None:
    assert events("{id: a, date: 2024-11-02T00:30+09:00, title: A, sources: [tass]}") == []
    assert events("{id: a, date: 2024-11-01T20:00-05:00, title: A, sources: [tass]}") == []
    assert (
        events(
            "{id: a, date: 2024-11-06T00:30+09:00, title: A, links: {leads-to: b}}",
            "{id: b, date: 2024-11-05T20:00Z, title: B}",
        )
        == []
    )
    assert events(
        "{id: a, date: 2024-11-05T20:00Z, title: A, links: {leads-to: b}}",
        "{id: b, date: 2024-11-06T00:30+09:00, title: B}",
    ) == ["13 warning effect-first"]


@pytest.mark.parametrize("most", [1, 2, 1_000])
def test_twins_are_found_however_many_titles_are_held_at_once(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_tui.checking.compare_events._MOST_TITLES", most)
    rows = (
        f"{{id: {name}{day}, date: 2024-10-{day}, title: Report number {day}}}"
        for name in "ab"
        for day in range(10, 30)
    )
    assert events(*rows) == [f"{line} warning twin-event" for line in range(33, 53)]

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.model.records import Citation
from timeline_tui.reading.reader import CannotRead, Reading, TimelineReader, read_text, read_timeline

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.model.problems import Problem

HEAD = """\
title: T
sources:
  tass: {title: Tass, url: "https://example.org/x"}
actors:
  kim: {name: Kim}
topics:
  troops: {question: 'How many?'}
"""


def read(text: str) -> Reading:
    return read_text(text.encode(), "f.yaml")


def event(*lines: str) -> Reading:
    """A timeline with one event, whose first own line is line 11 of the file."""
    rows = [
        "events:",
        "  - id: a",
        "    date: 2024-11-06",
        "    title: A",
        *(f"    {line}" for line in lines),
    ]
    return read(HEAD + "\n".join(rows) + "\n")


def short(problem: Problem) -> str:
    return f"{problem.line}:{problem.column} {problem.severity} {problem.code}"


def shorts(reading: Reading) -> list[str]:
    return [short(problem) for problem in reading.problems]


def test_a_whole_timeline_becomes_records() -> None:
    reading = event(
        "text: |",
        "  First line.",
        "  Second: line.",
        "kind: vote",
        "status: claimed",
        "by: kim",
        "known: 2024-11-01",
        "postponed: [{date: 2024-10-01, known: 2024-09-01}]",
        "actors: {kim: chair}",
        "tags: [war, no, 0123]",
        "sources: [tass, {id: tass, at: para. 4}]",
        "quotes:",
        "  - {speaker: kim, text: Yes., to: [kim], wordings: [{text: Da., language: ru}]}",
        "claims:",
        "  - {about: troops, by: kim, value: 8000..10000}",
        "links: {leads-to: a, part-of: [a]}",
    )
    assert reading.problems == ()
    [only] = reading.events
    assert only.text == "First line.\nSecond: line.\n"
    assert (only.kind, only.status, only.by, str(only.known)) == ("vote", "claimed", ("kim",), "2024-11-01")
    assert str(only.postponed[0].date) == "2024-10-01"
    assert only.actors == {"kim": "chair"}
    assert only.tags == ("war", "no", "0123")
    assert only.sources == (Citation("tass"), Citation("tass", "para. 4"))
    assert only.quotes[0].wordings[0].text == "Da."
    assert only.claims[0].value == "8000..10000"
    assert only.links == {"leads-to": ("a",), "part-of": ("a",)}
    assert (only.line, only.column) == (9, 5)


def test_the_keys_of_a_file_may_come_in_any_order() -> None:
    reading = read("events:\n- {date: 2024, title: A, actors: [kim]}\nactors: {kim: {name: Kim}}\ntitle: T\n")
    assert reading.header is not None
    assert reading.header.actors["kim"].name == "Kim"
    assert [found.title for found in reading.events] == ["A"]
    assert reading.problems == ()


@pytest.mark.parametrize("nothing", ["", " ~", " # nothing"])
def test_a_key_without_value_is_as_if_it_were_not_there(nothing: str) -> None:
    reading = event(*(f"{key}:{nothing}" for key in ("text", "status", "known", "quotes", "tags", "links")))
    assert reading.problems == ()
    assert reading.events[0].status == "confirmed"


def test_the_word_null_is_text() -> None:
    assert event("place: null").events[0].place == "null"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("date: 2025", "12:5 error duplicate-key"),
        ("status: clamed", "12:13 error bad-word"),
        ("known: 2024-13", "12:12 error bad-date"),
        ("by: Kim", "12:9 error bad-id"),
        ("by: {a: b}", "12:9 error wrong-shape"),
        ("text: [a]", "12:11 error wrong-shape"),
        ("text: !!python/name:os.system x", "12:11 error bad-tag"),
        ("place: *moscow", "12:12 error bad-alias"),
        ("<<: {a: b}", "12:5 error merge-key"),
        ("tags: war", "12:11 error wrong-shape"),
        ("links: [a]", "12:12 error wrong-shape"),
        ("actors: kim", "12:13 error wrong-shape"),
        ("actors: {kim: a, kim: b}", "12:22 error duplicate-key"),
        ("sources: [{at: p. 1}]", "12:15 error missing-key"),
        ("quotes: {speaker: kim}", "12:13 error wrong-shape"),
    ],
)
def test_an_event_with_an_error_is_left_out_and_the_error_has_its_place(line: str, problem: str) -> None:
    reading = event(line)
    assert shorts(reading) == [problem]
    assert reading.events == ()
    assert reading.left_out == {("event", "a")}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("quotes: [{speaker: kim, text: ''}]", "12:35 error empty-value"),
        ("quotes: [{speaker: kim}]", "12:14 error missing-key"),
        ("quotes: [{speaker: kim, text: x, kind: direkt}]", "12:44 error bad-word"),
        ("claims: [{about: troops, value: 7}]", "12:14 error missing-key"),
        ("postponed: [{date: never}]", "12:24 error bad-date"),
        ("postponed: [soon]", "12:17 error wrong-shape"),
        ("quotes: [~]", "12:14 error empty-value"),
        ("quotes: [{speaker: kim, text: x, wordings: [{note: n}]}]", "12:49 error missing-key"),
    ],
)
def test_only_the_invalid_part_of_an_event_is_left_out(line: str, problem: str) -> None:
    reading = event(line)
    assert shorts(reading) == [problem]
    assert len(reading.events) == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("acters: [kim]", "12:5 warning unknown-key"),
        ("text: a\u202eb", "12:11 warning hidden-character"),
        ('text: "a\\x1bb"', "12:11 warning hidden-character"),
        ("quotes: [{speaker: kim, text: x, language: '?'}]", "12:48 warning bad-language"),
        ("tags: [war, ]", ""),
        ("tags: [war, ~]", "12:17 warning empty-value"),
        ("sources: [{id: tass, page: 4}]", "12:26 warning unknown-key"),
    ],
)
def test_a_doubtful_value_is_kept_with_a_warning(line: str, problem: str) -> None:
    reading = event(line)
    assert shorts(reading) == [problem] * bool(problem)
    assert len(reading.events) == 1


def test_an_unknown_key_is_kept_as_plain_data_and_the_nearest_is_offered() -> None:
    reading = event("acters: [kim, {a: no}]")
    assert reading.events[0].extra == {"acters": ["kim", {"a": "no"}]}
    assert reading.problems[0].hint == "did you mean actors?"


def test_all_problems_of_a_record_are_reported_together() -> None:
    reading = read(HEAD + "events:\n- {id: B, date: soon, status: x, tags: y, foo: z}\n")
    assert [problem.code for problem in reading.problems] == [
        "missing-key",
        "bad-id",
        "bad-date",
        "bad-word",
        "wrong-shape",
        "unknown-key",
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.y", "-x", "https://", "http://a b", "http://a\u202eb"]
)
def test_only_plain_web_addresses_are_addresses(url: str) -> None:
    reading = read(f'title: T\nsources:\n  a:\n    title: A\n    url: "{url}"\nevents: []\n')
    assert "bad-url" in [problem.code for problem in reading.problems]
    assert reading.header is not None
    assert reading.header.sources == {}


@pytest.mark.parametrize("name", ["a", "0", "a-1", "чхве", "北京", "हिन्दी", "a-"])
def test_letters_of_any_script_make_an_id(name: str) -> None:
    reading = read(f"title: T\nevents: [{{id: {name}, date: 2024, title: x}}]\n")
    assert [found.id for found in reading.events] == [name]


@pytest.mark.parametrize("name", ["A", "-a", "a_b", "a.b", "Ж", "é b", "a\u200bb", "'a '"])
def test_anything_else_is_not_an_id(name: str) -> None:
    reading = read(f"title: T\nevents: [{{id: {name}, date: 2024, title: x}}]\n")
    assert [problem.code for problem in reading.problems] == ["bad-id"]


def test_two_spellings_of_one_letter_are_one_id() -> None:
    reading = read(
        "title: T\nactors: {cafe\u0301: {name: C}}\nevents: [{date: 2024, title: x, actors: [caf\u00e9]}]\n"
    )
    assert reading.header is not None
    assert list(reading.header.actors) == list(reading.events[0].actors)


def test_an_event_without_id_gets_one_that_no_other_has() -> None:
    rows = [
        "{date: 2024, title: The vote}",
        "{date: 2024, title: The Vote!}",
        "{id: the-vote, date: 2024, title: x}",
    ]
    rows += ["{date: 2024, title: '!'}", "{date: 2024, title: '?'}"]
    reading = read("title: T\nevents:\n" + "".join(f"- {row}\n" for row in rows))
    assert [found.id for found in reading.events] == [
        "the-vote-2",
        "the-vote-3",
        "the-vote",
        "event",
        "event-2",
    ]


def test_a_second_event_with_an_id_is_left_out() -> None:
    reading = read("title: T\nevents:\n- {id: a, date: 2024, title: x}\n- {id: a, date: 2024, title: y}\n")
    assert [found.title for found in reading.events] == ["x"]
    assert shorts(reading) == ["4:3 error duplicate-id"]
    assert "line 3" in reading.problems[0].message


def test_every_first_reference_is_noted_with_its_place() -> None:
    reading = event("by: kim", "links: {leads-to: [b, b]}", "sources: [tass, tass]")
    assert [tuple(reference) for reference in reading.references] == [
        ("actor", "kim", 12, 9),
        ("event", "b", 13, 24),
        ("event", "b", 13, 27),
        ("source", "tass", 14, 15),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["1:1 error empty-file"]),
        ("# only\n\n# comments\n", ["1:1 error empty-file"]),
        ("\ufeff", ["1:1 error empty-file"]),
        ("- a\n", ["1:1 error not-a-timeline"]),
        ("just text\n", ["1:1 error not-a-timeline"]),
        ("a: b\n", ["1:1 warning unknown-key", "1:1 error missing-key", "1:1 error missing-key"]),
        ("title: x\nevents:\n", []),
        ("title: x\nevents: []\n---\ntitle: y\n", ["3:1 error second-document"]),
        ("title: x\nevents: {a: b}\n", ["2:9 error wrong-shape"]),
        ("title: x\nactors: [a]\nevents: []\n", ["2:9 error wrong-shape"]),
        ("title: x\ntitle: y\nevents: []\n", ["2:1 error duplicate-key"]),
        ("title: x\nactors: {a: {name: A}, a: {name: B}}\nevents: []\n", ["2:24 error duplicate-key"]),
        ("title: x\nactors: {a: A, b: }\nevents: []\n", ["2:13 error wrong-shape", "2:19 error empty-value"]),
        ("!x\ntitle: x\nevents: []\n", ["1:1 error bad-tag"]),
        ("title: x\n<<: {a: b}\nevents: []\n", ["2:1 error merge-key"]),
        ("title: x\n? [a]\n: b\nevents: []\n", ["2:3 error bad-key"]),
        ("title: [x]\nevents: []\n", ["1:8 error wrong-shape"]),
        ("title: x\nevents: [a, [b]]\n", ["2:10 error wrong-shape", "2:13 error wrong-shape"]),
        ("title: x\nevents:\n- \n- ~\n", ["3:2 error empty-value", "4:3 error empty-value"]),
    ],
)
def test_a_file_with_errors_says_where_they_are(text: str, problems: list[str]) -> None:
    assert sorted(shorts(read(text))) == sorted(problems)


def test_a_file_without_title_still_opens_under_its_own_name() -> None:
    reading = read_text(b"events: [{date: 2024, title: A}]\n", "folder/story.yaml")
    assert reading.header is not None
    assert reading.header.title == "story"
    assert len(reading.events) == 1


def test_a_file_in_brackets_is_read_as_well() -> None:
    reading = read('{"title": "T", "events": [{"id": "a", "date": "2024", "title": "A"}, {"date": "2024"}]}')
    assert [found.id for found in reading.events] == ["a"]
    assert shorts(reading) == ["1:70 error missing-key"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_ends_of_lines_are_alike(end: str) -> None:
    text = HEAD + "events:\n- date: 2024\n  title: A\n  text: |\n    a\n    b\n- date: x\n"
    reading = read(text.replace("\n", end))
    assert reading.events[0].text == "a\nb\n"
    assert shorts(reading) == ["14:3 error missing-key", "14:9 error bad-date"]


def test_separators_of_unicode_are_text_and_no_lines() -> None:
    reading = event("text: one\u2028two\u0085three", "place: [x]")
    assert shorts(reading) == ["12:11 warning hidden-character", "13:12 error wrong-shape"]


def test_an_alias_is_replaced_by_the_node_of_its_anchor() -> None:
    reading = read(
        "title: T\nevents:\n- {date: 2024, title: A, tags: &x [a]}\n- {date: 2024, title: B, tags: *x}\n"
    )
    assert [found.tags for found in reading.events] == [("a",), ("a",)]


def test_an_alias_keeps_its_place_behind_a_slip() -> None:
    slip = "- {date: 2024, title: 'it's'}\n"
    rows = f"- {{date: 2024, title: A, tags: &x [[a]]}}\n{slip}- {{date: 2024, title: B, tags: *x}}\n"
    reading = read("title: T\nevents:\n" + rows)
    assert [(problem.line, problem.code) for problem in reading.problems] == [
        (3, "wrong-shape"),
        (3, "wrong-shape"),
        (4, "yaml-syntax"),
    ]


def test_events_are_handed_over_while_the_file_is_read() -> None:
    rows = "".join(f"- id: e{number}\n  date: 2024\n  title: T\n" for number in range(1_000))
    data = bytearray(b"title: x\nevents:\n" + rows.encode())
    reader = TimelineReader(data, "f.yaml")
    events = reader.events()
    assert next(events).id == "e0"
    assert 0 < reader.done < 200
    assert sum(1 for _ in events) == 999
    assert reader.header is not None


def test_the_garbage_collector_is_left_as_it_was() -> None:
    gc.disable()
    try:
        read(HEAD)
        assert not gc.isenabled()
    finally:
        gc.enable()
    read(HEAD)
    assert gc.isenabled()


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + "events: []\n", encoding="utf-8")
    reading = read_timeline(file)
    assert (reading.path, reading.size, reading.problems) == (str(file), file.stat().st_size, ())
    with pytest.raises(CannotRead):
        read_timeline(tmp_path)


@given(st.binary(max_size=300))
def test_any_bytes_give_problems_and_never_an_exception(data: bytes) -> None:
    reading = read_text(data, "f.yaml")
    assert reading.problems or reading.header is not None


@given(st.data())
def test_any_change_of_a_good_file_gives_problems_in_it_and_never_an_exception(data: st.DataObject) -> None:
    text = (
        HEAD
        + "events:\n"
        + "".join(f"  - id: e{n}\n    date: 2024\n    title: 'T'\n    tags: [a]\n" for n in range(3))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        new = data.draw(
            st.sampled_from(
                ["", '"', "'", "[", "}", ": ", "- ", "\t", "\n", "&a ", "*a", "!x ", "---\n", "? "]
            )
        )
        text = text[:at] + new + text[at + gone :]
    reading = read(text)
    assert reading.problems or reading.header is not None
    last = text.count("\n") + 2
    assert all(1 <= problem.line <= last and problem.column >= 1 for problem in reading.problems)


def test_an_unknown_key_of_a_citation_is_kept() -> None:
    text = (
        "title: T\nsources:\n  s: {title: S, date: 2024}\n"
        "events:\n  - {date: 2024, title: E, sources: [{id: s, page: 4}]}\n"
    )
    (event,) = read_text(text.encode(), "t.yaml").events
    assert event.sources[0].extra == {"page": "4"}


@pytest.mark.parametrize("depth", [100, 2_000, 100_000])
def test_an_event_nested_too_deep_is_one_message_however_deep_it_is(depth: int) -> None:
    text = f"title: T\nevents:\n  - date: 2024\n    title: E\n    tags: {'[' * depth}{']' * depth}\n"
    reading = read_text(text.encode(), "t.yaml")
    assert [problem.code for problem in reading.problems] == ["too-deep"]

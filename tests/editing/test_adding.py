from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, HARBOUR
from tests.support.stories import TODAY
from tests.support.yaml_layouts import Layout, layouts
from timeline_tui.editing.adding import KnownRecords, add_event, event_of, known_records
from timeline_tui.editing.questions import questions
from timeline_tui.editing.yaml_writer import item
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from pathlib import Path

NEW: dict[str, object] = {"date": "2021-03-05", "title": "New: one"}
KNOWN = KnownRecords(
    frozenset({"a", "b", "a-vote"}),
    {"lavrov": ("Sergey Lavrov", "Лавров")},
    {"tass-1": ("A report",)},
    ("vote",),
    (),
    topics={"troops": ("How many troops?",)},
)


def add(text: str, event: dict[str, object] = NEW) -> str:
    return add_event(text.encode(), event).decode()


@given(layouts(), st.sampled_from(("0001", "2021-03-05", "2021-04", "2099")))
def test_every_other_byte_of_the_file_stays_the_same(layout: Layout, date: str) -> None:
    data = layout.text.encode()
    got = add_event(data, {**NEW, "date": date})
    start = next((at for at, (one, two) in enumerate(zip(data, got, strict=False)) if one != two), len(data))
    assert got.endswith(data[start:])
    lines = got[start : len(got) - len(data) + start].decode("utf-8", "replace")
    assert "New: one" in lines
    before, after = read_text(data, "x"), read_text(got, "x")
    titles = [event.title for event in after.events]
    assert [title for title in titles if title != "New: one"] == [event.title for event in before.events]
    at = titles.index("New: one")
    assert all(event.date.key <= after.events[at].date.key for event in after.events[:at])
    assert (
        at == len(titles) - 1
        or after.events[at + 1].date.key > after.events[at].date.key
        or any(event.date.key > after.events[at].date.key for event in before.events)
    )


@pytest.mark.parametrize("path", [BUNDLED, HARBOUR], ids=["bundled", "harbour"])
@pytest.mark.parametrize("date", ["1900", "2023-11-06", "2024-02-06", "2100"])
def test_an_event_is_added_to_whole_files_at_its_place(path: Path, date: str) -> None:
    data = path.read_bytes()
    got = add_event(data, {**NEW, "date": date}, str(path))
    events = read_text(got, "x").events
    assert len(events) == len(read_text(data, "x").events) + 1
    dates = [event.date.key for event in events]
    assert dates == sorted(dates)
    new = item({"date": date, "title": "New: one"}, 2).encode()
    assert data in (got.replace(b"\n" + new, b""), got.replace(new + b"\n", b""), got.replace(new, b""))


def test_comments_above_an_event_stay_with_it_and_blank_lines_are_like_the_others() -> None:
    text = "title: x\nevents:\n# one\n- title: a\n  date: 2020\n\n# two\n- title: b\n  date: 2022\n"
    new = '- date: 2021-03-05\n  title: "New: one"\n'
    assert add(text) == (
        f"title: x\nevents:\n# one\n- title: a\n  date: 2020\n\n{new}\n# two\n- title: b\n  date: 2022\n"
    )
    assert add(text, {**NEW, "date": "2000"}) == text.replace(
        "# one", f"{new.replace('2021-03-05', '2000')}\n# one"
    )
    assert add(text, {**NEW, "date": "2030"}) == f"{text}\n{new.replace('2021-03-05', '2030')}"


def test_in_an_unsorted_list_an_event_is_added_before_the_first_later_one() -> None:
    text = "title: x\nevents:\n" + "".join(f"- title: e{y}\n  date: {y}\n" for y in (2020, 2025, 2019, 2026))
    assert re.findall("date: ([0-9]{4})", add(text)) == ["2020", "2021", "2025", "2019", "2026"]


def test_an_event_is_added_after_others_of_its_day() -> None:
    text = "title: x\nevents:\n- title: a\n  date: 2021-03-05\n- title: b\n  date: 2021-03-06\n"
    assert re.findall("title: (.*)", add(text))[1:] == ["a", '"New: one"', "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: x\nevents: []\n", "title: x\nevents:\n{}"),
        ("title: x\nevents: [ ]  # none\ntopics: {}\n", "title: x\nevents:  # none\n{}topics: {}\n"),
        ("events: [\n]\ntitle: x", "events:\n{}title: x"),
        ("title: x\nevents:\n", "title: x\nevents:\n{}"),
        ("title: x\nevents: ~ # none\n", "title: x\nevents: # none\n{}"),
        ("title: x\nevents:  # none\n\nactors: {}\n", "title: x\nevents:  # none\n{}\nactors: {}\n"),
        ("title: x\n", "title: x\nevents:\n{}"),
        ("title: x\n# end\n", "title: x\n# end\nevents:\n{}"),
    ],
)
def test_the_first_event_of_a_file_starts_the_list(text: str, expected: str) -> None:
    new = '  - date: 2021-03-05\n    title: "New: one"\n'
    assert add(text) == expected.replace("{}", new, 1)
    assert add(text.replace("\n", "\r\n")) == expected.replace("{}", new, 1).replace("\n", "\r\n")


def test_a_file_without_a_final_line_end_still_has_none() -> None:
    assert add("title: x\nevents: []") == 'title: x\nevents:\n  - date: 2021-03-05\n    title: "New: one"'
    text = "title: x\nevents:\n- title: a\n  date: 2020"
    assert add(text) == f'{text}\n- date: 2021-03-05\n  title: "New: one"'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "title: x\nevents: [{title: a, date: 2020}]\n",
            "on a line of its own, with a dash",
        ),
        ("title: x\nevents: none\n", "on a line of its own, with a dash"),
        ("title: 'x\nevents: []\n", "yaml-syntax"),
        ("", "empty-file"),
        ("title: x\nevents:\n- title: a\n  date: 2020\n  text: |\n    a", "change the text next to it"),
        ("{title: x}\n", "on a line of its own, with a dash"),
    ],
)
def test_a_file_that_cannot_take_a_new_record_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(TimelineError, match=words):
        add(text)


def test_an_event_that_would_be_an_error_is_not_added() -> None:
    text = "title: x\nevents:\n- id: a\n  title: a\n  date: 2020\n"
    for event, words in (
        ({"id": "a"}, "duplicate-id"),
        ({"status": "nonsense"}, "bad-word"),
        ({"date": "soon"}, "not a date"),
        ({"title": ""}, "empty-value"),
    ):
        with pytest.raises(TimelineError, match=words):
            add(text, {**NEW, **event})


def test_a_link_to_an_id_made_from_a_title_never_leads_to_the_new_event() -> None:
    text = (
        "title: x\nevents:\n- title: b\n  date: 2022\n- title: c\n  date: 2023\n  links: {responds-to: [b]}\n"
    )
    with pytest.raises(TimelineError, match="a link to b would lead to another event"):
        add(text, {"date": "2020", "title": "b", "text": "another"})


def test_any_text_of_a_new_event_is_read_back_unchanged() -> None:
    text = "title: x\nevents:\n- title: a\n  date: 2020\n\n- title: b\n  date: 2030\n"
    for value in ("a: b # c", "|", "- x\n- y\n", "one\n\n\n", "'\"\\", "\x1b[2J", "2024", "no", "é 🌊 最선"):
        got = add_event(text.encode(), {**NEW, "tags": [value.strip()], "text": value})
        assert read_text(got, "x").events[1].text == value


def answered(**answers: str) -> dict[str, object]:
    return event_of({"date": "2024-11-01", "title": "T", **answers}, KNOWN, today=TODAY).event


def test_every_question_is_a_key_of_the_event_made_of_the_answers() -> None:
    answers = {
        "date": "1 Nov 2024", "title": " Lavrov  speaks ", "kind": "statement",
        "place": "Moscow", "text": "Long.",
        "actors": "lavrov", "tags": "war,  state media , war", "sources": "tass-1: para. 4",
        "known": "2 Nov 2024", "status": "disputed", "by": "lavrov", "as_of": "3 Nov 2024",
        "quote": "lavrov: Yes, we did.", "language": "en", "translated_from": "ru", "original": "Да.",
        "claim": "troops: 8,000, by lavrov", "links": "responds-to: a, leads-to: b, responds-to: b",
    }  # fmt: skip
    assert list(answers) == [question.name for question in questions()]
    new = event_of(answers, KNOWN, today=TODAY)
    assert new.event == {
        "id": "lavrov-speaks", "date": "2024-11-01", "title": "Lavrov speaks", "kind": "statement",
        "place": "Moscow", "text": "Long.", "actors": ["lavrov"], "tags": ["war", "state media"],
        "sources": [{"id": "tass-1", "at": "para. 4"}], "known": "2024-11-02",
        "status": [{"is": "disputed", "by": ["lavrov"], "known": "2024-11-03"}],
        "quotes": [
            {
                "speaker": "lavrov", "text": "Yes, we did.", "language": "en", "translated_from": "ru",
                "wordings": [{"text": "Да.", "language": "ru", "original": True}],
            },
        ],
        "claims": [{"about": "troops", "by": "lavrov", "value": "8,000"}],
        "links": {"responds-to": ["a", "b"], "leads-to": ["b"]},
    }  # fmt: skip
    assert new.understood == "2024-11-01: 1 November 2024"


def test_a_status_without_a_day_is_a_word_and_with_one_needs_a_newer_format() -> None:
    assert answered(status="claimed", by="lavrov")["by"] == ["lavrov"]
    old = KNOWN._replace(version="")
    answers = {"date": "2024", "title": "T", "status": "claimed", "as_of": "2024-11-03"}
    with pytest.raises(UsageError, match=r"a status has no day \(write format: 1\.1"):
        event_of(answers, old, today=TODAY)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"by": "lavrov"}, "by describes a status"),
        ({"quote": "We agreed."}, "a quote is a speaker, a colon and the words"),
        ({"claim": "troops: 8000"}, "a claim is a topic, a colon"),
        ({"claim": "tropps: 8000, by lavrov"}, r"no topic tropps in the file \(did you mean troops\?\)"),
        ({"claim": "troops: 8000, by lavrow"}, "there is no actor lavrow"),
        ({"links": "a"}, "a link is how, a colon"),
        ({"links": "leads-to: nowhere"}, "there is no event nowhere in the file"),
        ({"quote": "lavrow: We agreed."}, "there is no actor lavrow"),
        ({"quote": "lavrov: Yes.", "original": "Да."}, "the original words need the language"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused(answers: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        answered(**answers)


def test_empty_answers_are_left_out_and_ids_are_unique() -> None:
    assert answered(kind=" ", actors=" , ") == {"id": "t", "date": "2024-11-01", "title": "T"}
    assert answered(title="A vote")["id"] == "a-vote-2"
    assert answered(id="mine")["id"] == "mine"
    assert answered(actors="lavrov: host")["actors"] == {"lavrov": "host"}


def test_a_new_event_says_how_its_date_was_understood() -> None:
    new = event_of({"date": "5/11/2024", "title": "T"}, KNOWN, today=TODAY)
    assert new.understood == "2024-11-05: 5 November 2024 (read as 5 November 2024, day first)"
    assert event_of({"date": "yesterday", "title": "T"}, KNOWN, today=TODAY).event["date"] == "2024-11-03"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"actors": "lavrow"}, r"there is no actor lavrow in the file \(did you mean lavrov\?\)"),
        ({"actors": "Лавров"}, r"did you mean lavrov\?"),
        ({"actors": "sergey lavrow"}, r"did you mean lavrov\?"),
        ({"sources": "tass1"}, r"did you mean tass-1\?"),
        ({"sources": "x\x1b"}, "there is no source x‹U\\+001B› in the file$"),
        ({"date": "some day"}, "try 6 Nov 2024"),
        ({"date": ""}, "a new event needs a date"),
        ({"title": " "}, "a new event needs a title"),
        ({"id": "a-vote"}, "there is already an event a-vote"),
        ({"id": "A vote"}, "A vote is not a valid id"),
        ({"tag": "x"}, r"a new event has no field tag \(did you mean tags\?\)"),
    ],
)
def test_an_invalid_answer_is_named(answers: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        answered(**answers)


def test_the_records_of_a_file_are_found() -> None:
    known = known_records(HARBOUR.read_bytes())
    assert "storm" in known.events
    assert known.actors["mayor"][0] == "Zoë Achterberg"
    assert known.sources["wire"] == ("Harbour wall gives way", "https://example.org/wire/wall")
    assert known.tags[0] == "harbour"
    assert known_records(b"") == KnownRecords(frozenset(), {}, {}, (), (), "")

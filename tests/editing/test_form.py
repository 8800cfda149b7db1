"""What is typed into a form is checked, and becomes a change of the file that can be undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED
from tests.support.stories import TODAY
from timeline_tui.editing.form import (
    Added,
    Filled,
    Form,
    Mistakes,
    added_of,
    completions,
    details_of,
    form_of,
    missing_in,
    mistake_in,
    new_form,
    propose,
    understood,
)
from timeline_tui.editing.splices import Change, Moved
from timeline_tui.errors import TimelineError
from timeline_tui.reading.reader import read_text
from timeline_tui.text.sanitize import has_hidden

STORY = """\
format: 1.1
title: A
sources:
  gazette:
    title: The Gazette
    url: https://example.org/gazette
actors:
  mayor:
    name: Ada Brown
topics:
  cost:
    question: What did it cost?
events:
  # the wall
  - id: wall
    date: 2024-01-02   # the day
    title: "The wall"
    actors: {mayor: speaks}
    tags: [sea, wall]
    sources: [gazette]
    quotes:
      - speaker: mayor
        text: It stands, we hope.
      - speaker: mayor
        text: It fell.

  - id: vote
    date: 2024-02-02
    title: A vote
    status:
      - is: claimed
        by: [mayor]
        known: 2024-02-03
    claims:
      - about: cost
        by: mayor
        value: "8000"
    links:
      responds-to: [wall]
"""
DATA = STORY.encode()


def typed(form: Form, **answers: str) -> dict[str, str]:
    return {field.question.name: field.value for field in form.fields} | answers


def after(form: Form, answers: dict[str, str], *added: Added, data: bytes = DATA) -> bytes:
    change = propose(data, Filled(form, typed(form, **answers), added), today=TODAY, name="x").change
    return change.applied(data)


def lines_of(form: Form, *added: Added, **answers: str) -> list[str]:
    change = propose(DATA, Filled(form, typed(form, **answers), added), today=TODAY, name="x").change
    return [
        f"{line.number}{line.sign}{line.text}"
        for lines in change.lines(DATA)
        for line in lines
        if line.sign != " "
    ]


def test_a_new_event_is_shown_as_the_lines_that_are_added() -> None:
    form = new_form(DATA, "x")
    assert lines_of(form, date="3 Jan 2024", title="A storm", actors="Ada Brown") == [
        "27+  - id: a-storm",
        "28+    date: 2024-01-03",
        "29+    title: A storm",
        "30+    actors: [mayor]",
        "31+",
    ]


def test_the_fields_of_an_event_stand_in_the_form_and_what_is_longer_is_left_to_the_editor() -> None:
    form = form_of(DATA, "wall", "x")
    shown = {field.question.name: field.value for field in form.fields if field.value}
    assert shown == {
        "date": "2024-01-02",
        "title": "The wall",
        "actors": "mayor: speaks",
        "tags": "sea, wall",
        "sources": "gazette",
    }
    full = [field.question.name for field in form.fields if field.is_full]
    assert full == ["quote", "language", "translated_from", "original"]


def test_one_status_with_its_day_one_claim_and_links_can_be_typed() -> None:
    form = form_of(DATA, "vote", "x")
    shown = {field.question.name: field.value for field in form.fields if field.value}
    assert shown == {
        "date": "2024-02-02",
        "title": "A vote",
        "status": "claimed",
        "by": "mayor",
        "as_of": "2024-02-03",
        "claim": "cost: 8000, by mayor",
        "links": "responds-to: wall",
    }
    assert lines_of(form, status="confirmed", by="", as_of="") == [
        "30-    status:",
        "31-      - is: claimed",
        "32-        by: [mayor]",
        "33-        known: 2024-02-03",
        "30+    status: confirmed",
    ]


def test_only_the_fields_that_were_typed_anew_are_changed() -> None:
    form = form_of(DATA, "wall", "x")
    assert lines_of(form, date="4 January 2024", tags="") == [
        "16-    date: 2024-01-02   # the day",
        "16+    date: 2024-01-04   # the day",
        "19-    tags: [sea, wall]",
    ]


def test_nothing_typed_is_no_change() -> None:
    with pytest.raises(TimelineError, match="nothing is changed yet"):
        after(form_of(DATA, "wall", "x"), {})


@pytest.mark.parametrize(
    ("answers", "name", "message"),
    [
        ({"date": "someday"}, "date", "not a date"),
        ({"date": ""}, "date", "an event needs a date"),
        ({"title": " "}, "title", "an event needs a title"),
        ({"status": "perhaps"}, "status", "type one of: confirmed"),
        ({"claim": "cost: 8"}, "claim", "a claim is a topic"),
        ({"claim": "price: 8, by mayor"}, "claim", "no topic price"),
        ({"links": "leads-to: nowhere"}, "links", "no event nowhere"),
        ({"known": "never"}, "known", "not a date"),
    ],
)
def test_each_field_says_what_is_wrong_with_it(answers: dict[str, str], name: str, message: str) -> None:
    form = form_of(DATA, "wall", "x")
    with pytest.raises(Mistakes) as caught:
        after(form, answers)
    assert list(caught.value.mistakes) == [name]
    assert message in caught.value.mistakes[name]
    if answers[name].strip():
        assert message in mistake_in(form, name, typed(form, **answers), today=TODAY)


def test_a_date_is_shown_as_it_is_understood() -> None:
    assert understood("6 nov 2024", today=TODAY) == "2024-11-06: 6 November 2024"
    assert understood("someday", today=TODAY) == ""


def test_an_answer_to_a_question_that_is_not_asked_counts_for_nothing() -> None:
    form = new_form(DATA, "x")
    made = after(form, {"date": "2024", "title": "x", "by": "nobody", "language": "!!"})
    assert b"nobody" not in made


def test_an_actor_and_a_pasted_address_that_are_not_there_are_added() -> None:
    form = new_form(DATA, "x")
    address = "https://example.org/news?id=1"
    answers = typed(
        form, date="2024", title="x", actors="Kim, mayor", sources=f"The Gazette, {address}", quote="Kim: No."
    )
    missing = missing_in(form, answers)
    assert [(each.kind, each.name) for each in missing] == [("actor", "Kim"), ("source", address)]
    assert details_of(missing[0], form.known) == {"name": "Kim", "kind": "", "short": ""}
    assert details_of(missing[1], form.known) == {"title": "", "publisher": "", "date": "", "url": address}
    kim = added_of(missing[0], {"name": "Kim Jong Un", "kind": "person"}, form.known, today=TODAY)
    details = {"title": "News", "publisher": "Daily", "date": "5 Nov 2024", "url": address}
    news = added_of(missing[1], details, form.known, today=TODAY)
    assert missing_in(form, answers, [kim, news]) == []
    made = after(form, answers, kim, news)
    reading = read_text(made, "x")
    assert not reading.problems
    assert reading.header is not None
    assert reading.header.actors["kim-jong-un"].kind == "person"
    source = reading.header.sources["news"]
    assert (source.title, source.publisher, source.url) == ("News", "Daily", address)
    assert reading.events[0].actors == {"kim-jong-un": "", "mayor": ""}
    assert reading.events[0].quotes[0].speaker == "kim-jong-un"
    assert (
        missing_in(form, {**answers, "sources": "https://example.org/gazette", "actors": "", "quote": ""})
        == []
    )


@pytest.mark.parametrize(
    ("details", "name"),
    [
        ({"title": ""}, "title"),
        ({"title": "x", "date": "soon"}, "date"),
        ({"title": "x", "url": "ftp:"}, "url"),
    ],
)
def test_what_is_wrong_with_a_new_source_is_said_at_its_field(details: dict[str, str], name: str) -> None:
    form = new_form(DATA, "x")
    (missing,) = missing_in(form, typed(form, sources="Daily"))
    with pytest.raises(Mistakes) as caught:
        added_of(missing, details, form.known, today=TODAY)
    assert list(caught.value.mistakes) == [name]


def test_a_record_that_no_answer_names_any_more_is_not_added() -> None:
    form = new_form(DATA, "x")
    (missing,) = missing_in(form, typed(form, actors="Kim"))
    kim = added_of(missing, {"name": "Kim"}, form.known, today=TODAY)
    assert b"kim" not in after(form, {"date": "2024", "title": "x", "actors": "mayor"}, kim)


def test_answers_are_used_on_the_file_as_it_is_now() -> None:
    form = form_of(DATA, "wall", "x")
    now = DATA.replace(b'"The wall"', b"The dyke").replace(b"tags: [sea, wall]", b"tags: [sea]")
    made = after(form, {"date": "2024-01-05"}, data=now)
    assert b"The dyke" in made
    assert b"tags: [sea]" in made
    with pytest.raises(TimelineError, match="there is no event wall"):
        after(form, {"date": "2024-01-05"}, data=now.replace(b"id: wall", b"id: dyke"))
    full = now.replace(b"title: The dyke", b"title: {}")
    with pytest.raises(TimelineError):
        after(form, {"title": "The wall of stone"}, data=full)


@pytest.mark.parametrize(
    ("name", "text", "offers"),
    [
        ("actors", "mayor: speaks, ad", ["mayor: speaks, Ada Brown"]),
        ("actors", "mayor: sp", []),
        ("sources", "the g", ["The Gazette"]),
        ("status", "cl", ["claimed"]),
        ("tags", "sea, w", ["sea, wall"]),
        ("quote", "ada", ["Ada Brown: "]),
        ("claim", "c", ["cost: "]),
        ("claim", "cost: 8, by a", ["cost: 8, by Ada Brown"]),
        ("links", "resp", ["responds-to: "]),
        ("links", "leads-to: w", ["leads-to: wall"]),
        ("links", "leads-to: wall, leads-to:", []),
        ("title", "x", []),
    ],
)  # fmt: skip
def test_what_the_file_has_completes_an_answer(name: str, text: str, offers: list[str]) -> None:
    assert completions(new_form(DATA, "x"), name, text) == offers


@given(st.sampled_from(["title", "text", "place", "kind", "tags", "actors", "claim"]), st.text(max_size=20))
def test_whatever_is_typed_is_a_mistake_in_words_or_a_change_that_can_be_undone(name: str, text: str) -> None:
    form = form_of(DATA, "wall", "x")
    answers = typed(form, **{name: text})
    try:
        proposal = propose(DATA, Filled(form, answers), today=TODAY, name="x")
    except TimelineError:
        return
    made = proposal.change.applied(DATA)
    assert read_text(made, "x").events[0].id == "wall"
    assert proposal.change.reversed().applied(made) == DATA
    assert not any(has_hidden(line.text) for lines in proposal.change.lines(DATA) for line in lines)


def test_every_event_of_a_long_file_can_be_opened_in_the_form_and_an_untouched_field_changes_nothing() -> (
    None
):
    data = BUNDLED.read_bytes()
    for event in read_text(data, "x").events[::40]:
        form = form_of(data, event.id, "x")
        change = propose(data, Filled(form, typed(form, kind="other")), today=TODAY, name="x").change
        assert sum(line.sign == "+" for lines in change.lines(data) for line in lines) == 1


STATES = st.lists(st.lists(st.sampled_from("abc\n\r"), max_size=30).map("".join), min_size=2, max_size=4)


@given(STATES)
def test_a_change_leads_from_the_first_state_to_the_last_and_back(states: list[str]) -> None:
    data = [state.encode() for state in states]
    change = Change.between(data)
    assert change.applied(data[0]) == data[-1]
    assert change.reversed().applied(data[-1]) == data[0]


@given(STATES)
def test_the_lines_of_one_step_are_what_differs(states: list[str]) -> None:
    old, new = (state.replace("\r", "") for state in states[:2])
    change = Change.between([old.encode(), new.encode()])
    added, removed = old.splitlines(), new.splitlines()
    for line in (line for lines in change.lines(old.encode()) for line in lines):
        if line.sign != "-":
            assert removed[line.number - 1] == line.text
        if line.sign == "-":
            assert added[line.number - 1] == line.text


def test_a_change_is_not_made_of_another_file() -> None:
    change = Change.between([b"a\n", b"b\n"])
    with pytest.raises(Moved):
        change.applied(b"a\nc\n")
    with pytest.raises(Moved):
        change.reversed().lines(b"a\n")


def test_an_actor_that_is_added_can_have_a_short_name_that_fits() -> None:
    form = new_form(DATA, "x")
    (missing,) = missing_in(form, typed(form, date="2024", title="x", actors="Korean Central News Agency"))
    details = {"name": "Korean Central News Agency", "kind": "media", "short": "KCNA"}
    added = added_of(missing, details, form.known, today=TODAY)
    assert added.record == {"name": "Korean Central News Agency", "kind": "media", "short": "KCNA"}
    with pytest.raises(Mistakes) as refused:
        added_of(missing, {**details, "short": "Central News Agency"}, form.known, today=TODAY)
    assert refused.value.mistakes == {"short": "a short name has at most 12 cells; this one has 19"}
    assert "short" not in details_of(missing, form.known._replace(version=""))

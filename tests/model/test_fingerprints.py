"""What is remembered of events: every field counts, places and ids do not, and one edit is one change."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model import fingerprints
from timeline_tui.model.fields import fields_of
from timeline_tui.model.fingerprints import (
    NAMES,
    Change,
    changes_between,
    event_fingerprint,
    id_fingerprint,
    without_title,
)
from timeline_tui.model.records import (
    Actor,
    Citation,
    Claim,
    Event,
    Place,
    Postponement,
    Quote,
    Record,
    Shape,
    Source,
    Story,
    Topic,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = (
    "938802cee25737b803cefb5a1d7504ce4aa2c94c09ce4184a99d10ce43578af512ce793e134714ce7838d2b30d"
    "cecfade55192928500cee59e4c9b02ce7b5e660204ce5201b1aa07ce738dfc6513ce2f09d0e2918404ce185b91"
    "4c07cefc6bb11f12cef18e30a513ce2f09d0e2918200ce042c2b0904ce32ec8cd9918501ce837fa7e802ce7b5e"
    "660205ce5f24d6080bce478390c612ce6887611f"
)
"""The print of `TOLD`."""
PARTS: dict[type[Record], str] = {Event: "event", Quote: "quote", Claim: "claim", Wording: "wording"}

REPLIES = Wording(text="Слова", language="ru", sources=(Citation("b"),), note="n")
SAID = Quote(
    speaker="ann", text="Words", date=parse_date("2024-01-02"), language="en", wordings=(REPLIES,), note="n"
)
FIGURE = Claim(
    about="troops", by="ann", value="8000", date=parse_date("2024-01-02"), sources=(Citation("a"),)
)
TOLD = Event(
    id="one",
    date=parse_date("2024-01-01"),
    title="A title",
    text="A text",
    kind="vote",
    postponed=(Postponement(date=parse_date("2023-12")),),
    actors={"ann": "chair", "ben": ""},
    sources=(Citation("a", "para. 1"),),
    quotes=(SAID, Quote(speaker="ben", text="Other words")),
    claims=(FIGURE,),
    links={"leads-to": ("two",)},
)
OTHERS: dict[Shape, Any] = {
    Shape.TEXT: "other",
    Shape.MARKDOWN: "other",
    Shape.WORD: "other",
    Shape.ID: "other",
    Shape.URL: "other",
    Shape.LANGUAGE: "fr",
    Shape.CHOICE: "satire",
    Shape.DATE: parse_date("1999~"),
    Shape.IDS: ("other",),
    Shape.WORDS: ("other",),
    Shape.CITATIONS: (Citation("a", "para. 2"),),
    Shape.ROLES: {"ann": "guest", "ben": ""},
    Shape.LINKS: {"leads-to": ("three",)},
    Shape.RECORDS: (Postponement(date=parse_date("2023-11")),),
    Shape.FLAG: True,
}
FIELDS = [
    (record, field.name, OTHERS[field.shape])
    for record in PARTS
    for field in fields_of(record)
    if field.name not in ("quotes", "claims", "wordings") and (record, field.name) != (Event, "id")
]


def with_part(told: Event, record: type[Record], edit: Callable[[Any], Any]) -> Event:
    """An event with its first part of a kind edited."""
    if record is Event:
        edited: Event = edit(told)
        return edited
    if record is Claim:
        return msgspec.structs.replace(told, claims=(edit(told.claims[0]), *told.claims[1:]))
    first, *rest = told.quotes
    if record is Wording:
        first = msgspec.structs.replace(first, wordings=(edit(first.wordings[0]), *first.wordings[1:]))
    else:
        first = edit(first)
    return msgspec.structs.replace(told, quotes=(first, *rest))


def changed(old: Event, new: Event) -> list[Change]:
    return changes_between(event_fingerprint(old), event_fingerprint(new))


def test_every_field_of_the_format_has_a_number_and_no_number_is_left_over() -> None:
    of_header = {field.name for record in (Source, Actor, Topic, Place, Story) for field in fields_of(record)}
    assert {name for _, name, _ in FIELDS} | of_header | {"extra"} == set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(("record", "name", "value"), FIELDS)
def test_a_field_that_is_edited_is_the_one_change(record: type[Record], name: str, value: object) -> None:
    def edit(part: Record) -> Record:
        return msgspec.structs.replace(part, **{name: value})

    assert changed(TOLD, with_part(TOLD, record, edit)) == [Change(PARTS[record], "changed", (name,))]  # type: ignore[arg-type]  # its words are known


@pytest.mark.parametrize("record", PARTS)
def test_a_key_that_the_format_does_not_know_counts(record: type[Record]) -> None:
    def edit(part: Record) -> Record:
        return msgspec.structs.replace(part, extra={"weather": ["rain", {"at": "noon"}]})

    assert changed(TOLD, with_part(TOLD, record, edit)) == [Change(PARTS[record], "changed", ("extra",))]  # type: ignore[arg-type]  # its words are known


@pytest.mark.parametrize("record", PARTS)
def test_the_place_in_the_file_and_the_id_are_no_part_of_a_print(record: type[Record]) -> None:
    def edit(part: Record) -> Record:
        return msgspec.structs.replace(part, line=7, column=3)

    moved = with_part(TOLD, record, edit)
    plans = tuple(msgspec.structs.replace(plan, line=9, column=1) for plan in TOLD.postponed)
    moved = msgspec.structs.replace(moved, id="another", postponed=plans)
    assert event_fingerprint(moved) == event_fingerprint(TOLD)


def test_the_same_text_in_another_field_is_another_hash() -> None:
    there = event("2024", "T", place="x")
    assert changed(there, event("2024", "T", kind="x")) == [Change("event", "changed", ("kind", "place"))]


def test_a_print_stays_what_it_is_from_run_to_run_and_from_release_to_release() -> None:
    assert event_fingerprint(TOLD).hex() == GOLDEN
    assert id_fingerprint("one").hex() == "34f2ddaa8b7615c9"


def test_a_print_holds_no_text() -> None:
    told = event("2024-05-06", "T" * 40, quotes=(quote("s" * 40, "w" * 40),), tags=("t" * 40,))
    assert len(event_fingerprint(told)) < 40


def test_any_id_has_a_print_of_eight_bytes_of_its_own() -> None:
    ids = ["", "a", "é", "\ud800", "a" * 1_000]
    assert {len(id_fingerprint(id_)) for id_ in ids} == {8}
    assert len({id_fingerprint(id_) for id_ in ids}) == len(ids)


def test_without_its_title_an_event_is_still_told_from_others() -> None:
    retitled = msgspec.structs.replace(TOLD, title="Another")
    assert without_title(event_fingerprint(TOLD)) == without_title(event_fingerprint(retitled))
    elsewhere = msgspec.structs.replace(TOLD, place="Elsewhere")
    assert without_title(event_fingerprint(TOLD)) != without_title(event_fingerprint(elsewhere))


names = st.sampled_from(["ann", "ben", "cid"])
texts = st.text("ab ", max_size=4)
citations = st.lists(st.builds(Citation, id=names, at=texts), max_size=2).map(tuple)
dates = st.sampled_from(["2024-01-01", "2024~", "../2024"]).map(parse_date)
wordings = st.builds(Wording, text=texts, language=st.sampled_from(["", "ru"]), sources=citations, note=texts)
quotes = st.builds(
    Quote,
    speaker=names,
    text=texts,
    date=st.none() | dates,
    sources=citations,
    wordings=st.lists(wordings, max_size=3).map(tuple),
)
claims = st.builds(Claim, about=names, by=names, value=texts, date=st.none() | dates, note=texts)
events = st.builds(
    Event,
    date=dates,
    title=texts,
    text=texts,
    sources=citations,
    quotes=st.lists(quotes, max_size=4, unique_by=msgspec.msgpack.Encoder(enc_hook=str).encode).map(tuple),
    claims=st.lists(claims, max_size=4, unique_by=msgspec.msgpack.Encoder(enc_hook=str).encode).map(tuple),
)


@given(events)
def test_what_is_the_same_has_not_changed(told: Event) -> None:
    assert (
        changes_between(event_fingerprint(told), event_fingerprint(msgspec.structs.replace(told, line=5)))
        == []
    )


@given(events, st.randoms(use_true_random=False))
def test_what_only_moved_has_not_changed(told: Event, random: Any) -> None:  # noqa: ANN401  Hypothesis names no type
    moved = msgspec.structs.replace(
        told,
        quotes=tuple(random.sample(told.quotes, len(told.quotes))),
        claims=tuple(random.sample(told.claims, len(told.claims))),
    )
    assert changed(told, moved) == []


@given(events, quotes, st.integers(0, 4))
def test_a_quote_that_is_added_or_removed_is_the_one_change(told: Event, more: Quote, place: int) -> None:
    place = min(place, len(told.quotes))
    if more in told.quotes:
        return
    longer = msgspec.structs.replace(told, quotes=(*told.quotes[:place], more, *told.quotes[place:]))
    assert changed(told, longer) == [Change("quote", "added", number=place)]
    assert changed(longer, told) == [Change("quote", "removed", number=place)]


@given(events, claims, st.integers(0, 4))
def test_a_claim_that_is_added_or_removed_is_the_one_change(told: Event, more: Claim, place: int) -> None:
    place = min(place, len(told.claims))
    if more in told.claims:
        return
    longer = msgspec.structs.replace(told, claims=(*told.claims[:place], more, *told.claims[place:]))
    assert changed(told, longer) == [Change("claim", "added", number=place)]
    assert changed(longer, told) == [Change("claim", "removed", number=place)]


@given(events.filter(lambda told: len(told.quotes) > 0), wordings, st.data())
def test_a_wording_that_is_added_or_removed_is_the_one_change(
    told: Event, more: Wording, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(told.quotes) - 1))
    had = told.quotes[number]
    place = data.draw(st.integers(0, len(had.wordings)))
    has = msgspec.structs.replace(had, wordings=(*had.wordings[:place], more, *had.wordings[place:]))
    if more in had.wordings or has in told.quotes:
        return
    longer = msgspec.structs.replace(told, quotes=(*told.quotes[:number], has, *told.quotes[number + 1 :]))
    assert changed(told, longer) == [Change("wording", "added", (), place, number)]
    assert changed(longer, told) == [Change("wording", "removed", (), place, number)]


EDITS: list[tuple[str, Any]] = [
    ("speaker", "dan"), ("text", "quite other words"), ("date", parse_date("1990")), ("to", ("dan",)),
    ("language", "fr"), ("kind", "satire"), ("sources", (Citation("z"),)), ("note", "n"),
]  # fmt: skip


@given(events.filter(lambda told: len(told.quotes) > 0), st.sampled_from(EDITS), st.data())
def test_a_quote_that_is_edited_is_the_one_change_wherever_it_stands(
    told: Event, edit: tuple[str, Any], data: st.DataObject
) -> None:
    name, value = edit
    number = data.draw(st.integers(0, len(told.quotes) - 1))
    edited = msgspec.structs.replace(told.quotes[number], **{name: value})
    rest = [*told.quotes[:number], *told.quotes[number + 1 :]]
    place = data.draw(st.integers(0, len(rest)))
    rest.insert(place, edited)
    found = changed(told, msgspec.structs.replace(told, quotes=tuple(rest)))
    assert found == [Change("quote", "changed", (name,), place)]


def test_of_many_quotes_of_one_speaker_each_becomes_the_one_most_like_it() -> None:
    first = quote("ann", "one", sources=(Citation("a"),), language="en")
    second = quote("ann", "two", sources=(Citation("b"),), language="ru")
    old = event("2024", "T", quotes=(first, second))
    edited = msgspec.structs.replace(second, text="Two.")
    new = event("2024", "T", quotes=(edited, msgspec.structs.replace(first, text="One.")))
    assert changed(old, new) == [
        Change("quote", "changed", ("text",), 0),
        Change("quote", "changed", ("text",), 1),
    ]


def test_a_quote_written_anew_is_known_by_the_wordings_that_it_kept() -> None:
    first, second = quote("ann", "one"), quote("ann", "two", wordings=(REPLIES,))
    old = event("2024", "T", quotes=(first, second))
    edited = msgspec.structs.replace(second, text="three")
    assert changed(old, event("2024", "T", quotes=(edited,))) == [
        Change("quote", "changed", ("text",), 0),
        Change("quote", "removed", number=0),
    ]


def test_words_of_another_speaker_are_another_quote() -> None:
    old = event("2024", "T", quotes=(quote("ann", "one", note="n"),))
    new = event("2024", "T", quotes=(quote("ben", "two", note="n"),))
    assert changed(old, new) == [Change("quote", "added"), Change("quote", "removed")]


def test_an_answer_of_somebody_else_with_another_value_is_another_claim() -> None:
    old = event("2024", "T", claims=(Claim(about="troops", by="ann", value="1"),))
    new = event("2024", "T", claims=(Claim(about="troops", by="ben", value="2"),))
    assert changed(old, new) == [Change("claim", "added"), Change("claim", "removed")]


def test_a_quote_and_its_wording_that_both_changed_are_two_changes() -> None:
    wording = msgspec.structs.replace(REPLIES, text="Иначе")
    edited = msgspec.structs.replace(SAID, note="other", wordings=(wording,))
    new = msgspec.structs.replace(TOLD, quotes=(TOLD.quotes[1], edited))
    assert changed(TOLD, new) == [
        Change("quote", "changed", ("note",), 1),
        Change("wording", "changed", ("text",), 0, 1),
    ]


def test_an_event_with_very_many_quotes_written_anew_is_compared_in_bounded_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = 0
    likeness = fingerprints._likeness

    def counted(*given: Any) -> int:  # noqa: ANN401  as the function it stands for
        nonlocal steps
        steps += 1
        return likeness(*given)

    monkeypatch.setattr(fingerprints, "_likeness", counted)
    old = event("2024", "T", quotes=tuple(quote("ann", f"old {number}") for number in range(2_000)))
    new = event("2024", "T", quotes=tuple(quote("ann", f"new {number}") for number in range(2_000)))
    assert changed(old, new) == [Change("quote", "changed", ("text",), number) for number in range(2_000)]
    assert steps < 50_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        b"\x91\xdf\xff\xff\xff\xff",
        b"\x92\x80\x91" + b"\x91" * 200_000,
        b"\x91\x81\xa1a\x01",
        b"\x94\x80\x90\x90\x90",
        b"\x92\x80\x91\x01",
        b"\x93\x80\x90\x91\xa1a",
    ],
)
def test_an_invalid_fingerprint_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a valid fingerprint"):
        changes_between(data, event_fingerprint(TOLD))


@given(st.binary(max_size=40))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    for work in (lambda: changes_between(data, event_fingerprint(TOLD)), lambda: without_title(data)):
        try:
            work()
        except ValueError as error:
            assert str(error) == "not a valid fingerprint of an event"  # noqa: PT017  it may also do without


def test_a_field_that_another_version_numbers_is_a_key_that_is_not_known() -> None:
    assert changes_between(b"\x91\x81\x63\x01", b"\x91\x80") == [Change("event", "changed", ("extra",))]


def test_no_two_events_of_the_bundled_story_look_the_same() -> None:
    index = open_timeline(BUNDLED, today=TODAY).index
    found = [event_fingerprint(index.event(key)) for key in range(index.total)]
    assert len(set(found)) == len(found)
    assert all(changes_between(one, other) for one, other in pairwise(found))

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import bundled
from tests.support.stories import HEADER, event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange import json_document
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.native import json as json_native
from timeline_tui.exchange.native.plain import PlainTimeline, plain_record
from timeline_tui.model.records import Actor, Citation, Claim, Header, Postponement, Source, Topic, Wording
from timeline_tui.query.language import parse_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.exchange.contract import Exported, Imported
    from timeline_tui.timeline.view import View

BOTH = pytest.mark.parametrize(
    ("write", "read"),
    [(json_native.write, json_native.read), (json_native.write_lines, json_native.read_lines)],
    ids=["json", "lines"],
)


def read(document: object) -> Any:  # noqa: ANN401  plain data
    return json_native.read(json.dumps(document).encode(), "file")


@BOTH
def test_the_bundled_story_comes_back_as_it_was(
    write: Callable[[View], Exported], read: Callable[[bytes, str], Imported]
) -> None:
    view = bundled()
    exported = write(view)
    found = read(exported.text.encode(), "file")
    story = PlainTimeline(view)
    assert found.events == story.events
    assert {"title": found.title, **found.header} == story.header
    assert (found.left_out, found.guesses, found.lost, exported.lost) == ([], [], {}, {})
    assert len(found.header["actors"]) == len(view.header.actors)  # type: ignore[arg-type]  # a register


@BOTH
def test_every_field_and_every_custom_key_is_imported_again(
    write: Callable[[View], Exported], read: Callable[[bytes, str], Imported]
) -> None:
    other = Wording(text="v", sources=(Citation("nyt-1"),))
    full = event(
        "2024~", 'A "b"\n', id="a", known=parse_date("2024-01"), text="x\u202ey\u2028",
        status="denied", by=("tass",),
        postponed=(Postponement(date=parse_date("2023"), known=parse_date("2022"), extra={"why": "rain"}),),
        actors={"lavrov": "", "russia": "host"}, tags=("1", "true"), links={"x": ("a",)},
        sources=(Citation("tass-1", "p. 3", {"see": ["a", {"b": "c"}]}), Citation("nyt-1")),
        quotes=(quote("lavrov", "w", to=("russia",), wordings=(other,)),),
        claims=(Claim(about="troops", by="tass", value="8_000..", extra={"k": "v"}),),
        extra={"own": {"deep": ["x", "y"]}, "timeline-tui": "kept"},
    )  # fmt: skip
    header = Header(
        title="T", description="D", language="ko", updated=parse_date("2024"), extra={"note": "n"},
        actors=HEADER.actors, sources=HEADER.sources,
        topics={"troops": Topic(question="?", extra={"a": "b"})},
    )  # fmt: skip
    view = story(full, header=header)
    found = read(write(view).text.encode(), "file")
    assert found.events == [plain_record(view.event(0))]
    assert {"title": found.title, **found.header} == plain_record(header)
    assert found.left_out == []


def test_json_is_indented_and_json_lines_have_one_event_per_line() -> None:
    view = story(event("2024", "A", id="a", text="é"), event("2025", "B", id="b"))
    document = json.loads(json_native.write(view).text)
    assert list(document)[:2] == ["timeline-tui", "title"]
    assert [each["id"] for each in document["events"]] == ["a", "b"]
    assert "é" in json_native.write(view).text
    first, *events = json_native.write_lines(view).text.splitlines()
    assert json.loads(first)["title"] == "A story"
    assert [json.loads(line)["id"] for line in events] == ["a", "b"]


def test_a_filtered_view_exports_only_the_records_that_its_events_name() -> None:
    header = Header(
        title="T",
        actors={"a": Actor(name="A", of="b"), "b": Actor(name="B"), "c": Actor(name="C")},
        sources={"s": Source(title="S", derived_from=("r",)), "r": Source(title="R"), "q": Source(title="Q")},
        topics=HEADER.topics,
        description="D",
    )
    one = event("2024", "One", id="x", actors={"a": ""}, sources=(Citation("s"),), links={"l": ("y", "gone")})
    view = story(one, event("2025", "Two", id="y", actors={"c": ""}), header=header)
    some = view.with_query(parse_query("actor:a", view.vocabulary).query)
    document = json.loads(json_native.write(some).text)
    assert set(document["actors"]) == {"a", "b"}
    assert set(document["sources"]) == {"s", "r"}
    assert "topics" not in document
    assert document["description"] == "D"
    assert "links" not in document["events"][0]
    assert json_native.write(some).lost == {"links to events that are not exported": 2}
    assert set(json.loads(json_native.write(view).text)["actors"]) == {"a", "b", "c"}
    assert json.loads(json_native.write(view).text)["events"][0]["links"] == {"l": ["y", "gone"]}


@BOTH
def test_on_a_known_on_day_nothing_later_is_exported(
    write: Callable[[View], Exported], read: Callable[[bytes, str], Imported]
) -> None:
    late = parse_date("2024-12-24")
    header = Header(
        title="T",
        description="How it ended",
        updated=late,
        extra={"later": "x"},
        sources={
            "copy": Source(title="Early copy", derived_from=("late",)),
            "late": Source(title="Later report", date=late),
        },
        actors=HEADER.actors,
    )
    before = event(
        "2024-10-01", "Before", id="a", outcome="so", links={"leads-to": ("b",)},
        sources=(Citation("copy"), Citation("late")), quotes=(quote("lavrov", "later words", date=late),),
    )  # fmt: skip
    view = story(before, event("2024-12-24", "After", id="b"), header=header)
    exported = write(view.known_by(parse_date("2024-11-01").earliest))
    for words in ("late", "Later", "later words", "After", "How it ended", "2024-12-24"):
        assert words not in exported.text
    assert "Early copy" in exported.text
    assert exported.lost == {
        "links to events that are not exported": 1,
        "descriptions of the timeline": 1,
        "custom fields": 1,
    }
    assert read(exported.text.encode(), "file").left_out == []


def test_events_have_their_line_numbers() -> None:
    text = (
        '{"timeline-tui": "1",\n"title": "{\\n}",\n"events": [\n\n{"date": "2024", "title": "A {"},\n'
        ' {\n"date": "2025", "title": "B"}]}'
    )
    found = json_native.read(text.encode(), "file")
    assert (found.title, found.lines) == ("{\n}", [5, 6])


def test_scalars_are_what_was_typed() -> None:
    found = json_native.read(
        b'{"timeline-tui": 1, "title": "T", "events": [{"date": 2024, "title": 1.20, "text": true,'
        b' "kind": null, "x": [1e3, null, NaN], "place": "\\ud800", "tags": [7], "y": 1, "y": 2}]}',
        "file",
    )
    assert found.events == [
        {"date": "2024", "title": "1.20", "text": "true", "x": ["1e3", "NaN"], "place": "\ufffd",
         "tags": ["7"], "y": "1", "y-2": "2"}
    ]  # fmt: skip


def test_no_lone_surrogate_goes_out() -> None:
    assert (
        json_document.json_text({"a\ud800": ["\udfff", {"b": "\ud834"}]}, indent=-1)
        == '{"a\ufffd":["\ufffd",{"b":"\ufffd"}]}\n'
    )


def test_an_invalid_part_of_a_file_of_ours_is_left_out_by_line_without_affecting_the_rest() -> None:
    text = """{"timeline-tui": "1", "title": "T",
    "actors": {"a": {"name": "A"}, "b": {}, "c": 3}, "topics": [], "language": [],
    "events": [
    {"date": "2024", "title": "Kept", "quotes": [
      {"speaker": "a"},
      {"speaker": "a", "text": "w"}]},
    {"date": "2024"},
    {"date": "2024", "title": " "},
    {"date": "2024", "title": "X", "tags": "war"},
    {"date": "2024", "title": "X", "status": "odd"},
    {"date": "Nov 1 2024", "title": "Written"},
    {"date": "some day", "title": "Undated"},
    7
    ]}"""
    found = json_native.read(text.encode(), "file")
    assert found.events == [
        {"date": "2024", "title": "Kept", "quotes": [{"speaker": "a", "text": "w"}]},
        {"date": "2024-11-01", "title": "Written", "json-date": "Nov 1 2024"},
        {"date": UNDATED, "title": "Undated", "json-date": "some day"},
    ]
    assert [(each.line, each.reason) for each in found.left_out] == [
        (5, "one of `quotes`: `text` is missing"),
        (7, "`title` is missing"),
        (8, "`title` is not text"),
        (9, "`tags` is not a list of words"),
        (10, "`status` is not one of a fixed list of words"),
        (0, "an event that is empty or not an object"),
        (0, "`language` is not a BCP 47 language tag"),
        (2, "b in `actors`: `name` is missing"),
        (0, "c in `actors`: it is not an object"),
        (0, "`topics` is not an object"),
    ]


def test_an_invalid_line_of_json_lines_does_not_affect_the_others() -> None:
    text = (
        '{"timeline-tui": "1", "title": "T"}\n\n{"date": "2024", "title": "A"}\n{"date": \n[]\n'
        '{"date": "2025", "title": "B"}'
    )
    found = json_native.read(text.encode(), "file")
    assert [each["title"] for each in found.events] == ["A", "B"]
    assert found.lines == [3, 6]
    assert [each.line for each in found.left_out] == [4, 5]
    assert found.left_out[0].reason.startswith("line 4, column 10: ")


def test_other_json_is_read_by_the_rules_for_files_of_any_structure() -> None:
    entries = [
        {"when": "6 November 2024", "event": "Vote", "mood": "tense"},
        {"when": "May 2025", "event": "War"},
    ]
    for data in (read({"name": "T", "things": entries}), read(entries)):
        assert [(each["date"], each["title"]) for each in data.events] == [
            ("2024-11-06", "Vote"),
            ("2025-05", "War"),
        ]
        assert data.events[0]["mood"] == "tense"
        assert data.guesses
    lines = "\n".join(map(json.dumps, entries)).encode()
    found = json_native.read_lines(lines, "file")
    assert [each["title"] for each in found.events] == ["Vote", "War"]
    assert found.lines == [1, 2]


def test_timelinejs_and_vis_are_detected_by_their_shape() -> None:
    assert (
        read({"events": [{"start_date": {"year": 2024}, "text": {"headline": "A"}}]}).events[0]["title"]
        == "A"
    )
    assert read([{"content": "B", "start": "2024"}]).events == [{"date": "2024", "title": "B"}]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"), (b" \n", "empty"), (b"\x00\x01", "binary"), (b"\xff\xfe\x00", "UTF-8"),
        (b'{\n "a": 1,\n}', "line 3, column 1"), (b"[" * 100_000, "nested"), (b'{"a":' * 100_000, "nested"),
        (b"hello", "line 1, column 1"), (b"{}", "date"), (b"[]", "date"), (b"3", "date"), (b'"x"', "date"),
        (b"\xe9", "line 1: this is not UTF-8"), (b"1 2", "extra data"),
    ],
)  # fmt: skip
def test_any_other_file_is_refused_with_a_message(data: bytes, words: str) -> None:
    with pytest.raises(CannotImport, match=words):
        json_native.read(data, "file")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6) | st.sampled_from(["2024", "a"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "title", "date", "events", "text", "quotes", "speaker", "sources", "actors", "by", "links"]
        ),
        inner, max_size=4,
    ),
    max_leaves=15,
)  # fmt: skip


@given(_VALUES, st.booleans())
def test_no_json_makes_the_reader_fail(value: object, ours: bool) -> None:
    document = {"timeline-tui": "1", "title": "T", "events": value, "actors": value} if ours else value
    with suppress(CannotImport):
        found = read(document)
        assert all(isinstance(each["title"], str) and parse_date(each["date"]) for each in found.events)
        assert len(found.lines) == len(found.events)


def test_a_few_megabytes_are_read_with_line_numbers() -> None:
    events = [{"date": "2024-11-01", "title": f"Event {n}", "text": "word " * 40} for n in range(10_000)]
    text = json.dumps({"timeline-tui": "1", "title": "T", "events": events}, indent=1)
    found = json_native.read(text.encode(), "file")
    assert len(found.events) == 10_000
    assert text.splitlines()[found.lines[-1] - 1].strip() == "{"


def test_json_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "LARGEST", 100)
    with pytest.raises(CannotImport, match="larger than the limit"):
        read([{"date": "2024", "title": "A"}] * 10)


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "MOST_VALUES", 100)
    with pytest.raises(CannotImport, match="too many"):
        read([[]] * 100)

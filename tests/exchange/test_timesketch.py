"""Import and export of Timesketch's CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import assert_read_or_refused, bundled, fields_back, fields_of
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import CannotImport, LeftOut
from timeline_tui.exchange.forensic.timesketch import read as runs_of
from timeline_tui.exchange.forensic.timesketch import write, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.exchange.contract import Exported, Imported
    from timeline_tui.timeline.view import View

both = pytest.mark.parametrize("write_it", [write, write_jsonl], ids=["csv", "jsonl"])

CSV = b"""timestamp,message,timestamp_desc,datetime,tag
1532703487000000,193408 foobar  true,Access Time,2018-07-27T10:58:07+00:00,"['a', 'b']"
1532705705000000,"two
lines",Access Time,2018-07-27T11:35:05.250+02:00,
1532705705000000,only a timestamp,Access Time,,
,,Access Time,2018-07-27T11:35:05+00:00,
"""
FIRST = {"message": "A message", "datetime": "2015-07-24T19:01:01+00:00", "timestamp_desc": "Write time"}
JSONL = f"""{json.dumps(FIRST)[:-1]}, "timestamp": 123456789, "extra": {{"a": [1.50]}}}}
{{"message": broken}}
[1]
{{"datetime": "2015-07-24T19:01:01+00:00"}}
""".encode()


def read(data: bytes, name: str) -> Imported:
    return runs_of(data, name).imported()


def test_a_row_of_csv_is_an_event_with_all_its_columns() -> None:
    imported = read(CSV, "case")
    assert imported.title == "case"
    assert imported.events[0] == {
        "id": "193408-foobar-true",
        "date": "2018-07-27T10:58:07Z",
        "title": "193408 foobar  true",
        "timestamp": "1532703487000000",
        "timestamp_desc": "Access Time",
        "tags": ["a", "b"],
    }
    assert imported.events[1]["date"] == "2018-07-27T11:35:05.25+02:00"
    assert "datetime" not in imported.events[1], "the date says all of it"
    assert (imported.events[1]["title"], imported.events[1]["text"]) == ("two", "two\nlines")
    assert imported.events[2]["date"] == "2018-07-27T15:35:05Z"
    assert imported.lines == [2, 3, 5]
    assert imported.left_out == [LeftOut(6, "there is no message")]


def test_a_line_of_json_is_an_event_and_an_invalid_one_does_not_affect_the_others() -> None:
    imported = read(JSONL, "case")
    assert imported.events == [
        {
            "id": "a-message",
            "date": "2015-07-24T19:01:01Z",
            "title": "A message",
            "timestamp": "123456789",
            "timestamp_desc": "Write time",
            "extra": {"a": ["1.50"]},
        }
    ]
    assert [left.line for left in imported.left_out] == [2, 3, 4]
    assert "not valid JSON" in imported.left_out[0].reason


def test_a_long_message_is_a_short_title_and_a_whole_text() -> None:
    line = json.dumps({"message": "word " * 100, "datetime": "2015-07-24T19:01:01Z", "timestamp_desc": "x"})
    (found,) = read(line.encode(), "x").events
    assert len(str(found["title"])) <= 200
    assert found["text"] == ("word " * 100).strip()


@both
def test_the_bundled_story_comes_back(write_it: Callable[[View], Exported]) -> None:
    view = bundled()
    exported = write_it(view)
    imported = read(exported.text.encode(), "x")
    assert not imported.left_out
    for number, key in enumerate(view.keys):
        assert fields_back(imported, number) == fields_of(view, view.event(key))
        assert "timestamp_desc" not in imported.events[number]
    assert exported.lost["quotes"] > 0


@both
def test_the_export_has_the_fields_that_timesketch_requires(write_it: Callable[[View], Exported]) -> None:
    text = write_it(bundled()).text
    rows = (
        list(csv.DictReader(io.StringIO(text)))
        if write_it is write
        else [json.loads(line) for line in text.splitlines()]
    )
    assert len(rows) == bundled().count
    assert rows[0]["message"] == "Russian forces enter Ukraine"
    assert rows[0]["datetime"] == "2022-02-24T00:00:00+00:00"
    assert rows[0]["timestamp_desc"] == "Event"
    assert all(row["message"] and row["datetime"] and row["timestamp_desc"] for row in rows)
    assert not any(isinstance(value, dict) for row in rows for value in row.values())


@both
@pytest.mark.parametrize(
    "edtf",
    ["2024", "2024-11~", "201X", "2022-02-24/..", "../2024", "2024/", "0044", "2024-11-06",
     "2024-11-06T10:30:00+03:00", "2024-11-06T10:30",
     "[2024-10-23,2024-10-25]"],
)  # fmt: skip
def test_every_date_comes_back_as_it_was(write_it: Callable[[View], Exported], edtf: str) -> None:
    text = write_it(story(event(edtf, "a"))).text
    assert read(text.encode(), "x").events[0]["date"] == edtf


def test_the_timestamp_of_an_imprecise_date_is_described_as_its_start() -> None:
    assert ",Start of about November 2024,2024-11~" in write(story(event("2024-11~", "a"))).text


def test_a_time_that_was_changed_beside_its_edtf_counts() -> None:
    text = write(story(event("2024-11~", "a"))).text.replace("2024-11-01T00", "2024-12-05T00")
    imported = read(text.encode(), "x")
    assert imported.events[0]["date"] == "2024-12-05T00:00:00Z"
    assert imported.guesses == ["rows whose `datetime` differs from `edtf` have that `datetime`: 1"]


@both
def test_custom_fields_are_imported_again(write_it: Callable[[View], Exported]) -> None:
    exported = write_it(
        story(event("2024", "a", extra={"host": "web-1", "ports": ["80", "443"], "n": {"a": "b"}}))
    )
    (back,) = read(exported.text.encode(), "x").events
    assert back["host"] == "web-1"
    assert not exported.lost


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "plain"])
def test_no_cell_is_a_formula_and_titles_are_imported_unchanged(title: str) -> None:
    text = write(story(event("2024", title, text=title, place=title))).text
    rows = list(csv.reader(io.StringIO(text)))
    assert not any(cell[:1] in tuple("=+-@\t\r") and cell for row in rows for cell in row)
    (back,) = read(text.encode(), "x").events
    assert back["title"] == title.strip()
    assert back["place"] == title


@both
def test_events_without_a_day_in_these_years_are_counted(write_it: Callable[[View], Exported]) -> None:
    exported = write_it(story(event("-0043", "a"), event(UNDATED, "b"), event("2024", "c")))
    assert exported.lost == {"events without a date in the years 1 to 9999": 2}


@both
def test_only_what_the_view_shows_is_exported(write_it: Callable[[View], Exported]) -> None:
    view = bundled().known_by(parse_date("2024-10-14").earliest)
    imported = read(write_it(view).text.encode(), "x")
    assert len(imported.events) == view.count < bundled().count


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0\1\2", "binary"),
        (b"a,b\n1,2\n", "this table has a, b"),
        (b"{}", "no row can be read as an event"),
        (b'{"title": {\n"a": 1}}', "not valid JSON"),
        (b'[{"id": 1}]', "no message"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "table"),
    ],
    ids=["empty", "binary", "table", "object", "pretty-json", "list", "calendar"],
)
def test_any_other_file_is_refused_with_a_message(data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(data, "x")


@given(st.text(), st.booleans())
def test_any_text_is_read_or_refused(text: str, is_json: bool) -> None:
    head = '{"message": "m", "datetime": "2015-07-24T19:01:01Z"}\n' if is_json else "message,datetime\nm,x\n"
    assert_read_or_refused(read, head + text)


@both
def test_some_megabytes_are_read(write_it: Callable[[View], Exported]) -> None:
    row = b'1532703487000000,"event %d of a host",Access Time,2018-07-27T10:58:07+00:00\n'
    line = b'{"message": "event %d", "datetime": "2018-07-27T10:58:07+00:00", "timestamp_desc": "x"}\n'
    data = (
        b"timestamp,message,timestamp_desc,datetime\n" + b"".join(row % n for n in range(20_000))
        if write_it is write
        else b"".join(line % n for n in range(20_000))
    )
    assert len(read(data, "x").events) == 20_000


def test_fractions_of_a_second_are_exported_and_imported_again() -> None:
    row = json.loads(write_jsonl(story(event("2024-11-06T10:30:05.250+09:00", "A"))).text)
    assert row["datetime"] == "2024-11-06T01:30:05.25+00:00"
    assert read(json.dumps(row).encode(), "A").events[0]["date"] == "2024-11-06T10:30:05.250+09:00"
    del row["edtf"], row["datetime"]
    row["timestamp"] = "1730856605250000"
    assert read(json.dumps(row).encode(), "A").events[0]["date"] == "2024-11-06T01:30:05.25Z"

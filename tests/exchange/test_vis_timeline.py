from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import bundled, fields_back, fields_of
from tests.support.stories import HEADER, event, story
from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.edtf import write_year
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange import vis_timeline as vis
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.model.records import Citation, Header, Source


def is_date(text: str) -> bool:
    try:
        return parse_date(text).text == text
    except DateError:
        return False


def read(*items: object) -> Any:  # noqa: ANN401  plain data
    return vis.read(json.dumps(items).encode(), "file")


def written(*events: Any, header: Header = HEADER) -> Any:  # noqa: ANN401  plain data
    return json.loads(vis.write(story(*events, header=header)).text)


def test_the_bundled_story_is_imported_again_as_far_as_items_can_hold_it() -> None:
    view = bundled()
    exported = vis.write(view)
    found = vis.read(exported.text.encode(), "bundled")
    assert not found.guesses
    for number, key in enumerate(view.keys):
        assert fields_back(found, number) == fields_of(view, view.event(key))
    assert exported.lost["quotes"] == sum(len(view.event(key).quotes) for key in view.keys)
    assert exported.lost["claims"] == sum(len(view.event(key).claims) for key in view.keys)
    assert "links to events that are not exported" not in exported.lost


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2024", "2024-01-01", None),
        ("2024-11", "2024-11-01", None),
        ("2024-11-06", "2024-11-06", None),
        ("2024-11-06T10:30:00Z", "2024-11-06T10:30:00Z", None),
        ("2024-11-06T10:30-04:30", "2024-11-06T10:30-04:30", None),
        ("2022-02/2024-11-06", "2022-02-01", "2024-11-06"),
        ("2023/2024-02", "2023-01-01", "2024-02-29"),
        ("2024~", "2024-01-01", None),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("../2024", "2024-01-01", None),
        ("2022-02-24/..", "2022-02-24", None),
        ("[2024-10-23,2024-10-24]", "2024-10-23", "2024-10-24"),
        ("-0043-03-15", "-000043-03-15", None),
        ("-0043-03", "-000043-03-01", None),
        ("-0300", "-000300-01-01", None),
        ("-0300/-0200", "-000300-01-01", "-000200-12-31"),
        ("0000", "0000-01-01", None),
        ("0099", "0099-01-01", None),
        ("Y17000", "+017000-01-01", None),
    ],
)
def test_a_date_is_exported_as_whole_days_and_imported_as_precisely_as_it_is_known(
    edtf: str, start: str, end: str | None
) -> None:
    (item,) = written(event(edtf, "A"))
    assert (item["start"], item.get("end")) == (start, end)
    assert read(item).events[0]["date"] == edtf


@given(
    st.one_of(
        st.integers(-271_000, 271_000).map(write_year),
        st.dates().map(str),
        st.builds("{:.7}{}".format, st.dates().map(str), st.sampled_from(["", "?", "~", "%"])),
        st.tuples(st.dates(), st.dates())
        .filter(lambda pair: pair[0] < pair[1])
        .map(lambda pair: f"{pair[0]}/{pair[1]:%Y}"),
    ).filter(is_date)
)
def test_any_date_comes_back(edtf: str) -> None:
    (item,) = written(event(edtf, "A"))
    assert read(item).events[0]["date"] == edtf
    assert re.fullmatch(r"(?:[0-9]{4}|[+-][0-9]{6})-[0-9]{2}-[0-9]{2}", item["start"])
    assert item.get("date", item["start"]) == edtf or f"{item['start']}/{item['end']}" == edtf


def test_no_two_items_have_one_id() -> None:
    found = written(event("2024", "A"), event("2024", "B", id="event-1"), event("2024", "C"))
    assert sorted(item["id"] for item in found) == ["event-1", "event-2", "event-3"]


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color: red; width: 10%", True),
        ("background: url(https://example.org/a)", False),
        ("background: \\75rl(x)", False),
        ("background-image: image-set('x' 1x)", False),
    ],
)
def test_no_style_fetches_a_file(style: str, kept: bool) -> None:
    exported = vis.write(story(event("2024", "A", extra={"style": style})))
    assert ("style" in json.loads(exported.text)[0]) == kept
    assert exported.lost["styles that name a file"] == (not kept)


def test_events_that_a_browser_cannot_draw_are_counted() -> None:
    exported = vis.write(story(event("Y-13798000000", "Big Bang"), event(UNDATED, "B"), event("2024", "C")))
    assert exported.lost == {"events whose date no browser can draw": 2}
    assert [item["content"] for item in json.loads(exported.text)] == ["C"]


def test_an_item_that_was_moved_has_its_new_date() -> None:
    (item,) = written(event("2024~", "A"))
    back = read({**item, "start": "2025-01-03"}).events[0]
    assert (back["date"], back["vis-date"]) == ("2025-01-03", "2024~")


@pytest.mark.parametrize(
    ("start", "edtf"),
    [
        ("2014-06-28T13:00", "2014-06-28T13:00"),
        ("2014-06-28 13:00:05", "2014-06-28T13:00:05"),
        ("2014-06-28T13:00:05.000Z", "2014-06-28T13:00:05Z"),
        (1398168000000, "2014-04-22T12:00:00Z"),
        ("/Date(1398124800000)/", "2014-04-22"),
        (-1398168000000, "1925-09-11T12:00:00Z"),
        ("+012024-03", "Y12024"),
        ("20140420", "2014-04-20"),
        ("soon", UNDATED),
        (99999999999999999, UNDATED),
        ({"a": 1}, UNDATED),
    ],
)
def test_dates_of_javascript_are_read(start: object, edtf: str) -> None:
    back = (
        read({"start": "2024"}, {"content": "A", "start": start, "end": None}).events[-1] if start else None
    )
    if back is not None:
        assert back["date"] == edtf
        assert ("start" in back) == (edtf == UNDATED)


def test_an_end_before_its_start_is_kept_as_are_fractions_of_a_second() -> None:
    found = read(
        {"content": "A", "start": "2024-02-01", "end": "2024-01-01"},
        {"content": "B", "start": "2024-02-01T10:00:00.250Z", "end": "never"},
    )
    assert [each["date"] for each in found.events] == ["2024-02-01", "2024-02-01T10:00:00.250Z"]
    assert [each["end"] for each in found.events] == ["2024-01-01", "never"]
    assert found.lost == {}


def test_html_of_content_and_tooltip_becomes_text_and_groups_have_names() -> None:
    data = {
        "items": [
            {
                "id": 1,
                "content": "<b>A</b> &amp; B",
                "title": "<p>x</p><p>y</p>",
                "start": "2024",
                "group": 7,
            },
            {
                "id": 1,
                "content": "C",
                "start": "2024",
                "group": "other",
                "status": "done",
                "className": "red",
            },
        ],
        "groups": [{"id": 7, "content": "<i>Votes</i>"}],
        "options": {"stack": False},
    }
    found = vis.read(json.dumps(data).encode(), "file")
    assert found.events == [
        {"date": "2024", "title": "A & B", "id": "1", "kind": "Votes", "vis-group": "7", "text": "x\n\ny",
         "content": "**A** & B"},
        {"date": "2024", "title": "C", "vis-id": "1", "kind": "other", "vis-status": "done",
         "className": "red"},
    ]  # fmt: skip
    assert found.header == {"vis-options": {"stack": "false"}}


def test_no_text_in_a_story_becomes_html() -> None:
    (item,) = written(event("2024", "<img src=x>", text="<b>x</b> [y](javascript:z)", id="a"))
    assert item["content"] == "&lt;img src=x&gt;"
    assert item["title"] == "&lt;b&gt;x&lt;/b&gt; [y](javascript:z)"
    back = read(item).events[0]
    assert (back["title"], back["text"]) == ("<img src=x>", "<b>x</b> [y](javascript:z)")


def test_only_http_addresses_are_exported() -> None:
    header = Header(title="T", sources={"s": Source(title="S", url="javascript:alert(1)")})
    assert (
        "javascript" not in vis.write(story(event("2024", "A", sources=(Citation("s"),)), header=header)).text
    )


def test_on_a_known_on_day_nothing_later_is_exported() -> None:
    view = story(
        event("2024-10-01", "Before", id="a", links={"leads-to": ("b",)}),
        event("2024-12-24", "After", id="b"),
    )
    exported = vis.write(view.known_by(parse_date("2024-11-01").earliest))
    assert [item["content"] for item in json.loads(exported.text)] == ["Before"]
    assert "links" not in json.loads(exported.text)[0]
    assert exported.lost == {"links to events that are not exported": 1}


def test_custom_fields_are_exported_again() -> None:
    (item,) = written(event("2024", "A", extra={"className": "red", "content": "no"}))
    assert item["className"] == "red"
    assert item["content"] == "A"


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"\x00", b"{", b"[]", b"[1, 2]", b"{}",
     b'{"items": {}}', b'[{"start": "2024"}, {}]', b"[" * 99_999,
     b'[{"start": 1,]', b"BEGIN:VCALENDAR", b"\xff\xfe\x00"],
)  # fmt: skip
def test_any_other_file_is_refused_with_a_message(data: bytes) -> None:
    with pytest.raises(CannotImport) as refused:
        vis.read(data, "file")
    assert str(refused.value)


_VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "start", "title", "content", "url", "name"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
_NAMES = st.sampled_from([
    "id", "content", "end", "title", "group", "type", "date", "text", "actors", "sources", "tags", "links",
    "by", "quotes", "known", "x",
])  # fmt: skip


@given(st.lists(st.dictionaries(_NAMES, _VALUES, max_size=6), min_size=1, max_size=4), _VALUES)
def test_no_item_makes_the_reader_fail(items: list[dict[str, object]], start: object) -> None:
    found = read(*({**item, "start": start} for item in items))
    assert len(found.events) == len(items)
    assert all(isinstance(each["title"], str) and parse_date(each["date"]) for each in found.events)


def test_a_few_megabytes_are_read() -> None:
    found = read(*({"id": n, "content": "word " * 40, "start": "2024-01-01"} for n in range(10_000)))
    assert len(found.events) == 10_000


def test_fractions_of_a_second_are_exported_and_imported_again() -> None:
    (item,) = written(event("2024-11-06T10:30:05.25Z", "A"))
    assert item["start"] == "2024-11-06T10:30:05.250Z"
    assert read(item).events[0]["date"] == "2024-11-06T10:30:05.25Z"
    assert read({"content": "A", "start": 1730889005250}).events[0]["date"] == "2024-11-06T10:30:05.25Z"

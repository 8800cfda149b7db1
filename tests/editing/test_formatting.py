from __future__ import annotations

import random
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, HARBOUR
from tests.support.yaml_layouts import Layout, layouts
from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.editing.formatting import difference, formatted
from timeline_tui.errors import TimelineError
from timeline_tui.reading import yaml_parser as syntax
from timeline_tui.reading.reader import read_text
from timeline_tui.reading.yaml_parser import pure_parser

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "title: A story\nevents:\n"


def fmt(text: str) -> str:
    return formatted(text.encode()).decode()


def events(*lines: str) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines)


def entry(title: str, date: str) -> str:
    return f"  - title: {title}\n    date: {date}"


@pytest.mark.parametrize("path", [BUNDLED, HARBOUR], ids=["bundled", "harbour"])
def test_a_formatted_file_stays_the_same_byte_by_byte(path: Path) -> None:
    data = path.read_bytes()
    assert formatted(data, str(path)) == data


def test_the_bundled_events_are_sorted_from_any_order() -> None:
    head, start, rest = BUNDLED.read_text("utf-8").partition("events:\n")
    chunks = re.findall(r"  (?:# .*\n  )?- id:.*\n(?:    .*\n|\n)*", rest)
    assert "".join(chunks) == rest
    random.Random(5).shuffle(chunks)  # noqa: S311
    shuffled = head + start + "".join(chunks)
    got = fmt(shuffled)
    assert sorted(got.splitlines()) == sorted(shuffled.splitlines())
    events = read_text(got.encode(), "x").events
    dates = [((event.before_updates and event.before_updates.date) or event.date).key for event in events]
    assert len(dates) == len(chunks)
    assert dates == sorted(dates)


@given(layouts())
def test_events_are_sorted_and_nothing_is_lost(layout: Layout) -> None:
    data = layout.text.encode()
    got = formatted(data)
    assert formatted(got) == got

    def lines(text: bytes) -> list[bytes]:
        fixed = text.replace(b"date: 2021-2-3?", b"date: 2021-02-03?")
        return sorted(line.rstrip(b"\r") for line in fixed.split(b"\n"))

    assert [line for line in lines(got) if line] == [line for line in lines(data) if line]
    assert got.count(b"\n") == data.count(b"\n")
    assert got.count(b"\r") == data.count(b"\r")
    titles = [int(number) for number in re.findall(r"title: e(\d+)", got.decode())]
    assert sorted(titles) == list(range(len(layout.dates)))
    key: tuple[int, ...] = ()
    keys = []
    for date in layout.dates:
        with suppress(DateError):
            key = parse_date(date.replace("2021-2-3", "2021-02-03")).key
        keys.append(key)
    assert titles == sorted(range(len(keys)), key=keys.__getitem__)


@given(layouts())
def test_comments_of_an_event_move_with_it(layout: Layout) -> None:
    got = formatted(layout.text.encode()).decode().replace("\r\n", "\n")
    for number in re.findall(r"# above e(\d+)", layout.text):
        assert re.search(rf"# and\n *# above e{number}\n *- +(?:date: .*\n *)?title: e{number}\n", got)
    for number in re.findall(r"# inside e(\d+)", layout.text):
        assert re.findall(r"title: e(\d+)\n", got.partition(f"# inside e{number}")[0])[-1] == number


def test_a_heading_stays_before_the_next_event_that_does_not_move() -> None:
    text = (
        "title: x\nevents:\n\n# 2022\n\n- title: a\n  date: 2022-01\n- title: b\n  date: 2022-05\n\n"
        "# 2024\n\n- title: c\n  date: 2024-01\n- title: d\n  date: 2022-03\n\n# the end\n"
    )
    assert fmt(text) == (
        "title: x\nevents:\n\n# 2022\n\n- title: a\n  date: 2022-01\n- title: d\n  date: 2022-03\n"
        "- title: b\n  date: 2022-05\n\n# 2024\n\n- title: c\n  date: 2024-01\n\n# the end\n"
    )


def test_a_heading_whose_events_all_move_away_goes_to_the_end() -> None:
    text = events(entry("a", "2022"), "", "  # older", "", entry("b", "2020"))
    assert fmt(text) == events(entry("b", "2020"), "", entry("a", "2022"), "", "  # older")


def test_blank_lines_stay_between_events_and_the_end_of_the_file_stays_the_same() -> None:
    text = events(entry("a", "2022"), "", entry("b", "2020")).rstrip("\n")
    assert fmt(text) == events(entry("b", "2020"), "", entry("a", "2022")).rstrip("\n")


def test_events_of_one_day_keep_their_order_and_one_without_a_date_stays_after_the_one_before() -> None:
    text = events(entry("a", "2022"), entry("b", "soon"), entry("c", "2022"), entry("d", "2020"))
    titles = re.findall("title: (.)", fmt(text).partition("events:")[2])
    assert titles == ["d", "a", "b", "c"]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ('"2024-11-06"', "2024-11-06"),
        ("'2024-11-06'", "2024-11-06"),
        ("Nov 1, 2024", "2024-11-01"),
        ('" 2024-11-06 "', "2024-11-06"),
        ("2024-11-6", "2024-11-06"),
        ("2024/11/01", "2024-11-01"),
        ("c. 1990", "1990~"),
        ("44 BC", "-0043"),
        ('"[2024-10-23, 2024-10-24]"', '"[2024-10-23,2024-10-24]"'),
        ("'[2024-10-23,2024-10-24]'", "'[2024-10-23,2024-10-24]'"),
        ('"2024-11-06T10:30:00Z"', "2024-11-06T10:30:00Z"),
        ("&d '2024'", "&d 2024"),
        ("!!str '2024'", "!!str 2024"),
        ("&d Nov 1, 2024", "&d Nov 1, 2024"),
        ("1.11.2024", "1.11.2024"),
        ("soon", "soon"),
        ('"soon"', '"soon"'),
        ("2024-02-30", "2024-02-30"),
        ("2024  # about", "2024  # about"),
    ],
)
def test_dates_are_written_in_their_canonical_form(written: str, canonical: str) -> None:
    assert fmt(events(entry("a", written))) == events(entry("a", canonical))


def test_dates_of_every_record_are_formatted_and_nothing_else() -> None:
    text = (
        "updated: '2024'\ntitle: '2024'\nsources: {a: {title: A, date: \"2024-01-02\"}}\n"
        "topics:\n  date: {question: '2020'}\n"
        "events:\n- title: '2024'\n  date: '2024'\n  known: May 2024\n  postponed: [{date: '2023?'}]\n"
        "  quotes:\n  - {speaker: a, text: '2024', date: '2024-05'}\n  extra: {date: '2024'}\n"
    )
    assert fmt(text) == (
        "updated: 2024\ntitle: '2024'\nsources: {a: {title: A, date: 2024-01-02}}\n"
        "topics:\n  date: {question: '2020'}\n"
        "events:\n- title: '2024'\n  date: 2024\n  known: 2024-05\n  postponed: [{date: '2023?'}]\n"
        "  quotes:\n  - {speaker: a, text: '2024', date: 2024-05}\n  extra: {date: '2024'}\n"
    )


def test_invalid_yaml_is_refused_with_the_place_of_its_first_problem() -> None:
    with pytest.raises(TimelineError, match=r"story\.yaml:3:\d+: error yaml-syntax"):
        formatted(b"title: x\nevents:\n- title: 'a\n", "story.yaml")
    for data in (
        b"",
        b"\xff\xfe",
        b"- a\n",
        b"title: a\x00b\nevents: []\n",
        b"title: a # \x01\nevents: []\n",
    ):
        with pytest.raises(TimelineError):
            formatted(data)


def test_a_file_with_an_invalid_record_is_formatted_anyway() -> None:
    text = events(entry("a", "2022") + "\n    status: no-such", entry("b", "2020"))
    assert fmt(text).index("title: b") < fmt(text).index("title: a")


def test_events_in_brackets_are_only_refused_when_they_are_out_of_order() -> None:
    one, other = "{title: a, date: '2020'}", "{title: b, date: 2021}"
    assert fmt(f"title: x\nevents: [{one}, {other}]\n") == (
        "title: x\nevents: [{title: a, date: 2020}, {title: b, date: 2021}]\n"
    )
    with pytest.raises(TimelineError, match=r"events in \[ \] cannot be sorted"):
        fmt(f"title: x\nevents: [{other}, {one}]\n")


def test_events_are_sorted_by_their_own_dates_whatever_updates_say() -> None:
    moved = "\n    updates: [{known: 2023-01-01, date: 2025-01-01}]"
    text = "format: 1.1\n" + events(entry("a", "2022") + moved, entry("b", "2024"))
    assert fmt(text) == text
    one = "{title: a, date: 2022, updates: [{known: 2023, date: 2025}]}"
    in_brackets = f"format: 1.1\ntitle: x\nevents: [{one}, {{title: b, date: 2024}}]\n"
    assert fmt(in_brackets) == in_brackets


def test_an_event_whose_meaning_depends_on_its_place_is_not_moved() -> None:
    anchors = events(entry("a", "2022") + "\n    place: &p Moscow", entry("b", "2020") + "\n    place: *p")
    with pytest.raises(TimelineError, match="bad-alias"):
        fmt(anchors)
    twins = events(
        entry("Twin", "2022") + "\n    text: one",
        entry("Twin", "2020") + "\n    text: two",
        entry("c", "2023") + "\n    links: {responds-to: [twin-2]}",
    )
    with pytest.raises(TimelineError, match="a link to twin-2 would lead to another event"):
        fmt(twins)


def test_an_anchor_on_the_list_and_dashes_on_lines_of_their_own_are_supported() -> None:
    one, other = "  # first\n  - # b\n    title: b\n    date: 2022\n", "  -\n    title: a\n    date: 2020\n"
    head = "title: x\nevents: &all\n"
    assert fmt(head + one + other) == head + other + one


@given(layouts())
def test_the_parser_without_libyaml_gives_the_same(layout: Layout) -> None:
    data = layout.text.encode()
    expected = formatted(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "_parser", pure_parser)
        assert formatted(data) == expected


@given(st.text(alphabet="-: #\n[]{'\"|>+&*ab0123\r\ufeff\u2028é", max_size=60))
def test_any_text_is_formatted_or_refused_with_a_reason(text: str) -> None:
    for data in (text.encode(), f"title: x\nevents:\n{text}".encode()):
        try:
            got = formatted(data)
        except TimelineError:
            continue
        assert formatted(got) == got


def test_a_difference_is_unified_and_visible() -> None:
    lines = list(difference(b"a\nb\x1b[2J\r\n", b"a\nc", "x.yaml"))
    assert lines == [
        "--- x.yaml", "+++ x.yaml (new)", "@@ -1,2 +1,2 @@", " a", "-b‹U+001B›[2J", "+c",
        "\\ No newline at end of file",
    ]  # fmt: skip
    assert not list(difference(b"a", b"a", "x.yaml"))


def test_a_text_that_needs_its_line_end_keeps_it_at_the_end_of_the_file() -> None:
    block = entry("a", "2022") + "\n    text: |\n      words"
    text = events(block, entry("b", "2020")).rstrip("\n")
    assert fmt(text) == events(entry("b", "2020"), block)
    strip = block.replace("|", "|-")
    assert fmt(text.replace("|", "|-")) == events(entry("b", "2020"), strip).rstrip("\n")

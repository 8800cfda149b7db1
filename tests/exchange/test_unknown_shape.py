"""Import of timelines of any structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.foreign_files import read, told
from tests.support.screens import BUNDLED, HARBOUR
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.editing.starter import STARTER
from timeline_tui.exchange import folder
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.native import yaml as native
from timeline_tui.exchange.unknown_shape import reader as foreign
from timeline_tui.exchange.unknown_shape.yaml import LARGEST
from timeline_tui.model.problems import Severity
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from pathlib import Path


def test_events_are_found_in_lists_under_any_key() -> None:
    imported = read("""\
        version: 3
        ancient:
          - {date: "~4004 BC", event: Creation}
          - {date: 44 BC, event: Caesar dies}
        modern:
          - {date: 1969, event: Moon}
        anchors:
          - {milestone_date: 2026-08-02, label: Elsewhere}
    """)
    assert told(imported, "date", "title", "section") == [
        ("-4003~", "Creation", "ancient"),
        ("-0043", "Caesar dies", "ancient"),
        ("1969", "Moon", "modern"),
    ]
    assert imported.header["version"] == "3"
    assert imported.header["anchors"] == [{"milestone_date": "2026-08-02", "label": "Elsewhere"}]


def test_events_are_found_under_years_and_months() -> None:
    imported = read("""\
        title: By year
        2019:
          - {date: May 8, title: In May}
          - title: Sometime
        2020:
          March:
            - event: In March
        2021: One thing happened
        2022:
          - Another
    """)
    assert imported.title == "By year"
    assert told(imported, "date", "title") == [
        ("2019-05-08", "In May"),
        ("2019", "Sometime"),
        ("2020-03", "In March"),
        ("2021", "One thing happened"),
        ("2022", "Another"),
    ]
    assert imported.lines == [3, 4, 7, 8, 10]


def test_a_date_over_a_list_is_that_of_its_items_and_not_an_event() -> None:
    imported = read("""\
        - year: 2019
          events: [Founded, "March 3: Moved"]
        - year: 2020
          events: [Closed]
    """)
    assert told(imported, "date", "title") == [
        ("2019", "Founded"),
        ("2019-03-03", "Moved"),
        ("2020", "Closed"),
    ]
    assert not imported.header


def test_events_are_found_in_maps_by_name_and_in_documents() -> None:
    by_name = read("""\
        milestones:
          moon: {date: {year: 1969, month: 7, day: 20}, title: Moon landing}
          sputnik: {when: 4 Oct 1957, what: Sputnik}
    """)
    assert told(by_name, "id", "date", "title") == [
        ("moon", "1969-07-20", "Moon landing"),
        ("sputnik", "1957-10-04", "Sputnik"),
    ]
    documents = read("---\ntitle: A\ndate: March 1989\n---\ntitle: B\ndate: August 6, 1991\n---\ntitle: C\n")
    assert told(documents, "date", "title") == [("1989-03", "A"), ("1991-08-06", "B"), (UNDATED, "C")]


def test_dated_lists_inside_of_events_are_events_that_are_part_of_them() -> None:
    imported = read("""\
        - release: 1.27
          releaseDate: 2024-04-11
          next: {release: 1.27.4, targetDate: 2023-07-19}
          patches:
            - {release: 1.27.2, targetDate: 2023-05-17}
            - {release: 1.27.1, targetDate: 2023-04-14}
    """)
    assert told(imported, "id", "date", "title", "links") == [
        ("1-27", "2024-04-11", "release 1.27", ""),
        ("", "2023-05-17", "release 1.27.2", {"part-of": ["1-27"]}),
        ("", "2023-04-14", "release 1.27.1", {"part-of": ["1-27"]}),
    ]
    assert imported.events[0]["next"] == {"release": "1.27.4", "targetDate": "2023-07-19"}


def test_dated_sources_are_sources_and_not_events() -> None:
    imported = read("""\
        date: 1970-01-01
        title: A plan
        sources:
          - {title: How it began, url: "https://example.org/1", outlet: The Week, date: May 2011, seen: no}
          - {title: Why, url: "https://example.org/2", date: 2019-02-04}
    """)
    assert told(imported, "title", "sources") == [("A plan", ["how-it-began", "why"])]
    sources: Any = imported.header["sources"]
    assert sources["how-it-began"] == {
        "title": "How it began",
        "publisher": "The Week",
        "date": "2011-05",
        "url": "https://example.org/1",
        "seen": "no",
    }


def test_a_markdown_page_with_yaml_at_its_beginning_is_an_event() -> None:
    imported = read("---\ntitle: A page\ndate: 2020-01-02\ntags: [a]\n---\nThe *text*.\n\nMore.\n", "page.md")
    assert told(imported, "date", "title", "text", "tags") == [
        ("2020-01-02", "A page", "The *text*.\n\nMore.", ["a"])
    ]
    with pytest.raises(CannotImport, match="does not start with YAML"):
        foreign.read(b"# Only text\n", "page.md")


def test_a_folder_is_a_timeline_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b.yaml").write_text("date: 2020-02-01\ntitle: Second\nid: own\n", encoding="utf-8")
    (tmp_path / "2020" / "first.md").write_text("---\ndate: 2020\n---\nFirst.\n", encoding="utf-8")
    (tmp_path / ".git" / "c.yaml").write_text("date: 2020\ntitle: Hidden\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("About this.\n", encoding="utf-8")
    (tmp_path / "broken.yml").write_text("title: [\n", encoding="utf-8")
    imported = folder.read(tmp_path)
    assert sorted(told(imported, "id", "date", "title")) == [
        ("first", "2020", "First."),
        ("own", "2020-02-01", "Second"),
    ]
    assert [reason.partition(":")[0] for _, reason in imported.left_out] == ["README.md", "broken.yml"]
    with pytest.raises(CannotImport, match="no folder"):
        folder.read(tmp_path / "b.yaml")


def test_merge_keys_tags_and_repeated_keys_are_read() -> None:
    imported = read("""\
        defaults: &d {kind: meeting, place: Paris}
        list:
          - {<<: *d, date: !!timestamp 2020-01-01, title: A, place: Rome}
          - {date: 2020-01-02, title: B, title: C}
    """)
    assert told(imported, "date", "title", "kind", "place", "title-2") == [
        ("2020-01-01", "A", "meeting", "Rome", ""),
        ("2020-01-02", "B", "", "", "C"),
    ]


def test_a_text_that_needs_quotation_marks_is_read_as_if_it_had_them() -> None:
    imported = read("- date: 2020\n  title: Part one: a\n    beginning's end\n- date: 2021\n  title: @home\n")
    assert told(imported, "title") == [("Part one: a beginning's end",), ("@home",)]
    assert (
        "2 texts are not valid YAML, and are read as if in quotation marks, the first in line 2"
        in imported.guesses
    )


def test_an_entry_that_is_not_valid_yaml_is_left_out_with_its_line() -> None:
    imported = read("- {date: 2020, title: A}\n- {date: 2021, title: [}\n- {date: 2022, title: C}\n")
    assert told(imported, "title") == [("A",), ("C",)]
    assert imported.lines == [1, 3]
    assert [line for line, _ in imported.left_out] == [2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "only comments"),
        (b"\0\1\2\3", "binary"),
        (b"- a\n- b\n", "no list of entries with dates"),
        (b"annual: {2010: 0, 2020: 1}\n", "no list of entries with dates"),
        (b"a: {b: [\n", "this is not valid YAML: line 2, column"),
        (b"[" * 100_000, "nested"),
        (b"x" * (LARGEST + 1), "larger than the limit"),
        (b"- &a [1,1,1,1,1,1,1,1,1]\n" + b"".join(
            b"- &%c [%s]\n" % (98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
        ), "aliases"),
    ],
)  # fmt: skip
def test_a_file_without_a_timeline_is_refused_with_a_message(data: bytes, reason: str) -> None:
    with pytest.raises(CannotImport, match=reason):
        foreign.read(data, "x.yaml")


@pytest.mark.parametrize(
    "data",
    [
        BUNDLED.read_bytes(),
        HARBOUR.read_bytes(),
        STARTER.encode(),
        b"",
        b"# nothing yet\n",
        b"title: x\nupdated: 2024-01-01\n",
        b"title: x\nevents:\n  - date: 1.11.2024\n    title: A\n    txet: B\n",
        b"title: x\nevents: []\n",
        b"events:\n- title: No date\n",
        b"title: x\nactors:\n  a:\n    name: A\nevent:\n  - date: 2024\n    title: slip\n",
    ],
)
def test_a_file_of_the_format_is_recognised_even_if_it_has_errors(data: bytes) -> None:
    assert foreign.is_native(data)


@pytest.mark.parametrize(
    "data",
    [
        b"- date: 2020\n  title: x\n",
        b"# c\n---\n- date: 2020\n",
        b"milestones:\n  - date: 2020\n    title: x\n",
        b"events:\n  - date: March 2020\n    title: x\n    description: y\n",
        b"title: x\nevents:\n  - year: 2020\n    event: y\n    link: z\n",
        b"2019:\n  - something\n",
        b"a:\n  - {date: 2020, event: x}\n",
    ],
)
def test_a_file_of_another_format_is_recognised_by_its_keys(data: bytes) -> None:
    assert not foreign.is_native(data)


KEYS = st.sampled_from(
    [
        "date",
        "year",
        "start",
        "end",
        "title",
        "event",
        "text",
        "notes",
        "people",
        "who",
        "source",
        "url",
        "<<",
    ]
) | st.sampled_from(
    ["tags", "events", "2020", "March", "id", "status", "by", "links", "place", "kind", "label", ""]
)
WORDS = st.text(max_size=20) | st.sampled_from(
    [
        *(
            "2020",
            "March 2021",
            "03/04/2021",
            "c. 1990",
            "Ann, Bob",
            "https://example.org/a",
            "https://?x",
            "year",
        ),
        *(
            "2019: Founded",
            "",
            " ",
            "~",
            "\n",
            "a\nb",
            "\ud800",
            "\x00",
            "36",
            "present",
            "[x](https://a)",
            "Added",
        ),
    ]
)
DATA = st.recursive(
    WORDS | st.none() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS | WORDS, inner, max_size=6),
    max_leaves=40,
)


@examples(300)
@given(st.lists(st.dictionaries(KEYS, DATA, min_size=1, max_size=6), max_size=4) | DATA)
def test_any_data_is_refused_or_becomes_a_valid_file(data: Any) -> None:  # noqa: ANN401
    try:
        imported = foreign.of_plain(data, "x.json", prefix="json")
    except CannotImport:
        return
    reading = read_text(native.write(imported).encode(), "x.yaml")
    assert not [str(problem) for problem in reading.problems if problem.severity is Severity.ERROR]
    assert len(reading.events) == len(imported.events) == len(imported.lines)

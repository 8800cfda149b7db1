"""Import and export of Markwhen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import assert_read_or_refused, bundled, fields_back, fields_of
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.markwhen import read as runs_of
from timeline_tui.exchange.markwhen import write
from timeline_tui.exchange.markwhen.dates import split_event
from timeline_tui.model.records import Citation, Header, Source
from timeline_tui.query.language import parse_query


def read(data: bytes, name: str) -> Imported:
    return runs_of(data, name).imported()


SAMPLE = """\
title: Search Engine History
description: A few of them.
dateFormat: d/M/y

#Unix: #ffe438

group Early Research: #EarlyResearch
1930 - 1967: Memex
Imagined by Vannevar Bush
[Boston](location)

The memex is a device.
[Wikipedia](https://en.wikipedia.org/wiki/Memex)
[Wikipedia](https://en.wikipedia.org/wiki/Memory)
endGroup

// a remark
1971-now:Unix find #Unix
16 April 1971: FTP
12/2012 - 2014: Months with slashes
12/7/1941: Twelfth of July
"""


def dates(text: str) -> list[object]:
    return [event["date"] for event in read(text.encode(), "x").events]


def test_dates_are_read_as_people_write_them_there() -> None:
    assert dates(SAMPLE) == ["1930/1967", "1971/..", "1971-04-16", "2012-12/2014", "1941-07-12"]


def test_slashed_dates_are_american_unless_the_header_says_otherwise() -> None:
    assert dates("12/7/1941: Pearl Harbor") == ["1941-12-07"]


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2020-02-22T12:13:14Z-now", "2020-02-22T12:13:14Z/.."),
        ("1892/2021-08-12", "1892/2021-08-12"),
        ("300–200 BC", "-0299/-0199"),
        ("Dec 1 2012 10am - 5pm", "2012-12-01T10:00/2012-12-01T17:00"),
        ("01/01/2023 - 2 weeks", "2023-01-01/2023-01-14"),
        ("after !Phase1 2 weeks", UNDATED),
        ("now", UNDATED),
        ("2024/2023", UNDATED),
    ],
)
def test_a_date_of_markwhen_has_one_meaning(written: str, edtf: str) -> None:
    assert split_event(f"{written}: A title: with a colon", day_first=False) == (
        written,
        edtf,
        "A title: with a colon",
    )


@pytest.mark.parametrize(
    "line", ["By: hand", "Note: 1971", "5: five", "In 1971: a year", "http://info.cern.ch"]
)
def test_other_lines_do_not_begin_an_event(line: str) -> None:
    assert split_event(line, day_first=False) is None


def test_groups_become_tags_links_sources_and_locations_the_place() -> None:
    imported = read(SAMPLE.encode(), "x")
    memex = imported.events[0]
    assert imported.title == "Search Engine History"
    assert memex["tags"] == ["EarlyResearch"]
    assert memex["place"] == "Boston"
    assert memex["text"] == "Imagined by Vannevar Bush\n\nThe memex is a device."
    assert memex["sources"] == ["wikipedia", "wikipedia-2"]
    assert imported.header["sources"] == {
        "wikipedia": {"title": "Wikipedia", "url": "https://en.wikipedia.org/wiki/Memex"},
        "wikipedia-2": {"title": "Wikipedia", "url": "https://en.wikipedia.org/wiki/Memory"},
    }
    assert "tags" not in imported.events[2], "the group has ended"
    assert imported.lines == [8, 18, 19, 20, 21]
    assert imported.lost == {"colours of tags": 1, "comments": 1}


def test_headings_are_groups_within_groups() -> None:
    imported = read(b"# One\n## Two #deep\n2001: a\n# Three\n2002: b\n", "x")
    assert [event.get("tags") for event in imported.events] == [["One", "deep"], ["Three"]]
    assert [event.get("group") for event in imported.events] == ["Two", None]


def test_a_property_keeps_its_name_unless_the_format_has_another_meaning_for_it() -> None:
    text = b"2001: a\nstatus: done\nassignees: [Ann, Ben]\nquotes: none\nkind: vote\ntext\n"
    (event,) = read(text, "x").events
    assert event["markwhen-status"] == "done"
    assert event["assignees"] == ["Ann", "Ben"]
    assert event["markwhen-quotes"] == "none"
    assert event["kind"] == "vote"
    assert event["text"] == "text"


def test_an_event_dated_by_another_event_is_undated() -> None:
    imported = read(b"2001: a\n2 weeks: b\n", "x")
    assert imported.events[1]["date"] == UNDATED
    assert imported.events[1]["markwhen-date"] == "2 weeks"
    assert imported.guesses == [
        "dates that depend on other events stay open and are kept in `markwhen-date`: 1"
    ]


def test_the_bundled_story_comes_back() -> None:
    view = bundled()
    imported = read(write(view).text.encode(), "x")
    assert imported.title == view.header.title
    assert len(imported.events) == view.count
    for number, key in enumerate(view.keys):
        assert fields_back(imported, number) == fields_of(view, view.event(key))


def test_what_is_lost_is_counted() -> None:
    lost = write(bundled()).lost
    assert lost["quotes"] > 0
    assert lost["claims"] > 0
    assert "links between events" not in lost


@pytest.mark.parametrize(
    "text",
    [
        "2001: no event",
        "// no comment",
        "# no heading",
        "group therapy",
        "endGroup",
        "---",
        "\\ a backslash",
        "key: no property\n\nand more",
        "[a link](https://a.example/)",
        "a #tag and an !id",
        "#first",
        "\\#written so already",
        "Stop !now and ![a picture](https://a.example/x.png)",
        "50% of them",
        "at [Seoul](location)",
        "Every day: a walk",
        ": nothing before it",
        "by: hand",
        "- 2024: in a list",
        "- item: in a list",
        ".end: of it",
    ],
)
def test_text_that_looks_like_syntax_is_imported_as_text(text: str) -> None:
    imported = read(write(story(event("2024", "A #title", text=text, tags=("t",)))).text.encode(), "x")
    (back,) = imported.events
    assert back["text"] == text
    assert back["title"] == "A #title"
    assert back["tags"] == ["t"]


_SYNTAX = st.lists(
    st.sampled_from(
        ["#", "!", "\\", "[", "]", "(", ")", "x", "é", " ", "%", "50", ".start", "location", "https://a.example/",
         ":", "2024", "-", "//", "group", "every", "now", "tag", "_"]
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: " ".join("".join(parts).split()))  # fmt: skip


@given(_SYNTAX.filter(bool))
def test_a_title_of_syntax_is_imported_as_words(title: str) -> None:
    (back,) = read(write(story(event("2024", title))).text.encode(), "x").events
    assert back == {"id": back["id"], "date": "2024", "title": title}


@given(_SYNTAX.filter(lambda text: "](" not in text and bool(text)))
def test_a_text_of_syntax_is_imported_as_words(text: str) -> None:
    (back,) = read(write(story(event("2024", "A", text=text, id="a"))).text.encode(), "x").events
    assert back == {"id": "a", "date": "2024", "title": "A", "text": text}


@given(_SYNTAX.filter(bool))
def test_names_of_sources_and_places_are_imported_again(words: str) -> None:
    header = Header(title="T", sources={"s": Source(title=words, url="https://a.example/")})
    told = event("2024", "A", id="a", place=words, sources=(Citation("s"),))
    imported = read(write(story(told, header=header)).text.encode(), "x")
    (back,) = imported.events
    assert back["place"] == words
    assert "tags" not in back
    assert [source["title"] for source in imported.header["sources"].values()] == [words]  # type: ignore[attr-defined]


def test_a_tag_that_markwhen_would_cut_is_a_property() -> None:
    text = write(story(event("2024", "A", tags=("café", "war", "two words", "2024")))).text
    assert "2024: A #war\n" in text
    assert read(text.encode(), "x").events[0]["tags"] == ["café", "war", "two words", "2024"]


def test_no_property_has_a_hash_as_markwhen_would_replace_it() -> None:
    text = write(story(event("2024", "A", kind="#1", outcome="a #b"))).text
    assert "#" not in text
    (back,) = read(text.encode(), "x").events
    assert (back["kind"], back["outcome"]) == ("#1", "a #b")


@given(
    st.sampled_from(
        ["2024", "2024-11~", "201X", "2024-21", "2022-02-24/..", "../2024", "-0043-03-15", "2024/", "0044",
         "2024-11-06T10:30:00+03:00", "[2024-10-23,2024-10-25]", "2024-11-06T10:30Z/2024-11-07", "Y-17000"]
    )
)  # fmt: skip
def test_every_date_comes_back_as_it_was(edtf: str) -> None:
    assert dates(write(story(event(edtf, "a"))).text) == [edtf]


def test_a_date_that_was_changed_beside_its_edtf_counts() -> None:
    text = write(story(event("2024-11~", "a"))).text.replace("2024-11: a", "2025-01: a")
    imported = read(text.encode(), "x")
    assert imported.events[0]["date"] == "2025-01"
    assert imported.guesses == ["dates that differ from the `edtf` below them count, not the `edtf`: 1"]


def test_events_that_markwhen_cannot_date_are_counted() -> None:
    exported = write(story(event("Y-170000000", "Long ago"), event(UNDATED, "Some day")))
    assert exported.lost == {"events whose dates Markwhen cannot write": 2}


def test_only_what_the_view_shows_is_exported() -> None:
    view = bundled().known_by(parse_date("2024-10-14").earliest)
    text = write(view).text
    assert set(re.findall("2024-1[12][-0-9]*", text)) == {"2024-11-05"}, "the day of the election was known"
    assert "description" not in text
    full = bundled()
    found = full.with_query(parse_query("kind:vote", full.vocabulary).query)
    assert len(read(write(found).text.encode(), "x").events) == found.count < full.count


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0\1\2", "binary"),
        (b"\xff\xff: a", "UTF-8"),
        (b"just prose\n", "begins with a date and a colon"),
        (b"title: Only a header", "begins with a date and a colon"),
    ],
    ids=["empty", "binary", "latin", "prose", "header"],
)
def test_any_other_file_is_refused_with_a_message(data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(data, "x")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert_read_or_refused(read, f"2001: a\n{text}")


def test_a_long_file_is_read() -> None:
    text = "".join(
        f"{1000 + n % 1000}-{n % 12 + 1:02}: Event {n} #t\nWords: 12 of them.\n" for n in range(20_000)
    )
    assert len(read(text.encode(), "x").events) == 20_000

"""Import and export of Mermaid's timeline diagram."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import assert_read_or_refused, bundled
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.mermaid import read as runs_of
from timeline_tui.exchange.mermaid import write


def read(data: bytes, name: str) -> Imported:
    return runs_of(data, name).imported()


ENGLAND = """\
timeline
        title England's History Timeline
        section Stone Age
          7600 BC : Oldest known house
          6000 BC : Britain becomes an island.<br> The people are hunter-gatherers.
        section Broze Age
          2300 BC : People arrive from Europe. <br>They bring farming.
                  : New styles of pottery appear.
"""


def test_sections_periods_and_continued_lines_are_read() -> None:
    imported = read(ENGLAND.encode(), "x")
    assert imported.title == "England's History Timeline"
    assert [(event["date"], event["title"], event["tags"]) for event in imported.events] == [
        ("-7599", "Oldest known house", ["Stone Age"]),
        ("-5999", "Britain becomes an island.", ["Stone Age"]),
        ("-2299", "People arrive from Europe.", ["Broze Age"]),
        ("-2299", "New styles of pottery appear.", ["Broze Age"]),
    ]
    assert imported.events[1]["text"] == "The people are hunter-gatherers."
    assert imported.lines == [4, 5, 7, 8]


def test_a_period_that_is_not_a_date_is_kept() -> None:
    imported = read(b"timeline\n Industry 1.0 : Machinery\n", "x")
    assert imported.events[0]["date"] == UNDATED
    assert imported.events[0]["mermaid-period"] == "Industry 1.0"
    assert imported.guesses == ["periods of events that are not dates are kept as `mermaid-period`: 1"]


def test_events_on_one_line_and_periods_without_any() -> None:
    imported = read(b"---\ntitle: T\n---\ntimeline LR\n 2002 : a at 10:30 : b\n 2003\n", "x")
    assert [(event["date"], event["title"]) for event in imported.events] == [
        ("2002", "a at 10:30"),
        ("2002", "b"),
        ("2003", "2003"),
    ]
    assert imported.title == "T"


def test_a_diagram_is_found_in_markdown() -> None:
    text = b"# Notes\n\n```mermaid\ntimeline\n 2002 : LinkedIn\n```\n\n2004 : no event\n"
    assert [event["title"] for event in read(text, "x").events] == ["LinkedIn"]


def test_the_bundled_story_keeps_dates_and_titles() -> None:
    view = bundled()
    exported = write(view)
    back = read(exported.text.encode(), "x")
    assert back.title == view.title
    told = [(view.event(key).date.text, view.event(key).title) for key in view.keys]
    assert [(event["date"], event["title"]) for event in back.events] == told
    assert not back.guesses
    assert exported.lost["texts"] == view.count


def test_an_export_longer_than_mermaid_draws_by_default_says_what_to_set() -> None:
    long = write(
        story(*(event("2024", f"Something happens, and a {number}th time") for number in range(2000)))
    )
    (note,) = long.notes
    assert note == f"Mermaid draws it only if `maxTextSize` is at least {len(long.text)}"
    assert not write(story(event("2024", "A"))).notes


def test_tags_that_can_be_sections_are_imported_again() -> None:
    imported = read(ENGLAND.encode(), "x")
    view = story(
        *(event(str(each["date"]), str(each["title"]), tags=tuple(each["tags"])) for each in imported.events)  # type: ignore[arg-type]
    )
    exported = write(view)
    assert "section Stone Age" in exported.text
    assert not exported.lost
    assert [each["tags"] for each in read(exported.text.encode(), "x").events] == [
        ["Stone Age"], ["Stone Age"], ["Broze Age"], ["Broze Age"]
    ]  # fmt: skip


def test_alternating_tags_are_not_sections() -> None:
    exported = write(
        story(event("2001", "a", tags=("t",)), event("2002", "b"), event("2003", "c", tags=("t",)))
    )
    assert "section" not in exported.text
    assert exported.lost == {"tags": 2}


@pytest.mark.parametrize("title", ["a: b", "#1; two", "10:30 <b>x</b> & y %% z", "title", "#58;", "x\\ny"])
def test_a_title_is_never_syntax(title: str) -> None:
    text = write(story(event("2024", title))).text
    assert read(text.encode(), "x").events[0]["title"] == title
    # What Mermaid's grammar takes for an event.
    assert re.fullmatch(r"    2024 : [^#:\n;]*", re.sub(r"#\w+;", "", text.splitlines()[2])) is not None


@given(
    st.sampled_from(
        ["2024", "2024-11~", "201X", "2024-21", "2022-02-24/..", "../2024", "-0043-03-15", "2024/",
         "2024-11-06T10:30:00+03:00", "[2024-10-23,2024-10-25]",
         "Y-170000000", "0044", "XXXX", "2024-11-06/2024-11-08"]
    )
)  # fmt: skip
def test_every_date_comes_back_as_it_was(edtf: str) -> None:
    for view in (story(event(edtf, "a")), story(event(edtf, "a")).counted_from(TODAY)):
        assert read(write(view).text.encode(), "x").events[0]["date"] == edtf


TODAY = parse_date("2024-11-04").earliest


def test_a_period_that_was_changed_below_its_comment_counts() -> None:
    text = write(story(event("2024-11~", "a"))).text
    assert "about November 2024" in text
    changed = text.replace("about November 2024", "2025")
    assert read(changed.encode(), "x").events[0]["date"] == "2025"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0\1\2", "binary"),
        (b"flowchart LR\n a --> b", "no Mermaid timeline"),
        (b"timeline\n title Only a title", "no events"),
    ],
    ids=["empty", "binary", "flowchart", "no-events"],
)
def test_any_other_file_is_refused_with_a_message(data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(data, "x")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert_read_or_refused(read, f"timeline\n{text}")

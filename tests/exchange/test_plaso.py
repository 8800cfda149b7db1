"""Import and export of Plaso's l2tcsv."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import assert_read_or_refused, bundled, fields_back, fields_of
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import CannotImport, LeftOut
from timeline_tui.exchange.forensic.plaso import COLUMNS, write
from timeline_tui.exchange.forensic.plaso import read as runs_of

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported

HEADER = ",".join(COLUMNS) + "\n"


def read(data: bytes, name: str) -> Imported:
    return runs_of(data, name).imported()


def row(**cells: str) -> str:
    given = {"date": "01/22/2016", "time": "07:52:33", "timezone": "UTC", "short": "a", "desc": "a"} | cells
    return ",".join(given.get(name, "-") for name in COLUMNS) + "\n"


def entry(**cells: str) -> dict[str, object]:
    (found,) = read((HEADER + row(**cells)).encode(), "x").events
    return found


def test_a_line_is_an_event_with_all_its_columns() -> None:
    found = entry(
        MACB="M...",
        source="LOG",
        user="root",
        short="Cron ran",
        desc="Cron ran",
        version="2",
        extra="x: 1  y: 2 ",
    )
    assert found == {
        "id": "cron-ran",
        "date": "2016-01-22T07:52:33Z",
        "title": "Cron ran",
        "actors": ["root"],
        "MACB": "M...",
        "source": "LOG",
        "version": "2",
        "extra": "x: 1  y: 2",
    }


@pytest.mark.parametrize(
    ("cells", "edtf"),
    [
        ({"timezone": "Europe/Berlin"}, "2016-01-22T07:52:33+01:00"),
        ({"timezone": "Atlantis"}, "2016-01-22T07:52:33"),
        ({"timezone": "../../etc/passwd"}, "2016-01-22T07:52:33"),
        ({"time": "--:--:--"}, "2016-01-22"),
        ({"date": "00/00/0000"}, UNDATED),
        ({"date": "22/01/2016"}, UNDATED),
    ],
)
def test_dates_are_month_first_and_times_have_their_zone(cells: dict[str, str], edtf: str) -> None:
    found = entry(**cells)
    assert found["date"] == edtf
    assert found.get("timezone") == cells.get("timezone")
    assert ("plaso-date" in found) == (edtf == UNDATED)


@pytest.mark.parametrize(
    ("short", "long", "title", "text"),
    [
        ("This is cut...", "This is cut off\tnowhere", "This is cut off\tnowhere", None),
        ("/var/syslog", "OS:/var/syslog Type: file", "/var/syslog", "OS:/var/syslog Type: file"),
        ("-", "long", "long", None),
        ("[client  pid: 1]", "[client  pid: 1]", "[client  pid: 1]", None),
        ('"quoted" by plaso', '"quoted" by plaso', '"quoted" by plaso', None),
    ],
)
def test_the_title_is_the_message_in_full(short: str, long: str, title: str, text: str | None) -> None:
    found = entry(short=short, desc=long)
    assert (found["title"], found.get("text")) == (title, text)


def test_a_line_of_another_length_is_left_out() -> None:
    imported = read((HEADER + row() + "1,2,3\n" + row()).encode(), "x")
    assert len(imported.events) == 2
    assert imported.left_out == [LeftOut(3, "3 cells, but l2tcsv has 17")]


def test_the_bundled_story_comes_back() -> None:
    view = bundled()
    exported = write(view)
    imported = read(exported.text.encode(), "x")
    assert not imported.left_out
    for number, key in enumerate(view.keys):
        assert fields_back(imported, number) == fields_of(view, view.event(key))
    assert exported.lost["quotes"] > 0
    rows = list(csv.DictReader(io.StringIO(exported.text)))
    assert (rows[0]["date"], rows[0]["time"], rows[0]["timezone"]) == ("02/24/2022", "00:00:00", "UTC")
    assert len(exported.text.splitlines()) == view.count + 1, "a line an event"


@given(
    st.sampled_from(
        ["2024", "2024-11~", "201X", "2022-02-24/..", "../2024", "2024/", "0044", "2024-11-06",
         "2024-11-06T10:30:00+03:00", "2024-11-06T10:30", "[2024-10-23,2024-10-25]"]
    )
)  # fmt: skip
def test_every_date_comes_back_as_it_was(edtf: str) -> None:
    assert read(write(story(event(edtf, "a"))).text.encode(), "x").events[0]["date"] == edtf


def test_columns_of_plaso_come_back() -> None:
    first = entry(MACB="M...", source="LOG", host="h", inode="7", short="s", desc="long", extra="x: 1")
    extra = {name: value for name, value in first.items() if name not in ("id", "date", "title", "text")}
    exported = write(story(event(str(first["date"]), "s", text="long", id="s", extra=extra)))
    assert not exported.lost
    (back,) = read(exported.text.encode(), "x").events
    assert back == first
    assert ",M...,LOG," in exported.text


def test_a_time_that_was_changed_beside_its_date_counts() -> None:
    text = write(story(event("2024-11~", "a"))).text.replace("11/01/2024", "12/05/2024")
    imported = read(text.encode(), "x")
    assert imported.events[0]["date"] == "2024-12-05T00:00:00Z"
    assert imported.guesses == ["rows whose time differs from the date in `extra` have that time: 1"]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "-", "@SUM(A1)", "'=1", 'a, "b"', "x" * 200])
def test_no_cell_is_a_formula_and_titles_are_imported_unchanged(title: str) -> None:
    text = write(story(event("2024", title, text="one\ntwo, three"))).text
    rows = list(csv.reader(io.StringIO(text)))
    assert not any(cell[:1] in tuple("=+-@\t\r") and cell != "-" for line in rows for cell in line if cell)
    (back,) = read(text.encode(), "x").events
    assert back["title"] == title
    assert back["text"] == "one\ntwo, three"


def test_events_without_a_day_in_these_years_are_counted() -> None:
    exported = write(story(event("-0043", "a"), event(UNDATED, "b"), event("2024", "c")))
    assert exported.lost == {"events without a date in the years 1 to 9999": 2}


def test_only_what_the_view_shows_is_exported() -> None:
    view = bundled().known_by(parse_date("2024-10-14").earliest)
    assert len(read(write(view).text.encode(), "x").events) == view.count < bundled().count


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0\1\2", "binary"),
        (b"a,b\n1,2\n", "not l2tcsv"),
        (HEADER.encode(), "no row below the header"),
    ],
    ids=["empty", "binary", "table", "header"],
)
def test_any_other_file_is_refused_with_a_message(data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(data, "x")


@given(st.text(), st.dictionaries(st.sampled_from(COLUMNS), st.text()))
def test_any_text_is_read_or_refused(text: str, cells: dict[str, str]) -> None:
    assert_read_or_refused(read, HEADER + row(**cells) + text)


def test_some_megabytes_are_read() -> None:
    text = HEADER + "".join(row(short=f"event {n}", desc=f"event {n} of a host") for n in range(20_000))
    assert len(read(text.encode(), "x").events) == 20_000

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.round_trips import bundled
from tests.support.stories import HEADER, event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange import csv as csv_table
from timeline_tui.exchange import csv_dialect, registry
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.native.plain import PlainTimeline
from timeline_tui.model.records import Citation, Claim, Header, Postponement, Source

if TYPE_CHECKING:
    from timeline_tui.model.records import Event


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read(text: str) -> Any:  # noqa: ANN401  plain data
    return csv_table.read(text.encode(), "file")


def back(*events: Any, raw: bool = False, header: Header = HEADER) -> Any:  # noqa: ANN401  plain data
    return read(csv_table.write(story(*events, header=header), raw=raw).text)


def as_it_stands(event: Event, written: dict[str, Any]) -> dict[str, Any]:
    """What a row has of an event: without what was said, and without how it became known."""
    lost = ("quotes", "claims", "updates", "places", "outcome")
    stands = {
        "date": event.date.text,
        "title": event.title,
        "status": "" if event.status == "confirmed" else event.status,
        "by": list(event.by),
        "outcome": event.outcome,
        "place": event.place,
        "actors": dict(event.actors),
    }
    kept = {name: value for name, value in written.items() if name not in lost} | stands
    return {name: value for name, value in kept.items() if value}


@pytest.mark.parametrize("raw", [False, True])
def test_the_bundled_story_comes_back_but_for_quotes_and_claims(raw: bool) -> None:
    view = bundled()
    exported = csv_table.write(view, raw=raw)
    found = read(exported.text)
    for key, each, row in zip(view.keys, PlainTimeline(view).events, found.events, strict=True):
        assert row == {"status": "confirmed", **as_it_stands(view.event(key), each)}
    assert found.left_out == []
    for id_, actor in found.header["actors"].items():
        assert actor == {"name": view.header.actors[id_].name}
    for id_, source in found.header["sources"].items():
        own = view.header.sources[id_]
        assert source == {"title": own.title, **({"url": own.url} if own.url else {})}
    for words in ("quotes", "claims"):
        count = sum(len(getattr(view.event(key), words)) for key in view.keys)
        assert exported.lost[words] == found.lost[words] == count


def test_the_columns_are_those_that_are_documented() -> None:
    text = csv_table.write(story(event("2024", "A", extra={"mood": "good"}))).text
    assert text.startswith(",".join([*csv_table.COLUMNS, "mood"]) + "\r\n")
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text()
    assert all(f"`{name}`" in docs for name in csv_table.COLUMNS)


def test_every_field_of_a_row_comes_back() -> None:
    full = event(
        "2024~", "A; b", id="a", known=parse_date("2024-01"), text="One\n\n=two\r\n", kind="vote",
        status="denied", by=("tass", "russia"), outcome=" x ", place="P, Q",
        actors={"lavrov": "a: b; c\\", "russia": ""},
        tags=("x;y", " z ", "\\", "\\e"), sources=(Citation("tass-1", "p. 3; 4"), Citation("nyt-1")),
        links={"leads: to": ("a", "b"), "x": ("b",)},
        postponed=(Postponement(date=parse_date("[2023-01-01,2023-02]")),
                   Postponement(date=parse_date("2023-12"), known=parse_date("2023-11"))),
        extra={"own": "-1", "=own": "x"},
    )  # fmt: skip
    view = story(full, event("2025", "B", id="b"))
    for raw in (False, True):
        expected = [{"status": "confirmed", **each} for each in PlainTimeline(view).events]
        assert read(csv_table.write(view, raw=raw).text).events == expected


_TEXT = st.text(st.sampled_from("'=+-@\t\r\n \u00a0\u3000\uff1dab;:\\,\""), max_size=12)


@given(_TEXT)
def test_only_the_mark_that_makes_a_cell_harmless_is_removed_on_import(text: str) -> None:
    assert csv_dialect.as_it_was(csv_dialect.harmless(text)) == text
    assert csv_dialect.as_it_was(csv_dialect.unchanged(text)) == text


@given(_TEXT)
def test_no_line_of_a_cell_begins_as_a_formula(text: str) -> None:
    for line in csv_dialect.harmless(text).replace("\r", "\n").split("\n"):
        assert not line.strip(" \u00a0\u3000").startswith(("=", "+", "-", "@", "\t", "\uff1d"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(_TEXT, _TEXT)
def test_no_cell_is_a_formula_at_any_delimiter_of_a_spreadsheet(delimiter: str, one: str, other: str) -> None:
    text = csv_dialect.csv_text(iter([["id", csv_dialect.harmless(one), csv_dialect.harmless(other)]]))
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        for cell in row:
            for line in cell.replace("\r", "\n").split("\n"):
                assert not line.strip(' "\u00a0\u3000').startswith(("=", "+", "-", "@", "\uff1d"))


@pytest.mark.parametrize("name", ["csv", "timesketch", "plaso"])
@pytest.mark.parametrize(
    "text", ["a;=1+1", "a; =1+1", "a\t@SUM(A1)", 'a;"=1+1"', "a\n=1", "a;\u202f\ufeff=1"]
)
def test_no_table_of_any_format_has_a_formula_behind_a_semicolon(name: str, text: str) -> None:
    view = story(event("2024", text, text=text, kind=text, tags=(text.replace("\n", " "),)))
    written = registry.write(view, name).text
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
            for cell in row:
                bare = cell.strip(' "\u202f\ufeff')
                assert bare == "-" or not bare.startswith(("=", "+", "-", "@"))


@given(st.lists(_TEXT.filter(bool), max_size=4, unique=True), _TEXT.filter(str.strip))
def test_any_lists_and_texts_come_back(tags: list[str], title: str) -> None:
    (found,) = back(event("-0044", title, tags=tuple(tags), id="a")).events
    stated = {"id": "a", "date": "-0044", "title": title, "status": "confirmed"}
    assert found == {**stated, **({"tags": tags} if tags else {})}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " \u00a0=1", "x\n=1", "\uff1d1"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_harmless_unless_raw(text: str) -> None:
    view = story(event("2024", text, extra={text: "v"} if text.strip() == text and "\n" not in text else {}))
    (row,) = rows(csv_table.write(view).text)
    assert row["title"] == csv_dialect.harmless(text) != text
    assert "'" in row["title"]
    (row,) = rows(csv_table.write(view, raw=True).text)
    assert row["title"] == text


def test_an_apostrophe_of_the_author_is_not_taken_for_ours() -> None:
    for raw in (False, True):
        (found,) = back(event("2024", "'=1", text="'quoted'"), raw=raw).events
        assert (found["title"], found["text"]) == ("'=1", "'quoted'")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_encoding_are_detected(delimiter: str, encoding: str) -> None:
    text = '"date"D"title"D"by_names"\n2024D"a; b, c\td"D\n2025-01D"é\nü"D\n'.replace("D", delimiter)
    found = csv_table.read(text.encode(encoding), "file")
    assert found.events == [{"date": "2024", "title": "a; b, c\td"}, {"date": "2025-01", "title": "é\nü"}]
    assert found.lines == [2, 3]


def test_line_numbers_count_the_lines_inside_cells() -> None:
    found = read('date,title,by_names\n2024,"a\n\nb",\n\n2025,c,\n2026,d,,,\n')
    assert found.lines == [2, 6, 7]


def test_a_table_in_windows_encoding_is_read_and_reported() -> None:
    found = csv_table.read("sep=;\ndate;title;by_names\n2024;Kältewelle;\n".encode("cp1252"), "file")
    assert found.events == [{"date": "2024", "title": "Kältewelle"}]
    assert found.guesses == ["the text is read as Windows-1252, as it is not UTF-8"]


def test_rows_that_do_not_fit_are_repaired_or_reported_by_line() -> None:
    found = read(
        "My table\n\ndate,title,kind,by_names\n2024,short\n2025,a,b,,,\n"
        "2026,with, a comma,b,c\nfootnote\n2027,x,y,\n"
    )
    assert [each["date"] for each in found.events] == ["2024", "2025", "2027"]
    assert [(each.line, each.reason.split(":")[0]) for each in found.left_out] == [
        (1, "text before the header"),
        (6, "5 cells where the header has 4; perhaps a cell lacks quotation marks"),
        (7, "one cell where the header has 4"),
    ]


def test_an_unclosed_quotation_mark_costs_only_its_own_line() -> None:
    found = read('date,title,by_names\n2024,a,\n2025,"b,\n2026,c,\n2027,"d",\n')
    assert [each["title"] for each in found.events] == ["a", "c", "d"]
    assert [(each.line, each.reason) for each in found.left_out] == [(3, "an unclosed quotation mark")]


def test_an_unreadable_cell_of_ours_is_kept_under_another_name() -> None:
    found = read(
        "id,date,title,status,known,actors,actor_names,postponed,source_urls,sources\n"
        "A b,some day,X,open,later,Ada Brown: guest,,soon,javascript:x,s\n"
        "a,Nov 1 2024,,,,,,,,\n"
    )
    assert found.events == [
        {
            "csv-id": "A b", "date": UNDATED, "csv-date": "some day", "title": "X", "csv-status": "open",
            "csv-known": "later", "actors": {"ada-brown": "guest"}, "csv-postponed": "soon", "sources": ["s"],
        },
        {"id": "a", "date": "2024-11-01", "title": "Without a title"},
    ]  # fmt: skip
    assert found.header["actors"] == {"ada-brown": {"name": "Ada Brown"}}
    assert found.header["sources"] == {"s": {"title": "s"}}


def test_what_a_table_cannot_hold_is_counted() -> None:
    full = event(
        "2024", "A", quotes=(quote("lavrov", "w"),), claims=(Claim(about="troops", by="tass", value="1"),),
        sources=(Citation("s"),), actors={"lavrov": ""}, extra={"nested": {"a": "b"}, "id ": "x", "x": "y"},
    )  # fmt: skip
    header = Header(title="T", sources={"s": Source(title="S", publisher="P")}, actors=HEADER.actors)
    assert csv_table.write(story(full, header=header)).lost == {
        "quotes": 1,
        "claims": 1,
        "custom fields": 2,
        "sources' publishers, authors, dates and notes": 1,
        "actors' kinds, offices and other spellings": 1,
    }


def test_with_a_known_on_day_and_a_filter_nothing_else_is_exported() -> None:
    before = event("2024-10-01", "Before", id="a", links={"leads-to": ("b",)}, sources=(Citation("late"),))
    header = Header(title="T", sources={"late": Source(title="Later report", date=parse_date("2024-12-24"))})
    view = story(before, event("2024-12-24", "After", id="b"), header=header)
    exported = csv_table.write(view.known_by(parse_date("2024-11-01").earliest))
    assert [row["title"] for row in rows(exported.text)] == ["Before"]
    assert "late" not in exported.text
    assert "Later report" not in exported.text
    assert exported.lost["links to events that are not exported"] == 1


def test_the_spreadsheet_of_timelinejs_is_detected_by_its_columns() -> None:
    found = read("Year,Headline\n2024,Vote\n")
    assert found.events == [{"date": "2024", "title": "Vote"}]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Date,Event,Mood\n6 Nov 2024,Vote,tense\n", {"date": "2024-11-06", "title": "Vote"}),
        ("year;name;x\n1990;Wall;a\n", {"date": "1990", "title": "Wall"}),
        ("2024-11-06,The vote in the house\n2024-11-07,The day after\n", {"date": "2024-11-06"}),
    ],
)
def test_any_table_with_dates_is_read(text: str, event: dict[str, str]) -> None:
    found = read(text)
    assert event.items() <= found.events[0].items()
    assert found.lines[0] == (1 if text.startswith("2024") else 2)
    assert found.guesses


def test_cells_of_other_tables_stay_as_they_are() -> None:
    (found,) = read("date,title,note\n2024-01-01,'=x,'-y\n").events
    assert found["title"] == "'=x"
    assert "'-y" in found.values()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"a",
        b"one\ntwo\nthree\n",
        b"a,b\nc,d\n",
        b"\x00,\x01",
        b"PK\x03\x04\x00",
        b'"' * 9_999,
        b",,,\n,,\n",
    ],
)
def test_any_other_file_is_refused_with_a_message(data: bytes) -> None:
    with pytest.raises(CannotImport) as refused:
        csv_table.read(data, "file")
    assert str(refused.value)


@given(st.text(st.sampled_from("date,titlby_names\n\r\";\t'=2024- "), max_size=80))
def test_no_table_makes_the_reader_fail(text: str) -> None:
    found = read(f"date,title,by_names,actors,links,sources,postponed\n2024,A,,,,,\n{text}")
    assert all(each["title"] and parse_date(each["date"]) for each in found.events)


def test_a_few_megabytes_are_read() -> None:
    lines = [
        "date,title,text,by_names",
        *(f"2024-11-{n % 28 + 1:02},Event {n},{'word ' * 40}," for n in range(10_000)),
    ]
    assert len(read("\n".join(lines)).events) == 10_000


def test_a_table_is_titled_by_its_file_name() -> None:
    assert csv_table.read(b"date,title,by_names\n2024,A,\n", "my.story.csv").title == "my.story"


@pytest.mark.parametrize(
    "data", [b'{"date": "2024", "title": "A"}\n' * 3, b'[\n {"date": "2024", "title": "A"}\n]']
)
def test_json_is_not_taken_for_a_table(data: bytes) -> None:
    with pytest.raises(CannotImport, match="JSON"):
        csv_table.read(data, "file")


@examples(200)
@given(st.text('ab,;\r\n"\t \x00\x85\u2028', max_size=30), st.sampled_from(",;\t"))
def test_plain_rows_are_those_of_the_csv_module(text: str, delimiter: str) -> None:
    rows = csv_dialect._plain_rows(text, delimiter)
    assert rows is None or rows == list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not set(text) & {'"', "\r"}:
        assert rows is not None

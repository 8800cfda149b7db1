"""Kinds of files that were read wrongly: each is tried in generated forms of it."""

# ruff: noqa: E501  a file of others is best read as it is
from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.native.detect import is_native
from timeline_tui.exchange.native.yaml import write as write_native
from timeline_tui.exchange.registry import read
from timeline_tui.loading.opened import open_timeline
from timeline_tui.loading.source_file import check_file

DAYS = st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), min_size=3, max_size=6, unique=True)


def dates_of(text: str, name: str) -> list[object]:
    return [event["date"] for event in read(text.encode(), name).events]


@given(st.integers(0, 5000), st.sampled_from(["events", "entries", "milestones"]))
def test_yaml_of_others_is_recognised_by_its_meaning(lines: int, key: str) -> None:
    notes = "notes:\n" + "".join(f"- a line of notes that says nothing, {n}\n" for n in range(lines))
    theirs = f"{notes}{key}:\n- {{year: 1642, what: A ship}}\n- {{year: 1643, what: A house}}\n"
    assert not is_native(theirs.encode())
    ours = f"title: X\n{notes}events:\n- date: 1642-01-02\n  title: A ship\n- date: 1643\n  title: A house\n"
    assert is_native(ours.encode())


def test_inner_lists_named_events_do_not_make_a_file_ours() -> None:
    text = 'time : [\n{ name: "Early",\nevents: [\n{ year : "1642",\n  events: [ { event: "A ship arrives." } ]\n}]}]\n'
    assert not is_native(text.encode())


@given(DAYS, st.sampled_from([1, 1000, 1_000_000, 1_000_000_000]), st.sampled_from(["timestamp", "datetime"]))
def test_numbers_of_timesketch_are_in_the_unit_that_makes_them_plausible(
    days: list[date], unit: int, field: str
) -> None:
    days = [*days, date(2020, 1, 2)]
    seconds = [(max(day, date(1981, 1, 1)) - date(1970, 1, 1)).days * 86_400 + 1 for day in days]
    rows = "\n".join(
        json.dumps({"message": f"m{n}", field: second * unit, "timestamp_desc": "x"})
        for n, second in enumerate(seconds)
    )
    found = [parse_date(str(each)).earliest for each in dates_of(rows, "x.jsonl")]
    assert found == [719_163 + second // 86_400 for second in seconds]


def test_an_unreadable_datetime_is_undated_and_counted() -> None:
    rows = '{"message":"a","datetime":"soon","timestamp_desc":"x"}\n{"message":"b","datetime":"2020-01-01T00:00:00Z","timestamp_desc":"x"}'
    found = read(rows.encode(), "x.jsonl")
    assert "1 event without a readable date is kept as undated" in found.guesses


@given(st.lists(st.integers(-(10**12), 2 * 10**12), min_size=2, max_size=5))
def test_numbers_of_vis_timeline_are_milliseconds(numbers: list[int]) -> None:
    numbers = [*numbers, 10_000]
    text = json.dumps([{"id": n, "content": f"c{n}", "start": number} for n, number in enumerate(numbers)])
    found = [parse_date(str(each)).earliest for each in dates_of(text, "x.json")]
    assert found == [719_163 + number // 86_400_000 for number in numbers]


@given(DAYS, st.sampled_from([("Jahr", "Monat", "Tag"), ("année", "mois", "jour"), ("año", "mes", "día"),
                              ("год", "месяц", "день"), ("Year", "Month", "Day"), ("anno", "mese", "giorno")]))  # fmt: skip
def test_dates_over_three_columns_are_joined_in_any_language(
    days: list[date], names: tuple[str, ...]
) -> None:
    rows = "\n".join(f"{day.year},{day.month},{day.day},Event {n}" for n, day in enumerate(days))
    text = f"{','.join(names)},What\n{rows}\n1991,,,Only a year\n"
    assert dates_of(text, "x.csv") == [*(day.isoformat() for day in days), "1991"]


@given(DAYS)
def test_the_end_column_shows_the_order_of_the_start_column_too(days: list[date]) -> None:
    days = [day.replace(day=day.day % 12 + 1) for day in days]
    rows = "\n".join(f"{day:%d/%m/%Y},25/12/2060,Event {n}" for n, day in enumerate(days))
    found = dates_of(f"start,end,title\n{rows}\n", "x.csv")
    assert found == [f"{day}/2060-12-25" for day in days]


@pytest.mark.parametrize(
    ("column", "code", "expected"),
    [
        ("time_precision", 1, "2024-03-15"), ("time_precision", 2, "2024-03-15~"), ("time_precision", 3, "2024-03"),
        ("date_prec", 1, "2024-03-15"), ("date_prec", 3, "2024-03-15~"), ("date_prec", 4, "2024-03"),
        ("date_prec", 5, "2024"), ("geo_precision", 3, "2024-03-15"),
    ],
)  # fmt: skip
def test_codes_of_precision_of_lists_of_conflicts_are_obeyed(column: str, code: int, expected: str) -> None:
    assert (
        dates_of(f"event_date,title,{column}\n2024-03-15,A,{code}\n2024-03-15,B,1\n", "x.csv")[0] == expected
    )


def test_conflict_data_has_actors_places_and_titles_that_tell_events_apart() -> None:
    text = "event_date,event_type,actor1,side_b,location,latitude,longitude,notes\n" + "".join(
        f"2024-03-0{n},{kind},North Army,South Army,{town},{n}.5,{n}.25,On that day {n} it "
        f"happened in {town}.\n"
        for n, kind, town in (
            (1, "Protests", "Northtown"),
            (2, "Protests", "Southtown"),
            (3, "Battles", "Hill"),
        )
    )
    found = read(text.encode(), "x.csv")
    assert [event["title"] for event in found.events] == [
        "Protests: Northtown",
        "Protests: Southtown",
        "Battles: Hill",
    ]
    assert found.events[0]["actors"] == ["north-army", "south-army"]
    assert found.header["places"]["northtown"] == {"name": "Northtown", "lat": "1.5", "lon": "1.25"}  # type: ignore[index]  # plain data


@pytest.mark.parametrize(
    ("word", "status"),
    [("alleged", "claimed"), ("Reported", "claimed"), ("rumoured", "claimed"), ("predicted", "scheduled"),
     ("planned", "scheduled"), ("denied", "denied"), ("cancelled", "cancelled"), ("canceled", "cancelled"),
     ("closed", None), ("", None)],
)  # fmt: skip
def test_words_for_a_status_have_their_meaning(word: str, status: str | None) -> None:
    found = read(f"date,title,status\n2024-01-02,A,{word}\n2024-01-03,B,\n".encode(), "x.csv")
    assert found.events[0].get("status") == status
    assert "status" not in found.events[1]


@given(st.integers(3, 20))
def test_titles_that_are_all_the_same_are_joined_with_what_tells_them_apart(count: int) -> None:
    text = "".join(
        f"- {{status: closed, type: hybrid, start_date: {date(2020, 1, 2) + timedelta(n)}, city: City {n}}}\n"
        for n in range(count)
    )
    found = read(text.encode(), "meet.yml")
    assert [event["title"] for event in found.events] == [f"hybrid: City {n}" for n in range(count)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("NOTICE by Pro Hac Vice Ada B. Carter to receive Notices of Filings. More follows", "Ada B. Carter to receive Notices of Filings."),
        ("The claim of Example, Inc. v. Sample Co. No. 12 was heard. More follows", "No. 12 was heard."),
        ("It rose by 3.5 percent in the U.S. economy that year. More follows", "that year."),
        ("Dr. Brown et al. were heard at St. Mary on the fifth day! More follows", "on the fifth day!"),
    ],
)  # fmt: skip
def test_sentences_end_where_sentences_end(text: str, first: str) -> None:
    long = f"{text} {'and so on ' * 20}"
    found = read(f'date,description\n2024-01-02,"{long}"\n2024-01-03,"B {long}"\n'.encode(), "x.csv")
    assert str(found.events[0]["title"]).endswith(first)


def test_the_finer_date_and_that_of_the_event_count() -> None:
    assert dates_of("Year,Exact Date,Title\n2021,2021-05-06,A\n2022,,B\n", "x.csv") == ["2021-05-06", "2022"]
    text = "date_entered,date_filed,title\n2023-03-02,2023-03-01,A\n2023-03-20,2023-03-17,B\n"
    assert dates_of(text, "x.csv") == ["2023-03-01", "2023-03-17"]


def test_lists_in_a_cell_and_html_are_lists_and_text() -> None:
    text = "date,title,actor\n2024-01-02,A&nbsp;strike &amp; <b>more</b>,North|South\n2024-01-03,B,South\n"
    found = read(text.encode(), "x.csv")
    assert found.events[0]["actors"] == ["north", "south"]
    assert found.events[0]["title"] == "A strike & more"


@given(st.integers(1, 5))
def test_slides_with_other_keys_are_all_dated_and_names_stay_as_written(count: int) -> None:
    slides = [{"start_date": {"year": "1951"}, "text": {"headline": "First"}}]
    slides += [{"date": f"195{n}-03-25", "headline": f"Slide {n}"} for n in range(count)]  # type: ignore[dict-item]  # others' keys
    assert dates_of(json.dumps({"events": slides}), "x.json") == [
        "1951",
        *(f"195{n}-03-25" for n in range(count)),
    ]
    named = "".join(f"Treaty of Rome {n}: {{date: 195{n}-03-25}}\n" for n in range(count + 1))
    found = read(named.encode(), "x.yaml")
    assert [event["title"] for event in found.events] == [f"Treaty of Rome {n}" for n in range(count + 1)]


def test_a_broken_byte_is_marked_alone_and_a_fold_inside_a_character_is_undone() -> None:
    broken = (
        "date,title\n2024-01-02,Kraków\n2024-01-03,caf".encode() + b"\xe9" + "\n2024-01-04,Łódź\n".encode()
    )
    found = read(broken, "x.csv")
    assert [event["title"] for event in found.events] == ["Kraków", "caf\ufffd", "Łódź"]
    assert found.guesses[-1] == "1 byte is not UTF-8, the first in line 3, and marked as \ufffd"
    name = "Ω café 北京".encode()
    for at in range(1, len(name)):
        entry = (
            b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20200101\r\nSUMMARY:"
            + name[:at]
            + b"\r\n "
            + name[at:]
            + b"\r\nEND:VEVENT"
        )
        calendar = b"BEGIN:VCALENDAR\r\n" + entry + b"\r\nEND:VCALENDAR\r\n"
        assert read(calendar, "x.ics").events[0]["title"] == "Ω café 北京"


@pytest.mark.parametrize("count", [2, 7])
def test_entries_of_calendars_that_repeat_are_followed(count: int) -> None:
    pytest.importorskip("recurring_ical_events")
    entry = "BEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART;VALUE=DATE:20240101\nRRULE:FREQ=WEEKLY{}\nEND:VEVENT\n"
    other = "BEGIN:VEVENT\nUID:2\nSUMMARY:B\nDTSTART;VALUE=DATE:20240131\nEND:VEVENT\n"
    calendar = "BEGIN:VCALENDAR\n{}END:VCALENDAR\n"
    found = dates_of(calendar.format(entry.format(f";COUNT={count}")), "x.ics")
    assert found == [(date(2024, 1, 1) + timedelta(7 * n)).isoformat() for n in range(count)]
    endless = read(calendar.format(entry.format("") + other).encode(), "x.ics")
    assert len(endless.events) == 6
    assert sum(endless.lost.values()) == 1
    wild = read(
        calendar.format(entry.format("").replace("WEEKLY", "SECONDLY;UNTIL=99990101") + other).encode(),
        "x.ics",
    )
    assert len(wild.events) == 2
    assert sum(wild.lost.values()) == 1


@given(st.integers(2, 9), st.integers(1, 4))
def test_markwhen_repeats_as_often_as_it_says(times: int, weeks: int) -> None:
    found = dates_of(f"2023-05-01 every {weeks} weeks for {times} times: rec\n", "x.mw")
    assert found == [(date(2023, 5, 1) + timedelta(7 * weeks * n)).isoformat() for n in range(times)]


@given(st.integers(1, 4), st.integers(1, 60))
def test_mermaid_descriptions_and_gantt_are_read(lines: int, days: int) -> None:
    described = "\n".join(
        ["timeline", "    accDescr {", *(f"text {n} : more" for n in range(lines)), "    }", "    2001 : a"]
    )
    found = read(described.encode(), "x.mmd")
    assert [event["title"] for event in found.events] == ["a"]
    assert str(found.header["description"]).count("text") == lines
    gantt = f"gantt\n  title G\n  dateFormat YYYY-MM-DD\n  section One\n  A :a1, 2014-01-01, {days}d\n  B :after a1, 2d\n"
    made = read(gantt.encode(), "x.mmd")
    end = date(2014, 1, 1) + timedelta(days - 1)
    assert made.events[0]["date"] == (f"2014-01-01/{end}" if days > 1 else "2014-01-01")
    assert made.events[1]["date"] == f"{end + timedelta(1)}/{end + timedelta(2)}"
    assert made.events[0]["tags"] == ["One"]


def test_many_columns_that_are_not_ours_are_no_flood_of_warnings(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415  for this alone

    names = [f"field{n}" for n in range(10)]
    rows = "\n".join(",".join([f"2024-01-{n % 28 + 1:02}", f"Event {n}", *names]) for n in range(1100))
    file = Path(str(tmp_path)) / "wide.csv"
    file.write_text(f"date,title,{','.join(names)}\n{rows}\n", "utf-8")
    opened = open_timeline(file, today=739_000)
    assert opened.errors == 0
    assert len(opened.problems) <= len(names)
    made = Path(str(tmp_path)) / "wide.yaml"
    made.write_text(write_native(read(file.read_bytes(), file.name)), "utf-8")
    told = check_file(made, today=739_000)
    assert sorted(problem.message for problem in told) == sorted(
        f"unknown key {name} in an event" for name in names
    )


@given(DAYS, st.sampled_from(["Exact Date", "exact_date", "Full date"]), st.sampled_from(["Year", "year"]))
def test_of_a_year_and_a_day_beside_it_the_day_counts(days: list[date], exact: str, year: str) -> None:
    rows = [f"{day.year},{day if n % 2 else ''},Event {n}" for n, day in enumerate(days)]
    text = f"{year},{exact},Title\n" + "\n".join(rows) + "\n"
    assert dates_of(text, "x.csv") == [str(day) if n % 2 else str(day.year) for n, day in enumerate(days)]


@given(DAYS, st.sampled_from(["entered", "recorded", "received", "posted"]), st.booleans())
def test_the_day_on_which_it_was_written_down_is_not_that_of_the_event(
    days: list[date], word: str, first: bool
) -> None:
    names = [f"date_{word}", "date_filed"] if first else ["date_filed", f"date_{word}"]
    rows = [
        {f"date_{word}": str(day + timedelta(9)), "date_filed": str(day), "title": f"E{day}"} for day in days
    ]
    text = "\n".join(
        [",".join([*names, "title"]), *(",".join(row[name] for name in [*names, "title"]) for row in rows)]
    )
    assert dates_of(text, "x.csv") == [str(day) for day in days]


@given(
    st.lists(st.sampled_from(["North", "South", "Ada Brown", "Łódź"]), min_size=1, max_size=4, unique=True),
    st.sampled_from(["|", ";", " | "]),
)
def test_several_actors_in_a_cell_are_several_actors(names: list[str], sign: str) -> None:
    text = f"date,title,actor\n2024-01-02,A,{sign.join(names)}\n2024-01-03,B,Somebody\n"
    found = read(text.encode(), "x.csv")
    actors, ids = found.header["actors"], found.events[0]["actors"]
    assert isinstance(actors, dict)
    assert isinstance(ids, list)
    assert [actors[id_]["name"] for id_ in ids] == names


@given(st.integers(0, 6), st.sampled_from([b"\xe9", b"\xff", b"\xc3"]))
def test_a_broken_byte_anywhere_is_marked_alone(at: int, byte: bytes) -> None:
    words = ["Kraków", "Łódź", "café", "Zürich", "Ωmega", "Çelik", "naïve"]
    rows = [f"2024-01-0{n + 1},{word}".encode() + (byte if n == at else b"") for n, word in enumerate(words)]
    found = read(b"date,title\n" + b"\n".join(rows) + b"\n", "x.csv")
    assert [event["title"] for event in found.events] == [
        f"{word}\ufffd" if n == at else word for n, word in enumerate(words)
    ]


@given(DAYS, st.sampled_from(["{} 00:00:00", "{} 0:00", "{}T00:00:00Z", "{} 12:00 AM"]), st.booleans())
def test_midnight_all_down_a_column_is_no_time_of_day(days: list[date], form: str, timed: bool) -> None:
    cells = [form.format(day) for day in days]
    if timed:
        cells[-1] = f"{days[-1]} 10:30"
    text = "when,title\n" + "".join(f"{cell},E{n}\n" for n, cell in enumerate(cells))
    found = [str(each) for each in dates_of(text, "x.csv")]
    assert [each[:10] for each in found] == [str(day) for day in days]
    assert ["T" in each for each in found] == [timed] * len(days)

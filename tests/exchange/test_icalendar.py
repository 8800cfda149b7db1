"""Import and export of calendars."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.support.round_trips import bundled, fields_back, fields_of
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.icalendar import read as runs_of
from timeline_tui.exchange.icalendar import write


def read(data: bytes, name: str) -> Imported:
    return runs_of(data, name).imported()


def calendar(*lines: str, name: str = "VEVENT") -> bytes:
    """A calendar with one entry of these lines."""
    entry = [f"BEGIN:{name}", *lines, f"END:{name}"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *entry, "END:VCALENDAR", ""]).encode()


def entry(*lines: str, name: str = "VEVENT") -> dict[str, object]:
    (found,) = read(calendar(*lines, name=name), "x").events
    return found


def back(text: str) -> Imported:
    return read(text.encode(), "x")


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        (["DTSTART;VALUE=DATE:20031225", "DTEND;VALUE=DATE:20031226"], "2003-12-25"),
        (["DTSTART;VALUE=DATE:20031225", "DTEND;VALUE=DATE:20031228"], "2003-12-25/2003-12-27"),
        (["DTSTART;VALUE=DATE:20031225"], "2003-12-25"),
        (["DTSTART:20250101"], "2025-01-01"),
        (["DTSTART:20250101T100000Z"], "2025-01-01T10:00Z"),
        (["DTSTART:20250101T100030"], "2025-01-01T10:00:30"),
        (["DTSTART;TZID=US/Eastern:20060102T120000", "DURATION:PT1H"],
         "2006-01-02T12:00-05:00/2006-01-02T13:00-05:00"),
        (["DTSTART:20250101T000000", "DTEND:20250103T000000"], "2025-01-01/2025-01-02"),
        (["DTSTART;VALUE=DATE:20250101", "DURATION:P2D"], "2025-01-01/2025-01-02"),
    ],
)  # fmt: skip
def test_the_end_of_whole_days_is_exclusive(lines: list[str], edtf: str) -> None:
    assert entry("SUMMARY:a", *lines)["date"] == edtf


def test_an_entry_that_ends_before_it_starts_keeps_its_start() -> None:
    imported = read(calendar("SUMMARY:a", "DTSTART:20250102", "DTEND:20250101"), "x")
    assert imported.events[0]["date"] == "2025-01-02"
    assert imported.events[0]["dtend"] == "2025-01-01"
    assert imported.guesses == ["entries that end before they start have only a start: 1"]


def test_an_unknown_zone_is_kept_beside_the_time() -> None:
    found = entry("SUMMARY:a", "DTSTART;TZID=Custom/Nowhere:20250101T100000")
    assert (found["date"], found["tzid"]) == ("2025-01-01T10:00", "Custom/Nowhere")


def test_tasks_and_journals_are_events_too() -> None:
    assert entry("SUMMARY:a", "DUE:20250105", "STATUS:NEEDS-ACTION", name="VTODO") == {
        "id": "a", "date": "2025-01-05", "title": "a", "kind": "task", "status": "scheduled"
    }  # fmt: skip
    assert entry("SUMMARY:a", "DTSTART:20250105", "STATUS:FINAL", name="VJOURNAL")["kind"] == "journal"


def test_known_properties_become_fields_and_others_keep_their_names() -> None:
    found = read(
        calendar(
            "UID:1@a.example",
            "SUMMARY:Folded and\\, esca",
            " ped",
            "DTSTART:20250101",
            "DESCRIPTION:One\\nTwo\\; three",
            "LOCATION:Seoul",
            "CATEGORIES:a b,c",
            "CATEGORIES:d",
            "STATUS:CANCELLED",
            "URL:https://a.example/x,y",
            "ATTENDEE;CN=Ann;ROLE=CHAIR:mailto:ann@a.example",
            "RRULE:FREQ=DAILY;COUNT=10",
            "X-THING:one\\, two",
        ),
        "x",
    )
    assert found.events[0] == {
        "id": "folded-and-escaped",
        "date": "2025-01-01",
        "title": "Folded and, escaped",
        "text": "One\nTwo; three",
        "place": "Seoul",
        "actors": {"ann": "chair"},
        "tags": ["a b", "c", "d"],
        "sources": ["https-a-example-x-y"],
        "status": "cancelled",
        "uid": "1@a.example",
        "rrule": "FREQ=DAILY;COUNT=10",
        "x-thing": "one, two",
    }
    assert found.header["sources"] == {
        "https-a-example-x-y": {"title": "https://a.example/x,y", "url": "https://a.example/x,y"}
    }
    assert found.header["actors"] == {"ann": {"name": "Ann", "address": "ann@a.example"}}


def test_relations_between_entries_are_links() -> None:
    text = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:One
DTSTART:20250101
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Two
DTSTART:20250102
RELATED-TO:1
RELATED-TO;RELTYPE=SIBLING:gone
END:VEVENT
END:VCALENDAR
"""
    imported = read(text, "x")
    assert imported.events[1]["links"] == {"part-of": ["one"]}
    assert imported.events[1]["ics-links"] == {"sibling": ["gone"]}
    assert imported.lines == [2, 7]


def test_an_invalid_entry_does_not_affect_the_others() -> None:
    text = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
END:VEVENT
BEGIN:VEVENT
SUMMARY:Fine
DTSTART:20250101
BEGIN:VALARM
TRIGGER:-PT30M
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:Without a date
DTSTART:2025-never
END:VEVENT
BEGIN:VEVENT
SUMMARY:Without an end
BEGIN:VEVENT
SUMMARY:Last
DTSTART:20250103
END:VEVENT
"""
    imported = read(text, "x")
    assert [(each["title"], each["date"]) for each in imported.events] == [
        ("Fine", "2025-01-01"), ("Without a date", UNDATED), ("Last", "2025-01-03")
    ]  # fmt: skip
    assert imported.events[1]["dtstart"] == "2025-never"
    assert [left.line for left in imported.left_out] == [2, 15]
    assert imported.lost == {"parts that are not events (free times, alarms)": 1}


def test_calendars_in_one_file_are_one_timeline() -> None:
    text = calendar("SUMMARY:a", "DTSTART:20250101") + calendar("SUMMARY:b", "DTSTART:20250102")
    assert len(read(text.replace(b"PRODID:x", b"X-WR-CALNAME:My\\, days"), "x").events) == 2
    assert read(text.replace(b"PRODID:x", b"X-WR-CALNAME:My\\, days"), "x").title == "My, days"


def test_the_bundled_story_comes_back() -> None:
    view = bundled()
    exported = write(view)
    imported = back(exported.text)
    assert imported.title == view.header.title
    assert not imported.left_out
    for number, key in enumerate(view.keys):
        assert fields_back(imported, number) == fields_of(view, view.event(key))
    assert exported.lost["quotes"] > 0


def test_the_text_is_a_calendar_as_the_standard_has_it() -> None:
    text = write(bundled()).text
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75
    parsed = Calendar.from_ical(text)
    assert isinstance(parsed, Calendar)
    assert not parsed.errors
    assert len(parsed.events) == bundled().count
    assert all(entry.get("UID") and entry.get("DTSTAMP") for entry in parsed.events)
    assert write(bundled()).text == text, "the same every time"


def test_a_month_is_exported_as_all_its_days_and_imported_as_a_month() -> None:
    text = write(story(event("2024-11", "a"))).text
    assert "DTSTART;VALUE=DATE:20241101" in text
    assert "DTEND;VALUE=DATE:20241201" in text
    assert "X-TIMELINE-DATE:2024-11\r\n" in text
    assert back(text).events[0]["date"] == "2024-11"


@given(
    st.sampled_from(
        ["2024", "2024-11~", "201X", "2024-21", "2022-02-24/..", "../2024", "2024/", "0044", "9999",
         "2024-11-06", "2024-11-06T10:30:00+03:00", "2024-11-06T10:30", "[2024-10-23,2024-10-25]",
         "2024-11-06/2024-11-08", "2024-11-06T10:30Z/2024-11-07T11:00Z",
         "2024-11-06T10:30Z/2024-11-07", "2024-11-06T23:30:00-05:00",
         "9999-12-31", "9999-12-30", "9999-12", "2022-02-24/9999-12-31", "2022-02-24/9999",
         "9999-12-31T10:00", "9999-12-31T23:59:59Z", "9999-12-30T23:59:59Z/9999-12-31T10:00Z",
         "2022-02-24T10:00Z/9999-12-31T23:59Z"]
    )
)  # fmt: skip
def test_every_date_comes_back_as_it_was(edtf: str) -> None:
    assert back(write(story(event(edtf, "a"))).text).events[0]["date"] == edtf


LATE = st.dates(min_value=date(9999, 12, 20)).map(str)
CLOCKS = st.sampled_from(["", "T00:00", "T10:30Z", "T23:59:59Z"])


@given(st.sampled_from(["", "2022-02-24/", "2022-02-24T10:00Z/"]), LATE, CLOCKS)
def test_programs_can_add_a_day_to_every_exported_day(begins: str, day: str, clock: str) -> None:
    edtf = f"{begins}{day}{clock}"
    parsed = Calendar.from_ical(write(story(event(edtf, "a"))).text)
    assert isinstance(parsed, Calendar)
    (entry,) = parsed.events
    assert entry.start + timedelta(days=1) > entry.start
    ends = entry.get("DTEND")
    if ends is not None and isinstance(ends.dt, datetime) and ends.dt.tzinfo:
        assert ends.dt.astimezone(timezone(timedelta(hours=14))) == ends.dt
    assert back(parsed.to_ical().decode()).events[0]["date"] == edtf


def test_an_end_that_means_never_is_an_open_end() -> None:
    assert "DTEND" not in write(story(event("2022-02-24/9999-12-31", "a"))).text
    assert "DTEND" not in write(story(event("2022-02-24T10:00Z/9999-12-31T23:59Z", "a"))).text


def test_an_end_before_the_first_possible_day_is_an_end_before_the_start() -> None:
    assert entry("SUMMARY:a", "DTSTART:20250101", "DTEND:00010101")["date"] == "2025-01-01"


@given(st.dates(), st.integers(0, 40))
def test_days_are_imported_again_without_our_own_property(day: object, length: int) -> None:
    first = parse_date(str(day))
    last = min(first.earliest + length, parse_date("9999-12-30").earliest)
    edtf = f"{day}/{type(day).fromordinal(last)}" if last > first.earliest else str(day)  # type: ignore[attr-defined]
    text = write(story(event(edtf, "a"))).text
    if last < parse_date("9999-12-30").earliest:
        assert "X-TIMELINE-DATE" not in text
    assert back(text).events[0]["date"] == edtf


@pytest.mark.parametrize(
    "status", ["confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled"]
)
def test_a_status_comes_back_unless_it_was_changed(status: str) -> None:
    text = write(story(event("2024", "a", status=status))).text
    assert back(text).events[0].get("status", "confirmed") == status
    changed = re.sub("(?<!-)STATUS:.*?\r", "STATUS:CANCELLED\r", text)
    assert back(changed).events[0]["status"] == "cancelled"


def test_an_event_that_was_moved_in_the_calendar_stays_moved() -> None:
    text = write(story(event("2024-11", "a"))).text.replace(
        "DTSTART;VALUE=DATE:20241101", "DTSTART;VALUE=DATE:20241105"
    )
    imported = back(text)
    assert imported.events[0]["date"] == "2024-11-05/2024-11-30"
    assert imported.guesses == ["entries that were moved in a calendar have their new dates: 1"]


@pytest.mark.parametrize("edtf", ["-0043-03-15", "Y-17000", "Y12000"])
def test_what_a_calendar_cannot_hold_is_counted(edtf: str) -> None:
    exported = write(story(event(edtf, "a"), event("2024", "b")))
    assert exported.lost == {"events outside of the years 1 to 9999": 1}
    assert len(back(exported.text).events) == 1


@pytest.mark.parametrize(
    "text", ["a\rBEGIN:VEVENT\r\nb", "x\x1b[31m\x00y\u202e", "; , : \\n \\\\", "é" * 100]
)
def test_no_text_breaks_out_of_its_property(text: str) -> None:
    exported = write(story(event("2024", text.replace("\r\n", " "), text=text, place=text, tags=(text,))))
    assert len(back(exported.text).events) == 1
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\u202e]", exported.text)
    assert max(len(line.encode()) for line in exported.text.split("\r\n")) <= 75


def test_only_what_the_view_shows_is_exported() -> None:
    text = write(bundled().known_by(parse_date("2024-10-14").earliest)).text
    assert "20241106" not in text
    assert "X-WR-CALDESC" not in text
    later = [each for each in back(text).events if str(each["date"]) > "2024-10-15"]
    assert all(each["status"] == "scheduled" for each in later)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0\1\2", "binary"),
        (b"{}", "not iCalendar"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no event, task or journal"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 20, "none of the 20 entries"),
    ],
    ids=["empty", "binary", "json", "no-entries", "broken"],
)
def test_any_other_file_is_refused_with_a_message(data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(data, "x")


NAMES = st.sampled_from(
    ["DTSTART", "DTEND", "DURATION", "RRULE", "ATTACH", "CATEGORIES", "BEGIN", "END", "X-A", "STATUS"]
)
VALUES = st.one_of(
    st.text(), st.sampled_from(["VEVENT", "VALARM", "20250101", "20250101T100000Z", "P1D", "00000000T999999"])
)


@given(st.lists(st.builds("{}:{}".format, NAMES, VALUES), max_size=6))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    try:
        imported = read(
            b"BEGIN:VCALENDAR\n" + "\n".join(lines).encode("utf-8", "replace") + calendar("SUMMARY:a"), "x"
        )
    except CannotImport:
        return
    for each in imported.events:
        parse_date(str(each["date"]))
        assert each["title"]


def test_some_megabytes_are_read() -> None:
    body = b"".join(
        b"BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:Event %d\r\nDTSTART:20250101T100000Z\r\nEND:VEVENT\r\n" % (n, n)
        for n in range(5000)
    )
    assert len(read(b"BEGIN:VCALENDAR\r\n" + body + b"END:VCALENDAR\r\n", "x").events) == 5000

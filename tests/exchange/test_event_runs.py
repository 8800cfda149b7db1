"""Chats, logs, calendars, mail and others are read run by run: the same comes wherever they are cut."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.exchange import registry, text_lines
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.forensic import timesketch
from timeline_tui.exchange.native.yaml import header_of
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading.build_index import finished
from timeline_tui.loading.opened import open_timeline
from timeline_tui.loading.stream_file import read_runs
from timeline_tui.model.records import Header
from timeline_tui.reading.open_file import CannotRead
from timeline_tui.reading.reader import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from timeline_tui.exchange.event_runs import EventRuns

TODAY = 739_000
SAID = st.text("ab :,<é\u200e", max_size=12)
CHAT = st.lists(st.tuples(st.dates(), st.sampled_from(["Ada: ", "Bo: ", ""]), SAID), min_size=2, max_size=8)
SYSLOG = st.lists(
    st.sampled_from(
        [
            "Dec 31 23:59:59 host sshd[12]: Closed",
            "Jan  1 00:00:01 host sshd[12]: Opened",
            "2026-01-02T10:00:00Z host cron: Ran",
            "  goes on",
            "",
        ]
    ),
    max_size=8,
)
GAPS = st.lists(st.integers(0, 100), min_size=1, max_size=9)
"""Days from one entry of a log to the next."""
WEB = '1.2.3.4 - ada [04/Mar/2024:10:00:0{n} +0100] "GET / HTTP/1.1" 200 12'


MAKES = {
    "x.ics": """BEGIN:VCALENDAR
X-WR-CALNAME:Days
 of all
=====
BEGIN:VEVENT
UID:{n}@x
DTSTART:2024{month:02}02
SUMMARY:Meet {n}
DESCRIPTION:{text}
RELATED-TO:{next}@x
ORGANIZER;CN=Ada {n}:mailto:a@b.c
RRULE:FREQ=YEARLY;COUNT=1
END:VEVENT
=====
END:VCALENDAR
""",
    "x.mbox": """=====
From a@b Mon Mar  4 10:00:00 2024
From: Ada {n} <a@b.c>
Date: Mon, 4 Mar 2024 10:{month:02}:00 +0100
Message-ID: <{n}@x>
In-Reply-To: <{before}@x>
Subject: Hello {n}

{text}
>From there

=====
""",
    "x.ged": """0 HEAD
=====
0 @I{n}@ INDI
1 NAME Ada {n} /Bo/
1 BIRT
2 DATE {n} BC
2 NOTE {text}
2 PLAC Kyiv
3 MAP
4 LATI N50.4
4 LONG E30.5
2 SOUR @S1@
=====
0 @F1@ FAM
1 HUSB @I0@
1 WIFE @I1@
1 MARR
2 DATE 3 MAR 1804
0 @S1@ SOUR
1 TITL Register
0 TRLR
""",
    "x.rss": """<rss><channel><title>News</title><description>Of <b>it</b> all</description>
=====
<item><title>Item {n}</title><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate><author>Ada {n}</author>
<description>{text}</description><link>https://x.org/{n}</link></item>
=====
</channel></rss>
""",
    "x.kml": """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Sites</name>
=====
<Folder><Placemark><name>Site {n}</name><TimeStamp><when>2024-03-04</when></TimeStamp>
<description>{text}</description><Point><coordinates>30.{n},50</coordinates></Point></Placemark></Folder>
=====
</Document></kml>
""",
    "x.gpx": """<gpx><metadata><name>Way</name></metadata>
=====
<wpt lat="1" lon="2"><time>2024-03-04</time><name>Stop {n}</name><desc>{text}</desc></wpt>
<trk><name>T {n}</name><trkseg><trkpt lat="3" lon="4"><time>2024-03-04T10:00:00Z</time></trkpt>
<trkpt lat="5" lon="4"><time>2024-03-05T10:00:00Z</time></trkpt></trkseg></trk>
=====
</gpx>
""",
    "x.xml": """<data>
=====
<event start="Mar 4 2024" title="Event {n}" link="https://x.org/{n}">{text}</event>
=====
</data>
""",
    "x.mw": """title: Days
=====
section Part {n}
2024-{month:02}-02: Event {n} #tag{n}
status: scheduled
links: {{"leads-to": ["event-{next}"]}}
{text}
[There](https://x.org/{n})
=====
""",
    "x.mmd": """timeline
 title Days
=====
 section Part {n}
 200{digit} : Event {n} {text}
  : More {n}
 2003
=====
""",
    "sketch.csv": """message,datetime,timestamp,timestamp_desc,edtf,tag,links,text,actors
broken
=====
Event {n},,153270348{digit},Start of,,"a, b","{{""leads-to"": [""event-{next}"", ""no-{n}""]}}","more
{text}",Ada {n}
=====
""",
    "sketch.jsonl": """{"message": "Begun", "timestamp": 1532703487, "timestamp_desc": "Access"}
=====
{{"message": "Event {n}", "timestamp": 153270348{digit}, "text": "{text}", "actors": {{"Ada {n}": "host"}},\
 "links": {{"leads-to": ["event-{next}", "x"]}}}}
[{n}
=====
""",
    "l2t.csv": """date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,\
notes,format,extra
=====
07/2{digit}/2018,10:58:07,UTC,M...,LOG,x,Access,ada,host,Event {n},{text},2,f,{n},-,-,-
broken,{n}
07/2{digit}/2018,10:58:07,Moon,M...,LOG,x,Access,Bo {n},host,Event {n},-,2,f,{n},-,-,\
"{{""edtf"": ""2018-07"", ""links"": {{""leads-to"": [""event-{next}"", ""x""]}}}}"
=====
""",
    "journal.json": """{"__REALTIME_TIMESTAMP": "1532703487000000", "MESSAGE": "Begun", "_PID": "1"}
=====
{{"__REALTIME_TIMESTAMP": "15327034870000{month:02}", "MESSAGE": "{text}", "_PID": "{n}", "X": "y"}}
{{"MESSAGE": [72,
{{"__REALTIME_TIMESTAMP": "1532703487000000", "MESSAGE": [72, 101], "_HOSTNAME": "h"}}
=====
""",
}
"""Files by name: the beginning, an entry, and the end."""


def made(name: str, numbers: Iterable[int], text: str = "Some text") -> bytes:
    """A file with an entry for each number."""
    begin, entry, end = MAKES[name].split("=====\n")
    each = (
        entry.format(n=n, next=n + 1, before=n - 1, month=n % 12 + 1, digit=n % 10, text=text)
        for n in numbers
    )
    return (begin + "".join(each) + end).encode()


def peak(data: bytes, name: str) -> int:
    """The most bytes that are held while a file is read in runs of 20 events, the file not counted."""
    source = runs_of(data, name)
    with pytest.MonkeyPatch.context() as patch:
        for module in (text_lines, timesketch):
            patch.setattr(module, "PIECE", 1 << 12)
        source.go_through()
        gc.collect()
        tracemalloc.start()
        for _ in source.runs(20):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found


def runs_of(data: bytes, name: str) -> EventRuns:
    found = registry.runs_in(data, name)
    assert found is not None
    return found


def held_to_the_whole(data: bytes, name: str) -> None:
    """Run by run, a line or all at a time, the same comes as of the file as a whole."""
    whole = registry.read(data, name)
    for size, piece in ((1, 1), (2, 7), (2_000, 1 << 20)):
        with pytest.MonkeyPatch.context() as patch:
            for module in (text_lines, timesketch):
                patch.setattr(module, "PIECE", piece)
            source = runs_of(data, name)
            runs = list(source.runs(size))
        assert [event for run in runs for event in run.events] == whole.events
        assert [line for run in runs for line in run.lines] == whole.lines
        assert source.title == whole.title
        assert source.gathered.actors.records == whole.header.get("actors", {})
        assert source.gathered.sources.records == whole.header.get("sources", {})
        assert source.gathered.places.records == whole.header.get("places", {})
        assert (source.guesses, source.left_out, source.lost) == (whole.guesses, whole.left_out, whole.lost)
        assert all(len(run.events) <= size + 1 for run in runs)


@given(CHAT)
def test_messages_of_a_chat_are_the_same_wherever_it_is_cut(said: list[tuple[object, str, str]]) -> None:
    lines = [f"{day:%d/%m/%Y}, 10:{n:02} - {who}{text}\n" for n, (day, who, text) in enumerate(said)]
    held_to_the_whole("".join(lines).encode(), "chat.txt")


@given(SYSLOG)
def test_entries_of_a_log_are_the_same_wherever_it_is_cut(lines: list[str]) -> None:
    begun = ["Dec 30 10:00:00 host kernel: Up", "Dec 30 10:00:01 host kernel: Ready"] * 3
    held_to_the_whole("\n".join([*begun, *lines]).encode(), "syslog.log")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), GAPS, st.sampled_from(["Started", "last of 2 times"]))
def test_entries_without_a_year_have_the_one_that_leads_to_the_day_of_the_file(
    modified: date, gaps: list[int], said: str
) -> None:
    days = [modified - timedelta(sum(gaps[at:])) for at in range(len(gaps))]
    text = "\n".join(f"{day:%b} {day.day:2} 12:00:01 {said}" for day in days)
    found = registry.read(text.encode(), "x.log", modified=modified)
    assert [event["date"] for event in found.events] == [f"{day}T12:00:01" for day in days]
    assert {event["title"] for event in found.events} == {said}
    assert "the year is not in the file" in found.guesses[0]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("access.log", [WEB.format(n=n) for n in range(4)] + ["broken"]),
        ("x.log", [f"2024-03-04 10:00:0{n} Started" for n in range(4)] + ["\tat main()"]),
        ("x.tln", [f"170955000{n}|LOG|host|ada|Opened {n}" for n in range(4)]),
        (
            "log",
            ["commit 1234567", "Author: Ada <a@b>", "Date: Mon Mar 4 10:00:00 2024 +0100", "", "    Mend"]
            * 2,
        ),
        ("ChangeLog", ["2024-03-04  Ada  <a@b>", "", "\t* file: Mend.", ""] * 2),
    ],
)
def test_logs_of_all_kinds_are_the_same_wherever_they_are_cut(name: str, lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    held_to_the_whole(data, name)
    held_to_the_records(data, name)


def held_to_the_records(data: bytes, name: str) -> None:
    """What is indexed is what the reader of the format makes of the file as a whole."""
    whole = registry.read(data, name)
    expected = read_plain(header_of(whole), whole.events, whole.lines, "")
    writer = IndexWriter(":memory:")
    report, _ = read_runs(runs_of(data, name), writer, lambda *_: None)
    index = finished(writer, report.header or Header(title=""), [])
    found = [index.event(key) for key in range(index.total)]
    assert sorted(found, key=repr) == sorted(expected.events, key=repr)
    assert report.header == expected.header


@given(st.sampled_from(sorted(MAKES)), st.lists(st.integers(0, 99), min_size=1, max_size=9))
def test_entries_of_other_formats_are_the_same_wherever_the_file_is_cut(
    name: str, numbers: list[int]
) -> None:
    held_to_the_whole(made(name, numbers), name)


@pytest.mark.parametrize("name", sorted(MAKES))
def test_what_is_indexed_run_by_run_is_what_would_be_read_as_a_whole(name: str) -> None:
    held_to_the_records(made(name, range(12)), name)


@pytest.mark.parametrize("name", sorted(MAKES))
def test_no_more_than_a_run_of_entries_is_held(name: str) -> None:
    few, many = 100, 400
    files = (made(name, (n % 7 for n in range(count)), "word " * 400) for count in (few, many))
    held = [peak(data.replace(b"RRULE", b"X-RRULE"), name) for data in files]
    # Of an entry no more stays than its id, and where its record begins: its text alone has 2,000 letters.
    assert (held[1] - held[0]) / (many - few) < 600


def test_entries_that_name_later_ones_are_linked_to_them() -> None:
    data = b'2001: Plan !a\nlinks: {"leads-to": ["b", "c"]}\n\n2002: Deed !b\n'
    held_to_the_whole(data, "x.mw")
    first, _ = registry.read(data, "x.mw").events
    assert (first["links"], first["markwhen-links"]) == ({"leads-to": ["b"]}, {"leads-to": ["c"]})


def test_a_family_has_the_names_of_persons_that_follow_it() -> None:
    data = made("x.ged", range(3))
    head, people, family = data[:7], data[7 : data.index(b"0 @F1@")], data[data.index(b"0 @F1@") :]
    first = registry.read(head + family + people, "x.ged").events[0]
    assert first["title"] == "Marriage of Ada 0 Bo and Ada 1 Bo"


def test_xml_that_breaks_off_is_refused_when_its_end_is_reached(tmp_path: Path) -> None:
    file = tmp_path / "x.rss"
    file.write_bytes(made("x.rss", range(3))[:-20])
    with pytest.raises(CannotRead, match="not valid XML"):
        open_timeline(file, today=TODAY)


def test_a_chat_that_is_opened_tells_what_import_tells(tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text("04/03/2024, 10:00 - Ada: <Media omitted>\n14/03/2024, 10:01 - Bo: Hello\nthere\n")
    opened = open_timeline(file, today=TODAY)
    assert [opened.index.event(key).title for key in range(2)] == ["<Media omitted>", "Hello"]
    assert opened.index.event(1).text == "Hello\nthere"
    assert "1 media of messages" in opened.notice
    assert opened.is_foreign


def test_a_file_with_no_entry_at_all_is_refused() -> None:
    with pytest.raises(CannotImport, match="no line of this file"):
        registry.read(b"nothing\n", "x.log", "web-log")

"""Files of other programs, each by a generated form of it: what stands in the file comes out as events."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.exchange import folder
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.extras import needed
from timeline_tui.exchange.registry import read
from timeline_tui.loading.opened import open_timeline

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAYS = st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), min_size=2, max_size=6)
TIMES = st.lists(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(microsecond=0)),  # noqa: DTZ001  logs of local times
    min_size=2,
    max_size=6,
)


def opened(text: str, name: str = "file.txt") -> Imported:
    return read(text.encode(), name)


def dates(imported: Imported) -> list[object]:
    return [event["date"] for event in imported.events]


def titles(imported: Imported) -> list[object]:
    return [event["title"] for event in imported.events]


def written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@given(DAYS, st.booleans())
def test_a_table_of_markdown_has_an_event_a_row(days: list[date], bars: bool) -> None:
    rows = [f"{day} | **Event** {number}" for number, day in enumerate(days)]
    edge = "| " if bars else ""
    text = "# Ours\n\n" + "\n".join(f"{edge}{row}{edge[::-1]}" for row in ("Time | Event", "---|:--", *rows))
    found = opened(text, "table.md")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Event {number}" for number in range(len(days))]


@given(
    DAYS,
    st.sampled_from(["- {}: {}", "* {} – {}", "1. **{}** - {}", "- [[{}]]: {}", "## {}: {}"]),
    st.booleans(),
)
def test_a_dated_list_or_heading_of_markdown_is_an_event(days: list[date], form: str, in_words: bool) -> None:
    lines = [form.format(written(day) if in_words else day, f"Event {n}") for n, day in enumerate(days)]
    found = opened("# Ours\n\n" + "\n".join(lines) + "\n", "list.md")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Event {number}" for number in range(len(days))]


def test_what_stands_below_a_dated_heading_has_its_date() -> None:
    found = opened(
        "# Ours\n## 2024\n### March\n- 4: The vote\n- The count\n### 2024-05-06\nIt closes.\n", "x.md"
    )
    assert list(zip(dates(found), titles(found), strict=True)) == [
        ("2024-03-04", "The vote"),
        ("2024-03", "The count"),
        ("2024-05-06", "It closes."),
    ]


@given(DAYS)
def test_wiki_lists_and_tables_are_read(days: list[date]) -> None:
    items = "\n".join(f"* '''{written(day)}''' – [[Event]] {n}<ref>x</ref>" for n, day in enumerate(days))
    assert dates(opened(f"== Years ==\n{items}\n", "x.wiki")) == [day.isoformat() for day in days]
    rows = "\n".join(f"|-\n| {day} || [[A|Event]] {n}" for n, day in enumerate(days))
    found = opened(f'{{| class="wikitable"\n! Date !! Event\n{rows}\n|}}\n', "x.wiki")
    assert titles(found) == [f"Event {number}" for number in range(len(days))]


@given(DAYS)
def test_pages_of_html_have_their_tables_and_lists_read(days: list[date]) -> None:
    rows = "".join(f"<tr><td>{written(day)}<td>Event &amp; {n}</tr>" for n, day in enumerate(days))
    page = f"<!doctype html><title>Ours</title><table><tr><th>Date<th>What</tr>{rows}</table>"
    found = opened(page, "x.html")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Event & {number}" for number in range(len(days))]
    items = "".join(f"<li><b>{day}</b>: Event {n}</li>" for n, day in enumerate(days))
    assert dates(opened(f"<html><ul>{items}</ul></html>", "y.htm")) == [day.isoformat() for day in days]


STYLES = (
    "[{d}, {t}] {s}: {m}",
    "{d}, {t} - {s}: {m}",
    "\u200e[{d} {t}] {s}: {m}",
)


@given(TIMES, st.sampled_from(STYLES), st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_chats_are_read_in_their_date_styles(times: list[datetime], style: str, form: str) -> None:
    times = [*times, datetime(2021, 3, 25, 10, 30)]  # noqa: DTZ001  a chat has local times
    lines = [
        style.format(d=f"{at:{form}}", t=f"{at:%H:%M}", s="Ada", m=f"Hello: {n}\nmore")
        for n, at in enumerate(times)
    ]
    found = opened("\n".join(lines), "chat.txt")
    assert dates(found) == [f"{at:%Y-%m-%dT%H:%M}" for at in times]
    assert found.header["actors"] == {"ada": {"name": "Ada"}}
    assert found.events[0]["text"] == "Hello: 0\nmore"


@given(DAYS, st.sampled_from(["", "ABT ", "BEF "]))
def test_facts_of_gedcom_are_events_of_persons(days: list[date], word: str) -> None:
    lines = ["0 HEAD", "1 GEDC", "2 VERS 7.0", "0 @I1@ INDI", "1 NAME Ada /Brown/", "1 DEAT Y"]
    for day in days:
        lines += ["1 OCCU Smith", f"2 DATE {word}{written(day).upper()}", "2 PLAC Northtown, Northland"]
    found = opened("\n".join([*lines, "0 TRLR"]), "x.ged")
    assert len(found.events) == len(days)
    assert titles(found)[0] == "Occupation of Ada Brown: Smith"
    assert found.events[0]["place"] == "Northtown, Northland"
    assert found.lost == {"facts without a date": 1}
    if not word:
        assert dates(found) == [day.isoformat() for day in days]


@given(TIMES)
def test_mailboxes_and_feeds_are_read(times: list[datetime]) -> None:
    zoned = [at.replace(tzinfo=UTC) for at in times]
    mails = "".join(
        f"From a@b {at:%c}\nFrom: Ada <a@b.example>\nTo: bo@b.example\n"
        f"Date: {at:%a, %d %b %Y %H:%M:%S +0000}\n"
        f"Subject: Mail {n}\n\nText\n>From here\n\n"
        for n, at in enumerate(zoned)
    )
    found = opened(mails, "x.mbox")
    assert dates(found) == [f"{at:%Y-%m-%dT%H:%M:%S}Z" for at in zoned]
    assert found.events[0]["text"] == "Text\nFrom here"
    items = "".join(
        f"<item><title>News {n}</title><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n, at in enumerate(zoned)
    )
    feed = opened(f'<?xml version="1.0"?><rss><channel><title>All</title>{items}</channel></rss>', "x.xml")
    assert titles(feed) == [f"News {number}" for number in range(len(zoned))]
    assert dates(feed) == dates(found)


@given(TIMES)
def test_lines_of_logs_are_events(times: list[datetime]) -> None:
    stamps = [f"{at:%Y-%m-%dT%H:%M:%S}Z" for at in times]
    seconds = [int(at.replace(tzinfo=UTC).timestamp()) for at in times]
    web = [
        f'1.2.3.4 - ada [{at:%d/%b/%Y:%H:%M:%S} +0000] "GET /{n} HTTP/1.1" 200 12'
        for n, at in enumerate(times)
    ]
    assert [str(d).replace("+00:00", "Z") for d in dates(opened("\n".join(web), "access.log"))] == stamps
    tln = [f"{second}|EVTX|host|ada|Event {n}" for n, second in enumerate(seconds)]
    assert dates(opened("\n".join(tln), "x.tln")) == stamps
    journal = [
        json.dumps({"__REALTIME_TIMESTAMP": f"{second}000000", "MESSAGE": f"Event {n}"})
        for n, second in enumerate(seconds)
    ]
    assert dates(opened("\n".join(journal), "x.json")) == stamps
    new = [f"<34>1 {stamp} host app 12 - - Event" for stamp in stamps]
    assert dates(opened("\n".join(new), "syslog")) == stamps
    git = [
        f"commit {n:040x}\nAuthor: Ada <a@b>\nDate:   {at:%a %b %e %H:%M:%S %Y} +0000\n\n    Change {n}\n"
        for n, at in enumerate(times)
    ]
    assert [str(d).replace("+00:00", "Z") for d in dates(opened("\n".join(git), "log.txt"))] == stamps
    body = [f"0|/file {n}|12|r|0|0|5|{second}|{second}|0|0" for n, second in enumerate(seconds)]
    found = opened("\n".join(body), "x.body")
    assert dates(found) == stamps
    assert titles(found)[0] == "/file 0 (ma..)"


def test_a_syslog_over_a_new_year_counts_its_years_from_the_end() -> None:
    text = "".join(f"{month} 31 10:00:00 host sshd[1]: one\n" for month in ("Oct", "Dec", "Jan"))
    years = [str(each)[:4] for each in dates(read(text.encode(), "syslog"))]
    assert int(years[0]) == int(years[1]) == int(years[2]) - 1


def workbook(rows: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["only", "words"])
    sheet = book.create_sheet("Events")
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_of_a_workbook_the_sheet_with_dates_is_read() -> None:
    pytest.importorskip("python_calamine")
    day = datetime(2024, 3, 4)  # noqa: DTZ001  a sheet has no zones
    rows: list[list[object]] = [["Date", "Event"], *([day + timedelta(n), f"Event {n}"] for n in range(3))]
    found = read(workbook(rows), "x.xlsx")
    assert dates(found) == ["2024-03-04", "2024-03-05", "2024-03-06"]
    assert titles(found) == ["Event 0", "Event 1", "Event 2"]
    assert found.lost["other sheet"] == 1
    assert "events are the sheet `Events`, which has the most dates" in found.guesses


@pytest.mark.parametrize("size", [1, 2, 2_000])
def test_a_large_workbook_is_opened_as_import_reads_it_wherever_it_is_cut(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("python_calamine")
    monkeypatch.setattr("timeline_tui.exchange.sheets.reader.ROWS", size)
    rows: list[list[object]] = [["A list"], ["Day", "Who", "What"]]
    rows += [[f"0{n}/03/2024", "Ada", f"Event {n}"] for n in range(1, 5)]
    rows.append(["14/03/2024", "", "Last"])
    packed = io.BytesIO(workbook(rows))
    with zipfile.ZipFile(packed, "a") as book:
        book.writestr("xl/media/large.bin", bytes(100_000))
    file = tmp_path / "x.xlsx"
    file.write_bytes(packed.getvalue())
    shown = open_timeline(file, today=739_000)
    whole = read(packed.getvalue(), "x.xlsx")
    found = [shown.index.event(key) for key in range(shown.index.total)]
    assert [(event.date.text, event.title, event.line) for event in found] == [
        (event["date"], event["title"], line) for event, line in zip(whole.events, whole.lines, strict=True)
    ]
    assert dates(whole)[0] == "2024-03-01"
    assert [problem.message for problem in shown.problems] == ["text above the header: A list"]


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    pytest.importorskip("python_calamine")
    good = workbook([["Date", "Event"], ["2024-03-04", "A"]])
    wide, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source:
        with zipfile.ZipFile(wide, "w") as target:
            for part in source.namelist():
                text = source.read(part)
                if part.endswith("sheet2.xml"):
                    text = text.replace(b'r="B2"', b'r="XFD1048576"')
                target.writestr(part, text)
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                target.writestr(part, source.read(part))
            target.writestr("xl/media/zeros.bin", bytes(300 << 20))
    with pytest.raises(CannotImport, match="16,384 columns"):
        read(wide.getvalue(), "x.xlsx")
    with pytest.raises(CannotImport, match="unpacks to"):
        read(bomb.getvalue(), "x.xlsx")
    with pytest.raises(CannotImport, match="Excel 97 workbook"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls")


def test_xml_with_entities_is_refused_in_a_line() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    text += "<rss><channel>&b;</channel></rss>"
    with pytest.raises(CannotImport, match="entities"):
        opened(text, "x.xml")
    with pytest.raises(CannotImport, match="deep"):
        opened("<rss>" + "<a>" * 3000 + "</a>" * 3000 + "</rss>", "x.xml")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"%PDF-1.7 ...", "x.pdf", "PDF"),
        (b"PK\x03\x04" + bytes(100), "x.zip", "zip archive"),
        (b"<?xml version='1.0'?><unknown/>", "x.xml", "<unknown>"),
        (b"nothing in here\nis dated: at all\n* x", "x.txt", "no format that is known"),
        (b"[" * 100_000, "x.json", "nested too deeply"),
    ],
)
def test_a_refusal_names_the_kind_and_no_fault_of_yaml(data: bytes, name: str, told: str) -> None:
    with pytest.raises(CannotImport, match=told) as refused:
        read(data, name)
    assert "YAML" not in str(refused.value)


def test_json_of_known_programs_is_read_deeper_down() -> None:
    feature = {"type": "Feature", "properties": {"title": "Landing", "date": "1944-06-06"},
               "geometry": {"type": "Point", "coordinates": [1.5, 49]}}  # fmt: skip
    found = opened(json.dumps({"type": "FeatureCollection", "features": [feature] * 2}), "x.geojson")
    assert found.header["places"] == {"landing": {"name": "Landing", "lat": "49", "lon": "1.5"}}
    assert [event["place"] for event in found.events] == ["landing", "landing"]
    rows = [{"time": {"type": "literal", "value": "1990-01-01T00:00:00Z"}, "x": {"type": "uri", "value": "http://a/b"},
             "xLabel": {"type": "literal", "value": f"Thing {n}"}} for n in range(2)]  # fmt: skip
    found = opened(json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}), "x.json")
    assert dates(found) == ["1990-01-01", "1990-01-01"]
    event = {"@context": "https://schema.org", "@type": "Event", "name": "Fair", "startDate": "2024-05-01",
             "endDate": "2024-05-03", "location": {"@type": "Place", "name": "Hall"}}  # fmt: skip
    found = opened(json.dumps(event), "x.jsonld")
    assert (dates(found), titles(found)) == (["2024-05-01/2024-05-03"], ["Fair"])
    chat = {"name": "Group", "type": "private_group", "messages": [
        {"id": 1, "type": "message", "date": "2024-03-04T10:00:00", "from": "Ada",
         "text": ["Hi ", {"type": "bold", "text": "all"}]},
        {"id": 2, "type": "service", "date": "2024-03-04T10:01:00", "actor": "Ada",
         "action": "pin_message", "text": ""},
    ]}  # fmt: skip
    found = opened(json.dumps(chat), "result.json")
    assert titles(found) == ["Hi all", "pin message"]
    trail = {
        "Records": [
            {
                "eventTime": "2024-03-04T10:00:00Z",
                "eventName": "GetObject",
                "userIdentity": {"userName": "ada"},
            }
        ]
    }
    assert titles(opened(json.dumps(trail), "x.json")) == ["GetObject"]
    azure = [
        {
            "eventTimestamp": "2024-03-04T10:00:00Z",
            "operationName": {"localizedValue": "Start VM"},
            "caller": "ada",
        }
    ]
    assert titles(opened(json.dumps(azure), "x.json")) == ["Start VM"]


def test_maps_tracks_and_old_timelines_in_xml_are_read() -> None:
    kml = ("<kml xmlns='http://www.opengis.net/kml/2.2'><Document><Placemark><name>A</name><TimeSpan><begin>1990</begin>"
           "<end>1991</end></TimeSpan><Point><coordinates>1.5,49,0</coordinates></Point></Placemark>"
           "<Placemark><name>B</name></Placemark></Document></kml>")  # fmt: skip
    found = opened(kml, "x.kml")
    assert (dates(found), found.lost) == (["1990/1991"], {"places without a time": 1})
    gpx = ("<gpx><wpt lat='49' lon='1.5'><time>2024-03-04T10:00:00Z</time><name>A</name></wpt>"
           "<trk><name>Walk</name><trkseg>"
           "<trkpt lat='1' lon='2'><time>2024-03-04T10:00:00Z</time></trkpt>"
           "<trkpt lat='1' lon='2'><time>2024-03-04T11:00:00Z</time></trkpt></trkseg></trk></gpx>"
           )  # fmt: skip
    assert dates(opened(gpx, "x.gpx")) == [
        "2024-03-04T10:00:00Z",
        "2024-03-04T10:00:00Z/2024-03-04T11:00:00Z",
    ]
    simile = "<data><event start='May 28 2006 09:00:00 GMT' end='Jun 15 2006 09:00:00 GMT' "
    simile += "title='A'>Text</event></data>"
    assert titles(opened(simile, "x.xml")) == ["A"]
    document = {
        "dateTimeFormat": "iso8601",
        "events": [{"start": "1900", "title": "A", "description": "<b>x</b>"}],
    }
    assert dates(opened(json.dumps(document), "x.json")) == ["1900"]


def test_org_headings_with_timestamps_and_dates_are_read() -> None:
    text = ("#+TITLE: Ours\n* 1890 First\n* TODO <2024-03-04 Mon 10:00-11:30> Second :a:b:\nText.\n* Third\n"
            "SCHEDULED: <2024-03-05 Tue>\n* <2024-03-06 Wed>--<2024-03-08 Fri> Fourth\n* No date\n"
           )  # fmt: skip
    found = opened(text, "x.org")
    assert dates(found) == [
        "1890",
        "2024-03-04T10:00/2024-03-04T11:30",
        "2024-03-05",
        "2024-03-06/2024-03-08",
    ]
    assert titles(found) == ["First", "Second", "Third", "Fourth"]
    assert found.events[1]["tags"] == ["a", "b"]
    assert found.lost == {"headings without a date": 1}


@given(TIMES, st.sampled_from(["{} INFO started {}", "[{}] notice {}", "update {}: run {}", "({}) - {}"]))
def test_any_log_with_times_at_the_beginning_of_its_lines_is_read(times: list[datetime], form: str) -> None:
    lines = [form.format(f"{at:%Y-%m-%d %H:%M:%S},123", f"Event {n}") for n, at in enumerate(times)]
    found = opened("\n".join([*lines, "    at a.b(c)"]), "any.log")
    assert dates(found) == [f"{at:%Y-%m-%dT%H:%M:%S}.123" for at in times]
    assert str(found.events[-1]["text"]).endswith("    at a.b(c)")


@given(DAYS)
def test_change_logs_of_gnu_and_debian_are_read(days: list[date]) -> None:
    gnu = "".join(
        f"{day}  Ada Brown  <a@b.example>\n\n\t* file.c: Change {n}.\n\n" for n, day in enumerate(days)
    )
    assert dates(opened(gnu, "ChangeLog")) == [day.isoformat() for day in days]
    debian = "".join(
        f"pack (1.{n}) stable; urgency=low\n\n  * Change.\n\n"
        f" -- Ada <a@b.example>  {day:%a, %d %b %Y} 10:00:00 +0000\n\n"
        for n, day in enumerate(days)
    )
    found = opened(debian, "changelog.Debian")
    assert titles(found) == [f"pack 1.{n}" for n in range(len(days))]
    assert [str(each)[:10] for each in dates(found)] == [day.isoformat() for day in days]


@given(TIMES, st.sampled_from(",;\t"))
def test_a_table_without_a_suffix_is_known_by_its_cells(times: list[datetime], sign: str) -> None:
    times = [*times, datetime(2020, 5, 6, 7, 8, 9)]  # noqa: DTZ001  a table has local times
    rows = "\n".join(f"{at:%Y-%m-%d %H:%M:%S}{sign}Event {n}" for n, at in enumerate(times))
    found = opened(f"date{sign}title\n{rows}\n", "-")
    assert dates(found) == [f"{at:%Y-%m-%dT%H:%M:%S}" for at in times]


def test_a_million_columns_a_cell_without_end_and_deep_nesting_end_in_a_line() -> None:
    for name, head in (("x.csv", "a,"), ("x.md", "a|")):
        rule = "-|" * 200_000 + "\n" if name == "x.md" else ""
        with pytest.raises(CannotImport, match=r"200,00[01] columns"):
            opened(f"{head * 200_000}\n{rule}{head * 200_000}\n", name)
    with pytest.raises(CannotImport, match="nested too deeply"):
        opened('{"a":' * 50_000 + "1" + "}" * 50_000, "x.json")
    with pytest.raises(CannotImport, match="has dates"):
        opened("<!doctype html>" + "<div>" * 100_000 + "x", "x.html")


def test_a_library_that_is_missing_is_named_with_what_to_install() -> None:
    with pytest.raises(CannotImport, match=r"install timeline-tui\[formats\]"):
        needed("no_such_library", "a workbook")


@given(DAYS, st.sampled_from(["## [1.{n}.0] - {d}", "## v1.{n}.0 ({d})", "### Release 1.{n}.0 – {d}"]))
def test_headings_of_change_logs_have_their_date_behind_them(days: list[date], form: str) -> None:
    text = "# Changelog\n\n" + "".join(
        f"{form.format(n=n, d=day)}\n\n#### Added\n- Thing {n}\n\n" for n, day in enumerate(days)
    )
    found = opened(text, "CHANGELOG.md")
    assert dates(found) == [day.isoformat() for day in days for _ in range(2)]
    assert titles(found)[1::2] == [f"Thing {n}" for n in range(len(days))]


@given(TIMES)
def test_records_in_stanzas_are_events(times: list[datetime]) -> None:
    text = "".join(
        f"Start-Date: {at:%Y-%m-%d  %H:%M:%S}\nCommandline: apt install {n}\n more\n\n"
        for n, at in enumerate(times)
    )
    found = opened(text, "history.log")
    assert len(found.events) == len(times)
    assert str(titles(found)[0]).startswith("apt install 0")


def test_pages_of_telegram_have_senders_and_exact_times() -> None:
    message = (
        '<div class="message default clearfix{joined}" id="message{n}"><div class="body">'
        '<div class="pull_right date details" title="04.03.2024 10:0{n}:00 UTC+01:00">10:0{n}</div>'
        '{sender}<div class="text">Hello {n}<br>more</div></div></div>'
    )
    named = '<div class="from_name">Ada</div>'
    page = "<!DOCTYPE html><html><head><title>Exported Data</title></head><body>" + "".join(
        message.format(n=n, joined=" joined" * n, sender=sender) for n, sender in enumerate((named, ""))
    )
    found = opened(page, "messages.html")
    assert dates(found) == ["2024-03-04T10:00:00+01:00", "2024-03-04T10:01:00+01:00"]
    assert [event["actors"] for event in found.events] == [["ada"], ["ada"]]
    assert titles(found) == ["Hello 0", "Hello 1"]


@given(DAYS)
def test_folders_of_posts_and_notes_are_dated_by_their_names(days: list[date]) -> None:
    with TemporaryDirectory() as place:
        for n, day in enumerate(days):
            Path(place, f"{day}-post-{n}.md").write_text(f"---\ntitle: Post {n}\n---\nText.\n", "utf-8")
        Path(place, "1949-01-02 Note.md").write_text("# A note\nWithout YAML.\n", "utf-8")
        Path(place, "made.md").write_text("---\ntitle: Made\ncreated: 1948-01-02\n---\n", "utf-8")
        found = folder.read(Path(place))
    by_title = {event["title"]: event["date"] for event in found.events}
    assert by_title == {f"Post {n}": day.isoformat() for n, day in enumerate(days)} | {
        "A note": "1949-01-02",
        "Made": "1948-01-02",
    }


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:{uid}
DTSTART;VALUE=DATE:{day:%Y%m%d}
SUMMARY:Meeting {n}
ORGANIZER;CN={who}:mailto:{who}@example.org
END:VEVENT
END:VCALENDAR
"""


@given(DAYS, st.booleans())
def test_a_folder_of_files_of_any_formats_is_one_timeline(days: list[date], alike: bool) -> None:
    with TemporaryDirectory() as place:
        for n, day in enumerate(days):
            text = CALENDAR.format(uid="a" if alike else n, day=day, n=n, who="ada")
            Path(place, f"{n}.ics").write_text(text, "utf-8")
        Path(place, "table.csv").write_text("date,title,actor\n1950-01-02,Row,ada\n", "utf-8")
        Path(place, "list.md").write_text("- 1951-01-02: In a list\n- 1952-01-02: And another\n", "utf-8")
        Path(place, "config.yaml").write_text("colour: red\n", "utf-8")
        Path(place, "photo.png").write_bytes(b"\x89PNG")
        Path(place, "broken.json").write_text("{", "utf-8")
        found = folder.read(Path(place))
    meetings = [event for event in found.events if str(event["title"]).startswith("Meeting")]
    assert [event["date"] for event in meetings] == [day.isoformat() for day in days]
    assert [event["file"] for event in meetings] == [f"{n}.ics" for n in range(len(days))]
    ids = [event["id"] for event in found.events if "id" in event]
    assert len(set(ids)) == len(ids)
    others = {str(event["title"]) for event in found.events if event not in meetings}
    assert others == {"And another", "In a list", "Row"}
    told = "\n".join(left.reason for left in found.left_out)
    for what in ("broken.json: ", "config.yaml: ", "1 .png"):
        assert what in told


def test_gedcom_keeps_places_with_degrees_sources_and_the_words_of_dates() -> None:
    text = (
        "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n0 @I1@ INDI\n1 NAME Robert /Lindner/\n1 BIRT\n"
        "2 DATE @#DJULIAN@ 14 FEB 1720/21\n"
        "2 PLAC Landau\n3 MAP\n4 LATI N49.2\n4 LONG E8.1\n2 SOUR @S1@\n"
        "0 @S1@ SOUR\n1 TITL Parish register\n0 TRLR\n"
    )
    found = opened(text, "x.ged")
    assert dates(found) == ["1721-02-25"]
    assert found.events[0]["gedcom-date"] == "@#DJULIAN@ 14 FEB 1720/21"
    assert found.header["places"] == {"landau": {"name": "Landau", "lat": "49.2", "lon": "8.1"}}
    assert found.header["sources"] == {"parish-register": {"title": "Parish register"}}


SECONDS = st.lists(st.integers(10**9, 2 * 10**9), min_size=2, max_size=5, unique=True)


def instants(seconds: list[int]) -> list[str]:
    return [f"{datetime.fromtimestamp(each, UTC):%Y-%m-%dT%H:%M:%SZ}" for each in seconds]


@given(SECONDS)
def test_records_of_the_audit_system_and_histories_of_zsh_are_read(seconds: list[int]) -> None:
    records = [f"type=AVC msg=audit({each}.000:{n}): denied {n}" for n, each in enumerate(seconds)]
    found = opened("\n".join([*records, "type=AVC msg=audit(): no date"]), "audit.log")
    assert dates(found) == instants(seconds)
    assert titles(found) == [f"AVC denied {n}" for n in range(len(seconds))]
    assert [left.line for left in found.left_out] == [len(seconds) + 1]
    commands = [f": {each}:0;make {n} \\\n  all" for n, each in enumerate(seconds)]
    found = opened("\n".join(commands), "history.txt")
    assert dates(found) == instants(seconds)
    assert titles(found) == [f"make {n} \\" for n in range(len(seconds))]


@given(DAYS, st.sampled_from(["-", "/"]), st.sampled_from(["", "* ", "! ", "(12) "]))
def test_transactions_of_ledger_are_events(days: list[date], sign: str, mark: str) -> None:
    lines = [
        f"{day.isoformat().replace('-', sign)} {mark}Shop {n}\n    expenses:food  $1\n    assets:cash\n"
        for n, day in enumerate(days)
    ]
    found = opened("; a comment\n\naccount assets:cash\n\n" + "\n".join(lines), "x.journal")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Shop {n}" for n in range(len(days))]
    assert found.lost == {"lines that are no transactions": 1}


@given(SECONDS)
def test_logs_that_name_their_fields_are_tables(seconds: list[int]) -> None:
    times = [datetime.fromtimestamp(each, UTC) for each in seconds]
    rows = [f"{each:%Y-%m-%d %H:%M:%S} GET /page/{n} - 200" for n, each in enumerate(times)]
    head = "#Software: IIS\n#Fields: date time cs-method cs-uri-stem cs-username sc-status\n"
    found = opened(head + "\n".join(rows), "u_ex.log")
    assert dates(found) == [f"{each:%Y-%m-%dT%H:%M:%S}" for each in times]
    rows = [f"{each}.500000\tC{n}\tlogin {n}\t-" for n, each in enumerate(seconds)]
    head = "#separator \\x09\n#fields\tts\tuid\tnote\tservice\n#types\ttime\tstring\tstring\tstring\n"
    found = opened(head + "\n".join([*rows, "#close\t2024"]), "notice.log")
    assert dates(found) == [each.replace("Z", ".5Z") for each in instants(seconds)]
    assert "service" not in found.events[0]


@given(DAYS, st.booleans())
def test_statements_of_banks_are_read(days: list[date], closed: bool) -> None:
    def element(tag: str, text: str) -> str:
        return f"<{tag}>{text}</{tag}>" if closed else f"<{tag}>{text}"

    transactions = "".join(
        f"<STMTTRN>\n{element('DTPOSTED', f'{day:%Y%m%d}120000[-3:BRT]')}\n{element('TRNAMT', '-5.00')}\n"
        f"{element('NAME', f'Shop {n} &amp; Co')}\n</STMTTRN>\n"
        for n, day in enumerate(days)
    )
    found = opened(f"OFXHEADER:100\n\n<OFX>\n<CURDEF>EUR\n{transactions}</OFX>\n", "x.ofx")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Shop {n} & Co" for n in range(len(days))]
    assert {event["amount"] for event in found.events} == {"-5.00 EUR"}


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:00.500 --> 00:07.000\nHello\n",
        "1\n00:00:00,5 --> 00:00:07,0\nHello\n",
        "0:00:00.3,0:00:11.3\nA\n",
    ],
)
def test_subtitles_are_refused_as_they_have_no_dates(text: str) -> None:
    with pytest.raises(CannotImport, match="these are subtitles"):
        opened(text, "talk.txt")


@given(
    DAYS, st.sampled_from(["created_at", "Когда", "resource.onset", "visit.duration.startTimestamp", "ts"])
)
def test_lists_in_json_are_known_by_what_they_hold(days: list[date], key: str) -> None:
    def entry(n: int, day: date) -> dict[str, object]:
        made: object = f"{day.isoformat()}"
        if key == "ts":
            made = f"{(day - date(1970, 1, 1)).days * 86400 + 10**9}.5"
        for part in reversed(key.split(".")):
            made = {part: made}
        return {"number": str(n), "name": f"Entry {n}", **(made if isinstance(made, dict) else {})}

    days = [*days, date(2024, 5, 2)] if len(days) < 2 else days
    document = {"meta": {"version": "1"}, "inner": {"entries": [entry(n, day) for n, day in enumerate(days)]}}
    found = opened(json.dumps(document), "x.json")
    assert titles(found) == [f"Entry {n}" for n in range(len(days))]
    if key != "ts":
        assert dates(found) == [day.isoformat() for day in days]


def test_a_text_in_a_map_of_an_entry_is_its_title_if_it_has_no_other() -> None:
    posts = [{"published": f"2024-02-0{n}", "object": {"content": f"<p>Post {n}</p>"}} for n in (1, 2)]
    document = {"@context": "https://www.w3.org/ns/activitystreams", "orderedItems": posts}
    found = opened(json.dumps(document), "outbox.json")
    assert (dates(found), titles(found)) == (["2024-02-01", "2024-02-02"], ["Post 1", "Post 2"])


@given(DAYS, st.sampled_from(["WALKING", "in a train"]))
def test_an_entry_without_a_text_is_called_by_its_kind(days: list[date], kind: str) -> None:
    rows = [{"date": day.isoformat(), "distance": "12", "activityType": kind} for day in [*days, *days]]
    assert set(titles(opened(json.dumps(rows), "x.json"))) == {kind}


@given(DAYS, st.booleans())
def test_a_heading_underlined_with_signs_is_a_heading(days: list[date], below: bool) -> None:
    parts = [f"1.{number} ({day})\n---------\n\n- Mended {number}\n" for number, day in enumerate(days)]
    found = opened(
        ("=====\nNews\n=====\n" if not below else "News\n====\n") + "\n\n".join(parts), "CHANGES.rst"
    )
    assert found.title == "News"
    mended = [event["date"] for event in found.events if str(event["title"]).startswith("Mended")]
    assert mended == [day.isoformat() for day in days]


@given(DAYS, st.booleans())
def test_a_change_log_of_rpm_has_an_event_an_entry(days: list[date], is_spec: bool) -> None:
    entries = [
        f"* {day:%a} {MONTHS[day.month - 1]} {day.day:02} {day.year} Ada Bo <a@b.c> - 1-{number}\n- Mend\n"
        for number, day in enumerate(days)
    ]
    above = "Name: x\n\n%description\nIt is.\n\n%changelog\n" if is_spec else ""
    found = opened(above + "\n".join(entries), "x.spec" if is_spec else "log.txt")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"1-{number}" for number in range(len(days))]
    assert [actor["name"] for actor in records(found, "actors")] == ["Ada Bo"]
    assert not found.left_out


def records(found: Imported, part: str) -> list[dict[str, object]]:
    kept = found.header[part]
    assert isinstance(kept, dict)
    return list(kept.values())


@given(TIMES)
def test_a_time_clock_has_an_event_from_each_in_to_the_next_out(times: list[datetime]) -> None:
    times = sorted(set(times))[: len(set(times)) // 2 * 2]
    pairs = list(zip(times[::2], times[1::2], strict=True))
    text = "".join(
        f"i {a:%Y/%m/%d %H:%M:%S} work:{n}\no {b:%Y/%m/%d %H:%M:%S}\n" for n, (a, b) in enumerate(pairs)
    )
    if pairs:
        found = opened(text, "x.timeclock")
        assert dates(found) == [f"{a.isoformat()}/{b.isoformat()}" for a, b in pairs]
        assert titles(found) == [f"work:{n}" for n in range(len(pairs))]


@given(DAYS, st.booleans())
def test_a_statement_in_qif_has_an_event_a_transaction(days: list[date], is_short: bool) -> None:
    days = [*days, date(2012, 11, 23)]
    written = [f"{day.month}/{day.day}/{day.year}" for day in days]
    if is_short:
        written = [text.replace("/20", "'20") for text in written]
    text = "!Account\nNCash\n^\n!Type:Bank\n" + "".join(
        f"D{text}\nT-{number}.50\nPBaker {number}\n^\n" for number, text in enumerate(written)
    )
    found = opened(text + "!Type:Cat\nNFood\nDWhat one eats\n^\n", "x.qif")
    assert dates(found) == [day.isoformat() for day in days]
    assert [event["amount"] for event in found.events] == [f"-{number}.50" for number in range(len(days))]


@given(DAYS)
def test_games_and_references_are_events(days: list[date]) -> None:
    games = opened(
        "\n".join(
            f'[Event "Cup"]\n[Date "{day:%Y.%m}.??"]\n[White "Ada"]\n[Black "Bo {n}"]\n[Result "1-0"]\n'
            "\n1. e4 1-0\n"
            for n, day in enumerate(days)
        ),
        "x.pgn",
    )
    assert dates(games) == [f"{day:%Y-%m}" for day in days]
    assert titles(games) == [f"Ada \u2013 Bo {n} 1-0" for n in range(len(days))]
    assert all(event["text"] == "1. e4 1-0" for event in games.events)
    found = opened(
        "".join(
            f"TY  - JOUR\nTI  - Paper {n}\nAU  - Ada, B.\nAU  - Bo, C.\nDA  - {day:%Y/%m/%d}/\nER  - \n\n"
            for n, day in enumerate(days)
        ),
        "x.ris",
    )
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Paper {n}" for n in range(len(days))]
    assert [actor["name"] for actor in records(found, "actors")] == ["Ada, B.", "Bo, C."]


@given(DAYS)
def test_toml_has_the_events_of_its_longest_dated_list(days: list[date]) -> None:
    entries = [f'[[event]]\ndate = {day}\nname = "Event {n}"\n' for n, day in enumerate(days)]
    found = opened('title = "Ours"\n' + "".join(entries), "x.toml")
    assert dates(found) == [day.isoformat() for day in days]
    assert titles(found) == [f"Event {n}" for n in range(len(days))]


@pytest.mark.parametrize(
    ("text", "said"),
    [("a = ", "not valid TOML"), ("a = " + "[" * 5_000, "TOML"), ("a = 1", "no list of entries")],
)
def test_other_toml_is_refused_with_a_message(text: str, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        opened(text, "x.toml")


def test_an_activity_of_tcx_lasts_from_its_first_point_to_its_last() -> None:
    points = "".join(
        f"<Trackpoint><Time>2026-01-01T00:00:{n}0Z</Time><Position><LatitudeDegrees>49.2</LatitudeDegrees>"
        "<LongitudeDegrees>-123.1</LongitudeDegrees></Position></Trackpoint>"
        for n in range(3)
    )
    activity = f'<Activity Sport="Running"><Lap><Track>{points}</Track></Lap><Notes>Cold</Notes></Activity>'
    found = opened(
        f"<TrainingCenterDatabase><Activities>{activity}</Activities></TrainingCenterDatabase>", "x.tcx"
    )
    assert dates(found) == ["2026-01-01T00:00:00Z/2026-01-01T00:00:20Z"]
    assert (found.events[0]["title"], found.events[0]["text"]) == ("Running", "Cold")
    assert records(found, "places")[0]["lat"] == "49.2"

"""An event of another format without a status: nothing may say for it that it has happened."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.stories import TODAY
from timeline_tui.cli.main import main
from timeline_tui.exchange import registry
from timeline_tui.exchange.losses import NO_STATUS
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "a.csv": "date,title\n2024-01-01,A\n",
    "a.yaml": "- when: 2024-01-01\n  what: A\n",
    "a.json": json.dumps({"entries": [{"when": "2024-01-01", "what": "A"}]}),
    "b.json": json.dumps({"events": [{"start_date": {"year": "2024"}, "text": {"headline": "A"}}]}),
    "c.json": json.dumps([{"id": 1, "content": "A", "start": "2024-01-01"}]),
    "a.mw": "2024-01-01: A\n",
    "a.mmd": "timeline\n    2024 : A\n",
    "a.ics": "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20240101\n"
    "SUMMARY:A\nEND:VEVENT\nEND:VCALENDAR\n",
    "t.csv": "message,datetime,timestamp_desc\nA,2024-01-01T00:00:00Z,Created\n",
    "p.csv": "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,"
    "notes,format,extra\n01/01/2024,00:00:00,UTC,M...,LOG,Log,Created,-,h,A,A,2,f,-,-,x,-\n",
}


@pytest.mark.parametrize("name", FILES)
def test_import_says_that_the_missing_status_is_lost(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    assert main(["import", str(tmp_path / name), "-o", str(tmp_path / "made.yaml")]) == 0
    assert f"1 {NO_STATUS}" in capsys.readouterr().err
    assert NO_STATUS.split(" (")[0] in (tmp_path / "made.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("to", registry.FORMATS)
def test_an_export_neither_says_that_it_has_happened_nor_hides_that_it_does(tmp_path: Path, to: str) -> None:
    file = tmp_path / "a.mw"
    file.write_text(FILES["a.mw"], encoding="utf-8")
    exported = registry.write(View(open_timeline(file, today=TODAY).index, today=TODAY), to)
    text = exported.text
    if to == "html":
        text = re.sub(r"<style>.*?</style>|<script>.*?</script>| class=\"[^\"]*\"", "", text, flags=re.DOTALL)
    assert "confirmed" not in text.lower()
    assert (exported.lost[NO_STATUS] == 1) is (to in ("yaml", "json", "jsonl"))


@pytest.mark.parametrize("name", ["csv", "icalendar", "json"])
def test_a_status_that_is_given_is_not_counted(name: str, tmp_path: Path) -> None:
    given = "date,title,status\n2024-01-01,A,confirmed\n"
    stated = {
        "csv": ("b.csv", given),
        "icalendar": ("b.ics", FILES["a.ics"].replace("SUMMARY", "STATUS:CONFIRMED\nSUMMARY")),
        "json": ("b.json", json.dumps({"timeline-tui": "1.1", "events": [{"date": "2024", "title": "A"}]})),
    }
    file, text = stated[name]
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert main(["import", str(tmp_path / file), "-o", str(tmp_path / "made.yaml")]) == 0
    assert "missing status" not in (tmp_path / "made.yaml").read_text(encoding="utf-8")


def test_an_own_file_in_json_has_happened_as_in_yaml(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"timeline-tui": "1.1", "events": [{"date": "2020", "title": "A"}]}), "utf-8")
    view = View(open_timeline(file, today=TODAY).index, today=TODAY)
    assert view.rows(0, 1)[0].status == "confirmed"

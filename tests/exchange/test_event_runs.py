"""Chats and logs are read run by run: what comes of them does not depend on where they are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.exchange import registry, text_lines
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.native.yaml import header_of
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading.build_index import finished
from timeline_tui.loading.opened import open_timeline
from timeline_tui.loading.stream_file import read_runs
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_plain

if TYPE_CHECKING:
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
WEB = '1.2.3.4 - ada [04/Mar/2024:10:00:0{n} +0100] "GET / HTTP/1.1" 200 12'


def runs_of(data: bytes, name: str) -> EventRuns:
    found = registry.runs_in(data, name)
    assert found is not None
    return found


def held_to_the_whole(data: bytes, name: str) -> None:
    """Run by run, a line or all at a time, the same comes as of the file as a whole."""
    whole = registry.read(data, name)
    for size, piece in ((1, 1), (2, 7), (2_000, 1 << 20)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text_lines, "PIECE", piece)
            source = runs_of(data, name)
            runs = list(source.runs(size))
        assert [event for run in runs for event in run.events] == whole.events
        assert [line for run in runs for line in run.lines] == whole.lines
        assert source.gathered.actors.records == whole.header.get("actors", {})
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
    whole = registry.read(data, name)
    expected = read_plain(header_of(whole), whole.events, whole.lines, "")
    writer = IndexWriter(":memory:")
    report, _ = read_runs(runs_of(data, name), writer, lambda *_: None)
    index = finished(writer, report.header or Header(title=""), [])
    made = sorted((index.event(key) for key in range(index.total)), key=lambda event: event.line)
    assert made == list(expected.events)


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

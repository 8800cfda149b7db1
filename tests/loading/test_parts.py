"""Reading a long file in parts, by several processes, gives what reading it whole gives."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.generate import timeline
from tests.support.examples import examples
from timeline_tui.errors import TimelineError
from timeline_tui.index.index import Index
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading import part_processes, parts, source_file
from timeline_tui.loading.file_bytes import FileBytes
from timeline_tui.loading.part_processes import PartProcesses
from timeline_tui.loading.parts import PartReader, Unpartable, plan
from timeline_tui.loading.source_file import SourceFile, read_and_check
from timeline_tui.model import problems as model_problems
from timeline_tui.model.records import Header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.loading.file_report import FileReport
    from timeline_tui.model.records import Event

ROOT = Path(__file__).parents[2]
GENERATED = "".join(timeline(60)).encode()
LONGER = "".join(timeline(300)).encode()
BUNDLED = (ROOT / "data" / "timeline.yaml").read_bytes()
HARBOUR = (ROOT / "tests" / "timelines" / "harbour.yaml").read_bytes()
TODAY = 739_000
PART = 700


def _with_tail(data: bytes) -> bytes:
    """The same timeline with its events in the middle of it."""
    head, _, events = data.partition(b"events:\n")
    title, _, registers = head.partition(b"sources:\n")
    return title + b"events:\n" + events + b"sources:\n" + registers


class Taken(NamedTuple):
    """All that is known of a file."""

    account: FileReport
    events: list[Event]
    tables: list[object]
    words: list[list[int]]


def take(data: bytes) -> Taken:
    writers: list[IndexWriter] = []

    def new_writer() -> IndexWriter:
        for unfinished in writers:
            unfinished.close()
        writers.append(IndexWriter())
        return writers[-1]

    account = read_and_check(
        SourceFile(FileBytes(bytearray(data)), "f.yaml", TODAY), new_writer, lambda *_: None
    )
    connection = writers[-1].finish(account.header or Header(title=""))
    index = Index(connection)
    tables: list[object] = []
    for table in ("meta", "register", "facet", "link"):
        tables += connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
    words = [[*index.keys_with_words(f'"{letter}" *')] for letter in "abcdetw"]
    return Taken(account, [index.event(key) for key in range(index.total)], tables, words)


def take_whole(data: bytes) -> Taken:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_file, "LEAST_SIZE", 1 << 40)
        return take(data)


def take_in_parts(data: bytes) -> Taken:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_file, "LEAST_SIZE", 0)
        patch.setattr(parts, "_PART", PART)
        return take(data)


WHOLE = {"generated": LONGER, "bundled": BUNDLED, "harbour": HARBOUR, "with tail": _with_tail(LONGER)}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_file_read_in_parts_is_the_same(data: bytes) -> None:
    assert take_in_parts(data) == take_whole(data)


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_parts_are_runs_of_whole_events_one_after_another(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PART", PART)
    cut_up = plan(bytearray(data), "f.yaml")
    assert cut_up is not None
    assert len(cut_up.parts) > 3
    assert [part.end for part in cut_up.parts[:-1]] == [part.start for part in cut_up.parts[1:]]
    for part in cut_up.parts:
        assert part.line == data.count(b"\n", 0, part.start)
        assert data[part.start : part.end].lstrip().startswith(b"- ")


SHORT = {"generated": GENERATED, "harbour": HARBOUR, "with tail": _with_tail(GENERATED)}
SLIPS = (
    b'"', b"'", b"[", b"}", b": ", b"- ", b"\t", b"  ", b"\n", b"\x00", b"\xff", b"&a ", b"*a", b"!x ", b"#",
    b"\n---\n", b"\ntitle: again\n", b"\r", b"\xe2\x80\xa8", b"\n  - date: 2024\n    title: New\n", b"| ",
)  # fmt: skip


@examples(60)
@given(
    st.sampled_from(list(SHORT)),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(SLIPS), st.integers(0, 12)), min_size=1, max_size=3),
)
def test_a_broken_file_read_in_parts_has_the_same_problems(
    name: str, slips: list[tuple[float, bytes, int]]
) -> None:
    data = SHORT[name]
    for share, slip, deleted in slips:
        at = int(share * len(data))
        data = data[:at] + slip + data[at + deleted :]
    assert take_in_parts(data) == take_whole(data)


def test_ids_are_made_of_titles_as_in_one_reading() -> None:
    events = "".join(f"  - date: 2024-01-{day:02}\n    title: The same\n" for day in range(1, 29))
    events += "  - id: the-same-3\n    date: 2024-02-01\n    title: Given\n" * 1
    data = f"title: T\nevents:\n{events}".encode() * 1
    taken = take_in_parts(data)
    assert taken == take_whole(data)
    assert {event.id for event in taken.events} >= {"the-same", "the-same-2", "the-same-4", "the-same-3"}


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("  - &a\n    date: 2024\n    title: Anchored\n", "an anchor"),
        ("  - date: 2024\n    title: *a\n", "an alias"),
        ("  - date: 2024\n    title: '\n", "an open quotation mark at the end"),
    ],
)
def test_problems_that_need_the_whole_file_are_found_by_one_process(event: str, reason: str) -> None:
    data = bytearray(f"title: T\nevents:\n  - date: 2023\n    title: A\n{event}".encode())
    cut_up = plan(data, "f.yaml")
    assert cut_up is not None, reason
    reader = PartReader(cut_up, "f.yaml", TODAY, indexed=True)
    with pytest.raises(Unpartable):
        reader.read(data[cut_up.parts[0].start :], cut_up.parts[0].line)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: T\n",
        "title: T\nevents: []\n",
        "- a\n",
        "{title: T, events: [{date: 2024, title: A}]}",
        "title: [\nevents:\n  - date: 2024\n    title: A\n",
    ],
)
def test_a_file_without_a_plain_list_of_events_is_not_cut_up(text: str) -> None:
    assert plan(bytearray(text.encode()), "f.yaml") is None


@pytest.fixture
def processes() -> Iterator[PartProcesses]:
    data = bytearray(LONGER)
    cut_up = plan(data, "f.yaml")
    assert cut_up is not None
    with PartProcesses(FileBytes(data), cut_up, "f.yaml", TODAY, indexed=True) as working:
        yield working


def test_a_process_that_is_killed_is_noticed(processes: PartProcesses) -> None:
    for pid in processes._pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    with pytest.raises(TimelineError, match="interrupted"):
        _ = [*processes.parts(), processes.done()]


def test_however_many_read_the_same_slips_get_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_processes, "_processors", lambda: 4)
    data = LONGER.replace(b"actor-1,", b"actor-l,").replace(b"actor-1]", b"actor-l]")
    taken = take_in_parts(data)
    assert sum("did you mean" in problem.hint for problem in taken.account.problems) == 10
    assert taken == take_whole(data)


def test_however_many_read_no_more_problems_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_processes, "_processors", lambda: 4)
    monkeypatch.setattr(model_problems, "MOST_PROBLEMS", 20)
    data = LONGER.replace(b"    title: ", b"    titel: ")
    problems = take_in_parts(data).account.problems
    assert problems == take_whole(data).account.problems
    assert len(problems) == 21
    assert problems[0].code == "too-many"
    assert problems[0].message.endswith("more problems are not listed")


def test_without_further_processes_one_process_reads_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_processes, "_processors", lambda: 4)
    whole, fork = take_whole(LONGER), os.fork
    started: list[int] = []

    def scarce() -> int:
        if len(started) == 2:
            raise BlockingIOError(11, "resource temporarily unavailable")
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", scarce)
    assert take_in_parts(LONGER) == whole
    assert len(started) == 2
    for pid in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)

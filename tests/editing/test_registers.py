from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, HARBOUR
from tests.support.yaml_layouts import Layout, layouts
from timeline_tui.editing.adding import NewRecords, add_event, with_new_event
from timeline_tui.editing.registers import with_records
from timeline_tui.editing.starter import STARTER
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.reading.reader import read_text

LOUIS = {"louis-xvi": {"name": "Louis XVI", "kind": "person"}}
NEW = "  louis-xvi:\n    name: Louis XVI\n    kind: person\n"


def put(text: str, section: str = "actors", records: dict[str, dict[str, str]] | None = None) -> str:
    return with_records(text.encode(), section, LOUIS if records is None else records, "x").decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: x\nevents: []\n", "title: x\nactors:\n{}events: []\n"),
        ("title: x\n\n# The events.\nevents: []\n", "title: x\n\nactors:\n{}\n# The events.\nevents: []\n"),
        ("# The file.\nevents: []\ntitle: x\n", "# The file.\nactors:\n{}events: []\ntitle: x\n"),
        ("title: x\n", "title: x\nactors:\n{}"),
        ("title: x\nactors:\nevents: []\n", "title: x\nactors:\n{}events: []\n"),
        ("title: x\nactors: ~ # none\nevents: []\n", "title: x\nactors: # none\n{}events: []\n"),
        ("title: x\nactors: {}  # none\nevents: []\n", "title: x\nactors:  # none\n{}events: []\n"),
        (
            "title: x\nactors:\n  a:\n    name: A # b\n\n# c\nevents: []\n",
            "title: x\nactors:\n  a:\n    name: A # b\n{}\n# c\nevents: []\n",
        ),
        (
            "events: []\ntitle: x\nactors:\n  a: {name: A}",
            "events: []\ntitle: x\nactors:\n  a: {name: A}\n{}",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_record_is_added_after_the_others_or_in_a_new_register(
    text: str, expected: str, line_end: str
) -> None:
    new = NEW if text.endswith("\n") else NEW.rstrip("\n")
    assert put(text.replace("\n", line_end)) == expected.replace("{}", new).replace("\n", line_end)


def test_a_record_is_added_to_a_register_in_braces() -> None:
    one = "louis-xvi: {name: Louis XVI, kind: person}"
    for inside in ("a: {name: A}", "\n  a: {name: A}, # b\n", " # c\n  a: {name: A} # d\n"):
        text = f"title: x\nactors: {{{inside}}} # b\nevents: []\n"
        assert put(text) == text.replace("{", f"{{{one}, ", 1)


@given(layouts(), st.sampled_from(["actors", "sources"]))
def test_every_other_byte_stays_the_same(layout: Layout, section: str) -> None:
    data = layout.text.encode()
    record = {"name": "N: é"} if section == "actors" else {"title": "N: é"}
    got = with_records(data, section, {"new-one": record}, "x")
    data = data.replace(f"{section}: {{}}".encode(), f"{section}:".encode())
    start = next((at for at, (one, two) in enumerate(zip(data, got, strict=False)) if one != two), len(data))
    assert got.endswith(data[start:])
    header = read_text(bytearray(got), "x").header
    assert header
    assert "new-one" in getattr(header, section)


@pytest.mark.parametrize("path", [BUNDLED, HARBOUR], ids=["bundled", "harbour"])
def test_an_event_is_added_to_real_files_with_its_actors(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]  # a Path
    new_records = NewRecords({"new-actor": {"name": "New"}}, {"new-source": {"title": "Source"}})
    answers = {"date": "2024-02-06", "title": "T", "actors": "new-actor", "sources": "new-source: p. 4"}
    got, new = with_new_event(data, answers, new_records, today=20_000, name="x")
    reading = read_text(bytearray(got), "x")
    assert reading.header
    assert reading.header.actors["new-actor"].name == "New"
    assert reading.header.sources["new-source"].title == "Source"
    assert new.event["id"] in {event.id for event in reading.events}
    lines = got.decode().splitlines(keepends=True)
    kept = iter(lines)
    assert all(line in kept for line in data.decode().splitlines(keepends=True))


def test_a_record_that_another_program_has_added_is_used_and_not_added_again() -> None:
    new_records = NewRecords({"council": {"name": "town council"}}, {})
    answers = {"date": "2024", "title": "T", "actors": "council"}
    got, _ = with_new_event(STARTER.encode(), answers, new_records, today=20_000, name="x")
    assert got.count(b"council:\n") == STARTER.count("council:\n") + 0
    with pytest.raises(UsageError, match="actors already has council: Town council"):
        with_new_event(
            STARTER.encode(),
            answers,
            NewRecords({"council": {"name": "Another"}}, {}),
            today=20_000,
            name="x",
        )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: x\nactors: &a {}\nevents: []\n", "each id on a line of its own"),
        ("title: x\nactors: [a]\nevents: []\n", "each id on a line of its own"),
        ("{title: x, events: []}\n", "whole timeline is in { }"),
        ("title: 'x\n", "yaml-syntax"),
    ],
)
def test_a_file_that_cannot_take_a_new_record_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(TimelineError, match=words):
        put(text)


def test_without_new_records_nothing_changes() -> None:
    assert put("any", records={}) == "any"
    assert add_event(b"title: x\n", {"date": "2020", "title": "y"}).startswith(b"title: x\nevents:\n")

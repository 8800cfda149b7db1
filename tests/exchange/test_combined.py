"""Several files as one timeline: nobody is made to say what somebody else with the same id said."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.support.screens import SHIPMENT
from timeline_tui.exchange import folder
from timeline_tui.exchange.combined import Combined
from timeline_tui.exchange.contract import Imported
from timeline_tui.query.language import parse_query
from timeline_tui.query.vocabulary import IDENTIFIED
from timeline_tui.reading.plain_yaml import plain_documents

if TYPE_CHECKING:
    from pathlib import Path


def whole(*added: Imported) -> tuple[Imported, list[str]]:
    combined = Combined()
    for number, each in enumerate(added):
        combined.add(deepcopy(each), f"file {number}")
    assert combined.imported is not None
    return combined.imported, combined.guesses


def timeline(events: list[dict[str, Any]], **header: dict[str, Any]) -> Imported:
    return Imported("T", list(events), header=dict(header))


ANN = timeline(
    [{"id": "a", "date": "2020", "title": "A", "actors": ["x"], "sources": ["s"]}],
    actors={"x": {"name": "X"}},
    sources={"s": {"title": "S"}},
)
BOB = timeline(
    [
        {"id": "b", "date": "2021", "title": "B", "actors": {"x": "guest"}, "place": "p"},
        {
            "id": "a",
            "date": "2022",
            "title": "C",
            "sources": [{"id": "s", "at": "p. 2"}],
            "links": {"after": "a"},
        },
    ],
    actors={"x": {"name": "Another X"}},
    sources={"s": {"title": "S"}},
    places={"p": {"name": "P"}},
)


def test_what_two_files_have_under_one_id_stays_apart_and_what_is_alike_is_kept_once() -> None:
    found, told = whole(ANN, BOB, ANN)
    assert found.header["actors"] == {"x": {"name": "X"}, "x-2": {"name": "Another X"}}
    assert found.header["sources"] == {"s": {"title": "S"}}
    assert [event["id"] for event in found.events] == ["a", "b", "a-2"]
    assert found.events[1]["actors"] == {"x-2": "guest"}
    assert (found.events[2]["sources"], found.events[2]["links"]) == (
        [{"id": "s", "at": "p. 2"}],
        {"after": "a-2"},
    )
    assert found.lost == {"events that two files have alike, of which one is kept": 1}
    assert told == [
        "file 1: ids that mean another actor in another file are renamed, x to x-2",
        "file 1: ids that mean another event in another file are renamed, a to a-2",
    ]


def as_imported() -> Imported:
    data: dict[str, Any] = {**cast("Any", plain_documents(SHIPMENT.read_bytes()).data[0])}
    return Imported("T", data.pop("events"), header={k: v for k, v in data.items() if isinstance(v, dict)})


def test_a_story_in_which_everything_has_another_meaning_refers_to_its_own_records_everywhere() -> None:
    one, other = as_imported(), as_imported()
    ids: dict[str, set[str]] = {}
    for section in ("sources", "actors", "topics"):
        records: Any = other.header[section]
        ids[section] = set(records)
        for record in records.values():
            record["name"] = record["title"] = record["question"] = "Of another story"
            # Words that are called like one of the records.
            for word in ("kind", "unit"):
                record.pop(word, None)
    other.header.pop("stories", None)
    for event in other.events:
        event["title"] = f"{event['title']}, elsewhere"
    event_ids = {str(event["id"]) for event in other.events if "id" in event}
    # Every word that is an id in this file means a record.
    named = re.compile(rf'"({"|".join(map(re.escape, event_ids.union(*ids.values())))})"')
    expected = json.loads(named.sub(r'"\1-2"', json.dumps(other.events)))
    found, _ = whole(one, other)
    assert found.events[len(one.events) :] == expected
    for section, own in ids.items():
        records = found.header[section]
        assert own | {f"{id_}-2" for id_ in own} == set(records)
        assert json.loads(named.sub(r'"\1-2"', json.dumps(other.header[section]))) == {
            id_: record for id_, record in records.items() if id_.endswith("-2")
        }


def test_a_record_that_refers_to_another_one_than_before_is_another_one_itself() -> None:
    minister = {"name": "Marsh", "roles": [{"role": "Minister", "of": "north"}]}
    one = timeline([], actors={"north": {"name": "Northland"}, "marsh": minister})
    other = timeline(
        [{"date": "2020", "title": "A", "actors": ["marsh"]}],
        actors={"marsh": minister, "north": {"name": "North Shore"}},
    )
    found, _ = whole(one, other)
    assert found.events[0]["actors"] == ["marsh-2"]
    actors: Any = found.header["actors"]
    assert actors["marsh-2"]["roles"][0]["of"] == "north-2"


def test_a_link_to_an_event_that_both_files_have_still_leads_to_it_and_new_ids_are_free() -> None:
    shared = {"id": "e", "date": "2020", "title": "E"}
    one = timeline([shared, {"id": "f", "date": "2021", "title": "F"}])
    other = timeline(
        [
            shared,
            {"id": "f", "date": "2022", "title": "Another F", "links": {"follows": ["e"]}},
            {"id": "f-2", "date": "2023", "title": "F 2"},
        ]
    )
    found, _ = whole(one, other)
    assert [(event["id"], event.get("links")) for event in found.events] == [
        ("e", None),
        ("f", None),
        ("f-3", {"follows": ["e"]}),
        ("f-2", None),
    ]


@pytest.mark.parametrize("of_notes", ["actors: [ann]\n", "by: ann\n"])
def test_actors_of_notes_beside_a_timeline_of_ours_are_known(tmp_path: Path, of_notes: str) -> None:
    (tmp_path / "a.yaml").write_text(
        "title: T\nactors: {bob: {name: Bob}}\nevents:\n- {date: 2020, title: A, actors: [bob]}\n",
        encoding="utf-8",
    )
    (tmp_path / "n.md").write_text(f"---\nwhen: 2021-03-04\nwhat: B\n{of_notes}---\n", encoding="utf-8")
    found = folder.read(tmp_path)
    actors: Any = found.header["actors"]
    events: list[dict[str, Any]] = found.events
    named = {id_ for event in events for id_ in event.get("actors", [])}
    assert named <= set(actors)
    assert "bob" in named


def test_json_of_ours_in_a_folder_is_a_part_of_the_timeline_like_yaml(tmp_path: Path) -> None:
    event = {"id": "a", "date": "2020-05-01", "title": "A", "quotes": [{"speaker": "ann", "text": "Hi"}]}
    story = {"format": "1.1", "title": "T", "actors": {"ann": {"name": "Ann"}}, "events": [event]}
    (tmp_path / "one.json").write_text(json.dumps(story), encoding="utf-8")
    (tmp_path / "two.yaml").write_text(
        json.dumps({**story, "events": [{**event, "id": "b"}]}), encoding="utf-8"
    )
    found = folder.read(tmp_path)
    assert found.is_ours
    assert found.header["actors"] == {"ann": {"name": "Ann"}}
    assert [event["id"] for event in found.events] == ["a", "b"]
    assert "2 files in our format are one timeline: one.json, two.yaml" in found.guesses


def test_steps_and_links_of_a_timeline_follow_its_events_when_these_are_renamed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(
            f"format: 1.1\ntitle: T\nevents:\n- {{id: e, date: 2020, title: In {name}}}\n"
            "- {id: f, date: 2021, title: F, links: {follows: [e]}}\n"
            f"stories: {{{name}: {{title: S, steps: [{{event: e, text: Look}}]}}}}\n",
            encoding="utf-8",
        )
    found = folder.read(tmp_path)
    stories: Any = found.header["stories"]
    assert [stories[name]["steps"][0]["event"] for name in ("one", "two")] == ["e", "e-2"]
    assert [event.get("links") for event in found.events] == [
        None,
        {"follows": ["e"]},
        None,
        {"follows": ["e-2"]},
    ]


def test_the_filter_of_a_step_asks_for_the_actor_that_its_own_file_means(tmp_path: Path) -> None:
    asked = ["actor:x+y -source:s troops", "to:x>y", "kind:x x", "at:p topic:t", "speaker:y", "actor: x:y:"]
    for name, word in (("one", "Ann"), ("two", "Bob")):
        steps = json.dumps([{"picture": "lanes", "filter": each} for each in asked])
        (tmp_path / f"{name}.yaml").write_text(
            f"format: 1.1\ntitle: T\nactors: {{x: {{name: {word}}}, y: {{name: Y}}}}\n"
            f"sources: {{s: {{title: {word}}}}}\ntopics: {{t: {{question: {word}?}}}}\n"
            f"places: {{p: {{name: {word}}}}}\nevents:\n- {{id: {name}, date: 2020, title: A, actors: [x]}}\n"
            f"stories: {{{name}: {{title: S, steps: {steps}}}}}\n",
            encoding="utf-8",
        )
    stories: Any = folder.read(tmp_path).header["stories"]
    first, second = ([step["filter"] for step in stories[name]["steps"]] for name in ("one", "two"))
    assert first == asked
    assert second == [
        "actor:x-2+y -source:s-2 troops",
        "to:x-2>y",
        "kind:x x",
        "at:p-2 topic:t-2",
        "speaker:y",
        "actor: x:y:",
    ]


def test_every_field_that_asks_for_ids_follows_new_ids() -> None:
    for field in IDENTIFIED:
        kind = {
            "speaker": "actor",
            "to": "actor",
            "against": "actor",
            "without": "source",
            "at": "place",
        }.get(field, field)
        query = parse_query(f"{field}:old").query.with_new_ids({kind: {"old": "new"}})
        assert str(query) == f"{field}:new"

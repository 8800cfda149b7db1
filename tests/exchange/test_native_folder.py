from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline_tui.loading.opened import open_timeline
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.model.records import Event

ONE = "date: 2024-05-02\ntitle: One\nknown: 2024-06-01\nactors: [ann]\nquotes: [{speaker: ann, text: Hi}]\n"
TWO = "---\ndate: May 2025\ntitle: Two\nstatus: denied\n---\nIn *full*.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "story"
    path.mkdir()
    return path


def read(folder: Path) -> tuple[list[Event], str, View]:
    opened = open_timeline(folder, today=20_000)
    view = View(opened.index, today=20_000)
    told = " ".join([opened.notice, *(problem.message for problem in opened.problems)])
    return [view.event(row.key) for row in view.rows(0, 99)], told, view


def test_a_folder_of_events_in_our_format_loses_nothing(folder: Path) -> None:
    (folder / "one.yaml").write_text(ONE, encoding="utf-8")
    (folder / "two.md").write_text(TWO, encoding="utf-8")
    (folder / "actors.yaml").write_text("ann: {name: Ann, kind: person}\n", encoding="utf-8")
    (folder / "_timeline.yaml").write_text("title: The whole\ndescription: All of it\n", encoding="utf-8")
    (one, two), told, view = read(folder)
    assert (one.id, one.known and one.known.text, one.quotes[0].text) == ("one", "2024-06-01", "Hi")
    assert (two.id, two.date.text, two.status, two.text) == ("two", "2025-05", "denied", "In *full*.")
    assert (view.header.title, view.header.actors["ann"].name) == ("The whole", "Ann")
    assert (one.extra, two.extra) == ({"file": "one.yaml"}, {"file": "two.md"})
    assert "May 2025 is read as 2025-05" in told
    assert "imported from another format" not in told


def test_timelines_in_a_folder_become_one_with_the_registers_of_all(folder: Path) -> None:
    for name, year in (("a", 2024), ("b", 2025)):
        (folder / f"{name}.yaml").write_text(
            f"title: Story {name}\nsources: {{s: {{title: S}}, {name}: {{title: {name}}}}}\n"
            f"events:\n- {{id: e, date: {year}, title: E{name}, sources: [{name}]}}\n"
            f"- {{id: f{name}, date: {year}-05, title: F, links: {{responds-to: [e]}}}}\n",
            encoding="utf-8",
        )
    events, told, view = read(folder)
    assert [event.id for event in events] == ["e", "fa", "e-2", "fb"]
    assert [event.links.get("responds-to") for event in events] == [None, ("e",), None, ("e-2",)]
    assert set(view.header.sources) == {"s", "a", "b"}
    assert view.header.title == "story"
    assert "4 files" not in told
    assert "2 files in our format are one timeline: a.yaml, b.yaml" in told
    assert "e is renamed to e-2" in told


def test_differences_between_two_files_are_reported(folder: Path) -> None:
    for name, spelt in (("a", "Ann"), ("b", "Anne")):
        (folder / f"{name}.yaml").write_text(f"actors:\n  ann:\n    name: {spelt}\n", encoding="utf-8")
    (folder / "one.yaml").write_text(ONE, encoding="utf-8")
    _, told, view = read(folder)
    assert view.header.actors["ann"].name == "Ann"
    assert "b.yaml: of ann in `actors`, `name` is Anne, in another file Ann" in told


def test_no_quote_of_a_file_is_given_to_the_speaker_of_another_file_in_our_format(folder: Path) -> None:
    for name, speaker in (("a", "Anna"), ("b", "Boris"), ("c", "Anna")):
        (folder / f"{name}.yaml").write_text(
            f"format: 1.1\ntitle: {name}\nactors: {{k: {{name: The {speaker}s}}, "
            f"x: {{name: {speaker}, of: k}}}}\n"
            f"topics: {{t: {{question: How many of {speaker}?}}}}\nplaces: {{p: {{name: At {speaker}}}}}\n"
            f"sources: {{s: {{title: On {speaker}}}}}\nevents:\n- id: e\n  date: 2024\n"
            f"  title: E{name}\n  place: p\n"
            f"  quotes: [{{id: q, speaker: x, text: I am {speaker}, sources: [s]}}]\n"
            "  claims: [{about: t, by: x, value: '8'}]\n"
            f"stories: {{y: {{title: Of {name}, steps: [{{event: e, quote: q}}, {{topic: t}}]}}}}\n",
            encoding="utf-8",
        )
    events, told, view = read(folder)
    header = view.header
    for event in events:
        (quote,), (claim,) = event.quotes, event.claims
        name = header.actors[quote.speaker].name
        assert quote.text == f"I am {name}"
        assert header.actors[header.actors[quote.speaker].of].name == f"The {name}s"
        assert header.topics[claim.about].question == f"How many of {name}?"
        assert header.places[event.place].name == f"At {name}"
        assert header.sources[quote.sources[0].id].title == f"On {name}"
    titles = {event.id: event.title for event in events}
    told_of = [(story.title, titles[story.steps[0].event]) for story in header.stories.values()]
    assert told_of == [("Of a", "Ea"), ("Of b", "Eb"), ("Of c", "Ec")]
    assert [actor.name for actor in header.actors.values() if actor.of] == ["Anna", "Boris"]
    assert "b.yaml: the actor x is renamed to x-2, as another file has a different x" in told


def test_an_event_in_two_files_is_one_event(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(f"id: same\n{ONE}", encoding="utf-8")
    events, _, _ = read(folder)
    assert [event.id for event in events] == ["same"]


def test_files_of_another_format_and_settings_may_be_beside_ours(folder: Path) -> None:
    (folder / "one.yaml").write_text(ONE, encoding="utf-8")
    (folder / "post.yaml").write_text("when: March 2026\nheadline: Post\nbody: x\n", encoding="utf-8")
    events, _, _ = read(folder)
    assert [(event.title, event.date.text) for event in events] == [
        ("One", "2024-05-02"),
        ("Post", "2026-03"),
    ]
    assert events[0].known
    (folder / "post.yaml").write_text("theme: dark\n", encoding="utf-8")
    events, told, _ = read(folder)
    assert [event.title for event in events] == ["One"]
    assert "post.yaml: nothing in it has a date" in told


def _lanes_by_file(folder: Path) -> dict[str, list[str]]:
    _, _, view = read(folder)
    return {
        lane.name: [view.event(key).title for key in lane.keys] for lane in Lanes(view, "file", "first").lanes
    }


def test_each_event_of_a_folder_in_our_format_has_its_file_for_a_lane_and_for_the_search(
    folder: Path,
) -> None:
    (folder / "ann.yaml").write_text(
        "title: T\nactors: {ann: {name: Ann}}\nevents:\n- {date: 2024-05-01, title: A}\n"
        "- {date: 2024-05-03, title: B, updates: [{date: 2024-06-01, text: More}]}\n",
        encoding="utf-8",
    )
    (folder / "two.md").write_text(TWO, encoding="utf-8")
    assert _lanes_by_file(folder) == {"ann.yaml": ["A", "B"], "two.md": ["Two"]}
    _, _, view = read(folder)
    for typed, count in (("file:ann.yaml", 2), ("file:two", 1), ("-file:two", 2)):
        assert view.with_query(parse_query(typed, view.vocabulary).query).count == count, typed


def test_each_event_of_a_folder_in_other_formats_has_its_file_and_notes_keep_their_titles(
    folder: Path,
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "b.csv").write_text("date,title\n2024-05-04,B\n", encoding="utf-8")
    for name, day in (("n", 1), ("o", 2)):
        (folder / f"{name}.md").write_text(f"---\ndate: 2024-05-0{day}\n---\nNote {name}\n", encoding="utf-8")
    assert _lanes_by_file(folder) == {"n.md": ["Note n"], "o.md": ["Note o"], "sub/b.csv": ["B"]}


def test_the_next_lanes_are_by_file_only_where_there_are_several_files(folder: Path) -> None:
    (folder / "one.csv").write_text("date,title\n2024-05-04,B\n", encoding="utf-8")
    before = LanesShown(by="language")
    assert before.by_next(read(folder)[2]).by == "actor"
    (folder / "two.csv").write_text("date,title\n2024-05-04,C\n", encoding="utf-8")
    assert before.by_next(read(folder)[2]).by == "file"
    assert LanesShown(by="file").by_next(read(folder)[2]).by == "actor"


def test_a_story_in_our_format_beside_a_table_says_its_file_and_one_alone_does_not(folder: Path) -> None:
    (folder / "ann.yaml").write_text(
        "title: T\nactors: {ann: {name: Ann}}\nevents:\n- {id: a, date: 2024-05-01, title: A}\n",
        encoding="utf-8",
    )
    assert read(folder)[0][0].extra == {}
    (folder / "b.csv").write_text("date,title\n2024-05-04,B\n", encoding="utf-8")
    assert _lanes_by_file(folder) == {"ann.yaml": ["A"], "b.csv": ["B"]}

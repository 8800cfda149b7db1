"""Which fields the keys of unknown files become."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.foreign_files import read, told
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.unknown_shape import reader as foreign


@pytest.mark.parametrize(
    ("entry", "date"),
    [
        ("{date: c. 1990, title: x}", "1990~"),
        ("{year: 1831-1836, title: x}", "1831/1836"),
        ("{start: 2020-01-01, end: 2020-02-01, title: x}", "2020-01-01/2020-02-01"),
        ("{start_date: 2020-01, until: present, title: x}", "2020-01/.."),
        ("{date: 2020-01-01, date_precision: year, title: x}", "2020"),
        ("{date: 1898, flag: circa, title: x}", "1898~"),
        ("{date: 1985-09-01, date_display: c. September 1985, title: x}", "1985-09~"),
        ("{date: 2026-01-16, label: 'Jan 16–20, 2026', title: x}", "2026-01-16/2026-01-20"),
        ("{label: March 2021, text: Something}", "2021-03"),
        ("{year: 1969, month: July, day: 20, title: x}", "1969-07-20"),
        ("{date: 16 July, year: 1969, title: x}", "1969-07-16"),
        ("{date: never, start: 2020-05-01, title: x}", "2020-05-01"),
        ("{updated: 2024-01-01, when: 2020, title: x}", "2020"),
    ],
)
def test_dates_are_read_with_the_keys_beside_them(entry: str, date: str) -> None:
    assert read(f"- {entry}\n- {{date: 2000, title: y}}\n").events[0]["date"] == date


def test_an_entry_without_a_readable_date_is_undated_and_keeps_its_text() -> None:
    imported = read("- {date: 612/1/0, title: A}\n- {title: B}\n- {date: 2020, title: C}\n- only text\n")
    assert told(imported, "date", "title", "yaml-date") == [
        (UNDATED, "A", "612/1/0"),
        (UNDATED, "B", ""),
        ("2020", "C", ""),
        (UNDATED, "only text", ""),
    ]
    assert "3 events without a readable date are kept as undated" in imported.guesses


def test_an_end_before_the_start_stays_as_it_is() -> None:
    (event, _) = read("- {start: 2024-12-09, end: 2023-12-15, title: A}\n- {start: 2020, title: B}\n").events
    assert (event["date"], event["end"]) == ("2024-12-09", "2023-12-15")


def test_a_column_of_dates_decides_which_number_is_the_month() -> None:
    imported = read("- {date: 03/04/2021, title: A}\n- {date: 25/04/2021, title: B}\n")
    assert told(imported, "date") == [("2021-04-03",), ("2021-04-25",)]
    assert any("day first" in guess for guess in imported.guesses)


@pytest.mark.parametrize(
    ("value", "actors"),
    [
        ("[Ann Smith, Bob]", ["Ann Smith", "Bob"]),
        ("Ann Smith, Bob Jones", ["Ann Smith", "Bob Jones"]),
        ("[{name: Ann Smith, role: chair}]", ["Ann Smith"]),
        ("{Ann Smith: chair}", ["Ann Smith"]),
        ("36", []),
        ("'no one who was there could say, and all went home'", []),
    ],
)
def test_actors_are_distinguished_from_head_counts_and_sentences(value: str, actors: list[str]) -> None:
    imported = read(f"- date: 2020\n  title: x\n  participants: {value}\n")
    register: Any = imported.header.get("actors", {})
    assert [actor["name"] for actor in register.values()] == actors
    assert ("participants" in imported.events[0]) == (not actors)


def test_roles_belong_to_the_event_and_other_fields_to_the_actor() -> None:
    imported = read("- date: 2020\n  title: x\n  people: [{name: Ann, role: chair, party: Blue}, Bob]\n")
    assert imported.events[0]["actors"] == {"ann": "chair", "bob": ""}
    assert imported.header["actors"] == {"ann": {"name": "Ann", "party": "Blue"}, "bob": {"name": "Bob"}}


@pytest.mark.parametrize(
    ("keys", "sources"),
    [
        ("source: 'https://www.example.org/a/'", [("example.org/a", "https://www.example.org/a/")]),
        ("link: '[The Times](https://example.org/a)'", [("The Times", "https://example.org/a")]),
        ("references: ['BBC, https://example.org/a', Haw 1989]",
         [("BBC", "https://example.org/a"), ("Haw 1989", "")]),
        ("{source: Reuters, source_url: 'https://example.org/a'}", [("Reuters", "https://example.org/a")]),
        ("citation: 90 Fed. Reg. 43893", [("90 Fed. Reg. 43893", "")]),
        ("sources: {primary: {name: BBC, url: 'https://example.org/a'}, other: {name: AP}}",
         [("BBC", "https://example.org/a"), ("AP", "")]),
        ("links: {BBC: 'https://example.org/a'}", [("BBC", "https://example.org/a")]),
        ("source: Added", []),
        ("source: /posts/1/", []),
        ("image: 'https://example.org/a.png'", []),
        ("href: sources/a.qmd", []),
        ("link: 'javascript:alert(1)'", []),
    ],
)  # fmt: skip
def test_sources_are_values_with_an_address_or_a_name(keys: str, sources: list[tuple[str, str]]) -> None:
    keys = keys.strip("{}").replace(", source_url", "\n  source_url") if keys.startswith("{") else keys
    imported = read(f"- date: 2020\n  title: x\n  {keys}\n")
    register: Any = imported.header.get("sources", {})
    assert [(source["title"], source.get("url", "")) for source in register.values()] == sources
    assert len(imported.events[0].get("sources", [])) == len(sources)  # type: ignore[arg-type]


def test_events_refer_to_the_actors_and_sources_that_the_file_lists() -> None:
    imported = read("""\
        people: [{id: ann, name: Ann Smith, born: 1950}, {id: b_2, name: Bob}]
        sources:
          S1: {title: A report, url: "https://example.org/1"}
        timeline:
          - {date: 2020, title: x, people: [ann, b_2], sources: [S1]}
          - {date: 2021, title: y, people: [{id: ann, role: chair}], sources: [{id: S1, page: "4"}]}
    """)
    assert told(imported, "actors", "sources") == [
        (["ann", "b-2"], ["s1"]),
        ({"ann": "chair"}, [{"id": "s1", "at": "4"}]),
    ]
    assert imported.header["actors"] == {"ann": {"name": "Ann Smith", "born": "1950"}, "b-2": {"name": "Bob"}}


@pytest.mark.parametrize("tags", ["[a, b c]", "a, b c", "[{tag: a}, {name: b c}]"])
def test_tags_are_lists_texts_with_commas_and_lists_of_maps(tags: str) -> None:
    assert read(f"- date: 2020\n  title: x\n  tags: {tags}\n").events[0]["tags"] == ["a", "b c"]


def test_nothing_is_dropped_and_keys_with_another_meaning_get_a_prefix() -> None:
    imported = read("""\
        - id: A_1
          date: 2020
          title: x
          status: in_force
          by: somebody
          claims: 3
          importance: 8
          nested: {a: [b, {c: d}]}
          summary: Short.
          description: Long.
          empty:
    """)
    assert imported.events == [
        {
            "id": "a-1",
            "date": "2020",
            "title": "x",
            "text": "Long.",
            "yaml-id": "A_1",
            "yaml-status": "in_force",
            "yaml-by": "somebody",
            "yaml-claims": "3",
            "importance": "8",
            "nested": {"a": ["b", {"c": "d"}]},
            "summary": "Short.",
        }
    ]
    assert "`status` is kept as `yaml-status`, as it means something else here" in imported.guesses
    other = foreign.of_plain(
        [{"date": 2020, "title": "x", "status": True, "n": 1.5}], "a.json", prefix="json"
    )
    assert told(other, "date", "json-status", "n") == [("2020", "true", "1.5")]


def test_a_title_is_found_without_a_title_key() -> None:
    long = "It all began rather early. " + "Then much else happened that is told at length. " * 5
    others = "- {date: 2021, impact: Great}\n- {date: 2022, id: an-id}\n"
    imported = read(f"- {{date: 2020, info: {long}}}\n{others}")
    assert told(imported, "title", "text") == [
        ("It all began rather early.", long.strip()),
        ("Great", ""),
        ("an id", ""),
    ]


def test_a_text_in_several_languages_is_shown_in_one_and_kept_in_the_others() -> None:
    imported = read("- {jahr: 1960er–1970er, title: {de: Wachstum, en: Growth}, text: {nl: Tekst}}\n")
    assert told(imported, "date", "title", "text", "title-de") == [
        ("196X/197X", "Growth", "Tekst", "Wachstum")
    ]


def test_data_around_the_events_becomes_the_header_of_the_timeline() -> None:
    imported = read(
        "timeline: {title: Ours, summary: All of it, style: {a: b}, items: [{year: 2020, event: x}]}\n"
    )
    assert (imported.title, imported.header) == ("Ours", {"style": {"a": "b"}, "description": "All of it"})
    assert read("style: {a: b}\nitems: [{year: 2020, event: x}]\n").header == {"style": {"a": "b"}}

"""What is asked of the story that comes with the program, beside that `check` finds nothing in it."""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import BUNDLED
from timeline_tui.cli.main import main
from timeline_tui.reading.reader import read_timeline
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from timeline_tui.model.records import Event, Quote, Source

ARTICLE = {"article-satire", "article-news", "article-interview"}
LONGEST_TITLE = 52
"""Cells: what a line of the list has room for in the narrow layout."""
LONGEST_SHORT = 9
"""Cells: what a lane has room for."""
IN_ENGLISH = {
    "austin", "blinken", "g7", "guterres", "kim-song", "kirby", "north-korean-un-mission", "patel", "rusi",
    "rutte", "ryder", "singh", "umerov", "wood", "zelensky",
}  # fmt: skip
"""Who spoke or wrote in English in the story; Zelensky in his posts only."""
POSTS_IN_ENGLISH = {"combat-foreseen", "zelensky-on-losses"}

MONTHS = {name: number for number, name in enumerate(month_name) if name}
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
LATER_WORDS = re.compile(r"\b(later|eventually|afterwards|subsequently|still to come|would)\b")


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    return read_timeline(BUNDLED).events


@pytest.fixture(scope="module")
def sources() -> Mapping[str, Source]:
    header = read_timeline(BUNDLED).header
    assert header is not None
    return header.sources


def origins(id_: str, sources: Mapping[str, Source]) -> set[str]:
    """The sources at the end of `derived_from`."""
    if not (parents := sources[id_].derived_from):
        return {id_}
    return set(chain.from_iterable(origins(parent, sources) for parent in parents))


def quotes_of(events: tuple[Event, ...]) -> Iterator[Quote]:
    return chain.from_iterable(event.quotes for event in events)


def test_it_has_more_than_a_hundred_events(events: tuple[Event, ...]) -> None:
    assert len(events) > 100


def test_every_event_has_a_source_with_a_date_and_an_address(
    events: tuple[Event, ...], sources: Mapping[str, Source]
) -> None:
    for event in events:
        cited = [sources[citation.id] for citation in event.sources]
        assert any(source.date and source.url for source in cited), event.id


def test_nine_in_ten_events_have_two_independent_origins_beside_the_article(
    events: tuple[Event, ...], sources: Mapping[str, Source]
) -> None:
    found = [
        set().union(
            *(origins(citation.id, sources) for citation in event.sources if citation.id not in ARTICLE)
        )
        for event in events
    ]
    assert sum(len(each) >= 2 for each in found) >= 0.9 * len(events)


def test_every_source_has_a_date_and_an_address_but_for_the_article(sources: Mapping[str, Source]) -> None:
    assert {id_ for id_, source in sources.items() if source.date is None} == set()
    assert {id_ for id_, source in sources.items() if not source.url} == ARTICLE


def test_titles_fit_a_line_of_the_list(events: tuple[Event, ...]) -> None:
    for event in events:
        for title in (event.title, *(update.title for update in event.updates)):
            assert cells(title) <= LONGEST_TITLE, title


def test_every_actor_has_a_short_name_of_its_own() -> None:
    header = read_timeline(BUNDLED).header
    assert header is not None
    counts = Counter(actor.short for actor in header.actors.values())
    assert "" not in counts
    assert set(counts.values()) == {1}
    assert [short for short in counts if cells(short) > LONGEST_SHORT] == []


def test_words_first_said_in_another_language_are_marked_and_many_are_there(
    events: tuple[Event, ...],
) -> None:
    originals = [wording for quote in quotes_of(events) for wording in quote.wordings if wording.original]
    assert len(originals) >= 12
    assert {wording.language for wording in originals} >= {"ru", "ko", "uk"}
    assert "en" not in {wording.language for wording in originals}


def test_every_quote_in_english_that_was_not_spoken_in_english_says_so(events: tuple[Event, ...]) -> None:
    for event in events:
        for quote in event.quotes:
            cited = {citation.id for citation in quote.sources}
            if quote.language != "en" or quote.kind != "direct" or quote.translated_from or cited <= ARTICLE:
                continue
            assert quote.speaker in IN_ENGLISH, quote.text
            assert quote.speaker != "zelensky" or event.id in POSTS_IN_ENGLISH, quote.text


def test_check_finds_nothing_in_it_but_remarks() -> None:
    found = read_timeline(BUNDLED).problems
    assert [str(problem) for problem in found if problem.severity != "remark"] == []


def test_every_part_of_the_article_is_quoted_as_what_it_is(events: tuple[Event, ...]) -> None:
    for quote in quotes_of(events):
        cited = {citation.id for citation in quote.sources}
        if cited == {"article-satire"}:
            assert quote.kind == "satire", quote.text
    kinds = Counter(
        quote.kind for quote in quotes_of(events) if ARTICLE & {citation.id for citation in quote.sources}
    )
    assert kinds["satire"] >= 20
    assert kinds["paraphrase"] >= 12


def texts(value: object, key: str = "") -> Iterator[str]:
    """The editor's own words in an exported story: not what others said or printed."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in ("quotes", "sources", "value"):
                yield from texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, key)
    elif isinstance(value, str) and key in ("title", "text", "role", "question", "description", "note"):
        yield value


@pytest.mark.parametrize(
    "day",
    [
        "2022-02-24", "2022-03-02", "2022-07-13", "2022-09-05", "2022-09-10", "2022-11-05", "2022-12-22",
        "2023-01-28", "2023-09-05", "2023-09-10", "2023-09-14", "2023-10-16", "2023-11-21", "2024-01-05",
        "2024-01-14", "2024-03-28", "2024-05-17", "2024-06-19", "2024-06-20", "2024-08-07", "2024-10-05",
        "2024-10-08", "2024-10-16", "2024-10-20", "2024-10-24", "2024-10-28", "2024-10-31", "2024-11-01",
        "2024-11-03", "2024-11-05", "2024-11-06", "2024-12-05", "2024-12-17", "2025-01-12", "2025-04-27",
    ],
)  # fmt: skip
def test_what_is_told_under_the_clock_names_no_later_day(day: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert main(["export", str(BUNDLED), "-o", str(out), "--known-on", day]) == 0
    for text in texts(json.loads(out.read_text(encoding="utf-8"))):
        for number, month, year in DAY.findall(text):
            assert f"{year}-{MONTHS[month]:02}-{int(number):02}" <= day, text
        assert not LATER_WORDS.search(text), text

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.stories import HEADER, event, quote, shown, story
from timeline_tui.errors import TimelineError
from timeline_tui.index import columns
from timeline_tui.index.columns import BLOCK
from timeline_tui.index.errors import DatabaseError
from timeline_tui.index.index import Index
from timeline_tui.index.prepare import entries_of
from timeline_tui.index.searched import folded_texts, header_facts, searchable
from timeline_tui.index.summaries import Link
from timeline_tui.index.writer import IndexWriter
from timeline_tui.model.records import Actor, Citation, Claim, Header, Wording
from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from pathlib import Path


def test_an_event_comes_back_as_it_was() -> None:
    full = event(
        "2024-11-01?",
        "Tränen \x1b[0m",
        id="a",
        extra={"colour": ["red", {"deep": "1"}]},
        actors={"lavrov": "host"},
        quotes=(quote("lavrov", "Да", wordings=(Wording(text="Yes", line=7),)),),
        claims=(Claim(about="troops", by="lavrov", value="8000"),),
        links={"leads-to": ("a",)},
    )
    assert story(full).event(0) == full


def test_the_header_comes_back_as_it_was() -> None:
    assert story().header == HEADER


def test_keys_count_in_chronological_order_then_in_that_of_the_file() -> None:
    view = story(event("2024", "b"), event("2024-01-01", "a"), event("2024", "c"), event("-0043", "first"))
    assert shown(view) == ["first", "a", "b", "c"]
    assert [view.event(key).title for key in view.keys] == shown(view)


@given(st.lists(st.text(), max_size=4))
def test_full_text_search_uses_the_same_words_as_queries(texts: list[str]) -> None:
    ours = [word for text in texts for word in words(text)]
    # What is ASCII goes as it is: the tokenizer lowers its case and takes its letters and digits.
    assert re.findall(r"[a-z0-9\x80-\U0010ffff]+", searchable(texts).replace("¶", " ").lower()) == [
        word.lower() for word in ours
    ]


@given(st.text(), st.text())
def test_whatever_words_a_title_has_find_it(title: str, other: str) -> None:
    view = story(event("2024", f"{title} x {other}"), event("2025", "y"))
    for word in words(title):
        expression = f'"{word}"'
        assert 0 in view.index.keys_with_words(expression)


@given(st.lists(st.text(), max_size=3))
def test_folded_texts_hold_the_words_that_full_text_search_finds(texts: list[str]) -> None:
    found = [text.split() for text in folded_texts(texts)]
    assert [word for text in found for word in text] == words(searchable(texts))


def test_no_phrase_is_found_across_two_texts() -> None:
    view = story(event("2024", "The day", text="of victory"), event("2025", "Day of victory"))
    assert shown(view, '"day of"') == ["Day of victory"]


def test_facets_take_spellings_of_one_word_together_and_ids_apart() -> None:
    header = Header(title="t", actors={"zoe": Actor(name="Zoe"), "zoé": Actor(name="Zoé")})
    view = story(
        event("2022", "a", tags=("Nuclear",), actors={"zoe": ""}),
        event("2023", "b", tags=("nuclear", "NUCLEAR"), actors={"zoé": ""}),
        header=header,
    )
    assert shown(view, "tag:nuclear") == ["a", "b"]
    assert shown(view, "actor:zoe") == ["a"]
    assert list(view.vocabulary.values["tag"]) == ["Nuclear"]


def test_a_missing_record_is_none_or_a_key_error() -> None:
    view = story(event("2024", "a", id="a"))
    assert (view.key_of("a"), view.key_of("b")) == (0, None)
    assert (view.source("x"), view.actor("x"), view.topic("x")) == (None, None, None)
    assert view.source("tass-1") == HEADER.sources["tass-1"]
    assert view.topic("troops") == HEADER.topics["troops"]
    assert view.actor("lavrov") == HEADER.actors["lavrov"]
    with pytest.raises(KeyError):
        view.event(1)


def test_an_unknown_actor_is_shown_by_id_with_hidden_characters_visible() -> None:
    view = story(event("2024", "a", actors={"gh\x1bost": ""}))
    assert view.actor_name("gh\x1bost") == "gh\u2039U+001B\u203aost"
    assert [actor.name for actor in view.actors() if actor.count] == ["gh\u2039U+001B\u203aost"]


def test_links_are_known_at_their_other_end() -> None:
    view = story(
        event("2023", "Cause", id="a", links={"leads-to": ("b", "nowhere")}),
        event("2024", "Effect", id="b", links={"responds-to": ("a",)}),
    )
    assert view.index.links_to(1) == [Link("leads-to", 0, "a", "Cause")]
    assert view.index.links_to(0) == [Link("responds-to", 1, "b", "Effect")]


def test_a_database_in_a_file_answers_like_the_one_it_was_built_as(tmp_path: Path) -> None:
    events = [event("2024", "Troops", id="a", sources=(Citation("tass-1"),)), event("2023", "Talks")]
    path = str(tmp_path / "story.db")
    Index.build(HEADER, events, path).close()
    index = Index(sqlite3.connect(path, check_same_thread=False))
    assert (index.header, index.total, index.title) == (HEADER, 2, "A story")
    assert [index.event(key) for key in range(2)] == events[::-1]
    assert list(index.keys_with_words('"troops"')) == [1]
    index.close()


@pytest.mark.parametrize("name", [":memory:", "story.db"])
def test_another_thread_reads_the_same(tmp_path: Path, name: str) -> None:
    path = name if name == ":memory:" else str(tmp_path / name)
    index = Index.build(HEADER, [event("2024", "Troops")], path)
    read: list[str] = []
    reader = index.reader()
    thread = Thread(target=lambda: read.append(reader.event(0).title))
    thread.start()
    thread.join()
    assert read == ["Troops"]


def test_a_reader_of_a_file_cannot_write(tmp_path: Path) -> None:
    reader = Index.build(HEADER, [], str(tmp_path / "story.db")).reader()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._connection.execute("DELETE FROM event")


class _WithoutFts5(sqlite3.Connection):
    def executescript(self, script: str, /) -> sqlite3.Cursor:
        if "fts5" in script:
            raise sqlite3.OperationalError("no such module: fts5")
        return super().executescript(script)


def test_sqlite_without_full_text_search_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def without_fts5(*_: object, **_more: object) -> sqlite3.Connection:
        opened.append(connect(":memory:", factory=_WithoutFts5))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", without_fts5)
    with pytest.raises(TimelineError, match="FTS5"):
        Index.build(HEADER, [])
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")


def test_the_vocabulary_has_ids_names_and_all_statuses() -> None:
    vocabulary = story(event("2024", "a", kind="vote", quotes=(quote("lavrov", "x"),))).vocabulary
    assert vocabulary.resolve("actor", "CHOE SON HUI") == "choe-son-hui"
    assert vocabulary.resolve("actor", "최선희") == "choe-son-hui"
    assert vocabulary.resolve("status", "Denied") == "denied"
    assert vocabulary.values["actor"]["tass"] == "TASS"
    assert list(vocabulary.values["speaker"]) == ["lavrov"]
    assert vocabulary.resolve("speaker", "tass") is None
    assert vocabulary.label("actor", "choe-son-hui") == "Choe Son-hui"


def test_a_database_records_the_program_version() -> None:
    assert story().index._meta("schema") == columns.SCHEMA


def test_records_that_are_damaged_are_reported_as_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    Index.build(HEADER, [event("2024", "a"), event("2025", "b")], str(path)).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE body SET blocks = zeroblob(length(blocks))")
    with closing(Index.opened(path)) as index, pytest.raises(DatabaseError, match="damaged"):
        index.event(0)


def test_each_record_of_a_long_timeline_is_found_among_those_kept_together() -> None:
    events = [event("2024", f"e{number}", line=number) for number in range(3 * BLOCK + 1)]
    for run in (BLOCK - 1, BLOCK, 2 * BLOCK + 1):
        writer = IndexWriter()
        for start in range(0, len(events), run):
            writer.add(entries_of(events[start : start + run], header_facts(HEADER)))
        index = Index.written_by(writer, HEADER)
        assert [index.event(key).title for key in range(index.total)] == [each.title for each in events]

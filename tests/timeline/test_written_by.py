"""A view known on a day shows what that of a file shows in which nothing later was ever written.

And it finds the words that it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.changing_readings import header_of, read
from tests.support.examples import examples
from tests.support.histories import LAST, SOURCES, days, files, written_by
from timeline_tui.index.index import Index
from timeline_tui.index.prepare import texts_of
from timeline_tui.query.language import PHRASE, WORD, Query, Term
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from tests.support.histories import Plain
    from timeline_tui.timeline.rows import Row

MARKED = ("title", "text", "outcome", "note", "later note", "words", "wording", "caption")
"""What the texts of a generated file begin with; a number follows."""

TERMS = [
    *(Term("status", word) for word in ("confirmed", "claimed", "disputed", "denied", "scheduled")),
    *(Term("status", word) for word in ("postponed", "cancelled")),
    *(Term("place", name) for name in ("ford", "here", "elsewhere")),
    *(Term("source", id_) for id_ in ("early", "middle", "late", "undated")),
    *(Term(field, id_) for field in ("actor", "speaker") for id_ in ("ann", "ben", "north")),
    *(Term("has", name) for name in ("quotes", "wordings", "claims", "sources", "outcome", "actors")),
    *(Term("has", name) for name in ("statuses", "updates", "media", "originals")),
    *(Term("is", name) for name in ("withdrawn", "retracted", "corrected", "settled")),
    *(Term(WORD, word) for word in ("title", "text", "outcome", "later", "note", "words", "wording", "here")),
    *(Term(PHRASE, f"{word} {number}") for word in MARKED for number in (0, 1)),
    Term("since", "2024-03-08"),
    Term("until", "2024-03-08"),
    Term("topic", "many"),
]


def view_of(file: Plain, today: int) -> View:
    reading = read(file)
    return View(Index.build(header_of(reading), reading.events), today=today)


def by_id(view: View) -> list[Row]:
    found = (row._replace(key=0) for row in view.rows(0, view.count))
    return sorted(found, key=lambda row: row.id)


@examples(500)
@given(files(), days, st.lists(st.sampled_from(TERMS), max_size=2), st.booleans())
def test_rows_counts_searches_actors_and_breaks_are_those_of_the_file_as_written_by_then(
    file: Plain, day: int, terms: list[Term], excluded: bool
) -> None:
    query = Query(tuple(dict.fromkeys(term._replace(excluded=excluded) for term in terms)))
    view = view_of(file, LAST + 400).known_by(day).with_query(query)
    then = view_of(written_by(file, day), day).with_query(query)
    assert by_id(view) == by_id(then)
    assert [view.event(key).date for key in view.keys] == [then.event(key).date for key in then.keys]
    assert (view.count, view.span, view.breaks) == (then.count, then.span, then.breaks)
    assert view.density(4) == then.density(4)
    counts = {actor.id: (actor.count, actor.activity) for actor in view.actors() if actor.count}
    assert counts == {actor.id: (actor.count, actor.activity) for actor in then.actors() if actor.count}
    for term in TERMS:
        assert view.count_of(Query((term,))) == then.count_of(Query((term,))), term
    for key in view.keys:
        own = then.key_of(view.event(key).id)
        assert own is not None
        assert view.is_ahead(key) == then.is_ahead(own)
        assert view.title_of(key) == then.title_of(own)


@examples(800)
@given(files(), st.none() | days, st.sets(st.sampled_from(SOURCES), max_size=2))
def test_words_are_found_on_exactly_the_days_on_which_they_are_shown(
    file: Plain, day: int | None, without: set[str]
) -> None:
    view = view_of(file, LAST + 400).known_by(day).without_sources(sorted(without))
    shown = {key: set(texts_of(view.event(key))) for key in view.keys}
    for phrase in (f"{word} {number}" for word in MARKED for number in range(4)):
        found = view.with_query(Query((Term(PHRASE, phrase),)))
        told = [key for key, texts in shown.items() if any(phrase in text for text in texts)]
        assert list(found.keys) == told, phrase

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.disclosures import FIELDS, FIRST, HEADER, LAST, STATUSES, days, stories
from tests.support.examples import examples
from tests.support.screens import BUNDLED
from tests.support.screens import TODAY as LATER
from tests.support.stories import event
from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.known_on import event_as_known, planned_dates, publication_days
from timeline_tui.query.language import DURING, PHRASE, WORD, Query, Term, parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.rows import Row

terms = st.builds(
    lambda pair, excluded: Term(pair[0], pair[1], excluded),
    st.one_of(
        *(st.tuples(st.just(field), st.sampled_from(ids)) for field, ids in FIELDS.items()),
        st.tuples(st.just("status"), st.sampled_from(STATUSES)),
        st.tuples(st.just("place"), st.sampled_from(["york", "Moscow"])),
        st.tuples(st.just("publisher"), st.sampled_from(["tass", "post", "yon"])),
        st.tuples(st.just("language"), st.sampled_from(["fr", "en", "ru", "ko"])),
        st.tuples(st.just("has"), st.sampled_from(["quotes", "wordings", "claims", "sources", "outcome"])),
        st.tuples(st.sampled_from(["since", "until"]), st.sampled_from(["2024-11-05", "2024-11-08"])),
        st.tuples(st.just(DURING), st.sampled_from(["2024-11-03..2024-11-05", "2024-11-07.."])),
        st.tuples(st.just(WORD), st.sampled_from(["tal", "victory", "elan", "serg", "дан", "최"])),
        st.tuples(st.just(PHRASE), st.sampled_from(["day of", "talk of day"])),
    ),
    st.booleans(),
)
queries = st.lists(terms, max_size=3).map(lambda found: Query(tuple(dict.fromkeys(found))))


def whole(found: list[Event], day: int = LAST + 999) -> View:
    return View(Index.build(HEADER, found), today=day)


def as_it_stood(found: list[Event], day: int) -> View:
    """What somebody would have read who had had this file on that day, and no clock."""
    cited = publication_days(HEADER.sources)
    return whole(
        [event_as_known(one, day, cited) for one in found if planned_dates(one)[0].announced <= day], day
    )


def rows(view: View, positions: list[int] | None = None) -> list[Row]:
    found = view.rows(0, view.count)
    return [row._replace(key=0) for row in (found if positions is None else [found[at] for at in positions])]


def by_id(found: list[Row]) -> list[Row]:
    return sorted(found, key=lambda row: row.id)


def ids(view: View, keys: Iterable[int]) -> set[str]:
    return {view.event(key).id for key in keys}


def people(view: View) -> dict[str, tuple[int | None, tuple[int, ...], bool]]:
    return {actor.id: (actor.count, actor.activity, actor.chosen) for actor in view.actors() if actor.count}


def in_order(view: View, stood: View) -> list[str]:
    """The ids of what stood, in the order of a clock: what was planned for another day, at its day's end."""
    events = [stood.event(key) for key in stood.keys]
    keys = {event.id: view.key_of(event.id) for event in events}

    def place(event: Event) -> tuple[object, ...]:
        key = keys[event.id]
        assert key is not None
        is_moved = view.whole_event(key).date != event.date
        return event.date.earliest, is_moved, event.date.key if is_moved else (), key

    return [event.id for event in sorted(events, key=place)]


@examples(300)
@given(stories, days, queries, queries)
def test_a_view_known_by_a_day_is_that_of_the_file_as_it_stood_then(
    found: list[Event], day: int, query: Query, sought: Query
) -> None:
    view = whole(found).known_by(day).with_query(query)
    stood = as_it_stood(found, day).with_query(query)
    assert [row.id for row in rows(view)] == in_order(view, stood)
    assert by_id(rows(view)) == by_id(rows(stood))
    assert (view.count, view.span, view.breaks) == (stood.count, stood.span, stood.breaks)
    assert view.density(5) == stood.density(5)
    assert people(view) == people(stood)
    positions = list(view.find(sought))
    assert positions == sorted(set(positions))
    assert by_id(rows(view, positions)) == by_id(rows(stood, list(stood.find(sought))))
    for asked in range(FIRST, LAST):
        assert view.position_at(asked) == stood.position_at(asked)
    assert [view.day_of(at) for at in range(view.count)] == [stood.day_of(at) for at in range(stood.count)]
    for field, values in FIELDS.items():
        for value in values:
            keys = list(view.keys_with(field, value))
            assert keys == sorted(keys)
            assert ids(view, keys) == ids(stood, stood.keys_with(field, value))


@given(stories, days)
def test_each_event_known_by_a_day_is_shown_as_it_stood_then(found: list[Event], day: int) -> None:
    view, stood = whole(found).known_by(day), as_it_stood(found, day)
    then = {event.id: event for event in map(stood.event, stood.keys)}
    for key in range(view.total):
        id_ = view.whole_event(key).id
        assert view.has(key) == view.is_known(key) == (id_ in then)
        if id_ in then:
            assert view.event(key) == then[id_]
            stood_key = stood.key_of(id_)
            assert stood_key is not None
            links = sorted(link._replace(key=0) for link in view.links(key))
            assert links == sorted(link._replace(key=0) for link in stood.links(stood_key))


@given(stories, days, queries)
def test_a_known_on_day_in_the_future_means_today(found: list[Event], day: int, query: Query) -> None:
    index = Index.build(HEADER, found)
    ahead = View(index, query, today=day).known_by(day + 3)
    now = View(index, query, today=day).known_by(day)
    assert (rows(ahead), ahead.span, people(ahead)) == (rows(now), now.span, people(now))


@given(stories, queries)
def test_after_the_last_disclosure_a_view_is_the_same_without_a_known_on_day(
    found: list[Event], query: Query
) -> None:
    everything = View(Index.build(HEADER, found), query, today=parse_date("2030").earliest)
    view = everything.known_by(everything.today)
    assert (rows(view), view.span, view.breaks) == (rows(everything), everything.span, everything.breaks)
    assert people(view) == people(everything)


def test_before_everything_a_view_is_empty_and_answers() -> None:
    found = [event("2024-11-05", "a", actors={"russia": ""}), event("2024-11-06", "b")]
    day = parse_date("2024-11-04").earliest
    view = whole(found).known_by(day)
    assert (view.count, list(view.keys), view.rows(0, 9), view.breaks) == (0, [], [], ())
    assert view.span == (day, day)
    assert view.density(3) == (0, 0, 0)
    assert view.position_of(0) == view.position_at(day) == -1
    assert {actor.count for actor in view.actors()} == {0}
    assert not any(map(view.is_known, range(view.total)))
    assert not view.find(Query())
    assert not view.find(Query((Term(WORD, "a"),)))
    assert view.sentence == "0 of 2 events · known on 4 November 2024"
    assert not whole([]).known_by(day).count


def test_an_event_that_is_known_and_one_that_is_not_lose_their_link() -> None:
    found = [
        event("2024-11-02", "a", id="a", links={"leads-to": ("b",)}),
        event("2024-11-05", "b", id="b", links={"responds-to": ("a",)}),
    ]
    view = whole(found).known_by(parse_date("2024-11-04").earliest)
    assert view.links(0) == []
    assert len(view.known_by(None).links(0)) == 2


def test_one_snapshot_serves_all_queries_and_date_formats_of_a_day() -> None:
    view = whole([event("2024-11-02", "a"), event("2024-11-05", "b")]).known_by(
        parse_date("2024-11-04").earliest
    )
    snapshot = view.snapshot
    assert snapshot is not None
    filtered = view.with_query(Query((Term(WORD, "a"),)))
    assert filtered.snapshot is snapshot
    assert filtered.counted_from(FIRST).snapshot is snapshot
    assert view.known_by(FIRST).snapshot is not snapshot
    assert view.known_by(None).snapshot is None


def test_a_snapshot_made_on_another_thread_uses_the_connection_of_its_view() -> None:
    """What is worked out by another thread is taken over, and that thread's connection may be interrupted."""
    index = Index.build(HEADER, [event("2024-11-02", "a"), event("2024-11-05", "b")])
    here = View(index, today=LAST).known_by(parse_date("2024-11-04").earliest)
    other = Index.restored(index.dump())
    there = View(other, today=LAST).known_by(here.known_on)
    assert there.count == 1
    here.knowing(there)
    other.close()
    assert here.with_query(Query((Term(WORD, "a"),))).count == 1
    assert list(here.find(Query((Term(WORD, "b"),)))) == []
    assert list(here.keys_with("actor", "russia")) == []


@pytest.fixture(scope="module")
def bundled() -> View:
    return View(open_timeline(BUNDLED, today=LATER).index, today=LATER)


def found_by(view: View, text: str) -> set[str]:
    """The ids of the events that a query, typed without a mistake, finds."""
    parsed = parse_query(text, view.vocabulary)
    assert not parsed.problems
    return ids(view, view.with_query(parsed.query).keys)


BEFORE, AFTER = parse_date("2024-11-03").earliest, parse_date("2024-11-12").earliest
CLASHES = {"kovalenko-under-fire", "first-battles", "pentagon-10000-in-kursk", "us-says-combat-began"}


def test_on_the_eve_the_election_and_the_vote_are_scheduled_and_nothing_came_of_them(bundled: View) -> None:
    view = bundled.known_by(BEFORE)
    last = view.rows(view.count - 2, view.count)
    assert [(row.id, row.status) for row in last] == [
        ("us-election", "scheduled"),
        ("federation-council-vote", "scheduled"),
    ]
    for row in last:
        assert not view.event(row.key).outcome
        assert bundled.event(row.key).outcome
    election, vote = (view.event(row.key) for row in last)
    assert (len(election.quotes), election.claims) == (1, ())
    assert [claim.value for claim in vote.claims] == [
        "In the first half of November, if no senator objects",
        "Scheduled for 6 November",
    ]
    assert {source.id for source in (*election.sources, *vote.sources)} == {
        "article-news", "article-satire", "article-interview", "ria-zakharova25", "westernstandard-harris",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "clash", "fired", "fire", "battle", "battles", "kursk", "combat", "since:2024-11-04",
        "has:quotes", "actor:kovalenko", "speaker:zelensky", "tag:combat", "-tag:treaty", "status:claimed",
    ],
)  # fmt: skip
def test_a_search_as_known_on_the_eve_finds_nothing_that_was_still_to_happen(
    bundled: View, text: str
) -> None:
    view = bundled.known_by(BEFORE)
    assert not CLASHES & found_by(view, text)
    parsed = parse_query(text, view.vocabulary).query
    assert not CLASHES & {view.event(view.key_at(at)).id for at in view.find(parsed)}
    assert not any(view.has(key) or view.is_known(key) for key in map(bundled.key_of, CLASHES) if key)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("wins", set(), {"us-election"}),
        ('"trump wins"', set(), {"us-election"}),
        ("unanimously", set(), {"federation-council-vote"}),
        ("topic:electoral-votes", set(), {"us-election"}),
        ("source:tass-fc", set(), {"federation-council-vote"}),
        ("status:scheduled", {"first-combat", "us-election", "federation-council-vote"}, set()),
        ("kind:election status:confirmed", set(), {"us-election"}),
        ("kind:election has:outcome", set(), {"us-election"}),
        ("battles", set(), {"first-battles"}),
        ("kind:legislation since:2024-11", set(), {"putin-signs", "kim-signs"}),
    ],
)
def test_a_search_finds_only_what_was_known_on_the_day(
    bundled: View, text: str, before: set[str], after: set[str]
) -> None:
    assert found_by(bundled.known_by(BEFORE), text) == before
    assert found_by(bundled.known_by(AFTER), text) == after


def test_nothing_shown_on_a_day_is_dated_or_cited_from_a_later_one(bundled: View) -> None:
    cited = publication_days(bundled.header.sources)
    for day in range(BEFORE - 12, AFTER):
        view = bundled.known_by(day)
        for found in map(view.event, view.keys):
            assert found.date.earliest <= day or found.status == "scheduled"
            assert found.known is None or found.known.earliest <= day
            own = [quote.date for quote in found.quotes] + [claim.date for claim in found.claims]
            assert all((date or found.date).earliest <= day for date in own)
            said = [one.sources for one in found.quotes] + [one.sources for one in found.claims]
            printed = [wording.sources for one in found.quotes for wording in one.wordings]
            assert all(cited[one.id] <= day for one in chain(found.sources, *said, *printed))


def test_as_known_long_after_the_story_is_complete(bundled: View) -> None:
    view = bundled.known_by(LATER)
    assert rows(view) == rows(bundled)
    assert [view.event(key) for key in view.keys] == [bundled.event(key) for key in bundled.keys]
    assert (view.span, view.breaks, view.actors()) == (bundled.span, bundled.breaks, bundled.actors())

"""Terms that ask for several things at once: both of two ids, a pair, certain days, an hour of the week."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.stories import event, quote, shown, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Postponement
from timeline_tui.query.completion import candidates
from timeline_tui.query.language import Query, Term, parse_query

ACTORS = ("choe-son-hui", "lavrov", "russia", "tass")
DATES = (
    "2024",
    "2024-10",
    "2024-10-31",
    "2024-11",
    "2024-11-01T09:30",
    "2024-11-02T14:00",
    "2024-10/2024-11",
)

STORY = story(
    event("2024-10-31", "Alone", actors={"lavrov": ""}),
    event("2024-11-01T09:30", "Both", actors={"lavrov": "", "choe-son-hui": ""}),
    event("2024-11", "Spoken", quotes=(quote("choe-son-hui", "Stand", to=("lavrov", "russia")),)),
    event("2024-11-02T14:00", "Answered", quotes=(quote("lavrov", "Thanks", to=("choe-son-hui",)),)),
)


def test_two_actors_with_a_plus_between_them_are_both_in_an_event() -> None:
    assert shown(STORY, "actor:lavrov+choe-son-hui") == ["Spoken", "Both", "Answered"]
    assert shown(STORY, 'actor:"Sergey Lavrov+Choe Son-hui" -has:quotes') == ["Both"]
    assert shown(STORY, "actor:lavrov+choe-son-hui+russia") == ["Spoken"]
    assert shown(STORY, "-actor:lavrov+choe-son-hui") == ["Alone"]


def test_joined_actors_are_shown_with_their_names() -> None:
    query = parse_query("actor:lavrov+choe-son-hui to:lavrov>choe-son-hui", STORY.vocabulary).query
    assert list(query.in_words(STORY.label)) == [
        "actor: Sergey Lavrov and Choe Son-hui",
        "to: Sergey Lavrov → Choe Son-hui",
    ]


def test_what_is_said_to_an_actor_is_found_by_the_actor_and_by_the_pair() -> None:
    assert shown(STORY, "to:lavrov") == ["Spoken"]
    assert shown(STORY, "to:choe-son-hui>lavrov") == ["Spoken"]
    assert shown(STORY, "to:lavrov>choe-son-hui") == ["Answered"]
    assert shown(STORY, "to:lavrov+russia") == ["Spoken"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("actor:lavrof+choe-son-hui", "actor:lavrov+choe-son-hui"),
        ("to:lavrov>russia", ""),
        ("hour:mon-25", ""),
    ],
)
def test_a_mistake_in_a_joined_value_is_reported(text: str, suggestion: str) -> None:
    (problem,) = parse_query(text, STORY.vocabulary).problems
    assert suggestion in problem.suggestion


def test_while_the_second_actor_is_missing_the_first_is_found() -> None:
    assert shown(STORY, "actor:lavrov+") == shown(STORY, "actor:lavrov")


def test_the_second_of_two_joined_actors_is_completed() -> None:
    found = list(candidates(STORY.vocabulary, "actor:lavrov+ch"))
    assert found == ["actor:lavrov+choe-son-hui"]


def test_only_events_that_certainly_fall_on_a_date_are_within_it() -> None:
    assert shown(STORY, "within:2024-11") == ["Spoken", "Both", "Answered"]
    assert shown(STORY, "within:2024-11-01..2024-11-29") == ["Both", "Answered"]
    assert shown(STORY, 'within:"november 2024"') == shown(STORY, "within:2024-11")
    assert shown(STORY, "within:..2024-10") == ["Alone"]


def test_under_the_clock_the_date_that_was_planned_lies_within_days_or_not() -> None:
    planned = Postponement(date=parse_date("2024-11"), known=parse_date("2024-01-01"))
    moved = event("2024-12-10", "Moved", known=parse_date("2024-01-01"), postponed=(planned,))
    view = story(moved).known_by(parse_date("2024-02-01").earliest)
    assert shown(view, "within:2024-11") == ["Moved"]
    assert shown(view, "within:2024-11-01..2024-11-20") == shown(view, "within:2024-12") == []
    assert shown(story(moved), "within:2024-12-10") == ["Moved"]


def test_an_hour_is_found_by_its_day_of_the_week_and_by_its_time() -> None:
    assert shown(STORY, "hour:fri-9") == shown(STORY, "hour:fri") == shown(STORY, "hour:9") == ["Both"]
    assert shown(STORY, "hour:sat-14") == ["Answered"]


terms = st.one_of(
    st.builds(
        Term, st.just("actor"), st.sampled_from(ACTORS) | st.just("lavrov+choe-son-hui"), st.booleans()
    ),
    st.builds(
        Term, st.just("within"), st.sampled_from(("2024", "2024-10..2024-11", "2024-11", "..2024-11-01"))
    ),
    st.builds(Term, st.just("speaker"), st.sampled_from(ACTORS)),
    st.builds(Term, st.just("since"), st.just("2024-11")),
)
cells = st.one_of(
    st.builds(
        Term,
        st.just("actor"),
        st.builds("{}+{}".format, *[st.sampled_from(ACTORS)] * 2),
        st.just(value=False),
    ),
    st.builds(
        Term,
        st.just("within"),
        st.sampled_from(("2024-10", "2024-11", "2024-11-01", "2024-11-02..2024-12")),
        st.just(value=False),
    ),
    st.just(Term("to", "lavrov>choe-son-hui")),
)


@examples(300)
@given(st.lists(terms, max_size=3), cells)
def test_a_narrowed_query_finds_what_both_queries_find(held: list[Term], cell: Term) -> None:
    query, narrower = Query(tuple(held)), Query((cell,))
    both = {key for key in STORY.with_query(query).keys if STORY.with_query(narrower).has(key)}
    if both:
        assert set(STORY.with_query(query.narrowed(narrower)).keys) == both


def test_a_narrowed_query_can_be_typed() -> None:
    for held, cell in product(
        ("actor:lavrov actor:russia", "within:2024-10-15..2024-11-20"), ("within:2024-11",)
    ):
        query = parse_query(held).query.narrowed(parse_query(cell).query)
        assert parse_query(str(query)).query == query

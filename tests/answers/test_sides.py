from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import HEADER, event, quote, story
from timeline_tui.answers.sides import Pair, Sides, compare, parse_sides, sides_as_typed, suggestions
from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Citation, Header, Source
from timeline_tui.query.language import HAS, Query, QueryProblem, parse_query
from timeline_tui.timeline.view import View

TEXTS = st.text(min_size=1)
TERMS = st.one_of(
    st.tuples(st.sampled_from(["place", "tag", "publisher"]), TEXTS | st.sampled_from(["a|b", "|", " | "])),
    st.tuples(st.just("has"), st.sampled_from(HAS)),
    st.tuples(st.sampled_from(["word", "phrase"]), TEXTS.map("x{}".format)),
)
QUERIES = st.lists(st.tuples(TERMS, st.booleans()), min_size=1, max_size=3).map(
    lambda terms: Query(
        tuple(
            dict.fromkeys(
                chain.from_iterable(Query().with_term(*term, excluded=excluded) for term, excluded in terms)
            )
        )
    )
)
DATES = st.sampled_from(
    ["2024-11-01", "2024-11-01T10:00", "2024-11-01T09:00", "2024-11", "2024-11-03", "../2024-11-03", "2024"]
)
EVENTS = st.lists(st.tuples(DATES, st.sets(st.sampled_from("ab"))), max_size=12)


def query(text: str) -> Query:
    """The query that a text means."""
    return parse_query(text).query


def compared(view: View, text: str) -> Sides:
    """Two sides as they are typed."""
    parsed = parse_sides(text, view.vocabulary)
    assert not isinstance(parsed, QueryProblem)
    return compare(view, *parsed)


def rows(view: View, text: str) -> list[tuple[str, str]]:
    """The titles of the rows."""
    pairs = compared(view, text).pairs
    return [
        ("" if left is None else view.event(left).title, "" if right is None else view.event(right).title)
        for left, right, _ in pairs
    ]


def test_events_of_one_day_share_rows_and_an_event_on_both_sides_has_its_own() -> None:
    view = story(
        event("2024-11-01", "left only", tags=("a",)),
        event("2024-11-01", "right only", tags=("b",)),
        event("2024-11-01", "another left", tags=("a",)),
        event("2024-11-02", "neither"),
        event("2024-11-03", "both", tags=("a", "b")),
        event("2024-11-04", "late right", tags=("b",)),
    )
    assert rows(view, "tag:a | tag:b") == [
        ("left only", "right only"),
        ("another left", ""),
        ("both", "both"),
        ("", "late right"),
    ]
    sides = compared(view, "tag:a | tag:b")
    assert (sides.both, sides.only_left, sides.only_right) == (1, 2, 2)
    assert (sides.left.count, sides.right.count) == (3, 3)
    assert [pair.both for pair in sides.pairs] == [False, False, True, False]


def test_an_event_on_both_sides_separates_the_events_before_it_from_those_after_it() -> None:
    view = story(
        event("2024-11-01T08:00", "early", tags=("a",)),
        event("2024-11-01T09:00", "both", tags=("a", "b")),
        event("2024-11-01T10:00", "late", tags=("b",)),
    )
    assert rows(view, "tag:a | tag:b") == [("early", ""), ("both", "both"), ("", "late")]


@examples(40)
@given(EVENTS)
def test_every_event_has_one_row_on_its_day_in_the_order_of_time(events: list[tuple[str, set[str]]]) -> None:
    view = story(*(event(date, "An event", tags=tuple(sorted(tags))) for date, tags in events))
    sides = compare(view, query("tag:a"), query("tag:b"))
    for tag, column in (
        ("a", [pair.left for pair in sides.pairs]),
        ("b", [pair.right for pair in sides.pairs]),
    ):
        assert [key for key in column if key is not None] == list(view.keys_with("tag", tag))
    days = []
    for pair in sides.pairs:
        keys = {key for key in (pair.left, pair.right) if key is not None}
        (day,) = {view.event(key).date.earliest for key in keys}
        days.append(day)
        assert pair.both == (pair.left == pair.right)
    assert days == sorted(days)
    assert sides.both == sum({"a", "b"} == tags for _, tags in events)
    assert sides.only_left == sum({"a"} == tags for _, tags in events)
    assert sides.only_right == sum({"b"} == tags for _, tags in events)


def test_events_without_a_beginning_share_rows_too() -> None:
    view = story(event("../2024", "One", tags=("a",)), event("../2025", "Other", tags=("b",)))
    assert compare(view, query("tag:a"), query("tag:b")).pairs == [Pair(0, 1, both=False)]


def test_the_filter_stays_in_force_and_is_not_widened_by_a_side_of_the_same_field() -> None:
    view = story(
        event("2024-11-01", "vote of a", kind="vote", tags=("a",)),
        event("2024-11-02", "vote of b", kind="vote", tags=("b",)),
        event("2024-11-03", "a alone", tags=("a",)),
        event("2024-11-04", "a and b", tags=("a", "b")),
    )
    assert rows(view.with_query(query("kind:vote")), "tag:a | tag:b") == [
        ("vote of a", ""),
        ("", "vote of b"),
    ]
    assert rows(view.with_query(query("tag:a")), "tag:a | tag:b") == [
        ("vote of a", ""), ("a alone", ""), ("a and b", "a and b"),
    ]  # fmt: skip


def test_an_event_that_was_not_known_yet_is_on_neither_side() -> None:
    view = story(
        event("2024-10-01", "told", tags=("a",)),
        event("2024-10-02", "told late", tags=("b",), known=parse_date("2024-11-02")),
    )
    assert rows(view, "tag:a | tag:b") == [("told", ""), ("", "told late")]
    assert rows(view.known_by(parse_date("2024-10-20").earliest), "tag:a | tag:b") == [("told", "")]


def test_comparing_reads_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    view = story(*(event("2024-11-01", "An event", tags=("a", "b")[: n % 3]) for n in range(9)))
    monkeypatch.setattr(Index, "_decoded", None)
    assert len(compare(view, query("tag:a"), query("tag:b")).pairs) == 6


def test_a_side_in_words_uses_visible_names() -> None:
    sides = compare(story(event("2024", "A")), query('actor:lavrov tag:"\x1b[2J"'), query(""))
    assert sides.left.words == "actor: Sergey Lavrov · tag: ‹U+001B›[2J"
    assert sides.right.words == "everything"


@given(QUERIES, QUERIES)
def test_sides_as_typed_parse_to_the_same_sides(left: Query, right: Query) -> None:
    assert parse_sides(sides_as_typed(left, right), None) == (left, right)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("actor:lavrov|actor:tass", "actor:lavrov", "actor:tass"),
        ('"a | b" | c', '"a | b"', "c"),
        ('tag:"a""|b" | c', 'tag:"a""|b"', "c"),
        ("tag:a|b | tag:c", "tag:a|b", "tag:c"),
        ("  x  |  -y 2024..2025 ", "x", "-y 2024..2025"),
    ],
)
def test_two_queries_are_typed_as_one_text(text: str, left: str, right: str) -> None:
    assert parse_sides(text, None) == (query(left), query(right))


@pytest.mark.parametrize(
    ("text", "part", "place", "suggestion"),
    [
        ("", "type two queries", (0, 0), ""),
        ("actor:lavrov", "type two queries", (0, 12), ""),
        ("actor:lavrov |", "no query after the |", (13, 14), ""),
        ("| actor:lavrov", "no query before the |", (0, 1), ""),
        ("a | b | c", "not 3", (6, 7), ""),
        ("tass | actor:lavrow", "has no actor lavrow", (7, 19), "actor:lavrov"),
        ("actr:tass | x", "unknown field actr", (0, 9), "actor:tass"),
        ('"a | b', "quotation mark", (0, 6), '"a | b"'),
    ],
)
def test_a_mistake_in_a_side_is_located_in_the_text(
    text: str, part: str, place: tuple[int, int], suggestion: str
) -> None:
    view = story(event("2024", "A", actors={"lavrov": ""}), event("2024", "B", kind="vote"))
    problem = parse_sides(text, view.vocabulary)
    assert isinstance(problem, QueryProblem)
    assert part in str(problem)
    assert (problem.start, problem.end) == place
    assert problem.suggestion == suggestion


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(['"', "|", " ", "a", ":", "tag:", "-", '""'])).map("".join))
)
def test_any_text_parses_to_two_sides_or_one_problem(text: str) -> None:
    parsed = parse_sides(text, None)
    if isinstance(parsed, QueryProblem):
        assert 0 <= parsed.start <= parsed.end <= len(text)
        assert str(parsed)
    else:
        assert all(parsed)
        assert parse_sides(sides_as_typed(*parsed), None) == parsed


def test_the_two_with_most_events_are_suggested() -> None:
    header = Header(
        title="A story",
        actors=HEADER.actors,
        sources={tongue: Source(title="A report", language=tongue) for tongue in ("ru", "ru-RU", "en", "ko")},
    )
    cited = {tongue: (Citation(id=tongue),) for tongue in header.sources}
    view = story(
        event("2024", "A", actors={"lavrov": "", "tass": ""}, sources=cited["ru"]),
        event("2024", "B", actors={"lavrov": "", "russia": ""}, sources=cited["ru-RU"]),
        event("2024", "C", actors={"russia": ""}, sources=cited["ru-RU"]),
        event("2024", "D", quotes=(quote("lavrov", "Yes", language="en"),)),
        header=header,
    )
    assert [sides_as_typed(*pair) for pair in suggestions(view)] == [
        "actor:lavrov | actor:russia",
        "language:ru | language:en",
    ]
    assert [sides_as_typed(*pair) for pair in suggestions(view.with_query(query("tag:none")))] == []


def test_under_a_filter_the_two_with_most_events_are_those_of_the_filter() -> None:
    view = story(
        event("2024", "A", kind="vote", actors={"tass": "", "choe-son-hui": ""}),
        event("2024", "B", kind="vote", actors={"tass": ""}),
        event("2024", "C", actors={"russia": "", "lavrov": ""}),
        event("2024", "D", actors={"russia": "", "lavrov": ""}),
        event("2024", "E", actors={"russia": "", "lavrov": ""}),
    )
    for text in ("kind:vote", "actor:tass"):
        (pair,) = suggestions(view.with_query(query(text)))
        assert sides_as_typed(*pair) == "actor:tass | actor:choe-son-hui"


def test_with_fewer_than_two_there_is_nothing_to_suggest() -> None:
    assert suggestions(story(event("2024", "A", actors={"tass": ""}))) == []
    assert suggestions(story(header=Header(title="Nothing"))) == []


def test_the_suggestions_of_the_bundled_story_have_events_on_both_sides() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    pairs = suggestions(view)
    assert len(pairs) == 2
    for pair in pairs:
        sides = compare(view, *pair)
        assert sides.left.count
        assert sides.right.count
        assert parse_sides(sides_as_typed(*pair), view.vocabulary) == pair

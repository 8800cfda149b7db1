from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.stories import event, story
from timeline_tui.dates.date import BEGINNING, END, parse_date
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.query.language import (
    DURING,
    FIELDS,
    HAS,
    PHRASE,
    WORD,
    Query,
    Term,
    other_reading,
    parse_query,
)
from timeline_tui.query.vocabulary import Vocabulary, matches

VOCABULARY = Vocabulary(
    {
        "actor": {
            "choe-son-hui": "Choe Son-hui",
            "lavrov": "Sergey Lavrov",
            "jong-1": "Jong",
            "jong-2": "Jong",
        },
        "kind": {"press-conference": "press-conference", "vote": "vote"},
        "place": {"Moscow, Russia": "Moscow, Russia"},
        "language": {"pt-BR": "pt-BR"},
    },
    {"actor": {"choe son hui": "choe-son-hui", "sergey lavrov": "lavrov", "jong": ""}},
)
DATES = st.sampled_from(["2024", "2024-10", "-0043", "2024-11-06T10:30:00Z", "Y-17000", "199X", "2022/2024"])
ENDS = DATES.filter(lambda date: "/" not in date)
"""A query holds an interval as two dates with `..` between them."""
PIECES = st.sampled_from(
    [
        '"',
        "-",
        ":",
        "..",
        " ",
        "actor:",
        "has:",
        "since:",
        "2024",
        "-0045",
        "oct ",
        "44 BC",
        "word:",
        "é",
        "金",
        "\0",
        '""',
    ]
)


def queries() -> st.SearchStrategy[Query]:
    texts = st.text(min_size=1)
    term = st.one_of(
        st.tuples(st.sampled_from(["actor", "place", "tag", "source", "topic"]), texts),
        st.tuples(st.sampled_from([WORD, PHRASE]), texts.map(lambda text: f"{text}x")),
        st.tuples(st.just("has"), st.sampled_from(HAS)),
        st.tuples(st.sampled_from(["since", "until"]), DATES),
        st.tuples(st.sampled_from([WORD, PHRASE]), st.sampled_from(["oct", "44", "BC", "1", "2024", "to"])),
        st.tuples(st.just(DURING), st.one_of(ENDS, ENDS.map("{}..".format), ENDS.map("..{}".format))),
    )

    def made(terms: list[tuple[tuple[str, str], bool]]) -> Query:
        query = Query()
        for (field, value), excluded in terms:
            query = query.with_term(field, value, excluded=excluded)
        return query

    return st.lists(st.tuples(term, st.booleans()), max_size=5).map(made)


def test_an_interval_is_held_as_a_range_however_it_is_written() -> None:
    assert parse_query("during:2022/2024").query == parse_query("2022..2024").query


@given(queries())
def test_a_query_written_down_is_read_as_an_equal_one(query: Query) -> None:
    parsed = parse_query(str(query))
    assert parsed.query == query
    assert not parsed.problems


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_read_into_a_valid_query_and_problems_with_places(text: str) -> None:
    for vocabulary in (None, VOCABULARY):
        query, problems = parse_query(text, vocabulary)
        assert parse_query(str(query)) == (query, ())
        assert all(0 <= problem.start < problem.end <= len(text) for problem in problems)
        assert all(str(problem) for problem in problems)


def test_every_kind_of_term_is_read() -> None:
    text = (
        'troops "day of victory" actor:choe-son-hui 2024-10..2024-11 since:2024 -munitions -place:"New York"'
    )
    assert parse_query(text).query.terms == (
        Term(WORD, "troops"),
        Term(PHRASE, "day of victory"),
        Term("actor", "choe-son-hui"),
        Term(DURING, "2024-10..2024-11"),
        Term("since", "2024"),
        Term(WORD, "munitions", excluded=True),
        Term("place", "New York", excluded=True),
    )


@pytest.mark.parametrize("field", list(FIELDS.values()))
def test_the_example_of_every_field_is_valid(field: tuple[str, str]) -> None:
    query, problems = parse_query(field[0], None, (738_000, 738_000))
    assert not problems
    assert str(query) == field[0] or field[0].startswith("near:")


@pytest.mark.parametrize(
    ("text", "place", "part", "suggestion"),
    [
        ("x actr:choe", (2, 11), "unknown field actr", "actor:choe"),
        ("http://a.b", (0, 10), "unknown field http", '"http://a.b"'),
        ("actor:choe-son-hi", (0, 17), "no actor choe-son-hi", "actor:choe-son-hui"),
        ("-actor:choe", (0, 11), "no actor choe", "-actor:choe-son-hui"),
        ('actor:"son hui"', (0, 15), "no actor son hui", "actor:choe-son-hui"),
        ("actor:lavrow", (0, 12), "has no actor lavrow", "actor:lavrov"),
        ("kind:press", (0, 10), "no kind press", "kind:press-conference"),
        ("kind:zzz", (0, 8), "no kind zzz", ""),
        ("has:quots", (0, 9), "has: takes one of", "has:quotes"),
        ("since:2024-13", (0, 13), "2024-13", ""),
        ("2024-10..2024-99", (0, 16), "2024-99", ""),
        ("2025..2024", (0, 10), "ends before it begins", ""),
        ('a "day of', (2, 9), "quotation mark", '"day of"'),
        ("kind:", (0, 5), "needs a value", ""),
        ("a - b", (2, 3), "there is nothing to search for", ""),
        ("!?", (0, 2), "no letter or digit", ""),
    ],
)
def test_a_mistake_is_reported_where_it_is_with_what_may_be_meant(
    text: str, place: tuple[int, int], part: str, suggestion: str
) -> None:
    (problem,) = parse_query(text, VOCABULARY).problems
    assert (problem.start, problem.end) == place
    assert part in problem.message
    assert problem.suggestion == suggestion


def test_a_mistake_costs_only_itself() -> None:
    query, problems = parse_query("troops kind:zzz has:quotes", VOCABULARY)
    assert str(query) == "troops has:quotes"
    assert len(problems) == 1


def test_a_problem_shows_control_characters_of_what_was_typed() -> None:
    (problem,) = parse_query("kind:\x1b[2J", VOCABULARY).problems
    assert "\u2039U+001B\u203a" in str(problem)
    assert "\x1b" not in str(problem)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("actor:CHOE-SON-HUI", "actor:choe-son-hui"),
        ('actor:"Sergey Lavrov"', "actor:lavrov"),
        ("kind:Vote", "kind:vote"),
        ('kind:"press conference"', "kind:press-conference"),
        ("place:mos", "place:mos"),
        ("language:PT", "language:PT"),
        ("has:Quote", "has:quotes"),
    ],
)
def test_a_name_or_another_spelling_is_taken_for_what_it_means(typed: str, known: str) -> None:
    view = story(event("2024", "A", kind="vote"), event("2024", "B", kind="press-conference"))
    vocabulary = Vocabulary(
        {**VOCABULARY.values, "kind": view.vocabulary.values["kind"]},
        {
            "actor": {**view.vocabulary.spellings["actor"], **VOCABULARY.spellings["actor"]},
            "kind": view.vocabulary.spellings["kind"],
        },
    )
    assert [str(part) for part in parse_query(typed, vocabulary)] == [known, "()"]


def test_a_name_that_two_actors_share_is_not_guessed() -> None:
    (problem,) = parse_query("actor:jong", VOCABULARY).problems
    assert problem.suggestion == "actor:jong-1"


@pytest.mark.parametrize(
    ("typed", "value", "written"),
    [
        ("2023", "2023", "2023"),
        ("oct 2024", "2024-10", "2024-10"),
        ("November  2024", "2024-11", "2024-11"),
        ("1 nov 2024", "2024-11-01", "2024-11-01"),
        ("Friday 1 November 2024", "2024-11-01", "2024-11-01"),
        ("2024-11-01", "2024-11-01", "2024-11-01"),
        ("44 BC", "-0043", "-0043"),
        ("44 BC..30 BC", "-0043..-0029", "-0043..-0029"),
        ("..nov 2024", "..2024-11", "..2024-11"),
        ("-0045", "-0045", "-0045"),
        ("-0045..", "-0045..", "-0045.."),
        ("during:-0043..0014", "-0043..0014", "-0043..0014"),
        ("-1200..-1100", "-1200..-1100", "-1200..-1100"),
        ("during:-1200..", "-1200..", "during:-1200.."),
        ("2022 to 2024", "2022..2024", "2022..2024"),
        ("since 2024", "2024..", "2024.."),
        ("1990s", "199X", "199X"),
        ("q4 2024", "2024-36", "2024-36"),
        ("during:2024", "2024", "2024"),
        ('during:"oct 2024"', "2024-10", "2024-10"),
    ],
)
def test_a_term_that_is_a_date_is_that_date(typed: str, value: str, written: str) -> None:
    query, problems = parse_query(typed)
    assert (query.terms, problems) == ((Term(DURING, value),), ())
    assert str(query) == written


@pytest.mark.parametrize(
    "typed",
    [
        "may",
        "march",
        "10",
        "500",
        "10,000",
        "F-16s",
        "4pm",
        "1.11.2024",
        "9/11",
        "24/7",
        "1900s",
        "c 5",
        "bc",
    ],
)
def test_what_may_well_be_something_else_stays_words(typed: str) -> None:
    assert {term.field for term in parse_query(typed).query.terms} == {WORD}


def test_a_date_can_be_one_of_several_terms() -> None:
    text = 'troops -oct 2024 status:disputed 2019 sun 2023 "2022" word:2021 -2020 --0045..'
    assert parse_query(text).query.terms == (
        Term(WORD, "troops"),
        Term(DURING, "2024-10", excluded=True),
        Term("status", "disputed"),
        Term(DURING, "2019"),
        Term(WORD, "sun"),
        Term(DURING, "2023"),
        Term(PHRASE, "2022"),
        Term(WORD, "2021"),
        Term(DURING, "2020", excluded=True),
        Term(DURING, "-0045..", excluded=True),
    )


def test_a_word_beside_a_date_is_written_so_that_it_stays_one() -> None:
    query = Query((Term(WORD, "oct"), Term(DURING, "2024")))
    assert str(query) == "word:oct during:2024"
    assert str(Query((Term(WORD, "troops"), Term(DURING, "2024")))) == "troops 2024"


def test_one_date_covers_its_days_and_since_and_until_take_dates_as_people_write_them() -> None:
    assert Term(DURING, "2024-10").days == (parse_date("2024-10").earliest, parse_date("2024-10").latest)
    sets = Term(DURING, "[2024-10-23..2024-10-25]")
    assert sets.days == (parse_date("2024-10-23").earliest, parse_date("2024-10-25").latest)
    assert str(parse_query('since:"oct 2024" until:"44 BC"').query) == "since:2024-10 until:-0043"


def test_a_date_is_offered_as_words_too() -> None:
    other = other_reading("troops oct 2024 kind:vote 2023")
    assert other is not None
    assert (other.typed, str(other.query)) == ("oct 2024", 'troops "oct 2024" kind:vote 2023')
    assert [other_reading(text) for text in ("troops", '"2023"', "2023..", "during:2023", "-2023")] == [
        None
    ] * 5


def test_a_half_open_range_has_no_end() -> None:
    assert Term(DURING, "2024-10..").days == (parse_date("2024-10-01").earliest, END)


def test_terms_are_added_and_taken_away_without_changing_the_query() -> None:
    query = parse_query("troops actor:lavrov -actor:tass").query
    assert str(query.toggle("actor", "lavrov")) == "troops -actor:tass"
    assert str(query.toggle("actor", "russia")) == "troops actor:lavrov -actor:tass actor:russia"
    assert str(query.without_field("actor")) == "troops"
    assert query.values("actor") == ("lavrov",)
    assert query & query == query
    assert not query.without_field("actor").without_term(Term(WORD, "troops"))
    assert hash(query) == hash(parse_query(str(query)).query)


def test_a_query_in_words_groups_its_fields_and_shows_names() -> None:
    query = parse_query('troops "to win" actor:a actor:b -actor:c 2024.. since:2023').query
    assert list(query.in_words(lambda _, value: value.upper())) == [
        "troops", "“to win”", "actor: A or B", "not actor: C", "2024..", "since: 2023",
    ]  # fmt: skip


def test_beginnings_to_mark_are_the_folded_words_asked_for() -> None:
    assert parse_query('Élan "Day of" "of" -not actor:x').query.beginnings == ("elan", "day", "of")
    assert parse_query('"day of victory" "勝利"').query.beginnings == ("day", "victory", "勝利")


def test_a_publisher_is_asked_for_by_words_of_its_name() -> None:
    names = {"publisher": {"The Kyiv Independent": "The Kyiv Independent", "TASS": "TASS"}}
    vocabulary = Vocabulary(names, {"publisher": {"tass": "TASS"}})
    for typed, known in (
        ("publisher:kyiv", "kyiv"),
        ("publisher:Tass", "TASS"),
        ('publisher:"the k"', "the k"),
    ):
        query, problems = parse_query(typed, vocabulary)
        assert query.values("publisher") == (known,)
        assert not problems
    (problem,) = parse_query("publisher:kiev", vocabulary).problems
    assert problem.message == "this timeline has no publisher kiev"


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [("kyiv", True), ("the kyiv", True), ("indep", True), ("yiv", False), ("the independent", False)],
)
def test_a_publisher_is_meant_by_beginnings_of_words_in_their_order(wanted: str, meant: bool) -> None:
    assert matches("publisher", wanted, "the kyiv independent") == meant


@given(
    st.integers(from_civil(-9000, 1, 1), from_civil(9000, 1, 1)),
    st.integers(0, 400),
    st.integers(0, 900),
    st.sampled_from("dwmy"),
    st.booleans(),
)
@example(day=-169243, length=380, number=880, unit="y", excluded=True)
def test_near_is_a_range_around_the_selected_event_and_stays_that(
    day: int, length: int, number: int, unit: str, excluded: bool
) -> None:
    around = (day, day + length)
    parsed = parse_query(f"{'-' if excluded else ''}near:{number}{unit}", None, around)
    assert not parsed.problems
    (term,) = parsed.query
    first, last = term.days
    assert (term.field, term.excluded) == (DURING, excluded)
    assert first <= day <= day + length <= last
    assert parse_query(str(parsed.query)).query == parsed.query
    if unit == "d":
        assert (day - first, last - day - length) == (number, number)


@pytest.mark.parametrize(
    ("text", "around", "said"),
    [
        ("near:10d", None, "none is selected"),
        ("near:10", (1, 1), "takes a time like 10d"),
        ("near:999999y", (1, 1), "reaches beyond"),
        ("near:10d", (BEGINNING, END), "no known date"),
    ],
)
def test_near_says_what_is_wrong(text: str, around: tuple[int, int] | None, said: str) -> None:
    (problem,) = parse_query(text, None, around).problems
    assert said in problem.message


def test_near_an_event_with_an_open_end_counts_from_the_known_one() -> None:
    day = from_civil(2024, 3, 1)
    ranges = {str(parse_query("near:1d", None, ends).query) for ends in ((day, END), (BEGINNING, day))}
    assert ranges == {"2024-02-29..2024-03-02"}

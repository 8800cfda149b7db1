"""Claims on a topic, and between which figures the last words lie on each day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import HEADER, event, story
from timeline_tui.answers.claims import (
    Bound,
    DatedClaim,
    by_speaker,
    claims_on,
    day_stated,
    spreads,
    topics_in,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.edtf import BEGINNING
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.records import Claim, Header, Topic
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.answers.claims import Spread

DATES = (
    "2024-11-01", "2024-11-02", "2024-11-03", "2024-11-05", "[2024-11-01..2024-11-03]", "2024-11",
    "2024-11-02/..", "../2024-11-02", "[2024-11-04..]",
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-3, 12).map(str),
    st.sampled_from(["0.5", "-2.25", "12345678901234567890123456789012345678901234567890"]),
)
VALUES = st.one_of(
    NUMBERS,
    NUMBERS.map("~{}".format),
    NUMBERS.map("..{}".format),
    NUMBERS.map("{}..".format),
    st.tuples(st.integers(-3, 5), st.integers(6, 12)).map(lambda ends: f"{ends[0]}..{ends[1]}"),
    st.just("no figure"),
)


def says(by: str, date: str, value: str) -> DatedClaim:
    return DatedClaim(0, 0, Claim(about="troops", by=by, value=value), parse_date(date), parse_figure(value))


CLAIMS = st.lists(st.builds(says, st.sampled_from("abcd"), st.sampled_from(DATES), VALUES), max_size=12)


def in_words(*claims: DatedClaim) -> list[str]:
    return [str(spread) for spread in spreads(claims)]


def in_force(claims: list[DatedClaim], day: int) -> list[DatedClaim]:
    """By the definition: what was said by that day, and by nobody replaced with something surely later."""
    so_far = [one for one in claims if one.figure and day_stated(one.date) <= day]
    return [
        one
        for one in so_far
        if not any(
            other.claim.by == one.claim.by and other.date.earliest > one.date.latest for other in so_far
        )
    ]


def on(*topics: str) -> tuple[Claim, ...]:
    return tuple(Claim(about=topic, by="russia", value="1") for topic in topics)


def named(one: DatedClaim) -> list[Decimal]:
    assert one.figure
    return [value for value in (one.figure.low, one.figure.high) if value is not None]


def covers(wide: Spread, narrow: Spread) -> bool:
    is_open = (
        wide.at_most is not None or narrow.at_most is None,
        wide.at_least is not None or narrow.at_least is None,
    )
    inside = wide.lowest.value <= narrow.lowest.value and narrow.highest.value <= wide.highest.value
    return all(is_open) and inside


def test_topics_are_sorted_by_number_of_events_then_by_order_in_the_file() -> None:
    topics = {id_: Topic(question=id_) for id_ in ("late", "early", "nobody", "most")}
    header = Header(title="A story", topics=topics, actors=HEADER.actors)
    view = story(
        event("2024-11-01", "One", claims=on("early", "early", "most")),
        event("2024-11-02", "Two", claims=on("late", "most", "undeclared")),
        header=header,
    )
    assert topics_in(view) == [("most", 2), ("late", 1), ("early", 1), ("undeclared", 1)]
    only = view.with_query(parse_query("two", view.vocabulary).query)
    assert topics_in(only) == [("late", 1), ("most", 1), ("undeclared", 1)]


def test_claims_are_in_the_order_of_their_own_dates() -> None:
    view = story(
        event(
            "2024-11-01",
            "One",
            claims=(
                Claim(about="other", by="russia", value="7"),
                Claim(about="troops", by="russia", value="8000", date=parse_date("2024-11-09")),
                Claim(about="troops", by="lavrov", value="no comment"),
            ),
        ),
        event("2024-11-05", "Two", claims=(Claim(about="troops", by="tass", value="..9"),)),
    )
    found = claims_on(view, "troops")
    assert [(one.key, one.number, one.date.text) for one in found] == [
        (0, 2, "2024-11-01"),
        (1, 0, "2024-11-05"),
        (0, 1, "2024-11-09"),
    ]
    assert [str(one.figure) for one in found] == ["None", "at most 9", "8,000"]
    assert [id_ for id_, _ in by_speaker(found)] == ["lavrov", "tass", "russia"]
    assert claims_on(view, "unknown") == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["8000"], "8,000"),
        (["~8000"], "about 8,000"),
        (["..8000"], "8,000 or less"),
        (["8000.."], "8,000 or more"),
        (["8000..10000"], "8,000 to 10,000"),
        (["..8000", "10000"], "8,000 or less to 10,000"),
        (["8000", "12000.."], "8,000 to 12,000 or more"),
        (["..8000", "8000.."], "8,000 or less to 8,000 or more"),
        (["..8000", "8000"], "8,000 or less"),
        (["8000", "..10000"], "8,000 to 10,000 (open-ended: ≤10,000)"),
        (["2600", "..8000", "..9000", "7000..", "10000..", "11000"],
         "2,600 to 11,000 (open-ended: ≤8,000, ≥10,000)"),
        (["8000", "~12000"], "8,000 to about 12,000"),
        (["-2.5", "~-2.50", "0"], "about -2.5 to 0"),
    ],
)  # fmt: skip
def test_a_spread_says_what_is_open_and_what_is_approximate(values: list[str], words: str) -> None:
    claims = [says(f"speaker {place}", "2024-11-01", value) for place, value in enumerate(values)]
    assert in_words(*claims) == [words]


def test_open_bounds_are_marked_and_keep_their_figures() -> None:
    (spread,) = spreads([says("a", "2024-11-01", "..8000"), says("b", "2024-11-01", "~10000")])
    assert (spread.at_most, spread.at_least) == (Decimal(8000), None)
    assert spread.lowest == Bound(Decimal(8000), about=False, open=True)
    assert spread.highest == Bound(Decimal(10000), about=True, open=False)
    assert spread.speakers == 2


def test_the_latest_claim_of_a_speaker_supersedes_earlier_ones() -> None:
    first, other = says("a", "2024-11-01", "1"), says("b", "2024-11-02", "5")
    assert in_words(first, other, says("a", "2024-11-03", "4")) == ["1", "1 to 5", "4 to 5"]


def test_a_speaker_with_two_figures_on_one_day_widens_the_spread() -> None:
    claims = [says("a", "2024-11-01", "3"), says("a", "2024-11-02", "1200"), says("a", "2024-11-02", "12000")]
    assert in_words(*claims) == ["3", "1,200 to 12,000"]
    assert in_words(*claims, says("a", "2024-11-03", "5"))[-1] == "5"


def test_a_claim_that_may_be_the_later_one_is_not_superseded() -> None:
    claims = [says("a", "[2024-11-01..2024-11-03]", "1"), says("a", "2024-11-02", "9")]
    assert in_words(*claims) == ["1", "1 to 9"]
    assert in_words(*claims, says("a", "2024-11-05", "7"))[-1] == "7"


def test_a_text_answer_has_no_figure() -> None:
    assert spreads([says("a", "2024-11-01", "no comment")]) == []
    found = spreads([says("a", "2024-11-01", "5"), says("a", "2024-11-02", "no comment")])
    assert [spread.day for spread in found] == [parse_date("2024-11-01").earliest]


def test_a_date_without_a_beginning_counts_from_its_end() -> None:
    assert day_stated(parse_date("../2022-02-03")) == parse_date("2022-02-03").earliest
    assert day_stated(parse_date("2022-02-03/..")) == parse_date("2022-02-03").earliest
    assert day_stated(parse_date("[..2020,2023..]")) == BEGINNING


@given(CLAIMS)
def test_there_is_one_spread_for_each_day_with_a_figure(claims: list[DatedClaim]) -> None:
    days = {day_stated(one.date) for one in claims if one.figure}
    assert [spread.day for spread in spreads(claims)] == sorted(days)


@given(CLAIMS)
def test_a_spread_reaches_from_the_lowest_to_the_highest_figure_in_force(claims: list[DatedClaim]) -> None:
    for spread in spreads(claims):
        current = in_force(claims, spread.day)
        lows = [one.figure.low for one in current if one.figure]
        highs = [one.figure.high for one in current if one.figure]
        assert (spread.at_most is not None) == (None in lows)
        assert (spread.at_least is not None) == (None in highs)
        assert spread.lowest.value == min(value for one in current for value in named(one))
        assert spread.highest.value == max(value for one in current for value in named(one))
        assert spread.speakers == len({one.claim.by for one in current})


@given(CLAIMS)
def test_the_ends_of_a_spread_are_figures_that_somebody_gave(claims: list[DatedClaim]) -> None:
    for spread in spreads(claims):
        figures = {value for one in in_force(claims, spread.day) for value in named(one)}
        ends = {spread.lowest.value, spread.highest.value, spread.at_most, spread.at_least}
        assert ends - {None} <= figures


@given(CLAIMS.flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_the_order_in_which_claims_are_given_changes_nothing(
    both: tuple[list[DatedClaim], list[DatedClaim]],
) -> None:
    given_first, mixed = both
    assert spreads(mixed) == spreads(given_first)


@given(CLAIMS, st.sampled_from(DATES), VALUES)
def test_one_more_speaker_never_narrows_a_later_spread(
    claims: list[DatedClaim], date: str, value: str
) -> None:
    more = {spread.day: spread for spread in spreads([*claims, says("newcomer", date, value)])}
    assert all(covers(more[spread.day], spread) for spread in spreads(claims))


@given(CLAIMS)
def test_a_spread_in_words_contains_its_ends(claims: list[DatedClaim]) -> None:
    for spread in spreads(claims):
        assert f"{spread.lowest.value:,f}" in str(spread)
        assert f"{spread.highest.value:,f}" in str(spread)
        assert (" or less" in str(spread) or "≤" in str(spread)) == (spread.at_most is not None)
        assert (" or more" in str(spread) or "≥" in str(spread)) == (spread.at_least is not None)


def test_the_bundled_story_says_how_many_soldiers_are_in_kursk() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    assert {"troops-in-russia", "troops-in-kursk"} <= {id_ for id_, _ in topics_in(view)}
    found = {view.day_in_words(one.day): one for one in spreads(claims_on(view, "troops-in-kursk"))}
    assert str(found["18 October 2024"]) == "2,600"
    assert str(found["29 October 2024"]) == "about 2,000 to 2,600"
    assert str(found["18 November 2024"]).startswith("2,600 to about 11,000")
    assert found["18 November 2024"].speakers == 9

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from tests.support.linked_events import DATES, GRAPHS, chain, graph, key, linked
from tests.support.stories import event, story
from timeline_tui.answers.causes import (
    AND_MORE,
    Branch,
    causes_of,
    direction_of,
    effects_of,
    neighbours,
    relation_in_words,
)
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import RELATIONS, Postponement
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Event


def tree(view: View, branches: list[Branch]) -> list[str]:
    return [
        f"{'.' * branch.depth}{view.event(branch.key).id} {'/'.join((branch.words, *branch.marks))}"
        for branch in branches
    ]


@pytest.mark.parametrize(
    ("relation", "outward", "inward"),
    [
        ("leads-to", "leads to", "follows from"),
        ("responds-to", "responds to", "answered by"),
        ("confirms", "confirms", "confirmed by"),
        ("denies", "denies", "denied by"),
        ("contradicts", "contradicts", "contradicted by"),
        ("ratifies", "ratifies", "ratified by"),
        ("part-of", "part of", "includes"),
        ("Leads_To", "leads to", "follows from"),
        ("follows", "follows", "followed by"),
        ("see-also", "see also", "“see also” from"),
        ("", "linked to", "linked from"),
        ("--", "linked to", "linked from"),
        ("a\x1b[31mb", "a‹U+001B›[31mb", "“a‹U+001B›[31mb” from"),
    ],
)
def test_a_relation_reads_from_both_ends(relation: str, outward: str, inward: str) -> None:
    assert (relation_in_words(relation, outward=True), relation_in_words(relation, outward=False)) == (
        outward,
        inward,
    )


def test_a_very_long_relation_is_cut() -> None:
    assert cells(relation_in_words("so-" * 1_000, outward=False)) <= 50


@pytest.mark.parametrize("relation", RELATIONS)
def test_relations_of_the_format_have_a_direction_whatever_the_dates(relation: str) -> None:
    for is_later in (False, True):
        outward = direction_of(relation, outward=True, is_later=is_later)
        assert outward == ("forward" if relation == "leads-to" else "back")
        assert direction_of(relation, outward=False, is_later=is_later) != outward


def test_the_direction_of_an_authors_own_relation_depends_on_the_dates() -> None:
    for outward in (False, True):
        assert direction_of("supports", outward=outward, is_later=True) == "forward"
        assert direction_of("supports", outward=outward, is_later=False) == "back"


def test_as_known_on_a_day_links_use_the_dates_known_then() -> None:
    visit = event(
        "2024-05-01",
        "visit",
        id="visit",
        known=parse_date("2024-04-01"),
        postponed=(Postponement(date=parse_date("2024-02-01"), known=parse_date("2024-01-01")),),
        links={"supports": ("talks",)},
    )
    view = story(
        visit,
        event("2024-01-02", "news", id="news", links={"leads-to": ("visit", "talks")}),
        event("2024-03-01", "talks", id="talks", known=parse_date("2024-01-01")),
    )
    then = view.known_by(parse_date("2024-01-15").earliest)
    assert tree(view, effects_of(view, key(view, "talks"))) == [".visit supported by"]
    assert tree(then, effects_of(then, key(view, "talks"))) == []
    assert tree(then, causes_of(then, key(view, "talks")))[:2] == [
        ".news follows from",
        ".visit supported by",
    ]
    led_to = [branch.key for branch in effects_of(then, key(view, "news")) if branch.depth == 1]
    assert led_to == [key(view, "visit"), key(view, "talks")]


def test_a_chain_is_followed_in_both_directions() -> None:
    view = linked(
        ("war", "2024-01-01", {"leads-to": ("talks",)}),
        ("talks", "2024-02-01", {}),
        ("reply", "2024-03-01", {"responds-to": ("talks",)}),
        ("vote", "2024-04-01", {"seals": ("reply",)}),
    )
    assert tree(view, effects_of(view, key(view, "war"))) == [
        ".talks leads to", "..reply answered by", "...vote “seals” from",
    ]  # fmt: skip
    assert tree(view, causes_of(view, key(view, "vote"))) == [
        ".reply seals", "..talks responds to", "...war follows from",
    ]  # fmt: skip
    assert causes_of(view, key(view, "war")) == effects_of(view, key(view, "vote")) == []


def test_all_links_between_two_events_are_one_line() -> None:
    view = linked(
        ("claim", "2024-01-01", {"leads-to": ("denial",)}),
        ("denial", "2024-01-02", {"denies": ("claim",), "responds-to": ("claim",)}),
    )
    assert tree(view, effects_of(view, key(view, "claim"))) == [".denial leads to, denied by, answered by"]
    assert tree(view, causes_of(view, key(view, "denial"))) == [".claim denies, responds to, follows from"]


def test_an_event_that_is_reached_twice_is_followed_once() -> None:
    view = linked(
        ("war", "2024-01-01", {"leads-to": ("a", "b")}),
        ("a", "2024-01-02", {"leads-to": ("end",)}),
        ("b", "2024-01-03", {"leads-to": ("end",)}),
        ("end", "2024-01-04", {"leads-to": ("after",)}),
        ("after", "2024-01-05", {}),
    )
    assert tree(view, effects_of(view, key(view, "war"))) == [
        ".a leads to", "..end leads to", "...after leads to", ".b leads to", "..end leads to/shown above",
    ]  # fmt: skip


def test_a_circle_is_marked_and_followed_once() -> None:
    view = linked(
        ("a", "2024-01-01", {"leads-to": ("b",)}),
        ("b", "2024-01-01", {"leads-to": ("c",)}),
        ("c", "2024-01-01", {"leads-to": ("a", "b")}),
    )
    assert tree(view, effects_of(view, key(view, "a"))) == [
        ".b leads to", "..c leads to", "...a leads to/loop", "...b leads to/loop",
    ]  # fmt: skip


def test_an_event_that_leads_to_itself_is_a_loop() -> None:
    view = linked(("a", "2024-01-01", {"leads-to": ("a",)}))
    assert tree(view, effects_of(view, 0)) == [".a leads to/loop"]
    assert tree(view, causes_of(view, 0)) == [".a follows from/loop"]


def test_an_effect_before_its_cause_is_marked_from_both_ends() -> None:
    view = linked(
        ("cause", "2024-05-01", {"leads-to": ("effect",)}),
        ("effect", "2024-04", {}),
        ("answer", "2024-03-01", {"responds-to": ("effect",)}),
        ("doubt", "2024-02-01", {"contradicts": ("effect",)}),
    )
    assert tree(view, effects_of(view, key(view, "cause"))) == [
        ".effect leads to/before its cause",
        "..doubt contradicted by",
        "..answer answered by/before its cause",
    ]
    assert tree(view, causes_of(view, key(view, "effect"))) == [".cause follows from/after its effect"]


def test_an_effect_whose_date_overlaps_its_cause_is_not_marked() -> None:
    view = linked(("cause", "2024-05-01", {"leads-to": ("effect",)}), ("effect", "2024", {}))
    assert tree(view, effects_of(view, key(view, "cause"))) == [".effect leads to"]


def test_links_lead_through_events_outside_the_filter() -> None:
    view = linked(
        ("war", "2024-01-01", {"leads-to": ("talks",)}),
        ("talks", "2024-02-01", {"leads-to": ("end",)}),
        ("end", "2024-03-01", {}),
    )
    filtered = view.with_query(parse_query("since:2024-03", view.vocabulary).query)
    assert tree(filtered, causes_of(filtered, key(view, "end"))) == [
        ".talks follows from/outside the filter", "..war follows from/outside the filter",
    ]  # fmt: skip


def test_a_long_chain_is_cut_after_the_given_number_of_lines() -> None:
    view = chain(1_001)
    assert [branch.depth for branch in effects_of(view, 0, 1_000)] == list(range(1, 1_001))
    assert effects_of(view, 0)[-1] == AND_MORE
    assert len(effects_of(view, 0, 20)) == 21


def test_each_event_of_a_tree_is_read_once_however_many_links_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [f"e{number}" for number in range(300)]
    others = {id_: tuple(other for other in ids if other != id_) for id_ in ids}
    view = linked(*((id_, "2024-01-01", {"leads-to": others[id_]}) for id_ in ids))
    read: Counter[int] = Counter()
    event_of = View.event

    def counted(view: View, key: int) -> Event:
        read[key] += 1
        return event_of(view, key)

    monkeypatch.setattr(View, "event", counted)
    assert causes_of(view, 150)[-1] == AND_MORE
    assert effects_of(view, 150)[-1] == AND_MORE
    # Once for the causes, and once for the effects.
    assert max(read.values()) <= 2


@given(GRAPHS, DATES)
def test_every_tree_ends_and_expands_each_event_once(
    edges: list[tuple[str, str, str]], dates: list[str]
) -> None:
    view = graph(edges, dates)
    for start in range(view.total):
        for branches in (causes_of(view, start), effects_of(view, start)):
            followed = [branch.key for branch in branches if not {"loop", "shown above"} & {*branch.marks}]
            assert len(followed) == len(set(followed))
            assert start not in followed
            assert all(later.depth <= branch.depth + 1 for branch, later in pairwise(branches))


@given(GRAPHS, DATES)
def test_every_link_can_be_followed_back(edges: list[tuple[str, str, str]], dates: list[str]) -> None:
    view = graph(edges, dates)
    steps = {(at, near.key, near.direction) for at in range(view.total) for near in neighbours(view, at)}
    for origin, target, direction in steps:
        assert (target, origin, "back" if direction == "forward" else "forward") in steps


def test_an_effect_on_an_earlier_day_of_another_place_is_not_before_its_cause() -> None:
    view = linked(
        ("cause", "2024-11-06T00:30+09:00", {"leads-to": ("effect",)}), ("effect", "2024-11-05T20:00Z", {})
    )
    assert tree(view, effects_of(view, key(view, "cause"))) == [".effect leads to"]

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED
from tests.support.screens import TODAY as READ_ON
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
from timeline_tui.loading.open_timeline import open_timeline
from timeline_tui.model.records import RELATIONS, Postponement
from timeline_tui.pages.links import all_links, links_page
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Line
    from timeline_tui.model.records import Event


def linked(*events: tuple[str, str, dict[str, tuple[str, ...]]]) -> View:
    """A story of events with an id, which is their title too, a date and links."""
    return story(*(event(date, id_, id=id_, links=links) for id_, date, links in events))


def key(view: View, id_: str) -> int:
    found = view.key_of(id_)
    assert found is not None
    return found


def tree(view: View, branches: list[Branch]) -> list[str]:
    return [
        f"{'.' * branch.depth}{view.event(branch.key).id} {'/'.join((branch.words, *branch.marks))}"
        for branch in branches
    ]


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


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
    page = links_page(filtered, key(view, "end"), 80)
    assert "├" not in page.lines[1].text
    assert page.lines[1].text.endswith("talks (outside the filter)")


def chain(length: int) -> View:
    links: list[dict[str, tuple[str, ...]]] = [{"leads-to": (f"e{place}",)} for place in range(1, length)]
    return linked(*((f"e{place}", "2024-01-01", step) for place, step in enumerate([*links, {}])))


def test_a_long_chain_is_cut_after_the_given_number_of_lines() -> None:
    view = chain(1_001)
    assert [branch.depth for branch in effects_of(view, 0, 1_000)] == list(range(1, 1_001))
    assert effects_of(view, 0)[-1] == AND_MORE
    assert len(effects_of(view, 0, 20)) == 21
    page = links_page(view, 1_000, 60)
    assert page.lines[20].text == f"{'  ' * 6}· 20: follows from  1 January 2024  e980"
    assert texts(page.lines)[61:64] == ["… and more than 440 more", "", "▶ 1 January 2024  e1000"]
    assert texts(links_page(view, 100, 60).lines)[61] == "… and 40 more"


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
    page = links_page(view, 150, 80)
    assert texts(page.lines)[61].startswith("… and ")
    assert page.lines[-1].text.strip().endswith("and more")
    # Once for the causes, and once for the effects.
    assert max(read.values()) <= 2


IDS = "abcdefgh"
GRAPHS = st.lists(
    st.tuples(
        st.sampled_from(IDS),
        st.sampled_from(["leads-to", "responds-to", "part-of", "supports"]),
        st.sampled_from(IDS),
    ),
    max_size=25,
)
DATES = st.lists(
    st.sampled_from(["2023", "2024-01-01", "2024-05-01", "2024-05", "2022/.."]), min_size=8, max_size=8
)


def graph(edges: list[tuple[str, str, str]], dates: list[str]) -> View:
    links: dict[str, dict[str, tuple[str, ...]]] = {id_: {} for id_ in IDS}
    for origin, relation, target in edges:
        links[origin][relation] = (*links[origin].get(relation, ()), target)
    return linked(*((id_, date, links[id_]) for id_, date in zip(IDS, dates, strict=True)))


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


@given(GRAPHS, DATES, st.integers(30, 120))
def test_no_line_of_links_is_too_wide(
    edges: list[tuple[str, str, str]], dates: list[str], width: int
) -> None:
    view = graph(edges, dates)
    for start in range(view.total):
        page = links_page(view, start, width)
        assert all(cells(line.text) <= width for line in page.lines)
        assert sum(line.targets[:1] == page.lines[-1].targets[:1] for line in page.lines)
    assert all(cells(line.text) <= width for line in all_links(view, width))


def test_a_deep_chain_fits_the_narrowest_page() -> None:
    page = links_page(chain(60), 0, 30)
    assert max(cells(line.text) for line in page.lines) <= 30
    assert any("· 59: " in line.text for line in page.lines)


def test_a_hostile_title_stays_on_its_line() -> None:
    view = story(
        event("2024-01-01", "a", id="a", links={"x\n\x1b]0;y": ("b",)}),
        event("2024-01-02", "金\u202e\nevil " * 400, id="b"),
    )
    for line in (*links_page(view, 0, 60).lines, *all_links(view, 60)):
        assert line.text.isprintable()
        assert cells(line.text) <= 60


def test_the_page_of_an_event_without_links_explains_links() -> None:
    page = links_page(story(event("2024-01-01", "Alone", id="a")), 0, 60)
    assert page.title == "Links of: Alone"
    assert texts(page.lines)[0] == "▶ 1 January 2024  Alone"
    assert texts(page.lines)[2] == "No links."
    assert "what an event leads to" in " ".join(texts(page.lines))


def test_the_page_draws_branches_and_leads_to_their_events() -> None:
    view = linked(
        ("war", "2024-01-01", {"leads-to": ("a", "b")}),
        ("a", "2024-01-02", {"leads-to": ("end",)}),
        ("end", "2024-01-04", {}),
        ("b", "2024-01-03", {}),
    )
    page = links_page(view, key(view, "war"), 60)
    assert texts(page.lines) == [
        "What led to it",
        "  no links",
        "",
        "▶ 1 January 2024  war",
        "",
        "What it led to",
        "├ leads to  2 January 2024  a",
        "│ └ leads to  4 January 2024  end",
        "└ leads to  3 January 2024  b",
    ]
    led_to = [view.event(line.targets[0].key).id for line in page.lines if line.targets]
    assert led_to == ["war", "a", "end", "b"]


def test_all_links_are_listed_from_both_ends() -> None:
    view = linked(
        ("war", "2024-01-01", {}),
        ("alone", "2024-01-02", {}),
        ("answer", "2024-01-03", {"responds-to": ("war",)}),
    )
    assert [line.text for line in all_links(view, 80)] == [
        "1 January 2024  war",
        "  answered by  3 January 2024  answer",
        "",
        "3 January 2024  answer",
        "  responds to  1 January 2024  war",
    ]


def test_the_bundled_treaty_is_followed_into_force() -> None:
    view = View(open_timeline(BUNDLED, today=READ_ON).index, today=READ_ON)
    page = links_page(view, key(view, "treaty-signing"), 100)
    branches = [line.text for line in page.lines]
    in_force = "leads to  4 December 2024  The Russia–North Korea treaty enters into force"
    assert sum(in_force in branch for branch in branches) == 1
    assert "│ └ leads to  24 October 2024  State Duma votes on the treaty with North Korea" in branches
    assert all(cells(branch) <= 100 for branch in branches)
    law = causes_of(view, key(view, "treaty-in-force"))
    assert "treaty-signing" in {view.event(branch.key).id for branch in law}


def test_an_effect_on_an_earlier_day_of_another_place_is_not_before_its_cause() -> None:
    view = linked(
        ("cause", "2024-11-06T00:30+09:00", {"leads-to": ("effect",)}), ("effect", "2024-11-05T20:00Z", {})
    )
    assert tree(view, effects_of(view, key(view, "cause"))) == [".effect leads to"]

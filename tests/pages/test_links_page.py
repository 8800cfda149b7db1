"""The page of links: what led to an event, and what it led to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.linked_events import DATES, GRAPHS, chain, graph, key, linked, texts
from tests.support.screens import BUNDLED
from tests.support.screens import TODAY as READ_ON
from tests.support.stories import event, story
from timeline_tui.answers.causes import (
    causes_of,
)
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pages.links import all_links, links_page
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View


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


def test_an_event_outside_the_filter_is_marked() -> None:
    view = linked(("talks", "2024-02-01", {"leads-to": ("end",)}), ("end", "2024-03-01", {}))
    filtered = view.with_query(parse_query("since:2024-03", view.vocabulary).query)
    line = links_page(filtered, key(view, "end"), 80).lines[1].text
    assert "├" not in line
    assert line.endswith("talks (outside the filter)")


def test_a_long_chain_is_numbered_and_cut() -> None:
    view = chain(1_001)
    page = links_page(view, 1_000, 60)
    assert page.lines[20].text == f"{'  ' * 6}· 20: follows from  1 January 2024  e980"
    assert texts(page.lines)[61:64] == ["… and more than 440 more", "", "▶ 1 January 2024  e1000"]
    assert texts(links_page(view, 100, 60).lines)[61] == "… and 40 more"
    assert texts(links_page(view, 0, 60).lines)[-1].strip().endswith("and more")

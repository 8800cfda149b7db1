"""The clock of the HTML page: each of its steps shows what an export as known on that day shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.histories import Plain, files
from tests.support.pages import Element, PageAt
from tests.support.report_views import bundled, bundled_page
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.html.clock import Clock
from timeline_tui.exchange.html.context import Page, PageContext
from timeline_tui.exchange.html.page import write
from timeline_tui.exchange.html.pieces import Piece, Version, dated, shown
from timeline_tui.exchange.html_markup import html
from timeline_tui.index.index import Index
from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = parse_date("2026-01-01").earliest


def steps_of(view: View) -> list[int]:
    return list(Clock(PageContext(view, Page(view))).days)


def assert_same_at_steps(query: str, steps: slice) -> None:
    """A page at steps of its clock has the events as known on that day, and no names beyond theirs."""
    text, view = bundled_page(query), bundled(query)
    for step, day in list(enumerate(steps_of(view)))[steps]:
        there, then = PageAt(text, step), PageAt(write(view.known_by(day)).text)
        assert there.articles() == then.articles(), view.day_in_words(day)
        for name in ("actors", "places", "unsupported"):
            here, as_known = sorted(there.items(name)), sorted(then.items(name))
            # Under a filter, a place that only a plan of another day named is not on the page.
            assert here == as_known if view.is_whole else set(here) <= set(as_known), (name, day)


def view_of(file: Plain) -> View:
    """A view of a file in plain data, as of a day after everything."""
    reading = read_text(bytearray(json.dumps(file), "utf-8"), "")
    return View(Index.build(reading.header or Header(title=""), reading.events), today=TODAY)


def test_some_steps_of_the_bundled_story_show_what_was_known_on_their_days() -> None:
    assert_same_at_steps("", slice(8, None, 32))


def test_each_step_of_a_filtered_page_shows_what_was_known_on_its_day() -> None:
    assert_same_at_steps("tag:choe-visit", slice(0, None, 5))


@given(files())
def test_each_step_shows_what_was_known_on_its_day_and_the_last_the_page_without_its_script(
    file: Plain,
) -> None:
    view = view_of(file)
    text, days = write(view).text, steps_of(view)
    for step, day in enumerate(days):
        then = PageAt(write(view.known_by(day)).text)
        assert PageAt(text, step).articles() == then.articles(), view.day_in_words(day)
    assert PageAt(text, len(days)).articles() == PageAt(text).articles()


_words = st.sampled_from("abcde")
_pieces = st.lists(_words.map(lambda word: Piece("p", html("{}", word))), max_size=5)
_boxes = st.lists(
    st.tuples(_words, _pieces).map(lambda box: Piece("div", tuple(box[1]), name=box[0])), max_size=2
)


@given(st.lists(st.tuples(_pieces, _boxes), min_size=1, max_size=5))
def test_at_each_step_the_pieces_of_its_version_are_shown_and_no_others(
    versions: list[tuple[list[Piece], list[Piece]]],
) -> None:
    found = [Version(step, [*pieces, *boxes]) for step, (pieces, boxes) in enumerate(versions)]
    end = len(found)
    page = "".join(shown(part, ((0, end),), end) for part in dated(found, end))
    for version in found:
        there = PageAt(page, version.step)
        wanted = sorted(
            str(piece.inner)
            for each in version.pieces
            for piece in (each.inner if isinstance(each.inner, tuple) else [each])
        )
        assert sorted(there.text(found) for found in there.shown("p")) == wanted


def actors_in(page: PageAt, element: Element) -> Iterator[str]:
    """The numbers of the actors that what is shown of an element names."""
    if page.is_shown(element):
        yield from element.attributes.get("data-a", "").split()
        for each in element.inner:
            if isinstance(each, Element):
                yield from actors_in(page, each)


@pytest.mark.parametrize("step", [60, 101])
def test_an_event_names_all_actors_under_whom_it_is_found(step: int) -> None:
    view, page = bundled(), PageAt(bundled_page(), step)
    days = steps_of(view)
    named = {
        each.attributes.get("id") or each.attributes["data-id"]: {*actors_in(page, each)}
        for each in page.shown("article")
    }
    then = view.known_by(days[step]) if step < len(days) else view
    for id_, number in Page(view).actors.items():
        found = {then.event(key).id for key in then.keys_with("actor", id_)}
        assert {event for event, numbers in named.items() if str(number) in numbers} == found, id_


def test_a_page_as_known_on_a_day_holds_nothing_of_later_days() -> None:
    view = story(
        event("2024-11-01", "Talks", quotes=(quote("lavrov", "Later words", date=parse_date("2024-11-03")),)),
        event("2024-11-02", "A vote", id="vote"),
    )
    text = write(view.known_by(parse_date("2024-11-01").earliest)).text
    assert "Later words" not in text
    assert "A vote" not in text
    assert "3 November" not in text


def test_what_has_no_day_is_shown_at_the_last_step_alone() -> None:
    text = bundled_page()
    start = bundled().header.description.split()[0:4]
    assert " ".join(start) in PageAt(text).text()
    assert " ".join(start) not in PageAt(text, 0).text()
    assert not [each for each in PageAt(text, 0).shown("section") if each.attributes.get("class") == "story"]


@pytest.mark.parametrize("known", ["", "2024-10-20"])
def test_the_data_of_the_clock_name_the_days_and_what_each_brought(known: str) -> None:
    view = bundled(known=known)
    (data,) = [
        each
        for each in PageAt(bundled_page("", known)).root.all("template")
        if each.attributes.get("id") == "page_days"
    ]
    found = json.loads("".join(text for text in data.inner if isinstance(text, str)))
    days = steps_of(view)
    assert [words for words, _, _ in found] == [view.day_in_words(day) for day in days]
    added = sorted(place for _, new, _ in found for place in new)
    assert added == list(range(view.count))

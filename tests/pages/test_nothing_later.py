"""Under the clock no page holds a word that only something of a later day says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import SHIPMENT, TODAY
from timeline_tui.answers.newly_known import clock_step
from timeline_tui.answers.statements import cite, cite_claim
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Target
from timeline_tui.exchange.html import page as html_page
from timeline_tui.exchange.markdown import report as markdown
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pages.actor import actor_page
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.event_card import event_card
from timeline_tui.pages.event_list import listing
from timeline_tui.pages.links import links_page
from timeline_tui.pages.printed import PageRequest, printed_page
from timeline_tui.pages.sources import sources_page
from timeline_tui.pages.wordings import wordings_page
from timeline_tui.timeline.view import View
from timeline_tui.tui.screens.target_actions import archived_choices, source_choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.pages.page import Page

WIDTH = 1_000
"""So wide that no line is wrapped and no text is cut."""

SAID_FROM = {
    "cargo arrived": "2022-09-10",
    "Lowport": "2022-09-20",
    "another one": "2022-09-20",
    "wire-correction": "2022-09-20",
    "disputed": "2022-09-22",
    "Northland Gazette": "2022-09-22",
    "Statement of the ministry": "2022-09-22",
    "example.org/denial": "2022-09-22",
    "Es gibt": "2022-09-22",
    "at most 100": "2022-09-22",
    "Jester": "2022-10-01",
    "brass band": "2022-10-01",
    "1,000,000": "2022-10-01",
    "two ships": "2023-02-01",
    "cargo list": "2023-02-01",
    "Open Ledger": "2023-02-01",
    "8,000 to 10,000": "2023-02-01",
    "The list names": "2023-02-10",
    "Foreign Minister": "2023-04-01",
    "31 March 2023": "2023-03-31",
    "etracted on": "2023-05-01",
    "forged": "2023-05-01",
    "Half of": "2024-06-19",
    "communiqué": "2024-06-19",
    "Government of Southland": "2024-06-19",
    "confirmed it": "2024-06-19",
    "Both states": "2024-06-19",
    "Settled on": "2024-06-19",
    "9,000 shells": "2024-06-19",
    "For training": "2024-06-20",
    "ithdrawn": "2024-06-21",
    "own figure": "2024-07-01",
    "12,000": "2024-07-01",
}
"""Words of the file, and the day from which something that holds them is known."""

DAYS = [
    "2022-09-05", "2022-09-06", "2022-09-12", "2022-09-20", "2022-09-22", "2022-12-31", "2023-02-05",
    "2023-04-15", "2024-06-18", "2024-06-19", "2024-06-30", "2024-07-01",
]  # fmt: skip


def whole() -> View:
    return View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)


def on(day: str) -> View:
    return whole().known_by(parse_date(day).earliest)


def pages(view: View) -> Iterator[tuple[str, str]]:
    """Everything that is shown of a view: the name of the page, and its text."""
    yield "list", "\n".join(listing(view))
    yield "step", clock_step(view).words
    yield "sources", _text(sources_page(view, WIDTH))
    for what in ("claims", "wordings", "links", "actors", "sides", "sources"):
        yield f"printed {what}", "\n".join(printed_page(view, PageRequest(what, str(SHIPMENT), width=WIDTH)))
    for topic in view.header.topics:
        if view.keys_with("topic", topic):
            yield f"claims {topic}", _text(claims_page(view, topic, WIDTH))
    for actor in view.header.actors:
        if view.keys_with("actor", actor):
            yield f"actor {actor}", _text(actor_page(view, actor, WIDTH))
    for key in view.keys:
        yield from _of_event(view, key)
    yield "Markdown", markdown.write(view).text
    yield "HTML", html_page.write(view).text


def _of_event(view: View, key: int) -> Iterator[tuple[str, str]]:
    event = view.event(key)
    yield f"card {key}", "\n".join(paragraph.text for paragraph in event_card(view, event, 0))
    yield f"links {key}", _text(links_page(view, key, WIDTH))
    yield f"wordings {key}", _text(wordings_page(view, key, 0, WIDTH))
    for find in (source_choices, archived_choices):
        choices, addresses = find(view, Target(key))
        yield f"choices {key}", "\n".join([str(choices), *addresses])
    yield (
        f"cite {key}",
        "\n".join([cite(view, event, None), *(cite(view, event, each) for each in event.quotes)]),
    )
    yield f"cite claims {key}", "\n".join(cite_claim(view, event, claim) for claim in event.claims)


def _text(page: Page) -> str:
    return "\n".join([page.title, *(line.text for line in page.lines)])


def told_later(view: View, day: str) -> list[tuple[str, str]]:
    later = [words for words, known in SAID_FROM.items() if known > day]
    return [(name, words) for name, text in pages(view) for words in later if words in text]


@pytest.mark.parametrize("day", DAYS)
def test_no_page_says_what_was_known_only_later(day: str) -> None:
    assert told_later(on(day), day) == []


@pytest.mark.parametrize("day", DAYS)
def test_no_page_says_what_was_known_only_later_without_a_source_that_came_later(day: str) -> None:
    assert told_later(on(day).without_sources(["wire", "joint"]), day) == []


def test_the_words_are_there_from_their_day_on() -> None:
    # Otherwise the tests above would prove nothing.
    for words, day in SAID_FROM.items():
        assert any(words in text for _, text in pages(on(day))), words

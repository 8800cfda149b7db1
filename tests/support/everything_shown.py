"""Everything that is shown of a view, as text: every page, and every export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.newly_known import clock_step
from timeline_tui.answers.statements import cite, cite_claim
from timeline_tui.drawing.lines import Target
from timeline_tui.exchange import FORMATS, write
from timeline_tui.pages.actor import actor_page
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.event_card import event_card
from timeline_tui.pages.event_list import listing
from timeline_tui.pages.links import links_page
from timeline_tui.pages.lists import (
    actors_list,
    questions_page,
    quotes_page,
    sources_list,
    values_page,
)
from timeline_tui.pages.printed import PageRequest, printed_page
from timeline_tui.pages.sources import sources_page
from timeline_tui.pages.wordings import wordings_page
from timeline_tui.tui.screens.target_actions import archived_choices, source_choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from timeline_tui.pages.page import Page
    from timeline_tui.timeline.view import View

WIDTH = 1_000
"""So wide that no line is wrapped and no text is cut."""


def pages(view: View, path: Path) -> Iterator[tuple[str, str]]:
    """Everything that is shown of a view: the name of the page, and its text."""
    yield "list", "\n".join(listing(view))
    yield "step", clock_step(view).words
    yield "sources", _text(sources_page(view, WIDTH))
    for build in (questions_page, quotes_page, sources_list, actors_list):
        yield build.__name__, _text(build(view, WIDTH))
    for field in ("place", "tag", "kind"):
        yield field, _text(values_page(view, field, WIDTH))
    for what in ("claims", "wordings", "links", "actors", "sides", "sources"):
        yield f"printed {what}", "\n".join(printed_page(view, PageRequest(what, str(path), width=WIDTH)))
    for topic in view.header.topics:
        if view.keys_with("topic", topic):
            yield f"claims {topic}", _text(claims_page(view, topic, WIDTH))
    for actor in view.header.actors:
        if view.keys_with("actor", actor):
            yield f"actor {actor}", _text(actor_page(view, actor, WIDTH))
    for key in view.keys:
        yield from _of_event(view, key)


def exports(view: View, names: Iterable[str] = FORMATS) -> Iterator[tuple[str, str]]:
    """The view in the formats that it can be exported to: the name of the format, and the text."""
    for name in names:
        yield name, write(view, name).text


def _of_event(view: View, key: int) -> Iterator[tuple[str, str]]:
    event = view.event(key)
    yield f"card {key}", "\n".join(paragraph.text for paragraph in event_card(view, event, 0))
    yield f"links {key}", _text(links_page(view, key, WIDTH))
    yield f"wordings {key}", _text(wordings_page(view, key, 0, WIDTH))
    for find in (source_choices, archived_choices):
        found = find(view, Target(key))
        yield (
            f"choices {key}",
            "\n".join([*(str(each.choice) for each in found), *(each.address for each in found)]),
        )
    yield (
        f"cite {key}",
        "\n".join([cite(view, event, None), *(cite(view, event, each) for each in event.quotes)]),
    )
    yield f"cite claims {key}", "\n".join(cite_claim(view, event, claim) for claim in event.claims)


def _text(page: Page) -> str:
    return "\n".join([page.title, *(line.text for line in page.lines)])

"""What a view says beside its list of events, as plain text: its claims, wordings, links, actors, sides."""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.answers.changes import changes_since
from timeline_tui.answers.claims import topics_in
from timeline_tui.answers.sides import parse_sides, suggestions
from timeline_tui.drawing.lines import BLANK, paragraph
from timeline_tui.errors import UsageError
from timeline_tui.pages.actor import all_actors
from timeline_tui.pages.changes import TITLE, changes_page
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.links import all_links
from timeline_tui.pages.page import NARROWEST, WIDEST, Page
from timeline_tui.pages.provenance import provenance_lines
from timeline_tui.pages.sides import sides_page
from timeline_tui.pages.wordings import all_wordings
from timeline_tui.query.language import QueryProblem
from timeline_tui.storage.visits import Visits
from timeline_tui.text.cells import wrapped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline_tui.drawing.lines import Line
    from timeline_tui.timeline.view import View

_USUAL = 100
"""Cells of a line where there is no terminal to ask."""


class PageRequest(NamedTuple):
    """What is to be told of a view, all of it as it was typed."""

    what: str
    """One of `arguments.SHOWN`, but for the list of events."""
    path: str
    """The timeline's file; `-` for standard input."""
    topic: str | None = None
    """The only topic whose claims are told; None for every topic."""
    sides: str | None = None
    """Two queries with `|` between them; None for those that most is told of."""
    width: int | None = None
    """Cells of a line, from `NARROWEST` to `WIDEST`; None for those of the terminal."""


def printed_page(view: View, wanted: PageRequest) -> Iterator[str]:
    """The title, what is shown, then what is wanted; lines without their ends, worked out as they are taken.

    Raises:
        UsageError: The topic is none, or the sides are no two queries; raised at once.
    """
    width = wanted.width or min(max(shutil.get_terminal_size((_USUAL, 24)).columns, NARROWEST), WIDEST)
    lines = _ACCOUNTS[wanted.what](view, wanted, width)
    head = (*wrapped(view.title, width), *wrapped(view.sentence, width), "")
    return chain(head, (each.text.rstrip() for each in lines))


def _claims(view: View, wanted: PageRequest, width: int) -> Iterator[Line]:
    only = wanted.topic
    topics = [topic for topic, _ in topics_in(view)] if only is None else [_topic(view, only)]
    if not topics:
        return _sentence(view, "No event here has claims.", width)
    return chain.from_iterable(_paged(claims_page(view, topic, width), width) for topic in topics)


def _topic(view: View, text: str) -> str:
    """The id of the topic that somebody means.

    Raises:
        UsageError: There is none.
    """
    vocabulary = view.vocabulary
    topic = text if view.topic(one_line(text)) else vocabulary.resolve("topic", text)
    if topic is None:
        near = vocabulary.nearest("topic", text)
        meant = f" — did you mean {one_line(near)}?" if near else ""
        raise UsageError(f"--topic: there is no topic {one_line(text)}{meant}")
    return topic


def _wordings(view: View, _: PageRequest, width: int) -> Iterator[Line]:
    return all_wordings(view, width)


def _links(view: View, _: PageRequest, width: int) -> Iterator[Line]:
    return _or_sentence(view, all_links(view, width), "No event here is linked with another.", width)


def _actors(view: View, _: PageRequest, width: int) -> Iterator[Line]:
    return _or_sentence(view, all_actors(view, width), "Nobody is named in the events here.", width)


def _sides(view: View, wanted: PageRequest, width: int) -> Iterator[Line]:
    if wanted.sides is not None:
        parsed = parse_sides(wanted.sides, view.vocabulary)
        if isinstance(parsed, QueryProblem):
            raise UsageError(f"--sides: {parsed}")
        return _paged(sides_page(view, *parsed, width), width)
    for left, right in suggestions(view):
        return _paged(sides_page(view, left, right, width), width)
    return _sentence(view, "There are no two actors or languages here to compare.", width)


def _news(view: View, wanted: PageRequest, width: int) -> Iterator[Line]:
    """What is new since the last visit, which stays the last: a list may be printed and never read."""
    news = changes_since(view.fingerprints(), Visits.of_user().read(Path(wanted.path)))
    if not news.first or not news.folder:
        return _paged(changes_page(view, news, width), width)
    # The page would say that this is a visit.
    said = f"{news.notice[:1].upper()}{news.notice[1:]}." if news.notice else "No visit is remembered."
    said += " A visit is when the file is opened on the screen; a list does not count as one."
    return _paged(Page(TITLE, tuple(paragraph(said, width))), width)


def _sources(view: View, _: PageRequest, width: int) -> Iterator[Line]:
    return provenance_lines(view, width)


_ACCOUNTS: Final[Mapping[str, Callable[[View, PageRequest, int], Iterator[Line]]]] = {
    "claims": _claims,
    "wordings": _wordings,
    "links": _links,
    "actors": _actors,
    "sides": _sides,
    "news": _news,
    "sources": _sources,
}


def _paged(page: Page, width: int) -> Iterator[Line]:
    """A page under its title."""
    yield from paragraph(page.title, width)
    yield BLANK
    yield from page.lines
    yield BLANK


def _or_sentence(view: View, lines: Iterable[Line], sentence: str, width: int) -> Iterator[Line]:
    """Lines; of those that tell of nothing, a sentence instead."""
    lines = iter(lines)
    introduction = []
    for each in lines:
        introduction.append(each)
        if each.targets:
            return chain(introduction, lines)
    return _sentence(view, sentence, width)


def _sentence(view: View, sentence: str, width: int) -> Iterator[Line]:
    """Why there is nothing to tell: nothing was known at all, else the sentence."""
    return iter(paragraph(view.nothing_known or sentence, width))

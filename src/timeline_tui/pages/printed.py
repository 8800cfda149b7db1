"""The pages as plain text, for `list --show`: claims, wordings, links, actors, sides, changes, sources."""

from __future__ import annotations

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
from timeline_tui.pages.page import Page, line_width
from timeline_tui.pages.sides import sides_page
from timeline_tui.pages.sources import printed_sources
from timeline_tui.pages.wordings import all_wordings
from timeline_tui.query.language import QueryProblem
from timeline_tui.storage.visits import Visits
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline_tui.drawing.lines import Line
    from timeline_tui.timeline.protocol import TimelineView


class PageRequest(NamedTuple):
    """Which page to print; all values as they were typed."""

    what: str
    """One of `arguments.SHOWN`, except for the list of events."""
    path: str
    """The timeline's file; `-` for standard input."""
    topic: str | None = None
    """The topic whose claims are printed; None for all topics."""
    sides: str | None = None
    """Two queries with `|` between them; None for the sides with most events."""
    width: int | None = None
    """Width of a line in cells, from `NARROWEST` to `WIDEST`; None for the width of the terminal."""


def printed_page(view: TimelineView, request: PageRequest) -> Iterator[str]:
    """The title, what is shown, then the page; lines without line ends, computed one by one.

    Raises:
        UsageError: There is no such topic, or the sides are not two valid queries. It is raised at once.
    """
    return (each.text.rstrip() for each in page_with_words(view, request))


def page_with_words(view: TimelineView, request: PageRequest) -> Iterator[Line]:
    """The title, what is shown, then the page, computed line by line.

    Raises:
        UsageError: As for `printed_page()`; or a table is shown.
    """
    if not view.holds_statements:
        raise UsageError(
            f"--show {request.what}: a table holds no quotes, claims, links or sources; export what is shown"
        )
    width = line_width(request.width)
    lines = _PAGES[request.what](view, request, width)
    head = (*paragraph(view.title, width, "title"), *paragraph(view.sentence, width, "detail"), BLANK)
    return chain(head, lines)


def _claims(view: TimelineView, request: PageRequest, width: int) -> Iterator[Line]:
    only = request.topic
    topics = [topic for topic, _ in topics_in(view)] if only is None else [_topic(view, only)]
    if not topics:
        return _sentence(view, "No event here has claims.", width)
    return chain.from_iterable(_paged(claims_page(view, topic, width), width) for topic in topics)


def _topic(view: TimelineView, text: str) -> str:
    """The id of the topic that a text names.

    Raises:
        UsageError: There is no such topic.
    """
    vocabulary = view.vocabulary
    topic = text if view.topic(one_line(text)) else vocabulary.resolve("topic", text)
    if topic is None:
        near = vocabulary.nearest("topic", text)
        meant = f" — did you mean {one_line(near)}?" if near else ""
        raise UsageError(f"--topic: there is no topic {one_line(text)}{meant}")
    return topic


def _wordings(view: TimelineView, _: PageRequest, width: int) -> Iterator[Line]:
    return all_wordings(view, width)


def _links(view: TimelineView, _: PageRequest, width: int) -> Iterator[Line]:
    return _or_sentence(view, all_links(view, width), "No event here has links.", width)


def _actors(view: TimelineView, _: PageRequest, width: int) -> Iterator[Line]:
    return _or_sentence(view, all_actors(view, width), "Nobody is named in the events here.", width)


def _sides(view: TimelineView, request: PageRequest, width: int) -> Iterator[Line]:
    if request.sides is not None:
        parsed = parse_sides(request.sides, view.vocabulary)
        if isinstance(parsed, QueryProblem):
            raise UsageError(f"--sides: {parsed}")
        return _paged(sides_page(view, *parsed, width), width)
    for left, right in suggestions(view):
        return _paged(sides_page(view, left, right, width), width)
    return _sentence(view, "There are not two actors or languages here to compare.", width)


def _changes(view: TimelineView, request: PageRequest, width: int) -> Iterator[Line]:
    """What changed since the last visit; printing is not a visit, as nobody may read what is printed."""
    changes = changes_since(view.fingerprints(), view.header, Visits.of_user().read(Path(request.path)))
    if not changes.first or not changes.folder:
        return _paged(changes_page(view, changes, width), width)
    # The page would say that this is the first visit.
    notice = changes.notice
    words = f"{notice[:1].upper()}{notice[1:]}." if notice else "No visit is remembered."
    words += " A visit is when the file is opened on the screen; a list does not count as one."
    return _paged(Page(TITLE, tuple(paragraph(words, width))), width)


def _sources(view: TimelineView, _: PageRequest, width: int) -> Iterator[Line]:
    return printed_sources(view, width) if view.count else _sentence(view, "There are no events here.", width)


_PAGES: Final[Mapping[str, Callable[[TimelineView, PageRequest, int], Iterator[Line]]]] = {
    "claims": _claims,
    "wordings": _wordings,
    "links": _links,
    "actors": _actors,
    "sides": _sides,
    "news": _changes,
    "sources": _sources,
}


def _paged(page: Page, width: int) -> Iterator[Line]:
    """A page with its title above it."""
    yield from paragraph(page.title, width)
    yield BLANK
    yield from page.lines
    yield BLANK


def _or_sentence(view: TimelineView, lines: Iterable[Line], sentence: str, width: int) -> Iterator[Line]:
    """The lines, or a sentence if none of them is about anything in the view."""
    lines = iter(lines)
    introduction = []
    for each in lines:
        introduction.append(each)
        if each.targets:
            return chain(introduction, lines)
    return _sentence(view, sentence, width)


def _sentence(view: TimelineView, sentence: str, width: int) -> Iterator[Line]:
    """Why there is nothing to show: nothing was known on that day, else the given sentence."""
    return iter(paragraph(view.nothing_known or sentence, width))

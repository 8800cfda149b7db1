"""Which page is open, and what it says: the ties between keys and the pages of the story. No Textual here."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.lines import line
from timeline_tui.pages.page import Page

if TYPE_CHECKING:
    from timeline_tui.answers.changes import Changes
    from timeline_tui.timeline.view import View


class Kind(StrEnum):
    """The pages that there are."""

    CLAIMS = "claims"
    WORDINGS = "wordings"
    LINKS = "links"
    SIDES = "two sides"
    NEWS = "new"
    ACTOR = "actor"


class Subject(NamedTuple):
    """A page, and what it is about."""

    kind: Kind
    about: str = ""
    """The id of a topic or an actor, or two queries; the other pages are about the selected event."""


class Reading(NamedTuple):
    """What is shown beside the view when a page is made."""

    selected: int
    """Key of the selected event, -1 for none."""
    quote_number: int
    news: Changes | None
    """None as long as it is not known."""


class Read(NamedTuple):
    """What is read: an event, one quote of it, and the sources of just what is said."""

    key: int
    quote_number: int
    sources: tuple[str, ...] = ()
    """Ids; empty for those of the quote and its event."""
    claim: int = -1
    """Which claim of the event, from 0, if it is a claim that is read; -1 if not."""


def page_of(subject: Subject, view: View, reading: Reading, width: int) -> Page:
    """What a page says in `width` cells."""
    match subject.kind:
        case Kind.CLAIMS | Kind.SIDES | Kind.ACTOR:
            return _OF_ITS_OWN[subject.kind](subject.about, view, width)
        case Kind.NEWS:
            return _news(view, reading.news, width)
        case Kind.WORDINGS | Kind.LINKS:
            if not view.count or reading.selected < 0:
                return Page(subject.kind.capitalize(), (line("No event is selected.", "detail"),))
            return _of_the_selected(subject.kind, view, reading, width)


def claims_subject(view: View, selected: int, last: Subject) -> Subject:
    """The claims on a topic that is filtered by, else on one of the selected event.

    If there is none, on that with most events in the view; where there are several, on the one read `last`.
    """
    from timeline_tui.answers.claims import topics_in  # noqa: PLC0415  not before it is asked for

    topics = [topic for topic, _ in topics_in(view)]
    claims = view.event(selected).claims if view.count and selected >= 0 else ()
    asked = [topic for topic in view.query.values("topic") if topic in topics]
    own = [claim.about for claim in claims if claim.about in topics]
    fitting = asked or own or topics
    return last if last.about in fitting else Subject(Kind.CLAIMS, next(iter(fitting), ""))


def sides_subject(view: View) -> Subject:
    """The first two sides that a view suggests."""
    from timeline_tui.answers.sides import sides_as_typed, suggestions  # noqa: PLC0415  not before it is asked for

    return Subject(Kind.SIDES, next((sides_as_typed(*pair) for pair in suggestions(view)), ""))


def turned(subject: Subject, view: View, direction: int) -> Subject:
    """The next (direction 1) or previous (-1) page of the same kind: of claims, that on another topic."""
    if subject.kind is not Kind.CLAIMS:
        return subject
    from timeline_tui.answers.claims import topics_in  # noqa: PLC0415  not before it is asked for

    topics = [topic for topic, _ in topics_in(view)]
    if not topics:
        return subject
    place = topics.index(subject.about) if subject.about in topics else -min(direction, 0)
    return Subject(Kind.CLAIMS, topics[(place + direction) % len(topics)])


def _claims(topic: str, view: View, width: int) -> Page:
    from timeline_tui.answers.claims import topics_in  # noqa: PLC0415  not before it is asked for
    from timeline_tui.pages.claims import claims_page  # noqa: PLC0415  not before it is asked for

    topics = [id_ for id_, _ in topics_in(view)]
    if not topics and not topic:
        said = view.nothing_known if view.is_blank else "No event here has claims."
        return Page("Claims", (line(said, "detail"),))
    page = claims_page(view, topic, width)
    if len(topics) < 2 or topic not in topics:
        return page
    return page._replace(title=f"{topics.index(topic) + 1} of {len(topics)} [ ] · {page.title}")


def _sides(about: str, view: View, width: int) -> Page:
    from timeline_tui.answers.sides import parse_sides  # noqa: PLC0415  not before it is asked for
    from timeline_tui.pages.sides import sides_page  # noqa: PLC0415  not before it is asked for
    from timeline_tui.query.language import QueryProblem  # noqa: PLC0415  not before it is asked for

    if view.is_blank:
        return Page("Two sides", (line(view.nothing_known, "detail"),))
    sides = parse_sides(about, view.vocabulary)
    if isinstance(sides, QueryProblem):
        advice = "Type two queries with | between them: s asks for them."
        return Page("Two sides", (line(str(sides) if about else advice, "detail"),))
    page = sides_page(view, *sides, width)
    return page._replace(title=f"{page.title} · s types two queries")


def _of_the_selected(kind: Kind, view: View, reading: Reading, width: int) -> Page:
    if kind is Kind.LINKS:
        from timeline_tui.pages.links import links_page  # noqa: PLC0415  not before it is asked for

        return links_page(view, reading.selected, width)
    from timeline_tui.pages.wordings import wordings_page  # noqa: PLC0415  not before it is asked for

    return wordings_page(view, reading.selected, reading.quote_number, width)


def _actor(actor_id: str, view: View, width: int) -> Page:
    from timeline_tui.pages.actor import actor_page  # noqa: PLC0415  not before it is asked for

    return actor_page(view, actor_id, width)


def _news(view: View, news: Changes | None, width: int) -> Page:
    if news is None:
        return Page("New since the last visit", (line("The last visit is being looked up …", "detail"),))
    from timeline_tui.pages.changes import changes_page  # noqa: PLC0415  not before it is asked for

    return changes_page(view, news, width)


_OF_ITS_OWN = {Kind.CLAIMS: _claims, Kind.SIDES: _sides, Kind.ACTOR: _actor}

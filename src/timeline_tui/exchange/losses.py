"""Counting what of a story another format has no place for, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterable

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

_WORDS = {
    "text": "texts",
    "kind": "kinds of events",
    "by": "names of those who claim",
    "known": "dates on which something became known",
    "postponed": "earlier planned dates",
    "outcome": "outcomes",
    "place": "places",
    "actors": "actors",
    "tags": "tags",
    "sources": "sources",
    "quotes": "quotes",
    "claims": "claims",
    "links": "links between events",
    "statuses": "statuses with their days",
    "updates": "updates",
    "outcomes": "outcomes with their days",
    "places": "further places",
    "media": "pictures, recordings and documents",
    "extra": "fields of the file's own",
}
_OF_SOURCES = (
    "publisher",
    "author",
    "date",
    "archive_url",
    "language",
    "kind",
    "derived_from",
    "note",
    "retracted",
    "corrections",
    "media",
)
_OF_ACTORS = ("kind", "role", "of", "aliases", "description", "short", "roles", "updates")


def count_lost(lost: Counter[str], event: Event, kept: Collection[str]) -> None:
    """Add to `lost` what an event has in fields that are not `kept`, an item each.

    `roles` and `locators` count as fields: parts of actors and of sources.
    """
    for field, words in _WORDS.items():
        value = getattr(event, field)
        if value and field not in kept:
            lost[words] += 1 if field in ("text", "kind", "known", "outcome", "place") else len(value)
    if event.status != "confirmed" and "status" not in kept:
        lost["statuses"] += 1
    said = [*event.quotes] * ("quotes" in kept) + [*event.claims] * ("claims" in kept)
    if held := sum(bool(each.statuses or each.status) for each in said):
        lost["statuses of quotes and claims"] += held
    wordings = sum(len(quote.wordings) for quote in event.quotes)
    if wordings and "quotes" not in kept:
        lost["other wordings of quotes"] += wordings
    roles = sum(1 for role in event.actors.values() if role)
    if roles and "actors" in kept and "roles" not in kept:
        lost["roles of actors"] += roles
    places = sum(1 for citation in event.sources if citation.at)
    if places and "sources" in kept and "locators" not in kept:
        lost["places in sources"] += places


def count_stories(lost: Counter[str], view: View) -> None:
    """Add to `lost` the stories, which no other format can tell; under a clock there are none."""
    if view.known_on is None and (stories := len(view.header.stories)):
        lost["stories told step by step"] += stories


def count_details(lost: Counter[str], view: View, events: Iterable[Event]) -> None:
    """Add to `lost` the sources and actors of these events of which more than name and address is known."""
    cited: set[str] = set()
    named: set[str] = set()
    count_stories(lost, view)
    for event in events:
        cited.update(citation.id for citation in event.sources)
        named.update(event.actors, event.by)
    for source in map(view.source, cited):
        if source is not None and any(getattr(source, name) for name in _OF_SOURCES):
            lost["sources' publishers, authors, dates and notes"] += 1
    for actor in map(view.actor, named):
        if actor is not None and any(getattr(actor, name) for name in _OF_ACTORS):
            lost["actors' kinds, offices and other spellings"] += 1

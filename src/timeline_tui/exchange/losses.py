"""Counts what an exported format has no place for, under plural nouns that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterable

    from timeline_tui.exchange.contract import Imported
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

NO_STATUS: Final = "missing statuses (an event without one counts as happened)"
"""What this format cannot say: that nobody knows whether an event has happened."""
_WORDS = {
    "text": "texts",
    "kind": "kinds of events",
    "by": "names of claimants",
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
    "statuses": "dated statuses",
    "updates": "updates",
    "outcomes": "dated outcomes",
    "places": "further places",
    "media": "pictures, recordings and documents",
    "extra": "custom fields",
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


def has_no_status(view: View, event: Event) -> bool:
    """Whether an event is from another format that gives it no status; here it has the usual one then."""
    return view.index.is_foreign and event.status == "confirmed" and not event.statuses


def count_missing_statuses(imported: Imported) -> None:
    """Count as lost that events of another format have no status: in this format, they have happened."""
    if not imported.is_ours:
        imported.lost[NO_STATUS] = sum("status" not in event for event in imported.events)


def count_lost(lost: Counter[str], event: Event, kept: Collection[str]) -> None:
    """Count in `lost` each item of an event that is in a field outside `kept`.

    `roles` (of actors) and `locators` (in sources) count as fields.
    """
    for field, words in _WORDS.items():
        value = getattr(event, field)
        if value and field not in kept:
            lost[words] += 1 if field in ("text", "kind", "known", "outcome", "place") else len(value)
    if event.status != "confirmed" and "status" not in kept:
        lost["statuses"] += 1
    statements = [*event.quotes] * ("quotes" in kept) + [*event.claims] * ("claims" in kept)
    if count := sum(bool(each.statuses or each.status) for each in statements):
        lost["statuses of quotes and claims"] += count
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
    """Count in `lost` the stories, which no other format supports; on a known-on day there are none."""
    if stories := len(view.header.stories):
        lost["step-by-step stories"] += stories


def count_details(lost: Counter[str], view: View, events: Iterable[Event]) -> None:
    """Count in `lost` the sources and actors of these events that have more than a name and an address."""
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

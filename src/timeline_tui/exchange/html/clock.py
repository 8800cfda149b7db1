"""The clock of a page: its days, and what the page shows on each of them.

The steps of the clock are the days on which something became known of the events of a view, as on the screen;
one more step shows everything. What depends on the day is written anew for each day on which it can read
otherwise, from a view as known on that day.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from timeline_tui.answers.newly_known import CLOCK_KINDS
from timeline_tui.dates.date import BEGINNING
from timeline_tui.exchange.html.context import PageContext
from timeline_tui.exchange.html.pieces import Version, dated
from timeline_tui.exchange.named import Named, named_in, parts_in
from timeline_tui.model.fields import fields_of
from timeline_tui.model.histories import day_known, parts_of
from timeline_tui.model.known_on import date_history, disclosures, publication_days, steady_from
from timeline_tui.model.records import Shape
from timeline_tui.query.language import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.exchange.html.pieces import Dated, Piece, Spans
    from timeline_tui.model.records import Event, Record, Source
    from timeline_tui.timeline.view import View

    Writer = Callable[[PageContext], Iterable[Piece]]

MOST_DAYS = 10_000
"""Number of days up to which a page has a clock; each of them is worked out."""


class Clock:
    """When each piece of a page is shown.

    Args:
        context: Of the page as it is exported.
    """

    def __init__(self, context: PageContext) -> None:
        self._final = context
        self._view = context.view
        self._contexts: dict[int, PageContext] = {}
        self._events: dict[int, list[tuple[int, PageContext]]] = {}

    @cached_property
    def days(self) -> Sequence[int]:
        """The day numbers of the steps before the last, ascending; none if there are too many."""
        view = self._view
        found = [day for day in view.disclosure_days(CLOCK_KINDS) if day <= view.as_of]
        if not view.is_whole:
            found = [day for day in found if any(map(view.has, self._keys(day)))]
        return found if 1 < len(found) <= MOST_DAYS else ()

    def _keys(self, day: int) -> Iterator[int]:
        for _, keys in self._view.disclosures(day, day, CLOCK_KINDS):
            yield from keys

    @property
    def last(self) -> int:
        """The last step: all that the export has."""
        return len(self.days)

    @property
    def end(self) -> int:
        """The step after the last."""
        return self.last + 1

    @property
    def whole(self) -> Spans:
        """All steps."""
        return ((0, self.end),)

    @property
    def last_only(self) -> Spans:
        """The last step alone, for pieces that have no day and may mention later ones."""
        return ((self.last, self.end),)

    def step(self, day: int) -> int:
        """The first step on which what became known on a day is shown."""
        return bisect_left(self.days, day)

    def news(self, step: int) -> tuple[list[int], list[int]]:
        """The keys of the events on the page that are new at a step, and of those that changed."""
        day = self.days[step]
        found = {kind: list(keys) for kind, keys in self._view.disclosures(day, day, CLOCK_KINDS)}
        new = [key for key in found.pop("event", []) if self._view.has(key)]
        changed = {key for keys in found.values() for key in keys if self._view.has(key)} - {*new}
        return new, sorted(changed)

    def contexts(self, key: int) -> list[tuple[int, PageContext]]:
        """The days from which the text of an event may differ, each with the view to write it from."""
        if key not in self._events:
            days = self._days_of(key) if self.days else [BEGINNING]
            self._events[key] = self._at(days)
        return self._events[key]

    def of_event(self, key: int, write: Writer) -> list[Dated]:
        """The pieces of an event, with the steps at which they are shown."""
        return self._dated(self.contexts(key), write)

    def of_record(self, kind: str, id_: str, record: Record, write: Writer) -> list[Dated]:
        """The pieces of an actor, a topic or a place, from the day on which an event names it."""
        return self._dated(self._of_record(self._named.get((kind, id_), BEGINNING), record), write)

    def of_source(self, id_: str, source: Source, write: Writer) -> list[Dated]:
        """The pieces of a source, from when it can be cited; the page hides it until it is cited."""
        return self._dated(self._of_record(self._published.get(id_, BEGINNING), source), write)

    def _of_record(self, first: int, record: Record) -> list[tuple[int, PageContext]]:
        later = {day for day in _days_in(record) if first < day <= self._view.as_of} if self.days else ()
        # Offices that have all ended are shown again where no day is asked about.
        return self._at([first, *sorted(later), *([self._view.as_of + 1] if later else [])])

    def _dated(self, contexts: Sequence[tuple[int, PageContext]], write: Writer) -> list[Dated]:
        versions = [Version(self.step(day), tuple(write(context))) for day, context in contexts]
        return dated(versions, self.end)

    def _at(self, days: Sequence[int]) -> list[tuple[int, PageContext]]:
        """Contexts for days, ascending; the last is that of the page itself."""
        return [*((day, self._context(day)) for day in days[:-1]), (days[-1], self._final)]

    def _context(self, day: int) -> PageContext:
        if day not in self._contexts:
            view = self._view.with_query(Query()).known_by(day)
            self._contexts[day] = PageContext(view, self._final.page)
        return self._contexts[day]

    @cached_property
    def _published(self) -> dict[str, int]:
        return publication_days(self._view.whole_header.sources)

    @cached_property
    def _everything(self) -> View:
        return self._view.with_query(Query())

    def _days_of(self, key: int) -> list[int]:
        """The days from which an event may read otherwise, ascending; it is known from the first of them."""
        event = self._everything.whole_event(key)
        steady = steady_from(event, self._published)
        days = {steady} if steady is not None else set(_own_days(event, self._published))
        # A source of a wording may be older than what is known of the event.
        known = date_history(event).known if steady is None else steady
        days.add(known)
        for kind, id_ in self._all_named(event):
            record = self._record(kind, id_)
            days.update(_days_in(record) if record is not None else ())
        for link in self._everything.links(key):
            days.update(_days_of_title(self._everything.whole_event(link.key)))
        if self._view.known_on is not None:
            days = {day for day in days if day <= self._view.as_of}
        kept = sorted(day for day in days if day >= known)
        if len(kept) > 1:
            cited = (citation.id for part in parts_of(event) for citation in part.sources)
            late = {self._published.get(id_, known) for id_ in cited}
            kept = sorted({*kept, *(day for day in late if known < day <= kept[-1])})
        return kept or [known]

    def _all_named(self, event: Event) -> Iterator[tuple[str, str]]:
        """The actors, topics and places that an event names, and the sources that it rests on."""
        named = set(named_in(event))
        yield from named
        ahead = [id_ for kind, id_ in named if kind == "source"]
        seen = set(ahead)
        while ahead:
            parents = [id_ for id_ in self._view.support_rules.parents(ahead.pop()) if id_ not in seen]
            seen.update(parents)
            ahead += parents
            yield from (("source", id_) for id_ in parents)

    def _record(self, kind: str, id_: str) -> Record | None:
        header = self._view.whole_header
        registers: Mapping[str, Mapping[str, Record]] = {
            "actor": header.actors,
            "topic": header.topics,
            "place": header.places,
            "source": header.sources,
        }
        return registers[kind].get(id_)

    @cached_property
    def _named(self) -> dict[tuple[str, str], int]:
        """The day from which something on the page names each actor, topic and place."""
        found: dict[tuple[str, str], int] = {}
        ahead: list[tuple[tuple[str, str], int]] = []
        for key in self._view.keys:
            for day, context in self.contexts(key):
                ahead += [(name, day) for name in named_in(context.view.event(key))]
        while ahead:
            name, day = ahead.pop()
            if found.get(name, day + 1) <= day or name[0] == "source":
                continue
            found[name] = day
            ahead += self._named_by(*name, day)
        return found

    def _named_by(self, kind: str, id_: str, first: int) -> Iterator[tuple[tuple[str, str], int]]:
        """What an actor, a topic or a place names from a day on, each with the day from which it does."""
        whole = self._record(kind, id_)
        if whole is None:
            return
        later = {day for day in _days_in(whole) if first < day <= self._view.as_of} if self.days else ()
        if not later and not any(_days_in(whole)):
            yield from ((name, first) for name in named_in(whole))
            return
        for day in (first, *sorted(later)):
            view = self._context(day).view if self.days else self._view
            record = Named(view).record(kind, id_)
            if record is not None:
                yield from ((name, day) for name in named_in(record))


def _own_days(event: Event, published: dict[str, int]) -> Iterator[int]:
    """The days on which something became known of an event, or what had been planned came."""
    yield from (day for day, kind in disclosures(event, published) if kind != "source")
    history = date_history(event)
    yield from history.turns()
    for plan in (*history.plans, *history.moves):
        if plan.date.earliest >= history.known:
            yield plan.date.earliest
    for quote in event.quotes:
        for wording in quote.wordings:
            yield from (published.get(citation.id, history.known) for citation in wording.sources)


def _days_of_title(event: Event) -> Iterator[int]:
    """The days on which an event became known under each of its titles."""
    yield date_history(event).known
    yield from (day_known(update.known) for update in event.updates if update.title)


def _days_in(record: Record) -> Iterator[int]:
    """The days that the parts of an actor, a topic, a place or a source name, but not that of the record."""
    for part in parts_in(record):
        for field in fields_of(type(part)):
            if field.shape is Shape.DATE and part is not record and (date := getattr(part, field.name)):
                # An office is held from the first day of its beginning to the last day of its end.
                yield from (day_known(date), date.earliest, date.latest + 1)

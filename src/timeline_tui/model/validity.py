"""The days on which each part of an event is known, worked out in one go for all days.

`known_on.event_as_known()` answers for one day; both follow the same rules, and tests hold them together.
A span is a first day number and the day number after the last; `END` where nothing ends it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.model.histories import values_before_updates
from timeline_tui.model.known_on import (
    date_history,
    day_shown,
    day_stated,
    entry_known,
    note_known,
    status_ahead,
)
from timeline_tui.model.records import Media
from timeline_tui.model.support import cited, statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.model.histories import Part
    from timeline_tui.model.known_on import DateHistory
    from timeline_tui.model.records import Claim, Event, Quote, StatementStatusEntry, StatusEntry, Wording
    from timeline_tui.model.support import Ground, Statement

_Value = TypeVar("_Value")

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]
"""Ascending; between two of them lies at least a day."""


class Validity(NamedTuple):
    """A part of an event and the days on which it is known."""

    part: Part | Media
    spans: Spans
    note: Spans
    """The days on which its note is known, if it has one."""


class EventSpans:
    """When what an event says is known.

    Args:
        event: With all that is known.
        published: When each source can be cited, from `publication_days()`.
        dates: What counts as its dates, if some of its own do not.
    """

    def __init__(self, event: Event, published: Mapping[str, int], dates: DateHistory | None = None) -> None:
        self._event, self._published = event, published
        self.own = values_before_updates(event)
        """The event's fields before any update."""
        self._dates = dates or date_history(event)
        self.known = self._dates.known
        """The day from which the event is known."""
        self.whole: Spans = ((self.known, END),)
        """All days from then on."""
        self.come: Spans = _come(self._dates)
        """The days on which it was known to have taken place."""
        self._came = self._dates.came

    def cited(self, id_: str, spans: Spans) -> Spans:
        """When a source is cited by what is known in these spans."""
        return _from(self._published.get(id_, BEGINNING), spans)

    @cached_property
    def parts(self) -> tuple[Validity, ...]:
        """All parts of the event, in the order of `parts_of()`, and its media."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[Validity]:
        event = self._event
        yield Validity(event, self.whole, ())
        for status in reversed(event.statuses):
            yield self._noted(status, self._status(status))
        for update in event.updates:
            yield Validity(update, _from(entry_known(update, self.known), self.whole), ())
        for outcome in event.outcomes:
            yield Validity(outcome, _from(entry_known(outcome, self._came), self.come), ())
        for quote in event.quotes:
            spans = _from(day_stated(quote, self.known, self._came), self.whole)
            yield self._noted(quote, spans)
            yield from self._statuses(quote, spans)
            for wording in quote.wordings:
                yield self._noted(wording, self._printed(wording, spans))
        for claim in event.claims:
            spans = _from(day_stated(claim, self.known, self._came), self.whole)
            yield self._noted(claim, spans)
            yield from self._statuses(claim, spans)
        for media in event.media:
            yield Validity(media, _from(day_shown(media, self.known, self._came), self.whole), ())

    def outcome(self, spans: Spans) -> Spans:
        """When an outcome is known, of what is known in these spans: while the event has taken place."""
        return _both(spans, self.come)

    def statuses(self) -> Iterator[tuple[str, Spans]]:
        """Each status that the event has had, and when it had it."""
        event, entries = self._event, self._event.statuses
        days = [entry_known(entry, self.known) for entry in entries]
        turns = {self.known, *days, *(day for span in self.come for day in span if day != END)}
        found: dict[str, list[Span]] = {}
        starts = sorted(day for day in turns if day >= self.known)
        by_day = sorted(range(len(entries)), key=days.__getitem__)
        last = last_dated = -1
        place = 0
        for start, stop in zip(starts, [*starts[1:], END], strict=True):
            while place < len(by_day) and days[by_day[place]] <= start:
                last = max(last, by_day[place])
                if entries[by_day[place]].known is not None:
                    last_dated = max(last_dated, by_day[place])
                place += 1
            if not _covers(self.come, start):
                word = status_ahead(entries[last_dated : last_dated + 1] if last_dated >= 0 else ())
            elif entries:
                word = entries[last].is_ if last >= 0 else "confirmed"
            else:
                word = event.status
            found.setdefault(word, []).append((start, stop))
        return ((word, united(spans)) for word, spans in found.items())

    def statement_statuses(self) -> Iterator[tuple[str, Spans]]:
        """Each status that a quote or claim has had, and when it had it; one without a history always."""
        holders: tuple[Quote | Claim, ...] = (*self._event.quotes, *self._event.claims)
        for holder in holders:
            spans = _from(day_stated(holder, self.known, self._came), self.whole)
            if holder.statuses:
                entries = [(entry_known(entry, spans[0][0]), entry.is_) for entry in holder.statuses]
                yield from _last_known(entries)
            elif holder.status is not None:
                yield holder.status, spans

    def statuses_of(self, holder: Quote | Claim) -> Iterator[tuple[str, tuple[Ground, ...], Spans]]:
        """Each status in the history of a quote or claim, what it rests on, and when it is known."""
        spans = _from(day_stated(holder, self.known, self._came), self.whole)
        for entry in holder.statuses:
            yield entry.is_, cited(entry.sources), _from(entry_known(entry, spans[0][0]), spans)
        if not holder.statuses and holder.status is not None:
            yield holder.status, (), spans

    def dates(self) -> Iterator[tuple[Date, Spans]]:
        """Each date that the event was known to have, and when."""
        entries: list[tuple[int, Date]] = [(plan.announced, plan.date) for plan in self._dates.plans]
        entries += [
            (entry_known(update, self.known), update.date)
            for update in self._event.updates
            if update.date is not None
        ]
        return _last_known(entries)

    def places(self) -> Iterator[tuple[tuple[str, ...], Spans]]:
        """The places that the event was known to have, and when."""
        entries = [(self.known, (self.own.get("place", ""), *self.own.get("places", ())))]
        entries += [
            (entry_known(update, self.known), (update.place,))
            for update in self._event.updates
            if update.place
        ]
        return _last_known(entries)

    def actors(self) -> Iterator[tuple[tuple[str, ...], Spans]]:
        """Who was known to take part, and when."""
        entries = [(self.known, tuple(self.own.get("actors", ())))]
        entries += [
            (entry_known(update, self.known), tuple(update.actors))
            for update in self._event.updates
            if update.actors
        ]
        return _last_known(entries)

    def _noted(
        self, part: StatusEntry | StatementStatusEntry | Quote | Wording | Claim, spans: Spans
    ) -> Validity:
        day = note_known(part)
        return Validity(part, spans, spans if day is None else _from(day, spans))

    def _status(self, entry: StatusEntry) -> Spans:
        """What has no day is not said of an event that is still to come."""
        return self.come if entry.known is None else _from(entry_known(entry, self.known), self.whole)

    def _statuses(self, holder: Quote | Claim, spans: Spans) -> Iterator[Validity]:
        for entry in reversed(holder.statuses):
            yield self._noted(entry, _from(entry_known(entry, spans[0][0]), spans))

    def _printed(self, wording: Wording, spans: Spans) -> Spans:
        if not wording.sources:
            return spans
        return _from(min(self._published.get(citation.id, BEGINNING) for citation in wording.sources), spans)


def statements_by(
    whole: Event, day: int, published: Mapping[str, int], dates: DateHistory | None = None
) -> Iterator[Statement]:
    """The statements of an event that are known on a day, each with its place in the whole event.

    What they rest on is all that the file says they do: what rests on sources that were published later has
    no source yet.

    Args:
        whole: The event with all that is known.
        day: The day number; `END` for all that is known.
        published: When each source can be cited, from `publication_days()`.
        dates: What counts as its dates, if some of its own do not.
    """
    found = statements(whole, dates)
    if day == END:
        return found
    parts = EventSpans(whole, published, dates).parts
    held = (spans for part, spans, _ in parts if not isinstance(part, Media))
    return (each for each, spans in zip(found, held, strict=True) if _covers(spans, day))


def known_statements(
    whole: Event, event: Event, day: int, published: Mapping[str, int], dates: DateHistory | None = None
) -> Iterator[Statement]:
    """As `statements_by()`, with the place that each statement has in the event as it is shown.

    Args:
        whole: The event with all that is known.
        event: As known on the day.
        day: The day number; `END` for all that is known.
        published: When each source can be cited, from `publication_days()`.
        dates: What counts as its dates, if some of its own do not.
    """
    found = statements_by(whole, day, published, dates)
    for as_known, each in zip(statements(event), found, strict=True):
        yield as_known._replace(grounds=each.grounds)


def united(spans: Iterable[Span]) -> Spans:
    """The days of several spans, which may overlap."""
    found: list[Span] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        elif start < stop:
            found.append((start, stop))
    return tuple(found)


def missing(spans: Spans, whole: Spans) -> Spans:
    """The days of one span that no other one covers."""
    ((start, end),) = whole
    found: list[Span] = []
    for first, stop in spans:
        if start < first:
            found.append((start, first))
        start = max(start, stop)
    if start < end:
        found.append((start, end))
    return tuple(found)


def _come(dates: DateHistory) -> Spans:
    found: list[Span] = []
    start: int | None = None
    for day in dates.turns():
        if dates.is_ahead(day):
            if start is not None:
                found.append((start, day))
                start = None
        elif start is None:
            start = day
    if start is not None:
        found.append((start, END))
    return tuple(found)


def _last_known(entries: Sequence[tuple[int, _Value]]) -> Iterator[tuple[_Value, Spans]]:
    """Of what became known on some days, what came last in the file, and when that was so."""
    order = sorted(range(len(entries)), key=lambda number: entries[number][0])
    found: list[tuple[_Value, int, int]] = []
    last = -1
    for number in order:
        if number < last:
            continue
        last = number
        start = entries[number][0]
        if found:
            found[-1] = (*found[-1][:2], start)
        found.append((entries[number][1], start, END))
    by_value: dict[_Value, list[Span]] = {}
    for value, start, stop in found:
        by_value.setdefault(value, []).append((start, stop))
    return ((value, spans) for value, held in by_value.items() if (spans := united(held)))


def _from(day: int, spans: Spans) -> Spans:
    """Spans without what is before a day."""
    if spans and spans[0][0] >= day:
        return spans
    return tuple((max(start, day), stop) for start, stop in spans if stop > day)


def _both(spans: Spans, others: Spans) -> Spans:
    return tuple(
        (max(start, first), min(stop, last))
        for start, stop in spans
        for first, last in others
        if max(start, first) < min(stop, last)
    )


def _covers(spans: Spans, day: int) -> bool:
    return any(start <= day < stop for start, stop in spans)

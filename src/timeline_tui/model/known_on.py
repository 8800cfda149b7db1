"""What was known on a day, by the rules of `docs/format.md`, section *As known on a date*.

An entry is known from its `known` date, or else from its own date. If a date is not exact to the day, the
last day that it can mean counts. A part of an event without a date of its own takes that of the part that
contains it. All days are day numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

import msgspec

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.model.histories import (
    CLAIMING,
    DISPUTING,
    apply_histories,
    current_roles,
    day_known,
    joined_role,
    parts_of,
    statement_with,
    topic_with,
    values_before_updates,
)
from timeline_tui.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import (
        Actor,
        Citation,
        Claim,
        Media,
        Outcome,
        Place,
        Quote,
        Record,
        Role,
        Source,
        StatementStatusEntry,
        StatusEntry,
        Topic,
        Update,
        Wording,
    )

    _Entry = StatusEntry | StatementStatusEntry | Outcome | Update

DisclosureKind = Literal[
    "event", "plan", "came", "quote", "claim", "source", "status", "update", "outcome", "note", "media"
]
"""The kinds of news about an event: the event itself, a new planned date, that it took place (`came`), a
quote, a claim, a source, a status, an update, an outcome, a note, a picture or document."""

KINDS_AFTER_START: Final[tuple[DisclosureKind, ...]] = (
    "came", "quote", "claim", "source", "status", "update", "outcome", "note", "media",
)  # fmt: skip
"""The kinds that can become known after an event took place; no plan is announced then."""

_CALLED_OFF: Final = frozenset({"cancelled", "postponed"})

_AnyRecord = TypeVar("_AnyRecord", bound="Record")


class Plan(NamedTuple):
    """A date that an event had or was planned for, and the day on which that date became known."""

    announced: int
    date: Date


class DateHistory(NamedTuple):
    """The dates of an event, each with the day on which it became known."""

    plans: list[Plan]
    """The dates from the event's own keys, in the order in which they were announced."""
    moves: list[Plan]
    """The dates from its updates, in the same order."""
    reported: tuple[int, ...]
    """The days on which a status became known that only an event that has begun can have."""

    @property
    def known(self) -> int:
        """The day from which the event is known."""
        return self.plans[0].announced

    @property
    def came(self) -> int:
        """The first day on which it was known that the event had taken place."""
        ends = [self._end(self.plans[-1]), *(self._end(move) for move in self.moves)]
        ends += [move.announced for move in self.moves]
        return next((day for day in sorted(ends) if not self.is_ahead(day)), max(ends))

    def days_came(self) -> Iterator[int]:
        """The days on which it became known that the event had taken place: several if put off again."""
        days = {self._end(plan) for plan in (self.plans[-1], *self.moves)}
        days |= {move.announced for move in self.moves}
        yield from (day for day in sorted(days) if not self.is_ahead(day) and self.is_ahead(day - 1))

    def is_told_by(self, day: int) -> bool:
        """Whether a report said that the event had taken place before its date alone did."""
        plans = (self.plans[-1], *self.moves)
        return any(plan.date.earliest <= day < day_known(plan.date) for plan in plans)

    def turns(self) -> list[int]:
        """The days from `known` on, ascending, between which it does not change whether it is ahead."""
        days = {self.known, self.plans[-1].announced, self._end(self.plans[-1])}
        for move in self.moves:
            days |= {move.announced, self._end(move)}
        return sorted(day for day in days if day >= self.known)

    def is_ahead(self, day: int) -> bool:
        """Whether the event was still in the future, as far as was known on a day."""
        if moved := self._move(day):
            return self._end(moved) > day
        return self.plans[-1].announced > day or self._end(self.plans[-1]) > day

    def date(self, day: int) -> Date:
        """The date of the event as it was known on a day."""
        return (self._move(day) or self.plans[self.plan_number(day)]).date

    def plan_number(self, day: int) -> int:
        """The 0-based index in `plans` of the last one that had been announced by a day."""
        return max((number for number, plan in enumerate(self.plans) if plan.announced <= day), default=0)

    def _move(self, day: int) -> Plan | None:
        return next((move for move in reversed(self.moves) if move.announced <= day), None)

    def _end(self, plan: Plan) -> int:
        """The day from which it is known that the event took place on this planned date."""
        if plan.announced >= plan.date.earliest:
            return plan.announced
        end = day_known(plan.date)
        return min((day for day in self.reported if plan.date.earliest <= day < end), default=end)


def date_history(
    event: Event, updates: Sequence[Update] | None = None, statuses: Sequence[StatusEntry] | None = None
) -> DateHistory:
    """The dates of an event, each with the day on which it became known.

    Args:
        event: With all that is known.
        updates: Those of its updates that may move it; None for all.
        statuses: Those of its statuses that tell whether it has begun; None for all. When it became known
            stays what its first status says.
    """
    replaced = event.before_updates
    own = event.date if replaced is None or replaced.date is None else replaced.date
    base = _plans(event, own)
    moves: list[Plan] = []
    for update in event.updates if updates is None else updates:
        if update.date is not None:
            before = (moves or base)[-1].announced
            moves.append(Plan(max(day_known(update.known), before), update.date))
    entries = event.statuses if statuses is None else statuses
    reported = tuple(day for entry in entries if (day := day_reported(entry)) is not None)
    return DateHistory(base, moves, reported)


def day_reported(entry: StatusEntry) -> int | None:
    """The day on which a status became known that only an event that has begun can have; else None."""
    if entry.known is None or entry.is_ not in CLAIMING | DISPUTING:
        return None
    return day_known(entry.known)


def known_and_came(event: Event) -> tuple[int, int]:
    """`known` and `came` of `date_history()`; at once for an event whose date and status never changed."""
    if event.postponed or event.updates or event.statuses:
        dates = date_history(event)
        return dates.known, dates.came
    date = event.date
    if event.known is None:
        known = day_known(date)
        return known, known
    known = day_known(event.known)
    return known, known if known >= date.earliest else day_known(date)


def steady_from(event: Event, published: Mapping[str, int]) -> int | None:
    """The day from which all that an event says is known, and never changed; None if there is no such day.

    Only its sources may have been published later. Most events are like this.

    Args:
        event: With all that is known.
        published: When each source can be cited, from `publication_days()`.
    """
    if event.statuses or event.updates or event.outcomes or event.postponed or event.media:
        return None
    known, came = known_and_came(event)
    if came > known:
        return None
    for quote in event.quotes:
        if not _is_steady(quote, known):
            return None
        for wording in quote.wordings:
            if wording.dated_note is not None or _printed(wording, published) > known:
                return None
    for claim in event.claims:
        if not _is_steady(claim, known):
            return None
    return known


def _is_steady(statement: Quote | Claim, known: int) -> bool:
    if statement.statuses or statement.dated_note is not None:
        return False
    return statement.date is None or day_known(statement.date) <= known


def _printed(wording: Wording, published: Mapping[str, int]) -> int:
    """The day from which a wording is known: that on which one of its sources printed it, if it has any."""
    return min((published.get(citation.id, BEGINNING) for citation in wording.sources), default=BEGINNING)


def planned_dates(event: Event) -> list[Plan]:
    """The dates that an event had or was planned for, in the order of announcement; the last is its own."""
    dates = date_history(event)
    return [*dates.plans, *dates.moves]


def _plans(event: Event, last: Date) -> list[Plan]:
    """The dates from the keys of an event; `last` is its own, before any update."""
    own = day_known(_first_known(event) or last)
    if not event.postponed:
        return [Plan(own, last)]
    first, *others = event.postponed
    # An event is public by its own `known` date, even if its plans give later ones.
    found = [Plan(min(own, day_known(first.known or event.known or first.date)), first.date)]
    known = _last_known(event, found[0].announced)
    latest = day_known(last) if known is None else known
    later = [(plan.date, None if plan.known is None else day_known(plan.known)) for plan in others]
    for date, given in [*later, (last, known)]:
        before = found[-1]
        # If the file does not date the new plan, it was announced at the latest when the old date had passed.
        announced = min(day_known(date), before.date.latest + 1) if given is None else given
        found.append(Plan(max(min(announced, latest), before.announced), date))
    return found


def _first_known(event: Event) -> Date | None:
    """When the event became known, if the file says so: its own `known`, or that of its first status."""
    return event.known or next((entry.known for entry in event.statuses[:1]), None)


def _last_known(event: Event, first: int) -> int | None:
    """When the last date of an event was announced; None if `known` dates the event itself.

    Args:
        event: With planned dates that did not hold.
        first: The day on which the first plan became known.
    """
    announced = [day_known(plan.known) for plan in event.postponed if plan.known is not None]
    known = first if event.known is None else day_known(event.known)
    return known if known > max([first, *announced]) else None


def publication_days(sources: Mapping[str, Source]) -> dict[str, int]:
    """The day number from which each source can be cited, by source id."""
    return {id_: publication_day(source) for id_, source in sources.items()}


def publication_day(source: Source) -> int:
    """The day number from which a source can be cited; a source without a date always can."""
    return BEGINNING if source.date is None else day_known(source.date)


def disclosures(event: Event, published: Mapping[str, int]) -> Iterator[tuple[int, DisclosureKind]]:
    """The days on which something became known about an event, each with what it was.

    Of its sources, only those published after the event became known are listed.

    Args:
        event: With all that is known.
        published: When each source can be cited, from `publication_days()`.
    """
    dates = date_history(event)
    known, came = dates.known, dates.came
    yield known, "event"
    for plan in dates.plans[1:]:
        yield plan.announced, "plan"
    for day in dates.days_came():
        if day > known:
            yield day, "came"
    for quote in event.quotes:
        yield (stated := day_stated(quote, known, came)), "quote"
        yield from _later(quote.statuses, stated, "status")
    for claim in event.claims:
        yield (stated := day_stated(claim, known, came)), "claim"
        yield from _later(claim.statuses, stated, "status")
    yield from _later(event.statuses, known, "status")
    yield from _later(event.updates, known, "update")
    yield from _later(event.outcomes, came, "outcome")
    for media in event.media:
        if media.date is not None:
            yield max(known, day_known(media.date)), "media"
    for note in {day for day in map(note_known, parts_of(event)) if day is not None and day > known}:
        yield note, "note"
    cited = (citation for part in parts_of(event) for citation in part.sources)
    late = {day for citation in cited if (day := published.get(citation.id, BEGINNING)) > known}
    for day in late:
        yield day, "source"


def _later(
    entries: Iterable[_Entry], first: int, kind: DisclosureKind
) -> Iterator[tuple[int, DisclosureKind]]:
    """The days after `first` on which entries of a history became known."""
    for entry in entries:
        if (day := entry_known(entry, first)) > first:
            yield day, kind


def note_known(record: Record) -> int | None:
    """The day from which a record's note is known; None for a note without a day, or no note."""
    note = getattr(record, "dated_note", None)
    return None if note is None or note.known is None else day_known(note.known)


def event_as_known(
    event: Event, known_on: int, published: Mapping[str, int], dates: DateHistory | None = None
) -> Event:
    """An event as it was known on a day.

    Args:
        event: One that was known by then, with all that is known today.
        known_on: The day.
        published: When each source can be cited, from `publication_days()`.
        dates: What counts as its dates, if some of its own do not.
    """
    dates = dates or date_history(event)
    known, came, is_ahead = dates.known, dates.came, dates.is_ahead(known_on)
    number = dates.plan_number(known_on)
    is_last = number == len(dates.plans) - 1
    values = values_before_updates(event) | {
        "date": dates.plans[number].date,
        "known": event.known if is_last or (event.known and day_known(event.known) <= known_on) else None,
        "postponed": event.postponed[:number],
        "statuses": _history(event.statuses, known, known_on, published, dated_only=is_ahead),
        "updates": _updates(_history(event.updates, known, known_on, published), is_ahead=is_ahead),
        "outcomes": () if is_ahead else _history(event.outcomes, came, known_on, published),
        "sources": _cited(event.sources, known_on, published),
        "quotes": tuple(
            _quote_as_known(quote, stated, known_on, published)
            for quote in event.quotes
            if (stated := day_stated(quote, known, came)) <= known_on
        ),
        "claims": tuple(
            _statement_as_known(claim, stated, known_on, published)
            for claim in event.claims
            if (stated := day_stated(claim, known, came)) <= known_on
        ),
        "media": tuple(media for media in event.media if day_shown(media, known, came) <= known_on),
    }
    if event.statuses:
        values |= {"status": "confirmed", "by": ()}
    if is_ahead or event.outcomes:
        values["outcome"] = ""
    apply_histories(Event, values)
    if is_ahead:
        values["status"] = status_ahead(values["statuses"])
    return Event(**values)


def status_ahead(entries: Sequence[StatusEntry]) -> str:
    """The status of a future event by its known entries: scheduled, unless it was called off."""
    return status_of_plan(entries[-1].is_ if entries else "")


def status_of_plan(last: str) -> str:
    """The status of a future event by its last known one, if it has any: scheduled, unless called off."""
    return last if last in _CALLED_OFF else "scheduled"


def _history(
    entries: Iterable[Any], first: int, day: int, published: Mapping[str, int], *, dated_only: bool = False
) -> tuple[Any, ...]:
    """The entries of a history that were known on a day, as they were known.

    Args:
        entries: The oldest first.
        first: The day from which the record with this history is known; an entry without a date is known from
            then on.
        day: The day.
        published: When each source can be cited.
        dated_only: Leave out entries without a date, which are not shown before the event has taken place.
    """
    return tuple(
        _without_later(entry, day, published)
        for entry in entries
        if entry_known(entry, first) <= day and not (dated_only and entry.known is None)
    )


def entry_known(entry: _Entry, first: int) -> int:
    """The day from which an entry of a history is known, given that of the record with this history."""
    return first if entry.known is None else max(first, day_known(entry.known))


def _updates(updates: tuple[Update, ...], *, is_ahead: bool) -> tuple[Update, ...]:
    """Updates; those of a future event without their outcomes."""
    if not is_ahead or not any(update.outcome for update in updates):
        return updates
    return tuple(msgspec.structs.replace(update, outcome="") for update in updates)


def _without_later(record: _AnyRecord, day: int, published: Mapping[str, int]) -> _AnyRecord:
    """A record without its sources and its note, where these are from after a day."""
    changes: dict[str, object] = {}
    cited = getattr(record, "sources", ())
    if len(kept := _cited(cited, day, published)) < len(cited):
        changes["sources"] = kept
    known = note_known(record)
    if known is not None and known > day:
        changes |= {"note": "", "dated_note": None}
    return msgspec.structs.replace(record, **changes) if changes else record


def day_stated(statement: Quote | Claim, known: int, came: int) -> int:
    """The day from which a quote or claim is known: its own, but not before the event is known.

    One without a date was made when the event took place. Its statuses say what became of it since; but if
    the first one is that somebody claims it, nobody knew of it before.
    """
    day = came if statement.date is None else max(known, day_known(statement.date))
    if statement.statuses and (first := statement.statuses[0]).is_ == "claimed" and first.known is not None:
        return max(day, day_known(first.known))
    return day


def day_shown(media: Media, known: int, came: int) -> int:
    """The day from which media are known, as in `day_stated()`."""
    return came if media.date is None else max(known, day_known(media.date))


def _statement_as_known(statement: Any, first: int, day: int, published: Mapping[str, int]) -> Any:  # noqa: ANN401  a quote or a claim
    known = _without_later(statement, day, published)
    return statement_with(known, _history(statement.statuses, first, day, published))


def _quote_as_known(quote: Quote, first: int, day: int, published: Mapping[str, int]) -> Quote:
    wordings = tuple(
        cut
        for wording in quote.wordings
        # A wording exists from the day on which one of its sources printed it.
        if _is_printed(cut := _without_later(wording, day, published), wording)
    )
    known: Quote = _statement_as_known(quote, first, day, published)
    return msgspec.structs.replace(known, wordings=wordings)


def _is_printed(cut: Wording, wording: Wording) -> bool:
    return bool(cut.sources) or not wording.sources


def _cited(citations: tuple[Citation, ...], day: int, published: Mapping[str, int]) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if published.get(citation.id, BEGINNING) <= day)


def actor_as_known(
    actor: Actor, known_on: int, published: Mapping[str, int], held: int | None = None
) -> Actor:
    """An actor as known on a day, with the role held then.

    Args:
        actor: With all that is known today.
        known_on: The day; `END` for all that is known today.
        published: When each source can be cited, from `publication_days()`.
        held: The day on which the role was held, if not `known_on`: beside an event, the event's first day.
    """
    changes: dict[str, object] = {}
    if actor.updates:
        changes["updates"] = _history(actor.updates, BEGINNING, known_on, published)
    if actor.roles:
        roles = tuple(
            _role_as_known(role, known_on, published)
            for role in actor.roles
            if day_role_known(role) <= known_on
        )
        role, of = joined_role(roles_on(roles, known_on if held is None else held))
        changes |= {"roles": roles, "role": role, "of": of}
    return msgspec.structs.replace(actor, **changes) if changes else actor


def day_role_known(role: Role) -> int:
    """The day number from which a role is known."""
    date = role.known or role.from_
    return BEGINNING if date is None else day_known(date)


def roles_on(roles: Sequence[Role], day: int) -> tuple[Role, ...]:
    """The roles held on a day: none in a gap, all of those that overlap.

    On the day number `END` they are the roles that have not ended; if all have ended, the last one.
    """
    if day >= END:
        return current_roles(roles)
    return tuple(
        role
        for role in roles
        if (role.from_ is None or role.from_.earliest <= day)
        and (role.until is None or role.until.latest >= day)
    )


def _role_as_known(role: Role, day: int, published: Mapping[str, int]) -> Role:
    role = _without_later(role, day, published)
    if role.until is not None and day_known(role.until) > day:
        return msgspec.structs.replace(role, until=None)
    return role


def topic_as_known(topic: Topic, known_on: int, published: Mapping[str, int]) -> Topic:
    """A topic as known on a day: the question as it was put then, and whether it was settled."""
    if not topic.updates and not topic.settled:
        return topic
    return topic_with(
        topic,
        updates=_history(topic.updates, BEGINNING, known_on, published),
        settled=_history(topic.settled, BEGINNING, known_on, published),
    )


def place_as_known(place: Place, known_on: int) -> Place:
    """A place as known on a day."""
    if not place.updates:
        return place
    return msgspec.structs.replace(place, updates=_history(place.updates, BEGINNING, known_on, {}))


def source_as_known(source: Source, known_on: int) -> Source:
    """A source as known on a day: without later corrections or a later retraction."""
    changes: dict[str, object] = {}
    if source.corrections:
        changes["corrections"] = _history(source.corrections, BEGINNING, known_on, {})
    if source.retracted is not None:
        is_known = day_known(source.retracted.known) <= known_on
        changes["retracted"] = _without_later(source.retracted, known_on, {}) if is_known else None
    source = msgspec.structs.replace(source, **changes) if changes else source
    return _without_later(source, known_on, {})

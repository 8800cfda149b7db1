"""What of a timeline was known on a day, by the rules of `docs/format.md`, section *As known on a date*.

What is dated is known from `known`, else from its own date: of one that is not known to the day, from the
last day that it may mean. Everything in an event falls back to what holds it. Days are day numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

import msgspec

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.model.histories import (
    CLAIMING,
    DISPUTING,
    as_written,
    day_known,
    office,
    parts_of,
    said_with,
    settle,
    standing_roles,
    topic_with,
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
        SaidStatusEntry,
        Source,
        StatusEntry,
        Topic,
        Update,
        Wording,
    )

    _Entry = StatusEntry | SaidStatusEntry | Outcome | Update

NewsKind = Literal[
    "event", "plan", "came", "quote", "claim", "source", "status", "update", "outcome", "note", "media"
]
"""What may become known: an event, another date planned for it, that it took place, words and figures; what
it is read from; how it is held now, what was learned later, what came of it; notes and pictures."""

LATER: Final[tuple[NewsKind, ...]] = (
    "came", "quote", "claim", "source", "status", "update", "outcome", "note", "media",
)  # fmt: skip
"""What may become known of an event that has come; no plan is announced then."""

_CALLED_OFF: Final = frozenset({"cancelled", "postponed"})

_AnyRecord = TypeVar("_AnyRecord", bound="Record")


class Plan(NamedTuple):
    """A date that an event had or was to have, and the day from which that was known."""

    announced: int
    date: Date


class Life(NamedTuple):
    """How the dates of an event became known."""

    plans: list[Plan]
    """Those that its own keys tell, in the order of their announcement."""
    moves: list[Plan]
    """Those that its updates tell, in the same order."""
    told: tuple[int, ...]
    """The days on which a status was told that only what has begun can have."""

    @property
    def known(self) -> int:
        """The day from which the event is known."""
        return self.plans[0].announced

    @property
    def came(self) -> int:
        """The day from which it was first known that the event had come."""
        ends = [self._end(self.plans[-1]), *(self._end(move) for move in self.moves)]
        ends += [move.announced for move in self.moves]
        return next((day for day in sorted(ends) if not self.is_ahead(day)), max(ends))

    def comings(self) -> Iterator[int]:
        """The days on which it became known that the event had come, again where it had been put off."""
        days = {self._end(plan) for plan in (self.plans[-1], *self.moves)}
        days |= {move.announced for move in self.moves}
        yield from (day for day in sorted(days) if not self.is_ahead(day) and self.is_ahead(day - 1))

    def is_ahead(self, day: int) -> bool:
        """Whether the event was still to come, as far as was known by a day."""
        if moved := self._move(day):
            return self._end(moved) > day
        return self.plans[-1].announced > day or self._end(self.plans[-1]) > day

    def date(self, day: int) -> Date:
        """The date of the event as it was known by a day."""
        return (self._move(day) or self.plans[self.number(day)]).date

    def number(self, day: int) -> int:
        """Which of the plans was the last that was announced by a day."""
        return max((number for number, plan in enumerate(self.plans) if plan.announced <= day), default=0)

    def _move(self, day: int) -> Plan | None:
        return next((move for move in reversed(self.moves) if move.announced <= day), None)

    def _end(self, plan: Plan) -> int:
        """The day from which it is known that what was planned so has come."""
        if plan.announced >= plan.date.earliest:
            return plan.announced
        end = day_known(plan.date)
        return min((day for day in self.told if plan.date.earliest <= day < end), default=end)


def life_of(event: Event) -> Life:
    """How the dates of an event became known."""
    values = as_written(event)
    base = _plans(event, values["date"])
    moves: list[Plan] = []
    for update in event.updates:
        if update.date is not None:
            before = (moves or base)[-1].announced
            moves.append(Plan(max(day_known(update.known), before), update.date))
    told = tuple(
        day_known(entry.known)
        for entry in event.statuses
        if entry.known is not None and entry.is_ in CLAIMING | DISPUTING
    )
    return Life(base, moves, told)


def plans(event: Event) -> list[Plan]:
    """The dates that an event had or was to have, in the order of their announcement; the last is its own."""
    life = life_of(event)
    return [*life.plans, *life.moves]


def _plans(event: Event, last: Date) -> list[Plan]:
    """The dates told by the keys of an event, of which the last is its own but for what updates say."""
    own = day_known(_told(event) or last)
    if not event.postponed:
        return [Plan(own, last)]
    first, *others = event.postponed
    # What has a day of its own in the file is public by then, whatever its plans say.
    found = [Plan(min(own, day_known(first.known or event.known or first.date)), first.date)]
    known = _last_known(event, found[0].announced)
    latest = day_known(last) if known is None else known
    later = [(plan.date, None if plan.known is None else day_known(plan.known)) for plan in others]
    for date, told in [*later, (last, known)]:
        before = found[-1]
        # Where it is not told when a new date was announced: at the latest when the old one had passed.
        announced = min(day_known(date), before.date.latest + 1) if told is None else told
        found.append(Plan(max(min(announced, latest), before.announced), date))
    return found


def _told(event: Event) -> Date | None:
    """When the event became known, as far as the file says so: by itself, or by its first status."""
    return event.known or next((entry.known for entry in event.statuses[:1]), None)


def _last_known(event: Event, first: int) -> int | None:
    """When the last date of an event was announced; None if `known` is that of the event, since `first`."""
    told = [day_known(plan.known) for plan in event.postponed if plan.known is not None]
    known = first if event.known is None else day_known(event.known)
    return known if known > max([first, *told]) else None


def published(sources: Mapping[str, Source]) -> dict[str, int]:
    """The day from which each source can be cited, by its id."""
    return {id_: published_by(source) for id_, source in sources.items()}


def published_by(source: Source) -> int:
    """The day from which a source can be cited; one without a date always can."""
    return BEGINNING if source.date is None else day_known(source.date)


def news(event: Event, days: Mapping[str, int]) -> Iterator[tuple[int, NewsKind]]:
    """What became known of an event and when; of sources, only that they came later than the event.

    `days` are those of `published()`.
    """
    life = life_of(event)
    known, came = life.known, life.came
    yield known, "event"
    for plan in life.plans[1:]:
        yield plan.announced, "plan"
    for coming in life.comings():
        if coming > known:
            yield coming, "came"
    for quote in event.quotes:
        yield (said := _said(quote, known, came)), "quote"
        yield from _later(quote.statuses, said, "status")
    for claim in event.claims:
        yield (said := _said(claim, known, came)), "claim"
        yield from _later(claim.statuses, said, "status")
    yield from _later(event.statuses, known, "status")
    yield from _later(event.updates, known, "update")
    yield from _later(event.outcomes, came, "outcome")
    for media in event.media:
        if media.date is not None:
            yield max(known, day_known(media.date)), "media"
    for note in {day for day in map(_note_known, parts_of(event)) if day is not None and day > known}:
        yield note, "note"
    cited = (citation for part in parts_of(event) for citation in part.sources)
    late = {day for citation in cited if (day := days.get(citation.id, BEGINNING)) > known}
    for day in late:
        yield day, "source"


def _later(entries: Iterable[_Entry], first: int, kind: NewsKind) -> Iterator[tuple[int, NewsKind]]:
    """The days after the first one on which entries of a history became known."""
    for entry in entries:
        if (day := _entry_known(entry, first)) > first:
            yield day, kind


def _note_known(record: Record) -> int | None:
    note = getattr(record, "dated_note", None)
    return None if note is None or note.known is None else day_known(note.known)


def as_known(event: Event, day: int, days: Mapping[str, int]) -> Event:
    """An event that was known by `day` as it stood then.

    `days` are those of `published()`.
    """
    life = life_of(event)
    known, came, is_ahead = life.known, life.came, life.is_ahead(day)
    number = life.number(day)
    is_last = number == len(life.plans) - 1
    values = as_written(event) | {
        "date": life.plans[number].date,
        "known": event.known if is_last or (event.known and day_known(event.known) <= day) else None,
        "postponed": event.postponed[:number],
        "statuses": _history(event.statuses, known, day, days, told_only=is_ahead),
        "updates": _updates(_history(event.updates, known, day, days), is_ahead=is_ahead),
        "outcomes": () if is_ahead else _history(event.outcomes, came, day, days),
        "sources": _by(event.sources, day, days),
        "quotes": tuple(
            _quote_by(quote, said, day, days)
            for quote in event.quotes
            if (said := _said(quote, known, came)) <= day
        ),
        "claims": tuple(
            _said_by(claim, said, day, days)
            for claim in event.claims
            if (said := _said(claim, known, came)) <= day
        ),
        "media": tuple(media for media in event.media if _seen(media, known, came) <= day),
    }
    if event.statuses:
        values |= {"status": "confirmed", "by": ()}
    if is_ahead or event.outcomes:
        values["outcome"] = ""
    settle(Event, values)
    if is_ahead:
        values["status"] = _status_ahead(values["statuses"])
    return Event(**values)


def _status_ahead(entries: Sequence[StatusEntry]) -> str:
    """The status of what is still to come, by the entries known: a plan, unless it was called off."""
    last = entries[-1].is_ if entries else ""
    return last if last in _CALLED_OFF else "scheduled"


def _history(
    entries: Iterable[Any], first: int, day: int, days: Mapping[str, int], *, told_only: bool = False
) -> tuple[Any, ...]:
    """The entries known by a day, as they were.

    Args:
        entries: The oldest first.
        first: The day from which what they are about is known, and so is an entry without one.
        day: The day.
        days: When each source can be cited.
        told_only: Leave out those without a day: what they say is not told before the event has come.
    """
    return tuple(
        _cut(entry, day, days)
        for entry in entries
        if _entry_known(entry, first) <= day and not (told_only and entry.known is None)
    )


def _entry_known(entry: _Entry, first: int) -> int:
    return first if entry.known is None else max(first, day_known(entry.known))


def _updates(updates: tuple[Update, ...], *, is_ahead: bool) -> tuple[Update, ...]:
    """Updates, of what is still to come without outcomes."""
    if not is_ahead or not any(update.outcome for update in updates):
        return updates
    return tuple(msgspec.structs.replace(update, outcome="") for update in updates)


def _cut(record: _AnyRecord, day: int, days: Mapping[str, int]) -> _AnyRecord:
    """A part of an event without the sources and the note that came later."""
    changes: dict[str, object] = {}
    cited = getattr(record, "sources", ())
    if len(kept := _by(cited, day, days)) < len(cited):
        changes["sources"] = kept
    known = _note_known(record)
    if known is not None and known > day:
        changes |= {"note": "", "dated_note": None}
    return msgspec.structs.replace(record, **changes) if changes else record


def _said(said: Quote | Claim, known: int, came: int) -> int:
    """What is said on a day is not known before that day, nor before the event that it belongs to.

    What has no day of its own was said when the event came.
    """
    told = said.statuses[0].known if said.statuses else None
    told = told or said.date
    return came if told is None else max(known, day_known(told))


def _seen(media: Media, known: int, came: int) -> int:
    return came if media.date is None else max(known, day_known(media.date))


def _said_by(said: Any, first: int, day: int, days: Mapping[str, int]) -> Any:  # noqa: ANN401  a quote or a claim
    return said_with(_cut(said, day, days), _history(said.statuses, first, day, days))


def _quote_by(quote: Quote, first: int, day: int, days: Mapping[str, int]) -> Quote:
    wordings = tuple(
        cut
        for wording in quote.wordings
        # Words are those of who prints them: printed later, they were not there.
        if _is_printed(cut := _cut(wording, day, days), wording)
    )
    known: Quote = _said_by(quote, first, day, days)
    return msgspec.structs.replace(known, wordings=wordings)


def _is_printed(cut: Wording, wording: Wording) -> bool:
    return bool(cut.sources) or not wording.sources


def _by(citations: tuple[Citation, ...], day: int, days: Mapping[str, int]) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if days.get(citation.id, BEGINNING) <= day)


def actor_as_known(actor: Actor, day: int, days: Mapping[str, int], held: int | None = None) -> Actor:
    """An actor as known on a day, in the office held then.

    Args:
        actor: With all that is known.
        day: The day of the clock; `END` for none.
        days: When each source can be cited, as `published()` gives it.
        held: The day on which the office is to be held, if that is another: beside an event, its first.
    """
    changes: dict[str, object] = {}
    if actor.updates:
        changes["updates"] = _history(actor.updates, BEGINNING, day, days)
    if actor.roles:
        roles = tuple(_role_by(role, day, days) for role in actor.roles if role_known(role) <= day)
        role, of = office(roles_on(roles, day if held is None else held))
        changes |= {"roles": roles, "role": role, "of": of}
    return msgspec.structs.replace(actor, **changes) if changes else actor


def role_known(role: Role) -> int:
    """The day from which it is known that somebody has a role."""
    told = role.known or role.from_
    return BEGINNING if told is None else day_known(told)


def roles_on(roles: Sequence[Role], day: int) -> tuple[Role, ...]:
    """The roles held on a day: in a gap none, of those that overlap all.

    Without a clock, at the end of all days, they are those that have not ended, or the last.
    """
    if day >= END:
        return standing_roles(roles)
    return tuple(
        role
        for role in roles
        if (role.from_ is None or role.from_.earliest <= day)
        and (role.until is None or role.until.latest >= day)
    )


def _role_by(role: Role, day: int, days: Mapping[str, int]) -> Role:
    role = _cut(role, day, days)
    if role.until is not None and day_known(role.until) > day:
        return msgspec.structs.replace(role, until=None)
    return role


def topic_as_known(topic: Topic, day: int, days: Mapping[str, int]) -> Topic:
    """A topic as known on a day: its question as it was put then, and what it had come to."""
    if not topic.updates and not topic.settled:
        return topic
    return topic_with(
        topic,
        updates=_history(topic.updates, BEGINNING, day, days),
        settled=_history(topic.settled, BEGINNING, day, days),
    )


def place_as_known(place: Place, day: int) -> Place:
    """A place as known on a day."""
    if not place.updates:
        return place
    return msgspec.structs.replace(place, updates=_history(place.updates, BEGINNING, day, {}))


def source_as_known(source: Source, day: int) -> Source:
    """A source as known on a day: neither corrected nor retracted before it was."""
    changes: dict[str, object] = {}
    if source.corrections:
        changes["corrections"] = _history(source.corrections, BEGINNING, day, {})
    if source.retracted is not None:
        is_known = day_known(source.retracted.known) <= day
        changes["retracted"] = _cut(source.retracted, day, {}) if is_known else None
    source = msgspec.structs.replace(source, **changes) if changes else source
    return _cut(source, day, {})

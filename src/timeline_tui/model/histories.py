"""What stands now of a record of which more became known, worked out of its histories.

A record holds its histories whole, the oldest entry first, and in the fields that they change what stands
last: an event with a list of statuses has the last of them as its `status`. What an event's own keys say
where updates have changed it is kept in `Event.first`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from timeline_tui.dates.date import END, Date, reached_by
from timeline_tui.dates.edtf import Interval, Limit, Moment, Several, bounds
from timeline_tui.model.records import (
    Actor,
    Claim,
    Event,
    First,
    Outcome,
    Quote,
    Record,
    Role,
    SaidStatusEntry,
    StatusEntry,
    Topic,
    TopicUpdate,
    Update,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline_tui.dates.edtf import Form

Values = dict[str, Any]
"""The fields of a record by name; one that is not there has its default."""

Part: TypeAlias = Event | Quote | Wording | Claim | StatusEntry | SaidStatusEntry | Outcome | Update
"""What in an event has sources of its own."""

CLAIMING: Final = frozenset({"claimed", "confirmed"})
DISPUTING: Final = frozenset({"disputed", "denied"})

_CHANGED: Final = ("date", "title", "actors")
"""What an update changes of an event, beside its place and its outcome."""
_OWN: Final = tuple(field.name for field in msgspec.structs.fields(First))


def day_known(date: Date) -> int:
    """The day number from which what has this date is known: the last day that the date may mean.

    Of an interval, and of several days that are all meant, it is the last day on which it may begin; what has
    no beginning at all was always known.
    """
    if date.earliest == date.latest:
        return date.latest
    return _last_beginning(date)


@lru_cache(maxsize=8192)
def _last_beginning(date: Date) -> int:
    day = _beginning(date.form)
    return reached_by(date) if day == END else day


def _beginning(form: Form) -> int:
    if isinstance(form, Several):
        return min(map(_beginning, form.members)) if form.every else bounds(form).latest
    if isinstance(form, Interval) and isinstance(form.start, Moment):
        return bounds(form.start).latest
    if isinstance(form, Interval) and form.start is Limit.OPEN:
        return bounds(form).earliest
    return bounds(form).latest


def disputed_by(entries: Iterable[StatusEntry]) -> tuple[str, ...]:
    """Who disputes or denies, by the entries of a status, in the order in which they came."""
    return _speakers(entries, DISPUTING)


def parts_of(event: Event) -> Iterator[Part]:
    """An event, what is told of it and all that is said in it, in the order in which these are told."""
    yield event
    yield from reversed(event.statuses)
    yield from event.updates
    yield from event.outcomes
    for quote in event.quotes:
        yield quote
        yield from reversed(quote.statuses)
        yield from quote.wordings
    for claim in event.claims:
        yield claim
        yield from reversed(claim.statuses)


def claimed_by(entries: Iterable[StatusEntry]) -> tuple[str, ...]:
    """Who claims or confirms, by the entries of a status, in the order in which they came."""
    return _speakers(entries, CLAIMING)


def _speakers(entries: Iterable[StatusEntry], words: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for entry in entries if entry.is_ in words for id_ in entry.by))


def settle(kind: type[Record], values: Values) -> None:
    """Have the fields of a new record say what its histories come to."""
    if (note := values.get("dated_note")) is not None:
        values["note"] = note.text
    if work := _OF_KIND.get(kind):
        work(values)


def standing(event: Event, **changes: Any) -> Event:  # noqa: ANN401  any field of an event
    """An event with other histories, and all its fields as these have them."""
    values = as_written(event) | changes
    settle(Event, values)
    return Event(**values)


def as_written(event: Event) -> Values:
    """The fields of an event as its own keys have them, whatever updates say."""
    values = _fields(event)
    first = values.pop("first", None)
    if first is not None:
        for name in _OWN:
            if (value := getattr(first, name)) is not None:
                values[name] = value
    return values


def _fields(record: Record) -> Values:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _settle_event(values: Values) -> None:
    if entries := values.get("statuses"):
        values["status"] = entries[-1].is_
        values["by"] = claimed_by(entries)
    if entries := values.get("outcomes"):
        values["outcome"] = entries[-1].text
    if updates := values.get("updates"):
        _update(values, updates)


def _update(values: Values, updates: Sequence[Update]) -> None:
    own: Values = {}
    for update in updates:
        for name in _CHANGED:
            if value := getattr(update, name):
                _change(values, own, name, value)
        if update.place:
            _change(values, own, "place", update.place)
            _change(values, own, "places", ())
        if update.outcome and not _told_after(values.get("outcomes", ()), update):
            _change(values, own, "outcome", update.outcome)
    if own:
        values["first"] = First(**own)


def _change(values: Values, own: Values, name: str, value: object) -> None:
    own.setdefault(name, values.get(name, _NOTHING.get(name)))
    values[name] = value


_NOTHING: Final[Values] = {"outcome": "", "place": "", "places": (), "actors": {}}


def _told_after(outcomes: Sequence[Outcome], update: Update) -> bool:
    """Whether an outcome of the event's own became known after an update."""
    known = outcomes[-1].known if outcomes else None
    return known is not None and day_known(known) > day_known(update.known)


def _settle_said(values: Values) -> None:
    if entries := values.get("statuses"):
        values["status"] = entries[-1].is_


def _settle_actor(values: Values) -> None:
    if roles := values.get("roles"):
        values["role"], values["of"] = office(standing_roles(roles))


def standing_roles(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles that have not ended, or the last of those that have."""
    return tuple(role for role in roles if role.until is None) or tuple(roles[-1:])


def office(roles: Iterable[Role]) -> tuple[str, str]:
    """Several roles as one text, and the body that the last of them that has any is held for."""
    held = list(roles)
    names = dict.fromkeys(role.role for role in held if role.role)
    return "; ".join(names), next((role.of for role in reversed(held) if role.of), "")


def _settle_topic(values: Values) -> None:
    updates: Sequence[TopicUpdate] = values.get("updates", ())
    if asked := [update.question for update in updates if update.question]:
        values["first_question"], values["question"] = values["question"], asked[-1]


def topic_with(topic: Topic, **changes: Any) -> Topic:  # noqa: ANN401  any field of a topic
    """A topic with other histories, and its question as these have it."""
    values = _fields(topic)
    values["question"] = values.pop("first_question") or topic.question
    values |= changes
    _settle_topic(values)
    return Topic(**values)


def said_with(said: Quote | Claim, statuses: Sequence[SaidStatusEntry], **changes: Any) -> Any:  # noqa: ANN401  what was given, with any of its fields
    """A quote or claim of which these entries of its status are known."""
    if said.statuses and not statuses:
        changes["status"] = None
    elif statuses:
        changes["status"] = statuses[-1].is_
    return msgspec.structs.replace(said, statuses=tuple(statuses), **changes)


_OF_KIND: Final[dict[type[Record], Callable[[Values], None]]] = {
    Event: _settle_event,
    Quote: _settle_said,
    Claim: _settle_said,
    Actor: _settle_actor,
    Topic: _settle_topic,
}

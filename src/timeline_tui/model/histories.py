"""Works out a record's current values from its histories: statuses, updates, outcomes, roles.

A record holds each history in full, oldest entry first. The fields that a history changes hold the latest
value: an event with a list of statuses has the last of them as its `status`. The values that an event's own
keys give, where updates have replaced them, are kept in `Event.before_updates`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from timeline_tui.dates.date import END, Date, reached_by
from timeline_tui.dates.edtf import Interval, Limit, Moment, Several, bounds
from timeline_tui.model.records import (
    Actor,
    BeforeUpdates,
    Claim,
    Event,
    Outcome,
    Quote,
    Record,
    Role,
    StatementStatusEntry,
    StatusEntry,
    Topic,
    TopicUpdate,
    Update,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline_tui.dates.edtf import Form

FieldValues = dict[str, Any]
"""The fields of a record by name; a missing one has its default."""

Part: TypeAlias = Event | Quote | Wording | Claim | StatusEntry | StatementStatusEntry | Outcome | Update
"""The parts of an event that cite sources of their own."""

CLAIMING: Final = frozenset({"claimed", "confirmed"})
DISPUTING: Final = frozenset({"disputed", "denied"})

_CHANGED: Final = ("date", "title", "actors")
"""The fields of an event that an update replaces as they are; place and outcome have rules of their own."""
_REPLACED: Final = tuple(field.name for field in msgspec.structs.fields(BeforeUpdates))


def day_known(date: Date) -> int:
    """The day number from which something with this date is known: the last day that the date can mean.

    For an interval, and for a set of days that are all meant, it is the last day on which it can begin.
    Something without any beginning was always known.
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
    """The ids of those who dispute or deny an event and have not taken this back, oldest entry first."""
    return _speakers(entries, DISPUTING)


def parts_of(event: Event) -> Iterator[Part]:
    """The event itself, then its histories, quotes and claims, in the order in which they are shown."""
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
    """The ids of those who claim or confirm an event and have not taken this back, oldest entry first."""
    return _speakers(entries, CLAIMING)


def _speakers(entries: Iterable[StatusEntry], words: frozenset[str]) -> tuple[str, ...]:
    """Those whose last word on an event is one of these; who only reports a change of plan takes no side."""
    last: dict[str, bool] = {}
    for entry in entries:
        if entry.is_ in CLAIMING | DISPUTING:
            last |= dict.fromkeys(entry.by, entry.is_ in words)
    return tuple(id_ for id_, is_meant in last.items() if is_meant)


def apply_histories(kind: type[Record], values: FieldValues) -> None:
    """Set the fields that the histories of a new record change to their latest values.

    Args:
        kind: The type of record.
        values: Its fields, changed in place.
    """
    if (note := values.get("dated_note")) is not None:
        values["note"] = note.text
    if work := _OF_KIND.get(kind):
        work(values)


def values_before_updates(event: Event) -> FieldValues:
    """The fields of an event with the values that its own keys give, before any update."""
    values = _fields(event)
    before = values.pop("before_updates", None)
    if before is not None:
        for name in _REPLACED:
            if (value := getattr(before, name)) is not None:
                values[name] = value
    return values


def _fields(record: Record) -> FieldValues:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _event_now(values: FieldValues) -> None:
    if entries := values.get("statuses"):
        values["status"] = entries[-1].is_
        values["by"] = claimed_by(entries)
    if entries := values.get("outcomes"):
        values["outcome"] = entries[-1].text
    if updates := values.get("updates"):
        _apply_updates(values, updates)


def _apply_updates(values: FieldValues, updates: Sequence[Update]) -> None:
    before: FieldValues = {}
    for update in updates:
        for name in _CHANGED:
            if value := getattr(update, name):
                _replace(values, before, name, value)
        if update.place:
            _replace(values, before, "place", update.place)
            _replace(values, before, "places", ())
        if update.outcome and not _is_outcome_later(values.get("outcomes", ()), update):
            _replace(values, before, "outcome", update.outcome)
    if before:
        values["before_updates"] = BeforeUpdates(**before)


def _replace(values: FieldValues, before: FieldValues, name: str, value: object) -> None:
    before.setdefault(name, values.get(name, _DEFAULTS.get(name)))
    values[name] = value


_DEFAULTS: Final[FieldValues] = {"outcome": "", "place": "", "places": (), "actors": {}}


def _is_outcome_later(outcomes: Sequence[Outcome], update: Update) -> bool:
    """Whether the event's own outcome became known after an update."""
    known = outcomes[-1].known if outcomes else None
    return known is not None and day_known(known) > day_known(update.known)


def _statement_now(values: FieldValues) -> None:
    if entries := values.get("statuses"):
        values["status"] = entries[-1].is_


def _actor_now(values: FieldValues) -> None:
    if roles := values.get("roles"):
        values["role"], values["of"] = joined_role(current_roles(roles))


def current_roles(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles that have not ended; if all have ended, the last one."""
    return tuple(role for role in roles if role.until is None) or tuple(roles[-1:])


def joined_role(roles: Iterable[Role]) -> tuple[str, str]:
    """Several roles as one: their names as one text, and the id of the body of the last role that has one."""
    listed = list(roles)
    names = dict.fromkeys(role.role for role in listed if role.role)
    return "; ".join(names), next((role.of for role in reversed(listed) if role.of), "")


def _topic_now(values: FieldValues) -> None:
    updates: Sequence[TopicUpdate] = values.get("updates", ())
    if questions := [update.question for update in updates if update.question]:
        values["first_question"], values["question"] = values["question"], questions[-1]


def topic_with(topic: Topic, **changes: Any) -> Topic:  # noqa: ANN401  any field of a topic
    """A copy of a topic with other histories, its question taken from these."""
    values = _fields(topic)
    values["question"] = values.pop("first_question") or topic.question
    values |= changes
    _topic_now(values)
    return Topic(**values)


def statement_with(statement: Quote | Claim, statuses: Sequence[StatementStatusEntry], **changes: Any) -> Any:  # noqa: ANN401  what was given, with any of its fields
    """A copy of a quote or claim that has only these entries of its status history."""
    if statement.statuses and not statuses:
        changes["status"] = None
    elif statuses:
        changes["status"] = statuses[-1].is_
    return msgspec.structs.replace(statement, statuses=tuple(statuses), **changes)


_OF_KIND: Final[dict[type[Record], Callable[[FieldValues], None]]] = {
    Event: _event_now,
    Quote: _statement_now,
    Claim: _statement_now,
    Actor: _actor_now,
    Topic: _topic_now,
}

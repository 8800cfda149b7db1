"""Whether the fields of a single record fit together: the order of histories, the dates of roles.

An entry with an error is reported and left out; the rest of the record is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from timeline_tui.model.histories import FieldValues, day_known
from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.model.records import Actor, Claim, Event, Place, Quote, Record, Source, Story, Topic
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Step

SHORT_NAME: Final = 12
"""The greatest width of a short name, in terminal cells."""
_NORTH, _EAST = 90, 180


def drop_inconsistent(kind: type[Record], values: FieldValues, log: ProblemLog) -> None:
    """Report the fields and entries of a record that contradict others, and remove them.

    Args:
        kind: The type of record.
        values: Its fields, changed in place.
        log: Takes the problems.
    """
    if work := _OF_KIND.get(kind):
        work(values, log)


def _at(record: Any) -> tuple[int, int]:  # noqa: ANN401  whatever has a place in the file
    return record.line, record.column


def _place(values: FieldValues) -> tuple[int, int]:
    return values["line"], values["column"]


def _event(values: FieldValues, log: ProblemLog) -> None:
    if values.get("statuses") and values.pop("by", ()):
        hint = "move it into the entries of the list"
        log.error(Code.TWICE_SAID, _place(values), "by cannot be used with a list of statuses", hint)
    first = values.get("known") or values["date"]
    if plans := values.get("postponed"):
        planned = plans[0].known or plans[0].date
        first = min(first, planned, key=lambda date: date.earliest)
    for name in ("statuses", "updates"):
        if name in values:
            values[name] = _not_before(first, name, _in_order(name, values, log), log)
    if "outcomes" in values:
        values["outcomes"] = _in_order("outcomes", values, log)
        _early_outcomes(values, log)
    if values.get("quotes") or values.get("claims"):
        _statements(values, first, log)


def _early_outcomes(values: FieldValues, log: ProblemLog) -> None:
    """Report outcomes that are older than each date that the event has had; none is shown before its date."""
    moves = [update.date for update in values.get("updates", ()) if update.date is not None]
    first = min(values["date"], *moves, key=lambda date: date.earliest) if moves else values["date"]
    for outcome in values["outcomes"]:
        if outcome.known is not None and outcome.known.latest < first.earliest:
            message = (
                f"this outcome is dated {outcome.known}, before the event ({first}); it is shown from then"
            )
            log.warning(Code.EARLY_ENTRY, _at(outcome), message, "correct one of the two dates")


def _statements(values: FieldValues, first: Date, log: ProblemLog) -> None:
    """Check the quotes and claims of an event: no status is older than it, and each id is used once."""
    taken: set[str] = set()
    for name in ("quotes", "claims"):
        kept = []
        for statement in values.get(name, ()):
            if statement.id and statement.id in taken:
                message = f"the id {statement.id} is already used by another quote or claim of this event"
                log.error(Code.DUPLICATE_ID, _at(statement), message, "give it another id")
                continue
            taken.add(statement.id)
            entries = _not_before(statement.date or first, "statuses", statement.statuses, log)
            if len(entries) < len(statement.statuses):
                status = entries[-1].is_ if entries else None
                kept.append(msgspec.structs.replace(statement, statuses=entries, status=status))
            else:
                kept.append(statement)
        if kept:
            values[name] = tuple(kept)
        else:
            values.pop(name, None)


def _not_before(first: Date, name: str, entries: tuple[Any, ...], log: ProblemLog) -> tuple[Any, ...]:
    """The entries of a history that are not older than their record; older ones are reported."""
    kept = []
    for entry in entries:
        if entry.known is not None and entry.known.latest < first.earliest:
            message = f"this {_NAMES[name]} is dated {entry.known}, before its record ({first})"
            hint = (
                "correct one of the two dates"
                if name == "corrections"
                else "if the record was known earlier, set its known"
            )
            log.error(Code.EARLY_ENTRY, _at(entry), message, hint)
        else:
            kept.append(entry)
    return tuple(kept)


_NAMES: Final = {
    "statuses": "status", "outcomes": "outcome", "updates": "update", "corrections": "correction",
    "settled": "answer",
}  # fmt: skip


def _in_order(name: str, values: FieldValues, log: ProblemLog) -> tuple[Any, ...]:
    """The entries of a history, oldest first; entries of one day stay in the order of the file."""
    dated: list[tuple[int, Any]] = []
    for number, entry in enumerate(values[name]):
        if entry.known is None and number:
            message = f"this {_NAMES[name]} has no known date; only the first entry can be without one"
            log.error(Code.MISSING_KEY, _at(entry), message, "add known: and the day from which it holds")
            continue
        day = None if entry.known is None else day_known(entry.known)
        latest = max((before for before, _ in dated), default=None)
        if day is not None and latest is not None and day < latest:
            message = f"this {_NAMES[name]} is older than the one above it"
            log.warning(Code.OUT_OF_ORDER, _at(entry), message, "put the oldest first")
        elif any(day == before and _replaces(name, entry, other) for before, other in dated):
            message = f"there is another {_NAMES[name]} for the same day; this one is used"
            hint = "remove one of them, or add a time to known"
            log.warning(Code.SAME_DAY, _at(entry), message, hint)
        dated.append((_ALWAYS if day is None else day, entry))
    return tuple(entry for _, entry in sorted(dated, key=lambda pair: pair[0]))


def _replaces(name: str, entry: Any, other: Any) -> bool:  # noqa: ANN401  entries of any history
    """Whether an entry leaves nothing of another one of the same day, or of one thing that it says."""
    if name in _ONE_A_DAY:
        return True
    return any(getattr(entry, key, None) and getattr(other, key, None) for key in _ONE_VALUE)


_ALWAYS = -(1 << 62)
_ONE_A_DAY: Final = frozenset({"statuses", "outcomes", "settled"})
_ONE_VALUE: Final = ("title", "date", "place", "actors", "outcome", "question")
"""What an update says of which only one can stand; texts stand one after the other."""


def _quote_or_claim(values: FieldValues, log: ProblemLog) -> None:
    if "statuses" in values:
        values["statuses"] = _in_order("statuses", values, log)


def _source(values: FieldValues, log: ProblemLog) -> None:
    date, retraction = values.get("date"), values.get("retracted")
    if "corrections" in values:
        values["corrections"] = _in_order("corrections", values, log)
        if date is not None:
            values["corrections"] = _not_before(date, "corrections", values["corrections"], log)
    if retraction is not None and date is not None and retraction.known.latest < date.earliest:
        message = f"retracted on {retraction.known}, before it was published ({date})"
        log.error(Code.EARLY_RETRACTION, _at(retraction), message, "correct one of the two dates")
        del values["retracted"]


def _actor(values: FieldValues, log: ProblemLog) -> None:
    short = values.get("short", "")
    if cells(short) > SHORT_NAME:
        message = f"the short name “{short[:40]}” is {cells(short)} cells wide; the limit is {SHORT_NAME}"
        log.warning(Code.LONG_NAME, _place(values), message, "use a shorter one, such as DPRK")
    _updates(values, log)
    if "roles" not in values:
        return
    for name in ("role", "of"):
        if values.pop(name, ""):
            message = f"{name} cannot be used with a list of roles"
            log.error(Code.TWICE_SAID, _place(values), message, "move it into the entries of the list")
    values["roles"] = tuple(
        sorted(
            (role for role in values["roles"] if not _ends_first(role, log)),
            key=lambda role: _ALWAYS if role.from_ is None else role.from_.earliest,
        )
    )


def _ends_first(role: Any, log: ProblemLog) -> bool:  # noqa: ANN401  a role
    if role.from_ is None or role.until is None or role.until.latest >= role.from_.earliest:
        return False
    message = f"this role ends ({role.until}) before it begins ({role.from_})"
    log.error(Code.ENDS_FIRST, _at(role), message, "correct one of the two dates")
    return True


def _updates(values: FieldValues, log: ProblemLog) -> None:
    if "updates" in values:
        values["updates"] = _in_order("updates", values, log)


def _topic(values: FieldValues, log: ProblemLog) -> None:
    _updates(values, log)
    if "settled" not in values:
        return
    kept = []
    for answer in values["settled"]:
        if answer.value or answer.open:
            kept.append(answer)
        else:
            hint = "add value: and the answer, or open: true"
            log.error(Code.MISSING_KEY, _at(answer), "this answer has no value", hint)
    values["settled"] = tuple(kept)
    values["settled"] = _in_order("settled", values, log)


def _geography(values: FieldValues, log: ProblemLog) -> None:
    _updates(values, log)
    lat, lon, precision = values.get("lat"), values.get("lon"), values.get("precision")
    wrong = ""
    if (lat is None) is not (lon is None):
        wrong = "lat and lon must be given together"
    elif lat is not None and lon is not None and (abs(lat) > _NORTH or abs(lon) > _EAST):
        swapped = abs(lat) <= _EAST and abs(lon) <= _NORTH
        wrong = "lat must be from -90 to 90, lon from -180 to 180" + "; they may be swapped" * swapped
    if wrong:
        log.error(Code.BAD_NUMBER, _place(values), wrong, "the place is kept without them")
        values.pop("lat", None)
        values.pop("lon", None)
    if precision is not None and precision <= 0:
        log.error(Code.BAD_NUMBER, _place(values), "precision must be more than 0 kilometres", "remove it")
        del values["precision"]


def _story(values: FieldValues, log: ProblemLog) -> None:
    values["steps"] = tuple(step for step in values.get("steps", ()) if _shows(step, log))


def _shows(step: Step, log: ProblemLog) -> bool:
    if step.event or step.topic or step.picture:
        return True
    message = "this step names a quote without its event" if step.quote else "this step shows nothing"
    log.error(Code.EMPTY_STEP, _at(step), message, "add event:, topic: or picture:")
    return False


_OF_KIND: Final[dict[type[Record], Callable[[FieldValues, ProblemLog], None]]] = {
    Event: _event,
    Quote: _quote_or_claim,
    Claim: _quote_or_claim,
    Source: _source,
    Actor: _actor,
    Topic: _topic,
    Place: _geography,
    Story: _story,
}

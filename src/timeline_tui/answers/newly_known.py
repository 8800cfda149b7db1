"""What became known on a day: the steps of the known-on clock, and the events that each of them changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.query.language import Query
from timeline_tui.text.cells import clipped
from timeline_tui.timeline.signs import ADDED, CHANGED, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.timeline.protocol import TimelineView

CLOCK_KINDS: Final = ("event", "plan", "came", "quote", "claim", "status", "update", "outcome", "note")
_COUNTED: Final = ("quote", "claim", "update", "outcome", "note")
_STATUS_KINDS: Final = frozenset({"came", "status", "plan"})
"""The kinds that may change the status of an event."""
_NAMED = 2
"""Number of events of one sort that are named; the others are counted."""
_COMPARED = 200
"""Number of events whose status is compared at most; each takes decoding."""
_TITLE_CELLS = 56


class ClockStep(NamedTuple):
    """What a day brought to the events of a view that is shown as known on it."""

    words: str
    """`+ Putin receives Choe · ~ US alleges purchase: now disputed`, on one line."""
    events: Mapping[int, str]
    """The sign of each event by its key: the new ones in chronological order, then the changed."""

    @property
    def first(self) -> int | None:
        """The key of the first new event, else of the first changed one; None if there is neither."""
        return next(iter(self.events), None)

    def after(self, key: int) -> int | None:
        """The next new or changed event after one of them; None after the last and after any other event."""
        if key not in self.events:
            return None
        keys = list(self.events)
        return next(iter(keys[keys.index(key) + 1 :]), None)


def next_day(view: TimelineView, direction: int) -> int | None:
    """The next day (direction 1) or the previous day (-1) on which something in a view became known.

    None, which stands for everything that is known, after the last day and before the first one.
    """
    days = [day for day in view.disclosure_days(CLOCK_KINDS) if day <= view.today]
    known_on = view.as_of if view.known_on is not None else view.today + 1
    everything = view.known_by(None).with_query(_lasting(view.query))
    if direction > 0:
        candidates: Sequence[int] = days[bisect_right(days, known_on) :]
    else:
        candidates = days[bisect_left(days, known_on) - 1 :: -1] if days and days[0] < known_on else ()
    return next((day for day in candidates if _concerns(everything, day)), None)


def days_of_news(view: TimelineView) -> list[int]:
    """The days up to today on which something of the events of a view became known, ascending."""
    everything = view.known_by(None).with_query(_lasting(view.query))
    if everything.is_whole:
        days: Iterable[int] = everything.disclosure_days(CLOCK_KINDS)
    else:
        days = sorted({day for day, _ in everything.disclosed(CLOCK_KINDS)})
    return [day for day in days if day <= view.today]


def _lasting(query: Query) -> Query:
    """The terms of a query that stay true of an event when more becomes known."""
    return Query(tuple(term for term in query.terms if term.field != "status" and not term.excluded))


def _concerns(view: TimelineView, day: int) -> bool:
    if view.is_whole:
        return True
    return any(view.has(key) for _, keys in view.disclosures(day, day, CLOCK_KINDS) for key in keys)


def clock_step(view: TimelineView) -> ClockStep:
    """What the day that a view is shown as known on brought.

    An event counts if it is in the view on that day or was in it the day before.
    """
    day = view.as_of
    if many := view.many_disclosed(day):
        return ClockStep(f"{ADDED} {many:,} rows of the table", {})
    before = view.known_by(day - 1)
    found: dict[str, list[int]] = {kind: [] for kind in CLOCK_KINDS}
    for kind, keys in view.disclosures(day, day, CLOCK_KINDS):
        found[kind] += [key for key in keys if view.has(key) or before.has(key)]
    added = frozenset(found["event"])
    touched = sorted({key for keys in found.values() for key in keys})
    keys = view.chronological([key for key in touched if view.has(key)])
    # An old event about which something more became known is less of a step than a new one.
    keys = sorted(keys, key=lambda key: key not in added)
    words = " · ".join(_sentences(before, view, found, added))
    signs = {key: ADDED if key in added else CHANGED for key in keys}
    return ClockStep(words or "nothing became known about the events shown", signs)


def _sentences(
    before: TimelineView, view: TimelineView, found: dict[str, list[int]], added: frozenset[int]
) -> Iterator[str]:
    new = view.chronological(sorted(key for key in added if view.has(key)))
    yield from _few([_new(view, key) for key in new[:_NAMED]], len(new), ADDED, "new event")
    statuses = list(_changed_statuses(before, view, found, added))
    yield from _few(statuses[:_NAMED], len(statuses), CHANGED, "other status", "other statuses")
    moved = [key for key in dict.fromkeys(found["plan"]) if key not in added and view.is_ahead(key)]
    dates = [f"{_title(view, key)}: now planned for {_date(view, key)}" for key in moved[:_NAMED]]
    yield from _few(dates, len(moved), CHANGED, "other date")
    counts = {kind: sum(key not in added for key in found[kind]) for kind in _COUNTED}
    counted = [f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items() if count]
    if counted:
        yield f"{ADDED} {', '.join(counted)}"


def _new(view: TimelineView, key: int) -> str:
    planned = f", planned for {_date(view, key)}" if view.is_ahead(key) else ""
    return f"{_title(view, key)}{planned}"


def _changed_statuses(
    before: TimelineView, view: TimelineView, found: dict[str, list[int]], added: frozenset[int]
) -> Iterator[str]:
    """`US alleges purchase: now disputed` for each event that had another status the day before."""
    keys = sorted({key for kind in _STATUS_KINDS for key in found[kind]} - added)
    for key in view.chronological(keys[:_COMPARED]):
        status = view.status_of(view.event(key))
        if before.is_known(key) and status != before.status_of(before.event(key)):
            yield f"{_title(view, key)}: now {status_word(status) or 'without a status'}"


def _few(named: list[str], count: int, sign: str, rest: str, rests: str = "") -> Iterator[str]:
    """The first sentences, then how many more there are."""
    yield from (f"{sign} {text}" for text in named)
    if (more := count - len(named)) > 0:
        yield f"{sign} {more:,} more {rest if more == 1 else rests or f'{rest}s'}"


def _title(view: TimelineView, key: int) -> str:
    return clipped(view.title_of(key), _TITLE_CELLS)


def _date(view: TimelineView, key: int) -> str:
    return view.date_in_words(view.event(key).date)

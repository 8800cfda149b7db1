"""What became known between two days: the steps of the known-on clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.query.language import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.timeline.protocol import TimelineView

_KINDS: Final = ("event", "plan", "came", "quote", "claim")
_COUNTED: Final = ("event", "quote", "claim")
_MINUS = "\N{MINUS SIGN}"
_NAMED = 2
"""Number of plans that are named; the others are counted."""


class NewlyKnown(NamedTuple):
    """What became known about the events of a view between two days."""

    counts: dict[str, int]
    """Numbers of events, quotes and claims, by these words in the singular; without the zeros."""
    planned: tuple[int, ...]
    """Keys of events that were announced and are in the future."""
    moved: tuple[int, ...]
    """Keys of events that were rescheduled."""
    came: tuple[int, ...]
    """Keys of events that had been announced and have happened."""


def next_day(view: TimelineView, direction: int) -> int | None:
    """The next day (direction 1) or the previous day (-1) on which something in a view became known.

    None, which stands for everything that is known, after the last day and before the first one.
    """
    days = [day for day in view.disclosure_days(_KINDS) if day <= view.today]
    known_on = view.as_of if view.known_on is not None else view.today + 1
    everything = view.known_by(None).with_query(_lasting(view.query))
    if direction > 0:
        candidates: Sequence[int] = days[bisect_right(days, known_on) :]
    else:
        candidates = days[bisect_left(days, known_on) - 1 :: -1] if days and days[0] < known_on else ()
    return next((day for day in candidates if _concerns(everything, day)), None)


def _lasting(query: Query) -> Query:
    """The terms of a query that stay true of an event when more becomes known."""
    return Query(tuple(term for term in query.terms if term.field != "status" and not term.excluded))


def newly_known(earlier: TimelineView, later: TimelineView) -> NewlyKnown:
    """What became known, between the known-on days of two views, about events that are in either view."""
    counts: Counter[str] = Counter()
    keys: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    for kind, found in later.disclosures(earlier.as_of + 1, later.as_of, _KINDS):
        here = [key for key in found if later.has(key) or earlier.has(key)]
        keys[kind] += here
        counts[kind] += len(here)
    new = set(keys["event"])
    ahead = [key for key in keys["event"] if later.is_ahead(key)]
    return NewlyKnown(
        {kind: counts[kind] for kind in _COUNTED if counts[kind]},
        tuple(ahead),
        tuple(key for key in dict.fromkeys(keys["plan"]) if key not in new),
        tuple(key for key in keys["came"] if key not in new),
    )


def step_in_words(before: TimelineView, after: TimelineView) -> str:
    """What a step of the clock changed: `+ 3 events, “…” is now planned for 6 November 2024`.

    Args:
        before: The view that was shown, as known on a day or with everything.
        after: The view that is shown now.
    """
    forward = _day(after) >= _day(before)
    earlier, later = (before, after) if forward else (after, before)
    later = later.known_by(later.as_of)
    found = newly_known(earlier, later)
    parts = [_count(number, kind, "+" if forward else _MINUS) for kind, number in found.counts.items()]
    parts += _plans(found, later) if forward else _plans_undone(found, earlier)
    return ", ".join(parts) or "nothing new about the events shown"


def _day(view: TimelineView) -> int:
    return view.today + 1 if view.known_on is None else view.known_on


def _concerns(view: TimelineView, day: int) -> bool:
    if view.is_whole:
        return True
    return any(view.has(key) for _, keys in view.disclosures(day, day, _KINDS) for key in keys)


def _count(number: int, noun: str, sign: str) -> str:
    return f"{sign} {number:,} {noun}{'' if number == 1 else 's'}"


def _plans(found: NewlyKnown, later: TimelineView) -> Iterator[str]:
    yield from _few(
        [
            f"{_title(later, key)} is planned for {later.date_in_words(later.event(key).date)}"
            for key in found.planned
        ],
        "planned",
    )
    yield from _few(
        [
            f"{_title(later, key)} is now planned for {later.date_in_words(later.event(key).date)}"
            for key in found.moved
        ],
        "rescheduled",
    )
    yield from _few([f"the day of {_title(later, key)} has come" for key in found.came], "whose day has come")


def _plans_undone(found: NewlyKnown, earlier: TimelineView) -> Iterator[str]:
    yield from _few(
        [
            f"{_title(earlier, key)} is planned for {earlier.date_in_words(earlier.event(key).date)} again"
            for key in found.moved
        ],
        "back on their earlier dates",
    )
    yield from _few([f"{_title(earlier, key)} is still to come" for key in found.came], "still to come")


def _few(parts: list[str], rest: str) -> Iterator[str]:
    yield from parts[:_NAMED]
    if len(parts) > _NAMED:
        yield f"{len(parts) - _NAMED:,} more {rest}"


def _title(view: TimelineView, key: int) -> str:
    return f"“{view.title_of(key)}”"

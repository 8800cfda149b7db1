"""What became known from one day to another: the steps of the second clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.query.language import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.timeline.view import View

_KINDS: Final = ("event", "plan", "came", "quote", "claim")
_COUNTED: Final = ("event", "quote", "claim")
_MINUS = "\N{MINUS SIGN}"
_NAMED = 2
"""So many plans are named, the others counted."""


class NewlyKnown(NamedTuple):
    """What became known of the events of a view from one day to another."""

    counts: dict[str, int]
    """How many events, quotes and claims, by these words in the singular; none of a sort is left out."""
    planned: tuple[int, ...]
    """Keys of events that were announced and are still to come."""
    moved: tuple[int, ...]
    """Keys of events for which another day was planned."""
    came: tuple[int, ...]
    """Keys of events that had been announced and have come."""


def next_day(view: View, direction: int) -> int | None:
    """The next day (direction 1) or the previous one (-1) on which something of a view became known.

    None for all that is known: after the last day, and before the first.
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
    """The terms of a query that, once they hold of an event, always will as more becomes known."""
    return Query(tuple(term for term in query.terms if term.field != "status" and not term.excluded))


def newly_known(earlier: View, later: View) -> NewlyKnown:
    """What became known of the events of one view or the other, between the days that they are known on."""
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


def step_in_words(before: View, after: View) -> str:
    """What changed with a step of the clock: `+ 3 events, “…” is now planned for 6 November 2024`.

    Args:
        before: The view that was shown, with or without a clock.
        after: The one shown now.
    """
    forward = _day(after) >= _day(before)
    earlier, later = (before, after) if forward else (after, before)
    later = later.known_by(later.as_of)
    found = newly_known(earlier, later)
    parts = [_count(number, kind, "+" if forward else _MINUS) for kind, number in found.counts.items()]
    parts += _plans(found, later) if forward else _plans_undone(found, earlier)
    return ", ".join(parts) or "nothing more is known of what is shown here"


def _day(view: View) -> int:
    return view.today + 1 if view.known_on is None else view.known_on


def _concerns(view: View, day: int) -> bool:
    if view.is_whole:
        return True
    return any(view.has(key) for _, keys in view.disclosures(day, day, _KINDS) for key in keys)


def _count(number: int, noun: str, sign: str) -> str:
    return f"{sign} {number:,} {noun}{'' if number == 1 else 's'}"


def _plans(found: NewlyKnown, later: View) -> Iterator[str]:
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
        "planned anew",
    )
    yield from _few([f"{_title(later, key)} has come" for key in found.came], "that had been planned")


def _plans_undone(found: NewlyKnown, earlier: View) -> Iterator[str]:
    yield from _few(
        [
            f"{_title(earlier, key)} is planned for {earlier.date_in_words(earlier.event(key).date)} again"
            for key in found.moved
        ],
        "planned as before",
    )
    yield from _few([f"{_title(earlier, key)} is still to come" for key in found.came], "still to come")


def _few(said: list[str], rest: str) -> Iterator[str]:
    yield from said[:_NAMED]
    if len(said) > _NAMED:
        yield f"{len(said) - _NAMED:,} more {rest}"


def _title(view: View, key: int) -> str:
    return f"“{view.title_of(key)}”"

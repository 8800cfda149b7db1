"""When an actor was last seen, and whether the silence since then is unusually long for this actor."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.wording import span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.timeline.protocol import TimelineView

_MONTH = 31
"""Longest date, in days, that still counts as a day when gaps are measured."""
_FEWEST = 3
"""Number of gaps needed to say what is usual."""
_FACTOR = 3
"""Minimum length of an unusual silence, in usual gaps."""
_WEEK = 7
"""Minimum length of an unusual silence, in days."""
_EXACTLY = 730
"""Longest period that is given in days; longer ones are given in years."""


class SilenceReference(NamedTuple):
    """What silences in a view are measured from; the same for all actors."""

    reference: int
    """Day number."""
    is_over: bool
    """Whether that day is the end of the story, rather than the day on which it is read."""
    called_off: frozenset[int]
    """Keys of the events that were postponed or cancelled: taking part in them does not count."""


class Silence(NamedTuple):
    """When an actor was last seen."""

    last: int
    """Day number; for a date of several days, the last day that it can mean."""
    days: int
    """Days from `last` to `reference`."""
    usual: float | None
    """Median of the gaps between the days on which the actor was seen; None if there are too few."""
    is_unusual: bool
    """Whether the silence is unusually long for this actor."""
    reference: int
    """Day number that the silence is measured from."""
    is_over: bool
    """Whether `reference` is the end of the story, rather than the day on which it is read."""
    key: int
    """Key of the event in which the actor was last seen."""
    date: str
    """The date of that event in words."""
    is_rough: bool = False
    """Whether the date is known no better than to several months; `last` and `days` are rough then."""


def silence_reference(view: TimelineView) -> SilenceReference:
    """What silences in a view are measured from.

    A story that ends before the day of reading says nothing about the time after it, so silences are
    measured from the last day of the whole timeline that is not in the future.
    """
    called_off = {key for status in ("postponed", "cancelled") for key in view.keys_with("status", status)}
    last = _last_day(view)
    reference = view.as_of if last is None else min(last, view.as_of)
    return SilenceReference(reference, reference < view.as_of, frozenset(called_off))


def silence_of(
    view: TimelineView, actor_id: str, measured_from: SilenceReference | None = None
) -> Silence | None:
    """When an actor was last seen in the events of a view; None if the actor has not been seen so far.

    Args:
        view: The view.
        actor_id: The actor.
        measured_from: `silence_reference(view)`, to be passed when many actors are asked about.
    """
    measured_from = measured_from or silence_reference(view)
    keys, days_at = view.chronological(view.keys_with("actor", actor_id)), view.days_as_known()
    begun: Sequence[int] = keys[: bisect_right(keys, view.as_of, key=lambda key: days_at(key)[0])]
    if off := measured_from.called_off.intersection(begun):
        # An actor who is quoted in an event that was called off has been seen all the same.
        off = off.difference(view.keys_with("speaker", actor_id))
        begun = [key for key in begun if key not in off]
    if not begun:
        return None
    reference = measured_from.reference
    firsts, last, last_key = [], BEGINNING, -1
    for key in begun:
        start, end = days_at(key)
        if end - start <= _MONTH:
            firsts.append(start)
            if min(end, reference) >= last:
                last, last_key = min(end, reference), key
    between = gaps(firsts)
    usual = median(between) if len(between) >= _FEWEST else None
    # An event that is dated by a year counts only if it begins after all events that are dated better.
    if days_at(begun[-1])[0] > last or last_key < 0:
        return _roughly(view, begun[-1], measured_from, usual)
    days = reference - last
    is_unusual = usual is not None and days >= _WEEK and days > _FACTOR * usual
    date = view.date_in_words(view.date_of(last_key))
    return Silence(last, days, usual, is_unusual, reference, measured_from.is_over, last_key, date)


def gaps(days: Iterable[int]) -> list[int]:
    """The days from each different day to the next one; empty for fewer than two days."""
    return [later - earlier for earlier, later in pairwise(sorted(set(days)))]


def silence_in_words(silence: Silence) -> str:
    """`last seen 5 November 2024, 29 days before the story ends (usual gap: 54 days)`."""
    words = f"last seen {silence.date}"
    if silence.is_rough:
        words += ", no closer date"
    elif silence.is_over:
        end = "the story ends"
        words += f", {_length(silence.days)} before {end}" if silence.days else f", the day {end}"
    else:
        words += f", {_length(silence.days)} ago" if silence.days else ", this very day"
    if silence.is_unusual:
        words += ": unusually long"
    return words if silence.usual is None else f"{words} (usual gap: {_length(silence.usual)})"


def silence_in_brief(silence: Silence) -> str:
    """`silent for 2 years, usually 110 days: unusual`, where the day of reference is named already."""
    if silence.is_rough:
        words = f"last seen {silence.date}, no closer date"
        return words if silence.usual is None else f"{words}; usual gap: {_length(silence.usual)}"
    words = f"silent for {_length(silence.days)}" if silence.days else f"last seen {silence.date}"
    if silence.usual is not None:
        words += f"{', usually' if silence.days else '; usual gap:'} {_length(silence.usual)}"
    return f"{words}: unusual" if silence.is_unusual else words


def silence_in_short(silence: Silence) -> Iterator[str]:
    """What a narrow title can say, the most first: `unusually silent: 162 days, usually 14`."""
    if silence.is_rough:
        yield f"last seen {silence.date}"
        return
    words = "unusually silent:" if silence.is_unusual else "silent for"
    words += f" {_length(silence.days)}"
    if silence.usual is not None:
        yield f"{words}, usually {_length(silence.usual)}"
    yield words
    yield f"silent {_length(silence.days)}"


def _roughly(view: TimelineView, key: int, measured_from: SilenceReference, usual: float | None) -> Silence:
    """The silence since an event whose date is not known to the month."""
    start, end = view.days_as_known()(key)
    # Only the beginning of a date without an end is known.
    day = start if end == END else end
    last = measured_from.reference if day == BEGINNING else min(day, measured_from.reference)
    return Silence(
        last,
        measured_from.reference - last,
        usual,
        is_unusual=False,
        reference=measured_from.reference,
        is_over=measured_from.is_over,
        key=key,
        date=view.date_in_words(view.date_of(key)),
        is_rough=True,
    )


def _last_day(view: TimelineView) -> int | None:
    """The last day of the whole timeline's events, up to today; None if there is none."""
    first_of, last_of = view.first_days, view.last_days
    begun = bisect_right(first_of, view.today)
    last = first_of[begun - 1] if begun else BEGINNING
    for key in range(begun - 1, -1, -1):
        if first_of[key] + _MONTH <= last:
            break
        if last_of[key] - first_of[key] <= _MONTH:
            last = max(last, min(last_of[key], view.today))
    return None if last == BEGINNING else last


def _length(days: float) -> str:
    if days > _EXACTLY:
        return span_in_words(round(days))
    return "1 day" if days == 1 else f"{_number(days)} days"


def _number(days: float) -> str:
    return f"{days:,.1f}".removesuffix(".0")

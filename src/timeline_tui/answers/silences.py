"""When an actor was last heard, and whether that is long ago for this actor."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.wording import span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline_tui.timeline.view import View

_MONTH = 31
"""Days within which a date is close enough to take intervals between it and others."""
_FEWEST = 3
"""Intervals that it takes to say what is usual."""
_RHYTHM = 3
"""A silence is unusual if it is more than so many times as long as usual, ..."""
_WEEK = 7
"""... and this many days at least."""
_EXACTLY = 730
"""Days up to which they are counted one by one."""


class SilenceReference(NamedTuple):
    """What silences in a view are measured by; the same for all actors."""

    reference: int
    """The day number that they are measured from."""
    is_over: bool
    """Whether that is where the account ends, and not the day on which it is read."""
    called_off: frozenset[int]
    """Keys of the events that were postponed or cancelled: nobody was heard by taking part in them."""


class Silence(NamedTuple):
    """When an actor was last heard."""

    last: int
    """The day number; of a date of several days the last one that it may mean."""
    days: int
    """From then to the reference."""
    usual: float | None
    """The median of the days from one day on which the actor was heard to the next; None for too few."""
    is_unusual: bool
    """Whether the silence is a long one for this actor."""
    reference: int
    """The day number that the silence is measured from."""
    is_over: bool
    """Whether that is where the account ends, and not the day on which it is read."""
    key: int
    """The event in which the actor was last heard."""
    dated: str = ""
    """The date in words, where none is known to the month; then `last` and `days` are rough."""


def silence_reference(view: View) -> SilenceReference:
    """What silences are measured by in a view.

    An account that ends before the day of reading says nothing of the time after it: there
    silences are measured from the last day of the whole timeline that is not still to come.
    """
    called_off = {key for status in ("postponed", "cancelled") for key in view.keys_with("status", status)}
    last = _last_day(view)
    reference = view.as_of if last is None else min(last, view.as_of)
    return SilenceReference(reference, reference < view.as_of, frozenset(called_off))


def silence_of(view: View, actor_id: str, measured_from: SilenceReference | None = None) -> Silence | None:
    """When an actor was last heard in the events of a view; None if never until now.

    Args:
        view: The view.
        actor_id: The actor.
        measured_from: `silence_reference(view)`, for who asks about many actors.
    """
    measured_from = measured_from or silence_reference(view)
    keys, days_at = view.chronological(view.keys_with("actor", actor_id)), view.days_as_known()
    begun: Sequence[int] = keys[: bisect_right(keys, view.as_of, key=lambda key: days_at(key)[0])]
    if off := measured_from.called_off.intersection(begun):
        # Who is quoted in an event that was called off was heard all the same.
        off = off.difference(view.keys_with("speaker", actor_id))
        begun = [key for key in begun if key not in off]
    if not begun:
        return None
    reference = measured_from.reference
    firsts, last, heard_in = [], BEGINNING, -1
    for key in begun:
        start, end = days_at(key)
        if end - start <= _MONTH:
            firsts.append(start)
            if min(end, reference) >= last:
                last, heard_in = min(end, reference), key
    between = gaps(firsts)
    usual = median(between) if len(between) >= _FEWEST else None
    # What is dated by a year counts only where it begins after everything that is dated better.
    if days_at(begun[-1])[0] > last or heard_in < 0:
        return _roughly(view, begun[-1], measured_from, usual)
    days = reference - last
    is_unusual = usual is not None and days >= _WEEK and days > _RHYTHM * usual
    return Silence(last, days, usual, is_unusual, reference, measured_from.is_over, heard_in)


def gaps(days: Iterable[int]) -> list[int]:
    """The days from each different day to the next one; nothing for less than two."""
    return [later - earlier for earlier, later in pairwise(sorted(set(days)))]


def silence_in_words(silence: Silence, *, end_is_said: bool = False) -> str:
    """`last heard 23 days ago; usually every 4`, `last heard on the last day of the account`.

    Args:
        silence: What to say.
        end_is_said: Whether it has been said which day silences are measured from; then
            `last heard 23 days before; usually every 4`.
    """
    if silence.dated:
        said = f"last heard {silence.dated}, no closer date"
    elif silence.is_over:
        end = "" if end_is_said else " the end of the account"
        said = f"last heard {_length(silence.days)} before{end}"
        if not silence.days:
            said = f"last heard on {'that day' if end_is_said else 'the last day of the account'}"
    else:
        said = f"last heard {_length(silence.days)} ago" if silence.days else "last heard on this very day"
    if silence.usual is None:
        return said
    if silence.usual == 1:
        return f"{said}; usually every day"
    counts_days = not silence.dated and 0 < silence.days <= _EXACTLY >= silence.usual
    return f"{said}; usually every {_number(silence.usual) if counts_days else _length(silence.usual)}"


def silence_in_short(silence: Silence) -> str:
    """`silent 23 d · usual 4`, where there is room for no more; an exclamation mark if that is unusual."""
    if silence.dated:
        return f"heard {silence.dated}"
    said = f"silent {_number(silence.days)} d{'!' if silence.is_unusual else ''}"
    return said if silence.usual is None else f"{said} · usual {_number(silence.usual)}"


def _roughly(view: View, key: int, measured_from: SilenceReference, usual: float | None) -> Silence:
    """What is to be said of an event whose date is not known to the month."""
    start, end = view.days_as_known()(key)
    # Of what has no end, only the beginning is known.
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
        dated=view.date_in_words(view.event(key).date),
    )


def _last_day(view: View) -> int | None:
    """The last day of the whole timeline's events that is not after today; None if there is none."""
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

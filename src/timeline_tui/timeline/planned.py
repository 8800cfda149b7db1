"""How things stand under the clock: events on the days that were planned for them, or nothing known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.view import View


def nothing_known(view: View) -> str:
    """`Nothing was known yet on 1 May 2024.`; empty where something was."""
    if view.known_on is None or not view.is_blank:
        return ""
    return f"Nothing was known yet on {view.day_in_words(view.known_on)}."


def moved(view: View) -> Mapping[int, Date]:
    """By their keys, the dates of the events that were planned for another day; in this view or not."""
    return view.clock.moved if view.clock else {}


def date_of(view: View, key: int) -> Date:
    """The date of the event with that key, as it is known.

    Raises:
        KeyError: There is no such event.
    """
    return moved(view).get(key) or view.index.head(key).date


def days_of(view: View) -> Callable[[int], tuple[int, int]]:
    """What gives the first and the last day number of an event as known by its key; for many of them."""
    first_of, last_of, dates = view.index.earliest, view.index.latest, moved(view)

    def days(key: int) -> tuple[int, int]:
        date = dates.get(key)
        return (first_of[key], last_of[key]) if date is None else (date.earliest, date.latest)

    return days


def place(view: View, key: int) -> tuple[int, bool, int]:
    """What events are sorted by, in the view or not: first day as known, what was moved last, then key."""
    date = moved(view).get(key)
    return (view.index.standing[key], False, key) if date is None else (date.earliest, True, key)


def in_order(view: View, keys: Sequence[int]) -> Sequence[int]:
    """Keys, given in ascending order, in that of the days on which their events stand."""
    dates = moved(view)
    if not dates or not any(key in dates for key in keys):
        return keys
    return sorted(keys, key=lambda key: place(view, key))

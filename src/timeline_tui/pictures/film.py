"""A film of the known-on clock: which day is shown when. No Textual here, and no clock of its own."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.dates.day_numbers import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence

FRAME: Final = 0.1
"""Seconds of a frame, at least."""
_SLOWEST, _LENGTH = 0.5, 30.0
"""Seconds of a frame at most, and of a whole film: of many days some are passed over."""
PACES: Final = {"slow": 2.0, "fast": 0.5}
"""How much longer a film takes."""
STEPS: Final = ("day", "week", "month", "year")
"""How far a frame goes on; without one of these, to the next day on which something became known."""
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}
_MOST: Final = 100_000
"""The greatest number of days of a film."""


class Film(NamedTuple):
    """Days, each shown for the same time."""

    days: Sequence[int]
    seconds: float
    """How long a day is shown."""

    def day_at(self, elapsed: float) -> int | None:
        """The day to show a number of seconds after the beginning; None when the film is over."""
        number = int(elapsed / self.seconds)
        return self.days[number] if number < len(self.days) else None


def film_of(days: Sequence[int], after: int | None, how: str = "") -> Film:
    """The film of the days on which something became known.

    Args:
        days: These days, ascending.
        after: The day that is shown, after which it goes on; None, or the last day: from the beginning.
        how: One of `PACES` or `STEPS`, or nothing.
    """
    left = days[bisect_right(days, after) :] if after is not None else days
    left = left or days
    if how in STEPS and left:
        left = _stepped(left[0], left[-1], how)
    seconds = min(_SLOWEST, _LENGTH / max(len(left), 1)) * PACES.get(how, 1.0)
    return Film(left, seconds)


def _stepped(first: int, last: int, step: str) -> list[int]:
    """The days from one to another, a step apart; so far apart that they are not too many."""
    if step in _DAYS:
        length = max(_DAYS[step], (last - first) // _MOST)
        found = list(range(first, last, length))
    else:
        months = max(_MONTHS[step], (last - first) // 30 // _MOST)
        found, number = [], 0
        while (day := add_months(first, number * months)) < last:
            found.append(day)
            number += 1
    return [*found, last]

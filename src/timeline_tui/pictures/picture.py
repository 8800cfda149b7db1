"""What every picture is: lines of cells, and the window of time that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.drawing.time_axis import time_in_words

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Line
    from timeline_tui.timeline.protocol import TimelineView


_NOT_KNOWN: Final = (
    "needs a column with the day on which each row became known; say which, as in --map known=COLUMN"
)
_NO_COORDINATES: Final = (
    "needs two columns of numbers with degrees of latitude and longitude; say which, as in --map lat=COLUMN"
    " --map lon=COLUMN"
)


def why_not_drawn(view: TimelineView, name: str) -> str:
    """Why a picture cannot be drawn of a view, to be said after its name; empty if it can."""
    if name == "clocks" and not view.tells_known:
        return _NOT_KNOWN
    return _NO_COORDINATES if name == "map" and not view.can_have_coordinates else ""


class Picture(NamedTuple):
    """A picture in a size: lines of at most so many cells, and what is to be said about them."""

    title: str
    """What it shows, visible on one line."""
    lines: tuple[Line, ...]
    note: str = ""
    """What can be done at the selected place, visible on one line; empty for nothing special."""
    cursor: tuple[int, int] = (-1, -1)
    """The line and the cell where the selected event is; -1 for a picture without it."""
    row: int = -1
    """The line that is selected; -1 for none."""


class Window(NamedTuple):
    """The days that a picture shows, the first and the last both included, as day numbers.

    Of a timeline with times of day, the seconds, counted from day 0 on.
    """

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days these are."""
        return self.last - self.first + 1

    def within(self, whole: Window) -> Window:
        """A window of this length within the whole, as near to this one as possible."""
        days = min(self.days, whole.days)
        first = min(max(self.first, whole.first), whole.last - days + 1)
        return Window(first, first + days - 1)

    def zoomed(self, direction: int, about: int, whole: Window) -> Window:
        """Half of this window (direction 1), or twice as much (-1), about a day that keeps its place.

        The lengths are those of the whole divided by powers of two, so that zooming in and out again shows
        the same days.
        """
        power = 0
        while _length(whole.days, power + 1) >= self.days and power < whole.days.bit_length():
            power += 1
        power += max(direction, 0)
        while direction < 0 < power and _length(whole.days, power) <= self.days:
            power -= 1
        days = _length(whole.days, power)
        about = min(max(about, self.first), self.last)
        first = about - (about - self.first) * days // self.days
        return Window(first, first + days - 1).within(whole)

    def panned(self, direction: int, whole: Window) -> Window:
        """The window half of its length later (direction 1) or earlier (-1)."""
        step = direction * max(1, self.days // 2)
        return Window(self.first + step, self.last + step).within(whole)

    def moved_by(self, days: int, whole: Window) -> Window:
        """The window some days later, or earlier if they are negative."""
        return Window(self.first + days, self.last + days).within(whole)

    def containing(self, day: int, whole: Window) -> Window:
        """This window if it has a day, else one of the same length about that day."""
        if self.first <= day <= self.last:
            return self
        first = day - self.days // 2
        return Window(first, first + self.days - 1).within(whole)


def _length(days: int, power: int) -> int:
    return max(1, -(-days >> power))


_DAYS_WITH_TIMES = 31
"""Of a longer window only the days are told."""


def window_in_words(view: TimelineView, window: Window) -> str:
    """`1 – 4 April 1970`, or `14 April 1970 03:00 – 03:30`, of a window of days or seconds."""
    per_day = view.per_day
    (first, begins), (last, ends) = divmod(window.first, per_day), divmod(window.last + 1, per_day)
    last -= not ends
    words = [view.day_in_words(first), view.day_in_words(last)]
    if (not begins and not ends) or last - first > _DAYS_WITH_TIMES:
        return words[0] if first == last else " – ".join(words)
    step = 1 if begins % 60 or ends % 60 else 60
    times = time_in_words(begins, step), time_in_words(ends, step) if ends else "24:00"
    clock = " UTC" if view.is_in_utc(first, last) else ""
    if first == last:
        return f"{words[0]} {times[0]} – {times[1]}{clock}"
    return f"{words[0]} {times[0]} – {words[1]} {times[1]}{clock}"

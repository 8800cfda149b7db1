"""Breaks in a list of events: headings of new periods, and silences.

Events are given as two sequences of day numbers in the order of the list: the first day of each event
(ascending), and the last day that it reaches to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter, sub
from typing import TYPE_CHECKING, Literal, NamedTuple

from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import BEGINNING
from timeline_tui.dates.months import MONTHS
from timeline_tui.dates.wording import day_in_words, span_in_words, year_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BreakKind = Literal["silence", "day", "month", "year", "decade", "century", "millennium", "age"]

_PERIODS: tuple[tuple[BreakKind, int], ...] = (
    ("year", 1),
    ("decade", 10),
    ("century", 100),
    ("millennium", 1000),
    *(("age", 10**power) for power in range(4, 14)),
)
_FEW = 3
"""The number of breaks that are never too many."""
_RHYTHM = 5
"""Minimum length of a silence, in mean gaps between two events."""
_UNDATED = "no known beginning"
"""Heading of the events that begin at no known day, where another heading stands above them."""
_WEEK = 7
"""Minimum length of a silence, in days."""


class Break(NamedTuple):
    """A row without an event, in front of the event at position `before`."""

    before: int
    kind: BreakKind
    """`silence`, or the length of the period that begins here."""
    label: str
    """The text of the row: `2024`, `November 2024`, `19th century`, `3 months without an entry`."""
    days: int
    """Length of the silence in days; 0 for a period."""


class RowLayout:
    """The rows of a list of events with breaks between them, the oldest or the newest event first.

    Args:
        count: The number of events, at positions in the order of time.
        breaks: The breaks in that order.
        newest: Whether the newest event comes first. Then each heading stands above the last event of its
            period.
    """

    def __init__(self, count: int, breaks: Sequence[Break], *, newest: bool = False) -> None:
        self.count = count
        self.newest = newest
        self.breaks = turned(count, breaks) if newest else breaks
        self.rows = count + len(self.breaks)
        """The number of rows."""
        self._befores = [self._place(each.before) for each in self.breaks]
        self._rows = [place + index for index, place in enumerate(self._befores)]

    def _place(self, position: int) -> int:
        """How many events come before the one at a position, and the other way round."""
        return self.count - 1 - position if self.newest else position

    def row_of(self, position: int) -> int:
        """The row of the event at a position."""
        place = self._place(position)
        return place + bisect_right(self._befores, place)

    def beyond_break(self, position: int, direction: int) -> int:
        """The position below the next break (direction 1) or the last one (-1), else the last or first."""
        befores, here = self._befores, self._place(position)
        if direction > 0:
            place = bisect_right(befores, here)
            return self._place(befores[place] if place < len(befores) else self.count - 1)
        place = bisect_left(befores, here) - 1
        return self._place(befores[place] if place >= 0 else 0)

    def at(self, row: int) -> int | Break:
        """The position of the event on a row, or the break there.

        Raises:
            IndexError: There is no such row.
        """
        if not 0 <= row < self.rows:
            raise IndexError(row)
        index = bisect_left(self._rows, row)
        if index < len(self._rows) and self._rows[index] == row:
            return self.breaks[index]
        return self._place(row - index)


def turned(count: int, breaks: Sequence[Break]) -> tuple[Break, ...]:
    """The breaks of the same list with the newest event first; each stands before the event below it.

    Args:
        count: The number of events.
        breaks: The breaks of the list with the oldest event first.
    """
    found: list[Break] = []
    end = count
    for each in reversed(breaks):
        if each.kind == "silence":
            found.append(each._replace(before=each.before - 1))
        else:
            found.append(each._replace(before=end - 1))
            end = each.before
    if 0 < end < count:
        found.append(Break(end - 1, found[-1].kind, _UNDATED, 0))
    # The heading of the older period stands below the silence before the newer one.
    return tuple(sorted(found, key=lambda each: (-each.before, each.kind != "silence")))


def find_breaks(earliest: Sequence[int], reached: Sequence[int]) -> tuple[Break, ...]:
    """The breaks of a list of events in order; a silence comes before the period that ends it."""
    start = bisect_right(earliest, BEGINNING)
    found = [*_silences(earliest, reached, start), *_periods(earliest, reached, start)]
    return tuple(sorted(found, key=attrgetter("before")))


def _silences(earliest: Sequence[int], reached: Sequence[int], start: int) -> Iterator[Break]:
    """Times into which no event can fall, and which are long for this list."""
    size = len(earliest) - start
    if size < 2:
        return
    mean = (earliest[-1] - earliest[start]) / (size - 1)
    threshold = max(_WEEK, mean * _RHYTHM)
    so_far, known = BEGINNING, 0
    for position in _leaps(earliest, start, threshold):
        reached_here = max(reached[known:position])
        so_far, known = max(so_far, reached_here), position
        days = earliest[position] - so_far - 1
        if days + 1 > threshold:
            yield Break(position, "silence", f"{span_in_words(days)} without an entry", days)


def _leaps(earliest: Sequence[int], start: int, days: float) -> Iterator[int]:
    """The positions of events more than `days` after the event before, found by leaps of that length."""
    position, last = start, len(earliest) - 1
    while position < last:
        within = bisect_right(earliest, earliest[position] + days, position) - 1
        if within == position:
            within = position + 1
            yield within
        position = within


def _periods(earliest: Sequence[int], reached: Sequence[int], start: int) -> Iterable[Break]:
    """The breaks of the finest division into periods that does not make too many breaks."""
    if start == len(earliest):
        return []
    most = max(len(earliest) // 3, _FEW)
    found: list[Break] = []
    for kind, years in (*_fine_periods(earliest, reached, start), *_PERIODS):
        found = []
        position = start
        while position < len(earliest) and len(found) <= most:
            label, following = _period(earliest[position], kind, years)
            found.append(Break(position, kind, label, 0))
            position = bisect_left(earliest, following, position)
        if len(found) <= most and (years or len(found) > 1):
            break
    return found


def _fine_periods(
    earliest: Sequence[int], reached: Sequence[int], start: int
) -> Iterator[tuple[BreakKind, int]]:
    """Days within one month or months within one year, if every event is dated that precisely.

    A heading `January 1990` above an event of 1990 would be false precision.
    """
    first, last = to_civil(earliest[start]), to_civil(earliest[-1])
    if first[0] != last[0]:
        return
    width = max(map(sub, reached[start:], earliest[start:]))
    if first[1] == last[1] and width < 1:
        yield "day", 0
    if width < 31:
        yield "month", 0


def _period(day: int, kind: BreakKind, years: int) -> tuple[str, int]:
    """The name of the period with a day in it, and the first day of the next period."""
    year, month, _ = to_civil(day)
    match kind:
        case "day":
            return day_in_words(day), day + 1
        case "month":
            following = from_civil(year + month // 12, month % 12 + 1, 1)
            return f"{MONTHS[month - 1]} {year_in_words(year)}", following
        case _:
            return _years(year, kind, years)


def _years(year: int, kind: BreakKind, size: int) -> tuple[str, int]:
    """As `_period`, for periods of `size` years, counted backwards from 1 BC and forwards from AD 1."""
    era = " BC" if year <= 0 else ""
    number = (1 - year if year <= 0 else year) // size
    following = (number + 1) * size if year > 0 else 1 - (max(number * size, 1) - 1)
    following_day = from_civil(following, 1, 1)
    match kind:
        case "year":
            label = year_in_words(year)
        case "decade":
            label = f"{number * size}s{era}"
        case "century" | "millennium":
            label = f"{_ordinal(number + 1)} {kind}{era}"
        case _:
            label = f"from {year_in_words(1 - (number + 1) * size if year <= 0 else max(number * size, 1))}"
    return label, following_day


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"

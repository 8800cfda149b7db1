"""The axes of two clocks: days across and up, with silences folded, or delays in growing steps."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.months import SHORT_MONTHS
from timeline_tui.dates.relative import relative_day
from timeline_tui.dates.wording import year_in_words
from timeline_tui.text.cells import cells
from timeline_tui.timeline.shown import slices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.folded_axis import FoldedAxis
    from timeline_tui.pictures.picture import Window

_MONTH, _YEAR = 28, 366
_FINER = 4
"""How many slices of each cell are searched for silences."""
_STEPS: Final = (
    (1, "1 day"), (2, "2 days"), (3, "3 days"), (7, "4–7 days"), (14, "2 weeks"), (31, "1 month"),
    (92, "3 months"), (183, "6 months"), (366, "1 year"), (731, "2 years"), (1827, "5 years"),
    (3653, "10 years"), (10958, "30 years"), (36525, "100 years"), (365250, "1,000 years"),
)  # fmt: skip
"""The most days of each band of delays, and what it is called."""
_COARSE: Final = ("4–7 days", "1 month", "1 year", "10 years", "100 years")
"""The bands for where there is room for few; the first has all days up to its last."""
_LONGER = "longer"


class Band(NamedTuple):
    """A row of the picture, from the bottom up: days, or delays."""

    first: int
    after: int
    label: str
    """Visible; empty without room for it."""


def silences(ascending: Sequence[Sequence[int]], window: Window, room: int) -> list[tuple[int, int]]:
    """The empty times of a window that take more than a slice of a cell.

    Args:
        ascending: Day numbers, in several runs of which each is ascending.
        window: The days that are shown.
        room: Over how many cells.

    Returns:
        First and last day number of each, ascending.
    """
    if window.days <= room:
        return []
    edges = [window.first, *slices(window.first, window.last, room * _FINER), window.last + 1]
    taken = [False] * (len(edges) - 1)
    for days in ascending:
        cuts = [bisect_left(days, edge) for edge in edges]
        taken = [
            is_taken or start < stop for is_taken, (start, stop) in zip(taken, pairwise(cuts), strict=True)
        ]
    found, start = [], -1
    for number, is_taken in enumerate([*taken, True]):
        if not is_taken and start < 0:
            start = number
        elif is_taken and start >= 0:
            found.append(_widened(ascending, edges[start], edges[number]))
            start = -1
    return [(first, last) for first, last in found if first <= last]


def _widened(ascending: Sequence[Sequence[int]], first: int, after: int) -> tuple[int, int]:
    """A silence up to the days on which something is."""
    befores, afters = [first - 1], []
    for days in ascending:
        place = bisect_left(days, first)
        if place:
            befores.append(days[place - 1])
        if place < len(days):
            afters.append(days[place])
    before = max((day for day in befores if day > BEGINNING and day < first), default=first - 1)
    return min(before + 1, first), min(afters, default=after) - 1


def day_bands(
    axis: FoldedAxis, whole: Window, origin: int | None, room: int, *, lowest_is_open: bool
) -> list[Band]:
    """The rows of an axis of days, each labelled where there is room.

    Args:
        axis: The days, over as many cells as there are rows.
        whole: All days on which something became known.
        origin: Day number that days are counted from; None for dates.
        room: Cells of a label.
        lowest_is_open: Whether the lowest row has what was always known, too.
    """
    first = BEGINNING if axis.first <= whole.first and lowest_is_open else axis.first
    after = END + 1 if axis.last >= whole.last else axis.last + 1
    edges = [first, *axis.starts(), after]
    folds, every = set(axis.folds), 2 if axis.width < _MANY_ROWS else 3
    bands = []
    for row, (start, stop) in enumerate(pairwise(edges)):
        day = max(start, axis.first)
        is_labelled = row % every == 0 and start < stop and day <= axis.last and row not in folds
        label = day_label(day, min(stop, axis.last + 1) - day, origin, room) if is_labelled else ""
        bands.append(Band(start, stop, label))
    return bands


_MANY_ROWS = 18


def day_label(day: int, days: int, origin: int | None, room: int) -> str:
    """A day in at most a number of cells, as exactly as there is room for.

    Args:
        day: The day.
        days: Days of the row that begins with it.
        origin: Day number that days are counted from; None for dates.
        room: In cells.
    """
    if origin is not None:
        texts = [relative_day(day, origin)]
    else:
        year, month, number = to_civil(day)
        words = year_in_words(year)
        texts = [f"{SHORT_MONTHS[month - 1]} {words}", words]
        if days < _YEAR:
            texts.insert(0, f"{number} {texts[0]}")
            if days < _MONTH:
                # The month is written once, not beside each of its days.
                texts.insert(1, f"{number} {SHORT_MONTHS[month - 1]}")
        else:
            texts = [words]
    return next((text for text in texts if cells(text) <= room), "")


def delay_bands(least: int, most: int, rows: int) -> list[Band]:
    """Bands of delays in growing steps, from the least to the greatest, in at most a number of rows."""
    fine = list(_steps())
    coarse = list(_coarse(fine))
    for steps in (fine, coarse, [(1, 2 * END, "later")]):
        later = [Band(first, after, f"+{label}") for first, after, label in steps if first <= most]
        before = [Band(1 - after, 1 - first, f"-{label}") for first, after, label in steps if first <= -least]
        bands = [*reversed(before), Band(0, 1, "same day"), *later]
        if len(bands) <= rows:
            return bands
    return [Band(-2 * END, 2 * END, "any delay")]


def _steps() -> Iterator[tuple[int, int, str]]:
    first = 1
    for last, label in _STEPS:
        yield first, last + 1, label
        first = last + 1
    # More than any delay, also of what has an open beginning.
    yield first, 2 * END, _LONGER


def _coarse(fine: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    first = 1
    for _, after, label in fine:
        if label in (*_COARSE, _LONGER):
            yield first, after, label if first > 1 else "1–7 days"
            first = after

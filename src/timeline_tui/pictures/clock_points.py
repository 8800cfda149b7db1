"""What a picture of two clocks is made of: when something happened, and when it became known.

Points are sorted by when they happened. A column of the picture is a stretch of them, sorted once by when
they became known; then two binary searches count what is in a cell. So a picture takes time for what is in
its columns the first time, and for its cells after that.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import compress, repeat
from operator import gt, lt, sub
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.pictures.lane_groups import IS_DOUBTFUL
from timeline_tui.pictures.picture import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.timeline.protocol import TimelineView

What = Literal["events", "claims", "quotes", "changes"]
"""What becomes known: events, claims, quotes, or what changes about events later."""
WHATS: tuple[What, ...] = get_args(What)
_KINDS: Mapping[What, tuple[str, ...]] = {
    "claims": ("claim",),
    "quotes": ("quote",),
    "changes": ("status", "update", "outcome", "plan", "came"),
}
"""The kinds of disclosures that are points; an event itself has one point."""
_FALLEN: Mapping[What, str] = {"events": "event", "claims": "claim", "quotes": "quote"}
"""The kind of statement that falls with a source."""
_REMEMBERED = 4096
"""Columns that are remembered."""


class Run(NamedTuple):
    """Points by place, sorted by the day on which they happened."""

    days: array[int]
    """The day number on which each happened: of several that its date can mean, the nearest to `known`."""
    known: array[int]
    """The day number from which each is known."""
    keys: array[int]
    """The keys of their events."""

    def places_of(self, key: int, first: int, last: int) -> Iterator[int]:
        """The places of the points of an event whose date is from one day to another."""
        start, stop = bisect_left(self.days, first), bisect_right(self.days, last)
        while start < stop:
            try:
                start = self.keys.index(key, start, stop)
            except ValueError:
                return
            yield start
            start += 1


class Column(NamedTuple):
    """What the points of a column measure, sorted: of all of them, of those in doubt, of those that fell."""

    every: array[int]
    doubtful: array[int]
    fallen: array[int]

    def counts(self, edges: Sequence[int]) -> list[Count]:
        """What is from each edge to before the next one, which are ascending."""
        cuts = [[bisect_left(values, edge) for edge in edges] if values else None for values in self]
        every, *others = cuts
        if every is None:
            return [NOTHING] * (len(edges) - 1)
        found = []
        for number in range(len(edges) - 1):
            count = every[number + 1] - every[number]
            found.append(
                Count(count, *(cut[number + 1] - cut[number] if cut else 0 for cut in others))
                if count
                else NOTHING
            )
        return found


class Count(NamedTuple):
    """How many points are in a cell."""

    points: int
    doubtful: int
    """How many are of events that are claimed, disputed or denied."""
    fallen: int
    """How many have lost all that they rest on."""


NOTHING = Count(0, 0, 0)


class Told(NamedTuple):
    """How many points became known before, when, and after they happened."""

    before: int
    at_once: int
    later: int


class Points:
    """The points of a view.

    Args:
        view: The events.
        what: What becomes known of them.
    """

    def __init__(self, view: TimelineView, what: What = "events") -> None:
        self.view, self.what = view, what
        self.runs: tuple[Run, ...] = tuple(_runs(view, what))
        """The points: those with a date of one day, and the others."""
        self.count = sum(len(run.days) for run in self.runs)
        self.column = lru_cache(maxsize=_REMEMBERED)(self._column)
        """The points that happened from one day to before another, by when they became known, or by delay."""
        self.told = lru_cache(maxsize=_REMEMBERED)(self._told)
        """How many of the points from one day to before another were told before, at once and later."""

    @cached_property
    def whole(self) -> Window:
        """The days on which points happened, without open ends; those of the view if there are none."""
        return self._span([run.days for run in self.runs]) or Window(*self.view.span)

    @cached_property
    def known(self) -> Window:
        """The days on which points became known, without open ends."""
        found = self._span([array("q", sorted(set(run.known))) for run in self.runs])
        return found or Window(self.whole.first, self.whole.first)

    def _span(self, ascending: Sequence[array[int]]) -> Window | None:
        firsts, lasts = [], []
        for days in ascending:
            start, stop = bisect_right(days, BEGINNING), bisect_left(days, END)
            if start < stop:
                firsts.append(days[start])
                lasts.append(days[stop - 1])
        return Window(min(firsts), max(lasts)) if firsts else None

    def bounds(self, window: Window, starts: Sequence[int]) -> list[int]:
        """The first day of each column of a window, and the day after the last.

        At the ends of the view the outermost columns have what is open too.
        """
        first = window.first if window.first > self.whole.first else BEGINNING
        after = window.last + 1 if window.last < self.whole.last else END + 1
        return [first, *starts, after]

    def _column(self, first: int, after: int, *, delayed: bool) -> Column:
        every, doubtful, fallen = array("q"), array("q"), array("q")
        for number, run in enumerate(self.runs):
            start, stop = bisect_left(run.days, first), bisect_left(run.days, after)
            if start == stop:
                continue
            values = run.known[start:stop]
            if delayed:
                values = array("q", map(sub, values, run.days[start:stop]))
            every.extend(values)
            doubtful.extend(compress(values, self._doubtful[number][start:stop]))
            if self._has_fallen:
                fallen.extend(compress(values, self._fallen[number][start:stop]))
        return Column(*(array("q", sorted(values)) for values in (every, doubtful, fallen)))

    def _told(self, first: int, after: int) -> Told:
        before = later = total = 0
        for run in self.runs:
            start, stop = bisect_left(run.days, first), bisect_left(run.days, after)
            days, known = run.days[start:stop], run.known[start:stop]
            total += len(days)
            before += sum(map(lt, known, days))
            later += sum(map(gt, known, days))
        return Told(before, total - before - later, later)

    @cached_property
    def _doubtful(self) -> tuple[bytes, ...]:
        doubtful = self.view.statuses.translate(IS_DOUBTFUL)
        return tuple(bytes(map(doubtful.__getitem__, run.keys)) for run in self.runs)

    @property
    def _has_fallen(self) -> bool:
        return bool(self.fallen_keys)

    @cached_property
    def fallen_keys(self) -> frozenset[int]:
        """The events of which everything that is a point has fallen."""
        kind = _FALLEN.get(self.what, "event")
        fallen = self.view.fallen().get(kind, ())
        if kind == "event" or not fallen:
            return frozenset(fallen)
        left: dict[int, int] = {}
        for key in fallen:
            left[key] = left.get(key, 0) - 1
        for run in self.runs:
            for key in run.keys:
                if key in left:
                    left[key] += 1
        return frozenset(key for key, number in left.items() if number <= 0)

    @cached_property
    def _fallen(self) -> tuple[bytes, ...]:
        return tuple(bytes(map(self.fallen_keys.__contains__, run.keys)) for run in self.runs)

    def first_in(self, days: tuple[int, int], known: tuple[int, int], *, delayed: bool) -> int:
        """The key of the earliest point in a cell; -1 if it is empty.

        Args:
            days: The first day of its column and the day after.
            known: The first day on which it became known, or the least delay, and the first after it.
            delayed: Whether these are delays.
        """
        found: tuple[int, int] | None = None
        for run in self.runs:
            start, stop = bisect_left(run.days, days[0]), bisect_left(run.days, days[1])
            for place in range(start, stop):
                measure = run.known[place] - (run.days[place] if delayed else 0)
                if known[0] <= measure < known[1]:
                    here = run.days[place], run.keys[place]
                    found = here if found is None else min(found, here)
                    break
        return -1 if found is None else found[1]

    @cached_property
    def plans(self) -> Mapping[int, Sequence[tuple[int, int, int]]]:
        """By key, the dates that events had before: the days known from, until before, and the first day."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for key, since, until, date in self.view.earlier_dates():
            found.setdefault(key, []).append((since, until, date.earliest))
        return found

    def of(self, key: int) -> tuple[int, int] | None:
        """When the first point of an event happened, and when it became known; None if it has none."""
        if key < 0 or not self.view.has(key):
            return None
        first, last = self.view.days_as_known()(key)
        found = [
            (run.known[place], run.days[place])
            for run in self.runs
            for place in run.places_of(key, first, last)
        ]
        if not found:
            return None
        known, day = min(found)
        return day, known

    def beside(self, key: int, steps: int) -> int:
        """The key of the event with points so many steps after another one in the order of the view.

        At most to the first and the last of these; -1 without any.
        """
        if not self.count:
            return -1
        view = self.view
        if self.what == "events":
            position = view.position_of(max(key, 0)) + steps
            return view.key_at(min(max(position, 0), view.count - 1))
        order = self._in_order
        here = view.sort_key(max(key, 0))
        place = bisect_left(order, here, key=view.sort_key)
        is_one = place < len(order) and order[place] == key
        # Between two events the first step is to one of them.
        place += steps - (steps > 0 and not is_one)
        return order[min(max(place, 0), len(order) - 1)]

    @cached_property
    def _in_order(self) -> Sequence[int]:
        keys = array("I", sorted({key for run in self.runs for key in run.keys}))
        return self.view.chronological(keys)


def _runs(view: TimelineView, what: What) -> Iterator[Run]:
    if what in _KINDS:
        yield _disclosed_run(view, _KINDS[what])
        return
    marks = int.from_bytes(view.marks, "little")
    lasting = int.from_bytes(view.lasting, "little")
    moved = bytearray(view.total)
    for key in view.moved:
        moved[key] = 1
    others = (lasting | int.from_bytes(moved, "little")) & marks
    exact = (marks & ~others).to_bytes(view.total, "little")
    yield Run(
        array("q", compress(view.first_days, exact)),
        array("q", compress(view.known_from, exact)),
        array("I", compress(range(view.total), exact)),
    )
    keys = array("I", compress(range(view.total), others.to_bytes(view.total, "little")))
    known = array("q", map(view.known_from.__getitem__, keys))
    yield _sorted_run(_nearest_days(view, keys, known), known, keys)


def _disclosed_run(view: TimelineView, kinds: Iterable[str]) -> Run:
    known, keys = array("q"), array("I")
    for day, here in view.disclosed(kinds):
        keys.extend(here)
        known.extend(repeat(day, len(here)))
    return _sorted_run(_nearest_days(view, keys, known), known, keys)


def _nearest_days(view: TimelineView, keys: Sequence[int], known: Sequence[int]) -> array[int]:
    """For each event the day of those that its date can mean that is nearest to the day it became known.

    If only the year is known, nothing says that somebody waited.
    """
    firsts, lasts, moved = view.first_days, view.last_days, view.moved
    if len(keys) > len(firsts) // _MANY:
        firsts = array("q", firsts)
    days = array("q")
    for key, day in zip(keys, known, strict=True):
        if key in moved:
            date = moved[key]
            first, last = date.earliest, date.latest
        else:
            first, last = firsts[key], lasts[key]
        days.append(first if day <= first else min(day, last))
    return days


_MANY = 16
"""From one in so many events on, all days are read at once."""


def _sorted_run(days: array[int], known: array[int], keys: array[int]) -> Run:
    order = sorted(range(len(days)), key=days.__getitem__)
    return Run(
        array("q", map(days.__getitem__, order)),
        array("q", map(known.__getitem__, order)),
        array("I", map(keys.__getitem__, order)),
    )

"""The points of a picture of two clocks: when something happened, and when it became known.

Points are sorted by when they happened, and cut into blocks, each of which is sorted once by when they became
known. A column of the picture is some blocks and what is left at its ends; binary searches count what is in a
cell. So a picture takes time for its cells, and hardly any for its points.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import compress, pairwise, repeat
from operator import add, itemgetter, ne, sub
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.pictures.lane_groups import IS_DOUBTFUL, view_window
from timeline_tui.pictures.picture import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
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
_MOST_PLANS = 200
"""Earlier dates of events that are looked through for paths."""
_BLOCK = 1024
"""Points that are sorted together."""


class Run(NamedTuple):
    """Points by place, sorted by the day on which they happened."""

    moments: array[int]
    """When each happened; `TimelineView.per_day` steps are a day.

    If its date can mean several days, it is on the one nearest to `known`.
    """
    days: array[int]
    """The day number of each of these."""
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
    """What points measure, in sorted pieces: all of them, those in doubt, those that fell."""

    every: Sequence[Sequence[int]]
    doubtful: Sequence[Sequence[int]]
    fallen: Sequence[Sequence[int]]

    def counts(self, edges: Sequence[int]) -> list[Count]:
        """The points from each edge to before the next one; edges are ascending."""
        every, doubtful, fallen = (_cuts(pieces, edges) for pieces in self)
        return [
            Count(
                every[number + 1] - start,
                doubtful[number + 1] - doubtful[number],
                fallen[number + 1] - fallen[number],
            )
            if start < every[number + 1]
            else NOTHING
            for number, start in enumerate(every[:-1])
        ]

    @property
    def span(self) -> tuple[int, int] | None:
        """The least and the most that is measured; None for a column without points."""
        if not self.every:
            return None
        return min(piece[0] for piece in self.every), max(piece[-1] for piece in self.every)


def _cuts(pieces: Sequence[Sequence[int]], edges: Sequence[int]) -> list[int]:
    """How many of all values are before each edge."""
    if not pieces:
        return [0] * len(edges)
    if len(pieces) == 1:
        return [bisect_left(pieces[0], edge) for edge in edges]
    return [
        sum(counts)
        for counts in zip(*([bisect_left(piece, edge) for edge in edges] for piece in pieces), strict=True)
    ]


def _holds(column: Column, bounds: tuple[int, int]) -> bool:
    """Whether anything in a column is from one bound to before another."""
    return any(bisect_left(piece, bounds[0]) < bisect_left(piece, bounds[1]) for piece in column.every)


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


class CountedColumn(NamedTuple):
    """What rows measure, as `Column` has it: each measure once, and how many rows are before it."""

    every: Sequence[Sequence[int]]
    rows: Sequence[int]
    doubtful: Sequence[int]

    def counts(self, edges: Sequence[int]) -> list[Count]:
        """The rows from each edge to before the next one; edges are ascending."""
        cuts = [bisect_left(self.every[0], edge) if self.every else 0 for edge in edges]
        return [
            Count(self.rows[stop] - self.rows[start], self.doubtful[stop] - self.doubtful[start], 0)
            if start < stop
            else NOTHING
            for start, stop in pairwise(cuts)
        ]

    @property
    def span(self) -> tuple[int, int] | None:
        """The least and the most that is measured; None for a column without rows."""
        return (self.every[0][0], self.every[0][-1]) if self.every else None


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
        """The points that happened from one step to before another, by when they became known, or delay."""
        self.block = _BLOCK
        """Points that are sorted together."""
        self._blocks: dict[tuple[int, int, bool], Column] = {}

    @cached_property
    def whole(self) -> Window:
        """When points happened, without open ends; the days of the view if there are none."""
        return self._span([run.moments for run in self.runs]) or view_window(self.view)

    @cached_property
    def known(self) -> Window:
        """The days on which points became known, without open ends."""
        return self._span((self.known_days,)) or Window(self.whole.first, self.whole.first)

    def _span(self, ascending: Sequence[Sequence[int]]) -> Window | None:
        firsts, lasts = [], []
        for days in ascending:
            start, stop = bisect_right(days, BEGINNING), bisect_left(days, END)
            if start < stop:
                firsts.append(days[start])
                lasts.append(days[stop - 1])
        return Window(min(firsts), max(lasts)) if firsts else None

    def bounds(self, window: Window, starts: Sequence[int]) -> list[int]:
        """The first step of each column of a window, and the step after the last.

        At the ends of the view the outermost columns have what is open too.
        """
        first = window.first if window.first > self.whole.first else BEGINNING
        after = window.last + 1 if window.last < self.whole.last else END + 1
        return [first, *starts, after]

    def _column(self, first: int, after: int, *, delayed: bool) -> Column | CountedColumn:
        pieces: list[Column] = []
        for number, run in enumerate(self.runs):
            start, stop = bisect_left(run.moments, first), bisect_left(run.moments, after)
            begin, end = -(-start // self.block), stop // self.block
            if begin >= end:
                pieces.append(self._piece(number, start, stop, delayed=delayed))
                continue
            pieces.append(self._piece(number, start, begin * self.block, delayed=delayed))
            pieces += (self._block(number, block, delayed=delayed) for block in range(begin, end))
            pieces.append(self._piece(number, end * self.block, stop, delayed=delayed))
        return Column(
            *([piece for pieces_ in each for piece in pieces_] for each in zip(*pieces, strict=True))
        )

    def _block(self, number: int, block: int, *, delayed: bool) -> Column:
        place = number, block, delayed
        if place not in self._blocks:
            start = block * self.block
            self._blocks[place] = self._piece(number, start, start + self.block, delayed=delayed)
        return self._blocks[place]

    def _piece(self, number: int, start: int, stop: int, *, delayed: bool) -> Column:
        """The points of a run from a place to before another, sorted."""
        if start >= stop:
            return Column((), (), ())
        run = self.runs[number]
        values = run.known[start:stop]
        if delayed:
            values = array("q", map(sub, values, run.days[start:stop]))
        doubtful = sorted(compress(values, self._doubtful[number][start:stop]))
        fallen = sorted(compress(values, self._fallen[number][start:stop])) if self._has_fallen else []
        return Column(
            (array("q", sorted(values)),),
            (array("q", doubtful),) if doubtful else (),
            (array("q", fallen),) if fallen else (),
        )

    def told(self, first: int, after: int) -> Told:
        """How many points from one day to before another were known before, at once, and later."""
        before = later = total = 0
        for run, (befores, laters) in zip(self.runs, self._told, strict=True):
            start, stop = bisect_left(run.moments, first), bisect_left(run.moments, after)
            total += stop - start
            before += bisect_left(befores, stop) - bisect_left(befores, start)
            later += bisect_left(laters, stop) - bisect_left(laters, start)
        return Told(before, total - before - later, later)

    @cached_property
    def _told(self) -> list[tuple[Sequence[int], Sequence[int]]]:
        """By run, the places of the points that were known before, and of those known later, ascending."""
        found: list[tuple[Sequence[int], Sequence[int]]] = []
        for run in self.runs:
            befores, laters = array("I"), array("I")
            for place in compress(range(len(run.days)), map(ne, run.known, run.days)):
                (befores if run.known[place] < run.days[place] else laters).append(place)
            found.append((befores, laters))
        return found

    @cached_property
    def _doubtful(self) -> tuple[bytes, ...]:
        doubtful = self.view.statuses.translate(IS_DOUBTFUL)
        return tuple(_picked(doubtful, run.keys) for run in self.runs)

    @cached_property
    def known_days(self) -> Sequence[int]:
        """The days on which points became known, ascending."""
        return array("q", sorted(set().union(*(run.known for run in self.runs))))

    @property
    def _has_fallen(self) -> bool:
        return bool(self.fallen_keys)

    @cached_property
    def fallen_keys(self) -> frozenset[int]:
        """The events all of whose points have fallen."""
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
        fallen = self.fallen_keys
        return tuple(bytes(map(fallen.__contains__, run.keys)) if fallen else b"" for run in self.runs)

    def first_in(self, moments: tuple[int, int], known: tuple[int, int], *, delayed: bool) -> int:
        """The key of the earliest point in a cell; -1 if it is empty.

        Args:
            moments: The first step of its column and the step after.
            known: The first day on which it became known, or the least delay, and the first after it.
            delayed: Whether these are delays.
        """
        found: tuple[int, int] | None = None
        for number, run in enumerate(self.runs):
            start, stop = bisect_left(run.moments, moments[0]), bisect_left(run.moments, moments[1])
            while start < stop:
                end = min(stop, start - start % self.block + self.block)
                is_block = end - start == self.block
                if not is_block or _holds(self._block(number, start // self.block, delayed=delayed), known):
                    place = self._first_place(run, (start, end), known, delayed=delayed)
                    if place >= 0:
                        here = run.moments[place], run.keys[place]
                        found = here if found is None else min(found, here)
                        break
                start = end
        return -1 if found is None else found[1]

    @staticmethod
    def _first_place(run: Run, places: tuple[int, int], known: tuple[int, int], *, delayed: bool) -> int:
        start, stop = places
        for place in range(start, stop):
            measure = run.known[place] - (run.days[place] if delayed else 0)
            if known[0] <= measure < known[1]:
                return place
        return -1

    @cached_property
    def plans(self) -> Mapping[int, Sequence[tuple[int, int, int]]]:
        """By key, the dates that events had before: the days known from, until before, and the first day.

        Nothing if they are so many that those of the selected event alone are drawn.
        """
        return self._plans(self.view.earlier_dates(most=_MOST_PLANS))

    def plans_of(self, key: int) -> Sequence[tuple[int, int, int]]:
        """The dates that one event had before, as `plans`."""
        return self._plans(self.view.earlier_dates(key)).get(key, ())

    def _plans(self, dates: Iterable[tuple[int, int, int, Date]]) -> dict[int, list[tuple[int, int, int]]]:
        found: dict[int, list[tuple[int, int, int]]] = {}
        for key, since, until, date in dates:
            found.setdefault(key, []).append((since, until, date.earliest))
        return found

    def of(self, key: int) -> tuple[int, int] | None:
        """When the first point of an event happened, as in `Run`, and the day on which it became known.

        None if it has none.
        """
        if key < 0 or not self.view.has(key):
            return None
        first, last = self.view.days_as_known()(key)
        found = [
            (run.known[place], run.moments[place])
            for run in self.runs
            for place in run.places_of(key, first, last)
        ]
        if not found:
            return None
        known, moment = min(found)
        return moment, known

    def beside(self, key: int, steps: int) -> int:
        """The key of the event with points, a number of steps after another one in the order of the view.

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


def _picked(marks: bytes, keys: Sequence[int]) -> bytes:
    """The bytes of some keys."""
    return bytes(itemgetter(*keys)(marks)) if len(keys) > 1 else bytes(marks[key] for key in keys)


def _runs(view: TimelineView, what: What) -> Iterator[Run]:
    if what in _KINDS:
        yield _disclosed_run(view, _KINDS[what])
        return
    if not view.marks:
        # The rows of a table are not gone through one by one.
        return
    marks = int.from_bytes(view.marks, "little")
    lasting = int.from_bytes(view.lasting, "little")
    moved = bytearray(view.total)
    for key in view.moved:
        moved[key] = 1
    others = (lasting | int.from_bytes(moved, "little")) & marks
    exact = (marks & ~others).to_bytes(view.total, "little")
    firsts = array("q", view.first_days)
    keys, days = array("I", compress(range(view.total), exact)), array("q", compress(firsts, exact))
    yield Run(
        _moments(view, days, keys, is_exact=True), days, array("q", compress(view.known_from, exact)), keys
    )
    keys = array("I", compress(range(view.total), others.to_bytes(view.total, "little")))
    known = array("q", map(view.known_from.__getitem__, keys))
    yield _sorted_run(view, _nearest_days(view, firsts, keys, known), known, keys)


def _moments(
    view: TimelineView, days: array[int], keys: Sequence[int], *, is_exact: bool = False
) -> array[int]:
    """When events begin that are each on a day, by the same places."""
    per_day = view.per_day
    if per_day == 1:
        return days
    # An open end stays open, and a time that is known less exactly stays within its bounds.
    if days and min(days) * per_day >= BEGINNING and max(days) * per_day <= END:
        starts = list(map(per_day.__mul__, days))
    else:
        starts = [min(max(day * per_day, BEGINNING), END) for day in days]
    seconds, lasting, moved = view.seconds, view.lasting, view.moved
    if not is_exact:
        return array(
            "q",
            [
                start if lasting[key] or key in moved else start + seconds[key]
                for start, key in zip(starts, keys, strict=True)
            ],
        )
    return array("q", map(add, starts, map(seconds.__getitem__, keys)))


def _disclosed_run(view: TimelineView, kinds: Iterable[str]) -> Run:
    known, keys = array("q"), array("I")
    for day, here in view.disclosed(kinds):
        keys.extend(here)
        known.extend(repeat(day, len(here)))
    firsts = array("q", view.first_days) if len(keys) > view.total // _MANY else view.first_days
    return _sorted_run(view, _nearest_days(view, firsts, keys, known), known, keys)


def _nearest_days(
    view: TimelineView, firsts: Sequence[int], keys: Sequence[int], known: Sequence[int]
) -> array[int]:
    """For each event the day of those that its date can mean that is nearest to the day it became known.

    If only the year is known, nothing says that somebody waited.
    """
    moved, lasts = view.moved, view.last_days
    days = array(
        "q",
        map(min, map(max, known, map(firsts.__getitem__, keys)), map(lasts.__getitem__, keys)),
    )
    if moved:
        for place, key in enumerate(keys):
            if key in moved:
                date = moved[key]
                days[place] = min(max(known[place], date.earliest), date.latest)
    return days


_MANY = 16
"""From this share of the events on (one in this number), all days are read at once."""


def _sorted_run(view: TimelineView, days: array[int], known: array[int], keys: array[int]) -> Run:
    moments = _moments(view, days, keys)
    order = sorted(range(len(days)), key=moments.__getitem__)
    return Run(
        array("q", map(moments.__getitem__, order)),
        array("q", map(days.__getitem__, order)),
        array("q", map(known.__getitem__, order)),
        array("I", map(keys.__getitem__, order)),
    )

"""The lanes of a view, its events by actor, kind or something else, and the way from one to another."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import compress
from operator import itemgetter, sub
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from timeline_tui.dates.date import END
from timeline_tui.pictures.date_bars import Bar, bar_in_seconds, bar_of
from timeline_tui.pictures.picture import Window
from timeline_tui.text.cells import cells
from timeline_tui.timeline.counted import CountedKeys, CountedTrack
from timeline_tui.timeline.signs import STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.cell_row import CellRow
    from timeline_tui.timeline.counted import AnyTrack, RowsBehind
    from timeline_tui.timeline.protocol import TimelineView

By = Literal["actor", "kind", "place", "tag", "status", "publisher", "language", "file"]
"""What lanes can be by: a field of the search language."""
BY: tuple[By, ...] = get_args(By)
Order = Literal["count", "first"]
"""Most events first, or by the first event."""
OTHERS = ""
"""The value of the lane of the events that have none."""
_OTHERS_NAMES: dict[By, str] = {
    "actor": "nobody named",
    "kind": "no kind",
    "place": "no place",
    "tag": "no tag",
    "status": "no status",
    "publisher": "no publisher",
    "language": "no language",
    "file": "no file",
}
_DOUBTFUL = ("claimed", "disputed", "denied")
_LASTING = 8
"""Added to the number of a status for an event whose date can mean more than one day."""
_STATUS = 7
IS_DOUBTFUL = bytes(
    int(number & _STATUS in [list(STATUS_SIGNS).index(status) + 1 for status in _DOUBTFUL])
    for number in range(256)
)
"""Translates the numbers of statuses: 1 for claimed, disputed and denied."""
_IS_LASTING = bytes(int(bool(number & _LASTING)) for number in range(256))
_CLAIMED = list(STATUS_SIGNS).index("claimed") + 1
_REMEMBERED = 512
"""Lanes whose events are remembered, and dates."""
_MOST_BEFORE = 40
"""How many events before a window are tried, in each class of lengths, for those that reach into it."""
_CLOSER = 4
"""In a class of lengths, the events that are tried are at most this many times the bars that are drawn."""
_ENDLESS = 2**60
"""More days than any date can mean that has a beginning and an end."""


class Lane(NamedTuple):
    """A lane: the events of a view that share a value."""

    value: str
    """As the search language has it; `OTHERS` for the events without one."""
    name: str
    """Visible, on one line."""
    keys: Sequence[int]
    """The keys of its events, ascending."""


class Lasting(NamedTuple):
    """Events of a lane that last into other cells of a window."""

    places: Sequence[int]
    """Those with an end, the longest first where they are too many, in no order else."""
    endless: Sequence[int]
    """Those without one, ascending: all that begin in the window, and the last one before it."""


class DrawnAlong(NamedTuple):
    """What was drawn of lanes along one axis."""

    along: tuple[int, ...]
    """The axis: its ends, its cells, its folds."""
    rows: dict[tuple[int, int], CellRow]
    """The cells of lanes, by number and the number of events by which heights are measured."""
    fullest: dict[int, int]
    """By number, how many events the fullest cell of a lane has."""


class LaneEvents:
    """The events of one lane in chronological order, at places from 0.

    Args:
        track: The events.
        codes: By place, the number of a status as in `View.statuses`, plus 8 for an event that may last.
        spans: The first and the last day number that each event which may last can mean, by place.
    """

    def __init__(self, track: AnyTrack, codes: bytes, spans: tuple[Sequence[int], Sequence[int]]) -> None:
        self.track: AnyTrack = track
        self._codes, (self._firsts, self._lasts) = codes, spans
        self._doubtful = codes.translate(IS_DOUBTFUL)
        self._lasting = array("I", compress(range(len(codes)), codes.translate(_IS_LASTING)))
        self._endless: list[int] = []
        """The places of those that have no end."""
        self._classes: dict[int, list[int]] = {}
        """By the length of their number of days in bits, the others by their number among all that last."""
        classes = self._classes
        for number, days in enumerate(map(sub, self._lasts, self._firsts)):
            if days < _ENDLESS:
                classes.setdefault(days.bit_length(), []).append(number)
            elif self._lasts[number] >= END:
                self._endless.append(self._lasting[number])
            else:
                classes.setdefault(_ENDLESS.bit_length(), []).append(number)

    def status(self, place: int) -> int:
        """The number of the status of an event."""
        return self._codes[place] & _STATUS

    def doubtful(self, start: int, stop: int) -> int:
        """How many of the events from one place to before another are claimed, disputed or denied."""
        return self._doubtful.count(1, start, stop)

    def span(self, place: int) -> tuple[int, int]:
        """The first and the last day number that an event which may last can mean."""
        number = bisect_left(self._lasting, place)
        return self._firsts[number], self._lasts[number]

    def lasting(self, start: int, stop: int, days: tuple[int, int], most: int) -> Lasting:
        """The events that last into other cells of a window.

        Args:
            start: The place of the first event of the window.
            stop: The place after its last one.
            days: The first day number of the window, and the days of a cell.
            most: Of many more than so many, only some of the longest are given, not always the very longest.
        """
        first, cell = days
        begin, end = bisect_left(self._lasting, start), bisect_left(self._lasting, stop)
        found: list[int] = []
        for bits in sorted(self._classes, reverse=True):
            numbers = self._classes[bits]
            if len(found) > most:
                break
            before = bisect_left(numbers, begin)
            earlier = numbers[max(0, before - _MOST_BEFORE) : before]
            found += [number for number in earlier if self._lasts[number] >= first]
            if bits < cell.bit_length():
                continue
            here = numbers[before : bisect_left(numbers, end)]
            found += [number for number in here[: most * _CLOSER] if self._reach(number) >= cell]
        endless = bisect_left(self._endless, start)
        return Lasting(
            [self._lasting[number] for number in found],
            self._endless[max(0, endless - 1) : bisect_left(self._endless, stop)],
        )

    def _reach(self, number: int) -> int:
        return self._lasts[number] - self._firsts[number]


class CountedLane:
    """As `LaneEvents`, of events that are counted and not read; none of them lasts into other cells."""

    def __init__(self, keys: CountedKeys) -> None:
        self.track: AnyTrack = CountedTrack(keys)
        self._keys = keys

    def status(self, place: int) -> int:
        """The status of a doubtful event if all events of the day are doubtful; else empty."""
        return _CLAIMED if self.doubtful(place, place + 1) else 0

    def doubtful(self, start: int, stop: int) -> int:
        """How many of the events of the days of some places are claimed, disputed or denied."""
        first, last = self._keys.days.day_at(start), self._keys.days.day_at(stop - 1)
        doubtful = self._keys.doubtful
        return doubtful.first_from(last + 1) - doubtful.first_from(first)

    def span(self, place: int) -> tuple[int, int]:
        """The day of an event, twice."""
        return self.track.day(place), self.track.day(place)

    def lasting(self, start: int, stop: int, days: tuple[int, int], most: int) -> Lasting:  # noqa: ARG002  as `LaneEvents`
        """Nothing."""
        return Lasting((), ())


AnyLane: TypeAlias = LaneEvents | CountedLane


class Lanes:
    """The lanes of a view.

    Args:
        view: The events.
        by: What they share.
        order: The order of the lanes; the events without a value come last.
        stage: The lanes of a view that has these events and more, whose days and order of lanes they keep to.
        behind: The rows of a table behind the timeline, which stand above the lanes; None without one.
    """

    def __init__(
        self,
        view: TimelineView,
        by: By = "actor",
        order: Order = "count",
        stage: Lanes | None = None,
        behind: RowsBehind | None = None,
    ) -> None:
        self.view, self.by, self.order, self.stage, self.behind = view, by, order, stage, behind
        self.lanes: tuple[Lane, ...] = tuple(_lanes(view, by, order))
        """At least one if the view has any events."""
        self.is_fine = False
        """Whether this is a part of a table that is counted by days else."""
        self.is_part = False
        """Whether there are rows on other days too."""
        self.per_day = view.per_day
        """Steps of the axis of time in a day."""
        self.whole = view_window(view)
        """All steps of the days of the view, or of that of the stage."""
        if stage is not None:
            self.lanes = tuple(sorted(self.lanes, key=stage.rank))
            self.whole = stage.whole
        self.events = lru_cache(maxsize=_REMEMBERED)(self._events)
        """The events of the lane with that number."""
        self.bar = lru_cache(maxsize=_REMEMBERED * 8)(self._bar)
        """The bar of the event with that key."""
        self.drawn = DrawnAlong((), {}, {})
        """What was drawn last."""

    @cached_property
    def widest(self) -> int:
        """Cells of the longest name."""
        shown = self.lanes if self.stage is None else self.stage.lanes
        return max((cells(lane.name) for lane in shown), default=0)

    @cached_property
    def highest(self) -> int:
        """The number of events of the lane with most of them, or of rows behind them."""
        shown = self.lanes if self.stage is None else self.stage.lanes
        rows = self.behind.between(*self.view.span) if self.behind is not None else 0
        return max((rows, *(len(lane.keys) for lane in shown)))

    def rank(self, lane: Lane) -> int:
        """The place of the lane with the same value among these; after the last if there is none."""
        return self._ranks.get(lane.value, len(self.lanes))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {lane.value: number for number, lane in enumerate(self.lanes)}

    def _events(self, number: int) -> AnyLane:
        held = self.lanes[number].keys
        if isinstance(held, CountedKeys):
            return CountedLane(held)
        track, codes = self.view.track(held), self._codes
        keys = track.keys
        own = bytes(itemgetter(*keys)(codes)) if len(keys) > 1 else bytes(codes[key] for key in keys)
        lasting = list(compress(keys, own.translate(_IS_LASTING)))
        firsts, lasts = self._spans
        spans = list(map(firsts.__getitem__, lasting)), list(map(lasts.__getitem__, lasting))
        return LaneEvents(track, own, spans)

    @cached_property
    def _spans(self) -> tuple[Sequence[int], Sequence[int]]:
        """By key, the first and the last day number of each event."""
        view = self.view
        firsts, lasts = array("q", view.first_days), view.last_days
        if view.moved:
            lasts = array("q", lasts)
            for key, date in view.moved.items():
                firsts[key], lasts[key] = date.earliest, date.latest
        return firsts, lasts

    @cached_property
    def _codes(self) -> bytes:
        """By key, as in `LaneEvents`."""
        view = self.view
        numbers = int.from_bytes(view.statuses, "little") + int.from_bytes(view.lasting, "little") * _LASTING
        if not view.moved:
            return numbers.to_bytes(view.total, "little")
        codes = bytearray(numbers.to_bytes(view.total, "little"))
        for key, date in view.moved.items():
            codes[key] = codes[key] & _STATUS | (_LASTING if date.earliest != date.latest else 0)
        return bytes(codes)

    def _bar(self, key: int) -> Bar:
        if self.stage is not None and key not in self.view.moved:
            # The same in each frame of a film, and it takes time to read.
            return self.stage.bar(key)
        date = self.view.date_of(key)
        return bar_of(date) if self.per_day == 1 else bar_in_seconds(date, self.view.moment_of(key))

    def number_of(self, value: str | None, key: int) -> int:
        """The number of the lane to go on in with an event: that of a value, if it has the event.

        Else the first lane that has it, else that of the value, else the first; -1 without lanes.
        """
        named = next((number for number, lane in enumerate(self.lanes) if lane.value == value), -1)
        if named >= 0 and has(self.lanes[named].keys, key):
            return named
        found = next((number for number, lane in enumerate(self.lanes) if has(lane.keys, key)), -1)
        return found if found >= 0 else max(named, 0) if self.lanes else -1

    def along(self, number: int, key: int, steps: int) -> int:
        """The key of the event so many steps after another one in a lane, at most to its ends."""
        track = self.events(number).track
        place = track.place_of(key)
        if place < 0:
            # Between two events the first step is to one of them.
            place = self.first_at(number, self.moment_of(key)) - (steps > 0)
        return track.keys[min(max(place + steps, 0), len(track) - 1)]

    def nearest(self, number: int, key: int, moment: int) -> int:
        """The key of the event of a lane nearest to a moment; the given event if no other one is nearer."""
        track = self.events(number).track
        place, own = self.first_at(number, moment), track.place_of(key)
        near = [one for one in (own, place - 1, place) if 0 <= one < len(track)]
        return track.keys[min(near, key=lambda one: abs(track.moment(one) - moment))]

    def first_at(self, number: int, moment: int) -> int:
        """The place in a lane of the first event at a moment or later."""
        return self.events(number).track.cuts([moment], self.view.first_keys([moment]))[0]

    def moment_of(self, key: int) -> int:
        """When an event begins, within the days of the view; `per_day` steps are a day."""
        return min(max(self.view.moment_of(key), self.whole.first), self.whole.last)

    def bounds(self, window: Window, starts: Sequence[int]) -> list[int]:
        """The first step of each cell of a window, and the step after the last.

        At the beginning of the view the first cell has the events with an open beginning too.
        """
        first = window.first if window.first > self.whole.first else -END * self.per_day
        after = window.last + 1 if window.last < self.whole.last else END * self.per_day
        return [first, *starts, after]


def view_window(view: TimelineView) -> Window:
    """All days of a view; `TimelineView.per_day` steps are a day."""
    first, last = view.span
    return Window(first * view.per_day, (last + 1) * view.per_day - 1)


def has(keys: Sequence[int], key: int) -> bool:
    """Whether ascending keys have a key."""
    if isinstance(keys, CountedKeys):
        return keys.has(key)
    place = bisect_left(keys, key)
    return place < len(keys) and keys[place] == key


def _lanes(view: TimelineView, by: By, order: Order) -> Iterator[Lane]:
    found = [Lane(value, _name(view, by, value), keys) for value, keys in view.keys_by_value(by)]
    if order == "first":
        found.sort(key=lambda lane: (_first_day(view, lane.keys), -len(lane.keys), lane.name.casefold()))
    else:
        found.sort(key=lambda lane: (-len(lane.keys), lane.name.casefold(), lane.value))
    yield from found
    left = view.keys_without(by, [lane.keys for lane in found])
    if len(left):
        yield Lane(OTHERS, view.why_without(by) or _OTHERS_NAMES[by], left)


def _first_day(view: TimelineView, keys: Sequence[int]) -> int:
    return keys.days.day_at(0) if isinstance(keys, CountedKeys) else view.sort_key(keys[0])[0]


def _name(view: TimelineView, by: By, value: str) -> str:
    """The name of a value, as the view shows it."""
    if by in ("actor", "status"):
        return view.label(by, value)
    vocabulary = view.vocabulary
    return vocabulary.label(by, vocabulary.spellings.get(by, {}).get(value, value))

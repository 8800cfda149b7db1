"""The places of a view, those that have no coordinates, and the moves of an actor from one to another."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.lines import Target
from timeline_tui.pictures.lane_groups import IS_DOUBTFUL, has
from timeline_tui.query.language import AT, Query, Term
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline_tui.timeline.counted import AnyTrack
    from timeline_tui.timeline.protocol import TimelineView

_REMEMBERED = 512
"""Places whose events in order are remembered, and actors whose moves are."""


class Spot(NamedTuple):
    """A place with coordinates, and its events in a view."""

    id: str
    name: str
    """Visible, on one line."""
    lat: float
    lon: float
    radius: float
    """Of the area that it may be anywhere in, in kilometres; 0 for a point."""
    keys: Sequence[int]
    """The keys of its events, ascending."""
    doubtful: int
    """How many of these are claimed, disputed or denied."""

    @property
    def events(self) -> int:
        """How many events it has."""
        return len(self.keys)

    @property
    def is_doubtful(self) -> bool:
        """Whether at least half of its events are claimed, disputed or denied."""
        return bool(self.doubtful) and 2 * self.doubtful >= len(self.keys)


class Unplaced(NamedTuple):
    """What has no coordinates: a place of the file or only a name, or the events without a place."""

    name: str
    """Visible, on one line."""
    events: int
    """How many events it has."""
    target: Target | None
    """What leads to them; None for the events without a place."""


class Move(NamedTuple):
    """A stay of an actor at a place, from the first of some events in a row on."""

    spot: int
    """The number of the place."""
    key: int
    """The key of the first event there."""


class MapPlaces:
    """The places of a view.

    Args:
        view: The events. One in several places counts in each of them.
    """

    def __init__(self, view: TimelineView) -> None:
        self.view = view
        self.track = lru_cache(maxsize=_REMEMBERED)(self._track)
        """The events at the place with that number, in chronological order."""
        self.moves = lru_cache(maxsize=_REMEMBERED)(self._moves)
        """Where the actor with that id was, in chronological order."""
        self._at = dict(view.keys_by_value(AT))
        self.spots: tuple[Spot, ...] = tuple(
            sorted(self._found(), key=lambda spot: (-spot.events, spot.name.casefold(), spot.id))
        )
        """The places with coordinates, most events first."""

    def _found(self) -> list[Spot]:
        view = self.view
        known = ((id_, view.place(id_), keys) for id_, keys in self._at.items())
        statuses = view.statuses.translate(IS_DOUBTFUL) if self._at else b""
        return [
            Spot(
                id_,
                view.place_name(id_),
                place.lat,
                place.lon,
                place.precision or 0,
                keys,
                _sum(statuses, keys),
            )
            for id_, place, keys in known
            if place is not None and place.lat is not None and place.lon is not None
        ]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """By id, the numbers of the places with coordinates."""
        return {spot.id: number for number, spot in enumerate(self.spots)}

    @cached_property
    def frame(self) -> tuple[tuple[float, float], ...]:
        """Latitude and longitude of all that the view shows, on any day of the clock.

        So the map stands still while the clock goes on.
        """
        view = self.view
        here = [(spot.lat, spot.lon) for spot in self.spots]
        if view.known_on is not None or view.without:
            whole = view.known_by(None).without_sources(())
            known = (whole.place(id_) for id_, _ in whole.keys_by_value(AT))
            here += [
                (place.lat, place.lon)
                for place in known
                if place is not None and place.lat is not None and place.lon is not None
            ]
        return tuple(dict.fromkeys(here))

    @cached_property
    def most(self) -> int:
        """The number of events of the place with most of them."""
        return max((spot.events for spot in self.spots), default=0)

    @cached_property
    def on_map(self) -> int:
        """How many events have a place with coordinates."""
        if not self.spots:
            return 0
        return self._marks([spot.keys for spot in self.spots]).count(1)

    @cached_property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """What has no coordinates, most events first; the events without any place come last."""
        view = self.view
        found = [
            Unplaced(view.place_name(id_), len(keys), self.target(id_))
            for id_, keys in self._at.items()
            if id_ not in self.numbers
        ]
        told, without = self._told()
        for value, events in told:
            spelling = view.vocabulary.spellings.get("place", {}).get(value, value)
            name = one_line(view.vocabulary.label("place", spelling))
            found.append(Unplaced(name, events, Target(leads="place", id=spelling)))
        found.sort(key=lambda place: (-place.events, place.name.casefold()))
        if without:
            found.append(Unplaced("no place told", without, None))
        return tuple(found)

    def _told(self) -> tuple[list[tuple[str, int]], int]:
        """The places without an id, with the number of events at each; and the number of other events.

        Such an event has one place.
        """
        view = self.view
        named = view.keys_by_value("place")
        if not self._at:
            told = [(value, len(keys)) for value, keys in named]
            return told, view.count - sum(events for _, events in told)
        # What contains the places of other events is found by its name as well.
        marks = self._marks(self._at.values())
        left = [key for key in view.keys_with("has", "place") if not marks[key]]
        without = view.count - marks.count(1) - len(left)
        if not left:
            return [], without
        only = self._marks([left])
        told = [(value, _sum(only, keys)) for value, keys in named]
        return [(value, events) for value, events in told if events], without

    def target(self, id_: str) -> Target:
        """What leads to the events of the view at exactly this place."""
        narrowed = self.view.query.narrowed(Query((Term(AT, id_),)))
        return Target(leads="filter", id=" ".join(term.named for term in narrowed))

    def number_of(self, id_: str | None, key: int) -> int:
        """The number of the place to go on at with an event: that with an id, if it has the event.

        Else the first that has it; -1 if none does.
        """
        named = self.numbers.get(id_, -1) if id_ is not None else -1
        if named >= 0 and has(self.spots[named].keys, key):
            return named
        return next((number for number, spot in enumerate(self.spots) if has(spot.keys, key)), -1)

    def nearest(self, number: int, key: int, day: int) -> int:
        """The key of the event of a place nearest to a day; the given event if no other one is nearer."""
        track = self.track(number)
        place, own = track.first_from(day), track.place_of(key)
        near = [one for one in (own, place - 1, place) if 0 <= one < len(track)]
        return track.keys[min(near, key=lambda one: abs(track.day(one) - day))]

    def along(self, number: int, key: int, steps: int) -> int:
        """The key of the event a number of steps after another one at a place, or of the last one there."""
        track = self.track(number)
        place = track.place_of(key)
        if place < 0:
            place = track.first_from(self.day_of(key)) - (steps > 0)
        return track.keys[min(max(place + steps, 0), len(track) - 1)]

    def day_of(self, key: int) -> int:
        """The day that an event is on, within the days of the view."""
        first, last = self.view.span
        return min(max(self.view.sort_key(key)[0], first), last)

    def is_fallen(self, number: int) -> bool:
        """Whether all events of a place rest on nothing any more."""
        return all(map(self.view.is_fallen, self.spots[number].keys))

    def _track(self, number: int) -> AnyTrack:
        return self.view.track(self.spots[number].keys)

    def _moves(self, actor: str) -> tuple[Move, ...]:
        theirs = self._marks([self.view.keys_with("actor", actor)])
        at: dict[int, list[int]] = {}
        for number, spot in enumerate(self.spots):
            for key in compress(spot.keys, map(theirs.__getitem__, spot.keys)):
                at.setdefault(key, []).append(number)
        found: list[Move] = []
        for key in self.view.track(sorted(at)).keys:
            here = at[key]
            if not found or found[-1].spot not in here:
                found.append(Move(here[0], key))
        return tuple(found)

    def _marks(self, groups: Iterable[Sequence[int]]) -> bytearray:
        marks = bytearray(self.view.total)
        for keys in groups:
            for key in keys:
                marks[key] = 1
        return marks


def _sum(marks: bytes | bytearray, keys: Sequence[int]) -> int:
    """How many of some keys are marked with 1."""
    if len(keys) < 2:
        return sum(marks[key] for key in keys)
    return sum(itemgetter(*keys)(marks))

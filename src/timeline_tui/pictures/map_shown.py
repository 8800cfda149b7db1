"""What is shown of a map, where it is in the picture, and how the keys change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from timeline_tui.pictures.map_window import MapSize, MapWindow, fitted, turned

if TYPE_CHECKING:
    from timeline_tui.pictures.map_places import MapPlaces

Direction = Literal["up", "down", "left", "right"]

_ASIDE_FROM, _NARROWEST_ASIDE, _WIDEST_ASIDE = 72, 22, 36
"""The width from which the list of places is beside the map, and the width of the list."""
_BELOW = 1
"""Lines below a map that has no list beside it."""
_WIDE = 0.32
"""Lines of a map of no given height, for each cell of its width."""
_LEAST_LINES = 6
_ASIDE = 1.0
"""How much farther a place seems for every dot that it lies aside of the direction of a key."""


@dataclass(frozen=True, slots=True)
class MapShown:
    """What is chosen to be shown of a map."""

    window: MapWindow | None = None
    """The part of the world in sight; None for one with all places."""
    place: str | None = None
    """The id of the selected place; None for the first that has the selected event."""
    actor: str | None = None
    """The id of the actor whose moves are drawn; empty for nobody, None for whom the view is filtered by."""

    def moving(self, places: MapPlaces) -> str:
        """The id of the actor whose moves are drawn; empty for nobody's, as those of a table are not."""
        if not places.view.holds_statements:
            return ""
        if self.actor is not None:
            return self.actor
        chosen = places.view.query.values("actor")
        return chosen[0] if len(chosen) == 1 and places.view.actor(chosen[0]) is not None else ""


class MapLayout(NamedTuple):
    """Where everything is in a picture of a map."""

    size: MapSize
    """Of the map itself, in the upper left corner."""
    aside: int
    """The first cell of the list of places beside the map; 0 where there is none."""
    below: int
    """Lines below the map."""
    note: int
    """Lines at the end about the selected place."""


def layout(width: int, height: int | None) -> MapLayout:
    """Divide a picture of a width in cells and a height in lines; without a height there is only the map."""
    if height is None:
        return MapLayout(MapSize(width, max(_LEAST_LINES, round(width * _WIDE))), 0, 0, 0)
    note = int(height > _LEAST_LINES)
    height -= note
    if width >= _ASIDE_FROM:
        own = min(max(width // 4, _NARROWEST_ASIDE), _WIDEST_ASIDE)
        return MapLayout(MapSize(width - own - 1, height), width - own, 0, note)
    below = min(_BELOW, max(0, height - _LEAST_LINES))
    return MapLayout(MapSize(width, height - below), 0, below, note)


def window_of(places: MapPlaces, shown: MapShown, size: MapSize) -> MapWindow:
    """The part of the world in sight."""
    return _fit(places, size) if shown.window is None else shown.window.within(size)


@lru_cache(maxsize=8)
def _fit(places: MapPlaces, size: MapSize) -> MapWindow:
    return fitted(places.frame, size)


def following(places: MapPlaces, shown: MapShown, selected: int, size: MapSize) -> MapShown:
    """The same with the place of the selected event in sight."""
    number = places.number_of(shown.place, selected)
    if number < 0:
        return shown
    spot = places.spots[number]
    shown = replace(shown, place=spot.id)
    if shown.window is None:
        return shown
    return replace(shown, window=shown.window.within(size).containing(spot.lat, spot.lon, size))


def zoomed(places: MapPlaces, shown: MapShown, direction: int, size: MapSize, number: int) -> MapShown:
    """Half as much of the world (direction 1), or twice as much (-1), about a place; -1 for the middle.

    Zooming in, the place also comes half of its way to the middle, so that one sees what is around it.
    """
    window = window_of(places, shown, size)
    lat, lon = (window.lat, window.lon) if number < 0 else places.spots[number][2:4]
    if window.cell(lat, lon, size) is None:
        lat, lon = window.lat, window.lon
    window = window.zoomed(direction, (lat, lon), size)
    if direction > 0:
        middle = (window.lat + lat) / 2, turned(window.lon + turned(lon - window.lon) / 2)
        window = MapWindow(*middle, window.step).within(size)
    return replace(shown, window=window)


def panned(places: MapPlaces, shown: MapShown, right: float, up: float, size: MapSize) -> MapShown:
    """Moved to the east and to the north by shares of the map."""
    window = window_of(places, shown, size)
    moved = window.moved(right * size.width * 2, up * size.height * 4, size)
    return replace(shown, window=moved)


def next_place(places: MapPlaces, number: int, direction: Direction) -> int:
    """The number of the nearest place in a direction, on the shorter way around the world; else the same.

    What lies more ahead than aside comes before what lies more aside. Places with the same coordinates stand
    in a row from left to right.
    """
    if number < 0:
        return 0 if places.spots else -1
    here = places.spots[number]
    narrow = MapWindow(here.lat, here.lon, 1).narrow
    is_across, sign = direction in ("left", "right"), 1 if direction in ("right", "up") else -1
    best, found = None, number
    for other, spot in enumerate(places.spots):
        if other == number:
            continue
        east = (turned(spot.lon - here.lon)) * narrow + (other - number) * 1e-9
        north = spot.lat - here.lat
        ahead, aside = (sign * east, abs(north)) if is_across else (sign * north, abs(east))
        if ahead <= 0:
            continue
        cost = aside > ahead, ahead + _ASIDE * aside
        if best is None or cost < best:
            best, found = cost, other
    return found


def next_actor(places: MapPlaces, shown: MapShown, selected: int) -> MapShown:
    """The moves of the next actor of the selected event, after the last of nobody."""
    event = places.view.event(selected) if selected >= 0 else None
    ids = [] if event is None else list(dict.fromkeys((*event.actors, *event.by)))
    cycle = ["", *(id_ for id_ in ids if places.view.actor(id_) is not None)]
    now = shown.moving(places)
    return replace(shown, actor=cycle[(cycle.index(now) + 1) % len(cycle)] if now in cycle else cycle[0])

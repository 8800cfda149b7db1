"""The part of the world that a map shows, and where on the map a place is.

The projection is equirectangular: degrees of latitude are as long everywhere, and degrees of longitude as
long as they are in the middle of the map, cos(latitude) of these. So shapes near the middle are true. A
braille dot is as wide as it is high, since a cell is twice as high as wide.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.drawing.braille import ACROSS, DOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KILOMETRES: Final = 111.2
"""Of a degree of latitude."""
_NARROWEST: Final = 0.1
"""The least share of a degree of longitude: at a pole there would be no width at all."""
_ROOM: Final = 0.8
"""The share of the map that the places take when all are fitted in; names need the rest."""
_LEAST: Final = 3.0
"""Degrees that a map shows at least when places are fitted in: of one place alone one sees where it is."""
_SOMEWHAT: Final = 1.05
_FINEST: Final = 0.0002
"""Degrees of a dot when zoomed in as far as possible: 20 m."""


_EDGE: Final = 0.01
"""Dots by which a calculation may be wrong."""


class MapSize(NamedTuple):
    """Of a map."""

    width: int
    """In cells."""
    height: int
    """In lines."""


class MapWindow(NamedTuple):
    """A part of the world."""

    lat: float
    """Degrees north of its middle."""
    lon: float
    """Degrees east of its middle, from -180 to 180."""
    step: float
    """Degrees of latitude of a dot."""

    @property
    def narrow(self) -> float:
        """How long a degree of longitude is drawn, in degrees of latitude."""
        return max(cos(radians(self.lat)), _NARROWEST)

    def degrees(self, size: MapSize) -> tuple[float, float]:
        """The degrees of longitude and of latitude that a map shows."""
        return size.width * ACROSS * self.step / self.narrow, size.height * DOWN * self.step

    def dot(self, lat: float, lon: float, size: MapSize) -> tuple[float, float]:
        """The dot of a place from the upper left; of all its dots, the one nearest to the middle."""
        x = size.width * ACROSS / 2 + turned(lon - self.lon) * self.narrow / self.step
        return x, size.height * DOWN / 2 - (lat - self.lat) / self.step

    def cell(self, lat: float, lon: float, size: MapSize) -> tuple[int, int] | None:
        """The line and the cell of a place; None outside of the map."""
        x, y = self.dot(lat, lon, size)
        cell = int(_kept_within(x, size.width * ACROSS) // ACROSS)
        line = int(_kept_within(y, size.height * DOWN) // DOWN)
        return (line, cell) if 0 <= line < size.height and 0 <= cell < size.width else None

    def place(self, line: int, cell: int, size: MapSize) -> tuple[float, float]:
        """Latitude and longitude of the middle of a cell."""
        east = (cell + 0.5 - size.width / 2) * ACROSS * self.step / self.narrow
        return self.lat - (line + 0.5 - size.height / 2) * DOWN * self.step, turned(self.lon + east)

    def zoomed(self, direction: int, about: tuple[float, float], size: MapSize) -> MapWindow:
        """Half as much of the world (direction 1), or twice as much (-1), about a place that keeps its dot.

        Args:
            direction: 1 or -1.
            about: Latitude and longitude of the place.
            size: Of the map.
        """
        step = min(max(self.step * 2.0**-direction, _FINEST), widest(size))
        lat, lon = about
        share = step / self.step
        middle = min(max(lat - (lat - self.lat) * share, -90.0), 90.0)
        narrow = MapWindow(middle, 0, step).narrow
        lon = lon - turned(lon - self.lon) * share * self.narrow / narrow
        return MapWindow(middle, turned(lon), step).within(size)

    def moved(self, across: float, up: float, size: MapSize) -> MapWindow:
        """Moved by a number of dots to the east and to the north."""
        lat = self.lat + up * self.step
        return MapWindow(lat, turned(self.lon + across * self.step / self.narrow), self.step).within(size)

    def within(self, size: MapSize) -> MapWindow:
        """Moved so that no more is shown beyond the poles than there must be, and no wider than the world."""
        step = min(self.step, widest(size))
        half = size.height * DOWN * step / 2
        lat = 0.0 if half >= 90 else min(max(self.lat, half - 90), 90 - half)
        return MapWindow(lat, self.lon, step)

    def containing(self, lat: float, lon: float, size: MapSize) -> MapWindow:
        """This window if it has a place, else one of the same scale about it."""
        return self if self.cell(lat, lon, size) else MapWindow(lat, turned(lon), self.step).within(size)


def _kept_within(dot: float, dots: int) -> float:
    """What lies on the very edge is still seen: a pole, or a place that decides how much is in sight."""
    if dots <= dot < dots + _EDGE:
        return dots - _EDGE
    return 0 if -_EDGE < dot < 0 else dot


def widest(size: MapSize) -> float:
    """The most degrees of latitude of a dot: then the whole world is in sight."""
    return max(180 / (size.height * DOWN), 360 / (size.width * ACROSS))


def turned(lon: float) -> float:
    """The same degrees of longitude from -180 to less than 180."""
    return (lon + 180) % 360 - 180


def fitted(places: Sequence[tuple[float, float]], size: MapSize) -> MapWindow:
    """The window that has all places, as large as it can be drawn; the whole world without places.

    Of all ways to see them together it takes the smallest arc of longitudes, across 180° if that is shorter.

    Args:
        places: Latitude and longitude of each.
        size: Of the map.
    """
    if not places:
        return MapWindow(0, 0, widest(size)).within(size)
    south, north = min(lat for lat, _ in places), max(lat for lat, _ in places)
    west, arc = smallest_arc(lon for _, lon in places)
    middle = (south + north) / 2
    narrow = MapWindow(middle, 0, 1).narrow
    step = max(
        max(arc * narrow, _LEAST) / (size.width * ACROSS * _ROOM),
        max(north - south, _LEAST) / (size.height * DOWN * _ROOM),
    )
    window = MapWindow(middle, turned(west + arc / 2), step).within(size)
    # Moved away from a pole, degrees of longitude are longer: then more of them must have room.
    while window.degrees(size)[0] < arc and window.step < widest(size):
        window = MapWindow(middle, window.lon, window.step * _SOMEWHAT).within(size)
    return window


def smallest_arc(lons: Iterable[float]) -> tuple[float, float]:
    """Where the smallest arc that has all these longitudes begins in the west, and its degrees."""
    found = sorted({lon % 360 for lon in lons})
    gaps = [(after - lon, after) for lon, after in zip(found, [*found[1:], found[0] + 360], strict=True)]
    widest_gap, west = max(gaps)
    return turned(west), 360 - widest_gap


def in_words(lat: float, lon: float) -> str:
    """Coordinates as they are written: `55.76° N 37.62° E`."""
    north, east = round(lat, 2) + 0.0, round(lon, 2) + 0.0
    return (
        f"{abs(north):.2f}°{' N' if north > 0 else ' S' if north < 0 else ''} "
        f"{abs(east):.2f}°{' E' if east > 0 else ' W' if east < 0 else ''}"
    )

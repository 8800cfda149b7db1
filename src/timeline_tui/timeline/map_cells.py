"""Rows counted by cells of the world, for a map of events that nobody goes through one by one.

A cell is as many degrees wide and high as a power of two says: then its borders are exact numbers, and what
is counted in it is what a filter by its borders finds.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_RANGE: Final = r"(-?[0-9]+(?:\.[0-9]+)?)\.\.(-?[0-9]+(?:\.[0-9]+)?)"
_AREA: Final = re.compile(f"{_RANGE},{_RANGE}")


class Area(NamedTuple):
    """A part of the world between degrees of latitude and longitude; north and east are just outside."""

    south: float
    north: float
    west: float
    east: float
    """Less than `west` for an area across 180°."""

    def __str__(self) -> str:
        """As it is typed after `at:`: `48..48.5,37.5..38`."""
        south, north, west, east = map(_written, self)
        return f"{south}..{north},{west}..{east}"

    def has(self, lat: float, lon: float) -> bool:
        """Whether a place is in it."""
        is_across = self.west > self.east
        inside = (self.west <= lon, lon < self.east)
        return self.south <= lat < self.north and (any(inside) if is_across else all(inside))


class MapGrid(NamedTuple):
    """What is counted: the rows in an area, by cells."""

    area: Area | None
    """None for the whole world."""
    high: int
    """A cell is 2 ** `high` degrees of latitude high."""
    wide: int
    """And 2 ** `wide` degrees of longitude wide."""

    def cell(self, up: int, right: int) -> Area:
        """The borders of the cell with these numbers, from 0° on."""
        high, wide = 2.0**self.high, 2.0**self.wide
        return Area(up * high, (up + 1) * high, right * wide, (right + 1) * wide)


class PlacedRows(NamedTuple):
    """The rows in a cell."""

    cell: Area
    rows: int
    doubtful: int
    """How many of them are claimed, disputed or denied."""
    lat: float
    """The mean of their degrees, as the other one."""
    lon: float
    within: Area
    """The least and the greatest of their degrees, all inside."""
    first_place: str
    """The first and the last of their places in the order of words, raw; empty if none is told."""
    last_place: str


WORLD: Final = MapGrid(None, 3, 3)
"""The whole world, in about a thousand cells."""


def area_of(text: str) -> Area | None:
    """The area that `48..48.5,37.5..38` says: latitudes, then longitudes; None for other texts."""
    found = _AREA.fullmatch(text.replace(" ", ""))
    return Area(*map(float, found.groups())) if found else None


def _written(degrees: float) -> str:
    return f"{degrees:.20f}".rstrip("0").rstrip(".") if degrees else "0"

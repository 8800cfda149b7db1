"""The places of a table on an engine: cells of the world with the number of rows in each.

The cells are about as large as those of the map in sight. A table of many rows is counted anew for another
part of the world; until it is, the map shows what is known of it.
"""

from __future__ import annotations

from functools import cached_property
from math import ceil, floor, log2
from typing import TYPE_CHECKING, Final

from timeline_tui.drawing.braille import ACROSS, DOWN
from timeline_tui.pictures.map_places import MapPlaces, Spot, Unplaced
from timeline_tui.pictures.map_window import fitted, in_words, turned
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.map_cells import WORLD, Area, MapGrid, area_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.pictures.map_places import Move
    from timeline_tui.pictures.map_window import MapSize, MapWindow
    from timeline_tui.timeline.map_cells import PlacedRows
    from timeline_tui.timeline.protocol import TimelineView

MOST_CELLS: Final = 4_000
"""Cells of a grid at most."""
_WHOLE_TURNS: Final = 3
"""360° are a multiple of 2 ** 3 degrees, and of no greater power."""


class CountedPlaces(MapPlaces):
    """The cells with rows of a view.

    Args:
        view: The rows.
        world: All of them, by large cells.
        cells: Those in sight, by small cells.
    """

    def __init__(
        self, view: TimelineView, world: Sequence[PlacedRows], cells: Sequence[PlacedRows] | None = None
    ) -> None:
        self._world, self._cells = world, world if cells is None else cells
        super().__init__(view)

    def _found(self) -> list[Spot]:
        return [
            Spot(str(each.cell), _name(each), each.lat, each.lon, 0, range(each.rows), each.doubtful)
            for each in self._cells
        ]

    @cached_property
    def frame(self) -> tuple[tuple[float, float], ...]:
        """The corners of all that the view shows, on any day of the clock."""
        return corners(_whole(self.view) or self._world)

    @cached_property
    def on_map(self) -> int:
        """How many rows have coordinates."""
        return sum(each.rows for each in self._world)

    @cached_property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """The rows without coordinates."""
        left = self.view.count - self.on_map
        return (Unplaced("no coordinates", left, None),) if left > 0 else ()

    def number_of(self, id_: str | None, key: int) -> int:  # noqa: ARG002  as in the base
        """The number of the cell with an id, else of the one nearest to it; of that with most rows without.

        Which cell has the selected row is not asked: one goes from cell to cell.
        """
        area = area_of(id_ or "")
        if id_ in self.numbers or area is None:
            return self.numbers.get(id_ or "", 0 if self.spots else -1)
        lat, lon = (area.south + area.north) / 2, (area.west + area.east) / 2
        far = [(abs(spot.lat - lat) + abs(turned(spot.lon - lon)), at) for at, spot in enumerate(self.spots)]
        return min(far, default=(0, -1))[1]

    def nearest(self, number: int, key: int, day: int) -> int:  # noqa: ARG002  as in the base
        """The same row: going from cell to cell selects no other one."""
        return key

    def along(self, number: int, key: int, steps: int) -> int:  # noqa: ARG002  as in the base
        """The same row, as above."""
        return key

    def is_fallen(self, number: int) -> bool:  # noqa: ARG002  as in the base
        """False: no row rests on a source."""
        return False

    def _moves(self, actor: str) -> tuple[Move, ...]:  # noqa: ARG002  as in the base
        return ()


def places_of(view: TimelineView, window: MapWindow | None, size: MapSize) -> MapPlaces:
    """The places of a view; of a table as many as a map of a size shows apart.

    Args:
        view: What is shown.
        window: The part of the world in sight; None for one with all places.
        size: Of the map.

    Raises:
        TimelineError: The engine of a table does not answer.
    """
    world = view.placed(WORLD)
    if world is None:
        return MapPlaces(view)
    seen = fitted(corners(_whole(view) or world), size) if window is None else window.within(size)
    return CountedPlaces(view, world, view.placed(grid_of(seen, size)))


def _whole(view: TimelineView) -> Sequence[PlacedRows] | None:
    """What is on the map on any day of the clock, so that the map stands still; None if no day is set."""
    return None if view.known_on is None else view.known_by(None).placed(WORLD)


def corners(cells: Sequence[PlacedRows]) -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of the corners of what is in some cells."""
    areas = [each.within for each in cells]
    found = ((lat, lon) for area in areas for lat in area[:2] for lon in area[2:])
    return tuple(dict.fromkeys(found))


def grid_of(window: MapWindow, size: MapSize) -> MapGrid:
    """The smallest cells that are at least as large as those of a map, over all that it shows."""
    across, up = window.degrees(size)
    high = ceil(log2(window.step * DOWN))
    wide = ceil(log2(window.step * ACROSS / window.narrow))
    while (up / 2.0**high + 2) * (min(across, 360) / 2.0**wide + 2) > MOST_CELLS:
        high, wide = high + 1, wide + 1
    south, north = _snapped(window.lat - up / 2, window.lat + up / 2, 2.0**high)
    west, east = _snapped(window.lon - across / 2, window.lon + across / 2, 2.0**wide)
    is_across = west < -180 or east > 180
    # Of larger cells none begins on the other side of 180° where one ends.
    if east - west >= 360 or (is_across and wide > _WHOLE_TURNS):
        # 180° itself is in the cell that begins there.
        west, east = -180, 180 + 2.0**wide
    elif is_across:
        west, east = turned(west), turned(east)
    return MapGrid(Area(south, north, west, east), high, wide)


def _snapped(first: float, last: float, size: float) -> tuple[float, float]:
    return floor(first / size) * size, (floor(last / size) + 1) * size


def _name(cell: PlacedRows) -> str:
    first, last = one_line(cell.first_place), one_line(cell.last_place)
    if not first:
        return in_words(cell.lat, cell.lon)
    return first if first == last else f"{first} and others"

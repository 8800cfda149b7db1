"""What a picture shows, in words, for readers who do not see it."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from timeline_tui.drawing.lines import count_of
from timeline_tui.pictures.calendar import Calendar
from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.map_picture import told_of
from timeline_tui.pictures.map_places import MapPlaces
from timeline_tui.pictures.relations import MEASURES
from timeline_tui.pictures.who import Who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.pictures.grid import Grid
    from timeline_tui.timeline.protocol import TimelineView

_MOST = 60
"""The greatest number of sentences on what a picture shows; the most important come first."""
_WIDTH = 200
"""The greatest number of cells of a matrix whose pairs are listed."""


def told(view: TimelineView, name: str, by: str = "") -> list[str]:
    """A sentence for each lane, place, row or column of a picture, visible and on one line.

    Args:
        view: The events.
        name: Which picture, see `pictures.printed.whole_picture()`.
        by: What it is by, see the same.
    """
    if not view.count:
        return [view.nothing_known or "There are no events here."]
    match name:
        case "lanes":
            sentences = _lanes(view, by)
        case "map":
            sentences = _map(view)
        case "who":
            sentences = _grid(Who(view).grid(MEASURES[MEASURES.index(by or MEASURES[0])], _WIDTH))
        case "calendar":
            calendar = Calendar(view)
            sentences = _grid(calendar.grid(calendar.named(by)))
        case _:
            sentences = iter(())
    first = list(islice(sentences, _MOST))
    left = sum(1 for _ in sentences)
    return [*first, f"and {left:,} more"] if left else first


def _lanes(view: TimelineView, by: str) -> Iterator[str]:
    lanes = Lanes(view, BY[BY.index(by or BY[0])])
    for number, lane in enumerate(lanes.lanes):
        keys = lanes.events(number).track.keys
        days = [view.day_in_words(lanes.moment_of(key) // lanes.per_day) for key in (keys[0], keys[-1])]
        when = " to ".join(dict.fromkeys(days))
        yield f"{lane.name}: {count_of(len(keys), 'event')}, {when}"


def _map(view: TimelineView) -> Iterator[str]:
    places = MapPlaces(view)
    missing = (
        f"{place.name} · {count_of(place.events, 'event')}, not on the map" for place in places.unplaced
    )
    return chain(map(told_of, places.spots), missing)


def _grid(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        found = [
            f"{column} {cell.events:,}"
            for column, cell in zip(grid.columns, row.cells, strict=False)
            if cell is not None and cell.events
        ]
        if found:
            yield f"{row.heading}: {', '.join(found)}"

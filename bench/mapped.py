"""The map of a timeline, in a process of its own: `python -m bench.mapped DATABASE`.

Prints the processor seconds of each picture as JSON, as they are without painting them on a terminal.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.memory import peak_memory
from timeline_tui.dates.date import today
from timeline_tui.index import Index
from timeline_tui.pictures.map_picture import map_picture
from timeline_tui.pictures.map_places import MapPlaces
from timeline_tui.pictures.map_shown import MapShown, layout, next_place, panned, zoomed
from timeline_tui.query import parse_query
from timeline_tui.timeline import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.pictures.picture import Picture

_ROWS, _COLUMNS = 40, 120
_ZOOMS = 12


def measured(index: Index) -> dict[str, list[float]]:
    """Processor seconds by what was done."""
    whole = View(index, today=today())
    views = {
        "": whole,
        ", filtered": whole.with_query(parse_query("status:claimed status:disputed", whole.vocabulary).query),
        ", on a day": whole.known_by(whole.day_of(whole.count // 2)),
    }
    took: defaultdict[str, list[float]] = defaultdict(list)
    for name, view in views.items():
        _ = view.count, view.span, view.statuses
        start = time.process_time()
        places = _counted(view)
        took[f"map{name}: counted, beside the screen"].append(time.process_time() - start)
        for draw in _keys(places):
            start = time.process_time()
            draw()
            took[f"map{name}: a key"].append(time.process_time() - start)
    return took


def _counted(view: View) -> MapPlaces:
    places = MapPlaces(view)
    _ = places.on_map, places.unplaced, places.frame
    return places


def _keys(places: MapPlaces) -> Iterator[Callable[[], Picture]]:
    """The work of keys: the first picture, zooming in and panning, from place to place, an actor's moves."""
    size = layout(_COLUMNS, _ROWS).size
    number, key = 0, places.spots[0].keys[0]
    shown = MapShown()

    def draw(shown: MapShown, key: int) -> Callable[[], Picture]:
        return lambda: map_picture(places, shown, key, _COLUMNS, _ROWS)

    yield draw(shown, key)
    for _ in range(_ZOOMS):
        shown = zoomed(places, shown, 1, size, number)
        yield draw(shown, key)
        yield draw(panned(places, shown, 0.5, 0, size), key)
    day = places.day_of(key)
    for direction in ("right", "up", "left", "down"):
        number = next_place(places, number, direction)
        key = places.nearest(number, key, day)
        yield draw(replace(MapShown(), place=places.spots[number].id), key)
    yield draw(MapShown(actor=next(iter(places.view.event(key).actors))), key)


if __name__ == "__main__":
    found = measured(Index.opened(Path(sys.argv[1])))
    print(json.dumps({"took": found, "peak": peak_memory()}))

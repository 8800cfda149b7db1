"""Pictures on a page: the drawings of the program, in the colours of the page, to be zoomed by its script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.exchange.drawn import Size, has_coordinates, picture_svg
from timeline_tui.exchange.html.pieces import Piece
from timeline_tui.exchange.html.prose import line
from timeline_tui.exchange.html.shortened import shortened
from timeline_tui.exchange.html_markup import Html, html
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.pictures.lanes_shown import layout as lanes_layout
from timeline_tui.pictures.legend import legend_beneath
from timeline_tui.pictures.map_picture import is_area
from timeline_tui.pictures.map_places import MapPlaces
from timeline_tui.pictures.map_shown import MapShown, layout, window_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.timeline.protocol import TimelineView

_EPOCH = from_civil(1970, 1, 1)
_COLUMNS = 96
_LANES = 9
"""Lines of a picture of lanes: the axis, and the actors with most events."""
_MAP = 64, 17
"""Columns and lines of a map."""
_DESCRIPTION = re.compile(r"<desc>[^<]*</desc>")
"""A line for each lane; only the first lanes are described in words."""
_TITLES = {
    "lanes": "Who, and when",
    "map": "Where",
    "clocks": "When it happened, and when it became known",
    "who": "Who is in events together",
    "calendar": "How many events, and when",
}


def picture(view: TimelineView, name: str, rows: int | None = None, where: str = "") -> Iterator[Piece]:
    """A picture of a view under its name; nothing if there is nothing to draw.

    Args:
        view: The events.
        name: Of the picture, as in a story.
        rows: Its height in lines; None for as many as it takes.
        where: What tells it from other pictures of that name on the page.
    """
    if not view.count or name not in _TITLES:
        return
    # The drawing is HTML already: it escapes each text that it has.
    size = Size(*_MAP) if name == "map" else Size(_COLUMNS, rows)
    drawn = picture_svg(view, name, size, with_words=False)
    drawn = _DESCRIPTION.sub(
        lambda found: "\n".join(found[0].removesuffix("</desc>").split("\n")[:_LANES]) + "</desc>", drawn
    )
    drawing = Html(shortened(drawn))
    caption = html(
        "<figcaption>{}</figcaption>", line(" · ".join((_TITLES[name], *legend_beneath(name, drawn))))
    )
    label = line(f"{_TITLES[name]}, {where}" if where else _TITLES[name])
    region = html('<section class="zoom" tabindex="0" aria-label="{}">{}</section>', label, drawing)
    yield Piece("figure", html("{}{}", caption, region), html(' class="picture"'))


def overview(view: TimelineView, actors: Mapping[str, int]) -> Iterator[Piece]:
    """The pictures that a page opens with; their attributes tell its script how to draw them anew.

    Args:
        view: The events of the page.
        actors: The numbers of the actors on the page, by id.
    """
    for piece in picture(view, "lanes", _LANES):
        yield _redrawn(piece, html(' data-lanes="{}"', _numbers(_lanes_data(view, actors))))
    if has_coordinates(view):
        size = layout(*_MAP).size
        for piece in picture(view, "map"):
            yield _redrawn(piece, html(' data-map="{}"', _numbers((size.height, size.width))))


def _redrawn(piece: Piece, data: Html) -> Piece:
    return piece._replace(attributes=html("{}{}", piece.attributes, data))


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _lanes_data(view: TimelineView, actors: Mapping[str, int]) -> Iterator[int]:
    """First and last day, first cell and cells of the axis, then the actor of each lane by number, or 0."""
    lanes = Lanes(view, "actor")
    place = lanes_layout(lanes, LanesShown(), -1, _COLUMNS, _LANES)
    yield from map(since_1970, lanes.whole)
    yield from (place.chart, place.width)
    yield from (actors.get(lane.value, 0) for lane in lanes.lanes[: place.rows])


def map_places(view: TimelineView) -> dict[str, Html]:
    """By id, the attribute of a place with its line and cell on the map, and a 1 if it is an area there."""
    places, size = MapPlaces(view), layout(*_MAP).size
    window = window_of(places, MapShown(), size)
    found = ((spot, window.cell(spot.lat, spot.lon, size)) for spot in places.spots)
    return {
        spot.id: html(' data-at="{}"', _numbers((*cell, 1) if is_area(spot, window) else cell))
        for spot, cell in found
        if cell is not None
    }


def since_1970(day: int) -> int:
    """A day number as the days after 1 January 1970."""
    return day - _EPOCH

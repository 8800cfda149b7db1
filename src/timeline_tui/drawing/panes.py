"""Which panes of the main screen stand where, and how wide, at any size of the terminal.

The widths follow from one rule: a title keeps its room. It is 52 cells or more at 80 columns, and 56 or more
from 100 columns on, whatever else is in sight.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container

PaneName = Literal["actors", "timeline", "event"]

LEAST_WIDTH, LEAST_HEIGHT = 40, 12
"""Columns and lines of a terminal below which nothing sensible fits."""
SLIM_FROM, ROOMY_FROM, BESIDE_FROM = 80, 100, 150
"""Columns from which there is a slim column of actors, a sidebar of them, and the event beside the list."""
EVENT_FROM, TALL_FROM = 18, 30
"""Lines of a terminal from which the event is in sight below the list, and the overview has all its lines."""

_SLIM, _SIDEBAR, _WIDEST_SIDEBAR, _OVERLAY = 11, 19, 40, 40
_NARROWEST_EVENT, _EVENT, _WIDEST_EVENT = 30, 44, 96
_LOWEST_EVENT, _HIGHEST_EVENT, _LOWEST_LIST = 5, 18, 6


class EventPlace(StrEnum):
    """Where the reader wants the event to stand."""

    AUTO = "auto"
    """Beside the timeline where titles keep their room, else below it."""
    BESIDE = "beside"
    BELOW = "below"


class Box(NamedTuple):
    """A part of the area of the panes, in cells."""

    x: int
    y: int
    width: int
    height: int


class Panes(NamedTuple):
    """Where each pane is; None for one that is not in sight."""

    sidebar: Box | None
    timeline: Box | None
    event: Box | None


def arrange(
    width: int,
    height: int,
    shown: Container[PaneName],
    *,
    widened: bool = False,
    event_place: EventPlace = EventPlace.AUTO,
) -> Panes:
    """Divide the area of the panes.

    Args:
        width: Of the area, in cells; that of the terminal.
        height: Of the area, in lines; less than that of the terminal.
        shown: Which panes are to be shown.
        widened: Whether the actors are shown in full where there is little room for them, over the timeline.
        event_place: Where the event is to stand. It stands beside the timeline from 100 columns on at most.
    """
    aside = sidebar_width(width) if "actors" in shown else 0
    own = max(aside, min(_OVERLAY, width)) if widened and "actors" in shown else aside
    sidebar = Box(0, 0, own, height) if own else None
    rest = width - aside
    if not ("timeline" in shown and "event" in shown):
        whole = Box(aside, 0, rest, height)
        return Panes(sidebar, whole if "timeline" in shown else None, whole if "event" in shown else None)
    beside_from = {EventPlace.AUTO: BESIDE_FROM, EventPlace.BESIDE: ROOMY_FROM}
    if width >= beside_from.get(event_place, width + 1):
        own = event_width(width)
        return Panes(sidebar, Box(aside, 0, rest - own, height), Box(width - own, 0, own, height))
    own = _event_height(height)
    return Panes(sidebar, Box(aside, 0, rest, height - own), Box(aside, height - own, rest, own))


def sidebar_width(width: int) -> int:
    """Cells of the actors in a terminal of `width` columns; 0 where they are not in sight."""
    if width < SLIM_FROM:
        return 0
    if width < ROOMY_FROM:
        return _SLIM
    if width < BESIDE_FROM:
        return _SIDEBAR + (width - ROOMY_FROM) // 4
    return min(_SIDEBAR + 5 + (width - BESIDE_FROM) // 6, _WIDEST_SIDEBAR)


def event_width(width: int) -> int:
    """Cells of the event beside the timeline, in a terminal of `width` columns."""
    return min(max(_EVENT + (width - BESIDE_FROM) // 2, _NARROWEST_EVENT), _WIDEST_EVENT)


def _event_height(height: int) -> int:
    """Lines of the event below the timeline, of `height` lines for both."""
    wanted = min(max(height * 2 // 5, _LOWEST_EVENT), _HIGHEST_EVENT)
    return max(0, min(wanted, height - _LOWEST_LIST))


def overview_lines(height: int) -> int:
    """Lines of the overview in a terminal of `height` lines."""
    if height < EVENT_FROM:
        return 0
    return 2 if height < TALL_FROM else 3

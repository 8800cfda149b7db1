"""The pictures that a step can show, each fitted to the step's own view and window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.pictures.calendar import whole_calendar
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.pictures.who import whole_matrix

if TYPE_CHECKING:
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.telling.path import ShownStep


def step_picture(shown: ShownStep, width: int, height: int | None) -> Picture:
    """The picture of a step.

    Args:
        shown: The step; it names a picture.
        width: In cells.
        height: In lines; None for as many as it has.
    """
    match shown.picture:
        case "who":
            return whole_matrix(shown.view, width)
        case "calendar":
            return whole_calendar(shown.view, width)
        case _:
            return lanes_picture(Lanes(shown.view), LanesShown(folded=True), shown.key, width, height)

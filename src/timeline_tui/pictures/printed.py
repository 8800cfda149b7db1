"""The pictures whole, with what is shown above them and what their signs mean below."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from timeline_tui.drawing.lines import BLANK, paragraph
from timeline_tui.pictures.calendar import whole_calendar
from timeline_tui.pictures.date_bars import EARLIER, LATER, MAYBE, SURE
from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.lanes import HEIGHTS, lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.pictures.relations import MEASURES
from timeline_tui.pictures.who import whole_matrix
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.drawing.lines import Line
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.timeline.protocol import TimelineView

_USUAL, _NARROWEST, _WIDEST = 100, 20, 10_000
"""Width of a line in cells if there is no terminal, and the least and the most that a terminal may have."""


def printed_picture(view: TimelineView, name: str, by: str, width: int | None) -> Iterator[str]:
    """The title, what is shown, the whole picture and what its signs mean; without line ends.

    Args:
        view: What is shown.
        name: Which picture, see `whole_picture()`.
        by: What it is by, see `whole_picture()`.
        width: Of a line in cells; None for the width of the terminal.
    """
    width = width or min(max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST), _WIDEST)
    return (each.text.rstrip() for each in picture_with_words(view, name, by, width))


def picture_with_words(
    view: TimelineView, name: str, by: str, width: int, height: int | None = None
) -> list[Line]:
    """The title, what is shown, a picture and what its signs mean.

    Args:
        view: What is shown.
        name: Which picture, see `whole_picture()`.
        by: What it is by, see `whole_picture()`.
        width: In cells.
        height: In lines; None for as many as the picture has.
    """
    above = [*paragraph(view.title, width, "title"), *paragraph(view.sentence, width, "detail"), BLANK]
    below = [BLANK, *_legend(width)] if name == "lanes" and view.count else []
    room = None if height is None else max(height - len(above) - len(below) - 2, 1)
    picture = whole_picture(view, name, by, width, room)
    title = paragraph(picture.title, width, "heading")
    return [*above, *title, BLANK, *picture.lines[:room], *below]


def whole_picture(view: TimelineView, name: str, by: str, width: int, height: int | None = None) -> Picture:
    """A picture of all that a view shows, in which nothing is selected.

    Args:
        view: The events.
        name: Which picture: `lanes`, `who` or `calendar`.
        by: What the lanes are by, one of `BY`; what relates two, one of `MEASURES`; which calendar, one of
            `WORDS`. Empty for the usual one.
        width: In cells.
        height: In lines, if there may not be as many as the picture has.
    """
    match name:
        case "who":
            return whole_matrix(view, width, MEASURES[MEASURES.index(by or MEASURES[0])], height)
        case "calendar":
            return whole_calendar(view, width, by, height)
        case _:
            field = BY[BY.index(by or BY[0])]
            return lanes_picture(Lanes(view, field), LanesShown(field), -1, width, height)


def _legend(width: int) -> list[Line]:
    heights = ", ".join(f"{sign} {least:,}" for least, sign in reversed(HEIGHTS))
    meanings = (
        *(f"{sign} {status_word(status)}" for status, sign in STATUS_SIGNS.items()),
        f"{FALLEN} fallen",
        f"2 to 9: so many events, {heights} or more",
        f"{SURE} it lasted",
        f"{MAYBE} some day of these",
        f"{EARLIER} {LATER} goes on",
    )
    return paragraph(" · ".join(meanings), width, "faint")

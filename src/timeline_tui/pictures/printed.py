"""The pictures whole, with what is shown above them and what their signs mean below."""

from __future__ import annotations

import shutil
from functools import cache, partial
from typing import TYPE_CHECKING

from timeline_tui.drawing.lines import BLANK, paragraph
from timeline_tui.errors import UsageError
from timeline_tui.pictures.calendar import whole_calendar
from timeline_tui.pictures.clock_paths import CLAIMED, PLANNED
from timeline_tui.pictures.clocks import BY as CLOCKS_BY
from timeline_tui.pictures.clocks import DIAGONAL, Clocks, ClocksShown, clocks_picture
from timeline_tui.pictures.date_bars import EARLIER, LATER, MAYBE, SURE
from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown, lanes_of
from timeline_tui.pictures.map_picture import legend, whole_map
from timeline_tui.pictures.marks import HEIGHTS, SHARE
from timeline_tui.pictures.picture import Picture, why_not_drawn
from timeline_tui.pictures.relations import MEASURES
from timeline_tui.pictures.who import whole_matrix
from timeline_tui.text.cells import clipped
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.drawing.lines import Line
    from timeline_tui.timeline.protocol import TimelineView

_USUAL, _NARROWEST, _WIDEST = 100, 20, 10_000
"""Width of a line in cells if there is no terminal, and the least and the most that a terminal may have."""


class Stage:
    """The axes that lanes and clocks keep to in a film.

    Args:
        view: All events that come in it.
    """

    def __init__(self, view: TimelineView) -> None:
        self.clocks = Clocks(view)
        self.lanes = cache(partial(Lanes, view))
        """The lanes by something."""


def printed_picture(view: TimelineView, name: str, by: str, width: int | None) -> Iterator[str]:
    """The title, what is shown, the whole picture and what its signs mean; without line ends.

    Args:
        view: What is shown.
        name: Which picture, see `whole_picture()`.
        by: What it is by, see `whole_picture()`.
        width: Of a line in cells; None for the width of the terminal.
    """
    if why := why_not_drawn(view, name):
        raise UsageError(f"--picture {name} {why}")
    width = width or min(max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST), _WIDEST)
    return (each.text.rstrip() for each in picture_with_words(view, name, by, width))


def picture_with_words(  # noqa: PLR0913, PLR0917  what a picture consists of
    view: TimelineView,
    name: str,
    by: str,
    width: int,
    height: int | None = None,
    stage: Stage | None = None,
) -> list[Line]:
    """The title, what is shown, a picture and what its signs mean: see `titled_picture()`."""
    return titled_picture(view, name, by, width, height, stage)[1]


def titled_picture(  # noqa: PLR0913, PLR0917  what a picture consists of
    view: TimelineView,
    name: str,
    by: str,
    width: int,
    height: int | None = None,
    stage: Stage | None = None,
) -> tuple[str, list[Line]]:
    """The title of a picture; and lines with the title of the timeline, what is shown, and what signs mean.

    Args:
        view: What is shown.
        name: Which picture, see `whole_picture()`.
        by: What it is by, see `whole_picture()`.
        width: In cells.
        height: In lines; None for as many as the picture has.
        stage: That of a film; None for a picture with its own axes.
    """
    above = [*paragraph(view.title, width, "title"), *paragraph(view.sentence, width, "detail"), BLANK]
    words = _WORDS.get(name)
    below = [BLANK, *paragraph(" · ".join(words()), width, "faint")] if words and view.count else []
    room = None if height is None else max(height - len(above) - len(below) - 2, 1)
    picture = whole_picture(view, name, by, width, room, stage)
    title = paragraph(picture.title if height is None else clipped(picture.title, width), width, "heading")
    return picture.title, [*above, *title, BLANK, *picture.lines[:room], *below]


def whole_picture(  # noqa: PLR0913, PLR0917  what a picture consists of
    view: TimelineView,
    name: str,
    by: str,
    width: int,
    height: int | None = None,
    stage: Stage | None = None,
) -> Picture:
    """A picture of all that a view shows, in which nothing is selected.

    Args:
        view: The events.
        name: Which picture: `lanes`, `clocks`, `map`, `who` or `calendar`.
        by: What lanes or clocks are by, one of the `BY` of each; what relates two, one of `MEASURES`; which
            calendar, one of `WORDS`. Empty for the usual one.
        width: In cells.
        height: In lines, if there may not be as many as the picture has.
        stage: That of a film; None for a picture with its own axes.
    """
    if not view.count:
        sentence = view.nothing_known or "There are no events here."
        return Picture(name.capitalize(), tuple(paragraph(sentence, width, "detail")))
    match name:
        case "clocks":
            shown = ClocksShown(CLOCKS_BY[CLOCKS_BY.index(by or CLOCKS_BY[0])])
            clocks = Clocks(view, None if stage is None else stage.clocks)
            return clocks_picture(clocks, shown, -1, width, height)
        case "map":
            return whole_map(view, width, height)
        case "who":
            return whole_matrix(view, width, MEASURES[MEASURES.index(by or MEASURES[0])], height)
        case "calendar":
            return whole_calendar(view, width, by, height)
        case _:
            field = BY[BY.index(by or BY[0])]
            lanes = lanes_of(view, field, None if stage is None else stage.lanes(field))
            return lanes_picture(lanes, LanesShown(field), -1, width, height)


def _meanings() -> Iterator[str]:
    """The signs of events."""
    heights = ", ".join(f"{sign} {least:,}" for least, sign in reversed(HEIGHTS))
    yield from (f"{sign} {status_word(status)}" for status, sign in STATUS_SIGNS.items())
    yield f"{FALLEN} fallen"
    yield f"2 to 9: so many events, {heights} or more"
    yield f"of several, {SHARE}"


def _words_of_lanes() -> Iterator[str]:
    yield from _meanings()
    yield from (f"{SURE} it lasted", f"{MAYBE} some day of these", f"{EARLIER} {LATER} goes on")


def _words_of_clocks() -> Iterator[str]:
    yield from _meanings()
    yield from ("across: when it happened", "up: when it became known", f"{DIAGONAL} told at once")
    yield f"{PLANNED}─┐│ a plan, and until when it stood"
    yield f"{CLAIMED}─┐│ what a speaker claimed before and after, beside a selected claim"


_WORDS = {"lanes": _words_of_lanes, "clocks": _words_of_clocks, "map": legend}
"""What the signs of a picture mean."""

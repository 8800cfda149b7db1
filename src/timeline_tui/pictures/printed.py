"""The pictures as plain text, for `list --picture`."""

from __future__ import annotations

import shutil
from itertools import chain
from typing import TYPE_CHECKING

from timeline_tui.drawing.lines import BLANK, paragraph
from timeline_tui.pictures.calendar import whole_calendar
from timeline_tui.pictures.clocks import BY as CLOCKS_BY
from timeline_tui.pictures.clocks import DIAGONAL, Clocks, ClocksShown, clocks_picture
from timeline_tui.pictures.date_bars import EARLIER, LATER, MAYBE, SURE
from timeline_tui.pictures.lane_groups import BY, Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown
from timeline_tui.pictures.marks import HEIGHTS
from timeline_tui.pictures.relations import MEASURES
from timeline_tui.pictures.who import whole_matrix
from timeline_tui.text.cells import wrapped
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.drawing.lines import Line
    from timeline_tui.pictures.clocks import By as ClocksBy
    from timeline_tui.pictures.lane_groups import By
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.timeline.protocol import TimelineView

_USUAL, _NARROWEST, _WIDEST = 100, 20, 10_000
"""Width of a line in cells if there is no terminal, and the least and the most that a terminal may have."""


def printed_picture(view: TimelineView, name: str, by: str, width: int | None) -> Iterator[str]:
    """The title, what is shown, the whole picture and what its signs mean; without line ends.

    Args:
        view: What is shown.
        name: Which picture: `lanes`, `clocks`, `who` or `calendar`.
        by: What lanes or clocks are by, one of the `BY` of each; what relates two, one of `MEASURES`; which
            calendar, one of `WORDS`. Empty for the usual one.
        width: Of a line in cells; None for the width of the terminal.
    """
    width = width or min(max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST), _WIDEST)
    head = (*wrapped(view.title, width), *wrapped(view.sentence, width), "")
    match name:
        case "clocks":
            lines = _clocks(view, CLOCKS_BY[CLOCKS_BY.index(by or CLOCKS_BY[0])], width)
        case "who":
            lines = _titled(whole_matrix(view, width, MEASURES[MEASURES.index(by or MEASURES[0])]), width)
        case "calendar":
            lines = _titled(whole_calendar(view, width, by), width)
        case _:
            lines = _lanes(view, BY[BY.index(by or BY[0])], width)
    return chain(head, (each.text.rstrip() for each in lines))


def _titled(picture: Picture, width: int) -> Iterator[Line]:
    yield from paragraph(picture.title, width)
    yield BLANK
    yield from picture.lines


def _lanes(view: TimelineView, by: By, width: int) -> Iterator[Line]:
    picture = lanes_picture(Lanes(view, by), LanesShown(by), -1, width, None)
    yield from _titled(picture, width)
    if view.count:
        yield BLANK
        yield from _legend(width)


def _clocks(view: TimelineView, by: ClocksBy, width: int) -> Iterator[Line]:
    yield from _titled(clocks_picture(Clocks(view), ClocksShown(by), -1, width, None), width)
    if view.count:
        yield BLANK
        across = f"across: when it happened · up: when it became known · {DIAGONAL} told at once"
        plan = f"{STATUS_SIGNS['scheduled']}┐│ a plan, and until when it stood"
        yield from paragraph(" · ".join((*_meanings(), across, plan)), width, "faint")


def _meanings() -> Iterator[str]:
    """The signs of events."""
    heights = ", ".join(f"{sign} {least:,}" for least, sign in reversed(HEIGHTS))
    yield from (f"{sign} {status_word(status)}" for status, sign in STATUS_SIGNS.items())
    yield f"{FALLEN} fallen"
    yield f"2 to 9: so many events, {heights} or more"


def _legend(width: int) -> list[Line]:
    meanings = (
        *_meanings(),
        f"{SURE} it lasted",
        f"{MAYBE} some day of these",
        f"{EARLIER} {LATER} goes on",
    )
    return paragraph(" · ".join(meanings), width, "faint")

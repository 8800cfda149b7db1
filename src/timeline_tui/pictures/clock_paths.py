"""Paths in a picture of two clocks: plans that slipped, and claims that were revised."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.drawing.lines import Target
from timeline_tui.model.histories import day_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline_tui.drawing.cell_row import CellRow
    from timeline_tui.drawing.lines import Part
    from timeline_tui.pictures.clock_points import Points
    from timeline_tui.timeline.protocol import TimelineView

_MOST = 24
"""The greatest number of plans that are drawn; of more, only those of the selected event."""
_NEAR = 60
"""How many events of a speaker on a topic are read for the steps of a claim, half on each side."""
PLANNED, CLAIMED = "○", "◐"


class Path(NamedTuple):
    """A way from one place to another: the days it leads to, and on which day each became known."""

    key: int
    """Of its event."""
    points: tuple[tuple[int, int], ...]
    """The days that were announced for it, and when each became known, in the order in which they did."""
    sign: str
    """Of a place on the way."""


def paths_of(points: Points, key: int = -1) -> Iterator[Path]:
    """The paths to draw: the plans of all events if they are few, or all of the selected event."""
    if points.what == "claims":
        yield from _steps(points, key) if key >= 0 else ()
        return
    if points.what != "events":
        return
    if key >= 0:
        yield from filter(None, [_slipped(points.view, key, points.plans_of(key))])
    elif len(plans := points.plans) <= _MOST:
        yield from filter(None, (_slipped(points.view, each, dates) for each, dates in plans.items()))


def _slipped(view: TimelineView, key: int, plans: Sequence[tuple[int, int, int]]) -> Path | None:
    """The dates of an event that was put off or brought forward."""
    if not plans:
        return None
    per_day = view.per_day
    places = [(day * per_day, since) for since, _, day in plans]
    until = plans[-1][1]
    now = view.date_of(key).earliest
    if until < END and BEGINNING < now < END and (view.known_on is None or until <= view.as_of):
        places.append((now * per_day if key in view.moved else view.moment_of(key), until))
    return Path(key, tuple(places), PLANNED) if len(places) > 1 else None


def _steps(points: Points, key: int) -> Iterator[Path]:
    """What the speakers of an event's claims claimed on the same topics before and after."""
    view = points.view
    for about, by in dict.fromkeys((claim.about, claim.by) for claim in view.event(key).claims):
        said = set(view.keys_with("actor", by))
        keys = [each for each in view.keys_with("topic", about) if each in said]
        here = keys.index(key) if key in keys else 0
        found = []
        for each in keys[max(0, here - _NEAR // 2) : here + _NEAR // 2]:
            event = view.event(each)
            days = [
                day_known(claim.date or event.date)
                for claim in event.claims
                if (claim.about, claim.by) == (about, by)
            ]
            point = points.of(each)
            if days and point is not None:
                found.append((point[0], max(point[1], min(days))))
        steps = tuple(sorted(set(found), key=lambda place: (place[1], place[0])))
        if len(steps) > 1:
            yield Path(key, steps, CLAIMED)


def put_path(
    rows: Sequence[CellRow],
    row_of: Callable[[int, int], int],
    column_of: Callable[[int], int],
    path: Path,
    part: Part,
) -> None:
    """Draw a path in empty cells: up for as long as a statement held, then across.

    Args:
        rows: The rows of the picture, from the bottom up.
        row_of: The row of a moment, and the day on which it became known; -1 if it is not in sight.
        column_of: The column of a moment; -1 if it is not in sight.
        path: What is drawn.
        part: Its look.
    """
    target = Target(path.key)
    places = [(row_of(day, known), column_of(day)) for day, known in path.points]
    for row, column in places:
        if row >= 0 and column >= 0:
            rows[row].fill(column, column + 1, path.sign, part, target)
    for (row, column), (above, across) in pairwise(places):
        if min(row, column, above, across) < 0:
            continue
        for number in range(row + 1, above):
            rows[number].fill(column, column + 1, "│", part, target)
        if across != column:
            if above > row:
                rows[above].fill(column, column + 1, "┌" if across > column else "┐", part, target)
            rows[above].fill(min(column, across) + 1, max(column, across), "─", part, target)

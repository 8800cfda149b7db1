"""Who: a matrix of actors by what relates them, the busiest that fit, in groups."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.drawing.lines import Target, count_of, paragraph
from timeline_tui.pictures.grid import EMPTY, Grid, GridCell, GridRow, grid_layout, grid_picture
from timeline_tui.pictures.picture import Picture
from timeline_tui.pictures.relations import (
    MEASURES,
    Measure,
    Relations,
    busiest,
    in_groups,
    relations,
    weights,
)
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.timeline.protocol import TimelineView

_MOST: Final = 60
"""The greatest number of actors in the matrix."""
_CELL, _HEADING = 3, 16
"""Cells of a column, and of the names of the rows, with which it is found how many actors fit."""
_PARTNERS = 6
"""How many partners of the selected actor are named below the matrix."""


class _Told(NamedTuple):
    title: str
    between: str
    """Stands between the two names of a pair."""
    onward: str
    """Before those to whom the selected one is related."""
    back: str
    """Before those who are related to the selected one; empty where that is the same."""


_TOLD: Final[dict[Measure, _Told]] = {
    "together": _Told("Who is in events together", " and ", "with", ""),
    "to": _Told("Who speaks to whom", " → ", "speaks to", "is spoken to by"),
    "about": _Told(
        "Who speaks in events with whom", " → ", "speaks in events with", "in events where these speak:"
    ),
    "against": _Told("Who contradicts whom", " → ", "contradicts", "is contradicted by"),
    "sources": _Told("Which publisher repeats which", " → ", "repeats", "is repeated by"),
}


class Who:
    """The matrices of a view, each counted when it is first asked for.

    Args:
        view: The events.
    """

    def __init__(self, view: TimelineView) -> None:
        self.view = view
        self._relations = lru_cache(maxsize=len(MEASURES))(self._related)
        self._grids = lru_cache(maxsize=8)(self._grid)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What can relate two."""
        return MEASURES

    def after(self, measure: Measure) -> Measure:
        """The next measure."""
        return MEASURES[(MEASURES.index(measure) + 1) % len(MEASURES)]

    def grid(self, measure: Measure, width: int) -> Grid:
        """The matrix of as many actors as fit in a width, in cells."""
        most = min(max((width - _HEADING) // _CELL, 1), _MOST)
        grid = self._grids(measure, most)
        # Long names leave room for fewer.
        in_sight = grid_layout(grid, width, None).columns
        return grid if in_sight >= len(grid.columns) else self._grids(measure, in_sight)

    @cached_property
    def _busiest(self) -> list[str]:
        return busiest(self.view)

    def _related(self, measure: Measure) -> Relations:
        # Where pairs are listed by the view, all actors can be asked for.
        every = measure in ("to", "against", "sources")
        return relations(self.view, measure, self._busiest if every else self._busiest[:_MOST])

    def _grid(self, measure: Measure, most: int) -> Grid:
        found = self._relations(measure)
        weighted = list(weights(found))
        chosen = in_groups(weighted[:most], found)
        names = self._names(measure, chosen)
        rows = tuple(
            GridRow(name, tuple(_cell(found, one, other) for other in chosen), self._target(measure, one))
            for one, name in zip(chosen, names, strict=True)
        )
        told = _TOLD[measure]
        return Grid(
            told.title,
            self.view.query,
            tuple(names),
            rows,
            self._left_out(measure, len(chosen), len(weighted)),
            fill="height",
            numbered=True,
            between=told.between,
        )

    def _left_out(self, measure: Measure, shown: int, related: int) -> tuple[str, ...]:
        if measure == "sources":
            left = related - shown
            return (f"{count_of(left, 'publisher')} with fewer left out",) if left else ()
        everyone = len(self._busiest)
        unread = self.view.unread_denials if measure == "against" else 0
        if measure in ("together", "about") and everyone > _MOST:
            left = everyone - shown
            return (
                f"{count_of(left, 'actor')} left out: less busy, or related to none of the {_MOST} busiest",
            )
        told = [f"{count_of(unread, 'earlier denial')} left out"] if unread else []
        if related > shown:
            told.append(f"{count_of(related - shown, 'actor')} with fewer left out")
        if everyone > related:
            told.append(f"{count_of(everyone - related, 'actor')} related to nobody")
        return tuple(told)

    def _names(self, measure: Measure, ids: Sequence[str]) -> list[str]:
        """The names of those in the rows; namesakes have their ids added."""
        if measure == "sources":
            return [self._publishers.get(id_, one_line(id_)) for id_ in ids]
        names = [self.view.short_name(id_) for id_ in ids]
        counts = Counter(names)
        return [
            name if counts[name] == 1 or name == id_ else f"{name} ({one_line(id_)})"
            for id_, name in zip(ids, names, strict=True)
        ]

    @cached_property
    def _publishers(self) -> dict[str, str]:
        from timeline_tui.query.vocabulary import folded  # noqa: PLC0415  only for publishers

        publishers = (source.publisher for source in self.view.header.sources.values())
        return {folded(publisher): one_line(publisher) for publisher in publishers if publisher}

    def _target(self, measure: Measure, id_: str) -> Target:
        if measure == "sources":
            return Target(
                leads="filter", id=str(self.view.query.without_field("publisher").with_term("publisher", id_))
            )
        return Target(leads="actor", id=id_)

    def around(self, measure: Measure, grid: Grid, row: int) -> str:
        """Who is related most to the one in a row of a matrix, on one line; empty without such a row."""
        if not 0 <= row < len(grid.rows):
            return ""
        told, name = _TOLD[measure], grid.rows[row].heading
        across = [
            (cell.events if cell else 0, other)
            for cell, other in zip(grid.rows[row].cells, grid.columns, strict=True)
        ]
        parts = [f"{told.onward} {partners}"] if (partners := _partners(across)) else []
        if told.back:
            down = [(cell.events if (cell := each.cells[row]) else 0, each.heading) for each in grid.rows]
            parts += [f"{told.back} {partners}"] if (partners := _partners(down)) else []
        return f"{name}: {' · '.join(parts)}" if parts else ""


def _partners(found: Sequence[tuple[int, str]]) -> str:
    named = sorted((each for each in found if each[0]), key=lambda each: -each[0])
    more = f" and {len(named) - _PARTNERS} more" if len(named) > _PARTNERS else ""
    return ", ".join(f"{name} {count:,}" for count, name in named[:_PARTNERS]) + more


def _cell(found: Relations, one: str, other: str) -> GridCell | None:
    relation = found.get((one, other))
    if relation is None:
        return None if one == other else EMPTY
    return GridCell(*relation)


def nothing_related(measure: Measure) -> str:
    """Why a matrix is empty."""
    return {
        "together": "No two actors are in an event together here.",
        "to": "No quote here says to whom it was said.",
        "about": "Nobody speaks in an event with somebody else here.",
        "against": "No claims here exclude each other, and no event denies another one.",
        "sources": "No source here repeats one of another publisher.",
    }[measure]


def whole_matrix(
    view: TimelineView, width: int, measure: Measure = "together", height: int | None = None
) -> Picture:
    """The matrix of a view; `width` in cells, `height` in lines, None for as many as it has."""
    grid = Who(view).grid(measure, width)
    if not grid.rows:
        sentence = view.nothing_known or nothing_related(measure)
        return Picture(grid.title, tuple(paragraph(sentence, width)))
    return grid_picture(grid, (-1, -1), grid_layout(grid, width, height), width, height)

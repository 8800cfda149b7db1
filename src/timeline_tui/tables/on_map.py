"""Has an engine count the rows of a table by cells of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlglot import exp

from timeline_tui.tables.statements import Parameters, conjunction
from timeline_tui.timeline.map_cells import Area, PlacedRows

if TYPE_CHECKING:
    from timeline_tui.tables.conditions import Asked, Conditions
    from timeline_tui.tables.engines.base import Engine
    from timeline_tui.timeline.map_cells import MapGrid

MOST_CELLS: Final = 10_000
"""No statement gives more cells; a grid has fewer."""


def placed(
    engine: Engine, conditions: Conditions, asked: Asked, grid: MapGrid, seconds: float
) -> list[PlacedRows]:
    """The rows that a question finds, by the cells of a grid that have some.

    Args:
        engine: A connection to the table.
        conditions: Those of the table.
        asked: The question.
        grid: What is counted.
        seconds: The longest time that it may take.

    Raises:
        TableError: The engine does not answer.
    """
    roles = conditions.roles
    if roles.degrees is None:
        return []
    bound = Parameters()
    lat, lon = (exp.cast(each, "DOUBLE") for each in roles.degrees.expressions())
    up, right = _number(engine, lat, grid.high), _number(engine, lon, grid.wide)
    place = conditions.as_text(roles.of("place")[0]) if roles.of("place") else exp.Literal.string("")
    condition = conjunction(
        [
            conditions.dated(bound),
            conditions.sql(asked, bound),
            conditions.with_degrees(bound),
            None if grid.area is None else conditions.in_area(grid.area, bound),
        ]
    )
    degrees = [made(this=each.copy()) for each in (lat, lon) for made in (exp.Avg, exp.Min, exp.Max)]
    statement = (
        exp.select(
            up.copy(),
            right.copy(),
            exp.Count(this=exp.Star()),
            conditions.doubtful(bound),
            *degrees,
            exp.Min(this=place.copy()),
            exp.Max(this=place.copy()),
        )
        .from_(engine.source_to_count())
        .where(condition)
        .group_by(up, right)
        .limit(MOST_CELLS)
    )
    return [_cell(grid, row) for row in engine.run(statement, bound.values, seconds=seconds)]


def _number(engine: Engine, degrees: exp.Expr, power: int) -> exp.Expr:
    """The number of the cell that some degrees are in. The factor is exact, and so is the product."""
    factor = exp.Literal.number(f"{2.0**-power:.20f}".rstrip("0").rstrip("."))
    return engine.floored(exp.Mul(this=degrees.copy(), expression=factor))


def _cell(grid: MapGrid, row: tuple[object, ...]) -> PlacedRows:
    up, right, rows, doubtful = (int(float(str(value))) for value in row[:4])
    lat, south, north, lon, west, east = (float(str(value)) for value in row[4:10])
    first, last = ("" if value is None else str(value) for value in row[10:12])
    within = Area(south, north, west, east)
    return PlacedRows(grid.cell(up, right), rows, doubtful, lat, lon, within, first, last)

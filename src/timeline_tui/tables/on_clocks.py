"""Has an engine count the rows of a table by the day of each and the day on which it became known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlglot import exp

from timeline_tui.dates.date import END
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.moments import day_of
from timeline_tui.tables.statements import Parameters, conjunction
from timeline_tui.timeline.counted import ToldRows

if TYPE_CHECKING:
    from timeline_tui.tables.conditions import Asked, Conditions
    from timeline_tui.tables.engines.base import Engine
    from timeline_tui.tables.moments import TimeColumn

MOST_PAIRS: Final = 50_000
"""Pairs of days at most: more cannot be drawn while a key waits."""


def told_rows(engine: Engine, conditions: Conditions, asked: Asked, seconds: float) -> list[ToldRows]:
    """The rows that a question finds, by day and day on which they became known, sorted.

    Args:
        engine: A connection to the table.
        conditions: Those of the table.
        asked: The question.
        seconds: The longest time that it may take.

    Raises:
        TableError: The engine does not answer, or there are too many different days.
    """
    time, known = conditions.roles.time, conditions.roles.known
    if known is None:
        return []
    found: dict[tuple[int, int], tuple[int, int]] = {}
    missing = exp.Is(this=known.column, expression=exp.Null())
    for columns, where in (((time, known), exp.Not(this=missing)), ((time,), missing)):
        bound = Parameters()
        days = [each.unit("day") for each in columns]
        condition = conjunction([conditions.dated(bound), conditions.sql(asked, bound), where])
        statement = (
            exp.select(*(day.copy() for day in days), exp.Count(this=exp.Star()), conditions.doubtful(bound))
            .from_(engine.source_to_count())
            .where(condition)
            .group_by(*(day.copy() for day in days))
            .limit(MOST_PAIRS + 1)
        )
        for *values, rows, doubtful in engine.run(statement, bound.values, seconds=seconds):
            day = _day(time, values[0])
            place = day, _day(known, values[1]) if len(values) > 1 else day
            before = found.get(place, (0, 0))
            found[place] = before[0] + int(str(rows)), before[1] + int(float(str(doubtful)))
    if len(found) > MOST_PAIRS:
        raise TableError(
            f"two clocks cannot draw more than {MOST_PAIRS:,} pairs of days; filter fewer days, as in 2024-11"
        )
    return [ToldRows(*place, *found[place]) for place in sorted(found)]


def _day(column: TimeColumn, value: object) -> int:
    begin = column.begin(value, "day")
    return END if begin is None else day_of(begin)

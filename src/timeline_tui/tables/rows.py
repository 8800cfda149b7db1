"""The rows of a table in the order of time, at positions; each is read when it is seen.

A position is found by counts: of days, and of hours, minutes and seconds of a day with many rows. From there
rows are read in order, after the last one that is known; none is counted off.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlglot import exp

from timeline_tui.tables.moments import MICROS, day_of, start_of_day
from timeline_tui.tables.statements import Parameters, after, conjunction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline_tui.tables.engines.base import Engine
    from timeline_tui.tables.moments import TimeColumn, Unit
    from timeline_tui.timeline.counted import DayCounts

PAGE: Final = 128
"""Rows that are read together."""
_PAGES = 24
"""Pages that are remembered."""
MANY: Final = 2_000
"""Rows of a time from which on it is divided."""
_FINER: Final[dict[Unit, Unit]] = {"day": "hour", "hour": "minute", "minute": "second"}
_ANCHOR: Final = 1_000
"""Rows between two that are remembered to go on from, at a moment with many rows."""
ROW_SECONDS: Final = 10.0
"""The longest time that reading rows may take."""


class RawRow(NamedTuple):
    """A row as the engine has it."""

    time: object
    identity: tuple[object, ...]
    values: tuple[object, ...]
    """Of the columns that are shown."""


class Bucket(NamedTuple):
    """A time whose rows are counted."""

    first: int
    """Its first moment."""
    after: int
    """The moment after its last one."""
    unit: Unit
    start: int
    """The position of its first row."""
    number: int
    """How many rows it has."""


class Rows:
    """The rows that meet a condition, in the order of time.

    Args:
        time: The column of their time.
        shown: The columns that are read.
        condition: What rows must meet besides having a time.
        days: How many there are on each day.
    """

    def __init__(
        self,
        time: TimeColumn,
        shown: Sequence[str],
        condition: Callable[[Parameters], exp.Expr | None],
        days: DayCounts,
    ) -> None:
        self.time, self.days, self.condition = time, days, condition
        self._shown = tuple(shown)
        self._pages: dict[int, list[RawRow]] = {}
        self._buckets: dict[Bucket, list[Bucket]] = {}
        self._anchors: dict[Bucket, list[tuple[int, tuple[object, ...]]]] = {}

    def __len__(self) -> int:
        return len(self.days)

    def read(self, engine: Engine, start: int, stop: int) -> list[RawRow]:
        """The rows at positions from `start` to before `stop`.

        Raises:
            TableError: The engine does not answer.
        """
        start, stop = max(start, 0), min(stop, len(self))
        found: list[RawRow] = []
        for page in range(start // PAGE, -(-stop // PAGE)):
            rows = self._page(engine, page)
            found += rows[max(start - page * PAGE, 0) : max(stop - page * PAGE, 0)]
        return found

    def _page(self, engine: Engine, page: int) -> list[RawRow]:
        # Several threads read here: what one of them has given up, another one reads again.
        rows = self._pages.pop(page, None)
        if rows is None:
            rows = self._read(engine, page * PAGE, min((page + 1) * PAGE, len(self)))
        self._pages[page] = rows
        if len(self._pages) > _PAGES:
            self._pages.pop(next(iter(self._pages)), None)
        return rows

    def _read(self, engine: Engine, start: int, stop: int) -> list[RawRow]:
        bucket = self.bucket_at(engine, start)
        bound = Parameters()
        skipped, known = self._before(engine, bucket, start)
        last = self.days.day_at(stop - 1)
        parts = [
            self.time.between(bucket.first, start_of_day(last + 1), bound),
            self.condition(bound),
        ]
        order = (self.time.column, *engine.identity())
        if known is not None:
            parts.append(after(order, [bound(value) for value in known], or_same=True))
        named = [exp.column(name, quoted=True) for name in self._shown]
        statement = (
            exp.select(*(each.copy() for each in (*order, *named)))
            .from_(engine.source(), copy=False)
            .where(conjunction(parts), copy=False)
            .order_by(*engine.ordered(order), copy=False)
            .limit(start - skipped + stop - start, copy=False)
        )
        width = len(order)
        return [
            RawRow(row[0], row[1:width], row[width:])
            for row in engine.run(statement, bound.values, seconds=ROW_SECONDS)[start - skipped :]
        ]

    def _before(self, engine: Engine, bucket: Bucket, position: int) -> tuple[int, tuple[object, ...] | None]:
        """A position in a bucket at or before another one, and what to go on from there."""
        if bucket.number <= MANY:
            return bucket.start, None
        anchors = self._anchors_of(engine, bucket)
        place = bisect_right(anchors, position, key=lambda anchor: anchor[0]) - 1
        return anchors[place] if place >= 0 else (bucket.start, None)

    def bucket_at(self, engine: Engine, position: int) -> Bucket:
        """The shortest time that is counted with the row at a position."""
        place = self.days.place_of(position)
        bucket = self._day(place)
        while bucket.number > MANY and (finer := self._divided(engine, bucket)):
            bucket = finer[bisect_right(finer, position, key=lambda each: each.start) - 1]
        return bucket

    def bucket_of(self, engine: Engine, moment: int) -> Bucket:
        """The shortest time that is counted and has a moment in it; it may have no rows."""
        day = day_of(moment)
        start = self.days.first_from(day)
        bucket = Bucket(
            start_of_day(day), start_of_day(day + 1), "day", start, self.days.first_from(day + 1) - start
        )
        while bucket.number > MANY and (finer := self._divided(engine, bucket)):
            place = bisect_right(finer, moment, key=lambda each: each.first) - 1
            if place < 0 or finer[place].after <= moment:
                following = finer[place + 1].start if place + 1 < len(finer) else bucket.start + bucket.number
                return Bucket(moment, moment + 1, "second", following, 0)
            bucket = finer[place]
        return bucket

    def _day(self, place: int) -> Bucket:
        day, start = self.days.days[place], self.days.starts[place]
        count = self.days.starts[place + 1] - start
        return Bucket(start_of_day(day), start_of_day(day + 1), "day", start, count)

    def _divided(self, engine: Engine, bucket: Bucket) -> list[Bucket]:
        """A bucket in finer units of time; empty where there are none."""
        if bucket.unit not in _FINER or not self.time.has_times:
            return []
        if bucket not in self._buckets:
            self._buckets[bucket] = self._count(engine, bucket, _FINER[bucket.unit])
        return self._buckets[bucket]

    def _count(self, engine: Engine, bucket: Bucket, unit: Unit) -> list[Bucket]:
        bound = Parameters()
        expression = self.time.unit(unit)
        statement = (
            exp.select(
                exp.alias_(expression, "u", quoted=True),
                exp.alias_(exp.Count(this=exp.Star()), "n", quoted=True),
            )
            .from_(engine.source(), copy=False)
            .where(
                conjunction([self.time.between(bucket.first, bucket.after, bound), self.condition(bound)]),
                copy=False,
            )
            .group_by(expression.copy(), copy=False)
        )
        counts: dict[int, int] = {}
        for value, number in engine.run(statement, bound.values, seconds=ROW_SECONDS):
            first = self.time.begin(value, unit)
            # Texts that are cut short are sorted to the beginning.
            first = bucket.first if first is None else max(first, bucket.first)
            counts[first] = counts.get(first, 0) + int(str(number))
        found, start = [], bucket.start
        for first in sorted(counts):
            found.append(Bucket(first, first + MICROS[unit], unit, start, counts[first]))
            start += counts[first]
        return found

    def _anchors_of(self, engine: Engine, bucket: Bucket) -> list[tuple[int, tuple[object, ...]]]:
        """What identifies a row of a bucket, at regular distances, in the order of positions."""
        if bucket not in self._anchors:
            bound = Parameters()
            order = (self.time.column, *engine.identity())
            names = [f"o{number}" for number in range(len(order))]
            number = exp.Window(this=exp.RowNumber(), order=exp.Order(expressions=engine.ordered(order)))
            inner = (
                exp.select(
                    *(
                        exp.alias_(each.copy(), name, quoted=True)
                        for each, name in zip(order, names, strict=True)
                    ),
                    exp.alias_(number, "n", quoted=True),
                )
                .from_(engine.source(), copy=False)
                .where(
                    conjunction(
                        [self.time.between(bucket.first, bucket.after, bound), self.condition(bound)]
                    ),
                    copy=False,
                )
            )
            place = exp.column("n", quoted=True)
            step = exp.Mod(this=place.copy(), expression=exp.Literal.number(_ANCHOR))
            statement = (
                exp.select(place.copy(), *(exp.column(name, quoted=True) for name in names))
                .from_(inner.subquery("t"), copy=False)
                .where(exp.EQ(this=step, expression=exp.Literal.number(1)), copy=False)
                .order_by(*engine.ordered([place]), copy=False)
            )
            self._anchors[bucket] = [
                (bucket.start + int(str(row[0])) - 1, row[1:])
                for row in engine.run(statement, bound.values, seconds=ROW_SECONDS * 3)
            ]
        return self._anchors[bucket]

    def positions(self, engine: Engine, row: RawRow) -> tuple[int, bool]:
        """How many of these rows come before another row of the same table, and whether it is one of them."""
        moment = self.time.moment(row.time)
        if moment is None:
            return 0, False
        bucket = self.bucket_of(engine, moment)
        if not bucket.number:
            return bucket.start, False
        bound = Parameters()
        order = (self.time.column, *engine.identity())
        values = [bound(value) for value in (row.time, *row.identity)]
        later = after(order, values, or_same=True)
        same = conjunction(
            [
                exp.EQ(this=one.copy(), expression=value.copy())
                for one, value in zip(order, values, strict=True)
            ]
        )
        statement = (
            exp.select(
                exp.Count(this=exp.Star()), _number_of(exp.Not(this=exp.paren(later))), _number_of(same)
            )
            .from_(engine.source(), copy=False)
            .where(
                conjunction([self.time.between(bucket.first, bucket.after, bound), self.condition(bound)]),
                copy=False,
            )
        )
        _, before, here = engine.run(statement, bound.values, seconds=ROW_SECONDS)[0]
        return bucket.start + int(str(before or 0)), bool(here)

    def ranks(
        self, engine: Engine, rows: Sequence[RawRow], condition: Callable[[Parameters], exp.Expr | None]
    ) -> list[int]:
        """The positions here of rows of the same table that meet another condition too.

        Args:
            engine: The engine.
            rows: In the order of time.
            condition: What they are known to meet.
        """
        moments = [self.time.moment(row.time) or 0 for row in rows]
        buckets = list(dict.fromkeys(self.bucket_of(engine, moment) for moment in moments))
        if not buckets:
            return []
        bound = Parameters()
        order = (self.time.column, *engine.identity())
        names = [f"o{number}" for number in range(len(order))]
        number = exp.Window(this=exp.RowNumber(), order=exp.Order(expressions=engine.ordered(order)))
        within = exp.or_(*(self.time.between(each.first, each.after, bound) for each in _joined(buckets)))
        whole = self.time.between(buckets[0].first, buckets[-1].after, bound)
        met = condition(bound) or exp.true()
        inner = (
            exp.select(
                *(
                    exp.alias_(each.copy(), name, quoted=True)
                    for each, name in zip(order, names, strict=True)
                ),
                exp.alias_(number, "n", quoted=True),
                exp.alias_(
                    exp.Case().when(met, exp.Literal.number(1)).else_(exp.Literal.number(0)), "f", quoted=True
                ),
            )
            .from_(engine.source(), copy=False)
            .where(conjunction([whole, within, self.condition(bound)]), copy=False)
        )
        statement = (
            exp.select(exp.column("n", quoted=True), *(exp.column(name, quoted=True) for name in names))
            .from_(inner.subquery("t"), copy=False)
            .where(exp.EQ(this=exp.column("f", quoted=True), expression=exp.Literal.number(1)), copy=False)
        )
        places = {
            found[1:]: int(str(found[0])) - 1
            for found in engine.run(statement, bound.values, seconds=ROW_SECONDS)
        }
        return [
            _position(places[row.time, *row.identity], buckets) if (row.time, *row.identity) in places else 0
            for row in rows
        ]


def _joined(buckets: Sequence[Bucket]) -> list[Bucket]:
    """Buckets, with those that follow one another as one."""
    found = [buckets[0]]
    for before, each in pairwise(buckets):
        if before.after == each.first:
            found[-1] = found[-1]._replace(after=each.after)
        else:
            found.append(each)
    return found


def _position(place: int, buckets: Sequence[Bucket]) -> int:
    """The position of the row at a place among those of some buckets."""
    for bucket in buckets:
        if place < bucket.number:
            return bucket.start + place
        place -= bucket.number
    return buckets[-1].start + buckets[-1].number - 1


def _number_of(condition: exp.Expr | None) -> exp.Expr:
    """How many rows meet a condition."""
    case = exp.Case().when(condition or exp.true(), exp.Literal.number(1)).else_(exp.Literal.number(0))
    return exp.Sum(this=case)

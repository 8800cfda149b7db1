"""What every engine does: it runs statements, each for a limited time, and can be stopped."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from sqlglot import exp

from timeline_tui.errors import Overtaken
from timeline_tui.tables.errors import TooSlow
from timeline_tui.tables.moments import day_of, second_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline_tui.tables.asking import Asker
    from timeline_tui.tables.moments import Kind, TimeColumn, Unit
    from timeline_tui.tables.statements import Parameters

_ESCAPE = "^"


class EngineColumn(NamedTuple):
    """A column of a table."""

    name: str
    type: str
    """As the engine names it."""
    kind: Kind | None
    """What it holds, if it is a time; what numbers mean is known from their values."""


class Grouped(NamedTuple):
    """What a statement groups rows by."""

    time: TimeColumn
    unit: Unit
    """What is numbered: days, or minutes by the second from day 0 on at which they begin."""
    facets: int
    """The number of values beside the time."""
    seconds: float
    """The longest time that it may take."""


class Engine(ABC):
    """A connection to an engine, with one table.

    A statement is an expression of sqlglot as DuckDB would have it; each engine writes it in its own dialect.
    """

    dialect: ClassVar[str]
    """As sqlglot names it."""
    sorts_nulls_first: ClassVar[bool] = False
    asker: Asker | None = None
    """Asks in another thread; None where the caller waits for answers."""

    @abstractmethod
    def columns(self) -> list[EngineColumn]:
        """The columns of the table.

        Raises:
            TableError: There is no such table, or it cannot be read.
        """

    @abstractmethod
    def source(self) -> exp.Expr:
        """What a statement reads from."""

    def source_to_count(self) -> exp.Expr:
        """What a statement reads from that counts rows, and does not tell them apart."""
        return self.source()

    @abstractmethod
    def identity(self) -> tuple[exp.Expr, ...]:
        """What distinguishes rows with the same time, and stays the same while the table does."""

    def reader(self) -> Self:
        """A connection of its own for another thread, which waits for its answers.

        Raises:
            TableError: The engine gives none.
        """
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.asker = None
        copy.connect_anew()
        return copy

    @abstractmethod
    def connect_anew(self) -> None:
        """Take another connection in place of one that another thread uses.

        Raises:
            TableError: The engine gives none.
        """

    @abstractmethod
    def interrupt(self) -> None:
        """Stop what is being asked in another thread; it raises `Overtaken`."""

    @abstractmethod
    def close(self) -> None:
        """End the connection."""

    def stamp(self) -> str:
        """What changes when the table does, as far as it is known without reading the table; may be empty."""
        return ""

    @abstractmethod
    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Run a statement in the dialect of the engine.

        Raises:
            TableError: The engine refuses, or cannot be reached.
            TooSlow: It took too long.
            Overtaken: It was interrupted.
        """

    def run(
        self, statement: exp.Expr, values: Mapping[str, object] | None = None, *, seconds: float
    ) -> list[tuple[object, ...]]:
        """The rows of a statement; raises as `execute()`, or `Pending` if an `asker` asks."""
        text, values = self.written(self.typed(statement, values or {})), values or {}
        if self.asker is not None:
            return self.asker.rows(text, values, seconds)
        return self.execute(text, values, seconds)

    def typed(self, statement: exp.Expr, values: Mapping[str, object]) -> exp.Expr:  # noqa: ARG002  for subclasses
        """A statement with the types of its values, where the engine wants to know them."""
        return statement

    def written(self, statement: exp.Expr) -> str:
        """A statement in the dialect of the engine."""
        return str(statement.sql(dialect=self.dialect, identify=True))

    def lowered(self, column: exp.Expr) -> exp.Expr:
        """A text in small letters, in any script."""
        return exp.Lower(this=column)

    def contains(self, text: exp.Expr, part: str, bound: Parameters) -> exp.Expr:
        """The condition that a text has a part in it."""
        escaped = "".join(f"{_ESCAPE}{sign}" if sign in f"%_{_ESCAPE}" else sign for sign in part)
        like = exp.Like(this=text, expression=bound(f"%{escaped}%"))
        return exp.Escape(this=like, expression=exp.Literal.string(_ESCAPE))

    def hour(self, time: TimeColumn) -> exp.Expr:
        """The hour of the day of a row, from 0 to 23."""
        if time.kind == "text":
            hour = exp.Substring(this=time.column, start=exp.Literal.number(12), length=exp.Literal.number(2))
            return exp.cast(exp.func("NULLIF", hour, exp.Literal.string("")), "INT")
        if time.kind in ("seconds", "millis"):
            return exp.Mod(this=exp.paren(time.unit("hour")), expression=exp.Literal.number(24))
        return exp.cast(exp.Extract(this=exp.var("HOUR"), expression=time.column), "INT")

    def weekday(self, time: TimeColumn) -> exp.Expr:
        """The day of the week of a row, from 1 for Monday to 7."""
        if time.kind in ("seconds", "millis"):
            # 1 January 1970 was a Thursday.
            since = exp.paren(exp.Add(this=time.unit("day"), expression=exp.Literal.number(700_003)))
            rest = exp.Mod(this=since, expression=exp.Literal.number(7))
            return exp.Add(this=rest, expression=exp.Literal.number(1))
        day = exp.cast(time.unit("day"), "DATE") if time.kind == "text" else time.column
        return exp.cast(exp.Extract(this=exp.var("ISODOW"), expression=day), "INT")

    def day_groups(
        self, statement: exp.Select, values: Mapping[str, object], grouped: Grouped
    ) -> Iterator[tuple[tuple[str | None, ...], list[int], list[int]]]:
        """The day numbers and the counts of each combination of values, in any order, by a statement.

        Args:
            statement: Gives the day as `d`, the values as text as `f0`, `f1` and so on, and the count as `n`.
            values: Those of the statement.
            grouped: What it groups rows by.
        """
        number_of = day_of if grouped.unit == "day" else second_of
        found: dict[tuple[str | None, ...], dict[int, int]] = {}
        for row in self.run(statement, values, seconds=grouped.seconds):
            begin = grouped.time.begin(row[0], grouped.unit)
            if begin is not None:
                own = found.setdefault(tuple(map(_text, row[1 : grouped.facets + 1])), {})
                day = number_of(begin)
                own[day] = own.get(day, 0) + int(str(row[grouped.facets + 1]))
        for combination, counts in found.items():
            yield combination, list(counts), list(counts.values())

    def floored(self, number: exp.Expr) -> exp.Expr:
        """The greatest whole number that is not greater than a number."""
        return exp.cast(exp.Floor(this=number), "BIGINT")

    def as_text(self, column: exp.Expr) -> exp.Expr:
        """A value of a column as text."""
        return exp.cast(column, "TEXT")

    def ordered(self, columns: Sequence[exp.Expr]) -> list[exp.Expr]:
        """Columns to sort by, without a word on NULLs, of which there are none."""
        return [
            exp.Ordered(this=each.copy(), desc=False, nulls_first=self.sorts_nulls_first) for each in columns
        ]


class Limits:
    """Interrupts an engine that takes too long, and knows whether it was this or a newer question."""

    def __init__(self) -> None:
        self._is_late = False

    @contextmanager
    def watching(self, engine: Engine, seconds: float) -> Iterator[None]:
        """Interrupt an engine after some seconds."""
        self._is_late = False

        def stop() -> None:
            self._is_late = True
            engine.interrupt()

        timer = Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def stopped(self, seconds: float) -> TooSlow | Overtaken:
        """What to raise for a query that was interrupted."""
        return TooSlow(seconds) if self._is_late else Overtaken("the query was given up for a newer one")


def _text(value: object) -> str | None:
    return None if value is None else str(value)

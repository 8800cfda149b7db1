"""The column of a table that says when something was: how it is compared, divided and read.

Moments are whole microseconds since 0001-01-01T00:00:00 in UTC, or as written where the column has no zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlglot import exp

from timeline_tui.dates.day_numbers import SECONDS

if TYPE_CHECKING:
    from timeline_tui.tables.statements import Parameters

Kind = Literal["day", "moment", "nanos", "zoned", "seconds", "millis", "text"]
"""What a column holds: days; moments without or with a zone; numbers since 1970; ISO 8601 as text.

Those of `nanos` are moments without a zone, too fine to be compared with others.
"""
Unit = Literal["day", "hour", "minute", "second"]

SECOND: Final = 1_000_000
MICROS: Final[dict[Unit, int]] = {
    "day": 86_400 * SECOND,
    "hour": 3_600 * SECOND,
    "minute": 60 * SECOND,
    "second": SECOND,
}
"""Microseconds of a unit of time."""
FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
"""The day numbers of the years 1 to 9999; rows on other days are left out."""
_START: Final = datetime(1, 1, 1)  # noqa: DTZ001  a moment without a zone
_EPOCH: Final = (date(1970, 1, 1).toordinal() - 1) * MICROS["day"]
_TEXT_LENGTHS: Final[dict[Unit, int]] = {"day": 10, "hour": 13, "minute": 16, "second": 19}
_ISO: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6})[0-9]*)?)?)?)?"
)


def start_of_day(day: int) -> int:
    """The first moment of a day number."""
    return (day - 1) * MICROS["day"]


def day_of(moment: int) -> int:
    """The day number of a moment."""
    return moment // MICROS["day"] + 1


def second_of(moment: int) -> int:
    """A moment in seconds from day number 0 on."""
    return moment // SECOND + SECONDS


class TimeColumn(NamedTuple):
    """A column with the time of each row."""

    name: str
    kind: Kind
    separator: str = "T"
    """Between day and time in a text."""

    @property
    def column(self) -> exp.Expr:
        """The column itself, by which rows are compared and sorted."""
        own = exp.column(self.name, quoted=True)
        return exp.cast(own, "TIMESTAMP") if self.kind == "nanos" else own

    @property
    def has_times(self) -> bool:
        """Whether it has more than the day."""
        return self.kind != "day"

    def between(self, first: int, after: int, bound: Parameters) -> exp.Expr:
        """The condition that a row is at a moment or later and before another."""
        return exp.and_(
            exp.GTE(this=self.column, expression=bound(self.native(first))),
            exp.LT(this=self.column, expression=bound(self.native(after))),
        )

    def native(self, moment: int) -> object:
        """A moment as a value of the column."""
        if self.kind in ("seconds", "millis"):
            size = SECOND if self.kind == "seconds" else 1000
            return -((_EPOCH - moment) // size)
        at = _START + timedelta(microseconds=min(moment, MICROS["day"] * LAST_DAY - 1))
        match self.kind:
            case "day":
                return at.date()
            case "moment" | "nanos" | "seconds" | "millis":
                return at
            case "zoned":
                return at.replace(tzinfo=UTC)
            case "text":
                # The shortest text: what is written with fewer digits is sorted before what has more.
                length = next((_TEXT_LENGTHS[unit] for unit in MICROS if not moment % MICROS[unit]), 26)
                return at.isoformat(self.separator, "microseconds")[:length]

    def unit(self, unit: Unit) -> exp.Expr:
        """What is the same for all rows of one day or another unit, and differs for others.

        As DuckDB has it; `begin()` reads the result.
        """
        if self.kind == "day":
            return self.column
        if self.kind == "text":
            length = exp.Literal.number(_TEXT_LENGTHS[unit])
            return exp.Substring(this=self.column, start=exp.Literal.number(1), length=length)
        if self.kind in ("moment", "nanos", "zoned"):
            if unit == "day":
                return exp.cast(self.column, "DATE")
            return exp.func("DATE_TRUNC", exp.Literal.string(unit), self.column, dialect="duckdb")
        size = MICROS[unit] // (SECOND if self.kind == "seconds" else 1000)
        share = exp.Div(this=self.column, expression=exp.Literal.number(f"{size}.0"))
        return exp.cast(exp.Floor(this=share), "BIGINT")

    def begin(self, value: object, unit: Unit) -> int | None:
        """The first moment of a unit of time by what `unit()` gave; None if it is not a time."""
        if self.kind in ("seconds", "millis"):
            if not isinstance(value, int | float | Decimal):
                return None
            return int(value) * MICROS[unit] + _EPOCH
        found = self.moment(value)
        return None if found is None else found // MICROS[unit] * MICROS[unit]

    def moment(self, value: object) -> int | None:
        """The moment that a value of the column means; None if it means none."""
        if isinstance(value, datetime):
            at = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo is not None else value
            return (at - _START) // timedelta(microseconds=1)
        if isinstance(value, date):
            return start_of_day(value.toordinal())
        if isinstance(value, int | float | Decimal) and self.kind in ("seconds", "millis"):
            return int(value * (SECOND if self.kind == "seconds" else 1000)) + _EPOCH
        return _moment_of_text(value) if isinstance(value, str) else None

    def edtf(self, value: object) -> str:
        """The date of a row, as precise as the column."""
        moment = self.moment(value)
        if moment is None:
            return ""
        day = date.fromordinal(day_of(moment)).isoformat()
        is_day_alone = self.kind == "text" and isinstance(value, str) and len(value.strip()) <= 10
        if self.kind == "day" or is_day_alone:
            return day
        at = _START + timedelta(microseconds=moment)
        zone = "" if self.kind in ("moment", "nanos", "text") else "Z"
        return f"{day}T{at.time().replace(microsecond=0).isoformat()}{zone}"


def _moment_of_text(text: str) -> int | None:
    found = _ISO.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if not (1 <= month <= 12 and day and year):
        return None
    length = (date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max) - date(
        year, month, 1
    )
    # A day that a month does not have is put on its last one, where its text is sorted too.
    last = length.days if (year, month) < (9999, 12) else 31
    fraction = int((found[7] or "").ljust(6, "0"))
    seconds = min(hour, 23) * 3600 + min(minute, 59) * 60 + min(second, 59)
    return start_of_day(date(year, month, min(day, last)).toordinal()) + seconds * SECOND + fraction

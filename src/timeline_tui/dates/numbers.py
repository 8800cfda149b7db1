"""Numbers as moments: seconds to nanoseconds since 1970, days of a spreadsheet, and 12 or 14 digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import write_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NUMBER = re.compile(r"(-?[0-9]{1,21})(?:\.([0-9]+))?(?:[eE]\+?[0-9]{1,2})?")
_PLAIN = re.compile(r"-?[0-9]{1,21}(?:\.[0-9]+)?")
_DIGITS = re.compile(
    r"([12][0-9]{3})([01][0-9])([0-3][0-9])([0-2][0-9])([0-5][0-9])([0-5][0-9])?(?:\.[0-9]+)?"
)
_FIRST, _LAST = 315_532_800, 4_102_444_800
"""The years 1980 to 2100 in seconds since 1970, in which the moments of logs and databases lie."""
_DAY_0 = from_civil(1899, 12, 30)
_SERIALS = (10_000, 80_000)
"""The days of a spreadsheet that are read as such: from 1927 to 2119."""
_NANO = 10**9
_FARTHEST = 10**19


class Unit(NamedTuple):
    """A unit of time since 1970."""

    name: str
    per_second: int


UNITS = (
    Unit("seconds", 1),
    Unit("milliseconds", 1000),
    Unit("microseconds", 1_000_000),
    Unit("nanoseconds", _NANO),
)


class NumberReader(NamedTuple):
    """How a column of numbers is read."""

    guess: str
    """What the numbers were taken for; empty if there was no choice."""
    read: Callable[[str], str]
    """Gives the EDTF of a number; empty for any other text."""


def unit_of(numbers: Iterable[float]) -> Unit | None:
    """The unit since 1970 in which most of the numbers lie between 1980 and 2100; None if none does that."""
    plausible, count = dict.fromkeys(UNITS, 0), 0
    for number in numbers:
        count += 1
        for unit in UNITS:
            plausible[unit] += _is_plausible(number, unit)
    best = max(UNITS, key=plausible.__getitem__)
    return best if 2 * plausible[best] > count else None


def _is_plausible(number: float, unit: Unit) -> bool:
    return _FIRST <= number / unit.per_second < _LAST


def since_1970(text: str, unit: Unit) -> str:
    """The EDTF for a number of a unit since 1970, to the second or its fraction; empty if it is no number."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or abs(int(match[1])) >= _FARTHEST * 10:
        return ""
    scale = _NANO // unit.per_second
    nanos = int(match[1]) * scale
    if match[2]:
        rest = round(int(match[2][:18]) * scale / 10 ** len(match[2][:18]))
        nanos += -rest if match[1].startswith("-") else rest
    second, nano = divmod(nanos, _NANO)
    fraction = f".{nano:09}".rstrip("0") if nano else ""
    return f"{_moment(second, fraction)}Z" if _moment(second, fraction) else ""


def _moment(second: int, fraction: str = "") -> str:
    """The EDTF of a number of seconds since 1970, without a zone; empty beyond years of four digits."""
    day, of_day = divmod(second, 86_400)
    year, month, number = to_civil(from_civil(1970, 1, 1) + day)
    if abs(year) > 9999:
        return ""
    clock = f"{of_day // 3600:02}:{of_day // 60 % 60:02}:{of_day % 60:02}{fraction}"
    return f"{write_year(year)}-{month:02}-{number:02}T{clock}"


def of_digits(text: str) -> str:
    """The EDTF for `20160701210000` or `201607012100`; empty for anything else."""
    match = _DIGITS.fullmatch(text)
    if match is None:
        return ""
    year, month, day, hour, minute, second = match.groups()
    try:
        from_civil(int(year), int(month), int(day))
    except ValueError:
        return ""
    if int(hour) > 23:
        return ""
    return f"{year}-{month}-{day}T{hour}:{minute}{f':{second}' if second else ''}"


def of_serial(text: str) -> str:
    """The EDTF for a day of a spreadsheet, with the time of day that its fraction means."""
    if _PLAIN.fullmatch(text) is None or not _SERIALS[0] <= (number := float(text)) < _SERIALS[1]:
        return ""
    day, seconds = divmod(round(number * 86_400), 86_400)
    year, month, number_of_day = to_civil(_DAY_0 + day)
    date = f"{write_year(year)}-{month:02}-{number_of_day:02}"
    if not seconds:
        return date
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{date}T{clock}{f':{seconds % 60:02}' if seconds % 60 else ''}"


class NumberEvidence:
    """What the texts of a column, headed as a date, show about how its numbers are to be read."""

    def __init__(self) -> None:
        self._count = 0
        self._are_numbers = self._are_digits = self._are_serials = True
        self._plausible = dict.fromkeys(UNITS, 0)

    def add(self, text: str) -> None:
        """Take the next text that is not empty."""
        self._count += 1
        if not self._are_numbers:
            return
        if _PLAIN.fullmatch(text) is None:
            self._are_numbers = False
            return
        number = float(text)
        self._are_digits = self._are_digits and bool(of_digits(text))
        self._are_serials = self._are_serials and _SERIALS[0] <= number < _SERIALS[1]
        for unit in UNITS:
            self._plausible[unit] += _is_plausible(number, unit)

    @property
    def is_moment(self) -> bool:
        """Whether all texts so far are numbers that mean moments."""
        return self.reader() is not None

    def reader(self) -> NumberReader | None:
        """How the column is read; None if its numbers mean no moments, such as years."""
        if not self._are_numbers or not self._count:
            return None
        if self._are_digits:
            return NumberReader("", of_digits)
        if self._are_serials:
            guess = "numbers are days since 1899-12-30, as spreadsheets count them"
            return NumberReader(guess, of_serial)
        unit = max(UNITS, key=lambda unit: self._plausible[unit])
        if 2 * self._plausible[unit] <= self._count:
            return None
        return NumberReader(f"numbers are {unit.name} since 1970", lambda text: since_1970(text, unit))

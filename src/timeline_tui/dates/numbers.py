"""Numbers as moments: seconds to nanoseconds since 1970, days of a spreadsheet, and 12 or 14 digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import write_year

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Moments(NamedTuple):
    """The dates that a column of numbers means."""

    dates: list[str]
    """EDTF, in the order of the texts; empty for a text that is no number."""
    guess: str
    """What the numbers were taken for."""


def unit_of(numbers: Sequence[float]) -> Unit | None:
    """The unit since 1970 in which most of the numbers lie between 1980 and 2100; None if none does that."""
    best = max(UNITS, key=lambda unit: _plausible(numbers, unit))
    return best if 2 * _plausible(numbers, best) > len(numbers) else None


def _plausible(numbers: Sequence[float], unit: Unit) -> int:
    return sum(_FIRST <= number / unit.per_second < _LAST for number in numbers)


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
    number = float(text)
    day, seconds = divmod(round(number * 86_400), 86_400)
    year, month, number_of_day = to_civil(_DAY_0 + day)
    date = f"{write_year(year)}-{month:02}-{number_of_day:02}"
    if not seconds:
        return date
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{date}T{clock}{f':{seconds % 60:02}' if seconds % 60 else ''}"


def moments_of(texts: Sequence[str]) -> Moments | None:
    """The moments of a column that has only numbers; None if they are none, such as years.

    Args:
        texts: The cells of a column that is headed as a date; empty ones do not count.
    """
    given = [text for text in texts if text]
    if not given or not all(_PLAIN.fullmatch(text) for text in given):
        return None
    if all(map(of_digits, given)):
        return Moments([of_digits(text) if text else "" for text in texts], "")
    numbers = [float(text) for text in given]
    if all(_SERIALS[0] <= number < _SERIALS[1] for number in numbers):
        guess = "numbers are days since 1899-12-30, as spreadsheets count them"
        return Moments([of_serial(text) if text else "" for text in texts], guess)
    unit = unit_of(numbers)
    if unit is None:
        return None
    guess = f"numbers are {unit.name} since 1970"
    return Moments([since_1970(text, unit) if text else "" for text in texts], guess)

"""Dates as users type them: `6 Nov 2024`, `last month`, `+2 weeks`, or EDTF."""

from __future__ import annotations

import re
from typing import NamedTuple

from timeline_tui.dates.date import Date, DateError, Precision, parse_date
from timeline_tui.dates.day_numbers import add_months, to_civil, weekday
from timeline_tui.dates.edtf import END, write_year
from timeline_tui.dates.informal import LONGEST, SEASONS, normalized, readings, suggest_edtf, suggestions
from timeline_tui.dates.months import SHORT_MONTHS
from timeline_tui.dates.wording import in_words

__all__ = ["EXAMPLES", "TypedDate", "read_typed", "suggest_edtf"]

EXAMPLES = "try 6 Nov 2024, Oct 2024, last month, +2 weeks, Q4 2024, 1990s or 44 BC"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {**{word: at for at, word in enumerate(_NUMBERS, 1)}, "an": 1, "one": 1}
_STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


class _Unit(NamedTuple):
    days: int
    months: int
    components: int
    """The precision of `3 months ago` and the like: 1 for the year, 2 for the month, 3 for the day."""


_UNITS = {
    name: unit
    for names, unit in (
        ("d day days", _Unit(1, 0, 3)),
        ("w week weeks", _Unit(7, 0, 3)),
        ("m month months", _Unit(0, 1, 2)),
        ("y year years", _Unit(0, 12, 1)),
        ("decade decades", _Unit(0, 120, 1)),
        ("century centuries", _Unit(0, 1200, 1)),
    )
    for name in names.split()
}

_AMOUNT = rf"([0-9]{{1,6}}|{'|'.join(_COUNTS)}) ?({'|'.join(_UNITS)})"
_SIGNED = re.compile(rf"([+-]) ?{_AMOUNT}")
_BESIDE = re.compile(rf"{_AMOUNT} (later|after|earlier|before)")
_FROM_TODAY = re.compile(rf"(in ){_AMOUNT}|{_AMOUNT} ago")
_STEP = re.compile(rf"({'|'.join(_STEPS)}) ([a-z]+)")
_PART = re.compile(r"(early|mid|late|beginning|start|end)[ -](.+)")
_SHARE = re.compile(
    r"(1|first|2|second|3|third|4|fourth|last) (half|third|quarter) (?:in )?"
    r"(.*[0-9]{3,4}s|.+ century.*|[a-z]+ [0-9]{3,4})"
)
_WEEK = re.compile(r"(1|first|2|second|3|third|4|fourth|last) week (?:in )?(.+)")
_NTH = {"1": 0, "first": 0, "2": 1, "second": 1, "3": 2, "third": 2, "4": 3, "fourth": 3}


class TypedDate(NamedTuple):
    """A date and, if its text was ambiguous, a note on how it was read."""

    date: Date
    note: str
    """For example `read as 5 November 2024, day first`; empty if nothing was guessed."""


class _Days(NamedTuple):
    """The days to which a phrase is relative."""

    today: int
    base: int

    @property
    def year(self) -> int:
        """The year of a date without a year."""
        return to_civil(self.base)[0]


def read_typed(text: str, *, today: int, base: int | None = None) -> TypedDate:
    """The date that a user means by `text`, as precise as it was typed.

    Args:
        text: EDTF, a date as people write it, or a relative date (`yesterday`, `+2 weeks`).
        today: The day number to which `yesterday`, `last month` and `2 weeks ago` are relative.
        base: The day number to which `+2 weeks` is relative, and the year of a plain `november`; today if it
            is missing or an open end.

    Raises:
        DateError: The text was not understood, or the day does not exist; the hint says what can be typed.
    """
    text = text.strip()
    try:
        return TypedDate(parse_date(text), "")
    except DateError as error:
        failure = error
    days = _Days(today, today if base is None or abs(base) >= END else base)
    read = _read(text, days) if len(text) <= LONGEST else None
    if read is not None:
        return read
    raise DateError(failure.message, failure.hint or EXAMPLES)


def _read(text: str, days: _Days) -> TypedDate | None:
    phrase = normalized(text)
    if edtf := _relative(phrase, days):
        return TypedDate(parse_date(edtf), "")
    if found := suggestions(text) or readings(phrase):
        date = parse_date(found[0])
        return TypedDate(
            date, _note(date, day_first=not re.search("[a-z]", phrase)) if len(found) > 1 else ""
        )
    if phrase in _WEEKDAYS:
        date = parse_date(_write(days.today - (weekday(days.today) - _WEEKDAYS.index(phrase)) % 7))
        return TypedDate(date, _note(date))
    if found := readings(phrase, days.year):
        date = parse_date(found[0])
        return TypedDate(date, _note(date, day_first=len(found) > 1 and not re.search("[a-z]", phrase)))
    if edtf := _part(phrase, days):
        date = parse_date(edtf)
        return TypedDate(date, _note(date))
    return None


def _note(date: Date, *, day_first: bool = False) -> str:
    return f"read as {in_words(date)}{', day first' if day_first and date.precision is Precision.DAY else ''}"


def _write(day: int, components: int = 3) -> str:
    """EDTF for a day, its month or its year; only the year if it has more than four digits, as in EDTF."""
    year, *rest = to_civil(day)
    rest = rest[: components - 1] if abs(year) <= 9999 else []
    return "-".join((write_year(year), *(f"{part:02}" for part in rest)))


def _relative(phrase: str, days: _Days) -> str:
    """EDTF for a phrase that counts from a day, or nothing."""
    if phrase in _DAYS:
        return _write(days.today + _DAYS[phrase])
    if (match := _SIGNED.fullmatch(phrase)) is not None:
        return _write(_moved(days.base, match[2], match[3], back=match[1] == "-"))
    if (match := _BESIDE.fullmatch(phrase)) is not None:
        return _write(_moved(days.base, match[1], match[2], back=match[3] in ("earlier", "before")))
    if (match := _FROM_TODAY.fullmatch(phrase)) is not None:
        count, unit = match[2] or match[4], match[3] or match[5]
        return _write(_moved(days.today, count, unit, back=not match[1]), _UNITS[unit].components)
    if (match := _STEP.fullmatch(phrase)) is not None:
        return _stepped(_STEPS[match[1]], match[2], days.today)
    return ""


def _moved(day: int, count: str, unit: str, *, back: bool) -> int:
    number = _COUNTS[count] if count in _COUNTS else int(count)
    steps = -number if back else number
    each = _UNITS[unit]
    return day + steps * each.days if each.days else add_months(day, steps * each.months)


def _stepped(step: int, unit: str, today: int) -> str:
    """EDTF for the last, this or the next of a unit: `week`, `year`, `monday`, `november`, `spring`."""
    if unit in _WEEKDAYS:
        ahead = _WEEKDAYS.index(unit) - weekday(today)
        return _write(today + {-1: ahead % -7 or -7, 0: ahead, 1: ahead % 7 or 7}[step])
    if unit in SEASONS:
        return _occurrence(step, SEASONS[unit], today)
    if unit[:3].title() in SHORT_MONTHS and readings(unit, 1):
        return _occurrence(step, SHORT_MONTHS.index(unit[:3].title()) + 1, today)
    return _period(step, unit, today)


def _period(step: int, unit: str, today: int) -> str:
    year, month, _ = to_civil(today)
    if unit in ("day", "month", "year"):
        return _write(_moved(today, "one", unit, back=step < 0) if step else today, _UNITS[unit].components)
    if unit == "week":
        monday = today - weekday(today) + 7 * step
        return f"{_write(monday)}/{_write(monday + 6)}"
    quarter = year * 4 + (month - 1) // 3 + step
    return {
        "quarter": f"{write_year(quarter // 4)}-{quarter % 4 + 33}",
        "decade": f"{year // 10 + step:03}X",
        "century": f"{year // 100 + step:02}XX",
    }.get(unit, "")


def _occurrence(step: int, code: int, today: int) -> str:
    """EDTF for a month or season: the last one that is over, that of this year, or the next one to begin."""
    year = to_civil(today)[0]
    dates = [parse_date(f"{write_year(year + ahead)}-{code:02}") for ahead in (-2, -1, 0, 1)]
    if step < 0:
        return str(next(date for date in reversed(dates) if date.latest < today))
    return str(next(date for date in dates if date.earliest > today) if step else dates[2])


def _part(phrase: str, days: _Days) -> str:
    """EDTF for a part of a month, year, decade or century: `early 2024`, `last week October`; else empty."""
    if (share := _SHARE.fullmatch(phrase)) is not None:
        return _share(share, days)
    week, part = _WEEK.fullmatch(phrase), _PART.fullmatch(phrase)
    match = week or part
    if match is None:
        return ""
    whole = _relative(match[2], days) or next(iter(readings(match[2], days.year)), "")
    if not whole:
        return ""
    date = parse_date(whole)
    if week:
        return _week(week[1], date)
    return _third(match[1], date) if match[1] in ("early", "mid", "late") else _end(match[1], date)


def _share(match: re.Match[str], days: _Days) -> str:
    """EDTF for a half, third or quarter of a month, decade or century; empty for anything else."""
    of = ("half", "third", "quarter").index(match[2]) + 2
    at = of - 1 if match[1] == "last" else _NTH[match[1]]
    whole = next(iter(readings(match[3], days.year)), "")
    if not whole or at >= of:
        return ""
    date = parse_date(whole)
    if match[2] == "third":
        return _third(("early", "mid", "late")[at], date)
    if date.precision is Precision.MONTH and of == 2:
        edges = (date.earliest, date.earliest + 14) if not at else (date.earliest + 15, date.latest)
        return "/".join(map(_write, edges))
    if date.precision not in (Precision.DECADE, Precision.CENTURY):
        return ""
    first = to_civil(date.earliest)[0]
    length = to_civil(date.latest)[0] - first + 1
    return f"{write_year(first + length * at // of)}/{write_year(first + length * (at + 1) // of - 1)}"


def _week(which: str, date: Date) -> str:
    """EDTF for the first (second …) seven days of a month or year, or for its last seven days."""
    if date.precision not in (Precision.MONTH, Precision.YEAR, Precision.SEASON):
        return ""
    first = date.latest - 6 if which == "last" else date.earliest + 7 * _NTH[which]
    return f"{_write(first)}/{_write(first + 6)}"


def _third(which: str, date: Date) -> str:
    """EDTF for a third: about ten days of a month, four months of a year, a third of a decade or century."""
    at = ("early", "mid", "late").index(which)
    if date.precision is Precision.MONTH:
        last = date.latest if at == 2 else date.earliest + 10 * at + 9
        return f"{_write(date.earliest + 10 * at)}/{_write(last)}"
    year = to_civil(date.earliest)[0]
    if date.precision is Precision.YEAR:
        return f"{write_year(year)}-{37 + at}"
    if date.precision in (Precision.DECADE, Precision.CENTURY):
        length = to_civil(date.latest)[0] - year + 1
        first, after = (year + (length * edge + 2) // 3 for edge in (at, at + 1))
        return f"{write_year(first)}/{write_year(after - 1)}"
    return ""


def _end(which: str, date: Date) -> str:
    """EDTF for an end: seven days of a month, a month of a year, a year of a decade or century."""
    if date.precision is Precision.MONTH:
        return _week("last" if which == "end" else "first", date)
    if date.precision is Precision.YEAR:
        return _write(date.latest if which == "end" else date.earliest, 2)
    if date.precision in (Precision.DECADE, Precision.CENTURY):
        return _write(date.latest if which == "end" else date.earliest, 1)
    return ""

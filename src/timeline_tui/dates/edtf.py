"""The grammar of dates: EDTF, levels 0, 1 and 2 (ISO 8601-2:2019; https://www.loc.gov/standards/datetime/).

`parse_edtf()` parses a text, `bounds()` returns the days that it can mean. Three rules are our own:

- A time of day can be without seconds, can have a fraction of a second (ISO 8601-1, down to nanoseconds) and
  can be used in an interval. Without an offset it is in UTC.
- Seasons are those of meteorology and consist of whole months: 21-24 and 25-28 are those of the northern
  hemisphere, 29-32 of the southern. A season that crosses New Year belongs to the year in which it begins.
- Years are limited to a million million before and after year 0; others are errors.
"""

from __future__ import annotations

import re
from enum import Enum, IntEnum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline_tui.dates.day_numbers import days_in_month, from_civil, to_civil
from timeline_tui.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINNING = -(2**62)
"""The earliest day of a date with an open or unknown beginning."""
END = 2**62
"""The latest day of a date with an open or unknown end."""

UNCERTAIN = 1
APPROXIMATE = 2
_QUALIFIERS = {"": 0, "?": UNCERTAIN, "~": APPROXIMATE, "%": UNCERTAIN | APPROXIMATE}

LONGEST = 2000
"""The greatest length of a date in characters: enough for a set of about two hundred days."""
FARTHEST_YEAR = 10**12

SECOND = 1_000_000_000
"""A second, in nanoseconds."""
DAY = 86_400 * SECOND
"""A day, in nanoseconds."""

_LARGEST_OFFSET = 18 * 60  # in minutes; local mean times of history reach nearly 16 hours
_DIGITS = "0123456789"

# First month and length in months of each season, quarter, third or half, by the number used for a month.
SEASONS = {
    **dict.fromkeys((21, 25, 31), (3, 3)),
    **dict.fromkeys((22, 26, 32), (6, 3)),
    **dict.fromkeys((23, 27, 29), (9, 3)),
    **dict.fromkeys((24, 28, 30), (12, 3)),
    **{33 + n: (1 + 3 * n, 3) for n in range(4)},
    **{37 + n: (1 + 4 * n, 4) for n in range(3)},
    **{40 + n: (1 + 6 * n, 6) for n in range(2)},
}

_DATE = re.compile(
    r"([?~%]?)(-?[0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_YEAR = re.compile(r"([?~%]?)(?:Y(-?[1-9][0-9]*)(?:E([0-9]+))?|(-?[0-9]{4})(?=S))(?:S([0-9]+))?([?~%]?)")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?"
)


class DateError(TimelineError):
    """A text is not a valid date; `message` says why, and `hint`, if not empty, what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class Precision(IntEnum):
    """The finest unit of a date that is known, the coarsest first."""

    AGE = 0
    """Coarser than a thousand years."""
    MILLENNIUM = 1
    CENTURY = 2
    DECADE = 3
    YEAR = 4
    SEASON = 5
    """A season, a quarter, a third or a half of a year."""
    MONTH = 6
    DAY = 7
    TIME = 8


class Time(NamedTuple):
    """A time of day as it was written."""

    hour: int
    minute: int
    second: int | None
    """None: left out."""
    offset: int | None
    """Minutes ahead of UTC; None: left out."""
    fraction: str = ""
    """Of the second, its digits as they were written: `250`."""


class Moment(NamedTuple):
    """One date; each component is given as digits, with `X` for an unknown digit, or empty if left out."""

    year: str
    """Astronomical: `2024`, `-0043`, `156X`; long and exponential years written out: `-170000000`."""
    month: str = ""
    """`01` to `12`, or a key of `SEASONS`."""
    day: str = ""
    time: Time | None = None
    qualifiers: tuple[int, int, int] = (0, 0, 0)
    """`UNCERTAIN`, `APPROXIMATE` or both of year, month and day."""
    significant: int = 0
    """The number of significant digits of the year, from the left; 0 for all."""


class Limit(Enum):
    """An end of an interval that is not a date."""

    OPEN = ".."
    """The interval has no end on this side."""
    UNKNOWN = ""
    """The interval ends on this side, but the date is not known."""


class Interval(NamedTuple):
    """From a date to a date; at most one of them is a `Limit`."""

    start: Moment | Limit
    end: Moment | Limit


class Several(NamedTuple):
    """A set of dates and ranges of dates: all of them if `every`, or else one of them."""

    members: tuple[Moment | Interval, ...]
    every: bool


Form: TypeAlias = Moment | Interval | Several


class Instant(NamedTuple):
    """A point in time, in UTC."""

    day: int
    """A day number; `BEGINNING` or `END` if open or unknown."""
    nanosecond: int
    """Since midnight, from 0 to `DAY` - 1."""

    @property
    def second(self) -> int:
        """The second of the day, 0 to 86,399."""
        return self.nanosecond // SECOND

    @property
    def year(self) -> int:
        """Its year, astronomical."""
        return to_civil(self.day)[0]

    def iso(self) -> str:
        """`2024-11-06T10:30:00`, with any fraction of a second; for the years 1 to 9999 only."""
        year, month, day = to_civil(self.day)
        fraction = f"{self.nanosecond % SECOND:09}".rstrip("0")
        return f"{year:04}-{month:02}-{day:02}T{self.clock()}{f'.{fraction}' if fraction else ''}"

    def clock(self) -> str:
        """`10:30:00`."""
        second = self.second
        return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


class Bounds(NamedTuple):
    """The limits of what a date can mean, as days and as instants.

    Days are those in the text. A time with an offset can be on another day in UTC.
    """

    earliest: int
    """The first day."""
    latest: int
    """The last day."""
    first: Instant
    last: Instant


_BEGINNING = Instant(BEGINNING, 0)
_END = Instant(END, DAY - 1)


def parse_edtf(text: str) -> Form:
    """Parse an EDTF text, without checking that its days exist.

    Raises:
        DateError: The text is not EDTF.
    """
    if len(text) > LONGEST:
        raise DateError(f"this date is too long ({len(text):,} characters)")
    brackets = text[:1] + text[-1:]
    if brackets in ("[]", "{}"):
        members = tuple(_member(part) for part in text[1:-1].split(","))
        return Several(members, every=brackets == "{}")
    if text.count("/") == 1:
        start, _, end = text.partition("/")
        return _interval(start, end)
    return _moment(text)


def bounds(form: Form) -> Bounds:
    """The days and instants that a date can mean.

    Qualifiers do not widen these limits, because nobody can say by how much.

    Raises:
        DateError: The day does not exist, or an interval ends before it begins.
    """
    if isinstance(form, Moment):
        return _moment_bounds(form)
    if isinstance(form, Interval):
        return _interval_bounds(form)
    earliest, latest, first, last = zip(*map(bounds, form.members), strict=True)
    return Bounds(min(earliest), max(latest), min(first), max(last))


def precision(form: Form) -> Precision:
    """The finest known unit of a date; of several dates, that of the least precise one."""
    if isinstance(form, Moment):
        return _moment_precision(form)
    return min(map(_moment_precision, moments(form)))


def moments(form: Form) -> list[Moment]:
    """The single dates in a date, in the order of the text."""
    if isinstance(form, Moment):
        return [form]
    if isinstance(form, Interval):
        return [end for end in form if isinstance(end, Moment)]
    return [moment for member in form.members for moment in moments(member)]


def year_range(moment: Moment) -> tuple[int, int]:
    """The first and the last year that a date can mean."""
    first, last = (next(iter(_years(moment, last=last))) for last in (False, True))
    return first, last


def write_year(year: int) -> str:
    """A year in EDTF: `2024`, `-0043`, `Y-17000`."""
    return f"Y{year}" if abs(year) > 9999 else f"{'-' if year < 0 else ''}{abs(year):04}"


def _member(text: str) -> Moment | Interval:
    start, dots, end = text.partition("..")
    return _interval(start or "..", end or "..") if dots else _moment(text)


def _interval(start: str, end: str) -> Interval:
    limits = ("", "..")
    if start in limits and end in limits:
        raise DateError("this interval has neither a beginning nor an end")
    return Interval(
        Limit(start) if start in limits else _moment(start),
        Limit(end) if end in limits else _moment(end),
    )


def _moment(text: str) -> Moment:
    if (match := _DATE.fullmatch(text)) is not None:
        return _date(match)
    if (match := _YEAR.fullmatch(text)) is not None:
        return _long_year(match)
    date, t, time = text.partition("T")
    if t and (match := _DATE.fullmatch(date)) is not None and (clock := _TIME.fullmatch(time)) is not None:
        moment = _date(match)
        if moment.day == "" or "X" in date or any(moment.qualifiers):
            raise DateError("a time of day needs a full date before it, without X, ?, ~ or %")
        return moment._replace(time=_time(clock))
    raise DateError(f"not a date: “{text if len(text) <= 60 else text[:59] + '…'}”")


def _date(match: re.Match[str]) -> Moment:
    before_year, year, to_year, before_month, month, to_month, before_day, day, to_day = match.groups("")
    if year == "-0000":
        raise DateError("year 0 cannot have a sign", "write 0000, which is 1 BC")
    if before_year + to_year + before_month + to_month + before_day + to_day == "":
        return Moment(year, month, day)
    # A qualifier after a component also applies to all components before it; one in front, to it alone.
    for_day = _QUALIFIERS[to_day]
    for_month = _QUALIFIERS[to_month] | for_day
    for_year = _QUALIFIERS[to_year] | for_month
    qualifiers = (
        _QUALIFIERS[before_year] | for_year,
        _QUALIFIERS[before_month] | for_month,
        _QUALIFIERS[before_day] | for_day,
    )
    return Moment(year, month, day, None, qualifiers)


def _long_year(match: re.Match[str]) -> Moment:
    before, digits, exponent, short, significant, after = match.groups("")
    if len(exponent) > 2 or len(digits) + int(exponent or 0) > 14:
        raise DateError("years are limited to a million million")
    year = int(short or digits) * 10 ** int(exponent or 0)
    if abs(year) > FARTHEST_YEAR:
        raise DateError("years are limited to a million million")
    if not short and abs(year) <= 9999:
        raise DateError("Y is for years of more than four digits", f"write {write_year(year)}")
    length = len(short.lstrip("-")) if short else len(str(abs(year)))
    if significant and (len(significant) > 2 or not 1 <= int(significant) <= length):
        raise DateError(f"a year of {length} digits cannot have {significant} significant digits")
    qualifier = _QUALIFIERS[before] | _QUALIFIERS[after]
    count = int(significant or 0) % length
    return Moment(short or str(year), qualifiers=(qualifier, 0, 0), significant=count)


def _time(match: re.Match[str]) -> Time:
    hour, minute, second, fraction, utc, sign, hours, minutes = match.groups("")
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise DateError(f"{match[0]} is not a valid time of day")
    offset = int(hours or 0) * 60 + int(minutes or 0)
    if offset > _LARGEST_OFFSET or int(minutes or 0) > 59:
        raise DateError(f"{sign}{hours}:{minutes or '00'} is not a valid offset from UTC")
    known = bool(utc or sign)
    return Time(
        int(hour),
        int(minute),
        int(second) if second else None,
        (-offset if sign == "-" else offset) if known else None,
        fraction,
    )


def _moment_bounds(moment: Moment) -> Bounds:
    if not moment.month and moment.year == "XXXX":
        # It means that the date is unknown, not that it is in one of these ten thousand years.
        return Bounds(BEGINNING, END, _BEGINNING, _END)
    earliest = _edge(moment, last=False)
    latest = _edge(moment, last=True)
    if earliest is None or latest is None:
        raise DateError(_impossible(moment))
    if moment.time is None:
        return Bounds(earliest, latest, Instant(earliest, 0), Instant(latest, DAY - 1))
    hour, minute, second, offset, fraction = moment.time
    first = ((hour * 60 + minute - (offset or 0)) * 60 + (second or 0)) * SECOND
    first += int(fraction.ljust(9, "0")) if fraction else 0
    length = 60 * SECOND if second is None else 10 ** (9 - len(fraction))
    return Bounds(earliest, latest, _instant(earliest, first), _instant(latest, first + length - 1))


def _instant(day: int, nanosecond: int) -> Instant:
    """An instant, given in nanoseconds from midnight in UTC of a day; these can be negative."""
    days, rest = divmod(nanosecond, DAY)
    return Instant(day + days, rest)


def _interval_bounds(interval: Interval) -> Bounds:
    start, end = interval
    begun = _moment_bounds(start) if isinstance(start, Moment) else None
    ended = _moment_bounds(end) if isinstance(end, Moment) else None
    first, last = begun.first if begun else _BEGINNING, ended.last if ended else _END
    if first > last:
        raise DateError("this interval ends before it begins")
    earliest, latest = begun.earliest if begun else BEGINNING, ended.latest if ended else END
    # Half an hour from one day in Tokyo to the day before in London is such an interval.
    return Bounds(min(earliest, latest), max(earliest, latest), first, last)


def _edge(moment: Moment, *, last: bool) -> int | None:
    """The first or last existing day that fits the known digits; None if there is none."""
    for year in _years(moment, last=last):
        for first_month, length in _months(moment.month, last=last):
            past, month = divmod(first_month - 1 + (length - 1 if last else 0), 12)
            longest = days_in_month(year + past, month + 1)
            if moment.day == "":
                return from_civil(year + past, month + 1, longest if last else 1)
            for day in _fill(moment.day, descending=last):
                if length == 1 and 1 <= day <= longest:
                    return from_civil(year, month + 1, day)
    return None


def _years(moment: Moment, *, last: bool) -> Iterable[int]:
    if moment.significant:
        magnitude = moment.year.lstrip("-")
        unknown = len(magnitude) - moment.significant
        text = (
            magnitude[: moment.significant] + ("9" if last != moment.year.startswith("-") else "0") * unknown
        )
        return (-int(text) if moment.year.startswith("-") else int(text),)
    if not moment.year.startswith("-"):
        return _fill(moment.year, descending=last)
    return (-year for year in _fill(moment.year[1:], descending=not last) if year)


def _months(text: str, *, last: bool) -> Iterable[tuple[int, int]]:
    """The first month and the length, in months, of all that the two digits can mean."""
    if text == "":
        return ((1, 12),)
    if "X" not in text and int(text) in SEASONS:
        return (SEASONS[int(text)],)
    return ((month, 1) for month in _fill(text, descending=last) if 1 <= month <= 12)


def _fill(digits: str, *, descending: bool) -> Iterable[int]:
    if "X" not in digits:
        return (int(digits),)
    template = digits.replace("X", "{}")
    order = _DIGITS[::-1] if descending else _DIGITS
    return (int(template.format(*each)) for each in product(order, repeat=digits.count("X")))


def _impossible(moment: Moment) -> str:
    if "X" in moment.month + moment.day or ("X" in moment.year and not moment.day):
        return "no existing day fits these digits"
    month = int(moment.month)
    if month in SEASONS:
        return f"{month} is not a month: 21 to 41 are seasons and cannot have a day"
    if not 1 <= month <= 12:
        return f"{moment.month} is not a month"
    if "X" in moment.year:
        return "no existing day fits these digits"
    length = days_in_month(int(moment.year), month)
    return f"this month has only {length} days, not {moment.day}"


def _moment_precision(moment: Moment) -> Precision:
    digits = moment.year.lstrip("-")
    known = moment.significant or (digits.index("X") if "X" in digits else len(digits))
    if known < len(digits):
        return Precision(max(Precision.YEAR - (len(digits) - known), Precision.AGE))
    if moment.month == "" or "X" in moment.month:
        return Precision.YEAR
    if int(moment.month) in SEASONS:
        return Precision.SEASON
    if moment.day == "" or "X" in moment.day:
        return Precision.MONTH
    return Precision.TIME if moment.time else Precision.DAY

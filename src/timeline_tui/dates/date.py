"""Dates of any precision: a day, a month, a decade, `about 1990`, `from May on`.

A `Date` is an EDTF text with the values that ordering and filtering need. `edtf.py` has the grammar,
`wording.py` puts dates into words.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import localtime
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from timeline_tui.dates.day_numbers import SECONDS, from_civil, to_civil
from timeline_tui.dates.edtf import (
    APPROXIMATE,
    BEGINNING,
    DAY,
    END,
    UNCERTAIN,
    DateError,
    Instant,
    Precision,
    bounds,
    moments,
    parse_edtf,
    precision,
)

if TYPE_CHECKING:
    from timeline_tui.dates.edtf import Form

__all__ = [
    "BEGINNING",
    "END",
    "Date",
    "DateError",
    "Precision",
    "edtf_of_day",
    "parse_date",
    "reached_by",
    "today",
]


_LAST_YEAR = 9999
"""EDTF writes a month and a day of years of four digits only."""


class _Traits(NamedTuple):
    precision: Precision
    uncertain: bool
    approximate: bool
    first: Instant | None
    """None if it is the midnight at the beginning of the earliest day."""
    last: Instant | None
    """None if it is the last nanosecond of the latest day."""


_FARTHEST_APART = 2
"""Days by which two dates can overlap as written and not in UTC: one for the offset of each."""
_PLAIN_DAY = _Traits(Precision.DAY, uncertain=False, approximate=False, first=None, last=None)


class Date:
    """A date as text, with its earliest and latest day; made by `parse_date()`.

    Immutable; two dates are equal if their texts are equal. Days are day numbers, see `day_numbers`.
    """

    __slots__ = ("_traits", "earliest", "latest", "text")

    text: str
    """The EDTF, as written."""
    earliest: int
    """The first day that it can mean; `BEGINNING` for an open or unknown beginning."""
    latest: int
    """The last day that it can mean; `END` for an open or unknown end."""
    _traits: _Traits

    def __init__(self, text: str, earliest: int, latest: int, traits: _Traits) -> None:
        put = object.__setattr__
        put(self, "text", text)
        put(self, "earliest", earliest)
        put(self, "latest", latest)
        put(self, "_traits", traits)

    @property
    def precision(self) -> Precision:
        """The finest known unit; of several dates, that of the least precise one."""
        return self._traits.precision

    @property
    def uncertain(self) -> bool:
        """Whether any of it is marked as uncertain (`?` or `%`)."""
        return self._traits.uncertain

    @property
    def approximate(self) -> bool:
        """Whether any of it is marked as approximate (`~` or `%`)."""
        return self._traits.approximate

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The chronological sort key: the first instant that it can mean, then the last, in UTC.

        Each instant is a day number and a nanosecond. Without a time of day, the instants are the beginning
        of the first day and the end of the last day; without an offset, times are in UTC. With an offset, the
        day numbers can differ from `earliest` and `latest`.
        """
        first, last = self._traits[3:]
        return (*(first or (self.earliest, 0)), *(last or (self.latest, DAY - 1)))

    def is_before(self, other: Date) -> bool:
        """Whether this date is certainly over before `other` begins.

        A day without a time can be that of any time zone, so the days as given must differ as well.
        """
        if self.latest > other.earliest + _FARTHEST_APART:
            return False
        are_timed = self.precision is other.precision is Precision.TIME
        return self.key[2:] < other.key[:2] and (are_timed or self.latest < other.earliest)

    @property
    def form(self) -> Form:
        """The parsed parts of the text; parsed again at each call."""
        return parse_edtf(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Date) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"parse_date({self.text!r})"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return parse_date, (self.text,)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a date does not change: {name}")


@lru_cache(maxsize=8192)  # the dates of a file repeat: sources, quotes and claims share their days
def parse_date(text: str) -> Date:
    """The date of an EDTF text, levels 0 to 2 of ISO 8601-2:2019.

    Raises:
        DateError: The text is not EDTF, or its day does not exist. If the text is a date in another form,
            the hint gives the EDTF for it.
    """
    # With dashes in these places, the standard library accepts ten characters only as YYYY-MM-DD.
    if len(text) == 10 and text[4] == "-" == text[7] and text.isascii():
        try:
            day = date.fromisoformat(text).toordinal()
        except ValueError:
            return _parse(text)
        return Date(text, day, day, _PLAIN_DAY)
    return _parse(text)


def reached_by(date: Date) -> int:
    """The last day the date can mean; for an open-ended date, the last day on which it can begin.

    For an unknown date, which is sorted before all others, it is `BEGINNING`.
    """
    if date.earliest == BEGINNING and date.latest == END:
        return BEGINNING
    return date.latest if date.latest != END else bounds(moments(date.form)[0]).latest


def edtf_of_day(day: int) -> str:
    """A day number as EDTF; in years of more than four digits, only the year."""
    year, month, number = to_civil(day)
    if abs(year) > _LAST_YEAR:
        return f"Y{year}"
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{number:02}"


def days_in_edtf(first: int, last: int) -> str:
    """Two day numbers as a term of dates, `2024-01-05..2024-03-05`; a single day alone."""
    return edtf_of_day(first) if first == last else f"{edtf_of_day(first)}..{edtf_of_day(last)}"


def seconds_in_edtf(first: int, last: int) -> str:
    """Two seconds, from day number 0 on, as a term of dates: `2024-11-06T14:00:00..2024-11-06T14:59:59`."""
    parts = []
    for second in (first, last):
        day, rest = divmod(second, SECONDS)
        parts.append(f"{edtf_of_day(day)}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}")
    return "..".join(parts)


def today() -> int:
    """The day number of today, in local time."""
    return from_civil(*localtime()[:3])


def _parse(text: str) -> Date:
    try:
        form = parse_edtf(text)
        found = bounds(form)
    except DateError as error:
        raise DateError(error.message, error.hint or _hint(text)) from None
    marks = 0
    for moment in moments(form):
        for mark in moment.qualifiers:
            marks |= mark
    uncertain, approximate = bool(marks & UNCERTAIN), bool(marks & APPROXIMATE)
    traits = _Traits(precision(form), uncertain, approximate, found.first, found.last)
    return Date(text, found.earliest, found.latest, traits)


def _hint(text: str) -> str:
    # Needed only for an error, and `informal` takes longer to load.
    from timeline_tui.dates.informal import suggestions  # noqa: PLC0415

    found = suggestions(text)
    return f"write {' or '.join(found)}" if found else ""

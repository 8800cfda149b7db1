"""Dates as people know them: a day, a month, a decade, `about 1990`, `from May on`.

A `Date` is an EDTF text with what ordering and filtering need of it; `edtf.py` is its grammar,
`date_words.py` puts it into words.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import localtime
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from timeline_tui.dates.day_numbers import from_civil
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
    precision,
    read,
)

if TYPE_CHECKING:
    from timeline_tui.dates.edtf import Form

__all__ = ["BEGINNING", "END", "Date", "DateError", "Precision", "parse_date", "reached_by", "today"]


class _Traits(NamedTuple):
    precision: Precision
    uncertain: bool
    approximate: bool
    first: Instant | None
    """None for the midnight with which the earliest day begins."""
    last: Instant | None
    """None for the last of the latest day."""


_PLAIN_DAY = _Traits(Precision.DAY, uncertain=False, approximate=False, first=None, last=None)


class Date:
    """A date as it was written, between an earliest and a latest day; made by `parse_date()`.

    Immutable; two dates are equal if their texts are. Days are numbered as by
    `datetime.date.toordinal()`, without end in both directions.
    """

    __slots__ = ("_traits", "earliest", "latest", "text")

    text: str
    """The EDTF, as written."""
    earliest: int
    """The first day that it may mean; `BEGINNING` for an open or unknown beginning."""
    latest: int
    """The last day that it may mean; `END` for an open or unknown end."""
    _traits: _Traits

    def __init__(self, text: str, earliest: int, latest: int, traits: _Traits) -> None:
        put = object.__setattr__
        put(self, "text", text)
        put(self, "earliest", earliest)
        put(self, "latest", latest)
        put(self, "_traits", traits)

    @property
    def precision(self) -> Precision:
        """The finest unit known; for more than one date, of the one known worst."""
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
        """Sorts chronologically: the first instant that it may mean, then the last, in UTC.

        Of each the day and the nanosecond. What has no time of day begins with the midnight of its first day
        and ends with that of its last one; without an offset, midnights and times are those of UTC. So the
        day may be another one than `earliest` or `latest`, where the time is written with an offset.
        """
        first, last = self._traits[3:]
        return (*(first or (self.earliest, 0)), *(last or (self.latest, DAY - 1)))

    def is_before(self, other: Date) -> bool:
        """Whether all that it may mean is over before anything that another may mean begins.

        A day without a time may be the day of any place: the days must differ as well, as they are written.
        """
        are_timed = self.precision is other.precision is Precision.TIME
        return self.key[2:] < other.key[:2] and (are_timed or self.latest < other.earliest)

    @property
    def form(self) -> Form:
        """The parts that it was written in, read again from the text."""
        return read(self.text)

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
    """The date that an EDTF text means, levels 0 to 2 of ISO 8601-2:2019.

    Raises:
        DateError: It is not EDTF or means no day that exists; the hint gives the EDTF for what
            people write instead, where only one day can be meant.
    """
    # Of ten characters with dashes in these places, the standard library takes YYYY-MM-DD only.
    if len(text) == 10 and text[4] == "-" == text[7] and text.isascii():
        try:
            day = date.fromisoformat(text).toordinal()
        except ValueError:
            return _parse(text)
        return Date(text, day, day, _PLAIN_DAY)
    return _parse(text)


def reached_by(date: Date) -> int:
    """The last day that a date may mean; of what goes on without an end, the last on which it may begin.

    Of a date that says nothing at all, `BEGINNING`: it stands before all others, and reaches nowhere.
    """
    if date.earliest == BEGINNING and date.latest == END:
        return BEGINNING
    return date.latest if date.latest != END else bounds(moments(date.form)[0]).latest


def today() -> int:
    """The day number of today, on the clock of this place."""
    return from_civil(*localtime()[:3])


def _parse(text: str) -> Date:
    try:
        form = read(text)
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
    # Only for a mistake, and it needs this module.
    from timeline_tui.dates.informal import suggestions  # noqa: PLC0415

    found = suggestions(text)
    return f"write {' or '.join(found)}" if found else ""

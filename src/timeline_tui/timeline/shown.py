"""What every timeline that is shown answers alike, whether an index or a table holds its events."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from timeline_tui.dates.relative import relative_date, relative_day
from timeline_tui.dates.wording import day_in_words, in_words
from timeline_tui.query.language import Query
from timeline_tui.query.vocabulary import IDENTIFIED, Vocabulary, folded

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.protocol import TimelineView
else:
    # A protocol is for type checkers: it would be one more module before the first frame.
    TimelineView = object


_OF_EVERY_TIMELINE = ("has", "is", "status")
"""Fields whose values are words of the format, which tell nothing of a timeline."""
_NAMED_BY = {"against": "actor", "without": "source"}
"""The fields by which the values of other fields are found."""


class ShownTimeline(TimelineView):
    """The answers of a `TimelineView` that follow from its fields and from its other answers."""

    def _changed(self, **fields: object) -> Self:
        # Each class that extends this one is a dataclass.
        return replace(self, **fields)  # type: ignore[type-var]

    def known_by(self, day: int | None) -> Self:
        """This view as known on a day; None for all that is known."""
        return self if day == self.known_on else self._changed(known_on=day)

    def counted_from(self, day: int | None) -> Self:
        """This view with dates counted from a day; None for dates as they are."""
        return self if day == self.origin else self._changed(origin=day).knowing(self)

    def sorted_by(self, *, newest: bool) -> Self:
        """This view with the newest or the oldest event first where it is shown as a list."""
        return self if newest == self.newest else self._changed(newest=newest).knowing(self)

    def in_zone(self, name: str) -> Self:
        """This view with times of day as in a time zone; as they are written for an empty name."""
        return self if name == self.zone else self._changed(zone=name).knowing(self)

    def as_shown(self, date: Date) -> Date:
        """A date in the time zone that times of day are shown in."""
        if not self.zone:
            return date
        from timeline_tui.dates.zoned import in_zone  # noqa: PLC0415  only where there is a zone

        return in_zone(date, self.zone)

    @property
    def vocabulary(self) -> Vocabulary:
        """The values that a query can use, and how people spell them.

        On a day, every value is understood, but only those that something known has are suggested.
        """
        whole = self._vocabulary
        return whole if self.known_on is None else replace(whole, is_known=self._has_known)

    @property
    def _vocabulary(self) -> Vocabulary:
        raise NotImplementedError

    def _has_known(self, field: str, value: str) -> bool:
        """Whether any event that is known has a value of a field."""
        if field in _OF_EVERY_TIMELINE:
            return True
        field = _NAMED_BY.get(field, field)
        value = value if field in IDENTIFIED else folded(value)
        return bool(len(self.with_query(Query()).keys_with(field, value)))

    @property
    def as_of(self) -> int:
        """The day number after which everything is still to come."""
        return self.today if self.known_on is None else min(self.today, self.known_on)

    def date_in_words(self, date: Date) -> str:
        """A date as it is shown here: `6 November 2024`, or `T+5`."""
        return in_words(self.as_shown(date)) if self.origin is None else relative_date(date, self.origin)

    def day_in_words(self, day: int) -> str:
        """A day number as it is shown here."""
        return day_in_words(day) if self.origin is None else relative_day(day, self.origin)

    @property
    def is_whole(self) -> bool:
        """Whether this view has no query and no day, and so shows every event that there is."""
        return not self.query and self.known_on is None

    @property
    def nothing_known(self) -> str:
        """`Nothing was known yet on 1 May 2024.`; empty where something was."""
        if self.known_on is None or not self.is_blank:
            return ""
        return f"Nothing was known yet on {self.day_in_words(self.known_on)}."

    def starts(self, cells: int) -> list[int]:
        """The first days of `cells` equal slices of the span, except for the first slice."""
        return slices(*self.span, cells)

    def density(self, cells: int) -> tuple[int, ...]:
        """The number of events that begin in each of `cells` equal slices of the span, `count` in all."""
        return tuple(stop - start for start, stop in pairwise(self.cuts(self.starts(cells))))


def slices(first: int, last: int, cells: int) -> list[int]:
    """The first days of `cells` equal slices of the days from one to another, except for the first slice."""
    days = last - first + 1
    return [first + -(-cell * days // cells) for cell in range(1, cells)]

"""The rows of some days of a table, with minutes in place of days, for pictures that go down to an hour."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from timeline_tui.dates.minutes import day_of_minute, minute_in_words, minutes_of_days
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.moments import minute_of
from timeline_tui.tables.view import TableView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.query.language import Query
    from timeline_tui.tables.table import Selection


@dataclass(frozen=True, eq=False)
class MinuteView(TableView):
    """What a view shows from one day to another; every day number that it takes or gives is that of a minute.

    Its counts are made by the engine when they are first asked for, and raise `TableError` if it fails.
    """

    first: int = 0
    """The first day number."""
    last: int = 0
    """The last day number."""
    is_all: bool = False
    """Whether the view that it was made of has no rows on other days."""

    @classmethod
    def of(cls, view: TableView, first: int, last: int) -> MinuteView:
        """The rows of a view from one day number to another."""
        held = {each.name: getattr(view, each.name) for each in fields(view) if each.init}
        held["origin"] = None
        return cls(**held, first=first, last=last, is_all=(first, last) == view.span)

    @property
    def selection(self) -> Selection:
        """The rows, counted by minutes."""
        if self._known.selection is None:
            self._known.selection = self._select()
        return self._known.selection

    def _select(self, *more: Query) -> Selection:
        return self.table.by_minutes(self.asked(*more), self.first, self.last)

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last minute of the days; if there are no others, those that have rows."""
        minutes = self.selection.days.days
        return (
            (minutes[0], minutes[-1]) if self.is_all and minutes else minutes_of_days(self.first, self.last)
        )

    def first_key_from(self, day: int) -> int:
        """The key of the first row of the day of a minute."""
        return super().first_key_from(day_of_minute(day))

    def first_keys(self, days: Iterable[int]) -> list[int]:
        """For each minute the first key on its day."""
        return [self.first_key_from(minute) for minute in days]

    def sort_key(self, key: int) -> tuple[int, bool, int]:
        """What rows are sorted by; while a row is not read, its minute is the first one of its day."""
        try:
            moment = self.table.roles.time.moment(self.table.raw(key).time)
        except TableError:
            moment = None
        if moment is None:
            day = self.table.whole.days.day_at(key)
            return minutes_of_days(day, day)[0], False, key
        return minute_of(moment), False, key

    def day_in_words(self, day: int) -> str:
        """A minute as it is shown here."""
        return minute_in_words(day)

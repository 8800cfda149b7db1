"""The rows of some days of a table counted by minutes, for pictures that go down to an hour."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from timeline_tui.dates.day_numbers import SECONDS
from timeline_tui.tables.errors import TableError
from timeline_tui.tables.moments import second_of
from timeline_tui.tables.view import TableView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline_tui.query.language import Query
    from timeline_tui.tables.table import Selection


@dataclass(frozen=True, eq=False)
class MinuteView(TableView):
    """What a view shows from one day to another, on an axis of seconds.

    Its counts are made by the engine when they are first asked for, and raise `TableError` if it fails.
    """

    first: int = 0
    """The first day number."""
    last: int = 0
    """The last day number."""

    @classmethod
    def of(cls, view: TableView, first: int, last: int) -> MinuteView:
        """The rows of a view from one day number to another."""
        held = {each.name: getattr(view, each.name) for each in fields(view) if each.init}
        return cls(**held, first=first, last=last)

    @property
    def selection(self) -> Selection:
        """The rows, counted by the seconds at which their minutes begin."""
        if self._known.selection is None:
            self._known.selection = self._select()
        return self._known.selection

    def _select(self, *more: Query) -> Selection:
        return self.table.by_minutes(self.asked(*more), self.first, self.last)

    @property
    def keys(self) -> Sequence[int]:
        """The keys of the rows in the order of time."""
        return self.keys_in(self.selection)

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last day number."""
        return self.first, self.last

    @property
    def per_day(self) -> int:
        """Seconds."""
        return SECONDS

    def moment_of(self, key: int) -> int:
        """When a row was; while it is not read, its day."""
        try:
            moment = self.table.roles.time.moment(self.table.raw(key).time)
        except TableError:
            moment = None
        if moment is None:
            return self.table.whole.days.day_at(key) * SECONDS
        return second_of(moment)

    def is_in_utc(self, first: int, last: int) -> bool:  # noqa: ARG002  the same on all days
        """Whether the column has moments with a zone."""
        return self.table.roles.time.kind in ("zoned", "seconds", "millis")

    def first_key_from(self, day: int) -> int:
        """The key of the first row of the day of a moment."""
        return super().first_key_from(day // SECONDS)

    def first_keys(self, moments: Iterable[int]) -> list[int]:
        """For each moment the first key on its day."""
        return [self.first_key_from(moment) for moment in moments]

    def empty_times(
        self,
        cells: int,  # noqa: ARG002  as in the protocol
        within: tuple[int, int] | None = None,  # noqa: ARG002  as in the protocol
    ) -> list[tuple[int, int]]:
        """None: no day among so few is folded."""
        return []

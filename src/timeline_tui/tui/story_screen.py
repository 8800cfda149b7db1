"""What the screen knows: what is shown, what is selected, what was found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.screen import Screen

from timeline_tui.query import Query
from timeline_tui.text import one_line
from timeline_tui.tui.card import quote_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.dates import Date
    from timeline_tui.view import View


class StoryScreen(Screen[None]):
    """One view, one selected event, one quote of it, one find; every change keeps them in step."""

    view: reactive[View | None] = reactive(None, repaint=False)
    """What every pane shows."""
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    quote_number: reactive[int] = reactive(0, repaint=False)
    """Which quote of the selected event is read, from 0."""
    window: reactive[tuple[int, int]] = reactive((-1, -1), repaint=False)
    """Positions of the first and last event in sight."""
    found: reactive[Sequence[int]] = reactive((), repaint=False)
    """Positions of the events found in the view, ascending."""
    sought: reactive[Query] = reactive(Query(), repaint=False)
    """What was searched for last."""
    two_lines: reactive[bool] = reactive(False, repaint=False)
    """Whether each event takes two lines."""

    def __init__(self, view: View, selected: int) -> None:
        super().__init__()
        self._wanted = self._given = selected
        self.set_reactive(StoryScreen.view, view)
        self.set_reactive(StoryScreen.selected, selected)

    def watch_selected(self, key: int) -> None:
        """Another event is read from its first quote, or the first one found."""
        self.quote_number = self._first_quote(key)

    def show(self, view: View, *, selected: int | None = None) -> None:
        """Show another view, the selected event staying selected or giving way to the nearest one.

        An event that gave way is selected again as soon as it is there, unless another was chosen.

        Args:
            view: What to show.
            selected: Key of the event to select, if not the one selected now.
        """
        if selected is not None:
            self._wanted = selected
        elif self.view is not None and self.view.count and self.selected != self._given:
            self._wanted = self.selected
        self.found = view.find(self.sought) if self.sought else ()
        self.view = view
        self._given = view.key_at(view.position_of(max(self._wanted, 0))) if view.count else self._wanted
        self.selected = self._given

    def go_to(self, date: Date) -> None:
        """Select the first event on or after the earliest day of `date`."""
        self.go_to_day(date.earliest)

    def action_next_match(self) -> None:
        """To the next event found, from the last one to the first."""
        self.to_match(1)

    def action_previous_match(self) -> None:
        """To the previous event found, from the first one to the last."""
        self.to_match(-1)

    def action_next_quote(self) -> None:
        """To the next quote of the event."""
        self._turn(1)

    def action_previous_quote(self) -> None:
        """To the previous quote of the event."""
        self._turn(-1)

    def action_density(self) -> None:
        """One or two lines a row."""
        self.two_lines = not self.two_lines

    def look_for(self, query: Query, found: Sequence[int], start: int) -> None:
        """Find `query` at the positions `found`, and select the first of them from the event `start` on."""
        view, target = self.view, start
        if view is None:
            return
        self.sought, self.found = query, found
        if found:
            place = bisect_left(found, view.position_of(max(target, 0)))
            target = view.key_at(found[place % len(found)])
        self.selected = target
        self.quote_number = self._first_quote(target)

    def _first_quote(self, key: int) -> int:
        """The quote of an event to begin with: the first one found, or the first."""
        beginnings = self.sought.beginnings
        if not beginnings or self.view is None or not 0 <= key < self.view.total:
            return 0
        return quote_with(self.view.event(key), beginnings)

    def to_match(self, direction: int) -> None:
        """Select the next event found (direction 1) or the one before (-1), round the ends."""
        view = self.view
        if view is None or not self.sought:
            return
        if not self.found:
            self.notify(one_line(f"Nothing in view matches {self.sought}"), markup=False)
            return
        here = view.position_of(max(self.selected, 0))
        place = bisect_right(self.found, here) if direction > 0 else bisect_left(self.found, here) - 1
        self.selected = view.key_at(self.found[place % len(self.found)])

    def _turn(self, direction: int) -> None:
        if self.view is None or self.selected < 0 or not self.view.count:
            return
        count = len(self.view.event(self.selected).quotes)
        if count:
            self.quote_number = (self.quote_number + direction) % count

    def go_to_day(self, day: int) -> None:
        """Select the first event on or after a day."""
        if self.view is not None and self.view.count:
            self.selected = self.view.key_at(self.view.position_at(day))

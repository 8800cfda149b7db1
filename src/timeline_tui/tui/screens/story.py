"""What the screen knows: what is shown, what is selected, what was found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from timeline_tui.pages.event_card import quote_with
from timeline_tui.query.language import Query
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.actor_counts import ActorCount, uncounted
from timeline_tui.timeline.background import AT_ONCE, ViewRequest, ViewResult, ViewWorker, steps
from timeline_tui.tui.steady import Steady

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.view import View

_UNNOTICED = 0.2
"""Seconds that a search may take before the header says that there is one."""


class _Aim(NamedTuple):
    """Which event is to be selected once what is wished for is there."""

    before: int
    """Key of the event selected when it was wished for: if it is another one then, it stays."""
    selected: int | None = None
    """Key of an event of the view wished for; None for the one selected before, or the nearest."""
    day: int | None = None
    """Or the first event from a day on."""
    start: int | None = None
    """Or the first event found from the one with this key on."""


def same_event(old: View, key: int, new: View) -> int | None:
    """The key that an event of one view has in another of the same file; None if it has none."""
    return new.key_of(old.event(key).id) if 0 <= key < old.total else None


class StoryScreen(Steady, Screen[None]):
    """One view, one selected event, one quote of it, one find; every change keeps them in step.

    What takes long is worked out beside the screen: it is wished for with `show()` or `look_for()`, and
    until it is there, what was shown before is, and hears keys.
    """

    view: reactive[View | None] = reactive(None, repaint=False)
    """What every pane shows."""
    counts: reactive[tuple[ActorCount, ...]] = reactive((), repaint=False)
    """Everybody, with what choosing them would show."""
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
    searching: reactive[bool] = reactive(False, repaint=False)
    """Whether something is being worked out, for so long that it should be said."""
    two_lines: reactive[bool] = reactive(False, repaint=False)
    """Whether each event takes two lines."""

    @dataclass
    class Found(Message):
        """What was wished for is there."""

        findings: ViewResult

    def __init__(self, view: View, selected: int) -> None:
        super().__init__()
        self._wanted = self._given = selected
        self._begun: int | None = selected
        self._research = ViewWorker(lambda findings: self.post_message(self.Found(findings)))
        self._wish: ViewRequest | None = None
        self._aim = _Aim(selected)
        self._placed: ViewRequest | None = None
        self._slow: Timer | None = None
        self.set_reactive(StoryScreen.view, view)
        self.set_reactive(StoryScreen.selected, selected)
        self.set_reactive(StoryScreen.counts, view.actors())

    @property
    def coming(self) -> tuple[View | None, Query]:
        """What will be shown and found when all that was wished for is there."""
        return (self._wish.view, self._wish.search) if self._wish else (self.view, self.sought)

    @property
    def untouched(self) -> bool:
        """Whether the event is selected that was to begin with."""
        return self.selected == self._begun

    def on_unmount(self) -> None:
        """Nothing is looked for any more."""
        self._research.close()

    def watch_selected(self, key: int) -> None:
        """Another event is read from its first quote, or the first one found."""
        self.quote_number = self._first_quote(key)

    def show(
        self,
        view: View,
        *,
        selected: int | None = None,
        day: int | None = None,
        other: Query | None = None,
    ) -> None:
        """Show another view, the selected event staying selected or giving way to the nearest one.

        An event that gave way is selected again as soon as it is there, unless another was chosen.

        Args:
            view: What to show.
            selected: Key of the event to select, if not the one selected now.
            day: Or a day number, the first event from which on is selected.
            other: Another query that may have been meant, to be counted too.
        """
        self._wish_for(ViewRequest(view, self.coming[1], other), _Aim(self.selected, selected, day))

    def look_for(self, query: Query, start: int, other: Query | None = None) -> None:
        """Find `query`, and select the first event found from the one with the key `start` on.

        `other`, which may have been meant instead, is counted too.
        """
        view, _ = self.coming
        if view is not None:
            self._wish_for(ViewRequest(view, query, other), _Aim(self.selected, start=start))

    def forget(self) -> None:
        """Look for nothing any more, in what is shown or will be."""
        view, _ = self.coming
        if view is not None and self._wish is not None:
            self._wish_for(ViewRequest(view, Query()), self._aim)
        elif view is not None:
            self.put(view, Query(), (), self.selected)

    def put(self, view: View, sought: Query, found: Sequence[int] | None, selected: int) -> bool:
        """Show what was shown before, whatever was wished for since.

        Args:
            view: What to show.
            sought: What was searched for in it.
            found: What was found of it; None if that is not known.
            selected: Key of the event to select.

        Returns:
            Whether it is shown now, because all of it was known.
        """
        wish, aim = ViewRequest(view, sought), _Aim(self.selected, selected)
        if found is None or not (view.is_ready and view.is_counted):
            self._wish_for(wish, aim)
            return False
        self._research.give_up()
        self._wish, self._aim = wish, aim
        self._present(ViewResult(wish, view, found, 0, counted=True))
        return True

    def is_shown(self, findings: ViewResult) -> None:
        """Called whenever findings are shown, once or twice for each wish."""

    def _wish_for(self, wish: ViewRequest, aim: _Aim) -> None:
        self._wish, self._aim = wish, aim
        view = wish.view
        is_known = view.is_ready and view.is_counted and not wish.search and wish.other is None
        if view.total <= AT_ONCE or is_known:
            self._research.give_up()
            for findings in steps(wish, view):
                if findings is not None and findings.counted:
                    self._present(findings)
            return
        if self._slow is None:
            self._slow = self.set_timer(_UNNOTICED, self._say_so)
        self._research.request(wish)

    def _say_so(self) -> None:
        self._slow = None
        self.searching = self._wish is not None

    @on(Found)
    def take_findings(self, event: Found) -> None:
        """Show what was found, if it is still wished for."""
        if event.findings.request is self._wish:
            self._present(event.findings)

    def _present(self, findings: ViewResult) -> None:
        wish, view = findings.request, findings.view
        if self._placed is not wish:
            self._placed = wish
            self._place(view, findings.found, wish.search)
        self.counts = view.actors() if findings.counted else uncounted(self.counts, view.query)
        if findings.counted:
            self._wish, self.searching = None, False
            if self._slow is not None:
                self._slow.stop()
                self._slow = None
        self.is_shown(findings)

    def _place(self, view: View, found: Sequence[int], sought: Query) -> None:
        """Show a view, with the event selected that is aimed at."""
        old, aim, quote_number = self.view or view, self._aim, self.quote_number
        moved = self.selected != aim.before
        same = self.selected if view.is_of_same_timeline(old) else same_event(old, self.selected, view)
        selected = None if moved else aim.selected
        if aim.day is not None and not moved and view.count:
            selected = self._begun = view.key_at(view.position_at(aim.day))
        elif not view.is_of_same_timeline(old):
            if moved or aim.day is None:
                self._begun = None
            selected = same if selected is None else selected
        if selected is not None:
            self._wanted = selected
        elif old.count and self.selected != self._given:
            self._wanted = self.selected
        self.sought, self.found, self.view = sought, found, view
        self._given = view.key_at(view.position_of(max(self._wanted, 0))) if view.count else self._wanted
        self.selected = self._given
        if not view.is_of_same_timeline(old):
            # The same key may be another event now.
            self.quote_number = quote_number if self.selected == same else self._first_quote(self.selected)
        if aim.start is not None and not moved:
            self._select_found(view, aim.start)

    def _select_found(self, view: View, start: int) -> None:
        """Select the first event found from the one with the key `start` on, or that one."""
        target = start
        if self.found:
            place = bisect_left(self.found, view.position_of(max(start, 0)))
            target = view.key_at(self.found[place % len(self.found)])
        self.selected = target
        self.quote_number = self._first_quote(target)

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

    def _first_quote(self, key: int) -> int:
        """The quote of an event to begin with: the first one found, or the first."""
        beginnings = self.sought.beginnings
        if not beginnings or self.view is None or not 0 <= key < self.view.total:
            return 0
        return quote_with(self.view.event(key), beginnings)

    def to_match(self, direction: int) -> None:
        """Select the next event found (direction 1) or the one before (-1), round the ends."""
        view = self.view
        if view is None or not self.sought or self._placed is not (self._wish or self._placed):
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

    def go_to_line(self, line: int) -> bool:
        """Select the event that a line of the file is in, without the filter if need be; whether one is."""
        view, _ = self.coming
        if view is None or not view.total or not line:
            return False
        key = view.key_at_line(line)
        if view.event(key).line > line:
            return False
        if view is self.view and view.count and view.key_at(view.position_of(key)) == key:
            self.selected = key
        else:
            self.show(view.with_query(Query()), selected=key)
        return True

    def go_to_day(self, day: int) -> None:
        """Select the first event on or after a day."""
        if self.view is not None and self.view.count:
            self.selected = self.view.key_at(self.view.position_at(day))

"""The screen's two clocks: what was known on a day, and days counted from an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from timeline_tui.tui.screens.story import StoryScreen
from timeline_tui.tui.widgets.clock_line import ClockLine

if TYPE_CHECKING:
    from timeline_tui.timeline.background import ViewResult
    from timeline_tui.timeline.view import View


class ClockedScreen(StoryScreen):
    """Sets the day that the story is shown as known on, and says what each step changes."""

    learnt: reactive[str] = reactive("", repaint=False)
    """What changed with the last step of the clock."""

    def action_earlier(self) -> None:
        """To the previous day on which something became known."""
        self._step(-1)

    def action_later(self) -> None:
        """To the next day on which something became known; after the last, to all that is known."""
        self._step(1)

    def _step(self, direction: int) -> None:
        from timeline_tui.answers.newly_known import next_day  # noqa: PLC0415  not before it is asked for

        view, _ = self.coming
        if view is None or (direction > 0 and view.known_on is None):
            self.notify("All that is known is shown; < goes back.", markup=False)
            return
        day = next_day(view, direction)
        if day is None and direction < 0:
            self.notify("Nothing became known before that day.", markup=False)
            return
        self.set_clock(day)

    def set_clock(self, day: int | None) -> None:
        """Show the story as known on a day, the selected event staying where it can; None for all of it."""
        view, _ = self.coming
        if view is not None and view.known_on != day:
            self.show(view.known_by(day))

    def action_days_from(self) -> None:
        """Count days from the selected event, or no longer."""
        view, _ = self.coming
        if view is None or not view.count or self.selected < 0:
            return
        day = self.selected_day if view.origin is None else None
        self.show(view.counted_from(day))

    @property
    def selected_day(self) -> int:
        """The first day of the selected event, within the span of the view."""
        view = self.view
        return view.day_of(view.position_of(self.selected)) if view is not None else 0

    def watch_view(self, before: View | None, view: View | None) -> None:
        """Say what another day has changed, on a line that is there as long as the clock is set."""
        if view is None:
            return
        self.set_class(view.known_on is not None, "-clock")
        if view.known_on is None or before is None or not before.is_of_same_timeline(view):
            self.learnt = ""
        elif before.known_on != view.known_on:
            from timeline_tui.answers.newly_known import step_in_words  # noqa: PLC0415  not before it is asked for

            # Under another filter than before, the difference would be that of the filters.
            self.learnt = step_in_words(before.with_query(view.query), view)

    def is_shown(self, findings: ViewResult) -> None:
        """The clock's line comes when it is first needed."""
        super().is_shown(findings)
        if findings.view.known_on is not None:
            self.call_next(self._mount_line)

    def _mount_line(self) -> None:
        if not self.query(ClockLine):
            line = ClockLine().data_bind(ClockedScreen.view, ClockedScreen.learnt)
            self.mount(line, before="#panes")

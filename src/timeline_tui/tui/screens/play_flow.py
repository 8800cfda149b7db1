"""Plays the known-on clock: what was known appears day by day, until a key stops it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from timeline_tui.tui.widgets.picture import PicturePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from timeline_tui.pictures.film import Film
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.screens.protocol import TimelineScreen


class PlayFlow:
    """A film on the main screen.

    A frame shows the day that it is time for: what takes longer is passed over, and nothing comes late.

    Args:
        screen: The main screen.
    """

    def __init__(self, screen: TimelineScreen) -> None:
        self._screen = screen
        self.clock: Callable[[], float] = time.monotonic
        """Gives seconds."""
        self._film: Film | None = None
        self._begun = 0.0
        self._timer: Timer | None = None

    @property
    def is_playing(self) -> bool:
        """Whether a film is played."""
        return self._film is not None

    def play(self, how: str = "") -> None:
        """Begin, or go on from the day that is shown.

        Args:
            how: One of `PACES` or `STEPS`, or nothing.
        """
        from timeline_tui.answers.newly_known import days_of_news  # noqa: PLC0415  not before the first frame
        from timeline_tui.pictures.film import FRAME, film_of  # noqa: PLC0415  not before the first frame

        screen, view = self._screen, self._screen.state.next_view
        self.stop()
        days = days_of_news(view)
        if not days:
            screen.notify("There is no day on which something of this became known.", markup=False)
            return
        self._film = film_of(days, view.known_on, how)
        self._set_stage(view.known_by(None))
        self._begun = self.clock()
        self._timer = screen.set_interval(FRAME, self.tick)
        self.tick(leaves=True)

    def stop(self) -> None:
        """Stop, and leave the clock where it is."""
        if self._timer is not None:
            self._timer.stop()
        if self._film is not None:
            self._set_stage(None)
        self._film = self._timer = None

    def _set_stage(self, stage: View | None) -> None:
        """Have pictures keep to the axes of all that becomes known in the film, or to their own again."""
        for pane in self._screen.query(PicturePane):
            pane.stage = stage

    def tick(self, *, leaves: bool = False) -> None:
        """Show the day that it is time for, unless another one is still being worked out or counted."""
        film, state = self._film, self._screen.state
        if film is None or state.rows_are_pending or not self._screen.is_drawn:
            return
        day = film.day_at(self.clock() - self._begun)
        if day is None:
            # On the last day, all is known that ever becomes known.
            self.stop()
        if day != state.next_view.known_on:
            self._screen.change(state.request_view(state.next_view.known_by(day)), leaves=leaves)

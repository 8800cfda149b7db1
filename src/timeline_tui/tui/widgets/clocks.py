"""The pane of two clocks: when it happened, across, and when it became known, up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from timeline_tui.pictures.clocks import BY, Clocks, ClocksShown, clocks_picture
from timeline_tui.tui.widgets.axis_pane import AxisPane, AxisPlace

if TYPE_CHECKING:
    from timeline_tui.pictures.clocks import Scene
    from timeline_tui.pictures.picture import Picture, Window
    from timeline_tui.timeline.protocol import TimelineView as View

_FAR = 10**9
"""More steps than there are events."""


class ClocksPane(AxisPane):
    """Paints two clocks, and passes keys and the mouse to what is shown of them."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ClocksShown()
        self._clocks: Clocks | None = None
        self._stage: Clocks | None = None
        """The clocks of all that becomes known in a film."""
        self._column: int | None = None
        """The column that one keeps to on the way up and down."""

    def clocks(self, view: View) -> Clocks:
        """The two clocks of a view."""
        if self.stage is None:
            self._stage = None
        elif self._stage is None:
            self._stage = Clocks(self.stage)
        clocks = self._clocks
        if clocks is None or clocks.view is not view or clocks.stage is not self._stage:
            clocks = self._clocks = Clocks(view, self._stage)
        return clocks

    def prepared(self, view: View, width: int, height: int) -> tuple[object, ...]:  # noqa: ARG002  once for all sizes
        """What has to be counted before it can be drawn."""
        return view, self.shown.what, self.stage

    def prepare(self, view: View, width: int, height: int) -> None:
        """Count it, in another thread."""
        self.clocks(view).scene(self.shown, width, height)

    def draw(self, view: View, width: int, height: int) -> Picture:
        """The picture of a view, in a size."""
        clocks = self.clocks(view)
        first, last = clocks.window(self.shown)
        start = 0 if first <= clocks.whole(self.shown).first else view.first_at(first)
        stop = view.first_at(last + 1)
        self.visible_range = (start, stop - 1) if start < stop else (-1, -1)
        return clocks_picture(clocks, self.shown, self.selected, width, height)

    @property
    def scene(self) -> Scene | None:
        """What is drawn; None without events, or as long as they are being counted."""
        width, height = self.content_size
        if self.view is None or not self.view.count or not width or not height or not self.is_prepared:
            return None
        clocks = self.clocks(self.view)
        return clocks.scene(self.shown, width, height) if clocks.points(self.shown.what).count else None

    @property
    def axis_place(self) -> AxisPlace | None:
        """Where the axis is; None without events."""
        scene = self.scene
        if scene is None or self.view is None:
            return None
        whole = self.clocks(self.view).whole(self.shown)
        return AxisPlace(scene.axis, scene.chart, scene.axis_line, whole)

    def selected_moment(self) -> int:
        """The day on which the selected event happened."""
        scene = self.scene
        if scene is None:
            return 0
        point = scene.points.of(self.selected)
        return scene.axis.first if point is None else point[0]

    @property
    def what(self) -> str:
        """What becomes known that is shown."""
        return self.shown.by

    @property
    def days(self) -> Window | None:
        """The first and the last day in sight; None if all days are."""
        return self.shown.window

    def show_by(self, what: str) -> None:
        """Show something else that becomes known, one of `BY`."""
        self._show(replace(self.shown, by=BY[BY.index(what)] if what in BY else self.shown.by))

    def show_days(self, window: Window | None) -> None:
        """Show some days; None for all."""
        self._show(replace(self.shown, window=window))

    def _show(self, shown: ClocksShown) -> None:
        self.shown = shown
        self._column = None
        self.redraw()

    def watch_selected(self) -> None:
        """Have the selected event in sight."""
        self._follow()
        if not self._is_rising:
            self._column = None
        self._is_rising = False
        self.redraw()

    _is_rising = False
    """Whether the event was selected on the way up or down."""

    def watch_view(self) -> None:
        """The same days of another view, as far as it has them."""
        self._column = None
        self.redraw()

    def _follow(self) -> None:
        scene, place, window = self.scene, self.axis_place, self.shown.window
        if scene is not None and place is not None and window is not None:
            point = scene.points.of(self.selected)
            if point is not None:
                self.shown = replace(self.shown, window=window.containing(point[0], place.whole))

    def action_later_event(self) -> None:
        """To the event that happened next."""
        self._along(1)

    def action_earlier_event(self) -> None:
        """To the event that happened before."""
        self._along(-1)

    def action_first(self) -> None:
        """To the event that happened first."""
        self._along(-_FAR)

    def action_last(self) -> None:
        """To the event that happened last."""
        self._along(_FAR)

    def _along(self, steps: int) -> None:
        if (scene := self.scene) is not None:
            self.select_found(partial(scene.points.beside, self.selected, steps))

    def action_cursor_up(self) -> None:
        """To what became known later, in the next row that is not empty."""
        self._rise(1)

    def action_cursor_down(self) -> None:
        """To what became known earlier."""
        self._rise(-1)

    def action_page_up(self) -> None:
        """Up by half of the rows."""
        self._rise(max(1, self.content_size.height // 2))

    def action_page_down(self) -> None:
        """Down by half of the rows."""
        self._rise(-max(1, self.content_size.height // 2))

    def _rise(self, rows: int) -> None:
        scene = self.scene
        if scene is None:
            return
        if self._column is None:
            self._column = max(scene.place_of(self.selected)[1], 0)
        key = scene.above(self.selected, self._column, rows)
        if key >= 0 and key != self.selected:
            self._is_rising = True
            self.select(key)

    def action_fit(self) -> None:
        """All days."""
        self.show_days(None)

    def action_fold(self) -> None:
        """Fold long times without anything, or draw them to scale again."""
        self._show(replace(self.shown, folded=not self.shown.folded))

    def action_by_next(self) -> None:
        """The next thing that becomes known: events, claims, quotes, changes, delays."""
        self._show(self.shown.by_next())

    def clicked(self, x: int, y: int) -> None:
        """Select the first event of a cell, or the next one of the selected cell."""
        scene = self.scene
        if scene is None:
            return
        row, column = len(scene.bands) - 1 - y, x - scene.chart
        key = scene.key_in(row, column)
        if key >= 0 and scene.place_of(self.selected) == (row, column):
            key = scene.points.beside(self.selected, 1)
        if key >= 0:
            self.select(key)

    def scrolled(self, direction: int) -> None:
        """Up or down, as the arrows."""
        self._rise(-direction)

"""The pane of the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline_tui.pictures.map_counted import places_of
from timeline_tui.pictures.map_picture import map_picture
from timeline_tui.pictures.map_places import MapPlaces
from timeline_tui.pictures.map_shown import (
    MapShown,
    following,
    layout,
    next_actor,
    next_place,
    panned,
    window_of,
    zoomed,
)
from timeline_tui.tui.widgets.picture import PicturePane

if TYPE_CHECKING:
    from textual import events

    from timeline_tui.pictures.map_shown import Direction, MapLayout
    from timeline_tui.pictures.picture import Picture
    from timeline_tui.timeline.protocol import TimelineView

_HALF = 0.5
"""How much of the map a key moves it by."""


class MapPane(PicturePane):
    """Paints a map, and passes keys and the mouse to what is shown of it."""

    is_played = True

    def __init__(self) -> None:
        super().__init__()
        self.shown = MapShown()
        self._places: MapPlaces | None = None
        self._dragged: tuple[int, int] | None = None
        """The cell and the line where the mouse was pressed, or came to."""
        self._was_dragged = False
        self._day = 0
        """The day that one keeps to on the way from place to place."""
        self._is_crossing = False
        """Whether the event was selected on the way from place to place."""
        self._seen: tuple[object, ...] = ()
        """What was followed last: a view, the selected event, and the size."""

    def prepared(self, view: TimelineView, width: int, height: int) -> tuple[object, ...]:
        """What is counted; of a table only what is in sight."""
        return (view,) if view.holds_statements else (view, self.shown.window, layout(width, height).size)

    def prepare(self, view: TimelineView, width: int, height: int) -> None:
        """Count the events of the places."""
        if view.holds_statements:
            places = self.places(view)
        else:
            places = places_of(view, self.shown.window, layout(width, height).size)
        _ = places.on_map, places.unplaced, places.frame
        self._places = places

    def waiting(self) -> None:
        """What is known already is shown where the map has moved to."""
        if self.view is not None and self._is_of(self.view) and self.view.count:
            self.picture = self.draw(self.view, *self.content_size)

    def places(self, view: TimelineView) -> MapPlaces:
        """The places of a view."""
        places = self._places
        if places is None or places.view is not view:
            places = self._places = MapPlaces(view)
        return places

    @property
    def laid_out(self) -> MapLayout:
        """Where everything is."""
        return layout(*self.content_size)

    @property
    def number(self) -> int:
        """The number of the selected place; -1 for none."""
        if self.view is None or self.selected < 0:
            return -1
        return self.places(self.view).number_of(self.shown.place, self.selected)

    def draw(self, view: TimelineView, width: int, height: int) -> Picture:
        """The picture of a view, in a size."""
        places = self.places(view)
        seen = view, self.selected, width, height
        if seen != self._seen:
            if not self._is_crossing and self.selected >= 0:
                self._day = places.day_of(self.selected)
            self._is_crossing = False
            self.shown = following(places, self.shown, self.selected, layout(width, height).size)
            self._seen = seen
        return map_picture(places, self.shown, self.selected, width, height)

    def show_by(self, what: str) -> None:
        """Draw the moves of an actor, by id."""
        self._show(replace(self.shown, actor=what))

    @property
    def _is_there(self) -> bool:
        """Whether there is something to be shown, and it is counted."""
        view = self.view
        is_counted = view is not None and (self.is_prepared or self._is_of(view))
        return view is not None and view.count > 0 and is_counted and self.content_size.height > 0

    def _is_of(self, view: TimelineView) -> bool:
        return self._places is not None and self._places.view is view

    def _show(self, shown: MapShown) -> None:
        self.shown = shown
        self.redraw()

    def action_later_event(self) -> None:
        """To the nearest place in the east."""
        self._go("right")

    def action_earlier_event(self) -> None:
        """To the nearest place in the west."""
        self._go("left")

    def action_cursor_down(self) -> None:
        """To the nearest place in the south."""
        self._go("down")

    def action_cursor_up(self) -> None:
        """To the nearest place in the north."""
        self._go("up")

    def _go(self, direction: Direction) -> None:
        if self._is_there and self.view is not None:
            self._to_place(next_place(self.places(self.view), self.number, direction))

    def _to_place(self, number: int) -> None:
        """Select a place, and of its events the one nearest in time."""
        view = self.view
        if view is None or number < 0:
            return
        places = self.places(view)
        self.shown = replace(self.shown, place=places.spots[number].id)
        key = places.nearest(number, self.selected, self._day)
        if key == self.selected:
            self._seen = ()
            self.redraw()
        else:
            self._is_crossing = True
            self.select(key)

    def action_first(self) -> None:
        """To the first event of the place."""
        self._along(-(10**9))

    def action_last(self) -> None:
        """To the last event of the place."""
        self._along(10**9)

    def _along(self, steps: int) -> None:
        if self._is_there and self.view is not None and self.number >= 0:
            self.select(self.places(self.view).along(self.number, self.selected, steps))

    def action_zoom_in(self) -> None:
        """Half as much of the world, about the selected place."""
        self._zoom(1)

    def action_zoom_out(self) -> None:
        """Twice as much of the world, about the selected place."""
        self._zoom(-1)

    def _zoom(self, direction: int) -> None:
        if self._is_there and self.view is not None:
            places, size = self.places(self.view), self.laid_out.size
            self._show(zoomed(places, self.shown, direction, size, self.number))

    def action_later_days(self) -> None:
        """Half a map to the east."""
        self._pan(_HALF, 0)

    def action_earlier_days(self) -> None:
        """Half a map to the west."""
        self._pan(-_HALF, 0)

    def action_page_down(self) -> None:
        """Half a map to the south."""
        self._pan(0, -_HALF)

    def action_page_up(self) -> None:
        """Half a map to the north."""
        self._pan(0, _HALF)

    def _pan(self, right: float, up: float) -> None:
        if self._is_there and self.view is not None:
            self._show(panned(self.places(self.view), self.shown, right, up, self.laid_out.size))

    def action_fit(self) -> None:
        """All places."""
        self._show(replace(self.shown, window=None))

    def action_by_next(self) -> None:
        """The moves of the next actor of the selected event."""
        if self.view is not None and not self.view.holds_statements:
            self.notify("Moves of actors are not drawn of a table.")
        elif self._is_there and self.view is not None:
            self._show(next_actor(self.places(self.view), self.shown, self.selected))

    def action_read(self) -> None:
        """List the events of the selected place."""
        if self._is_there and self.view is not None and self.number >= 0:
            places = self.places(self.view)
            target = places.target(places.spots[self.number].id)
            self.post_message(self.Chosen(self.view, target))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag the map."""
        offset = event.get_content_offset(self)
        if offset is not None and self._is_there:
            self.capture_mouse()
            self._dragged, self._was_dragged = (offset.x, offset.y), False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the map."""
        if self._dragged is None or self.view is None:
            return
        x, y = event.x - self.gutter.left, event.y - self.gutter.top
        if (x, y) != self._dragged:
            size = self.laid_out.size
            right, up = (self._dragged[0] - x) / size.width, (y - self._dragged[1]) / size.height
            self._dragged, self._was_dragged = (x, y), True
            self._pan(right, up)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Stop dragging, or go to what was clicked; the selected place leads to its events."""
        self.release_mouse()
        dragged, self._dragged = self._dragged, None
        if dragged is None or self._was_dragged or self.view is None or not self._is_there:
            return
        event.stop()
        target = self.target_at(dragged[1], dragged[0])
        if target is None:
            return
        places = self.places(self.view)
        number = next((at for at, spot in enumerate(places.spots) if places.target(spot.id) == target), -1)
        if number < 0 or number == self.number:
            self.post_message(self.Chosen(self.view, target))
        else:
            self._to_place(number)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Zoom out about the place of the mouse."""
        self._wheel(event, -1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Zoom in about the place of the mouse."""
        self._wheel(event, 1)

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        offset = event.get_content_offset(self)
        if offset is None or self.view is None or not self._is_there:
            return
        event.stop()
        size = self.laid_out.size
        window = window_of(self.places(self.view), self.shown, size)
        if offset.x < size.width and offset.y < size.height:
            about = window.place(offset.y, offset.x, size)
            self._show(replace(self.shown, window=window.zoomed(direction, about, size)))

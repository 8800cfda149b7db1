"""A base for screens that stays correct when keys, resizes and closing arrive at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual._context import active_message_pump
from textual.app import ScreenError
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.errors import NoWidget
from textual.message_pump import MessagePumpClosed
from textual.widget import MountError, Widget
from textual.worker import WorkerFailed, active_worker

from timeline_tui.tui.compositor import PartialCompositor

if TYPE_CHECKING:
    from textual import messages
    from textual.app import App
    from textual.geometry import Size
    from textual.message import Message
    from textual.screen import Screen
    from textual.timer import Timer

    _Base = Screen[Any]
else:
    _Base = object

_WIDGET_IS_GONE = (MessagePumpClosed, MountError, NoMatches, NoScreen, NoWidget, ScreenError)
"""What Textual raises when it looks for a widget that has been removed."""


_PAINT_PERIOD = 1 / 250
"""Seconds between two paints of a screen at least."""
_MOST_LAYOUTS = 3
"""Layouts before the first frame: of the widgets, with their scrollbars, and of the scrollbars."""


def is_late_error(app: App[Any], error: BaseException) -> bool:
    """Whether an exception was raised only because its screen or the app is being closed.

    While Textual removes the widgets of a screen, it still handles earlier messages, such as keys typed
    together with the one that closes the screen.
    """
    where: object = active_message_pump.get(app)
    if isinstance(error, WorkerFailed):
        where, error = active_worker.get().node, error.error
    closing = app._exit or getattr(where, "_pruning", False)  # noqa: SLF001  Textual has no public way to ask
    return closing and isinstance(error, _WIDGET_IS_GONE)


async def until_mounted(screen: Screen[Any]) -> None:
    """Wait until a screen has its widgets; before that, keys find nothing to act on."""
    await screen._mounted_event.wait()  # noqa: SLF001  Textual has no public way to wait


def is_laid_out(screen: Screen[Any]) -> bool:
    """Whether all widgets of a screen have their places and sizes; a page has no lines before that."""
    return not screen._layout_required  # noqa: SLF001  Textual has no public way to ask


class RobustScreen(_Base):
    """Mixed into a screen: it closes only once, ignores sizes that are out of date, and paints soon."""

    _own_timer: Timer | None = None
    _was_laid_out = False
    _was_painted = False
    _is_held_back = False
    """Whether nothing is painted yet, as the first layout is not finished."""
    _has_old_requests = True
    """Whether requests that widgets made before the first frame may still be waiting to be read."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  as each screen has them
        super().__init__(*arguments, **named)
        self._compositor = PartialCompositor()

    @property
    def _update_timer(self) -> Timer:
        # Textual's own ticks 60 times a second: what changes after the row of a key would wait for a tick.
        if self._own_timer is None:
            self._own_timer = self.set_interval(
                _PAINT_PERIOD, self._on_timer_update, name="screen_update", pause=True
            )
        return self._own_timer

    def paint_at_once(self, widget: Widget) -> None:
        """Paint what has changed in a widget now, where nothing else is waiting to be painted.

        Textual paints when the widget, and then the screen, have nothing else left to do.
        """
        waiting = self._layout_required or self._scroll_required or self._repaint_required
        if waiting or self._dirty_widgets or self.app._batch_count or not self.is_current:  # noqa: SLF001  as below
            return
        self._compositor.update_widgets({widget})
        self._compositor_refresh()
        # What was painted is not painted again.
        widget._repaint_required = False  # noqa: SLF001  Textual has no public way to paint at once

    def file_changed(self) -> None:
        """The file that is shown was read again; a form that stands over it may say so."""

    def dismiss(self, result: Any = None) -> AwaitComplete:  # noqa: ANN401  as each screen has it
        """Close with a result, unless it is closed already: fast keys may ask for it twice."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _forward_event(self, event: events.Event) -> None:
        # A notice that was just removed may still be painted when it is clicked.
        if isinstance(event, events.MouseEvent) and not self._is_on_widget(event):
            return
        super()._forward_event(event)

    def _is_on_widget(self, event: events.MouseEvent) -> bool:
        """Whether the widget painted under the mouse has not been removed meanwhile."""
        try:
            widget, _ = self.get_widget_at(event.x, event.y)
        except NoWidget:
            return True
        return widget.is_attached

    def _screen_resized(self, size: Size) -> None:
        # Each layout posts the size of the screen, and Textual lays it out again and paints it for that.
        if size != self._size:
            super()._screen_resized(size)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002  Textual's own
        if self._was_laid_out or not self.is_current:
            super()._refresh_layout(size, scroll)
            return
        # Textual adds scrollbars to a layout only with the next one, and would paint both.
        self._is_held_back = True
        try:
            for _ in range(_MOST_LAYOUTS):
                super()._refresh_layout(size, scroll)
                if not self._take_requested_layouts():
                    break
        finally:
            self._is_held_back = False
        self._was_laid_out = bool(self._size)
        self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        if self._is_held_back:
            return
        is_first = self._was_laid_out and not self._was_painted
        super()._compositor_refresh()
        if is_first:
            self._was_painted = True
            # What was painted is not painted again.
            for widget in self._compositor.widgets:
                widget._repaint_required = False  # noqa: SLF001  as in `paint_at_once`
            # Messages are read in their order: all requests before this one are of before the frame.
            self.call_later(self._read_old_requests)

    def _read_old_requests(self) -> None:
        self._has_old_requests = False

    async def _on_update(self, message: messages.Update) -> None:
        self._drop_if_old(message)

    async def _on_layout(self, message: messages.Layout) -> None:
        self._drop_if_old(message)

    def _drop_if_old(self, request: Message) -> None:
        if self._was_painted and self._has_old_requests:
            request.stop()
            request.prevent_default()

    def _take_requested_layouts(self) -> bool:
        """Forget the layouts that widgets have asked for; whether there were any, so that one must follow."""
        asking = [widget for widget in self._compositor.widgets if widget._layout_required]  # noqa: SLF001  as below
        for widget in asking:
            widget._layout_required = False  # noqa: SLF001  Textual has no public way to lay out at once
            for ancestor in widget.ancestors:
                if isinstance(ancestor, Widget):
                    ancestor._clear_arrangement_cache()  # noqa: SLF001  as Textual does
                    ancestor._layout_updates += 1  # noqa: SLF001  as Textual does
        return bool(asking)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        event.prevent_default()
        before = self._was_painted
        super()._on_screen_resume(event)
        if self._was_painted and not before:
            # Textual asks for another frame of all.
            self._repaint_required = False

    async def _on_resize(self, event: events.Resize) -> None:
        # Each layout posts the size of the screen: two sizes in turn would cause each other for ever.
        if event.size != self.app.size:
            event.prevent_default()
            event.stop()

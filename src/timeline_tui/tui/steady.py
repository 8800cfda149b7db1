"""What keeps a screen whole while keys, sizes and closing cross each other."""

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
from textual.widget import MountError
from textual.worker import WorkerFailed, active_worker

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object

_GONE = (MessagePumpClosed, MountError, NoMatches, NoScreen, NoWidget, ScreenError)
"""What Textual raises where something is looked for that has been taken from the screen."""


def comes_too_late(app: App[Any], error: BaseException) -> bool:
    """Whether an exception tells no more than that the screen or the app around it is being closed.

    Textual goes on with what a screen was told before, such as keys typed in the same burst as the one that
    closes it, while its widgets are being taken away.
    """
    where: object = active_message_pump.get(app)
    if isinstance(error, WorkerFailed):
        where, error = active_worker.get().node, error.error
    closing = app._exit or getattr(where, "_pruning", False)  # noqa: SLF001  Textual says so in no other way
    return closing and isinstance(error, _GONE)


async def is_there(screen: Screen[Any]) -> None:
    """Wait until a screen has its widgets, without which no key finds what it acts on."""
    await screen._mounted_event.wait()  # noqa: SLF001  Textual offers no other


class Steady(_Base):
    """Mixed into a screen: closes once, and never goes back to a size that the terminal had before."""

    def dismiss(self, result: Any = None) -> AwaitComplete:  # noqa: ANN401  as each screen has it
        """Close with a result, unless it is closed already, as more than one fast key may ask for it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _forward_event(self, event: events.Event) -> None:
        # A notice that has run out is still painted when its place is clicked.
        if isinstance(event, events.MouseEvent) and not self._points_at_something(event):
            return
        super()._forward_event(event)

    def _points_at_something(self, event: events.MouseEvent) -> bool:
        """Whether what is painted where the mouse is has not been taken away meanwhile."""
        try:
            widget, _ = self.get_widget_at(event.x, event.y)
        except NoWidget:
            return True
        return widget.is_attached

    async def _on_resize(self, event: events.Resize) -> None:
        # Each layout tells the screen its size: two sizes told in turn would call for each other for ever.
        if event.size != self.app.size:
            event.prevent_default()
            event.stop()

"""Pictures of the main screen, which stand where the list of events stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.pictures.picture import why_not_drawn
from timeline_tui.tui.widgets.picture import PicturePane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.saved_views import ShownAs
    from timeline_tui.tui.screens.protocol import TimelineScreen
    from timeline_tui.tui.widgets.timeline import TimelinePane


class PictureFlow:
    """Shows pictures in place of the list of events, and the list in place of a picture.

    Args:
        screen: The main screen.
        mount: Makes and mounts the pane of a picture, by its name, when it is first shown.
    """

    def __init__(self, screen: TimelineScreen, mount: Callable[[str], Awaitable[PicturePane]]) -> None:
        self._screen, self._mount = screen, mount
        self._panes: dict[str, PicturePane] = {}

    @property
    def main_pane(self) -> TimelinePane | PicturePane:
        """The pane of the picture that is shown, else the list of events."""
        picture = self._screen.state.picture
        return self._panes[picture] if picture else self._screen.timeline

    def open(self, name: str, what: str) -> None:
        """Show a picture, by what is typed; if it is shown already and nothing is typed, the list."""
        screen = self._screen
        if why := why_not_drawn(screen.state.view, name):
            screen.notify(f"The picture {name} {why}.", markup=False)
        elif not what and screen.state.picture == name and self.main_pane.has_focus:
            self.close()
        else:
            # What is bound to the screen must be mounted by it, not by the palette.
            screen.call_next(self._open, name, what)

    async def _open(self, name: str, what: str) -> None:
        pane = await self._pane(name)
        if what:
            pane.show_by(what)
        self._screen.to_timeline(self._screen.state.with_picture(name))

    async def _pane(self, name: str) -> PicturePane:
        if name not in self._panes:
            self._panes[name] = await self._mount(name)
        return self._panes[name]

    def close(self) -> None:
        """Show the list of events."""
        self._screen.to_timeline(self._screen.state.with_picture(""))

    def repaint(self) -> None:
        """Show the picture of the state, and hide the others."""
        for name, pane in self._panes.items():
            pane.set_class(name == self._screen.state.picture, "-shown")
            pane.redraw()

    @property
    def shown_as(self) -> ShownAs:
        """Whether the view is shown as a list or as a picture, and how."""
        from timeline_tui.tui.saved_views import ShownAs  # noqa: PLC0415  not before the first frame

        pane = self.main_pane
        if not isinstance(pane, PicturePane):
            return ShownAs()
        return ShownAs(self._screen.state.picture, pane.what, pane.days)

    def show_as(self, view: View, shown: ShownAs) -> None:
        """Show another view as a list or as a picture."""
        # As in `open()`.
        self._screen.call_next(self._show_as, view, shown)

    async def _show_as(self, view: View, shown: ShownAs) -> None:
        pane = await self._pane(shown.picture) if shown.picture else None
        self._screen.to_timeline(self._screen.state.with_picture(shown.picture).request_view(view))
        if pane is not None:
            if shown.by:
                pane.show_by(shown.by)
            pane.show_days(shown.days)

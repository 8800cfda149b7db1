"""The area of the panes, which stand where `drawing.panes` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region
from textual.layout import Layout, WidgetPlacement
from textual.reactive import reactive
from textual.widget import Widget

from timeline_tui.drawing.panes import Box, EventPlace, arrange
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.picture import PicturePane
from timeline_tui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.layout import ArrangeResult

    from timeline_tui.drawing.panes import PaneName


_NAMES: dict[type[Widget], PaneName] = {
    ActorSidebar: "actors",
    TimelinePane: "timeline",
    EventPane: "event",
    PicturePane: "timeline",
}


class PaneArea(Widget):
    """Actors, timeline or a picture, and event; any other widget in it takes the whole area.

    What is not displayed leaves its room to the others.
    """

    DEFAULT_CSS = """
    PaneArea { width: 1fr; height: 1fr; overflow: hidden hidden; }
    """

    widened: reactive[bool] = reactive(False, repaint=False)
    """Whether the actors are shown in full where there is little room for them, over the timeline."""

    def __init__(self, *, id: str, event_place: EventPlace = EventPlace.AUTO) -> None:  # noqa: A002  Textual's own
        """Make the area.

        Args:
            id: Of the widget.
            event_place: Where the event is to stand.
        """
        super().__init__(id=id)
        self.event_place = event_place

    def watch_widened(self) -> None:
        """Place the panes again."""
        for child in self.children:
            # A widget's own request leaves what it has found out about its children as it is.
            child.refresh(layout=True)

    @property
    def layout(self) -> Layout:
        """Places the panes."""
        return _LAYOUT


class _PaneLayout(Layout):
    """Places the panes of a `PaneArea`."""

    name = "panes"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002, FBT001, FBT002  Textual's own
    ) -> ArrangeResult:
        panes = arrange(
            *size,
            [name for child in children for pane, name in _NAMES.items() if isinstance(child, pane)],
            widened=isinstance(parent, PaneArea) and parent.widened,
            event_place=parent.event_place if isinstance(parent, PaneArea) else EventPlace.AUTO,
        )
        placements = []
        for child in children:
            box: Box | None = Box(0, 0, *size)
            if isinstance(child, ActorSidebar):
                box = panes.sidebar
            elif isinstance(child, (TimelinePane, PicturePane)):
                box = panes.timeline
            elif isinstance(child, EventPane):
                box = panes.event
            if box is not None:
                on_top = int(isinstance(child, ActorSidebar))
                placements.append(WidgetPlacement(Region(*box), NULL_OFFSET, NULL_SPACING, child, on_top))
        return placements


_LAYOUT = _PaneLayout()

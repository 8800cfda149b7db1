"""The pane of each picture, by the name of its command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline_tui.tui.widgets.picture import PicturePane


def picture_pane(name: str) -> PicturePane:
    """A new pane for a picture, whose id is that name.

    Raises:
        KeyError: There is no such picture.
    """
    from timeline_tui.tui.widgets.clocks import ClocksPane  # noqa: PLC0415  only what is shown
    from timeline_tui.tui.widgets.grids import CalendarPane, WhoPane  # noqa: PLC0415  only what is shown
    from timeline_tui.tui.widgets.lanes import LanesPane  # noqa: PLC0415  only what is shown
    from timeline_tui.tui.widgets.map import MapPane  # noqa: PLC0415  only what is shown

    panes: dict[str, type[PicturePane]] = {
        "lanes": LanesPane,
        "clocks": ClocksPane,
        "map": MapPane,
        "who": WhoPane,
        "calendar": CalendarPane,
    }
    pane = panes[name]()
    pane.id = name
    return pane

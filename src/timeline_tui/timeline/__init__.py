"""An index, a query and clocks come in; a `View` goes out, the one value that everything shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.timeline.view import View
else:
    __getattr__ = face(__name__, {"TimelineView": "protocol", "View": "view"})

__all__ = ["TimelineView", "View"]

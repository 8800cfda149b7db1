"""A path comes in; an open timeline goes out, read by other processes, with its progress meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.loading.loader import Loading
    from timeline_tui.loading.opened import Opened, open_timeline
else:
    __getattr__ = face(__name__, {"Loading": "loader", "Opened": "opened", "open_timeline": "opened"})

__all__ = ["Loading", "Opened", "open_timeline"]

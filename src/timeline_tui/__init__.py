"""Read a contested story in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.loading.opened import open_timeline
else:
    __getattr__ = face(__name__, {"open_timeline": "loading.opened"})

__all__ = ["open_timeline"]

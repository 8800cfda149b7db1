"""The path of a timeline comes in; the program, shown in browsers, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.web.serving import is_served, serve
else:
    __getattr__ = face(__name__, {"is_served": "serving", "serve": "serving"})

__all__ = ["is_served", "serve"]

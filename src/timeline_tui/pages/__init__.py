"""A `TimelineView` and a width come in; a page of lines goes out, for the screen and for `list --show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.pages.page import Page
    from timeline_tui.pages.printed import printed_page
else:
    __getattr__ = face(__name__, {"Page": "page", "printed_page": "printed"})

__all__ = ["Page", "printed_page"]

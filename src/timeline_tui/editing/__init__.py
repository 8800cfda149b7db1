"""A timeline file comes in; the file with a change goes out, written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.editing.adding import add_event
    from timeline_tui.editing.formatting import formatted
else:
    __getattr__ = face(__name__, {"add_event": "adding", "formatted": "formatting"})

__all__ = ["add_event", "formatted"]

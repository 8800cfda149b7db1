"""Fields of a timeline come in; records, and what was known of them on a day, go out.

Each field of the format is declared once, here. Nothing here reads a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.model.problems import Problem
    from timeline_tui.model.records import Event, Header
else:
    __getattr__ = face(__name__, {"Event": "records", "Header": "records", "Problem": "problems"})

__all__ = ["Event", "Header", "Problem"]

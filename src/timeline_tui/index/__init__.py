"""Records come in; a SQLite database that finds, counts and orders them goes out.

Only this room and `storage` use sqlite3; the others catch `errors.DatabaseError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.index.index import Index
else:
    __getattr__ = face(__name__, {"Index": "index"})

__all__ = ["Index"]

"""A line in the search language comes in; a `Query` that indexes and views understand goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.query.language import Query, parse_query
else:
    __getattr__ = face(__name__, {"Query": "language", "parse_query": "language"})

__all__ = ["Query", "parse_query"]

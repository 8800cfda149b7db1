"""All records of a timeline come in.

Problems that only a comparison of records shows go out: broken references, doubtful dates, duplicates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.checking.references import check
else:
    __getattr__ = face(__name__, {"check": "references"})

__all__ = ["check"]

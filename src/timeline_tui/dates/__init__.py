"""Dates come in, as EDTF (ISO 8601-2) or as people write them.

Their earliest and latest days, their order and their wording go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.lazy import face

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date, parse_date
else:
    __getattr__ = face(__name__, {"Date": "date", "parse_date": "date"})

__all__ = ["Date", "parse_date"]

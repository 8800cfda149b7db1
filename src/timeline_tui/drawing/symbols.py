"""Counts as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BARS = " ▁▂▃▄▅▆▇█"


def bars(counts: Sequence[int]) -> str:
    """Counts as bars of one cell each: every count above 0 is visible, the highest fills its cell."""
    top = max(counts, default=0)
    if not top:
        return " " * len(counts)
    return "".join(BARS[min(8, -(-8 * count // top))] for count in counts)

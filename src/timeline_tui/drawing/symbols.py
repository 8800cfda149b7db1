"""Signs and words of the screen that stand for states of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STATUS_SIGNS = {
    "confirmed": "●",
    "claimed": "◐",
    "disputed": "◇",
    "denied": "⊘",
    "scheduled": "○",
    "postponed": "◔",
    "cancelled": "✕",
}
"""Each of one cell; beside it the word stands, so that no colour or sign is needed to read it."""

ADDED, CHANGED = "+", "~"
"""At the end of the row of an event that was added or changed since the last visit."""

CLOCK = "◷"
"""Stands where the second clock does: the day that the story is shown as known on."""

BARS = " ▁▂▃▄▅▆▇█"


def bars(counts: Sequence[int]) -> str:
    """Counts as bars of one cell each; anything above nought shows, the highest fills its cell."""
    top = max(counts, default=0)
    if not top:
        return " " * len(counts)
    return "".join(BARS[min(8, -(-8 * count // top))] for count in counts)

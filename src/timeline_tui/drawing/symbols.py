"""The signs for states of a record, and counts as bars."""

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
"""One cell each; the word stands beside it, so that nobody has to know the sign or see its colour."""


def status_word(status: str) -> str:
    """The word that is shown for a status: `happened` for `confirmed`.

    Readers take `confirmed` to mean that a claim in the event is confirmed.
    """
    return "happened" if status == "confirmed" else status


ADDED, CHANGED = "+", "~"
"""Signs at the end of the row of an event that was added or changed since the last visit."""

FALLEN = "∅"
"""Sign of what has lost all its sources: taken away or retracted."""

CLOCK = "◷"
"""Sign of the day that the story is shown as known on."""

BARS = " ▁▂▃▄▅▆▇█"


def bars(counts: Sequence[int]) -> str:
    """Counts as bars of one cell each: every count above 0 is visible, the highest fills its cell."""
    top = max(counts, default=0)
    if not top:
        return " " * len(counts)
    return "".join(BARS[min(8, -(-8 * count // top))] for count in counts)

"""The marks of events in the cells of a picture: the sign of a status, or for several a digit or a height."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from timeline_tui.drawing.symbols import BARS
from timeline_tui.timeline.signs import STATUS_SIGNS

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Part

NO_STATUS = "•"
"""The sign of an event that gives no status."""
HEIGHTS = ((1000, "█"), (100, "▆"), (32, "▄"), (10, "▂"))
"""The sign of a cell with this number of events or more; fewer are a digit."""
SIGNS = (NO_STATUS, *STATUS_SIGNS.values())
"""The sign of an event by the number of its status, as in `TimelineView.statuses`."""
_STATUS_PARTS: dict[str, Part] = {
    "confirmed": "certain",
    "claimed": "doubt",
    "disputed": "doubt",
    "denied": "doubt",
}
PARTS: tuple[Part, ...] = ("certain", *(_STATUS_PARTS.get(status, "ahead") for status in STATUS_SIGNS))
"""The look of an event by the number of its status."""


SHARE = "the more in the colour of doubt, the more are claimed, disputed or denied"
"""What the looks of several events mean."""
SHADES: tuple[Part, ...] = ("figure", "doubt-1", "doubt-2", "doubt-3", "doubt")
"""The looks of several events: none in doubt, up to a quarter of them, a half, three quarters, more."""


def merged(number: int, doubtful: int, most: int = 0) -> tuple[str, Part]:
    """The sign and the look of a cell with several events, some of which are claimed, disputed or denied.

    Args:
        number: How many events it has.
        doubtful: How many of them are claimed, disputed or denied.
        most: The number in the fullest cell, by which heights are measured; 0 for the usual heights.
    """
    part = shade(number, doubtful)
    if most and number > 9:
        # By the square root, few among very many are told apart too: half as high is a quarter as many.
        return BARS[min(8, isqrt(64 * number // most) or 1)], part
    return next((sign for least, sign in HEIGHTS if number >= least), str(number)), part


def shade(number: int, doubtful: int) -> Part:
    """The look of several events: the more in the colour of doubt, the more of them are in doubt."""
    # Even one among many is seen.
    return SHADES[-(-(len(SHADES) - 1) * doubtful // number)] if number else SHADES[0]


def tint(number: int, doubtful: int) -> Part:
    """The look of events that are counted beside the mark: as `shade()`; without doubt, as what happened."""
    return shade(number, doubtful) if doubtful else "certain"


def in_doubt(doubtful: int) -> str:
    """`, 5 in doubt`: how many events of a cell are claimed, disputed or denied; empty for none."""
    return f", {doubtful:,} in doubt" if doubtful else ""

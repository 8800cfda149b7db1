"""How well a text stands out from its background, and a text colour that stands out enough.

The ratio is that of the Web Content Accessibility Guidelines 2.2 (relative luminance of sRGB); normal text
needs 4.5 (success criterion 1.4.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.color import BLACK, WHITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.color import Color

READABLE: Final = 4.5
"""The least ratio for text."""
_STEPS: Final = 20


def ratio(text: Color, background: Color) -> float:
    """The contrast of two opaque colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(text), _luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(text: Color, backgrounds: Iterable[Color]) -> Color:
    """`text`, as far towards white or black as it takes to be readable on all `backgrounds`.

    Colours that the terminal itself chooses (ANSI) are left as they are.
    """
    behind = tuple(backgrounds)
    if text.ansi is not None or any(colour.ansi is not None for colour in behind):
        return text
    end = max((WHITE, BLACK), key=lambda colour: _least(colour, behind))
    for step in range(_STEPS):
        made = text.blend(end, step / _STEPS)
        if _least(made, behind) >= READABLE:
            return made
    return end


def _least(text: Color, backgrounds: tuple[Color, ...]) -> float:
    return min(ratio(text, background) for background in backgrounds)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

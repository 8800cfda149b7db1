"""The screen as it is painted now, as a picture that can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.color import Color, ColorSystem, ColorType

from timeline_tui.storage.kept_pictures import LOOKS, Picture, Piece, Style
from timeline_tui.tui.terminal.cells import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style as RichStyle
    from textual.screen import Screen
    from textual.strip import Strip

_SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT}
"""The kinds of terminals that pictures are kept for, by the name that Rich gives them."""


def picture_of(screen: Screen[object]) -> Picture | None:
    """What a screen shows, in the colours that its terminal has; None for terminals with fewer than 256."""
    system = _SYSTEMS.get(screen.app.console.color_system or "")
    if system is None:
        return None
    # Textual has no public way to get the cells of a screen.
    strips = screen._compositor.render_strips()  # noqa: SLF001
    styles: dict[Style, int] = {}
    rows = tuple(tuple(_pieces(strip, system, styles)) for strip in strips)
    return Picture(screen.size.width, screen.size.height, tuple(styles), rows)


def _pieces(strip: Strip, system: ColorSystem, styles: dict[Style, int]) -> Iterator[Piece]:
    column = 0
    for text, style, _ in strip:
        number = styles.setdefault(_style(style, system), len(styles))
        for part in parts(text):
            yield Piece(column, part, number)
            column += cell_len(part)


def _style(style: RichStyle | None, system: ColorSystem) -> Style:
    if style is None:
        return Style()
    looks = sum(bit for name, bit in LOOKS.items() if getattr(style, name))
    return Style(_colour(style.color, system), _colour(style.bgcolor, system), looks)


def _colour(colour: Color | None, system: ColorSystem) -> tuple[int, ...]:
    if colour is None or colour.type is ColorType.DEFAULT:
        return ()
    shown = colour.downgrade(system)
    if shown.triplet is not None and shown.type is ColorType.TRUECOLOR:
        return tuple(shown.triplet)
    return () if shown.number is None else (shown.number,)

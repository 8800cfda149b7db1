"""A page: an answer of a view in lines, for the screen and for plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Line

NARROWEST: Final = 30
"""Smallest width of a page in cells; with less it cannot be read."""
WIDEST: Final = 1_000
"""Largest width of a page in cells."""


class Page(NamedTuple):
    """A title and lines, none wider than the width that was asked for."""

    title: str
    lines: tuple[Line, ...]

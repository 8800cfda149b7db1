"""A page: an answer of a view in lines, for the screen and for plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Line

NARROWEST: Final = 30
"""Smallest width of a page in cells; with less it cannot be read."""
WIDEST: Final = 1_000
"""Largest width of a page in cells."""


_USUAL: Final = 100
"""Width of a printed line in cells if there is no terminal."""


def line_width(width: int | None) -> int:
    """The width of printed lines in cells: the one that was asked for, else that of the terminal."""
    import shutil  # noqa: PLC0415  the table of commands loads this module

    return width or min(max(shutil.get_terminal_size((_USUAL, 24)).columns, NARROWEST), WIDEST)


class Page(NamedTuple):
    """A title and lines, none wider than the width that was asked for."""

    title: str
    lines: tuple[Line, ...]

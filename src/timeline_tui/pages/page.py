"""A page: what a view answers, line by line, for a screen and for a pipe alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Line

NARROWEST: Final = 30


WIDEST: Final = 1_000
"""Cells of a line: fewer are not enough to read, and nobody reads more."""


class Page(NamedTuple):
    """A title and lines, none of them wider than they were asked to be."""

    title: str
    lines: tuple[Line, ...]

"""Lines of cells as SVG 1.1: each letter in its own cell, whatever fonts there are.

Blocks, shades, lines and braille dots are drawn as shapes, since fonts draw them in different sizes or not at
all. Looks are attributes and not a style sheet, so that several drawings can stand in one web page, which may
give the classes other colours.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup, escape

from timeline_tui.drawing.looks import PART_STYLES, text_look
from timeline_tui.text.cells import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.lines import Line
    from timeline_tui.drawing.looks import Colours, StyleName

CELL_WIDTH, CELL_HEIGHT = 9, 18
"""Of a cell, in units of the drawing. A letter of most fixed-width fonts is 0.6 of its size wide."""
_SIZE, _BASELINE = 15, 13.5
_MARGIN = CELL_WIDTH
_LINE, _HEAVY = 1.2, 2.4
"""Thickness of lines."""
_DOT = 2.6
"""Side of a braille dot."""
FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono', monospace"
_LOOKS = {
    "bold": ("font-weight", "bold"),
    "italic": ("font-style", "italic"),
    "underline": ("text-decoration", "underline"),
    "strike": ("text-decoration", "line-through"),
}
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may have (XML 1.0, *Char*)."""

_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_ARMS: Final[dict[str, int]] = {
    "─": _LEFT | _RIGHT, "│": _UP | _DOWN, "╷": _DOWN, "╵": _UP, "╴": _LEFT, "╶": _RIGHT,
    "┌": _DOWN | _RIGHT, "┐": _DOWN | _LEFT, "└": _UP | _RIGHT, "┘": _UP | _LEFT,
    "╭": _DOWN | _RIGHT, "╮": _DOWN | _LEFT, "╰": _UP | _RIGHT, "╯": _UP | _LEFT,
    "├": _UP | _DOWN | _RIGHT, "┤": _UP | _DOWN | _LEFT, "┬": _LEFT | _RIGHT | _DOWN,
    "┴": _LEFT | _RIGHT | _UP, "┼": _LEFT | _RIGHT | _UP | _DOWN,
}  # fmt: skip
"""The lines from the middle of a cell that a sign consists of."""
_SHADES: Final = {"░": 0.25, "▒": 0.5, "▓": 0.75}
_BRAILLE, _BLOCKS = range(0x2800, 0x2900), range(0x2581, 0x2589)
_DOTS: Final = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""The column and the row of the braille dot of each bit."""


class _Box(NamedTuple):
    """A filled rectangle, in units from the upper left corner of its cell."""

    x: float
    y: float
    width: float
    height: float


class _Run(NamedTuple):
    """Letters that one text element shows."""

    text: str
    cell: int
    """Its first cell."""
    cells: int


def svg(  # noqa: PLR0913  what a drawing consists of
    lines: Sequence[Line], columns: int, rows: int, colours: Colours, *, title: str, description: str
) -> str:
    """Lines as an SVG document, which is also an element for a web page in HTML 5.

    Args:
        lines: What is drawn.
        columns: Width, in cells.
        rows: Height, in lines.
        colours: Of the theme.
        title: What it is, for screen readers and as a tooltip.
        description: What it shows, for screen readers, which do not read the letters in it.
    """
    width, height = columns * CELL_WIDTH, rows * CELL_HEIGHT
    drawn = _Drawn()
    for row, line in enumerate(lines[:rows]):
        drawn.add(row, line, columns)
    whole = width + 2 * _MARGIN, height + 2 * _MARGIN
    parts = [
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{0}" height="{1}"'
            ' viewBox="{2} {2} {0} {1}" font-family="{3}" font-size="{4}">'
        ).format(*whole, -_MARGIN, FONTS, _SIZE),
        Markup("<title>{}</title>").format(_xml(title)),
        Markup("<desc>{}</desc>").format(_xml(description)),
        Markup('<rect class="background" x="{0}" y="{0}" width="{1}" height="{2}" fill="{3}"/>').format(
            -_MARGIN, *whole, colours.background
        ),
        *drawn.groups(colours),
        Markup("</svg>"),
    ]
    return "\n".join(parts) + "\n"


class _Drawn:
    """The elements of a drawing, by style."""

    def __init__(self) -> None:
        self._texts: defaultdict[StyleName, list[Markup]] = defaultdict(list)
        self._paths: defaultdict[StyleName, defaultdict[float, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, row: int, line: Line, columns: int) -> None:
        """Add a line; what goes beyond the last column is left out."""
        cell, shapes = 0, _shapes()
        for span in line.spans:
            style = PART_STYLES[span.part]
            run = _Run("", cell, 0)
            for letter, width in letters(span.text):
                if cell + width > columns:
                    break
                boxes = () if letter == " " else shapes.get(letter)
                if boxes is not None:
                    self._end(style, row, run)
                    self._fill(style, row, cell, letter, boxes)
                    run = _Run("", cell + width, 0)
                elif _is_sign(letter):
                    self._end(style, row, run)
                    self._end(style, row, _Run(letter, cell, width))
                    run = _Run("", cell + width, 0)
                else:
                    run = _Run(run.text + letter, run.cell, run.cells + width)
                cell += width
            self._end(style, row, run)

    def _fill(self, style: StyleName, row: int, cell: int, letter: str, boxes: Sequence[_Box]) -> None:
        if not boxes:
            return
        left, top = cell * CELL_WIDTH, row * CELL_HEIGHT
        self._paths[style][_SHADES.get(letter, 1)] += (
            f"M{left + box.x:g} {top + box.y:g}h{box.width:g}v{box.height:g}h{-box.width:g}z" for box in boxes
        )

    def _end(self, style: StyleName, row: int, run: _Run) -> None:
        if not run.cells:
            return
        x, y = run.cell * CELL_WIDTH, row * CELL_HEIGHT + _BASELINE
        length = run.cells * CELL_WIDTH
        text = _xml(run.text)
        if len(run.text) == 1:
            element = Markup('<text x="{:g}" y="{:g}" text-anchor="middle">{}</text>').format(
                x + length / 2, y, text
            )
        else:
            element = Markup('<text x="{:g}" y="{:g}" textLength="{}"{}>{}</text>').format(
                x, y, length, Markup(' lengthAdjust="spacingAndGlyphs"'), text
            )
        self._texts[style].append(element)

    def groups(self, colours: Colours) -> Iterator[Markup]:
        """One group for each style."""
        for style in dict.fromkeys((*self._paths, *self._texts)):
            colour, look = text_look(colours, style)
            attributes = {"class": style, "fill": colour}
            attributes |= [_LOOKS[word] for word in look.split()]
            yield Markup("<g{}>").format(
                Markup().join(Markup(' {}="{}"').format(name, value) for name, value in attributes.items())
            )
            for opacity, paths in self._paths.get(style, {}).items():
                faded = Markup(' fill-opacity="{}"').format(opacity) if opacity < 1 else ""
                yield Markup('<path{} d="{}"/>').format(faded, "".join(paths))
            yield from self._texts.get(style, ())
            yield Markup("</g>")


def _xml(text: str) -> Markup:
    """A text escaped for XML; what XML cannot have is replaced."""
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


@lru_cache(maxsize=1024)
def _is_sign(letter: str) -> bool:
    """Whether it stands in the middle of its cells: it is no part of a word, and its width differs."""
    return not letter.isascii() and unicodedata.category(letter[0]).startswith("S")


@cache
def _shapes() -> dict[str, tuple[_Box, ...]]:
    """The signs that are drawn, and the shapes that each consists of."""
    middle = (CELL_HEIGHT - _LINE) / 2
    third, quarter = CELL_WIDTH / 3, CELL_HEIGHT / 4
    whole = _Box(0, 0, CELL_WIDTH, CELL_HEIGHT)
    shapes = {sign: tuple(_arms(arms)) for sign, arms in _ARMS.items()}
    shapes |= {chr(code): tuple(_dots(code)) for code in _BRAILLE}
    shapes |= dict.fromkeys(_SHADES, (whole,))
    for part, code in enumerate(_BLOCKS, start=1):
        height = CELL_HEIGHT * part / 8
        shapes[chr(code)] = (_Box(0, CELL_HEIGHT - height, CELL_WIDTH, height),)
    shapes["▌"] = (_Box(0, 0, CELL_WIDTH / 2, CELL_HEIGHT),)
    shapes["━"] = (_Box(0, (CELL_HEIGHT - _HEAVY) / 2, CELL_WIDTH, _HEAVY),)
    shapes["┄"] = tuple(_Box(third * at + 0.6, middle, third - 1.2, _LINE) for at in range(3))
    shapes["┊"] = tuple(
        _Box((CELL_WIDTH - _LINE) / 2, quarter * at + 1, _LINE, quarter - 2) for at in range(4)
    )
    return shapes


def _dots(code: int) -> Iterator[_Box]:
    across, down = CELL_WIDTH / 2, CELL_HEIGHT / 4
    for bit, (column, row) in enumerate(_DOTS):
        if code >> bit & 1:
            yield _Box(across * (column + 0.5) - _DOT / 2, down * (row + 0.5) - _DOT / 2, _DOT, _DOT)


def _arms(arms: int) -> Iterator[_Box]:
    left, top = (CELL_WIDTH - _LINE) / 2, (CELL_HEIGHT - _LINE) / 2
    if arms & _LEFT:
        yield _Box(0, top, left + _LINE, _LINE)
    if arms & _RIGHT:
        yield _Box(left, top, CELL_WIDTH - left, _LINE)
    if arms & _UP:
        yield _Box(left, 0, _LINE, top + _LINE)
    if arms & _DOWN:
        yield _Box(left, top, _LINE, CELL_HEIGHT - top)

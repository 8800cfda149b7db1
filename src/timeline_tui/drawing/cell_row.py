"""A row of cells that is written over in any order and becomes a line."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.lines import Line, Span
from timeline_tui.text.cells import letters

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Part, Target


class _Cell(NamedTuple):
    text: str = " "
    """Empty for the second half of a wide letter."""
    part: Part = "text"
    target: Target | None = None


_BLANK = _Cell()
_TEXT, _LOOK = itemgetter(0), itemgetter(1, 2)


class CellRow:
    """`width` cells, blank at first."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._cells = [_BLANK] * width

    def is_blank(self, start: int, stop: int | None = None) -> bool:
        """Whether nothing stands in a cell, or from `start` to before `stop`; outside, nothing does."""
        stop = start + 1 if stop is None else stop
        return all(cell.text == " " for cell in self._cells[max(start, 0) : max(stop, 0)])

    def put(self, cell: int, text: str, part: Part = "text", target: Target | None = None) -> None:
        """Write a visible text from a cell on; a letter that is not whole within the row is left out."""
        for letter, width in letters(text):
            if not width:
                continue
            if cell >= 0 and cell + width <= self.width:
                self._cells[cell] = _Cell(letter, part, target)
                for second in range(cell + 1, cell + width):
                    self._cells[second] = _Cell("", part, target)
            cell += width

    def mark(self, cell: int, sign: str, part: Part, target: Target | None = None) -> None:
        """Write a sign of one cell into a cell of the row: as `put()`, but quick."""
        self._cells[cell] = _Cell(sign, part, target)

    def copy(self) -> CellRow:
        """Another row with the same cells."""
        row = CellRow(self.width)
        row._cells = self._cells.copy()
        return row

    def fill(self, start: int, stop: int, sign: str, part: Part, target: Target | None = None) -> None:
        """Write a sign of one cell into the blank cells from `start` to before `stop`."""
        cells, filled = self._cells, _Cell(sign, part, target)
        for cell in range(max(start, 0), min(stop, self.width)):
            if cells[cell] is _BLANK:
                cells[cell] = filled

    def free_from(self, cell: int, step: int) -> int:
        """How many cells from a cell on are blank, to the right (step 1) or to the left (-1)."""
        free = 0
        while 0 <= cell < self.width and self._cells[cell] is _BLANK:
            free += 1
            cell += step
        return free

    def line(self, *before: Span) -> Line:
        """The row as a line, after other pieces; what leads somewhere are its targets."""
        spans = list(before)
        for (part, target), group in groupby(self._cells, key=_LOOK):
            spans.append(Span("".join(map(_TEXT, group)), part, target))
        targets = dict.fromkeys(span.target for span in spans if span.target is not None)
        return Line(tuple(spans), tuple(targets))

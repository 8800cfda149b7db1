"""Where on the program's screen the rows of the timeline are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.probe import ProbeError

if TYPE_CHECKING:
    from bench.probe import Grid

_TITLE = "╭─ Timeline"


class Pane:
    """The rows of the timeline in a screen: what is inside the frame that has its name."""

    def __init__(self, grid: Grid) -> None:
        lines = ["".join(cell.data or " " for cell in row) for row in grid]
        top = next((number for number, line in enumerate(lines) if _TITLE in line), -1)
        if top < 0:
            raise ProbeError("there is no timeline on the screen")
        self._left = lines[top].index(_TITLE) + 1
        self._right = lines[top].index("╮", self._left)
        edge = [row[self._left - 1].data for row in grid]
        self._top, self._foot = top + 1, edge.index("╰", top)

    def differs(self, one: Grid, other: Grid) -> bool:
        """Whether these two screens differ in its rows, in letters or in colours."""
        rows, columns = slice(self._top, self._foot), slice(self._left, self._right)
        return any(
            row[columns] != before[columns] for row, before in zip(one[rows], other[rows], strict=True)
        )

"""Lines of dots in braille letters: two dots across and four down in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ACROSS, DOWN = 2, 4
"""Dots of a cell."""
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of a dot by its row and its column (Unicode, *Braille Patterns*)."""
_EMPTY = 0x2800


class Dots:
    """A field of dots, all of them unset at first.

    Args:
        width: In cells.
        height: In lines.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [bytearray(width) for _ in range(height)]

    def put(self, x: int, y: int) -> None:
        """Set a dot, counted from the upper left; outside, nothing is set."""
        if 0 <= x < self.width * ACROSS and 0 <= y < self.height * DOWN:
            self._cells[y >> 2][x >> 1] |= _BITS[y & 3][x & 1]

    def put_line(self, across: Sequence[float], down: Sequence[float]) -> None:
        """Set the dots along a line through points, whose places are counted as for `put()`."""
        right, bottom = self.width * ACROSS - 1, self.height * DOWN - 1
        cells, put = self._cells, self._put_stroke
        before_x, before_y = int(across[0] // 1), int(down[0] // 1)
        for exact_x, exact_y in zip(across, down, strict=True):
            x, y = int(exact_x // 1), int(exact_y // 1)
            if -1 <= x - before_x <= 1 and -1 <= y - before_y <= 1:
                if 0 <= x <= right and 0 <= y <= bottom:
                    cells[y >> 2][x >> 1] |= _BITS[y & 3][x & 1]
            elif (
                (x >= 0 or before_x >= 0)
                and (x <= right or before_x <= right)
                and (y >= 0 or before_y >= 0)
                and (y <= bottom or before_y <= bottom)
            ):
                put(before_x, before_y, x, y)
            before_x, before_y = x, y

    def _put_stroke(self, x: int, y: int, to_x: int, to_y: int) -> None:
        field = self.width * ACROSS, self.height * DOWN
        for dot in stroke((x, y), (to_x, to_y), field):
            self.put(*dot)

    def row(self, line: int) -> Iterator[tuple[int, int]]:
        """The cells of a line that have dots, and which: `letter()` shows them."""
        return ((cell, dots) for cell, dots in enumerate(self._cells[line]) if dots)


def letter(dots: int) -> str:
    """The braille letter with these dots, of one or several fields."""
    return chr(_EMPTY + dots)


def stroke(start: tuple[int, int], end: tuple[int, int], field: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots of a straight line that lie within a field of a width and a height, from its start on."""
    (x, y), (width, height) = start, field
    across, down = end[0] - x, end[1] - y
    enters, leaves = 0.0, 1.0
    # The part of the line within the field (Liang and Barsky, 1984).
    for step, room in ((-across, x), (across, width - 1 - x), (-down, y), (down, height - 1 - y)):
        if step == 0:
            if room < 0:
                return
        elif step < 0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    if enters > leaves:
        return
    from_x, from_y = x + across * enters, y + down * enters
    steps = max(1, round(max(abs(across), abs(down)) * (leaves - enters)))
    for number in range(steps + 1):
        share = (leaves - enters) * number / steps
        yield round(from_x + across * share), round(from_y + down * share)

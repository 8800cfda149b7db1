"""The coasts and lakes of the world, as lines in levels of detail, without borders.

They are packed in `coasts.bin`, which `tools/make_coasts.py` makes of Natural Earth; its licence is beside.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from functools import cache
from itertools import accumulate, compress, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT: Final = 0.02
"""Of coordinates, in degrees."""
LEVELS: Final = (1.0, 0.4, 0.12, 0.035)
"""How far the lines of each level may be from the coast, in degrees of latitude."""
COASTS: Final = Path(__file__).with_name("coasts.bin")
"""The packed file."""
_LONGEST = 40
"""Points of a piece: with few, most pieces that are out of sight need not be drawn."""


class Packed(NamedTuple):
    """A point of a coast."""

    across: int
    """East of Greenwich, in units of `UNIT`."""
    up: int
    """North of the equator, in units of `UNIT`."""
    level: int
    """The coarsest level that has it."""


class Coast(NamedTuple):
    """A piece of a coast."""

    west: float
    south: float
    east: float
    north: float
    """The box that it lies in, in degrees."""
    across: Sequence[float]
    """The degrees of its points east of Greenwich."""
    up: Sequence[float]
    """Their degrees north of the equator."""


def packed(lines: Sequence[Sequence[Packed]]) -> bytes:
    """Lines as a file, which `coasts()` reads.

    It has the number of lines and of points in four bytes each, lowest byte first; then in two bytes the
    number of points of each line, and of all points the steps east from one to the next and the steps north:
    the lowest bytes of all come first, so that they compress well; then in one byte the level of each point.
    """
    points = [point for line in lines for point in line]
    numbers = [*map(len, lines)]
    for values in ([point.across for point in points], [point.up for point in points]):
        numbers += [value - before for before, value in pairwise([0, *values])]
    plain = b"".join(number.to_bytes(2, "little", signed=True) for number in numbers)
    counts = len(lines).to_bytes(4, "little") + len(points).to_bytes(4, "little")
    return zlib.compress(counts + plain[::2] + plain[1::2] + bytes(point.level for point in points), 9)


@cache
def coasts(level: int) -> tuple[Coast, ...]:
    """The pieces of a level of detail, one of `LEVELS` by its number; read once."""
    starts, across, up, levels = _lines()
    needed = levels.translate(bytes(int(number <= level) for number in range(256)))
    found = []
    for start, end in pairwise(starts):
        here = needed[start:end]
        x, y = [*compress(across[start:end], here)], [*compress(up[start:end], here)]
        for first in range(0, len(x) - 1, _LONGEST - 1):
            east, north = x[first : first + _LONGEST], y[first : first + _LONGEST]
            found.append(Coast(min(east), min(north), max(east), max(north), east, north))
    return tuple(found)


@cache
def _lines() -> tuple[list[int], list[float], list[float], bytes]:
    """Where each line starts, and of all points the degrees east, the degrees north, and the levels."""
    data = zlib.decompress(COASTS.read_bytes())
    lines, points = int.from_bytes(data[:4], "little"), int.from_bytes(data[4:8], "little")
    plain = bytearray(2 * (lines + 2 * points))
    middle, end = 8 + len(plain) // 2, 8 + len(plain)
    plain[::2], plain[1::2] = data[8:middle], data[middle:end]
    numbers = array("h", bytes(plain))
    if sys.byteorder == "big":
        numbers.byteswap()
    starts = [0, *accumulate(numbers[:lines])]
    across = [value * UNIT for value in accumulate(numbers[lines : lines + points])]
    up = [value * UNIT for value in accumulate(numbers[lines + points :])]
    return starts, across, up, data[end:]

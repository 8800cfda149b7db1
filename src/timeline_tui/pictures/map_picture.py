"""The picture of a map: places as dots by their number of events, among coasts and lakes, without borders."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, pairwise
from math import atan2, cos, radians, sin, tau
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.drawing.braille import ACROSS, DOWN, Dots, letter
from timeline_tui.drawing.cell_row import CellRow
from timeline_tui.drawing.coasts import LEVELS, coasts
from timeline_tui.drawing.lines import Line, Span, count_of, paragraph
from timeline_tui.pictures.grid import DOUBT
from timeline_tui.pictures.map_counted import places_of
from timeline_tui.pictures.map_shown import MapShown, layout, window_of
from timeline_tui.pictures.map_window import KILOMETRES, MapSize, MapWindow, in_words, turned
from timeline_tui.pictures.marks import tint
from timeline_tui.pictures.picture import Picture
from timeline_tui.text.cells import cells, clipped, padded
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.lines import Part
    from timeline_tui.pictures.map_places import MapPlaces, Move, Spot, Unplaced
    from timeline_tui.timeline.protocol import TimelineView

SIZES: Final = ((100, "█"), (10, "◉"), (2, "●"), (1, "•"))
"""The dot of a place, by the least number of events that it stands for."""
AREA: Final = "◎"
"""The dot of a place that may be anywhere in an area which can be seen at this scale."""
ARROWS: Final = "→↗↑↖←↙↓↘"
"""From the east on, against the clock."""
_LONGEST_NAME, _SHORTEST_NAME = 28, 8
"""Cells of a name on the map, and of one that is cut."""
_MOST_NAMES = 400
"""How many places may have their name on the map: those with most events."""
_MOST_CELLS_TOLD = 100
"""How many cells of a table are told in words below its map."""
_MOST_MOVES = 24
"""How many moves are drawn: those nearest to the selected event."""
_FINE = 0.8
"""A level of the coast is fine enough if it is this many dots from it at most."""
_NARROWEST = 0.01
"""The least share of a degree of longitude around a place: at a pole there is no width at all."""
_DOTTED = 3
"""Of the dots around an area, each third is drawn."""


class _Mark(NamedTuple):
    """What a cell of the map shows: a place, or several."""

    line: int
    cell: int
    numbers: Sequence[int]
    """Of its places: the selected one, or that with most events, is the first."""


def map_picture(places: MapPlaces, shown: MapShown, selected: int, width: int, height: int | None) -> Picture:
    """The picture of a map.

    Args:
        places: The places of a view.
        shown: What is chosen to be shown.
        selected: The key of the selected event; -1 for none.
        width: In cells.
        height: In lines; None for a map without a list beside it, as high as it is usual for its width.
    """
    view = places.view
    if not places.spots:
        sentence = view.nothing_known or "No event here is at a place with coordinates."
        lines = [*paragraph(sentence, width), *(_unplaced(places, width) if view.count else ())]
        return Picture("Map", tuple(lines[:height]))
    return _Drawing(places, shown, selected, width, height).picture()


class _Drawing:
    """Draws one map."""

    def __init__(
        self, places: MapPlaces, shown: MapShown, selected: int, width: int, height: int | None
    ) -> None:
        self._places, self._shown, self._selected = places, shown, selected
        self._width = width
        self._layout = layout(width, height)
        self._size = self._layout.size
        self._window = window_of(places, shown, self._size)
        self._number = places.number_of(shown.place, selected) if selected >= 0 else -1
        self._rows = [CellRow(width) for _ in range(self._size.height)]
        self._taken = [bytearray(self._size.width) for _ in range(self._size.height)]
        """Cells with a dot or a letter of a name."""
        self._marks = self._marked()

    def picture(self) -> Picture:
        """The picture."""
        actor = self._shown.moving(self._places)
        moves = self._places.moves(actor) if actor else ()
        drawn = _about(moves, self._selected, self._places) if moves else range(0)
        self._draw_dots([moves[number] for number in drawn])
        self._draw_scale()
        for mark in self._marks.values():
            self._draw_mark(mark)
        arrivals = _arrivals(moves, drawn)
        self._draw_names(arrivals)
        self._draw_arrows([moves[number] for number in drawn])
        self._draw_aside()
        lines = [row.line() for row in self._rows]
        lines += self._below()
        note = self._note()
        if self._layout.note:
            lines.append(Line((Span(clipped(f" {note}", self._width), "detail"),)))
        cursor = (-1, -1)
        if self._number >= 0:
            spot = self._places.spots[self._number]
            cursor = self._window.cell(spot.lat, spot.lon, self._size) or cursor
        return Picture(self._title(actor, len(moves), drawn), tuple(lines), note, cursor)

    def _title(self, actor: str, moves: int, drawn: range) -> str:
        places, view = self._places, self._places.view
        events = count_of(view.count, "event")
        if places.on_map < view.count:
            events = f"{places.on_map:,} of {events}"
        across, _ = self._window.degrees(self._size)
        wide = min(across, 360) * self._window.narrow * KILOMETRES
        parts = [
            "Map",
            f"{events} at {count_of(len(places.spots), 'place')}",
            f"{_rounded(wide)} km across",
        ]
        if actor:
            some = f" {drawn.start + 1:,}–{drawn.stop:,} of {moves:,}" if len(drawn) < moves else ""
            parts.append(f"moves of {view.actor_name(actor)}{some}" if moves else _nowhere(view, actor))
        return " · ".join(parts)

    def _note(self) -> str:
        if self._number < 0:
            return "the selected event is at no place on the map" if self._selected >= 0 else ""
        note = told_of(self._places.spots[self._number])
        mark = next((mark for mark in self._marks.values() if self._number in mark.numbers), None)
        if mark is not None and len(mark.numbers) > 1:
            return f"{note} · {len(mark.numbers)} places here: + zooms in"
        return f"{note} · Enter lists them"

    def _marked(self) -> dict[tuple[int, int], _Mark]:
        """The cells of the map with places, most events first."""
        found: dict[tuple[int, int], list[int]] = {}
        for number, spot in enumerate(self._places.spots):
            if (cell := self._window.cell(spot.lat, spot.lon, self._size)) is not None:
                found.setdefault(cell, []).append(number)
        for numbers in found.values():
            numbers.sort(key=lambda number: number != self._number)
        return {cell: _Mark(*cell, numbers) for cell, numbers in found.items()}

    def _draw_dots(self, moves: Sequence[Move]) -> None:
        """Coasts, and over them areas and moves."""
        layers: list[tuple[Dots, Part]] = [(coast_dots(self._window, self._size), "faint")]
        layers.append((self._areas(), "detail"))
        layers.append((self._moves(moves), "name"))
        for line, row in enumerate(self._rows):
            below: dict[int, int] = {}
            for dots, part in layers:
                for cell, bits in dots.row(line):
                    below[cell] = below.get(cell, 0) | bits
                    row.mark(cell, letter(below[cell]), part)

    def _areas(self) -> Dots:
        """A dotted line around each area that is larger than a point on the screen."""
        dots = Dots(*self._size)
        for number, spot in enumerate(self._places.spots):
            if not is_area(spot, self._window) and number != self._number:
                continue
            radius = spot.radius / KILOMETRES
            if not self._may_be_seen(spot, radius):
                continue
            around = max(8, int(tau * radius / self._window.step / _DOTTED))
            if around > 8 * (self._size.width + 2 * self._size.height):
                continue
            narrow = max(cos(radians(spot.lat)), _NARROWEST)
            for at in range(around):
                angle = tau * at / around
                lat, lon = spot.lat + radius * sin(angle), spot.lon + radius * cos(angle) / narrow
                x, y = self._window.dot(lat, lon, self._size)
                dots.put(int(x // 1), int(y // 1))
        return dots

    def _may_be_seen(self, spot: Spot, radius: float) -> bool:
        """Whether some of the map may lie within some degrees of latitude of a place."""
        x, y = self._window.dot(spot.lat, spot.lon, self._size)
        high = radius / self._window.step
        wide = high * self._window.narrow / max(cos(radians(spot.lat)), _NARROWEST)
        is_across = -wide <= x <= self._size.width * ACROSS + wide
        return is_across and -high <= y <= self._size.height * DOWN + high

    def _moves(self, moves: Sequence[Move]) -> Dots:
        dots = Dots(*self._size)
        for start, end in pairwise(moves):
            for (from_x, from_y), (to_x, to_y) in self._ways(start, end):
                dots.put_line((from_x, to_x), (from_y, to_y))
        return dots

    def _ways(self, start: Move, end: Move) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
        """From the dot of a place to that of the next; over the edge of the map, as seen from both ends."""
        first, last = self._places.spots[start.spot], self._places.spots[end.spot]
        begin = self._window.dot(first.lat, first.lon, self._size)
        arrive = self._window.dot(last.lat, last.lon, self._size)
        across = turned(last.lon - first.lon) * self._window.narrow / self._window.step
        yield begin, (begin[0] + across, arrive[1])
        if abs(begin[0] + across - arrive[0]) > 1:
            yield (arrive[0] - across, begin[1]), arrive

    def _draw_arrows(self, moves: Sequence[Move]) -> None:
        """The direction of each move, in the middle of its line."""
        for start, end in pairwise(moves):
            for (from_x, from_y), (to_x, to_y) in self._ways(start, end):
                middle = (from_x + to_x) / 2, (from_y + to_y) / 2
                cell, line = int(middle[0] // ACROSS), int(middle[1] // DOWN)
                is_there = 0 <= line < self._size.height and 0 <= cell < self._size.width
                if is_there and not self._taken[line][cell]:
                    self._rows[line].mark(cell, arrow(to_x - from_x, from_y - to_y), "name")

    def _draw_mark(self, mark: _Mark) -> None:
        places = self._places
        spots = [places.spots[number] for number in mark.numbers]
        events, doubtful = sum(spot.events for spot in spots), sum(spot.doubtful for spot in spots)
        sign = next(sign for least, sign in SIZES if events >= least)
        part = tint(events, doubtful)
        if len(spots) == 1 and is_area(spots[0], self._window):
            sign = AREA
        if all(map(places.is_fallen, mark.numbers)):
            sign, part = FALLEN, "fallen"
        self._rows[mark.line].mark(mark.cell, sign, part, places.target(spots[0].id))
        self._taken[mark.line][mark.cell] = 1

    def _draw_names(self, arrivals: dict[int, list[int]]) -> None:
        """The names of places, that of the selected one first, then those with moves, then by events."""
        marks = sorted(
            self._marks.values(),
            key=lambda mark: (
                self._number not in mark.numbers,
                not any(number in arrivals for number in mark.numbers),
                min(mark.numbers),
            ),
        )
        for mark in marks[:_MOST_NAMES]:
            spot = self._places.spots[mark.numbers[0]]
            count = f" {spot.events:,}" if spot.events > 1 else ""
            doubt = DOUBT if spot.is_doubtful else ""
            more = f" +{len(mark.numbers) - 1}" if len(mark.numbers) > 1 else ""
            stays = [stay for number in mark.numbers for stay in arrivals.get(number, ())]
            numbers = f" →{','.join(map(str, sorted(stays)[:4]))}{'…' * (len(stays) > 4)}" if stays else ""
            self._put_name(mark, spot, f"{count}{doubt}{more}{numbers}")

    def _put_name(self, mark: _Mark, spot: Spot, after: str) -> None:
        name = clipped(spot.name, _LONGEST_NAME)
        is_selected = self._number in mark.numbers
        for shown in dict.fromkeys((name, clipped(name, _SHORTEST_NAME))):
            length = cells(shown) + cells(after)
            beside = list(_beside(mark, length))
            free = (place for place in beside if self._is_free(*place, length, mark))
            # In a crowd the selected name hides dots beside it: they are in the list.
            covering = (place for place in beside if is_selected and self._is_within(*place, length))
            place = next(chain(free, covering), None)
            if place is not None:
                self._write(mark, place, [(shown, "title" if is_selected else "text"), (after, "detail")])
                return

    def _write(self, mark: _Mark, place: tuple[int, int], texts: Sequence[tuple[str, Part]]) -> None:
        line, cell = place
        row, target = self._rows[line], self._places.target(self._places.spots[mark.numbers[0]].id)
        if line == mark.line:
            row.put(mark.cell + 1 if cell > mark.cell else mark.cell - 1, " ")
        start = max(cell - 1, 0)
        for text, part in texts:
            row.put(cell, text, part, target)
            cell += cells(text)
        self._taken[line][start:cell] = b"\x01" * (cell - start)

    def _is_within(self, line: int, cell: int, length: int) -> bool:
        return 0 <= line < self._size.height and cell >= 1 and cell + length <= self._size.width

    def _is_free(self, line: int, cell: int, length: int, mark: _Mark) -> bool:
        """Whether a name has room, with a cell on each side where the map goes on."""
        if not self._is_within(line, cell, length):
            return False
        taken = self._taken[line]
        if line == mark.line:
            taken = bytearray(taken)
            taken[mark.cell] = 0
        return not any(taken[max(cell - 1, 0) : cell + length + 1])

    def _draw_scale(self) -> None:
        """How many kilometres some cells are, in the middle of the map."""
        line, row = self._size.height - 1, self._rows[-1]
        cell = KILOMETRES * self._window.step * ACROSS
        most = max(self._size.width // 5, 3) * cell
        length = next(
            step * 10.0**power
            for power in range(5, -3, -1)
            for step in (5, 2, 1)
            if step * 10.0**power <= most
        )
        whole = max(round(length / cell), 2)
        text = f"├{'─' * (whole - 2)}┤ {_rounded(length)} km "
        if cells(text) < self._size.width and self._size.height > 3:
            row.put(0, text, "detail")
            self._taken[line][: cells(text)] = b"\x01" * cells(text)

    def _draw_aside(self) -> None:
        """The list of places beside the map, and what has no coordinates."""
        start, height = self._layout.aside, self._size.height
        if not start:
            return
        width = self._width - start
        missing = _missing(self._places, width, max(3, height // 3)) if self._places.unplaced else []
        spots = self._places.spots
        room = max(height - len(missing) - 1, 1)
        top = max(0, min(self._number - room // 2, len(spots) - room))
        heading = "Places" if len(spots) <= room else f"Places {top + 1:,}–{top + room:,} of {len(spots):,}"
        self._rows[0].put(start, clipped(heading, width), "heading")
        for line, number in enumerate(range(top, min(top + room, len(spots))), start=1):
            if line < height:
                self._put_listed(self._rows[line], start, width, number)
        for row, each in zip(self._rows[max(height - len(missing), 1) :], missing, strict=False):
            for span in each.spans:
                row.put(start, span.text, span.part, span.target)

    def _put_listed(self, row: CellRow, start: int, width: int, number: int) -> None:
        spot, is_selected = self._places.spots[number], number == self._number
        is_in_sight = self._window.cell(spot.lat, spot.lon, self._size) is not None
        part: Part = "title" if is_selected else "text" if is_in_sight else "faint"
        count = f"{spot.events:,}{DOUBT if spot.is_doubtful else ' '}"
        target = self._places.target(spot.id)
        row.put(start, "▌" if is_selected else " ", "name")
        row.put(start + 1, padded(spot.name, width - 2 - cells(count)), part, target)
        row.put(
            start + width - cells(count),
            count,
            tint(spot.events, spot.doubtful) if spot.doubtful else "detail",
            target,
        )

    def _below(self) -> list[Line]:
        """What has no coordinates, where there is no list beside the map."""
        if not self._layout.below:
            return []
        told = f" {_told_of_unplaced(self._places)}" if self._places.unplaced else ""
        return [Line((Span(clipped(told, self._width), "detail"),))]


def coast_dots(window: MapWindow, size: MapSize) -> Dots:
    """The coasts and lakes in sight, as fine as the dots of the map."""
    return _coast_dots(window, size)


@lru_cache(maxsize=4)
def _coast_dots(window: MapWindow, size: MapSize) -> Dots:
    dots = Dots(*size)
    level = next((level for level, far in enumerate(LEVELS) if far <= window.step * _FINE), len(LEVELS) - 1)
    across, up = window.degrees(size)
    half = min(across / 2, 180)
    south, north = window.lat - up / 2, window.lat + up / 2
    wide, high = window.narrow / window.step, 1 / window.step
    bottom = size.height * DOWN / 2 + window.lat * high
    for coast in coasts(level):
        if coast.north < south or coast.south > north:
            continue
        for turn in (-360, 0, 360):
            offset = turn - window.lon
            if coast.east + offset < -half or coast.west + offset > half:
                continue
            left = size.width * ACROSS / 2 + offset * wide
            dots.put_line(
                [left + east * wide for east in coast.across], [bottom - lat * high for lat in coast.up]
            )
    return dots


def arrow(east: float, north: float) -> str:
    """The arrow that points in a direction."""
    return ARROWS[round(atan2(north, east) / tau * 8) % 8]


def _beside(mark: _Mark, length: int) -> Iterator[tuple[int, int]]:
    """The line and first cell of each place for a name of some cells, the best first."""
    yield mark.line, mark.cell + 2
    yield mark.line, mark.cell - 1 - length
    for line in (mark.line - 1, mark.line + 1):
        for left in (length // 2, 0, length - 1):
            yield line, mark.cell - left


def is_area(spot: Spot, window: MapWindow) -> bool:
    """Whether one sees at this scale that a place is not a point."""
    return spot.radius / KILOMETRES > 2 * window.step


def _about(moves: Sequence[Move], selected: int, places: MapPlaces) -> range:
    """Which moves are drawn: those about the selected event, or the last ones."""
    if len(moves) <= _MOST_MOVES:
        return range(len(moves))
    order = places.view.sort_key
    here = order(selected) if selected >= 0 else None
    after = len(moves) if here is None else sum(order(move.key) <= here for move in moves)
    start = min(max(after - _MOST_MOVES // 2, 0), len(moves) - _MOST_MOVES)
    return range(start, start + _MOST_MOVES)


def _arrivals(moves: Sequence[Move], drawn: range) -> dict[int, list[int]]:
    """By the number of a place, the numbers from 1 of the stays there."""
    found: dict[int, list[int]] = {}
    for number in drawn:
        found.setdefault(moves[number].spot, []).append(number + 1)
    return found


def told_of(spot: Spot) -> str:
    """A place in words: `Moscow · 21 events, 3 in doubt · 55.76° N 37.62° E, within 10 km`."""
    doubt = f", {spot.doubtful:,} in doubt" if spot.doubtful else ""
    near = f", within {_rounded(spot.radius)} km" if spot.radius else ""
    return f"{spot.name} · {count_of(spot.events, 'event')}{doubt} · {in_words(spot.lat, spot.lon)}{near}"


def _rounded(kilometres: float) -> str:
    if kilometres >= 1000:
        return f"{round(kilometres, -2):,.0f}"
    return f"{kilometres:.0f}" if kilometres >= 10 else f"{kilometres:.2g}"


def _nowhere(view: TimelineView, actor: str) -> str:
    return f"{view.actor_name(actor)} is at no place on the map"


def _missing(places: MapPlaces, width: int, room: int) -> list[Line]:
    """What has no coordinates, one line each, in at most a number of lines."""
    unplaced = places.unplaced
    shown: Sequence[Unplaced] = unplaced if len(unplaced) < room else unplaced[: max(room - 2, 0)]
    lines = [Line((Span(clipped("Not on the map", width), "heading"),))]
    for place in shown:
        count = f"{place.events:,} "
        text = f" {padded(place.name, width - 1 - cells(count))}{count}"
        lines.append(Line((Span(text, "detail", place.target),)))
    if len(shown) < len(unplaced):
        left = unplaced[len(shown) :]
        more = f" and {len(left):,} more, {count_of(sum(place.events for place in left), 'event')}"
        lines.append(Line((Span(clipped(more, width), "faint"),)))
    return lines


def _unplaced(places: MapPlaces, width: int) -> list[Line]:
    """What has no coordinates, as a sentence."""
    return paragraph(_told_of_unplaced(places), width, "detail") if places.unplaced else []


def _told_of_unplaced(places: MapPlaces) -> str:
    return f"Not on the map: {', '.join(f'{place.name} {place.events:,}' for place in places.unplaced)}"


def whole_map(view: TimelineView, width: int, height: int | None = None) -> Picture:
    """The map of a view and below it all its places in words, if they fit into a height."""
    places = places_of(view, None, layout(width, height).size)
    if height is not None or not places.spots:
        return map_picture(places, MapShown(), -1, width, height)
    picture = map_picture(places, MapShown(), -1, width, None)
    lines = [*picture.lines, Line()]
    told = places.spots if view.holds_statements else places.spots[:_MOST_CELLS_TOLD]
    for spot in told:
        lines += paragraph(told_of(spot), width)
    if left := places.spots[len(told) :]:
        rows = count_of(sum(spot.events for spot in left), "event")
        lines += paragraph(f"and {len(left):,} more places with {rows}", width, "faint")
    lines += _unplaced(places, width)
    return picture._replace(lines=tuple(lines))

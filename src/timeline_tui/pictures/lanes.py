"""The picture of lanes: a lane for each actor, kind, place or something else, along an axis of time.

Two binary searches in the events of a lane count what is in a cell. So a picture takes time for its lanes and
cells, and hardly any for its events.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import suppress
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, days_in_edtf
from timeline_tui.drawing.cell_row import CellRow
from timeline_tui.drawing.folded_axis import FOLD
from timeline_tui.drawing.lines import Span, Target, count_of, paragraph
from timeline_tui.drawing.symbols import bars
from timeline_tui.drawing.time_axis import time_in_words
from timeline_tui.errors import NotYet
from timeline_tui.pictures.date_bars import EARLIER, LATER
from timeline_tui.pictures.lane_groups import DrawnAlong
from timeline_tui.pictures.lane_links import put_links
from timeline_tui.pictures.lanes_shown import axis_of, layout
from timeline_tui.pictures.marks import HEIGHTS, PARTS, SIGNS, in_doubt, merged
from timeline_tui.pictures.picture import Picture, Window, window_in_words
from timeline_tui.text.cells import cells, clipped, padded
from timeline_tui.timeline.signs import CLOCK, FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.folded_axis import FoldedAxis
    from timeline_tui.drawing.lines import Part
    from timeline_tui.pictures.date_bars import Bar
    from timeline_tui.pictures.lane_groups import AnyLane, Lane, Lanes
    from timeline_tui.pictures.lanes_shown import LanesLayout, LanesShown

_NEIGHBOURS = 12
"""How many events on each side of the selected one may show their title."""
_LEAST_TITLE, _MOST_TITLE = 12, 44
"""Cells of a title of a neighbour in the lens."""
_MOST_WITHIN, _CELLS_OF_DAY = 24, 4
"""How many events in sight of a lane are checked for lasting only a part of a day, as dates are slow to read;
and from how many cells of a day on."""
_MOST_BARS, _LONGEST_BARS = 24, 6
"""Of more bars than so many in a lane, only so many are drawn: dates take time to read, and bars overlap."""


def cell_counts(lanes: Lanes, number: int, axis: FoldedAxis) -> list[int]:
    """The number of events of a lane in each cell of an axis."""
    cuts = _cuts(lanes, lanes.events(number), lanes.bounds(Window(axis.first, axis.last), axis.starts()))
    return [stop - start for start, stop in pairwise(cuts)]


def lanes_picture(lanes: Lanes, shown: LanesShown, selected: int, width: int, height: int | None) -> Picture:
    """The picture, for the arguments see `layout()`."""
    view = lanes.view
    if not lanes.lanes:
        sentence = view.nothing_known or "There are no events here."
        return Picture(f"Lanes by {lanes.by}", tuple(paragraph(sentence, width, "detail")))
    place = layout(lanes, shown, selected, width, height)
    axis = axis_of(lanes, shown, place.width)
    drawn = _Drawing(lanes, place, axis, selected)
    rows, lines_of = [drawn.axis_row(), *drawn.rows_behind()], {}
    note, cursor, selected_row = "", (-1, -1), -1
    for number in range(place.top, place.top + place.rows):
        lines_of[number] = len(rows)
        rows.append(drawn.lane_row(number))
        if number == place.selected:
            selected_row = lines_of[number]
            note, cell = drawn.selected_cell()
            cursor = (selected_row, place.chart + cell) if cell >= 0 else cursor
            rows += drawn.lens()
    if selected_row >= 0:
        put_links(lanes, axis, [row.cells for row in rows], lines_of, (place.selected, selected))
    lines = tuple(row.cells.line(*row.before) for row in rows)
    title = _title(lanes, shown, place, axis, drawn.most)
    return Picture(title, lines, note, cursor, selected_row)


class _Row(NamedTuple):
    """A line of the picture while it is being drawn."""

    before: tuple[Span, ...]
    """What stands before the axis."""
    cells: CellRow


def _title(lanes: Lanes, shown: LanesShown, place: LanesLayout, axis: FoldedAxis, most: int) -> str:
    """The title; with what heights mean if they are measured by the fullest cell, of `most` events."""
    view, window = lanes.view, Window(axis.first, axis.last)
    events = count_of(view.count, "event")
    if window != lanes.whole:
        start, stop = (view.first_at(bound) for bound in lanes.bounds(window, ()))
        # The days around those in sight are no number that a reader knows.
        events = count_of(stop - start, "event") if lanes.is_part else f"{stop - start:,} of {events}"
    heights = [f"▄ {most // 4:,} █ {most:,}"] if most else []
    parts = [f"Lanes by {lanes.by}", events, *heights, window_in_words(view, window)]
    if place.rows < len(lanes.lanes):
        parts.append(f"lanes {place.top + 1:,}–{place.top + place.rows:,} of {len(lanes.lanes):,}")
    if shown.folded:
        parts.append(f"{count_of(len(axis.folds), 'silence')} folded ({FOLD})")
    return " · ".join(parts)


class _Drawing:
    """Draws the lines of one picture."""

    def __init__(self, lanes: Lanes, place: LanesLayout, axis: FoldedAxis, selected: int) -> None:
        self._lanes, self._view = lanes, lanes.view
        self._place, self._axis, self._selected = place, axis, selected
        self._starts = axis.starts()
        self._bounds = lanes.bounds(Window(axis.first, axis.last), self._starts)
        self._keys = lanes.view.first_keys(self._bounds)
        self._folds = axis.folds

    def axis_row(self) -> _Row:
        """The line with the ticks, the folds and the day of the clock."""
        place, axis, view = self._place, self._axis, self._view
        row = CellRow(place.width)
        for tick in axis.ticks(view.origin):
            row.put(tick.cell, f"╷{tick.label}", "faint")
        # A label may hide a fold here; it is seen in every lane.
        for cell in self._folds:
            row.fill(cell, cell + 1, FOLD, "detail")
        day = view.known_on
        start = (day or 0) * axis.per_day
        if day is not None and axis.first <= start <= axis.last:
            row.put(axis.cell(start), CLOCK, "name")
        return _Row((Span(" " + padded(f"by {self._lanes.by}", place.chart - 1), "detail"),), row)

    def rows_behind(self) -> list[_Row]:
        """The line with the rows of a table behind the lanes, by their density; none without a table."""
        behind, place, axis = self._lanes.behind, self._place, self._axis
        if behind is None:
            return []
        row = CellRow(place.width)
        # Of a cell that is a part of a day, the day counts where it begins.
        edges = [-(-edge // axis.per_day) for edge in (axis.first, *self._starts, axis.last + 1)]
        counts = [behind.between(first, after - 1) for first, after in pairwise(edges)]
        for cell, (bar, first, after) in enumerate(zip(bars(counts), edges, edges[1:], strict=False)):
            if bar.strip():
                row.put(cell, bar, "faint", Target(leads="rows", id=days_in_edtf(first, after - 1)))
        count = f" {sum(counts):>{place.number},}" if place.number else ""
        before = Span(" "), Span(padded(behind.name, place.name), "detail"), Span(f"{count} ", "detail")
        return [_Row(before, row)]

    def lane_row(self, number: int) -> _Row:
        """The line of a lane."""
        lane, place = self._lanes.lanes[number], self._place
        events = self._lanes.events(number)
        is_selected = number == place.selected
        row = self._events_row(events) if is_selected else self._drawn_before(number, events)
        count = f" {len(lane.keys):>{place.number},}" if place.number else ""
        before = (
            Span("▌" if is_selected else " ", "name"),
            Span(padded(self._name(lane), place.name), "title" if is_selected else "text"),
            Span(f"{count} ", "detail"),
        )
        return _Row(before, row)

    def _drawn_before(self, number: int, events: AnyLane) -> CellRow:
        """The cells of a lane that is not selected, drawn only once along an axis with the same heights."""
        rows, drawn = self._along.rows, (number, self.most)
        if drawn not in rows:
            rows[drawn] = self._events_row(events)
        return rows[drawn].copy()

    @cached_property
    def most(self) -> int:
        """The number of events in the fullest cell in sight, if it has many; 0 where the usual heights do."""
        fullest = max(
            map(self._fullest, range(self._place.top, self._place.top + self._place.rows)), default=0
        )
        return fullest if fullest >= HEIGHTS[0][0] else 0

    def _fullest(self, number: int) -> int:
        """The number of events in the fullest cell of a lane, counted only once along an axis."""
        known = self._along.fullest
        if number not in known:
            cuts = self._lanes.events(number).track.cuts(self._bounds, self._keys)
            known[number] = max(stop - start for start, stop in pairwise(cuts))
        return known[number]

    @cached_property
    def _along(self) -> DrawnAlong:
        """What was drawn of the lanes along this axis."""
        lanes, axis = self._lanes, self._axis
        along = (axis.first, axis.last, self._place.width, *self._folds)
        if along != lanes.drawn.along:
            lanes.drawn = DrawnAlong(along, {}, {})
        return lanes.drawn

    def _events_row(self, events: AnyLane) -> CellRow:
        row = CellRow(self._place.width)
        cuts = events.track.cuts(self._bounds, self._keys)
        for cell, (start, stop) in enumerate(pairwise(cuts)):
            if start < stop:
                self._put_events(row, cell, events, start, stop)
        self._put_bars(row, events, cuts)
        for cell in self._folds:
            row.fill(cell, cell + 1, FOLD, "faint")
        return row

    def _name(self, lane: Lane) -> str:
        """The name of a lane; where it is too long, the short name of an actor."""
        if self._lanes.by == "actor" and lane.value and cells(lane.name) > self._place.name:
            return self._view.short_name(lane.value)
        return lane.name

    def _put_events(self, row: CellRow, cell: int, events: AnyLane, start: int, stop: int) -> None:
        number = stop - start
        key = events.track.near(start)
        if number == 1:
            sign, part = self._sign(events, start, key)
            is_open = events.track.day(start) == BEGINNING
            row.mark(cell, EARLIER if is_open else sign, part, Target(key))
            return
        row.mark(cell, *merged(number, events.doubtful(start, stop), self.most), Target(key))

    def _sign(self, events: AnyLane, place: int, key: int) -> tuple[str, Part]:
        if self._view.is_fallen(key):
            return FALLEN, "fallen"
        status = events.status(place)
        return SIGNS[status], PARTS[status]

    def _put_bars(self, row: CellRow, events: AnyLane, cuts: Sequence[int]) -> None:
        axis, keys = self._axis, events.track.keys
        per_day = axis.per_day
        cell = max(1, (axis.last - axis.first + 1) // (axis.width * per_day))
        found = events.lasting(cuts[0], cuts[-1], (axis.first // per_day, cell), _MOST_BARS)
        # An event without an end gets only an arrow, as it would fill its lane for ever.
        for place in _first_of_cells(found.endless, cuts):
            at = 0 if place < cuts[0] else axis.cell(events.track.moment(place))
            row.fill(at + 1, at + 2, LATER, self._bar_part(events, place), Target(keys[place]))
        places = list(found.places)
        if len(places) > _MOST_BARS:
            spans = sorted((first - last, place) for place in places for first, last in [events.span(place)])
            chosen = events.track.place_of(self._selected)
            places = [place for place in places if place == chosen]
            places += [place for _, place in spans[:_LONGEST_BARS]]
        for place in (*found.endless[:1], *places):
            if place < cuts[0]:
                row.fill(0, 1, EARLIER, self._bar_part(events, place), Target(keys[place]))
        for place in dict.fromkeys((*places, *self._within_days(events, cuts))):
            part = self._bar_part(events, place)
            self._put_bar(row, self._lanes.bar(keys[place]), part, Target(keys[place]))

    def _within_days(self, events: AnyLane, cuts: Sequence[int]) -> Iterator[int]:
        """The places of events that last into other cells within their day, where these are few.

        One without a time of day can be at any time of its day.
        """
        axis, per_day = self._axis, self._axis.per_day
        cell = (axis.last - axis.first + 1) // axis.width
        if cell * _CELLS_OF_DAY > per_day or not self._view.holds_statements:
            return
        day = axis.first - axis.first % per_day
        start = events.track.cuts([day], self._view.first_keys([day]))[0]
        if cuts[-1] - start > _MOST_WITHIN:
            return
        for place in range(start, cuts[-1]):
            bar = self._lanes.bar(events.track.keys[place])
            if bar.last - bar.first >= max(cell, 1) and bar.last >= axis.first:
                yield place

    def _bar_part(self, events: AnyLane, place: int) -> Part:
        """The look of a bar: quiet, so that events stand out among bars that go on for long."""
        return PARTS[events.status(place)] if events.track.keys[place] == self._selected else "faint"

    def _put_bar(self, row: CellRow, bar: Bar, part: Part, target: Target) -> None:
        axis, width = self._axis, self._place.width
        start = axis.cell(max(bar.first, axis.first))
        stop = width if bar.last >= axis.last else max(axis.cell(bar.last + 1), axis.cell(bar.last) + 1)
        if axis.last < bar.last:
            row.fill(width - 1, width, LATER, part, target)
        # Cells with one sign are filled together.
        edges = [start]
        if bar.sure is not None:
            sure = [axis.cell(min(max(day, axis.first), axis.last)) for day in bar.sure]
            edges += [min(max(edge, start), stop) for edge in (sure[0], sure[1] + 1)]
        for first, last in pairwise((*edges, stop)):
            if first < last:
                day = max(axis.day(first), bar.first)
                after = max(day, min(axis.day(last - 1), bar.last))
                row.fill(first, last, bar.sign(day, after), part, target)

    def selected_cell(self) -> tuple[str, int]:
        """What can be done at the selected event, and its cell; -1 if it is not in sight."""
        events = self._lanes.events(self._place.selected)
        track = events.track
        place = track.place_of(self._selected)
        cuts = track.cuts(self._bounds, self._keys)
        for cell, (start, stop) in enumerate(pairwise(cuts)):
            if start <= place < stop:
                if stop - start == 1:
                    return "", cell
                first, last = track.moment(start), track.moment(stop - 1)
                doubt = in_doubt(events.doubtful(start, stop))
                if first == last:
                    when = self._moment_in_words(max(first, self._lanes.whole.first))
                    return f"{stop - start:,} events {when}{doubt}: ← → go from one to the next", cell
                return f"{stop - start:,} events in this cell{doubt}: + zooms in", cell
        return "", -1

    def _moment_in_words(self, moment: int) -> str:
        """`on 14 April 1970`, or `at 03:08:19 on 14 April 1970`."""
        day, second = divmod(moment, self._axis.per_day)
        words = f"on {self._view.day_in_words(day)}"
        return f"at {time_in_words(second)} {words}" if second else words

    def lens(self) -> list[_Row]:
        """The titles of the selected event and of those beside it in its lane, each below its cell."""
        place = self._place
        rows = [CellRow(place.width) for _ in range(place.lens)]
        track = self._lanes.events(place.selected).track
        cuts = track.cuts(self._bounds, self._keys)
        here = track.place_of(self._selected)
        if here < 0:
            here = self._lanes.first_at(place.selected, self._lanes.moment_of(self._selected))
        steps = (sign * step for step in range(_NEIGHBOURS + 1) for sign in ((1, -1) if step else (1,)))
        for near in (here + step for step in steps):
            if cuts[0] <= near < cuts[-1]:
                cell = self._axis.cell(track.moment(near))
                with suppress(NotYet):
                    self._put_title(rows, cell, track.keys[near])
        return [_Row((Span(" " * place.chart),), row) for row in rows]

    def _put_title(self, rows: Sequence[CellRow], cell: int, key: int) -> None:
        is_selected = key == self._selected
        title = self._view.title_of(key)
        part: Part = "title" if is_selected else "detail"
        wanted = cells(title) + 2
        if not is_selected:
            wanted = min(wanted, _MOST_TITLE)
        for number, row in enumerate(rows):
            right, left = row.free_from(cell, 1), row.free_from(cell, -1)
            room = min(wanted, max(right, left))
            if room < min(wanted, _LEAST_TITLE):
                if not row.is_blank(cell):
                    return
                continue
            if right >= room or right >= left:
                row.put(cell, clipped(f"╰ {title}", room), part, Target(key))
            else:
                text = f"{clipped(title, room - 2)} ╯"
                row.put(cell + 1 - cells(text), text, part, Target(key))
            for above in rows[:number]:
                above.fill(cell, cell + 1, "│", "faint")
            return


def _first_of_cells(places: Sequence[int], cuts: Sequence[int]) -> Sequence[int]:
    """Of ascending places those before the first cell, and the first in each cell."""
    if len(places) <= len(cuts):
        return places
    found = dict.fromkeys(
        [places[0], *(places[at] for cut in cuts[:-1] if (at := bisect_left(places, cut)) < len(places))]
    )
    return list(found)


def _cuts(lanes: Lanes, events: AnyLane, bounds: Sequence[int]) -> list[int]:
    return events.track.cuts(bounds, lanes.view.first_keys(bounds))

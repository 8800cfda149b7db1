"""The picture of two clocks: when it happened, across, and when it became known, up.

What was told at once lies on the diagonal, what was revealed later above it, what was announced before below.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.wording import span_in_words
from timeline_tui.drawing.cell_row import CellRow
from timeline_tui.drawing.folded_axis import FOLD, FoldedAxis
from timeline_tui.drawing.lines import Span, Target, count_of, paragraph
from timeline_tui.pictures.clock_axes import Band, day_bands, delay_bands, silences
from timeline_tui.pictures.clock_counted import CountedPoints
from timeline_tui.pictures.clock_paths import paths_of, put_path
from timeline_tui.pictures.clock_points import WHATS, Points, What
from timeline_tui.pictures.date_bars import EARLIER
from timeline_tui.pictures.marks import PARTS, SIGNS, in_doubt, merged
from timeline_tui.pictures.picture import Picture, Window, window_in_words
from timeline_tui.text.cells import cells, padded
from timeline_tui.timeline.signs import CLOCK, FALLEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.pictures.clock_points import Column, Count, CountedColumn
    from timeline_tui.timeline.protocol import TimelineView

By = Literal["events", "claims", "quotes", "changes", "event-delays", "claim-delays", "quote-delays"]
"""What the picture is by: what becomes known, up by the day or by the delay in growing steps."""
BY: tuple[By, ...] = get_args(By)
_DELAYS = "-delays"
_TITLES: dict[What, str] = {
    "events": "events",
    "claims": "claims",
    "quotes": "quotes",
    "changes": "what changed about events",
}
_NOUNS: dict[What, str] = {"events": "event", "claims": "claim", "quotes": "quote", "changes": "change"}
_WIDE_LABEL, _NARROW_LABEL, _ROOMY = 12, 8, 56
"""Cells of the labels of rows, and of the width from which on there is room for wide ones."""
_FEW = 50_000
"""Up to this number of points in sight, silences are found among these points alone."""
_ALL_TARGETS = 20_000
"""Up to this number of points, a cell with several leads to the first; beyond it, only a click finds it."""
_USUAL_ROWS = 24
"""Rows of days where no height is given."""
DIAGONAL = "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}"
"""Marks where something that was known at once would be."""
_QUIET = "┄"
"""Fills a row of folded time, or the row of what was known on the same day."""


@dataclass(frozen=True, slots=True)
class ClocksShown:
    """What a picture of two clocks shows, as chosen."""

    by: By = "events"
    window: Window | None = None
    """The days in sight, of those on which something happened; None for all."""
    folded: bool = True
    """Whether long times without anything are folded, on both axes."""

    @property
    def what(self) -> What:
        """What becomes known."""
        named = self.by.removesuffix(_DELAYS)
        return next(what for what in WHATS if what.startswith(named))

    @property
    def is_delayed(self) -> bool:
        """Whether the delay is up, and not the day."""
        return self.by.endswith(_DELAYS)

    def by_next(self) -> ClocksShown:
        """The same days by the next thing."""
        return replace(self, by=BY[(BY.index(self.by) + 1) % len(BY)])


class Scene(NamedTuple):
    """The drawing of some days in a size: axes, rows from the bottom up, and their counts."""

    points: Points
    shown: ClocksShown
    axis: FoldedAxis
    edges: Sequence[int]
    """The first day of each column, and the day after the last."""
    bands: Sequence[Band]
    folds: frozenset[int]
    """The rows of folded time."""
    counts: Sequence[Sequence[Count]]
    """By column and row."""
    rows: Sequence[CellRow]
    """As they are drawn without a selected event, from the bottom up."""
    label: int
    """Cells of the labels of rows."""

    @property
    def chart(self) -> int:
        """The first cell of the columns."""
        return self.label + 2

    @property
    def axis_line(self) -> int:
        """The line of the axis of days."""
        return len(self.bands)

    def column_of(self, moment: int) -> int:
        """The column of a moment, as in `Run`; -1 if it is not in sight."""
        return self.axis.cell(moment) if self.edges[0] <= moment < self.edges[-1] else -1

    def row_of(self, moment: int, known: int) -> int:
        """The row of a point; -1 if it is in none."""
        measure = known - moment // self.axis.per_day if self.shown.is_delayed else known
        row = bisect_right(self._firsts, measure) - 1
        return row if row >= 0 and measure < self.bands[row].after else -1

    @property
    def _firsts(self) -> list[int]:
        return [band.first for band in self.bands]

    def place_of(self, key: int) -> tuple[int, int]:
        """The row and the column of the first point of an event; -1 where it is not in sight."""
        point = self.points.of(key)
        if point is None:
            return -1, -1
        return self.row_of(*point), self.column_of(point[0])

    def key_in(self, row: int, column: int) -> int:
        """The key of the earliest event in a cell; -1 if it is empty or none."""
        is_cell = 0 <= row < len(self.bands) and 0 <= column < len(self.counts)
        if not is_cell or not self.counts[column][row].points:
            return -1
        moments = self.edges[column], self.edges[column + 1]
        return self.points.first_in(moments, self.bands[row][:2], delayed=self.shown.is_delayed)

    def above(self, key: int, column: int, rows: int) -> int:
        """The key of an event a number of non-empty rows above another one (below it, if negative).

        At most to the highest or lowest; the nearest to a column in its row.
        """
        row, _ = self.place_of(key)
        step = 1 if rows > 0 else -1
        found, left = -1, abs(rows)
        row = row if row >= 0 else (-1 if step > 0 else len(self.bands))
        while left and 0 <= (row := row + step) < len(self.bands):
            columns = [place for place, counts in enumerate(self.counts) if counts[row].points]
            if columns:
                found = self.key_in(row, min(columns, key=lambda place: abs(place - column)))
                left -= 1
        return key if found < 0 else found


class Clocks:
    """The two clocks of a view: their points and scenes, each made when it is first asked for.

    Args:
        view: The events.
        stage: The clocks of a view that has these events and more, to whose axes they keep.
    """

    def __init__(self, view: TimelineView, stage: Clocks | None = None) -> None:
        self.view, self.stage = view, stage
        self.points = lru_cache(maxsize=len(WHATS))(self._points)
        """The points of something that becomes known."""
        self.scene = lru_cache(maxsize=16)(self._scene)
        """What is drawn; for the arguments see `clocks_picture()`."""

    def _points(self, what: What) -> Points:
        told = self.view.told_rows() if what == "events" else None
        return Points(self.view, what) if told is None else CountedPoints(self.view, told)

    def whole(self, shown: ClocksShown) -> Window:
        """All days on which something happened."""
        return (self.stage or self).points(shown.what).whole

    def window(self, shown: ClocksShown) -> Window:
        """The days in sight."""
        whole = self.whole(shown)
        return whole if shown.window is None else shown.window.within(whole)

    def _scene(self, shown: ClocksShown, width: int, height: int | None) -> Scene:
        points = self.points(shown.what)
        if self.stage is not None and self.stage.points(shown.what).count:
            scene = self.stage.scene(shown, width, height)._replace(points=points)
        else:
            scene = self._axes(points, shown, width, height)
        columns = _columns(points, scene.edges, shown)
        cuts = [scene.bands[0].first, *(band.after for band in scene.bands)]
        scene = scene._replace(counts=[column.counts(cuts) for column in columns])
        return scene._replace(rows=tuple(_drawn(scene)))

    def _axes(self, points: Points, shown: ClocksShown, width: int, height: int | None) -> Scene:
        """A scene in which nothing is counted yet."""
        window = self.window(shown)
        label = _WIDE_LABEL if width >= _ROOMY else _NARROW_LABEL
        room = max(1, width - label - 2)
        gaps = silences([run.moments for run in points.runs], window, room) if shown.folded else []
        axis = FoldedAxis(*window, room, gaps, self.view.per_day)
        edges = points.bounds(window, axis.starts())
        columns = _columns(points, edges, shown)
        bands, folds = _bands(points, columns, shown, label, height)
        return Scene(points, shown, axis, edges, bands, folds, (), (), label)


def _columns(points: Points, edges: Sequence[int], shown: ClocksShown) -> list[Column | CountedColumn]:
    return [points.column(first, after, delayed=shown.is_delayed) for first, after in pairwise(edges)]


def _bands(
    points: Points,
    columns: Sequence[Column | CountedColumn],
    shown: ClocksShown,
    label: int,
    height: int | None,
) -> tuple[list[Band], frozenset[int]]:
    """The rows for what the columns measure, and which of them are folded."""
    spans = list(filter(None, (column.span for column in columns)))
    least, most = min((span[0] for span in spans), default=0), max((span[1] for span in spans), default=0)
    # Without a height, no more rows than there are days.
    rows = max(1, height - 1 if height else min(_USUAL_ROWS, points.known.days))
    if shown.is_delayed:
        return delay_bands(least, most, rows), frozenset()
    pieces = [piece for column in columns for piece in column.every]
    days = pieces if sum(map(len, pieces)) <= _FEW else [points.known_days]
    window = _without_open_ends(pieces, (least, most), points.known)
    gaps = silences(days, window, rows) if shown.folded else []
    axis = FoldedAxis(*window, rows, gaps)
    # The lowest row has what was always known, the highest what is never known.
    is_open = bool(spans) and least <= BEGINNING
    bands = day_bands(axis, window, points.view.origin, label, lowest_is_open=is_open)
    return bands, frozenset(axis.folds)


def _without_open_ends(pieces: Sequence[Sequence[int]], span: tuple[int, int], whole: Window) -> Window:
    """The days on which some points became known, without those known always or never."""
    least, most = span
    if not pieces:
        return Window(whole.first, whole.first)
    if least <= BEGINNING:
        firsts = (piece[bisect_right(piece, BEGINNING) :][:1] for piece in pieces)
        least = min((day for days in firsts for day in days if day < END), default=whole.first)
    if most >= END:
        lasts = (piece[: bisect_left(piece, END)][-1:] for piece in pieces)
        most = max((day for days in lasts for day in days if day > BEGINNING), default=least)
    return Window(least, max(least, most))


def _drawn(scene: Scene) -> list[CellRow]:
    """The rows from the bottom up, without a selected event."""
    rows = [CellRow(scene.axis.width) for _ in scene.bands]
    for column, counts in enumerate(scene.counts):
        for row, count in enumerate(counts):
            if count.points:
                _put_cell(scene, rows[row], (row, column), count)
    if scene.shown.what == "events" and not scene.shown.is_delayed:
        for path in paths_of(scene.points):
            put_path(rows, scene.row_of, scene.column_of, path, "ahead")
    _put_diagonal(scene, rows)
    return rows


def _put_cell(scene: Scene, row: CellRow, place: tuple[int, int], count: Count) -> None:
    points = scene.points
    key = scene.key_in(*place) if count.points == 1 or points.count <= _ALL_TARGETS else -1
    if count.points > 1 or key < 0:
        sign, part = merged(count.points, count.doubtful)
        part = "fallen" if count.fallen == count.points else part
    elif count.fallen:
        sign, part = FALLEN, "fallen"
    else:
        status = points.view.statuses[key]
        is_open = scene.edges[place[1]] <= BEGINNING and (points.of(key) or (0, 0))[0] <= BEGINNING
        sign, part = EARLIER if is_open else SIGNS[status], PARTS[status]
    row.mark(place[1], sign, part, Target(key) if key >= 0 else None)


def _put_diagonal(scene: Scene, rows: Sequence[CellRow]) -> None:
    """Show where the points known at once are, and what lies above and below."""
    if scene.shown.is_delayed:
        same = scene.row_of(0, 0)
        if same >= 0:
            rows[same].fill(0, scene.axis.width, _QUIET, "faint")
        return
    axis = scene.axis
    for column in range(axis.width):
        moment = axis.day(column)
        # Where there are more cells than days, some have none.
        row = scene.row_of(moment, moment // axis.per_day) if axis.first <= moment <= axis.last else -1
        if row >= 0 and axis.cell(moment) == column:
            rows[row].fill(column, column + 1, DIAGONAL, "faint")
    for row, band in enumerate(scene.bands):
        moment = max(band.first * axis.per_day, axis.first)
        is_day = band.first < band.after and moment <= axis.last and moment < band.after * axis.per_day
        column = scene.column_of(moment) if is_day and band.first > BEGINNING else -1
        if column >= 0 and row not in scene.folds:
            rows[row].fill(column, column + 1, DIAGONAL, "faint")
    if len(rows) > _ROOM_FOR_WORDS:
        _put_word(rows[-2], 1, "↖ revealed later")
        _put_word(rows[1], axis.width - cells(_BEFORE) - 1, _BEFORE)


_BEFORE = "announced before ↘"
_ROOM_FOR_WORDS = 6


def _put_word(row: CellRow, cell: int, word: str) -> None:
    if cell > 0 and row.is_blank(cell - 1, cell + cells(word) + 1):
        row.put(cell, word, "faint")


def clocks_picture(
    clocks: Clocks, shown: ClocksShown, selected: int, width: int, height: int | None
) -> Picture:
    """The picture.

    Args:
        clocks: The two clocks of a view.
        shown: What is chosen to be shown.
        selected: The key of the selected event; -1 for none.
        width: In cells.
        height: In lines; None for the usual number.
    """
    view, points = clocks.view, clocks.points(shown.what)
    if not points.count:
        sentence = view.nothing_known or f"No {_NOUNS[shown.what]} here has a day on which it became known."
        return Picture(f"Two clocks: {_TITLES[shown.what]}", tuple(paragraph(sentence, width, "detail")))
    scene = clocks.scene(shown, width, height)
    rows = [row.copy() for row in scene.rows]
    note, cursor = "", (-1, -1)
    if selected >= 0:
        row, column = scene.place_of(selected)
        if row >= 0 and column >= 0:
            cursor = len(scene.bands) - 1 - row, scene.chart + column
            for path in paths_of(points, selected):
                put_path(rows, scene.row_of, scene.column_of, path, "found")
        note = _note(scene, selected, (row, column))
    lines = [
        rows[row].line(Span(f" {padded(_label(scene, row), scene.label)} ", "detail"))
        for row in reversed(range(len(rows)))
    ]
    lines.append(_axis_row(scene).line(Span(f" {padded(_heading(shown), scene.label)} ", "detail")))
    return Picture(_title(clocks, scene), tuple(lines), note, cursor, cursor[0])


def _label(scene: Scene, row: int) -> str:
    """The label of a row: only the axes mark where time is folded."""
    return _QUIET * (scene.label // 2) if row in scene.folds else scene.bands[row].label


def _heading(shown: ClocksShown) -> str:
    return "delay ↑" if shown.is_delayed else "known ↑"


def _axis_row(scene: Scene) -> CellRow:
    axis, view = scene.axis, scene.points.view
    row = CellRow(axis.width)
    for tick in axis.ticks(view.origin):
        row.put(tick.cell, f"╷{tick.label}", "faint")
    for cell in axis.folds:
        row.fill(cell, cell + 1, FOLD, "detail")
    start = None if view.known_on is None else view.known_on * axis.per_day
    if start is not None and axis.first <= start <= axis.last:
        row.put(axis.cell(start), CLOCK, "name")
    return row


def _title(clocks: Clocks, scene: Scene) -> str:
    points, shown, view = scene.points, scene.shown, clocks.view
    window = clocks.window(shown)
    told = points.told(scene.edges[0], scene.edges[-1])
    number = sum(told)
    counted = count_of(points.count, _NOUNS[points.what])
    counted = counted if number == points.count else f"{number:,} of {counted}"
    ways = [(told.before, "known before"), (told.at_once, "the same day"), (told.later, "later")]
    parts = [
        f"Two clocks: {_TITLES[points.what]}{' by delay' if shown.is_delayed else ''}",
        f"{counted}: {', '.join(f'{count:,} {when}' for count, when in ways if count)}",
        window_in_words(view, window),
    ]
    if folds := len(scene.axis.folds) + len(scene.folds):
        parts.append(f"{count_of(folds, 'silence')} folded ({FOLD})")
    return " · ".join(parts)


def _note(scene: Scene, key: int, place: tuple[int, int]) -> str:
    """When the selected event became known, and what else is in its cell."""
    point, view = scene.points.of(key), scene.points.view
    if point is None:
        return f"no {_NOUNS[scene.points.what]} of the selected event is here"
    told = _delay_in_words(point[0] // view.per_day, point[1], view.day_in_words(point[1]))
    row, column = place
    if row < 0 or column < 0:
        return told
    count = scene.counts[column][row]
    if count.points == 1:
        return told
    # The outermost columns also have the points with open ends, which no zoom can divide.
    days = min(scene.edges[column + 1], scene.axis.last + 1) - max(scene.edges[column], scene.axis.first)
    more = ": + zooms in" if days > 1 else ""
    return f"{told} · {count.points:,} in this cell{in_doubt(count.doubtful)}{more}"


def _delay_in_words(day: int, known: int, words: str) -> str:
    if known <= BEGINNING:
        return "always known"
    if known >= END:
        return "not known on any day"
    if day <= BEGINNING or known == day:
        return f"known on {words}" + (", the same day" if known == day else "")
    return f"known on {words}, {span_in_words(known - day)} {'later' if known > day else 'before'}"

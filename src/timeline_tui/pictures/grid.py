"""A grid of counts: rows by columns, where each cell leads to exactly the events that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from timeline_tui.dates.wording import cells as date_cells
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.drawing.symbols import BARS
from timeline_tui.pictures.marks import tint
from timeline_tui.pictures.picture import Picture
from timeline_tui.query.language import Query
from timeline_tui.text.cells import cells, clipped, padded
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.drawing.lines import Part
    from timeline_tui.query.language import Term
    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.timeline.rows import Row

HEAT: Final = "░▒▓█"
"""The heat of a cell, from few events to as many as the fullest cell has."""
DOUBT: Final = "◇"
"""Beside the count of a cell of which half or more is claimed, disputed or denied."""
NOTHING: Final = "·"
"""A cell without events."""

Fill = Literal["heat", "height"]
"""Whether a cell is a block and its count, or its count alone, and a bar where that has no room."""

_WIDEST = 8
_HEADING_SHARE = 3
"""Headings of rows take at most a third of the width, or what the widest columns leave."""
_ABBREVIATED = 3
"""Names in up to so many cells are cut without an ellipsis."""
_LEAST_LISTED = 3
"""Lines from which on events of a cell are listed: a blank one, an event, and how many more there are."""
_DATE = 16
"""Cells of the date of such an event."""
_NAMED_FROM = 6
"""Cells of a column from which on its heading is a name and not its number."""


class GridCell(NamedTuple):
    """How many events a cell has, and what finds exactly these."""

    events: int = 0
    doubtful: int = 0
    """How many of them are claimed, disputed or denied."""
    terms: tuple[Term, ...] = ()
    """What finds them among the events of the view; terms of one field allow together."""

    @property
    def part(self) -> Part:
        """The look of its count: the more in the colour of doubt, the more of its events are doubtful."""
        return tint(self.events, self.doubtful)

    @property
    def is_doubtful(self) -> bool:
        """Whether at least half of its events are claimed, disputed or denied."""
        return bool(self.doubtful) and self.doubtful * 2 >= self.events


EMPTY: Final = GridCell()


class GridRow(NamedTuple):
    """A row of a grid, or what stands in the place of several that are left out."""

    heading: str
    """Visible, on one line."""
    cells: tuple[GridCell | None, ...] = ()
    """One a column; None where there is no such cell, as for 30 February. Without any, it is a remark."""
    target: Target | None = None
    """What the heading leads to."""


class Grid(NamedTuple):
    """Counts in rows and columns."""

    title: str
    """Visible, on one line."""
    query: Query
    """That of the view, in which cells look for their events."""
    columns: tuple[str, ...]
    """The headings of the columns, visible on one line."""
    rows: tuple[GridRow, ...]
    beneath: tuple[str, ...] = ()
    """Sentences that stand below the grid, each on its own lines."""
    fill: Fill = "heat"
    numbered: bool = False
    """Whether rows and columns are the same things, so that a number can stand for a name over a column."""
    between: str = " · "
    """Stands between the headings of a row and a column where a cell is named."""

    @property
    def most(self) -> int:
        """The count of the fullest cell."""
        return max((cell.events for row in self.rows for cell in row.cells if cell is not None), default=0)

    @property
    def is_doubtful(self) -> bool:
        """Whether a cell has an event that is claimed, disputed or denied."""
        return any(cell.doubtful for row in self.rows for cell in row.cells if cell is not None)

    @property
    def total(self) -> int:
        """The counts of all cells together."""
        return sum(cell.events for row in self.rows for cell in row.cells if cell is not None)

    def cell(self, row: int, column: int) -> GridCell | None:
        """The cell at a place; None if there is none."""
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.rows[row].cells)):
            return None
        return self.rows[row].cells[column]

    def target(self, cell: GridCell | None) -> Target | None:
        """What leads to the events of a cell; None if it has none."""
        if cell is None or not cell.terms:
            return None
        narrowed = self.query.narrowed(Query(cell.terms))
        return Target(leads="filter", id=" ".join(term.named for term in narrowed))

    def moved(self, row: int, column: int, down: int, right: int) -> tuple[int, int]:
        """The place some rows down or some columns to the right, at the next cell that there is.

        At the edge it is the last such cell; the same place if there is none.
        """
        found = row, column
        for _ in range(abs(down) + abs(right)):
            step = _sign(down), _sign(right)
            at = found[0] + step[0], found[1] + step[1]
            while 0 <= at[0] < len(self.rows) and 0 <= at[1] < len(self.columns) and self.cell(*at) is None:
                at = at[0] + step[0], at[1] + step[1]
            if self.cell(*at) is None:
                break
            found = at
        return found

    def first_place(self) -> tuple[int, int]:
        """The place of the fullest cell, of several the first; (-1, -1) without cells."""
        most = self.most
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell is not None and cell.events == most:
                    return number, column
        return -1, -1


class GridLayout(NamedTuple):
    """Where the cells of a grid are in a size; all in cells and lines."""

    heading: int
    """Width of the headings of the rows, with the gap after them."""
    column: int
    """Width of a column."""
    columns: int
    """How many columns are in sight."""
    left: int
    """The first column in sight."""
    rows: int
    """How many rows are in sight."""
    top: int
    """The first row in sight."""

    def place(self, line: int, cell: int) -> tuple[int, int]:
        """The row and the column at a line and a cell of the picture; -1 for the headings."""
        row = self.top + line - 1 if 1 <= line <= self.rows else -1
        column = self.left + (cell - self.heading) // self.column if cell >= self.heading else -1
        return row, column if column < self.left + self.columns else -1

    def offset(self, row: int, column: int) -> tuple[int, int]:
        """The line and the first cell of a place; -1 if it is not in sight."""
        if not (self.top <= row < self.top + self.rows and self.left <= column < self.left + self.columns):
            return -1, -1
        return row - self.top + 1, self.heading + (column - self.left) * self.column


def grid_layout(
    grid: Grid,
    width: int,
    height: int | None,
    place: tuple[int, int] = (0, 0),
    seen: tuple[int, int] = (0, 0),
) -> GridLayout:
    """Where the cells of a grid are.

    Args:
        grid: The grid.
        width: In cells, from 1 on.
        height: In lines; None for as many as there are.
        place: The row and the column that must be in sight.
        seen: The first row and the first column in sight, if they can be.
    """
    number = len(str(len(grid.rows))) + 1 if grid.numbered else 0
    longest = max((cells(row.heading) for row in grid.rows if row.cells), default=0)
    heading = min(number + longest, max(width // _HEADING_SHARE, width - len(grid.columns) * _WIDEST - 1)) + 1
    heading = min(max(heading, number + 1), width)
    room = max(width - heading, 1)
    least = len(str(len(grid.columns))) + 1 if grid.numbered else 1
    column = min(max(room // max(len(grid.columns), 1), min(least, room)), _WIDEST)
    columns = min(max(room // column, 1), len(grid.columns))
    # The line of the headings stands above, those of the sentences and of the legend below.
    left_over = (
        len(grid.rows) if height is None else max(height - 1 - _lines_beneath(grid, column, width, height), 1)
    )
    rows = min(left_over, len(grid.rows))
    return GridLayout(
        heading,
        column,
        columns,
        _first(seen[1], place[1], columns, len(grid.columns)),
        rows,
        _first(seen[0], place[0], rows, len(grid.rows)),
    )


def grid_picture(
    grid: Grid, place: tuple[int, int], layout: GridLayout, width: int, height: int | None
) -> Picture:
    """The picture of a grid.

    Args:
        grid: The grid.
        place: The selected row and column; (-1, -1) for none.
        layout: Where everything is.
        width: In cells.
        height: In lines; None for as many as there are.
    """
    lines = [_headings(grid, layout)]
    most = grid.most
    lines += (_row(grid, number, layout, most) for number in range(layout.top, layout.top + layout.rows))
    room = None if height is None else max(height - len(lines), 0)
    lines += _first_lines(beneath(grid, layout, width), room, width)
    line, cell = layout.offset(*place)
    return Picture(grid.title, tuple(lines), note_of(grid, place), (line, cell))


def note_of(grid: Grid, place: tuple[int, int]) -> str:
    """What the selected cell is and has: `Nov 2024 · 12 events, 5 of them claimed, disputed or denied`."""
    cell = grid.cell(*place)
    if cell is None:
        return ""
    row, column = grid.rows[place[0]], grid.columns[place[1]]
    name = f"{row.heading}{grid.between}{column}"
    if not cell.events:
        return f"{name}: none"
    doubtful = f", {cell.doubtful:,} in doubt" if cell.doubtful else ""
    return f"{name}: {count_of(cell.events, 'event')}{doubtful} · Enter lists them"


def beneath(grid: Grid, layout: GridLayout, width: int) -> list[Line]:
    """What stands below the rows: the sentences, what is out of sight, and what the signs mean."""
    lines = [line for sentence in grid.beneath for line in paragraph(sentence, width, "detail")]
    hidden = [
        count_of(number, noun)
        for number, noun in (
            (len(grid.rows) - layout.rows, "row"),
            (len(grid.columns) - layout.columns, "column"),
        )
        if number > 0
    ]
    lines += paragraph(f"{' and '.join(hidden)} out of sight" if hidden else "", width, "faint")
    return lines + paragraph(_legend(grid, layout.column), width, "faint")


def _first_lines(lines: list[Line], room: int | None, width: int) -> list[Line]:
    """As many lines as there is room for; the last one says with an ellipsis that more words follow."""
    if room is None or len(lines) <= room:
        return lines
    if room <= 0:
        return []
    *kept, last = lines[:room]
    part = last.spans[0].part if last.spans else "text"
    return [*kept, line(clipped(f"{last.text} …", width), part)]


def cell_events(view: TimelineView, positions: Sequence[int], width: int, height: int) -> list[Line]:
    """The first events of a cell, for the free lines below a grid; empty if these are few.

    Args:
        view: That of the grid.
        positions: Those of the events of the cell in it, ascending.
        width: In cells.
        height: In lines, of which the first stays blank.
    """
    if height < _LEAST_LISTED or not positions:
        return []
    shown = positions[: height - 1] if len(positions) < height else positions[: height - 2]
    rows = [row for position in shown for row in view.rows(position, position + 1)]
    dates = [clipped(_date(view, row), _DATE) for row in rows]
    room = max(map(cells, dates), default=0) + 2
    lines = [BLANK]
    for row, date in zip(rows, dates, strict=True):
        sign = FALLEN if row.is_fallen else STATUS_SIGNS.get(row.status, " ")
        title = clipped(row.marked_title, max(width - room - 2, 1))
        target = Target(row.key)
        part: Part = "fallen" if row.is_fallen else "text"
        look: Part = "certain" if row.status == "confirmed" and not row.is_fallen else "doubt"
        spans = (Span(padded(date, room), "detail"), Span(f"{sign} ", look), Span(title, part))
        lines.append(Line(tuple(span._replace(target=target) for span in spans), (target,)))
    if more := len(positions) - len(shown):
        lines += paragraph(f"and {count_of(more, 'more event')}", width, "faint")[:1]
    return lines


def _date(view: TimelineView, row: Row) -> str:
    if view.origin is not None:
        return view.date_in_words(row.date)
    return " ".join(filter(None, date_cells(row.date)))


def _legend(grid: Grid, column: int) -> str:
    """What the signs in columns of that many cells mean; empty without any."""
    most = grid.most
    if not most:
        return ""
    if grid.fill == "height":
        room = max(column - 1, 1)
        signs = f"{NOTHING} none, a number so many events"
        if cells(f"{most:,}") > room:
            signs += f", from {10**room:,} on {BARS[1]} to {BARS[-1]} for up to {most:,}"
    else:
        ends = [most * step // len(HEAT) for step in range(1, len(HEAT) + 1)]
        starts = [1, *(end + 1 for end in ends[:-1])]
        signs = ", ".join(
            f"{sign} {start:,}" if start == end else f"{sign} {start:,}–{end:,}"
            for sign, start, end in zip(HEAT, starts, ends, strict=True)
            if start <= end
        )
        signs = f"{NOTHING} none, {signs}"
    doubt = f" · colour: part in doubt, {DOUBT} half or more" if grid.is_doubtful else ""
    return f"{signs}{doubt}"


def _lines_beneath(grid: Grid, column: int, width: int, height: int) -> int:
    # One more for what is out of sight.
    lines = sum(len(paragraph(sentence, width)) for sentence in (*grid.beneath, _legend(grid, column))) + 1
    return min(lines, max(height // 3, 1))


def _headings(grid: Grid, layout: GridLayout) -> Line:
    width = layout.column
    names = grid.columns[layout.left : layout.left + layout.columns]
    if grid.numbered and width < _NAMED_FROM:
        names = tuple(str(layout.left + number) for number in range(1, len(names) + 1))
    room = max(width - 1, 1)
    if all(name.lstrip("+").isdigit() for name in names) and max(map(cells, names), default=0) > room:
        text = _spread(names, width)
    else:
        text = "".join(padded(_head(name, room), width) for name in names)
    return Line((Span(" " * layout.heading), Span(text, "heading")))


def _spread(names: Sequence[str], width: int) -> str:
    """Numbers above columns too narrow for all of them: as many as there is room for, at round ones."""
    longest = max(map(len, names)) + 1
    step = next(step for step in (1, 2, 5, 10, 100, len(names)) if step * width >= longest)
    text = ""
    for place, name in enumerate(names):
        if (int(name) % step == 0 or place == 0) and len(text) <= place * width:
            text = text.ljust(place * width) + name + " "
    return text.rstrip().ljust(len(names) * width)[: len(names) * width]


def _head(name: str, room: int) -> str:
    """The beginning of a name; with an ellipsis only where there is room for more than it."""
    return clipped(name, room) if room > _ABBREVIATED or cells(name) <= room else clipped(name, room + 1)[:-1]


def _row(grid: Grid, number: int, layout: GridLayout, most: int) -> Line:
    row = grid.rows[number]
    if not row.cells:
        return Line((Span(clipped(row.heading, layout.heading + layout.column * layout.columns), "faint"),))
    name = f"{number + 1:>{len(str(len(grid.rows)))}} {row.heading}" if grid.numbered else row.heading
    spans = [Span(padded(name, layout.heading - 1) + " ", "name" if row.target else "heading", row.target)]
    shown = row.cells[layout.left : layout.left + layout.columns]
    spans += (_cell_span(grid, cell, most, layout.column) for cell in shown)
    targets = dict.fromkeys(span.target for span in spans if span.target is not None)
    return Line(tuple(spans), tuple(targets))


def _cell_span(grid: Grid, cell: GridCell | None, most: int, width: int) -> Span:
    if cell is None:
        return Span(" " * width)
    if not cell.events:
        return Span(padded(NOTHING, width), "faint")
    return Span(padded(cell_text(cell, most, width, grid.fill), width), cell.part, grid.target(cell))


def cell_text(cell: GridCell, most: int, width: int, fill: Fill) -> str:
    """The text of a cell with events, in at most `width` cells.

    Its count is told in thousands where it has no room, or left out, and so is the sign of doubt, whose look
    remains.
    """
    digits = f"{cell.events:,}"
    room = max(width - 1, 1)
    sign = DOUBT if cell.is_doubtful else ""
    if fill == "height":
        texts = [digits + sign, digits]
        bar = BARS[min(8, max(1, -(-8 * cell.events // most)))]
        return next((text for text in texts if cells(text) <= room), bar)
    heat = HEAT[min(len(HEAT) - 1, (len(HEAT) * cell.events - 1) // most)]
    texts = [
        f"{heat}{heat} {digits}{sign}",
        f"{heat} {digits}{sign}",
        f"{heat}{digits}{sign}",
        f"{heat}{digits}",
        f"{heat} {_thousands(cell.events)}",
        f"{heat}{_thousands(cell.events)}",
    ]
    return next((text for text in texts if cells(text) <= room), heat * room)


def _thousands(number: int) -> str:
    """A number in thousands or millions, rounded down: `12k`; fewer than ten thousand in full."""
    if number >= 10_000_000:
        return f"{number // 1_000_000:,}M"
    return f"{number // 1_000}k" if number >= 10_000 else f"{number:,}"


def _first(wanted: int, place: int, room: int, total: int) -> int:
    """The first of `total` that is in sight, so that a place is too."""
    wanted = min(wanted, place) if place >= 0 else wanted
    wanted = max(wanted, place - room + 1)
    return max(min(wanted, total - room), 0)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)

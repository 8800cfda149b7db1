"""The panes of grids: the calendar, and the matrix of who relates to whom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from timeline_tui.dates.date import edtf_of_day
from timeline_tui.drawing.lines import Target, count_of, paragraph
from timeline_tui.errors import NotYet, TimelineError
from timeline_tui.pictures.calendar import Calendar
from timeline_tui.pictures.grid import Grid, GridLayout, cell_events, grid_layout, grid_picture, note_of
from timeline_tui.pictures.picture import Picture
from timeline_tui.pictures.relations import MEASURES, Measure
from timeline_tui.pictures.who import Who, nothing_related
from timeline_tui.query.language import Query
from timeline_tui.tui.widgets.picture import PicturePane, reversed_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from timeline_tui.pictures.grid import GridCell
    from timeline_tui.timeline.protocol import TimelineView as View

_WHEEL = 3
"""Rows that a step of the wheel moves the selection."""
_NOWHERE = (-1, -1)


class GridPane(PicturePane):
    """Paints a grid, of which one cell is selected; the selected event is the first that it counts."""

    def __init__(self) -> None:
        super().__init__()
        self.place = _NOWHERE
        """The row and the column of the selected cell."""
        self._seen = (0, 0)
        self._layout: GridLayout | None = None
        self._chosen = -1
        """The event that was selected with the cell."""
        self._within: tuple[View, GridCell, Sequence[int]] | None = None
        """A cell, and the positions of its events in the view."""

    def grid(self, view: View, width: int) -> Grid:
        """The grid of a view that has events."""
        raise NotImplementedError

    def place_of(self, view: View, key: int) -> tuple[int, int]:  # noqa: ARG002  for subclasses
        """The cell that counts an event; (-1, -1) where several may, or none."""
        return _NOWHERE

    def told(self, grid: Grid) -> str:  # noqa: ARG002  for subclasses
        """What is said of the selected cell below the grid; empty for nothing."""
        return ""

    def prepared(self, view: View, width: int, height: int) -> tuple[object, ...]:  # noqa: ARG002  lower is as good
        """What is counted: a view, which of its grids, and the width."""
        return view, self.what, width

    def prepare(self, view: View, width: int, height: int) -> None:  # noqa: ARG002  lower is as good
        """Count the grid."""
        self.grid(view, width)

    def waiting(self) -> None:
        """No cell can be gone to."""
        self._layout = None

    def draw(self, view: View, width: int, height: int) -> Picture:
        """The picture of a view, in a size."""
        grid = self.grid(view, width)
        if not grid.rows:
            self._layout = None
            return Picture(grid.title, tuple(paragraph(self.why_empty(view), width)))
        if grid.cell(*self.place) is None:
            self.place = self.place_of(view, self.selected)
        if grid.cell(*self.place) is None:
            self.place = grid.first_place()
        told = filter(None, (note_of(grid, self.place), self.told(grid), *grid.beneath))
        grid = grid._replace(beneath=tuple(told))
        layout = self._layout = grid_layout(grid, width, height, self.place, self._seen)
        self._seen = layout.top, layout.left
        picture = grid_picture(grid, self.place, layout, width, height)
        left = height - len(picture.lines)
        listed = (
            cell_events(view, self._events(view, grid.cell(*self.place)), width, left) if left > 0 else []
        )
        return picture._replace(lines=(*picture.lines, *listed))

    def _events(self, view: View, cell: GridCell | None) -> Sequence[int]:
        """The positions of the events of a cell; none while an engine is being asked, or if it fails."""
        if cell is None or not cell.terms:
            return ()
        try:
            return self._found(view, cell)
        except TimelineError:
            return ()

    def _found(self, view: View, cell: GridCell) -> Sequence[int]:
        """The positions of the events of a cell, asked for once while it is selected."""
        if self._within is None or self._within[0] is not view or self._within[1] != cell:
            self._within = view, cell, view.find(Query(cell.terms))
        return self._within[2]

    def why_empty(self, view: View) -> str:  # noqa: ARG002  for subclasses
        """What is said instead of an empty grid."""
        return "No event here lies within one cell."

    def render_line(self, y: int) -> Strip:
        """Paint one line, with the selected cell in its whole width."""
        line, cell = self.picture.cursor
        layout = self._layout
        if line != y or layout is None:
            return super().render_line(y)
        picture = self.picture
        self.picture = picture._replace(cursor=_NOWHERE)
        strip = super().render_line(y)
        self.picture = picture
        return reversed_cells(strip, cell, cell + max(layout.column - 1, 1))

    def watch_view(self) -> None:
        """Another view is another grid, of which the cell of the selected event is selected."""
        self.place = _NOWHERE
        self.redraw()

    def watch_selected(self) -> None:
        """Select the cell of the selected event, unless the event was selected by the cell."""
        if self.selected != self._chosen and self.view is not None and self._layout is not None:
            place = self.place_of(self.view, self.selected)
            self.place = self.place if place == _NOWHERE else place
        self._chosen = -1
        self.redraw()

    def _go(self, place: tuple[int, int]) -> None:
        """Select a cell, and the first event that it counts."""
        view = self.view
        if view is None or self._layout is None or place == self.place:
            return
        self.place = place
        cell = self.grid(view, self.content_size.width).cell(*place)
        if cell is not None and cell.terms:
            self.select_found(partial(self._first_of, view, cell))
        self.redraw()

    def _first_of(self, view: View, cell: GridCell) -> int:
        """The key of the first event that a cell counts."""
        found = self._found(view, cell)
        if not found:
            return self.selected
        position = found[0]
        if view.is_pending(position):
            raise NotYet
        key = view.key_at(position)
        self._chosen = key if key != self.selected else -1
        return key

    def _step(self, down: int, right: int) -> None:
        if self.view is not None and self._layout is not None:
            self._go(self.grid(self.view, self.content_size.width).moved(*self.place, down, right))

    def action_later_event(self) -> None:
        """To the cell on the right."""
        self._step(0, 1)

    def action_earlier_event(self) -> None:
        """To the cell on the left."""
        self._step(0, -1)

    def action_cursor_down(self) -> None:
        """To the cell below."""
        self._step(1, 0)

    def action_cursor_up(self) -> None:
        """To the cell above."""
        self._step(-1, 0)

    def action_page_down(self) -> None:
        """Down by as many rows as are in sight."""
        self._step(self._layout.rows if self._layout else 1, 0)

    def action_page_up(self) -> None:
        """Up by as many rows as are in sight."""
        self._step(-(self._layout.rows if self._layout else 1), 0)

    def action_first(self) -> None:
        """To the first row."""
        self._step(-1_000_000, 0)

    def action_last(self) -> None:
        """To the last row."""
        self._step(1_000_000, 0)

    def action_fit(self) -> None:
        """To the fullest cell."""
        if self.view is not None and self._layout is not None:
            self._go(self.grid(self.view, self.content_size.width).first_place())

    def target_of(self, view: View, grid: Grid) -> Target | None:  # noqa: ARG002  for subclasses
        """What the selected cell leads to: its events; None if it has none."""
        return grid.target(grid.cell(*self.place))

    def action_read(self) -> None:
        """List the events of the selected cell."""
        if self.view is not None and self._layout is not None:
            target = self.target_of(self.view, self.grid(self.view, self.content_size.width))
            if target is not None:
                self.post_message(self.Chosen(self.view, target))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Select what was clicked; the selected cell, or the name of a row, leads on."""
        offset, layout, view = event.get_content_offset(self), self._layout, self.view
        if offset is None or layout is None or view is None:
            return
        event.stop()
        row, column = layout.place(offset.y, offset.x)
        if (row, column) == self.place:
            self.action_read()
        elif row >= 0 and column >= 0:
            if self.grid(view, self.content_size.width).cell(row, column) is not None:
                self._go((row, column))
        elif (target := self.target_at(offset.y, offset.x)) is not None:
            self.post_message(self.Chosen(view, target))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Some rows down."""
        event.stop()
        self._step(_WHEEL, 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Some rows up."""
        event.stop()
        self._step(-_WHEEL, 0)


class CalendarPane(GridPane):
    """The calendar of a view."""

    def __init__(self) -> None:
        super().__init__()
        self._calendar: Calendar | None = None
        self._by = ""

    @property
    def what(self) -> str:
        """Which of its grids is shown."""
        return self._by

    def calendar(self, view: View) -> Calendar:
        """The calendars of a view."""
        if self._calendar is None or self._calendar.view is not view:
            self._calendar = Calendar(view)
        return self._calendar

    def grid(self, view: View, width: int) -> Grid:  # noqa: ARG002  the same in all widths
        """The calendar that is shown."""
        calendar = self.calendar(view)
        return calendar.grid(calendar.named(self._by))

    def place_of(self, view: View, key: int) -> tuple[int, int]:
        """The cell that counts an event."""
        calendar = self.calendar(view)
        return calendar.place_of(calendar.named(self._by), key)

    def show_by(self, what: str) -> None:
        """Show the calendar with that name, or that word."""
        self._by = what
        self.place = _NOWHERE
        self.redraw()

    def target_of(self, view: View, grid: Grid) -> Target | None:
        """The events of the selected cell; of a day, the rows of a table behind the timeline."""
        calendar = self.calendar(view)
        day = calendar.day_at(calendar.named(self._by), *self.place) if self.behind is not None else None
        if day is None or self.behind is None or not self.behind.between(day, day):
            return super().target_of(view, grid)
        return Target(leads="rows", id=edtf_of_day(day))

    def told(self, grid: Grid) -> str:
        """How many rows a table behind the timeline has on the selected day."""
        if self.behind is None or self.view is None:
            return super().told(grid)
        calendar = self.calendar(self.view)
        day = calendar.day_at(calendar.named(self._by), *self.place)
        if day is None or not (number := self.behind.between(day, day)):
            return super().told(grid)
        return f"{self.behind.name}: {count_of(number, 'row')} on that day · Enter lists them"

    def action_by_next(self) -> None:
        """The next calendar: years, months, days, hours of the week."""
        if self.view is not None and self.view.count:
            self.show_by(self.calendar(self.view).after(self._by, 1, around=True))

    def action_zoom_in(self) -> None:
        """The next finer calendar."""
        if self.view is not None and self.view.count:
            self.show_by(self.calendar(self.view).after(self._by, 1))

    def action_zoom_out(self) -> None:
        """The next coarser calendar."""
        if self.view is not None and self.view.count:
            self.show_by(self.calendar(self.view).after(self._by, -1))


class WhoPane(GridPane):
    """The matrix of who relates to whom."""

    def __init__(self) -> None:
        super().__init__()
        self._who: Who | None = None
        self._measure: Measure = "together"

    @property
    def what(self) -> str:
        """Which of its grids is shown."""
        return self._measure

    def who(self, view: View) -> Who:
        """The matrices of a view."""
        if self._who is None or self._who.view is not view:
            self._who = Who(view)
        return self._who

    def grid(self, view: View, width: int) -> Grid:
        """The matrix that is shown."""
        return self.who(view).grid(self._measure, width)

    def told(self, grid: Grid) -> str:
        """Who is related most to the one in the selected row."""
        return self.who(self.view).around(self._measure, grid, self.place[0]) if self.view is not None else ""

    def why_empty(self, view: View) -> str:
        """Why nobody is related."""
        return view.nothing_known or nothing_related(self._measure)

    def show_by(self, what: str) -> None:
        """Show another relation, one of `MEASURES`."""
        self._measure = next(measure for measure in MEASURES if measure == what)
        self.place = _NOWHERE
        self.redraw()

    def action_by_next(self) -> None:
        """The next measure."""
        if self.view is not None:
            self.show_by(self.who(self.view).after(self._measure))

"""The base of the panes of pictures, which stand where the timeline stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from timeline_tui.drawing.lines import paragraph
from timeline_tui.drawing.looks import PART_STYLES
from timeline_tui.drawing.symbols import BARS
from timeline_tui.errors import NotYet, TimelineError
from timeline_tui.pictures.picture import Picture, Window
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.keys import COMMANDS, Pane, bindings
from timeline_tui.tui.styles import StyledWidget
from timeline_tui.tui.widgets.timeline import TimelinePane, empty_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType
    from textual.geometry import Size

    from timeline_tui.drawing.lines import Target
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.counted import RowsBehind
    from timeline_tui.timeline.protocol import TimelineView as View

_NOTHING = Picture("", ())
_HEIGHTS = frozenset(BARS.strip())
AT_ONCE = 20_000
"""Views of more events are counted in another thread."""


class PicturePane(StyledWidget, can_focus=True):
    """A picture of a view. It asks for an event to be selected or read as the timeline does."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.PICTURE)

    view: reactive[View | None] = reactive(None, repaint=False)
    """What is shown."""
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    stage: reactive[View | None] = reactive(None, repaint=False)
    """While a film is played: the view with all that becomes known in it, to whose axes a picture keeps."""
    problems: reactive[tuple[Problem, ...]] = reactive((), repaint=False)
    """What is wrong with the file."""
    visible_range: reactive[tuple[int, int]] = reactive((-1, -1), repaint=False)
    """Positions of the first and the last event in sight."""

    @dataclass
    class WindowChosen(Message):
        """The user wants to see only some days, or some minutes."""

        dates: str
        """A term of dates of the search language."""

    @dataclass
    class Chosen(Message):
        """The user wants to go where something in the picture leads."""

        view: View
        target: Target

    class Counted(Message):
        """The picture shows what was counted in the other thread."""

    class Played(Message):
        """The user wants to see the known-on clock played."""

    picture = _NOTHING
    """What is painted."""
    behind: RowsBehind | None = None
    """The rows of a table behind the timeline; None without one."""

    def draw(self, view: View, width: int, height: int) -> Picture:
        """The picture of a view that has events, in a size."""
        raise NotImplementedError

    @property
    def what(self) -> str:
        """What the picture is by: a word that `show_by()` takes; empty for what it begins with."""
        return ""

    @property
    def days(self) -> Window | None:
        """The first and the last day in sight; None if all days are."""
        return None

    def show_days(self, window: Window | None) -> None:
        """Have only some days in sight, or all; a picture without an axis of time always shows all."""

    def prepared(self, view: View, width: int, height: int) -> tuple[object, ...]:  # noqa: ARG002  for subclasses
        """What `prepare()` counts, so that it is counted once; empty where nothing takes long to count."""
        return ()

    def prepare(self, view: View, width: int, height: int) -> None:
        """Count what takes long, in another thread, so that it is remembered."""

    def waiting(self) -> None:
        """Called when there is nothing to act on until it has been counted."""

    _counted: tuple[object, ...] = ()
    """What was counted in the other thread."""
    _counting: tuple[object, ...] = ()
    """What is being counted in it."""

    @property
    def is_prepared(self) -> bool:
        """Whether the picture can be drawn without a wait."""
        view = self.view
        # An engine may have to be asked about a table however small.
        if view is None or (view.count <= AT_ONCE and view.holds_statements) or not view.count:
            return True
        wanted = self.prepared(view, *self.content_size)
        return not wanted or self._counted == wanted

    def _count(self, view: View, width: int, height: int, wanted: tuple[object, ...]) -> None:
        try:
            self.prepare(view, width, height)
        except TimelineError as error:
            self.app.call_from_thread(self.not_counted, str(error))
        else:
            self.app.call_from_thread(self._show_counted, wanted)

    def not_counted(self, reason: str) -> None:
        """Called when what is to be drawn could not be counted."""
        self._counting = ()
        self.border_title = Content(f" {one_line(reason)} ")
        self.notify(one_line(reason), severity="warning", markup=False)

    def _show_counted(self, wanted: tuple[object, ...]) -> None:
        self._counted, self._counting = wanted, ()
        self.sized()
        self.post_message(self.Counted())

    def show_by(self, what: str) -> None:
        """Show something else: a word of the argument that its command takes."""
        raise NotImplementedError

    is_played = False
    """Whether the known-on clock can be played in it with Space."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this picture can do is done by its keys."""
        if action == "play" and not self.is_played:
            return False
        is_of_pictures = any(command.action == action for command in COMMANDS if command.pane is Pane.PICTURE)
        if is_of_pictures and not hasattr(self, f"action_{action}"):
            return False
        return super().check_action(action, parameters)

    def line_style(self, y: int, back: Style) -> Style:  # noqa: ARG002  for subclasses
        """The base style of a line of the picture."""
        return back

    def redraw(self) -> None:
        """Draw the picture again, if there is room for one."""
        width, height = self.content_size
        if self.view is None or not width or not height or not self.has_class("-shown"):
            return
        if not self.is_prepared:
            self._wait_for_count(self.view, width, height)
            return
        self.picture = self.draw(self.view, width, height) if self.view.count else _NOTHING
        title = self.picture.title or "Nothing to draw"
        self.border_title, self.border_subtitle = Content(f" {title} "), Content(self.picture.note)
        self.refresh()

    def _wait_for_count(self, view: View, width: int, height: int) -> None:
        """Have another thread count, and meanwhile leave what is there."""
        self.waiting()
        wanted = self.prepared(view, width, height)
        if self._counting:
            return
        self._counting = wanted
        self.run_worker(
            partial(self._count, view, width, height, wanted), thread=True, exclusive=True, group="count"
        )
        words = f"Counting {view.count:,} events …"
        self.border_title, self.border_subtitle = Content(f" {words} "), Content("")
        if not self.picture.lines:
            self.picture = Picture(words, tuple(paragraph(words, width)))
        self.refresh()

    def watch_view(self) -> None:
        """Another view is another picture."""
        self.redraw()

    def watch_selected(self) -> None:
        """Show which event is selected."""
        self.redraw()

    def watch_stage(self) -> None:
        """A film begins or ends."""
        self.redraw()

    def watch_problems(self) -> None:
        """An empty picture says what is wrong."""
        self.refresh()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  Textual's own
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self.sized()
        return changed

    def sized(self) -> None:
        """Called when the pane has another size, or when its picture was counted."""
        self.redraw()

    def on_show(self) -> None:
        """What changed while another pane stood here is drawn now."""
        self.redraw()

    def on_focus(self) -> None:
        """The selected place looks another way with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The selected place looks another way without the focus."""
        self.refresh()

    _due: Callable[[], int] | None = None
    """Finds the event that is to be selected once the engine of a table has told which it is."""

    def select_found(self, find: Callable[[], int]) -> None:
        """Ask for the event that a function finds to be selected, now or when it can be found."""
        try:
            key = find()
        except NotYet:
            self._due = find
            return
        except TimelineError as error:
            self.notify(one_line(str(error)), severity="warning", markup=False)
            return
        self._due = None
        if key != self.selected:
            self.select(key)

    def reread(self) -> None:
        """Show what an engine has told since."""
        if self._due is not None:
            self.select_found(self._due)
        self.sized()

    def select(self, key: int) -> None:
        """Ask for an event to be selected."""
        if self.view is not None:
            self.post_message(TimelinePane.Selected(self.view, key))

    def action_play(self) -> None:
        """Play the known-on clock."""
        self.post_message(self.Played())

    def action_read(self) -> None:
        """Read the selected event."""
        self.post_message(TimelinePane.ReadRequested())

    def target_at(self, line: int, cell: int) -> Target | None:
        """What a cell of the picture leads to."""
        if not 0 <= line < len(self.picture.lines):
            return None
        at = 0
        for span in self.picture.lines[line].spans:
            at += Segment(span.text).cell_length
            if cell < at:
                return span.target
        return None

    def render_line(self, y: int) -> Strip:
        """Paint one line; without events, why there are none and what to do."""
        width, base = self.content_size.width, self.base
        if self.view is None or y >= len(self.picture.lines):
            return self._empty_line(y, width)
        back, styles = self.line_style(y, base), self.theme_styles
        segments = [
            Segment(span.text, back + styles[PART_STYLES[span.part]]) for span in self.picture.lines[y].spans
        ]
        strip = Strip(segments).crop_extend(0, width, back)
        line, cell = self.picture.cursor
        return selected_cell(strip, cell) if line == y else strip

    def _empty_line(self, y: int, width: int) -> Strip:
        lines: Sequence[str] = ()
        if self.view is not None and not self.view.count:
            lines = empty_lines(self.view, self.problems)
        number = y - max(0, (self.content_size.height - len(lines)) // 3)
        text = f"  {lines[number]}" if 0 <= number < len(lines) else ""
        style = self.base + self.theme_styles["heading" if number == 0 else "muted"]
        return Strip([Segment(text, style)]).crop_extend(0, width, self.base)


def selected_cell(strip: Strip, cell: int) -> Strip:
    """A strip with a selected cell: light and dark are exchanged, and a height is a plus sign.

    A low bar with light and dark exchanged looks like a high one.
    """
    before, inside, after = strip.divide([cell, cell + 1, strip.cell_length])
    signs = [Segment("+", segment.style) if segment.text in _HEIGHTS else segment for segment in inside]
    return reversed_cells(Strip.join([before, Strip(signs), after]), cell, cell + 1)


def reversed_cells(strip: Strip, start: int, stop: int) -> Strip:
    """A strip with light and dark exchanged in some cells."""
    before, inside, after = strip.divide([start, stop, strip.cell_length])
    return Strip.join([before, inside.apply_style(Style(reverse=True)), after])

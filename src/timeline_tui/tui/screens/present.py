"""Presenting: a story, or the events that are shown, a step a screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip

from timeline_tui.drawing.lines import Line, Target, line, paragraph
from timeline_tui.drawing.looks import PART_STYLES
from timeline_tui.telling.path import NoSuchStory
from timeline_tui.telling.screen import StepScreen, opening_screen, step_screen
from timeline_tui.text.cells import cells, clipped
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.robust_screen import RobustScreen
from timeline_tui.tui.styles import StyledWidget
from timeline_tui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from timeline_tui.telling.path import Path

_MARGIN = 2
_NOTES_SHARE = 3
"""The notes take at most one in this number of the lines of the screen."""
_MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Presented:
    """What is on the screen: which step, from which line on, and whether the notes are shown."""

    number: int = 0
    """Of the step; 0 for what is shown before the first."""
    top: int = 0
    """The first line in sight of what the step shows."""
    typed: str = ""
    """The digits typed so far of the step to go to."""
    has_notes: bool = False
    is_blank: bool = False

    def at(self, number: int, count: int) -> Presented:
        """The step of that number, or the nearest one that there is, from its beginning."""
        return replace(self, number=min(max(number, 0), count), top=0, typed="", is_blank=False)

    def with_digit(self, digit: str) -> Presented:
        """One more digit of the step to go to."""
        return replace(self, typed=(self.typed + digit)[:_MOST_DIGITS])


class StepPane(StyledWidget, can_focus=True):
    """Paints a step, and below it the notes if they are wanted."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    StepPane { height: 1fr; }
    """

    class Pressed(Message):
        """The mouse was pressed on the step."""

        def __init__(self, *, back: bool) -> None:
            super().__init__()
            self.back = back

    class Scrolled(Message):
        """The wheel was turned."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.lines = lines

    shown: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Paint other lines."""
        self.shown = lines
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width, base, styles = self.size.width, self.base, self.theme_styles
        spans = self.shown[y].spans if y < len(self.shown) else ()
        segments = [Segment(span.text, base + styles[PART_STYLES[span.part]]) for span in spans]
        return Strip(segments).crop_extend(0, width, base)

    def on_click(self, event: events.Click) -> None:
        """The left quarter goes back, the rest goes on."""
        self.post_message(self.Pressed(back=event.x < self.size.width // 4))

    def on_mouse_scroll_down(self) -> None:
        """Scroll what is longer than the screen."""
        self.post_message(self.Scrolled(1))

    def on_mouse_scroll_up(self) -> None:
        """Scroll back."""
        self.post_message(self.Scrolled(-1))


class StepLine(StyledWidget):
    """Which step of how many this is, or the number that is being typed."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    StepLine { height: 1; background: $footer-background; }
    """

    text = ""

    def show(self, text: str) -> None:
        """Say something else."""
        self.text = text
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """Paint the line."""
        text = clipped(f" {self.text}", self.size.width)
        return Strip([Segment(text, self.base + self.theme_styles["muted"])])


class PresentScreen(RobustScreen, Screen[Target | None]):
    """Shows the steps of a path one by one; it ends with the event to go to, or with none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.PRESENT)

    def __init__(self, path_now: Callable[[], Path], number: int = 0) -> None:
        """Present a story.

        Args:
            path_now: Makes the steps of the timeline as it is now; called again when the file has changed.
            number: Of the step to begin with; 0 for the title.
        """
        super().__init__()
        self._path_now, self.path = path_now, path_now()
        self.presented = Presented().at(number, self.path.count)
        self.step = StepScreen(())

    def compose(self) -> ComposeResult:
        """The step, where one is, and the keys."""
        yield StepPane()
        yield StepLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """The keys of the step work at once."""
        self.set_focus(self.query_one(StepPane))

    def on_resize(self) -> None:
        """A step is composed for each size."""
        self.call_after_refresh(self._show)

    def file_changed(self) -> None:
        """Show the step as the file has it now, once the timeline below does."""
        self.app.call_later(self._take_anew)

    def _take_anew(self) -> None:
        try:
            self.path = self._path_now()
        except NoSuchStory:
            self.notify("The file has no such story any more; this is how it was.", markup=False)
            return
        self.change(self.presented.at(self.presented.number, self.path.count))

    def change(self, presented: Presented) -> None:
        """Show something else."""
        self.presented = presented
        self._show()

    def _show(self) -> None:
        pane = self.query_one(StepPane)
        size, now = pane.size, self.presented
        if not size:
            return
        notes = self._notes(size)
        height = max(1, size.height - len(notes))
        if now.number:
            self.step = step_screen(self.path, now.number, size.width, height, now.top)
        else:
            self.step = opening_screen(self.path, size.width, height)
        pane.show(() if now.is_blank else (*self.step.lines, *notes))
        self.query_one(StepLine).show(self._told())

    def _notes(self, size: Size) -> tuple[Line, ...]:
        """The notes of the step, as far as there is room, below a rule."""
        if not self.presented.has_notes or not self.presented.number:
            return ()
        notes = self.path.step(self.presented.number).notes or "This step has no notes."
        lines = paragraph(notes, max(1, size.width - _MARGIN), "detail", _MARGIN)
        rule = line("── notes " + "─" * max(0, size.width - cells("── notes ")), "faint")
        room = max(1, size.height // _NOTES_SHARE - 1)
        if len(lines) > room:
            lines = [*lines[: room - 1], line(" " * _MARGIN + "…", "detail")]
        return (rule, *lines)

    def _told(self) -> str:
        now, count = self.presented, self.path.count
        if now.typed:
            return f"go to step {now.typed} of {count:,}: Enter"
        return f"{now.number:,} of {count:,} · {self.path.title}"

    def on_key(self, event: events.Key) -> None:
        """Digits make the number of a step to go to."""
        digit = event.character or ""
        if digit.isascii() and digit.isdecimal():
            event.stop()
            self.change(self.presented.with_digit(digit))
        elif event.key == "backspace" and self.presented.typed:
            event.stop()
            self.change(replace(self.presented, typed=self.presented.typed[:-1]))

    def action_next_step(self) -> None:
        """The rest of a step that is longer than the screen, else the next step."""
        now = self.presented
        if now.is_blank:
            self.change(replace(now, is_blank=False))
        elif self.step.top < self.step.last_top:
            self._scroll(max(1, len(self.step.lines) // 2))
        else:
            self.change(now.at(now.number + 1, self.path.count))

    def action_previous_step(self) -> None:
        """The step before."""
        self.change(self.presented.at(self.presented.number - 1, self.path.count))

    def action_first_step(self) -> None:
        """The beginning."""
        self.change(self.presented.at(0, self.path.count))

    def action_last_step(self) -> None:
        """The last step."""
        self.change(self.presented.at(self.path.count, self.path.count))

    def action_step_down(self) -> None:
        """Scroll a step that is longer than the screen."""
        self._scroll(1)

    def action_step_up(self) -> None:
        """Scroll back."""
        self._scroll(-1)

    def _scroll(self, lines: int) -> None:
        top = min(max(self.step.top + lines, 0), self.step.last_top)
        self.change(replace(self.presented, top=top))

    def action_blank(self) -> None:
        """Show nothing, so that people look at the speaker; again: the step."""
        self.change(replace(self.presented, is_blank=not self.presented.is_blank))

    def action_step_notes(self) -> None:
        """Show the notes of each step, or hide them."""
        self.change(replace(self.presented, has_notes=not self.presented.has_notes))

    def action_go_to_step(self) -> None:
        """To the step whose number was typed; without one, to the event of this step in the timeline."""
        now = self.presented
        if now.typed:
            self.change(now.at(int(now.typed), self.path.count))
            return
        shown = self.path.step(now.number) if now.number else None
        if shown is not None and shown.key >= 0:
            self.dismiss(Target(shown.key, max(shown.quote, 0), leads="quote"))
        elif shown is not None and shown.topic:
            self.dismiss(Target(leads="topic", id=shown.topic))

    def action_end(self) -> None:
        """Forget a number that is being typed; else end."""
        if self.presented.typed:
            self.change(replace(self.presented, typed=""))
        else:
            self.dismiss(None)

    def on_step_pane_pressed(self, event: StepPane.Pressed) -> None:
        """The mouse goes on or back."""
        if event.back:
            self.action_previous_step()
        else:
            self.action_next_step()

    def on_step_pane_scrolled(self, event: StepPane.Scrolled) -> None:
        """The wheel scrolls."""
        self._scroll(event.lines)

"""Windows over the timeline: their common base, and a list to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType

from timeline_tui.tui.robust_screen import RobustScreen
from timeline_tui.tui.widgets.row_list import RowList, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult


class Choice(NamedTuple):
    """One thing to choose: a title, and up to two lines of detail. Both have passed `visible()`."""

    title: str
    detail: str
    urgent: bool = False


class ChoiceList(RowList):
    """A list of choices, three lines each."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "choose", show=False)]

    class Chosen(Message):
        """The user chose the row of the cursor."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = choices

    def on_mount(self) -> None:
        """Show the choices."""
        self.reset(len(self._choices), 0 if self._choices else -1, row_height=3)

    def cursor_moved(self, row: int) -> None:
        """Move the cursor."""
        self.point_at(row)

    def row_clicked(self, row: int) -> None:
        """A click on the cursor's row chooses it."""
        if row == self.cursor:
            self.action_choose()
        else:
            self.point_at(row)

    def action_choose(self) -> None:
        """Choose the row of the cursor."""
        if self.cursor >= 0:
            self.post_message(self.Chosen(self.cursor))

    def paint(self, row: int, part: int, width: int) -> Iterator[Segment]:
        """The title, then the detail in two lines."""
        choice = self._choices[row]
        back, styles = self.row_style(row), self.theme_styles
        if part == 0:
            yield Segment(
                clipped(f" {choice.title}", width), back + styles["urgent" if choice.urgent else "name"]
            )
            return
        lines = [line.plain for line in Content(choice.detail).wrap(max(2, width - 3))]
        line = " ".join(lines[:1] if part == 1 else lines[1:])
        yield Segment(clipped(f"   {line}", width), back)


class Window(RobustScreen, ModalScreen[ScreenResultType]):
    """A window; the widget of the class `frame` is its visible part."""

    DEFAULT_CSS = """
    Window {
        align: center middle;
        overflow: hidden;
        & > .frame {
            width: 90%;
            max-width: 110;
            height: 85%;
            border: round $border;
            border-title-color: $accent;
            border-subtitle-color: $muted;
            background: $surface;
        }
    }
    """


class ChoiceDialog(Window[int | None]):
    """A list to choose from; dismissed with the row chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,o,O", "dismiss(None)", "close", key_display="Esc"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], verb: str) -> None:
        super().__init__()
        self._title, self._choices, self._verb = title, choices, verb

    def compose(self) -> ComposeResult:
        """The list in its frame."""
        choices = ChoiceList(self._choices)
        choices.add_class("frame")
        choices.border_title = Content(self._title)
        choices.border_subtitle = Content(f"Enter {self._verb} · Esc close")
        choices.styles.max_height = 3 * max(1, len(self._choices)) + 2
        yield choices

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Close with the row chosen."""
        self.dismiss(event.row)

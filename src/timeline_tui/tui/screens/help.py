"""The help: keys, signs and the search language."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from timeline_tui.query.language import FIELDS
from timeline_tui.timeline.signs import ADDED, CHANGED, CLOCK, FALLEN, STATUS_SIGNS, status_word
from timeline_tui.tui.keys import Pane, commands
from timeline_tui.tui.screens.dialogs import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

_INDENT = 14


class HelpScreen(Window[None]):
    """Every declared key, the signs, and the search language."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss(None)", "close", key_display="Esc"),
        Binding("j", "scroll_page(1)", show=False),
        Binding("k", "scroll_page(-1)", show=False),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        & > VerticalScroll { padding: 0 1; scrollbar-size-vertical: 1; }
    }
    """

    def compose(self) -> ComposeResult:
        """One page of text."""
        with VerticalScroll(classes="frame") as page:
            page.border_title = "Keys and help"
            page.border_subtitle = "↑ ↓ scroll · Esc close"
            yield Static(Content("\n").join(_page()), markup=False)

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by a line, as in the lists."""
        self.query_one(VerticalScroll).scroll_relative(y=direction, animate=False, immediate=True)


def _page() -> Iterator[Content]:
    for pane in Pane:
        yield Content.styled(f"Keys {pane}", "$primary bold")
        for command in commands(pane):
            yield _entry(command.called, command.does)
        yield Content("")
    yield Content.styled("Status of an event", "$primary bold")
    for status, sign in STATUS_SIGNS.items():
        yield _entry(sign, status_word(status))
    yield _entry("❝6", "six quotes")
    yield _entry("#2", "two claims")
    yield _entry(ADDED, "at the end of a row: added since the last visit; under the clock, new on its day")
    yield _entry(CHANGED, "changed since the last visit; under the clock, on its day")
    yield _entry(CLOCK, "the day that the timeline is shown as known on")
    yield _entry(FALLEN, "fallen: all that it rests on was taken away or retracted")
    yield _entry("▸by◂ ▸…◂", "words that differ from the first wording, or mark words left out")
    yield _entry("T-8 T+5", "days before and after the event where T was pressed")
    yield Content("")
    yield Content.styled("The search language, in find and in filter", "$primary bold")
    yield _entry(
        "troops", "beginnings of words in titles, texts, quotes, wordings and names; accents are ignored"
    )
    yield _entry('"day of victory"', "exactly these words in this order")
    yield _entry("-munitions", "not; works before any term")
    for field in FIELDS.values():
        yield _entry(field.example, field.does)
    yield Content("Events must match all terms; of terms with the same field, any one.")


def _entry(keys: str, does: str) -> Content:
    gap = " " * max(2, _INDENT - cell_len(keys))
    return Content.assemble("  ", (keys, "$accent"), gap, does)

"""The help: signs, keys and the search language, with a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from timeline_tui.tui.help_text import found, help_lines, sections
from timeline_tui.tui.screens.dialogs import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from timeline_tui.drawing.lines import Line
    from timeline_tui.tui.keys import Pane

_LOOKS = {"heading": "$primary bold", "name": "$accent"}


class SearchLine(Input):
    """What to search for; the key that opened the help closes it as long as nothing is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "screen.scroll_pages(0.5)", show=False),
        Binding("ctrl+u", "screen.scroll_pages(-0.5)", show=False),
    ]

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "question_mark" and not self.value:
            event.prevent_default()
            event.stop()
            self.screen.dismiss(None)


class HelpScreen(Window[None]):
    """The signs and the keys of where one is come first; what is typed leaves only what has it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "close", key_display="Esc"),
        Binding("down", "scroll_by(1)", show=False),
        Binding("up", "scroll_by(-1)", show=False),
        Binding("pagedown", "scroll_pages(1)", show=False),
        Binding("pageup", "scroll_pages(-1)", show=False),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        & > .frame { max-width: 140; height: 90%; }
        & Input { border: none; height: 1; padding: 0 1; background: $panel; background-tint: transparent; }
        & Input:focus { background-tint: transparent; }
        & VerticalScroll { padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    }
    """

    def __init__(self, here: Sequence[Pane] = (), keys: Mapping[str, str] | None = None) -> None:
        """Show the help.

        Args:
            here: The panes whose keys work where one is.
            keys: The keys that the user's settings give commands, by their names.
        """
        super().__init__()
        self._sections = sections(here, keys)

    def compose(self) -> ComposeResult:
        """The search, and one page of text."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Signs, keys and help"
            frame.border_subtitle = "type to search · ↑ ↓ scroll · Esc close"
            yield SearchLine(placeholder="search: filter, quote, disputed …", compact=True, max_length=100)
            with VerticalScroll(can_focus=False):
                yield Static(markup=False)

    def on_resize(self) -> None:
        """The columns depend on the width."""
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def _show(self) -> None:
        """Show what has what was typed."""
        search = self.query_one(Input).value
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        shown = found(self._sections, search)
        lines = help_lines(shown, max(width, 20))
        text = _content(lines) if lines else Content(f"Nothing here has {search!r}.")
        self.query_one(Static).update(text)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll_by(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False, immediate=True)

    def action_scroll_pages(self, pages: float) -> None:
        """Scroll by pages."""
        page = self.query_one(VerticalScroll)
        page.scroll_relative(y=int(pages * page.size.height), animate=False, immediate=True)


def _content(lines: Iterable[Line]) -> Content:
    return Content("\n").join(
        Content.assemble(*((span.text, _LOOKS.get(span.part, "")) for span in line.spans)) for line in lines
    )

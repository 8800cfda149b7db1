"""The command palette, made to survive small terminals, fast fingers and a mouse on what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandInput, CommandList, CommandPalette, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.widgets import LoadingIndicator

from timeline_tui.tui.steady import Steady

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class PaletteList(CommandList):
    """The palette's list, which asks whether an option is still there, and has room, before it acts on it."""

    DEFAULT_CSS = """
    PaletteList {
        min-width: 8;
    }
    """

    def _on_click(self, event: events.Click) -> None:  # type: ignore[override]  # Textual awaits what is returned
        option = event.style.meta.get("option")
        if option is not None and option >= self.option_count:
            event.prevent_default()

    def action_page_up(self) -> None:
        """A page up, where there is room for one."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]  # so in Textual

    def action_page_down(self) -> None:
        """A page down, where there is room for one."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]  # so in Textual


class Palette(Steady, CommandPalette):
    """Textual's command palette with a list of our own.

    An app shows it by overriding `action_command_palette`.
    """

    def compose(self) -> ComposeResult:
        """What Textual's palette is made of, by the names that it looks for."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield CommandInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield PaletteList()
                yield LoadingIndicator()

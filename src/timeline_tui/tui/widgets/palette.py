"""Textual's command palette, made safe for small terminals, fast keys and clicks on options that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandInput, CommandList, CommandPalette, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.widgets import LoadingIndicator

from timeline_tui.tui.robust_screen import RobustScreen

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class PaletteList(CommandList):
    """The list of the palette; it checks that an option is still there, and has room, before it acts."""

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
        """A page up, if the list has any height."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]  # so in Textual

    def action_page_down(self) -> None:
        """A page down, if the list has any height."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]  # so in Textual


class Palette(RobustScreen, CommandPalette):
    """Textual's command palette with `PaletteList`.

    An app shows it by overriding `action_command_palette`.
    """

    def compose(self) -> ComposeResult:
        """The widgets of Textual's palette, with the ids that it looks for."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield CommandInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield PaletteList()
                yield LoadingIndicator()

"""The command palette, made to survive small terminals and fast fingers."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """Textual's command palette without the three ways in which its keys end an app.

    Its list divides by its own width (under five columns) and looks up a line it has not laid out
    (a page key when it has no height), and a palette closed by one key while another has chosen a
    command closes the screen below it. An app shows it by overriding `action_command_palette`.
    """

    DEFAULT_CSS = """
    Palette CommandList {
        min-width: 8;
    }
    """

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette, unless it is closed already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

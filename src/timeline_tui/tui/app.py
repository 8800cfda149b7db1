"""The app: themes, the palette's commands, and the screen that reads a timeline."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand

from timeline_tui.tui.keys import COMMANDS, Command, Pane
from timeline_tui.tui.main_screen import MainScreen
from timeline_tui.tui.palette import Palette
from timeline_tui.tui.themes import NIGHT, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen

    from timeline_tui.dates import Date
    from timeline_tui.opening import Opened
    from timeline_tui.view import View


class TimelineApp(App[None]):
    """Decides which screen is open; everything else is the screen's."""

    TITLE = "timeline-tui"
    CSS_PATH = "timeline.tcss"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, opened: Opened, view: View, *, go_to: Date | None = None) -> None:
        super().__init__()
        self._opened, self._view, self._go_to = opened, view, go_to
        for theme in (NIGHT, PAPER):
            self.register_theme(theme)
        self.theme = PAPER.name if _light_terminal() else NIGHT.name

    def get_default_screen(self) -> Screen[None]:
        """The timeline."""
        view = self._view
        position = view.position_at(self._go_to.earliest) if self._go_to and view.count else 0
        return MainScreen(self._opened, view, view.key_at(position) if view.count else -1)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002  Textual's own
        """Every declared command that makes sense by name, then light and dark."""
        for command in COMMANDS:
            if command.palette:
                title = f"{command.does[0].upper()}{command.does[1:]}"
                yield SystemCommand(title, f"key {command.shown}", partial(self._run, command))
        yield SystemCommand("Light or dark", "another theme", self.action_toggle_theme)

    def action_command_palette(self) -> None:
        """Show the palette."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def _run(self, command: Command) -> None:
        screen = self.screen
        if isinstance(screen, MainScreen):
            in_list = command.pane in (Pane.LIST, Pane.TIMELINE)
            self.call_later(self.run_action, command.action, screen.timeline if in_list else screen)

    def action_toggle_theme(self) -> None:
        """From night to paper and back."""
        self.theme = PAPER.name if self.theme == NIGHT.name else NIGHT.name


def _light_terminal() -> bool:
    """Whether the terminal says that it is light, as rxvt, Konsole and others do in COLORFGBG."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
